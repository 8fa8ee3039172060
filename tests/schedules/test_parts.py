"""Any parting of the holdings gives the same figures; every figure re-adds from the lots it names."""

import numpy as np
import pytest

from jurat.blanks import blank_for
from jurat.schedules import investments_of
from jurat.schedules.detail import Detail
from jurat.schedules.hierarchy import hierarchy_of
from jurat.schedules.partitions import parts_of, totals_in_parts
from jurat.valuation.life import life_of
from tests.schedules.conftest import Company
from tests.schedules.golden_answers import made_of


@pytest.mark.parametrize("size", [40, 97, 10_000])
def test_holdings_in_parts_add_to_the_whole(company_of: Company, size: int) -> None:
    records, made = made_of(company_of(250, 1), 2012)
    rows: dict[str, int] = {}

    def count(detail: Detail) -> None:
        rows[detail.page] = rows.get(detail.page, 0) + len(detail)

    totals = totals_in_parts(records, blank_for(2012), 2012, count, size)
    assert {at: cents for at, cents in totals.items() if cents} == {
        at: total.cents for at, total in made.sums.items() if total.cents
    }
    own = {page: len(detail) for page, detail in made.details.items()}
    assert {page: rows[page] for page in own if page != "schedule_d_part6_section1"} == {
        page: count for page, count in own.items() if page != "schedule_d_part6_section1"
    }


def test_parts_hold_every_lot_once(company_of: Company) -> None:
    records, _ = made_of(company_of(250, 1), 2012)
    names = [
        name for part in parts_of(records, 60) for name in part["lots"].text("lot").to_pylist()
    ]
    assert sorted(names) == sorted(records["lots"].text("lot").to_pylist())


def test_every_figure_re_adds_from_the_shares_it_lists(company_of: Company) -> None:
    _, made = made_of(company_of(250, 1), 2012)
    assert len(made.sums) > 300
    for at, total in made.sums.items():
        shares = total.largest(total.count)
        assert sum(share.cents for share in shares) == total.cents, at
        assert len(shares) == total.count
        sizes = [abs(share.cents) for share in shares]
        assert sizes == sorted(sizes, reverse=True)


def test_a_lots_life_ends_where_the_schedule_has_it(company_of: Company) -> None:
    records, made = made_of(company_of(250, 1), 2012)
    detail = made.details["schedule_d_part1"]
    form = blank_for(2012).pages["schedule_d_part1"]
    numbers = {column.name: column.number for column in form.declared.columns}
    book = detail.columns[numbers["book_value"]]
    for row in range(0, len(detail), 7):
        life = life_of(records, detail.lot[row].as_py(), 2012)
        assert life.years[-1].moved["closing"] == book[row]
        for year in life.years:
            moved = year.moved
            added = moved["opening"] + moved["cost"] + moved["accretion"] + moved["unrealized"]
            added += moved["exchange"] + moved["gain"]
            assert added - moved["impairment"] - moved["consideration"] == moved["closing"]
        for earlier, later in zip(life.years[:-1], life.years[1:], strict=True):
            assert earlier.moved["closing"] == later.moved["opening"]


def test_the_fair_value_hierarchy_adds_to_the_fair_values(company_of: Company) -> None:
    made = investments_of(made_of(company_of(250, 1), 2012)[0], blank_for(2012), 2012)
    moves = made.book.moves
    told = sum(sum(level.cents) for level in hierarchy_of(made))
    assert told == int(np.where(moves.left, 0, moves.fair_value).sum())
