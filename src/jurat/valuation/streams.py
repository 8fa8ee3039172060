"""What is still to be paid on a column of bonds, and what it is worth at a force of interest.

Two shapes. A `Level` stream pays one coupon again and again and has a closed form; `Flows` lists
every payment. Amounts are fractions of the original par, times are coupon periods from a day.
The force is the logarithm of growth in one coupon period: a yield of 4 % twice a year is log 1.02.
"""

from dataclasses import dataclass, fields
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from jurat.valuation.bonds import Cycle, Place, Schedule, place_of
from jurat.valuation.calendar import Floats, Whole

_FLAT = 1e-6
"""A force so near nought that the closed form of the slope would lose its digits."""

_PARTS = 10**14
"""Of the original par, in which repayments are counted."""


class Stream(Protocol):
    """Payments to come on a column of bonds."""

    @property
    def accrued(self) -> Floats:
        """Interest accrued on the day the stream begins."""

    @property
    def position(self) -> Floats:
        """Time from that day to maturity."""

    @property
    def elapsed(self) -> Floats:
        """Time since the last coupon; without end before the first."""

    def coming(self) -> tuple[Floats, Floats]:
        """When the next payment comes, and the interest in it."""

    def worth(self, force: Floats) -> tuple[Floats, Floats]:
        """Present value, accrued interest included, and its slope in the force."""

    def take(self, rows: npt.NDArray[np.int64]) -> Self:
        """The streams of some bonds."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Level:
    """Level coupons and one last payment."""

    until: Floats
    """Periods to the first payment."""
    count: Floats
    """Coupons to be paid."""
    first: Floats
    coupon: Floats
    last: Floats
    last_at: Floats
    last_interest: Floats
    accrued: Floats
    position: Floats
    elapsed: Floats

    def coming(self) -> tuple[Floats, Floats]:
        """When the next payment comes, and the interest in it."""
        some = self.count > 0
        return np.where(some, self.until, self.last_at), np.where(
            some, self.first, self.last_interest
        )

    def take(self, rows: npt.NDArray[np.int64]) -> Self:
        """The streams of some bonds."""
        return type(self)(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    def worth(self, force: Floats) -> tuple[Floats, Floats]:
        """Present value, accrued interest included, and its slope in the force."""
        more = np.maximum(self.count - 1, 0)
        growth = np.expm1(force)
        flat = np.abs(force) < _FLAT
        safe = np.where(flat, 1.0, growth)
        kept = -np.expm1(-more * force)
        annuity = np.where(flat, more - force * more * (more + 1) / 2, kept / safe)
        bend = np.where(
            flat,
            -more * (more + 1) / 2,
            (more * (1 - kept) - annuity * (growth + 1)) / safe,
        )
        near = np.exp(-force * self.until)
        coupons = near * (self.first + self.coupon * annuity)
        final = self.last * np.exp(-force * self.last_at)
        slope = near * self.coupon * bend - self.until * coupons - self.last_at * final
        return coupons + final, slope


def level_stream(cycle: Cycle, at: Whole, ends: Place) -> Level:
    """The payments after a day of bonds that pay level coupons; `ends` is the place of their end.

    >>> from jurat.valuation.bonds import Bonds, cycle_of
    >>> from jurat.valuation.calendar import days_of
    >>> cycle = cycle_of(Bonds(maturity=["2014-05-15"], coupon=0.06))
    >>> stream = level_stream(cycle, days_of(["2012-11-15"]), place_of(cycle, cycle.end))
    >>> float(stream.count[0]), float(stream.until[0]), float(stream.last_at[0])
    (3.0, 1.0, 3.0)
    """
    place = place_of(cycle, at)
    coupon = cycle.coupon / cycle.frequency
    first = np.where(place.left > cycle.first, cycle.coupon * cycle.first_years, coupon)
    count = place.left - ends.left
    return Level(
        until=place.periods - place.left + 1,
        count=count.astype(np.float64),
        first=np.where(count > 0, first, 0.0),
        coupon=np.where(count > 1, coupon, 0.0),
        last=cycle.price + cycle.coupon * ends.years,
        last_at=place.periods - ends.periods,
        last_interest=cycle.coupon * ends.years,
        accrued=cycle.coupon * place.years,
        position=cycle.position(place, at),
        elapsed=cycle.elapsed(place, at),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flows:
    """Every payment on its own, in order of bond and time."""

    bonds: int
    bond: Whole
    """Whose payment it is."""
    times: Floats
    days: Whole
    interest: Floats
    principal: Floats
    accrued: Floats
    position: Floats
    elapsed: Floats

    def coming(self) -> tuple[Floats, Floats]:
        """When the next payment comes, and the interest in it."""
        found = np.full((2, self.bonds), np.inf)
        heads = np.flatnonzero(np.diff(self.bond, prepend=-1))
        found[:, self.bond[heads]] = self.times[heads], self.interest[heads]
        return found[0], found[1]

    def take(self, rows: npt.NDArray[np.int64]) -> Self:
        """The streams of some bonds, given in rising order."""
        renamed = np.full(self.bonds, -1)
        renamed[rows] = np.arange(len(rows))
        bond = renamed[self.bond]
        keep = bond >= 0
        return type(self)(
            bonds=len(rows),
            bond=bond[keep],
            times=self.times[keep],
            days=self.days[keep],
            interest=self.interest[keep],
            principal=self.principal[keep],
            accrued=self.accrued[rows],
            position=self.position[rows],
            elapsed=self.elapsed[rows],
        )

    def worth(self, force: Floats) -> tuple[Floats, Floats]:
        """Present value, accrued interest included, and its slope in the force."""
        value = (self.interest + self.principal) * np.exp(-force[self.bond] * self.times)
        return self._sums(value), self._sums(-self.times * value)

    def _sums(self, values: Floats) -> Floats:
        # of no payments at all NumPy makes whole numbers
        return np.bincount(self.bond, values, self.bonds).astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """A cycle with what departs from a level coupon: steps, and par repaid before the end."""

    cycle: Cycle
    steps: Schedule | None = None
    sinking: Schedule | None = None

    def take(self, rows: Whole) -> Self:
        """The terms of some bonds, in their order."""
        return type(self)(
            cycle=self.cycle.take(rows),
            steps=None if self.steps is None else self.steps.take(rows),
            sinking=None if self.sinking is None else self.sinking.take(rows),
        )

    def rate(self, bond: Whole, days: Whole) -> Floats:
        """The coupon rate in force after each day."""
        base: Floats = self.cycle.coupon[bond]
        if self.steps is None or not len(self.steps.days):
            return base
        upto = self.steps.through(bond, days)
        latest = self.steps.values[np.maximum(upto - 1, 0)]
        return np.where(upto > self.steps.starts[bond], latest, base)

    def outstanding(self, bond: Whole, days: Whole) -> Floats:
        """The share of the original par still owed after each day."""
        if self.sinking is None:
            return np.ones(len(bond))
        # whole parts, because a running sum over many bonds would lose the last digits of each
        parts = np.rint(self.sinking.values * _PARTS).astype(np.int64)
        paid = np.concatenate([[0], np.cumsum(parts)])
        upto = self.sinking.through(bond, days)
        owed: Floats = (_PARTS - (paid[upto] - paid[self.sinking.starts[bond]])) / _PARTS
        return owed


def flows_after(terms: Terms, at: Whole) -> Flows:
    """Every payment after a day, up to the end of each bond.

    Units   fractions of the original par; times in coupon periods from the day.
    Source  contract terms; a step or repayment stands on a coupon date.

    Half of the par repaid in the middle: 3 + 50, then 1.50 + 50.

    >>> from jurat.valuation.bonds import Bonds, cycle_of
    >>> from jurat.valuation.calendar import days_of
    >>> cycle = cycle_of(Bonds(maturity=["2013-11-15"], coupon=0.06))
    >>> terms = Terms(cycle=cycle, sinking=Schedule.of([[("2013-05-15", 0.5)]]))
    >>> flows = flows_after(terms, days_of(["2012-11-15"]))
    >>> flows.interest.tolist(), flows.principal.tolist(), flows.times.tolist()
    ([0.03, 0.015], [0.5, 0.5], [1.0, 2.0])
    """
    cycle = terms.cycle
    rows = np.arange(len(cycle.maturity))
    place, ends = place_of(cycle, at), place_of(cycle, cycle.end)
    between = ends.periods > ends.number - 1  # an end inside a period pays by itself
    tail = (ends.left == 0) | between & (cycle.date(ends.number) != cycle.end)
    count = np.maximum(place.left - ends.left, 0)
    alone = (tail & (cycle.date(ends.number) != cycle.end) & (cycle.end > at)).astype(np.int64)
    each = count + alone
    bond = np.repeat(rows, each)
    order = np.arange(len(bond)) - np.repeat(np.cumsum(each) - each, each)
    own = cycle.take(bond)
    number = place.left[bond] - 1 - order
    closing = order == each[bond] - 1
    day = np.where(closing, own.end, own.date(number))
    before = np.where(number < own.first, own.date(number + 1), _opening(own, number))
    years = _years(own, number, before, day)
    years = np.where(closing & (alone[bond] > 0), ends.years[bond], years)
    before = np.where(closing & (alone[bond] > 0), ends.since[bond], before)
    owed, left = terms.outstanding(bond, before), terms.outstanding(bond, day)
    periods = place.periods[bond] - np.where(closing, ends.periods[bond], number)
    basis = own.basis
    from_day = np.broadcast_to(at, rows.shape)[bond]
    by_days = own.frequency * (day - from_day) / np.maximum(basis, 1)
    return Flows(
        bonds=len(rows),
        bond=bond,
        times=np.where(basis > 0, by_days, periods),
        days=day,
        interest=terms.rate(bond, before) * owed * years,
        principal=np.where(closing, owed - left + left * own.price, owed - left),
        accrued=terms.rate(rows, place.since) * terms.outstanding(rows, place.since) * place.years,
        position=cycle.position(place, at),
        elapsed=cycle.elapsed(place, at),
    )


def _opening(cycle: Cycle, number: Whole) -> Whole:
    """Where the interest of a first coupon begins."""
    known = cycle.dated > np.iinfo(np.int64).min
    return np.asarray(np.where(known, cycle.dated, cycle.date(number + 1)))


def _years(cycle: Cycle, number: Whole, before: Whole, day: Whole) -> Floats:
    """Years of interest of each coupon."""
    basis = cycle.basis
    years = np.where(number == cycle.first, cycle.first_years, 1 / cycle.frequency)
    return np.where(basis > 0, (day - before) / np.maximum(basis, 1), years)
