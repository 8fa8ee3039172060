"""One page of a document: its rows, its insets, its names, its questions, its strays."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from jurat.blanks import Form, RowGroup, Slot
from jurat.money import Kind
from jurat.reading.assign import NEAR, Printed, column_heads, edges_by_line, read_row
from jurat.reading.assign import Reading as RowReading
from jurat.reading.cover import read_cover
from jurat.reading.figures import read_run
from jurat.reading.gathered import Gathered
from jurat.reading.moves import Stray
from jurat.reading.pages import COVER, Region
from jurat.reading.questions import find_blocks, read_blocks
from jurat.reading.reading import Doubt
from jurat.reading.row import Row
from jurat.reading.rows import PageRows, find_rows
from jurat.statement import Cell, CellState, Read
from jurat.words import Address


def read_region(found: Gathered, region: Region, form: Form, year: int) -> None:
    """Read one page: rows with their figures, insets and names; questions; a NONE stamp."""
    if region.page == COVER:
        for cell in read_cover(region, form):
            found.cells[cell.address] = cell
        return
    asked = list(read_blocks(find_blocks(region, form), form)) if form.asks else []
    page_rows = find_rows(_without_tables(region, asked), form, year)
    found.rows[region.page] = page_rows
    found.used.rows(page_rows)
    _take_answers(found, asked, page_rows)
    pairs = [(row, slots_of(row)) for row in page_rows.rows]
    columns = _page_columns(form, pairs)
    heads = column_heads(page_rows.loose, columns)
    stretches = edges_by_line(pairs, heads)
    begun = len(found.readings)
    for row, slots in pairs:
        _read_name(found, row, heads)
        _read_one(found, row, slots, _edges_at(stretches, row), columns)
    read_here = found.readings[begun:]
    cells = _tab_cells(read_here) if page_rows.heads else {}
    for row in page_rows.heads:
        _read_stray(found, row, form, _edges_at(stretches, row), cells)
    has_figures = any(address.page == region.page for address in found.insets) or any(
        reading.options and reading.options[0].cells for reading in read_here
    )
    if page_rows.stamped and not has_figures:
        found.none_pages.add(region.page)
    elif page_rows.stamped:
        found.doubts.append(
            Doubt(
                address=None,
                seen="NONE",
                chosen="the figures printed on the page",
                line=page_rows.stamped,
                why=f"{form.title} is stamped NONE and yet holds figures",
            )
        )


def _edges_at(stretches: Sequence[tuple[int, dict[str, int]]], row: Row) -> dict[str, int]:
    """The edges of the columns where a row stands."""
    return next(edges for start, edges in reversed(stretches) if start <= row.number)


def _tab_cells(readings: Sequence[RowReading]) -> dict[int, str]:
    """Which column the tab cells of a line are, told by most of the rows that leave no doubt."""
    seen: dict[int, Counter[str]] = {}
    for reading in readings:
        for address, printed in reading.options[0].cells if not reading.is_repaired else ():
            for part in reading.row.fields:
                if part.line == printed.line and part.start <= printed.column < part.end:
                    seen.setdefault(part.cell, Counter())[address.column] += 1
    return {cell: columns.most_common(1)[0][0] for cell, columns in seen.items()}


def _read_stray(
    found: Gathered, row: Row, form: Form, edges: dict[str, int], cells: dict[int, str]
) -> None:
    """Figures beside a head: by their columns they belong somewhere below it."""
    slots = [
        Slot(Address(form.name, row.id, c.number), c.kind, "")
        for c in form.declared.columns
        if c.kind.is_figure
    ]
    kinds = tuple(dict.fromkeys(slot.kind for slot in slots))
    for part in row.fields:
        columns = (
            [cells[part.cell]]
            if row.has_tabs and part.cell in cells
            else [column for column, edge in edges.items() if abs(edge - part.end) <= NEAR]
        )
        columns = [slots[0].address.column] if len(slots) == 1 else columns
        run = read_run(part.text, kinds)
        if len(columns) == 1 and len(run.readings) == 1 and len(run.readings[0]) == 1:
            token = run.readings[0][0]
            printed = Printed(
                token, part.line, part.start + token.start, part.start + token.end, None, part.text
            )
            if token.value is not None:
                found.strays.append(
                    (Stray(form.name, row.number, columns[0], token.value), printed)
                )


def _without_tables(region: Region, answers: Sequence[Cell]) -> Region:
    """A page without the rows of its tables, which are no lines of the form."""
    taken = {
        cell.because.line
        for cell in answers
        if cell.address.row > 0 and isinstance(cell.because, Read)
    }
    lines = tuple(line for line in region.lines if line.number not in taken)
    return replace(region, lines=lines)


def _take_answers(found: Gathered, answers: Sequence[Cell], page_rows: PageRows) -> None:
    """Answers and rows of tables, but where a line of the form holds figures of its own."""
    taken = {row.id for row in page_rows.rows if row.line and row.line.has_figures}
    for cell in answers:
        if cell.address.line not in taken or cell.address.row:
            found.cells[cell.address] = cell
            if isinstance(cell.because, Read) and cell.because.raw:
                found.used.raw(cell.because.line, cell.because.raw)


def slots_of(row: Row) -> list[Slot]:
    """The figure cells of a row in column order; XXX cells are places too."""
    if row.group is not None:
        return [slot for slot in row.group.slots(row.key) if slot.kind.is_figure]
    if row.line is None:
        return []
    return [slot for slot in row.line.slots if slot.kind.is_figure and not slot.address.inset]


def _read_one(
    found: Gathered, row: Row, slots: list[Slot], edges: dict[str, int], columns: Sequence[str]
) -> None:
    _read_row_insets(found, row)
    fields = [f for f in row.fields if f.text.strip()]
    if not slots:
        return
    reading = read_row(row, slots, edges, _columns_of(row, columns))
    broken = row.leftover[1]
    if broken or (fields and not reading.options):
        _leave_unread(found, row, slots, f"{broken} {reading.seen}".strip())
        return
    found.readings.append(reading)


def _leave_unread(found: Gathered, row: Row, slots: list[Slot], seen: str) -> None:
    """A row whose print is no row of figures stays unread, with a doubt for each of its cells."""
    why = "what stands beside the caption is no row of figures for its columns"
    for slot in slots:
        if slot.is_xxx:
            continue
        doubt = Doubt(address=slot.address, seen=seen, chosen="unread", line=row.number, why=why)
        found.doubts.append(doubt)
        found.cells[slot.address] = Cell(
            address=slot.address,
            kind=slot.kind,
            state=CellState.UNREAD,
            because=Read(raw=seen, line=row.number),
        )


def _columns_of(row: Row, columns: Sequence[str]) -> list[str]:
    """The columns that a row's tab cells stand for: the page's, or those of the table it is in."""
    if row.group is not None:
        return [
            c.number
            for c in row.group.columns
            if c.number != row.group.text_column and c.kind.is_figure
        ]
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


def _read_name(found: Gathered, row: Row, heads: Sequence[tuple[int, dict[str, float]]]) -> None:
    """The filer's own words: a write-in's name, or the text columns of a row."""
    if row.group is not None and row.has_words_apart:
        middles = next((m for line, m in reversed(heads) if line <= row.number), {})
        for column, words in _words_by_column(row, row.group, middles).items():
            _keep_words(found, row, Address(row.group.page, row.id, column), words)
    elif row.group is not None and row.group.text_column:
        _keep_words(found, row, Address(row.group.page, row.id, row.group.text_column), row.name)
    else:
        page = row.group.page if row.group else row.line.page if row.line else ""
        _keep_words(found, row, Address(page, row.id), row.name)


def _words_by_column(row: Row, group: RowGroup, middles: dict[str, float]) -> dict[str, str]:
    """The filer's own words in each column, by tabs or by the heads they stand under."""
    columns = [column.number for column in group.columns if column.kind is Kind.TEXT]
    if row.has_tabs:
        pieces = row.text[row.label_end :].removeprefix("\t").split("\t")
        return dict(zip(columns, (" ".join(piece.split()) for piece in pieces), strict=False))
    found = dict.fromkeys(columns, "")
    for piece in re.finditer(r"[^\s.]\S*(?: \S+)*", row.text[row.label_end :]):
        _, start = row.place(row.label_end + piece.start())
        right = [column for column in columns if middles.get(column, 0.0) >= start]
        column = right[0] if right else columns[-1] if middles else columns[0]
        found[column] = f"{found[column]} {piece[0]}".strip().rstrip(" .")
    return found


def _keep_words(found: Gathered, row: Row, address: Address, words: str) -> None:
    if words:
        found.cells[address] = Cell(
            address=address,
            kind=Kind.TEXT,
            state=CellState.VALUE,
            value=words,
            because=Read(raw=words, line=row.number),
        )


def _read_row_insets(found: Gathered, row: Row) -> None:
    if row.line is None or row.match is None:
        return
    insets = [slot for slot in row.line.slots if slot.address.inset]
    for slot, (start, end) in zip(insets, row.match.insets, strict=False):
        text = row.text[start:end]
        line, column = row.place(start)
        if not slot.kind.is_figure:
            if text.strip(" ._\t"):
                found.cells[slot.address] = Cell(
                    address=slot.address,
                    kind=slot.kind,
                    state=CellState.VALUE,
                    value=text.strip(),
                    because=Read(raw=text, line=line),
                )
            continue
        run = read_run(text, (slot.kind,))
        if run.readings and run.readings[0] and run.readings[0][0].value is not None:
            found.insets[slot.address] = (run.readings[0][0].value, text.strip(), line)
            found.used.span(line, column, column + len(text))
    if row.line.columns and row.line.columns[0].kind is Kind.TEXT and row.line.caption:
        address = Address(row.line.page, row.id, row.line.columns[0].number)
        words = " ".join(row.text[row.label_end : row.match.end].split()).rstrip(" .")
        if words and row.line.slot(address.column):
            found.cells[address] = Cell(
                address=address,
                kind=row.line.columns[0].kind,
                state=CellState.VALUE,
                value=words,
                because=Read(raw=words, line=row.number),
            )
