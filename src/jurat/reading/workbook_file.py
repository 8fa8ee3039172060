"""An .xlsx file as sheets of cells: what is typed in each, formulas as formulas; bombs refused unopened."""

import re
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string
from openpyxl.workbook import Workbook

from jurat.words import ReadError

LARGEST = 64 * 1024 * 1024
LARGEST_UNPACKED = 96 * 1024 * 1024
LARGEST_PART = 32 * 1024 * 1024
MOST_PARTS = 2_000
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 60_000, 1_000, 500_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_TARGET = re.compile(r"=?(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})")

Typed = int | float | str | bool | None


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A worksheet cell: the sheet's name, row and column from one, as its own program counts them."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        """As a formula of another sheet writes it.

        >>> str(Place("Exhibit 3", 12, 4))
        "'Exhibit 3'!D12"
        """
        quoted = (
            self.sheet
            if re.fullmatch(r"[A-Za-z_]\w*", self.sheet)
            else f"'{self.sheet.replace(chr(39), chr(39) * 2)}'"
        )
        return f"{quoted}!{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a worksheet cell, and how it is shown."""

    typed: Typed
    number_format: str = "General"

    @property
    def is_formula(self) -> bool:
        """Whether it is to be computed."""
        return isinstance(self.typed, str) and self.typed.startswith("=")


@dataclass(frozen=True, kw_only=True)
class WorkbookFile:
    """The sheets of a workbook in their order, and its defined names."""

    name: str
    sheets: dict[str, dict[tuple[int, int], Entry]] = field(repr=False)
    names: dict[str, Place | None] = field(repr=False)
    """Each name with its cell; None where the cell it named is gone, or it names no single cell."""

    def entry(self, place: Place) -> Entry | None:
        """What stands at a place; nothing for an empty cell."""
        return self.sheets.get(place.sheet, {}).get((place.row, place.column))

    @cached_property
    def rows(self) -> dict[str, dict[int, dict[int, Entry]]]:
        """The rows of each sheet that hold anything, from the top; their cells from the left."""
        found: dict[str, dict[int, dict[int, Entry]]] = {}
        for sheet, cells in self.sheets.items():
            rows = found.setdefault(sheet, {})
            for row, column in sorted(cells):
                rows.setdefault(row, {})[column] = cells[row, column]
        return found


def open_workbook(source: Path | bytes, name: str = "", *, values: bool = False) -> WorkbookFile:
    """Open an .xlsx workbook: formulas as they are written, or with `values` what they last came to.

    Raises  ReadError for a file that is no .xlsx workbook, is encrypted or broken, holds macros, or is
            larger than any statement.
    """
    raw, name = _bytes(source, name)
    _refuse(raw, name)
    try:
        with catch_warnings():
            simplefilter("ignore")
            book = load_workbook(BytesIO(raw), read_only=True, data_only=values, keep_links=False)
            return WorkbookFile(name=name, sheets=_sheets(book, name), names=_names(book))
    except ReadError:
        raise
    except Exception as fault:  # a broken part may fail anywhere in the library
        raise ReadError(
            f"{name} is a broken workbook: {type(fault).__name__}: {str(fault)[:200]}",
            next="Open it in its own program and save it again as .xlsx.",
        ) from fault


def _bytes(source: Path | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name or "the workbook"
    try:
        if not source.is_file():
            raise ReadError(f"{source} is not a file.", next="Give the path of a workbook.")
        if source.stat().st_size > LARGEST:
            raise ReadError(
                f"{source} holds more than {LARGEST:,} bytes.", why="No statement does."
            )
        return source.read_bytes(), name or source.name
    except OSError as fault:
        raise ReadError(f"{source} cannot be opened: {fault.strerror}.") from fault


def _refuse(raw: bytes, name: str) -> None:
    """Look at the archive's table of contents only: nothing is unpacked before it is known to be small."""
    if raw.startswith(_OLE):
        raise ReadError(
            f"{name} is an encrypted workbook, or one of the old .xls kind.",
            next="Open it in its own program and save it without a password as .xlsx.",
        )
    if not raw.startswith(_ZIP):
        raise ReadError(f"{name} is no .xlsx workbook.", next="Save it as .xlsx.")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise ReadError(
            f"{name} is a broken workbook: {fault}", next="Fetch or save it again."
        ) from fault
    names = {part.filename for part in parts}
    whole = sum(part.file_size for part in parts)
    largest = max((part.file_size for part in parts), default=0)
    if len(parts) > MOST_PARTS or whole > LARGEST_UNPACKED or largest > LARGEST_PART:
        raise ReadError(
            f"{name} unpacks to {whole:,} bytes in {len(parts):,} parts; its largest holds {largest:,}.",
            why=f"A workbook beyond {LARGEST_UNPACKED:,} bytes, or {LARGEST_PART:,} in one part, is refused unopened.",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise ReadError(f"{name} is encrypted.", next="Save it without a password.")
    if any(part.endswith(("vbaProject.bin", ".xlm")) or "/macrosheets/" in part for part in names):
        raise ReadError(
            f"{name} holds macros.", why="Macros are never opened.", next="Save it as .xlsx."
        )
    if "[Content_Types].xml" not in names or not any(
        part.startswith("xl/") and part.endswith(".xml") for part in names
    ):
        raise ReadError(f"{name} is an archive, and no .xlsx workbook.", next="Save it as .xlsx.")


def _sheets(book: Workbook, name: str) -> dict[str, dict[tuple[int, int], Entry]]:
    sheets: dict[str, dict[tuple[int, int], Entry]] = {}
    cells = 0
    for sheet in book.worksheets:
        if hasattr(sheet, "reset_dimensions"):
            sheet.reset_dimensions()  # what a sheet says of its own size may be wrong
        found: dict[tuple[int, int], Entry] = {}
        for number, row in enumerate(sheet.iter_rows(), 1):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS or cells + len(found) > MOST_CELLS:
                raise ReadError(
                    f"{name}, sheet {sheet.title}: a cell stands beyond row {MOST_ROWS:,} or column {MOST_COLUMNS:,}.",
                    why="No page of a statement is as large.",
                    next="Delete what stands far outside the page.",
                )
            for cell in row:
                if cell.value is not None:
                    found[number, cell.column] = Entry(_typed(cell.value), str(cell.number_format))
        cells += len(found)
        sheets[sheet.title] = found
    return sheets


def _typed(value: object) -> Typed:
    """A cell's value as one of few types; a date as its text, an array formula as its formula."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if text := getattr(value, "text", None):
        return str(text)
    iso = getattr(value, "isoformat", None)
    return str(iso()).removesuffix("T00:00:00") if iso else str(value)


def _names(book: Workbook) -> dict[str, Place | None]:
    return {
        name: _place(str(defined.attr_text or "")) for name, defined in book.defined_names.items()
    }


def _place(target: str) -> Place | None:
    found = _TARGET.fullmatch(target.strip())
    if found is None:
        return None
    sheet = found[1].replace("''", "'") if found[1] else found[2]
    return Place(sheet, int(found[4]), column_index_from_string(found[3]))
