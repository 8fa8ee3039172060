"""What-if equals booking: the statement with trades on paper is that of a folder that has them."""

import csv
import random
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from jurat.close import Closing, close
from jurat.close.whatif import WhatIf, what_if
from jurat.records import BLANK, Table
from jurat.schedules.whatif import effect_of, sales_of
from jurat.statement import Statement
from jurat.words import Address, RecordError, UsageError
from tests.records_made import table_of
from tests.schedules.conftest import Closed, Company
from tests.valuation.made import day, lot, yearly
from tests.valuation.made import records as records_of

DAY = day("2012-12-31")


def lots_left(closing: Closing) -> list[str]:
    """Lots held at the year's end that have a price."""
    made = closing.investments
    assert made is not None
    moves = made.book.moves
    own = np.flatnonzero(~moves.left & (moves.price != BLANK))
    return list(made.book.year.holdings.lots.text("lot").take(pa.array(moves.portions.lot[own])).to_pylist())  # fmt: skip


def sales(closing: Closing, seed: int, *, count: int = 12, on: int = DAY) -> Table:
    """Some lots sold: a third of them whole, a third in part, a third without saying which lot."""
    records = closing.books.records
    assert records is not None
    chance = random.Random(seed)
    names = chance.sample(lots_left(closing), count)
    table = sales_of(records, names, on, None)
    quantity, amount = table.whole("quantity").copy(), table.whole("amount").copy()
    lots = table.text("lot").to_pylist()
    for row in range(count):
        if row % 3:
            quantity[row] = max(quantity[row] // 3 // 10_000, 1) * 10_000
            amount[row] //= 3
        if row % 3 == 2:
            lots[row] = ""
    columns = {**table.columns, "quantity": quantity, "amount": amount, "lot": pa.array(lots)}
    return replace(table, columns=columns)


def booked(folder: Path, trades: Table, target: Path, **policies: str) -> Path:
    """The company's folder with the trades in its records, in a file of their own."""
    shutil.copytree(folder, target)
    company = (target / "company.toml").read_text(encoding="utf-8")
    for name, value in policies.items():
        lines = [line for line in company.splitlines() if not line.startswith(name)]
        company = "\n".join(lines).replace("[policies]", f'[policies]\n{name} = "{value}"') + "\n"
    (target / "company.toml").write_text(company, encoding="utf-8")
    if len(trades):
        names = [field.name for field in trades.declared.fields]
        path = target / "records" / "trades_2012-12-31_on_paper.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            for row in range(len(trades)):
                values = [
                    field.written(_plain(trades, field.name, row))
                    for field in trades.declared.fields
                ]
                writer.writerow(values)
    return target


def _plain(trades: Table, name: str, row: int) -> object:
    value = trades.columns[name][row]
    return value.as_py() if isinstance(value, pa.Scalar) else value


def figures(statement: Statement) -> dict[Address, tuple[int, int]]:
    """Every figure that is not nought: in dollars, and exact."""
    return {
        address: (cell.figure, cell.exact or 0)
        for address, cell in statement.cells.items()
        if cell.figure or cell.exact
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_if_is_the_statement_of_a_folder_that_has_the_trades(
    company_of: Company, closed: Closed, tmp_path: Path, seed: int
) -> None:
    closing = closed(250, seed, 2012)
    trades = sales(closing, seed)
    found = what_if(closing, trades)
    after = close(booked(company_of(250, seed), trades, tmp_path / "books"))
    assert figures(found.statement) == figures(after.statement)
    assert figures(found.statement) != figures(closing.statement)


@pytest.mark.parametrize(
    "policies", [{"imr_method": "seriatim"}, {"rounding": "foot"}], ids=["seriatim", "foot"]
)
def test_it_is_so_with_other_policies(
    company_of: Company, closed: Closed, tmp_path: Path, policies: dict[str, str]
) -> None:
    first, folder = closed(250, 1, 2012), company_of(250, 1)
    trades = sales(first, 9)
    none = trades.take(np.zeros(0, dtype=np.int64))
    closing = close(booked(folder, none, tmp_path / "before", **policies))
    after = close(booked(folder, trades, tmp_path / "after", **policies))
    assert figures(what_if(closing, trades).statement) == figures(after.statement)


def test_trades_in_the_middle_of_the_year_are_booked_in_their_place(
    company_of: Company, closed: Closed, tmp_path: Path
) -> None:
    closing = closed(250, 2, 2012)
    made, records = closing.investments, closing.books.records
    assert made is not None
    assert records is not None
    lots = made.book.year.holdings.lots
    moves = made.book.moves
    old = ~moves.left & (lots.whole("traded")[moves.portions.lot] < day("2011-12-31"))
    traded = set(records["trades"].text("security").to_pylist())
    names = [
        lots.text("lot")[int(lot)].as_py()
        for lot in moves.portions.lot[np.flatnonzero(old)]
        if lots.text("security")[int(lot)].as_py() not in traded
    ]
    assert len(names) > 10
    trades = sales_of(records, names, day("2012-05-15"), 101_00000000)
    after = close(booked(company_of(250, 2), trades, tmp_path / "books"))
    assert figures(what_if(closing, trades).statement) == figures(after.statement)


def told(closed: Closed) -> tuple[Closing, Table, WhatIf]:
    closing = closed(250, 1, 2012)
    trades = sales(closing, 4)
    return closing, trades, what_if(closing, trades)


def test_what_is_told_of_each_sale_adds_to_what_changes(closed: Closed) -> None:
    closing, trades, found = told(closed)
    assert sum(one.consideration for one in found.sales) == trades.whole("amount").sum()
    for one in found.sales:
        assert one.gain == one.consideration - one.book_value
    at = Address("imr", "2", inset=1)
    before, after = (s[at].exact or 0 for s in (closing.statement, found.statement))
    taken = sum(one.gain for one in found.sales if one.reserve == "IMR")
    assert abs((after - before) // 10_000 - taken) <= sum(
        abs(one.gain) for one in found.sales if one.reserve == "-"
    )


def test_every_cell_that_changes_is_told_and_no_other(closed: Closed) -> None:
    closing, _, found = told(closed)
    for one in found.changed:
        before, after = (s.cells.get(one.address) for s in (closing.statement, found.statement))
        assert (before.figure if before else 0, after.figure if after else 0) == (
            one.before,
            one.after,
        )
    changed = {one.address for one in found.changed}
    same = {*closing.statement.cells} - changed
    assert all(
        closing.statement.cells[at].figure == found.statement[at].figure
        for at in same
        if at in found.statement.cells
    )


def test_the_reserve_is_told_for_ten_years(closed: Closed) -> None:
    _, _, found = told(closed)
    assert [year for year, _, _ in found.released] == list(range(2012, 2022))
    assert any(now != then for _, now, then in found.released)


def test_the_effect_is_on_the_holdings_that_are_touched_and_no_others(closed: Closed) -> None:
    closing, trades, _ = told(closed)
    records = closing.books.records
    assert records is not None
    effect = effect_of(records, trades, closing.books.blank, 2012)
    touched = effect.before.book.year.records["lots"]
    assert len(touched) < len(records["lots"]) / 4
    assert set(touched.text("security").to_pylist()) == set(trades.text("security").to_pylist())
    assert effect.changed


def test_nothing_traded_changes_nothing(closed: Closed) -> None:
    closing, trades, _ = told(closed)
    found = what_if(closing, trades.take(np.zeros(0, dtype=np.int64)))
    assert found.changed == ()
    assert figures(found.statement) == figures(closing.statement)


# -- what cannot be -------------------------------------------------------------------------------


def test_a_trade_of_another_year_is_refused(closed: Closed) -> None:
    closing = closed(250, 1, 2012)
    records = closing.books.records
    assert records is not None
    trades = sales_of(records, lots_left(closing)[:1], DAY, None)
    late = replace(trades, columns={**trades.columns, "traded": trades.whole("traded") + 1})
    with pytest.raises(UsageError, match="Not every trade is of 2012"):
        what_if(closing, late)


def test_more_than_is_held_is_refused(closed: Closed) -> None:
    closing = closed(250, 1, 2012)
    trades = sales(closing, 1)
    more = replace(trades, columns={**trades.columns, "quantity": trades.whole("quantity") * 99})
    with pytest.raises(RecordError, match="trades on paper:3: trade what-if 3 takes more than"):
        what_if(closing, more)


def test_a_lot_that_is_none_is_told_with_those_of_like_names(closed: Closed) -> None:
    records = closed(250, 1, 2012).books.records
    assert records is not None
    with pytest.raises(UsageError) as fault:
        sales_of(records, ["L000001-9"], DAY, None)
    assert "There is no lot L000001-9" in str(fault.value)
    assert "Did you mean L000001-1" in str(fault.value)


def test_lots_that_are_gone_or_have_no_price_are_all_told(closed: Closed) -> None:
    closing = closed(250, 1, 2012)
    records = closing.books.records
    assert records is not None
    name = lots_left(closing)[0]
    with pytest.raises(
        UsageError, match=f"L000001-1 is not held on that day.*{name} has no price|{name} .*"
    ):
        sales_of(records, ["L000001-1", name], day("1999-01-01"), None)


def test_a_lot_is_sold_at_the_price_that_is_said_with_its_interest() -> None:
    held = records_of(
        securities=[yearly(coupon="10", maturity="2020-12-31")],
        lots=[lot()],
        trades=[{"trade": "T", "kind": "sale", "lot": "L", "account": "A", "security": "B",
                 "traded": "2011-06-30", "quantity": "400000", "amount": "1"}],
    )  # fmt: skip
    found = sales_of(held, ["L"], day("2012-06-30"), 101_25000000)
    # 600,000 are left: at 101.25 607,500.00, and half a year of 10 % is 30,000.00
    assert found.whole("quantity").tolist() == [600_000_000_000]
    assert found.whole("amount").tolist() == [60_750_000]
    assert found.whole("accrued").tolist() == [3_000_000]
    assert len(table_of("trades", [])) == 0
