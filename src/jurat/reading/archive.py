"""Many statements in one Parquet file, in long form: one row for each cell.

Written and read with pyarrow, which moves columns and adds nothing:
every sum is made by the engine. See docs/reference/archive.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jurat.blanks import Blank
from jurat.checks.batch import BatchOutcome, check_many, joined
from jurat.money import Kind
from jurat.reading.archive_columns import Codes, gathered
from jurat.statement import Cell, CellState, Given, Statement
from jurat.statement.system import Ints
from jurat.words import Address, ReadError, UsageError

GROUP = 512
"""Statements written in one row group: what is in memory at a time."""

KEYS = ("statement", "page", "line", "column")
WORDS = ("company", "kind", "state", "text")
NUMBERS = {"year": "int16", "inset": "int16", "row": "int32", "value": "int64"}
NEEDED = ("statement", "year", "page", "line", "column", "inset", "row", "value", "state")
"""The columns that sums need; the others are read when a statement is asked for."""
PAGE, NONE = "page", "none"
"""Kinds of the rows that say a page is there: with figures or blank, or stamped NONE."""


def schema() -> pa.Schema:
    """The columns of an archive; see docs/reference/archive.md."""
    words = pa.dictionary(pa.int32(), pa.string())
    fields = dict.fromkeys((*KEYS, *WORDS), words)
    fields |= {name: getattr(pa, kind)() for name, kind in NUMBERS.items()}
    order = (
        "statement", "company", "year", "page", "line", "column", "inset", "row", "kind", "value",
        "state", "text",
    )  # fmt: skip
    return pa.schema(
        [pa.field(name, fields[name], nullable=name in ("value", "text")) for name in order],
        metadata={"jurat": "archive 1"},
    )


# -- writing ------------------------------------------------------------------------------


def write_archive(path: Path, statements: Iterable[tuple[str, Statement]]) -> int:
    """Write named statements to a new archive; how many there were.

    Figures, words, states and pages are kept; where each was read is not.

    Raises  UsageError when a name comes twice, or a cell stands on a page its statement lacks.
    """
    written = set[str]()
    plain = schema()
    with pq.ParquetWriter(
        path, plain, compression="zstd", use_dictionary=[*KEYS, *WORDS, "year", "inset", "row"]
    ) as writer:
        pending = _Rows()
        for name, statement in statements:
            if name in written:
                raise UsageError(f"The archive has two statements called {name!r}.")
            written.add(name)
            pending.add(name, statement)
            if pending.statements == GROUP:
                writer.write_table(pending.table(plain), row_group_size=len(pending.place))
                pending = _Rows()
        if pending.statements:
            writer.write_table(pending.table(plain), row_group_size=len(pending.place))
    return len(written)


@dataclass(eq=False)
class _Rows:
    """The rows of some statements, not yet written."""

    statements: int = 0
    heads: list[tuple[str, str, int]] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    places: dict[Address, int] = field(default_factory=dict)
    place: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    values: list[int | None] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    texts: list[str | None] = field(default_factory=list)

    def add(self, name: str, statement: Statement) -> None:
        """The rows of one statement, last year's below it."""
        self.statements += 1
        prior = statement.prior
        if prior is not None and prior.year >= statement.year:
            raise UsageError(f"Last year's statement of {name!r} is not of an earlier year.")
        for told in [statement] if prior is None else [statement, prior]:
            self.heads.append((name, told.company, told.year))
            self.lengths.append(len(told.pages) + len(told.cells))
            strangers = {address.page for address in told.cells} - told.pages
            if strangers:
                raise UsageError(f"{name!r} has cells on pages it lacks: {', '.join(strangers)}.")
            self._add_pages(told)
            self._add_cells(told)

    def _add_pages(self, told: Statement) -> None:
        pages = sorted(told.pages)
        self.place += [self.places.setdefault(Address(p, ""), len(self.places)) for p in pages]
        self.kinds += [NONE if page in told.none_pages else PAGE for page in pages]
        self.values += [None] * len(pages)
        self.states += [CellState.BLANK] * len(pages)
        self.texts += [None] * len(pages)

    def _add_cells(self, told: Statement) -> None:
        places, cells = self.places, told.cells.values()
        self.place += [places.setdefault(address, len(places)) for address in told.cells]
        self.kinds += [cell.kind for cell in cells]
        self.values += [cell.value if isinstance(cell.value, int) else None for cell in cells]
        self.states += [cell.state for cell in cells]
        self.texts += [cell.value if isinstance(cell.value, str) else None for cell in cells]

    def table(self, plain: pa.Schema) -> pa.Table:
        """The rows as an Arrow table."""
        head = np.repeat(np.arange(len(self.heads)), self.lengths)
        place = np.array(self.place, np.int64)
        columns: dict[str, Any] = {
            "kind": _words_of(self.kinds), "state": _words_of(self.states),
            "text": _words_of(self.texts), "value": self.values,
            "year": np.array([year for _, _, year in self.heads])[head],
        }  # fmt: skip
        columns["statement"] = _words_of([name for name, _, _ in self.heads], head)
        columns["company"] = _words_of([company for _, company, _ in self.heads], head)
        for name in ("page", "line", "column"):
            columns[name] = _words_of([getattr(address, name) for address in self.places], place)
        for name in ("inset", "row"):
            columns[name] = np.array([getattr(address, name) for address in self.places])[place]
        arrays = [pa.array(columns[f.name], f.type, from_pandas=False)
                  if not pa.types.is_dictionary(f.type) else columns[f.name] for f in plain]  # fmt: skip
        return pa.Table.from_arrays(arrays, schema=plain)


def _words_of(words: Sequence[str | None], chosen: Ints | None = None) -> Any:
    """Words as a column of codes; with `chosen`, one of the words for each of its elements."""
    column = pa.array(words, pa.string()).dictionary_encode()
    if chosen is None:
        return column
    indices = column.indices.to_numpy()[chosen]
    return pa.DictionaryArray.from_arrays(pa.array(indices, pa.int32()), column.dictionary)


# -- reading ------------------------------------------------------------------------------


def check_archive(path: Path, blank: Blank) -> BatchOutcome:
    """Check every statement of an archive, a row group at a time.

    Raises  ReadError when the file is no archive, or a fact of it cannot stand;
            UsageError when a figure is too large to be added.
    """
    outcomes = list(Archive(path, blank).outcomes())
    if not outcomes:
        raise ReadError(f"{path} holds no statement.")
    return joined(outcomes)


@dataclass(eq=False)
class Archive:
    """An archive on disk, read as far as somebody asks."""

    path: Path
    blank: Blank
    _last_held: tuple[int, Any] = (-1, None)

    @cached_property
    def file(self) -> Any:
        """The open Parquet file.

        Raises  ReadError when it is none, or lacks a column, or has one of another kind.
        """
        try:
            found = pq.read_schema(self.path)
            self._prove(found)
            return pq.ParquetFile(self.path, read_dictionary=[*KEYS, *WORDS], memory_map=True)
        except (OSError, pa.ArrowException) as fault:
            raise ReadError(f"{self.path} is not an archive: {fault}") from fault

    def _prove(self, found: pa.Schema) -> None:
        """Refuse columns that are not there, or not of their kind."""
        for name in (*KEYS, *WORDS, *NUMBERS):
            if name not in found.names:
                raise ReadError(f"{self.path} has no column {name!r}.", next=_SEE)
            kind, right = found.field(name).type, NUMBERS.get(name, "string")
            if name == "value" and kind != pa.int64():
                raise ReadError(
                    f"{self.path}: value is {kind}, not int64.", next=_SEE,
                    why="A figure that went through a fraction may not be the figure filed.",
                )  # fmt: skip
            is_fit = pa.types.is_integer(kind) if name in NUMBERS else _is_words(kind)
            if not is_fit:
                raise ReadError(f"{self.path}: {name} is {kind}, not {right}.", next=_SEE)

    def outcomes(self) -> Iterator[BatchOutcome]:
        """The statements of each row group, checked; a batch that shows its progress reads this."""
        seen: set[str] = set()
        for codes in self._groups(list(NEEDED)):
            twice = seen.intersection(codes.names)
            if twice:
                raise ReadError(
                    f"{self.path}: the facts of {min(twice)!r} do not stand together.",
                    next="Sort the archive by statement.",
                )
            seen.update(codes.names)
            names = codes.names
            yield check_many(gathered(codes, self.blank), names, partial(self._at, names))

    def _at(self, names: tuple[str, ...], number: int) -> Statement:
        return self.statement(names[number])

    def statement(self, name: str) -> Statement:
        """One statement with all its cells, words included.

        Raises  UsageError when the archive has none of that name; ReadError when it cannot stand.
        """
        rows = []
        for group in range(self.file.num_row_groups):
            if not self._may_hold(group, name):
                continue
            found = self._held(group).column("statement")
            mask = pc.equal(found, name)
            if pc.any(mask).as_py():
                rows += self._held(group).filter(mask).to_pylist()
        if not rows:
            raise UsageError(f"{self.path} has no statement {name!r}.")
        years = sorted({row["year"] for row in rows}, reverse=True)
        told = [self._statement([r for r in rows if r["year"] == year], name) for year in years]
        return replace(told[0], prior=told[1]) if len(told) > 1 else told[0]

    def _statement(self, rows: list[dict[str, Any]], name: str) -> Statement:
        cells = dict(_cell(row, name) for row in rows if row["line"])
        return Statement(
            blank=self.blank, year=rows[0]["year"], company=rows[0]["company"] or "", cells=cells,
            pages=frozenset(row["page"] for row in rows),
            none_pages=frozenset(row["page"] for row in rows if row["kind"] == NONE),
        )  # fmt: skip

    def _held(self, group: int) -> Any:
        """A whole row group; the last one is kept, for the next statement asked for is often there."""
        if self._last_held[0] != group:
            self._last_held = (group, self.file.read_row_group(group))
        return self._last_held[1]

    def _may_hold(self, group: int, name: str) -> bool:
        """Whether the row group's bounds let the name be in it."""
        at = self.file.schema_arrow.names.index("statement")
        bounds = self.file.metadata.row_group(group).column(at).statistics
        if bounds is None or not bounds.has_min_max:
            return True
        return bool(bounds.min <= name <= bounds.max)

    def _groups(self, columns: list[str]) -> Iterator[Codes]:
        """Row groups as codes, each ready while the one before is checked.

        A statement that goes over the edge of a row group is carried to the next.
        """
        last = self.file.num_row_groups - 1
        carried = None
        with ThreadPoolExecutor(max_workers=1) as reader:
            following = reader.submit(self._read, 0, columns) if last >= 0 else None
            for group in range(last + 1):
                assert following is not None
                table = following.result()
                if carried is not None:
                    table = pa.concat_tables([carried, table]).combine_chunks()
                    carried = None
                if group < last:
                    following = reader.submit(self._read, group + 1, columns)
                    if _first(following.result()) == _last(table):
                        table, carried = _cut(table)
                if table.num_rows:
                    yield Codes.of(table)

    def _read(self, group: int, columns: list[str]) -> Any:
        try:
            return self.file.read_row_group(group, columns=columns).combine_chunks()
        except (OSError, pa.ArrowException) as fault:
            raise ReadError(f"{self.path}, row group {group}: {fault}") from fault


_SEE = "See docs/reference/archive.md for the columns."


def _is_words(kind: Any) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _cell(row: dict[str, Any], name: str) -> tuple[Address, Cell]:
    address = Address(row["page"], row["line"], row["column"] or "", row["inset"], row["row"])
    value = row["value"] if row["value"] is not None else row["text"]
    cell = Cell(
        address=address, kind=Kind(row["kind"]), state=CellState(row["state"]), value=value,
        because=Given(source=name),
    )  # fmt: skip
    return address, cell


def _first(table: Any) -> Any:
    return table.column("statement")[0].as_py() if table.num_rows else None


def _last(table: Any) -> Any:
    return table.column("statement")[table.num_rows - 1].as_py() if table.num_rows else None


def _cut(table: Any) -> tuple[Any, Any]:
    """The table without its last statement, and that statement."""
    codes: Ints = table.column("statement").chunk(0).indices.to_numpy()
    other = np.flatnonzero(codes != codes[-1])
    start = int(other[-1]) + 1 if other.size else 0
    return table.slice(0, start).combine_chunks(), table.slice(start).combine_chunks()
