"""Reading statement text: the blank leads, and what foots and ties settles the doubts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jurat.blanks import Blank, Form, PriorCell, Slot
from jurat.money import Kind, format_figure
from jurat.reading.assign import Option, Printed, column_edges, column_heads, read_row
from jurat.reading.assign import Reading as RowReading
from jurat.reading.cover import find_year, read_cover
from jurat.reading.coverage import Used, cover_tokens
from jurat.reading.document import Document
from jurat.reading.figures import read_run
from jurat.reading.moves import Grids, Stray, Verdict, describe, settle_moves, settle_stray
from jurat.reading.pages import COVER, Region, find_regions
from jurat.reading.questions import find_blocks, is_questionnaire, read_blocks
from jurat.reading.reading import Doubt, Reading
from jurat.reading.rows import PageRows, Row, find_rows, is_stamp
from jurat.reading.settle import Figures, Settled, settle
from jurat.statement import Cell, CellState, Read, Repair, Statement, layout_of, system_for
from jurat.statement.system import PRIOR
from jurat.words import Address, ReadError


@dataclass(slots=True)
class _Gathered:
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


def read_text(document: Document, blank: Blank) -> Reading:
    """A document in either look as a reading of the blank."""
    head = "\n".join(line.text[:300] for line in document.lines[:400])
    year = find_year(head) or blank.year
    found = _Gathered(find_regions(document, blank))
    for region in found.regions:
        _read_region(found, region, blank.pages[region.page], year)
    figures = _figures(found, blank)
    settled = _settle_rows(found, figures)
    placed = {address: printed for one in settled for address, printed in one.option.cells}
    printed_cells = frozenset(
        figures.system.index[a] for a in (*placed, *found.insets) if a in figures.system.index
    )
    _take_settled(found, settled)
    _take_insets(found)
    grids = Grids(figures, {page: [(row.number, [s.address for s in _slots(row)]) for row in rows.rows]
                            for page, rows in found.rows.items()})
    _take_strays(found, figures, grids, blank)
    verdicts = settle_moves(figures, grids, printed_cells)
    _take_moves(found, figures, verdicts)
    _doubt_lines(found, figures, grids)
    _flag_stamps(found)
    company = found.cells.get(Address(COVER, "company_name"))
    if not company and found.pages <= {COVER}:
        raise ReadError(
            f"{document.name}: no page of the {blank.year} {blank.kind.replace('_', ' ')} blank was found in it.",
            why="A reading of nothing would pass every check.",
            next="Give the text of the separate accounts annual statement; its pages are known by their titles.",
        )
    statement = Statement(
        blank=blank, year=year, company=str(company.value) if company else _running_name(document),
        cells=found.cells, pages=found.pages - {p for p in found.pages if p == COVER and not company},
        none_pages=frozenset(found.none_pages),
    )
    return Reading(source=document.name, statement=statement, doubts=tuple(found.doubts),
                   coverage=cover_tokens(document, found.regions, found.used))


def _running_name(document: Document) -> str:
    for line in document.lines[:2_000]:
        found = re.search(r"OF THE SEPARATE ACCOUNTS OF THE\s+(\S.*)$", line.text[:300])
        if found:
            return " ".join(found[1].split())
    return ""


# -- one page -----------------------------------------------------------------------------


def _read_region(found: _Gathered, region: Region, form: Form, year: int) -> None:
    if region.page == COVER:
        for cell in read_cover(region, form):
            found.cells[cell.address] = cell
        return
    page_rows = find_rows(region, form, year)
    found.rows[region.page] = page_rows
    found.used.rows(page_rows)
    if is_questionnaire(form):
        _read_questions(found, region, form, page_rows)
    pairs = [(row, _slots(row)) for row in page_rows.rows]
    columns = _page_columns(form, pairs)
    edges = column_edges(pairs, column_heads(page_rows.loose, columns))
    begun = len(found.readings)
    for row, slots in pairs:
        _read_one(found, row, slots, edges, columns)
    read_here = found.readings[begun:]
    cells = _tab_cells(read_here) if page_rows.heads else {}
    for row in page_rows.heads:
        _read_stray(found, row, form, edges, cells)
    has_figures = any(address.page == region.page for address in found.insets) or any(
        reading.options and reading.options[0].cells for reading in read_here
    )
    if page_rows.stamped and not has_figures:
        found.none_pages.add(region.page)
    elif page_rows.stamped:
        found.doubts.append(Doubt(
            address=None, seen="NONE", chosen="the figures printed on the page", line=page_rows.stamped,
            why=f"{form.title} is stamped NONE and yet holds figures",
        ))


def _tab_cells(readings: Sequence[RowReading]) -> dict[int, str]:
    """Which column the tab cells of a line are, told by the rows that leave no doubt."""
    return {
        field.cell: address.column
        for reading in readings if not reading.is_repaired
        for address, printed in reading.options[0].cells
        for field in reading.row.fields if field.start <= printed.column < field.end
    }


def _read_stray(found: _Gathered, row: Row, form: Form, edges: dict[str, int], cells: dict[int, str]) -> None:
    """Figures beside a head: by their columns they belong somewhere below it."""
    slots = [Slot(Address(form.name, row.id, c.number), c.kind, "") for c in form.declared.columns if c.kind.is_figure]
    kinds = tuple(dict.fromkeys(slot.kind for slot in slots))
    for part in row.fields:
        columns = [cells[part.cell]] if row.has_tabs and part.cell in cells else [
            column for column, edge in edges.items() if abs(edge - part.end) <= 3]
        columns = [slots[0].address.column] if len(slots) == 1 else columns
        run = read_run(part.text, kinds)
        if len(columns) == 1 and len(run.readings) == 1 and len(run.readings[0]) == 1:
            token = run.readings[0][0]
            printed = Printed(token, part.line, part.start + token.start, part.start + token.end, None, part.text)
            if token.value is not None:
                found.strays.append((Stray(form.name, row.number, columns[0], token.value), printed))


def _read_questions(found: _Gathered, region: Region, form: Form, page_rows: PageRows) -> None:
    taken = {row.id for row in page_rows.rows if row.line and row.line.has_figures}
    for cell in read_blocks(find_blocks(region, form), form):
        if cell.address.line not in taken or cell.address.row:
            found.cells[cell.address] = cell
            if isinstance(cell.because, Read) and cell.because.raw:
                found.used.raw(cell.because.line, cell.because.raw)


def _slots(row: Row) -> list[Slot]:
    """The figure cells of a row in column order; XXX cells are places too."""
    if row.group is not None:
        return [slot for slot in row.group.slots(row.key) if slot.kind.is_figure]
    if row.line is None:
        return []
    return [slot for slot in row.line.slots if slot.kind.is_figure and not slot.address.inset]


def _read_one(found: _Gathered, row: Row, slots: list[Slot], edges: dict[str, int], columns: Sequence[str]) -> None:
    _read_name(found, row)
    _read_row_insets(found, row)
    fields = [f for f in row.fields if f.text.strip()]
    if not slots:
        return
    own = _columns_of(row, columns)
    reading = read_row(row, slots, edges, own)
    if not reading.options and fields:
        found.doubts.append(Doubt(address=slots[0].address, seen=reading.seen, chosen="", line=row.number,
                                  why="what stands beside the caption is no row of figures for its columns"))
        for slot in slots:
            if not slot.is_xxx:
                found.cells[slot.address] = Cell(address=slot.address, kind=slot.kind, state=CellState.UNREAD,
                                                 because=Read(raw=reading.seen, line=row.number))
        return
    found.readings.append(reading)


def _columns_of(row: Row, columns: Sequence[str]) -> list[str]:
    """The columns that a row's tab cells stand for: the page's, or those of the table it is in."""
    if row.group is not None:
        return [c.number for c in row.group.columns if c.number != row.group.text_column and c.kind.is_figure]
    assert row.line is not None
    own = [c.number for c in row.line.columns]
    return list(columns) if set(own) <= set(columns) else own


def _page_columns(form: Form, pairs: Sequence[tuple[Row, Sequence[Slot]]]) -> list[str]:
    """The columns beside the captions; a first column of text is where the captions stand."""
    declared = form.declared.columns
    if declared and declared[0].kind is Kind.TEXT:
        declared = declared[1:]
    if not declared and pairs:
        return [slot.address.column for slot in max((slots for _, slots in pairs), key=len)]
    return [column.number for column in declared]


def _read_name(found: _Gathered, row: Row) -> None:
    """The filer's own words: a write-in's name, or the text column of a row."""
    if not row.name:
        return
    if row.group is not None and row.group.text_column:
        address, kind = Address(row.group.page, row.id, row.group.text_column), row.group.columns[0].kind
    else:
        page = row.group.page if row.group else row.line.page if row.line else ""
        address, kind = Address(page, row.id), Kind.TEXT
    found.cells[address] = Cell(address=address, kind=kind, state=CellState.VALUE, value=row.name,
                                because=Read(raw=row.name, line=row.number))


def _read_row_insets(found: _Gathered, row: Row) -> None:
    if row.line is None or row.match is None:
        return
    insets = [slot for slot in row.line.slots if slot.address.inset]
    for slot, (start, end) in zip(insets, row.match.insets, strict=False):
        text = row.text[start:end]
        line, column = row.place(start)
        if not slot.kind.is_figure:
            if text.strip(" ._"):
                found.cells[slot.address] = Cell(address=slot.address, kind=slot.kind, state=CellState.VALUE,
                                                 value=text.strip(), because=Read(raw=text, line=line))
            continue
        run = read_run(text, (slot.kind,))
        if run.readings and run.readings[0] and run.readings[0][0].value is not None:
            found.insets[slot.address] = (run.readings[0][0].value, text.strip(), line)
            found.used.span(line, column, column + len(text))
    if row.line.columns and row.line.columns[0].kind is Kind.TEXT and row.line.caption:
        address = Address(row.line.page, row.id, row.line.columns[0].number)
        words = " ".join(row.text[row.label_end : row.match.end].split()).rstrip(" .")
        if words and row.line.slot(address.column):
            found.cells[address] = Cell(address=address, kind=row.line.columns[0].kind, state=CellState.VALUE,
                                        value=words, because=Read(raw=words, line=row.number))


# -- settling -----------------------------------------------------------------------------


def _figures(found: _Gathered, blank: Blank) -> Figures:
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
        number for number, pages in enumerate(system.pages_of) if pages <= found.pages and PRIOR not in pages
    )
    figures = Figures(system, {}, runs)
    for address, cell in found.cells.items():
        if isinstance(cell.value, int) and address in system.index:
            figures.values[system.index[address]] = cell.value
    for address, (value, _, _) in found.insets.items():
        if address in system.index:
            figures.values[system.index[address]] = value
    return figures


def _settle_rows(found: _Gathered, figures: Figures) -> list[Settled]:
    plain = [reading for reading in found.readings if not reading.is_repaired]
    for reading in plain:
        for address, printed in reading.options[0].cells:
            if printed.token.value is not None and address in figures.system.index:
                figures.values[figures.system.index[address]] = printed.token.value
    open_rows = [reading for reading in found.readings if reading.is_repaired]
    sure = [Settled(reading, reading.options[0], (), ()) for reading in plain]
    return [*sure, *settle(figures, open_rows)]


def _take_settled(found: _Gathered, settled: Iterable[Settled]) -> None:
    for one in settled:
        reading, option = one.reading, one.option
        repair = None
        if reading.is_repaired and option.cells:
            proof = f"{reading.reason or 'the print is damaged'}; holds: {', '.join(one.proof) or 'nothing decides'}"
            repair = Repair(seen=reading.seen, chosen=str(option), proof=proof,
                            rejected=tuple(str(other) for other in one.rejected))
        for address, printed in option.cells:
            found.used.span(printed.line, printed.column, printed.end)
            found.cells[address] = _cell_of(reading, address, printed, repair)
        _doubt(found, reading, option, one)


def _cell_of(reading: RowReading, address: Address, printed: Printed, repair: Repair | None) -> Cell:
    slot = next(slot for slot in reading.slots if slot.address == address)
    because = Read(raw=printed.seen, line=printed.line, repair=repair)
    if printed.token.value is None:
        return Cell(address=address, kind=slot.kind, state=CellState.NOT_APPLICABLE, because=because)
    return Cell(address=address, kind=slot.kind, state=CellState.VALUE, value=printed.token.value, because=because)


def _doubt(found: _Gathered, reading: RowReading, option: Option, one: Settled) -> None:
    """A doubt for each cell that an equally good reading would fill otherwise."""
    chosen = {address: printed.token.value for address, printed in option.cells}
    for rival in one.rivals:
        other = {address: printed.token.value for address, printed in rival.cells}
        for address in sorted({*chosen, *other}):
            if chosen.get(address, "") != other.get(address, ""):
                found.doubts.append(Doubt(
                    address=address, seen=reading.seen, chosen=str(option), line=reading.row.number,
                    why=f"{reading.reason}, and nothing that foots or ties tells the readings apart",
                    rejected=(str(rival),),
                ))


def _take_insets(found: _Gathered) -> None:
    for address, (value, raw, line) in found.insets.items():
        found.cells[address] = Cell(address=address, kind=Kind.MONEY, state=CellState.VALUE, value=value,
                                    because=Read(raw=raw, line=line))


def _take_strays(found: _Gathered, figures: Figures, grids: Grids, blank: Blank) -> None:
    for stray, printed in found.strays:
        found.used.span(printed.line, printed.column, printed.end)
        seen = f"{printed.seen} beside a head"
        move = settle_stray(figures, grids, stray)
        if move is None:
            found.doubts.append(Doubt(address=None, seen=printed.seen, chosen="", line=printed.line,
                                      why=f"a head of {blank.pages[stray.page].title} holds no amount"))
            continue
        cells = figures.system.cells
        run = [address for cell in move.cells if isinstance(address := cells[cell], Address)]
        before = [found.cells.get(address) for address in run]
        for place, (address, value) in enumerate(zip(run, dict(move.after).values(), strict=True)):
            old = before[place - 1] if place else None
            read = old.because if old and isinstance(old.because, Read) else Read(raw=printed.seen, line=printed.line)
            kind = blank_kind(blank, address)
            repair = Repair(seen=read.raw if place else seen, chosen=f"{format_figure(value or 0, kind)} at {address}",
                            proof="a head holds no amount: the run below it is printed one line too high")
            found.cells[address] = Cell(address=address, kind=kind, state=CellState.VALUE, value=value,
                                        because=Read(raw=read.raw, line=read.line, repair=repair))


def blank_kind(blank: Blank, address: Address) -> Kind:
    """What a fixed cell holds."""
    line = blank.line(address.page, address.line)
    slot = line.slot(address.column) if line else None
    return slot.kind if slot else Kind.MONEY


def _take_moves(found: _Gathered, figures: Figures, verdicts: Iterable[Verdict]) -> None:
    for verdict in verdicts:
        laws = ", ".join(dict.fromkeys(figures.system.equations[row].id for row in verdict.proof))
        parts = [(target, origin, value) for target, origin, value in describe(figures, verdict.move)
                 if not isinstance(target, PriorCell)]
        before = {origin: found.cells[origin] for _, origin, _ in parts if origin in found.cells}
        if not verdict.is_made:
            _doubt_moves(found, parts, f"may be {verdict.move.kind}: only {laws} speaks for it, which is too little")
            continue
        own = set(verdict.move.cells)
        for rival in verdict.rivals:
            others = [part for part in describe(figures, rival) if figures.system.index[part[1]] not in own]
            _doubt_moves(found, others, f"may be {rival.kind} too: {laws} would hold as well")
        for origin in before:
            found.cells.pop(origin)
        for target, origin, value in parts:
            old = before[origin]
            read = old.because if isinstance(old.because, Read) else Read(raw=old.shown, line=0)
            proof = f"{verdict.move.kind}; these failed before and hold to the dollar after: {laws}"
            repair = Repair(seen=f"{read.raw} at {origin}", chosen=f"{format_figure(value)} at {target}", proof=proof,
                            rejected=(f"as printed, {old.shown} at {origin}",))
            found.cells[target] = Cell(address=target, kind=old.kind, state=CellState.VALUE, value=value,
                                       because=Read(raw=read.raw, line=read.line, repair=repair))


def _doubt_moves(
    found: _Gathered, parts: Iterable[tuple[Address, Address, int]], why: str, *, about_line: bool = False
) -> None:
    """A doubt for the cell as printed, and one for the cell where the figure might belong."""
    told = {doubt.address for doubt in found.doubts}
    for target, origin, value in parts:
        cell = found.cells.get(origin)
        if cell is None or not isinstance(cell.because, Read):
            continue
        line, seen, moved = cell.because.line, cell.because.raw, f"{format_figure(value)} at {target}"
        if origin not in told:
            found.doubts.append(Doubt(address=origin, seen=seen, chosen=cell.shown, line=line, why=why,
                                      rejected=(moved,), is_about_its_line=about_line))
        if target not in {origin, *told}:
            other = found.cells.get(target)
            found.doubts.append(Doubt(address=target, seen=seen, chosen=other.shown if other else "blank", line=line,
                                      why=why, rejected=(moved,), is_about_its_line=about_line))


def _doubt_lines(found: _Gathered, figures: Figures, grids: Grids) -> None:
    """Where the print is damaged elsewhere, figures that could as well stand one line down are not sure."""
    if not any(isinstance(cell.because, Read) and cell.because.repair for cell in found.cells.values()):
        return
    cells = figures.system.cells
    parts = [(below, cell, figures.values[at]) for at, under in grids.unproved(figures)
             if isinstance(cell := cells[at], Address) and isinstance(below := cells[under], Address)]
    _doubt_moves(found, parts, "this print is damaged, and nothing tells this line from the next",
                 about_line=True)


def _flag_stamps(found: _Gathered) -> None:
    """A page of which only the stamp is there."""
    for region in found.regions:
        stamps = [line for line in region.lines if is_stamp(line.text)]
        if stamps and region.page not in found.rows:
            found.none_pages.add(region.page)
