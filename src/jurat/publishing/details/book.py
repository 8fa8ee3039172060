"""Detail schedules as a workbook: a sheet a schedule, real numbers and dates, subtotals that add rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

import numpy as np
from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from jurat.blanks import Equation, FormLine
from jurat.money import Kind
from jurat.publishing.details.schedule import BATCH, EntryKind, Schedule
from jurat.publishing.details.spelling import CENTS
from jurat.records.tables import BLANK
from jurat.schedules.detail import key_in
from jurat.words import Address
from jurat.words.page import Column

CONSTANT_MEMORY = 20_000
"""Beyond so many rows a sheet is written row by row and forgotten."""
HEAD_ROWS = 5
_EPOCH = date(1970, 1, 1)
_DIVISORS = {Kind.MONEY: CENTS, Kind.RATE: 10**7, Kind.PRICE: 10**8, Kind.QUANTITY: 10**6}
_FORMATS = {
    Kind.MONEY: "#,##0_);(#,##0);0_)",
    Kind.RATE: "0.000",
    Kind.PRICE: "#,##0.0000",
    Kind.QUANTITY: "#,##0.###",
    Kind.DATE: "mm/dd/yyyy",
}
Value = str | float | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a sheet: its number on the sheet from 0, what it is, and what its cells hold."""

    at: int
    kind: EntryKind
    key: str
    caption: str = ""
    values: tuple[Value, ...] = ()


def write_details_workbook(schedules: Sequence[Schedule], path: Path) -> None:
    """Detail schedules as an Excel workbook, a sheet a schedule.

    Money stands with its cents and is shown in dollars, so that a subtotal, a formula over its rows,
    adds what was never rounded. The same rows give the same bytes.

    Units   dollars with cents; rates in percent; dates as dates.
    """
    many = sum(len(schedule.detail) for schedule in schedules) > CONSTANT_MEMORY
    options = {
        "constant_memory": many,
        "in_memory": not many,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(str(path), options)
    fixed = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": "Detail schedules", "created": fixed})
    sheets = sheets_of(schedules)
    for sheet in sheets:
        _Writing(book, sheet).write()
    book.close()


def sheets_of(schedules: Sequence[Schedule]) -> list["Sheet"]:
    """The sheets, each knowing the others that its formulas point at."""
    sheets = [Sheet(schedule=schedule) for schedule in schedules]
    beside = {sheet.schedule.name: sheet for sheet in sheets}
    return [Sheet(schedule=sheet.schedule, beside=beside) for sheet in sheets]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What stands on the sheet of a schedule."""

    schedule: Schedule
    beside: dict[str, "Sheet"] | None = None

    @property
    def name(self) -> str:
        """D Part 1, DB Part A Section 2."""
        return re.sub(r"[^\w ]", "", self.schedule.title.removeprefix("Schedule "))[:31]

    @cached_property
    def places(self) -> dict[str, int]:
        """The row of each subtotal on the sheet."""
        at, found = HEAD_ROWS, {}
        for line in self.schedule.lines:
            begin, end = self.schedule.spans.get(line.id, (0, 0))
            at += end - begin + (1 if end > begin else 0)
            found[line.id] = at
            at += 1
        return found

    def rows(self) -> Iterator[Row]:
        """Every row below the heads, in order."""
        for line in self.schedule.lines:
            at = self.places[line.id]
            if line.id in self.schedule.spans:
                begin, end = self.schedule.spans[line.id]
                yield Row(
                    at=at - (end - begin) - 1, kind=EntryKind.HEADING, key="", caption=line.caption
                )
                yield from self._holdings(line.id, at - (end - begin))
            formulas = tuple(self.formula(line, column) for column in self.schedule.columns)
            yield Row(
                at=at, kind=EntryKind.SUBTOTAL, key=line.id, caption=line.caption, values=formulas
            )

    def _holdings(self, section: str, at: int) -> Iterator[Row]:
        begin, end = self.schedule.spans[section]
        for start in range(begin, end, BATCH):
            stop = min(start + BATCH, end)
            words = zip(*(self._values(c, start, stop) for c in self.schedule.columns), strict=True)
            for place, values in enumerate(words, start):
                key = key_in(self.schedule.name, section, place - begin + 1)
                yield Row(at=at + place - begin, kind=EntryKind.ROW, key=key, values=values)

    def _values(self, column: Column, start: int, stop: int) -> list[Value]:
        held = self.schedule.detail.columns.get(column.number)
        if held is None:
            return [None] * (stop - start)
        part = held[start:stop]
        if not isinstance(part, np.ndarray):
            return [" ".join((text or "").split()) or None for text in part.to_pylist()]
        if column.kind is Kind.DATE:
            return [None if n == BLANK else _EPOCH + timedelta(days=n) for n in part.tolist()]
        divisor = _DIVISORS[column.kind]
        return [None if n == BLANK else n / divisor for n in part.tolist()]

    # -- subtotals --------------------------------------------------------------------------

    def formula(self, line: FormLine, column: Column) -> Value:
        """What adds a subtotal: its rows, or the subtotals its rule names; XXX where nothing is asked."""
        slot = line.slot(column.number)
        if slot is None:
            return None
        if slot.is_xxx:
            return "XXX"
        if line.id in self.schedule.spans:
            begin, end = self.schedule.spans[line.id]
            letter, last = self.letter(column.number), self.places[line.id]
            return f"=SUM({letter}{last - (end - begin) + 1}:{letter}{last})"
        equation = self._fills.get(slot.address)
        terms = [self._term(place, sign) for place, sign in equation.right] if equation else []
        told = "".join(term for term in terms if term)
        if told:
            return "=" + told.removeprefix("+")
        return float(self.schedule.statement[slot.address].figure)

    def _term(self, place: object, sign: int) -> str:
        if not isinstance(place, Address):
            return ""
        sheet = (self.beside or {}).get(place.page)
        if sheet is None or place.line not in sheet.places:
            return ""
        spot = f"{sheet.letter(place.column)}{sheet.places[place.line] + 1}"
        where = (
            "" if sheet.schedule.name == self.schedule.name else f"{quote_sheetname(sheet.name)}!"
        )
        return f"{'+' if sign > 0 else '-'}{where}{spot}"

    @cached_property
    def _fills(self) -> dict[Address, Equation]:
        """By what rule of lines each subtotal is filled; rules across columns hold row by row."""
        found: dict[Address, Equation] = {}
        for equation in self.schedule.statement.blank.equations:
            left = equation.left
            same = all(isinstance(p, Address) and p.line != left.line for p, _ in equation.right)
            if left.page == self.schedule.name and equation.right and same and equation.scale == 1:
                found.setdefault(left, equation)
        return found

    def letter(self, number: str) -> str:
        """The letter of a column; the first is the line's number."""
        at = next(at for at, c in enumerate(self.schedule.columns) if c.number == number)
        letter: str = xl_col_to_name(at + 1)
        return letter

    def cents(self, line: str, column: str) -> int:
        """What a subtotal adds to, exactly."""
        if line in self.schedule.spans:
            begin, end = self.schedule.spans[line]
            held = self.schedule.detail.columns.get(column)
            part = np.zeros(0, np.int64) if held is None else held[begin:end]
            return int(part[part != BLANK].sum())
        address = self.schedule.address(line, column)
        equation = self._fills.get(address)
        terms = list(equation.right) if equation else []
        if not any(self._term(*term) for term in terms):
            return self.schedule.statement[address].figure * CENTS
        return sum(sign * self._cents(place) for place, sign in terms if self._term(place, sign))

    def _cents(self, place: object) -> int:
        sheet = (self.beside or {})[place.page] if isinstance(place, Address) else self
        return sheet.cents(place.line, place.column) if isinstance(place, Address) else 0


class _Writing:
    """One sheet being written."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self.sheet, self.schedule = sheet, sheet.schedule
        self.on: Worksheet = book.add_worksheet(sheet.name)
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "align": "center"}
        )
        self.bold = book.add_format({"bold": True})
        self.plain = [
            book.add_format({"num_format": _FORMATS.get(c.kind, "@")})
            for c in self.schedule.columns
        ]
        self.total = [
            book.add_format({"bold": True, "top": 1, "num_format": _FORMATS[Kind.MONEY]})
            if c.kind.is_figure
            else book.add_format({"bold": True, "top": 1, "align": "center"})
            for c in self.schedule.columns
        ]

    def write(self) -> None:
        """Heads, then row after row."""
        self._heads()
        for row in self.sheet.rows():
            if row.kind is EntryKind.HEADING:
                self.on.write_string(row.at, 1, row.caption, self.bold)
                continue
            if row.kind is EntryKind.SUBTOTAL:
                self._subtotal(row)
                continue
            self.on.write_string(row.at, 0, row.key)
            for at, value in enumerate(row.values):
                self._value(row.at, at, value)

    def _value(self, row: int, at: int, value: Value) -> None:
        if isinstance(value, str):
            self.on.write_string(row, at + 1, value)
        elif isinstance(value, float):
            self.on.write_number(row, at + 1, value, self.plain[at])
        elif isinstance(value, date):
            self.on.write_datetime(row, at + 1, value, self.plain[at])

    def _subtotal(self, row: Row) -> None:
        self.on.write_string(row.at, 0, row.key, self.bold)
        first = next((at for at, c in enumerate(self.schedule.columns) if c.kind.is_figure), 1)
        for at, value in enumerate(row.values):
            if at < first:
                words = row.caption if at == 0 else ""
                self.on.write(row.at, at + 1, words, self.bold)
            elif isinstance(value, str) and value.startswith("="):
                cents = self.sheet.cents(row.key, self.schedule.columns[at].number)
                self.on.write_formula(row.at, at + 1, value, self.total[at], cents / CENTS)
            elif isinstance(value, float):
                self.on.write_number(row.at, at + 1, value, self.total[at])
            elif isinstance(value, str):
                self.on.write_string(row.at, at + 1, value, self.total[at])

    def _heads(self) -> None:
        page = self.schedule.form.declared
        self.on.set_landscape()
        self.on.set_paper(5)
        self.on.fit_to_pages(1, 0)
        self.on.repeat_rows(HEAD_ROWS - 3, HEAD_ROWS - 1)
        self.on.freeze_panes(HEAD_ROWS, 2)
        self.on.set_column(0, 0, 10)
        widths = {Kind.TEXT: 34, Kind.MONEY: 16, Kind.CODE: 11}
        for at, column in enumerate(self.schedule.columns, 1):
            self.on.set_column(at, at, widths.get(column.kind, 11))
        self.on.set_row(2, 30)
        self.on.set_row(3, 75)
        self.on.write_string(0, 0, page.title, self.bold)
        self.on.write_string(1, 0, " ".join(page.below))
        for at, column in enumerate(self.schedule.columns, 1):
            if column.over not in ("", "-"):
                self.on.write_string(2, at, column.over, self.head)
        self.on.write_string(3, 0, "Line", self.head)
        for at, column in enumerate(self.schedule.columns, 1):
            self.on.write_string(3, at, column.caption, self.head)
        for at, column in enumerate(self.schedule.columns, 1):
            self.on.write_string(4, at, column.number, self.head)
