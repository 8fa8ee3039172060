"""Writing a company's folder: tables as CSV or Parquet, answers as CSV, row after row."""

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from jurat.golden.insurer.draws import Row
from jurat.records.tables import TABLES

_BATCH = 50_000
"""Rows that Parquet keeps together."""


class Tables:
    """The tables of a folder, open for writing; each is begun with its first row."""

    def __init__(self, folder: Path, *, parquet: bool) -> None:
        self._folder, self._parquet = folder, parquet
        self._sheets: dict[str, _Csv | _Parquet] = {}
        self.counts: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Begin."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End every table."""
        for sheet in self._sheets.values():
            sheet.close()

    def write(self, table: str, row: Row) -> None:
        """A row, by the names of its columns; what it lacks is blank.

        Raises  KeyError for a column that the table has not.
        """
        if table not in self._sheets:
            names = [field.name for field in TABLES[table].fields]
            kind = _Parquet if self._parquet else _Csv
            self._sheets[table] = kind(self._folder / table, names)
        self._sheets[table].write(row)
        self.counts[table] = self.counts.get(table, 0) + 1


class _Csv:
    """A table as CSV."""

    def __init__(self, path: Path, names: list[str]) -> None:
        self._names = names
        self._file: TextIO = path.with_suffix(".csv").open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file, lineterminator="\n")
        self._rows.writerow(names)

    def write(self, row: Row) -> None:
        self._rows.writerow([row.get(name, "") for name in self._names])

    def close(self) -> None:
        self._file.close()


class _Parquet:
    """A table as Parquet: every column text, written as CSV would write it."""

    def __init__(self, path: Path, names: list[str]) -> None:
        self._schema = pa.schema([(name, pa.string()) for name in names])
        self._file: Any = pq.ParquetWriter(path.with_suffix(".parquet"), self._schema)
        self._columns: dict[str, list[str]] = {name: [] for name in names}
        self._count = 0

    def write(self, row: Row) -> None:
        for name, column in self._columns.items():
            column.append(row.get(name, ""))
        self._count += 1
        if self._count == _BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._count:
            self._file.write_table(pa.table(self._columns, schema=self._schema))
            self._columns = {name: [] for name in self._columns}
            self._count = 0

    def close(self) -> None:
        self._flush()
        self._file.close()


class Sheets:
    """The answers of a folder as CSV, each begun with its first row."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[tuple[int, str], TextIO] = {}

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End every sheet."""
        for file in self._files.values():
            file.close()

    def write(self, year: int, name: str, head: Iterable[str], row: Iterable[object]) -> None:
        """A row of a sheet."""
        if (year, name) not in self._files:
            (self._folder / str(year)).mkdir(parents=True, exist_ok=True)
            path = self._folder / str(year) / f"{name}.csv"
            self._files[year, name] = path.open("w", encoding="utf-8", newline="")
            csv.writer(self._files[year, name], lineterminator="\n").writerow(head)
        csv.writer(self._files[year, name], lineterminator="\n").writerow(row)
