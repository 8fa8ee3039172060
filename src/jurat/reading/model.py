"""Our own data read back: the JSON of a statement, its tab-delimited tables, its Parquet table."""

import json
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


def read_tables(path: Path) -> dict[Address, str]:
    """What every cell of the tab-delimited tables holds, by its address.

    Raises  ReadError naming the line that does not fit its table.
    """
    shown: dict[Address, str] = {}
    page, columns = "", list[str]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("[X"):
            page, columns = line[6:-1].lower(), []
        elif not page or line == "NONE":
            continue
        elif not columns:
            columns = [field.removeprefix("C") for field in line.split("\t")[3:]]
        else:
            first, row, _, *fields = line.split("\t")
            if len(fields) != len(columns):
                raise ReadError(f"{path}:{number} has {len(fields)} fields of {len(columns)}.")
            for column, text in zip(columns, fields, strict=True):
                address = _address(page, first, column, row)
                if text or address not in shown:
                    shown[address] = text
    return shown


def _address(page: str, line: str, column: str, row: str) -> Address:
    place = TOTAL_ROW if row == "total" else int(row or 0)
    inset = int(column[1:]) if column.startswith("$") else 0
    return Address(page, line, "" if inset else column, inset, place)


def read_parquet(path: Path) -> dict[Address, int | str | None] | None:
    """What every cell of the Parquet table holds; nothing without pyarrow."""
    try:
        import pyarrow.parquet as pq
    except ImportError:
        return None
    table = pq.read_table(path).to_pydict()
    rows = zip(table["cell"], table["figure"], table["text"], strict=True)
    return {Address.parse(cell): text if figure is None else figure for cell, figure, text in rows}
