"""Negative IMR: the six cases of the two statements, and what INT 23-01 admits, worked by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurat.valuation.imr_states import (
    ImrCase,
    Surplus,
    admittance_terms,
    admitted_imr,
    imr_state,
)

END_2024, END_2025 = date(2024, 12, 31), date(2025, 12, 31)

CASES = {
    # balances: case, what is reported, what is disallowed
    (500, 200): (ImrCase.BOTH_STAND, (500, 200), (0, 0)),
    (-500, -200): (ImrCase.NEITHER_STANDS, (0, 0), (500, 200)),
    (500, -200): (ImrCase.SEPARATE_COVERED, (500, -200), (0, 0)),
    (500, -700): (ImrCase.SEPARATE_BEYOND, (500, -500), (0, 200)),
    (-200, 500): (ImrCase.GENERAL_COVERED, (-200, 500), (0, 0)),
    (-700, 500): (ImrCase.GENERAL_BEYOND, (-500, 500), (200, 0)),
    # at the edges
    (0, 0): (ImrCase.BOTH_STAND, (0, 0), (0, 0)),
    (0, -700): (ImrCase.SEPARATE_BEYOND, (0, 0), (0, 700)),
    (-700, 0): (ImrCase.GENERAL_BEYOND, (0, 0), (700, 0)),
    (700, -700): (ImrCase.SEPARATE_COVERED, (700, -700), (0, 0)),
}


@pytest.mark.parametrize("balances", CASES)
def test_what_may_stand_and_what_is_disallowed(balances: tuple[int, int]) -> None:
    state = imr_state(*balances)
    reported = (state.general, state.separate)
    disallowed = (state.general_disallowed, state.separate_disallowed)
    assert (state.case, reported, disallowed) == CASES[balances]


AMOUNTS = st.integers(-(10**12), 10**12)


@given(AMOUNTS, AMOUNTS)
def test_nothing_is_lost_and_what_stands_is_never_negative_together(
    general: int, separate: int
) -> None:
    state = imr_state(general, separate)
    assert state.general - state.general_disallowed == general
    assert state.separate - state.separate_disallowed == separate
    assert min(state.general_disallowed, state.separate_disallowed) >= 0
    assert state.general + state.separate == max(general + separate, 0)


# -- INT 23-01 ------------------------------------------------------------------------------------


def test_the_window_of_admittance_is_from_its_first_day_to_its_last() -> None:
    first, last, day = date(2023, 8, 13), date(2026, 12, 31), timedelta(days=1)
    assert admittance_terms(first - day) is None
    assert admittance_terms(first) is not None
    assert admittance_terms(last) is not None
    assert admittance_terms(last + day) is None
    dates = [first + number * day for number in range((last - first).days + 1)]
    assert all(admittance_terms(one) is not None for one in dates)


def test_a_tenth_of_adjusted_surplus_bounds_what_is_admitted() -> None:
    # 10,000 - 500 - 300 - 900 - 200 = 8,100; a tenth is 810
    held = Surplus(filed=10_000, goodwill=500, edp=300, deferred_tax=900, admitted_imr=200, rbc=301)
    found = admitted_imr(END_2024, held, general=1_000)
    assert (found.general, found.bound) == (810, 810)
    assert found.why == "10 % of adjusted capital and surplus last filed"


def test_the_general_account_comes_first_and_the_rest_is_shared() -> None:
    # 810 less 500 is 310: 100 to 300 is 77.5, a half up, and 232
    held = Surplus(filed=8_100, rbc=400)
    found = admitted_imr(END_2024, held, general=500, insulated=100, non_insulated=300)
    assert (found.general, found.insulated, found.non_insulated) == (500, 78, 232)


def test_what_is_less_than_the_bound_is_admitted_whole() -> None:
    held = Surplus(filed=100_000, rbc=400)
    found = admitted_imr(END_2024, held, general=500, insulated=100, non_insulated=300)
    assert (found.general, found.insulated, found.non_insulated) == (500, 100, 300)


def test_since_2025_a_tenth_of_current_surplus_bounds_it_too() -> None:
    held = Surplus(filed=8_100, current=6_059, rbc=400)
    assert admitted_imr(END_2024, held, general=1_000).general == 810
    assert admitted_imr(END_2025, held, general=1_000).general == 605  # never over the tenth
    assert admitted_imr(END_2025, held, general=1_000).why == "10 % of current capital and surplus"


@pytest.mark.parametrize(
    ("day", "rbc", "why"),
    [
        (END_2024, 300, "risk-based capital is not over 300 %"),
        (date(2022, 12, 31), 900, "INT 23-01 is not in force on 2022-12-31"),
        (date(2027, 12, 31), 900, "INT 23-01 is not in force on 2027-12-31"),
    ],
)
def test_outside_its_terms_nothing_is_admitted(day: date, rbc: int, why: str) -> None:
    found = admitted_imr(day, Surplus(filed=8_100, current=8_100, rbc=rbc), general=1_000)
    assert (found.general, found.bound, found.why) == (0, 0, why)


def test_surplus_below_nought_admits_nothing() -> None:
    held = Surplus(filed=100, goodwill=900, rbc=400)
    assert admitted_imr(END_2024, held, general=1_000, insulated=7).bound == 0
