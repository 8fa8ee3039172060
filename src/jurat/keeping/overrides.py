"""`overrides.csv`: figures set by hand, each with its reason, who set it, and until when."""

from dataclasses import replace
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
    for column in ("amount", "reason", "who", "expires"):
        if not row[column]:
            faults.add(row.at(column), "an override needs it.")
    if row["expires"] and not is_date(row["expires"]):
        faults.add(row.at("expires"), f"{row['expires'][:40]!r} is no date.", "Write 2013-12-31.")
    try:
        address = Address.parse(row["cell"])
    except UsageError as fault:
        faults.add(row.at("cell"), fault.what, fault.next)
        return None
    except ValueError:
        faults.add(row.at("cell"), f"{row['cell'][:40]!r} is not an address.")
        return None
    where = row.at("amount" if asked.kind(address) else "cell")
    cell = cell_given(asked, address, row["amount"], row.where, where) if row["amount"] else None
    if cell is None:
        return None
    because = Overridden(
        reason=row["reason"], who=row["who"], expires=row["expires"], source=row.where
    )
    return replace(cell, because=because)


def is_date(text: str) -> bool:
    """Whether a text is a day, as 2013-12-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def expired(overrides: dict[Address, Cell], today: date) -> list[Cell]:
    """The overrides whose day has passed."""
    return [
        cell
        for cell in overrides.values()
        if isinstance(cell.because, Overridden) and date.fromisoformat(cell.because.expires) < today
    ]
