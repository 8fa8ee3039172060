"""The tables of securities joined: what each row names, what is held on a day, what it cost and was worth."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from jurat.records.columns import Mask
from jurat.records.table import Records, Table, Whole, places

_DAYS = 2**20
"""More days than any two dates of records are apart."""
_MOST = 2**62


def year_end(year: int) -> int:
    """The last day of a year, in days since 1970.

    >>> year_end(1970)
    364
    """
    return int(np.datetime64(f"{year}-12-31", "D").astype(np.int64))


def told(day: int) -> str:
    """A day as it is written.

    >>> told(364)
    '1970-12-31'
    """
    return str(np.datetime64(int(day), "D"))


@dataclass(frozen=True)
class Ledger:
    """The records of one company with their joins, each made when first asked for.

    Units   quantities in millionths, amounts in cents, prices in hundred-millionths, as `records`.
    Shape   joins have an element for each row of their table; -1 where a name is not there.
    """

    records: Records
    year: int

    @property
    def opening(self) -> int:
        """31 December of the year before."""
        return year_end(self.year - 1)

    @property
    def closing(self) -> int:
        """31 December of the year."""
        return year_end(self.year)

    @cached_property
    def lots(self) -> Table:
        """The purchases."""
        return self.records["lots"]

    @cached_property
    def trades(self) -> Table:
        """What took from them."""
        return self.records["trades"]

    @cached_property
    def securities(self) -> Table:
        """Their terms."""
        return self.records["securities"]

    def security_of(self, table: Table) -> Whole:
        """The security that each row names, by its place."""
        return places(table.text("security"), self.securities.text("security"))

    def pair_of(self, table: Table) -> Whole:
        """Account and security of each row as one number; -1 where either is not there."""
        account = places(table.text("account"), self.records["accounts"].text("account"))
        security = self.security_of(table)
        return np.where(
            (account < 0) | (security < 0), -1, account * len(self.securities) + security
        )

    @cached_property
    def lot_security(self) -> Whole:
        """Of each lot, its security."""
        return self.security_of(self.lots)

    @cached_property
    def lot_pair(self) -> Whole:
        """Of each lot, its account and security."""
        return self.pair_of(self.lots)

    @cached_property
    def trade_lot(self) -> Whole:
        """Of each trade, the lot it names."""
        return places(self.trades.text("lot"), self.lots.text("lot"))

    @cached_property
    def trade_pair(self) -> Whole:
        """Of each trade, its account and security."""
        return self.pair_of(self.trades)

    @cached_property
    def takes(self) -> Mask:
        """The trades by which par or shares leave."""
        return ~self.trades.is_choice("kind", "write_down")

    @cached_property
    def taken(self) -> Whole:
        """Of each trade, the par or shares that leave."""
        return np.where(self.takes, self.trades.filled("quantity", 0), 0)

    @cached_property
    def is_bond(self) -> Mask:
        """Of each security, whether it is a bond."""
        return self.securities.is_choice("kind", "bond")

    # -- holdings ------------------------------------------------------------------------------

    def by_name(self, day: int) -> Whole:
        """What is left of each lot on the evening of a day by the trades that name it; below nought if oversold."""
        left = np.where(self.lots.whole("traded") <= day, self.lots.whole("quantity"), 0)
        done = (self.trade_lot >= 0) & (self.trades.whole("traded") <= day)
        np.subtract.at(left, self.trade_lot[done], self.taken[done])
        return left

    def unnamed(self, day: int) -> "Totals":
        """By account and security, what left up to a day by trades that name no lot."""
        blank = np.asarray(pc.equal(self.trades.text("lot"), ""))
        done = blank & (self.trade_pair >= 0) & (self.trades.whole("traded") <= day)
        return Totals.of(self.trade_pair[done], self.taken[done])

    def held(self, day: int) -> Whole:
        """What is left of each lot on the evening of a day; what names no lot takes the first bought first."""
        left = np.maximum(self.by_name(day), 0)
        taken = self.unnamed(day)
        if not len(taken.key):
            return left
        order = np.lexsort((self.lots.whole("traded"), self.lot_pair))
        order = order[self.lot_pair[order] >= 0]
        pair, mine = self.lot_pair[order], left[order]
        before = np.cumsum(mine) - mine
        begin = np.concatenate([[True], pair[1:] != pair[:-1]])[: len(pair)]
        before -= before[np.maximum.accumulate(np.where(begin, np.arange(len(pair)), 0))]
        left[order] = mine - np.clip(taken.at(pair) - before, 0, mine)
        return left

    @cached_property
    def closing_held(self) -> Whole:
        """What is left of each lot at the year's end."""
        return self.held(self.closing)

    # -- worth ---------------------------------------------------------------------------------

    def cost_of(self, rows: Whole, quantity: Whole) -> Whole:
        """The cost of some quantity of lots, as their share; of a lot without a quantity, all."""
        cost, par = self.lots.whole("cost")[rows], self.lots.whole("quantity")[rows]
        return _part(cost, quantity, par)

    def fair_value(self, security: Whole, quantity: Whole, price: Whole) -> Whole:
        """What quantities are worth at prices."""
        per = np.where(self.is_bond[security], 10**14, 10**12)
        return rounded(price.astype(object) * quantity.astype(object), per)

    @cached_property
    def prices(self) -> "Dated":
        """Prices by security and day."""
        table = self.records["prices"]
        return Dated.ordered(self.security_of(table), table.whole("date"), table.whole("price"))

    @cached_property
    def designations(self) -> "Dated":
        """Designations by security and day."""
        table = self.records["designations"]
        return Dated.ordered(
            self.security_of(table), table.whole("date"), table.whole("designation")
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dated:
    """Values of things that hold from a day on, in the order of things and days."""

    key: Whole
    """Thing and day as one number."""
    thing: Whole
    day: Whole
    value: Whole
    row: Whole
    """Of each value, its row in the table."""

    @classmethod
    def ordered(cls, thing: Whole, day: Whole, value: Whole) -> "Dated":
        """Put values in order; those of nothing are left out."""
        rows = np.flatnonzero(thing >= 0)
        key = thing[rows] * _DAYS + day[rows]
        rows, key = rows[np.argsort(key, kind="stable")], np.sort(key)
        return cls(key=key, thing=thing[rows], day=day[rows], value=value[rows], row=rows)

    def last(self, thing: Whole, day: int | Whole) -> Whole:
        """The place of each thing's last value at or before a day; -1 where there is none."""
        if not len(self.key):
            return np.full(len(thing), -1, dtype=np.int64)
        place = np.searchsorted(self.key, thing * _DAYS + day, side="right") - 1
        is_there = (place >= 0) & (self.thing[np.maximum(place, 0)] == thing)
        return np.where(is_there, place, -1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Totals:
    """Sums by key, in the order of keys."""

    key: Whole
    total: Whole

    @classmethod
    def of(cls, key: Whole, amount: Whole) -> "Totals":
        """Add amounts by their keys."""
        keys, place = np.unique(key, return_inverse=True)
        total = np.zeros(len(keys), dtype=np.int64)
        np.add.at(total, place, amount)
        return cls(key=keys, total=total)

    def at(self, key: Whole) -> Whole:
        """The sums of some keys; nought of a key that is not there."""
        if not len(self.key):
            return np.zeros(len(key), dtype=np.int64)
        place = np.minimum(np.searchsorted(self.key, key), len(self.key) - 1)
        return np.where(self.key[place] == key, self.total[place], 0)


def _part(amount: Whole, part: Whole, whole: Whole) -> Whole:
    """Shares of amounts, to the nearest cent; all of it where there is nothing to share by."""
    shared, some = amount.copy(), (whole > 0) & (part != whole)
    shared[some] = rounded(amount[some].astype(object) * part[some].astype(object), whole[some])
    return shared


def rounded(product: npt.NDArray[np.object_], by: Whole) -> Whole:
    """Products of whole numbers, divided and rounded to the nearest, halves away from nought.

    Quantities and prices may be absurd together; their product is then as much as a number holds.
    """
    half: Whole = np.minimum((2 * np.abs(product) + by) // (2 * by), _MOST).astype(np.int64)
    return np.where(np.asarray(product < 0, dtype=bool), -half, half)
