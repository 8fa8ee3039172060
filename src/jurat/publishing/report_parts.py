"""The parts of a report, whatever they stand on: header, summary, findings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jurat.checks import Counts, Finding, Grade, Outcome, Suspect
from jurat.publishing.report_data import Coverage, Doubt
from jurat.publishing.report_findings import FindingsHtml, stories_of
from jurat.publishing.report_markup import Html, counted, joined, tag
from jurat.statement import Read, Statement


@dataclass(frozen=True, kw_only=True)
class ReportParts:
    """One statement with all that was found on it, told section by section."""

    statement: Statement
    outcome: Outcome
    suspects: Sequence[Suspect] | None = None
    """None where they were not looked for."""
    doubts: Sequence[Doubt] = ()
    coverage: Coverage | None = None
    source: str = ""
    """The document's name."""
    href: Callable[[str], str] = "#{}".format
    """Where a cell is found."""

    @property
    def company(self) -> str:
        """The company's name, or that it is not known."""
        return self.statement.company or "Company not named"

    @property
    def doubtful(self) -> list[str]:
        """The cells in doubt, those of a damaged print left out."""
        return [str(d.address) for d in self.doubts if not d.is_weak]

    def header(self) -> Html:
        """Whose statement it is, of which year, and where it was read."""
        year = self.statement.year
        kind = self.statement.blank.kind.replace("_", " ")
        read = [tag("span", "read from ", tag("b", self.source))] if self.source else []
        told = f"Annual statement of the {kind}, year ended December 31, {year}"
        notices = [tag("p", notice, class_="notice") for notice in self.statement.notices]
        return joined(
            [tag("h1", self.company), tag("p", told), tag("p", *read, class_="source"), *notices]
        )

    def legend(self) -> Html:
        """What a click does, and what the colours of figures mean."""
        lights = [tag("span", told, data_g=light) for light, told in _LIGHTS.items()]
        marks = [tag("span", told, data_r=mark) for mark, told in _MARKS.items()]
        pieces = [piece for one in (*lights, *marks) for piece in (" ", one)]
        return tag("p", _CLICK, *pieces, class_="legend")

    # -- summary ---------------------------------------------------------------------------

    def summary(self) -> Html:
        """How it came out: the verdict, the grades, what was looked at."""
        counts = self.outcome.counts
        return joined([self._verdict(), _tiles(counts), self._facts(counts)])

    def _verdict(self) -> Html:
        stories = stories_of(self.outcome.findings)
        if not stories:
            ran = counted(self.outcome.counts.passed, "check")
            return tag(
                "p",
                f"No break: everything that could be checked holds ({ran}).",
                class_="verdict good",
            )
        breaks = sum(len(story.findings) for story in stories)
        errors = sum(not story.is_warning for story in stories)
        told = (
            f"{counted(breaks, 'break')} in {counted(len(stories), 'story', 'stories')}: "
            f"{errors} with errors, {len(stories) - errors} of warnings alone."
        )
        return tag("p", told, class_="verdict")

    def _facts(self, counts: Counts) -> Html:
        looked = (
            f"{counts.footings:,} on one page, {counts.cross_page:,} between pages, "
            f"{counts.factors:,} printed factors"
        )
        told = {
            "Checks with figures": looked,
            "Coverage of the document": self._covered(),
            "Repairs": self._repaired(),
            "Doubts": self._doubted(),
            "Pages": self._paged(),
        }
        return tag(
            "dl", *(piece for k, v in told.items() if v for piece in (tag("dt", k), tag("dd", v)))
        )

    def _covered(self) -> str:
        if self.coverage is None:
            return "not told"
        share, tokens = 100 * self.coverage.share, self.coverage.tokens
        lost = len(self.coverage.unplaced)
        rest = f"; {counted(lost, 'number')} found no place" if lost else "; each has its place"
        return f"{share:.2f} % of {counted(tokens, 'number')}{rest}"

    def _repaired(self) -> str:
        cells = self.statement.cells.values()
        number = sum(isinstance(c.because, Read) and c.because.repair is not None for c in cells)
        return counted(number, "cell") if number else "none was needed"

    def _doubted(self) -> str:
        lines = sum(doubt.is_weak for doubt in self.doubts)
        rest = f", and {counted(lines, 'cell')} whose line nothing proves" if lines else ""
        return f"{counted(len(self.doubts) - lines, 'cell')}{rest}" if self.doubts else "none"

    def _paged(self) -> str:
        there, blank = len(self.statement.pages), len(self.statement.blank.pages)
        return f"{there} of the form's {blank}; {len(self.statement.none_pages)} of them say NONE"

    # -- findings --------------------------------------------------------------------------

    def findings(self) -> Html:
        """Breaks by root, warnings, suspects, accepted, rounding, doubts, repairs."""
        html = FindingsHtml(self.statement, self.source, self.href)
        stories = stories_of(self.outcome.findings)
        errors = [story for story in stories if not story.is_warning]
        warnings = [story for story in stories if story.is_warning]
        rounding, accepted = self._graded(Grade.ROUNDING), self._graded(Grade.ACCEPTED)
        unplaced = self.coverage.unplaced if self.coverage else ()
        lost = [f"line {line}, column {column}: {token}" for line, column, token in unplaced]
        made = [
            _section(
                "breaks", "Breaks", html.stories(errors, "No error: every law that ran holds.")
            ),
            _section("warnings", "Warnings", html.stories(warnings, "No warning.")),
            _section(
                "suspects",
                "Suspects",
                html.suspects(self.suspects, has_breaks=bool(stories)),
                _SUSPECTS,
            ),
            _section("accepted", "Accepted", html.table(accepted, "No break was accepted.")),
            _section(
                "rounding",
                "Rounding",
                html.table(rounding, "No difference of rounding."),
                _ROUNDING,
            ),
            _section("doubts", "Doubts", html.doubts(self.doubts)),
            _section("repairs", "Repairs", html.repairs()),
        ]
        if lost:
            told = tag("ul", *(tag("li", text) for text in lost), class_="places")
            made.append(_section("unplaced", "Numbers without a place", told))
        return joined(made)

    def _graded(self, grade: Grade) -> list[Finding]:
        return [finding for finding in self.outcome.findings if finding.grade is grade]


_CLICK = "Click a figure for its reason, its checks and its evidence."
_LIGHTS = {
    "fail": "fails",
    "fail part": "part of a sum that fails",
    "warn": "warning",
    "rounding": "rounding",
    "accepted": "accepted",
}
_MARKS = {"repaired": "repaired", "doubt": "in doubt"}
_SUSPECTS = "The fewest figures whose change would make every check of a story hold."
_ROUNDING = "Differences that whole dollars explain: at most half a unit for each figure added."


def _section(name: str, title: str, body: Html, told: str = "") -> Html:
    lead = tag("p", told, class_="lead") if told else Html("")
    return tag("section", tag("h2", title), lead, body, class_="part", id=name)


def _tiles(counts: Counts) -> Html:
    """How many checks came out in each grade; those that did not run are told too."""
    told = [
        ("fail", counts.failed, "fail", ""),
        ("rounding", counts.rounding, "rounding", ""),
        ("accepted", counts.accepted, "accepted", ""),
        ("pass", counts.passed, "pass", f"{counts.empty:,} of all held with every cell blank"),
        (
            "not-run",
            counts.not_run,
            "not run",
            "a page is not in the document, or a cell is unread",
        ),
    ]
    made = [
        tag("li", tag("b", f"{number:,}"), tag("span", name), tag("small", more), class_=kind)
        for kind, number, name, more in told
    ]
    return tag("ul", *made, class_="tiles")
