"""What the records tell a statement: its cells as sums, and the gains of the IMR."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from jurat.money import EXACT, Kind, round_half_away
from jurat.records.table import Whole
from jurat.schedules.gains import Reason, other_gains_by_band
from jurat.schedules.investments import Investments
from jurat.schedules.sums import Sum
from jurat.statement import Cell, CellState, Given, Summed
from jurat.valuation.holdings import Asset
from jurat.valuation.imr import BANDS, YEARS, seriatim_amortization
from jurat.words import Address

CENT = EXACT // 100
"""A cent in the unit of exact money."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Told:
    """What the records tell: of any part of the holdings, so that parts add up.

    Units   cents.
    """

    sums: Mapping[Address, Sum]
    words: Mapping[Address, str]
    pages: frozenset[str]
    """The schedules that have rows."""
    gains: Mapping[str, int]
    """Gains before tax that the IMR takes, by group of maturity."""
    pretax: int = 0
    """The same gains one by one, where the company elects that, with their tax, less than nought."""
    tax: int = 0
    released: Whole = field(default_factory=lambda: np.zeros(YEARS, dtype=np.int64))
    """What each year releases of them, the year of sale first."""

    @classmethod
    def of(cls, made: Investments, tax_rate: int, *, one_by_one: bool) -> "Told":
        """What a year's investments tell; the rate of tax in tenths of a percent."""
        pretax, tax, released = _one_by_one(made, tax_rate) if one_by_one else (0, 0, None)
        return cls(
            sums=made.sums,
            words=made.words,
            pages=frozenset(made.details),
            gains=gains_by_band(made),
            pretax=pretax,
            tax=tax,
            released=np.zeros(YEARS, dtype=np.int64) if released is None else released,
        )

    def instead(self, before: "Told", after: "Told") -> "Told":
        """The same with a part of the holdings as it is after, in place of what it was before."""
        bands = {*self.gains, *before.gains, *after.gains}
        return Told(
            sums=_moved(self.sums, before.sums, after.sums),
            words=self.words,
            pages=self.pages | after.pages,
            gains={
                band: self.gains.get(band, 0) + after.gains.get(band, 0) - before.gains.get(band, 0)
                for band in BANDS
                if band in bands
            },
            pretax=self.pretax + after.pretax - before.pretax,
            tax=self.tax + after.tax - before.tax,
            released=self.released + after.released - before.released,
        )


def _moved(
    whole: Mapping[Address, Sum], before: Mapping[Address, Sum], after: Mapping[Address, Sum]
) -> dict[Address, Sum]:
    """Sums with a part of their rows replaced; one that comes to nothing still stands as nought."""
    found = dict(whole)
    for address in {*before, *after}:
        terms = list(whole[address].terms) if address in whole else []
        if address in before:
            terms += [term.minus() for term in before[address].terms]
        if address in after:
            terms += after[address].terms
        found[address] = Sum(terms=tuple(terms))
    return found


def cells_of(told: Told) -> list[Cell]:
    """The cells that the records give, in exact money, each with what it adds up; and words.

    Units   millionths of a dollar.
    """
    source = Given(source="the records")
    words = [
        Cell(address=address, kind=kind, state=CellState.VALUE, value=text, because=source)
        for address, text in told.words.items()
        for kind in (Kind.CODE if address.column == "1" else Kind.TEXT,)
    ]
    return words + [
        Cell(
            address=address,
            kind=Kind.MONEY,
            state=CellState.VALUE,
            value=found.cents * CENT,
            because=_reason(found),
        )
        for address, found in told.sums.items()
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
    long = np.isin(book.asset, (Asset.BOND, Asset.PREFERRED, Asset.COMMON))
    found = {
        Address("schedule_d", "10"): moves.opening[long].sum(),
        Address("schedule_da", "10", "2"): moves.opening[book.asset == Asset.SHORT_TERM].sum(),
        Address("schedule_e", "10", "2"): moves.opening[book.asset == Asset.CASH_EQUIVALENT].sum(),
        Address("schedule_a", "9"): held.real_estate.opening.sum(),
        Address("schedule_b", "11"): held.loans.opening.sum(),
        Address("schedule_ba", "11"): held.other_invested.opening.sum(),
        Address("schedule_db_a", "9"): held.contracts.opening[~held.contracts.is_future].sum(),
    }
    margin = held.contracts.margin_before[held.contracts.is_future].sum()
    for column in ("15", "16"):
        found[Address("schedule_db_part_b_section1", "9999999", column)] = margin
    return {address: int(cents) * CENT for address, cents in found.items()}


def gains_by_band(made: Investments) -> dict[str, int]:
    """Gains before tax that the IMR takes, by group of maturity."""
    year = made.book.year
    found = dict(made.gains.interest_by_band())
    for band, cents in other_gains_by_band(year.records, made.held).items():
        found[band] = found.get(band, 0) + cents
    return found


def _one_by_one(made: Investments, tax_rate: int) -> tuple[int, int, Whole]:
    """Gains before tax, their tax, and what each year releases, lot by lot.

    The tax is less than nought for a gain.
    """
    gains = made.gains
    mine = gains.reason == Reason.INTEREST
    amount = gains.amount[mine]
    tax = np.array(
        [-round_half_away(int(gain) * tax_rate, 1000) for gain in amount.tolist()], dtype=np.int64
    )
    left, years = (part[mine] for part in gains.terms)
    released = seriatim_amortization(amount + tax, left, years, gains.market_rates()[mine])
    return int(amount.sum()), int(tax.sum()), released.sum(axis=0, dtype=np.int64)
