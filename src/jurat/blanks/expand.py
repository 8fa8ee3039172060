"""What a page declares, spelled out: write-ins and their totals, rows, tables, the overflow."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jurat.blanks.form import OVERFLOW, Form, FormLine, Role, RowGroup, Slot
from jurat.money import Kind
from jurat.words import TOTAL_ROW, Address, BlankError
from jurat.words.page import Column, Law, Line, Page, Rows, Table, WriteIns


def expand(page: Page) -> Form:
    """Every line a page declares or stands for, with its cells.

    Raises  BlankError for write-ins of a line the page does not have.
    """
    return _Expansion(page).form()


def write_in_prefix(number: str) -> str:
    """What the numbers of a line's write-ins begin with.

    >>> write_in_prefix("16"), write_in_prefix("4"), write_in_prefix("1.3"), write_in_prefix("10.2")
    ('16', '04', '01.3', '10.2')
    """
    whole, point, part = number.partition(".")
    return f"{int(whole):02d}{point}{part}"


class _Expansion:
    """One page, line by line."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines: list[FormLine] = []
        self.groups: list[RowGroup] = []

    def form(self) -> Form:
        """The whole page."""
        for part in self.page.parts:
            match part:
                case Line():
                    self.lines.append(self._line(part, self.page.columns))
                case Rows():
                    self._rows(part)
                case Table():
                    self._table(part)
                case WriteIns():
                    for number in part.lines:
                        self._write_ins(number, part.where)
        return Form(declared=self.page, lines=tuple(self.lines), groups=tuple(self.groups))

    def _line(self, line: Line, columns: Sequence[Column]) -> FormLine:
        role = Role.HEAD if line.is_head else Role.NOTE if line.is_note else Role.LINE
        has_columns = role is Role.LINE
        asked = [c for c in columns if has_columns and (not line.only or c.number in line.only)]
        numbers = [column.number for column in columns if column.kind is Kind.FACTOR]
        factors = dict(zip(numbers, line.factors, strict=False))
        marks = {column: mark for mark, column in line.marks}
        slots = [
            Slot(
                Address(self.page.name, line.id, c.number),
                line.kind or c.kind,
                line.caption,
                is_xxx=c.number in line.xxx or (self.page.is_detail and not c.kind.is_figure),
                factor=factors.get(c.number),
                mark=marks.get(c.number, ""),
            )
            for c in asked
        ]
        insets = [
            Slot(Address(self.page.name, line.id, inset=i.number), i.kind, line.caption)
            for i in line.insets
        ]
        return FormLine(
            page=self.page.name,
            id=line.id,
            number=line.number,
            name=line.name,
            caption=line.caption,
            role=role,
            columns=tuple(asked),
            laws=line.laws,
            words=line.words,
            place=line.place,
            stub=line.stub,
            slots=(*insets, *slots),
            where=line.where,
        )

    def _rows(self, rows: Rows) -> None:
        columns = self.page.columns
        group = RowGroup(
            page=self.page.name,
            id=rows.section or "all",
            columns=columns,
            prefix=rows.section,
            digits=len(rows.total) - len(rows.section) if rows.total else 7,
            text_column=columns[0].number,
        )
        self.groups.append(group)
        if rows.total:
            total = FormLine(
                page=self.page.name,
                id=rows.total,
                number=rows.total,
                name=f"{rows.name}_total",
                caption=rows.caption,
                role=Role.TOTAL,
                columns=_figures(columns),
                laws=(_sum_of_rows(rows.section, rows.where),),
                group=rows.section,
                where=rows.where,
            )
            self.lines.append(_with_slots(total))

    def _table(self, table: Table) -> None:
        head = Line(
            number=table.number,
            name=table.name,
            caption=table.caption,
            is_head=True,
            where=table.where,
        )
        self.lines += [self._line(head, ()), *(self._line(x, table.columns) for x in table.lines)]
        if table.has_rows:
            group = RowGroup(
                page=self.page.name,
                id=table.number or table.name,
                columns=table.columns,
                is_table=True,
            )
            self.groups.append(group)
        if table.total:
            self.lines.append(self._table_total(table))

    def _table_total(self, table: Table) -> FormLine:
        slots = tuple(
            Slot(
                Address(self.page.name, table.number, c.number, row=TOTAL_ROW),
                c.kind,
                table.total,
                is_xxx=c.number in table.total_xxx,
            )
            for c in table.columns
            if c.kind.is_figure or c.number in table.total_xxx
        )
        return FormLine(
            page=self.page.name,
            id=f"{table.number}/total",
            number="",
            name=f"{table.name}_total",
            caption=table.total,
            role=Role.TABLE_TOTAL,
            columns=table.columns,
            laws=(_sum_of_rows(table.number, table.where),),
            slots=slots,
            group=table.number,
            where=table.where,
        )

    # -- write-ins ----------------------------------------------------------------------

    def _write_ins(self, number: str, where: str) -> None:
        """Three details, the rest from the overflow page, their total; and the line takes it."""
        parent = next((line for line in self.lines if line.id == number), None)
        if parent is None:
            raise BlankError(
                f"{self.page.title} has no line {number} to write in for.",
                where=where,
                next="Declare the line above its write-ins.",
            )
        if not number.replace(".", "", 1).isdigit():
            raise BlankError(
                f"{number} is no number, so its write-ins can have none.",
                where=where,
                next="Only a numbered line has write-ins.",
            )
        prefix = write_in_prefix(number)
        details = [self._write_in(parent, f"{prefix}{n:02d}", f"{n:02d}", where) for n in (1, 2, 3)]
        rest = replace(
            self._write_in(parent, f"{prefix}98", "98", where),
            caption=f"Summary of remaining write-ins for Line {number} from overflow page",
            role=Role.WRITE_IN_REST,
        )
        shown = f"Lines {prefix}01 thru {prefix}03 plus {prefix}98"
        total = replace(
            self._write_in(parent, f"{prefix}99", "99", where),
            caption=f"Totals ({shown})(Line {number} above)",
            role=Role.WRITE_IN_TOTAL,
        )
        self.lines += map(_with_slots, [*details, rest, total])
        law = Law(text=f"Line {prefix}99", fills=True, where=where)
        self.lines[self.lines.index(parent)] = replace(parent, laws=(*parent.laws, law))

    def _write_in(self, parent: FormLine, number: str, ordinal: str, where: str) -> FormLine:
        return FormLine(
            page=self.page.name,
            id=number,
            number=number,
            name=f"{parent.name}_{ordinal}",
            caption="",
            role=Role.WRITE_IN,
            columns=_figures(parent.columns),
            group=parent.id,
            where=where,
        )


def _figures(columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple(column for column in columns if column.kind.is_figure)


def _sum_of_rows(group: str, where: str) -> Law:
    return Law(text=f"rows {group}", fills=True, rounding=True, where=where)


def _with_slots(line: FormLine) -> FormLine:
    """The line with a cell in each of its columns; a write-in has one for its name before them."""
    name = [Slot(Address(line.page, line.id), Kind.TEXT, line.caption)]
    cells = [
        Slot(Address(line.page, line.id, c.number), c.kind, line.caption) for c in line.columns
    ]
    return replace(line, slots=(*(name if line.role is Role.WRITE_IN else ()), *cells))


def add_overflow(forms: Sequence[Form]) -> list[Form]:
    """Give the overflow page its sections: rows nn04 on and their sum nn97, for each write-in."""
    sections = [
        (form, line) for form in forms for line in form.lines if line.role is Role.WRITE_IN_REST
    ]
    prefixes = [line.id[:-2] for _, line in sections]
    lines: list[FormLine] = []
    groups: list[RowGroup] = []
    linked: dict[tuple[str, str], Law] = {}
    for (form, line), prefix in zip(sections, prefixes, strict=True):
        unique = prefix if prefixes.count(prefix) == 1 else f"{form.name}.{prefix}"
        name = Column(number="", name="name", caption="", kind=Kind.TEXT)
        group = RowGroup(
            page=OVERFLOW,
            id=unique,
            columns=(name, *line.columns),
            prefix=unique,
            digits=2,
            first=4,
            source=form.name,
        )
        total = FormLine(
            page=OVERFLOW,
            id=f"{unique}97",
            number=f"{prefix}97",
            name=f"{form.name}_{line.name}",
            caption=line.caption,
            role=Role.TOTAL,
            columns=line.columns,
            laws=(_sum_of_rows(unique, line.where),),
            group=unique,
            where=line.where,
        )
        groups.append(group)
        lines.append(_with_slots(total))
        linked[form.name, line.id] = Law(
            text=f"Overflow, Line {unique}97", fills=True, where=line.where
        )
    return [
        Form(declared=form.declared, lines=tuple(lines), groups=tuple(groups))
        if form.name == OVERFLOW
        else _linked(form, linked)
        for form in forms
    ]


def _linked(form: Form, laws: dict[tuple[str, str], Law]) -> Form:
    """The form with its 98 lines taken from the overflow page."""
    lines = tuple(
        replace(line, laws=(laws[form.name, line.id],)) if (form.name, line.id) in laws else line
        for line in form.lines
    )
    return Form(declared=form.declared, lines=lines, groups=form.groups)
