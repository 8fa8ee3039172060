"""Bonds whose payments have to be listed: steps, par repaid before the end, interest by days.

A listing is made once; seen from a day, it is the flows that follow.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from jurat.valuation.bonds import Cycle, Schedule, place_of
from jurat.valuation.calendar import NO_DATE, Floats, Whole

_PARTS = 10**14
"""Of the original par, in which repayments are counted."""


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flows:
    """Every payment on its own, in order of bond and time."""

    bonds: int
    bond: Whole
    """Whose payment it is."""
    times: Floats
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
            interest=self.interest[keep],
            principal=self.principal[keep],
            accrued=self.accrued[rows],
            position=self.position[rows],
            elapsed=self.elapsed[rows],
        )

    def worth(self, force: Floats) -> tuple[Floats, Floats]:
        """Present value, accrued interest included, and its slope in the force."""
        with np.errstate(over="ignore"):  # at a force that no bond has, in search of one
            value = (self.interest + self.principal) * np.exp(-force[self.bond] * self.times)
        return self._sums(value), self._sums(-self.times * value)

    def _sums(self, values: Floats) -> Floats:
        # of no payments at all NumPy makes whole numbers
        return np.bincount(self.bond, values, self.bonds).astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listing:
    """What bonds pay after some day, in order of bond and time."""

    terms: Terms
    bond: Whole
    """Whose payment it is."""
    days: Whole
    left: Floats
    """Coupon periods from the payment to maturity."""
    interest: Floats
    principal: Floats

    def take(self, rows: Whole) -> Self:
        """The listings of some bonds, given in rising order."""
        renamed = np.full(len(self.terms.cycle.maturity), -1)
        renamed[rows] = np.arange(len(rows))
        return self._kept(self.terms.take(rows), renamed[self.bond])

    def _kept(self, terms: Terms, bond: Whole) -> Self:
        keep = bond >= 0
        return type(self)(
            terms=terms,
            bond=bond[keep],
            days=self.days[keep],
            left=self.left[keep],
            interest=self.interest[keep],
            principal=self.principal[keep],
        )

    def after(self, at: Whole) -> Flows:
        """The payments that follow a day, with their times from it."""
        cycle = self.terms.cycle
        rows = np.arange(len(cycle.maturity))
        day = np.broadcast_to(at, rows.shape)
        some = self._kept(self.terms, np.where(self.days > day[self.bond], self.bond, -1))
        bond, place = some.bond, place_of(cycle, at)
        times = place.periods[bond] - some.left
        basis = cycle.basis
        if basis.any():
            by_days = (some.days - day[bond]) / np.maximum(basis, 1)[bond]
            times = np.where(basis[bond] > 0, cycle.frequency[bond] * by_days, times)
        owed = self.terms.outstanding(rows, place.since)
        return Flows(
            bonds=len(rows),
            bond=bond,
            times=times,
            interest=some.interest,
            principal=some.principal,
            accrued=self.terms.rate(rows, place.since) * owed * place.years,
            position=cycle.position(place, at),
            elapsed=cycle.elapsed(place, at),
        )


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
    return listing_after(terms, at).after(at)


def listing_after(terms: Terms, at: Whole) -> Listing:
    """What bonds pay after a day: coupons, repayments, and the redemption at the end.

    An end inside a coupon period pays by itself, with the interest accrued by then; so does one on a date
    of the cycle that a long first period passes over.
    """
    cycle = terms.cycle
    rows = np.arange(len(cycle.maturity))
    place, ends = place_of(cycle, at), place_of(cycle, cycle.end)
    opening = ends.number > cycle.first
    inside = ((cycle.date(ends.number) != cycle.end) | opening) & (cycle.end > at)
    each = np.maximum(place.left - ends.left, 0) + inside
    bond = np.repeat(rows, each)
    order = np.arange(len(bond)) - np.repeat(np.cumsum(each) - each, each)
    own = cycle.take(bond)
    number = place.left[bond] - 1 - order
    closing = order == each[bond] - 1
    alone = closing & inside[bond]
    day = np.where(closing, own.end, own.date(number))
    since = np.where(alone, ends.since[bond], _since(own, number))
    years = np.where(alone, ends.years[bond], _years(own, number, since, day))
    owed, left = terms.outstanding(bond, since), terms.outstanding(bond, day)
    return Listing(
        terms=terms,
        bond=bond,
        days=day,
        left=np.where(closing, ends.periods[bond], number),
        interest=terms.rate(bond, since) * owed * years,
        principal=np.where(closing, owed - left + left * own.price, owed - left),
    )


def _since(cycle: Cycle, number: Whole) -> Whole:
    """Where the interest of each coupon begins."""
    opening = (number >= cycle.first) & (cycle.dated != NO_DATE)
    return np.asarray(np.where(opening, cycle.dated, cycle.date(number + 1)))


def _years(cycle: Cycle, number: Whole, before: Whole, day: Whole) -> Floats:
    """Years of interest of each coupon."""
    basis = cycle.basis
    years = np.where(number == cycle.first, cycle.first_years, 1 / cycle.frequency)
    return np.where(basis > 0, (day - before) / np.maximum(basis, 1), years)
