"""A filed statement taken apart: what its company had to supply, and what rules give."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from jurat.blanks import Equation, PriorCell, electing, with_laws
from jurat.money import Kind
from jurat.statement import Cell, CellState, Statement, filling_rules, stated_figure
from jurat.words import Address, JuratError, Severity


@dataclass(frozen=True, eq=False, kw_only=True)
class Rebuilt:
    """A filed statement taken apart: what the company had to supply, and what rules give."""

    statement: Statement
    """The filing on the blank with the elected laws, last year's figures as its prior."""
    elected: tuple[str, ...] = ()
    inputs: tuple[Address, ...]
    """Figures that no rule gives, and cells the company marked XXX."""
    overridden: Mapping[Address, int] = field(default_factory=dict)
    """Figures that differ from their rule, by how much."""


def rebuild(filed: Statement, laws: Path) -> Rebuilt:
    """Take a filed statement apart: usual laws that it keeps to the dollar are elected."""
    blank = with_laws(filed.blank, laws)
    statement = replace(filed, blank=blank, prior=_opening(filed))
    elected = _elected(statement)
    statement = replace(statement, blank=electing(blank, elected))
    inputs, overridden = [], {}
    given_by_rule = set()
    for address, difference in _ruled(statement):
        given_by_rule.add(address)
        if difference:
            overridden[address] = difference
    for cell in statement.cells.values():
        is_figure = isinstance(cell.value, int) and cell.address not in given_by_rule
        if is_figure or _is_marked(statement, cell):
            inputs.append(cell.address)
    order = {slot.address: at for at, slot in enumerate(statement.all_slots())}
    return Rebuilt(
        statement=statement,
        elected=elected,
        inputs=tuple(sorted(inputs, key=order.__getitem__)),
        overridden=overridden,
    )


def _is_marked(statement: Statement, cell: Cell) -> bool:
    """Whether the company itself said that nothing belongs there, where the form does not."""
    is_xxx = cell.state is CellState.NOT_APPLICABLE
    return (
        is_xxx
        and cell.address.page not in statement.none_pages
        and not statement.slot(cell.address).is_xxx
    )


def _opening(filed: Statement) -> Statement | None:
    """Last year's figures as far as this year's pages carry them; what they do not is unknown."""
    cells: dict[Address, Cell] = {}
    carried: set[Address] = set()
    read: set[Address] = set()
    for equation in filed.blank.equations:
        read |= {place.address for place in equation.places if isinstance(place, PriorCell)}
        carry = _carried(filed, equation)
        if carry is not None:
            carried.add(carry.address)
            if isinstance(carry.value, int):
                cells.setdefault(carry.address, carry)
    if not cells:
        return None
    for address in sorted(read - carried):
        if not filed.blank.pages[address.page].is_detail:
            cells[address] = Cell(address=address, kind=Kind.MONEY, state=CellState.UNKNOWN)
    return Statement(
        blank=filed.blank,
        year=filed.year - 1,
        company=filed.company,
        cells=cells,
        pages=frozenset(address.page for address in cells),
    )


def _carried(filed: Statement, equation: Equation) -> Cell | None:
    """The cell of last year's statement that one equation carries onto this year's page, if any."""
    (place, sign), *others = equation.right or ((None, 0),)
    lefts = [(equation.left, 1), *equation.left_rest]
    if not isinstance(place, PriorCell) or others or sign != 1 or equation.scale != 1:
        return None
    told = [
        filed.cells.get(left) for left, weight in lefts if isinstance(left, Address) and weight == 1
    ]
    if len(told) < len(lefts) or equation.left.page not in filed.pages:
        return None
    figures = [cell for cell in told if cell and isinstance(cell.value, int)]
    value = sum(cell.figure for cell in figures) if figures else None
    kind = figures[0].kind if figures else Kind.MONEY
    return Cell(address=place.address, kind=kind, state=CellState.VALUE, value=value)


def _elected(statement: Statement) -> tuple[str, ...]:
    """The usual laws that could fill cells, and that the filing keeps to the dollar."""
    system, (values, present, _) = statement.system, statement.vectors
    residuals = system.residuals(values)
    filled = set(system.filled_by)
    fit: dict[str, bool] = {}
    for row, equation in enumerate(system.equations):
        left = system.row(row)[0][0]
        if equation.severity is not Severity.WARNING or equation.left_rest or left in filled:
            continue
        says = bool(present[left]) and residuals[row] == 0
        runs = system.pages_of[row] <= statement.pages_known
        fit[equation.id] = fit.get(equation.id, False) or (says and runs)
        if present[left] and residuals[row] != 0:
            fit[equation.id] = False
    elected: list[str] = []
    for law in (law for law, is_fit in fit.items() if is_fit):
        try:
            electing(statement.blank, [*elected, law])
        except JuratError:
            continue  # it would fill in a circle
        elected.append(law)
    return tuple(elected)


def _ruled(statement: Statement) -> Iterator[tuple[Address, int]]:
    """The cells that a rule gives, each with what the filing differs from it by."""
    for address, rule in filling_rules(statement).items():
        given = rule.gives(lambda place: stated_figure(statement, place))
        stated = stated_figure(statement, address)
        if given is not None:
            yield address, 0 if stated is None else stated - given
