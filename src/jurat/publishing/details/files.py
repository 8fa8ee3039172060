"""Detail schedules as text, as tab-delimited tables, and as Parquet: the model of the rows."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jurat.money import Kind
from jurat.publishing.details.schedule import Entry, EntryKind, Schedule
from jurat.records.table import Column
from jurat.records.tables import BLANK
from jurat.schedules.detail import Detail
from jurat.words.page import Column as PageColumn

LEAD = ("section", "lot")
GROUP = 65_536
"""Rows of a Parquet group: what a reader holds at one time."""


Record = tuple[str, Entry | None, str]
"""The page, what is printed (nothing for its heads), and the line of text."""


def text_records(schedules: Sequence[Schedule]) -> Iterator[Record]:
    """The schedules as text, fields parted by tabs: heads, then each row, heading and subtotal."""
    for schedule in schedules:
        page = schedule.form.declared
        captions = "\t".join(("Line", *(column.caption for column in schedule.columns)))
        numbers = "\t".join(("", *(column.number for column in schedule.columns)))
        for line in (f"{page.number}\t{page.title}", captions, numbers):
            yield schedule.name, None, f"{line}\n"
        for entry in schedule.entries():
            yield schedule.name, entry, _text_line(entry)
        yield schedule.name, None, "\n"


def _text_line(entry: Entry) -> str:
    """A printed row as a line of text."""
    if entry.kind is EntryKind.HEADING:
        return f"\t{entry.caption}\n"
    return "\t".join((entry.key, *entry.cells)) + "\n"


def table_records(schedules: Sequence[Schedule]) -> Iterator[Record]:
    """The schedules as tab-delimited tables: figures without commas, less than zero with a minus sign."""
    for schedule in schedules:
        numbers = "\t".join(("LINE", *(column.number for column in schedule.columns)))
        for line in (f"[{schedule.name}]", numbers):
            yield schedule.name, None, f"{line}\n"
        kinds = [column.kind for column in schedule.columns]
        for entry in schedule.entries():
            if entry.kind is not EntryKind.HEADING:
                yield schedule.name, entry, _table_line(entry, kinds)


def _table_line(entry: Entry, kinds: Sequence[Kind]) -> str:
    """A printed row as a record of a table."""
    told = (
        word if kind in (Kind.TEXT, Kind.CODE, Kind.DATE) else _plain(word)
        for word, kind in zip(entry.cells, kinds, strict=True)
    )
    return "\t".join((entry.key, *told)) + "\n"


def _plain(word: str) -> str:
    bare = word.replace(",", "")
    return f"-{bare[1:-1]}" if bare.startswith("(") else bare


# -- Parquet ---------------------------------------------------------------------------------


def write_rows(schedule: Schedule, path: Path) -> None:
    """The rows of a schedule as Parquet: section, lot, then a column by the number of each column.

    Units   money in cents; rates in thousand-millionths, prices in hundred-millionths, quantities in
            millionths; dates as dates; blanks as nulls.
    """
    detail = schedule.detail
    names = pa.DictionaryArray.from_arrays(
        pa.array(detail.section.astype(np.int32)), pa.array(list(detail.sections), pa.string())
    )
    columns = {LEAD[0]: names, LEAD[1]: detail.lot}
    for column in schedule.columns:
        held = detail.columns.get(column.number)
        if held is not None:
            columns[column.number] = _arrow(held, column)
    table = pa.table(columns)
    pq.write_table(table, path, compression="zstd", row_group_size=GROUP)


def _arrow(held: Column, column: PageColumn) -> pa.Array:
    if not isinstance(held, np.ndarray):
        return held
    values = pa.array(held, mask=held == BLANK)
    return values.cast(pa.int32()).cast(pa.date32()) if column.kind is Kind.DATE else values


def read_rows(path: Path, page: str) -> Detail:
    """The rows of a schedule as they were written.

    Raises  OSError or ValueError when the file is no such table.
    """
    table = pq.read_table(path).combine_chunks()
    names = table.column(LEAD[0]).combine_chunks()
    sections = tuple(names.dictionary.to_pylist())
    columns: dict[str, Column] = {}
    for number in table.column_names[len(LEAD) :]:
        held = table.column(number).combine_chunks()
        if pa.types.is_date32(held.type):
            held = held.cast(pa.int32()).cast(pa.int64())
        if pa.types.is_integer(held.type):
            held = np.where(held.is_null(), BLANK, held.fill_null(0).to_numpy())
        columns[number] = held
    return Detail(
        page=page,
        sections=sections,
        section=names.indices.to_numpy().astype(np.int64),
        columns=columns,
        lot=table.column(LEAD[1]).combine_chunks(),
    )
