"""From words to equations: every rule and tie the pages state, and the laws between them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from jurat.blanks.equations import Equation, Measured, Place, PriorCell, RowLaw
from jurat.blanks.form import WRITE_IN_ROLES, Form, FormLine, Role, Slot
from jurat.blanks.proof import merged
from jurat.blanks.references import References, Standing, numbers_of
from jurat.money import Kind
from jurat.words import Address, BlankError, Claim, CrossCheck, Reference, Rule, Sense, Tolerance
from jurat.words.page import Column, Law, Table
from jurat.words.rules import Span

FACTOR_SCALE = 10_000
_MEASURED = "measured "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """A law of a line, wherever it is written: behind the caption, below it, or in it."""

    rule: Rule
    words: str
    columns: tuple[str, ...] = ()
    inset: str = ""
    fills: bool = False
    rounding: bool = False
    is_printed: bool = True
    where: str = ""


class Resolver:
    """Makes equations of what pages and laws say."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.references = References(forms)
        self._of_columns: dict[Column, list[_Stated]] = {}

    def page_equations(self) -> tuple[list[Equation], list[Measured], list[RowLaw]]:
        """Every rule and tie the pages state."""
        equations: list[Equation] = []
        measured: list[Measured] = []
        row_laws: list[RowLaw] = []
        for form in self.references.forms.values():
            self._prove_columns(form)
            for line in form.lines:
                equations += self._line_equations(form, line)
                measured += _measured(form, line)
            for group in form.groups:
                row_laws += self._row_laws(form, group.id, group.columns)
        return merged(equations), measured, row_laws

    # -- laws between pages -------------------------------------------------------------

    def law_equations(self, check: CrossCheck) -> list[Equation]:
        """The instances of a cross-check, one for each line and column it holds in."""
        rule = self.references.rule(check.text, check.where)
        if not rule.equals:
            raise BlankError(f"{check.id} has no equals sign.", where=check.where)
        rules = self._each_line(check, rule) if check.each_line else [rule]
        columns = self._law_columns(check, rule)
        return [self._law_equation(check, one, column) for one, column in product(rules, columns)]

    def _law_equation(self, check: CrossCheck, rule: Rule, column: str) -> Equation:
        at = Standing(where=check.where, column=column)
        left = self.references.side(rule.terms, at)
        right = self.references.side(rule.equals, at)
        first, sign = left[0]
        if not isinstance(first, Address) or sign != 1:
            raise BlankError(f"{check.id} must begin with one cell.", where=check.where)
        if check.fills and len(left) > 1:
            raise BlankError(
                f"{check.id} fills one cell, so its left side must be one.", where=check.where
            )
        return Equation(
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
            fills=check.fills,
            is_printed=False,
            where=check.where,
        )

    def _each_line(self, check: CrossCheck, rule: Rule) -> list[Rule]:
        """The law once for each line of its left side, with the same line on the right."""
        left, right = rule.terms[0], rule.equals[0]
        spans = [(Span(1, line.id),) for line in self._law_lines(check, left.reference)]
        return [
            replace(
                rule,
                terms=(replace(left, reference=replace(left.reference, lines=span)),),
                equals=(replace(right, reference=replace(right.reference, lines=span)),),
            )
            for span in spans
        ]

    def _law_lines(self, check: CrossCheck, reference: Reference) -> list[FormLine]:
        at = Standing(where=check.where)
        form = self.references.pages(reference.page, at)[0]
        return self.references.lines(form, reference.lines, at)

    def _law_columns(self, check: CrossCheck, rule: Rule) -> list[str]:
        """The columns a law names; for `each column`, the money columns both sides ask for."""
        if check.columns:
            return list(check.columns)
        if not check.each_column:
            return [""]
        left, right = (
            _money_columns(self._law_lines(check, side[0].reference)[0])
            for side in (rule.terms, rule.equals)
        )
        return [column for column in left if column in right]

    # -- lines --------------------------------------------------------------------------

    def _line_equations(self, form: Form, line: FormLine) -> Iterator[Equation]:
        """Of the rules that could fill a cell the first does; every other is a check."""
        stated = self._stated(line)
        if lost := [law for law in stated if not law.inset and not _has_cells(line)]:
            raise BlankError(
                f"{lost[0].words!r} is a rule of a line without cells.",
                where=lost[0].where,
                next="Mark the parenthesis `words`, or make the head a line.",
            )
        for slot in line.slots:
            if slot.is_xxx or not slot.kind.is_figure:
                continue
            if slot.kind is Kind.FACTOR:
                yield from _factor(form, line, slot)
                continue
            filled = bool(_measures(line, slot))
            for equation in self._column_equations(form, line, slot):
                fills = equation.fills and not filled
                filled = filled or fills
                yield replace(equation, fills=fills)
            for law in stated:
                if _holds_at(law, line, slot.address):
                    for equation in self._equations(form, line, slot, law):
                        fills = law.fills and not filled
                        filled = filled or fills
                        yield replace(equation, fills=fills)

    def _equations(
        self, form: Form, line: FormLine, slot: Slot, law: _Stated
    ) -> Iterator[Equation]:
        """A law at one cell; one that prints an equals sign says two things of it."""
        left, tie = slot.address, "" if law.fills else ".tie"
        inset = f".${left.inset}" if left.inset else ""
        at = Standing(where=law.where or line.where, column=left.column, form=form, line=line)
        for side, part in ((law.rule.terms, tie), (law.rule.equals, ".tie")):
            right = self.references.side(side, at)
            if not right:
                continue
            yield Equation(
                id=f"{form.name}.{line.id}{inset}{part}",
                words=law.words,
                left=left,
                right=tuple(right),
                is_printed=law.is_printed,
                tolerance=_tolerance(len(right), rounding=law.rounding, kind=slot.kind),
                why=_why(line, is_tie=bool(part)),
                where=at.where,
            )

    def _stated(self, line: FormLine) -> list[_Stated]:
        """The laws written below a line, then those its caption prints and no law restates."""
        stated = [self._written(law) for law in line.laws if not law.text.startswith(_MEASURED)]
        has_fill = any(law.fills and not law.inset for law in line.laws)
        for claim in self.references.claims(line.caption, line.where, line.words):
            rule = _left_to_say(claim, stated)
            if rule is None or (has_fill and any(law.rule.terms == rule.terms for law in stated)):
                continue
            fills = claim.sense is Sense.RULE and not has_fill
            has_fill = has_fill or fills
            place = (line.place,) if line.place else ()
            stated.append(
                _Stated(rule=rule, words=claim.text, columns=place, fills=fills, where=line.where)
            )
        return stated

    def _written(self, law: Law) -> _Stated:
        return _Stated(
            rule=self.references.rule(law.text, law.where),
            words=law.text,
            columns=law.columns,
            inset=law.inset,
            fills=law.fills,
            rounding=law.rounding,
            is_printed=False,
            where=law.where,
        )

    # -- columns ------------------------------------------------------------------------

    def _column_laws(self, column: Column) -> list[_Stated]:
        """What a column says of each of its cells; read once, not for every line."""
        if column not in self._of_columns:
            self._of_columns[column] = self._read_column(column)
        return self._of_columns[column]

    def _read_column(self, column: Column) -> list[_Stated]:
        laws = [self._written(law) for law in column.laws if not law.text.startswith(_MEASURED)]
        claims = self.references.claims(column.caption, column.where)
        return [
            *laws,
            *(
                _Stated(rule=claim.rule, words=claim.text, fills=True, where=column.where)
                for claim in claims
            ),
        ]

    def _prove_columns(self, form: Form) -> None:
        """A column's rule names columns, and columns that stand beside it."""
        tables = [part.columns for part in form.declared.parts if isinstance(part, Table)]
        for columns in (form.declared.columns, *tables):
            known = {column.number for column in columns}
            for law in (law for column in columns for law in self._column_laws(column)):
                for term in law.rule.terms:
                    spans = term.reference.columns
                    named = {number for s in spans for number in (s.first, s.last) if number}
                    if term.reference.lines or not spans or not named <= known:
                        raise BlankError(
                            f"{law.words!r} is no rule of columns that {form.title} has.",
                            where=law.where,
                            why="A reference that points nowhere would silently add as zero.",
                        )

    def _column_equations(self, form: Form, line: FormLine, slot: Slot) -> Iterator[Equation]:
        """What the column of a cell says of it."""
        column = line.column(slot.address.column)
        if column is None or slot.address.inset:
            return
        for law in self._column_laws(column):
            base = Equation(
                id=f"{form.name}.column{column.number}{'' if law.fills else '.tie'}",
                words=law.words,
                left=slot.address,
                right=(),
                is_printed=law.is_printed,
                fills=law.fills,
                where=law.where,
                why=f"Column {column.number} is what the columns beside it come to.",
            )
            if (equation := _across(line, law, base)).right:
                yield equation

    def _row_laws(self, form: Form, group: str, columns: tuple[Column, ...]) -> Iterator[RowLaw]:
        figures = [c.number for c in columns if c.kind.is_figure]
        for column in columns:
            for law in self._column_laws(column) if column.kind is Kind.MONEY else []:
                if law.rule.terms[0].reference.prior:
                    continue
                right = [
                    (number, sign * term.sign)
                    for term in law.rule.terms
                    for number, sign in numbers_of(figures, term.reference.columns)
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


def _measured(form: Form, line: FormLine) -> Iterator[Measured]:
    """The cells of a line that a named function finds."""
    for slot in line.slots:
        for name in _measures(line, slot):
            yield Measured(id=f"{form.name}.{name}", name=name, left=slot.address, where=line.where)


def _measures(line: FormLine, slot: Slot) -> list[str]:
    """The names of the functions that find a cell: by its line, or by its column."""
    if slot.is_xxx or not slot.kind.is_figure:
        return []
    column = None if slot.address.inset else line.column(slot.address.column)
    laws = (*line.laws, *(column.laws if column else ()))
    return [law.text.removeprefix(_MEASURED) for law in laws if law.text.startswith(_MEASURED)]


def _factor(form: Form, line: FormLine, slot: Slot) -> Iterator[Equation]:
    """The factor the form prints, if it prints one."""
    if slot.factor and slot.factor.value is not None:
        yield Equation(
            id=f"{form.name}.factors",
            words="the factor the form prints",
            left=slot.address,
            right=(),
            constant=slot.factor.value,
            fills=True,
            why="Factors are the form's, the same for every filer.",
            where=line.where,
        )


def _across(line: FormLine, law: _Stated, base: Equation) -> Equation:
    """A column's rule on one line: last year's figure, a product, or a sum of its columns."""
    reference = law.rule.terms[0].reference
    if reference.product:
        return _product(line, reference, base)
    if reference.prior:
        last = line.slot(reference.columns[0].first)
        if last is not None and last.is_xxx:
            return base
        prior = PriorCell(replace(base.left, column=reference.columns[0].first))
        why = "The prior year column carries last year's figure."
        return replace(base, right=((prior, 1),), why=why)
    right: list[tuple[Place, int]] = []
    for term in law.rule.terms:
        numbers = numbers_of([c.number for c in line.columns], term.reference.columns)
        slots = [(line.slot(number), sign * term.sign) for number, sign in numbers]
        right += [(s.address, sign) for s, sign in slots if s and not s.is_xxx and s.kind.is_figure]
    return replace(base, right=tuple(right), tolerance=Tolerance.ROUNDING)


def _product(line: FormLine, reference: Reference, base: Equation) -> Equation:
    """An amount times the factor the form prints; nothing where it prints none, or a mark too."""
    slots = [slot for span in reference.columns if (slot := line.slot(span.first))]
    factor = next((slot.factor for slot in slots if slot.factor), None)
    amount = next((slot for slot in slots if slot.kind is Kind.MONEY), None)
    if not factor or factor.value is None or factor.mark or not amount or amount.is_xxx:
        return base
    right = ((amount.address, factor.value),)
    return replace(base, right=right, scale=FACTOR_SCALE, tolerance=Tolerance.PRODUCT)


def _money_columns(line: FormLine) -> list[str]:
    slots = [slot for slot in line.slots if slot.kind is Kind.MONEY and not slot.is_xxx]
    return [slot.address.column for slot in slots if not slot.address.inset]


def _has_cells(line: FormLine) -> bool:
    return any(not slot.address.inset for slot in line.slots)


def _holds_at(law: _Stated, line: FormLine, address: Address) -> bool:
    if address.inset:
        slot = line.inset(law.inset) if law.inset else None
        return slot is not None and slot.address == address
    return not law.inset and (not law.columns or address.column in law.columns)


def _tolerance(terms: int, *, rounding: bool, kind: Kind) -> Tolerance:
    if kind is Kind.PERCENT:
        return Tolerance.PERCENT
    return Tolerance.ROUNDING if rounding or terms > 1 else Tolerance.EXACT


def _why(line: FormLine, *, is_tie: bool) -> str:
    if is_tie:
        return "The same figure stands in two places and must be one."
    if line.role in WRITE_IN_ROLES or line.role is Role.TOTAL:
        return "Details and their total are one figure."
    return "The line is what the lines it names come to."


def _left_to_say(claim: Claim, stated: Iterable[_Stated]) -> Rule | None:
    """What a caption says beyond the laws written below it; nothing when they restate it all.

    A caption "Line 9 + 17 = Page 3, Line 2" whose second half is written below leaves the first.
    """
    said = [law.rule for law in stated if not law.inset]
    both = claim.rule.equals
    if not both and any(_restates(rule, claim.rule) for rule in said):
        return None
    if both and any(_restates(rule, Rule(terms=both)) for rule in said):
        return Rule(terms=claim.rule.terms)
    return claim.rule


def _restates(law: Rule, claim: Rule) -> bool:
    """Whether a written law says the same as a caption, only with its column."""
    mine, printed = law.terms[0].reference, claim.terms[0].reference
    homes = [reference.page.split(", ", maxsplit=1)[0].lower() for reference in (mine, printed)]
    return bool(mine.lines) and mine.lines == printed.lines and homes[0] == homes[1]
