"""The terms of every security of the records, and the later terms of those whose payments changed.

A floater has new terms at each reset, a loan-backed security at each new estimate of repayments. The
first rows are the securities as issued, in the order of their table; later terms follow.
"""

from dataclasses import dataclass, replace

import numpy as np

from jurat.records import Records, Table, places
from jurat.records.tables import COUPONS, ESTIMATES
from jurat.valuation.bonds import Bonds, Schedule
from jurat.valuation.calendar import Bools, Floats, Whole, dates_of
from jurat.valuation.dated import Dated
from jurat.valuation.listing import Terms
from jurat.valuation.matching import spread
from jurat.valuation.portfolio import terms_of
from jurat.valuation.worst import Calls

_RATE = 10**9
_SHARE = 10**12
_CENT_OF_PRICE = 10**10
"""Hundred-millionths per hundred of par, as a fraction of par."""
_ISSUE = -(1 << 20)
"""The day of an estimate made at issue: before all others."""
_NEVER = 1 << 21
FLOATING = COUPONS.index("floating")
STEP = COUPONS.index("step")
RETROSPECTIVE = ESTIMATES.index("retrospective")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Issues:
    """Terms by row: securities as issued, then their later terms."""

    terms: Terms
    security: Whole
    """Whose terms each row is."""
    is_estimate: Bools
    """Whether a row comes of a new estimate of repayments."""
    is_retrospective: Bools
    """By security: whether new estimates count from the purchase."""
    later: Dated
    """The rows of later terms, by security and day."""
    days: Whole
    """From which day each row holds."""
    calls: Calls
    """By security."""
    has_calls: Bools

    def held(self, security: Whole, day: Whole) -> Whole:
        """The row of terms in force on a day."""
        row = self.later.latest(security, day)
        return np.asarray(np.where(row >= 0, row, security))


def issues_of(records: Records) -> Issues:
    """The terms of a company's securities.

    Source  the tables securities, coupons, repayments and calls.
    """
    table = records["securities"]
    count = len(table)
    resets, estimates = _resets(records), _estimates(records)
    changes = np.unique(
        np.concatenate([_pairs(resets.security, resets.day), _pairs(*estimates.changes)]), axis=0
    )
    owner = np.concatenate([np.arange(count), changes[:, 0]])
    days = np.concatenate([np.full(count, _ISSUE), changes[:, 1]])
    estimated = set(map(tuple, _pairs(*estimates.changes).tolist()))
    is_estimate = np.zeros(len(owner), dtype=np.bool_)
    is_estimate[count:] = [tuple(row) in estimated for row in changes.tolist()]
    coupon = _over(table.filled("coupon", 0), _RATE)
    reset = resets.by_day.latest(owner, days)
    rates = np.where(reset >= 0, resets.rate[reset] if len(resets.rate) else 0.0, coupon[owner])
    bonds = Bonds(
        maturity=dates_of(table.whole("maturity")[owner]),
        coupon=rates,
        frequency=table.filled("frequency", 2)[owner],
        day_count=table.filled("day_count", 0)[owner],
        dated=dates_of(table.whole("dated")[owner]),
        first=dates_of(table.whole("first_coupon")[owner]),
        month_end=table.filled("month_end", 0)[owner] == 1,
        steps=_steps(records, owner),
        sinking=estimates.schedule(owner, days),
    )
    calls, has_calls = _calls(records)
    return Issues(
        terms=terms_of(bonds),
        security=owner,
        is_estimate=is_estimate,
        is_retrospective=table.filled("estimates", 0) == RETROSPECTIVE,
        later=_shifted(Dated.of(owner[count:], days[count:]), count),
        days=days,
        calls=calls,
        has_calls=has_calls,
    )


def _shifted(dated: Dated, by: int) -> Dated:
    return replace(dated, rows=dated.rows + by)


def _over(values: Whole, unit: int) -> Floats:
    """Whole numbers of a unit as fractions: divided, so that 0.07 is the nearest there is."""
    return np.asarray(values / unit, dtype=np.float64)


def _pairs(owner: Whole, day: Whole) -> Whole:
    return np.stack([owner, day], axis=1)


def _scheduled(owner: Whole, days: Whole, values: Floats, count: int) -> Schedule | None:
    """Rows in any order as a schedule of so many owners; nothing where there are none."""
    if not len(owner):
        return None
    order = np.lexsort((days, owner))
    starts = np.searchsorted(owner[order], np.arange(count + 1)).astype(np.int64)
    return Schedule(starts=starts, days=days[order], values=values[order])


# -- coupons --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Resets:
    security: Whole
    day: Whole
    rate: Floats
    by_day: Dated


def _resets(records: Records) -> _Resets:
    """The new rates of floaters."""
    owner, table = _owned(records, "coupons")
    rows = np.flatnonzero(_of_type(records, owner, FLOATING))
    security, day = owner[rows], table.whole("date")[rows]
    return _Resets(
        security=security,
        day=day,
        rate=_over(table.whole("rate")[rows], _RATE),
        by_day=Dated.of(security, day),
    )


def _steps(records: Records, owner: Whole) -> Schedule | None:
    """The steps known at issue, for every row of terms."""
    security, table = _owned(records, "coupons")
    rows = np.flatnonzero(_of_type(records, security, STEP))
    count = len(records["securities"])
    days, rates = table.whole("date")[rows], _over(table.whole("rate")[rows], _RATE)
    steps = _scheduled(security[rows], days, rates, count)
    return None if steps is None else steps.take(owner)


def _owned(records: Records, name: str) -> tuple[Whole, Table]:
    """The security of each row of a table."""
    table = records[name]
    return places(table.text("security"), records["securities"].text("security")), table


def _of_type(records: Records, owner: Whole, kind: int) -> Bools:
    types = records["securities"].filled("coupon_type", 0)
    return np.asarray((owner >= 0) & (types[owner] == kind)) if len(types) else owner > 0


# -- repayments -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Estimates:
    """Repayments with the day of their estimate, and the day the next one replaced it."""

    security: Whole
    as_of: Whole
    until: Whole
    day: Whole
    share: Floats
    count: int

    @property
    def changes(self) -> tuple[Whole, Whole]:
        """Whose estimate changed, and when."""
        later = self.as_of > _ISSUE
        return self.security[later], self.as_of[later]

    def schedule(self, owner: Whole, days: Whole) -> Schedule | None:
        """For every row of terms: what was repaid by its day, and what is expected then."""
        if not len(self.day):
            return None
        begin = np.searchsorted(self.security, owner)
        many = np.searchsorted(self.security, owner, side="right") - begin
        row, mine = spread(begin, many)
        known = self.as_of[mine] <= days[row]
        replaced = (self.until[mine] <= days[row]) & (self.day[mine] > self.until[mine])
        keep = known & ~replaced & (self.day[mine] > self.as_of[mine])
        row, mine = row[keep], mine[keep]
        return _scheduled(row, self.day[mine], self.share[mine], len(owner))


def _estimates(records: Records) -> _Estimates:
    owner, table = _owned(records, "repayments")
    as_of = table.filled("as_of", _ISSUE)
    known = np.flatnonzero(owner >= 0)
    order = known[np.lexsort((table.whole("date")[known], as_of[known], owner[known]))]
    owner, as_of = owner[order], as_of[order]
    until = np.full(len(owner), _NEVER)
    kinds, place = np.unique(_pairs(owner, as_of), axis=0, return_inverse=True)
    if len(kinds):
        following = np.append(kinds[1:, 1], _NEVER)
        following[np.append(kinds[1:, 0] != kinds[:-1, 0], True)] = _NEVER
        until = following[place.reshape(-1)]
    return _Estimates(
        security=owner,
        as_of=as_of,
        until=until,
        day=table.whole("date")[order],
        share=_over(table.whole("share")[order], _SHARE),
        count=len(records["securities"]),
    )


# -- calls ----------------------------------------------------------------------------------------


def _calls(records: Records) -> tuple[Calls, Bools]:
    """The calls that count, by security, and which securities have any."""
    owner, table = _owned(records, "calls")
    count = len(records["securities"])
    rows = np.flatnonzero((owner >= 0) & (table.filled("make_whole", 0) == 0))
    days, prices = table.whole("date")[rows], _over(table.whole("price")[rows], _CENT_OF_PRICE)
    schedule = _scheduled(owner[rows], days, prices, count)
    has = np.bincount(owner[rows], minlength=count) > 0
    any_day = np.bincount(owner[rows], table.filled("any_day", 0)[rows], count) > 0
    if schedule is None:
        schedule = Schedule(
            starts=np.zeros(count + 1, dtype=np.int64),
            days=np.zeros(0, dtype=np.int64),
            values=np.zeros(0),
        )
    return Calls(schedule=schedule, any_day=any_day), has
