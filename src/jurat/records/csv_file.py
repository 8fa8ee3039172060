"""A table as CSV: UTF-8, commas, RFC 4180, a header; every field is text."""

import csv
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import TextIO

import numpy as np
import pyarrow as pa

from jurat.records.batch import Batch
from jurat.records.faults import Fault, Faults
from jurat.records.header import fits
from jurat.records.table import Whole
from jurat.records.tables import TableKind

AT_ONCE = 50_000
"""Rows held as Python's own texts at a time."""
MOST_ROWS = 50_000_000
LARGEST = 16 * 1024**3
LONGEST = 100_000
"""Characters of a field; a quotation mark that is never closed would swallow the file."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
Record = tuple[int, list[str]]


def read_csv(path: Path, file: str, declared: TableKind, faults: Faults) -> Iterator[Batch]:
    """The rows of a CSV file, some at a time, with their numbers as a spreadsheet counts them."""
    if path.stat().st_size > LARGEST:
        told = f"Part it into files of less than {LARGEST // 1024**3} GiB."
        faults.add(Fault(file=file, what="is larger than any file of records.", next=told))
        return
    with path.open("rb") as opened:
        if opened.read(2) in _UTF16:
            what = "is text of two bytes a sign, and not UTF-8."
            faults.add(Fault(file=file, what=what, next="Save it as CSV UTF-8."))
            return
    # A byte that is no UTF-8 passes as half a sign, and is told with its row and column.
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        yield from _Reading(file, declared, faults).batches(text)


class _Reading:
    """One CSV file being read."""

    def __init__(self, file: str, declared: TableKind, faults: Faults) -> None:
        self.file, self.declared, self.faults = file, declared, faults
        self.lost: list[int] = []

    def batches(self, text: TextIO) -> Iterator[Batch]:
        """All batches; the header is the first row that is not empty."""
        records = self._records(text)
        header: list[str] = []
        for _, fields in records:
            header = [_sound(field).strip() for field in fields]
            break
        else:
            first = ",".join(field.name for field in self.declared.fields[:4])
            self._tell(0, "is empty.", f"Begin with a header: {first} ...")
        width = len(header)
        while width and not header[width - 1]:
            width -= 1
        if not width or not fits(self.declared, self.file, header[:width], self.faults):
            yield self._batch([], [], header[:0])
            return
        known = {field.name for field in self.declared.fields}
        names = [name if name in known else "" for name in header[:width]]
        numbers: list[int] = []
        rows: list[list[str]] = []
        for number, fields in records:
            if len(fields) != width and not self._mended(fields, width):
                self.lost.append(number)
                told = "Put a field with a comma in double quotes."
                self._tell(number, f"{len(fields)} fields where {width} belong.", told)
                continue
            numbers.append(number)
            rows.append(fields)
            if len(rows) == AT_ONCE:
                yield self._batch(numbers, rows, names)
                numbers, rows = [], []
        yield self._batch(numbers, rows, names)

    def _records(self, text: TextIO) -> Iterator[Record]:
        """Every row that is not empty; what is no row of CSV is told and lost."""
        csv.field_size_limit(LONGEST)
        reader = csv.reader(text, strict=True)
        number = 0
        while number < MOST_ROWS:
            number += 1
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                self.lost.append(number)
                told = 'Put a field with a quote in double quotes, and write the quote twice: "a ""b"" c".'
                self._tell(number, f"is not CSV: {fault}.", told)
                continue
            if any(fields) and any(map(str.strip, fields)):
                yield number, fields
        self._tell(
            number, f"there are more than {MOST_ROWS:,} rows.", "Part it into several files."
        )

    @staticmethod
    def _mended(fields: list[str], width: int) -> bool:
        """Take away the empty fields that spreadsheets put behind a row."""
        while len(fields) > width and not fields[-1].strip():
            fields.pop()
        return len(fields) == width

    def _tell(self, number: int, what: str, advice: str, column: str = "") -> None:
        fault = Fault(file=self.file, row=number, column=column, what=what, next=advice)
        self.faults.add(fault)

    def _batch(self, numbers: list[int], rows: list[list[str]], names: list[str]) -> Batch:
        lost, self.lost = self.lost, []
        told: dict[str, Whole] = {}
        columns = zip(*rows, strict=True) if rows else repeat((), len(names))
        made = {}
        for name, column in zip(names, columns, strict=True):
            if not name:
                continue
            try:
                made[name] = pa.array(column, pa.string())
            except UnicodeEncodeError:
                made[name] = pa.array([_sound(text) for text in column], pa.string())
                wrong = [place for place, text in enumerate(column) if text != _sound(text)]
                told[name] = np.array(wrong, dtype=np.int64)
                for place in wrong:
                    what, advice = "holds bytes that are not UTF-8 text.", "Save it as CSV UTF-8."
                    self._tell(numbers[place], what, advice, name)
        return Batch(
            columns=made,
            row=np.array(numbers, dtype=np.int64),
            told=told,
            lost=np.array(lost, dtype=np.int64),
        )


def _sound(text: str) -> str:
    """A text without the bytes that are no UTF-8."""
    return text if text.isascii() else text.encode(errors="replace").decode()
