"""Last year's statement, from which a year begins: read, held against its other sources, made exact."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jurat.keeping import Books, Faults
from jurat.money import LARGEST, Kind, to_dollars
from jurat.reading import Reading, read
from jurat.records import HOME as RECORDS
from jurat.statement import Cell, CellState, Given, Statement
from jurat.statement.carry import on_form
from jurat.words import Address, JuratError


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell of last year's statement that two sources of it tell differently."""

    address: Address
    kept: Cell
    filed: Cell
    source: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Opening:
    """Last year's statement, and where its sources disagree."""

    statement: Statement
    source: str
    differences: tuple[Difference, ...] = ()


def read_opening(folder: Path, books: Books, faults: Faults) -> Opening | None:
    """Last year's statement from `opening/`; every further document is held against the first."""
    place = folder / "opening"
    files = sorted(p for p in place.glob("*") if p.is_file() and not p.name.startswith("."))
    files.sort(key=lambda path: path.suffix != ".json")  # our own closing before what was filed
    if not files:
        return None
    readings = {
        path.name: reading for path in files if (reading := _of_last_year(path, books, faults))
    }
    if not readings:
        return None
    first, *others = readings
    differences = [
        difference
        for name in others
        for difference in _differences(readings[first], readings[name], name)
    ]
    return Opening(
        statement=readings[first].statement,
        source=f"opening/{first}",
        differences=tuple(differences),
    )


def _of_last_year(path: Path, books: Books, faults: Faults) -> Reading | None:
    """One document of last year; nothing, and a fault, where it is none or cannot be read."""
    name, before = f"opening/{path.name}", books.company.year - 1
    try:
        filed = read(path)
        reading = replace(filed, statement=on_form(filed.statement, books.blank))
    except JuratError as fault:
        for told in fault.what.replace(f"{path}", path.name).splitlines():
            row = re.match(rf"{re.escape(path.name)}:(\d+): ", told)
            faults.add(f"{name}:{row[1]}" if row else name, told[row.end() if row else 0 :])
        return None
    statement = reading.statement
    if statement.year != before:
        faults.add(name, f"is of {statement.year}; the statement of {before} belongs there.")
    for cell in statement.cells.values():
        if cell.kind is Kind.MONEY and abs(cell.figure) > LARGEST:
            told = f"{cell.address} holds {cell.shown}, beyond a million million dollars."
            faults.add(name, told, "Mend the document, or put a table of facts there.")
    return reading


def _differences(kept: Reading, filed: Reading, name: str) -> Iterator[Difference]:
    ours, theirs = kept.statement, filed.statement
    for address in sorted({*ours.cells, *theirs.cells}):
        one, other = ours.cells.get(address), theirs.cells.get(address)
        figures = [cell.figure if cell else 0 for cell in (one, other)]
        texts = [
            cell.value if cell and isinstance(cell.value, str) else "" for cell in (one, other)
        ]
        if figures[0] != figures[1] or texts[0] != texts[1]:
            yield Difference(
                address=address, kept=ours[address], filed=theirs[address], source=f"opening/{name}"
            )


def to_the_cent(opening: Opening, closings: Mapping[Address, int]) -> Opening:
    """Last year's closing lines with the cents that the records have of them.

    Units   exact money.

    Where the records round to other dollars the statement stands, and the difference is told.
    """
    statement, cells, differences = opening.statement, [], list(opening.differences)
    for address, exact in closings.items():
        if address.page not in statement.pages:
            continue
        kept = statement[address]
        if to_dollars(exact) == kept.figure:
            cells.append(replace(kept, exact=exact, value=kept.figure, state=CellState.VALUE))
        else:
            because = Given(source="the records")
            filed = replace(kept, value=to_dollars(exact), state=CellState.VALUE, because=because)
            differences.append(Difference(address=address, kept=kept, filed=filed, source=RECORDS))
    return replace(opening, statement=statement.replaced(cells), differences=tuple(differences))
