"""A detail schedule in the order of print: headings, rows and subtotals, a batch of rows at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import starmap

import numpy as np
import pyarrow as pa

from jurat.blanks import Form, FormLine, Role
from jurat.publishing.details.spelling import spelled
from jurat.schedules.detail import Detail, key_in
from jurat.statement import Statement
from jurat.words import Address, UsageError
from jurat.words.page import Column

BATCH = 2_000
"""So many rows are words at one time."""
GRAND_TOTAL = "9999999"


class EntryKind(StrEnum):
    """What stands on a printed row of a detail schedule."""

    HEADING = "heading"
    ROW = "row"
    SUBTOTAL = "subtotal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A printed row: a heading, a holding or a subtotal, with its number and its words by column."""

    kind: EntryKind
    key: str
    """0100001 of a row, 0199999 of a subtotal."""
    caption: str = ""
    cells: tuple[str, ...] = ()
    place: int = -1
    """Of a row, its place among the rows."""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The rows of a page under the subtotals a statement has of it."""

    statement: Statement
    form: Form
    detail: Detail

    @property
    def name(self) -> str:
        """The page's stable name."""
        return self.form.name

    @property
    def title(self) -> str:
        """The short name of the page: Schedule D, Part 1."""
        called = self.form.declared.called
        return called[0] if called else self.form.title

    @property
    def columns(self) -> tuple[Column, ...]:
        """The page's columns."""
        return self.form.declared.columns

    @cached_property
    def spans(self) -> dict[str, tuple[int, int]]:
        """From where to where the rows of each section run; sections without rows are left out."""
        sections = self.detail.sections
        ends = np.searchsorted(self.detail.section, np.arange(len(sections) + 1)).tolist()
        return {
            section: (ends[at], ends[at + 1])
            for at, section in enumerate(sections)
            if ends[at] < ends[at + 1]
        }

    @cached_property
    def lines(self) -> tuple[FormLine, ...]:
        """The subtotals in print: those with rows, those with a figure, and the grand total."""
        lines = (line for line in self.form.lines if line.role is Role.LINE)
        return tuple(line for line in lines if self._is_printed(line))

    def _is_printed(self, line: FormLine) -> bool:
        has_figure = any(self.statement[slot.address].figure for slot in line.slots)
        return line.id in self.spans or has_figure or line.id == GRAND_TOTAL

    def entries(self) -> Iterator[Entry]:
        """Everything printed, in order; memory holds one batch of rows."""
        for line in self.lines:
            if line.id in self.spans:
                yield Entry(kind=EntryKind.HEADING, key="", caption=line.caption)
                yield from self._rows(line.id)
            yield self._subtotal(line)

    def subtotals(self) -> Iterator[Entry]:
        """The subtotals alone."""
        return map(self._subtotal, self.lines)

    def _subtotal(self, line: FormLine) -> Entry:
        cells = tuple(self._total(line, column) for column in self.columns)
        return Entry(kind=EntryKind.SUBTOTAL, key=line.id, caption=line.caption, cells=cells)

    def _total(self, line: FormLine, column: Column) -> str:
        slot = line.slot(column.number)
        return self.statement[slot.address].shown if slot else ""

    def _rows(self, section: str) -> Iterator[Entry]:
        begin, end = self.spans[section]
        for start in range(begin, end, BATCH):
            stop = min(start + BATCH, end)
            words = zip(
                *starmap(self._words, ((c, start, stop) for c in self.columns)), strict=True
            )
            for place, cells in enumerate(words, start):
                key = key_in(self.detail.page, section, place - begin + 1)
                yield Entry(kind=EntryKind.ROW, key=key, cells=cells, place=place)

    def _words(self, column: Column, start: int, stop: int) -> list[str]:
        held = self.detail.columns.get(column.number)
        if held is None:
            return [""] * (stop - start)
        return spelled(held[start:stop], column.kind)

    def address(self, line: str, column: str) -> Address:
        """The place of a cell: that of a subtotal in the statement, or of a row."""
        return Address(self.name, line, column)


def front_of(statement: Statement) -> Statement:
    """The statement without its detail schedules, but for those stamped NONE.

    On paper and in text they are a volume of their own, rows and subtotals together.
    """
    apart = _apart(statement)
    cells = {at: cell for at, cell in statement.cells.items() if at.page not in apart}
    return replace(statement, cells=cells, pages=statement.pages - apart) if apart else statement


def _apart(statement: Statement) -> frozenset[str]:
    return frozenset(
        name
        for name in statement.pages - statement.none_pages
        if statement.blank.pages[name].declared.is_detail
    )


def schedules_of(statement: Statement, details: Mapping[str, Detail]) -> list[Schedule]:
    """The detail schedules a statement has, in the order of the blank, with their rows if it has any.

    Raises  UsageError when rows are of a page that is no detail schedule of the statement.
    """
    for name, detail in details.items():
        form = statement.blank.pages.get(name)
        if form is None or not form.declared.is_detail or detail.page != name:
            raise UsageError(f"{name} is no detail schedule of the blank.")
        asked = {column.number for column in form.declared.columns}
        lines = {line.id for line in form.lines}
        if lost := [*({*detail.columns} - asked), *({*detail.sections} - lines)]:
            raise UsageError(f"{name} has no column or line {min(lost)}.")
        if len(detail) and (name not in statement.pages or name in statement.none_pages):
            raise UsageError(f"{name} has rows, and the statement has no such page.")
    apart = _apart(statement)
    return [
        Schedule(statement=statement, form=form, detail=details.get(name) or _no_rows(name))
        for name, form in statement.blank.pages.items()
        if name in apart
    ]


def _no_rows(page: str) -> Detail:
    return Detail(
        page=page,
        sections=(),
        section=np.zeros(0, np.int64),
        columns={},
        lot=pa.array([], pa.string()),
    )
