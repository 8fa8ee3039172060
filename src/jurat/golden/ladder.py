"""Equations solved once: which cells follow from which, so that figures can be drawn at will."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from jurat.words import require

Weight = int | Fraction
Sum = dict[int, Weight]
"""A signed sum that must come to zero: cells with their weights, the constant under ONE."""

ONE = -1
"""Stands for the number one, so that a constant is a weight like any other."""


@dataclass(frozen=True, slots=True)
class Step:
    """One cell as the signed sum of others."""

    cell: int
    terms: tuple[tuple[int, Weight], ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Equations in steps: every cell that is no step may be chosen freely, the steps follow.

    `grain` is what free cells must be multiples of for every step to come out whole.
    """

    steps: tuple[Step, ...]
    grain: int

    def climb(self, values: list[int]) -> None:
        """Set every step's cell from the free cells, in place.

        Raises  AssertionError when a step does not come out whole.
        """
        for step in self.steps:
            total: Weight = 0
            for cell, weight in step.terms:
                total += weight if cell == ONE else weight * values[cell]
            values[step.cell] = int(total)
            require(
                values[step.cell] == total, "A cell that follows from others is no whole number."
            )


def solved(sums: Sequence[Mapping[int, int]], rank: Sequence[float]) -> Ladder:
    """Solve sums for one cell each: of the cells a sum still leaves open, the one of highest rank.

    Exact: integers, and fractions only where every open cell of a sum is counted more than once.

    Raises  AssertionError when two sums contradict each other.

    >>> ladder = solved([{0: 1, 1: -1, 2: -1}, {0: 1, 3: -1}], rank=[9, 1, 5, 2])
    >>> values = [0, 30, 0, 100]            # 0 = 1 + 2 and 0 = 3: cells 1 and 3 are given
    >>> ladder.climb(values)
    >>> values
    [100, 30, 70, 100]
    """
    found: dict[int, Sum] = {}
    grain = 1
    for given in sums:
        rest = _reduced(given, found)
        open_cells = [cell for cell in rest if cell != ONE]
        if not open_cells:
            require(not rest, "Two equations contradict each other.")
            continue
        units = [cell for cell in open_cells if abs(rest[cell]) == 1]
        pivot = max(units or open_cells, key=lambda cell: (rank[cell], -cell))
        weight = rest.pop(pivot)
        if not units:
            grain *= abs(int(weight))
        found[pivot] = {cell: _over(-other, weight) for cell, other in rest.items()}
    steps = (Step(cell, tuple(terms.items())) for cell, terms in reversed(found.items()))
    return Ladder(tuple(steps), grain)


def _reduced(given: Mapping[int, int], found: Mapping[int, Sum]) -> Sum:
    """A sum in which every cell already found is put in by what it follows from."""
    rest: Sum = {cell: weight for cell, weight in given.items() if weight}
    while known := [cell for cell in rest if cell in found]:
        for cell in known:
            weight = rest.pop(cell, 0)
            for other, times in found[cell].items():
                rest[other] = rest.get(other, 0) + weight * times
        rest = {cell: weight for cell, weight in rest.items() if weight}
    if rest and all(isinstance(weight, int) for weight in rest.values()):
        common = gcd(*(int(weight) for weight in rest.values()))
        return {cell: int(weight) // common for cell, weight in rest.items()}
    return rest


def _over(one: Weight, other: Weight) -> Weight:
    """A weight over another, whole where it can be."""
    result = Fraction(one) / other
    return int(result) if result.denominator == 1 else result
