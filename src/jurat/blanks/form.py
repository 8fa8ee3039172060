"""A blank made ready: every line, every cell it asks for, every group of rows."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from jurat.money import Kind
from jurat.words import TOTAL_ROW, Address
from jurat.words.page import Column, Factor, Law, Line, Page, Rows, Table, WriteIns

OVERFLOW = "overflow"


class Role(StrEnum):
    """What a line is for."""

    LINE = "line"
    HEAD = "head"
    NOTE = "note"
    WRITE_IN = "write-in"
    WRITE_IN_REST = "write-ins from the overflow page"
    WRITE_IN_TOTAL = "total of write-ins"
    TABLE_ROW = "row of a table"
    TABLE_TOTAL = "totals of a table"
    TOTAL = "total of rows"
    ROW = "row"


WRITE_IN_ROLES = (Role.WRITE_IN, Role.WRITE_IN_REST, Role.WRITE_IN_TOTAL)


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell the form asks for, and what the form itself prints in it."""

    address: Address
    kind: Kind
    caption: str
    is_xxx: bool = False
    factor: Factor | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """A line of a page with its own columns, laws and cells."""

    page: str
    id: str
    number: str
    name: str
    caption: str
    role: Role
    columns: tuple[Column, ...] = ()
    laws: tuple[Law, ...] = ()
    words: tuple[str, ...] = ()
    place: str = ""
    stub: str = ""
    slots: tuple[Slot, ...] = ()
    group: str = ""
    """The write-in line or section this line is a detail of."""
    where: str = ""

    @property
    def has_figures(self) -> bool:
        """Whether rules can add this line."""
        return any(slot.kind.is_figure and not slot.is_xxx for slot in self.slots)

    def slot(self, column: str) -> Slot | None:
        """The cell in a column, if the line asks for one."""
        for slot in self.slots:
            if slot.address.column == column and not slot.address.inset:
                return slot
        return None

    def inset(self, name: str) -> Slot | None:
        """The cell of a blank in the caption."""
        from jurat.words import insets_of

        for inset in insets_of(self.caption):
            if inset.name == name:
                return next(slot for slot in self.slots if slot.address.inset == inset.number)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Rows of which a filer has as many as it needs."""

    page: str
    id: str
    columns: tuple[Column, ...]
    prefix: str = ""
    """What the line ids of numbered rows begin with; empty for rows of a table."""
    digits: int = 0
    first: int = 1
    is_table: bool = False
    source: str = ""
    """For rows of the overflow page: the page they belong to."""
    text_column: str = ""

    def address(self, key: int, column: str) -> Address:
        """The address of a row's cell."""
        if self.is_table:
            return Address(self.page, self.id, column, row=key)
        return Address(self.page, self.line_id(key), column)

    @property
    def printed_prefix(self) -> str:
        """What the printed numbers begin with: without the page that tells equal numbers apart."""
        is_told_apart = bool(self.source) and self.prefix[:1].isalpha()
        return self.prefix.partition(".")[2] if is_told_apart else self.prefix

    def line_id(self, key: int) -> str:
        """The printed number of a row."""
        return f"{self.prefix}{key:0{self.digits}d}"

    def slots(self, key: int) -> list[Slot]:
        """The cells of one row."""
        return [Slot(self.address(key, c.number), c.kind, c.caption) for c in self.columns]


@dataclass(frozen=True, kw_only=True)
class Form:
    """One page with all its lines, details of write-ins included."""

    declared: Page
    lines: tuple[FormLine, ...]
    groups: tuple[RowGroup, ...] = ()
    by_id: dict[str, FormLine] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Index the lines by id."""
        object.__setattr__(
            self, "by_id", {line.id: line for line in self.lines if line.role is not Role.HEAD}
        )

    @property
    def name(self) -> str:
        """The page's stable name."""
        return self.declared.name

    @property
    def title(self) -> str:
        """The page's printed title."""
        return self.declared.title

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every fixed cell in print order."""
        return tuple(slot for line in self.lines for slot in line.slots)

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each line or head stands, in page order."""
        places: dict[str, int] = {}
        for place, line in enumerate(self.lines):
            places.setdefault(line.id, place)
        return places


def expand(page: Page, year_captions: dict[str, str] | None = None) -> Form:
    """Every line a page declares or stands for, with its cells."""
    return _Expansion(page).form()


def write_in_prefix(number: str) -> str:
    """What the numbers of a line's write-ins begin with.

    >>> write_in_prefix("16"), write_in_prefix("4"), write_in_prefix("1.3"), write_in_prefix("10.2")
    ('16', '04', '01.3', '10.2')
    """
    whole, point, part = number.partition(".")
    return f"{int(whole):02d}{point}{part}"


class _Expansion:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines: list[FormLine] = []
        self.groups: list[RowGroup] = []

    def form(self) -> Form:
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
                        self._write_ins(number)
        return Form(declared=self.page, lines=tuple(self.lines), groups=tuple(self.groups))

    def _line(self, line: Line, columns: tuple[Column, ...]) -> FormLine:
        role = Role.HEAD if line.is_head else Role.NOTE if line.is_note else Role.LINE
        asked = (
            ()
            if role is not Role.LINE
            else tuple(c for c in columns if not line.only or c.number in line.only)
        )
        factors = dict(
            zip([c.number for c in columns if c.kind is Kind.FACTOR], line.factors, strict=False)
        )
        marks = {column: mark for mark, column in line.marks}
        slots = [
            Slot(
                Address(self.page.name, line.id, c.number),
                line.kind or c.kind,
                line.caption,
                is_xxx=c.number in line.xxx,
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
            columns=asked,
            laws=line.laws,
            words=line.words,
            place=line.place,
            stub=line.stub,
            slots=(*insets, *slots),
            where=line.where,
        )

    def _rows(self, rows: Rows) -> None:
        width = len(rows.total) - len(rows.section) if rows.total else 7
        self.groups.append(
            RowGroup(
                page=self.page.name,
                id=rows.section or "all",
                columns=self.page.columns,
                prefix=rows.section,
                digits=width,
                text_column=self.page.columns[0].number,
            )
        )
        if rows.total:
            columns = tuple(c for c in self.page.columns if c.kind.is_figure)
            law = Law(text=f"rows {rows.section}", fills=True, rounding=True)
            self.lines.append(
                self._made(
                    rows.total,
                    f"{rows.name}_total",
                    rows.caption,
                    Role.TOTAL,
                    columns,
                    (law,),
                    rows.section,
                )
            )

    def _table(self, table: Table) -> None:
        head = Line(number=table.number, name=table.name, caption=table.caption, is_head=True)
        self.lines.append(self._line(head, ()))
        self.lines += [self._table_line(line, table.columns) for line in table.lines]
        if table.has_rows:
            self.groups.append(
                RowGroup(
                    page=self.page.name,
                    id=table.number or table.name,
                    columns=table.columns,
                    is_table=True,
                )
            )
        if table.total:
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
            law = Law(text=f"rows {table.number}", fills=True, rounding=True)
            self.lines.append(
                FormLine(
                    page=self.page.name,
                    id=f"{table.number}/total",
                    number="",
                    name=f"{table.name}_total",
                    caption=table.total,
                    role=Role.TABLE_TOTAL,
                    columns=table.columns,
                    laws=(law,),
                    slots=slots,
                    group=table.number,
                )
            )

    def _table_line(self, line: Line, columns: tuple[Column, ...]) -> FormLine:
        return self._line(line, columns)

    def _write_ins(self, number: str) -> None:
        parent = next(line for line in self.lines if line.id == number)
        prefix, columns = (
            write_in_prefix(number),
            tuple(c for c in parent.columns if c.kind.is_figure),
        )
        shown = f"Lines {prefix}01 thru {prefix}03 plus {prefix}98"
        for ordinal in ("01", "02", "03"):
            self.lines.append(
                self._made(
                    f"{prefix}{ordinal}",
                    f"{parent.name}_{ordinal}",
                    "",
                    Role.WRITE_IN,
                    columns,
                    (),
                    number,
                )
            )
        rest = f"Summary of remaining write-ins for Line {number} from overflow page"
        self.lines.append(
            self._made(
                f"{prefix}98", f"{parent.name}_98", rest, Role.WRITE_IN_REST, columns, (), number
            )
        )
        total = f"Totals ({shown})(Line {number} above)"
        self.lines.append(
            self._made(
                f"{prefix}99", f"{parent.name}_99", total, Role.WRITE_IN_TOTAL, columns, (), number
            )
        )
        place = self.lines.index(parent)
        law = Law(text=f"Line {prefix}99", fills=True)
        self.lines[place] = _with_law(parent, law)

    def _made(
        self,
        number: str,
        name: str,
        caption: str,
        role: Role,
        columns: tuple[Column, ...],
        laws: tuple[Law, ...],
        group: str,
    ) -> FormLine:
        slots = [Slot(Address(self.page.name, number, c.number), c.kind, caption) for c in columns]
        if role is Role.WRITE_IN:
            slots.insert(0, Slot(Address(self.page.name, number), Kind.TEXT, caption))
        return FormLine(
            page=self.page.name,
            id=number,
            number=number,
            name=name,
            caption=caption,
            role=role,
            columns=columns,
            laws=laws,
            slots=tuple(slots),
            group=group,
        )


def _with_law(line: FormLine, law: Law) -> FormLine:
    from dataclasses import replace

    return replace(line, laws=(*line.laws, law))


def add_overflow(forms: list[Form]) -> list[Form]:
    """Give the overflow page its sections: rows nn04 on and their sum nn97, for each write-in."""
    from dataclasses import replace

    sections = [
        (form, line) for form in forms for line in form.lines if line.role is Role.WRITE_IN_REST
    ]
    prefixes = [line.id[:-2] for _, line in sections]
    lines: list[FormLine] = []
    groups: list[RowGroup] = []
    linked: dict[tuple[str, str], Law] = {}
    for form, line in sections:
        prefix = line.id[:-2]
        unique = prefix if prefixes.count(prefix) == 1 else f"{form.name}.{prefix}"
        columns = (Column(number="", name="name", caption="", kind=Kind.TEXT), *line.columns)
        groups.append(
            RowGroup(
                page=OVERFLOW,
                id=unique,
                columns=columns,
                prefix=unique,
                digits=2,
                first=4,
                source=form.name,
            )
        )
        slots = tuple(
            Slot(Address(OVERFLOW, f"{unique}97", c.number), c.kind, line.caption)
            for c in line.columns
        )
        law = Law(text=f"rows {unique}", fills=True, rounding=True)
        lines.append(
            FormLine(
                page=OVERFLOW,
                id=f"{unique}97",
                number=f"{prefix}97",
                name=f"{form.name}_{line.name}",
                caption=line.caption,
                role=Role.TOTAL,
                columns=line.columns,
                laws=(law,),
                slots=slots,
                group=unique,
            )
        )
        linked[form.name, line.id] = Law(text=f"Overflow, Line {unique}97", fills=True)
    made = []
    for form in forms:
        if form.name == OVERFLOW:
            made.append(Form(declared=form.declared, lines=tuple(lines), groups=tuple(groups)))
            continue
        changed = tuple(
            replace(line, laws=(linked[form.name, line.id],))
            if (form.name, line.id) in linked
            else line
            for line in form.lines
        )
        made.append(Form(declared=form.declared, lines=changed, groups=form.groups))
    return made
