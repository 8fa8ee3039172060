"""The one engine: a blank's equations as a sparse integer matrix over its cells.

Check, explain, dependents, suspects and batches of statements all read this matrix.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from jurat.blanks import Blank, Equation, Measured, PriorCell, RowSum
from jurat.blanks.equations import Place
from jurat.money import Kind
from jurat.statement.measures import ratio_of
from jurat.words import Severity, Tolerance

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Layout = tuple[tuple[tuple[str, str], tuple[int, ...]], ...]
"""Which rows a filer has: ((page, group), keys), sorted."""

PRIOR = "(prior year)"


def layout_of(rows: Mapping[tuple[str, str], Iterable[int]]) -> Layout:
    """Rows by group as a value that can be compared and kept."""
    return tuple(sorted((group, tuple(sorted(keys))) for group, keys in rows.items() if keys))


@dataclass(frozen=True, slots=True)
class Percentage:
    """A cell that is a percentage of one cell in another."""

    id: str
    left: int
    part: int
    whole: int


@dataclass(frozen=True, eq=False)
class System:
    """Cells as columns, equations as rows; residual = matrix · values − constants.

    Units   each row in 1/scale of the cell's own unit.
    """

    cells: tuple[Place, ...]
    equations: tuple[Equation, ...]
    starts: Ints
    columns: Ints
    weights: Ints
    constants: Ints
    scales: Ints
    classes: tuple[Tolerance, ...]
    percentages: tuple[Percentage, ...]
    kinds: tuple[Kind, ...]
    index: dict[Place, int] = field(repr=False)

    def row(self, equation: int) -> list[tuple[int, int]]:
        """The cells of one equation with their weights: the left positive, the right negative."""
        span = slice(self.starts[equation], self.starts[equation + 1])
        return list(zip(self.columns[span].tolist(), self.weights[span].tolist(), strict=True))

    def residuals(self, values: Ints) -> Ints:
        """Left less right for every equation; `values` is cells, or cells × statements.

        Shape   equations, or equations × statements.
        """
        picked = values[self.columns]
        weights = self.weights if values.ndim == 1 else self.weights[:, None]
        constants = self.constants if values.ndim == 1 else self.constants[:, None]
        return np.add.reduceat(picked * weights, self.starts[:-1], axis=0) - constants

    def terms_present(self, present: Bools) -> Ints:
        """How many cells of each equation's right-hand side are not blank."""
        counted = present[self.columns].astype(np.int64)
        counted[self.starts[:-1]] = 0  # the left cell stands first and is the total, not a term
        return np.add.reduceat(counted, self.starts[:-1], axis=0)

    def allowed(self, terms: Ints) -> Ints:
        """The difference that rounding may leave, by domain rule 2.7, in 1/scale units.

        A product may be one dollar from its rounded figure: less than a dollar and a half in all.
        """
        by_class = self.class_codes if terms.ndim == 1 else self.class_codes[:, None]
        scales = self.scales if terms.ndim == 1 else self.scales[:, None]
        rounding = np.maximum((terms + 1) // 2, 1) * scales
        choices = [np.zeros_like(terms), rounding, np.ones_like(terms) * scales]
        product = np.ones_like(terms) * ((3 * scales - 1) // 2)
        return np.select([by_class == code for code in range(3)], choices, product)

    @cached_property
    def class_codes(self) -> Ints:
        """0 exact, 1 rounding, 2 percent, 3 product."""
        return np.array([list(Tolerance).index(kind) for kind in self.classes], dtype=np.int64)

    @cached_property
    def by_cell(self) -> dict[int, list[int]]:
        """The equations each cell takes part in."""
        found: dict[int, list[int]] = defaultdict(list)
        for equation in range(len(self.equations)):
            for cell, _ in self.row(equation):
                found[cell].append(equation)
        return found

    @cached_property
    def filled_by(self) -> dict[int, int]:
        """The equation that fills a cell."""
        return {
            self.row(row)[0][0]: row
            for row, equation in enumerate(self.equations)
            if equation.fills
        }

    @cached_property
    def percentage_of(self) -> dict[int, Percentage]:
        """The percentage that a cell is."""
        return {share.left: share for share in self.percentages}

    @cached_property
    def shares_by_cell(self) -> dict[int, list[Percentage]]:
        """The percentages each cell is the part or the whole of."""
        found: dict[int, list[Percentage]] = defaultdict(list)
        for share in self.percentages:
            for cell in {share.part, share.whole}:
                found[cell].append(share)
        return found

    def words_of(self, share: Percentage) -> str:
        """A percentage in words."""
        return f"{self.cells[share.part]} as a percentage of {self.cells[share.whole]}"

    @cached_property
    def pages_of(self) -> tuple[frozenset[str], ...]:
        """The pages each equation needs; last year's statement counts as a page."""
        return tuple(
            frozenset(_page(self.cells[cell]) for cell, _ in self.row(row))
            for row in range(len(self.equations))
        )


def _page(place: Place) -> str:
    return PRIOR if isinstance(place, PriorCell) else place.page


@lru_cache(maxsize=64)
def system_for(blank: Blank, layout: Layout = ()) -> System:
    """The matrix of a blank for the rows a filer has."""
    return _Compiler(blank, layout).system()


class _Compiler:
    def __init__(self, blank: Blank, layout: Layout) -> None:
        self.blank = blank
        self.rows = dict(layout)
        self.cells: list[Place] = []
        self.kinds: list[Kind] = []
        self.index: dict[Place, int] = {}

    def system(self) -> System:
        for slot in self.blank.slots():
            if slot.kind.is_figure and not slot.is_xxx:
                self._add(slot.address, slot.kind)
        for group in self.blank.groups():
            for key in self.rows.get((group.page, group.id), ()):
                for slot in group.slots(key):
                    if slot.kind.is_figure:
                        self._add(slot.address, slot.kind)
        equations = [*self.blank.equations, *self._row_equations()]
        table = [self._entries(equation) for equation in equations]
        kept = [(e, entries) for e, entries in zip(equations, table, strict=True)]
        starts = np.cumsum([0, *(len(entries) for _, entries in kept)])
        percentages = tuple(self._percentage(measured) for measured in self.blank.measured)
        return System(
            cells=tuple(self.cells),
            equations=tuple(equation for equation, _ in kept),
            starts=starts.astype(np.int64),
            columns=np.array([cell for _, entries in kept for cell, _ in entries], dtype=np.int64),
            weights=np.array(
                [weight for _, entries in kept for _, weight in entries], dtype=np.int64
            ),
            constants=np.array([equation.constant for equation, _ in kept], dtype=np.int64),
            scales=np.array([equation.scale for equation, _ in kept], dtype=np.int64),
            classes=tuple(equation.tolerance for equation, _ in kept),
            percentages=percentages,
            kinds=tuple(self.kinds),
            index=self.index,
        )

    def _add(self, place: Place, kind: Kind) -> int:
        if place not in self.index:
            self.index[place] = len(self.cells)
            self.cells.append(place)
            self.kinds.append(kind)
        return self.index[place]

    def _entries(self, equation: Equation) -> list[tuple[int, int]]:
        entries: dict[int, int] = {self._find(equation.left): equation.scale}
        signed = [(place, weight * equation.scale) for place, weight in equation.left_rest]
        signed += [(place, -weight) for place, weight in equation.right]
        for place, weight in signed:
            for cell in self._expanded(place):
                entries[cell] = entries.get(cell, 0) + weight
        return list(entries.items())

    def _expanded(self, place: Place) -> list[int]:
        if not isinstance(place, RowSum):
            return [self._find(place)]
        group = self.blank.group(place.page, place.group)
        keys = self.rows.get((place.page, place.group), ())
        return [self._find(group.address(key, place.column)) for key in keys]

    def _find(self, place: Place) -> int:
        return self._add(place, Kind.MONEY)

    def _row_equations(self) -> list[Equation]:
        made = []
        for law in self.blank.row_laws:
            group = self.blank.group(law.page, law.group)
            for key in self.rows.get((law.page, law.group), ()):
                right = tuple((group.address(key, column), sign) for column, sign in law.right)
                made.append(
                    Equation(
                        id=law.id,
                        words=law.words,
                        left=group.address(key, law.column),
                        right=right,
                        tolerance=law.tolerance,
                        why=law.why,
                        fills=True,
                        severity=Severity.ERROR,
                    )
                )
        return made

    def _percentage(self, measured: Measured) -> Percentage:
        part, whole = ratio_of(measured.name, measured.left, measured.where)
        cells = (self._find(place) for place in (measured.left, part, whole))
        return Percentage(measured.id, *cells)
