"""How each cell of a statement stands: which rule fills it, and whether its figure is what the rule gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from jurat.blanks import PriorCell
from jurat.blanks.equations import Place
from jurat.money import Kind, ratio_in_tenths, round_half_away
from jurat.statement.cells import CellState, Computed
from jurat.statement.statement import Statement
from jurat.statement.system import Percentage
from jurat.words import Address

FigureOf = Callable[[Place], int | None]
"""The figure of a place; None where it is blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingRule:
    """The rule that fills one cell: signed terms over a scale, or the share of a whole.

    Units   each term in the unit of its cell; the sum in 1/scale of the unit of the left cell.
    """

    left: Address
    id: str
    words: str
    kind: Kind
    terms: tuple[tuple[Place, int], ...]
    constant: int = 0
    scale: int = 1
    is_share: bool = False
    """Whether the cell is the first term as a percentage of the second."""
    factor: Address | None = None
    """The cell in which the form prints the factor that a product multiplies by."""
    is_form: bool = False
    """Whether the form itself prints the figure."""

    @property
    def is_carried(self) -> bool:
        """Whether all of it stands in last year's statement."""
        return bool(self.terms) and all(isinstance(place, PriorCell) for place, _ in self.terms)

    def gives(self, figure_of: FigureOf) -> int | None:
        """What the rule comes to; blank where all it reads is blank."""
        figures = [figure_of(place) for place, _ in self.terms]
        if self.is_share:
            part, whole = figures
            return None if part is None else ratio_in_tenths(part, whole or 0)
        if not self.is_form and all(figure is None for figure in figures):
            return None
        pairs = zip(self.terms, figures, strict=True)
        total = sum(weight * (figure or 0) for (_, weight), figure in pairs)
        return round_half_away(total + self.constant, self.scale)


class Standing(StrEnum):
    """Where a cell's figure comes from, and so what it means to change it."""

    INPUT = "input"
    """Nothing computes it: it is the company's to supply."""
    RULE = "rule"
    """Its rule gives exactly what it holds."""
    UNPRINTED = "unprinted"
    """Its rule gives zero, and it was left blank."""
    STATED = "stated"
    """It holds another figure than its rule gives."""
    CARRIED = "carried"
    """It is carried from last year's statement."""
    FORM = "form"
    """The form prints it: a factor, or XXX."""
    WORKED = "worked"
    """It was computed, and not by a rule of the blank's pages."""


def filling_rules(statement: Statement) -> dict[Address, FillingRule]:
    """The rule of every cell that a rule fills from the pages at hand."""
    return {rule.left: rule for rule in _rules(statement)}


def _rules(statement: Statement) -> Iterator[FillingRule]:
    system = statement.system
    factors = dict(_factors(statement))
    for column, row in system.filled_by.items():
        left = system.cells[column]
        if isinstance(left, Address) and system.pages_of[row] <= statement.pages_known:
            equation = system.equations[row]
            yield FillingRule(
                left=left,
                id=equation.id,
                words=equation.words,
                kind=system.kinds[column],
                terms=tuple((system.cells[cell], -weight) for cell, weight in system.row(row)[1:]),
                constant=equation.constant,
                scale=equation.scale,
                factor=factors.get(left) if equation.scale != 1 else None,
                is_form=not equation.right,
            )
    for share in system.percentages:
        if rule := _share(statement, share):
            yield rule


def _factors(statement: Statement) -> Iterator[tuple[Address, Address]]:
    """Each amount that stands right of a printed factor on its line, with the factor."""
    for before, slot in pairwise(statement.blank.slots()):
        (one, other) = (before.address, slot.address)
        is_beside = (one.page, one.line) == (other.page, other.line)
        if is_beside and before.factor is not None and slot.kind is Kind.MONEY:
            yield other, one


def _share(statement: Statement, share: Percentage) -> FillingRule | None:
    system = statement.system
    left, part, whole = (system.cells[at] for at in (share.left, share.part, share.whole))
    if not isinstance(left, Address) or not isinstance(whole, Address):
        return None
    if whole.page not in statement.pages:
        return None
    return FillingRule(
        left=left,
        id=share.id,
        words=system.words_of(share),
        kind=system.kinds[share.left],
        terms=((part, 1), (whole, 1)),
        is_share=True,
    )


def stated_figure(statement: Statement, place: Place) -> int | None:
    """The figure a statement, or last year's behind it, holds at a place."""
    if isinstance(place, PriorCell):
        cell = statement.prior.cells.get(place.address) if statement.prior else None
    else:
        cell = statement.cells.get(place) if isinstance(place, Address) else None
    return cell.value if cell is not None and isinstance(cell.value, int) else None


def holds(statement: Statement, rule: FillingRule) -> bool:
    """Whether a cell holds exactly what its rule gives: as much a blank for blanks as a figure."""
    if reads_unread(statement, rule):
        return False
    given = rule.gives(lambda place: stated_figure(statement, place))
    return given == stated_figure(statement, rule.left)


def reads_unread(statement: Statement, rule: FillingRule) -> bool:
    """Whether a cell of the rule, the filled one among them, could not be read or is unknown."""
    places = (rule.left, *(place for place, _ in rule.terms))
    return any(_is_unread(statement, place) for place in places)


def _is_unprinted(statement: Statement, rule: FillingRule) -> bool:
    """Whether a blank stands for the zero its rule gives."""
    cell = statement.cells.get(rule.left)
    is_blank = cell is None or cell.state is CellState.BLANK
    if not is_blank or reads_unread(statement, rule):
        return False
    return rule.gives(lambda place: stated_figure(statement, place)) == 0


def _is_unread(statement: Statement, place: Place) -> bool:
    held = statement
    if isinstance(place, PriorCell):
        if statement.prior is None:
            return False
        held, place = statement.prior, place.address
    cell = held.cells.get(place) if isinstance(place, Address) else None
    return cell is not None and cell.state in (CellState.UNREAD, CellState.UNKNOWN)


def standings(statement: Statement) -> dict[Address, Standing]:
    """How every cell the form asks for stands, rows of this filer included."""
    rules = filling_rules(statement)
    return {
        slot.address: Standing.FORM
        if slot.is_xxx
        else _standing(statement, slot.address, rules.get(slot.address))
        for slot in statement.all_slots()
    }


def _standing(statement: Statement, address: Address, rule: FillingRule | None) -> Standing:
    if rule is None:
        cell = statement.cells.get(address)
        is_worked = cell is not None and isinstance(cell.because, Computed)
        return Standing.WORKED if is_worked else Standing.INPUT
    if not holds(statement, rule):
        return Standing.UNPRINTED if _is_unprinted(statement, rule) else Standing.STATED
    if rule.is_form:
        return Standing.FORM
    return Standing.CARRIED if rule.is_carried else Standing.RULE
