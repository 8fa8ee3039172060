"""What the compiled loops are given, find on their way, and write: columns, and rows of scalars.

Named tuples, because numba reads no other classes.
"""

from typing import NamedTuple

from jurat.valuation.calendar import Bools, Floats, Whole


class Columns(NamedTuple):
    """The terms of bonds, and the lots bought of them; dates as days since 1970."""

    maturity: Whole
    coupon: Floats
    frequency: Whole
    rule: Whole
    dated: Whole
    first: Whole
    month_end: Bools
    end: Whole
    price: Floats
    aside: Bools
    """The lots that are not to be looked at."""
    par: Whole
    cost: Whole
    settled: Whole


class Row(NamedTuple):
    """A lot with its bond: an element of each column."""

    maturity: int
    coupon: float
    frequency: int
    rule: int
    dated: int
    first: int
    month_end: bool
    end: int
    price: float
    aside: bool
    par: int
    cost: int
    settled: int


class Found(NamedTuple):
    """What is found of each lot: no number where it is left to the columns."""

    force: Floats
    rate: Floats
    years: Whole
    """How many year ends the lot has."""


class Ends(NamedTuple):
    """Where the year ends of each lot are written."""

    starts: Whole
    years: Whole
    cents: Whole
    near: Bools
    """The lots with a value so near half a cent that the columns might round it otherwise."""
    straight: bool
    """Whether book values run straight from one coupon date to the next."""


class Cycle(NamedTuple):
    """A bond's coupon dates."""

    step: int
    month: int
    day: int
    frequency: int
    rule: int


class Bond(NamedTuple):
    """A bond's terms, worked out."""

    maturity: int
    coupon: float
    dated: int
    first: int
    first_years: float
    end: int
    price: float
    sound: bool


class Place(NamedTuple):
    """Where a day stands among the coupons."""

    number: int
    left: int
    periods: float
    years: float


class Level(NamedTuple):
    """Level coupons and one last payment."""

    until: float
    coupons: int
    first: float
    coupon: float
    last: float
    last_at: float
    last_interest: float
    accrued: float


class Lot(NamedTuple):
    """What was bought, and the force it was bought at."""

    settled: int
    price: float
    par: int
    force: float
    begin: int
    """The year it was bought, from 1970."""
    straight: bool
