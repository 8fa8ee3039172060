"""Dates and day counts against the calendar of the standard library and published rules."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurat.valuation import DayCount
from jurat.valuation.calendar import (
    dates_of,
    day_in_month,
    days_between,
    days_of,
    month_of,
    thirty_days,
)

BOND, USA, EUROPE = DayCount.THIRTY_BOND_BASIS, DayCount.THIRTY_USA, DayCount.THIRTY_EUROPEAN

VECTORS = [  # from, to, bond basis, USA, European
    ("2024-02-29", "2024-03-31", 32, 30, 31),
    ("2007-02-28", "2007-03-31", 33, 30, 32),
    ("2007-02-28", "2008-02-29", 361, 360, 361),
    ("2008-02-29", "2009-02-28", 359, 360, 359),
    ("2011-08-31", "2012-02-29", 179, 179, 179),
    ("2012-01-15", "2012-01-31", 16, 16, 15),
    ("2012-01-30", "2012-01-31", 0, 0, 0),
    ("2012-01-31", "2012-03-31", 60, 60, 60),
    ("2012-11-15", "2012-12-31", 46, 46, 45),
    ("2012-12-31", "2013-05-15", 135, 135, 135),
]

days = st.dates(date(1901, 1, 1), date(2199, 12, 31))


@given(days)
def test_the_month_of_a_day_is_the_calendars(day: date) -> None:
    found = month_of(days_of(day))
    assert int(found) == (day.year - 1970) * 12 + day.month - 1


@given(days)
def test_a_month_has_no_31st_unless_it_has(day: date) -> None:
    month = np.array([(day.year - 1970) * 12 + day.month - 1])
    last = dates_of(day_in_month(month, np.array([31]))).astype(object)[0]
    assert (last + timedelta(days=1)).day == 1
    assert last.month == day.month


@pytest.mark.parametrize(("begin", "end", "bond", "usa", "europe"), VECTORS)
def test_thirty_days_by_each_rule(begin: str, end: str, bond: int, usa: int, europe: int) -> None:
    found = [int(days_between(begin, end, rule)) for rule in (BOND, USA, EUROPE)]
    assert found == [bond, usa, europe]


def test_a_column_may_mix_the_rules() -> None:
    begin, end = days_of(["2024-02-29"] * 3), days_of("2024-03-31")
    assert thirty_days(begin, end, np.array([BOND, USA, EUROPE])).tolist() == [32, 30, 31]


def test_actual_days_count_the_leap_day() -> None:
    for rule in (DayCount.ACTUAL_ACTUAL, DayCount.ACTUAL_360, DayCount.ACTUAL_365):
        assert days_between("2012-02-01", ["2012-03-01", "2013-02-01"], rule).tolist() == [29, 366]


@given(days, days)
def test_thirty_days_are_quantlibs(begin: date, end: date) -> None:
    ql = pytest.importorskip("QuantLib", reason="a second opinion: pip install --group quantlib")
    first, last = sorted((begin, end))
    pair = [ql.Date(one.day, one.month, one.year) for one in (first, last)]
    rules = {
        BOND: ql.Thirty360.BondBasis,
        USA: ql.Thirty360.USA,
        EUROPE: ql.Thirty360.European,
    }
    for rule, name in rules.items():
        theirs = ql.Thirty360(name).dayCount(*pair)
        assert int(days_between(first, last, rule)) == theirs, rule
