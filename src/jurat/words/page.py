"""What a page of the blank declares: its columns, lines, rows, tables and write-ins."""

from dataclasses import dataclass, field

from jurat.money import Kind
from jurat.words.captions import Inset, insets_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A rule written below a line: where it holds, how, and how near."""

    text: str
    columns: tuple[str, ...] = ()
    """Where it holds; everywhere if none is named."""
    inset: str = ""
    fills: bool
    rounding: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a page or of a table."""

    number: str
    name: str
    caption: str
    kind: Kind = Kind.MONEY
    over: str = ""
    laws: tuple[Law, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A factor the form prints, in ten-thousandths, with its note mark; no value: a mark alone."""

    value: int | None
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line, head or footnote of a page."""

    number: str
    name: str
    caption: str
    is_head: bool = False
    is_note: bool = False
    kind: Kind | None = None
    only: tuple[str, ...] = ()
    xxx: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    place: str = ""
    stub: str = ""
    factors: tuple[Factor, ...] = ()
    laws: tuple[Law, ...] = ()
    words: tuple[str, ...] = ()
    where: str = ""

    @property
    def insets(self) -> tuple[Inset, ...]:
        """The blanks of the caption."""
        return insets_of(self.caption)

    @property
    def id(self) -> str:
        """The number as printed, or the name where none is printed."""
        return self.number or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """As many numbered rows as the filer has, with their total line."""

    section: str
    name: str
    total: str = ""
    caption: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table under an interrogatory."""

    number: str
    name: str
    caption: str
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    has_rows: bool = False
    total: str = ""
    total_xxx: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteIns:
    """The details of write-ins of some lines."""

    lines: tuple[str, ...]
    where: str = ""


Part = Line | Rows | Table | WriteIns


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, exhibit or schedule as its file declares it."""

    number: str
    name: str
    title: str
    called: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    is_unknown: bool = False
    is_detail: bool = False
    """Whether it has a row for each holding, beside its cells: `schedules.Detail`."""
    stub: str = ""
    columns: tuple[Column, ...] = ()
    parts: tuple[Part, ...] = ()
    path: str = field(default="", compare=False)
