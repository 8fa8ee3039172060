"""Reading statement text: the blank leads, and what foots and ties settles the doubts."""

import re

from jurat.blanks import Blank
from jurat.reading.cover import find_year
from jurat.reading.coverage import cover_tokens
from jurat.reading.document import Document
from jurat.reading.doubts import doubt_weakly
from jurat.reading.gathered import Gathered
from jurat.reading.moves import Grids, settle_moves
from jurat.reading.pages import COVER, find_regions
from jurat.reading.reading import Reading
from jurat.reading.region import read_region, slots_of
from jurat.reading.rows import is_stamp
from jurat.reading.settle import Figures, Settled, settle
from jurat.reading.taking import take_insets, take_moves, take_settled, take_strays
from jurat.statement import Statement, layout_of, system_for
from jurat.statement.system import PRIOR
from jurat.words import Address, ReadError


def read_text(document: Document, blank: Blank) -> Reading:
    """A document in either look as a reading of the blank."""
    year = year_of(document) or blank.year
    found = Gathered(find_regions(document, blank))
    for region in found.regions:
        read_region(found, region, blank.pages[region.page], year)
    figures = _figures(found, blank)
    settled = _settle_rows(found, figures)
    placed = {address for one in settled for address, _ in one.option.cells}
    printed_cells = frozenset(
        figures.system.index[a] for a in placed.union(found.insets) if a in figures.system.index
    )
    take_settled(found, settled)
    take_insets(found)
    grids = Grids(
        figures,
        {
            page: [(row.number, [s.address for s in slots_of(row)]) for row in rows.rows]
            for page, rows in found.rows.items()
        },
    )
    take_strays(found, figures, grids, blank)
    verdicts = settle_moves(figures, grids, printed_cells)
    take_moves(found, figures, verdicts)
    doubt_weakly(found, figures, grids)
    _flag_stamps(found)
    company = found.cells.get(Address(COVER, "company_name"))
    if not company and found.pages <= {COVER}:
        raise ReadError(
            f"{document.name}: no page of the {blank.year} {blank.kind.replace('_', ' ')} blank was found in it.",
            why="A reading of nothing would pass every check.",
            next="Give the text of the separate accounts annual statement; its pages are known by their titles.",
        )
    statement = Statement(
        blank=blank,
        year=year,
        company=str(company.value) if company else _running_name(document),
        cells=found.cells,
        pages=found.pages - {p for p in found.pages if p == COVER and not company},
        none_pages=frozenset(found.none_pages),
    )
    return Reading(
        source=document.name,
        statement=statement,
        doubts=tuple(found.doubts),
        coverage=cover_tokens(document, found.regions, found.used),
        places=document.places,
    )


def year_of(document: Document) -> int | None:
    """The year a document says it is for, on its first pages."""
    return find_year("\n".join(line.text[:300] for line in document.lines[:400]))


def _running_name(document: Document) -> str:
    for line in document.lines[:2_000]:
        found = re.search(r"OF THE SEPARATE ACCOUNTS OF THE\s+(\S.*)$", line.text[:300])
        if found:
            return " ".join(found[1].split())
    return ""


def _figures(found: Gathered, blank: Blank) -> Figures:
    rows: dict[tuple[str, str], set[int]] = {}
    for page_rows in found.rows.values():
        for row in page_rows.rows:
            if row.group is not None:
                rows.setdefault((row.group.page, row.group.id), set()).add(row.key)
    for address in found.cells:
        if address.row > 0:
            rows.setdefault((address.page, address.line), set()).add(address.row)
    system = system_for(blank, layout_of(rows))
    runs = frozenset(
        number
        for number, pages in enumerate(system.pages_of)
        if pages <= found.pages and PRIOR not in pages
    )
    figures = Figures(system, {}, runs)
    for address, cell in found.cells.items():
        if isinstance(cell.value, int) and address in system.index:
            figures.values[system.index[address]] = cell.value
    for address, (value, _, _) in found.insets.items():
        if address in system.index:
            figures.values[system.index[address]] = value
    return figures


def _settle_rows(found: Gathered, figures: Figures) -> list[Settled]:
    plain = [reading for reading in found.readings if not reading.is_repaired]
    for reading in plain:
        for address, printed in reading.options[0].cells:
            if printed.token.value is not None and address in figures.system.index:
                figures.values[figures.system.index[address]] = printed.token.value
    open_rows = [reading for reading in found.readings if reading.is_repaired]
    sure = [Settled(reading, reading.options[0], (), ()) for reading in plain]
    return [*sure, *settle(figures, open_rows)]


def _flag_stamps(found: Gathered) -> None:
    """A page of which only the stamp is there."""
    for region in found.regions:
        stamps = [line for line in region.lines if is_stamp(line.text)]
        if stamps and region.page not in found.rows:
            found.none_pages.add(region.page)
