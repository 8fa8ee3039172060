"""What a check found: never raised, always shown with both sides and what to do next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from jurat.money import Kind, format_figure
from jurat.words import Severity


class Grade(StrEnum):
    """How a check came out; never merged with one another."""

    PASS = "pass"  # noqa: S105 - a grade, not a secret
    ROUNDING = "rounding"
    ACCEPTED = "accepted"
    FAIL = "fail"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One term of the right-hand side."""

    place: str
    caption: str
    shown: str
    sign: int
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One instance of one check, in the unit of its cell; difference is left less right."""

    id: str
    grade: Grade
    severity: Severity
    law: str
    why: str
    left: int | None = None
    right: int | None = None
    difference: int = 0
    allowed: int = 0
    kind: Kind = Kind.MONEY
    cells: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    premise: str = ""
    hint: str = ""
    root: str = ""
    story: str = ""
    next: str = ""
    detail: str = ""
    is_empty: bool = False
    """Every cell of the check is blank: it holds, and says little."""

    @property
    def is_break(self) -> bool:
        """Whether the check failed, or could not run for a reason of our own."""
        return self.grade is Grade.FAIL or (self.grade is Grade.NOT_RUN and not self.waits)

    @property
    def waits(self) -> bool:
        """Whether the check did not run because a page, or last year's statement, is not there."""
        return self.detail in (ABSENT, NO_PRIOR)

    def show(self, value: int | None) -> str:
        """A side as the form prints it."""
        return "" if value is None else format_figure(value, self.kind) if value else "0"


ABSENT = "the document lacks the page"
NO_PRIOR = "last year's statement is not at hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many instances came out in each grade; the checks that did not run are counted too."""

    passed: int
    rounding: int
    accepted: int
    failed: int
    not_run: int
    footings: int
    """Evaluated on one page: sums, carries, percentages and products, with at least one figure."""
    cross_page: int
    """Evaluated between pages, with at least one figure."""
    factors: int
    """Printed factors held against the form's."""
    empty: int
    """Held, and every cell of them blank."""

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> "Counts":
        """Count findings by grade and by what they look at."""
        by = Counter(finding.grade for finding in findings)
        looked = Counter(_looks_at(f) for f in findings if f.grade is not Grade.NOT_RUN and f.cells)
        return cls(
            passed=by[Grade.PASS],
            rounding=by[Grade.ROUNDING],
            accepted=by[Grade.ACCEPTED],
            failed=by[Grade.FAIL],
            not_run=by[Grade.NOT_RUN],
            footings=looked["footing"],
            cross_page=looked["cross"],
            factors=looked["factor"],
            empty=looked["empty"],
        )


def _looks_at(finding: Finding) -> str:
    if finding.is_empty:
        return "empty"
    if finding.id.endswith(".factors"):
        return "factor"
    if finding.left is None:
        return "condition"
    return "cross" if len({cell.split(":")[0] for cell in finding.cells}) > 1 else "footing"
