"""The rows of all files of a folder, table by table, each file counted; what is broken is told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from jurat.records.batch import Batch, Rows, rows_of
from jurat.records.columns import Mask
from jurat.records.csv_file import read_csv
from jurat.records.faults import Fault, Faults
from jurat.records.folder import Source, sheets_of
from jurat.records.parquet_file import read_parquet
from jurat.records.table import Column, Table, Whole
from jurat.records.tables import TABLES
from jurat.records.workbook_file import Book

_KINDS = {".csv": "CSV", ".parquet": "Parquet", ".xlsx": "workbook"}


@dataclass(slots=True, eq=False)
class Counted:
    """The rows of a file as they are counted."""

    file: str
    table: str
    rows: int = 0
    rejected: list[Whole] = field(default_factory=list)
    repeated: int = 0
    superseded: int = 0


class Gathered:
    """Everything that was read of a folder's files so far."""

    def __init__(self, faults: Faults) -> None:
        """Begin with nothing; what is wrong goes to the faults."""
        self.faults = faults
        self.files: dict[str, Counted] = {}
        self.unread: set[str] = set()
        """The tables of which something could not be read, so that nobody knows what they name."""
        self._rows: dict[str, list[tuple[str, Rows]]] = {}

    def add(self, source: Source) -> None:
        """Read a file, and tell it where it is broken."""
        path, file = source.path, source.file
        try:
            if not path.is_file():
                self.faults.add(Fault(file=file, what="is no file.", next="Take it out."))
            elif not source.table:
                self._workbook(path, file)
            else:
                read = read_csv if path.suffix == ".csv" else read_parquet
                batches = read(path, file, TABLES[source.table], self.faults)
                self._take(source.table, file, batches)
        except Exception as fault:  # noqa: BLE001 - a broken file may fail anywhere in a library
            kind, said = _KINDS[path.suffix], " ".join(str(fault).split())[:160]
            what = f"is broken as {kind}: {type(fault).__name__}: {said}"
            told = "Fetch or write the file again; no row of it can be relied on."
            self.faults.add(Fault(file=file, what=what, next=told))
            self.unread.update([source.table] if source.table else TABLES)

    def tables(self) -> Iterator[tuple[Table, Mask]]:
        """Each table with all rows that were read, in the order of files, and which of them are good."""
        for name, found in self._rows.items():
            if not found:
                continue
            files = tuple(dict.fromkeys(file for file, _ in found))
            parts = [rows for _, rows in found]
            of = np.array([files.index(file) for file, _ in found], dtype=np.int64)
            yield (
                Table(
                    declared=TABLES[name],
                    columns={
                        each.name: _joined([rows.columns[each.name] for rows in parts])
                        for each in TABLES[name].fields
                    },
                    files=files,
                    file=np.repeat(of, [len(rows.row) for rows in parts]),
                    row=np.concatenate([rows.row for rows in parts]),
                ),
                np.concatenate([rows.good for rows in parts]),
            )

    def _workbook(self, path: Path, file: str) -> None:
        book = Book(path, file, self.faults)
        for sheet, table in sheets_of(file, book.sheets, self.faults):
            name = f"{file}, sheet {sheet}"
            self._take(table, name, book.read(sheet, name, TABLES[table]))

    def _take(self, table: str, file: str, batches: Iterator[Batch]) -> None:
        counted = self.files.setdefault(file, Counted(file=file, table=table))
        found = self._rows.setdefault(table, [])
        is_read = False
        for batch in batches:
            is_read = True
            rows = rows_of(TABLES[table], file, batch, self.faults)
            counted.rows += len(rows.row) + len(rows.lost)
            counted.rejected += [part for part in (rows.row[~rows.good], rows.lost) if len(part)]
            if TABLES[table].key[0] not in batch.columns:
                self.unread.add(table)
            found.append((file, rows))
        if not is_read:
            self.unread.add(table)


def _joined(columns: list[Column]) -> Column:
    if isinstance(columns[0], np.ndarray):
        return np.concatenate(columns)
    return pa.concat_arrays(columns)
