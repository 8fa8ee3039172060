"""Tables of a folder: CSV as text, never guessed, every row with its place."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jurat.keeping.faults import Faults
from jurat.words import nearest


@dataclass(frozen=True, slots=True)
class Row:
    """One row as written: its fields by column, and where it stands."""

    where: str
    fields: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """A field, empty where the table has no such column."""
        return self.fields.get(column, "")

    def at(self, column: str) -> str:
        """The place of one field."""
        return f"{self.where}, column {column}"


def rows_of(
    path: Path, name: str, required: Sequence[str], optional: Sequence[str], faults: Faults
) -> Iterator[Row]:
    """The rows of a CSV table with a header; faults name the file and row.

    `name` is what the folder calls the file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        faults.add(name, f"cannot be read as UTF-8 text: {fault}.")
        return
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header: list[str] | None = None
    try:
        for fields in reader:
            where = f"{name}:{reader.line_num}"
            if not any(field.strip() for field in fields):
                continue
            if header is None:
                header = [field.strip() for field in fields]
                if not _fits(header, where, required, optional, faults):
                    return
            elif len(fields) != len(header):
                faults.add(
                    where,
                    f"{len(fields)} fields where {len(header)} belong.",
                    "Put a field with a comma in double quotes.",
                )
            else:
                values = (field.strip() for field in fields)
                yield Row(where, dict(zip(header, values, strict=True)))
    except csv.Error as fault:
        faults.add(f"{name}:{reader.line_num}", f"is not CSV: {fault}.")
    if header is None:
        faults.add(name, "is empty.", f"Begin with {','.join(required)}.")


def _fits(
    header: list[str], where: str, required: Sequence[str], optional: Sequence[str], faults: Faults
) -> bool:
    known = [*required, *optional]
    missing = [column for column in required if column not in header]
    unknown = [column for column in header if column not in known]
    twice = sorted({column for column in header if header.count(column) > 1})
    for column in unknown:
        meant = nearest(column, known, 1)
        faults.add(
            where, f"there is no column {column!r}.", f"Did you mean {meant[0]}?" if meant else ""
        )
    if missing:
        faults.add(
            where, f"the header lacks {', '.join(missing)}.", f"Columns: {', '.join(known)}."
        )
    if twice:
        faults.add(where, f"the header names {', '.join(twice)} twice.")
    return not (missing or unknown or twice)
