"""Tables of a folder: CSV as text, never guessed, every row with its place."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    @property
    def told(self) -> str:
        """Where the row stands and what it says of where it is from."""
        told = "; ".join(text for text in (self["source"], self["note"]) if text)
        return f"{self.where} ({told})" if told else self.where


def rows_of(
    path: Path, name: str, required: Sequence[str], optional: Sequence[str], faults: Faults
) -> Iterator[Row]:
    """The rows of a CSV table with a header; faults name the file and row.

    `name` is what the folder calls the file.
    """
    header: list[str] | None = None
    width = 0
    for number, fields in _fields(path, name, faults):
        where = f"{name}:{number}"
        if header is None:
            header, width = _without_empty_end(fields, 0), len(fields)
            if not _fits(header, where, required, optional, faults):
                return
            continue
        if len(fields) == width:  # a column that the header too leaves empty is none
            fields = _without_empty_end(fields, len(header))
        if len(fields) != len(header):
            faults.add(
                where,
                f"{len(fields)} fields where {len(header)} belong.",
                "Put a field with a comma in double quotes.",
            )
        else:
            yield Row(where, dict(zip(header, fields, strict=True)))
    if header is None and not any(told.startswith(f"{name}:") for told in faults.told):
        faults.add(name, "is empty.", f"Begin with {','.join(required)}.")


def table_text(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def _fields(path: Path, name: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """The fields of each row that is not empty, with the number of its line."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        faults.add(name, f"cannot be read as UTF-8 text: {fault}.", "Save it as CSV UTF-8.")
        return
    if "\0" in text:
        faults.add(name, "holds bytes of zero; it is no text.", "Save it as CSV UTF-8.")
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        try:
            fields = [field.strip() for field in next(reader)]
        except StopIteration:
            return
        except csv.Error as fault:
            faults.add(
                f"{name}:{reader.line_num}",
                f"is not CSV: {fault}.",
                'Put a field with a quote in double quotes, and write the quote twice: "a ""b"" c".',
            )
            continue
        if any(fields):
            yield reader.line_num, fields


def _without_empty_end(fields: list[str], least: int) -> list[str]:
    """Fields without the empty columns that spreadsheets put behind a table."""
    end = len(fields)
    while end > least and not fields[end - 1]:
        end -= 1
    return fields[:end]


def _fits(
    header: list[str], where: str, required: Sequence[str], optional: Sequence[str], faults: Faults
) -> bool:
    known = [*required, *optional]
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        faults.add(where, "the columns are not parted by commas.", f"Write {','.join(required)}.")
        return False
    missing = [column for column in required if column not in header]
    unknown = [column for column in header if column not in known]
    twice = sorted({column for column in header if header.count(column) > 1})
    for column in unknown:
        meant = nearest(column, known, 1)
        advice = f"Did you mean {meant[0]}?" if meant else f"Columns: {', '.join(known)}."
        faults.add(where, f"there is no column {column[:40]!r}.", advice)
    if missing:
        faults.add(
            where, f"the header lacks {', '.join(missing)}.", f"Columns: {', '.join(known)}."
        )
    if twice:
        faults.add(where, f"the header names {', '.join(c[:40] for c in twice)} twice.")
    return not (missing or unknown or twice)
