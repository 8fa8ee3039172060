"""One story told once: failing checks that break for the same reason are grouped."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from jurat.statement import System
from jurat.statement.system import Bools, Ints

_REACH = 3
"""How many passing checks a story may run through from one break to the next."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Broken:
    """What is needed to group breaks: the matrix, its residuals, which rows ran, which failed."""

    system: System
    residuals: Ints
    runs: Bools
    present: Bools
    failing: list[int]


def roots_of(broken: Broken) -> dict[int, tuple[str, str]]:
    """For each failing equation the name of its root and what joins it to the others.

    Two breaks share a root when their differences are bound together: with the checks that pass
    they are linearly dependent, so that mending one without the other is impossible; or when they
    share a cell and the same difference.
    """
    failing = broken.failing
    joined = {row: row for row in failing}

    def find(row: int) -> int:
        while joined[row] != row:
            row = joined[row]
        return row

    for one, other in [*_dependent(broken, failing), *_same_difference(broken, failing)]:
        joined[find(other)] = find(one)
    groups: dict[int, list[int]] = {}
    for row in failing:
        groups.setdefault(find(row), []).append(row)
    return _named(broken, groups.values())


def _named(broken: Broken, groups: Collection[list[int]]) -> dict[int, tuple[str, str]]:
    """Each group by its largest break; a name that is taken gets a number."""
    system = broken.system
    named: dict[int, tuple[str, str]] = {}
    for members in groups:
        lead = max(members, key=lambda row: (abs(int(broken.residuals[row])), -row))
        root = system.equations[lead].id
        story = ""
        if len(members) > 1:
            ids = ", ".join(dict.fromkeys(system.equations[row].id for row in members))
            story = f"{len(members)} breaks are one story: {ids} hang together"
        for row in members:
            named[row] = (root, story)
    taken: dict[str, int] = {}
    for members in groups:
        root, story = named[members[0]]
        taken[root] = taken.get(root, 0) + 1
        if taken[root] > 1:
            for row in members:
                named[row] = (f"{root}#{taken[root]}", story)
    return named


def _same_difference(broken: Broken, failing: list[int]) -> list[tuple[int, int]]:
    """Pairs of breaks of one size that share a cell, or that one passing check joins."""
    system = broken.system
    cells = {row: {cell for cell, _ in system.row(row)} for row in failing}
    checks = {
        row: {check for cell in cells[row] for check in system.by_cell[cell] if broken.runs[check]}
        for row in failing
    }
    return [
        (one, other)
        for one, other in combinations(failing, 2)
        if abs(broken.residuals[one]) == abs(broken.residuals[other])
        and (cells[one] & cells[other] or (checks[one] & checks[other]) - set(failing))
    ]


def _dependent(broken: Broken, failing: list[int]) -> list[tuple[int, int]]:
    """Pairs of breaks that are dependent given the passing checks near them."""
    system = broken.system
    near = _neighbourhood(broken, failing)
    cells = sorted({cell for row in (*failing, *near) for cell, _ in system.row(row)})
    place = {cell: column for column, cell in enumerate(cells)}

    def dense(rows: list[int]) -> np.ndarray:
        made = np.zeros((len(rows), len(cells)))
        for at, row in enumerate(rows):
            for cell, weight in system.row(row):
                made[at, place[cell]] = weight / system.scales[row]
        return made

    apart = dense(failing)
    if near:
        basis, _ = np.linalg.qr(dense(near).T)
        apart = apart - (apart @ basis) @ basis.T
    scale = np.linalg.norm(apart, axis=1, keepdims=True)
    small = scale[:, 0] < 1e-6
    apart = np.where(small[:, None], 0, apart / np.where(scale, scale, 1))
    pairs = []
    _, singular, vectors = np.linalg.svd(apart @ apart.T)
    for combination in _sparse(vectors[singular < 1e-7]):
        members = [failing[at] for at in np.flatnonzero(np.abs(combination) > 1e-6)]
        pairs += [(members[0], other) for other in members[1:]]
    return pairs


def _sparse(basis: np.ndarray) -> np.ndarray:
    """The same dependencies, each told by as few breaks as row reduction allows."""
    reduced = basis.copy()
    for row in range(len(reduced)):
        pivot = int(np.argmax(np.abs(reduced[row])))
        reduced[row] /= reduced[row, pivot]
        for other in range(len(reduced)):
            if other != row:
                reduced[other] -= reduced[other, pivot] * reduced[row]
    return reduced


def _neighbourhood(broken: Broken, failing: list[int]) -> list[int]:
    """The passing equations within a few steps of the failing ones."""
    system, failed = broken.system, set(failing)
    present = broken.present
    frontier = {cell for row in failing for cell, _ in system.row(row)}
    found: set[int] = set()
    for _ in range(_REACH):
        rows = {row for cell in frontier for row in system.by_cell.get(cell, ())} - found - failed
        rows = {row for row in rows if broken.runs[row] and len(system.row(row)) <= 12}
        found |= rows
        frontier = {cell for row in rows for cell, _ in system.row(row) if present[cell]}
    return sorted(found)
