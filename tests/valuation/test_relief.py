"""Sales that name no lot: first in, first out, and on average, worked by hand and over any history."""

import itertools
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings

from jurat.records import Records
from jurat.valuation.life import life_of
from jurat.valuation.movements import Movements
from jurat.valuation.portions import WRITE_DOWN, events_of
from jurat.valuation.relief import Relief
from jurat.valuation.years import Year, value_year, year_end
from jurat.words import RecordError
from tests.records_made import Rows, records_of
from tests.valuation.test_movements import BOOK, bond, by_lot, histories, lot, trade

BOTH = pytest.mark.parametrize("relief", list(Relief))
STOCK = {"security": "C", "kind": "common", "issuer": "industrial"}


def shares(name: str, day: str, quantity: str, cost: str = "1000") -> dict[str, str]:
    return lot(lot=name, traded=day, quantity=quantity, cost=cost, security="C")


def sale(day: str, quantity: str, amount: str = "2000", **more: str) -> dict[str, str]:
    return trade(traded=day, quantity=quantity, amount=amount, **{"lot": "", **more})


def of_stock(lots: Rows, *sales: dict[str, str]) -> Records:
    named = [{**one, "trade": f"T{number}", "security": "C"} for number, one in enumerate(sales)]
    return records_of(accounts=BOOK, securities=[STOCK], lots=lots, trades=named)


def average(records: Records, year: int = 2012) -> Movements:
    return value_year(records, year, Relief.AVERAGE).movements


def taken(records: Records, relief: Relief = Relief.AVERAGE) -> dict[tuple[str, str], int]:
    """What each trade took of each lot by the end of 2012, in millionths."""
    events = events_of(records, year_end(2012), relief)
    lots, trades = (records[name].text(name[:-1]).to_pylist() for name in ("lots", "trades"))
    gone = zip(
        events.trade.tolist(), events.lot.tolist(), events.before - events.after, strict=True
    )
    return {(trades[one], lots[of]): int(took) for one, of, took in gone}


# -- worked by hand -------------------------------------------------------------------------------


def test_a_sale_on_average_takes_of_every_lot_by_what_is_left_of_it() -> None:
    lots = [shares("NEW", "2012-03-01", "100", "1300"), shares("OLD", "2011-03-01", "300", "3000")]
    moved = average(of_stock(lots, sale("2012-06-01", "200")))
    # half of all 400: 150 of OLD at 10, 50 of NEW at 13; 2,000 is shared 3 to 1
    names = [["NEW", "OLD"][one] for one in moved.portions.lot]
    assert names == ["NEW", "NEW", "OLD", "OLD"]
    assert moved.book_at_disposal.tolist() == [65_000, 0, 150_000, 0]
    assert moved.consideration.tolist() == [50_000, 0, 150_000, 0]
    assert moved.closing.tolist() == [0, 65_000, 0, 150_000]


def test_par_goes_in_whole_cents_and_the_lots_add_to_the_sale() -> None:
    lots = [
        lot(lot=name, traded="2012-01-02", quantity=par, cost=par)
        for name, par in (("L1", "333.33"), ("L2", "333.33"), ("L3", "333.34"))
    ]
    sold = sale("2012-06-01", "100.00", "100")
    records = records_of(accounts=BOOK, securities=[bond()], lots=lots, trades=[sold])
    # a tenth of 333.33, 666.66 and 1,000.00 is 33.33, 66.67 and 100.00
    assert list(taken(records).values()) == [33_330_000, 33_340_000, 33_330_000]


def test_shares_go_in_millionths() -> None:
    lots = [shares(name, "2012-01-02", "1") for name in ("L1", "L2", "L3")]
    assert list(taken(of_stock(lots, sale("2012-06-01", "1"))).values()) == [
        333_333,
        333_334,
        333_333,
    ]


def test_par_that_has_parts_of_a_cent_already_goes_in_millionths() -> None:
    lots = [
        lot(lot=name, traded="2012-01-02", quantity=par, cost="1")
        for name, par in (("L1", "0.004"), ("L2", "0.006"))
    ]
    sold = sale("2012-06-01", "0.005", "1")
    records = records_of(accounts=BOOK, securities=[bond()], lots=lots, trades=[sold])
    assert list(taken(records).values()) == [2_000, 3_000]


def test_a_lot_bought_after_the_day_takes_no_part() -> None:
    lots = [shares("OLD", "2011-03-01", "100"), shares("NEW", "2012-06-02", "100")]
    records = of_stock(lots, sale("2012-06-01", "60"), sale("2012-06-02", "70"))
    # 60 of OLD; then half of 40 and 100
    assert taken(records) == {
        ("T0", "OLD"): 60_000_000,
        ("T1", "OLD"): 20_000_000,
        ("T1", "NEW"): 50_000_000,
    }


def test_a_sale_that_names_its_lot_leaves_less_of_it_for_the_average() -> None:
    lots = [shares("L1", "2011-03-01", "100"), shares("L2", "2011-03-02", "100")]
    records = of_stock(lots, sale("2012-05-01", "50", lot="L1"), sale("2012-06-01", "75"))
    # half of 50 and of 100
    assert taken(records) == {
        ("T0", "L1"): 50_000_000,
        ("T1", "L1"): 25_000_000,
        ("T1", "L2"): 50_000_000,
    }


def test_other_accounts_and_securities_take_no_part() -> None:
    other = {**STOCK, "security": "D"}
    lots = [
        shares("L1", "2011-03-01", "100"),
        shares("L2", "2011-03-01", "100") | {"account": "B"},
        shares("L3", "2011-03-01", "100") | {"security": "D"},
    ]
    records = records_of(
        accounts=[*BOOK, {"account": "B", "basis": "general"}],
        securities=[STOCK, other],
        lots=lots,
        trades=[sale("2012-06-01", "40", security="C")],
    )
    assert taken(records) == {("T", "L1"): 40_000_000}


@BOTH
def test_what_is_sold_out_leaves_nothing_of_any_lot(relief: Relief) -> None:
    lots = [shares(f"L{number}", "2012-01-02", str(7 + number)) for number in range(5)]
    records = of_stock(lots, sale("2012-06-01", "13.000001"), sale("2012-06-02", "31.999999"))
    moved = value_year(records, 2012, relief).movements
    assert moved.closing.sum() == 0
    assert moved.consideration.sum() == 400_000
    assert moved.book_at_disposal.sum() == 500_000


@BOTH
def test_more_than_the_holder_has_on_the_day_is_refused_by_name(relief: Relief) -> None:
    lots = [shares("OLD", "2011-03-01", "100"), shares("NEW", "2012-06-02", "100")]
    records = of_stock(lots, sale("2012-06-01", "100.000001"))
    with pytest.raises(RecordError, match=r"trades.csv:2: trade T0 takes more"):
        value_year(records, 2012, relief)


def test_the_life_of_a_lot_goes_by_the_election() -> None:
    lots = [shares("OLD", "2011-03-01", "100"), shares("NEW", "2011-03-02", "100")]
    records = of_stock(lots, sale("2012-06-01", "100"))
    closing = {
        relief: life_of(records, "NEW", 2012, relief).years[-1].moved["closing"]
        for relief in Relief
    }
    assert closing == {Relief.FIFO: 100_000, Relief.AVERAGE: 50_000}


# -- histories ------------------------------------------------------------------------------------


def unnamed(records: Records) -> Records:
    """The same history with sales that name no lot: what the lots had, their holder has."""
    trades = records["trades"]
    trades = trades.take(np.flatnonzero(trades.whole("kind") != WRITE_DOWN))
    blank = pa.array([""] * len(trades), pa.string())
    bare = replace(trades, columns={**trades.columns, "lot": blank})
    return Records(tables={**records.tables, "trades": bare})


def years_of(records: Records, relief: Relief) -> list[Year]:
    return [value_year(records, year, relief) for year in range(2010, 2014)]


@BOTH
@settings(max_examples=40, deadline=None)
@given(records=histories())
def test_every_history_foots_and_joins(records: Records, relief: Relief) -> None:
    years = years_of(unnamed(records), relief)
    assert not any(year.movements.unexplained.any() for year in years)
    for earlier, later in itertools.pairwise(years):
        assert by_lot(earlier, earlier.movements.closing) == by_lot(later, later.movements.opening)


@settings(max_examples=40, deadline=None)
@given(records=histories())
def test_both_take_the_same_par_for_the_same_money(records: Records) -> None:
    bare = unnamed(records)
    first, spread = (years_of(bare, relief) for relief in Relief)
    for one, other in zip(first, spread, strict=True):
        for name in ("cost", "consideration", "prepayment"):
            amounts = (int(getattr(year.movements, name).sum()) for year in (one, other))
            assert next(amounts) == next(amounts), name
    end = year_end(2013)
    gone = [events_of(bare, end, relief) for relief in Relief]
    assert len({int((events.before - events.after).sum()) for events in gone}) == 1


@settings(max_examples=40, deadline=None)
@given(records=histories())
def test_on_average_no_lot_is_taken_below_nought_or_in_parts_of_a_cent(records: Records) -> None:
    events = events_of(unnamed(records), year_end(2013), Relief.AVERAGE)
    took = events.before - events.after
    assert (events.after >= 0).all()
    assert (took > 0).all()
    kinds = records["securities"].whole("kind")
    names = records["securities"].text("security").to_pylist()
    own = [names.index(name) for name in records["lots"].text("security").to_pylist()]
    bonds = kinds[np.array(own)[events.lot]] == 0
    assert not (took[bonds] % 10_000).any()
