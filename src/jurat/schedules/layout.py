"""Rows laid out for a page: sections in the order of print, columns by the names the page gives them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jurat.blanks import Form
from jurat.money import Kind
from jurat.records import BLANK
from jurat.records.table import Column, Texts, Whole
from jurat.schedules.detail import Detail
from jurat.words import require

_WORDS = (Kind.TEXT, Kind.CODE)


def laid(
    form: Form,
    sections: Sequence[str],
    section: Whole,
    columns: Mapping[str, Column],
    lot: Texts,
) -> Detail:
    """Rows as a page prints them: by section, then by what they are and when they were acquired.

    Shape   `section` says which of the names in `sections` each row stands under; columns go by the
            names of the page, and what is not given is blank.
    """
    lines = {line.name: line for line in form.lines if line.id in form.by_id}
    order = sorted(range(len(sections)), key=lambda one: form.position[lines[sections[one]].id])
    rank = np.empty(len(sections), dtype=np.int64)
    rank[order] = np.arange(len(sections))
    placed = rank[section]
    rows = _in_order(placed, columns, lot)
    declared = {column.name: column for column in form.declared.columns}
    require(not set(columns) - set(declared), f"{form.name} lacks {set(columns) - set(declared)}.")
    found = {
        column.number: taken(columns[name], rows)
        if name in columns
        else _blank(column.kind, len(rows))
        for name, column in declared.items()
    }
    return Detail(
        page=form.name,
        sections=tuple(lines[sections[one]].id for one in order),
        section=placed[rows],
        columns=found,
        lot=taken(lot, rows),
    )


def _in_order(placed: Whole, columns: Mapping[str, Column], lot: Texts) -> Whole:
    """Rows by section, by what they are, by the day they were acquired, then as the records have them."""
    what = next(
        (columns[name] for name in ("cusip", "loan", "description") if name in columns), lot
    )
    when = columns.get("acquired", columns.get("traded", np.zeros(len(placed), dtype=np.int64)))
    table = pa.table({"section": placed, "what": what, "when": when})
    keys = [("section", "ascending"), ("what", "ascending"), ("when", "ascending")]
    return np.asarray(pc.sort_indices(table, sort_keys=keys)).astype(np.int64)


def taken(column: Column, rows: Whole) -> Column:
    """Some elements of a column; a row less than nought takes a blank word."""
    if isinstance(column, np.ndarray):
        return column[rows]
    if (rows < 0).any():
        return column.take(pa.array(rows, mask=rows < 0)).fill_null("")
    return column.take(pa.array(rows))


def _blank(kind: Kind, count: int) -> Column:
    if kind in _WORDS:
        return pa.repeat(pa.scalar(""), count)
    return np.full(count, BLANK)


def words(text: str, count: int) -> Any:  # noqa: ANN401  -- Arrow text
    """The same word in every row."""
    return pa.repeat(pa.scalar(text), count)


def joined(*parts: Any) -> Any:  # noqa: ANN401  -- Arrow text
    """Words put together, row by row."""
    return pc.binary_join_element_wise(*parts, "")
