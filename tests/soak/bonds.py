"""A second opinion on bonds: QuantLib on random bonds of every convention, each disagreement explained.

A difference is explained when three things hold: our listed payments and times give our answers,
QuantLib's payments and times, in our solver, give QuantLib's, and the two lists differ, by a reason
that has a name. Anything else is unexplained.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from jurat.valuation import Between, Bonds, DayCount, Lots, book_values, effective_yields
from jurat.valuation.bonds import Schedule
from jurat.valuation.calendar import Whole, dates_of, day_in_month, days_of, month_of
from jurat.valuation.listing import Flows, flows_after
from jurat.valuation.portfolio import terms_of
from jurat.valuation.solve import solve_force

YIELD_TOLERANCE = 1e-9
PAR = 1_000_000_00
"""A million dollars in cents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A random bond and the lot bought of it."""

    maturity: date
    dated: date
    first: date | None
    frequency: int
    rule: DayCount
    month_end: bool
    coupons: list[float]
    """A rate for each period; one where it is level."""
    repaid: list[float]
    """Par repaid at the end of each period; nothing where all is repaid at maturity."""
    periods: list[date]
    """Coupon dates."""
    settled: date
    price: float
    later: tuple[date, date]
    """A day of the lot's life, and a year's end."""


def make(seed: int) -> Made:
    """A bond of any convention: odd first coupons, steps, sinking, zeros, month ends, leap days."""
    chance = random.Random(seed)
    maturity = date(2012, 1, 1) + timedelta(days=chance.randrange(1, 366 * 40))
    last = np.array([month_of(days_of(maturity)) + 1])
    ends = chance.random() < 0.25
    if ends:
        maturity = _day(last, 31, back=1)
    frequency = chance.choice([1, 2, 2, 2, 4, 12])
    count = chance.randrange(1, 30 * frequency + 1)
    step, day = 12 // frequency, 31 if ends else maturity.day
    dates = [_day(last, day, back=1 + step * k) for k in range(count, -1, -1)]
    dates[-1] = maturity
    dated, first = dates[0], None
    if chance.random() < 0.4:  # an odd first coupon, short or long
        dated = dates[0] + timedelta(days=chance.randrange(1, (dates[1] - dates[0]).days))
        long = count > 1 and chance.random() < 0.5
        first = dates[2] if long else dates[1]
    periods = [dated, *(one for one in dates[1:] if first is None or one >= first)]
    rate = chance.choice([0.0, *(chance.randrange(1, 96) / 800 for _ in range(9))])
    kind = chance.choice(["level", "level", "step", "sinking", "both"])
    steps = len(periods) - 1
    coupons = [rate + k // 3 / 400 for k in range(steps)] if kind in ("step", "both") else [rate]
    repaid = [10_000 // steps / 10_000] * (steps - 1) if kind in ("sinking", "both") else []
    settled = dated + timedelta(days=chance.randrange((maturity - dated).days))
    return Made(
        maturity=maturity, dated=dated, first=first, frequency=frequency, month_end=ends,
        rule=chance.choice(list(DayCount)), coupons=coupons, repaid=repaid, periods=periods,
        settled=settled, price=_price(chance, (maturity - settled).days),
        later=_later(chance, settled, maturity),
    )  # fmt: skip


def _day(month: Whole, day: int, *, back: int) -> date:
    found = dates_of(day_in_month(month - back, np.array([day]))).astype(object)[0]
    assert isinstance(found, date)
    return found


def _price(chance: random.Random, days: int) -> float:
    """Up to 30 % from par, and the nearer to it the nearer maturity: yields that a bond can have."""
    return round(1 + chance.uniform(-0.3, 0.3) * min(1.0, days / 1800), 6)


def _later(chance: random.Random, settled: date, maturity: date) -> tuple[date, date]:
    any_day = settled + timedelta(days=chance.randrange((maturity - settled).days))
    year_end = date(chance.randrange(settled.year, maturity.year + 1), 12, 31)
    return any_day, year_end if settled <= year_end < maturity else any_day


def columns(made: list[Made], between: Between = Between.COMPOUND) -> tuple[Bonds, Lots]:
    """The bonds and lots as columns."""

    def first(one: Made) -> str:
        return one.first.isoformat() if one.first else "NaT"

    steps = [
        [
            (day.isoformat(), rate)
            for day, rate in zip(one.periods[1:], one.coupons[1:], strict=False)
        ]
        for one in made
    ]
    sinking = [
        [(day.isoformat(), part) for day, part in zip(one.periods[1:], one.repaid, strict=False)]
        for one in made
    ]
    bonds = Bonds(
        maturity=[one.maturity for one in made],
        coupon=[one.coupons[0] for one in made],
        frequency=[one.frequency for one in made],
        day_count=[one.rule for one in made],
        dated=[one.dated for one in made],
        first=[first(one) for one in made],
        month_end=[one.month_end for one in made],
        steps=Schedule.of(steps),
        sinking=Schedule.of(sinking),
    )
    lots = Lots(
        par=np.full(len(made), PAR),
        cost=np.array([_cost(one) for one in made]),
        settled=[one.settled for one in made],
        between=between,
    )
    return bonds, lots


def _cost(one: Made) -> int:
    """In cents: the price is of what is still owed."""
    return round(PAR * one.price * owed(one, one.settled))


def owed(one: Made, day: date) -> float:
    """The share of the par still owed after a day."""
    return 1.0 - sum(
        part for at, part in zip(one.periods[1:], one.repaid, strict=False) if at <= day
    )


class Second:
    """QuantLib's view of one bond."""

    def __init__(self, ql: Any, one: Made) -> None:
        """Build the bond in QuantLib's terms."""
        self.ql, self.one = ql, one
        self.schedule = ql.Schedule(
            [self.day(each) for each in one.periods], ql.NullCalendar(), ql.Unadjusted,
            ql.Unadjusted, ql.Period(12 // one.frequency, ql.Months), ql.DateGeneration.Backward,
            one.month_end, [one.first is None, *[True] * (len(one.periods) - 2)],
        )  # fmt: skip
        self.counter = self._counter()
        owed_after = [100.0 * (1 - sum(one.repaid[:k])) for k in range(len(one.periods) - 1)]
        self.bond = ql.AmortizingFixedRateBond(
            0, owed_after, self.schedule, one.coupons, self.counter
        )
        self.frequency = {1: ql.Annual, 2: ql.Semiannual, 4: ql.Quarterly, 12: ql.Monthly}[
            one.frequency
        ]

    def _counter(self) -> Any:
        ql = self.ql
        return {
            DayCount.THIRTY_BOND_BASIS: lambda: ql.Thirty360(ql.Thirty360.BondBasis),
            DayCount.THIRTY_USA: lambda: ql.Thirty360(ql.Thirty360.USA),
            DayCount.THIRTY_EUROPEAN: lambda: ql.Thirty360(ql.Thirty360.European),
            DayCount.ACTUAL_ACTUAL: lambda: ql.ActualActual(ql.ActualActual.ISMA, self.schedule),
            DayCount.ACTUAL_360: ql.Actual360,
            DayCount.ACTUAL_365: ql.Actual365Fixed,
        }[self.one.rule]()

    def day(self, day: date) -> Any:
        """A date as QuantLib has it."""
        return self.ql.Date(day.day, day.month, day.year)

    def yield_at(self, cost: int) -> float:
        """The yield at a cost in cents."""
        ql, one = self.ql, self.one
        clean = ql.BondPrice(100 * cost / PAR / owed(one, one.settled), ql.BondPrice.Clean)
        found: float = ql.BondFunctions.bondYield(
            self.bond, clean, self.counter, ql.Compounded, self.frequency, self.day(one.settled),
            1e-13, 1000, 0.05,
        )  # fmt: skip
        return found

    def book(self, rate: float, at: date) -> int:
        """The book value in cents on a day, at a yield."""
        price: float = self.ql.BondFunctions.cleanPrice(
            self.bond, rate, self.counter, self.ql.Compounded, self.frequency, self.day(at)
        )
        return round(price / 100 * PAR * owed(self.one, at))

    def flows(self, at: date) -> Flows:
        """Its own payments and times after a day, for our solver."""
        ql, last, time = self.ql, self.day(at), 0.0
        times, amounts = [], []
        for flow in self.bond.cashflows():
            if flow.date() <= self.day(at):
                continue
            coupon = ql.as_coupon(flow)
            if flow.date() > last:
                reference = (coupon.referencePeriodStart(), coupon.referencePeriodEnd())
                begin = coupon.accrualStartDate()
                time += self.counter.yearFraction(begin, flow.date(), *reference)
                if begin < last:
                    time -= self.counter.yearFraction(begin, last, *reference)
                last = flow.date()
            times.append(time * self.one.frequency)
            amounts.append(flow.amount() / 100)
        accrued = self.bond.accruedAmount(self.day(at)) / 100 * owed(self.one, at)
        count = len(times)
        return Flows(
            bonds=1, bond=np.zeros(count, dtype=np.int64), times=np.array(times),
            interest=np.array(amounts),
            principal=np.zeros(count), accrued=np.array([accrued]),
            position=np.zeros(1), elapsed=np.zeros(1),
        )  # fmt: skip


@dataclass
class Opinions:
    """What came of asking."""

    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    unexplained: list[str] = field(default_factory=list)
    widest_yield: float = 0.0
    widest_cents: int = 0
    unsolved: int = 0


def ask(seeds: range) -> Opinions:
    """Ours and QuantLib's yields and book values of many bonds."""
    import QuantLib as ql

    made = [make(seed) for seed in seeds]
    bonds, lots = columns(made)
    yields = effective_yields(bonds, lots)
    books = [
        book_values(bonds, lots, yields, np.array([one.later[k] for one in made], "M8[D]"))
        for k in (0, 1)
    ]
    found = Opinions(unsolved=int((~yields.solved).sum()))
    for row, one in enumerate(made):
        second = Second(ql, one)
        ours = (float(yields.rate[row]), int(lots.cost[row]), [int(book[row]) for book in books])
        _weigh(found, f"seed {seeds[row]}", second, ours)
    return found


def _weigh(found: Opinions, name: str, second: Second, ours: tuple[float, int, list[int]]) -> None:
    rate, cost, books = ours
    one = second.one
    found.kinds[one.rule.name] += 1
    try:
        theirs = second.yield_at(cost)
    except RuntimeError:
        if rate == rate:  # noqa: PLR0124 - a number
            found.unexplained.append(f"{name}: ours {rate!r}, QuantLib finds none")
        else:
            found.reasons["neither finds a yield: 30/360 leaves no day to maturity"] += 1
        return
    cents = [abs(second.book(theirs, at) - book) for at, book in zip(one.later, books, strict=True)]
    if abs(theirs - rate) <= YIELD_TOLERANCE and max(cents) <= 1:
        found.widest_yield = max(found.widest_yield, abs(theirs - rate))
        found.widest_cents = max(found.widest_cents, *cents)
        return
    why = _reason(second) if _performed(second, rate, books) else ""
    if not why or not _performed_by(second, theirs):
        found.unexplained.append(f"{name}: {one.rule.name} ours {rate!r} theirs {theirs!r} {cents}")
        return
    found.reasons[why] += 1


def _own_flows(one: Made, at: date) -> Flows:
    """Our payments and times after a day, each listed."""
    return flows_after(terms_of(columns([one])[0]), days_of([at]))


def _again(flows: list[Flows], cost: float) -> tuple[float, list[int]]:
    """The force at a cost, and the book values by it, from payments and times alone."""
    force, _ = solve_force(flows[0], cost + flows[0].accrued, np.array([0.02]))
    return float(force[0]), [
        round(float(after.worth(force)[0][0] - after.accrued[0]) * PAR) for after in flows[1:]
    ]


def _performed(second: Second, rate: float, books: list[int]) -> bool:
    """Whether our payments and times give our answers."""
    one = second.one
    flows = [_own_flows(one, at) for at in (one.settled, *one.later)]
    force, again = _again(flows, _cost(one) / PAR)
    same = abs(np.expm1(force) * one.frequency - rate) <= YIELD_TOLERANCE
    return bool(same) and all(abs(a - b) <= 1 for a, b in zip(again, books, strict=True))


def _performed_by(second: Second, theirs: float) -> bool:
    """Whether QuantLib's payments and times give QuantLib's answers, by our solver."""
    one = second.one
    flows = [second.flows(at) for at in (one.settled, *one.later)]
    force, again = _again(flows, _cost(one) / PAR)
    same = abs(np.expm1(force) * one.frequency - theirs) <= YIELD_TOLERANCE
    books = [second.book(theirs, at) for at in one.later]
    return bool(same) and all(abs(a - b) <= 1 for a, b in zip(again, books, strict=True))


def _totals(flows: Flows) -> dict[float, float]:
    """What is paid at each time."""
    paid: dict[float, float] = {}
    for time, amount in zip(flows.times, flows.interest + flows.principal, strict=True):
        key = round(float(time), 9)
        paid[key] = paid.get(key, 0.0) + float(amount)
    return paid


def _reason(second: Second) -> str:
    """Which payment or time QuantLib counts otherwise; nothing where it counts as we do."""
    one = second.one
    pairs = [(_own_flows(one, at), second.flows(at)) for at in (one.settled, *one.later)]
    if all(
        _totals(ours).keys() == _totals(its).keys()
        and all(abs(_totals(ours)[key] - _totals(its)[key]) < 1e-12 for key in _totals(ours))
        and abs(float(ours.accrued[0] - its.accrued[0])) < 1e-12
        for ours, its in pairs
    ):
        return ""
    if one.rule > DayCount.THIRTY_EUROPEAN:
        single = len(one.periods) == 2 and one.first is not None
        return "QuantLib takes a single odd period to be odd at both ends" if single else ""
    days = [second.day(each) for each in one.periods]
    whole = [second.counter.yearFraction(*pair) * one.frequency for pair in pairwise(days)]
    if any(abs(each - 1) > 1e-9 for each in whole[1:]):
        return "30/360: QuantLib counts a whole period to or from a month's end as not quite one"
    return "30/360: QuantLib counts the first period, or what is left of it, by its days"


def report(found: Opinions) -> str:
    """The figures of a run."""
    asked, explained = found.kinds.total(), found.reasons.total()
    agree = asked - explained - len(found.unexplained)
    lines = [
        f"{asked:,} bonds: {agree:,} agree (widest yield {found.widest_yield:.1e}, "
        f"{found.widest_cents} cents of a million dollars), {explained:,} explained, "
        f"{len(found.unexplained)} unexplained, {found.unsolved} without a yield",
        *(f"   {count:>6,}  {name}" for name, count in sorted(found.kinds.items())),
        *(f"   {count:>6,}  explained: {why}" for why, count in sorted(found.reasons.items())),
        *(f"   {line}" for line in found.unexplained[:20]),
    ]
    return "\n".join(lines)
