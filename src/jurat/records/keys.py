"""Rows of one key: doubled in a file they are a fault; in a later file they correct, or change nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jurat.records.columns import Mask
from jurat.records.table import Table, Texts, Whole


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Settled:
    """What stands of a table's rows, each row named by its place among them.

    Shape   `doubled` and `first`, `replaced` and `by` have an element for each pair.
    """

    standing: Whole
    """The rows that stand, in the order in which their keys first came."""
    doubled: Whole
    first: Whole
    """For each doubled row, the row of the same file that has its key already."""
    repeated: Whole
    """Rows that a later file says again, in the same words."""
    replaced: Whole
    by: Whole
    """For each row that a later file corrects, the row that corrects it."""


def settled(table: Table) -> Settled:
    """Which rows of a table stand, its files being in the order in which they correct each other."""
    everything, nothing = np.arange(len(table)), np.zeros(0, dtype=np.int64)
    key = codes(table, table.declared.key)
    order = np.argsort(key, kind="stable")
    is_same = key[order][1:] == key[order][:-1]
    if not is_same.any():
        return Settled(
            standing=everything, doubled=nothing, first=nothing, repeated=nothing,
            replaced=nothing, by=nothing,
        )  # fmt: skip
    in_file = is_same & (table.file[order][1:] == table.file[order][:-1])
    is_doubled = np.concatenate([[False], in_file])
    first = order[_last_true(~is_doubled)]
    doubled, first = order[is_doubled], first[is_doubled]
    order = order[~is_doubled]
    is_later = np.concatenate([[False], key[order][1:] == key[order][:-1]])
    is_repeated = is_later.copy()
    is_repeated[is_later] = _alike(table, order[np.flatnonzero(is_later) - 1], order[is_later])
    said = order[~is_repeated]
    corrects = np.concatenate([[False], key[said][1:] == key[said][:-1]])
    replaced, by = said[np.flatnonzero(corrects) - 1], said[corrects]
    beginning = np.flatnonzero(~corrects)
    end = np.concatenate([beginning[1:], [len(said)]]) - 1
    standing = said[end][np.argsort(said[beginning])]
    return Settled(
        standing=standing, doubled=doubled, first=first, repeated=order[is_repeated],
        replaced=replaced, by=by,
    )  # fmt: skip


def codes(table: Table, names: Sequence[str]) -> Whole:
    """A whole number for each row, the same where some columns are the same."""
    code = np.zeros(len(table), dtype=np.int64)
    for name in names:
        column = table.columns[name]
        if isinstance(column, np.ndarray):
            _, own = np.unique(column, return_inverse=True)
        else:
            own = np.asarray(pc.dictionary_encode(column).indices)
        if name == names[0]:
            code = own.astype(np.int64)
        else:
            _, code = np.unique(code * (int(own.max(initial=0)) + 1) + own, return_inverse=True)
    return code


def unnamed(names: Texts, known: Texts) -> Mask:
    """The rows that name what is not there; a blank names nothing."""
    is_there = pc.is_in(names, value_set=known)
    return np.asarray(pc.and_(pc.invert(is_there), pc.not_equal(names, "")))


def _last_true(flags: Mask) -> Whole:
    """For each place, the last place up to it that is true."""
    return np.maximum.accumulate(np.where(flags, np.arange(len(flags)), 0))


def _alike(table: Table, one: Whole, other: Whole) -> Mask:
    """Whether rows say the same in every column."""
    alike = np.ones(len(one), dtype=bool)
    for column in table.columns.values():
        if isinstance(column, np.ndarray):
            alike &= column[one] == column[other]
        else:
            alike &= np.asarray(pc.equal(column.take(pa.array(one)), column.take(pa.array(other))))
    return alike
