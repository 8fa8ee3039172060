"""Repairs: by how much to change which cells so that a story of broken checks holds.

One cell is tried first, exactly. Where no single cell will do, an integer program finds the fewest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from jurat.checks.limits import FAR, Limits, Repair, Story
from jurat.money import round_half_away

if TYPE_CHECKING:
    import highspy

INFINITE = float("inf")

_NODES = 1_000
"""How far one program may branch, all its repairs together; the fewest found by then is taken."""

_TELLING = 3
"""Cells up to which a set points at slips; a larger one says that no slip explains it, and one is enough."""
_TRIES = 5
"""How many sets that mend only within float precision are passed over."""

_SURE = 6
"""Sets up to so many cells are looked for wherever they may lie; larger ones near the story."""

_OPTIONS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_max_nodes": _NODES,
    "mip_rel_gap": 0.0,
    "primal_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
}
"""The same answer on every run, and amounts of billions to the dollar."""

_BLANK = 1e-3
"""What a cell that stands blank costs beyond one: filled cells are suspected first."""

_MOVED = 1e-4
"""What moving a check within its tolerance costs: sets that leave other checks alone come first."""

_Row = tuple[float, list[tuple[int, float]], float]
"""One row of a program: its least, its terms, its most."""


def single_repairs(limits: Limits, story: Story) -> list[Repair]:
    """Every repair that changes one cell only.

    Of the changes that would do, the one after which most of the story's checks have equal sides.
    """
    shared = set.intersection(*({cell for cell, _ in limits.all[at].terms} for at in story))
    cells = [cell for cell in sorted(shared) if limits.may_change(cell)]
    return [{cell: change} for cell in cells if (change := _alone(limits, cell, story))]


def _alone(limits: Limits, cell: int, story: Story) -> int:
    """The change of one cell that mends a whole story; zero if there is none."""
    low, high = -FAR, FAR
    for at, weight in limits.touching[cell]:
        least, most = limits.bounds(at, story)
        if weight < 0:
            least, most = -most, -least
        low, high = max(low, -(-least // abs(weight))), min(high, most // abs(weight))
    if low > high:
        return 0
    wished = Counter(
        change
        for at, weight in limits.touching[cell]
        if at in story and limits.all[at].is_two_sided
        and low <= (change := round_half_away(limits.all[at].goal, weight)) <= high
    )  # fmt: skip
    if wished:
        return max(wished, key=lambda change: (wished[change], -abs(change)))
    if high - low < FAR:
        return (low + high) // 2
    return low if low > 0 else high


def smallest_program(limits: Limits, story: Story) -> Program:
    """The program of a story over as many cells as the fewest changes may need.

    A repair of n cells lies within n steps of the story, so the region grows until it holds it.
    """
    reach = 2
    while True:
        program = Program(limits, story, reach)
        fewest = len(program.fewest)
        if program.is_whole or 0 < fewest <= reach or fewest > _SURE:
            return program
        reach = fewest or 2 * reach


class Program:
    """The integer program of a story: fewest cells changed, every limit kept.

    For each cell a change d and a yes-or-no y with |d| ≤ most · y; least Σ y. Amounts are in units
    of the largest break and each limit in units of its left side, so that all numbers are near one;
    cells that no check tells apart are one cell. `fewest` is the smallest set of cells found.
    """

    def __init__(self, limits: Limits, story: Story, reach: int) -> None:
        self.limits, self.story = limits, story
        self.rows, self.cells, self.is_whole = self._region(reach)
        self.size = max(1.0, *(self._break(at) for at in story), 1.0)
        self.scale = {cell: self._scale(cell) for cell in self.cells}
        self.highs = self._fewest()
        self._solved, self._spent = solution(self.highs), 0
        self.fewest = self._changed()

    def _region(self, reach: int) -> tuple[list[int], list[int], bool]:
        """Limits and cells within some steps of the story, and whether there are no others."""
        limits, rows = self.limits, set(self.story)
        frontier, seen = set(rows), set[int]()
        cells: dict[object, int] = {}
        for _ in range(reach):
            reached = {cell for at in frontier for cell, _ in limits.all[at].terms} - seen
            seen |= reached
            for cell in sorted(reached, key=lambda cell: (not limits.present[cell], cell)):
                if limits.may_change(cell):
                    cells.setdefault(limits.column(cell), cell)
            frontier = limits.touched(reached & set(cells.values())) - rows
            rows |= frontier
        return sorted(rows), sorted(cells.values()), not frontier

    def _break(self, at: int) -> float:
        limit = self.limits.all[at]
        return max(limit.low, -limit.high, 0) / limit.unit

    def _scale(self, cell: int) -> float:
        """The most one unit of a cell moves any limit; a percentage of millions moves it far."""
        limits = self.limits
        return max(1.0, *(abs(w) / limits.all[at].unit for at, w in limits.touching[cell]), 1.0)

    def _fewest(self) -> highspy.Highs:
        cells = len(self.cells)
        most = float(max(2, len(self.story)))
        place = {cell: at for at, cell in enumerate(self.cells)}
        rows: list[_Row] = []
        for at in range(cells):
            rows.append((-INFINITE, [(at, 1.0), (cells + at, -most)], 0.0))
            rows.append((0.0, [(at, 1.0), (cells + at, most)], INFINITE))
        blank = [_BLANK * (not self.limits.present[cell]) for cell in self.cells]
        costs = [*([0.0] * cells), *(1.0 + extra for extra in blank)]
        bounds = [*([(-most, most)] * cells), *([(0.0, 1.0)] * cells)]
        for at in self.rows:
            row = self._row(at, place, {}, self.size)
            rows.append(row)
            if self.limits.all[at].is_two_sided and row[0] < row[2]:
                rows += self._slack(at, row, len(costs), self.size)
                costs.append(_MOVED)
                bounds.append((0.0, INFINITE))
        return programmed(costs, bounds, rows, integers=range(cells, 2 * cells))

    def _row(self, at: int, place: dict[int, int], so_far: Repair, size: float) -> _Row:
        """A limit as a row, after what was changed so far."""
        limit, unit = self.limits.all[at], self.limits.all[at].unit
        moved = limit.moved(so_far)
        low, high = self.limits.bounds(at, self.story)
        terms = [(place[c], w / unit / self.scale[c]) for c, w in limit.terms if c in place]
        least = (low - moved) / unit / size if low > -FAR // 2 else -INFINITE
        most = (high - moved) / unit / size if high < FAR // 2 else INFINITE
        return least, terms, most

    def _slack(
        self, at: int, row: _Row, slack: int, size: float, so_far: Repair | None = None
    ) -> list[_Row]:
        """How far a limit moves from where it would like to be: |Σ terms − goal| ≤ slack."""
        limit = self.limits.all[at]
        goal = (limit.goal if at in self.story else 0) - limit.moved(so_far or {})
        wished = goal / limit.unit / size
        return [
            (-INFINITE, [*row[1], (slack, -1.0)], wished),
            (wished, [*row[1], (slack, 1.0)], INFINITE),
        ]

    def _changed(self) -> list[int]:
        """The cells of the set found last; none when there was no other."""
        cells = len(self.cells)
        solved = self._solved
        return [self.cells[at] for at in range(cells) if solved and solved[cells + at] > 0.5]

    def repairs(self) -> Iterator[Repair]:
        """The repairs of the smallest size, one after another, until a further one needs more."""
        fewest, passed_over = len(self.cells), 0
        while (changed := self._changed()) and len(changed) <= fewest and passed_over < _TRIES:
            repair = self._exactly(changed)
            if repair and len(changed) < fewest:
                fewest = len(changed)
                self._at_most(fewest, range(len(self.cells)))
            if repair:
                yield repair
                if len(changed) > _TELLING:
                    return
            passed_over += not repair
            self._spent += self.highs.getInfo().mip_node_count
            if self._spent > _NODES:
                return
            self._at_most(len(changed) - 1, [self.cells.index(cell) for cell in changed])
            self._solved = solution(self.highs)

    def _at_most(self, number: int, places: Sequence[int]) -> None:
        """Let only so many of some cells be changed together."""
        columns = np.array(places, dtype=np.int32) + np.int32(len(self.cells))
        self.highs.addRow(-INFINITE, float(number), len(columns), columns, np.ones(len(columns)))

    def in_part(self) -> Repair:
        """The smallest set with the amounts that bring the story nearest; nothing if it harms.

        For a story of billions and of single dollars at once: the dollars stay to be mended.
        """
        repair = self._amounts(self.fewest, must=False)
        others = self.limits.touched(self.fewest) - self.story
        is_harmless = all(self.limits.keeps(at, repair, self.story) for at in others)
        return repair if is_harmless and self.limits.mended(repair) & self.story else {}

    def _exactly(self, cells: list[int]) -> Repair:
        """Amounts that mend the whole story; nothing when a set does so only in float precision."""
        repair = self._amounts(cells, must=True)
        return repair if self.limits.holds(repair, self.story) else {}

    def _amounts(self, cells: list[int], *, must: bool) -> dict[int, int]:
        """Whole amounts for some cells, found again for what rounding the amounts left over."""
        repair = dict.fromkeys(cells, 0)
        for _ in range(3):
            step = self._nearest(cells, repair, must=must)
            repair = {cell: by + step.get(cell, 0) for cell, by in repair.items()}
            if self.limits.holds(repair, self.story):
                break
        return repair

    def _nearest(self, cells: list[int], so_far: Repair, *, must: bool) -> dict[int, int]:
        """Whole amounts for some cells that leave the least differences; none if limits forbid."""
        place = {cell: at for at, cell in enumerate(cells)}
        size = self._left_over(so_far)
        costs = [0.0] * len(cells)
        bounds = [(-INFINITE, INFINITE)] * len(cells)
        rows: list[_Row] = []
        for at in sorted(self.limits.touched(cells)):
            row = self._row(at, place, so_far, size)
            if must or at not in self.story:
                rows.append(row)
            if self.limits.all[at].is_two_sided:
                rows += self._slack(at, row, len(costs), size, so_far)
                costs.append(1.0)
                bounds.append((0.0, INFINITE))
        solved = solution(programmed(costs, bounds, rows))
        if not solved:
            return {}
        return {c: round(solved[at] * size / self.scale[c]) for c, at in place.items()}

    def _left_over(self, so_far: Repair) -> float:
        """The largest distance of a limit from its goal after what was changed so far."""
        far = [1.0]
        for at in self.limits.touched(so_far) | self.story:
            limit = self.limits.all[at]
            low, high = self.limits.bounds(at, self.story)
            moved = limit.moved(so_far)
            far.append(max(low - moved, moved - high, 0) / limit.unit)
        return max(far)


def programmed(
    costs: Sequence[float], bounds: Sequence[tuple[float, float]], rows: Sequence[_Row],
    integers: Iterable[int] = (),
) -> highspy.Highs:  # fmt: skip
    """A program for HiGHS: least cost, every row within its bounds, some columns whole."""
    import highspy  # noqa: PLC0415 - a tenth of a second that most checks do not need

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(costs), len(rows)
    lp.col_cost_ = np.array(costs)
    lp.col_lower_, lp.col_upper_ = (np.array(side) for side in zip(*bounds, strict=True))
    lp.row_lower_ = np.array([least for least, _, _ in rows])
    lp.row_upper_ = np.array([most for _, _, most in rows])
    terms = [term for _, row, _ in rows for term in row]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row) for _, row, _ in rows)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([at for at, _ in terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([weight for _, weight in terms])
    whole = frozenset(integers)
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[at in whole] for at in range(len(costs))]
    highs = highspy.Highs.__new__(highspy.Highs)
    super(highspy.Highs, highs).__init__()  # its own __init__ prints a banner on standard output
    for option, value in _OPTIONS.items():
        highs.setOptionValue(option, value)
    highs.passModel(lp)
    return highs


def solution(highs: highspy.Highs) -> list[float]:
    """The values of a program, solved; empty when it has none."""
    highs.run()
    is_found = highs.getInfo().primal_solution_status == 2  # HiGHS: a feasible point
    return list(highs.getSolution().col_value) if is_found else []
