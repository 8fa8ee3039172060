"""A blank made ready: every line, every cell it asks for, every group of rows."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from jurat.money import Kind
from jurat.words import Address, insets_of
from jurat.words.page import Column, Factor, Law, Page

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

    def column(self, number: str) -> Column | None:
        """A column the line asks for."""
        return next((column for column in self.columns if column.number == number), None)

    def inset(self, name: str) -> Slot | None:
        """The cell of a blank in the caption."""
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

    @property
    def is_detail(self) -> bool:
        """Whether it is a schedule with a row for each holding, behind the statement's own pages."""
        return self.declared.number.startswith(("E", "SI"))

    @property
    def asks(self) -> bool:
        """Whether it asks questions, to be answered by boxes; the cover has boxes and asks none."""
        return self.name != "cover" and any(slot.kind.is_box for slot in self.slots)

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
