"""Rows of records for examples worked by hand: round numbers, whole years, payments on 31 December."""

import numpy as np

from jurat.records import Records
from jurat.valuation.calendar import Whole, days_of
from jurat.valuation.movements import Movements
from jurat.valuation.years import value_year
from tests.records_made import Rows, records_of

Row = dict[str, str]
ACCOUNTS: Rows = [{"account": "A", "basis": "general"}, {"account": "F", "basis": "fair"}]


def yearly(**more: str) -> Row:
    """A bond that pays once a year, on the last day; without a coupon unless one is said."""
    return {
        "security": "B",
        "kind": "bond",
        "issuer": "industrial",
        "coupon": "0",
        "frequency": "1",
        "month_end": "yes",
        "maturity": "2013-12-31",
        **more,
    }


def stock(**more: str) -> Row:
    return {"security": "C", "kind": "common", "issuer": "industrial", **more}


def lot(**more: str) -> Row:
    return {
        "lot": "L",
        "account": "A",
        "security": "B",
        "traded": "2010-12-31",
        "quantity": "1000000",
        "cost": "1000000",
        **more,
    }


def trade(**more: str) -> Row:
    return {
        "trade": "T",
        "kind": "sale",
        "lot": "L",
        "account": "A",
        "security": "B",
        "traded": "2012-12-31",
        **more,
    }


def records(**tables: Rows) -> Records:
    return records_of(accounts=ACCOUNTS, **tables)


def moved(held: Records, year: int) -> Movements:
    return value_year(held, year).movements


def day(text: str) -> int:
    return int(days_of(text))


def whole(*values: int) -> Whole:
    return np.array(values, dtype=np.int64)
