"""Cents become dollars: filling in exact money, then rounding by the company's policy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from jurat.money import EXACT, Kind, to_dollars
from jurat.statement.cells import Because, Cell, Overridden
from jurat.statement.fill import fill
from jurat.statement.statement import Statement
from jurat.words import Address


class Rounding(StrEnum):
    """How exact amounts become whole dollars."""

    EACH = "each"
    """Each cell is rounded by itself; a total may differ from its rounded parts."""
    FOOT = "foot"
    """What is entered is rounded, and totals are made of whole dollars, so that every foot holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A cell that shows another dollar than its own amount rounds to, so that its parts foot."""

    address: Address
    exact: int
    shown: int

    @property
    def dollars(self) -> int:
        """How far it was moved."""
        return self.shown - to_dollars(self.exact)


def fill_rounded(
    given: Statement, overrides: Mapping[Address, Cell], rounding: Rounding
) -> tuple[Statement, list[Moved]]:
    """Fill a statement given in exact money, in whole dollars by the policy, with its ledger.

    Every money cell of the result holds dollars, and the exact amount behind them.

    Units   money of `given` and `overrides` in millionths of a dollar.
    Shape   the ledger has a row for each cell that was moved; with `each` none is.
    """
    exact = fill(given, overrides)
    if rounding is Rounding.EACH:
        shown = exact.replaced(_in_dollars(exact.cells.values()))
        return replace(shown, prior=_prior_in_dollars(given)), []
    whole = given.replaced(_in_dollars(given.cells.values()))
    forced = {cell.address: cell for cell in _in_dollars(overrides.values())}
    footed = fill(replace(whole, prior=_prior_in_dollars(given)), forced)
    cells = [
        replace(cell, exact=exact[cell.address].figure)
        for cell in footed.cells.values()
        if cell.kind is Kind.MONEY and isinstance(cell.value, int)
    ]
    moved = [Moved(address=c.address, exact=c.exact or 0, shown=c.figure) for c in cells]
    return footed.replaced(cells), [one for one in moved if one.dollars]


def in_exact_money(statement: Statement) -> Statement:
    """A statement of whole dollars as exact money, last year's included."""
    prior = in_exact_money(statement.prior) if statement.prior else None
    cells = [
        replace(cell, value=cell.value * EXACT if cell.exact is None else cell.exact)
        for cell in statement.cells.values()
        if cell.kind is Kind.MONEY and isinstance(cell.value, int)
    ]
    return replace(statement.replaced(cells), prior=prior)


def _prior_in_dollars(given: Statement) -> Statement | None:
    prior = given.prior
    return prior.replaced(_in_dollars(prior.cells.values())) if prior else None


def _in_dollars(cells: Iterable[Cell]) -> list[Cell]:
    """Money cells rounded each by itself, holding what they were."""
    return [
        replace(
            cell,
            value=to_dollars(cell.value),
            exact=cell.value,
            because=_reason_in_dollars(cell.because),
        )
        for cell in cells
        if cell.kind is Kind.MONEY and isinstance(cell.value, int)
    ]


def _reason_in_dollars(because: Because | None) -> Because | None:
    """The cell behind an override is in dollars too."""
    if not isinstance(because, Overridden) or because.was is None:
        return because
    return replace(because, was=next(iter(_in_dollars([because.was])), because.was))
