"""From words to cells: what a reference points at, wherever on the blank it stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jurat.blanks.equations import Place, PriorCell, RowSum
from jurat.blanks.form import WRITE_IN_ROLES, Form, FormLine, Role
from jurat.words import Address, BlankError, Claim, Reference, Rule, claims_of, parse_rule
from jurat.words.rules import Span, Term

GRAND_TOTAL = "9999999"
_NOWHERE = "A reference that points nowhere would silently add as zero."


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a rule stands: the page, line and column it speaks of when it names none."""

    where: str
    column: str = ""
    form: Form | None = None
    line: FormLine | None = None


class References:
    """Finds cells for references; knows every page by its names."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.forms = {form.name: form for form in forms}
        self.called: dict[str, str] = {}
        for form in self.forms.values():
            for name in (form.title, *form.declared.called):
                self.called.setdefault(name.lower(), form.name)
        families = {name.split(", ")[0] for name in self.called if name.startswith("schedule ")}
        self.names = tuple(sorted({*self.called, *families}))
        self._read: dict[str, Rule] = {}
        self.prior_columns = self._find_prior_columns()

    def rule(self, text: str, where: str) -> Rule:
        """A rule from its words.

        Raises  BlankError naming the file and line where the words stand.
        """
        try:
            if text not in self._read:
                self._read[text] = parse_rule(text, self.names)
            return self._read[text]
        except BlankError as fault:
            raise BlankError(fault.what, where=where, why=fault.why, next=fault.next) from fault

    def claims(self, caption: str, where: str, words: Iterable[str] = ()) -> list[Claim]:
        """The rules and ties a caption prints.

        Raises  BlankError naming the file and line where the caption stands.
        """
        try:
            return claims_of(caption, self.names, words)
        except BlankError as fault:
            raise BlankError(fault.what, where=where, why=fault.why, next=fault.next) from fault

    def side(self, terms: Iterable[Term], at: Standing) -> list[tuple[Place, int]]:
        """The cells of one side of a rule, each with its sign.

        Raises  BlankError when a rule of a line counts a cell twice.
        """
        found: dict[Place, int] = {}
        for term in terms:
            for place, sign in self.cells(term.reference, at):
                if place in found and at.form is not None:
                    raise BlankError(f"The rule counts {place} twice.", where=at.where)
                found[place] = found.get(place, 0) + term.sign * sign
        return list(found.items())

    def cells(self, reference: Reference, at: Standing) -> Iterator[tuple[Place, int]]:
        """The cells a reference points at, each with its sign."""
        for page in self.pages(reference.page, at):
            for place, sign in self._cells_on(page, reference, at):
                if reference.change:
                    yield place, sign
                    yield self._last_year(place, at), -sign
                elif reference.prior:
                    yield self._last_year(place, at), sign
                else:
                    yield place, sign

    def lines(self, form: Form, spans: Iterable[Span], at: Standing) -> list[FormLine]:
        """The lines some numbers and ranges name, in page order."""
        return [line for span in spans for line in self._span(form, span, at)]

    def pages(self, name: str, at: Standing) -> list[Form]:
        """The pages a name calls; the page itself where none is named.

        Raises  BlankError when no page is called so.
        """
        if not name and at.form:
            return [at.form]
        if match := re.fullmatch(r"(.*)Parts (\w+) and (\w+)", name):
            names = [f"{match[1]}Part {part}" for part in match.groups()[1:]]
        else:
            names = [name]
        found = [form for one in names if (form := self._called(one, at))]
        if len(found) < len(names):
            raise BlankError(f"No page is called {name!r}.", where=at.where, why=_NOWHERE)
        return found

    def _called(self, name: str, at: Standing) -> Form | None:
        tries = [name, name.split(", ", maxsplit=1)[0]]
        if at.form:
            tries = [*(f"{called}, {name}" for called in at.form.declared.called), *tries]
        pages = (self.called.get(words.lower()) for words in tries)
        return next((self.forms[page] for page in pages if page), None)

    # -- cells of one page --------------------------------------------------------------

    def _cells_on(
        self, page: Form, reference: Reference, at: Standing
    ) -> Iterator[tuple[Address | RowSum, int]]:
        if reference.rows:
            if all(group.id != reference.rows for group in page.groups):
                raise BlankError(
                    f"{page.title} has no rows {reference.rows}.", where=at.where, why=_NOWHERE
                )
            for number, sign in _column_numbers(None, reference, at.column):
                yield RowSum(page.name, reference.rows, number), sign
            return
        targets = self._targets(page, reference, at)
        for line, sign in targets:
            if reference.inset:
                yield _inset(line, reference.inset, at), sign
                continue
            for number, column_sign in _column_numbers(line, reference, at.column):
                slot = line.slot(number)
                if slot is None and len(targets) == 1:
                    raise _no_column(reference, line, page, number, at)
                if slot is not None and not slot.is_xxx and slot.kind.is_figure:
                    yield slot.address, sign * column_sign

    def _targets(
        self, page: Form, reference: Reference, at: Standing
    ) -> list[tuple[FormLine, int]]:
        """The lines a reference names, each with its sign; its own line where it names none."""
        if reference.lines:
            spans = reference.lines
            if reference.total:
                spans = tuple(replace(span, first=f"{span.first}/total") for span in spans)
            return [(line, span.sign) for span in spans for line in self._span(page, span, at)]
        if at.line is not None and page is at.form:
            return [(at.line, 1)]
        if GRAND_TOTAL in page.by_id:
            return [(page.by_id[GRAND_TOTAL], 1)]
        raise BlankError(f"{reference} names no line of {page.title}.", where=at.where)

    def _span(self, form: Form, span: Span, at: Standing) -> list[FormLine]:
        if not span.last:
            return _single(form, span.first, at)
        for end in (span.first, span.last):
            if end not in form.position:
                raise _no_line(form, end, at)
        start, stop = form.position[span.first], form.position[span.last]
        last = _single(form, span.last, at)[-1]
        stop = max(stop, form.lines.index(last))
        details = form.lines[start].role in WRITE_IN_ROLES
        return [
            line
            for line in form.lines[start : stop + 1]
            if line.has_figures
            and (line.role in WRITE_IN_ROLES) == details
            and line.role is not Role.NOTE
        ]

    # -- last year ----------------------------------------------------------------------

    def _find_prior_columns(self) -> dict[tuple[str, str], str]:
        """The column that holds last year's figures of another, by page and column."""
        return {
            (form.name, law.text.split()[-1]): column.number
            for form in self.forms.values()
            for column in form.declared.columns
            for law in column.laws
            if law.text.startswith("Prior Year, Col")
        }

    def _last_year(self, place: Place, at: Standing) -> Place:
        """The cell that holds last year's figure: on the page if it has such a column."""
        if not isinstance(place, Address):
            raise BlankError(f"{place}: rows have no prior year.", where=at.where)
        mate = self.prior_columns.get((place.page, place.column))
        line = self.forms[place.page].by_id.get(place.line)
        slot = line.slot(mate) if line and mate else None
        return slot.address if slot else PriorCell(place)


def numbers_of(asked: list[str], spans: Iterable[Span]) -> list[tuple[str, int]]:
    """Column numbers with their signs; a range stands for the columns asked for in it.

    >>> numbers_of(["1", "2", "3"], [Span(1, "1", "2"), Span(-1, "3")])
    [('1', 1), ('2', 1), ('3', -1)]
    """
    found: list[tuple[str, int]] = []
    for span in spans:
        if span.last:
            wanted = range(int(span.first), int(span.last) + 1)
            found += [(number, span.sign) for number in asked if number and int(number) in wanted]
        else:
            found.append((span.first, span.sign))
    return found


def _column_numbers(
    line: FormLine | None, reference: Reference, column: str
) -> list[tuple[str, int]]:
    """The columns a reference names, else the same column, else the only one."""
    slots = [slot for slot in line.slots if slot.kind.is_figure] if line else []
    asked = [slot.address.column for slot in slots if not slot.address.inset]
    if reference.columns:
        return numbers_of(asked, reference.columns)
    if column not in asked and len(asked) == 1:
        return [(asked[0], 1)]
    return [(column, 1)]


def _inset(line: FormLine, name: str, at: Standing) -> Address:
    slot = line.inset(name)
    if slot is None:
        raise BlankError(f"Line {line.id} has no blank ${{{name}}}.", where=at.where, why=_NOWHERE)
    return slot.address


def _single(form: Form, number: str, at: Standing) -> list[FormLine]:
    """The line of a number; a head's number stands for its sub-lines."""
    if number in form.by_id:
        return [form.by_id[number]]
    if number in form.position:
        below = [line for line in form.lines if _is_sub_line(line.number, number)]
        if lines := [line for line in below if line.has_figures and line.role is Role.LINE]:
            return lines
    raise _no_line(form, number, at)


def _is_sub_line(number: str, head: str) -> bool:
    is_longer = number.startswith(head) and number != head
    return number.startswith(f"{head}.") or ("." in head and is_longer)


def _no_line(form: Form, number: str, at: Standing) -> BlankError:
    return BlankError(
        f"{form.title} has no line {number}.",
        where=at.where,
        why=_NOWHERE,
        next="Declare the line, or mend the reference.",
    )


def _no_column(
    reference: Reference, line: FormLine, page: Form, number: str, at: Standing
) -> BlankError:
    return BlankError(
        f"{reference}: line {line.id} of {page.title} has no column {number or '(none)'}.",
        where=at.where,
        why=_NOWHERE,
        next="Give the column: ', Col. n', or 'in Col. n' where the rule holds in one column only.",
    )
