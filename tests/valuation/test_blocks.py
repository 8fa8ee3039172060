"""What lots are carried at, and how they move: each rule of how-a-lot-moves, by hand.

The bond: 1,000,000 grows to 1,331,000 in three years at 10 %: 1,100,000, 1,210,000, 1,331,000.
"""

import numpy as np
import pytest

from jurat.records import Records
from jurat.valuation import years
from jurat.valuation.movements import Movements, joined
from jurat.valuation.years import spells_for, value_year
from tests.records_made import Rows
from tests.valuation.made import lot, moved, records, stock, trade, yearly

BOND = yearly()
LOT = lot(quantity="1331000")


def priced(*prices: tuple[str, str], security: str = "B") -> Rows:
    return [{"security": security, "date": on, "price": price} for on, price in prices]


def rated(*designations: tuple[str, str], security: str = "B") -> Rows:
    return [
        {"security": security, "date": on, "designation": number} for on, number in designations
    ]


def one(found: Movements, name: str, row: int = 0) -> int:
    return int(getattr(found, name)[row])


# -- at fair value --------------------------------------------------------------------------------


def test_an_account_at_fair_value_carries_bonds_at_their_price() -> None:
    prices = priced(("2011-12-31", "80"), ("2012-12-31", "95"))
    held = records(securities=[BOND], lots=[{**LOT, "account": "F"}], prices=prices)
    first = moved(held, 2011)
    # 1,331,000 at 80 is 1,064,800: 35,200 below the 1,100,000 of amortized cost; it had no price before
    assert one(first, "closing") == 106_480_000
    assert (one(first, "accretion"), one(first, "unrealized")) == (10_000_000, -3_520_000)
    second = moved(held, 2012)
    # at 95, 1,264,450: 54,450 above 1,210,000, so that 35,200 and 54,450 came back
    assert (one(second, "opening"), one(second, "closing")) == (106_480_000, 126_445_000)
    assert (one(second, "accretion"), one(second, "unrealized")) == (11_000_000, 8_965_000)


def test_what_leaves_gives_its_unrealized_back_and_gains_over_amortized_cost() -> None:
    prices = priced(("2011-12-31", "80"))
    sold = trade(account="F", traded="2012-12-31", quantity="1331000", amount="1250000")
    held = records(securities=[BOND], lots=[{**LOT, "account": "F"}], prices=prices, trades=[sold])
    found = moved(held, 2012)
    assert one(found, "unrealized") == 3_520_000
    assert one(found, "book_at_disposal") == 121_000_000
    assert one(found, "gain") == 4_000_000
    assert one(found, "closing") == 0


def test_a_price_that_is_missing_leaves_cost() -> None:
    held = records(securities=[BOND], lots=[{**LOT, "account": "F"}])
    found = moved(held, 2012)
    assert (one(found, "closing"), one(found, "unrealized")) == (121_000_000, 0)
    assert one(found, "fair_value") == 0


def test_a_price_after_the_year_does_not_count_and_an_old_one_does() -> None:
    prices = priced(("2009-01-01", "90"), ("2013-01-01", "50"))
    held = records(securities=[BOND], lots=[{**LOT, "account": "F"}], prices=prices)
    assert one(moved(held, 2012), "closing") == 119_790_000  # 1,331,000 at 90


@pytest.mark.parametrize(
    ("designation", "price", "closing"),
    [
        ("5", "80", 121_000_000),  # NAIC 1 to 5: amortized cost
        ("6", "80", 106_480_000),  # NAIC 6: the lower
        ("6", "99", 121_000_000),
    ],
)
def test_a_bond_of_naic_6_is_carried_at_the_lower(
    designation: str, price: str, closing: int
) -> None:
    held = records(
        securities=[BOND],
        lots=[LOT],
        designations=rated(("2012-01-01", designation)),
        prices=priced(("2012-12-31", price)),
    )
    assert one(moved(held, 2012), "closing") == closing


@pytest.mark.parametrize(
    ("redeemable", "designation", "price", "closing"),
    [
        ("yes", "3", "40", 100_000),  # redeemable, NAIC 1 to 3: cost
        ("no", "3", "40", 80_000),  # perpetual, NAIC 1 to 3: fair value
        ("no", "3", "60", 120_000),
        ("yes", "4", "40", 80_000),  # NAIC 4 to 6: the lower
        ("yes", "4", "60", 100_000),
        ("no", "4", "60", 100_000),
    ],
)
def test_preferred_stock_goes_by_whether_it_must_be_redeemed(
    redeemable: str, designation: str, price: str, closing: int
) -> None:
    held = records(
        securities=[stock(kind="preferred", redeemable=redeemable)],
        lots=[lot(security="C", quantity="20", cost="1000")],
        designations=rated(("2010-01-01", designation), security="C"),
        prices=priced(("2012-12-31", price), security="C"),
    )
    assert one(moved(held, 2012), "closing") == closing


def test_common_stock_is_carried_at_fair_value_in_any_account() -> None:
    held = records(
        securities=[stock()],
        lots=[lot(security="C", quantity="20", cost="1000")],
        prices=priced(("2011-12-31", "45"), ("2012-12-31", "47.125"), security="C"),
    )
    found = moved(held, 2012)
    assert (one(found, "opening"), one(found, "closing")) == (90_000, 94_250)
    assert one(found, "unrealized") == 4_250
    assert one(found, "accretion") == 0


def test_a_downgrade_and_a_recovery_go_through_unrealized() -> None:
    held = records(
        securities=[BOND],
        lots=[LOT],
        designations=rated(("2011-06-30", "6"), ("2012-06-30", "3")),
        prices=priced(("2011-12-31", "80")),
    )
    assert one(moved(held, 2011), "unrealized") == -3_520_000
    assert one(moved(held, 2012), "unrealized") == 3_520_000
    assert one(moved(held, 2012), "closing") == 121_000_000


def test_short_term_investments_are_carried_as_the_bonds_they_are() -> None:
    # 1,000,000 to 1,100,000 within a year
    held = records(
        securities=[yearly(maturity="2011-12-31")],
        lots=[lot(quantity="1100000")],
        trades=[trade(kind="maturity", traded="2011-12-31", quantity="1100000", amount="1100000")],
    )
    found = moved(held, 2011)
    assert (one(found, "accretion"), one(found, "gain")) == (10_000_000, 0)


# -- what leaves ----------------------------------------------------------------------------------


def test_a_maturity_leaves_at_par_whatever_is_left_of_its_discount() -> None:
    # paid a year early, and told as a maturity: all of the discount is income, nothing is a gain
    sold = trade(kind="maturity", traded="2012-12-31", quantity="1331000", amount="1331000")
    held = records(securities=[BOND], lots=[LOT], trades=[sold])
    found = moved(held, 2012)
    assert one(found, "accretion") == 133_100_000 - 110_000_000
    assert one(found, "gain") == 0


def test_a_call_above_par_is_prepayment_income_beside_its_gain() -> None:
    # carried at 1,210,000, called at 1,397,550 (105): par less book is the gain, the rest is income
    sold = trade(kind="call", traded="2012-12-31", quantity="1331000", amount="1397550")
    held = records(securities=[BOND], lots=[LOT], trades=[sold])
    found = moved(held, 2012)
    assert one(found, "gain") == 133_100_000 - 121_000_000
    assert one(found, "prepayment") == 6_655_000
    assert one(found, "consideration") == 133_100_000


def test_a_call_of_stock_has_no_par_and_no_prepayment_income() -> None:
    sold = trade(kind="call", security="C", quantity="20", amount="1500")
    held = records(
        securities=[stock(kind="preferred", redeemable="yes")],
        lots=[lot(security="C", quantity="20", cost="1000")],
        trades=[sold],
    )
    found = moved(held, 2012)
    assert (one(found, "gain"), one(found, "prepayment")) == (50_000, 0)


def test_a_lot_bought_this_year_parts_into_what_went_and_what_stays() -> None:
    # bought at the beginning of the year for 1,210,000 with a year to run... a third goes at midyear
    sold = trade(traded="2013-06-30", quantity="443667", amount="430000")
    held = records(
        securities=[BOND],
        lots=[lot(traded="2013-01-01", quantity="1331001", cost="1210000")],
        trades=[sold],
    )
    found = moved(held, 2013)
    assert found.cost.sum() == 121_000_000
    assert found.opening.tolist() == [0, 0]
    assert found.consideration.tolist() == [43_000_000, 0]
    assert found.closing.tolist() == [0, 88_733_400]  # at its end: the par that is left


# -- currencies -----------------------------------------------------------------------------------


def canadian(*trades: dict[str, str]) -> Records:
    rates = [
        {"currency": "CAD", "date": on, "rate": rate}
        for on, rate in (("2010-12-31", "1"), ("2011-12-31", "0.98"), ("2012-12-31", "1.02"))
    ]
    return records(
        securities=[yearly(currency="CAD")],
        lots=[LOT],
        trades=[*trades],
        exchange_rates=rates,
    )


def test_exchange_is_what_the_rates_did_to_what_stays() -> None:
    found = moved(canadian(), 2012)
    # 1,100,000 at 0.98 is 1,078,000; accretion 110,000 at 1.02 is 112,200; 1,210,000 at 1.02 is 1,234,200
    assert one(found, "opening") == 107_800_000
    assert one(found, "accretion") == 11_220_000
    assert one(found, "closing") == 123_420_000
    assert one(found, "exchange") == 123_420_000 - 107_800_000 - 11_220_000


def test_what_leaves_goes_at_the_rate_of_its_purchase() -> None:
    sold = trade(traded="2012-12-31", quantity="1331000", amount="1250000")
    found = moved(canadian(sold), 2012)
    # book 1,210,000 at 1; it would be 1,234,200 at the rate of the day, so that 24,200 is exchange's gain;
    # 1,250,000 at 1.02 is 1,275,000: 65,000 in all
    assert one(found, "book_at_disposal") == 121_000_000
    assert one(found, "exchange_gain") == 2_420_000
    assert one(found, "gain") == 6_500_000


# -- blocks and years -----------------------------------------------------------------------------


def test_blocks_joined_are_the_movements_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    lots = [lot(lot=f"L{number}", quantity=str(1_200_000 + 977 * number)) for number in range(9)]
    sold = [
        trade(trade=f"T{n}", lot=f"L{n}", quantity="333333", amount="300000") for n in (0, 4, 8)
    ]
    held = records(securities=[BOND], lots=lots, trades=sold)
    together = moved(held, 2012)
    monkeypatch.setattr(years, "_BLOCK", 2)
    apart = moved(held, 2012)
    assert len(apart) == 12
    for name in ("opening", "accretion", "gain", "closing", "rate", "carried_to"):
        assert np.array_equal(getattr(apart, name), getattr(together, name))
    assert joined([together]) is together
    assert together.take(np.flatnonzero(together.left)).gain.tolist() == together.gain[together.left].tolist()  # fmt: skip


def test_a_planted_cent_does_not_foot() -> None:
    found = moved(records(securities=[BOND], lots=[LOT]), 2012)
    assert found.unexplained.tolist() == [0]
    found.closing[0] += 1
    assert found.unexplained.tolist() == [-1]


def test_the_spells_of_a_lot_are_known_in_a_year_after_it_has_gone() -> None:
    sold = trade(traded="2011-12-31", quantity="1331000", amount="1100000")
    year = value_year(records(securities=[BOND], lots=[LOT], trades=[sold]), 2013)
    assert len(year.movements) == 0
    assert spells_for(year, 0).force.tolist() == pytest.approx([np.log(1.1)])
