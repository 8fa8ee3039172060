"""Printed lines, and where on them every cell stands."""

from dataclasses import dataclass, field
from enum import StrEnum

from jurat.money import Kind
from jurat.words import Address, require


class Look(StrEnum):
    """How a statement's text looks."""

    TABS = "tabs"
    """Columns parted by tabs, as a filing's text layer comes out of a table reader."""
    SPACES = "spaces"
    """Columns aligned with spaces, as `pdftotext -layout` prints a statement."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell's print stands: the line, and the first and one past the last character."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedColumn:
    """The stretch of a row's line that belongs to a column, filled or blank."""

    address: Address | None
    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRow:
    """A row on paper: its lines, its caption on the last of them, its columns on that same line."""

    page: str
    grid: int
    """Rows of one grid stand below the same column heads."""
    first: int
    last: int
    caption: Place | None
    columns: tuple[PrintedColumn, ...]
    sheet: str = ""
    """The number of the sheet it stands on."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Layout:
    """A statement on paper: its lines, its rows, and the place of every filled cell."""

    look: Look
    lines: tuple[str, ...]
    places: dict[Address, Place] = field(repr=False)
    rows: tuple[PrintedRow, ...] = field(repr=False)
    stamps: dict[str, int] = field(default_factory=dict, repr=False)
    """The line of the NONE stamp of a page that has one."""
    running_head: str = ""

    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines) + "\n"

    def printed(self, address: Address) -> str:
        """What is printed of a cell."""
        place = self.places[address]
        return self.lines[place.line][place.start : place.end]


class Strip:
    """A line in the making: text, and which stretches of it are cells."""

    def __init__(self, text: str = "") -> None:
        """Begin with the form's own words."""
        self.text = text
        self.cells: list[tuple[Address, int, int]] = []

    def add(self, text: str, address: Address | None = None) -> "Strip":
        """Print on; with an address, what is printed is that cell."""
        if address is not None and text:
            self.cells.append((address, len(self.text), len(self.text) + len(text)))
        self.text += text
        return self

    def reach(self, column: int, fill: str = " ") -> "Strip":
        """Fill up to a column."""
        self.text += fill * (column - len(self.text))
        return self

    def join(self, other: "Strip") -> "Strip":
        """Print another strip behind this one."""
        base = len(self.text)
        self.cells += [(address, base + start, base + end) for address, start, end in other.cells]
        self.text += other.text
        return self

    def part(self, start: int, end: int) -> "Strip":
        """A stretch of this strip with the cells that stand in it."""
        piece = Strip(self.text[start:end])
        piece.cells = [
            (a, s - start, e - start) for a, s, e in self.cells if start <= s and e <= end
        ]
        return piece


class Paper:
    """Takes strips line by line and remembers where every cell went."""

    def __init__(self, look: Look, running_head: str) -> None:
        """Begin with an empty stack of paper."""
        self.look, self.running_head = look, running_head
        self.lines: list[str] = []
        self.places: dict[Address, Place] = {}
        self.rows: list[PrintedRow] = []
        self.stamps: dict[str, int] = {}
        self.grids = 0
        self.sheet = ""

    def write(self, strip: Strip | str = "") -> int:
        """Print a line and say which one it is."""
        strip = Strip(strip) if isinstance(strip, str) else strip
        number = len(self.lines)
        for address, start, end in strip.cells:
            require(address not in self.places, f"{address} is printed twice")
            self.places[address] = Place(number, start, end)
        self.lines.append(strip.text.rstrip(" "))
        return number

    def keep_row(
        self,
        page: str,
        first: int,
        caption: tuple[int, int],
        columns: tuple[PrintedColumn, ...],
    ) -> None:
        """Remember that the lines from the first to the one last printed are one row."""
        last = len(self.lines) - 1
        place = Place(last, *caption) if caption[0] < caption[1] else None
        row = PrintedRow(
            page=page,
            grid=self.grids,
            first=first,
            last=last,
            caption=place,
            columns=columns,
            sheet=self.sheet,
        )
        self.rows.append(row)

    def layout(self) -> Layout:
        """Everything printed."""
        return Layout(
            look=self.look,
            lines=tuple(self.lines),
            places=self.places,
            rows=tuple(self.rows),
            stamps=self.stamps,
            running_head=self.running_head,
        )
