"""How far figures may move: every check that ran, as a bound on what its cells change together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from jurat.checks.findings import Grade
from jurat.checks.run import Outcome
from jurat.money import ratio_in_tenths
from jurat.words import Address

FAR = 1 << 60
"""A bound that no statement reaches."""

Repair = Mapping[int, int]
"""By how much to change which cells."""

Story = frozenset[int]
"""Broken limits that hang together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How far the figures of one check may move: low ≤ Σ weight · change ≤ high."""

    check: str
    terms: tuple[tuple[int, int], ...]
    low: int
    high: int
    unit: int
    """What one whole unit of the left side weighs."""
    row: int = -1
    """The equation it comes from, if it does."""

    @property
    def is_broken(self) -> bool:
        """Whether the figures as they stand are beyond it."""
        return self.low > 0 or self.high < 0

    @property
    def is_two_sided(self) -> bool:
        """Whether it bounds the movement from below and from above."""
        return self.high - self.low < FAR

    @property
    def goal(self) -> int:
        """The movement it would like best: none, or where it is broken, to two equal sides."""
        return (self.low + self.high) // 2 if self.is_broken and self.is_two_sided else 0

    @property
    def eased(self) -> tuple[int, int]:
        """Its bounds when it need not be mended, only not be made worse."""
        return min(self.low, 0), max(self.high, 0)

    def moved(self, repair: Repair) -> int:
        """By how much a repair moves it."""
        return sum(weight * repair[cell] for cell, weight in self.terms if cell in repair)


class Limits:
    """Every limit of a statement, by cell and by story."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome, self.statement = outcome, outcome.statement
        self.system = outcome.statement.system
        self.values, self.present, self._unread = outcome.statement.vectors
        self.all = [*self._sums(), *self._shares()]
        self.broken = [at for at, limit in enumerate(self.all) if limit.is_broken]
        self.touching: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for at, limit in enumerate(self.all):
            for cell, weight in limit.terms:
                self.touching[cell].append((at, weight))

    def _sums(self) -> Iterator[Limit]:
        """Signed sums: the residual may move to within what rounding allows."""
        outcome, system = self.outcome, self.system
        for row in np.flatnonzero(outcome.runs & ~outcome.unread).tolist():
            residual, allowed = int(outcome.residuals[row]), int(outcome.allowed[row])
            entries = system.row(row)
            made = Limit(
                check=f"{system.equations[row].id} at {system.cells[entries[0][0]]}",
                terms=tuple((cell, weight) for cell, weight in entries if weight),
                low=-allowed - residual, high=allowed - residual, row=row,
                unit=int(system.scales[row]),
            )  # fmt: skip
            yield self._unless_accepted(made)

    def _shares(self) -> Iterator[Limit]:
        """A percentage holds within a tenth: its part lies between two shares of its whole."""
        for share in self.system.percentages:
            cells = (share.left, share.part, share.whole)
            pages = {getattr(self.system.cells[cell], "page", "") for cell in cells}
            if not pages <= self.statement.pages_known or any(self._unread[cell] for cell in cells):
                continue
            left, part, whole = (int(self.values[cell]) for cell in cells)
            is_off = abs(left - ratio_in_tenths(part, whole)) > 1
            for bound in (-3, 3):
                now = 2000 * part - (2 * left + bound) * whole
                weights = {share.left: -2 * whole, share.part: 2000}
                weights[share.whole] = weights.get(share.whole, 0) - (2 * left + bound)
                low, high = (-now, FAR) if bound < 0 else (-FAR, -now)
                if not is_off:
                    low, high = min(low, 0), max(high, 0)
                yield self._unless_accepted(Limit(
                    check=f"{share.id} at {self.system.cells[share.left]}", low=low, high=high,
                    terms=tuple((cell, w) for cell, w in weights.items() if w), unit=2000,
                ))  # fmt: skip

    def _unless_accepted(self, limit: Limit) -> Limit:
        """The limit; one whose break somebody explained only bids the break not to grow."""
        if not limit.is_broken or limit.check not in self._accepted:
            return limit
        low, high = limit.eased
        return replace(limit, low=low, high=high)

    @cached_property
    def _accepted(self) -> frozenset[str]:
        findings = self.outcome.findings if self.outcome.accepted else ()
        return frozenset(f"{f.id} at {f.cells[0]}" for f in findings if f.grade is Grade.ACCEPTED)

    def may_change(self, cell: int) -> bool:
        """Whether the cell is this filing's to change: this year's, and on no page stamped NONE."""
        place = self.system.cells[cell]
        return isinstance(place, Address) and place.page not in self.statement.none_pages

    def bounds(self, at: int, story: Story) -> tuple[int, int]:
        """The bounds of a limit when a story is to be mended."""
        limit = self.all[at]
        return (limit.low, limit.high) if at in story else limit.eased

    def touched(self, cells: Iterable[int]) -> set[int]:
        """The limits some cells take part in."""
        return {at for cell in cells for at, _ in self.touching[cell]}

    def meetings(self, cells: Iterable[int]) -> list[list[int]]:
        """For each limit the cells, of some, that meet in it."""
        met: dict[int, list[int]] = defaultdict(list)
        for cell in cells:
            for at, _ in self.touching[cell]:
                met[at].append(cell)
        return list(met.values())

    def keeps(self, at: int, repair: Repair, story: Story) -> bool:
        """Whether a repair leaves a limit within its bounds."""
        low, high = self.bounds(at, story)
        return low <= self.all[at].moved(repair) <= high

    def holds(self, repair: Repair, story: Story) -> bool:
        """Whether a repair mends a story and leaves no other check worse than it was."""
        return all(self.keeps(at, repair, story) for at in self.touched(repair) | story)

    def mended(self, repair: Repair) -> Story:
        """The broken limits that hold after a repair."""
        limits = ((at, self.all[at]) for at in self.broken)
        return frozenset(
            at for at, limit in limits if limit.low <= limit.moved(repair) <= limit.high
        )

    def after(self, repair: Repair) -> Limits:
        """The limits once a repair is made."""
        made = copy(self)
        made.__dict__.pop("stories", None)
        made.values, made.all = self.values.copy(), list(self.all)
        for cell, by in repair.items():
            made.values[cell] += by
        for at in self.touched(repair):
            limit = self.all[at]
            by = limit.moved(repair)
            made.all[at] = replace(limit, low=limit.low - by, high=limit.high - by)
        made.broken = [at for at, limit in enumerate(made.all) if limit.is_broken]
        return made

    def checks(self, story: Iterable[int]) -> tuple[str, ...]:
        """The checks of some limits, each once."""
        return tuple(dict.fromkeys(self.all[at].check for at in sorted(story)))

    def column(self, cell: int) -> tuple[tuple[int, int], ...]:
        """How the checks count a cell, up to its sign: equal for cells no check tells apart."""
        column = self.touching[cell]
        sign = 1 if column[0][1] > 0 else -1
        return tuple((at, sign * weight) for at, weight in column)

    @cached_property
    def stories(self) -> list[Story]:
        """The broken limits, those together that share a cell or a root; the largest first."""
        roots = self.outcome.roots
        ties: dict[object, list[int]] = defaultdict(list)
        for at in self.broken:
            limit = self.all[at]
            ties[limit.check].append(at)
            if limit.row in roots:
                ties[roots[limit.row][0]].append(at)
            for cell, _ in limit.terms:
                if self.may_change(cell):
                    ties[cell].append(at)
        found = joined(self.broken, ties.values())
        return sorted(found, key=lambda story: (-len(self.checks(story)), min(story)))


def joined(members: Iterable[int], ties: Iterable[Sequence[int]]) -> list[frozenset[int]]:
    """Members in groups: two are in one group when a chain of ties joins them.

    >>> [sorted(group) for group in joined([1, 2, 3, 4], [[1, 3], [3, 4]])]
    [[1, 3, 4], [2]]
    """
    group = {member: {member} for member in members}
    for first, *others in ties:
        for other in others:
            if group[first] is not group[other]:
                group[first] |= group[other]
                group.update(dict.fromkeys(group[other], group[first]))
    return list(dict.fromkeys(frozenset(found) for found in group.values()))
