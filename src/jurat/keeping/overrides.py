"""`overrides.csv`: figures set by hand, each with its reason, who set it, and until when."""

from datetime import date
from pathlib import Path

from jurat.keeping.entries import Asked, cell_given
from jurat.keeping.faults import Faults
from jurat.keeping.tables import Row, rows_of
from jurat.statement import Cell, Overridden
from jurat.words import Address, UsageError

NAME = "overrides.csv"
COLUMNS = ("cell", "amount", "reason", "who", "expires")


def read_overrides(folder: Path, asked: Asked, faults: Faults) -> dict[Address, Cell]:
    """The overrides of a folder, by cell; none where there is no such file."""
    path = folder / NAME
    if not path.exists():
        return {}
    found: dict[Address, Cell] = {}
    for row in rows_of(path, NAME, COLUMNS, (), faults):
        cell = _override(row, asked, faults)
        if cell and cell.address in found:
            faults.add(row.where, f"{cell.address} is overridden a second time.")
        elif cell:
            found[cell.address] = cell
    return found


def _override(row: Row, asked: Asked, faults: Faults) -> Cell | None:
    for column in ("reason", "who", "expires"):
        if not row[column]:
            faults.add(row.at(column), "an override needs it.")
    try:
        date.fromisoformat(row["expires"])
        address = Address.parse(row["cell"])
    except UsageError as fault:
        faults.add(row.at("cell"), fault.what, fault.next)
        return None
    except ValueError:
        if row["expires"]:
            faults.add(row.at("expires"), f"{row['expires']!r} is no date.", "Write 2013-12-31.")
        return None
    cell = cell_given(asked, address, row["amount"], row.where, row.at("amount"))
    if cell is None:
        return None
    because = Overridden(
        reason=row["reason"], who=row["who"], expires=row["expires"], source=row.where
    )
    return Cell(
        address=cell.address, kind=cell.kind, state=cell.state, value=cell.value, because=because
    )


def expired(overrides: dict[Address, Cell], today: date) -> list[Cell]:
    """The overrides whose day has passed."""
    return [
        cell
        for cell in overrides.values()
        if isinstance(cell.because, Overridden) and date.fromisoformat(cell.because.expires) < today
    ]
