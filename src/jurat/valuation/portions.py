"""What left each lot at once, and what stays: the portions that schedules print a row for.

Trades that name no lot are relieved first in, first out.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from jurat.records import BLANK, Records, Table, places
from jurat.records.tables import TRADE_KINDS
from jurat.valuation.calendar import Bools, Whole
from jurat.valuation.proportion import proportion
from jurat.words import RecordError

WRITE_DOWN = TRADE_KINDS.index("write_down")
_SHOWN = 20


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


def events_of(records: Records, end: int) -> Events:
    """What left lots, or befell them, by a day.

    Source  how-a-lot-moves, Portions.
    Raises  RecordError naming trades of more than is held.
    """
    lots, trades = records["lots"], records["trades"]
    rows = np.flatnonzero(trades.whole("traded") <= end)
    lot, row, quantity = _relieved(lots, trades, rows)
    order = np.lexsort((row, trades.whole("traded")[row], lot))
    lot, row, quantity = lot[order], row[order], quantity[order]
    bought = lots.whole("quantity")
    gone = _running(lot, quantity)
    after = bought[lot] - gone
    _refuse(trades, row[after < 0])
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


def _running(lot: Whole, quantity: Whole) -> Whole:
    """The running sum within each lot; rows in the order of lots."""
    total = np.cumsum(quantity)
    first = np.flatnonzero(np.diff(lot, prepend=-1))
    before = np.repeat(total[first] - quantity[first], np.diff(np.append(first, len(lot))))
    return np.asarray(total - before)


def _ahead(lots: Table, lot: Whole, row: Whole, quantity: Whole) -> Whole:
    """What each trade took before from lots bought earlier."""
    order = np.lexsort((lot, lots.whole("traded")[lot], row))
    taken = np.zeros_like(quantity)
    taken[order] = _running(row[order], quantity[order]) - quantity[order]
    return taken


def _refuse(trades: Table, rows: Whole) -> None:
    if not len(rows):
        return
    names = trades.text("trade")
    told = [
        f"{trades.where(int(row))}: trade {names[int(row)].as_py()} takes more than the lot has left."
        for row in rows[:_SHOWN]
    ]
    more = [f"and {len(rows) - _SHOWN} more"] if len(rows) > _SHOWN else []
    raise RecordError(
        "\n".join([f"{len(rows)} trades of more than is held:", *told, *more]),
        why="What was never bought cannot be sold; a lot is missing or a quantity is wrong.",
        next="jurat records check",
    )


# -- relief ---------------------------------------------------------------------------------------


def _relieved(lots: Table, trades: Table, rows: Whole) -> tuple[Whole, Whole, Whole]:
    """Lot, trade and quantity of everything that left: a row for each lot a trade takes from.

    Raises  RecordError as `portions_of`.
    """
    named = places(trades.text("lot"), lots.text("lot"))[rows]
    quantity = trades.filled("quantity", 0)[rows]
    own = named >= 0
    found = [(named[own], rows[own], quantity[own])]
    if not own.all():
        found.append(_first_in(lots, trades, rows, named))
    lot, row, took = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return lot, row, took


def _holder(account: Whole, security: Whole) -> Whole:
    return np.asarray((account << 32) + security)


def _coded(lots: Table, trades: Table, name: str) -> tuple[Whole, Whole]:
    """A column of names of both tables as numbers of the same names."""
    known = lots.text(name).unique()
    return places(lots.text(name), known), places(trades.text(name), known)


def _first_in(lots: Table, trades: Table, rows: Whole, named: Whole) -> tuple[Whole, Whole, Whole]:
    """The lots that trades without one are relieved from, holder by holder in rounds.

    A round takes each holder's next trade from its first lot with something left, so that there are
    as many rounds as one holder has trades and lots they reach over.
    """
    accounts, securities = _coded(lots, trades, "account"), _coded(lots, trades, "security")
    holder = _holder(accounts[0], securities[0])
    trader = _holder(accounts[1], securities[1])[rows]
    open_ = np.unique(trader[named < 0])
    mine = np.flatnonzero(np.isin(trader, open_))
    queue = _Queue.of(lots, holder, open_)
    order = mine[np.lexsort((rows[mine], trades.whole("traded")[rows[mine]], trader[mine]))]
    group = np.searchsorted(open_, trader[order])
    turn = np.arange(len(order)) - np.searchsorted(group, group)
    taken: list[tuple[Whole, Whole, Whole]] = []
    for now in range(int(turn.max()) + 1):
        these = order[turn == now]
        who = group[turn == now]
        need = trades.filled("quantity", 0)[rows[these]]
        lot = named[these]
        queue.left[lot[lot >= 0]] -= need[lot >= 0]
        some = np.flatnonzero((lot < 0) & (need > 0))
        who, these, need = who[some], these[some], need[some]
        while len(who):
            first, took = queue.take(who, need, trades.whole("traded")[rows[these]])
            _refuse(trades, rows[these[first < 0]])
            taken.append((first, rows[these], took))
            need = need - took
            some = np.flatnonzero(need > 0)
            who, these, need = who[some], these[some], need[some]
    if not taken:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    lot, row, took = (np.concatenate(parts) for parts in zip(*taken, strict=True))
    return lot, row, took


@dataclass(slots=True, kw_only=True)
class _Queue:
    """Each holder's lots in the order they were bought, and what is left of all lots."""

    lots: Whole
    bought: Whole
    next: Whole
    last: Whole
    left: Whole

    @classmethod
    def of(cls, lots: Table, holder: Whole, open_: Whole) -> Self:
        """The lots of some holders."""
        mine = np.flatnonzero(np.isin(holder, open_))
        mine = mine[np.lexsort((mine, lots.whole("traded")[mine], holder[mine]))]
        group = np.searchsorted(open_, holder[mine])
        return cls(
            lots=mine,
            bought=lots.whole("traded"),
            next=np.searchsorted(group, np.arange(len(open_))),
            last=np.searchsorted(group, np.arange(len(open_)), side="right"),
            left=lots.whole("quantity").copy(),
        )

    def take(self, who: Whole, need: Whole, day: Whole) -> tuple[Whole, Whole]:
        """From the first lot of each with something left; -1 where there is none on that day."""
        place = self.next[who]
        while True:
            inside = place < self.last[who]
            lot = np.where(inside, self.lots[np.minimum(place, len(self.lots) - 1)], -1)
            empty = inside & (self.left[lot] <= 0)
            if not empty.any():
                break
            place = place + empty
        self.next[who] = place
        lot = np.where((lot >= 0) & (self.bought[lot] <= day), lot, -1)
        took = np.where(lot >= 0, np.minimum(need, self.left[lot]), 0)
        self.left[lot[lot >= 0]] -= took[lot >= 0]
        return lot, took


def has_settled(table: Table) -> Whole:
    """The settlement day of each row; the trade's where none is given."""
    settled = table.whole("settled")
    return np.asarray(np.where(settled == BLANK, table.whole("traded"), settled))
