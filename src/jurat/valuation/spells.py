"""How each lot of bonds is amortized, and from when: by one yield until something changes it.

A **spell** begins at the purchase, and again at a write-down, when a worst date passes unused, at a
reset, and at a new estimate of repayments. Most lots have one. A lot's book price on a day is that of
its spell.
"""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from jurat.valuation.amortization import round_cents
from jurat.valuation.calendar import Bools, Floats, Whole, days_of
from jurat.valuation.dated import Dated
from jurat.valuation.issues import Issues
from jurat.valuation.listing import Terms
from jurat.valuation.portfolio import Opened, prices_at, solve_yields
from jurat.valuation.solve import Outcome
from jurat.valuation.worst import carried_to, worst_of

_NEVER = 1 << 21
_MOST = 10_000
"""Spells of one lot that nothing real has."""


_COLUMNS = ("lot", "begins", "terms", "since", "price", "end", "redemption", "force", "outcome")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Purchases:
    """Lots of bonds as bought."""

    security: Whole
    settled: Whole
    price: Floats
    """Cost over par owed at purchase."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WriteDowns:
    """Write-downs of lots: the amount, and the par owed on that day, in cents."""

    lot: Whole
    day: Whole
    amount: Whole
    par: Whole


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spells:
    """Spells by row, and the one in force of each lot on a day."""

    issues: Issues
    lot: Whole
    begins: Whole
    terms: Whole
    """The row of the issues' terms."""
    since: Whole
    """Where amortization begins; of a retrospective estimate, the purchase."""
    price: Floats
    """There, as a fraction of the original par of the terms."""
    end: Whole
    redemption: Floats
    force: Floats
    outcome: Whole
    by_day: Dated

    def take(self, rows: Whole) -> Self:
        """Some spells, without an index."""
        names = (
            "lot",
            "begins",
            "terms",
            "since",
            "price",
            "end",
            "redemption",
            "force",
            "outcome",
        )
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    def prices(self, lot: Whole, day: Whole) -> Floats:
        """The book price of lots on days: for each unit of par owed; not a number without a yield."""
        return self.take(self.by_day.latest(lot, day)).prices_of(day)

    def rates(self, lot: Whole, day: Whole) -> Floats:
        """The effective yield in force, a fraction a year."""
        rows = self.by_day.latest(lot, day)
        frequency = self.issues.terms.cycle.frequency[self.terms[rows]]
        return np.asarray(frequency * np.expm1(self.force[rows]))

    def ends(self, lot: Whole, day: Whole) -> Whole:
        """The day each lot is carried to on a day; its last spell's, where that has passed."""
        return np.asarray(self.end[self.by_day.latest(lot, day)])

    def prices_of(self, day: Whole) -> Floats:
        """The book price by each spell itself on its day."""
        terms = self._terms()
        opened = Opened(price=self.price, since=self.since)
        found = prices_at(terms, self.force, opened, day)
        owed = terms.outstanding(np.arange(len(day)), day)
        over = day >= self.end
        with np.errstate(all="ignore"):
            found = np.where(over, self.redemption, found / owed)
        return np.where(np.isnan(self.force), np.nan, found)

    def _terms(self) -> Terms:
        return carried_to(self.issues.terms.take(self.terms), self.end, self.redemption)


def spells_of(issues: Issues, bought: Purchases, downs: WriteDowns, upto: int) -> Spells:
    """The spells of lots that begin by a day.

    Source  SSAP No. 26R (yield to worst, impairment), No. 43R (estimates); how-a-lot-moves.
    """
    lot = np.arange(len(bought.security))
    terms = issues.held(bought.security, bought.settled)
    owed = issues.terms.take(terms).outstanding(lot, bought.settled)
    price = _first_price(issues, bought) * owed
    now = _opened(issues, lot, terms, Opened(price=price, since=bought.settled))
    done, breaks = [now], Dated.of(downs.lot, downs.day)
    for _ in range(_MOST):
        now = _next(issues, bought, (downs, breaks), now, upto)
        if not len(now.lot):
            break
        done.append(now)
    return _together(done)


def _first_price(issues: Issues, bought: Purchases) -> Floats:
    """Cost, or the price of a call that is open at purchase and stays open, if that is less."""
    any_day = np.asarray(issues.calls.any_day)[bought.security]
    price = bought.price.copy()
    rows = np.flatnonzero(any_day)
    if len(rows):
        schedule = issues.calls.schedule.take(bought.security[rows])
        upto = schedule.through(np.arange(len(rows)), bought.settled[rows])
        is_open = upto > schedule.starts[:-1]
        now = schedule.values[np.maximum(upto - 1, 0)]
        price[rows] = np.where(is_open, np.minimum(price[rows], now), price[rows])
    return price


def _together(parts: list[Spells]) -> Spells:
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS
    }
    by_day = Dated.of(joined["lot"], joined["begins"])
    return replace(parts[0], by_day=by_day, **joined)


def _opened(issues: Issues, lot: Whole, terms: Whole, opened: Opened) -> Spells:
    """Spells from a price on a day: the yield of each, to its worst date where it may be called."""
    own = issues.terms.take(terms)
    end, redemption = own.cycle.end.copy(), own.cycle.price.copy()
    price = opened.price.copy()
    force, outcome = np.full(len(lot), np.nan), np.zeros(len(lot), dtype=np.int64)
    callable_ = issues.has_calls[issues.security[terms]]
    plain = np.flatnonzero(~callable_)
    found = solve_yields(own.take(plain), price[plain], opened.since[plain])
    force[plain], outcome[plain] = found.force, found.outcome
    if len(plain) < len(lot):
        rows = np.flatnonzero(callable_)
        security = issues.security[terms[rows]]
        schedule = issues.calls.schedule.take(security)
        any_day = np.asarray(issues.calls.any_day)[security]
        calls = replace(issues.calls, schedule=schedule, any_day=any_day)
        worst = worst_of(own.take(rows), calls, opened.take(rows))
        end[rows], redemption[rows] = days_of(worst.end), worst.price
        force[rows], outcome[rows] = worst.yields.force, worst.yields.outcome
    return Spells(
        issues=issues,
        lot=lot,
        begins=opened.since,
        terms=terms,
        since=opened.since,
        price=price,
        end=end,
        redemption=redemption,
        force=force,
        outcome=outcome,
        by_day=Dated.of(lot[:0], lot[:0]),
    )


def _next(
    issues: Issues, bought: Purchases, told: tuple[WriteDowns, Dated], now: Spells, upto: int
) -> Spells:
    """The spells that follow these, where one does by a day."""
    downs, breaks = told
    security = issues.security[now.terms]
    down = breaks.following(now.lot, now.begins)
    change = issues.later.following(security, now.begins)
    day_down = _or_never(downs.day, down)
    day_change = _or_never(issues.days, change)
    passed = (now.end < issues.terms.cycle.end[now.terms]) & (now.outcome == Outcome.SOLVED)
    day_worst = np.where(passed, now.end, _NEVER)
    day = np.minimum(np.minimum(day_down, day_change), day_worst)
    rows = np.flatnonzero((day <= upto) & (day < issues.terms.cycle.end[now.terms]))
    then, day = now.take(rows), day[rows]
    price = then.prices_of(day)
    is_down, is_change = day_down[rows] == day, day_change[rows] == day
    price = np.where(is_down, _written_down(downs, down[rows], price), price)
    terms = np.where(is_change, change[rows], then.terms)
    owed = issues.terms.take(terms).outstanding(np.arange(len(rows)), day)
    made = _opened(issues, then.lot, terms, Opened(price=price * owed, since=day))
    back = is_change & issues.is_estimate[terms] & issues.is_retrospective[issues.security[terms]]
    return _looking_back(issues, bought, made, np.flatnonzero(back)) if back.any() else made


def _looking_back(issues: Issues, bought: Purchases, made: Spells, rows: Whole) -> Spells:
    """New estimates counted from the purchase: the yield is found there, and holds from its day."""
    lot, terms = made.lot[rows], made.terms[rows]
    settled = bought.settled[lot]
    owed = issues.terms.take(terms).outstanding(np.arange(len(rows)), settled)
    again = _opened(issues, lot, terms, Opened(price=bought.price[lot] * owed, since=settled))
    changed = {}
    for name in ("since", "price", "end", "redemption", "force", "outcome"):
        column = getattr(made, name).copy()
        column[rows] = getattr(again, name)
        changed[name] = column
    return replace(made, **changed)


def _or_never(days: Whole, row: Whole) -> Whole:
    if not len(days):
        return np.full(len(row), _NEVER)
    return np.where(row >= 0, days[row], _NEVER)


def _written_down(downs: WriteDowns, row: Whole, price: Floats) -> Floats:
    """What is left of a price after a write-down of what the lot was carried at, in whole cents."""
    if not len(downs.par):
        return price
    par = downs.par[row]
    return (round_cents(np.nan_to_num(price) * par) - downs.amount[row]) / np.maximum(par, 1)


def has_yield(spells: Spells) -> Bools:
    """Whether a yield was found for each spell."""
    return np.asarray(spells.outcome == Outcome.SOLVED)
