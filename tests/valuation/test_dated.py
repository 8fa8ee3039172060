"""What held on a day."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurat.valuation.dated import Dated
from tests.valuation.made import day, whole

RATES = Dated.of(whole(0, 1, 0, -1, 0), whole(20, 10, 10, 5, 20))
"""Of owner 0: row 2 on day 10, rows 0 and 4 both on day 20; of owner 1: row 1; of nobody: row 3."""


@pytest.mark.parametrize(
    ("owner", "on", "row"),
    [(0, 9, -1), (0, 10, 2), (0, 19, 2), (0, 20, 4), (0, 999, 4), (1, 9, -1), (1, 10, 1), (2, 50, -1)],
)  # fmt: skip
def test_the_last_row_at_or_before_a_day_holds(owner: int, on: int, row: int) -> None:
    assert RATES.latest(whole(owner), whole(on)).tolist() == [row]


@pytest.mark.parametrize(
    ("owner", "on", "row"), [(0, 9, 2), (0, 10, 0), (0, 19, 0), (0, 20, -1), (1, 9, 1), (1, 10, -1)]
)
def test_the_first_row_after_a_day_follows(owner: int, on: int, row: int) -> None:
    assert RATES.following(whole(owner), whole(on)).tolist() == [row]


def test_without_rows_nothing_holds_and_nothing_follows() -> None:
    empty = Dated.of(whole(), whole())
    assert empty.latest(whole(0, 1), whole(3, 4)).tolist() == [-1, -1]
    assert empty.following(whole(0, 1), whole(3, 4)).tolist() == [-1, -1]


def test_days_before_1970_and_far_ahead_stand_in_order() -> None:
    days = np.array([day("0001-01-01"), day("1969-12-31"), day("9999-12-31")])
    dated = Dated.of(whole(7, 7, 7), days)
    assert dated.latest(whole(7, 7, 7), days).tolist() == [0, 1, 2]
    assert dated.latest(whole(7), whole(day("1970-01-01"))).tolist() == [1]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(-50, 50)), max_size=20),
    st.integers(0, 3),
    st.integers(-60, 60),
)
def test_it_is_what_looking_through_all_rows_finds(
    rows: list[tuple[int, int]], owner: int, on: int
) -> None:
    dated = Dated.of(whole(*(one for one, _ in rows)), whole(*(at for _, at in rows)))
    upto = [(at, row) for row, (one, at) in enumerate(rows) if one == owner and at <= on]
    after = [(at, row) for row, (one, at) in enumerate(rows) if one == owner and at > on]
    assert dated.latest(whole(owner), whole(on)).tolist() == [max(upto)[1] if upto else -1]
    assert dated.following(whole(owner), whole(on)).tolist() == [min(after)[1] if after else -1]
