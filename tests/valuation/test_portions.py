"""What left each lot at once: relief first in, first out, by hand; and what is refused."""

import pytest

from jurat.records import Records
from jurat.valuation.portions import Portions, events_of, has_settled, portions_of
from jurat.valuation.years import value_year, year_end
from jurat.words import RecordError
from tests.valuation.made import lot, moved, records, stock, trade, whole, yearly

ONE = 1_000_000
"""A share."""


def shares(name: str, traded: str, quantity: int, cost: int, **more: str) -> dict[str, str]:
    return lot(
        lot=name, security="C", traded=traded, quantity=str(quantity), cost=str(cost), **more
    )


def sale(name: str, traded: str, quantity: int, amount: str = "1", lot: str = "") -> dict[str, str]:
    return trade(
        trade=name, lot=lot, security="C", traded=traded, quantity=str(quantity), amount=amount
    )


def portions(held: Records, year: int) -> Portions:
    ends = year_end(year - 1), year_end(year)
    return portions_of(held, events_of(held, ends[1]), ends)


def told(held: Records, year: int = 2012) -> list[tuple[str, int, int, str]]:
    """Each portion as lot, shares before and after, trade."""
    found = portions(held, year)
    lots, trades = held["lots"].text("lot"), held["trades"].text("trade")
    return [
        (
            lots[int(one)].as_py(),
            int(before) // ONE,
            int(after) // ONE,
            trades[int(row)].as_py() if row >= 0 else "",
        )
        for one, before, after, row in zip(
            found.lot, found.before, found.after, found.trade, strict=True
        )
    ]


# -- relief ---------------------------------------------------------------------------------------


def test_trades_without_a_lot_reach_over_several_with_named_trades_between() -> None:
    held = records(
        securities=[stock()],
        lots=[
            shares("C", "2012-03-01", 100, 3000),
            shares("A", "2012-01-01", 100, 1000),
            shares("B", "2012-02-01", 100, 2000),
        ],
        trades=[
            sale("T1", "2012-04-01", 30),  # of A, the first bought: 70 left
            sale("T2", "2012-05-01", 40, lot="B"),  # by name: 60 left
            sale("T3", "2012-06-01", 120),  # 70 of A, 50 of B
            sale("T4", "2012-07-01", 50, lot="C"),
            sale("T5", "2012-08-01", 45),  # 10 of B, 35 of C
        ],
    )
    assert told(held) == [
        ("C", 100, 50, "T4"),
        ("C", 50, 15, "T5"),
        ("C", 15, 0, ""),
        ("A", 100, 70, "T1"),
        ("A", 70, 0, "T3"),
        ("B", 100, 60, "T2"),
        ("B", 60, 10, "T3"),
        ("B", 10, 0, "T5"),
    ]


def test_what_a_trade_over_several_lots_brought_is_shared_by_differences() -> None:
    held = records(
        securities=[stock()],
        lots=[shares(name, f"2012-0{month}-01", 1, 1) for month, name in enumerate("ABC", 1)],
        trades=[sale("T", "2012-06-01", 3, amount="100")],
    )
    # thirds of 100.00 in the order of relief: 100.00 less 66.67, 66.67 less 33.33, 33.33
    assert moved(held, 2012).consideration.tolist() == [3333, 3334, 3333]


def test_of_lots_bought_on_one_day_the_first_in_the_table_goes_first() -> None:
    held = records(
        securities=[stock()],
        lots=[shares("Z", "2012-01-01", 10, 10), shares("A", "2012-01-01", 10, 10)],
        trades=[sale("T", "2012-06-01", 10)],
    )
    assert told(held) == [("Z", 10, 0, "T"), ("A", 10, 0, "")]


def test_lots_of_other_accounts_and_securities_are_not_touched() -> None:
    held = records(
        securities=[stock(), stock(security="D")],
        lots=[
            shares("A", "2012-01-01", 10, 10, account="F"),
            shares("B", "2012-02-01", 10, 10),
            lot(lot="C", security="D", traded="2012-01-01", quantity="10", cost="10"),
        ],
        trades=[sale("T", "2012-06-01", 10)],
    )
    assert told(held) == [("A", 10, 0, ""), ("B", 10, 0, "T"), ("C", 10, 0, "")]


def test_trades_are_taken_by_day_and_not_by_row() -> None:
    held = records(
        securities=[stock()],
        lots=[shares("A", "2012-01-01", 10, 10), shares("B", "2012-01-02", 10, 10)],
        trades=[sale("T2", "2012-09-01", 10), sale("T1", "2012-08-01", 5)],
    )
    assert told(held) == [("A", 10, 5, "T1"), ("A", 5, 0, "T2"), ("B", 10, 5, "T2"), ("B", 5, 0, "")]  # fmt: skip


def test_a_lot_that_is_bought_later_is_not_relieved() -> None:
    held = records(
        securities=[stock()],
        lots=[shares("A", "2012-01-01", 10, 10), shares("B", "2012-07-01", 10, 10)],
        trades=[sale("T", "2012-06-01", 11)],
    )
    with pytest.raises(RecordError, match=r"trades\.csv:2: trade T takes more than the lot has"):
        value_year(held, 2012)


def test_a_lot_bought_and_sold_on_one_day_leaves_at_cost() -> None:
    held = records(
        securities=[yearly()],
        lots=[lot(traded="2012-06-29", settled="2012-07-03", cost="900000")],
        trades=[trade(traded="2012-06-29", quantity="1000000", amount="900100")],
    )
    found = moved(held, 2012)
    assert found.accretion.tolist() == [0]
    assert found.gain.tolist() == [10_000]
    assert found.closing.tolist() == [0]


def test_a_sale_on_the_day_of_settlement_leaves_at_cost() -> None:
    held = records(
        securities=[yearly()],
        lots=[lot(traded="2012-06-29", settled="2012-07-03", cost="900000")],
        trades=[trade(traded="2012-07-03", quantity="1000000", amount="900000")],
    )
    found = moved(held, 2012)
    assert (found.accretion.tolist(), found.gain.tolist()) == ([0], [0])


def test_a_trade_after_the_year_is_not_looked_at_even_if_it_cannot_be() -> None:
    late = trade(traded="2013-01-02", quantity="9000000", amount="1")
    held = records(securities=[yearly()], lots=[lot()], trades=[late])
    assert told(held) == [("L", 1_000_000, 0, "")]
    with pytest.raises(RecordError):
        value_year(held, 2013)


def test_every_trade_that_cannot_be_is_told_at_once() -> None:
    sold = [
        trade(trade=f"T{number}", lot=f"L{number}", quantity="1000001", amount="1")
        for number in range(23)
    ]
    lots = [lot(lot=f"L{number}") for number in range(23)]
    with pytest.raises(RecordError) as told:
        value_year(records(securities=[yearly()], lots=lots, trades=sold), 2012)
    assert told.value.what.startswith("23 trades of more than is held:")
    assert told.value.what.endswith("and 3 more")
    assert "trades.csv:21: trade T19" in told.value.what


def test_write_downs_take_nothing_and_stand_in_their_place() -> None:
    held = records(
        securities=[stock()],
        lots=[shares("A", "2012-01-01", 10, 100)],
        trades=[
            sale("T1", "2012-06-01", 4, amount="40", lot="A"),
            trade(trade="W", kind="write_down", lot="A", security="C", traded="2012-07-01",
                  quantity="", amount="12"),
            sale("T2", "2012-08-01", 3, amount="40", lot="A"),
        ],
    )  # fmt: skip
    events = events_of(held, year_end(2012))
    assert events.is_write_down.tolist() == [False, True, False]
    assert (events.before // ONE).tolist() == [10, 6, 6]
    assert told(held) == [("A", 10, 6, "T1"), ("A", 6, 3, "T2"), ("A", 3, 0, "")]
    # 12 over six shares: what was sold before it has none of it, what was sold after it three sixths
    assert moved(held, 2012).impairment.tolist() == [0, 600, 600]


def test_what_left_before_the_year_is_no_portion_of_it() -> None:
    held = records(
        securities=[stock()],
        lots=[shares("A", "2011-01-01", 10, 100)],
        trades=[sale("T1", "2011-06-01", 4), sale("T2", "2012-06-01", 6)],
    )
    assert told(held, 2011) == [("A", 10, 6, "T1"), ("A", 6, 0, "")]
    assert told(held, 2012) == [("A", 6, 0, "T2")]
    assert told(held, 2013) == []
    assert len(moved(held, 2013)) == 0


def test_a_blank_settlement_is_the_day_of_the_trade() -> None:
    held = records(lots=[lot(), lot(lot="M", settled="2011-01-05")])
    traded = held["lots"].whole("traded")
    assert (has_settled(held["lots"]) - traded).tolist() == [0, 5]


def test_what_stays_has_no_share_of_any_trade() -> None:
    held = records(securities=[stock()], lots=[shares("A", "2012-01-01", 10, 100)])
    found = portions(held, 2012)
    assert found.of_trade(whole(), whole()).tolist() == [0]
    assert found.share_of(whole(500), whole(10)).tolist() == [0]
