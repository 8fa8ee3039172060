"""Run every check of a blank on a statement and grade what comes out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

import numpy as np

from jurat.blanks import PriorCell
from jurat.checks.accepted import Accepted, accept
from jurat.checks.conditions import CONDITIONS
from jurat.checks.findings import ABSENT, NO_PRIOR, Counts, Finding, Grade, Part
from jurat.checks.hints import hint_for
from jurat.checks.roots import Broken, roots_of
from jurat.money import ratio_in_tenths, round_half_away
from jurat.statement import PRIOR, Statement
from jurat.statement.explain import caption_of
from jurat.statement.system import Bools, Ints, Percentage
from jurat.words import Address, Severity, Tolerance

UNREAD = "a cell of it could not be read"


@dataclass(frozen=True, eq=False)
class Outcome:
    """All checks of one statement, graded; findings are made when asked for."""

    statement: Statement
    accepted: Sequence[Accepted] = ()

    @property
    def today(self) -> date:
        """The day on which accepted breaks and overrides have expired or not."""
        return datetime.now().astimezone().date()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding that is not a pass, breaks first, grouped by root."""
        made = [*self._equations(everything=False), *self._percentages(), *self._conditions]
        told = [f for f in made if f.grade is not Grade.PASS and not f.waits]
        return _in_order(accept(told, self.accepted, self.today))

    @cached_property
    def everything(self) -> tuple[Finding, ...]:
        """Every instance of every check, passes and those that did not run included."""
        told = {(f.id, f.cells): f for f in self.findings}
        every = [*self._equations(everything=True), *self._percentages(), *self._conditions]
        return _in_order([told.get((f.id, f.cells), f) for f in every])

    @cached_property
    def _conditions(self) -> list[Finding]:
        return [
            finding for condition in CONDITIONS for finding in condition.everything(self.statement)
        ]

    @cached_property
    def counts(self) -> Counts:
        """How many instances came out in each grade."""
        return Counts.of(self.everything)

    # -- signed sums --------------------------------------------------------------------

    @cached_property
    def residuals(self) -> Ints:
        """Left less right of every equation, in 1/scale."""
        return self.statement.system.residuals(self.statement.vectors[0])

    @cached_property
    def runs(self) -> Bools:
        """Which equations can be evaluated: their pages are there, their cells are read."""
        known = self.statement.pages_known
        return np.array([pages <= known for pages in self.statement.system.pages_of])

    @cached_property
    def unread(self) -> Bools:
        """Which equations read a cell that the reader could not read."""
        system, unread = self.statement.system, self.statement.vectors[2]
        return np.add.reduceat(unread[system.columns].astype(np.int64), system.starts[:-1]) > 0

    @cached_property
    def allowed(self) -> Ints:
        """The difference that rounding may leave, in 1/scale."""
        system = self.statement.system
        return system.allowed(system.terms_present(self.statement.vectors[1]))

    @cached_property
    def failing(self) -> list[int]:
        """The equations that ran and broke."""
        broken = self.runs & ~self.unread & (np.abs(self.residuals) > self.allowed)
        return [int(row) for row in np.flatnonzero(broken)]

    @cached_property
    def roots(self) -> dict[int, tuple[str, str]]:
        """For each failing equation the name of its root and its story."""
        return roots_of(self.breaks) if self.failing else {}

    @property
    def breaks(self) -> Broken:
        """The failing equations with what is needed to group them."""
        present = self.statement.vectors[1]
        return Broken(
            system=self.statement.system,
            residuals=self.residuals,
            runs=self.runs,
            present=present,
            failing=self.failing,
        )

    def _grade(self, row: int) -> Grade:
        if not self.runs[row] or self.unread[row]:
            return Grade.NOT_RUN
        residual, scale = abs(int(self.residuals[row])), int(self.statement.system.scales[row])
        product = self.statement.system.classes[row] is Tolerance.PRODUCT
        if residual == 0 or (product and 2 * residual <= scale):
            return Grade.PASS
        return Grade.ROUNDING if residual <= self.allowed[row] else Grade.FAIL

    def _equations(self, *, everything: bool) -> list[Finding]:
        system = self.statement.system
        rows = range(len(system.equations))
        if not everything:
            rows = np.flatnonzero((self.residuals != 0) | ~self.runs | self.unread)  # type: ignore[assignment]
        roots = self.roots
        found = []
        for row in map(int, rows):
            grade = self._grade(row)
            if everything or grade is not Grade.PASS:
                finding = self._finding(row, grade)
                if row in roots:
                    finding = replace(finding, root=roots[row][0], story=roots[row][1])
                found.append(finding)
        return found

    def _finding(self, row: int, grade: Grade) -> Finding:
        system, (values, present, _) = self.statement.system, self.statement.vectors
        equation, entries, scale = system.equations[row], system.row(row), int(system.scales[row])
        difference = round_half_away(int(self.residuals[row]), scale)
        left = int(values[entries[0][0]])
        for cell, weight in entries[1 : 1 + len(equation.left_rest)]:
            left += round_half_away(weight * int(values[cell]), scale)
        runs = grade is not Grade.NOT_RUN
        return Finding(
            id=equation.id,
            grade=grade,
            severity=equation.severity,
            law=self._law(row),
            why=equation.why,
            premise=equation.premise,
            left=left if runs else None,
            right=left - difference if runs else None,
            difference=difference if runs else 0,
            allowed=int(self.allowed[row]) // scale,
            kind=system.kinds[entries[0][0]],
            cells=tuple(str(system.cells[cell]) for cell, _ in entries),
            parts=self._parts(entries, present) if grade is not Grade.PASS else (),
            hint=hint_for(self.statement, row, difference) if grade is Grade.FAIL else "",
            next=f"jurat explain FILE {system.cells[entries[0][0]]}" if runs else "",
            detail=self._why_not_run(row),
            is_empty=not any(present[cell] for cell, _ in entries),
        )

    def _law(self, row: int) -> str:
        """The law in words: a page's rule behind the caption of its line."""
        equation = self.statement.system.equations[row]
        if "=" in equation.words and not equation.is_printed:
            return equation.words
        return f"{caption_of(self.statement, equation.left) or equation.left} = {equation.words}"

    def _why_not_run(self, row: int) -> str:
        if not self.runs[row]:
            lacks = self.statement.system.pages_of[row] - self.statement.pages_known
            return NO_PRIOR if lacks == {PRIOR} else ABSENT
        if not self.unread[row]:
            return ""
        system, unread = self.statement.system, self.statement.vectors[2]
        lost = [system.cells[cell] for cell, _ in system.row(row) if unread[cell]]
        return NO_PRIOR if all(isinstance(place, PriorCell) for place in lost) else UNREAD

    def _parts(self, entries: list[tuple[int, int]], present: Bools) -> tuple[Part, ...]:
        system, values = self.statement.system, self.statement.vectors[0]
        terms = [(cell, weight) for cell, weight in entries[1:] if present[cell]]
        terms.sort(key=lambda term: -abs(int(values[term[0]])))
        parts = []
        for cell, weight in terms:
            place = system.cells[cell]
            caption = (
                caption_of(self.statement, place) if isinstance(place, Address) else "last year"
            )
            shown = self.statement[place].shown if isinstance(place, Address) else ""
            parts.append(
                Part(
                    place=str(place),
                    caption=caption,
                    shown=shown,
                    sign=-1 if weight > 0 else 1,
                    value=int(values[cell]),
                )
            )
        return tuple(parts)

    # -- percentages --------------------------------------------------------------------

    def _percentages(self) -> list[Finding]:
        return [self._percentage(share) for share in self.statement.system.percentages]

    def _percentage(self, share: Percentage) -> Finding:
        system, (values, present, _) = self.statement.system, self.statement.vectors
        left, part, whole = (system.cells[at] for at in (share.left, share.part, share.whole))
        expected = ratio_in_tenths(int(values[share.part]), int(values[share.whole]))
        difference = int(values[share.left]) - expected
        grade = {0: Grade.PASS, 1: Grade.ROUNDING}.get(abs(difference), Grade.FAIL)
        detail = self._why_no_percentage(share)
        return Finding(
            id=share.id,
            grade=Grade.NOT_RUN if detail else grade,
            severity=Severity.ERROR,
            law=system.words_of(share),
            why="A percentage is its part of the whole, to one decimal.",
            left=None if detail else int(values[share.left]),
            right=None if detail else expected,
            difference=0 if detail else difference,
            allowed=1,
            kind=system.kinds[share.left],
            cells=(str(left), str(part), str(whole)),
            detail=detail,
            next=f"jurat explain FILE {left}",
            is_empty=not (present[share.left] or present[share.part]),
        )

    def _why_no_percentage(self, share: Percentage) -> str:
        system, unread = self.statement.system, self.statement.vectors[2]
        cells = (share.left, share.part, share.whole)
        pages = {place.page for at in cells if isinstance(place := system.cells[at], Address)}
        if not pages <= self.statement.pages_known:
            return ABSENT
        return UNREAD if any(unread[cell] for cell in cells) else ""


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Breaks first, errors before warnings, the stories with the largest differences first."""
    largest: dict[str, int] = {}
    has_error: set[str] = set()
    for finding in findings:
        largest[finding.root] = max(largest.get(finding.root, 0), abs(finding.difference))
        if finding.severity is Severity.ERROR:
            has_error.add(finding.root)
    grades = [Grade.FAIL, Grade.NOT_RUN, Grade.ACCEPTED, Grade.ROUNDING, Grade.PASS]

    def place(finding: Finding) -> tuple[int, bool, int, str, bool, int, str]:
        is_warning = finding.severity is Severity.WARNING
        if finding.root:
            is_warning = finding.root not in has_error
        weight = largest[finding.root] if finding.root else 0
        return (
            grades.index(finding.grade),
            is_warning,
            -weight,
            finding.root,
            finding.severity is Severity.WARNING,
            -abs(finding.difference),
            finding.id,
        )

    return tuple(sorted(findings, key=place))


def check(statement: Statement, accepted: Sequence[Accepted] = ()) -> tuple[Finding, ...]:
    """Every finding of a statement that is not a pass: breaks first, then accepted, then rounding.

    A check whose page the document lacks is no finding; `examine` counts it.
    """
    return examine(statement, accepted).findings


def examine(statement: Statement, accepted: Sequence[Accepted] = ()) -> Outcome:
    """All checks of a statement with their counts."""
    return Outcome(statement, tuple(accepted))
