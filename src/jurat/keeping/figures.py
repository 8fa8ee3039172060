"""`inputs/`: the figures that no page computes, in tables: the first by hand, the others accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jurat.keeping.entries import Asked, Entry, cell_given, cell_taken_out
from jurat.keeping.faults import Faults
from jurat.keeping.tables import Row, rows_of
from jurat.words import Address

HOME = "inputs"
REQUIRED = ("page", "line", "column", "amount")
OPTIONAL = ("source", "note", "row", "was")
COLUMNS = (*REQUIRED, "source", "note")
DIGITS = 12
"""Of a content's digest, so many in the name of its batch."""

_BATCH = re.compile(rf"(?P<number>[0-9]{{4,9}})-(?P<stem>.+)-(?P<digest>[0-9a-f]{{{DIGITS}}})\.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A table of figures in the folder."""

    path: Path
    number: int = 0
    """Of an accepted batch; 0 for a table kept by hand."""
    digest: str = ""

    @property
    def name(self) -> str:
        """What the folder calls it."""
        return f"{HOME}/{self.path.name}"


def input_files(folder: Path) -> list[InputFile]:
    """The tables of figures: those kept by hand by name, then batches in the order accepted."""
    found = []
    for path in sorted((folder / HOME).glob("*.csv")):
        match = _BATCH.fullmatch(path.name)
        told = {"number": int(match["number"]), "digest": match["digest"]} if match else {}
        found.append(InputFile(path=path, **told))  # type: ignore[arg-type]
    return sorted(found, key=lambda file: (file.number, file.path.name))


def figures_of(folder: Path, asked: Asked, faults: Faults) -> Iterator[Entry]:
    """The figures of all tables, in their order."""
    files = input_files(folder)
    _unbroken(files, faults)
    for file in files:
        for row in rows_of(file.path, file.name, REQUIRED, OPTIONAL, faults):
            yield from _figure(row, asked, faults)


def _unbroken(files: list[InputFile], faults: Faults) -> None:
    """Batches are only ever added: none is missing, and none has changed since."""
    numbers = [file.number for file in files if file.number]
    for number in range(1, max(numbers, default=0) + 1):
        if numbers.count(number) != 1:
            told = "is missing" if number not in numbers else "is there twice"
            faults.add(
                f"{HOME}/{number:04}-", f"batch {number} {told}.", "Bring back what was accepted."
            )
    for file in files:
        if file.number and not _digest(file).startswith(file.digest):
            faults.add(
                file.name,
                "is not what was accepted under this name.",
                "Bring it back; changes go into a new table with a column `was`: jurat accept.",
            )


def _digest(file: InputFile) -> str:
    try:
        return sha256(file.path.read_bytes()).hexdigest()
    except OSError:
        return file.digest  # that it cannot be read is told with its rows


def _figure(row: Row, asked: Asked, faults: Faults) -> Iterator[Entry]:
    """The entry of a row; a row without an amount is left open, or takes out what it says was there."""
    try:
        address = place_of(row["page"], row["line"], row["column"], row["row"])
    except ValueError as fault:
        faults.add(row.where, f"{fault}.", "Write columns as 1, 2 or $1, rows as 1, 2.")
        return
    where = row.at("amount") if asked.kind(address) else row.where
    if row["amount"]:
        cell = cell_given(asked, address, row["amount"], row.told, where)
    else:
        cell = cell_taken_out(asked, address, row.told, where)
    if cell and (row["amount"] or row["was"]):
        yield Entry(cell=cell, where=row.where, was=row["was"])


def place_of(page: str, line: str, column: str, row: str = "") -> Address:
    """The address that the columns of a table name; `$1` is the first blank of a caption.

    Raises  ValueError when the column or the row is none.

    >>> str(place_of("nii", "(a)", "$2"))
    'nii:(a):$2'
    """
    inset = column.removeprefix("$") if column.startswith("$") else "0"
    for words, text in (("blank of a caption", inset), ("row", row or "0")):
        if not (text.isascii() and text.isdecimal() and len(text) <= 6):
            raise ValueError(f"{text[:40]!r} is no {words}")
    if ":" in line or "\n" in line:
        raise ValueError(f"{line[:40]!r} is no line")
    return Address(page, line, "" if column.startswith("$") else column, int(inset), int(row or 0))
