"""Rules over a change of the year: they follow the lines they mean; captions stand as printed.

A rule we wrote means a line, not a number: where the line has a new number the rule gets it too. A
caption is print: where it names a number whose line has gone or has another number, the new print
must say something else, and whoever writes the overlay is asked for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from jurat.blanks.references import Standing
from jurat.blanks.renumbered import GoneError, Renumbered, Stand
from jurat.words import BlankError, CrossCheck, Rule
from jurat.words.page import Column, Law, Line, Page, Part, Table

_MEASURED = "measured "


@dataclass(kw_only=True)
class Following:
    """Brings the rules of one year's pages and laws to the next year's numbers."""

    older: Sequence[Page]
    newer: Sequence[Page]
    before: int
    year: int
    """This year: what stands in its folder speaks its numbers."""
    problems: list[str] = field(default_factory=list)

    @cached_property
    def renumbered(self) -> Renumbered:
        """What became of last year's numbers."""
        return Renumbered(self.older, self.newer)

    def followed(self, checks: Iterable[CrossCheck]) -> tuple[list[Page], list[CrossCheck]]:
        """The pages of this year and the inherited laws, rules under the numbers lines have now.

        Raises  BlankError with every caption, rule and law that points at a line that was dropped,
                and every caption that points at one renumbered, each with what to write.
        """
        pages = [self._page(page) for page in self.newer]
        laws = [self._check(check) for check in checks]
        if self.problems:
            raise BlankError(
                "\n".join(self.problems),
                why="A number that means another line now would silently be added.",
            )
        return pages, laws

    # -- problems -------------------------------------------------------------------------

    def _tell(self, where: str, what: str, fault: str, into: str, *write: str) -> None:
        lines = "".join(f"\n      {line}" for line in write)
        self.problems.append(f"{where}: {what} {fault}.\n    Write in {self.year}/{into}:{lines}")

    def _is_new(self, where: str) -> bool:
        return where.startswith(f"{self.year}/")

    # -- pages ----------------------------------------------------------------------------

    def _page(self, page: Page) -> Page:
        if page.name not in self.renumbered.was.forms or self._is_new(page.path):
            return page
        columns = tuple(self._column(page, column) for column in page.columns)
        return replace(page, columns=columns, parts=tuple(self._part(page, p) for p in page.parts))

    def _column(self, page: Page, column: Column) -> Column:
        stand = Stand(page=page.name, number=f"col {column.number}", where=column.where)
        self._caption(column.caption, (), stand)
        return replace(column, laws=tuple(self._law(law, stand) for law in column.laws))

    def _part(self, page: Page, part: Part) -> Part:
        match part:
            case Line():
                return self._line(page, part, is_table=False)
            case Table():
                lines = tuple(self._line(page, line, is_table=True) for line in part.lines)
                return replace(part, lines=lines)
            case _:
                return part

    def _line(self, page: Page, line: Line, *, is_table: bool) -> Line:
        if line.name not in {one.name for one in self.renumbered.was.forms[page.name].lines}:
            return line
        stand = Stand(
            page=page.name, line=line.name, number=line.id, where=line.where, is_table=is_table
        )
        self._caption(line.caption, line.words, stand)
        return replace(line, laws=tuple(self._law(law, stand) for law in line.laws))

    def _law(self, law: Law, stand: Stand) -> Law:
        """A written rule in this year's numbers; its words change only where a number did."""
        if self._is_new(law.where) or law.text.startswith(_MEASURED):
            return law
        rule = self.renumbered.was.rule(law.text, law.where)
        try:
            new = self.renumbered.rule(rule, stand)
            columns = law.columns
            if not stand.is_table:
                columns = tuple(self.renumbered.column(stand.page, one) for one in columns)
        except GoneError as gone:
            self._tell(
                law.where,
                f"the rule {law.text!r} of {stand.told}",
                f"points at {gone}, which {self.year} dropped",
                f"{stand.page}.page",
                f"restate {stand.number}",
                "     := the rule of this year",
            )
            return law
        return replace(law, text=law.text if new == rule else str(new), columns=columns)

    def _caption(self, caption: str, words: Sequence[str], stand: Stand) -> None:
        """A caption that the year did not reword must still point at the lines it meant."""
        if self._is_new(stand.where):
            return
        for claim in self.renumbered.was.claims(caption, stand.where, words):
            what, into = f"the caption {claim.text!r} of {stand.told}", f"{stand.page}.page"
            lead = f"reword {stand.number}   "
            try:
                new = self.renumbered.rule(claim.rule, stand)
            except GoneError as gone:
                fault = f"points at {gone}, which {self.year} dropped"
                self._tell(stand.where, what, fault, into, f"{lead}the caption as printed now")
                continue
            if new != claim.rule:
                fault = f"points at a number that means something else in {self.year}"
                reworded = caption.replace(claim.text, str(new))
                self._tell(stand.where, what, fault, into, f"{lead}{reworded}")

    # -- laws between pages -----------------------------------------------------------------

    def _check(self, check: CrossCheck) -> CrossCheck:
        rule = self.renumbered.was.rule(check.text, check.where)
        try:
            new = self.renumbered.rule(rule, Stand(where=check.where))
            columns = self._law_columns(check, rule)
        except GoneError as gone:
            self._tell(
                check.where,
                f"the law {check.id}",
                f"names {gone}, which {self.year} dropped",
                f"{check.where.rpartition('/')[2].partition(':')[0]}, below `like {self.before}`",
                f"drop {check.id}",
            )
            return check
        return replace(check, text=check.text if new == rule else str(new), columns=columns)

    def _law_columns(self, check: CrossCheck, rule: Rule) -> tuple[str, ...]:
        """The columns a law holds in, which both its sides must have under one number."""
        pages = {
            form.name
            for term in (*rule.terms, *rule.equals)
            for form in self.renumbered.was.pages(term.reference.page, Standing(where=check.where))
        }
        made: list[str] = []
        for number in check.columns:
            numbers = {self.renumbered.column(page, number) for page in pages}
            if len(numbers) > 1:
                raise GoneError(f"Col. {number} on one side")
            made += numbers
        return tuple(made)
