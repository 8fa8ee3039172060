"""A table of records as columns, each row with the file and row it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jurat.records.tables import BLANK, TABLES, Kind, TableKind

Whole = npt.NDArray[np.int64]
Texts = Any
"""Arrow text; pyarrow has no types of its own."""
Column = Any
"""Numbers, dates and choices are whole numbers; names and texts are Arrow text, blank as ''."""

_WORDS = (Kind.ID, Kind.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """The accepted rows of a table.

    Units   by column: `records.tables` says which; dates are days since 1970, choices places among
            the field's words, yes and no 1 and 0, a blank `BLANK` or ''.
    """

    declared: TableKind
    columns: Mapping[str, Column]
    files: tuple[str, ...] = ()
    """The files the rows came from."""
    file: Whole = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Of each row, which of the files."""
    row: Whole = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Of each row, its number in the file, as a spreadsheet counts them."""

    def __len__(self) -> int:
        """How many rows."""
        return len(self.row)

    def whole(self, name: str) -> Whole:
        """A column of whole numbers."""
        column = self.columns[name]
        if not isinstance(column, np.ndarray):
            raise TypeError(f"{self.declared.name}.{name} holds text.")
        return column

    def text(self, name: str) -> Texts:
        """A column of text."""
        column = self.columns[name]
        if isinstance(column, np.ndarray):
            raise TypeError(f"{self.declared.name}.{name} holds whole numbers.")
        return column

    def filled(self, name: str, blank: int | Whole) -> Whole:
        """A column of whole numbers with something in the place of blanks."""
        column = self.whole(name)
        return np.where(column == BLANK, blank, column)

    def is_choice(self, name: str, *words: str) -> npt.NDArray[np.bool_]:
        """The rows in which a choice is one of some words."""
        choices = self.declared.field(name).choices
        return np.isin(self.whole(name), [choices.index(word) for word in words])

    def where(self, row: int) -> str:
        """The file and row of one row.

        A table that was made here has no file.
        """
        if not self.files:
            return f"{self.declared.name}, row {row + 1}"
        return f"{self.files[self.file[row]]}:{self.row[row]}"

    def take(self, rows: Whole) -> "Table":
        """Some rows, in their order."""
        columns = {
            name: column[rows] if isinstance(column, np.ndarray) else column.take(pa.array(rows))
            for name, column in self.columns.items()
        }
        file = self.file[rows] if len(self.file) else self.file
        return Table(
            declared=self.declared,
            columns=columns,
            files=self.files,
            file=file,
            row=self.row[rows],
        )


def empty(name: str) -> Table:
    """A table without rows."""
    declared = TABLES[name]
    return Table(declared=declared, columns={f.name: _no(f.kind) for f in declared.fields})


def _no(kind: Kind) -> Column:
    return pa.array([], pa.string()) if kind in _WORDS else np.zeros(0, dtype=np.int64)


def places(of: Texts, among: Texts) -> Whole:
    """Where each name stands among others; -1 where it does not.

    >>> places(pa.array(["b", "x"]), pa.array(["a", "b"])).tolist()
    [1, -1]
    """
    found = pc.index_in(of, value_set=among)
    return np.asarray(found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Records:
    """All tables of a company; one that it does not keep is empty."""

    tables: Mapping[str, Table]

    def __getitem__(self, name: str) -> Table:
        """A table by its name."""
        return self.tables[name] if name in self.tables else empty(name)
