"""What the schedules must say: a row for each portion, and the lines of the pages they feed.

All in cents of dollars. Columns go by their numbers on the page.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from jurat.golden.insurer.movements import Movement

Line = tuple[int, str, str, str]
"""Year, page, line and column of a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a detail schedule."""

    year: int
    page: str
    lot: str
    trade: str = ""
    opening: int = 0
    columns: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """A realized gain and the reserve it belongs to."""

    year: int
    lot: str
    trade: str
    realized: int
    exchange: int
    reserve: str
    band: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A portion's movement, whatever page it stands on."""

    year: int
    lot: str
    trade: str
    page: str
    movement: Movement


@dataclass(slots=True, kw_only=True)
class Answers:
    """Answers of some investments, to be added up."""

    rows: list[Row] = field(default_factory=list)
    gains: list[Gain] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    cells: dict[Line, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, year: int, page: str, line: str, column: str, amount: int) -> None:
        """An amount more in a cell."""
        self.cells[year, page, line, column] += amount

    def fill(self, year: int, page: str, lines: dict[str, int], column: str = "") -> None:
        """Amounts more in the lines of a column."""
        for line, amount in lines.items():
            self.cells[year, page, line, column] += amount

    def join(self, other: "Answers") -> None:
        """The cells of others, added."""
        for line, amount in other.cells.items():
            self.cells[line] += amount
