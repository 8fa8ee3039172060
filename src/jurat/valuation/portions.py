"""What left each lot at once, and what stays: the portions that schedules print a row for."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from jurat.records import BLANK, Records, Table
from jurat.records.tables import TRADE_KINDS
from jurat.valuation.calendar import Bools, Whole
from jurat.valuation.proportion import proportion
from jurat.valuation.relief import Relief, refuse, relieved, running

WRITE_DOWN = TRADE_KINDS.index("write_down")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Portions:
    """Portions of lots: what was owed of the lot before and after each left.

    Units   par or shares in millionths; days since 1970.
    """

    lot: Whole
    before: Whole
    after: Whole
    day: Whole
    """The day it leaves, or the year's end."""
    trade: Whole
    """By which trade; -1 for what stays."""
    ahead: Whole
    """How much the trade took from other lots before this one."""

    def take(self, rows: Whole) -> Self:
        """Some portions."""
        return type(self)(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    def of_trade(self, amount: Whole, quantity: Whole) -> Whole:
        """Each portion's share of what its trade brought; nought for what stays.

        Units   of the amount; `quantity` is the whole trade's. Both have an element for each trade.
        """
        if not len(amount):
            return np.zeros(len(self.lot), dtype=np.int64)
        row = np.maximum(self.trade, 0)
        return self.share_of(amount[row], quantity[row])

    def share_of(self, amount: Whole, quantity: Whole) -> Whole:
        """The same of amounts and quantities that stand beside the portions."""
        ahead = quantity - self.ahead
        after = ahead - (self.before - self.after)
        share = proportion(amount, ahead, quantity) - proportion(amount, after, quantity)
        return np.where(self.trade >= 0, share, 0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Events:
    """Everything that befell lots by a day, in order of lot, day and table.

    Units   par or shares in millionths; days since 1970.
    """

    lot: Whole
    day: Whole
    before: Whole
    """What was owed of the lot before it."""
    after: Whole
    trade: Whole
    """The row of the table of trades."""
    ahead: Whole
    """How much the trade took from other lots before this one."""
    is_write_down: Bools

    def take(self, rows: Whole) -> Self:
        """Some events."""
        return type(self)(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})


def events_of(records: Records, end: int, relief: Relief = Relief.FIFO) -> Events:
    """What left lots, or befell them, by a day; trades that name no lot are relieved as elected.

    Source  how-a-lot-moves, Portions.
    Raises  RecordError naming trades of more than is held.
    """
    lots, trades = records["lots"], records["trades"]
    rows = np.flatnonzero(trades.whole("traded") <= end)
    taken = relieved(records, rows, relief)
    order = np.lexsort((taken.trade, trades.whole("traded")[taken.trade], taken.lot))
    lot, row, quantity = taken.lot[order], taken.trade[order], taken.quantity[order]
    bought = lots.whole("quantity")
    gone = running(lot, quantity)
    after = bought[lot] - gone
    refuse(trades, row[after < 0])
    return Events(
        lot=lot,
        day=trades.whole("traded")[row],
        before=after + quantity,
        after=after,
        trade=row,
        ahead=_ahead(lots, lot, row, quantity),
        is_write_down=trades.whole("kind")[row] == WRITE_DOWN,
    )


def portions_of(records: Records, events: Events, ends: tuple[int, int]) -> Portions:
    """The portions of a year: what left after the first day, and what stays on the second.

    They stand in the order of lots, of a lot in the order they left, what stays last.
    """
    lots = records["lots"]
    begin, end = ends
    owed = lots.whole("quantity").copy()
    owed[events.lot] = events.after  # the last event of a lot is written last
    stays = np.flatnonzero((lots.whole("traded") <= end) & (owed > 0))
    mine = np.flatnonzero(~events.is_write_down & (events.day > begin))
    nought = np.zeros_like(stays)
    found = Portions(
        lot=np.concatenate([events.lot[mine], stays]),
        before=np.concatenate([events.before[mine], owed[stays]]),
        after=np.concatenate([events.after[mine], nought]),
        day=np.concatenate([events.day[mine], nought + end]),
        trade=np.concatenate([events.trade[mine], nought - 1]),
        ahead=np.concatenate([events.ahead[mine], nought]),
    )
    return found.take(np.argsort(found.lot, kind="stable"))


def _ahead(lots: Table, lot: Whole, row: Whole, quantity: Whole) -> Whole:
    """What each trade took before from lots bought earlier."""
    order = np.lexsort((lot, lots.whole("traded")[lot], row))
    taken = np.zeros_like(quantity)
    taken[order] = running(row[order], quantity[order]) - quantity[order]
    return taken


def has_settled(table: Table) -> Whole:
    """The settlement day of each row; the trade's where none is given."""
    settled = table.whole("settled")
    return np.asarray(np.where(settled == BLANK, table.whole("traded"), settled))
