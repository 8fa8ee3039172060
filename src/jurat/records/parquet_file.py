"""A table as Parquet: text, or whole numbers, decimals and dates of its own; never floating point."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jurat.records.batch import Batch
from jurat.records.columns import is_text, plain, refused
from jurat.records.faults import Fault, Faults
from jurat.records.header import fits
from jurat.records.tables import SCALE, Kind, TableKind

AT_ONCE = 262_144
MOST_ROWS = 50_000_000
LARGEST = 16 * 1024**3
"""Bytes unpacked, as the file itself declares them."""
_LONGEST_PART = 64 * 1024**2
FEW_ROWS, _MOST_FOR_A_BYTE = 1_000_000, 20
"""Rows that a file may declare whatever its size, and for each of its bytes: no two have one key."""
FIRST = 2
"""The number of the first row: a Parquet file has no header row, but is counted like a spreadsheet."""


def read_parquet(path: Path, file: str, declared: TableKind, faults: Faults) -> Iterator[Batch]:
    """The rows of a Parquet file, some at a time; row 2 is the first, as under a header.

    Raises  pyarrow's own exceptions where a file is broken.
    """
    with _opened(path, []) as source:
        if _is_bomb(source, path, file, faults):
            return
        schema, repeating = source.schema_arrow, _repeating(source)
    if not fits(declared, file, schema.names, faults):
        yield _unread(0, source.metadata.num_rows)
        return
    known = {field.name: field for field in declared.fields if field.name in schema.names}
    untaken = set()
    for name, field in known.items():
        if what := refused(field, schema.field(name).type):
            untaken.add(name)
            faults.add(Fault(file=file, row=1, column=name, what=what, next=_advice(field.kind)))
    taken = [name for name in known if name not in untaken]
    texts = [name for name in taken if is_text(schema.field(name).type)]
    with _opened(path, [name for name in texts if name in repeating]) as source:
        yield from _batches(source, file, taken, untaken, faults)


def _opened(path: Path, texts: list[str]) -> pq.ParquetFile:
    """A file with limits; a text that it repeats a million times is held once."""
    return pq.ParquetFile(
        path,
        read_dictionary=texts,
        thrift_string_size_limit=_LONGEST_PART,
        thrift_container_size_limit=_LONGEST_PART // 16,
    )


def _advice(kind: Kind) -> str:
    if kind in SCALE:
        return f"Write it as decimal128 with up to {SCALE[kind]} decimals, or as text."
    return f"Write it as {'date32 or text' if kind is Kind.DATE else 'text'}."


def _repeating(source: pq.ParquetFile) -> set[str]:
    """The columns that hold texts once, with the rows that have them: they could unpack to anything."""
    about = source.metadata
    parts = (about.row_group(place) for place in range(about.num_row_groups))
    columns = (part.column(place) for part in parts for place in range(about.num_columns))
    return {column.path_in_schema for column in columns if column.has_dictionary_page}


def _is_bomb(source: pq.ParquetFile, path: Path, file: str, faults: Faults) -> bool:
    """Whether a file declares more than any file of records holds; then nothing of it is unpacked."""
    about = source.metadata
    size = sum(about.row_group(place).total_byte_size for place in range(about.num_row_groups))
    most = min(MOST_ROWS, FEW_ROWS + _MOST_FOR_A_BYTE * path.stat().st_size)
    if 0 <= about.num_rows <= most and 0 <= size <= LARGEST:
        return False
    what = f"declares {about.num_rows:,} rows of {size:,} bytes; it is not unpacked."
    told = f"Write the file again, or part it into files of less than {MOST_ROWS:,} rows."
    faults.add(Fault(file=file, what=what, next=told))
    return True


def _unread(begin: int, end: int) -> Batch:
    """Rows of which nothing is known but that they are there."""
    return Batch(
        columns={},
        row=np.zeros(0, dtype=np.int64),
        lost=np.arange(begin, end, dtype=np.int64) + FIRST,
    )


def _batches(
    source: pq.ParquetFile, file: str, taken: list[str], untaken: set[str], faults: Faults
) -> Iterator[Batch]:
    done, declared = 0, source.metadata.num_rows
    for part in source.iter_batches(batch_size=AT_ONCE, columns=taken) if taken else ():
        count = part.num_rows
        broken = {name: fault for name in taken if (fault := _unsound(part.column(name)))}
        for name, fault in broken.items():
            what = f"is broken in rows {done + FIRST} to {done + count + FIRST - 1}: {fault}"
            faults.add(Fault(file=file, column=name, what=what, next="Write the file again."))
        lacking = untaken | set(broken)
        yield Batch(
            columns={
                **{name: plain(part.column(name)) for name in taken if name not in broken},
                **{name: pa.nulls(count, pa.string()) for name in lacking},
            },
            row=np.arange(done, done + count, dtype=np.int64) + FIRST,
            told={name: np.arange(count) for name in lacking},
        )
        done += count
    if done < declared:
        if taken:
            what = f"holds {declared - done:,} rows less than it declares."
            faults.add(Fault(file=file, what=what, next="Write the file again."))
        yield _unread(done, declared)


def _unsound(column: pa.Array) -> str:
    """Why a column's bytes are not what its type says: text that is no UTF-8, places that are not there."""
    try:
        column.validate(full=True)
    except (pa.ArrowInvalid, pa.ArrowIndexError, pa.ArrowTypeError) as fault:
        return f"{str(fault)[:120]}."
    return ""
