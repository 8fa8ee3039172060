"""Records made for tests from rows of text, by plain Decimal: no intake, nothing fast."""

from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa

from jurat.records import BLANK, SCALE, TABLES, Field, Kind, Records, Table
from jurat.records.table import Column

Rows = list[dict[str, str]]
EPOCH = date(1970, 1, 1)


def records_of(**tables: Rows) -> Records:
    """Tables from rows of text; a column that a row leaves out is blank, or its default."""
    return Records(tables={name: table_of(name, rows) for name, rows in tables.items()})


def table_of(name: str, rows: Rows) -> Table:
    declared = TABLES[name]
    known = {field.name for field in declared.fields}
    assert all(set(row) <= known for row in rows), f"no such column in {name}"
    columns = {
        field.name: column_of(field, [row.get(field.name, "") or field.default for row in rows])
        for field in declared.fields
    }
    numbers = np.arange(2, len(rows) + 2)
    return Table(
        declared=declared,
        columns=columns,
        files=(f"{name}.csv",),
        file=np.zeros(len(rows), dtype=np.int64),
        row=numbers,
    )


def column_of(field: Field, texts: list[str]) -> Column:
    if field.kind in {Kind.ID, Kind.TEXT}:
        return pa.array(texts, pa.string())
    return np.array([_whole(field, text) for text in texts], dtype=np.int64)


def _whole(field: Field, text: str) -> int:
    if not text:
        return BLANK
    if field.kind in {Kind.CHOICE, Kind.YES_NO}:
        return field.choices.index(text)
    if field.kind is Kind.DATE:
        return (date.fromisoformat(text) - EPOCH).days
    return int(Decimal(text).scaleb(SCALE[field.kind]))
