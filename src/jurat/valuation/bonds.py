"""The terms of bonds as columns, and where a date stands among their coupons.

Coupon dates are counted back from maturity and numbered by the payments that follow them: the
maturity is number 0. Times are in coupon periods. A whole period is one period whatever its days,
and what is left of a period is what has not accrued, so accrued and left always make one.
"""

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from jurat.valuation.calendar import (
    BASIS,
    NO_DATE,
    Bools,
    DateColumn,
    DayCount,
    Floats,
    Whole,
    day_in_month,
    days_of,
    month_of,
    thirty_days,
)

_NEVER = 1 << 40
"""The number of a first coupon that is not known: all that is due is regular."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Schedule:
    """Dates with values for each bond, in order of bond and date: steps of a coupon, repayments."""

    starts: Whole
    """Where each bond's rows begin; one more than there are bonds."""
    days: Whole
    values: Floats

    @classmethod
    def of(cls, rows: list[list[tuple[str, float]]]) -> Self:
        """From a list of dates and values for each bond."""
        flat = [row for bond in rows for row in sorted(bond)]
        return cls(
            starts=np.cumsum([0, *map(len, rows)]).astype(np.int64),
            days=days_of(np.array([day for day, _ in flat], dtype="datetime64[D]")),
            values=np.array([value for _, value in flat], dtype=np.float64),
        )

    def take(self, rows: Whole) -> Self:
        """The schedules of some bonds, in their order."""
        counts = np.diff(self.starts)[rows]
        starts = np.concatenate([[0], np.cumsum(counts)])
        source = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], counts)
        return replace(self, starts=starts, days=self.days[source], values=self.values[source])

    def through(self, bond: Whole, days: Whole) -> Whole:
        """The rows at which each bond's schedule stands after a day: begin to here are passed."""
        owner = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        return np.asarray(
            np.searchsorted((owner << 24) + self.days, (bond << 24) + days, side="right")
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bonds:
    """Terms of bonds, a row for each; a column may be given as one value for all.

    Rates are fractions of par a year, prices fractions of par. `dated` is where interest begins and
    `first` the first coupon's date, both blank when regular or long past. `end` and `price` are
    where the bond is carried to: maturity at par, or a call. A floating coupon is its current rate;
    at a reset the yield is solved again, of the book value reached.
    """

    maturity: DateColumn
    coupon: npt.ArrayLike
    frequency: npt.ArrayLike = 2
    """Coupons a year; of a zero, how often its yield compounds."""
    day_count: npt.ArrayLike = DayCount.THIRTY_BOND_BASIS
    dated: DateColumn = "NaT"
    first: DateColumn = "NaT"
    month_end: npt.ArrayLike = False
    end: DateColumn = "NaT"
    price: npt.ArrayLike = 1.0
    steps: Schedule | None = None
    """New coupon rates, each from a coupon date."""
    sinking: Schedule | None = None
    """Par repaid on coupon dates, as fractions of the original par."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cycle:
    """The coupon cycle of bonds, worked out once."""

    step: Whole
    """Months between coupons."""
    month: Whole
    day: Whole
    """The day coupons fall on; 31 for the month's end."""
    maturity: Whole
    coupon: Floats
    frequency: Whole
    rule: Whole
    dated: Whole
    first: Whole
    """The number of the first coupon."""
    first_years: Floats
    """Years of interest that the first coupon pays."""
    end: Whole
    price: Floats
    sound: Bools
    """Whether the terms can be: a frequency of whole months, dates in order, coupons on the cycle."""

    def position(self, place: "Place", at: Whole) -> Floats:
        """Time to maturity, as yields count it: periods, or days of a year's basis."""
        basis = self.basis
        if not basis.any():
            return place.periods
        by_days = self.frequency * (self.maturity - at) / np.maximum(basis, 1)
        return np.where(basis > 0, by_days, place.periods)

    def elapsed(self, place: "Place", at: Whole) -> Floats:
        """Time since the last coupon; without end before the first."""
        basis = self.basis
        passed = place.number - place.periods
        if basis.any():
            by_days = self.frequency * (at - place.since) / np.maximum(basis, 1)
            passed = np.where(basis > 0, by_days, passed)
        return np.where(place.left > self.first, np.inf, passed)

    def take(self, rows: npt.NDArray[np.int64] | slice) -> Self:
        """The cycles of some bonds, in their order."""
        return type(self)(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    def date(self, number: Whole) -> Whole:
        """The coupon date before which that many payments follow."""
        return day_in_month(self.month - number * self.step, self.day)

    @property
    def basis(self) -> Floats:
        """The days of a year where interest counts days only, otherwise nought."""
        return _basis(self.rule)


def _basis(rule: Whole) -> Floats:
    found: Floats = np.zeros(len(DayCount))
    for code, days in BASIS.items():
        found[code] = days
    return np.asarray(found[rule])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """Where a day stands in the cycle."""

    number: Whole
    """Coupon dates of the cycle still to come, those before the first coupon included."""
    left: Whole
    """Payments still to come."""
    periods: Floats
    """Coupon periods to maturity."""
    since: Whole
    """The day from which interest accrues."""
    years: Floats
    """Years of interest accrued."""

    def take(self, rows: Whole) -> Self:
        """The places of some bonds, in their order."""
        return type(self)(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})


def cycle_of(bonds: Bonds) -> Cycle:
    """The coupon cycle of each bond, with its first coupon; terms that cannot be are marked.

    Source  SIFMA standard calculation methods; 31 CFR 356 appendix B for the first coupon.

    Dated 1 March 2012, first coupon 15 November: 14 + 180 days of 30/360, or 0.7056 of a year.

    >>> cycle = cycle_of(Bonds(maturity=["2020-05-15"], coupon=0.06, dated="2012-03-01",
    ...                        first="2012-11-15"))
    >>> int(cycle.first[0]), round(float(cycle.first_years[0] * 360))
    (15, 254)
    """
    maturity = np.atleast_1d(days_of(bonds.maturity))
    shape = maturity.shape

    def column(values: npt.ArrayLike, kind: npt.DTypeLike) -> npt.NDArray[np.generic]:
        return np.broadcast_to(np.asarray(values, dtype=kind), shape)

    frequency = column(bonds.frequency, np.int64).astype(np.int64)
    whole = (frequency > 0) & (12 % np.maximum(frequency, 1) == 0)
    frequency = np.where(whole, frequency, 1)
    month = month_of(maturity)
    ends = column(bonds.month_end, np.bool_)
    dated = column(days_of(bonds.dated), np.int64).astype(np.int64)
    end = column(days_of(bonds.end), np.int64).astype(np.int64)
    cycle = Cycle(
        step=12 // frequency,
        month=month,
        day=np.where(ends, 31, maturity - day_in_month(month, np.ones_like(month)) + 1),
        maturity=maturity,
        coupon=column(bonds.coupon, np.float64).astype(np.float64),
        frequency=frequency,
        rule=column(bonds.day_count, np.int64).astype(np.int64),
        dated=dated,
        first=np.full(shape, _NEVER),
        first_years=1 / frequency,
        end=np.where(end == NO_DATE, maturity, end),
        price=column(bonds.price, np.float64).astype(np.float64),
        sound=whole & (maturity != NO_DATE) & (dated < maturity) & (end <= maturity),
    )
    cycle = replace(cycle, sound=cycle.sound & (cycle.coupon >= 0) & (cycle.price > 0))
    return _with_first(cycle, column(days_of(bonds.first), np.int64).astype(np.int64))


def _with_first(cycle: Cycle, given: Whole) -> Cycle:
    """The cycle with its first coupon: given, or the first of the cycle after interest begins."""
    known = cycle.dated != NO_DATE
    named = given != NO_DATE
    if not (known | named).any():
        return cycle
    after, elapsed = _elapsed(cycle, np.where(known, cycle.dated, cycle.maturity - 1))
    first = np.where(named, _elapsed(cycle, np.where(named, given, cycle.maturity))[0], after - 1)
    on_cycle = cycle.date(first) == np.where(named, given, cycle.date(first))
    in_order = ~named | ~known | (given > cycle.dated)
    periods = after - first - elapsed
    day = cycle.date(first)
    by_days = thirty_days(cycle.dated * known, day, cycle.rule) / 360.0
    basis = cycle.basis
    odd = (cycle.rule <= DayCount.THIRTY_EUROPEAN) & (elapsed > 0)
    years = np.where(odd, by_days, periods / cycle.frequency)
    years = np.where(basis > 0, (day - cycle.dated * known) / np.maximum(basis, 1), years)
    return replace(
        cycle,
        first=np.where(known | named, first, _NEVER),
        first_years=np.where(known, years, 1 / cycle.frequency),
        sound=cycle.sound & (on_cycle & in_order & (given <= cycle.maturity)),
    )


def _elapsed(cycle: Cycle, at: Whole) -> tuple[Whole, Floats]:
    """How many coupon dates of the cycle follow each day, and how much of its period has passed."""
    ahead = cycle.month - month_of(at)
    number = -(-ahead // cycle.step)
    here = number * cycle.step == ahead
    number = np.maximum(number + (here & (cycle.date(number) > at)), 0)
    before = cycle.date(number)
    passed = (at - before) / np.maximum(cycle.date(number - 1) - before, 1)
    thirty = cycle.rule <= DayCount.THIRTY_EUROPEAN
    if thirty.any():
        days = thirty_days(before, at, cycle.rule) * cycle.frequency / 360.0
        passed = np.where(thirty, days, passed)
    return number, np.clip(passed, 0.0, 1.0) * (number > 0)


def place_of(cycle: Cycle, at: Whole) -> Place:
    """Where a day stands among each bond's coupons; a coupon paid on that day has been paid.

    Units   periods, and years of interest.
    Shape   an element for each bond; `at` is a column or one day.
    Source  SIFMA standard calculation methods: what is left of a period is what has not accrued.

    >>> cycle = cycle_of(Bonds(maturity=["2014-05-15"], coupon=0.06))
    >>> place = place_of(cycle, days_of(["2012-12-15"]))
    >>> int(place.left[0]), round(float(place.periods[0]), 4), round(float(place.years[0]), 4)
    (3, 2.8333, 0.0833)
    """
    number, elapsed = _elapsed(cycle, at)
    opening = number > cycle.first
    since = np.where(opening & (cycle.dated != NO_DATE), cycle.dated, cycle.date(number))
    years = elapsed / cycle.frequency
    if opening.any():
        years = np.where(opening, _opening_years(cycle, number, elapsed, at), years)
    basis = cycle.basis
    if basis.any():
        years = np.where(basis > 0, (at - since) / np.maximum(basis, 1), years)
    return Place(
        number=number,
        left=np.minimum(number, cycle.first + 1),
        periods=number - elapsed,
        since=since,
        years=np.maximum(years, 0.0),
    )


def _opening_years(cycle: Cycle, number: Whole, elapsed: Floats, at: Whole) -> Floats:
    """Years accrued before the first coupon, counted as the first coupon is."""
    known = cycle.dated != NO_DATE
    dated = np.where(known, cycle.dated, cycle.date(number))
    start, before = _elapsed(cycle, dated)
    whole = (start - before - (number - elapsed)) / cycle.frequency
    by_days = thirty_days(dated, at, cycle.rule) / 360.0
    odd = (cycle.rule <= DayCount.THIRTY_EUROPEAN) & (before > 0)
    return np.asarray(np.where(odd, by_days, whole))
