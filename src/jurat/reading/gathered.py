"""Everything read off a document, page by page, before it is a statement."""

from dataclasses import dataclass, field

from jurat.reading.assign import Printed
from jurat.reading.assign import Reading as RowReading
from jurat.reading.coverage import Used
from jurat.reading.moves import Stray
from jurat.reading.pages import Region
from jurat.reading.reading import Doubt
from jurat.reading.rows import PageRows
from jurat.statement import Cell, Read
from jurat.words import Address


@dataclass(slots=True)
class Gathered:
    """Everything read off the document, page by page."""

    regions: list[Region]
    rows: dict[str, PageRows] = field(default_factory=dict)
    readings: list[RowReading] = field(default_factory=list)
    cells: dict[Address, Cell] = field(default_factory=dict)
    insets: dict[Address, tuple[int, str, int]] = field(default_factory=dict)
    none_pages: set[str] = field(default_factory=set)
    strays: list[tuple[Stray, Printed]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    used: Used = field(default_factory=Used)

    @property
    def pages(self) -> frozenset[str]:
        """The pages the document has."""
        return frozenset(region.page for region in self.regions)

    @property
    def is_damaged(self) -> bool:
        """Whether something had to be repaired: then clean figures are not beyond doubt either."""
        return any(
            isinstance(cell.because, Read) and cell.because.repair for cell in self.cells.values()
        )
