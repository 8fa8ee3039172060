"""Lots and the trades that took from them: what cannot have happened, and what hardly can."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from jurat.records import keys
from jurat.records.checks_trades import off_price
from jurat.records.columns import Mask
from jurat.records.ledger import Ledger, told
from jurat.records.problems import Problem, counted, dollars, grouped, place_of, plain
from jurat.records.table import Table, Whole
from jurat.records.tables import Field
from jurat.words import Severity

_WASH_DAYS = 30
_UNRATED = 9
_WEAK = 3
"""From this designation on, a sale at a loss with a purchase near it is disclosed."""


def negative_par(ledger: Ledger) -> Iterator[Problem]:
    """Lots of no par or shares, or that cost less than nothing; trades of none."""
    lots, trades = ledger.lots, ledger.trades
    for row in np.flatnonzero(lots.whole("quantity") <= 0).tolist():
        quantity = plain(int(lots.whole("quantity")[row]), 6)
        yield Problem(
            rule="lot.quantity",
            severity=Severity.ERROR,
            what=f"lot {lots.text('lot')[row]} is of {quantity} par or shares.",
            where=lots.where(row),
            cents=abs(int(lots.whole("cost")[row])),
            next="Give what was bought; what was sold is a trade.",
        )
    for row in np.flatnonzero(lots.whole("cost") < 0).tolist():
        yield Problem(
            rule="lot.cost",
            severity=Severity.ERROR,
            what=f"lot {lots.text('lot')[row]} cost less than nought.",
            where=lots.where(row),
            cents=abs(int(lots.whole("cost")[row])),
            next="Give what was paid, without accrued interest.",
        )
    for row in np.flatnonzero(ledger.takes & (trades.filled("quantity", 0) <= 0)).tolist():
        yield Problem(
            rule="trade.quantity",
            severity=Severity.ERROR,
            what=f"trade {trades.text('trade')[row]} takes no par or shares.",
            where=trades.where(row),
            cents=abs(int(trades.whole("amount")[row])),
            next="Give the par or shares that left.",
        )


def oversold(ledger: Ledger) -> Iterator[Problem]:
    """More sold of a lot than it is of, or of a security than an account holds."""
    lots, trades = ledger.lots, ledger.trades
    left = ledger.by_name(ledger.closing)
    over = np.flatnonzero((left < 0) & (lots.whole("quantity") > 0))
    cost = ledger.cost_of(over, -left[over])
    named = np.flatnonzero(ledger.trade_lot >= 0)
    last = np.full(len(lots), -1, dtype=np.int64)
    last[ledger.trade_lot[named]] = named
    count = np.bincount(ledger.trade_lot[named], minlength=len(lots))
    for place, row in enumerate(over.tolist()):
        yield Problem(
            rule="trade.oversold",
            severity=Severity.ERROR,
            what=f"{plain(int(-left[row]), 6)} more left lot {lots.text('lot')[row]} than its "
            f"{plain(int(lots.whole('quantity')[row]), 6)}, by {counted(int(count[row]), 'trade')}.",
            where=trades.where(int(last[row])),
            cents=int(cost[place]),
            next="Mend the quantity, or the lot the trade names.",
        )
    yield from _oversold_unnamed(ledger, np.maximum(left, 0))


def _oversold_unnamed(ledger: Ledger, left: Whole) -> Iterator[Problem]:
    taken = ledger.unnamed(ledger.closing)
    order = np.argsort(ledger.lot_pair, kind="stable")
    pairs = ledger.lot_pair[order]
    sums = np.concatenate([[0], np.cumsum(left[order])])
    begin, end = (np.searchsorted(pairs, taken.key, side) for side in ("left", "right"))
    over = taken.total - (sums[end] - sums[begin])
    for place in np.flatnonzero(over > 0).tolist():
        mine = np.flatnonzero(ledger.trade_pair == taken.key[place])
        amount = int(ledger.trades.whole("amount")[mine].sum())
        row = int(mine[-1])
        account, security = (ledger.trades.text(name)[row] for name in ("account", "security"))
        yield Problem(
            rule="trade.oversold",
            severity=Severity.ERROR,
            what=f"{plain(int(over[place]), 6)} more of {security} left account {account} than it held.",
            where=ledger.trades.where(row),
            cents=abs(amount * int(over[place]) // max(1, int(taken.total[place]))),
            next="Mend the quantity, or give the lots that are missing.",
        )


def out_of_order(ledger: Ledger) -> Iterator[Problem]:
    """Trades before their lot was bought, or of another account or security than their lot."""
    lots, trades = ledger.lots, ledger.trades
    named = np.flatnonzero(ledger.trade_lot >= 0)
    of = ledger.trade_lot[named]
    early = named[trades.whole("traded")[named] < lots.whole("traded")[of]]
    for row in early.tolist():
        lot = int(ledger.trade_lot[row])
        yield Problem(
            rule="trade.early",
            severity=Severity.ERROR,
            what=f"trade {trades.text('trade')[row]} of {told(trades.whole('traded')[row])} is before "
            f"lot {lots.text('lot')[lot]} was bought, on {told(lots.whole('traded')[lot])}.",
            where=trades.where(row),
            cents=abs(int(trades.whole("amount")[row])),
            next="Mend one of the dates, or the lot the trade names.",
        )
    for row in named[ledger.trade_pair[named] != ledger.lot_pair[of]].tolist():
        lot = int(ledger.trade_lot[row])
        yield Problem(
            rule="trade.other",
            severity=Severity.ERROR,
            what=f"trade {trades.text('trade')[row]} is of another account or security than its lot "
            f"{lots.text('lot')[lot]} ({lots.where(lot)}).",
            where=trades.where(row),
            cents=abs(int(trades.whole("amount")[row])),
            next="Mend the lot, or the account and security.",
        )


def past_maturity(ledger: Ledger) -> Iterator[Problem]:
    """Lots held after their bond matured, and lots bought after it."""
    lots, held = ledger.lots, ledger.closing_held
    maturity = np.append(ledger.securities.filled("maturity", 10**6), 10**6)[ledger.lot_security]
    over = np.flatnonzero((held > 0) & (maturity <= ledger.closing))
    costs = ledger.cost_of(over, held[over])
    for place, row in enumerate(over.tolist()):
        yield Problem(
            rule="lot.matured",
            severity=Severity.ERROR,
            what=f"lot {lots.text('lot')[row]} matured on {told(maturity[row])}, and "
            f"{plain(int(held[row]), 6)} of it is still held.",
            where=lots.where(row),
            cents=abs(int(costs[place])),
            next="Give the trade of the maturity, or mend the security's date.",
        )
    for row in np.flatnonzero(lots.whole("traded") >= maturity).tolist():
        yield Problem(
            rule="lot.late",
            severity=Severity.ERROR,
            what=f"lot {lots.text('lot')[row]} was bought on {told(lots.whole('traded')[row])}, when "
            f"the security had matured on {told(maturity[row])}.",
            where=lots.where(row),
            cents=abs(int(lots.whole("cost")[row])),
            next="Mend one of the dates.",
        )


def far_cost(ledger: Ledger) -> Iterator[Problem]:
    """Lots that cost something else than the price of those days says."""
    lots = ledger.lots
    cost = lots.whole("cost")
    day, quantity = lots.whole("traded"), lots.whole("quantity")
    far = off_price(ledger, ledger.lot_security, day, quantity, cost)
    for row, fair, priced in zip(*(column.tolist() for column in far), strict=True):
        yield Problem(
            rule="lot.cost",
            severity=Severity.WARNING,
            what=f"lot {lots.text('lot')[row]} cost {dollars(int(cost[row]))}, where the price of "
            f"{told(priced)} makes it {dollars(fair)}.",
            where=lots.where(row),
            cents=abs(fair - int(cost[row])),
            next="Mend cost, quantity or price, whichever is wrong.",
        )


def washed(ledger: Ledger) -> Iterator[Problem]:
    """Sales at a loss of NAIC 3 or weaker, or unrated, with a purchase of the same within 30 days."""
    lots, trades = ledger.lots, ledger.trades
    is_sale = trades.is_choice("kind", "sale") & (ledger.trade_lot >= 0)
    traded = trades.whole("traded")
    rows = np.flatnonzero(is_sale & (traded > ledger.opening) & (traded <= ledger.closing))
    lot = ledger.trade_lot[rows]
    loss = ledger.cost_of(lot, ledger.taken[rows]) - trades.whole("amount")[rows]
    weak = _is_weak(ledger, ledger.lot_security[lot], traded[rows])
    keep = (loss > 0) & weak & (ledger.lot_security[lot] >= 0)
    bought = np.argsort(ledger.lot_security * 2**20 + lots.whole("traded"), kind="stable")
    days = (ledger.lot_security * 2**20 + lots.whole("traded"))[bought]
    for row, of, lost in zip(
        rows[keep].tolist(), lot[keep].tolist(), loss[keep].tolist(), strict=True
    ):
        key = int(ledger.lot_security[of]) * 2**20 + int(traded[row])
        first = int(np.searchsorted(days, key - _WASH_DAYS, "left"))
        last = int(np.searchsorted(days, key + _WASH_DAYS, "right"))
        others = [int(one) for one in bought[first:last] if one != of]
        if others:
            again = others[0]
            yield Problem(
                rule="sale.wash",
                severity=Severity.WARNING,
                what=f"trade {trades.text('trade')[row]} sold {trades.text('security')[row]} at a loss "
                f"on {told(traded[row])}, and lot {lots.text('lot')[again]} bought it on "
                f"{told(lots.whole('traded')[again])}.",
                where=trades.where(row),
                cents=int(lost),
                next="A wash sale: disclose it in the notes.",
            )


def _is_weak(ledger: Ledger, security: Whole, day: Whole) -> Mask:
    """Whether a security was NAIC 3 or weaker on a day, or had no designation."""
    found = ledger.designations.last(security, day)
    value = np.append(ledger.designations.value, _UNRATED)[found]
    return np.asarray(value >= _WEAK)


def unnamed(ledger: Ledger) -> Iterator[Problem]:
    """Rows of any table that name an account, a security, a lot ... that no table has."""
    for table in ledger.records.tables.values():
        fields = () if table.declared.is_control else table.declared.fields
        for field in fields:
            if not field.names:
                continue
            known = ledger.records[field.names]
            names = table.text(field.name)
            missing = keys.unnamed(names, known.text(known.declared.key[0]))
            rows = np.flatnonzero(missing)
            named = names.take(pa.array(rows)).dictionary_encode()
            for places in grouped(np.asarray(named.indices)):
                yield _unnamed(table, field, rows[places])


def _unnamed(table: Table, field: Field, rows: Whole) -> Problem:
    amount = table.declared.amount
    cents = int(np.abs(table.whole(amount)[rows]).sum()) if amount else 0
    return Problem(
        rule=f"{table.declared.name}.{field.name}",
        severity=Severity.ERROR,
        what=f"{counted(len(rows), 'row')} of {table.declared.name} name "
        f"{table.text(field.name)[int(rows[0])]}, which is not among {field.names}.",
        where=place_of(table, rows),
        cents=cents,
        next=f"Give it a row in {field.names}, or mend the row that was rejected, or the name.",
    )
