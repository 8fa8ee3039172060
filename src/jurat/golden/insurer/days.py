"""Days, coupon dates and how interest counts days between them; a bond's own calendar.

A day is an ordinal: 1 January of the year 1 is day 1. Coupon dates are numbered by the payments that
follow them, so the maturity is number 0 (decision 17).
"""

from bisect import bisect_right
from calendar import isleap
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

THIRTY = ("30/360", "30/360 USA", "30E/360")
BY_DAYS = {"Act/360": 360, "Act/365": 365}
"""Rules under which interest has no period to be a part of, with their year."""

_LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EARLIEST = date(1995, 1, 1).toordinal()
ONE, NOUGHT = Decimal(1), Decimal(0)


def day(year: int, month: int, number: int) -> int:
    """A day of a month, or the month's last where it has no such day."""
    last = 29 if month == 2 and isleap(year) else _LAST[month - 1]
    return date(year, month, min(number, last)).toordinal()


def moved(start: int, months: int) -> int:
    """The same day some months later."""
    at = date.fromordinal(start)
    month = at.year * 12 + at.month - 1 + months
    return day(month // 12, month % 12 + 1, at.day)


def year_end(year: int) -> int:
    """31 December."""
    return date(year, 12, 31).toordinal()


def year_of(at: int) -> int:
    """The calendar year of a day."""
    return date.fromordinal(at).year


def thirty_days(begin: int, end: int, rule: str) -> int:
    """Days between where every month has thirty, by one of three rules.

    >>> leap, end = day(2024, 2, 29), day(2024, 3, 31)
    >>> [thirty_days(leap, end, rule) for rule in THIRTY]
    [32, 30, 31]
    """
    one, two = date.fromordinal(begin), date.fromordinal(end)
    first, last = one.day, two.day
    if rule == "30/360 USA" and _ends_february(one):
        last = 30 if _ends_february(two) else last
        first = 30
    first = min(first, 30)
    if rule == "30E/360" or first == 30:
        last = min(last, 30)
    return 360 * (two.year - one.year) + 30 * (two.month - one.month) + last - first


def _ends_february(at: date) -> bool:
    return at.month == 2 and at.day == 28 + isleap(at.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a bond pays: its coupon dates, and where its interest begins."""

    dates: tuple[int, ...]
    """Coupon dates of the cycle, rising to the maturity; they may begin before the issue."""
    frequency: int
    rule: str
    dated: int | None = None
    first: int | None = None
    """The number of the first coupon, if the bond is younger than its cycle."""

    @property
    def maturity(self) -> int:
        """The last of its dates."""
        return self.dates[-1]

    @property
    def basis(self) -> int:
        """The days of a year, where interest counts days only; otherwise nought."""
        return BY_DAYS.get(self.rule, 0)

    def date(self, number: int) -> int:
        """The coupon date before which so many payments follow."""
        return self.dates[-1 - number]

    def number(self, at: int) -> int:
        """How many coupon dates follow a day; a coupon due on the day is paid."""
        return len(self.dates) - bisect_right(self.dates, at)

    def passed(self, at: int) -> tuple[int, Decimal]:
        """The coupon dates that follow a day, and how much of its period has passed."""
        number = self.number(at)
        if number == 0:
            return 0, NOUGHT
        before = self.date(number)
        if self.rule in THIRTY:
            days = thirty_days(before, at, self.rule)
            return number, min(Decimal(days * self.frequency) / 360, ONE)
        return number, Decimal(at - before) / (self.date(number - 1) - before)

    def left(self, at: int) -> Decimal:
        """Time to maturity as yields count it: coupon periods, or days of a year's basis."""
        if self.basis:
            return Decimal(self.frequency * (self.maturity - at)) / self.basis
        number, passed = self.passed(at)
        return number - passed

    def opens(self, at: int) -> bool:
        """Whether a day lies before the first coupon."""
        return self.first is not None and self.number(at) > self.first

    def since(self, at: int) -> int:
        """Where interest accrued on a day begins."""
        opened = self.opens(at) and self.dated is not None
        return self.dated if opened and self.dated else self.date(self.number(at))

    def accrued(self, at: int) -> Decimal:
        """Years of interest accrued on a day."""
        if self.basis:
            return Decimal(max(at - self.since(at), 0)) / self.basis
        number, passed = self.passed(at)
        if self.opens(at) and self.dated is not None:
            return self._opening(at, number - passed)
        return passed / self.frequency

    def coupon(self, number: int) -> Decimal:
        """Years of interest that the coupon of a number pays."""
        at = self.date(number)
        begins = self.dated if number == self.first and self.dated else self.date(number + 1)
        if self.basis:
            return Decimal(at - begins) / self.basis
        if number == self.first and self.dated:
            return self._opening(at, Decimal(number))
        return ONE / self.frequency

    def _opening(self, at: int, left: Decimal) -> Decimal:
        """Years since interest began: in thirties if it began off the cycle, else in periods."""
        if self.dated is None:
            raise ValueError("Nothing says where interest begins.")
        number, passed = self.passed(self.dated)
        if self.rule in THIRTY and passed:
            return Decimal(thirty_days(self.dated, at, self.rule)) / 360
        return (number - passed - left) / self.frequency


def schedule(
    maturity: int,
    frequency: int,
    rule: str,
    *,
    month_end: bool = False,
    opening: tuple[int, int] = (0, 0),
) -> Schedule:
    """A bond's calendar, counted back from its maturity.

    `opening` is where interest begins and the day of the first coupon; nought for what is not odd.

    >>> plan = schedule(day(2013, 11, 15), 2, "30/360")
    >>> plan.number(day(2012, 12, 31)), round(plan.passed(day(2012, 12, 31))[1] * 180)
    (2, 46)
    """
    end = date.fromordinal(maturity)
    step, month = 12 // frequency, end.year * 12 + end.month - 1
    falls = 31 if month_end else end.day
    dates: list[int] = []
    while not dates or dates[-1] > _EARLIEST:
        dates.append(day(month // 12, month % 12 + 1, falls))
        month -= step
    made = Schedule(dates=tuple(reversed(dates)), frequency=frequency, rule=rule)
    dated, first = opening
    if not dated:
        return made
    number = made.number(first) if first else made.number(dated) - 1
    return replace(made, dated=dated, first=number)
