"""Our own data read back: the JSON of a statement, its tab-delimited tables, its Parquet table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jurat.blanks import Blank
from jurat.money import Kind
from jurat.statement import Cell, CellState, Given, Statement
from jurat.words import TOTAL_ROW, Address, JuratError, ReadError

FORMAT = "jurat statement 1"
_NEXT = "Close the folder again; the file was changed by hand."


def read_model(path: Path, blank: Blank) -> Statement:
    """The statement that a JSON of ours holds.

    Raises  ReadError naming what is not ours in the file, every cell that cannot stand at once.
    """
    data = _loaded(path)
    faults: list[str] = []
    cells: dict[Address, Cell] = {}
    for number, told in enumerate(data.get("cells", []), 1):
        try:
            cell = _cell(told, path.name)
        except (JuratError, ValueError, KeyError, TypeError) as fault:
            faults.append(f"{path.name}: cell {number}: {fault}")
            continue
        if cell.address in cells:
            faults.append(f"{path.name}: cell {number}: {cell.address} stands twice")
        cells[cell.address] = cell
    statement = Statement(
        blank=blank,
        year=int(data["year"]),
        company=str(data.get("company", "")),
        cells=cells,
        pages=frozenset(data.get("pages", ())),
        none_pages=frozenset(data.get("none_pages", ())),
    )
    known = {slot.address for slot in statement.all_slots()}
    faults += [
        f"{path.name}: the blank has no cell {address}"
        for address in cells
        if address not in known and not _names_a_line(blank, address)
    ]
    if faults:
        raise ReadError("\n".join(faults), next=_NEXT)
    return statement


def year_of_model(path: Path) -> int:
    """The year of a JSON of ours.

    Raises  ReadError when it is not ours.
    """
    return int(_loaded(path)["year"])


def _loaded(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as fault:
        raise ReadError(f"{path} is not JSON: {fault}") from fault
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ReadError(
            f"{path} is not a statement of ours.", next=f'It says "format": "{FORMAT}".'
        )
    if not isinstance(data.get("year"), int) or not isinstance(data.get("cells"), list):
        raise ReadError(f"{path} lacks its year or its cells.", next=_NEXT)
    return data


def _cell(told: dict[str, Any], source: str) -> Cell:
    address, kind, state = Address.parse(told["cell"]), Kind(told["kind"]), CellState(told["state"])
    value = told["value"]
    allowed = (int,) if kind.is_figure else (str,)
    if value is not None and (isinstance(value, bool) or not isinstance(value, allowed)):
        raise TypeError(f"{address} holds {value!r}, no {kind}")
    return Cell(address=address, kind=kind, state=state, value=value, because=Given(source=source))


def _names_a_line(blank: Blank, address: Address) -> bool:
    """Whether a cell may be the name of a write-in, which is no column of the form."""
    return address.page in blank.pages and not (address.column or address.inset or address.row)


# -- tables ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tab-delimited tables as they stand."""

    header: tuple[str, ...] = ()
    pages: tuple[str, ...]
    none_pages: frozenset[str]
    """The pages of which the table says NONE."""
    cells: Mapping[Address, str]


def read_tables(path: Path) -> Tables:
    """What every cell of the tab-delimited tables holds, by its address.

    Raises  ReadError naming every line that does not fit its table.
    """
    shown: dict[Address, str] = {}
    pages: dict[str, bool] = {}
    header: tuple[str, ...] = ()
    faults: list[str] = []
    page, columns = "", list[str]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("[X"):
            page, columns = line[6:-1].lower(), []
            pages[page] = False
        elif not page:
            header = header if line.startswith("[") else tuple(line.split("\t"))
        elif line == "NONE":
            pages[page] = True
        elif not columns:
            columns = [field.removeprefix("C") for field in line.split("\t")[3:]]
        else:
            try:
                _take_row(page, columns, line, shown)
            except (ValueError, JuratError) as fault:
                faults.append(f"{path.name}:{number} does not fit its table: {fault}")
    if faults or not pages:
        raise ReadError("\n".join(faults) or f"{path} holds no tables of ours.", next=_NEXT)
    none = frozenset(name for name, is_none in pages.items() if is_none)
    return Tables(header=header, pages=tuple(pages), none_pages=none, cells=shown)


def _take_row(page: str, columns: list[str], line: str, shown: dict[Address, str]) -> None:
    """Take the cells of a row.

    Raises  ValueError when it has other fields than its table, or a cell stands twice.
    """
    first, row, _, *fields = line.split("\t")
    if len(fields) != len(columns):
        raise ValueError(f"{len(fields)} fields of {len(columns)}")
    for column, text in zip(columns, fields, strict=True):
        address = _address(page, first, column, row)
        if text and shown.get(address):
            raise ValueError(f"{address} stands twice")
        if text or address not in shown:
            shown[address] = text


def _address(page: str, line: str, column: str, row: str) -> Address:
    place = TOTAL_ROW if row == "total" else int(row or 0)
    inset = int(column[1:]) if column.startswith("$") else 0
    return Address(page, line, "" if inset else column, inset, place)


Held = tuple[str, str, int | str | None]
"""A cell of the Parquet table: its kind, its state, its figure or text."""


def read_parquet(path: Path) -> dict[Address, Held]:
    """What every cell of the Parquet table holds.

    Raises  ReadError when it is no such table, or tells a cell twice.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path).to_pydict()
        rows = zip(*(table[name] for name in _COLUMNS), strict=True)
    except (pa.ArrowException, OSError, KeyError) as fault:
        raise ReadError(f"{path} is no Parquet table of ours: {fault}", next=_NEXT) from fault
    held: dict[Address, Held] = {}
    twice = []
    for cell, kind, state, figure, text in rows:
        address = Address.parse(cell)
        twice += [cell] if address in held else []
        held[address] = (kind, state, text if figure is None else figure)
    if twice:
        raise ReadError(f"{path.name} tells twice: {', '.join(twice)}", next=_NEXT)
    return held


_COLUMNS = ("cell", "kind", "state", "figure", "text")
