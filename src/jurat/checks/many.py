"""Many statements side by side: the columns on which the one engine checks them together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from jurat.blanks import Blank
from jurat.statement import Statement, System, layout_of, system_for
from jurat.statement.system import Bools, Ints
from jurat.words import UsageError

RowKey = tuple[str, str, int]
"""A row that a filer may have: page, group, key."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Many:
    """Many statements side by side, each a column of figures in the matrix's order.

    The matrix is that of all rows that any of them has; a row that one of them lacks is blank
    there, and its equations do not count for it.

    Shape   `values`, `present`, `unread` cells × statements; `has_page` pages × statements;
            `has_row` rows × statements; `row_of` equations.
    """

    system: System
    values: Ints
    present: Bools
    unread: Bools
    pages: tuple[str, ...]
    """The pages any of them has; last year's statement counts as one."""
    has_page: Bools
    has_row: Bools
    row_of: Ints
    """For each equation the row it stands on, as its place in `has_row`; -1 for the fixed ones."""

    @classmethod
    def of(cls, statements: Sequence[Statement]) -> "Many":
        """Statements of one blank as columns, in the order given.

        Raises  UsageError when they are not all of one blank, or there are none.
        """
        if not statements or any(s.blank is not statements[0].blank for s in statements):
            raise UsageError("A batch needs statements, all of one blank.")
        rows = sorted({(*g, k) for s in statements for g, keys in s.rows.items() for k in keys})
        system, row_of = system_of_rows(statements[0].blank, rows)
        pages = tuple(sorted(frozenset[str]().union(*(s.pages_known for s in statements))))
        size = (len(system.cells), len(statements))
        many = cls(
            system=system, values=np.zeros(size, np.int64), present=np.zeros(size, bool),
            unread=np.zeros(size, bool), pages=pages, row_of=row_of,
            has_page=np.array([[p in s.pages_known for s in statements] for p in pages], bool),
            has_row=np.zeros((len(rows), len(statements)), bool),
        )  # fmt: skip
        place_of: dict[System, Ints] = {}
        row_at = {row: at for at, row in enumerate(rows)}
        for column, statement in enumerate(statements):
            own = statement.system
            if own not in place_of:
                place_of[own] = np.array([system.index[place] for place in own.cells], np.int64)
            places, vectors = place_of[own], statement.vectors
            for whole, vector in zip(
                (many.values, many.present, many.unread), vectors, strict=True
            ):
                whole[places, column] = vector
            for group, keys in statement.rows.items():
                many.has_row[[row_at[*group, key] for key in keys], column] = True
        return many

    def __len__(self) -> int:
        """How many statements."""
        return int(self.values.shape[1])

    @property
    def facts(self) -> int:
        """How many cells hold a figure, over all statements."""
        return int(np.count_nonzero(self.present))

    def between(self, start: int, stop: int) -> "Many":
        """Some of the statements, in one piece of memory."""

        def cut(whole: Bools) -> Bools:
            return np.ascontiguousarray(whole[:, start:stop])

        return replace(
            self, values=np.ascontiguousarray(self.values[:, start:stop]),
            present=cut(self.present), unread=cut(self.unread), has_page=cut(self.has_page),
            has_row=cut(self.has_row),
        )  # fmt: skip


def system_of_rows(blank: Blank, rows: Sequence[RowKey]) -> tuple[System, Ints]:
    """The matrix for all the rows that some filers have between them, and each equation's row.

    Shape   for each equation the place of its row in `rows`; -1 where it stands on none.
    """
    layout: dict[tuple[str, str], list[int]] = {}
    for page, group, key in rows:
        layout.setdefault((page, group), []).append(key)
    system = system_for(blank, layout_of(layout))
    row_at = {row: at for at, row in enumerate(rows)}
    stands = {
        (law.id, blank.group(law.page, law.group).address(key, law.column)): row_at[
            law.page, law.group, key
        ]
        for law in blank.row_laws
        for key in layout.get((law.page, law.group), ())
    }
    fixed = len(blank.equations)
    on_rows = [stands[e.id, e.left] for e in system.equations[fixed:]]
    return system, np.array([-1] * fixed + on_rows, np.int64)
