"""What trades brought, held against prices, par and each other."""

from collections.abc import Iterator

import numpy as np

from jurat.records.columns import Mask
from jurat.records.ledger import Ledger, Totals, told
from jurat.records.problems import Problem, dollars
from jurat.records.table import Whole
from jurat.words import Severity

_FAR_PART = 4
"""An amount further than this part of its worth from the price of those days asks for a look."""
_NEAR_DAYS = 31


def off_price(
    ledger: Ledger, security: Whole, day: Whole, quantity: Whole, amount: Whole
) -> tuple[Whole, Whole, Whole]:
    """The places whose amount is far from what a price of those days makes it.

    Shape   the places; the fair value and the day of the price of each.
    """
    prices = ledger.prices
    found = prices.last(security, day + _NEAR_DAYS)
    near = (found >= 0) & (security >= 0) & (quantity > 0)
    near &= np.append(prices.day, 0)[found] >= day - _NEAR_DAYS
    places, found = np.flatnonzero(near), found[near]
    fair = ledger.fair_value(security[places], quantity[places], prices.value[found])
    far = np.abs(fair - amount[places]) > np.maximum(fair, _FAR_PART) // _FAR_PART
    return places[far], fair[far], prices.day[found[far]]


def far_amount(ledger: Ledger) -> Iterator[Problem]:
    """Sales for something else than the price of those days says."""
    trades = ledger.trades
    rows = np.flatnonzero(
        _of_year(ledger) & trades.is_choice("kind", "sale", "transfer", "exchange")
    )
    amount = trades.whole("amount")[rows]
    security = ledger.security_of(trades)[rows]
    far = off_price(ledger, security, trades.whole("traded")[rows], ledger.taken[rows], amount)
    for place, fair, day in zip(*(column.tolist() for column in far), strict=True):
        row = int(rows[place])
        yield Problem(
            rule="trade.amount",
            severity=Severity.WARNING,
            what=f"trade {trades.text('trade')[row]} brought {dollars(int(amount[place]))}, where the "
            f"price of {told(day)} makes it {dollars(fair)}.",
            where=trades.where(row),
            cents=abs(fair - int(amount[place])),
            next="Mend amount, quantity or price, whichever is wrong.",
        )


def not_par(ledger: Ledger) -> Iterator[Problem]:
    """Maturities and paydowns that brought something else than their par."""
    trades = ledger.trades
    is_bond = np.append(ledger.is_bond, False)[ledger.security_of(trades)]
    par = (ledger.taken + 5_000) // 10_000
    off = trades.whole("amount") - par
    at_par = trades.is_choice("kind", "maturity", "paydown") & is_bond & _of_year(ledger)
    for row in np.flatnonzero(at_par & (off != 0)).tolist():
        yield Problem(
            rule="trade.par",
            severity=Severity.WARNING,
            what=f"trade {trades.text('trade')[row]} took {dollars(int(par[row]))} of par and brought "
            f"{dollars(int(trades.whole('amount')[row]))}.",
            where=trades.where(row),
            cents=abs(int(off[row])),
            next="Give interest under accrued; a premium is of a call, a loss of a sale.",
        )


def written_off(ledger: Ledger) -> Iterator[Problem]:
    """Write-downs of more than a lot cost, or of less than nothing."""
    trades, lots = ledger.trades, ledger.lots
    is_down = (ledger.trade_lot >= 0) & trades.is_choice("kind", "write_down")
    total = Totals.of(ledger.trade_lot[is_down], trades.whole("amount")[is_down])
    over = total.total - lots.whole("cost")[total.key]
    for place in np.flatnonzero((over > 0) | (total.total < 0)).tolist():
        lot = int(total.key[place])
        yield Problem(
            rule="trade.write_down",
            severity=Severity.ERROR,
            what=f"lot {lots.text('lot')[lot]} cost {dollars(int(lots.whole('cost')[lot]))} and was "
            f"written down by {dollars(int(total.total[place]))}.",
            where=lots.where(lot),
            cents=abs(int(over[place])),
            next="Give the loss alone, as more than nought.",
        )


def transferred(ledger: Ledger) -> Iterator[Problem]:
    """Transfers that no account bought on their day."""
    trades, lots = ledger.trades, ledger.lots
    security = ledger.security_of(trades)
    rows = np.flatnonzero(trades.is_choice("kind", "transfer") & _of_year(ledger) & (security >= 0))
    came = Totals.of(_day_of(ledger.lot_security, lots.whole("traded")), lots.whole("quantity"))
    key = _day_of(security[rows], trades.whole("traded")[rows])
    for place in np.flatnonzero(came.at(key) < Totals.of(key, ledger.taken[rows]).at(key)).tolist():
        row = int(rows[place])
        yield Problem(
            rule="trade.transfer",
            severity=Severity.ERROR,
            what=f"trade {trades.text('trade')[row]} transfers {trades.text('security')[row]} on "
            f"{told(trades.whole('traded')[row])}, and no account buys as much on that day.",
            where=trades.where(row),
            cents=abs(int(trades.whole("amount")[row])),
            next="Give the lot in the other account, at the same amount.",
        )


def _day_of(security: Whole, day: Whole) -> Whole:
    return security * 2**20 + day


def _of_year(ledger: Ledger) -> Mask:
    day = ledger.trades.whole("traded")
    return np.asarray((day > ledger.opening) & (day <= ledger.closing))
