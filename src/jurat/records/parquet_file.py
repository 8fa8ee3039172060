"""A table as Parquet: text, or whole numbers, decimals and dates of its own; never floating point."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jurat.records.batch import Batch
from jurat.records.columns import plain, refused
from jurat.records.faults import Fault, Faults
from jurat.records.header import fits
from jurat.records.tables import SCALE, Kind, TableKind

AT_ONCE = 262_144
MOST_ROWS = 50_000_000
LARGEST = 16 * 1024**3
"""Bytes unpacked, as the file itself declares them."""
_LONGEST_PART = 64 * 1024**2
_HEADER = 1
"""Rows before the first: a Parquet file has none, but its rows are counted like a spreadsheet's."""


def read_parquet(path: Path, file: str, declared: TableKind, faults: Faults) -> Iterator[Batch]:
    """The rows of a Parquet file, some at a time; row 2 is the first, as under a header.

    Raises  pyarrow's own exceptions where a file is broken.
    """
    words = [field.name for field in declared.fields if field.kind not in SCALE]
    source = pq.ParquetFile(
        path,
        read_dictionary=words,  # a text that is repeated a million times is held once
        thrift_string_size_limit=_LONGEST_PART,
        thrift_container_size_limit=_LONGEST_PART // 16,
    )
    with source:
        if _is_bomb(source, file, faults):
            return
        header = source.schema_arrow.names
        if not fits(declared, file, header, faults):
            yield _unread(source.metadata.num_rows)
            return
        known = {field.name: field for field in declared.fields}
        taken = []
        for name in header:
            if name not in known:
                continue
            what = refused(known[name], source.schema_arrow.field(name).type)
            if what:
                advice = _advice(known[name].kind)
                faults.add(Fault(file=file, row=1, column=name, what=what, next=advice))
            else:
                taken.append(name)
        is_refused = {name for name in header if name in known} - set(taken)
        yield from _batches(source, file, taken, is_refused, faults)


def _advice(kind: Kind) -> str:
    if kind in SCALE:
        return f"Write it as decimal128 with up to {SCALE[kind]} decimals, or as text."
    return f"Write it as {'date32 or text' if kind is Kind.DATE else 'text'}."


def _is_bomb(source: pq.ParquetFile, file: str, faults: Faults) -> bool:
    """Whether a file declares more than any file of records holds; then nothing of it is unpacked."""
    about = source.metadata
    size = sum(about.row_group(place).total_byte_size for place in range(about.num_row_groups))
    if about.num_rows <= MOST_ROWS and 0 <= size <= LARGEST and about.num_rows >= 0:
        return False
    what = f"declares {about.num_rows:,} rows of {size:,} bytes; it is not unpacked."
    told = f"Part it into files of less than {MOST_ROWS:,} rows."
    faults.add(Fault(file=file, what=what, next=told))
    return True


def _unread(count: int) -> Batch:
    return Batch(
        columns={},
        row=np.zeros(0, dtype=np.int64),
        lost=np.arange(count, dtype=np.int64) + 1 + _HEADER,
    )


def _batches(
    source: pq.ParquetFile, file: str, taken: list[str], is_refused: set[str], faults: Faults
) -> Iterator[Batch]:
    done = 0
    for part in source.iter_batches(batch_size=AT_ONCE, columns=taken) if taken else ():
        count = part.num_rows
        row = np.arange(done, done + count, dtype=np.int64) + 1 + _HEADER
        columns = {}
        told = {name: np.arange(count) for name in is_refused}
        for name in taken:
            column = part.column(name)
            if fault := _unsound(column):
                what = f"is broken: {fault}"
                advice = "Write the file again."
                faults.add(Fault(file=file, row=int(row[0]), column=name, what=what, next=advice))
                told[name] = np.arange(count)
                column = pa.nulls(count, pa.string())
            columns[name] = plain(column)
        columns |= {name: pa.nulls(count, pa.string()) for name in is_refused}
        done += count
        yield Batch(columns=columns, row=row, told=told)
    if done < source.metadata.num_rows:
        missing = source.metadata.num_rows - done
        if taken:
            what = f"holds {missing:,} rows less than it declares."
            faults.add(Fault(file=file, what=what, next="Write the file again."))
        yield Batch(
            columns={},
            row=np.zeros(0, dtype=np.int64),
            lost=np.arange(done, done + missing, dtype=np.int64) + 1 + _HEADER,
        )


def _unsound(column: pa.Array) -> str:
    """Why a column's bytes are not what its type says: text that is no UTF-8, places that are not there."""
    try:
        column.validate(full=True)
    except (pa.ArrowInvalid, pa.ArrowIndexError, pa.ArrowTypeError) as fault:
        return f"{str(fault)[:120]}."
    return ""
