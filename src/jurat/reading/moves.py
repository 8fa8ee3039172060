"""Figures that read cleanly as printed and yet are not where, or not of the sign, the filer wrote them.

A move (a lost bracket, a run of amounts one line too high or low) is made only where at least two
independent ties fail before and hold to the dollar after, and none that held is broken. With less
evidence the figure stays as printed, with a doubt.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from jurat.reading.settle import Figures
from jurat.words import Address

LONGEST_RUN = 8
PROOFS_NEEDED = 2
MOST_DOUBTS = 6
MOST_BROKEN = 3
MOST_PAIRED = 60
SMALL = 9
"""Dollars up to which rounding may hide that a figure stands in the wrong place."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of place or sign: cells with the figure they would hold (None: blank)."""

    kind: str
    after: tuple[tuple[int, int | None], ...]
    origins: tuple[tuple[int, int], ...]
    """Which cell each moved figure is printed in: (new cell, cell as printed)."""

    @property
    def cells(self) -> list[int]:
        """Every cell the move touches."""
        return [cell for cell, _ in self.after]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A move with the equations it mends."""

    move: Move
    proof: tuple[int, ...]
    is_made: bool
    rivals: tuple[Move, ...] = ()
    """Moves of more or other figures that the same equations speak for just as well."""


def settle_moves(figures: Figures, grids: "Grids", printed: frozenset[int]) -> list[Verdict]:
    """Make every move that is proved, in the order of its proof; report those that are not as doubts.

    `printed` are the cells whose figures stand in the document.
    """
    verdicts: list[Verdict] = []
    moved: set[int] = set()
    for _ in range(40):
        candidates = [m for m in _moves(figures, grids, printed) if not moved & set(m.cells)]
        weighed = sorted(
            ((_weigh(figures, move), move) for move in candidates),
            key=lambda pair: (
                len(pair[0].broken) - len(pair[0].exact),
                len(pair[1].origins),
                pair[1].cells,
            ),
        )
        proved = [
            (weight, move)
            for weight, move in weighed
            if len(weight.exact) >= PROOFS_NEEDED and not weight.broken
        ]
        if not proved and (pair := _pair(figures, weighed)):
            for weight, move in pair:
                _make(figures, move)
                moved |= set(move.cells)
                verdicts.append(Verdict(move, weight.exact, is_made=True))
            continue
        if not proved:
            verdicts += _doubts(weighed)
            verdicts += _small_doubts(figures, grids, printed)
            break
        weight, move = proved[0]
        rivals = tuple(
            m for w, m in proved[1:] if w.exact == weight.exact and set(m.cells) & set(move.cells)
        )
        _make(figures, move)
        moved |= set(move.cells)
        verdicts.append(Verdict(move, weight.exact, is_made=True, rivals=rivals))
    return verdicts


@dataclass(frozen=True, slots=True)
class _Weight:
    """What speaks for a move: equations that fail before and hold after, to the dollar or within rounding."""

    exact: tuple[int, ...] = ()
    near: tuple[int, ...] = ()
    broken: tuple[int, ...] = ()
    """Equations that held before and fail after."""


def _pair(
    figures: Figures, weighed: list[tuple[_Weight, Move]]
) -> tuple[tuple[_Weight, Move], tuple[_Weight, Move]] | None:
    """Two moves that are proved together: each alone mends enough and breaks only what the other mends."""
    likely = [
        (w, m)
        for w, m in weighed
        if len(w.exact) >= PROOFS_NEEDED - 1 and 0 < len(w.broken) <= MOST_BROKEN
    ]
    for one, other in combinations(likely[:MOST_PAIRED], 2):
        shared = set(one[0].broken) & set(other[0].broken)
        if not shared or set(one[1].cells) & set(other[1].cells):
            continue
        both = _weigh(
            figures, Move("", one[1].after + other[1].after, one[1].origins + other[1].origins)
        )
        if not both.broken and len(both.exact) >= 2 * PROOFS_NEEDED - 1:
            return one, other
    return None


def _doubts(weighed: list[tuple[_Weight, Move]]) -> list[Verdict]:
    """What too little speaks for: for each broken equation its shortest moves, a few at most."""
    told: Counter[int] = Counter()
    doubts = []
    for weight, move in weighed:
        proof = weight.exact + weight.near
        is_likely = len(proof) > len(weight.broken)
        if proof and is_likely and told[proof[0]] < MOST_DOUBTS:
            told[proof[0]] += 1
            doubts.append(Verdict(move, proof, is_made=False))
    return doubts


def _small_doubts(figures: Figures, grids: "Grids", printed: frozenset[int]) -> list[Verdict]:
    """Figures so small that rounding hides them: moved, two checks and more would hold to the dollar."""
    off = [row for row in sorted(figures.runs) if figures.residual(row)]
    cells = [
        cell
        for cell in sorted({cell for row in off for cell, _ in figures.system.row(row)})
        if abs(figures.values.get(cell, 0)) <= SMALL
    ]
    doubts = []
    for move in _moves_of(figures, grids, printed, cells):
        if all(abs(figures.values[origin]) <= SMALL for _, origin in move.origins):
            tried = _try(figures, move)
            mended = tuple(t.row for t in tried if t.before and not t.after)
            if len(mended) >= PROOFS_NEEDED and not any(t.after and not t.before for t in tried):
                doubts.append(Verdict(move, mended, is_made=False))
    return doubts


def _weigh(figures: Figures, move: Move) -> _Weight:
    """The equations a move mends, and those it breaks."""
    exact: list[int] = []
    near: list[int] = []
    broken: list[int] = []
    for tried in _try(figures, move):
        if tried.fails and not tried.failed:
            broken.append(tried.row)
        if tried.failed and not tried.fails:
            (exact if figures.is_exact(tried.row, tried.after) else near).append(tried.row)
    return _Weight(tuple(exact), tuple(near), tuple(broken))


@dataclass(frozen=True, slots=True)
class _Tried:
    """An equation's residual, and whether rounding leaves it too large, without a move and with it."""

    row: int
    before: int
    failed: bool
    after: int
    fails: bool


def _try(figures: Figures, move: Move) -> list[_Tried]:
    """Make a move, look at every equation it touches, and take it back."""
    rows = figures.rows_of(move.cells)
    before = [(figures.residual(row), figures.allowed(row)) for row in rows]
    kept = {cell: figures.values.get(cell) for cell in move.cells}
    _make(figures, move)
    after = [(figures.residual(row), figures.allowed(row)) for row in rows]
    _restore(figures, kept)
    return [
        _Tried(row, old, abs(old) > old_allowed, new, abs(new) > new_allowed)
        for row, (old, old_allowed), (new, new_allowed) in zip(rows, before, after, strict=True)
    ]


def _make(figures: Figures, move: Move) -> None:
    _restore(figures, dict(move.after))


def _restore(figures: Figures, values: dict[int, int | None]) -> None:
    for cell, value in values.items():
        if value is None:
            figures.values.pop(cell, None)
        else:
            figures.values[cell] = value


def _moves(figures: Figures, grids: "Grids", printed: frozenset[int]) -> Iterator[Move]:
    failing = [row for row in sorted(figures.runs) if figures.fails(row)]
    cells = sorted({cell for row in failing for cell, _ in figures.system.row(row)})
    yield from _moves_of(figures, grids, printed, cells)


def _moves_of(
    figures: Figures, grids: "Grids", printed: frozenset[int], cells: Sequence[int]
) -> Iterator[Move]:
    for cell in cells:
        if cell in printed and figures.values.get(cell, 0) > 0:
            yield Move("lost brackets", ((cell, -figures.values[cell]),), ((cell, cell),))
    yield from grids.line_shifts(figures, cells)
    yield from grids.column_shifts(figures, cells)


class Grids:
    """The printed rows of each page as columns and lines of cells, for moving figures about."""

    def __init__(
        self, figures: Figures, pages: Mapping[str, Sequence[tuple[int, Sequence[Address]]]]
    ) -> None:
        """`pages` gives for each page its printed rows: document line and the row's cells in column order."""
        self.columns: list[list[int]] = []
        self.lines: list[list[int]] = []
        self.below: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self.in_column: dict[int, tuple[int, int]] = {}
        self.in_line: dict[int, tuple[int, int]] = {}
        for page, rows in pages.items():
            self._add_page(figures, page, rows)

    def _add_page(
        self, figures: Figures, page: str, rows: Sequence[tuple[int, Sequence[Address]]]
    ) -> None:
        by_column: dict[str, list[tuple[int, int]]] = {}
        for number, addresses in rows:
            line = [
                figures.system.index[address]
                for address in addresses
                if address in figures.system.index
            ]
            self.in_line.update({cell: (len(self.lines), place) for place, cell in enumerate(line)})
            self.lines.append(line)
            for address in addresses:
                if address in figures.system.index:
                    by_column.setdefault(address.column, []).append(
                        (number, figures.system.index[address])
                    )
        for column, cells in by_column.items():
            self.below[page, column] = cells
            self.in_column.update(
                {cell: (len(self.columns), place) for place, (_, cell) in enumerate(cells)}
            )
            self.columns.append([cell for _, cell in cells])

    def line_shifts(self, figures: Figures, cells: Sequence[int]) -> Iterator[Move]:
        """Runs of figures of one column that would go one line down, or up, onto a blank."""
        seen: set[tuple[int, int, int, int]] = set()
        for cell in cells:
            column, place = self.in_column.get(cell, (-1, 0))
            for length in range(1, LONGEST_RUN + 1) if column >= 0 else ():
                for start in range(max(0, place - length), place + 2):
                    for step in (1, -1):
                        key = (column, start, length, step)
                        if key not in seen:
                            seen.add(key)
                            kind = (
                                "printed one line too high"
                                if step > 0
                                else "printed one line too low"
                            )
                            yield from _run(
                                figures, self.columns[column], start, length, step, kind
                            )

    def column_shifts(self, figures: Figures, cells: Sequence[int]) -> Iterator[Move]:
        """Figures of one line that would go some columns to the right, onto blanks left out in print."""
        for number in sorted({self.in_line[cell][0] for cell in cells if cell in self.in_line}):
            line = self.lines[number]
            filled = [place for place, cell in enumerate(line) if cell in figures.values]
            for at, start in enumerate(filled):
                last = filled[-1]
                for step in range(1, len(line) - last):
                    yield from _spread(figures, line, filled[at:], step)
                    if len(filled) - at > 1 and at + 1 < len(filled):
                        yield from _spread(figures, line, [start], step)

    def unproved(self, figures: Figures) -> Iterator[tuple[int, int]]:
        """Figures above a blank that no equation would miss one line down: (cell, the one below); any 0."""
        for column in self.columns:
            for cell, below in pairwise(column):
                if (
                    cell in figures.values
                    and below not in figures.values
                    and (figures.values[cell] == 0 or _alike(figures, cell, below))
                ):
                    yield cell, below


def _alike(figures: Figures, one: int, other: int) -> bool:
    """Whether the same equations read two cells in the same way."""
    weights = []
    for cell in (one, other):
        rows = figures.rows_of([cell])
        weights.append({row: dict(figures.system.row(row))[cell] for row in rows})
    return weights[0] == weights[1]


def _run(
    figures: Figures, cells: list[int], start: int, length: int, step: int, kind: str
) -> Iterator[Move]:
    run, values = cells[start : start + length], figures.values
    landing = start + length if step > 0 else start - 1
    if len(run) < length or not 0 <= landing < len(cells) or cells[landing] in values:
        return
    if any(cell not in values for cell in run):
        return
    after: dict[int, int | None] = dict.fromkeys(run)
    origins = []
    for place, cell in enumerate(run, start):
        target = cells[place + step]
        after[target] = values[cell]
        origins.append((target, cell))
    yield Move(kind, tuple(after.items()), tuple(origins))


def _spread(figures: Figures, line: list[int], places: list[int], step: int) -> Iterator[Move]:
    """The figures at some places of a line moved right together."""
    values = figures.values
    targets = [place + step for place in places]
    if targets[-1] >= len(line) or any(line[t] in values and t not in places for t in targets):
        return
    after: dict[int, int | None] = {line[place]: None for place in places}
    after.update({line[t]: values[line[p]] for p, t in zip(places, targets, strict=True)})
    origins = tuple((line[t], line[p]) for p, t in zip(places, targets, strict=True))
    yield Move("blank columns left out in print", tuple(after.items()), origins)


@dataclass(frozen=True, slots=True)
class Stray:
    """A figure printed beside a head, which holds no amount: it belongs below."""

    page: str
    line: int
    """The document's line on which the head is printed."""
    column: str
    value: int


def settle_stray(figures: Figures, grids: Grids, stray: Stray) -> Move | None:
    """Put a figure printed beside a head one line down, with the run of figures below it.

    The run ends at the first blank. Nothing is done when that would break more than it mends.
    """
    column = grids.below.get((stray.page, stray.column), [])
    below = [cell for line, cell in column if line > stray.line]
    run: list[int] = []
    for cell in below:
        run.append(cell)
        if cell not in figures.values:
            break
    if not run or run[-1] in figures.values:
        return None
    values = [stray.value, *(figures.values[cell] for cell in run[:-1])]
    origins = tuple(zip(run[1:], run[:-1], strict=True))
    move = Move(
        "printed beside a head, one line too high", tuple(zip(run, values, strict=True)), origins
    )
    before = _failing(figures, run)
    kept = {cell: figures.values.get(cell) for cell in run}
    _make(figures, move)
    if len(_failing(figures, run)) > len(before):
        _restore(figures, kept)
        return None
    return move


def _failing(figures: Figures, cells: list[int]) -> list[int]:
    return [row for row in figures.rows_of(cells) if figures.fails(row)]


def describe(figures: Figures, move: Move) -> list[tuple[Address, Address, int]]:
    """For each moved figure: where it goes, where it is printed, and what it becomes."""
    cells = figures.system.cells
    after = dict(move.after)
    return [
        (cells[target], cells[origin], after[target])  # type: ignore[misc]
        for target, origin in move.origins
    ]
