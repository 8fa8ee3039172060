"""Lots of bonds: the effective yield of each, and its book value at any date by that yield.

Scientific (level yield) amortization: a lot's book value is what its remaining payments are worth
at the yield it was bought at, less the interest accrued. Money is cents; a float finds a yield or a
factor, and each book value is rounded once, so the accretions of a lot's life add to par less cost.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jurat.valuation.bonds import Bonds, place_of
from jurat.valuation.calendar import DateColumn, Floats, Whole, days_of, month_of
from jurat.valuation.listing import Terms
from jurat.valuation.portfolio import (
    Between,
    Opened,
    carried,
    prices_at,
    shares,
    solve_yields,
    terms_of,
)
from jurat.valuation.solve import Yields


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lots:
    """Purchases, a row for each row of their bonds: original par and cost in cents."""

    par: npt.NDArray[np.int64]
    cost: npt.NDArray[np.int64]
    """Without accrued interest."""
    settled: DateColumn
    between: Between = Between.STRAIGHT
    """How book values run from one coupon date to the next."""


def round_cents(amounts: Floats) -> Whole:
    """The nearest whole cents, halves away from zero.

    >>> round_cents(np.array([0.5, -0.5, 2.4])).tolist()
    [1, -1, 2]
    """
    return np.asarray(np.copysign(np.floor(np.abs(amounts) + 0.5), amounts).astype(np.int64))


def prices_paid(lots: Lots) -> Floats:
    """What lots cost as fractions of their original par; not a number where there is no par."""
    return np.where(lots.par > 0, lots.cost / np.maximum(lots.par, 1), np.nan)


def settlements(lots: Lots) -> Whole:
    """The settlement day of each lot."""
    return np.asarray(np.broadcast_to(days_of(lots.settled), lots.par.shape))


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
    return solve_yields(terms_of(bonds), prices_paid(lots), settlements(lots))


def book_values(bonds: Bonds, lots: Lots, yields: Yields, at: DateColumn) -> Whole:
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
    return in_cents(lots, prices_at(terms_of(bonds), yields.force, opened(lots), days_of(at)))


def opened(lots: Lots) -> Opened:
    """Where each lot's amortization begins."""
    return Opened(price=prices_paid(lots), since=settlements(lots), between=lots.between)


def in_cents(lots: Lots, prices: Floats) -> Whole:
    """Prices as cents of each lot; nought where there is no price."""
    return round_cents(np.where(np.isnan(prices), 0.0, prices) * lots.par)


def accrued_interest(bonds: Bonds, lots: Lots, at: DateColumn) -> Whole:
    """Interest earned on a date and not yet due, on what is still owed.

    Units   cents.
    Shape   an element for each lot; `at` is one date or one for each.
    Source  SSAP No. 34, accrued interest by the bond's day count.

    A month and sixteen days of 30/360 at 6 %: 46 / 360 x 6.

    >>> bonds = Bonds(maturity=["2013-11-15"], coupon=0.06)
    >>> lots = Lots(par=np.array([1_000_000_00]), cost=np.array([981_139_05]), settled="2012-11-15")
    >>> accrued_interest(bonds, lots, "2012-12-31").tolist()
    [766667]
    """
    terms, day = terms_of(bonds), days_of(at)
    rows = np.arange(len(terms.cycle.maturity))
    place = place_of(terms.cycle, day)
    owed = terms.rate(rows, place.since) * terms.outstanding(rows, place.since)
    due = terms.cycle.sound & (day < terms.cycle.end)
    return in_cents(lots, np.where(due, owed * place.years, 0.0))


def accretion(bonds: Bonds, lots: Lots, yields: Yields, between: tuple[str, str]) -> Whole:
    """What amortization adds to book values from one date to another, or takes (less than nought).

    Units   cents; book value at the second date, less that at the first or the cost, plus par
            repaid between.
    Shape   an element for each lot.
    Source  domain.md 3.2, column 13 of Schedule D Part 1.

    From 981,139.05 to 990,384.61 in the first half-year:

    >>> bonds = Bonds(maturity=["2013-11-15"], coupon=0.06)
    >>> lots = Lots(par=np.array([1_000_000_00]), cost=np.array([981_139_05]), settled="2012-11-15")
    >>> yields = effective_yields(bonds, lots)
    >>> accretion(bonds, lots, yields, ("2011-12-31", "2013-05-15")).tolist()
    [924556]
    """
    terms, settled = terms_of(bonds), settlements(lots)
    begin = np.maximum(days_of(between[0]), settled)
    end = np.maximum(days_of(between[1]), settled)
    opening = in_cents(lots, prices_at(terms, yields.force, opened(lots), begin))
    opening = np.where(yields.solved & (begin == settled), lots.cost, opening)
    closing = in_cents(lots, prices_at(terms, yields.force, opened(lots), end))
    return np.asarray(closing - opening + _repaid(terms, lots, begin, end) * yields.solved)


def _repaid(terms: Terms, lots: Lots, begin: Whole, end: Whole) -> Whole:
    """Cents of par repaid after one day and through another, the redemption at the end left out."""
    rows, last = np.arange(len(begin)), terms.cycle.end - 1
    left = [terms.outstanding(rows, np.minimum(day, last)) for day in (begin, end)]
    return in_cents(lots, left[0]) - in_cents(lots, left[1])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class YearEnds:
    """The book value of each lot at every year's end from settlement to the bond's end."""

    starts: Whole
    """Where each lot's rows begin; one more than there are lots."""
    years: Whole
    cents: Whole


def year_end_values(bonds: Bonds, lots: Lots, yields: Yields) -> YearEnds:
    """Every year-end book value of every lot, those of lots without a yield left out.

    Units   cents.
    Shape   a row for each lot and year.
    Source  SSAP No. 26R, scientific amortization.

    46 of the 180 days from 981,139.05 to 990,384.62:

    >>> bonds = Bonds(maturity=["2013-11-15"], coupon=0.06)
    >>> lots = Lots(par=np.array([1_000_000_00]), cost=np.array([981_139_05]), settled="2012-11-15")
    >>> ends = year_end_values(bonds, lots, effective_yields(bonds, lots))
    >>> ends.years.tolist(), ends.cents.tolist()
    ([2012], [98350181])
    """
    terms, start = terms_of(bonds), opened(lots)
    begin = _year_of(start.since)
    count = np.where(yields.solved, np.maximum(_year_of(terms.cycle.end) - begin, 0), 0)
    starts = np.concatenate([[0], np.cumsum(count)])
    cents = np.zeros(starts[-1], dtype=np.int64)
    for each in shares(terms):
        share = each.opened(start.since[each.rows])
        first, past = begin[share.rows], (begin + count)[share.rows]
        for year in range(int(first.min()), int(past.max())):
            live = np.flatnonzero((first <= year) & (year < past))
            if len(live):
                rows = share.rows[live]
                at = days_of(f"{year:04}-12-31")
                value = carried(share.take(live), yields.force[rows], start.take(rows), at)
                cents[starts[rows] + year - begin[rows]] = round_cents(value * lots.par[rows])
    owner = np.repeat(np.arange(len(count)), count)
    years = begin[owner] + np.arange(starts[-1]) - starts[owner]
    return YearEnds(starts=starts, years=years, cents=cents)


def _year_of(days: Whole) -> Whole:
    return month_of(days) // 12 + 1970
