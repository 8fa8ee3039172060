"""The Treasury's published prices: every bill, note and bond auctioned from 2008 to 2022."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from jurat.valuation import Bonds, DayCount, Lots, effective_yields
from jurat.valuation.calendar import Floats
from jurat.valuation.treasury import (
    auction_accrued,
    auction_price,
    bill_discount,
    bill_price,
    investment_yield,
)

AUCTIONS = Path(__file__).parents[3] / "shared" / "data" / "treasury_auctions_2008_2022.csv"

needs_auctions = pytest.mark.skipif(
    not AUCTIONS.exists(), reason="needs ../shared/data, which is not here"
)
Rows = list[dict[str, str]]


@cache
def auctions() -> tuple[Rows, Rows, Rows]:
    """Bills; plain notes and bonds; TIPS. Floating rate notes have no price to be worked out."""
    with AUCTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    plain = [row for row in rows if row["securityType"] != "Bill" and row["floatingRate"] == "No"]
    return (
        [row for row in rows if row["securityType"] == "Bill"],
        [row for row in plain if row["tips"] == "No"],
        [row for row in plain if row["tips"] == "Yes"],
    )


def figures(rows: Rows, name: str) -> Floats:
    return np.array([float(row[name] or "nan") for row in rows])


def days(rows: Rows, name: str) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array([row[name] or "NaT" for row in rows], dtype="datetime64[D]")


def notes(rows: Rows) -> Bonds:
    maturity = days(rows, "maturityDate")
    return Bonds(
        maturity=maturity,
        coupon=figures(rows, "interestRate") / 100,
        day_count=DayCount.ACTUAL_ACTUAL,
        dated=days(rows, "datedDate"),
        first=days(rows, "firstInterestPaymentDate"),
        month_end=(maturity + 1).astype("datetime64[M]") > maturity.astype("datetime64[M]"),
    )


@needs_auctions
def test_every_bill_has_the_published_price_and_investment_rate() -> None:
    bills = auctions()[0]
    assert len(bills) == 827
    dates = days(bills, "issueDate"), days(bills, "maturityDate")
    published = figures(bills, "pricePer100")
    discount = figures(bills, "highDiscountRate") / 100
    assert (np.round(bill_price(discount, *dates) * 100, 6) == published).all()
    rates = np.round(investment_yield(published / 100, *dates) * 100, 3)
    assert (np.abs(rates - figures(bills, "highInvestmentRate")) < 1e-9).all()
    assert np.abs(bill_discount(published / 100, *dates) - discount).max() < 1e-7


@needs_auctions
def test_every_plain_note_and_bond_has_the_published_price_to_six_decimals() -> None:
    plain = auctions()[1]
    assert len(plain) == 710
    rates = figures(plain, "highYield") / 100
    price = auction_price(notes(plain), rates, days(plain, "issueDate")) * 100
    assert (np.round(price, 6) == figures(plain, "highPrice")).all()


@needs_auctions
def test_the_published_accrued_interest_is_ours() -> None:
    plain = [row for row in auctions()[1] if row["accruedInterestPer1000"]]
    assert len(plain) == 329
    accrued = auction_accrued(notes(plain), days(plain, "issueDate")) * 1000
    assert np.abs(accrued - figures(plain, "accruedInterestPer1000")).max() < 0.50001e-5


@needs_auctions
def test_the_real_price_of_every_inflation_indexed_note_and_bond() -> None:
    """Real price from real yield; times the published index ratio, the price paid.

    The file does not allow the index itself: it has the price index on two dates only, rounded.
    """
    tips = auctions()[2]
    assert len(tips) == 85
    rates = figures(tips, "highYield") / 100
    real = np.round(auction_price(notes(tips), rates, days(tips, "issueDate")) * 100, 6)
    assert (real == figures(tips, "unadjustedPrice")).all()
    paid = np.round(real * figures(tips, "indexRatioOnIssueDate"), 6)
    assert (paid == figures(tips, "adjustedPrice")).all()


@needs_auctions
def test_a_yield_a_basis_point_off_would_be_seen() -> None:
    plain = auctions()[1]
    rates = figures(plain, "highYield") / 100 + 0.0001
    price = auction_price(notes(plain), rates, days(plain, "issueDate")) * 100
    assert (np.round(price, 6) != figures(plain, "highPrice")).all()


@needs_auctions
def test_on_a_first_coupon_of_a_whole_period_the_market_yield_is_the_auctions() -> None:
    """Only the part of a period is counted otherwise, and only by the Treasury."""
    plain = [row for row in auctions()[1] if row["issueDate"] == row["datedDate"]]
    par = np.full(len(plain), 1_000_000_000_00)
    cost = np.rint(par * figures(plain, "highPrice") / 100).astype(np.int64)
    lots = Lots(par=par, cost=cost, settled=days(plain, "issueDate"))
    rates = effective_yields(notes(plain), lots).rate
    assert len(plain) > 300
    assert np.abs(rates - figures(plain, "highYield") / 100).max() < 5e-9


def test_a_bill_of_half_a_year_is_simple_and_a_longer_one_is_not() -> None:
    """182 days at 99: 1/99 x 365/182; 364 days at 98: the root of half-yearly compounding."""
    simple = float(investment_yield([0.99], "2010-07-01", ["2010-12-30"])[0])
    assert simple == pytest.approx(1 / 99 * 365 / 182, abs=1e-12)
    longer = float(investment_yield([0.98], "2010-07-01", ["2011-06-30"])[0])
    assert 0.98 * (1 + longer / 2) * (1 + longer * (364 / 365 - 0.5)) == pytest.approx(1, abs=1e-12)


def test_the_treasurys_formula_refuses_listed_payments() -> None:
    bond = Bonds(maturity=["2020-05-15"], coupon=0.05, day_count=DayCount.ACTUAL_360)
    with pytest.raises(ValueError, match="level"):
        auction_price(bond, [0.05], "2012-05-15")
