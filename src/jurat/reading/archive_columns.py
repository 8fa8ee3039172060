"""Facts in long form as columns of the matrix: no step takes them one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jurat.blanks import Blank, PriorCell
from jurat.checks.many import Many, RowKey, system_of_rows
from jurat.money import Kind
from jurat.statement import PRIOR, Cell, CellState, Statement
from jurat.statement.system import Bools, Ints, System
from jurat.words import Address, ReadError

Small = NDArray[np.int32]


@dataclass(frozen=True, eq=False, kw_only=True)
class Codes:
    """Facts as codes: one element for each row of the archive, the words they stand for beside."""

    names: tuple[str, ...]
    statement: Small
    page: Small
    pages: tuple[str, ...]
    place: Small
    """Which of `places` the fact is at."""
    places: tuple[Address, ...]
    """Every address met, once; a line "" says only that the page is there."""
    is_prior: Bools
    values: Ints
    present: Bools
    unread: Bools

    @classmethod
    def of(cls, table: Any) -> "Codes":
        """The codes of an Arrow table of facts whose columns are in one piece each.

        Raises  ReadError when the facts of a statement do not stand together.
        """
        names, statement = _statements(table)
        page, pages = _words(table, "page")
        line, lines = _words(table, "line")
        column, columns = _words(table, "column")
        inset, row = _numbers(table, "inset"), _numbers(table, "row")
        first_inset, first_row = int(inset.min()), int(row.min())
        place, keys = _dense(page, line, len(lines))
        place, columns_of = _dense(place, column, len(columns))
        place, insets_of = _dense(place, inset - first_inset, int(np.ptp(inset)) + 1)
        place, rows_of = _dense(place, row - first_row, int(np.ptp(row)) + 1)
        places = []
        for key, own_row in rows_of:
            key, own_inset = insets_of[key]
            key, own_column = columns_of[key]
            own_page, own_line = keys[key]
            places.append(
                Address(
                    pages[own_page], lines[own_line], columns[own_column],
                    own_inset + first_inset, own_row + first_row,
                )
            )  # fmt: skip
        year = _numbers(table, "year")
        starts = np.flatnonzero(np.diff(statement, prepend=-1))
        is_prior = year < np.maximum.reduceat(year, starts)[statement]
        value = table.column("value").combine_chunks()
        value = value.chunk(0) if hasattr(value, "chunk") else value
        state, states = _words(table, "state")
        return cls(
            names=names, statement=statement, page=page, pages=pages, place=place,
            places=tuple(places), is_prior=is_prior, present=value.is_valid().to_numpy(False),
            values=value.fill_null(0).to_numpy(), unread=_unread(states)[state],
        )  # fmt: skip


def _piece(table: Any, name: str) -> Any:
    column = table.column(name)
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _words(table: Any, name: str) -> tuple[Small, tuple[str, ...]]:
    """A column's codes and the words they stand for; nothing given is the empty word."""
    column = _piece(table, name)
    words = tuple(word or "" for word in column.dictionary.to_pylist())
    indices = column.indices
    if indices.null_count:
        indices, words = indices.fill_null(len(words)), (*words, "")
    codes: Small = indices.to_numpy().astype(np.int32, copy=False)
    return codes, words


def _numbers(table: Any, name: str) -> Small:
    column = _piece(table, name)
    if column.null_count:
        column = column.fill_null(0)
    numbers: Small = column.to_numpy().astype(np.int32, copy=False)
    return numbers


def _statements(table: Any) -> tuple[tuple[str, ...], Small]:
    """The names in order of appearance, and which of them each fact belongs to."""
    codes, words = _words(table, "statement")
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    names = tuple(words[code] for code in codes[starts].tolist())
    if len(set(names)) != len(names):
        twice = next(name for at, name in enumerate(names) if name in names[:at])
        raise ReadError(
            f"The facts of {twice!r} do not stand together.", next="Sort the archive by statement."
        )
    lengths = np.diff(starts, append=len(codes))
    return names, np.repeat(np.arange(len(names), dtype=np.int32), lengths)


def _unread(states: Sequence[str]) -> Bools:
    known = {str(state): state for state in CellState}
    strange = [state for state in states if state not in known]
    if strange:
        raise ReadError(
            f"{strange[0]!r} is no state of a cell.", next=f"One of {', '.join(known)}."
        )
    wrong = (CellState.UNREAD, CellState.UNKNOWN)
    return np.array([known[state] in wrong for state in states], bool)


def _dense(one: Small, other: Small, others: int) -> tuple[Small, list[tuple[int, int]]]:
    """Pairs of codes as one code without gaps, and the pair behind each."""
    both = one * np.int64(others) + other
    is_met = np.zeros(int(both.max()) + 1, bool)
    is_met[both] = True
    met = np.flatnonzero(is_met)
    dense = np.zeros(len(is_met), np.int32)
    dense[met] = np.arange(len(met), dtype=np.int32)
    pairs = zip((met // others).tolist(), (met % others).tolist(), strict=True)
    return dense[both], list(pairs)


# -- codes to the matrix ------------------------------------------------------------------


@dataclass(frozen=True, eq=False, kw_only=True)
class _Map:
    """Where the addresses of some facts stand in the matrix."""

    system: System
    row_of: Ints
    rows: tuple[RowKey, ...]
    cell: Ints
    """For each address its column of the matrix; -1 for words and for pages."""
    prior: Ints
    """The same for last year's figure at that address."""
    row: Ints
    """For each address the row it stands on; -1 where it stands on none."""


@lru_cache(maxsize=16)
def _map_of(blank: Blank, places: tuple[Address, ...]) -> _Map:
    """Find every address in the blank, once for all statements that use it.

    Raises  ReadError naming addresses the blank does not have.
    """
    cells = {place: Cell(address=place, kind=Kind.TEXT) for place in places if place.line}
    model = Statement(blank=blank, year=blank.year, cells=cells, pages=frozenset())
    known = {slot.address for slot in model.all_slots()}
    strange = [str(place) for place in cells if place not in known]
    strange += [place.page for place in places if place.page not in blank.pages]
    if strange:
        raise ReadError(
            f"The blank has no cell {', '.join(strange[:5])}.",
            why="A figure without a place would silently be lost.",
        )
    rows = [(*group, key) for group, keys in model.layout for key in keys]
    row_at: dict[tuple[str, str, int], int] = {}
    for at, (page, name, key) in enumerate(rows):
        group = blank.group(page, name)
        line, row = (name, key) if group.is_table else (group.line_id(key), 0)
        row_at[page, line, row] = at
    system, row_of = system_of_rows(blank, rows)
    index = system.index
    return _Map(
        system=system, row_of=row_of, rows=tuple(rows),
        cell=np.array([index.get(place, -1) for place in places], np.int64),
        prior=np.array([index.get(PriorCell(place), -1) for place in places], np.int64),
        row=np.array([row_at.get((p.page, p.line, p.row), -1) for p in places], np.int64),
    )  # fmt: skip


def gathered(codes: Codes, blank: Blank) -> Many:
    """The facts as a matrix, a column for each statement.

    Raises  ReadError naming a fact that stands twice, or an address the blank does not have.
    """
    _prove_once(codes)
    found = _map_of(blank, codes.places)
    count = len(codes.names)
    size = (len(found.system.cells), count)
    cell = found.cell[codes.place]
    has_prior = codes.is_prior.any()
    if has_prior:
        cell = np.where(codes.is_prior, found.prior[codes.place], cell)
    flat = cell * count + codes.statement
    many = Many(
        system=found.system, row_of=found.row_of, values=np.zeros(size, np.int64),
        present=np.zeros(size, bool), unread=np.zeros(size, bool), pages=(*codes.pages, PRIOR),
        has_page=np.zeros((len(codes.pages) + 1, count), bool),
        has_row=np.zeros((len(found.rows), count), bool),
    )  # fmt: skip
    filled = codes.present & (cell >= 0)
    many.values.reshape(-1)[flat[filled]] = codes.values[filled]
    many.present.reshape(-1)[flat[filled]] = True
    unread = codes.unread & (cell >= 0)
    many.unread.reshape(-1)[flat[unread]] = True
    many.has_page[-1, codes.statement[codes.is_prior]] = True
    is_own = ~codes.is_prior if has_prior else slice(None)
    many.has_page[codes.page[is_own], codes.statement[is_own]] = True
    row = found.row[codes.place[is_own]]
    on_row = row >= 0
    many.has_row[row[on_row], codes.statement[is_own][on_row]] = True
    return many


def _prove_once(codes: Codes) -> None:
    """Refuse a fact that stands twice in one statement: one of the two would be lost."""
    key = (codes.place * np.int64(2) + codes.is_prior) * len(codes.names) + codes.statement
    is_met = np.zeros(2 * len(codes.places) * len(codes.names), bool)
    is_met[key] = True
    if np.count_nonzero(is_met) == len(key):
        return
    order = np.argsort(key, kind="stable")
    at = int(order[1:][key[order[1:]] == key[order[:-1]]][0])
    raise ReadError(
        f"{codes.places[codes.place[at]]} of {codes.names[codes.statement[at]]!r} stands twice.",
        why="One of the two would be lost.",
    )
