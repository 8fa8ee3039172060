"""Callable bonds: the worst date, and what happens when it passes."""

import random
from decimal import Decimal

import numpy as np
import pytest

from jurat.valuation import (
    Bonds,
    Calls,
    Lots,
    Outcome,
    Schedule,
    book_values,
    effective_yields,
    worst_book_values,
    yield_to_worst,
)

MILLION = 1_000_000_00
BOND = Bonds(maturity=["2022-06-30"], coupon=0.05)
PREMIUM = Lots(par=np.array([MILLION]), cost=np.array([1_060_000_00]), settled="2012-06-30")
CALLS = Calls(
    schedule=Schedule.of([[("2015-06-30", 1.03), ("2017-06-30", 1.015), ("2019-06-30", 1.0)]])
)


def carried(bond: Bonds, lots: Lots, calls: Calls, at: str) -> tuple[int, str]:
    book, worst = worst_book_values(bond, lots, calls, at)
    return int(book[0]), str(worst.end[0])


def test_a_premium_bond_is_carried_to_the_call_of_the_lowest_value() -> None:
    """106 for 5 %: 3.9 % to 103 in 2015, 4.0 % to 2017, 4.1 % to 2019, 4.3 % to maturity."""
    each = []
    for end, price in [("2015-06-30", 1.03), ("2017-06-30", 1.015), ("2019-06-30", 1.0)]:
        bond = Bonds(maturity=["2022-06-30"], coupon=0.05, end=end, price=price)
        each.append(float(effective_yields(bond, PREMIUM).rate[0]))
    worst = yield_to_worst(BOND, PREMIUM, CALLS)
    assert each == sorted(each)
    assert str(worst.end[0]) == "2015-06-30"
    assert float(worst.yields.rate[0]) == each[0]


def test_the_worst_asset_value_is_the_lowest_of_all_candidates() -> None:
    at = "2013-12-31"
    values = [int(book_values(BOND, PREMIUM, effective_yields(BOND, PREMIUM), at)[0])]
    for end, price in [("2015-06-30", 1.03), ("2017-06-30", 1.015), ("2019-06-30", 1.0)]:
        bond = Bonds(maturity=["2022-06-30"], coupon=0.05, end=end, price=price)
        values.append(int(book_values(bond, PREMIUM, effective_yields(bond, PREMIUM), at)[0]))
    assert carried(BOND, PREMIUM, CALLS, at)[0] == min(values)


def test_a_passed_call_is_solved_again_from_the_value_it_left() -> None:
    """103 on 30 June 2015; then over 2017, 2019 and 2022 the worst is found anew, and so on."""
    assert carried(BOND, PREMIUM, CALLS, "2015-06-30") == (1_030_000_00, "2015-06-30")
    again = Lots(par=np.array([MILLION]), cost=np.array([1_030_000_00]), settled="2015-06-30")
    worst = yield_to_worst(BOND, again, CALLS)
    assert str(worst.end[0]) == "2017-06-30"
    at = "2016-12-31"
    bond = Bonds(maturity=["2022-06-30"], coupon=0.05, end="2017-06-30", price=1.015)
    expected = book_values(bond, again, effective_yields(bond, again), at)
    assert carried(BOND, PREMIUM, CALLS, at) == (int(expected[0]), "2017-06-30")
    assert carried(BOND, PREMIUM, CALLS, "2019-06-30") == (MILLION, "2019-06-30")
    assert carried(BOND, PREMIUM, CALLS, "2020-12-31")[1] == "2022-06-30"
    assert abs(carried(BOND, PREMIUM, CALLS, "2021-06-30")[0] - MILLION) <= 1


def test_a_discount_bond_is_carried_to_maturity() -> None:
    lots = Lots(par=np.array([MILLION]), cost=np.array([950_000_00]), settled="2012-06-30")
    worst = yield_to_worst(BOND, lots, CALLS)
    assert str(worst.end[0]) == "2022-06-30"
    plain = book_values(BOND, lots, effective_yields(BOND, lots), "2018-12-31")
    assert carried(BOND, lots, CALLS, "2018-12-31")[0] == int(plain[0])


def test_a_call_between_coupons_pays_what_has_accrued() -> None:
    """Called at par three months after settlement: 100 + 1.25 for 100.50, in half a period."""
    calls = Calls(schedule=Schedule.of([[("2012-09-30", 1.0)]]))
    lots = Lots(par=np.array([MILLION]), cost=np.array([1_005_000_00]), settled="2012-06-30")
    worst = yield_to_worst(BOND, lots, calls)
    growth = (Decimal("101.25") / Decimal("100.5")) ** 2
    assert float(worst.yields.rate[0]) == pytest.approx(float(2 * (growth - 1)), abs=1e-12)
    assert carried(BOND, lots, calls, "2012-09-30")[0] == MILLION


def test_a_bond_callable_when_bought_is_carried_at_the_lesser_of_cost_and_call_price() -> None:
    schedule = Schedule.of([[("2011-06-30", 1.02), ("2014-06-30", 1.0)]])
    lots = PREMIUM
    open_now = Calls(schedule=schedule, any_day=True)
    assert carried(BOND, lots, open_now, "2012-06-30")[0] == 1_020_000_00
    once = Calls(schedule=schedule)
    assert carried(BOND, lots, once, "2012-06-30")[0] == 1_060_000_00


def test_lots_of_many_bonds_are_each_carried_as_alone() -> None:
    """Three bonds at once: a premium, one without calls, one that cannot be."""
    bonds = Bonds(maturity=["2022-06-30"] * 3, coupon=[0.05, 0.05, -1.0])
    rows = [("2015-06-30", 1.03), ("2017-06-30", 1.015), ("2019-06-30", 1.0)]
    calls = Calls(schedule=Schedule.of([rows, [], rows]))
    lots = Lots(par=np.full(3, MILLION), cost=np.full(3, 1_060_000_00), settled="2012-06-30")
    book, worst = worst_book_values(bonds, lots, calls, "2016-12-31")
    assert int(book[0]) == carried(BOND, PREMIUM, CALLS, "2016-12-31")[0]
    plain = book_values(BOND, PREMIUM, effective_yields(BOND, PREMIUM), "2016-12-31")
    assert int(book[1]) == int(plain[0])
    assert worst.yields.outcome.tolist() == [Outcome.SOLVED, Outcome.SOLVED, Outcome.TERMS]


# -- re-performed in plain arithmetic, on coupon dates --------------------------------------


def worth(rate: float, coupon: float, periods: int, price: float) -> float:
    return (
        sum(coupon / (1 + rate) ** k for k in range(1, periods + 1)) + price / (1 + rate) ** periods
    )


def solved(book: float, coupon: float, periods: int, price: float) -> float:
    low, high = -0.4, 3.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if worth(middle, coupon, periods, price) > book else (low, middle)
        )
    return low


def performed(book: float, coupon: float, ends: list[tuple[int, float]], at: int) -> float:
    """Book value after `at` half-years: to the end of the lowest yield, and on from there."""
    now = 0
    while True:
        ahead = [(end - now, price) for end, price in ends if end > now]
        rate, periods, price = min(
            (round(solved(book, coupon, n, price), 12), -n, price) for n, price in ahead
        )
        end = now - periods
        if end >= at:
            return worth(rate, coupon, end - at, price)
        now, book = end, price


@pytest.mark.parametrize("seed", range(40))
def test_callable_bonds_are_carried_as_plain_arithmetic_has_it(seed: int) -> None:
    chance = random.Random(seed)
    length, coupon = chance.randrange(6, 40), chance.randrange(0, 80) / 2000
    halves = sorted(chance.sample(range(1, length), chance.randrange(1, 5)))
    ends = [(half, chance.choice([1.0, 1.01, 1.025, 1.05])) for half in halves] + [(length, 1.0)]
    cost = chance.uniform(0.85, 1.25)

    def day(half: int) -> str:
        return f"{2012 + (half + 1) // 2}-{('11', '05')[half % 2]}-15"

    schedule = Schedule.of([[(day(half), price) for half, price in ends[:-1]]])
    bonds = Bonds(maturity=[day(length)], coupon=coupon * 2)
    cents = round(cost * MILLION)
    lots = Lots(par=np.array([MILLION]), cost=np.array([cents]), settled=day(0))
    for at in range(1, length):
        book = worst_book_values(bonds, lots, Calls(schedule=schedule), day(at))[0]
        expected = performed(cents / MILLION, coupon, ends, at) * MILLION
        assert abs(int(book[0]) - expected) < 1, (at, ends)
