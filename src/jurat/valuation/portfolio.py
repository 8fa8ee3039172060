"""A portfolio of bonds worked on block by block, each kind of stream by itself.

Level coupons have a closed form; steps, repayments and interest by days have their payments listed.
What a lot is worth does not depend on the block it falls in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

import numpy as np
import numpy.typing as npt

from jurat.valuation.bonds import Bonds, Cycle, Place, cycle_of, place_of
from jurat.valuation.calendar import BASIS, NO_DATE, Floats, Whole
from jurat.valuation.listing import Listing, Terms, flows_after, listing_after
from jurat.valuation.solve import Outcome, Yields, solve_force
from jurat.valuation.streams import Stream, level_stream

_BLOCK = 16_384
"""Lots worked on at once: their columns stay in the processor's cache."""

_LISTED = 1_000_000
"""Payments listed at once, or thereabouts: those of a perpetual bond run to the year 9999."""

_LISTED_FROM = 480
"""January 2010, from which they are counted to size a block."""

_SAME = 1e-12

_OVER = 1e-9
"""By how much repayments may add to more than the par, written with the decimals people write."""


def listed(terms: Terms) -> npt.NDArray[np.bool_]:
    """The bonds whose payments have to be listed one by one: no closed form is theirs."""
    found: npt.NDArray[np.bool_] = np.isin(terms.cycle.rule, list(BASIS))
    for schedule in (terms.steps, terms.sinking):
        if schedule is not None:
            found = found | (np.diff(schedule.starts) > 0)
    return found


def terms_of(bonds: Bonds) -> Terms:
    """The cycle of bonds with their schedules.

    Steps or repayments off the cycle, out of order, below nought or of more than the par make terms
    unsound.
    """
    cycle = cycle_of(bonds)
    count = len(cycle.maturity)
    for schedule in (bonds.steps, bonds.sinking):
        if schedule is not None:
            owner = np.repeat(np.arange(count), np.diff(schedule.starts))
            own = cycle.take(owner)
            place = place_of(own, schedule.days)
            wrong = (own.date(place.number) != schedule.days) | ~(schedule.values >= 0)
            wrong[1:] |= (np.diff(schedule.days) <= 0) & (owner[1:] == owner[:-1])
            total = np.bincount(owner, schedule.values, count)
            cycle = replace(
                cycle,
                sound=cycle.sound
                & (np.bincount(owner[wrong], minlength=count) == 0)
                & (total < 1 + _OVER if schedule is bonds.sinking else True),
            )
    return Terms(cycle=cycle, steps=bonds.steps, sinking=bonds.sinking)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Share:
    """Bonds of one kind of stream, few enough to stay at hand."""

    rows: Whole
    """Which of the portfolio's they are."""
    terms: Terms
    ends: Place
    listed: bool
    listing: Listing | None = None
    """Their payments, where they are listed and will be asked for again."""

    def opened(self, since: Whole) -> Self:
        """The same, its payments after a day listed for all later days."""
        return replace(self, listing=listing_after(self.terms, since)) if self.listed else self

    def take(self, some: Whole) -> Self:
        """Some of the bonds, in rising order."""
        return replace(
            self,
            rows=self.rows[some],
            terms=self.terms.take(some),
            ends=self.ends.take(some),
            listing=None if self.listing is None else self.listing.take(some),
        )

    def stream(self, at: Whole) -> Stream:
        """Their payments after a day."""
        if self.listing is not None:
            return self.listing.after(at)
        if self.listed:
            return flows_after(self.terms, at)
        return level_stream(self.terms.cycle, at, self.ends)


def shares(terms: Terms) -> Iterator[Share]:
    """The bonds with sound terms, block by block."""
    by_list = listed(terms)
    for kind in (False, True):
        of_kind = np.flatnonzero((by_list == kind) & terms.cycle.sound)
        for rows in _blocks(terms, of_kind, by_list=kind):
            own = terms.take(rows) if kind else Terms(cycle=terms.cycle.take(rows))
            ends = place_of(own.cycle, own.cycle.end)
            yield Share(rows=rows, terms=own, ends=ends, listed=kind)


def _blocks(terms: Terms, rows: Whole, *, by_list: bool) -> list[Whole]:
    """Rows in blocks of so many lots, or so many payments where they are listed."""
    size = np.ones(len(rows), dtype=np.int64)
    if by_list:
        months = terms.cycle.month[rows] - _LISTED_FROM
        size = 1 + np.maximum(months // terms.cycle.step[rows], 0) * _BLOCK // _LISTED
    block = np.cumsum(size) // _BLOCK
    return [each for each in np.split(rows, np.flatnonzero(np.diff(block)) + 1) if len(each)]


def solve_yields(terms: Terms, price: Floats, settled: Whole) -> Yields:
    """The yield of each bond at a price on a day; as `effective_yields`, of prices.

    Units   prices without accrued interest, as fractions of the original par.
    """
    count = len(terms.cycle.maturity)
    force = np.full(count, np.nan)
    outcome = np.full(count, Outcome.TERMS, dtype=np.int8)
    for share in shares(terms):
        rows, cycle = share.rows, share.terms.cycle
        due = np.flatnonzero(cycle.end > settled[rows])
        outcome[rows] = Outcome.NOTHING_DUE
        stream = share.stream(settled[rows])
        if len(due) < len(rows):
            stream = stream.take(due)
        mine = rows[due]
        guess = np.log1p(cycle.coupon[due] / cycle.frequency[due])
        force[mine], outcome[mine] = solve_force(stream, price[mine] + stream.accrued, guess)
    outcome[~(price > 0)] = Outcome.NO_PRICE
    outcome[settled == NO_DATE] = Outcome.TERMS
    force[outcome != Outcome.SOLVED] = np.nan
    return Yields(rate=terms.cycle.frequency * np.expm1(force), force=force, outcome=outcome)


class Between(Enum):
    """How a book value runs from one coupon date to the next; on coupon dates all are one."""

    STRAIGHT = "straight"
    """In a straight line: a period's accretion by its days. A lot at par stays at par."""
    COMPOUND = "compound"
    """By the yield: what the payments are worth on the day, less interest accrued."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Opened:
    """Where amortization begins: a price on a day, of each lot."""

    price: Floats
    since: Whole
    between: Between = Between.STRAIGHT

    def take(self, rows: Whole) -> Self:
        """Those of some lots."""
        return replace(self, price=self.price[rows], since=self.since[rows])


def prices_at(terms: Terms, force: Floats, opened: Opened, at: Whole) -> Floats:
    """Book values as fractions of the original par; not a number without a yield."""
    found = np.full(len(force), np.nan)
    for share in shares(terms):
        rows = share.rows
        day = at if at.ndim == 0 else at[rows]
        clean = carried(share, force[rows], opened.take(rows), day)
        over = share.terms.cycle.end <= day
        if over.any():
            clean = np.where(over, redeemed(terms, rows), clean)
        found[rows] = np.where(np.isnan(force[rows]), np.nan, clean)
    return found


def carried(share: Share, force: Floats, opened: Opened, at: Whole) -> Floats:
    """Book values before the end, as fractions of the original par."""
    stream = share.stream(at)
    value = stream.worth(force)[0]
    if opened.between is Between.COMPOUND:
        return value - stream.accrued
    cycle = share.terms.cycle
    start = cycle.position(place_of(cycle, opened.since), opened.since) - stream.position
    bought_since = start <= stream.elapsed
    tied = np.flatnonzero(bought_since & (start >= stream.elapsed))
    bought_since[tied] = _in_period(cycle.take(tied), opened.since[tied], _each(at, tied))
    elapsed = np.where(bought_since, start, stream.elapsed)
    begin = np.where(bought_since, opened.price, value * np.exp(-force * elapsed))
    wait, interest = stream.coming()
    wait = np.where(np.isfinite(wait), wait, 0.0)
    with np.errstate(all="ignore"):  # nothing is coming, or no time passes: the value stands
        finish = value * np.exp(force * wait) - interest
        moved = (finish - begin) * (elapsed / (elapsed + wait))
    price = begin + np.where(elapsed > 0, moved, 0.0)
    return np.where(*_at_par(share.terms, opened, at), price)


def _in_period(cycle: Cycle, since: Whole, at: Whole) -> npt.NDArray[np.bool_]:
    """Whether a day lies in the same coupon period as another, later one.

    By days, because 30/360 counts none from the 31st to a coupon on the 1st.
    """
    number = place_of(cycle, at).number
    return np.asarray((number > cycle.first) | (since >= cycle.date(number)))


def _each(at: Whole, rows: Whole) -> Whole:
    return np.full(len(rows), at) if at.ndim == 0 else at[rows]


def _at_par(terms: Terms, opened: Opened, at: Whole) -> tuple[npt.NDArray[np.bool_], Floats]:
    """The lots bought at what they redeem, which have nothing to amortize, and what is still owed."""
    rows = np.arange(len(opened.price))
    price = terms.cycle.price
    found = np.abs(opened.price - price * terms.outstanding(rows, opened.since)) < _SAME
    if terms.steps is not None:
        found &= np.diff(terms.steps.starts) == 0
    owed = terms.outstanding(rows, np.broadcast_to(at, rows.shape))
    return found, price * owed


def redeemed(terms: Terms, rows: Whole) -> Floats:
    """What is paid of the par at the end of each bond."""
    end = terms.cycle.end[rows]
    left = terms.outstanding(rows, end)
    return terms.outstanding(rows, end - 1) - left + terms.cycle.price[rows] * left
