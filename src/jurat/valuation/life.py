"""A lot's whole life, period by period and year by year, as an auditor re-performs it."""

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from jurat.records import Records, Table
from jurat.records.tables import TRADE_KINDS
from jurat.valuation.amortization import round_cents
from jurat.valuation.bonds import place_of
from jurat.valuation.calendar import dates_of, month_of
from jurat.valuation.holdings import Asset
from jurat.valuation.movements import Movements
from jurat.valuation.relief import Relief
from jurat.valuation.spells import Spells
from jurat.valuation.years import Year, spells_for, value_year, year_end
from jurat.words import UsageError, nearest

_CENT = 10_000
_MOST = 400
"""Coupon dates shown of one life; a perpetual bond has more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something the records say of a lot, and where."""

    name: str
    text: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """From when a lot was amortized, by which yield, to which day and price."""

    begins: str
    rate: float
    end: str
    redemption: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A lot on a day: what happened, what is owed, what it is carried at.

    Units   cents of the security's currency; `accretion` is since the point before.
    """

    date: str
    what: str
    par: int
    price: float
    book: int
    accretion: int
    interest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOf:
    """A year of the lot: its movement, in cents of a dollar, by name."""

    year: int
    moved: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """All of it."""

    lot: str
    facts: tuple[Fact, ...]
    spells: tuple[Spell, ...]
    points: tuple[Point, ...]
    years: tuple[YearOf, ...]


MOVED = (
    *("opening", "cost", "accretion", "unrealized", "impairment", "exchange", "gain"),
    *("consideration", "closing"),
)


def life_of(records: Records, lot: str, upto: int, relief: Relief = Relief.FIFO) -> Life:
    """The life of a lot to the end of a year.

    Source  how-a-lot-moves.
    Raises  UsageError for a lot that the records do not hold.
    """
    own = _holder_of(records, lot)
    row = own["lots"].text("lot").to_pylist().index(lot)
    first = int(month_of(own["lots"].whole("traded")[row : row + 1])[0]) // 12 + 1970
    years = [value_year(own, year, relief) for year in range(min(first, upto), upto + 1)]
    last = years[-1]
    is_bond = last.holdings.asset[row] <= Asset.CASH_EQUIVALENT
    spells = spells_for(last, row) if is_bond else None
    return Life(
        lot=lot,
        facts=tuple(_facts(own, row)),
        spells=tuple(_spells(spells)) if spells else (),
        points=tuple(_points(last, row, spells)) if spells else (),
        years=tuple(_year(year, row) for year in years),
    )


def _holder_of(records: Records, lot: str) -> Records:
    """The records of one account's holding of one security: all that a lot's life hangs on."""
    lots = records["lots"]
    names = lots.text("lot")
    found = pc.index(names, lot).as_py()
    if found < 0:
        near = nearest(lot, names.to_pylist(), 3) if len(names) <= 200_000 else []
        advice = f"Did you mean {', '.join(near)}?" if near else "See the table lots."
        raise UsageError(f"There is no lot {lot}.", next=advice)
    account, security = (lots.text(key)[found].as_py() for key in ("account", "security"))
    tables = dict(records.tables)
    for name in ("lots", "trades", "income"):
        table = records[name]
        both = pc.and_(
            pc.equal(table.text("account"), account), pc.equal(table.text("security"), security)
        )
        tables[name] = table.take(np.flatnonzero(both.to_numpy(zero_copy_only=False)))
    for name in ("securities", "calls", "coupons", "repayments", "designations", "prices"):
        table = records[name]
        mine = pc.equal(table.text("security"), security)
        tables[name] = table.take(np.flatnonzero(mine.to_numpy(zero_copy_only=False)))
    return Records(tables=tables)


def _facts(records: Records, row: int) -> list[Fact]:
    """What the records say: the purchase, the security, its calls, designations and trades."""
    lots, securities = records["lots"], records["securities"]
    found = [
        Fact(name=f"lot {name}", text=text, where=lots.where(row))
        for name, text in shown(lots, row)
    ]
    found += [
        Fact(name=name, text=text, where=securities.where(0)) for name, text in shown(securities, 0)
    ]
    for table in ("calls", "coupons", "repayments", "designations", "prices"):
        for each in range(len(records[table])):
            told = ", ".join(
                text for name, text in shown(records[table], each) if name != "security"
            )
            found.append(Fact(name=table, text=told, where=records[table].where(each)))
    return found


def shown(table: Table, row: int) -> list[tuple[str, str]]:
    """The fields of a row that are not blank, as they are written."""
    return [
        (field.name, text)
        for field in table.declared.fields
        if (text := field.written(table.columns[field.name][row]))
    ]


def _spells(spells: Spells) -> list[Spell]:
    order = np.argsort(spells.begins, kind="stable")
    frequency = spells.issues.terms.cycle.frequency[spells.terms]
    rates = frequency * np.expm1(spells.force)
    return [
        Spell(
            begins=_date(int(spells.begins[one])),
            rate=float(rates[one]),
            end=_date(int(spells.end[one])),
            redemption=float(spells.redemption[one]),
        )
        for one in order.tolist()
    ]


def _points(year: Year, row: int, spells: Spells) -> list[Point]:
    """The purchase, each coupon date, each year's end and each event, to the year's end or the last."""
    lots, events = year.holdings.lots, year.events
    settled, end = int(year.holdings.settled[row]), year.end
    own = np.flatnonzero(events.lot == row)
    if len(own) and events.after[own[-1]] == 0:
        end = int(events.day[own[-1]])
    days = {settled: "bought", **dict.fromkeys(_coupons(year, row, settled, end), "coupon")}
    first = int(month_of(np.array([settled]))[0]) // 12 + 1970
    for number in range(first, year.number + 1):
        if settled < year_end(number) <= end:
            days.setdefault(year_end(number), "year end")
    kinds = year.records["trades"].whole("kind")
    for event in own.tolist():
        days[int(events.day[event])] = TRADE_KINDS[kinds[events.trade[event]]].replace("_", " ")
    amounts = year.records["trades"].whole("amount")
    fell = {
        int(events.day[event]): int(amounts[events.trade[event]])
        for event in own.tolist()
        if events.is_write_down[event]
    }
    every = np.array(sorted(days), dtype=np.int64)
    par = _owed(year, row, every)
    price = spells.prices(np.zeros(len(every), dtype=np.int64), every)
    price = np.where(every <= settled, lots.whole("cost")[row] / (par[0] or 1), price)
    book = round_cents(np.nan_to_num(price) * par)
    earlier = np.concatenate([par[:1], par[:-1]])
    left = np.array([_left_at(days[day], fell.get(day, 0)) for day in every.tolist()])
    before = np.where(left[:, 0] == 1, book + earlier - par, round_cents(price * earlier))
    accretion = np.concatenate([[0], (before + left[:, 1])[1:] - book[:-1]])
    interest = _interest(year, row, every, par)
    return [
        Point(
            date=_date(int(day)),
            what=days[int(day)],
            par=int(par[place]),
            price=float(price[place]),
            book=int(book[place]),
            accretion=int(accretion[place]),
            interest=int(interest[place]),
        )
        for place, day in enumerate(every.tolist())
    ]


def _left_at(what: str, fell: int) -> tuple[int, int]:
    """Whether par left at par, and by how much the lot was written down."""
    return int(what in {"paydown", "maturity"}), fell


def _coupons(year: Year, row: int, settled: int, end: int) -> list[int]:
    """Coupon dates after settlement through a day."""
    security = year.holdings.security[row : row + 1]
    cycle = year.issues.terms.cycle.take(security)
    here = int(place_of(cycle, np.array([settled])).number[0])
    there = int(place_of(cycle, np.array([end])).number[0])
    numbers = np.arange(min(here - 1, there + _MOST), there - 1, -1)
    if not cycle.coupon[0] or not len(numbers):
        return []
    own = cycle.take(np.zeros(len(numbers), dtype=np.int64))
    return [int(day) for day in own.date(numbers) if settled < day <= end]


def _owed(year: Year, row: int, days: np.ndarray) -> np.ndarray:
    """Par owed of the lot at the end of each day, in cents."""
    events = year.events
    own = np.flatnonzero(events.lot == row)
    place = np.searchsorted(events.day[own], days, side="right") - 1
    bought = year.holdings.lots.whole("quantity")[row]
    owed = (
        np.where(place >= 0, events.after[own[np.maximum(place, 0)]], bought)
        if len(own)
        else bought
    )
    return np.broadcast_to(owed, days.shape) // _CENT


def _interest(year: Year, row: int, days: np.ndarray, par: np.ndarray) -> np.ndarray:
    """Interest accrued at the end of each day."""
    security = np.full(len(days), year.holdings.security[row])
    terms = year.issues.terms.take(year.issues.held(security, days))
    place = place_of(terms.cycle, days)
    rate = terms.rate(np.arange(len(days)), place.since)
    running = days < terms.cycle.end
    return round_cents(np.where(running, rate * place.years, 0.0) * par)


def _year(year: Year, row: int) -> YearOf:
    moves: Movements = year.movements
    mine = np.flatnonzero(moves.portions.lot == row)
    return YearOf(
        year=year.number,
        moved={name: int(getattr(moves, name)[mine].sum()) for name in MOVED},
    )


def _date(day: int) -> str:
    return str(dates_of(np.array([day]))[0])
