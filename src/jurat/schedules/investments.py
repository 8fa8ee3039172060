"""From records to every investment schedule and page of a year: the corridor of this room."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jurat.blanks import Blank
from jurat.records import Records
from jurat.schedules.assets import loan_details, other_invested_details, real_estate_details
from jurat.schedules.balance import add_balance
from jurat.schedules.contracts import contract_details
from jurat.schedules.detail import Detail
from jurat.schedules.exhibits import Exhibits, Held
from jurat.schedules.gains import Gains
from jurat.schedules.lists import add_deposits, deposit_words, list_details
from jurat.schedules.reserves import add_avr
from jurat.schedules.securities import Portfolio, details_of
from jurat.schedules.sums import Gathered, Sum
from jurat.schedules.totals import add_totals
from jurat.schedules.verifications import add_maturities, add_summary, add_verifications
from jurat.valuation.calendar import Whole
from jurat.valuation.cash import depositories_of
from jurat.valuation.derivatives import contracts_rolled
from jurat.valuation.income import income_of
from jurat.valuation.mortgages import loans_rolled
from jurat.valuation.other_assets import other_invested_rolled, real_estate_rolled
from jurat.valuation.relief import Relief
from jurat.valuation.years import value_year, year_end
from jurat.words import Address


@dataclass(frozen=True, eq=False, kw_only=True)
class Investments:
    """A year of a company's investments: its schedules, and what they say of cells."""

    book: Portfolio
    held: Held
    details: dict[str, Detail]
    sums: dict[Address, Sum]
    words: dict[Address, str]
    """What the records say of cells that hold words."""

    @cached_property
    def gains(self) -> Gains:
        """The gains of the year, each with its reserve."""
        return Gains(book=self.book)


def investments_of(
    records: Records, blank: Blank, year: int, relief: Relief = Relief.FIFO
) -> Investments:
    """Value a company's investments and lay them out on the form.

    Units   cents.
    Raises  RecordError for what no valuation can stand on.
    """
    valued = value_year(records, year, relief)
    book = Portfolio(blank=blank, year=valued, income=income_of(valued))
    ends = (year_end(year - 1), year_end(year))
    held = Held(
        loans=loans_rolled(records, ends),
        real_estate=real_estate_rolled(records, ends),
        other_invested=other_invested_rolled(records, ends),
        contracts=contracts_rolled(records, ends),
        cash=depositories_of(records, ends),
    )
    details = _details(blank, records, book, held, ends[1])
    found = Gathered()
    add_totals(blank, details.values(), found)
    exhibits = Exhibits(blank=blank, found=found)
    _exhibits(records, book, held, exhibits)
    add_verifications(book, held, found)
    add_summary(book, blank, found)
    add_maturities(book, blank, found)
    add_balance(book, held, found, ends[1])
    add_avr(book, held, exhibits)
    add_deposits(records, blank, ends[1], found)
    return Investments(
        book=book,
        held=held,
        details=details,
        sums=found.sums,
        words=deposit_words(records, blank, ends[1]),
    )


def _details(
    blank: Blank, records: Records, book: Portfolio, held: Held, end: int
) -> dict[str, Detail]:
    every = (
        *details_of(book),
        *real_estate_details(blank, records, held.real_estate, end),
        *loan_details(blank, records, held.loans, end),
        *other_invested_details(blank, records, held.other_invested),
        *contract_details(blank, records, held.contracts),
        *list_details(blank, records, held.cash, book),
    )
    return {detail.page: detail for detail in every if len(detail)}


def _exhibits(records: Records, book: Portfolio, held: Held, exhibits: Exhibits) -> None:
    exhibits.securities(book)
    for name, among, key, roll in (
        ("mortgage_loans", "mortgages", "loan", held.loans),
        ("real_estate", "real_estate", "property", held.real_estate),
        ("other_invested", "other_invested", "holding", held.other_invested),
    ):
        paid = _bought(records, held) if roll is held.loans else np.zeros_like(roll.opening)
        exhibits.rolled(name, among, records[among].text(key), roll, paid)
    exhibits.contracts(records["derivatives"].text("contract"), held.contracts)
    exhibits.cash(records["cash"].text("depository"), held.cash)


def _bought(records: Records, held: Held) -> Whole:
    """Interest paid for with loans bought this year."""
    paid = records["mortgages"].filled("accrued", 0)[held.loans.owner]
    first = np.zeros(len(paid), dtype=np.bool_)
    first[np.unique(held.loans.owner, return_index=True)[1]] = True
    return np.where(first & (held.loans.cost != 0), paid, 0)
