"""Negative balances of the interest maintenance reserve: what of them may stand, and be admitted.

A negative balance of one statement may stand as a negative liability as far as a positive balance
of the other covers it. The rest is disallowed: written off to surplus as not admitted, unless
INT 23-01 lets a part be admitted while it is in force; its numbers are data, `imr_admittance.csv`.

Known K   both rules are told by public notes on the instructions and on INT 23-01 (domain.md 4.6);
          neither original was read. When the bound on current surplus began is known to the month.
"""

import csv
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from jurat.money import round_half_away
from jurat.words import require

_TERMS = Path(__file__).parent / "imr_admittance.csv"
_WHOLE = 1000
"""Tenths of a percent."""


class ImrCase(StrEnum):
    """The six cases, by the signs of both balances and of their sum."""

    BOTH_STAND = "neither balance is negative"
    NEITHER_STANDS = "both balances are negative"
    SEPARATE_COVERED = "the general account covers the separate accounts"
    SEPARATE_BEYOND = "the general account covers a part of the separate accounts"
    GENERAL_COVERED = "the separate accounts cover the general account"
    GENERAL_BEYOND = "the separate accounts cover a part of the general account"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImrState:
    """What the two statements report, and what of negative balances is disallowed."""

    case: ImrCase
    general: int
    """The liability of the general account statement; less than nought if a negative one stands."""
    separate: int
    """The liability of the separate accounts statement."""
    general_disallowed: int
    """How much of a negative balance may not stand: not admitted. Never less than nought."""
    separate_disallowed: int


def imr_state(general: int, separate: int) -> ImrState:
    """What of the IMR balances of the two statements may stand as liabilities, and what is disallowed.

    | general | separate | together | stands as a liability | disallowed |
    |---------|----------|----------|-----------------------|------------|
    | + or 0  | + or 0   | + or 0   | both                  | nothing    |
    | -       | -        | -        | nothing               | both       |
    | + or 0  | -        | + or 0   | both                  | nothing    |
    | + or 0  | -        | -        | general; of separate as much below nought | what they are below nought together |
    | -       | + or 0   | + or 0   | both                  | nothing    |
    | -       | + or 0   | -        | separate; of general as much below nought | what they are below nought together |

    Units   whole units in, the same out.
    Source  instructions for line 6 of the IMR (domain.md 4.6).

    >>> state = imr_state(general=300, separate=-1_000)
    >>> state.separate, state.separate_disallowed, str(state.case)
    (-300, 700, 'the general account covers a part of the separate accounts')
    """
    together = general + separate
    if general >= 0 and separate >= 0:
        case = ImrCase.BOTH_STAND
    elif general < 0 and separate < 0:
        case = ImrCase.NEITHER_STANDS
    elif separate < 0:
        case = ImrCase.SEPARATE_COVERED if together >= 0 else ImrCase.SEPARATE_BEYOND
    else:
        case = ImrCase.GENERAL_COVERED if together >= 0 else ImrCase.GENERAL_BEYOND
    stands = max(general, -max(separate, 0)), max(separate, -max(general, 0))
    return ImrState(
        case=case,
        general=stands[0],
        separate=stands[1],
        general_disallowed=stands[0] - general,
        separate_disallowed=stands[1] - separate,
    )


# -- INT 23-01 ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms disallowed IMR is admitted on some day."""

    share: int
    """Of capital and surplus, in tenths of a percent."""
    least_rbc: int
    """Percent of authorized control level that must be exceeded."""
    of_current: bool
    """Whether current surplus, as it is, bounds it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surplus:
    """What the bounds are taken of: the general account's capital and surplus."""

    filed: int
    """Capital and surplus of the last statement filed."""
    goodwill: int = 0
    edp: int = 0
    """Admitted equipment and software of data processing."""
    deferred_tax: int = 0
    """Net admitted deferred tax asset."""
    admitted_imr: int = 0
    """Negative IMR that was admitted in it."""
    current: int = 0
    """Capital and surplus of the statement being made, as it is."""
    rbc: int
    """Percent of authorized control level, with the same left out of it."""

    @property
    def adjusted(self) -> int:
        """Of the last statement filed, less what does not count."""
        return self.filed - self.goodwill - self.edp - self.deferred_tax - self.admitted_imr


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """What of disallowed IMR is admitted, by statement, and its bound."""

    general: int
    insulated: int
    non_insulated: int
    bound: int
    """The most that may be admitted of all."""
    why: str
    """What the bound is of; or why nothing may be admitted."""


def admittance_terms(day: date) -> Terms | None:
    """The terms of INT 23-01 on a day; nothing outside its window.

    >>> admittance_terms(date(2024, 12, 31)).share, admittance_terms(date(2022, 12, 31))
    (100, None)
    """
    for begin, end, terms in _terms():
        if begin <= day <= end:
            return terms
    return None


def admitted_imr(
    day: date, surplus: Surplus, general: int, insulated: int = 0, non_insulated: int = 0
) -> Admitted:
    """What of disallowed IMR may be admitted on a day: the general account's first, the rest shared.

    Losses of derivatives at fair value count only where gains were always treated the same; what
    does not count is left out of the amounts given. The separate accounts have what is left, by the
    amounts of the insulated and the other statement.

    Units   whole units; what is disallowed, as amounts above nought.
    Source  INT 23-01 [K], domain.md 4.6.

    A tenth of 5,000 adjusted is 500: 300 of the general account, 200 shared three to one.

    >>> held = Surplus(filed=5_400, goodwill=400, rbc=420)
    >>> found = admitted_imr(date(2024, 12, 31), held, general=300, insulated=600, non_insulated=200)
    >>> found.general, found.insulated, found.non_insulated
    (300, 150, 50)
    """
    require(min(general, insulated, non_insulated) >= 0, "What is disallowed is below nought.")
    terms = admittance_terms(day)
    bound, why = _bound(terms, surplus, day)
    own = min(general, bound)
    separate = insulated + non_insulated
    rest = min(separate, bound - own)
    first = round_half_away(rest * insulated, separate) if separate else 0
    return Admitted(general=own, insulated=first, non_insulated=rest - first, bound=bound, why=why)


def _bound(terms: Terms | None, surplus: Surplus, day: date) -> tuple[int, str]:
    """The most that may be admitted, in whole units never over the share; and why."""
    if terms is None:
        return 0, f"INT 23-01 is not in force on {day}"
    if surplus.rbc <= terms.least_rbc:
        return 0, f"risk-based capital is not over {terms.least_rbc} %"
    of_filed = max(surplus.adjusted * terms.share // _WHOLE, 0)
    of_current = max(surplus.current * terms.share // _WHOLE, 0)
    share = f"{terms.share / 10:g} %"
    if terms.of_current and of_current < of_filed:
        return of_current, f"{share} of current capital and surplus"
    return of_filed, f"{share} of adjusted capital and surplus last filed"


@lru_cache(maxsize=1)
def _terms() -> tuple[tuple[date, date, Terms], ...]:
    with _TERMS.open(encoding="utf-8", newline="") as file:
        return tuple(
            (
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["to"]),
                Terms(
                    share=int(row["share"]),
                    least_rbc=int(row["least_rbc"]),
                    of_current=row["of_current"] == "yes",
                ),
            )
            for row in csv.DictReader(file)
        )
