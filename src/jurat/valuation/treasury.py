"""Prices and yields as the Treasury states them: bills by discount, notes and bonds at auction."""

import numpy as np
import numpy.typing as npt

from jurat.valuation.bonds import Bonds, place_of
from jurat.valuation.calendar import DateColumn, Floats, Whole, days_of
from jurat.valuation.portfolio import listed, terms_of
from jurat.valuation.streams import level_stream

_BILLED = 1e8
"""Accrued interest is billed to six decimals of a hundred, halves up."""

_HALF = 0.5 + 1e-5
"""A half, and what a float may lack of one."""

_HALF_YEAR = 182
"""A bill of more days pays, in the investment yield, as if a coupon had fallen in between."""


def bill_price(discount: npt.ArrayLike, bought: DateColumn, maturity: DateColumn) -> Floats:
    """What a bill costs at a bank discount: actual days over 360, off the par.

    Units   fractions: of par a year in, of par out.
    Shape   an element for each bill.
    Source  31 CFR 356 appendix B, section III.

    91 days at 1.06 %: 1 - 0.0106 x 91 / 360.

    >>> bill_price([0.0106], "2008-04-17", ["2008-07-17"]).round(8).tolist()
    [0.99732056]
    """
    days = days_of(maturity) - days_of(bought)
    return np.asarray(1 - np.asarray(discount, dtype=np.float64) * days / 360)


def bill_discount(price: npt.ArrayLike, bought: DateColumn, maturity: DateColumn) -> Floats:
    """The bank discount of a bill at a price.

    Units   fractions: of par in, of par a year out.
    Source  31 CFR 356 appendix B, section III.

    >>> bill_discount([0.99732056], "2008-04-17", ["2008-07-17"]).round(4).tolist()
    [0.0106]
    """
    days = days_of(maturity) - days_of(bought)
    return np.asarray((1 - np.asarray(price, dtype=np.float64)) * 360 / days)


def investment_yield(price: npt.ArrayLike, bought: DateColumn, maturity: DateColumn) -> Floats:
    """The yield of a bill like a coupon bond's: simple to half a year, then with one coupon between.

    Units   fractions: of par in, a year out.
    Shape   an element for each bill.
    Source  31 CFR 356 appendix B, section III; the year has 366 days if a 29 February follows
            within a year of the purchase.

    91 days at 99.732056: 0.267944 / 99.732056 x 365 / 91.

    >>> investment_yield([0.99732056], "2008-04-17", ["2008-07-17"]).round(5).tolist()
    [0.01078]
    """
    paid = np.asarray(price, dtype=np.float64)
    begin, end = np.broadcast_arrays(days_of(bought), days_of(maturity))
    days, year = end - begin, _year_after(begin)
    simple = (1 - paid) / paid * year / days
    a, b, c = days / (2 * year) - 0.25, days / year, (paid - 1) / paid
    root = np.sqrt(np.maximum(b * b - 4 * a * c, 0.0))
    # c over the larger root: it has no nought below where a bill is just half a year
    return np.asarray(np.where(days > _HALF_YEAR, -2 * c / (b + root), simple))


def _year_after(begin: Whole) -> Whole:
    """Days in the year that follows each day."""
    month = begin.astype("datetime64[D]").astype("datetime64[M]")
    day = (begin.astype("datetime64[D]") - month).astype(np.int64)
    later = (month + 12).astype("datetime64[D]").astype(np.int64)
    last = (month + 13).astype("datetime64[D]").astype(np.int64) - 1
    return np.asarray(np.minimum(later + day, last) - begin)


def auction_price(bonds: Bonds, rates: npt.ArrayLike, settled: DateColumn) -> Floats:
    """What a note or bond costs at an auction's yield, without accrued interest.

    The Treasury discounts the part of a period to the next coupon by simple interest, where the
    market compounds; whole periods are compounded by both. It takes off accrued interest as it
    is billed, to six decimals of 100.

    Units   a fraction a year in, compounded as often as the coupon is paid; of par out.
    Shape   an element for each bond.
    Raises  ValueError for bonds whose coupons are not level.
    Source  31 CFR 356 appendix B, sections II and IV.

    The 2.125 % note of April 2010 at 2.225 %, on its first day: (Treasury: 99.805441)

    >>> note = Bonds(maturity=["2010-04-30"], coupon=0.02125, month_end=True,
    ...              day_count=3, dated="2008-04-30")
    >>> auction_price(note, [0.02225], "2008-04-30").round(8).tolist()
    [0.99805441]
    """
    terms = terms_of(bonds)
    if listed(terms).any():
        raise ValueError("The Treasury's formula is for level coupons.")
    cycle = terms.cycle
    at = np.broadcast_to(days_of(settled), cycle.maturity.shape)
    stream = level_stream(cycle, at, place_of(cycle, cycle.end))
    growth = np.asarray(rates, dtype=np.float64) / cycle.frequency
    part = stream.until - np.floor(stream.until)
    compound = stream.worth(np.log1p(growth))[0]
    dirty = compound * (1 + growth) ** part / (1 + part * growth)
    return np.asarray(dirty - np.floor(stream.accrued * _BILLED + _HALF) / _BILLED)


def auction_accrued(bonds: Bonds, settled: DateColumn) -> Floats:
    """Interest accrued on a day, which the buyer pays besides the price.

    Units   fractions of par.
    Source  31 CFR 356 appendix B, section I.C.

    >>> bond = Bonds(maturity=["2038-02-15"], coupon=0.04375, day_count=3)
    >>> auction_accrued(bond, "2008-05-15").round(9).tolist()
    [0.010817308]
    """
    cycle = terms_of(bonds).cycle
    at = np.broadcast_to(days_of(settled), cycle.maturity.shape)
    return np.asarray(cycle.coupon * place_of(cycle, at).years)
