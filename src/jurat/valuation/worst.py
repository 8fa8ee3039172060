"""Callable bonds: carried to the date that gives the lowest asset value, and re-solved when it passes.

The candidates are maturity and each call still ahead. All start from the same book value, so the
lowest yield gives the lowest value at every later date. Make-whole calls are no candidates: leave
them out of the schedule.
"""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from jurat.valuation.amortization import Lots, in_cents, opened, round_cents
from jurat.valuation.bonds import Bonds, Schedule
from jurat.valuation.calendar import Bools, DateColumn, Dates, Floats, Whole, dates_of, days_of
from jurat.valuation.listing import Terms
from jurat.valuation.portfolio import Opened, prices_at, redeemed, solve_yields, terms_of
from jurat.valuation.solve import Yields

_T = TypeVar("_T", bound=np.generic)

_TIE = 1e-12
"""Forces no further apart are the same; the later date is then taken."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calls:
    """The issuer's rights to redeem: dates with prices as fractions of par."""

    schedule: Schedule
    any_day: npt.ArrayLike = False
    """Whether a call that has opened stays open, at its price, until the next."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Worst:
    """How each lot is carried: to which date, at which price and yield."""

    end: Dates
    price: Floats
    yields: Yields


def yield_to_worst(bonds: Bonds, lots: Lots, calls: Calls) -> Worst:
    """The date a lot is amortized to when it is bought: the one of the lowest asset value.

    Units   cents in; fractions out.
    Shape   an element for each lot.
    Source  SSAP No. 26R, bonds with call provisions.

    103 for 5 % over ten years, callable at 102 in five: 4.68 % to the call, 4.62 % to maturity;
    callable at par, 4.33 %.

    >>> bonds = Bonds(maturity=["2022-06-30"], coupon=0.05)
    >>> lots = Lots(par=np.array([1_000_000_00]), cost=np.array([1_030_000_00]),
    ...             settled="2012-06-30")
    >>> for price in (1.02, 1.0):
    ...     worst = yield_to_worst(bonds, lots, Calls(schedule=Schedule.of([[("2017-06-30", price)]])))
    ...     print(worst.end.astype(str).tolist(), worst.yields.rate.round(4).tolist())
    ['2022-06-30'] [0.0462]
    ['2017-06-30'] [0.0433]
    """
    terms = terms_of(bonds)
    return worst_of(terms, calls, _bought(lots, calls))


def worst_book_values(
    bonds: Bonds, lots: Lots, calls: Calls, at: DateColumn
) -> tuple[Whole, Worst]:
    """Book values on a date of lots carried to their worst dates, and how they are carried then.

    When a lot's worst date passes and it is not called, its yield is solved again from its book
    value on that date, over the dates that remain.

    Units   cents.
    Shape   an element for each lot; `at` is one date or one for each.
    Source  SSAP No. 26R, bonds with call provisions; without a lockout, the lesser of cost and the
            call price when bought.

    Carried to 100 in 2017, and at par from then on:

    >>> bonds = Bonds(maturity=["2022-06-30"], coupon=0.05)
    >>> lots = Lots(par=np.array([1_000_000_00]), cost=np.array([1_030_000_00]),
    ...             settled="2012-06-30")
    >>> calls = Calls(schedule=Schedule.of([[("2017-06-30", 1.0)]]))
    >>> [worst_book_values(bonds, lots, calls, day)[0].tolist()
    ...  for day in ("2013-06-30", "2017-06-30", "2018-06-30")]
    [[102450233], [100000000], [100000000]]
    """
    terms, start = terms_of(bonds), _bought(lots, calls)
    day = np.asarray(np.broadcast_to(days_of(at), start.since.shape))
    worst = worst_of(terms, calls, start)
    passed = _passed(terms, worst, day)
    while passed.any():
        rows = np.flatnonzero(passed)
        own = carried_to(terms, days_of(worst.end), worst.price)
        reached = round_cents(redeemed(own, rows) * lots.par[rows]) / lots.par[rows]
        some = replace(calls, schedule=calls.schedule.take(rows))
        start = _from(start, rows, reached, days_of(worst.end[rows]))
        again = worst_of(terms.take(rows), some, start.take(rows))
        worst = _with(worst, rows, again)
        passed[rows] = _passed(terms.take(rows), again, day[rows])
    prices = prices_at(
        carried_to(terms, days_of(worst.end), worst.price), worst.yields.force, start, day
    )
    return in_cents(lots, prices), worst


def _bought(lots: Lots, calls: Calls) -> Opened:
    """Cost at settlement, or the price of a call that is open then, if less."""
    start = opened(lots)
    price, settled = start.price, start.since
    rows = np.arange(len(price))
    schedule = calls.schedule
    upto = schedule.through(rows, settled)
    is_open = (upto > schedule.starts[rows]) & np.broadcast_to(calls.any_day, price.shape)
    if is_open.any():
        now = schedule.values[np.maximum(upto - 1, 0)]
        price = np.where(is_open, np.minimum(price, now), price)
    return replace(opened(lots), price=price)


def _from(start: Opened, rows: Whole, price: Floats, since: Whole) -> Opened:
    """The same, some lots beginning anew."""
    prices, days = start.price.copy(), start.since.copy()
    prices[rows], days[rows] = price, since
    return replace(start, price=prices, since=days)


def carried_to(terms: Terms, end: Whole, price: Floats) -> Terms:
    """The same bonds carried to other dates."""
    return replace(terms, cycle=replace(terms.cycle, end=end, price=price))


def _passed(terms: Terms, worst: Worst, day: Whole) -> Bools:
    """Whether a lot was carried to a call that has passed."""
    end = days_of(worst.end)
    return np.asarray((end < day) & (end < terms.cycle.end) & worst.yields.solved)


def worst_of(terms: Terms, calls: Calls, now: Opened) -> Worst:
    """The candidates of every bond solved in one column; the lowest yield of each."""
    count = len(now.since)
    owner, end, price = _candidates(terms, calls.schedule, now.since)
    found = solve_yields(
        carried_to(terms.take(owner), end, price), now.price[owner], now.since[owner]
    )
    force = np.where(found.solved, found.force, np.inf)
    lowest = np.full(count, np.inf)
    np.minimum.at(lowest, owner, force)
    best = np.zeros(count, dtype=np.int64)
    chosen = np.flatnonzero(force <= lowest[owner] + _TIE)
    best[owner[chosen]] = chosen  # the last one written is the latest date
    yields = Yields(
        rate=found.rate[best], force=found.force[best], outcome=found.outcome[best].astype(np.int8)
    )
    return Worst(end=dates_of(end[best]), price=price[best], yields=yields)


def _candidates(terms: Terms, schedule: Schedule, since: Whole) -> tuple[Whole, Whole, Floats]:
    """Whose, when and at what price: the calls ahead of each bond, then its end."""
    rows = np.arange(len(since))
    owner = np.repeat(rows, np.diff(schedule.starts))
    ahead = (schedule.days > since[owner]) & (schedule.days < terms.cycle.end[owner])
    who = np.concatenate([owner[ahead], rows])
    order = np.argsort(who, kind="stable")
    end = np.concatenate([schedule.days[ahead], terms.cycle.end])[order]
    price = np.concatenate([schedule.values[ahead], terms.cycle.price])[order]
    return who[order], end, price


def _with(worst: Worst, rows: Whole, again: Worst) -> Worst:
    """The same, with some lots carried anew."""

    def put(old: npt.NDArray[_T], new: npt.NDArray[_T]) -> npt.NDArray[_T]:
        made = old.copy()
        made[rows] = new
        return made

    yields = Yields(
        rate=put(worst.yields.rate, again.yields.rate),
        force=put(worst.yields.force, again.yields.force),
        outcome=put(worst.yields.outcome, again.yields.outcome),
    )
    return Worst(end=put(worst.end, again.end), price=put(worst.price, again.price), yields=yields)
