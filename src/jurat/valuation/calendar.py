"""Dates as columns of whole days, and how interest counts them.

A date is a whole number of days since 1 January 1970, a month a whole number since that January.
NumPy's own calendar costs some forty nanoseconds a date; a table of months costs one.
"""

from collections.abc import Sequence
from datetime import date
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Dates = npt.NDArray[np.datetime64]
DateColumn = npt.ArrayLike | date | Sequence[date]
"""Dates as people hold them: a column of NumPy's, of Python's, ISO text, or one for all."""

_FIRST_MONTH = int(np.datetime64("0001-01", "M").astype(np.int64))
_LAST_MONTH = int(np.datetime64("9999-12", "M").astype(np.int64))
_STARTS: Whole = (
    np.arange(_FIRST_MONTH, _LAST_MONTH + 2)
    .astype("datetime64[M]")
    .astype("datetime64[D]")
    .astype(np.int64)
)
"""The first day of every month of the years 1 to 9999, and the day after the last."""

_MONTH_OF_DAYS = 30.436875
"""Days in a month of the Gregorian calendar, on average."""

NO_DATE = int(np.iinfo(np.int64).min)
"""A date that is not known, as NumPy writes it."""


class DayCount(IntEnum):
    """How interest counts days; each rule has one name, because "30/360" is not one rule."""

    THIRTY_BOND_BASIS = 0
    """30/360 bond basis: the 31st is the 30th, at the end only after the 30th or 31st."""
    THIRTY_USA = 1
    """30/360 USA: bond basis, and the last of February counts as the 30th."""
    THIRTY_EUROPEAN = 2
    """30E/360: the 31st is always the 30th."""
    ACTUAL_ACTUAL = 3
    """Act/Act ICMA: actual days over the actual days of the coupon period."""
    ACTUAL_360 = 4
    ACTUAL_365 = 5
    """Act/365 fixed: leap days count, and the year has 365."""


BASIS = {DayCount.ACTUAL_360: 360.0, DayCount.ACTUAL_365: 365.0}
"""The days of a year of the rules that count days only."""


def days_of(dates: DateColumn) -> Whole:
    """Dates as days since 1970; a date that is not known is `NO_DATE`."""
    return np.asarray(dates, dtype="datetime64[D]").astype(np.int64)


def dates_of(days: Whole) -> Dates:
    """Days since 1970 as dates."""
    return days.astype("datetime64[D]")


def month_of(days: Whole) -> Whole:
    """The month each day falls in, since January 1970.

    >>> month_of(days_of(["1970-01-31", "2012-02-29"])).tolist()
    [0, 505]
    """
    near = np.clip((days / _MONTH_OF_DAYS).astype(np.int64), _FIRST_MONTH + 1, _LAST_MONTH - 1)
    index = near - _FIRST_MONTH
    return near + (_STARTS[index + 1] <= days) - (_STARTS[index] > days)


def day_in_month(months: Whole, day: Whole) -> Whole:
    """A day of each month, or the month's last where it has no such day.

    >>> dates_of(day_in_month(np.array([505, 506]), np.array([31, 31]))).astype(str).tolist()
    ['2012-02-29', '2012-03-31']
    """
    index = np.clip(months - _FIRST_MONTH, 0, len(_STARTS) - 2)
    last: Whole = np.minimum(_STARTS[index] + day, _STARTS[index + 1]) - 1
    return last


def _split(days: Whole) -> tuple[Whole, Whole, Bools]:
    """Month, day of the month, and whether it is the last of February."""
    month = month_of(days)
    index = month - _FIRST_MONTH
    return month, days - _STARTS[index] + 1, (month % 12 == 1) & (days + 1 == _STARTS[index + 1])


def thirty_days(begin: Whole, end: Whole, rule: npt.ArrayLike) -> Whole:
    """Days from one date to another where every month has thirty.

    Units   days; dates as days since 1970; rules as codes of `DayCount`.
    Shape   as the dates, which may be a column and one date.
    Source  ISDA 2006 4.16(f), (g); SIFMA standard calculation methods for the USA rule.

    29 February to 31 March 2024 is 31 - 29 + 30 = 32, 30 - 30 + 30 = 30, 30 - 29 + 30 = 31:

    >>> leap, end = days_of("2024-02-29"), days_of("2024-03-31")
    >>> [int(thirty_days(leap, end, rule)) for rule in list(DayCount)[:3]]
    [32, 30, 31]
    """
    code = np.asarray(rule)
    month_1, day_1, february_1 = _split(begin)
    month_2, day_2, february_2 = _split(end)
    usa = code == DayCount.THIRTY_USA
    late = usa & february_1
    day_2 = np.where(late & february_2, 30, day_2)
    day_1 = np.where(late, 30, np.minimum(day_1, 30))
    cut = (code == DayCount.THIRTY_EUROPEAN) | (day_1 == 30)
    day_2 = np.where(cut, np.minimum(day_2, 30), day_2)
    counted: Whole = 30 * (month_2 - month_1) + day_2 - day_1
    return counted


def days_between(begin: DateColumn, end: DateColumn, rule: DayCount) -> Whole:
    """Days of interest from one date to another.

    Units   days.
    Shape   as the dates, which broadcast.
    Source  ISDA 2006 4.16; for Act/Act ICMA these are the days accrued, over the period's.

    >>> days_between("2012-01-31", ["2012-02-29", "2012-12-31"], DayCount.ACTUAL_360).tolist()
    [29, 335]
    >>> days_between("2012-01-31", ["2012-02-29", "2012-12-31"], DayCount.THIRTY_BOND_BASIS).tolist()
    [29, 330]
    """
    first, last = np.broadcast_arrays(days_of(begin), days_of(end))
    if rule <= DayCount.THIRTY_EUROPEAN:
        return thirty_days(first, last, rule)
    return np.asarray(last - first)
