"""Equations solved once: the steps, the grain, and what cannot be solved."""

import pytest

from jurat.golden.ladder import ONE, solved


def test_a_total_follows_from_its_details() -> None:
    # 0 = 1 + 2. Cell 0 ranks highest, so it follows: 30 + 12 = 42.
    ladder = solved([{0: 1, 1: -1, 2: -1}], rank=[3, 2, 1])
    values = [0, 30, 12]
    ladder.climb(values)
    assert values == [42, 30, 12]


def test_a_carried_total_makes_a_detail_follow() -> None:
    # 0 = 1 + 2 and 0 = 3 + 4: both sums bind; one detail of each side stays free but for one.
    ladder = solved([{0: 1, 1: -1, 2: -1}, {0: 1, 3: -1, 4: -1}], rank=[9, 1, 2, 3, 4])
    values = [0, 10, 20, 5, 0]
    ladder.climb(values)
    # 0 = 10 + 20 = 30; 4 = 30 - 5 = 25.
    assert values == [30, 10, 20, 5, 25]


def test_a_constant_stands_under_one() -> None:
    # A printed factor: cell 0 = 63.
    values = [0]
    solved([{0: 1, ONE: -63}], rank=[0]).climb(values)
    assert values == [63]


def test_a_double_count_needs_even_amounts() -> None:
    # 2 * cell 0 = 3 * cell 1: whole only when cell 1 is even; the grain says so.
    ladder = solved([{0: 2, 1: -3}], rank=[1, 0])
    assert ladder.grain == 2
    values = [0, 10]
    ladder.climb(values)
    assert values == [15, 10]


def test_a_sum_said_twice_binds_once() -> None:
    ladder = solved([{0: 1, 1: -1}, {0: -1, 1: 1}], rank=[1, 0])
    assert len(ladder.steps) == 1


def test_contradicting_sums_are_refused() -> None:
    with pytest.raises(AssertionError, match="contradict"):
        solved([{0: 1, ONE: -1}, {0: 1, ONE: -2}], rank=[0])
