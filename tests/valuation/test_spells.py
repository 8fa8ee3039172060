"""Yields that change on the way: write-downs, resets, steps, worst dates, new estimates; by hand.

Every bond pays once a year, on 31 December, so that a year is one period and a yield of 10 % divides by 1.1.
"""

import math

import numpy as np
import pytest

from jurat.records import Records
from jurat.valuation.calendar import Floats, Whole
from jurat.valuation.spells import Spells, has_yield
from jurat.valuation.years import spells_for, value_year
from tests.valuation.made import day, lot, moved, records, trade, whole, yearly


def spells_of_only(held: Records, year: int = 2013) -> Spells:
    return spells_for(value_year(held, year), 0)


def begins(spells: Spells) -> list[str]:
    return [str(one) for one in np.sort(spells.begins).astype("datetime64[D]")]


def rate(spells: Spells, on: str) -> float:
    return float(spells.rates(whole(0), whole(day(on)))[0])


def price(spells: Spells, on: str) -> float:
    found: Floats = spells.prices(whole(0), whole(day(on)))
    return float(found[0])


def root(interest: float, principal: float, cost: float) -> float:
    """A year's discount v of two payments: interest x v + (interest + principal) x v x v = cost."""
    a, b = interest + principal, interest
    return (-b + math.sqrt(b * b + 4 * a * cost)) / (2 * a)


# -- one spell ------------------------------------------------------------------------------------


def test_a_zero_grows_by_its_yield_and_stays_at_par_when_it_is_held_after_its_end() -> None:
    # 1,000,000 x 1.1 x 1.1 is 1,210,000
    zero = yearly(maturity="2012-12-31")
    held = records(securities=[zero], lots=[lot(quantity="1210000")])
    assert moved(held, 2011).closing.tolist() == [110_000_000]
    assert moved(held, 2012).closing.tolist() == [121_000_000]
    late = moved(held, 2013)  # matured, and no trade says so
    assert (late.accretion.tolist(), late.closing.tolist()) == ([0], [121_000_000])
    assert rate(spells_of_only(held), "2011-06-30") == pytest.approx(0.1)


def test_between_payments_the_price_goes_in_a_straight_line() -> None:
    # 1,000,000 becomes 1,100,000 over the year: half of it by 30 June, 180 of 360 days
    zero = yearly(maturity="2012-12-31")
    held = records(securities=[zero], lots=[lot(quantity="1210000")])
    assert price(spells_of_only(held), "2011-06-30") * 1_210_000 == pytest.approx(1_050_000)


def test_a_step_is_known_at_issue_and_makes_no_new_yield() -> None:
    # nothing, then 21 % and the par: 1,210,000 in two years is worth 1,000,000 at 10 %, in one 1,100,000
    steps = [{"security": "B", "date": "2011-12-31", "rate": "21"}]
    step = yearly(coupon_type="step", maturity="2012-12-31")
    held = records(securities=[step], coupons=steps, lots=[lot()])
    assert begins(spells_of_only(held)) == ["2010-12-31"]
    assert moved(held, 2011).closing.tolist() == [110_000_000]
    assert moved(held, 2012).accretion.tolist() == [-10_000_000]


def test_a_sinking_fund_is_known_at_issue() -> None:
    # half a year on: 1,210,000 / 1.1 + 1,210,000 / 1.21 = 1,100,000 + 1,000,000
    fund = [{"security": "B", "date": "2011-12-31", "share": "0.5"}]
    sold = trade(kind="paydown", traded="2011-12-31", quantity="1210000", amount="1210000")
    held = records(
        securities=[yearly(maturity="2012-12-31")],
        repayments=fund,
        lots=[lot(quantity="2420000", cost="2100000")],
        trades=[sold],
    )
    found = moved(held, 2011)
    assert found.closing.tolist() == [0, 110_000_000]
    assert found.accretion.sum() == 21_000_000  # a tenth of 2,100,000


def test_a_lot_that_no_yield_explains_stays_at_cost() -> None:
    held = records(securities=[yearly()], lots=[lot(cost="0")])
    spells = spells_of_only(held)
    assert has_yield(spells).tolist() == [False]
    assert math.isnan(price(spells, "2011-12-31"))
    assert moved(held, 2011).closing.tolist() == [0]


# -- write-downs ----------------------------------------------------------------------------------


def written_down() -> Records:
    """At 10 % to 1,440,000 in three years; written down to 1,000,000 when two are left.

    1,440,000 / 1.331 = 1,081,893.31; / 1.21 = 1,190,082.64, less 190,082.64 is 1,000,000, which grows to
    1,440,000 in two years at 20 %. On the way a half is sold, at 650,000.
    """
    down = trade(trade="W", kind="write_down", traded="2011-12-31", quantity="", amount="190082.64")
    half = trade(quantity="720000", amount="650000")
    return records(
        securities=[yearly()],
        lots=[lot(quantity="1440000", cost="1081893.31")],
        trades=[down, half],
    )


def test_a_write_down_begins_a_spell_with_the_yield_of_what_is_left() -> None:
    spells = spells_of_only(written_down())
    assert begins(spells) == ["2010-12-31", "2011-12-31"]
    assert rate(spells, "2011-12-30") == pytest.approx(0.1, abs=1e-8)
    assert rate(spells, "2011-12-31") == pytest.approx(0.2)


def test_a_write_down_is_impairment_and_not_less_accretion() -> None:
    found = moved(written_down(), 2011)
    assert found.impairment.tolist() == [19_008_264]
    assert found.accretion.tolist() == [10_818_933]  # 1,190,082.64 less 1,081,893.31
    assert found.closing.tolist() == [100_000_000]


def test_a_partial_sale_after_a_write_down_shares_what_is_left() -> None:
    found = moved(written_down(), 2012)
    assert found.opening.tolist() == [50_000_000, 50_000_000]
    assert found.accretion.tolist() == [10_000_000, 10_000_000]
    assert found.book_at_disposal.tolist() == [60_000_000, 0]
    assert found.gain.tolist() == [5_000_000, 0]
    assert found.closing.tolist() == [0, 60_000_000]
    # cost stays the cost of the purchase, write-downs or not: a half of it, a half cent up
    assert found.original_cost.tolist() == [54_094_665, 54_094_666]


def test_stock_is_not_amortized_and_its_write_downs_are_shared() -> None:
    share = {"security": "C", "kind": "preferred", "issuer": "industrial", "redeemable": "yes"}
    down = trade(
        trade="W",
        kind="write_down",
        security="C",
        traded="2011-06-30",
        quantity="",
        amount="100.01",
    )
    sold = trade(security="C", quantity="1", amount="300")
    held = records(
        securities=[share],
        lots=[lot(security="C", quantity="3", cost="1000")],
        trades=[down, sold],
    )
    found = moved(held, 2012)
    # 1,000 x 2/3 = 666.67 and 100.01 x 2/3 = 66.67 stay: 600.00; of 899.99 leave 299.99
    assert found.closing.tolist() == [0, 60_000]
    assert found.gain.tolist() == [1, 0]
    assert found.accretion.tolist() == [0, 0]


# -- resets ---------------------------------------------------------------------------------------


def floater() -> Records:
    """10 % and then, nobody knew, 20 %, bought to yield 20 %.

    100,000 / 1.2 + 1,100,000 / 1.44 = 83,333.33 + 763,888.89 = 847,222.22.
    """
    reset = [{"security": "B", "date": "2011-12-31", "rate": "20"}]
    bond = yearly(coupon_type="floating", coupon="10", maturity="2012-12-31")
    return records(securities=[bond], coupons=reset, lots=[lot(cost="847222.22")])


def test_a_floater_is_taken_to_stay_as_it_is_until_it_is_reset() -> None:
    spells = spells_of_only(floater())
    assert begins(spells) == ["2010-12-31", "2011-12-31"]
    assert rate(spells, "2011-06-30") == pytest.approx(0.2, abs=1e-8)


def test_at_a_reset_the_value_stays_and_the_yield_is_found_again() -> None:
    held = floater()
    # 1,100,000 / 1.2 = 916,666.67, which 1,200,000 pays in a year: 30.909 %
    assert moved(held, 2011).closing.tolist() == [91_666_667]
    assert rate(spells_of_only(held), "2012-01-01") == pytest.approx(1.2 / (1.1 / 1.2) - 1, 1e-7)
    assert moved(held, 2012).closing.tolist() == [100_000_000]


def test_a_reset_before_the_purchase_is_the_rate_it_is_bought_at() -> None:
    resets = [
        {"security": "B", "date": "2009-12-31", "rate": "21"},
        {"security": "B", "date": "2013-12-31", "rate": "3"},
    ]
    bond = yearly(coupon_type="floating", coupon="10", maturity="2011-12-31")
    held = records(securities=[bond], coupons=resets, lots=[lot(cost="1100000")])
    # 1,210,000 in a year for 1,100,000
    assert rate(spells_of_only(held, 2011), "2011-01-01") == pytest.approx(0.1)


# -- calls ----------------------------------------------------------------------------------------


def called(**more: str) -> Records:
    call = {"security": "B", "date": "2012-12-31", "price": "101", **more}
    bond = yearly(coupon="10", maturity="2014-12-31")
    return records(securities=[bond], calls=[call], lots=[lot(cost="1020000")])


def test_a_premium_is_carried_to_the_worst_date_and_from_there_again() -> None:
    # to the call: 102 = 10 v + 111 v v, v = 0.914615, 9.336 %; to maturity 9.378 %
    held = called()
    spells = spells_of_only(held, 2014)
    v = root(0.1, 1.01, 1.02)
    assert rate(spells, "2011-06-30") == pytest.approx(1 / v - 1)
    assert moved(held, 2011).closing.tolist() == [round(100_000_000 * 1.11 * v)]
    assert moved(held, 2012).closing.tolist() == [101_000_000]
    # it was not called: from 101 to par in two years
    assert begins(spells) == ["2010-12-31", "2012-12-31"]
    again = root(0.1, 1.0, 1.01)
    assert moved(held, 2013).closing.tolist() == [round(100_000_000 * 1.1 * again)]
    assert moved(held, 2014).closing.tolist() == [100_000_000]


def test_a_make_whole_call_does_not_count() -> None:
    spells = spells_of_only(called(make_whole="yes"), 2014)
    assert begins(spells) == ["2010-12-31"]
    assert moved(called(make_whole="yes"), 2014).closing.tolist() == [100_000_000]


def test_a_discount_is_carried_to_maturity_though_it_may_be_called() -> None:
    call = {"security": "B", "date": "2011-12-31", "price": "100"}
    zero = yearly(maturity="2012-12-31")
    held = records(securities=[zero], calls=[call], lots=[lot(quantity="1210000")])
    assert moved(held, 2011).closing.tolist() == [110_000_000]


def test_a_call_open_at_purchase_and_after_bounds_the_first_price() -> None:
    # 105 is paid, 102 may be called any day: 102 = 10 v + 110 v v, and in a year 110 v
    call = {"security": "B", "date": "2010-06-30", "price": "102", "any_day": "yes"}
    bond = yearly(coupon="10", maturity="2012-12-31")
    held = records(securities=[bond], calls=[call], lots=[lot(cost="1050000")])
    first = moved(held, 2010)
    assert first.closing.tolist() == [105_000_000]  # on the day it settles: its cost
    later = moved(held, 2011)
    assert later.closing.tolist() == [round(100_000_000 * 1.1 * root(0.1, 1.0, 1.02))]
    assert later.accretion.tolist() == [later.closing[0] - 105_000_000]


# -- new estimates --------------------------------------------------------------------------------

ISSUE = [
    {"security": "B", "date": "2011-12-31", "share": "0.5"},
    {"security": "B", "date": "2012-12-31", "share": "0.5"},
]
LATER = {"security": "B", "as_of": "2011-12-31", "date": "2013-12-31", "share": "0.5"}
"""A half at the end of the first year; the other a year later than was thought."""


def estimated(how: str, par: int, cost: int) -> Records:
    paid = trade(kind="paydown", traded="2011-12-31", quantity=str(par // 2), amount=str(par // 2))
    return records(
        securities=[yearly(structure="rmbs", estimates=how)],
        repayments=[*ISSUE, LATER],
        lots=[lot(quantity=str(par), cost=str(cost))],
        trades=[paid],
    )


def test_a_prospective_estimate_keeps_the_value_and_changes_the_yield() -> None:
    # 1,210,000 / 1.1 + 1,210,000 / 1.21 = 2,100,000; of the second 1,100,000 is left at the year's end,
    # which grows to 1,210,000 in two years: by the root of 1.1 a year, to 1,153,689.73
    held = estimated("prospective", 2_420_000, 2_100_000)
    assert moved(held, 2011).closing.tolist() == [0, 110_000_000]
    assert moved(held, 2012).closing.tolist() == [115_368_973]
    assert moved(held, 2013).closing.tolist() == [121_000_000]
    spells = spells_of_only(held)
    assert rate(spells, "2011-06-30") == pytest.approx(0.1)
    assert rate(spells, "2012-06-30") == pytest.approx(math.sqrt(1.1) - 1)


def test_a_retrospective_estimate_is_as_if_it_had_been_known_at_purchase() -> None:
    # 864,000 / 1.2 + 864,000 / 1.728 = 720,000 + 500,000 = 1,220,000: 20 % from the purchase on, so that
    # 864,000 / 1.44 = 600,000 is left, then 720,000
    held = estimated("retrospective", 1_728_000, 1_220_000)
    first = moved(held, 2011)
    assert first.closing.tolist() == [0, 60_000_000]
    assert first.accretion.sum() == 24_400_000  # a fifth of 1,220,000: the change is taken at once
    assert moved(held, 2012).closing.tolist() == [72_000_000]
    assert moved(held, 2013).closing.tolist() == [86_400_000]
    assert rate(spells_of_only(held), "2012-06-30") == pytest.approx(0.2)


def test_before_the_new_estimate_the_old_one_holds() -> None:
    # half a year on from 2,100,000 at 10 %: the straight line to 2,310,000 (what is paid, and what is left)
    held = estimated("prospective", 2_420_000, 2_100_000)
    spells = spells_of_only(held)
    assert price(spells, "2011-06-30") * 2_420_000 == pytest.approx(2_205_000)


def test_spells_of_many_lots_are_those_of_each() -> None:
    """Some change on the way and others do not; each is found as if it were alone."""
    single = [called(), floater(), written_down()]
    wanted = [moved(held, 2012).closing.tolist() for held in single]
    both = records(
        securities=[
            yearly(coupon="10", maturity="2014-12-31"),
            yearly(security="D", coupon_type="floating", coupon="10", maturity="2012-12-31"),
            yearly(security="E"),
        ],
        calls=[{"security": "B", "date": "2012-12-31", "price": "101"}],
        coupons=[{"security": "D", "date": "2011-12-31", "rate": "20"}],
        lots=[
            lot(cost="1020000"),
            lot(lot="M", security="D", cost="847222.22"),
            lot(lot="N", security="E", quantity="1440000", cost="1081893.31"),
        ],
        trades=[
            trade(trade="W", kind="write_down", lot="N", security="E", traded="2011-12-31",
                  quantity="", amount="190082.64"),
            trade(lot="N", security="E", quantity="720000", amount="650000"),
        ],
    )  # fmt: skip
    found = moved(both, 2012)
    assert [found.closing[found.portions.lot == place].tolist() for place in range(3)] == wanted


def test_the_day_a_lot_is_carried_to_is_told() -> None:
    ends: Whole = moved(called(), 2011).carried_to
    assert ends.tolist() == [day("2012-12-31")]
    assert moved(called(), 2013).carried_to.tolist() == [day("2014-12-31")]


# -- what a company of 100,000 lots found ---------------------------------------------------------


def test_a_spell_that_begins_on_a_31st_is_over_when_the_coupon_of_the_1st_repays() -> None:
    """30/360 counts no day from 31 December to 1 January; the par that is repaid then is still paid.

    Nothing is earned in no time: what is left is carried at what it was, less the par that was paid.
    """
    monthly = yearly(
        structure="rmbs", estimates="prospective", coupon="12", frequency="12", month_end="no",
        maturity="2012-03-01",
    )  # fmt: skip
    issue = [{"security": "B", "date": f"2012-0{month}-01", "share": "0.25"} for month in (1, 2)]
    later = [{**row, "as_of": "2011-12-31", "share": "0.5"} for row in issue]
    paid = trade(kind="paydown", traded="2012-01-01", quantity="500000", amount="500000")
    sold = trade(trade="S", traded="2012-01-16", quantity="500000", amount="500000")
    held = records(
        securities=[monthly],
        repayments=[*issue, *later],
        lots=[lot(traded="2011-12-01", cost="980000")],
        trades=[paid, sold],
    )
    closing = int(moved(held, 2011).closing[0])
    found = moved(held, 2012)
    assert found.opening.sum() == closing
    # half of what is left, 500,000 less a discount, is earned to par by 1 February: half of it by the 16th
    left = closing - 50_000_000
    assert found.book_at_disposal.tolist()[0] == 50_000_000
    assert found.book_at_disposal.tolist()[1] == pytest.approx((left + 50_000_000) / 2, abs=1)


@pytest.mark.parametrize("day_count", ["30/360", "Act/Act", "Act/360"])
def test_a_call_on_a_date_that_a_long_first_coupon_passes_over_pays_its_interest(
    day_count: str,
) -> None:
    # interest from 31 December 2010, first paid two years on; called after one at 100 and a year's 10 %:
    # bought at par, it is carried at par, whichever end is the worst
    call = {"security": "B", "date": "2011-12-31", "price": "100"}
    bond = yearly(
        coupon="10", day_count=day_count, dated="2010-12-31", first_coupon="2012-12-31",
        maturity="2015-12-31",
    )  # fmt: skip
    held = records(securities=[bond], calls=[call], lots=[lot(cost="1010000")])
    spells = spells_of_only(held, 2014)
    assert begins(spells) == ["2010-12-31", "2011-12-31"]
    # 1,010,000 becomes 1,000,000 and 100,000 of interest in a year (365 of 360 days by Act/360)
    interest = 100_000 * (365 / 360 if day_count == "Act/360" else 1)
    years = 365 / 360 if day_count == "Act/360" else 1
    assert rate(spells, "2011-06-30") == pytest.approx(
        ((1_000_000 + interest) / 1_010_000) ** (1 / years) - 1
    )
    assert moved(held, 2011).closing.tolist() == [100_000_000]
