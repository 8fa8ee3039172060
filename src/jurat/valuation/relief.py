"""Which lots a sale takes from that names none: first in, first out, or of every lot on average."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np

from jurat.records import Records, Table, places
from jurat.records.tables import SECURITY_KINDS
from jurat.valuation.calendar import Bools, Whole
from jurat.valuation.matching import spread
from jurat.valuation.proportion import proportion
from jurat.words import RecordError

_CENT = 10_000
"""Millionths of a dollar."""
_SHOWN = 20


class Relief(StrEnum):
    """How a company relieves what it sells without naming a lot; elected once, and kept."""

    FIFO = "fifo"
    """The lots bought first."""
    AVERAGE = "average"
    """Every lot, in proportion to what is left of it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Relieved:
    """What trades take: a row for each lot that a trade takes from.

    Units   par or shares in millionths.
    """

    lot: Whole
    trade: Whole
    quantity: Whole

    @classmethod
    def joined(cls, parts: list[Self]) -> Self:
        """Parts one after the other; none is nothing taken."""
        none = np.zeros(0, dtype=np.int64)
        lot, trade, quantity = (
            np.concatenate([none, *(getattr(part, name) for part in parts)])
            for name in ("lot", "trade", "quantity")
        )
        return cls(lot=lot, trade=trade, quantity=quantity)


def relieved(records: Records, rows: Whole, relief: Relief) -> Relieved:
    """What some trades take of which lots; of lots that trades name, as they say.

    Units   par or shares in millionths.
    Source  how-a-lot-moves, Portions.
    Raises  RecordError naming trades that take more than their holder has left.
    """
    lots, trades = records["lots"], records["trades"]
    named = places(trades.text("lot"), lots.text("lot"))[rows]
    own = np.flatnonzero(named >= 0)
    found = Relieved(
        lot=named[own], trade=rows[own], quantity=trades.filled("quantity", 0)[rows[own]]
    )
    if len(own) == len(rows):
        return found
    return Relieved.joined([found, *_in_rounds(records, rows, named, relief)])


def refuse(trades: Table, rows: Whole) -> None:
    """Say which trades take more than is held.

    Raises  RecordError, if there is one.
    """
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


def running(group: Whole, quantity: Whole) -> Whole:
    """The running sum within each group; rows in the order of groups.

    >>> running(np.array([0, 0, 3]), np.array([5, 2, 1])).tolist()
    [5, 7, 1]
    """
    total = np.cumsum(quantity)
    first = np.flatnonzero(np.diff(group, prepend=-1))
    before = np.repeat(total[first] - quantity[first], np.diff(np.append(first, len(group))))
    return np.asarray(total - before)


def _in_rounds(records: Records, rows: Whole, named: Whole, relief: Relief) -> list[Relieved]:
    """What trades without a lot take, holder by holder in rounds: each holder's next trade."""
    lots, trades = records["lots"], records["trades"]
    accounts, securities = _coded(lots, trades, "account"), _coded(lots, trades, "security")
    holder = _holder(accounts[0], securities[0])
    trader = _holder(accounts[1], securities[1])[rows]
    open_ = np.unique(trader[named < 0])
    mine = np.flatnonzero(np.isin(trader, open_))
    order = mine[np.lexsort((rows[mine], trades.whole("traded")[rows[mine]], trader[mine]))]
    group = np.searchsorted(open_, trader[order])
    turn = np.arange(len(order)) - np.searchsorted(group, group)
    held = _Held.of(records, holder, open_)
    take = held.on_average if relief is Relief.AVERAGE else held.first_in
    taken: list[Relieved] = []
    for now in range(int(turn.max()) + 1):
        these, who = order[turn == now], group[turn == now]
        need, lot = trades.filled("quantity", 0)[rows[these]], named[these]
        held.left[lot[lot >= 0]] -= need[lot >= 0]
        some = np.flatnonzero((lot < 0) & (need > 0))
        taken += take(_Sales(who=who[some], trade=rows[these[some]], need=need[some]))
    return taken


def _holder(account: Whole, security: Whole) -> Whole:
    return np.asarray((account << 32) + security)


def _coded(lots: Table, trades: Table, name: str) -> tuple[Whole, Whole]:
    """A column of names of both tables as numbers of the same names."""
    known = lots.text(name).unique()
    return places(lots.text(name), known), places(trades.text(name), known)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sales:
    """Sales of different holders, each of so much."""

    who: Whole
    trade: Whole
    need: Whole


@dataclass(slots=True, kw_only=True)
class _Held:
    """Each holder's lots in the order they were bought, and what is left of all lots."""

    trades: Table
    lots: Whole
    bought: Whole
    in_cents: Bools
    """Of each lot, whether its par goes in whole cents; of stock any millionth may go."""
    next: Whole
    last: Whole
    left: Whole

    @classmethod
    def of(cls, records: Records, holder: Whole, open_: Whole) -> Self:
        """The lots of some holders."""
        lots, securities = records["lots"], records["securities"]
        bond = securities.whole("kind") == SECURITY_KINDS.index("bond")
        mine = np.flatnonzero(np.isin(holder, open_))
        mine = mine[np.lexsort((mine, lots.whole("traded")[mine], holder[mine]))]
        group = np.searchsorted(open_, holder[mine])
        return cls(
            trades=records["trades"],
            lots=mine,
            bought=lots.whole("traded"),
            in_cents=bond[places(lots.text("security"), securities.text("security"))],
            next=np.searchsorted(group, np.arange(len(open_))),
            last=np.searchsorted(group, np.arange(len(open_)), side="right"),
            left=lots.whole("quantity").copy(),
        )

    # -- first in, first out ----------------------------------------------------------------------

    def first_in(self, sales: _Sales) -> list[Relieved]:
        """Of each holder's first lot with something left, then of the next."""
        who, trade, need = sales.who, sales.trade, sales.need
        taken = []
        while len(who):
            lot, took = self._first(who, need, self.trades.whole("traded")[trade])
            refuse(self.trades, trade[lot < 0])
            taken.append(Relieved(lot=lot, trade=trade, quantity=took))
            need = need - took
            some = np.flatnonzero(need > 0)
            who, trade, need = who[some], trade[some], need[some]
        return taken

    def _first(self, who: Whole, need: Whole, day: Whole) -> tuple[Whole, Whole]:
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

    # -- average ----------------------------------------------------------------------------------

    def on_average(self, sales: _Sales) -> list[Relieved]:
        """Of each holder's every lot bought by the day, by what is left of it.

        By differences of what all lots up to one give, so that they add to the sale.
        """
        first, many = self.next[sales.who], (self.last - self.next)[sales.who]
        sale, place = spread(first, many)
        lot = self.lots[place]
        in_time = self.bought[lot] <= self.trades.whole("traded")[sales.trade][sale]
        left = np.where(in_time, np.maximum(self.left[lot], 0), 0)
        whole = np.zeros_like(sales.need)
        np.add.at(whole, sale, left)
        refuse(self.trades, sales.trade[whole < sales.need])
        unit = self._unit(sales, sale, lot, left)
        need, base, reached = sales.need[sale] // unit, whole[sale] // unit, running(sale, left)
        took = unit * (
            proportion(need, reached // unit, base)
            - proportion(need, (reached - left) // unit, base)
        )
        self.left[lot] -= took
        some = np.flatnonzero(took)
        return [Relieved(lot=lot[some], trade=sales.trade[sale[some]], quantity=took[some])]

    def _unit(self, sales: _Sales, sale: Whole, lot: Whole, left: Whole) -> Whole:
        """What goes in whole: a cent of par, where there are no parts of a cent already."""
        parts = sales.need % _CENT
        np.add.at(parts, sale, np.where(self.in_cents[lot], left % _CENT, 1))
        return np.where(parts == 0, _CENT, 1)[sale]
