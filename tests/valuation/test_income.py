"""What portions earned: received, due, paid for, and how a receipt is shared; by hand."""

import numpy as np
import pytest

from jurat.records import Records
from jurat.valuation.income import Income, income_of, interest_of
from jurat.valuation.issues import issues_of
from jurat.valuation.years import value_year
from tests.valuation.made import Row, day, lot, records, stock, trade, whole, yearly

TEN = yearly(coupon="10", maturity="2020-12-31")
"""10 % on the last day of each year, by 30/360."""


def earned(held: Records, year: int = 2012) -> Income:
    return income_of(value_year(held, year))


def receipt(**more: str) -> Row:
    return {
        "receipt": "R",
        "kind": "interest",
        "account": "A",
        "security": "B",
        "date": "2012-12-31",
        "amount": "100000",
        **more,
    }


# -- accrued --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day_count", "on", "share"),
    [
        ("30/360", "2012-06-30", 180 / 360),
        ("Act/Act", "2012-06-30", 182 / 366),  # 2012 is a leap year: 182 days of the 366
        ("Act/360", "2012-06-30", 182 / 360),
        ("Act/365", "2012-06-30", 182 / 365),
        ("30/360", "2012-12-31", 0),  # on a payment day nothing is due
    ],
)
def test_interest_accrues_by_the_day_count(day_count: str, on: str, share: float) -> None:
    issues = issues_of(records(securities=[{**TEN, "day_count": day_count}]))
    found = interest_of(issues, whole(0), whole(day(on)))
    assert found.tolist() == pytest.approx([0.1 * share])


def test_nothing_accrues_at_maturity_or_after_it() -> None:
    issues = issues_of(records(securities=[yearly(coupon="10", maturity="2012-06-30")]))
    days = whole(day("2012-06-29"), day("2012-06-30"), day("2013-01-31"))
    # payments on 30 June: 359 of 360 days since the last one
    assert interest_of(issues, whole(0, 0, 0), days).tolist() == pytest.approx([0.1 * 359 / 360, 0, 0])  # fmt: skip


def test_a_reset_counts_from_its_day() -> None:
    reset = [{"security": "B", "date": "2011-12-31", "rate": "20"}]
    held = records(securities=[{**TEN, "coupon_type": "floating"}], coupons=reset)
    days = whole(day("2011-06-30"), day("2012-06-30"))
    assert interest_of(issues_of(held), whole(0, 0), days).tolist() == pytest.approx([0.05, 0.1])


def test_due_is_what_has_accrued_at_both_ends_of_the_year() -> None:
    june = yearly(coupon="10", maturity="2020-06-30")
    held = records(securities=[june], lots=[lot(traded="2012-03-31"), lot(lot="M", traded="2011-03-31")])  # fmt: skip
    found = earned(held)
    # half a year of 10 % on 1,000,000; the lot bought this year had nothing due a year ago
    assert found.due_opening.tolist() == [0, 5_000_000]
    assert found.due_closing.tolist() == [5_000_000, 5_000_000]


def test_what_left_has_nothing_due_and_what_stays_has_its_part() -> None:
    june = yearly(coupon="10", maturity="2020-06-30")
    sold = trade(traded="2012-12-30", quantity="250000", amount="250000", accrued="12430.56")
    found = earned(records(securities=[june], lots=[lot()], trades=[sold]))
    assert found.due_opening.tolist() == [1_250_000, 3_750_000]
    assert found.due_closing.tolist() == [0, 3_750_000]
    assert found.received.tolist() == [1_243_056, 0]  # sold with it


# -- paid -----------------------------------------------------------------------------------------


def test_accrued_interest_paid_for_is_shared_over_the_portions_of_a_new_lot() -> None:
    bought = lot(traded="2012-03-31", accrued="100.01")
    sold = trade(traded="2012-06-30", quantity="500000", amount="500000")
    held = records(securities=[TEN], lots=[bought], trades=[sold])
    # half of 100.01 is 50.01 for what stays, so that 50.00 went
    assert earned(held).paid.tolist() == [5_000, 5_001]
    assert earned(held, 2013).paid.tolist() == [0]


# -- received -------------------------------------------------------------------------------------


def test_a_receipt_of_a_lot_is_shared_over_what_was_there_the_day_before() -> None:
    sold = [
        trade(trade="T1", traded="2012-03-31", quantity="500000", amount="500000"),
        trade(trade="T2", traded="2012-12-31", quantity="250000", amount="250000"),
    ]
    held = records(
        securities=[TEN], lots=[lot()], trades=sold, income=[receipt(lot="L", amount="100.01")]
    )
    # T1 had left; T2 leaves on the day and has its half: 100.01 less 50.01
    assert earned(held).received.tolist() == [0, 5_000, 5_001]


def test_a_receipt_that_names_no_lot_is_shared_over_those_of_its_account() -> None:
    lots = [
        lot(quantity="1000000"),
        lot(lot="M", quantity="2000000", cost="2000000"),
        lot(lot="N", account="F"),
        lot(lot="O", traded="2012-12-31"),  # bought on the day: it was not there the day before
    ]
    held = records(securities=[TEN], lots=lots, income=[receipt(amount="100")])
    # a third and two thirds of 100.00, by differences: 100.00 less 66.67, then 66.67
    assert earned(held).received.tolist() == [3_333, 6_667, 0, 0]


def test_a_receipt_of_another_year_is_none_of_this_one() -> None:
    rows = [
        receipt(receipt="R1", lot="L", date="2011-12-31"),
        receipt(receipt="R2", lot="L", date="2013-01-01"),
    ]
    held = records(securities=[TEN], lots=[lot()], income=rows)
    assert earned(held).received.tolist() == [0]
    assert earned(held, 2011).received.tolist() == [10_000_000]


def test_prepayment_income_of_a_call_is_received() -> None:
    called = trade(kind="call", quantity="1000000", amount="1030000")
    held = records(securities=[TEN], lots=[lot()], trades=[called])
    assert earned(held).received.tolist() == [3_000_000]


def test_a_receipt_for_a_lot_that_had_gone_belongs_to_its_last_portion_or_to_none() -> None:
    sold = trade(traded="2012-03-31", quantity="1000000", amount="1000000")
    held = records(securities=[TEN], lots=[lot()], trades=[sold], income=[receipt(lot="L")])
    assert earned(held).received.tolist() == [10_000_000]
    late = records(
        securities=[TEN],
        lots=[lot()],
        trades=[sold],
        income=[receipt(lot="L", date="2013-06-30", amount="7.5")],
    )
    found = earned(late, 2013)
    assert found.received.tolist() == []
    assert (found.loose_lot.tolist(), found.loose.tolist()) == ([0], [750])


# -- dividends ------------------------------------------------------------------------------------


def dividend(**more: str) -> Row:
    return {
        "receipt": "D",
        "kind": "dividend",
        "account": "A",
        "security": "C",
        "amount": "500",
        **more,
    }


SHARES = lot(security="C", quantity="100", cost="1000", traded="2011-06-30")


@pytest.mark.parametrize(
    ("declared", "date", "opening", "received", "closing"),
    [
        ("2012-11-30", "2012-12-15", 0, 50_000, 0),  # declared and paid
        ("2012-12-15", "2013-01-15", 0, 0, 50_000),  # declared, paid next year
        ("2012-12-15", "", 0, 0, 50_000),  # declared, not yet paid
        ("2011-12-15", "2012-01-15", 50_000, 50_000, 0),  # declared last year
        ("2011-12-15", "", 50_000, 0, 50_000),  # declared last year and still not paid
        ("2013-01-02", "2013-01-15", 0, 0, 0),
    ],
)
def test_dividends_are_due_from_their_declaration(
    declared: str, date: str, opening: int, received: int, closing: int
) -> None:
    row = dividend(lot="L", declared=declared, date=date)
    found = earned(records(securities=[stock()], lots=[SHARES], income=[row]))
    assert found.due_opening.tolist() == [opening]
    assert found.received.tolist() == [received]
    assert found.due_closing.tolist() == [closing]


def test_earned_over_two_years_is_what_was_received_over_them() -> None:
    """Collected and due: what one year leaves due, the next has in its opening."""
    row = dividend(lot="L", declared="2011-12-15", date="2012-01-15")
    held = records(securities=[stock()], lots=[SHARES], income=[row])
    years = [earned(held, year) for year in (2011, 2012)]
    total = [
        int((one.received + one.due_closing - one.due_opening - one.paid).sum()) for one in years
    ]
    assert total == [50_000, 0]
    assert np.array_equal(years[0].due_closing, years[1].due_opening)


def test_a_dividend_goes_into_dollars_at_the_rate_of_its_day() -> None:
    rates = [
        {"currency": "CAD", "date": "2012-11-30", "rate": "0.9"},
        {"currency": "CAD", "date": "2012-12-15", "rate": "1.1"},
    ]
    row = dividend(lot="L", declared="2012-11-30", date="2012-12-15")
    held = records(
        securities=[stock(currency="CAD")], lots=[SHARES], income=[row], exchange_rates=rates
    )
    assert earned(held).received.tolist() == [55_000]
