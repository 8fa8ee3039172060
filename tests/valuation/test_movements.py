"""Movements of lots: examples worked by hand, and histories that must always foot and always join."""

import itertools
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jurat.records import Records
from jurat.valuation import years
from jurat.valuation.movements import Movements
from jurat.valuation.years import Year, value_year
from jurat.words import RecordError
from tests.records_made import records_of, table_of

BOOK = [{"account": "A", "basis": "general"}]


def bond(**more: str) -> dict[str, str]:
    return {
        "security": "B",
        "kind": "bond",
        "issuer": "industrial",
        "coupon": "6",
        "maturity": "2013-11-15",
        **more,
    }


def lot(**more: str) -> dict[str, str]:
    return {
        "lot": "L",
        "account": "A",
        "security": "B",
        "traded": "2012-11-15",
        "quantity": "1000000",
        "cost": "981139.05",
        **more,
    }


def trade(**more: str) -> dict[str, str]:
    return {
        "trade": "T",
        "kind": "sale",
        "lot": "L",
        "account": "A",
        "security": "B",
        "traded": "2012-12-31",
        **more,
    }


def only(records: Records, year: int = 2012) -> Movements:
    return value_year(records, year).movements


def test_a_discount_bond_accretes_46_of_180_days_of_its_first_half_year() -> None:
    # 981,139.05 x 1.04 - 30,000 = 990,384.61 in a half-year; 46 / 180 of 9,245.57 is 2,362.76
    records = records_of(accounts=BOOK, securities=[bond()], lots=[lot()])
    moved = only(records)
    assert moved.cost.tolist() == [98_113_905]
    assert moved.accretion.tolist() == [236_276]
    assert moved.closing.tolist() == [98_350_181]
    assert only(records, 2013).opening.tolist() == [98_350_181]


def test_a_sale_of_a_quarter_takes_a_quarter_of_everything_to_the_cent() -> None:
    sold = trade(quantity="250000", amount="250000")
    records = records_of(accounts=BOOK, securities=[bond()], lots=[lot()], trades=[sold])
    moved = only(records)
    # cost 981,139.05 less 735,854.29 (three quarters, a half cent up) is 245,284.76
    assert moved.cost.tolist() == [24_528_476, 73_585_429]
    # 981,139.05 + 2,362.7558 is 983,501.8058; three quarters are 737,626.35, so that 245,875.46 goes
    assert moved.book_at_disposal.tolist() == [24_587_546, 0]
    assert moved.gain.tolist() == [25_000_000 - 24_587_546, 0]
    assert moved.closing.tolist() == [0, 73_762_635]


def test_naic_6_is_carried_at_the_lower_and_gives_it_back_when_it_recovers() -> None:
    records = records_of(
        accounts=BOOK,
        securities=[bond()],
        lots=[lot()],
        designations=[{"security": "B", "date": "2012-01-01", "designation": "6"}],
        prices=[
            {"security": "B", "date": "2012-12-31", "price": "90"},
            {"security": "B", "date": "2013-06-30", "price": "99.9"},
        ],
    )
    moved = only(records)
    assert moved.unrealized.tolist() == [90_000_000 - 98_350_181]
    assert moved.closing.tolist() == [90_000_000]


def test_a_call_above_par_parts_gain_and_income() -> None:
    # SSAP 26R: par 100, book 102, paid 103 is a loss of 2 and income of 3
    records = records_of(
        accounts=BOOK,
        securities=[bond(coupon="0", maturity="2020-12-31", frequency="1")],
        lots=[lot(traded="2012-12-31", cost="1020000")],
        trades=[trade(kind="call", quantity="1000000", amount="1030000")],
    )
    moved = only(records)
    assert moved.gain.tolist() == [-2_000_000]
    assert moved.prepayment.tolist() == [3_000_000]
    assert moved.consideration.tolist() == [100_000_000]


def test_a_call_below_par_is_a_gain_and_no_income() -> None:
    # book 25, paid 26: gain 1, income 0
    records = records_of(
        accounts=BOOK,
        securities=[bond(coupon="0", maturity="2020-12-31", frequency="1")],
        lots=[lot(traded="2012-12-31", cost="250000")],
        trades=[trade(kind="call", quantity="1000000", amount="260000")],
    )
    moved = only(records)
    assert moved.gain.tolist() == [1_000_000]
    assert moved.prepayment.tolist() == [0]


def test_a_paydown_leaves_at_par_and_its_discount_is_income() -> None:
    share = {"security": "B", "date": "2013-05-15", "share": "0.5"}
    records = records_of(
        accounts=BOOK,
        securities=[bond(structure="rmbs")],
        repayments=[share],
        lots=[lot()],
        trades=[trade(kind="paydown", traded="2013-05-15", quantity="500000", amount="500000")],
    )
    moved = only(records, 2013)
    assert moved.gain.tolist()[0] == 0
    assert moved.consideration.tolist()[0] == 50_000_000
    assert moved.accretion.tolist()[0] == 50_000_000 - moved.opening.tolist()[0]


def test_trades_without_a_lot_are_relieved_first_in_first_out() -> None:
    lots = [
        lot(lot="NEW", traded="2012-03-01", quantity="100", cost="1300", security="C"),
        lot(lot="OLD", traded="2011-03-01", quantity="100", cost="1000", security="C"),
    ]
    stock = {"security": "C", "kind": "common", "issuer": "industrial"}
    sold = trade(lot="", security="C", traded="2012-06-01", quantity="150", amount="2000")
    moved = only(records_of(accounts=BOOK, securities=[stock], lots=lots, trades=[sold]))
    # all of OLD, then half of NEW; 2,000 is shared 100 to 50
    names = [["NEW", "OLD"][one] for one in moved.portions.lot]
    assert names == ["NEW", "NEW", "OLD"]
    assert moved.consideration.tolist() == [66_667, 0, 133_333]
    assert moved.book_at_disposal.tolist() == [65_000, 0, 100_000]


def test_a_sale_of_more_than_is_held_is_refused_by_name() -> None:
    sold = trade(quantity="1000001", amount="5")
    records = records_of(accounts=BOOK, securities=[bond()], lots=[lot()], trades=[sold])
    with pytest.raises(
        RecordError, match=r"trades.csv:2: trade T takes more than the lot has left"
    ):
        value_year(records, 2012)


def test_a_foreign_lot_parts_accretion_from_exchange() -> None:
    rates = [
        {"currency": "CAD", "date": day, "rate": rate}
        for day, rate in (("2012-11-15", "1"), ("2012-12-31", "1.01"))
    ]
    records = records_of(
        accounts=BOOK, securities=[bond(currency="CAD")], lots=[lot()], exchange_rates=rates
    )
    moved = only(records)
    # 2,362.76 x 1.01 = 2,386.39; 983,501.81 x 1.01 = 993,336.83; the rest of the change is exchange
    assert moved.accretion.tolist() == [238_639]
    assert moved.closing.tolist() == [99_333_683]
    assert moved.exchange.tolist() == [99_333_683 - 98_113_905 - 238_639]


def test_a_write_down_makes_a_new_yield_from_what_is_left() -> None:
    down = trade(kind="write_down", traded="2013-05-15", quantity="", amount="90384.61")
    records = records_of(accounts=BOOK, securities=[bond()], lots=[lot()], trades=[down])
    moved = only(records, 2013)
    # 990,384.61 less 90,384.61 is 900,000; half a year later it matures, and is still held at par
    assert moved.impairment.tolist() == [9_038_461]
    assert moved.accretion.tolist() == [100_000_000 - 98_350_181 + 9_038_461]


# -- histories ------------------------------------------------------------------------------------

START = date(2010, 1, 4)
DAYS = st.integers(0, 1080).map(lambda number: (START + timedelta(days=number)).isoformat())


@st.composite
def histories(draw: st.DrawFn) -> Records:
    """A few securities, lots of them, and trades that never take more than is left."""
    kinds = draw(
        st.lists(st.sampled_from(["bond", "zero", "call", "common"]), min_size=1, max_size=4)
    )
    securities, calls, lots, trades = [], [], [], []
    for number, kind in enumerate(kinds):
        name = f"S{number}"
        own = bond(security=name, maturity=f"{draw(st.integers(2014, 2030))}-05-15")
        if kind == "common":
            own |= {"kind": "common", "maturity": "", "coupon": ""}
        if kind == "zero":
            own |= {"coupon": "0", "coupon_type": "zero"}
        if kind == "call":
            calls.append({"security": name, "date": "2012-02-15", "price": "101"})
        securities.append(own)
    for number in range(draw(st.integers(1, 6))):
        par = draw(st.integers(1, 2000)) * 1000
        cents = par * draw(st.integers(60, 130))
        lots.append(
            lot(
                lot=f"L{number}",
                security=f"S{draw(st.integers(0, len(kinds) - 1))}",
                traded=draw(DAYS),
                quantity=str(par),
                cost=f"{cents // 100}.{cents % 100:02}",
            )
        )
    for one in lots:
        left = int(one["quantity"])
        day = date.fromisoformat(one["traded"])
        for number in range(draw(st.integers(0, 4))):
            day += timedelta(days=draw(st.integers(0, 400)))
            if draw(st.booleans()) and left > 3:
                gone = draw(st.integers(1, left))
                sold = trade(quantity=str(gone), amount=str(draw(st.integers(1, 2 * gone))))
                left -= gone
            else:
                sold = trade(kind="write_down", quantity="", amount="1.01")
                if left == 0 or float(one["cost"]) < 2 * left / 3:
                    continue
            trades.append(
                sold
                | {
                    "trade": f"{one['lot']}-{number}",
                    "lot": one["lot"],
                    "security": one["security"],
                    "traded": day.isoformat(),
                }
            )
    prices = [
        {
            "security": own["security"],
            "date": f"{year}-12-31",
            "price": str(draw(st.integers(50, 140))),
        }
        for own in securities
        for year in range(2009, 2014)
    ]
    six = [{"security": "S0", "date": "2011-06-30", "designation": "6"}]
    return records_of(
        accounts=BOOK,
        securities=securities,
        calls=calls,
        designations=six,
        prices=prices,
        lots=lots,
        trades=trades,
    )


def by_lot(year: Year, amounts: np.ndarray) -> dict[int, int]:
    found: dict[int, int] = {}
    for one, cents in zip(year.movements.portions.lot.tolist(), amounts.tolist(), strict=True):
        found[one] = found.get(one, 0) + cents
    return {one: cents for one, cents in found.items() if cents}


@settings(max_examples=60, deadline=None)
@given(histories())
def test_every_history_foots_and_every_opening_is_the_closing_before(records: Records) -> None:
    years = [value_year(records, year) for year in range(2010, 2014)]
    for year in years:
        assert not year.movements.unexplained.any()
    for earlier, later in itertools.pairwise(years):
        assert by_lot(earlier, earlier.movements.closing) == by_lot(later, later.movements.opening)


@settings(max_examples=25, deadline=None)
@given(histories())
def test_costs_less_what_went_is_the_cost_of_what_stays(records: Records) -> None:
    years = [value_year(records, year) for year in range(2010, 2014)]
    bought = sum(int(year.movements.cost.sum()) for year in years)
    assert bought == int(records["lots"].whole("cost")[_traded(records) <= years[-1].end].sum())


def _traded(records: Records) -> np.ndarray:
    return records["lots"].whole("traded")


def test_any_split_of_lots_gives_the_same_movements(monkeypatch: pytest.MonkeyPatch) -> None:
    lots = [lot(lot=f"L{number}", cost=str(900_000 + 7_919 * number)) for number in range(40)]
    sold = [
        trade(trade=f"T{number}", lot=f"L{number}", quantity="333333", amount="300000")
        for number in range(0, 40, 3)
    ]
    records = records_of(accounts=BOOK, securities=[bond()], lots=lots, trades=sold)
    whole = only(records)
    for size in (1, 3, 17):
        monkeypatch.setattr(years, "_BLOCK", size)
        split = only(records)
        for name in ("opening", "cost", "accretion", "gain", "closing"):
            assert getattr(split, name).tolist() == getattr(whole, name).tolist()


def test_table_of_refuses_a_column_that_is_none() -> None:
    with pytest.raises(AssertionError):
        table_of("lots", [{"par": "1"}])
