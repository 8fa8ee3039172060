"""A statement from a plain table of facts: page, line, column, inset, row, kind, value."""

import csv
from pathlib import Path

from jurat.blanks import Blank
from jurat.money import Kind, parse_figure
from jurat.statement import Cell, CellState, Given, Statement
from jurat.words import TOTAL_ROW, Address, JuratError, ReadError

HEADER = ["page", "line", "column", "inset", "row", "kind", "value"]
NONE = "none"
_STATES = {"xxx": CellState.NOT_APPLICABLE, "unknown": CellState.UNKNOWN}


def read_facts(path: Path, blank: Blank) -> Statement:
    """The statement a table of facts holds.

    Raises  ReadError naming every row that cannot stand, with its number and why.
    """
    table = _table(path)
    if not table or table[0] != HEADER:
        raise ReadError(
            f"{path} does not begin with {','.join(HEADER)}.", next="Write that first row."
        )
    cells: dict[Address, Cell] = {}
    none, pages, faults = set(), set(), []
    for number, row in enumerate(table[1:], 2):
        try:
            page = _page(row, blank)
            pages.add(page)
            if row[5] == NONE:
                none.add(page)
            else:
                cell = _cell(row, f"{path.name}:{number}")
                if cell.address in cells:
                    raise ReadError(f"{cell.address} stands twice")
                cells[cell.address] = cell
        except (JuratError, ValueError, KeyError) as fault:
            faults.append(f"{path.name}:{number}: {fault}")
    company = cells.get(Address("cover", "company_name"))
    statement = Statement(
        blank=blank,
        year=_year(cells, blank),
        company=str(company.value) if company else "",
        cells=cells,
        pages=frozenset(pages),
        none_pages=frozenset(none),
    )
    faults += _strangers(statement, path.name)
    faults += _other_kinds(statement, path.name)
    if faults:
        raise ReadError("\n".join(faults), why="A figure without a place would silently be lost.")
    return statement


def year_of_facts(path: Path) -> int | None:
    """The year a table of facts says it is for, on its cover.

    Raises  ReadError when the file is no table.
    """
    years = (row[-1] for row in _table(path) if row[:2] == ["cover", "year_ended"])
    year = next(years, "")
    return int(year) if year.isdigit() else None


def _table(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise ReadError(f"{path} is not a table of facts: {fault}") from fault


def _page(row: list[str], blank: Blank) -> str:
    if len(row) != len(HEADER):
        raise ReadError(f"{len(row)} fields where {len(HEADER)} belong")
    if row[0] not in blank.pages:
        raise ReadError(f"there is no page {row[0]!r}")
    return row[0]


def _cell(row: list[str], source: str) -> Cell:
    page, line, column, inset, table_row, kind_name, text = row
    place = TOTAL_ROW if table_row == "total" else int(table_row or 0)
    address = Address(page, line, column, int(inset or 0), place)
    if kind_name in _STATES:
        return Cell(
            address=address,
            kind=Kind.MONEY,
            state=_STATES[kind_name],
            because=Given(source=source),
        )
    kind = Kind(kind_name)
    value: int | str = parse_figure(text, kind) if kind.is_figure else text
    return Cell(
        address=address, kind=kind, state=CellState.VALUE, value=value, because=Given(source=source)
    )


def _year(cells: dict[Address, Cell], blank: Blank) -> int:
    cell = cells.get(Address("cover", "year_ended"))
    return int(cell.value) if cell and str(cell.value).isdigit() else blank.year  # type: ignore[arg-type]


def _strangers(statement: Statement, name: str) -> list[str]:
    known = {slot.address for slot in statement.all_slots()}
    return [
        f"{name}: the blank has no cell {address}"
        for address in statement.cells
        if address not in known
    ]


def _other_kinds(statement: Statement, name: str) -> list[str]:
    """The form says what a cell holds; a table that says otherwise is wrong."""
    asked = {slot.address: slot for slot in statement.all_slots()}
    return [
        f"{name}: {address} holds {asked[address].kind}, not {cell.kind}"
        for address, cell in statement.cells.items()
        if address in asked
        and cell.state is CellState.VALUE
        and cell.kind is not asked[address].kind
    ]
