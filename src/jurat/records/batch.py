"""Some rows of a file as written, and what becomes of them: whole columns, and rows that cannot stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from jurat.records.check_digits import CHECKED, why_no_number
from jurat.records.columns import Mask, as_text, blank_of, typed
from jurat.records.faults import Fault, Faults
from jurat.records.table import Column, Texts, Whole
from jurat.records.tables import BLANK, Field, TableKind
from jurat.records.written import why_not


def _none() -> Whole:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """Some rows of a file, by the columns that the file has.

    Shape   every column and `row` have an element for each row.
    """

    columns: Mapping[str, Texts]
    row: Whole
    """The number of each row in the file."""
    told: Mapping[str, Whole] = field(default_factory=dict)
    """By column, the rows whose field is wrong in a way that the reader has told already."""
    lost: Whole = field(default_factory=_none)
    """The numbers of rows that could not be read as rows; they are in no column."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Rows with every column in its unit, and which of them can stand."""

    columns: Mapping[str, Column]
    row: Whole
    good: Mask
    """A row that is not good holds nothing of meaning in the columns that are wrong."""
    lost: Whole
    """The numbers of rows that could not be read as rows."""


def rows_of(declared: TableKind, file: str, batch: Batch, faults: Faults) -> Rows:
    """Give every column of a batch its unit, and tell what cannot stand in it."""
    columns: dict[str, Column] = {}
    good = np.ones(len(batch.row), dtype=bool)
    wrong: list[tuple[str, int, str, str]] = []
    for each in declared.fields:
        columns[each.name], fits, places = _column(declared, each, batch)
        room = faults.room(file, each.name)
        faults.more(file, each.name, len(places[room:]))
        wrong += [(each.name, *told) for told in _told(declared, each, batch, places[:room])]
        good &= fits
    amounts = columns.get(declared.amount, _none())
    for name, place, what, advice in wrong:
        cents = int(amounts[place]) if len(amounts) and amounts[place] != BLANK else 0
        faults.add(
            Fault(
                file=file,
                row=int(batch.row[place]),
                column=name,
                what=what,
                next=advice,
                cents=cents,
            )
        )
    return Rows(columns=columns, row=batch.row, good=good, lost=batch.lost)


def _column(declared: TableKind, each: Field, batch: Batch) -> tuple[Column, Mask, Whole]:
    """A column in its unit, its good rows, and the rows of which something is to be told."""
    count = len(batch.row)
    if each.name not in batch.columns:
        return *blank_of(each, count), _none()
    written = batch.columns[each.name]
    column, good = typed(each, written)
    if (declared.name, each.name) in CHECKED:
        good = good & ~_unlike(declared, each, column)
    is_told = np.zeros(count, dtype=bool)
    is_told[batch.told.get(each.name, _none())] = True
    return column, good & ~is_told, np.flatnonzero(~good & ~is_told)


def _unlike(declared: TableKind, each: Field, column: Texts) -> Mask:
    """The rows whose number of the world has a wrong check digit; each number is looked at once."""
    numbers = column.dictionary_encode()
    is_wrong = [
        bool(why_no_number(declared.name, each.name, text))
        for text in numbers.dictionary.to_pylist()
    ]
    unlike: Mask = np.array(is_wrong, dtype=bool)[np.asarray(numbers.indices)]
    return unlike


def _told(
    declared: TableKind, each: Field, batch: Batch, places: Whole
) -> Iterator[tuple[int, str, str]]:
    """What is wrong in some rows of a column, one by one."""
    if not len(places):
        return
    texts = as_text(batch.columns[each.name].take(pa.array(places))).to_pylist()
    for place, text in zip(places.tolist(), texts, strict=True):
        told = why_no_number(declared.name, each.name, text) or why_not(each, text)
        yield place, *told
