"""What the records say of cells, as cells of a statement; and this year's gains for the IMR."""

import numpy as np

from jurat.money import EXACT, Kind, round_half_away
from jurat.records.table import Whole
from jurat.schedules.investments import Investments
from jurat.schedules.reserves import Reason, loan_gains_by_band
from jurat.schedules.sums import Sum
from jurat.statement import Cell, CellState, Summed
from jurat.valuation.imr import YEARS, seriatim_amortization
from jurat.words import Address

CENT = EXACT // 100
"""A cent in the unit of exact money."""


def cells_of(made: Investments) -> list[Cell]:
    """The cells that the records give, in exact money, each with what it adds up.

    Units   millionths of a dollar.
    """
    return [
        Cell(
            address=address,
            kind=Kind.MONEY,
            state=CellState.VALUE,
            value=found.cents * CENT,
            because=_reason(found),
        )
        for address, found in made.sums.items()
    ]


def _reason(found: Sum) -> Summed:
    what = list(dict.fromkeys(term.what[:1].lower() + term.what[1:] for term in found.terms))
    among = list(dict.fromkeys(term.among for term in found.terms))
    return Summed(words=", ".join(what), among=" and ".join(among), count=found.count)


def openings(made: Investments) -> dict[Address, int]:
    """Last year's closing lines of the verifications, as the records have them, in exact money.

    The lines are those that this year's first lines are carried from.
    """
    book, held = made.book, made.held
    moves = book.moves
    long = np.isin(book.asset, (0, 3, 4))
    found = {
        Address("schedule_d", "10"): moves.opening[long].sum(),
        Address("schedule_e", "10", "2"): moves.opening[book.asset == 2].sum(),
        Address("schedule_a", "9"): held.real_estate.opening.sum(),
        Address("schedule_b", "11"): held.loans.opening.sum(),
        Address("schedule_ba", "11"): held.other_invested.opening.sum(),
        Address("schedule_db_a", "9"): held.contracts.opening[~held.contracts.is_future].sum(),
    }
    short = book.asset == 1
    affiliated = book.issuer == 7
    found[Address("schedule_da", "10", "2")] = moves.opening[short & ~affiliated].sum()
    found[Address("schedule_da", "10", "5")] = moves.opening[short & affiliated].sum()
    return {address: int(cents) * CENT for address, cents in found.items()}


def gains_by_band(made: Investments) -> dict[str, int]:
    """Gains before tax that the IMR takes, by group of maturity, in exact money."""
    year = made.book.year
    loans = loan_gains_by_band(year.records, made.held, year.number)
    found = dict(made.gains.interest_by_band())
    for band, cents in loans.items():
        found[band] = found.get(band, 0) + cents
    return {band: cents * CENT for band, cents in found.items()}


def one_by_one(made: Investments, tax_rate: int) -> tuple[int, int, list[int]]:
    """Gains before tax, their tax, and what each year releases, lot by lot.

    Units   exact money; the rate in tenths of a percent. The tax is less than nought for a gain.
    Shape   31 years, the year of sale first.
    """
    gains = made.gains
    mine = gains.reason == Reason.INTEREST
    amount = gains.amount[mine]
    tax = np.array([-round_half_away(int(gain) * tax_rate, 1000) for gain in amount.tolist()])
    left, years = (part[mine] for part in gains.terms)
    net: Whole = amount + tax.astype(np.int64)
    released = seriatim_amortization(net, left, years, gains.market_rates()[mine])
    by_year = released.sum(axis=0) if len(net) else np.zeros(YEARS, dtype=np.int64)
    return (
        int(amount.sum()) * CENT,
        int(tax.sum()) * CENT,
        [int(cents) * CENT for cents in by_year],
    )
