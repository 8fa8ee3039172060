"""What a lot is beside its yield: its class by term, its designation, price and exchange rate."""

import pytest

from jurat.records import BLANK
from jurat.valuation.holdings import Asset, Holdings, later
from tests.valuation.made import day, lot, records, stock, whole, yearly


@pytest.mark.parametrize(
    ("settled", "maturity", "asset"),
    [
        ("2012-01-31", "2012-04-30", Asset.CASH_EQUIVALENT),  # three months after a 31st
        ("2011-11-30", "2012-02-29", Asset.CASH_EQUIVALENT),  # to the last of February
        ("2012-01-31", "2012-05-01", Asset.SHORT_TERM),
        ("2012-01-31", "2013-01-31", Asset.SHORT_TERM),  # a year, to the day
        ("2012-02-29", "2013-02-28", Asset.SHORT_TERM),
        ("2012-01-31", "2013-02-01", Asset.BOND),
    ],
)
def test_a_bond_is_classed_by_its_term_from_settlement(
    settled: str, maturity: str, asset: Asset
) -> None:
    held = Holdings(
        records=records(
            securities=[yearly(maturity=maturity)],
            lots=[lot(traded="2011-01-01", settled=settled)],
        )
    )
    assert held.asset.tolist() == [asset]


def test_stock_has_no_term() -> None:
    held = Holdings(
        records=records(
            securities=[stock(), stock(security="P", kind="preferred")],
            lots=[lot(security="C"), lot(lot="M", security="P")],
        )
    )
    assert held.asset.tolist() == [Asset.COMMON, Asset.PREFERRED]
    assert held.is_stock.tolist() == [True, True]


def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month() -> None:
    days = whole(*(day(one) for one in ("2012-01-31", "2012-12-31", "2011-08-29")))
    assert later(days, 1).tolist() == [day("2012-02-29"), day("2013-01-31"), day("2011-09-29")]
    assert later(whole(day("2012-03-31")), -1).tolist() == [day("2012-02-29")]


def priced() -> Holdings:
    return Holdings(
        records=records(
            securities=[yearly(), stock()],
            lots=[lot(), lot(lot="M", security="C")],
            prices=[
                {"security": "B", "date": "2012-06-30", "price": "101.5"},
                {"security": "C", "date": "2012-06-30", "price": "12.34567891"},
            ],
            designations=[
                {"security": "B", "date": "2012-03-01", "designation": "2"},
                {"security": "B", "date": "2012-06-30", "designation": "6"},
            ],
        )
    )


def test_the_price_and_designation_of_a_day_are_the_last_before_it() -> None:
    held, bond = priced(), whole(0, 0, 0)
    days = whole(day("2012-02-28"), day("2012-06-29"), day("2012-06-30"))
    assert held.designation(bond, days).tolist() == [0, 2, 6]
    assert held.designation_row(bond, days).tolist() == [-1, 0, 1]
    assert held.price(bond, days).tolist() == [BLANK, BLANK, 101_50000000]


def test_bonds_are_worth_their_price_per_hundred_and_stock_its_price_each() -> None:
    held, now = priced(), day("2012-12-31")
    price = held.price(whole(0, 1), whole(now, now))
    value = held.fair_value(whole(0, 1), whole(200_000_000_000, 1_000_000_000), price)
    # 200,000 of par at 101.5 is 203,000.00; 1,000 shares at 12.34567891 are 12,345.68
    assert value.tolist() == [20_300_000, 1_234_568]


def test_without_a_price_there_is_no_fair_value() -> None:
    held = Holdings(records=records(securities=[yearly()], lots=[lot()]))
    assert held.price(whole(0), whole(0)).tolist() == [BLANK]
    assert held.fair_value(whole(0), whole(5), whole(BLANK)).tolist() == [0]
    assert held.designation(whole(0), whole(0)).tolist() == [0]


def test_a_rate_is_the_last_before_the_day_and_a_dollar_is_a_dollar() -> None:
    rates = [
        {"currency": "CAD", "date": "2012-06-30", "rate": "0.98"},
        {"currency": "EUR", "date": "2012-06-30", "rate": "1.25"},
        {"currency": "CAD", "date": "2012-12-31", "rate": "1.01"},
    ]
    held = Holdings(
        records=records(
            securities=[yearly(), yearly(security="D", currency="CAD")],
            lots=[lot(), lot(lot="M", security="D")],
            exchange_rates=rates,
        )
    )
    days = whole(day("2012-12-30"), day("2012-12-30"))
    assert held.is_foreign.tolist() == [False, True]
    assert held.in_dollars(whole(0, 1), whole(10_000, 10_050), days).tolist() == [10_000, 9_849]
    assert held.rate(whole(1), whole(day("2013-01-15"))).tolist() == [101_000_000]
    assert held.rate(whole(1), whole(day("2012-01-15"))).tolist() == [100_000_000]  # none known
