"""What trades would do, before they are booked: the holdings they touch, valued with and without them."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from jurat.blanks import Blank
from jurat.records import BLANK, Kind, Records, Table, places
from jurat.records.table import Column, Whole
from jurat.records.tables import TABLES, TRADE_KINDS
from jurat.schedules.investments import Investments, investments_of
from jurat.valuation.amortization import round_cents
from jurat.valuation.holdings import Holdings
from jurat.valuation.income import interest_of
from jurat.valuation.issues import issues_of
from jurat.valuation.portions import events_of
from jurat.valuation.proportion import market_value
from jurat.valuation.relief import Relief
from jurat.valuation.years import year_end
from jurat.words import Address, UsageError, nearest

HELD = ("lots", "trades", "income")
_KEPT = (
    *("accounts", "securities", "calls", "coupons", "repayments", "designations", "prices"),
    *("exchange_rates", "affiliates"),
)
_ON_PAPER = "trades on paper"
"""Where trades stand that no file holds."""
_OF_SECURITY = ("calls", "coupons", "repayments", "designations", "prices", "affiliates")


@dataclass(frozen=True, eq=False, kw_only=True)
class Effect:
    """The holdings that trades touch, without them and with them."""

    trades: Table
    before: Investments
    after: Investments

    @cached_property
    def changed(self) -> dict[Address, int]:
        """By how many cents each cell that the records give would change."""
        addresses = {*self.before.sums, *self.after.sums}
        found = {}
        for address in addresses:
            old, new = self.before.sums.get(address), self.after.sums.get(address)
            moved = (new.cents if new else 0) - (old.cents if old else 0)
            if moved:
                found[address] = moved
        return found


def effect_of(
    records: Records, trades: Table, blank: Blank, year: int, relief: Relief = Relief.FIFO
) -> Effect:
    """Value the holdings that trades touch, as they are and with the trades booked.

    Nothing else is valued, so that it takes as long as those holdings do; what the records give to
    cells is a sum over holdings, so that the difference is that of booking the trades.

    Raises  RecordError for trades of more than is held; UsageError for trades outside the year.
    """
    traded = trades.whole("traded")
    end = year_end(year)
    if ((traded > end) | (traded <= year_end(year - 1))).any():
        raise UsageError(
            f"Not every trade is of {year}.", next=f"Date them from {year}-01-01 to {year}-12-31."
        )
    touched = _holders(records, trades)
    booked = replace(
        touched, tables={**touched.tables, "trades": joined(touched["trades"], trades)}
    )
    return Effect(
        trades=trades,
        before=investments_of(touched, blank, year, relief),
        after=investments_of(booked, blank, year, relief),
    )


def _holders(records: Records, trades: Table) -> Records:
    """The records of the accounts' holdings that trades are of, and of nothing else."""
    accounts, securities = (records[name].text(key) for name, key in _KEYS)
    wanted = np.unique(_holder(trades, accounts, securities))
    tables = {name: records[name] for name in _KEPT}
    for name in HELD:
        table = records[name]
        mine = np.isin(_holder(table, accounts, securities), wanted)
        tables[name] = table.take(np.flatnonzero(mine))
    own = np.unique(places(trades.text("security"), securities))
    tables["securities"] = records["securities"].take(own[own >= 0])
    for name in _OF_SECURITY:
        table = records[name]
        mine = np.isin(places(table.text("security"), securities), own)
        tables[name] = table.take(np.flatnonzero(mine))
    return Records(tables=tables)


_KEYS = (("accounts", "account"), ("securities", "security"))


def _holder(table: Table, accounts: Column, securities: Column) -> Whole:
    account = places(table.text("account"), accounts)
    return np.asarray((account << 32) + places(table.text("security"), securities))


def joined(one: Table, other: Table) -> Table:
    """Two tables of the same kind, the second's rows after the first's."""
    one, other = _placed(one), _placed(other)
    columns: dict[str, Column] = {}
    for field in one.declared.fields:
        parts = [one.columns[field.name], other.columns[field.name]]
        if field.kind in {Kind.ID, Kind.TEXT}:
            columns[field.name] = pa.concat_arrays(parts)
        else:
            columns[field.name] = np.concatenate(parts)
    return Table(
        declared=one.declared,
        columns=columns,
        files=(*one.files, *other.files),
        file=np.concatenate([one.file, other.file + len(one.files)]),
        row=np.concatenate([one.row, other.row]),
    )


def _placed(table: Table) -> Table:
    """A table each row of which has a place to be told by, whether it was read or made here."""
    if table.files or not len(table):
        return table
    return replace(
        table,
        files=(_ON_PAPER,),
        file=np.zeros(len(table), dtype=np.int64),
        row=np.arange(1, len(table) + 1),
    )


# -- selling whole lots ---------------------------------------------------------------------------


def sales_of(
    records: Records,
    names: list[str],
    day: int,
    price: int | None,
    relief: Relief = Relief.FIFO,
) -> Table:
    """A trade for each lot: all that is left of it, at the price of the day or at one that is said.

    Units   `price` in hundred-millionths, per hundred of par or a share.
    Raises  UsageError naming every lot that is not held or has no price.
    """
    held = Holdings(records=records)
    lots = held.lots
    lot = places(pa.array(names, pa.string()), lots.text("lot"))
    _known(lots, names, lot)
    events = events_of(records, day, relief)
    owed = lots.whole("quantity").copy()
    owed[events.lot] = events.after
    left = np.where(lots.whole("traded")[lot] <= day, owed[lot], 0)
    security = held.security[lot]
    at = held.price(security, np.full(len(lot), day)) if price is None else np.full(len(lot), price)
    _sellable(names, left, at)
    stock = held.is_stock[security]
    amount = np.where(
        stock, market_value(left, at, is_stock=True), market_value(left, at, is_stock=False)
    )
    days = np.full(len(lot), day)
    interest = np.where(stock, 0.0, interest_of(issues_of(records), security, days))
    accrued = round_cents(interest * (left // 10_000))
    return _trades(lots.take(lot), left, (amount, accrued), day)


def _known(lots: Table, names: list[str], lot: Whole) -> None:
    missing = [name for name, place in zip(names, lot.tolist(), strict=True) if place < 0]
    if missing:
        near = nearest(missing[0], lots.text("lot").to_pylist()[:100_000], 3)
        advice = f"Did you mean {', '.join(near)}?" if near else "Lots stand in records/lots.csv."
        raise UsageError(f"There is no lot {', '.join(missing[:10])}.", next=advice)


def _sellable(names: list[str], left: Whole, price: Whole) -> None:
    told = [
        f"{name} is not held on that day" for name, par in zip(names, left, strict=True) if par <= 0
    ]
    told += [f"{name} has no price" for name, at in zip(names, price, strict=True) if at == BLANK]
    if told:
        raise UsageError("; ".join(told[:10]) + ".", next="Say a price: --price 101.25")


def _trades(lots: Table, quantity: Whole, paid: tuple[Whole, Whole], day: int) -> Table:
    """Sales of whole lots, for so much and so much accrued interest, as rows of the table of trades."""
    declared, count = TABLES["trades"], len(lots)
    given: dict[str, Column] = {
        "trade": pa.array([f"what-if {number + 1}" for number in range(count)]),
        "kind": np.full(count, TRADE_KINDS.index("sale")),
        "lot": lots.text("lot"),
        "account": lots.text("account"),
        "security": lots.text("security"),
        "traded": np.full(count, day),
        "quantity": quantity,
        "amount": paid[0],
        "accrued": paid[1],
        "credit": np.zeros(count, dtype=np.int64),
    }
    columns = {
        field.name: given[field.name]
        if field.name in given
        else (
            pa.repeat(pa.scalar(""), count)
            if field.kind in {Kind.ID, Kind.TEXT}
            else np.full(count, BLANK)
        )
        for field in declared.fields
    }
    return Table(declared=declared, columns=columns, row=np.arange(count))
