"""What is proved of a blank at load: nothing is counted twice, nothing fills itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from jurat.blanks.equations import Equation, Place
from jurat.words import Address, BlankError


def prove_counts(equations: Iterable[Equation]) -> None:
    """Refuses double counts; that no cells fill each other in a circle is proved before.

    Raises  BlankError naming the file and line, and the subtotal that is counted with its members.
    """
    every = tuple(equations)
    fills = {equation.left: equation for equation in every if equation.fills}
    for equation in every:
        _prove_single_count(equation, fills)


def fill_order(equations: Iterable[Equation]) -> list[Address]:
    """The order in which cells can be filled, each after all that its rule reads.

    Raises  BlankError naming the file and line, and the cells of a cycle.
    """
    fills = {equation.left: equation for equation in equations if equation.fills}
    graph = {left: [p for p in e.places[1:] if isinstance(p, Address)] for left, e in fills.items()}
    try:
        return [address for address in TopologicalSorter(graph).static_order() if address in fills]
    except CycleError as fault:
        circle = fault.args[1]
        raise BlankError(
            f"These cells fill each other in a circle: {' → '.join(map(str, circle))}.",
            where=next((fills[cell].where for cell in circle if fills[cell].where), ""),
            why="No order of filling would come to an end.",
            next="Write one of the rules as a tie: ~ in place of :=.",
        ) from fault


def filled_once(equations: Iterable[Equation]) -> list[Equation]:
    """Of the equations that could fill a cell the first does; every other is a check."""
    kept, filled = [], set()
    for equation in equations:
        first = equation.fills and equation.left not in filled
        kept.append(equation if equation.fills == first else replace(equation, fills=False))
        if first:
            filled.add(equation.left)
    return kept


def _prove_single_count(equation: Equation, fills: Mapping[Address, Equation]) -> None:
    members = dict(equation.right)
    for member, sign in equation.right:
        for place, inner_sign in _inside(member, fills):
            if members.get(place) == sign * inner_sign:
                raise BlankError(
                    f"{equation.left} counts {place} twice: itself and inside subtotal {member}.",
                    where=equation.where,
                    next="Name the lines one by one, or begin the range behind the subtotal.",
                )


def _inside(member: Place, fills: Mapping[Address, Equation]) -> Iterator[tuple[Place, int]]:
    """Every cell a subtotal is made of, its subtotals' cells included."""
    inner = fills.get(member) if isinstance(member, Address) else None
    if inner is None or inner.scale != 1:
        return
    for place, sign in inner.right:
        yield place, sign
        for below, below_sign in _inside(place, fills):
            yield below, sign * below_sign


def merged(equations: Iterable[Equation]) -> list[Equation]:
    """One equation for each sum that must hold, however often the pages say it."""
    seen: dict[frozenset[tuple[Place, int]], int] = {}
    kept: list[Equation] = []
    for equation in equations:
        terms = [(equation.left, -equation.scale), *equation.right]
        key = frozenset(terms)
        other = frozenset((place, -sign) for place, sign in terms)
        twin = seen.get(key, seen.get(other))
        if twin is None or equation.constant:
            seen[key] = len(kept)
            kept.append(equation)
        elif equation.fills and not kept[twin].fills:
            kept[twin] = equation
    return kept
