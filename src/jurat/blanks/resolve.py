"""From words to equations: every reference of every page found, and proved sound."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from itertools import product

from jurat.blanks.equations import Equation, Measured, Place, PriorCell, RowLaw, RowSum
from jurat.blanks.form import WRITE_IN_ROLES, Form, FormLine, Role
from jurat.money import Kind
from jurat.words import (
    Address,
    BlankError,
    CrossCheck,
    Reference,
    Rule,
    Sense,
    Tolerance,
    claims_of,
    parse_rule,
)
from jurat.words.page import Column, Law
from jurat.words.rules import Span, Term

GRAND_TOTAL = "9999999"
FACTOR_SCALE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """A law of a line, wherever it is written: behind the caption, below it, or in it."""

    rule: Rule
    words: str
    column: str = ""
    inset: str = ""
    fills: bool = False
    rounding: bool = False
    is_printed: bool = True
    where: str = ""


class Resolver:
    """Finds cells for references; knows every page by its names."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.forms = {form.name: form for form in forms}
        self.called: dict[str, str] = {}
        for form in self.forms.values():
            for name in (form.title, *form.declared.called):
                self.called.setdefault(name.lower(), form.name)
        families = {name.split(", ")[0] for name in self.called if name.startswith("schedule ")}
        self.names = tuple(sorted({*self.called, *families}))
        self.prior_columns = self._find_prior_columns()

    # -- equations ----------------------------------------------------------------------

    def page_equations(self) -> tuple[list[Equation], list[Measured], list[RowLaw]]:
        """Every rule and tie the pages state."""
        equations: list[Equation] = []
        measured: list[Measured] = []
        row_laws: list[RowLaw] = []
        for form in self.forms.values():
            for line in form.lines:
                if line.role is not Role.HEAD:
                    equations += self._line_equations(form, line)
                    measured += self._measured(form, line)
            for group in form.groups:
                row_laws += self._row_laws(form, group.id, group.columns)
        return _merge_same(equations), measured, row_laws

    def law_equations(self, check: CrossCheck) -> list[Equation]:
        """The instances of a cross-check, one for each column it holds in."""
        rule = parse_rule(check.text, self.names)
        if not rule.equals:
            raise BlankError(f"{check.id} has no equals sign.", where=check.where)
        rules = self._each_line(check, rule) if check.each_line else [rule]
        made = []
        for rule, column in product(rules, self._law_columns(check, rule)):
            left = self._side(rule.terms, column, check.where)
            right = self._side(rule.equals, column, check.where)
            first, sign = left[0]
            if not isinstance(first, Address) or sign != 1:
                raise BlankError(f"{check.id} must begin with one cell.", where=check.where)
            made.append(
                Equation(
                    id=check.id,
                    words=check.text,
                    left=first,
                    left_rest=tuple(left[1:]),
                    right=tuple(right),
                    tolerance=check.tolerance,
                    severity=check.severity,
                    why=check.why,
                    premise=check.premise,
                    known=check.known,
                    is_printed=False,
                    where=check.where,
                )
            )
        return made

    def _each_line(self, check: CrossCheck, rule: Rule) -> list[Rule]:
        """The law once for each line of its left side, with the same line on the right."""
        left, right = rule.terms[0], rule.equals[0]
        form = self._pages(left.reference.page, "", check.where)[0]
        spans = [
            (Span(1, line.id),) for line in self._lines(form, left.reference.lines, check.where)
        ]
        return [
            replace(
                rule,
                terms=(replace(left, reference=replace(left.reference, lines=span)),),
                equals=(replace(right, reference=replace(right.reference, lines=span)),),
            )
            for span in spans
        ]

    def _law_columns(self, check: CrossCheck, rule: Rule) -> list[str]:
        if check.columns:
            return list(check.columns)
        if not check.each_column:
            return [""]
        sides = []
        for side in (rule.terms, rule.equals):
            reference = side[0].reference
            form = self._pages(reference.page, "", check.where)[0]
            lines = self._lines(form, reference.lines, check.where)
            sides.append(
                [
                    s.address.column
                    for s in lines[0].slots
                    if s.kind is Kind.MONEY and not s.is_xxx and not s.address.inset
                ]
            )
        return [column for column in sides[0] if column in sides[1]]

    def _line_equations(self, form: Form, line: FormLine) -> Iterator[Equation]:
        stated = self._stated(line)
        ties = 0
        for slot in line.slots:
            if slot.is_xxx or not slot.kind.is_figure:
                continue
            if slot.factor and slot.factor.value is not None:
                yield Equation(
                    id=f"{form.name}.factors",
                    words="the factor the form prints",
                    left=slot.address,
                    right=(),
                    constant=slot.factor.value,
                    fills=True,
                    why="Factors are the form's, the same for every filer.",
                )
            if slot.kind is Kind.FACTOR:
                continue
            filled = slot.address.inset > 0
            column = next((c for c in line.columns if c.number == slot.address.column), None)
            if column is not None and not slot.address.inset:
                for law in self._column_laws(column):
                    equation = self._column_equation(form, line, column, law)
                    if equation:
                        filled = filled or equation.fills
                        yield equation
            for law in stated:
                if not _holds_at(law, line, slot.address):
                    continue
                for equation in self._equations(form, line, slot.address, law):
                    ties += not equation.fills and not law.fills
                    fills = law.fills and not filled
                    yield replace(equation, fills=fills)
                    filled = filled or fills

    def _equations(
        self, form: Form, line: FormLine, left: Address, law: _Stated
    ) -> Iterator[Equation]:
        tie = "" if law.fills else ".tie"
        inset = f".${left.inset}" if left.inset else ""
        for number, side in enumerate((law.rule.terms, law.rule.equals)):
            if not side:
                continue
            right = self._side(side, left.column, law.where, form, line)
            if not right:
                continue
            part = tie if number == 0 else ".tie"
            yield Equation(
                id=f"{form.name}.{line.id}{inset}{part}",
                words=law.words,
                left=left,
                right=tuple(right),
                is_printed=law.is_printed,
                tolerance=_tolerance(right, rounding=law.rounding, kind=_kind_of(line, left)),
                why=_why(line, is_tie=bool(part)),
                where=law.where or line.where,
            )

    def _stated(self, line: FormLine) -> list[_Stated]:
        written = [self._written(law) for law in line.laws if not law.text.startswith("measured ")]
        insets = {name for law in line.laws if (name := law.inset)}
        claims = claims_of(line.caption, self.names, line.words)
        has_fill = any(law.fills and not law.inset for law in line.laws)
        for claim in claims:
            if any(_restates(law.rule, claim.rule) for law in written if law.inset not in insets):
                if not claim.rule.equals:
                    continue
            if claim.rule.equals and any(
                _restates(law.rule, Rule(terms=claim.rule.equals)) for law in written
            ):
                claim = replace(claim, rule=Rule(terms=claim.rule.terms))
            if has_fill and any(law.rule.terms == claim.rule.terms for law in written):
                continue
            fills = claim.sense is Sense.RULE and not has_fill
            has_fill = has_fill or fills
            written.append(
                _Stated(
                    rule=claim.rule,
                    words=claim.text,
                    column=line.place,
                    fills=fills,
                    where=line.where,
                )
            )
        return written

    def _written(self, law: Law) -> _Stated:
        return _Stated(
            rule=self._parse(law),
            words=law.text,
            column=law.column,
            inset=law.inset,
            fills=law.fills,
            rounding=law.rounding,
            is_printed=False,
            where=law.where,
        )

    def _parse(self, law: Law) -> Rule:
        try:
            return parse_rule(law.text, self.names)
        except BlankError as fault:
            raise BlankError(fault.what, where=law.where, why=fault.why, next=fault.next) from fault

    def _measured(self, form: Form, line: FormLine) -> Iterator[Measured]:
        for slot in line.slots:
            column = next((c for c in line.columns if c.number == slot.address.column), None)
            laws = [*line.laws, *(column.laws if column and not slot.address.inset else ())]
            for law in laws:
                if law.text.startswith("measured ") and slot.kind.is_figure and not slot.is_xxx:
                    yield Measured(
                        id=f"{form.name}.{law.text.split()[1]}",
                        name=law.text.split()[1],
                        left=slot.address,
                    )

    # -- columns ------------------------------------------------------------------------

    def _column_laws(self, column: Column) -> list[_Stated]:
        laws = [self._written(law) for law in column.laws if not law.text.startswith("measured ")]
        for claim in claims_of(column.caption, self.names):
            laws.append(_Stated(rule=claim.rule, words=claim.text, fills=True))
        return laws

    def _column_equation(
        self, form: Form, line: FormLine, column: Column, law: _Stated
    ) -> Equation | None:
        left = Address(
            line.slots[-1].address.page, _line_of(line), column.number, row=_row_of(line)
        )
        reference = law.rule.terms[0].reference
        base = Equation(
            id=f"{form.name}.column{column.number}",
            words=law.words,
            left=left,
            right=(),
            is_printed=law.is_printed,
            fills=True,
            where=law.where,
            why=f"Column {column.number} is what the columns beside it come to.",
        )
        if reference.product:
            return self._product(line, reference, base)
        if reference.prior:
            prior = replace(left, column=reference.columns[0].first)
            return replace(
                base,
                right=((PriorCell(prior), 1),),
                why="The prior year column carries last year's figure.",
            )
        right: list[tuple[Place, int]] = []
        for term in law.rule.terms:
            numbers = _numbers([c.number for c in line.columns], term.reference.columns)
            slots = [(line.slot(number), sign * term.sign) for number, sign in numbers]
            right += [
                (slot.address, sign)
                for slot, sign in slots
                if slot and not slot.is_xxx and slot.kind.is_figure
            ]
        return replace(base, right=tuple(right), tolerance=Tolerance.ROUNDING) if right else None

    def _product(self, line: FormLine, reference: Reference, base: Equation) -> Equation | None:
        slots = [line.slot(span.first) for span in reference.columns]
        factor = next((slot.factor for slot in slots if slot and slot.factor), None)
        amount = next((slot for slot in slots if slot and slot.kind is Kind.MONEY), None)
        if not factor or factor.value is None or factor.mark or not amount or amount.is_xxx:
            return None
        return replace(
            base,
            right=((amount.address, factor.value),),
            scale=FACTOR_SCALE,
            tolerance=Tolerance.PRODUCT,
        )

    def _row_laws(self, form: Form, group: str, columns: tuple[Column, ...]) -> Iterator[RowLaw]:
        figures = [c.number for c in columns if c.kind.is_figure]
        for column in columns:
            for law in self._column_laws(column) if column.kind is Kind.MONEY else []:
                if law.rule.terms[0].reference.prior:
                    continue
                right = [
                    (number, sign * term.sign)
                    for term in law.rule.terms
                    for number, sign in _numbers(figures, term.reference.columns)
                ]
                yield RowLaw(
                    id=f"{form.name}.column{column.number}",
                    words=law.words,
                    page=form.name,
                    group=group,
                    column=column.number,
                    right=tuple(right),
                    tolerance=Tolerance.ROUNDING,
                    why=f"Column {column.number} is what the columns beside it come to.",
                )

    def _find_prior_columns(self) -> dict[tuple[str, str], str]:
        found = {}
        for form in self.forms.values():
            for column in form.declared.columns:
                for law in column.laws:
                    if law.text.startswith("Prior Year, Col"):
                        found[form.name, law.text.split()[-1]] = column.number
        return found

    # -- references ---------------------------------------------------------------------

    def _side(
        self,
        terms: tuple[Term, ...],
        column: str,
        where: str,
        form: Form | None = None,
        line: FormLine | None = None,
    ) -> list[tuple[Place, int]]:
        found: dict[Place, int] = {}
        for term in terms:
            for place, sign in self.cells(term.reference, column, where, form, line):
                if place in found and form is not None:
                    raise BlankError(f"The rule counts {place} twice.", where=where)
                found[place] = found.get(place, 0) + term.sign * sign
        return list(found.items())

    def cells(
        self,
        reference: Reference,
        column: str,
        where: str,
        form: Form | None = None,
        line: FormLine | None = None,
    ) -> Iterator[tuple[Place, int]]:
        """The cells a reference points at, each with its sign."""
        home = form.name if form else ""
        for page in self._pages(reference.page, home, where):
            for place, sign in self._cells_on(page, reference, column, where, form, line):
                if reference.change:
                    yield place, sign
                    yield self._last_year(place), -sign
                elif reference.prior:
                    yield self._last_year(place), sign
                else:
                    yield place, sign

    def _cells_on(
        self,
        page: Form,
        reference: Reference,
        column: str,
        where: str,
        form: Form | None,
        line: FormLine | None,
    ) -> Iterator[tuple[Address | RowSum, int]]:
        if reference.rows:
            for number, sign in self._column_numbers(None, reference, column):
                yield RowSum(page.name, reference.rows, number), sign
            return
        if reference.lines:
            spans = reference.lines
            if reference.total:
                spans = tuple(replace(span, first=f"{span.first}/total") for span in spans)
            lines = [
                (found, span.sign) for span in spans for found in self._span(page, span, where)
            ]
        elif line is not None and page is form:
            lines = [(line, 1)]
        elif GRAND_TOTAL in page.by_id:
            lines = [(page.by_id[GRAND_TOTAL], 1)]
        else:
            raise BlankError(f"{reference} names no line of {page.title}.", where=where)
        for target, sign in lines:
            if reference.inset:
                slot = target.inset(reference.inset)
                if slot is None:
                    raise BlankError(
                        f"Line {target.id} has no blank ${{{reference.inset}}}.", where=where
                    )
                yield slot.address, sign
                continue
            alone = len(lines) == 1
            for number, column_sign in self._column_numbers(target, reference, column):
                slot = target.slot(number)
                if slot is None and alone:
                    raise BlankError(
                        f"{reference}: line {target.id} of {page.title} has no column {number or '(none)'}.",
                        where=where,
                        why="A reference that points nowhere would silently add as zero.",
                        next="Give the column: ', Col. n', or 'in Col. n' where the rule holds in one column only.",
                    )
                if slot is not None and not slot.is_xxx and slot.kind.is_figure:
                    yield slot.address, sign * column_sign

    def _column_numbers(
        self, line: FormLine | None, reference: Reference, column: str
    ) -> list[tuple[str, int]]:
        asked = (
            [s.address.column for s in line.slots if not s.address.inset and s.kind.is_figure]
            if line
            else []
        )
        if reference.columns:
            return _numbers(asked, reference.columns)
        if line is None or column in asked:
            return [(column, 1)]
        return [(asked[0], 1)] if len(asked) == 1 else [(column, 1)]

    def _pages(self, name: str, home: str, where: str) -> list[Form]:
        if not name:
            return [self.forms[home]]
        found = self._find_page(name, home)
        if match := re.fullmatch(r"(.*)Parts (\w+) and (\w+)", name):
            found = [
                self._find_page(f"{match[1]}Part {part}", home)[0] for part in match.groups()[1:]
            ]
        if not found:
            raise BlankError(
                f"No page is called {name!r}.",
                where=where,
                why="A reference that points nowhere would silently add as zero.",
            )
        return found

    def _find_page(self, name: str, home: str) -> list[Form]:
        tries = [name, name.split(", ", maxsplit=1)[0]]
        if home:
            tries = [f"{called}, {name}" for called in self.forms[home].declared.called] + tries
        for words in tries:
            if page := self.called.get(words.lower()):
                return [self.forms[page]]
        return []

    def _lines(self, form: Form, spans: tuple[Span, ...], where: str) -> list[FormLine]:
        return [line for span in spans for line in self._span(form, span, where)]

    def _span(self, form: Form, span: Span, where: str) -> list[FormLine]:
        if not span.last:
            return self._single(form, span.first, where)
        for end in (span.first, span.last):
            if end not in form.position:
                raise BlankError(
                    f"{form.title} has no line {end}.",
                    where=where,
                    why="A reference that points nowhere would silently add as zero.",
                )
        start, stop = form.position[span.first], form.position[span.last]
        last = self._single(form, span.last, where)[-1]
        stop = max(stop, form.lines.index(last))
        details = form.lines[start].role in WRITE_IN_ROLES
        return [
            line
            for line in form.lines[start : stop + 1]
            if line.has_figures
            and (line.role in WRITE_IN_ROLES) == details
            and line.role is not Role.NOTE
        ]

    def _single(self, form: Form, number: str, where: str) -> list[FormLine]:
        if number in form.by_id:
            return [form.by_id[number]]
        if number in form.position:
            lines = [
                line
                for line in form.lines
                if _is_sub_line(line.number, number) and line.has_figures and line.role is Role.LINE
            ]
            if lines:
                return lines
        raise BlankError(
            f"{form.title} has no line {number}.",
            where=where,
            why="A reference that points nowhere would silently add as zero.",
            next="Declare the line, or mend the reference.",
        )

    def _last_year(self, place: Address | RowSum) -> Place:
        if isinstance(place, RowSum):
            raise BlankError(f"{place}: rows have no prior year.")
        if mate := self.prior_columns.get((place.page, place.column)):
            form = self.forms[place.page]
            slot = form.by_id[place.line].slot(mate) if place.line in form.by_id else None
            if slot:
                return slot.address
        return PriorCell(place)


def _line_of(line: FormLine) -> str:
    return line.group if line.role is Role.TABLE_TOTAL else line.id


def _row_of(line: FormLine) -> int:
    return line.slots[-1].address.row if line.role is Role.TABLE_TOTAL else 0


def _is_sub_line(number: str, head: str) -> bool:
    return number.startswith(f"{head}.") or (
        "." in head and number.startswith(head) and number != head
    )


def _numbers(asked: list[str], spans: tuple[Span, ...]) -> list[tuple[str, int]]:
    found = []
    for span in spans:
        if span.last:
            wanted = range(int(span.first), int(span.last) + 1)
            found += [(number, span.sign) for number in asked if number and int(number) in wanted]
        else:
            found.append((span.first, span.sign))
    return found


def _holds_at(law: _Stated, line: FormLine, address: Address) -> bool:
    if address.inset:
        slot = line.inset(law.inset) if law.inset else None
        return slot is not None and slot.address == address
    return not law.inset and (not law.column or law.column == address.column)


def _kind_of(line: FormLine, address: Address) -> Kind:
    return next(slot.kind for slot in line.slots if slot.address == address)


def _tolerance(right: list[tuple[Place, int]], *, rounding: bool, kind: Kind) -> Tolerance:
    if kind is Kind.PERCENT:
        return Tolerance.PERCENT
    return Tolerance.ROUNDING if rounding or len(right) > 1 else Tolerance.EXACT


def _why(line: FormLine, *, is_tie: bool) -> str:
    if is_tie:
        return "The same figure stands in two places and must be one."
    if line.role in WRITE_IN_ROLES or line.role is Role.TOTAL:
        return "Details and their total are one figure."
    return "The line is what the lines it names come to."


def _restates(law: Rule, claim: Rule) -> bool:
    """Whether a written law says the same as a caption, only with its column."""
    mine, printed = law.terms[0].reference, claim.terms[0].reference
    return (
        bool(mine.lines)
        and mine.lines == printed.lines
        and (mine.page.split(", ")[0].lower() == printed.page.split(", ")[0].lower())
    )


def _merge_same(equations: list[Equation]) -> list[Equation]:
    """One equation for each sum that must hold, however often the pages say it."""
    seen: dict[frozenset[tuple[Place, int]], int] = {}
    kept: list[Equation] = []
    for equation in equations:
        terms = [(equation.left, -equation.scale), *equation.right]
        key = frozenset(terms)
        other = frozenset((place, -sign) for place, sign in terms)
        twin = seen.get(key, seen.get(other))
        if twin is None or equation.constant:
            seen[key] = len(kept)
            kept.append(equation)
        elif equation.fills and not kept[twin].fills:
            kept[twin] = equation
    return kept


def prove(equations: Iterable[Equation]) -> list[Address]:
    """The order in which cells can be filled; refuses cycles and double counts.

    Raises  BlankError naming the cells of a cycle, or the subtotal counted with its members.
    """
    fills = {equation.left: equation for equation in equations if equation.fills}
    for equation in fills.values():
        _prove_single_count(equation, fills)
    graph = {left: [p for p in e.places[1:] if isinstance(p, Address)] for left, e in fills.items()}
    try:
        return [address for address in TopologicalSorter(graph).static_order() if address in fills]
    except CycleError as fault:
        cells = " → ".join(str(cell) for cell in fault.args[1])
        raise BlankError(f"These cells fill each other in a circle: {cells}.") from fault


def _prove_single_count(equation: Equation, fills: dict[Address, Equation]) -> None:
    members = {place: sign for place, sign in equation.right if isinstance(place, Address)}
    for member, sign in members.items():
        inner = fills.get(member)
        if inner is None or inner.scale != 1:
            continue
        for place, inner_sign in inner.right:
            if place in members and members[place] == sign * inner_sign:  # type: ignore[index]
                raise BlankError(
                    f"{equation.left} counts {place} twice: itself and inside the subtotal {member}.",
                    where=equation.where,
                    next="Name the lines one by one, or begin the range behind the subtotal.",
                )
