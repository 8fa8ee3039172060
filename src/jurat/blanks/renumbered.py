"""What became of last year's numbers: the same line and column, by stable name, in this year's print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jurat.blanks.expand import add_overflow, expand
from jurat.blanks.form import Form
from jurat.blanks.references import References, Standing
from jurat.words import BlankError, Reference, Rule
from jurat.words.page import Page, Rows, Table
from jurat.words.rules import Span, Term


class GoneError(Exception):
    """A rule names what the year dropped; the message is its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where an inherited rule or caption stands: page, line by name, and how a person finds it."""

    page: str = ""
    line: str = ""
    number: str = ""
    where: str
    is_table: bool = False

    @property
    def told(self) -> str:
        """The place in words."""
        is_column = self.number.startswith("col ")
        return f"{self.page}, {'' if is_column else 'line '}{self.number}"

    def at(self, references: References) -> Standing:
        """The same place for the references of a year."""
        form = references.forms.get(self.page)
        lines = form.lines if form else ()
        line = next((one for one in lines if one.name == self.line), None)
        return Standing(where=self.where, form=form, line=line)


class Renumbered:
    """Rules of the year before in the numbers of this year."""

    def __init__(self, older: Iterable[Page], newer: Iterable[Page]) -> None:
        self.was = References(add_overflow([expand(page) for page in older]))
        self.now = References(add_overflow([expand(page) for page in newer]))
        self.lines: dict[tuple[str, str], str] = {}
        self.rows: dict[tuple[str, str], str] = {}
        for name in self.was.forms.keys() & self.now.forms.keys():
            self._map(self.was.forms[name], self.now.forms[name])

    def _map(self, was: Form, now: Form) -> None:
        ids = {line.name: line.id for line in reversed(now.lines)}
        for line in was.lines:
            if line.name in ids:
                self.lines.setdefault((was.name, line.id), ids[line.name])
        sections = _sections(now.declared)
        for name, section in _sections(was.declared).items():
            if name in sections:
                self.rows[was.name, section] = sections[name]

    def rule(self, rule: Rule, stand: Stand) -> Rule:
        """The rule in this year's numbers.

        Raises  GoneError when it names a page, line, column or rows that were dropped.
        """
        terms, equals = (
            tuple(Term(term.sign, self._reference(term.reference, stand)) for term in side)
            for side in (rule.terms, rule.equals)
        )
        return replace(rule, terms=terms, equals=equals)

    def column(self, page: str, number: str) -> str:
        """The number a column has this year.

        Raises  GoneError when it was dropped.
        """
        older = {c.number: c.name for c in self.was.forms[page].declared.columns}
        newer = {c.name: c.number for c in self.now.forms[page].declared.columns}
        if number not in older:
            return number
        if older[number] not in newer:
            raise GoneError(f"Col. {number}")
        return newer[older[number]]

    def _reference(self, reference: Reference, stand: Stand) -> Reference:
        if reference.measured:
            return reference
        forms = self.was.pages(reference.page, stand.at(self.was))
        if any(form.name not in self.now.forms for form in forms):
            raise GoneError(f"the page {reference.page}")
        mapped = {self._on(form, reference, stand) for form in forms}
        if len(mapped) != 1:
            raise GoneError(f"{reference} of two pages, no longer under one number")
        lines, columns, rows = mapped.pop()
        page = self._called(reference.page, forms, stand)
        return replace(reference, page=page, lines=lines, columns=columns, rows=rows)

    def _on(
        self, form: Form, reference: Reference, stand: Stand
    ) -> tuple[tuple[Span, ...], tuple[Span, ...], str]:
        """The lines, columns and rows a reference names on one page."""
        lines = tuple(self._span(form, span) for span in reference.lines)
        columns = reference.columns
        is_table = bool(reference.lines) and _is_in_table(form, reference.lines[0].first)
        if not (is_table or stand.is_table):
            columns = tuple(
                Span(s.sign, *(self.column(form.name, end) for end in (s.first, s.last) if end))
                for s in columns
            )
        if reference.rows and (form.name, reference.rows) not in self.rows:
            raise GoneError(f"rows {reference.rows}")
        return lines, columns, self.rows.get((form.name, reference.rows), "")

    def _span(self, form: Form, span: Span) -> Span:
        ends = [end for end in (span.first, span.last) if end]
        if any(end not in form.position and end not in form.by_id for end in ends):
            return span  # refused where the rule is resolved, in its own words
        if gone := [end for end in ends if (form.name, end) not in self.lines]:
            raise GoneError(f"Line {gone[0]}")
        new = [self.lines[form.name, end] for end in ends]
        places = self.now.forms[form.name].position
        if len(new) == 2 and places[new[0]] > places[new[1]]:
            raise GoneError(f"the order of Lines {span}")
        return Span(span.sign, *new)

    def _called(self, name: str, forms: Sequence[Form], stand: Stand) -> str:
        """The name by which this year's pages are found: the same while it finds the same."""
        if not name:
            return name
        try:
            found = [form.name for form in self.now.pages(name, stand.at(self.now))]
        except BlankError:
            found = []
        if found == [form.name for form in forms]:
            return name
        if len(forms) > 1:
            raise GoneError(f"the pages {name}")
        return self.now.forms[forms[0].name].title


def _sections(page: Page) -> dict[str, str]:
    """The rows of a page by name, each with its section."""
    return {part.name: part.section or "all" for part in page.parts if isinstance(part, Rows)}


def _is_in_table(form: Form, number: str) -> bool:
    tables = (part for part in form.declared.parts if isinstance(part, Table))
    return any(number in (table.number, *(line.id for line in table.lines)) for table in tables)
