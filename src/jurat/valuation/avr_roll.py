"""How a component of the asset valuation reserve rolls from one year to the next.

A component has two sub-components that cover for each other: bonds and mortgages (default), common
stock and real estate with other invested assets (equity). Lines are those of the AVR page of the
general account, with which separate accounts are combined.

Known K   line numbers other than 11; the order of transfers: what is over a maximum first, then a
          balance below nought from what the sister has, which keeps a half.
"""

from dataclasses import dataclass

from jurat.money import round_half_away

_STEP = 20
"""Percent of what lacks to the objective that a year brings. Source: line 11."""
_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AvrYear:
    """A sub-component's year: what is known of it before transfers.

    Units   whole units (cents, or dollars).
    """

    opening: int
    """Line 1."""
    realized_general: int = 0
    """Line 2: net of tax, losses less than nought."""
    realized_separate: int = 0
    """Line 3."""
    unrealized_general: int = 0
    """Line 4: net of deferred tax."""
    unrealized_separate: int = 0
    """Line 5."""
    credited: int = 0
    """Line 6: gains credited to contracts; losses charged to them less than nought."""
    basic: int = 0
    """Line 7: the basic contribution."""
    maximum: int
    """Line 9."""
    objective: int
    """Line 10."""
    voluntary: int = 0
    """Line 14."""

    @property
    def accumulated(self) -> int:
        """Line 8."""
        realized = self.realized_general + self.realized_separate
        unrealized = self.unrealized_general + self.unrealized_separate
        return self.opening + realized + unrealized - self.credited + self.basic

    @property
    def step(self) -> int:
        """Line 11: a fifth of what the objective is over what was accumulated, or under it."""
        return round_half_away(_STEP * (self.objective - self.accumulated), _PERCENT)

    @property
    def before_transfers(self) -> int:
        """Line 12."""
        return self.accumulated + self.step


@dataclass(frozen=True, slots=True, kw_only=True)
class AvrRolled:
    """A sub-component at the year's end."""

    year: AvrYear
    transferred: int
    """Line 13: from the sister and from the other component; what is given less than nought."""

    @property
    def adjustment(self) -> int:
        """Line 15: down to the maximum, or up to nought."""
        return self.closing - self._unadjusted

    @property
    def closing(self) -> int:
        """Line 16."""
        return min(max(self._unadjusted, 0), max(self.year.maximum, 0))

    @property
    def _unadjusted(self) -> int:
        return self.year.before_transfers + self.transferred + self.year.voluntary


def sister_transfers(
    before: tuple[int, int], maximum: tuple[int, int], *, covering: bool = True
) -> tuple[int, int]:
    """What the sub-components of one component give each other; the two add to nought.

    What one has over its maximum fills the other, to its maximum at most. Then, where the company
    so elects, a balance below nought is covered by the other, which keeps a half of what it has.

    Units   whole units; `before` is line 12.
    Source  domain.md 5 [K].

    120 against a maximum of 100 gives 20; of the 100 left a half covers 50 of the 60 that lack.

    >>> sister_transfers((120, -80), (100, 90))
    (-70, 70)
    """
    over = [max(have - most, 0) for have, most in zip(before, maximum, strict=True)]
    room = [max(most - have, 0) for have, most in zip(before, maximum, strict=True)]
    to_second, to_first = min(over[0], room[1]), min(over[1], room[0])
    moved = to_first - to_second
    if covering:
        first, second = before[0] + moved, before[1] - moved
        moved += min(max(-first, 0), max(second, 0) // 2)
        moved -= min(max(-second, 0), max(first, 0) // 2)
    return moved, -moved


def rolled_component(
    first: AvrYear,
    second: AvrYear,
    *,
    received: tuple[int, int] = (0, 0),
    covering: bool = True,
) -> tuple[AvrRolled, AvrRolled]:
    """Both sub-components of a component at the year's end.

    Units   whole units; `received` is what comes from the other component, less than nought if given.
    Source  domain.md 5; line 11 of the AVR page.

    Bonds: 1,000,000 less a loss of 50,000 and with a contribution of 60,000 are 1,010,000; a fifth of
    what lacks to 1,500,000 is 98,000; 1,108,000 is 8,000 over the maximum, which mortgages take.

    >>> bonds = AvrYear(opening=1_000_000, realized_general=-50_000, basic=60_000,
    ...                 objective=1_500_000, maximum=1_100_000)
    >>> loans = AvrYear(opening=40_000, basic=5_000, objective=95_000, maximum=150_000)
    >>> [one.closing for one in rolled_component(bonds, loans)]
    [1100000, 63000]
    """
    moved = sister_transfers(
        (first.before_transfers, second.before_transfers),
        (first.maximum, second.maximum),
        covering=covering,
    )
    return (
        AvrRolled(year=first, transferred=moved[0] + received[0]),
        AvrRolled(year=second, transferred=moved[1] + received[1]),
    )


def over_both_maxima(first: AvrYear, second: AvrYear) -> int:
    """What a component has over both its maxima: for the other component, or released to surplus.

    Units   whole units, never less than nought.
    Source  domain.md 5 [K].

    >>> full = AvrYear(opening=100, objective=100, maximum=90)
    >>> over_both_maxima(full, AvrYear(opening=30, objective=30, maximum=36))
    4
    """
    both = rolled_component(first, second, covering=False)
    return sum(max(-one.adjustment, 0) for one in both)
