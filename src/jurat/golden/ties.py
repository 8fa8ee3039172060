"""A statement in which everything holds: details drawn, the rest made to follow."""

from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from jurat.golden.answers import GI, answered
from jurat.golden.ladder import ONE, Ladder, solved
from jurat.money import Kind, ratio_in_tenths, round_half_away
from jurat.statement import Cell, CellState, Statement, System
from jurat.words import Address, Tolerance, require

_DRAWS = 1000
"""How often to draw again until rounded percentages add; two draws in five do."""

_SCALES = (1.0, 1.0, 1.0, 0.001, 0.03, 0.4, 3.0)
_SPREADS = (0.01, 0.1, 0.4, 0.9)
_DROPPED = (0.0, 0.0, 0.02, 0.1)
_ADDED = (0, 0, 3, 15)


@dataclass(frozen=True, slots=True)
class _Product:
    """A cell that is a rounded multiple of others."""

    left: int
    terms: tuple[tuple[int, int], ...]
    constant: int
    scale: int


@dataclass(frozen=True)
class _Plan:
    """What of a statement is chosen, what follows by sums, what by rounding."""

    example: Statement
    system: System
    ladder: Ladder
    products: tuple[_Product, ...]
    percent_sums: tuple[tuple[tuple[int, int], ...], ...]
    chosen: tuple[int, ...]
    """Cells to draw: free, and filled in the example."""
    addable: tuple[int, ...]
    """Cells to draw now and then: free money cells that the example leaves blank."""


def tying_statement(example: Statement, seed: int) -> Statement:
    """A statement like the example in which every check that can run holds to the dollar.

    Made by construction, with no check asked: the equations whose pages the example has are solved
    once for as many cells; the remaining ones are drawn around the example's amounts (all at
    another scale, nearer or farther, now and then one dropped or one added); totals and carried
    cells follow, products and percentages by their rounding. The questions are answered to fit.
    The same example and seed always give the same statement.

    Shape   the example's pages and rows; its blank cells stay blank but for the few added.
    Raises  AssertionError when the equations leave no such statement.

    >>> from jurat.blanks import load_blank
    >>> figures = {Address("imr", line, "1"): 100 for line in ("1", "4", "5", "6")}
    >>> bare = Statement(blank=load_blank(), year=2012, cells={}, pages=frozenset({"imr"}))
    >>> made = tying_statement(bare.with_figures(figures), seed=1)
    >>> made["imr:4:1"].figure - made["imr:5:1"].figure == made["imr:6:1"].figure != 0
    True
    """
    plan = _plan(example)
    random = Random(seed)
    for _ in range(_DRAWS):
        values = _drawn(plan, random)
        if all(
            sum(weight * values[cell] for cell, weight in terms) == 0 for terms in plan.percent_sums
        ):
            return answered(_stated(plan, values))
    raise AssertionError("The rounded percentages of the example's pages never add.")


@lru_cache(maxsize=16)
def _plan(example: Statement) -> _Plan:
    """Solve the equations that bind the example's pages; once for each example."""
    example = answered(replace(example, prior=None))
    system, pages = example.system, example.pages
    figures, present, _ = example.vectors
    stated = [
        kind.is_figure
        and isinstance(place, Address)
        and place.page in pages - (example.none_pages if kind is Kind.MONEY else frozenset())
        for place, kind in zip(system.cells, system.kinds, strict=True)
    ]
    sums, products, percent_sums = [], [], []
    for row in range(len(system.equations)):
        if not system.pages_of[row] <= pages:
            continue
        entries = [(cell, weight) for cell, weight in system.row(row) if stated[cell] and weight]
        constant = int(system.constants[row])
        match system.classes[row]:
            case Tolerance.PRODUCT if stated[system.row(row)[0][0]]:
                terms = tuple((cell, -weight) for cell, weight in entries[1:])
                scale = int(system.scales[row])
                products.append(_Product(entries[0][0], terms, constant, scale))
            case Tolerance.PRODUCT:
                pass
            case Tolerance.PERCENT:
                percent_sums.append(tuple(entries))
            case _:
                sums.append({**dict(entries), ONE: -constant})
    rounded = {product.left for product in products}
    rounded |= {percentage.left for percentage in system.percentages}
    rank = [
        -1.0 if cell in rounded else float(abs(figures[cell])) + 0.5 * float(present[cell])
        for cell in range(len(system.cells))
    ]
    ladder = solved(sums, rank)
    steps = {step.cell for step in ladder.steps}
    require(not rounded & steps, "A rounded cell is bound by sums beside its own rule.")
    fixed = rounded | steps
    free = [cell for cell in range(len(rank)) if stated[cell] and cell not in fixed]
    return _Plan(
        example=example,
        system=system,
        ladder=ladder,
        products=tuple(products),
        percent_sums=tuple(percent_sums),
        chosen=tuple(cell for cell in free if figures[cell]),
        addable=tuple(cell for cell in free if _may_add(example, cell) and not present[cell]),
    )


def _may_add(example: Statement, cell: int) -> bool:
    """Whether an amount may be put there though the example has none.

    Not on the interrogatories: their amounts hang on answers.
    """
    place = example.system.cells[cell]
    return example.system.kinds[cell] is Kind.MONEY and getattr(place, "page", GI) != GI


def _drawn(plan: _Plan, random: Random) -> list[int]:
    """Figures for every cell: the chosen ones at random, the others as they follow."""
    figures = plan.example.vectors[0]
    scale, spread = random.choice(_SCALES), random.choice(_SPREADS)
    dropped, added = random.choice(_DROPPED), random.choice(_ADDED)
    values = [0] * len(plan.system.cells)
    for cell in plan.chosen:
        if plan.system.kinds[cell] is not Kind.MONEY:
            values[cell] = int(figures[cell])
        elif not _may_add(plan.example, cell) or random.random() >= dropped:
            near = float(figures[cell]) * scale * (1 + spread * random.uniform(-1, 1))
            values[cell] = _whole(near, plan.ladder.grain)
    for cell in random.sample(plan.addable, min(added, len(plan.addable))):
        values[cell] = _whole(scale * 10 ** random.uniform(2, 7), plan.ladder.grain)
    _follow(plan, values)
    return values


def _whole(near: float, grain: int) -> int:
    """The nearest multiple of the grain that is not zero."""
    times = round(near / grain) or (1 if near > 0 else -1)
    return times * grain


def _follow(plan: _Plan, values: list[int]) -> None:
    """Set sums, then products, until a product changes no sum that another product needs."""
    for _ in range(len(plan.products) + 1):
        plan.ladder.climb(values)
        changed = False
        for product in plan.products:
            total = product.constant + sum(weight * values[cell] for cell, weight in product.terms)
            figure = round_half_away(total, product.scale)
            changed = changed or values[product.left] != figure
            values[product.left] = figure
        if not changed:
            break
    for share in plan.system.percentages:
        values[share.left] = ratio_in_tenths(values[share.part], values[share.whole])


def _stated(plan: _Plan, values: list[int]) -> Statement:
    """The example with these figures; a zero stands where the example prints one."""
    figures, present, unread = plan.example.vectors
    cells = []
    for column, place in enumerate(plan.system.cells):
        value = values[column]
        if not isinstance(place, Address) or not (value or present[column] or unread[column]):
            continue
        is_zero_told = value == 0 and present[column] and not figures[column]
        kind = plan.system.kinds[column]
        if value or is_zero_told:
            cells.append(Cell(address=place, kind=kind, state=CellState.VALUE, value=value))
        else:
            cells.append(Cell(address=place, kind=kind))
    return plan.example.replaced(cells)
