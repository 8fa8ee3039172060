"""Figures that read cleanly as printed and yet are not where, or not of the sign, the filer wrote them.

A move (a lost bracket, a run of amounts one line too high or low) is made only where at least two
independent ties fail before and hold to the dollar after, and none that held is broken. With less
evidence the figure stays as printed, with a doubt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jurat.blanks import Blank, Form, Role
from jurat.reading.settle import Figures
from jurat.words import Address

LONGEST_RUN = 8
PROOFS_NEEDED = 2


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


def settle_moves(figures: Figures, blank: Blank, printed: frozenset[int]) -> list[Verdict]:
    """Make every move that is proved, in the order of its proof; report those that are not as doubts.

    `printed` are the cells whose figures stand in the document.
    """
    verdicts: list[Verdict] = []
    moved: set[int] = set()
    lines = _Lines(figures, blank)
    for _ in range(40):
        candidates = [m for m in _moves(figures, lines, printed) if not moved & set(m.cells)]
        weighed = sorted(
            ((_weigh(figures, move), move) for move in candidates),
            key=lambda pair: (-len(pair[0]) / len(pair[1].origins), len(pair[1].origins), pair[1].cells),
        )
        proved = [(proof, move) for proof, move in weighed if len(proof) >= PROOFS_NEEDED]
        if not proved:
            verdicts += _doubts(weighed)
            break
        proof, move = proved[0]
        _make(figures, move)
        moved |= set(move.cells)
        verdicts.append(Verdict(move, tuple(proof), is_made=True))
    return verdicts


def _doubts(weighed: list[tuple[list[int], Move]]) -> list[Verdict]:
    """What one tie alone speaks for; the first move for each broken equation."""
    told: set[int] = set()
    doubts = []
    for proof, move in weighed:
        if len(proof) == 1 and proof[0] not in told:
            told.add(proof[0])
            doubts.append(Verdict(move, tuple(proof), is_made=False))
    return doubts


def _weigh(figures: Figures, move: Move) -> list[int]:
    """The equations that fail before and hold exactly after; none when the move breaks one that held."""
    rows = {row for cell in move.cells for row in figures.system.by_cell.get(cell, ())} & figures.runs
    before = {row: (figures.residual(row), figures.allowed(row)) for row in rows}
    kept = {cell: figures.values.get(cell) for cell in move.cells}
    _make(figures, move)
    after = {row: (figures.residual(row), figures.allowed(row)) for row in rows}
    _restore(figures, kept)
    mended = []
    for row in sorted(rows):
        failed, fails = abs(before[row][0]) > before[row][1], abs(after[row][0]) > after[row][1]
        if fails and not failed:
            return []
        if failed and after[row][0] == 0:
            mended.append(row)
    return mended


def _make(figures: Figures, move: Move) -> None:
    _restore(figures, dict(move.after))


def _restore(figures: Figures, values: dict[int, int | None]) -> None:
    for cell, value in values.items():
        if value is None:
            figures.values.pop(cell, None)
        else:
            figures.values[cell] = value


def _moves(figures: Figures, lines: "_Lines", printed: frozenset[int]) -> Iterator[Move]:
    failing = [row for row in sorted(figures.runs) if abs(figures.residual(row)) > figures.allowed(row)]
    cells = sorted({cell for row in failing for cell, _ in figures.system.row(row)})
    for cell in cells:
        if cell in printed and figures.values.get(cell, 0) > 0:
            yield Move("lost brackets", ((cell, -figures.values[cell]),), ((cell, cell),))
    yield from lines.shifts(cells)


class _Lines:
    """The lines of each page as columns of cells, for moving runs of figures up and down."""

    def __init__(self, figures: Figures, blank: Blank) -> None:
        self.figures = figures
        self.columns: list[list[int]] = []
        self.pages: list[list[list[int]]] = []
        self.where: dict[int, tuple[int, int]] = {}
        for form in blank.pages.values():
            self._add_page(form)

    def _add_page(self, form: Form) -> None:
        by_column: dict[str, list[int]] = {}
        for line in form.lines:
            if line.role in (Role.HEAD, Role.NOTE):
                continue
            for slot in line.slots:
                if not slot.address.inset and slot.address in self.figures.system.index:
                    by_column.setdefault(slot.address.column, []).append(self.figures.system.index[slot.address])
        for cells in by_column.values():
            for place, cell in enumerate(cells):
                self.where[cell] = (len(self.columns), place)
            self.columns.append(cells)

    def shifts(self, cells: Sequence[int]) -> Iterator[Move]:
        """Runs of printed figures that would go one line down, or up, onto a blank."""
        seen: set[tuple[int, int, int, int]] = set()
        for cell in cells:
            if cell not in self.where:
                continue
            column, place = self.where[cell]
            for start in range(max(0, place - LONGEST_RUN), place + 2):
                for length in range(1, LONGEST_RUN + 1):
                    if not start - 1 <= place <= start + length:
                        continue
                    for step in (1, -1):
                        key = (column, start, length, step)
                        if key not in seen:
                            seen.add(key)
                            yield from self._shift(*key)

    def _shift(self, column: int, start: int, length: int, step: int) -> Iterator[Move]:
        cells, values = self.columns[column], self.figures.values
        run = cells[start : start + length]
        landing = start + length if step > 0 else start - 1
        if len(run) < length or not 0 <= landing < len(cells) or cells[landing] in values:
            return
        if any(cell not in values for cell in run):
            return
        after: dict[int, int | None] = {cell: None for cell in run}
        origins = []
        for place, cell in enumerate(run, start):
            target = cells[place + step]
            after[target] = values[cell]
            origins.append((target, cell))
        kind = "printed one line too high" if step > 0 else "printed one line too low"
        yield Move(kind, tuple(after.items()), tuple(origins))


def describe(figures: Figures, move: Move) -> list[tuple[Address, Address, int]]:
    """For each moved figure: where it goes, where it is printed, and what it becomes."""
    cells = figures.system.cells
    after = dict(move.after)
    return [
        (cells[target], cells[origin], after[target])  # type: ignore[misc]
        for target, origin in move.origins
    ]
