"""Shares of amounts: against fractions, over all amounts that money can have."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jurat.valuation.proportion import market_value, proportion
from tests.valuation.made import whole

CENTS = 10**17
"""A thousand million million cents: ten times what a statement takes."""
MILLIONTHS = 10**18
"""Par of a million million dollars, as records keep it."""


def share(amount: int, part: int, all_of_it: int) -> int:
    """The nearest, halves away from nought, by fractions."""
    exact = Fraction(abs(amount) * part, all_of_it)
    near = int(exact + Fraction(1, 2))
    return near if amount >= 0 else -near


@given(st.integers(-CENTS, CENTS), st.integers(0, MILLIONTHS), st.integers(1, MILLIONTHS))
@example(1, 1, 2)
@example(-1, 1, 2)
@example(CENTS, MILLIONTHS - 1, MILLIONTHS)
@example(-CENTS, MILLIONTHS // 2 + 1, MILLIONTHS)
@example(CENTS - 1, 333_333_333_333_333_333, 999_999_999_999_999_999)
def test_a_share_is_the_nearest_cent(amount: int, one: int, other: int) -> None:
    part, all_of_it = min(one, other), max(one, other)
    assert proportion(whole(amount), whole(part), whole(all_of_it)).tolist() == [
        share(amount, part, all_of_it)
    ]


@given(st.integers(-(2**62), 2**62), st.integers(1, 10**8), st.integers(1, 10**8))
@example(2**62, 10**8 - 1, 10**8)
def test_an_amount_of_any_size_is_turned_at_a_rate(amount: int, one: int, other: int) -> None:
    """Over the whole of int64 money, for a rate less than one: the product is far beyond 64 bits."""
    part, all_of_it = min(one, other), max(one, other)
    assert proportion(whole(amount), whole(part), whole(all_of_it)).tolist() == [
        share(amount, part, all_of_it)
    ]


@given(st.integers(0, MILLIONTHS), st.integers(0, 10**13))
def test_a_market_value_is_the_nearest_cent_of_quantity_times_price(
    quantity: int, price: int
) -> None:
    bond = market_value(whole(quantity), whole(price), is_stock=False)
    assert bond.tolist() == [share(price, quantity, 10**14)]


@given(st.integers(0, 10**15), st.integers(0, 10**13))
def test_shares_are_worth_their_price_each(quantity: int, price: int) -> None:
    stock = market_value(whole(quantity), whole(price), is_stock=True)
    assert stock.tolist() == [share(price, quantity, 10**12)]


@given(
    st.integers(-CENTS, CENTS),
    st.lists(st.integers(0, MILLIONTHS // 8), min_size=1, max_size=8).filter(any),
)
def test_shares_by_differences_add_to_the_amount(amount: int, parts: list[int]) -> None:
    """A lot that leaves in portions: whatever the rounding, no cent is lost."""
    owed = np.array([sum(parts[place:]) for place in range(len(parts) + 1)])
    shares = -np.diff(proportion(whole(amount), owed, owed[0]))
    assert shares.sum() == amount


@pytest.mark.parametrize(
    ("amount", "part", "all_of_it", "cents"),
    [
        (10001, 1, 2, 5001),  # 50.005 is 50.01
        (-10001, 1, 2, -5001),  # and less than nought likewise
        (10000, 1, 3, 3333),
        (20000, 1, 3, 6667),
        (5, 0, 7, 0),
        (5, 3, 0, 0),  # of nothing there is no share
    ],
)
def test_halves_go_away_from_nought(amount: int, part: int, all_of_it: int, cents: int) -> None:
    assert proportion(whole(amount), whole(part), whole(all_of_it)).tolist() == [cents]


def test_columns_broadcast() -> None:
    assert proportion(whole(100, 200), whole(1, 1), np.asarray(3)).tolist() == [33, 67]
