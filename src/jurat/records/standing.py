"""What stands of a table: names that are there, keys that stand once, corrections with what they replaced."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from jurat.records.columns import Mask
from jurat.records.faults import Fault, Faults, short
from jurat.records.gathered import Gathered
from jurat.records.keys import Settled, settled, unnamed
from jurat.records.table import Table, Texts
from jurat.records.tables import BLANK, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A row that a row of a later file replaced."""

    table: str
    key: str
    before: str
    """Where the row stands that was replaced: file:row."""
    after: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stood:
    """The rows of a table that stand, and those that were replaced."""

    table: Table
    replaced: Table
    history: tuple[Correction, ...]


def standing(table: Table, good: Mask, known: Mapping[str, Texts], gathered: Gathered) -> Stood:
    """Hold the rows of a table against other tables and each other; what cannot stand is told."""
    fits = good & _names_are_there(table, known, gathered)
    _count_rejected(table, good & ~fits, gathered)
    kept = table if fits.all() else table.take(np.flatnonzero(fits))
    found = settled(kept)
    _tell_doubled(kept, found, gathered)
    for rows, kind in ((found.repeated, "repeated"), (found.replaced, "superseded")):
        for place, count in enumerate(np.bincount(kept.file[rows], minlength=len(kept.files))):
            counted = gathered.files[kept.files[place]]
            setattr(counted, kind, getattr(counted, kind) + int(count))
    return Stood(
        table=kept if len(found.standing) == len(kept) else kept.take(found.standing),
        replaced=kept.take(found.replaced),
        history=tuple(
            Correction(
                table=kept.declared.name,
                key=key_of(kept, before),
                before=kept.where(before),
                after=kept.where(after),
            )
            for before, after in zip(found.replaced.tolist(), found.by.tolist(), strict=True)
        ),
    )


def key_of(table: Table, row: int) -> str:
    """A row's key as it is written."""
    return ", ".join(_written(table, name, row) for name in table.declared.key)


def _written(table: Table, name: str, row: int) -> str:
    column = table.columns[name]
    if not isinstance(column, np.ndarray):
        return str(column[row].as_py())
    value = int(column[row])
    if value == BLANK:
        return "blank"
    is_date = table.declared.field(name).kind is Kind.DATE
    return str(np.datetime64(value, "D")) if is_date else str(value)


def _names_are_there(table: Table, known: Mapping[str, Texts], gathered: Gathered) -> Mask:
    """The rows that name what is there; a control may name what the records do not have."""
    good = np.ones(len(table), dtype=bool)
    if table.declared.is_control:
        return good
    for each in table.declared.fields:
        if not each.names or each.names in gathered.unread:
            continue
        names = table.text(each.name)
        missing = unnamed(names, known.get(each.names, pa.array([], pa.string())))
        good &= ~missing
        for row in np.flatnonzero(missing).tolist():
            if _is_told(table, row, each.name, gathered.faults):
                what = f"{short(names[row].as_py())} is not among {each.names}."
                told = f"Give it a row in {each.names}, or mend the name."
                _tell(table, row, (each.name, what, told), gathered.faults)
    return good


def _tell_doubled(table: Table, found: Settled, gathered: Gathered) -> None:
    column = table.declared.key[0]
    is_doubled = np.zeros(len(table), dtype=bool)
    is_doubled[found.doubled] = True
    _count_rejected(table, is_doubled, gathered)
    for row, first in zip(found.doubled.tolist(), found.first.tolist(), strict=True):
        if _is_told(table, row, column, gathered.faults):
            what = f"{short(key_of(table, row))} stands already in row {table.row[first]}."
            told = "Take one of them out; a correction stands in a later file."
            _tell(table, row, (column, what, told), gathered.faults)


def _count_rejected(table: Table, rejected: Mask, gathered: Gathered) -> None:
    for place in np.unique(table.file[rejected]).tolist():
        rows = table.row[rejected & (table.file == place)]
        gathered.files[table.files[place]].rejected.append(rows)


def _is_told(table: Table, row: int, column: str, faults: Faults) -> bool:
    """Whether a row is still told by itself; if not, it is counted."""
    file = table.files[table.file[row]]
    if faults.room(file, column):
        return True
    faults.more(file, column, 1)
    return False


def _tell(table: Table, row: int, told: tuple[str, str, str], faults: Faults) -> None:
    """Tell what is wrong with a row that was read, with the row's amount."""
    column, what, advice = told
    amount = table.declared.amount
    cents = int(table.whole(amount)[row]) if amount else 0
    faults.add(
        Fault(
            file=table.files[table.file[row]],
            row=int(table.row[row]),
            column=column,
            what=what,
            next=advice,
            cents=cents if cents != BLANK else 0,
        )
    )
