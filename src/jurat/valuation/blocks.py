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
        lots, lot = self.holdings.lots, self.portions.lot
        cost, whole = lots.whole("cost")[lot], lots.whole("quantity")[lot]
        before, after = (
            proportion(cost, owed, whole) for owed in (self.portions.before, self.portions.after)
        )
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
        row = np.repeat(np.arange(count), many)
        mine = order[np.arange(many.sum()) + np.repeat(begin - np.cumsum(many) + many, many)]
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

    def adjustment(self, day: int, worth: tuple[Whole, Whole]) -> tuple[Whole, Whole, Whole]:
        """What fair value adds to amortized cost on a day, in the currency; fair value; its price."""
        held, portions = self.holdings, self.portions
        lot = portions.lot
        security = held.security[lot]
        price = held.price(security, np.broadcast_to(day, lot.shape))
        fair = [held.fair_value(lot, owed, price) for owed in (portions.before, portions.after)]
        over = [one - other for one, other in zip(fair, worth, strict=True)]
        lower = [np.minimum(each, 0) for each in over]
        at_fair, at_lower = self._measured(lot, security, day)
        known = price != BLANK
        adds = [
            np.where(known & at_fair, each, np.where(known & at_lower, low, 0))
            for each, low in zip(over, lower, strict=True)
        ]
        return adds[0] - adds[1], fair[0] - fair[1], price

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
        """The movement of every portion."""
        held, portions = self.holdings, self.portions
        lot, end = portions.lot, portions.day
        begin = self.ends[0]
        left, traded = portions.trade >= 0, held.lots.whole("traded")[lot]
        old = traded <= begin
        worth_0 = self.worth(np.asarray(begin))
        worth_1 = self.worth(end)
        amortized_0 = np.where(old, worth_0[0] - worth_0[1], 0)
        amortized_1 = self._at_par(worth_1[0] - worth_1[1])
        cost = self._share(held.lots.whole("cost")[lot])
        bought = np.where(old, 0, cost)
        impaired = self._impaired(begin)
        accretion = amortized_1 - amortized_0 - bought + impaired
        adds_0 = np.where(old, self.adjustment(begin, worth_0)[0], 0)
        adds_1, fair, price = self.adjustment(self.ends[1], worth_1)
        adds_1 = np.where(left, 0, adds_1)
        exact = _Local(
            opening=amortized_0,
            cost=bought,
            accretion=accretion,
            impairment=impaired,
            end=amortized_1,
            adds=(adds_0, adds_1),
            original_cost=cost,
            fair=np.where(left, 0, fair),
        )
        return self._in_dollars(exact, price, traded)

    def _share(self, amount: Whole) -> Whole:
        """A portion's share of an amount of its whole lot as bought."""
        portions = self.portions
        whole = self.holdings.lots.whole("quantity")[portions.lot]
        return proportion(amount, portions.before, whole) - proportion(
            amount, portions.after, whole
        )

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

    def _in_dollars(self, local: "_Local", price: Whole, traded: Whole) -> Movements:
        """The movement in dollars, with what exchange did, and the gain."""
        held, portions = self.holdings, self.portions
        lot, end, left = portions.lot, portions.day, portions.trade >= 0
        begin = np.broadcast_to(self.ends[0], lot.shape)

        def dollars(amount: Whole, day: Whole) -> Whole:
            return held.in_dollars(lot, amount, day)

        opening, closing = dollars(local.opening, begin), dollars(local.end, end)
        historical = dollars(local.end, traded)
        book = np.where(left, historical, closing)
        cost, accretion = dollars(local.cost, traded), dollars(local.accretion, end)
        impairment = self._impairment_in_dollars(local)
        exchange = book - opening - cost - accretion + impairment
        adds = (
            dollars(local.opening + local.adds[0], begin) - opening,
            dollars(local.end + local.adds[1], end) - closing,
        )
        unrealized = np.where(left, 0, adds[1]) - adds[0]
        paid, prepayment = self._paid()
        consideration = dollars(paid, end)
        gain = np.where(left, consideration - book, 0)
        at_disposal = np.where(held.is_foreign[lot] & left, closing - book, 0)
        return Movements(
            portions=portions,
            opening=opening + adds[0],
            cost=cost,
            accretion=accretion,
            unrealized=unrealized,
            impairment=impairment,
            exchange=exchange,
            gain=gain,
            exchange_gain=at_disposal,
            consideration=consideration,
            closing=np.where(left, 0, book + adds[1]),
            prepayment=dollars(prepayment, end),
            book_at_disposal=np.where(left, book, 0),
            original_cost=dollars(local.original_cost, traded),
            fair_value=dollars(local.fair, end),
            price=price,
            rate=self._rates(),
            carried_to=self._carried_to(),
        )

    def _impairment_in_dollars(self, local: "_Local") -> Whole:
        """Write-downs at the rates of their days; one rate where there is one write-down."""
        held, portions = self.holdings, self.portions
        if not held.is_foreign[portions.lot].any() or not len(self.downs.lot):
            return local.impairment
        day = np.full(len(held.lots), self.ends[1])
        day[self.downs.lot] = self.downs.day
        return held.in_dollars(portions.lot, local.impairment, day[portions.lot])

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
class _Local:
    """Amounts in each lot's own currency."""

    opening: Whole
    cost: Whole
    accretion: Whole
    impairment: Whole
    end: Whole
    adds: tuple[Whole, Whole]
    original_cost: Whole
    fair: Whole
