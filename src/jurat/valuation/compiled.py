"""Level streams lot by lot, compiled: what `bonds`, `streams` and `solve` say of columns, said of one.

Needs numba, the extra `fast`; nothing but `fast` imports this. Two loops over lots, each free of
Python's lock: the yields, then the year ends. A year's end differs from the next by whole
periods, so a lot's values are built backwards from its end, a year's powers at a time. What has no
level stream, no yield or a strange one is left to the columns. numba keeps compiled code beside the
source and looks at this file only: everything it needs stands here.
"""

from math import exp, expm1, floor, log, log1p

import numba
import numpy as np

from jurat.valuation.calendar import Floats, Whole
from jurat.valuation.compiled_rows import Bond, Columns, Cycle, Ends, Found, Level, Lot, Place, Row

_FIRST_YEAR, _LAST_YEAR = 1890, 2200
_FIRST_MONTH = (_FIRST_YEAR - 1970) * 12
_STARTS = np.array(
    np.arange(f"{_FIRST_YEAR}-01", f"{_LAST_YEAR}-02", dtype="datetime64[M]"), dtype="datetime64[D]"
).astype(np.int64)
"""The first day of each month of the years that are looked at."""
_LOWEST_DAY, _HIGHEST_DAY = int(_STARTS[24]), int(_STARTS[-24])
"""Bonds with earlier or later dates are left to the columns."""
_MONTH_OF_DAYS = 30.436875
_NO_DATE = -(1 << 63)
_NEVER = 1 << 40

_USA, _EUROPEAN, _ACTUAL = 1, 2, 3

_LOWEST, _HIGHEST = -0.25, 0.5
"""Forces beyond these are left to the columns, which know how far a yield may go."""
_FLAT = 2e-6
"""Within this of nought the columns change their formula."""
_NEAR = 1e-10
"""A step of Newton so short that the next would be lost in the last digit."""
_STEPS = 40
_SHORT = 0.1
"""Of a life shorter than this part of a period a yield has fewer digits, and the columns may find none."""

_SAME = 1e-12
_NOISE, _DRIFT = 2e-14, 5e-16
"""How far a price may lie from the columns', and how much more for each period to maturity, times what
it was made from: a power of many periods carries the rounding of each."""

_compiled = numba.njit(cache=True, nogil=True, error_model="numpy")


@_compiled
def _month_of(day: int) -> int:
    near = int(day / _MONTH_OF_DAYS)
    index = near - _FIRST_MONTH
    return near + (_STARTS[index + 1] <= day) - (_STARTS[index] > day)


@_compiled
def _day_in_month(month: int, day: int) -> int:
    index = month - _FIRST_MONTH
    return min(_STARTS[index] + day, _STARTS[index + 1]) - 1


@_compiled
def _thirty_days(begin: int, end: int, rule: int) -> int:
    month_1, month_2 = _month_of(begin), _month_of(end)
    index_1, index_2 = month_1 - _FIRST_MONTH, month_2 - _FIRST_MONTH
    day_1, day_2 = begin - _STARTS[index_1] + 1, end - _STARTS[index_2] + 1
    if rule == _USA and month_1 % 12 == 1 and begin + 1 == _STARTS[index_1 + 1]:
        if month_2 % 12 == 1 and end + 1 == _STARTS[index_2 + 1]:
            day_2 = 30
        day_1 = 30
    day_1 = min(day_1, 30)
    if rule == _EUROPEAN or day_1 == 30:
        day_2 = min(day_2, 30)
    return 30 * (month_2 - month_1) + day_2 - day_1


@_compiled
def _date(cycle: Cycle, number: int) -> int:
    return _day_in_month(cycle.month - number * cycle.step, cycle.day)


@_compiled
def _passed(cycle: Cycle, number: int, at: int) -> float:
    """How much of the period has passed that began when so many coupon dates were still to come."""
    before = _date(cycle, number)
    if cycle.rule == _ACTUAL:
        passed = (at - before) / max(_date(cycle, number - 1) - before, 1)
    else:
        passed = _thirty_days(before, at, cycle.rule) * cycle.frequency / 360.0
    return min(max(passed, 0.0), 1.0) * (number > 0)


@_compiled
def _number(cycle: Cycle, at: int) -> int:
    """How many coupon dates follow a day; a period has twelve months over the frequency."""
    ahead = cycle.month - _month_of(at)
    number = (ahead * cycle.frequency + 11) // 12
    if number * cycle.step == ahead and _date(cycle, number) > at:
        number += 1
    return max(number, 0)


@numba.njit(inline="always")
def _row(columns: Columns, at: int) -> Row:
    return Row(
        columns.maturity[at],
        columns.coupon[at],
        columns.frequency[at],
        columns.rule[at],
        columns.dated[at],
        columns.first[at],
        columns.month_end[at],
        columns.end[at],
        columns.price[at],
        columns.aside[at],
        columns.par[at],
        columns.cost[at],
        columns.settled[at],
    )


@_compiled
def _cycle(row: Row) -> Cycle:
    maturity, frequency = row.maturity, row.frequency
    month = _month_of(maturity)
    day = 31 if row.month_end else maturity - _day_in_month(month, 1) + 1
    return Cycle(12 // frequency, month, day, frequency, row.rule)


@_compiled
def _legible(row: Row) -> bool:
    """Whether a lot is one for these loops, as far as can be told before its cycle is."""
    frequency, rule = row.frequency, row.rule
    lowest, highest = _LOWEST_DAY, _HIGHEST_DAY
    maturity, settled, dated = row.maturity, row.settled, row.dated
    return (
        not row.aside
        and 0 <= rule <= _ACTUAL
        and 0 < frequency <= 12
        and 12 % frequency == 0
        and lowest <= maturity < highest
        and lowest <= settled < maturity
        and (dated == _NO_DATE or lowest <= dated)
        and row.par > 0
        and row.cost > 0
    )


@_compiled
def _bond(cycle: Cycle, row: Row) -> Bond:
    maturity, dated, end = row.maturity, row.dated, row.end
    coupon, price = row.coupon, row.price
    end = maturity if end == _NO_DATE else end
    known, named = dated != _NO_DATE, row.first != _NO_DATE
    sound = dated < maturity and row.settled < end <= maturity
    sound = sound and coupon >= 0 and price > 0
    if not (known or named):
        years = 1 / cycle.frequency
        return Bond(maturity, coupon, dated, _NEVER, years, end, price, sound)
    first, years, fits = _first(cycle, maturity, dated, row.first)
    return Bond(maturity, coupon, dated, first, years, end, price, sound and fits)


@_compiled
def _first(cycle: Cycle, maturity: int, dated: int, given: int) -> tuple[int, float, bool]:
    """The number of the first coupon, the years it pays, and whether it can be."""
    known, named = dated != _NO_DATE, given != _NO_DATE
    begins = dated if known else maturity - 1
    after = _number(cycle, begins)
    passed = _passed(cycle, after, begins)
    fits = not named or (_LOWEST_DAY <= given <= maturity and (not known or given > dated))
    first = _number(cycle, given) if named and fits else after - 1
    day = _date(cycle, first)
    fits = fits and (not named or day == given)
    years = 1 / cycle.frequency
    if known and cycle.rule <= _EUROPEAN and passed > 0:
        years = _thirty_days(dated, day, cycle.rule) / 360.0
    elif known:
        years = (after - first - passed) / cycle.frequency
    return first, years, fits


@_compiled
def _place(cycle: Cycle, bond: Bond, at: int) -> Place:
    number = _number(cycle, at)
    if number == 0:
        return Place(0, 0, 0.0, 0.0)
    passed = _passed(cycle, number, at)
    years = passed / cycle.frequency
    if number > bond.first:
        dated = bond.dated if bond.dated != _NO_DATE else _date(cycle, number)
        begun = _number(cycle, dated)
        before = _passed(cycle, begun, dated)
        years = (begun - before - (number - passed)) / cycle.frequency
        if cycle.rule <= _EUROPEAN and before > 0:
            years = _thirty_days(dated, at, cycle.rule) / 360.0
    return Place(number, min(number, bond.first + 1), number - passed, max(years, 0.0))


@_compiled
def _level(cycle: Cycle, bond: Bond, place: Place, ends: Place) -> Level:
    coupon = bond.coupon / cycle.frequency
    first = bond.coupon * bond.first_years if place.left > bond.first else coupon
    count = place.left - ends.left
    return Level(
        place.periods - place.left + 1,
        count,
        first if count > 0 else 0.0,
        coupon if count > 1 else 0.0,
        bond.price + bond.coupon * ends.years,
        place.periods - ends.periods,
        bond.coupon * ends.years,
        bond.coupon * place.years,
    )


@_compiled
def _worth(level: Level, force: float) -> tuple[float, float]:
    """Present value, accrued interest included, and its slope in the force."""
    more = max(level.coupons - 1, 0)
    near = exp(-force * level.until)
    if abs(force) < _FLAT:
        kept = more * force
        annuity = more - force * more * (more + 1) / 2
        bend = -more * (more + 1) / 2.0
    else:
        growth = expm1(force)
        kept = -expm1(-more * force)
        annuity = kept / growth
        bend = (more * (1 - kept) - annuity * (growth + 1)) / growth
    coupons = near * (level.first + level.coupon * annuity)
    # most bonds end with their last coupon, which is discounted already
    together = level.last_at == level.until + more
    final = level.last * (near * (1 - kept) if together else exp(-force * level.last_at))
    slope = near * level.coupon * bend - level.until * coupons - level.last_at * final
    return coupons + final, slope


@_compiled
def _solve(level: Level, paid: float, guess: float) -> float:
    """The force at which a stream is worth what was paid; no number where the columns must look."""
    price = log(paid)
    now = min(max(guess, _LOWEST), _HIGHEST)
    low, high = _LOWEST, _HIGHEST
    for _ in range(_STEPS):
        value, slope = _worth(level, now)
        if not (value > 0 and slope < 0):
            return np.nan
        over = log(value) - price
        there = now - over * value / slope
        if abs(there - now) <= _NEAR:
            common = _LOWEST + _NEAR < there < _HIGHEST - _NEAR and abs(there) > _FLAT
            return there if common and -slope > _SHORT * value else np.nan
        low, high = (now, high) if over > 0 else (low, now)
        now = there if low <= there <= high else (low + high) / 2
    return np.nan


@_compiled
def solve(columns: Columns, found: Found) -> None:
    """Find the yields of lots, and how many year ends each has."""
    for at in range(len(columns.par)):
        found.force[at] = np.nan
        row = _row(columns, at)
        if not _legible(row):
            continue
        cycle = _cycle(row)
        bond = _bond(cycle, row)
        if not bond.sound:
            continue
        settled = row.settled
        place = _place(cycle, bond, settled)
        level = _level(cycle, bond, place, _place(cycle, bond, bond.end))
        paid = row.cost / row.par + level.accrued
        force = _solve(level, paid, log1p(bond.coupon / cycle.frequency))
        found.force[at] = force
        found.rate[at] = cycle.frequency * expm1(force)
        years = _month_of(bond.end) // 12 - _month_of(settled) // 12
        found.years[at] = max(years, 0)


@_compiled
def _early(cycle: Cycle, bond: Bond, lot: Lot, at: int) -> float:
    """What a lot is carried at before the first coupon."""
    place = _place(cycle, bond, at)
    level = _level(cycle, bond, place, _place(cycle, bond, bond.end))
    value = _worth(level, lot.force)[0]
    if not lot.straight:
        return value - level.accrued
    elapsed = _place(cycle, bond, lot.settled).periods - place.periods
    wait = level.until if level.coupons > 0 else level.last_at
    interest = level.first if level.coupons > 0 else level.last_interest
    finish = value * exp(lot.force * wait) - interest
    return _between(lot.price, finish, elapsed, wait)


@_compiled
def _between(begin: float, finish: float, elapsed: float, wait: float) -> float:
    if elapsed <= 0:
        return begin
    return begin + (finish - begin) * (elapsed / (elapsed + wait))


@_compiled
def _cents(amount: float) -> int:
    cents = floor(abs(amount) + 0.5)
    return cents if amount >= 0 else -cents


@_compiled
def _unsure(clean: float, par: int, number: int) -> bool:
    """Whether the cents may be otherwise by the last digits of a price."""
    amount = abs(clean) * par
    noise = (_NOISE + _DRIFT * number) * (1 + abs(clean)) * par
    return not abs(amount - floor(amount) - 0.5) > noise


@_compiled
def _write(cycle: Cycle, bond: Bond, lot: Lot, cents: Whole) -> bool:
    """Write a lot's year ends, the last first; tell whether any is unsure."""
    ends, since = _place(cycle, bond, bond.end), _place(cycle, bond, lot.settled)
    coupon, frequency = bond.coupon / cycle.frequency, cycle.frequency
    grow, back = exp(lot.force), exp(-lot.force)
    annual, year = _powers(back, frequency)
    number = _number(cycle, _year_end(lot, len(cents) - 1))
    annuity, power = _powers(back, number - ends.number)
    last = bond.price + bond.coupon * ends.years
    final = last * exp(-lot.force * (ends.number - ends.periods)) * power
    # only in February, or by actual days, does a period's part differ from year to year
    moves = cycle.rule == _ACTUAL or (cycle.month - number * cycle.step) % 12 == 1
    passed, growth, unsure = -1.0, 1.0, False
    for index in range(len(cents) - 1, -1, -1):
        at = _year_end(lot, index)
        if number > bond.first:
            clean = _early(cycle, bond, lot, at)
        else:
            before = passed
            if moves or before < 0:
                passed = _passed(cycle, number, at)
            periods, held = number - passed, coupon * annuity + final
            if lot.straight:
                coming = number > ends.number
                finish = held * grow - coupon if coming else last - bond.coupon * ends.years
                wait = periods - number + 1 if coming else periods - ends.periods
                bought, full = since.periods - periods, number - periods
                begin = lot.price if bought <= full else held
                clean = _between(begin, finish, min(bought, full), wait)
            else:
                growth = growth if passed == before else exp(lot.force * passed)
                clean = held * growth - bond.coupon * passed / frequency
            annuity = annual + year * annuity
            final *= year
        cents[index] = _cents(clean * lot.par)
        unsure = unsure or _unsure(clean, lot.par, number)
        number += frequency
    return unsure


@_compiled
def _powers(back: float, count: int) -> tuple[float, float]:
    """The worth of so many payments of one, a period apart, and of the last of them."""
    annuity, power = 0.0, 1.0
    for _ in range(count):
        power *= back
        annuity += power
    return annuity, power


@_compiled
def _year_end(lot: Lot, index: int) -> int:
    return _STARTS[12 * (lot.begin + index + 1) - _FIRST_MONTH] - 1


@_compiled
def year_ends(columns: Columns, force: Floats, ends: Ends) -> None:
    """Write every year-end book value of every lot that has a force."""
    for at in range(len(columns.par)):
        count = ends.starts[at + 1] - ends.starts[at]
        if count == 0 or np.isnan(force[at]):
            continue
        row = _row(columns, at)
        cycle = _cycle(row)
        bond = _bond(cycle, row)
        begin = _month_of(row.settled) // 12
        lot = Lot(row.settled, row.cost / row.par, row.par, force[at], begin, ends.straight)
        out = ends.starts[at] - ends.starts[0]
        for year in range(count):
            ends.years[out + year] = begin + year + 1970
        cents = ends.cents[out : out + count]
        if ends.straight and abs(lot.price - bond.price) < _SAME:
            cents[:] = _cents(bond.price * row.par)
        else:
            ends.near[at] = _write(cycle, bond, lot, cents)
