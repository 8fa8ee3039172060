"""Many statements checked side by side: the same equations, one column for each statement.

The engine is the one that checks a single statement. Findings in words are made when somebody
asks for one statement's, and then by the single path.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from jurat.checks.many import Many
from jurat.checks.run import Outcome, examine
from jurat.statement import Statement, System
from jurat.statement.system import Bools, Ints
from jurat.words import Address, Severity, Tolerance, UsageError, require

BLOCK = 128
"""Statements taken at once: few enough that a block stays in the processor's cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCheck:
    """One check of a batch: its identity, the cell it is about, its law in words."""

    id: str
    cell: str
    law: str
    severity: Severity


@dataclass(frozen=True, eq=False, kw_only=True)
class Differences:
    """Every difference found, in columns: which check, of which statement, how much.

    Units   the cell's own unit, left less right; as in a Finding.
    Shape   one element for each difference, those of one statement together.
    """

    check: Ints
    statement: Ints
    difference: Ints
    is_break: Bools
    """Whether the difference is more than rounding may leave."""

    def where(self, chosen: Bools) -> "Differences":
        """Some of the differences."""
        return Differences(
            check=self.check[chosen], statement=self.statement[chosen],
            difference=self.difference[chosen], is_break=self.is_break[chosen],
        )  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class BatchOutcome:
    """All sums and percentages of many statements, graded.

    The questions and dates of a statement are words, not sums: their findings come with
    `statement(i).findings`, not with the counts here.

    Shape   the counts by grade: one element for each statement.
    """

    names: tuple[str, ...]
    checks: tuple[BatchCheck, ...]
    passed: Ints
    rounding: Ints
    failed: Ints
    not_run: Ints
    unread: Ints
    """Of those not run, the ones with a cell that could not be read: breaks, too."""
    differences: Differences
    facts: int
    """How many figures were checked."""
    statement_at: Callable[[int], Statement] = field(repr=False)

    def __len__(self) -> int:
        """How many statements."""
        return len(self.names)

    @cached_property
    def breaks(self) -> Differences:
        """The differences that are failures."""
        return self.differences.where(self.differences.is_break)

    def statement(self, number: int) -> Outcome:
        """All checks of one statement, by the single path: its findings, counts and roots."""
        return examine(self.statement_at(number))

    def lines(self) -> list[str]:
        """One line in words for each failure: statement, check, cell, difference, law."""
        made = []
        broken = self.breaks
        for at, number, difference in zip(
            broken.check.tolist(),
            broken.statement.tolist(),
            broken.difference.tolist(),
            strict=True,
        ):
            check = self.checks[at]
            told = f"{self.names[number]}  {check.id}  {check.severity}  {check.cell}"
            made.append(f"{told}  difference {difference:,}  {check.law}")
        return made


def check_many(
    many: Many,
    names: Sequence[str] = (),
    statement_at: Callable[[int], Statement] | None = None,
) -> BatchOutcome:
    """Grade every sum and percentage of many statements; each comes out as `examine` grades it.

    Units   dollars and printed units, as in a statement.
    Raises  UsageError when a figure is so large that a sum of such figures could overflow.
    """
    _guard(many, names)
    checks = _checks_of(many.system)
    parts = [
        _Block(many.between(start, start + BLOCK)).graded() for start in range(0, len(many), BLOCK)
    ]
    counts = np.concatenate([counts for counts, _ in parts], axis=1)
    starts = range(0, len(many), BLOCK)
    found = [
        replace(found, statement=found.statement + start)
        for start, (_, found) in zip(starts, parts, strict=True)
    ]
    return BatchOutcome(
        names=tuple(names) or tuple(str(number) for number in range(len(many))), checks=checks,
        passed=counts[0], rounding=counts[1], failed=counts[2], not_run=counts[3], unread=counts[4],
        differences=_together(found), facts=many.facts, statement_at=statement_at or _not_kept,
    )  # fmt: skip


def check_statements(statements: Sequence[Statement], names: Sequence[str] = ()) -> BatchOutcome:
    """Grade many statements that are in memory, whatever rows each of them has.

    Raises  UsageError as `check_many` and `Many.of` do.
    """
    return check_many(Many.of(statements), names, lambda number: statements[number])


def joined(outcomes: Sequence[BatchOutcome]) -> BatchOutcome:
    """Several batches as one, in their order."""
    require(bool(outcomes), "There is no batch to join.")
    every: dict[BatchCheck, int] = {}
    found, starts = [], np.cumsum([0, *map(len, outcomes)])
    moved: dict[tuple[BatchCheck, ...], Ints] = {}
    for outcome, start in zip(outcomes, starts.tolist(), strict=False):
        if outcome.checks not in moved:
            places = [every.setdefault(check, len(every)) for check in outcome.checks]
            moved[outcome.checks] = np.array(places, np.int64)
        own = outcome.differences
        found.append(
            replace(own, check=moved[outcome.checks][own.check], statement=own.statement + start)
        )

    def statement_at(number: int) -> Statement:
        part = int(np.searchsorted(starts, number, side="right")) - 1
        return outcomes[part].statement_at(number - int(starts[part]))

    counts = {
        name: np.concatenate([getattr(outcome, name) for outcome in outcomes])
        for name in ("passed", "rounding", "failed", "not_run", "unread")
    }
    return BatchOutcome(
        names=tuple(name for outcome in outcomes for name in outcome.names), checks=tuple(every),
        differences=_together(found), facts=sum(outcome.facts for outcome in outcomes),
        statement_at=statement_at, **counts,
    )  # fmt: skip


def _not_kept(number: int) -> Statement:
    raise UsageError(
        f"Statement {number} of the batch was not kept.", next="Pass statement_at to check_many."
    )


def _guard(many: Many, names: Sequence[str]) -> None:
    """Refuse figures whose sums could pass the end of a 64-bit integer: it would wrap unseen."""
    system = many.system
    most = np.add.reduceat(np.abs(system.weights), system.starts[:-1])
    room = int(np.iinfo(np.int64).max) - int(np.abs(system.constants).max())
    limit = room // max(int(most.max()), 4_000)  # a percentage is 2 × 1,000 × its part and more
    over = (many.values > limit) | (many.values < -limit)
    if over.any():
        cell, number = (int(at[0]) for at in np.nonzero(over))
        name = names[number] if names else str(number)
        raise UsageError(
            f"Statement {name} holds {int(many.values[cell, number]):,} at {system.cells[cell]}.",
            why=f"Sums of figures over {limit:,} could pass what 64 bits hold.",
            next="Mend the figure: no company has that many dollars.",
        )


def _checks_of(system: System) -> tuple[BatchCheck, ...]:
    sums = [
        BatchCheck(id=e.id, cell=str(e.left), law=e.words, severity=e.severity)
        for e in system.equations
    ]
    shares = [
        BatchCheck(
            id=share.id, cell=str(system.cells[share.left]), law=system.words_of(share),
            severity=Severity.ERROR,
        )
        for share in system.percentages
    ]  # fmt: skip
    return (*sums, *shares)


def _together(found: Sequence[Differences]) -> Differences:
    columns = {
        name: np.concatenate([getattr(part, name) for part in found])
        for name in ("check", "statement", "difference", "is_break")
    }
    return Differences(**columns)


@dataclass(frozen=True, eq=False)
class _Block:
    """A few statements at once."""

    many: Many

    def graded(self) -> tuple[Ints, Differences]:
        """Counts by grade (passed, rounding, failed, not run, unread), and all differences."""
        system = self.many.system
        sums, shares = self._sums(), self._shares()
        check, statement = np.nonzero(sums[2])
        residual, scale = sums[0][check, statement], system.scales[check]
        share, other = np.nonzero(shares[2])
        found = Differences(
            check=np.concatenate([check, share + len(system.equations)]),
            statement=np.concatenate([statement, other]),
            difference=np.concatenate([_whole(residual, scale), shares[0][share, other]]),
            is_break=np.concatenate([sums[3][check, statement], shares[3][share, other]]),
        )
        order = np.argsort(found.statement, kind="stable")
        found = Differences(
            check=found.check[order], statement=found.statement[order],
            difference=found.difference[order], is_break=found.is_break[order],
        )  # fmt: skip
        size = len(self.many)
        failed = np.bincount(found.statement[found.is_break], minlength=size)
        rounding = np.bincount(found.statement[~found.is_break], minlength=size)
        asked = len(system.equations) + len(system.percentages) - _count(self._lacks, size)
        ran = _count(sums[1], size) + _count(shares[1], size)
        unread = _count(sums[4], size) + _count(shares[4], size)
        counts = np.stack([ran - failed - rounding, rounding, failed, asked - ran, unread])
        return counts.astype(np.int64), found

    def _sums(self) -> tuple[Ints, Bools, Bools, Bools, Bools]:
        """Residuals; which ran, which differ, which break, which are unread."""
        many, system = self.many, self.many.system
        residuals = system.residuals(many.values)
        unread = self._unread_sums & self._known
        ran = self._known & ~unread
        size = np.abs(residuals)
        is_product = system.class_codes == list(Tolerance).index(Tolerance.PRODUCT)
        passes = residuals == 0
        passes[is_product] = 2 * size[is_product] <= system.scales[is_product, None]
        allowed = system.allowed(system.terms_present(many.present))
        differs = ran & ~passes
        return residuals, ran, differs, differs & (size > allowed), unread

    @cached_property
    def _unread_sums(self) -> Bools:
        system, unread = self.many.system, self.many.unread
        if not unread.any():
            return np.zeros((1, 1), bool)
        return np.logical_or.reduceat(unread[system.columns], system.starts[:-1], axis=0)

    @cached_property
    def _known(self) -> Bools:
        """Which equations have all their pages, and their row; narrow where all agree."""
        known = _have_pages(self.many, self.many.system.pages_of)
        if not self._lacks.any():
            return known
        known = np.broadcast_to(known, (len(known), len(self.many))).copy()
        known[self.many.row_of >= 0] &= ~self._lacks
        return known

    @cached_property
    def _lacks(self) -> Bools:
        """For the equations on rows, which statements have not the row."""
        lacks: Bools = ~self.many.has_row[self.many.row_of[self.many.row_of >= 0]]
        return lacks

    def _shares(self) -> tuple[Ints, Bools, Bools, Bools, Bools]:
        """The same for percentages."""
        many, system = self.many, self.many.system
        cells = np.array([(s.left, s.part, s.whole) for s in system.percentages], np.int64)
        cells = cells.reshape(-1, 3)
        left, part, whole = (many.values[cells[:, at]] for at in range(3))
        residuals = left - ratios_in_tenths(part, whole)
        pages = [
            frozenset(p.page for c in share if isinstance(p := system.cells[c], Address))
            for share in cells.tolist()
        ]
        known = np.broadcast_to(_have_pages(many, pages), residuals.shape)
        unread = known & many.unread[cells].any(axis=1)
        ran = known & ~unread
        differs = ran & (residuals != 0)
        return residuals, ran, differs, differs & (np.abs(residuals) > 1), unread


def _have_pages(many: Many, wanted: Sequence[frozenset[str]]) -> Bools:
    """For each set of pages, which statements have them all; one column where all agree."""
    found, which = np.unique(many.has_page, axis=1, return_inverse=True)
    known = [frozenset(np.array(many.pages)[column].tolist()) for column in found.T]
    table = np.array([[pages <= own for own in known] for pages in wanted], bool)
    table = table.reshape(len(wanted), len(known))
    return table if len(known) == 1 else table[:, which.reshape(-1)]


def ratios_in_tenths(part: Ints, whole: Ints) -> Ints:
    """Parts of wholes in tenths of a percent, halves away from zero; zero where a whole is zero.

    >>> ratios_in_tenths(np.array([1013080587, -5, 3]), np.array([4110990671, 1000, 0])).tolist()
    [246, -5, 0]
    """
    over = np.abs(whole)
    size = (2_000 * np.abs(part) + over) // np.maximum(2 * over, 1)
    signed: Ints = np.where(over == 0, 0, np.where((part < 0) != (whole < 0), -size, size))
    return signed


def _whole(residual: Ints, scale: Ints) -> Ints:
    """Residuals in whole units, halves away from zero."""
    size = (2 * np.abs(residual) + scale) // (2 * scale)
    whole: Ints = np.where(residual >= 0, size, -size)
    return whole


def _count(ran: Bools, statements: int) -> Ints:
    """How many of the checks hold true for each statement; a narrow table holds for all."""
    count: Ints = np.count_nonzero(ran, axis=0).astype(np.int64)
    return np.broadcast_to(count, (statements,)) if count.size == 1 else count
