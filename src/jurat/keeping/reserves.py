"""`reserves.csv`: what the actuary values, by section and valuation basis of Exhibit 3."""

from collections.abc import Iterator
from pathlib import Path

from jurat.blanks import Role, RowGroup
from jurat.keeping.entries import Asked, Entry, cell_given
from jurat.keeping.faults import Faults
from jurat.keeping.tables import Row, rows_of

NAME = "reserves.csv"
PAGE = "exhibit3"
REQUIRED = ("section", "basis", "ordinary", "group")
OPTIONAL = ("source", "note")
COLUMNS = (*REQUIRED, *OPTIONAL)


def reserves_of(folder: Path, asked: Asked, faults: Faults) -> Iterator[Entry]:
    """Exhibit 3 by valuation basis, numbered within each section in the order of the rows."""
    path = folder / NAME
    if not path.exists() or PAGE not in asked.blank.pages:
        return
    groups = {group.id: group for group in asked.groups[PAGE]}
    lines = asked.blank.pages[PAGE].lines
    names = {line.name: line.group for line in lines if line.role is Role.TOTAL and line.group}
    count: dict[str, int] = {}
    seen: dict[tuple[str, ...], str] = {}
    for row in rows_of(path, NAME, REQUIRED, OPTIONAL, faults):
        section = names.get(row["section"], row["section"])
        if section not in groups:
            told = ", ".join(sorted({*groups, *names}))
            faults.add(
                row.at("section"), f"{row['section'][:40]!r} is no section.", f"Sections: {told}."
            )
            continue
        if not row["basis"]:
            faults.add(row.at("basis"), "a reserve needs its valuation basis.")
        same = tuple(row.fields.values())
        if same in seen:
            faults.add(row.where, f"says the same as {seen[same]}.", "Take one out.")
        seen.setdefault(same, row.where)
        count[section] = count.get(section, 0) + 1
        yield from _reserve(row, groups[section], count[section], asked)


def _reserve(row: Row, group: RowGroup, key: int, asked: Asked) -> Iterator[Entry]:
    numbers = {column.name: column.number for column in group.columns}
    for name in ("basis", "ordinary", "group"):
        if row[name]:
            address = group.address(key, numbers[name])
            cell = cell_given(asked, address, row[name], row.told, row.at(name))
            if cell:
                yield Entry(cell=cell, where=row.where)
