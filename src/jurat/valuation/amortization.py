"""Lots of bonds: the effective yield of each, and its book value at any date by that yield.

Scientific (level yield) amortization: a lot's book value is what its remaining payments are worth
at the yield it was bought at, less the interest accrued. Money is cents; a float finds a yield or a
factor, and each book value is rounded once, so the accretions of a lot's life add to par less cost.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from jurat.valuation.bonds import Bonds, Cycle, Schedule, cycle_of, place_of
from jurat.valuation.calendar import BASIS, NO_DATE, Floats, Whole, days_of
from jurat.valuation.solve import Outcome, Yields, solve_force
from jurat.valuation.streams import Stream, Terms, flows_after, level_stream

_BLOCK = 16_384
"""Lots worked on at once: their columns stay in the processor's cache."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lots:
    """Purchases, a row for each row of their bonds: original par and cost in cents."""

    par: npt.NDArray[np.int64]
    cost: npt.NDArray[np.int64]
    """Without accrued interest."""
    settled: npt.ArrayLike


def round_cents(amounts: Floats) -> Whole:
    """The nearest whole cents, halves away from zero.

    >>> round_cents(np.array([0.5, -0.5, 2.4])).tolist()
    [1, -1, 2]
    """
    return np.asarray(np.copysign(np.floor(np.abs(amounts) + 0.5), amounts).astype(np.int64))


def listed(terms: Terms) -> npt.NDArray[np.bool_]:
    """The bonds whose payments have to be listed one by one: no closed form is theirs."""
    found: npt.NDArray[np.bool_] = np.isin(terms.cycle.rule, list(BASIS))
    for schedule in (terms.steps, terms.sinking):
        if schedule is not None:
            found = found | (np.diff(schedule.starts) > 0)
    return found


def terms_of(bonds: Bonds) -> Terms:
    """The cycle of bonds with their schedules; a step or repayment off the cycle is unsound."""
    cycle = cycle_of(bonds)
    for schedule in (bonds.steps, bonds.sinking):
        if schedule is not None:
            owner = np.repeat(np.arange(len(cycle.maturity)), np.diff(schedule.starts))
            own = cycle.take(owner)
            place = place_of(own, schedule.days)
            off = own.date(place.number) != schedule.days
            wrong = np.bincount(owner[off], minlength=len(cycle.maturity)) > 0
            cycle = replace(cycle, sound=cycle.sound & ~wrong)
    return Terms(cycle=cycle, steps=bonds.steps, sinking=bonds.sinking)


def taken(terms: Terms, rows: Whole) -> Terms:
    """The terms of some bonds, in their order."""

    def some(schedule: Schedule | None) -> Schedule | None:
        return None if schedule is None else schedule.take(rows)

    return Terms(
        cycle=terms.cycle.take(rows), steps=some(terms.steps), sinking=some(terms.sinking)
    )


def _shares(terms: Terms) -> Iterator[tuple[Whole, Callable[[Whole], Stream], Cycle]]:
    """Block by block, the rows of one kind and how their stream after a day is made."""
    by_list = listed(terms)
    for kind in (False, True):
        of_kind = np.flatnonzero((by_list == kind) & terms.cycle.sound)
        for begin in range(0, len(of_kind), _BLOCK):
            rows = of_kind[begin : begin + _BLOCK]
            yield rows, *_maker(terms, rows, by_list=kind)


def _maker(terms: Terms, rows: Whole, *, by_list: bool) -> tuple[Callable[[Whole], Stream], Cycle]:
    if by_list:
        own = taken(terms, rows)
        return lambda at: flows_after(own, at), own.cycle
    cycle = terms.cycle.take(rows)
    ends = place_of(cycle, cycle.end)
    return lambda at: level_stream(cycle, at, ends), cycle


def effective_yields(bonds: Bonds, lots: Lots) -> Yields:
    """The yield at which what a lot will be paid is worth what it cost.

    Units   cents in; a fraction a year out, compounded as often as the coupon is paid.
    Shape   an element for each lot.
    Source  SSAP No. 26R, effective interest from actual cash flows and settlement.

    100 of par for 98.0954: 3 in half a year and 103 in a year are worth that at 4 % a half-year.

    >>> bonds = Bonds(maturity=["2013-11-15"], coupon=0.06)
    >>> lots = Lots(par=np.array([1_000_000_00]), cost=np.array([981_139_05]), settled="2012-11-15")
    >>> effective_yields(bonds, lots).rate.round(8).tolist()
    [0.08]
    """
    terms = terms_of(bonds)
    count = len(terms.cycle.maturity)
    settled = np.broadcast_to(days_of(lots.settled), (count,))
    force = np.full(count, np.nan)
    outcome = np.full(count, Outcome.TERMS, dtype=np.int8)
    price = np.where(lots.par > 0, lots.cost / np.maximum(lots.par, 1), np.nan)
    for rows, stream_after, cycle in _shares(terms):
        due = np.flatnonzero(cycle.end > settled[rows])
        outcome[rows] = Outcome.NOTHING_DUE
        stream = stream_after(settled[rows])
        if len(due) < len(rows):
            stream = stream.take(due)
        mine = rows[due]
        guess = np.log1p(cycle.coupon[due] / cycle.frequency[due])
        force[mine], outcome[mine] = solve_force(stream, price[mine] + stream.accrued, guess)
    outcome[~(price > 0)] = Outcome.NO_PRICE
    outcome[settled == NO_DATE] = Outcome.TERMS
    force[outcome != Outcome.SOLVED] = np.nan
    return Yields(rate=terms.cycle.frequency * np.expm1(force), force=force, outcome=outcome)


def _prices(terms: Terms, force: Floats, at: Whole) -> Floats:
    """Book values as fractions of the original par."""
    found = np.full(len(force), np.nan)
    for rows, stream_after, cycle in _shares(terms):
        day = at if at.ndim == 0 else at[rows]
        stream = stream_after(day)
        clean = stream.worth(force[rows])[0] - stream.accrued
        over = cycle.end <= day
        if over.any():
            left = terms.outstanding(rows, cycle.end)
            owed = terms.outstanding(rows, cycle.end - 1)
            clean = np.where(over, owed - left + cycle.price * left, clean)
        found[rows] = clean
    return found


def book_values(bonds: Bonds, lots: Lots, yields: Yields, at: npt.ArrayLike) -> Whole:
    """What each lot is carried at on a date: its amortized cost.

    Units   cents. At and after the end of a bond, what it is redeemed for.
    Shape   an element for each lot; `at` is one date or one for each. Nought for a lot without a
            yield: look at its outcome.
    Source  SSAP No. 26R, scientific amortization.

    Half a year on, 103 at 4 % is 99.0385:

    >>> bonds = Bonds(maturity=["2013-11-15"], coupon=0.06)
    >>> lots = Lots(par=np.array([1_000_000_00]), cost=np.array([981_139_05]), settled="2012-11-15")
    >>> yields = effective_yields(bonds, lots)
    >>> book_values(bonds, lots, yields, "2013-05-15").tolist()
    [99038461]
    >>> book_values(bonds, lots, yields, "2013-11-15").tolist()
    [100000000]
    """
    return _cents(lots, _prices(terms_of(bonds), yields.force, days_of(at)))


def _cents(lots: Lots, prices: Floats) -> Whole:
    return round_cents(np.where(np.isnan(prices), 0.0, prices) * lots.par)
