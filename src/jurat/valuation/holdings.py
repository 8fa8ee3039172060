"""What is known of lots beside their yields: class, designation, fair value, exchange rate, by day."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np

from jurat.records import BLANK, Records, Table, places
from jurat.records.tables import BASES, SECURITY_KINDS
from jurat.valuation.calendar import Bools, Whole, day_in_month, month_of
from jurat.valuation.dated import Dated
from jurat.valuation.portions import has_settled
from jurat.valuation.proportion import market_value, proportion

ONE = 10**8
"""A dollar for a dollar."""
_HOME = "USD"


class Asset(IntEnum):
    """What a lot is, by its security and its term at purchase."""

    BOND = 0
    SHORT_TERM = 1
    CASH_EQUIVALENT = 2
    PREFERRED = 3
    COMMON = 4


@dataclass(frozen=True, eq=False, kw_only=True)
class Holdings:
    """Lots with what the other tables say of their securities and accounts."""

    records: Records

    @cached_property
    def lots(self) -> Table:
        """The purchases."""
        return self.records["lots"]

    @cached_property
    def securities(self) -> Table:
        """The securities."""
        return self.records["securities"]

    @cached_property
    def security(self) -> Whole:
        """The security of each lot."""
        return places(self.lots.text("security"), self.securities.text("security"))

    @cached_property
    def account(self) -> Whole:
        """The account of each lot."""
        return places(self.lots.text("account"), self.records["accounts"].text("account"))

    @cached_property
    def settled(self) -> Whole:
        """The settlement day of each lot."""
        return has_settled(self.lots)

    @cached_property
    def is_stock(self) -> Bools:
        """Whether a security is stock."""
        return np.asarray(self.securities.whole("kind") != SECURITY_KINDS.index("bond"))

    @cached_property
    def asset(self) -> Whole:
        """What each lot is. Source: SSAP No. 2R; thresholds from knowledge [K]."""
        kind = self.securities.whole("kind")[self.security]
        term = self.securities.filled("maturity", 1 << 21)[self.security]
        within = [term <= later(self.settled, months) for months in (3, 12)]
        of_bond = np.where(
            within[0], Asset.CASH_EQUIVALENT, np.where(within[1], Asset.SHORT_TERM, Asset.BOND)
        )
        stock = np.where(kind == SECURITY_KINDS.index("preferred"), Asset.PREFERRED, Asset.COMMON)
        return np.asarray(np.where(kind == 0, of_bond, stock))

    @cached_property
    def at_fair_value(self) -> Bools:
        """Whether a lot's account carries its assets at fair value."""
        basis = self.records["accounts"].whole("basis")
        return np.asarray(basis[self.account] == BASES.index("fair"))

    # -- by day -----------------------------------------------------------------------------------

    @cached_property
    def _designations(self) -> Dated:
        return self._by_security("designations")

    @cached_property
    def _prices(self) -> Dated:
        return self._by_security("prices")

    def _by_security(self, name: str) -> Dated:
        table = self.records[name]
        owner = places(table.text("security"), self.securities.text("security"))
        return Dated.of(owner, table.whole("date"))

    def designation(self, security: Whole, day: Whole) -> Whole:
        """The NAIC designation on a day; nought where none is known."""
        row = self._designations.latest(security, day)
        values = self.records["designations"].whole("designation")
        return np.where(row >= 0, values[row], 0) if len(values) else np.zeros_like(row)

    def designation_row(self, security: Whole, day: Whole) -> Whole:
        """The row of the table of designations in force on a day; -1 where there is none."""
        return self._designations.latest(security, day)

    def price(self, security: Whole, day: Whole) -> Whole:
        """The last price at or before a day; blank where there is none."""
        row = self._prices.latest(security, day)
        values = self.records["prices"].whole("price")
        return np.where(row >= 0, values[row], BLANK) if len(values) else np.full_like(row, BLANK)

    def fair_value(self, lot: Whole, quantity: Whole, price: Whole) -> Whole:
        """What a quantity of each lot is worth, in the security's currency; nought without a price."""
        known = np.where(price == BLANK, 0, price)
        stock = self.is_stock[self.security[lot]]
        return np.where(
            stock,
            market_value(quantity, known, is_stock=True),
            market_value(quantity, known, is_stock=False),
        )

    # -- currencies -------------------------------------------------------------------------------

    @cached_property
    def is_foreign(self) -> Bools:
        """Whether a lot's amounts are in another currency."""
        return self._currency[self.security] >= 0

    @cached_property
    def _currency(self) -> Whole:
        """The currency of each security, by its place among those with rates; -1 at home."""
        text = self.securities.text("currency")
        known = self.records["exchange_rates"].text("currency").unique()
        place = places(text, known)
        home = np.asarray([word.as_py() in {"", _HOME} for word in text.unique()])
        at_home = home[places(text, text.unique())] if len(text) else np.zeros(0, dtype=np.bool_)
        return np.where(at_home, -1, np.maximum(place, 0) if len(known) else -1)

    @cached_property
    def _rates(self) -> Dated:
        table = self.records["exchange_rates"]
        return Dated.of(
            places(table.text("currency"), table.text("currency").unique()), table.whole("date")
        )

    def rate(self, lot: Whole, day: Whole) -> Whole:
        """Dollars for a unit of each lot's currency on a day, in hundred-millionths."""
        currency = self._currency[self.security[lot]]
        found = np.full(len(lot), ONE)
        away = np.flatnonzero(currency >= 0)
        if len(away):
            row = self._rates.latest(currency[away], np.broadcast_to(day, lot.shape)[away])
            values = self.records["exchange_rates"].whole("rate")
            found[away] = np.where(row >= 0, values[row], ONE)
        return found

    def in_dollars(self, lot: Whole, amount: Whole, day: Whole) -> Whole:
        """Cents of each lot's currency as cents of a dollar, at the rate of a day."""
        if not self.is_foreign.any():
            return amount
        return proportion(amount, self.rate(lot, day), np.asarray(ONE))


def later(day: Whole, months: int) -> Whole:
    """The same day some months later, or that month's last.

    >>> from jurat.valuation.calendar import dates_of, days_of
    >>> dates_of(later(days_of(["2011-11-30"]), 3)).astype(str).tolist()
    ['2012-02-29']
    """
    month = month_of(day)
    of_month = day - day_in_month(month, np.ones_like(month)) + 1
    return day_in_month(month + months, of_month)
