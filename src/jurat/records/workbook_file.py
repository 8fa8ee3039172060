"""Tables as sheets of an .xlsx workbook: cells become the text that was typed, where that is sure."""

import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np
import pyarrow as pa
from openpyxl import load_workbook

from jurat.records.batch import Batch
from jurat.records.faults import Fault, Faults
from jurat.records.header import MOST_COLUMNS, fits
from jurat.records.tables import SCALE, Field, Kind, TableKind

AT_ONCE = 20_000
LARGEST = 256 * 1024**2
LARGEST_UNPACKED = 1024**3
LARGEST_PART = 256 * 1024**2
"""Of a part that is no sheet, such as the texts that sheets share."""
MOST_PARTS = 2_000
MOST_ROWS = 1_048_576
MOST_CELLS = 16_384
"""As many as a worksheet has, and a row of it."""
MOST_IN_ALL = 50_000_000
"""Cells of a sheet; one cell far to the right makes as many of its row."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SURE = 15
"""Digits that a spreadsheet keeps of a number."""
_WORDS = (Kind.ID, Kind.TEXT)
_COLOURED = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.")
_IS_NUMBER = "is kept as a number, which loses the zeros in front."
_AS_TEXT = "Format the cells as text and type them again."

Wrong = tuple[str, str]


class Book:
    """A workbook that is open, and may be read sheet by sheet."""

    def __init__(self, path: Path, file: str, faults: Faults) -> None:
        """Open a workbook; one that must not be opened is told and has no sheets."""
        self.file, self.faults = file, faults
        self._book: Any = None
        if why := _why_closed(path):
            faults.add(Fault(file=file, what=why[0], next=why[1]))
            return
        with catch_warnings():
            simplefilter("ignore")
            self._book = load_workbook(
                BytesIO(path.read_bytes()), read_only=True, data_only=False, keep_links=False
            )

    @property
    def sheets(self) -> list[str]:
        """The names of its sheets that hold cells, in the order of the workbook."""
        return [sheet.title for sheet in self._book.worksheets] if self._book else []

    def read(self, sheet: str, file: str, declared: TableKind) -> Iterator[Batch]:
        """The rows of a sheet, some at a time."""
        page = self._book[sheet]
        page.reset_dimensions()  # what a sheet says of its own size may be wrong
        with catch_warnings():
            simplefilter("ignore")
            yield from _Reading(file, declared, self.faults).batches(page.iter_rows())


def _why_closed(path: Path) -> Wrong | None:
    """Why a workbook is refused unopened; nothing if it is not."""
    if path.stat().st_size > LARGEST:
        return f"is larger than {LARGEST:,} bytes.", "Keep so many rows as CSV or Parquet."
    with path.open("rb") as opened:
        begin = opened.read(4)
    if begin == _OLE:
        return "is encrypted, or of the old .xls kind.", "Save it without a password as .xlsx."
    if begin != _ZIP:
        return "is no .xlsx workbook.", "Save it as .xlsx."
    with zipfile.ZipFile(path) as archive:
        return _why_not_unpacked(archive.infolist())


def _why_not_unpacked(parts: list[zipfile.ZipInfo]) -> Wrong | None:
    """The same, by an archive's table of contents."""
    whole = sum(part.file_size for part in parts)
    is_large = any(part.file_size > LARGEST_PART and not _is_sheet(part) for part in parts)
    if len(parts) > MOST_PARTS or whole > LARGEST_UNPACKED or is_large:
        what = f"unpacks to {whole:,} bytes in {len(parts):,} parts; it is not opened."
        return what, "Keep so many rows as CSV or Parquet."
    if any(part.flag_bits & 1 for part in parts):
        return "is encrypted.", "Save it without a password."
    if any(part.filename.endswith(("vbaProject.bin", ".xlm")) for part in parts):
        return "holds macros, which are never opened.", "Save it as .xlsx."
    return None


def _is_sheet(part: zipfile.ZipInfo) -> bool:
    """Whether a part is read row by row; the others are held whole."""
    return part.filename.startswith("xl/worksheets/")


Fields = list[Field | None]
"""By the columns of a sheet; nothing for a column that is not known."""


class _Rows:
    """Some rows of a sheet as they gather into a batch."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.texts: list[list[str]] = [[] for _ in fields]
        self.row: list[int] = []
        self.told: dict[str, list[int]] = {}
        self.lost: list[int] = []

    def batch(self) -> Batch:
        return Batch(
            columns={
                field.name: pa.array(column, pa.string())
                for field, column in zip(self.fields, self.texts, strict=True)
                if field
            },
            row=np.array(self.row, dtype=np.int64),
            told={name: np.array(places, dtype=np.int64) for name, places in self.told.items()},
            lost=np.array(self.lost, dtype=np.int64),
        )


class _Reading:
    """One sheet being read."""

    def __init__(self, file: str, declared: TableKind, faults: Faults) -> None:
        self.file, self.declared, self.faults = file, declared, faults

    def batches(self, rows: Iterator[Sequence[Any]]) -> Iterator[Batch]:
        numbered = enumerate(rows, 1)
        fields = self._header(numbered)
        if fields is None:
            return
        made, seen = _Rows(fields), 0
        for number, cells in numbered:
            seen += len(cells)
            if number > MOST_ROWS or len(cells) > MOST_CELLS or seen > MOST_IN_ALL:
                told = "Delete what stands far outside the table."
                self._tell(number, "", "is beyond what a sheet of records may hold.", told)
                break
            if all(cell.value is None or cell.value == "" for cell in cells):
                continue
            self._row(made, number, cells)
            if len(made.row) == AT_ONCE:
                yield made.batch()
                made = _Rows(fields)
        yield made.batch()

    def _row(self, made: _Rows, number: int, cells: Sequence[Any]) -> None:
        width = len(made.fields)
        if not width:
            made.lost.append(number)  # under a header that says nothing, which is told
            return
        if any(cell.value is not None for cell in cells[width:]):
            self._tell(number, "", "holds cells beyond the header.", "Delete them.")
            made.lost.append(number)
            return
        for field, texts, cell in zip_longest(made.fields, made.texts, cells[:width]):
            if field is None:
                continue
            text, wrong = _typed(cell, field)
            if wrong:
                made.told.setdefault(field.name, []).append(len(made.row))
                self._tell(number, field.name, *wrong)
            texts.append(text)
        made.row.append(number)

    def _header(self, numbered: "enumerate[Sequence[Any]]") -> Fields | None:
        """The fields of the columns; none where the header says nothing; None if there is none."""
        for _, cells in numbered:
            header = ["" if cell.value is None else str(cell.value).strip() for cell in cells]
            while header and not header[-1]:
                header.pop()
            if not header:
                continue
            if not fits(self.declared, self.file, header, self.faults):
                return []
            known = {field.name: field for field in self.declared.fields}
            return [known.get(name) for name in header[:MOST_COLUMNS]]
        first = ", ".join(field.name for field in self.declared.fields[:4])
        self._tell(0, "", "is empty.", f"Begin with a header: {first} ...")
        return None

    def _tell(self, number: int, column: str, what: str, advice: str) -> None:
        self.faults.add(Fault(file=self.file, row=number, column=column, what=what, next=advice))


def _typed(cell: Any, field: Field) -> tuple[str, Wrong | None]:  # noqa: ANN401 - an openpyxl cell
    """What stands in a cell as text, or why that is not sure."""
    value = None if cell is None else cell.value
    if value is None:
        return "", None
    if cell.data_type == "e":
        return "", (f"holds the error {value}.", "Mend it.")
    if cell.data_type == "f" or not isinstance(value, (str, int, float, date, time)):
        return "", ("is a formula; what it came to is not sure.", "Paste the values in its place.")
    if isinstance(value, (date, time)):
        return _of_date(value, field)
    if isinstance(value, (str, bool)):
        return _clean(value) if isinstance(value, str) else ("no", "yes")[value], None
    return _of_number(value, str(cell.number_format), field)


def _clean(text: str) -> str:
    """A text that Arrow can hold: signs that are half of one become a mark, which no field takes."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def _of_date(value: date | time, field: Field) -> tuple[str, Wrong | None]:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if (
        field.kind in (Kind.DATE, Kind.TEXT)
        and isinstance(value, date)
        and not isinstance(value, datetime)
    ):
        return value.isoformat(), None
    if field.kind is Kind.DATE:
        return "", (f"holds a time: {value}.", "Write the day alone, as 2012-12-31.")
    return "", (f"is kept as a date: {value}.", _AS_TEXT)


def _of_number(value: float, shown: str, field: Field) -> tuple[str, Wrong | None]:
    if field.kind in _WORDS:
        return "", (_IS_NUMBER, _AS_TEXT)
    if field.kind not in SCALE:
        return "", (f"is kept as a number: {value:.15g}.", "Write it as text.")
    if "%" in _COLOURED.sub("", shown):
        what = f"is shown as a percent and kept as {value:.15g}; which is meant is not sure."
        return "", (what, "Format it as a number, and write 5.25 for 5.25 %.")
    if not math.isfinite(value) or abs(value) >= 10**_SURE:
        return "", (f"has more digits than the {_SURE} a spreadsheet keeps.", _AS_TEXT)
    return format(Decimal(f"{value:.{_SURE}g}"), "f"), None
