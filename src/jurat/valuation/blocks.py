"""A block of lots valued by itself: amortized cost, fair value, and the movement of every portion."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jurat.records import BLANK
from jurat.records.tables import SECURITY_KINDS, TRADE_KINDS
from jurat.valuation.amortization import round_cents
from jurat.valuation.calendar import Bools, Floats, Whole
from jurat.valuation.holdings import Asset, Holdings
from jurat.valuation.issues import Issues
from jurat.valuation.matching import spread
from jurat.valuation.movements import Movements
from jurat.valuation.portions import Events, Portions
from jurat.valuation.proportion import proportion
from jurat.valuation.spells import Purchases, Spells, WriteDowns, spells_of

_CENT = 10_000
"""Millionths of a dollar."""
PAYDOWN, MATURITY, CALL = (TRADE_KINDS.index(kind) for kind in ("paydown", "maturity", "call"))


@dataclass(frozen=True, eq=False, kw_only=True)
class Block:
    """Some lots with their portions, valued by themselves."""

    holdings: Holdings
    issues: Issues
    downs: Events
    portions: Portions
    ends: tuple[int, int]

    @cached_property
    def lot(self) -> Whole:
        """The lots, each once."""
        return np.unique(self.portions.lot)

    @cached_property
    def place(self) -> Whole:
        """Of each portion, its lot among these."""
        return np.searchsorted(self.lot, self.portions.lot)

    @cached_property
    def amortized(self) -> Bools:
        """Of each lot, whether it is a bond of any term."""
        return self.holdings.asset[self.lot] <= Asset.CASH_EQUIVALENT

    @cached_property
    def spells(self) -> Spells:
        """The spells of the lots; those of stock have no yield."""
        held, own = self.holdings, self.lot
        lots = held.lots
        par = lots.whole("quantity")[own] / _CENT
        with np.errstate(all="ignore"):
            price = np.where(self.amortized, lots.whole("cost")[own] / par, np.nan)
        bought = Purchases(security=held.security[own], settled=held.settled[own], price=price)
        fell = self.downs
        mine = np.flatnonzero(np.isin(fell.lot, own))
        downs = WriteDowns(
            lot=np.searchsorted(own, fell.lot[mine]),
            day=fell.day[mine],
            amount=self._amounts[mine],
            par=fell.before[mine] // _CENT,
        )
        return spells_of(self.issues, bought, downs, self.ends[1])

    @property
    def _amounts(self) -> Whole:
        """By how much lots were written down."""
        return np.asarray(self.holdings.records["trades"].whole("amount")[self.downs.trade])

    # -- amortized cost -----------------------------------------------------------------------------

    def worth(self, day: Whole) -> tuple[Whole, Whole]:
        """V of each portion's lot on a day, for what is owed before and after it leaves."""
        place, portions = self.place, self.portions
        by_cost = self._by_cost(day)
        price = self._price(place, day)
        found = []
        for owed, of_cost in zip((portions.before, portions.after), by_cost, strict=True):
            by_yield = round_cents(np.nan_to_num(price) * (owed // _CENT))
            found.append(np.where(np.isnan(price), of_cost, by_yield))
        return found[0], found[1]

    def _price(self, place: Whole, day: Whole) -> Floats:
        """The book price of each portion's lot; not a number where cost is the value."""
        days = np.broadcast_to(day, place.shape)
        amortized = self.amortized[place] & (days > self.holdings.settled[self.lot[place]])
        price = np.full(len(place), np.nan)
        rows = np.flatnonzero(amortized)
        price[rows] = self.spells.prices(place[rows], days[rows])
        return price

    def _by_cost(self, day: Whole) -> tuple[Whole, Whole]:
        """Cost less write-downs, shared by what is owed."""
        before, after = self._cost()
        if not len(self.downs.lot):
            return before, after
        fell = self._written_down(day)
        return before - fell[0], after - fell[1]

    def _written_down(self, day: Whole, since: int = BLANK) -> tuple[Whole, Whole]:
        """Write-downs by a day, shared by what is owed before and after each portion leaves."""
        fell, portions = self.downs, self.portions
        count = len(portions.lot)
        order = np.argsort(fell.lot, kind="stable")
        begin = np.searchsorted(fell.lot[order], portions.lot)
        many = np.searchsorted(fell.lot[order], portions.lot, side="right") - begin
        row, place = spread(begin, many)
        mine = order[place]
        days = np.broadcast_to(day, (count,))[row]
        keep = (fell.day[mine] <= days) & (fell.day[mine] > since)
        row, mine = row[keep], mine[keep]
        shares = []
        for owed in (portions.before, portions.after):
            share = proportion(self._amounts[mine], owed[row], fell.before[mine])
            total = np.zeros(count, dtype=np.int64)
            np.add.at(total, row, share)
            shares.append(total)
        return shares[0], shares[1]

    # -- fair value ---------------------------------------------------------------------------------

    def carried(self, day: int, worth: tuple[Whole, Whole]) -> "_Carried":
        """What each portion's lot is carried at on a day, before and after it leaves."""
        held, portions = self.holdings, self.portions
        lot = portions.lot
        security = held.security[lot]
        price = held.price(security, np.broadcast_to(day, lot.shape))
        known = price != BLANK
        at_fair, at_lower = self._measured(lot, security, day)
        fair, carried = [], []
        for owed, cost in zip((portions.before, portions.after), worth, strict=True):
            value = held.fair_value(lot, owed, price)
            at_value = np.where(known & at_lower, np.minimum(value, cost), cost)
            carried.append(np.where(known & at_fair, value, at_value))
            fair.append(value)
        return _Carried(before=carried[0], after=carried[1], fair=(fair[0], fair[1]), price=price)

    def _measured(self, lot: Whole, security: Whole, day: int) -> tuple[Bools, Bools]:
        """Whether a lot is carried at fair value, or at the lower. Source: how-a-lot-moves [K]."""
        held = self.holdings
        naic = held.designation(security, np.broadcast_to(day, lot.shape))
        kind = held.securities.whole("kind")[security]
        preferred = kind == SECURITY_KINDS.index("preferred")
        common = kind == SECURITY_KINDS.index("common")
        redeemable = held.securities.filled("redeemable", 0)[security] == 1
        at_fair = held.at_fair_value[lot] | common | (preferred & ~redeemable & (naic <= 3))
        at_lower = np.where(preferred, naic >= 4, naic == 6)
        return at_fair, at_lower

    # -- the movement -------------------------------------------------------------------------------

    def moved(self) -> Movements:
        """The movement of every portion.

        Amounts that a lot is carried at are turned into dollars before and after each portion, and
        taken from each other, so that portions always add to the lot.
        """
        held, portions = self.holdings, self.portions
        lot, end = portions.lot, portions.day
        left, traded = portions.trade >= 0, held.lots.whole("traded")[lot]
        begin = np.broadcast_to(self.ends[0], lot.shape)
        old = traded <= self.ends[0]
        worth_0, worth_1 = self.worth(np.asarray(self.ends[0])), self.worth(end)
        at_0, at_1 = self.carried(self.ends[0], worth_0), self.carried(self.ends[1], worth_1)
        local_0 = np.where(old, worth_0[0] - worth_0[1], 0)
        local_1 = self._at_par(worth_1[0] - worth_1[1])
        cost = self._cost()
        bought = np.where(old, 0, cost[0] - cost[1])
        impaired = self._impaired(self.ends[0])
        accretion = self._dollars(local_1 - local_0 - bought + impaired, end)
        impairment = self._impairment_in_dollars(impaired)
        opening = np.where(old, self._between(worth_0, begin), 0)
        book = np.where(left, self._dollars(local_1, traded), self._between(worth_1, end))
        original_cost = self._between(cost, traded)
        new = np.where(old, 0, original_cost)
        exchange = book - opening - new - accretion + impairment
        carried_0 = np.where(old, self._between((at_0.before, at_0.after), begin), 0)
        carried_1 = np.where(left, 0, self._between((at_1.before, at_1.after), end))
        unrealized = np.where(left, 0, carried_1 - book) - (carried_0 - opening)
        paid, prepayment = self._paid()
        consideration = self._dollars(paid, end)
        at_disposal = self._dollars(local_1, end) - book
        return Movements(
            portions=portions,
            opening=carried_0,
            cost=new,
            accretion=accretion,
            unrealized=unrealized,
            impairment=impairment,
            exchange=exchange,
            gain=np.where(left, consideration - book, 0),
            exchange_gain=np.where(held.is_foreign[lot] & left, at_disposal, 0),
            consideration=consideration,
            closing=carried_1,
            prepayment=self._dollars(prepayment, end),
            book_at_disposal=np.where(left, book, 0),
            original_cost=original_cost,
            fair_value=np.where(left, 0, self._between(at_1.fair, end)),
            price=at_1.price,
            rate=self._rates(),
            carried_to=self._carried_to(),
        )

    def _dollars(self, amount: Whole, day: Whole) -> Whole:
        """Amounts of each portion's currency in dollars, at the rate of a day."""
        return self.holdings.in_dollars(self.portions.lot, amount, day)

    def _between(self, amounts: tuple[Whole, Whole], day: Whole) -> Whole:
        """What lies between a lot's amounts before and after a portion, each in dollars."""
        return self._dollars(amounts[0], day) - self._dollars(amounts[1], day)

    def _cost(self) -> tuple[Whole, Whole]:
        """The cost of each portion's lot, for what is owed before and after it leaves."""
        lots, portions = self.holdings.lots, self.portions
        cost, whole = lots.whole("cost")[portions.lot], lots.whole("quantity")[portions.lot]
        before, after = (
            proportion(cost, owed, whole) for owed in (portions.before, portions.after)
        )
        return before, after

    def _at_par(self, worth: Whole) -> Whole:
        """What is paid down or matures has reached its par: a discount left is income [K]."""
        portions = self.portions
        kind = self.holdings.records["trades"].whole("kind")
        if not len(kind):
            return worth
        own = kind[portions.trade]
        at_par = (portions.trade >= 0) & ((own == PAYDOWN) | (own == MATURITY))
        at_par &= self.amortized[self.place]
        return np.where(at_par, (portions.before - portions.after) // _CENT, worth)

    def _impaired(self, begin: int) -> Whole:
        if not len(self.downs.lot):
            return np.zeros(len(self.portions.lot), dtype=np.int64)
        before, after = self._written_down(self.portions.day, begin)
        return before - after

    def _impairment_in_dollars(self, impaired: Whole) -> Whole:
        """Write-downs at the rates of their days; one rate where there is one write-down."""
        held, portions = self.holdings, self.portions
        if not held.is_foreign[portions.lot].any() or not len(self.downs.lot):
            return impaired
        day = np.full(len(held.lots), self.ends[1])
        day[self.downs.lot] = self.downs.day
        return held.in_dollars(portions.lot, impaired, day[portions.lot])

    def _paid(self) -> tuple[Whole, Whole]:
        """Consideration of each portion in the currency, and what a call paid beside the par."""
        portions, trades = self.portions, self.holdings.records["trades"]
        none = np.zeros(len(portions.lot), dtype=np.int64)
        if not len(trades):
            return none, none
        paid = portions.of_trade(trades.whole("amount"), trades.filled("quantity", 0))
        par = (portions.before - portions.after) // _CENT
        kind = trades.whole("kind")[np.maximum(portions.trade, 0)]
        is_call = (kind == CALL) & self.amortized[self.place]
        over = np.where(is_call & (portions.trade >= 0), np.maximum(paid - par, 0), 0)
        return paid - over, over

    def _rates(self) -> Floats:
        rate = np.full(len(self.place), np.nan)
        rows = np.flatnonzero(self.amortized[self.place])
        rate[rows] = self.spells.rates(self.place[rows], self.portions.day[rows])
        return rate

    def _carried_to(self) -> Whole:
        end = np.full(len(self.place), BLANK)
        rows = np.flatnonzero(self.amortized[self.place])
        end[rows] = self.spells.ends(self.place[rows], self.portions.day[rows])
        return end


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Carried:
    """What lots are carried at on a day, in their currency, before and after portions leave."""

    before: Whole
    after: Whole
    fair: tuple[Whole, Whole]
    """The same at fair value."""
    price: Whole
    """By which; blank where there is none."""
