"""Printed figures: what they mean, how they are printed, how halves are rounded."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurat.money import Kind, format_figure, parse_figure, ratio_in_tenths, round_half_away

FIGURES = st.sampled_from([kind for kind in Kind if kind.is_figure])
AMOUNTS = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("printed", "kind", "value"),
    [
        ("0", Kind.MONEY, 0),
        ("7", Kind.MONEY, 7),
        ("1,234,567", Kind.MONEY, 1_234_567),
        ("1234567", Kind.MONEY, 1_234_567),
        ("(5,180)", Kind.MONEY, -5_180),
        ("-5,180", Kind.MONEY, -5_180),
        (" 12 ", Kind.MONEY, 12),
        (".0004", Kind.FACTOR, 4),
        ("0.0063", Kind.FACTOR, 63),
        ("1.0", Kind.FACTOR, 10_000),
        ("24.6", Kind.PERCENT, 246),
        ("24.6%", Kind.PERCENT, 246),
        ("(0.1)", Kind.PERCENT, -1),
        ("100", Kind.PERCENT, 1000),
    ],
)
def test_a_printed_figure_means(printed: str, kind: Kind, value: int) -> None:
    assert parse_figure(printed, kind) == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.MONEY),
        ("()", Kind.MONEY),
        ("-", Kind.MONEY),
        ("NONE", Kind.MONEY),
        ("XXX", Kind.MONEY),
        ("(5,180", Kind.MONEY),
        ("5,180)", Kind.MONEY),
        ("1,23", Kind.MONEY),
        ("12,34,567", Kind.MONEY),
        ("1,2345", Kind.MONEY),
        ("1 234", Kind.MONEY),
        ("10,834,79510,368,384", Kind.MONEY),
        ("12.5", Kind.MONEY),
        ("12%", Kind.MONEY),
        ("0.5%", Kind.FACTOR),
        ("\u0665", Kind.MONEY),  # a digit, but none a form prints
        ("24.65", Kind.PERCENT),
        ("0.00631", Kind.FACTOR),
    ],
)
def test_what_is_no_figure_of_its_kind_is_refused(text: str, kind: Kind) -> None:
    with pytest.raises(ValueError, match=r"figure|decimals"):
        parse_figure(text, kind)


@pytest.mark.parametrize(
    ("value", "kind", "printed"),
    [
        (0, Kind.MONEY, "0"),
        (-1, Kind.MONEY, "(1)"),
        (4_110_990_671, Kind.MONEY, "4,110,990,671"),
        (4, Kind.FACTOR, "0.0004"),
        (10_000, Kind.FACTOR, "1.0000"),
        (-5, Kind.PERCENT, "(0.5)"),
        (1000, Kind.PERCENT, "100.0"),
    ],
)
def test_a_figure_is_printed(value: int, kind: Kind, printed: str) -> None:
    assert format_figure(value, kind) == printed


@given(AMOUNTS, FIGURES)
def test_what_is_printed_reads_back(value: int, kind: Kind) -> None:
    assert parse_figure(format_figure(value, kind), kind) == value


@given(AMOUNTS, st.integers(1, 10**6) | st.integers(-(10**6), -1))
def test_rounding_is_never_more_than_half_away(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    rounded = round_half_away(numerator, denominator)
    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)  # halves go away from zero


@given(AMOUNTS, st.integers(1, 10**6))
def test_rounding_minds_no_sign(numerator: int, denominator: int) -> None:
    assert round_half_away(-numerator, denominator) == -round_half_away(numerator, denominator)
    assert round_half_away(numerator, -denominator) == -round_half_away(numerator, denominator)


def test_a_share_is_in_tenths_of_a_percent() -> None:
    assert ratio_in_tenths(1, 3) == 333
    assert ratio_in_tenths(2, 3) == 667
    assert ratio_in_tenths(1, 2000) == 1  # 0.05 rounds away from zero
    assert ratio_in_tenths(-1, 2000) == -1
    assert ratio_in_tenths(5, 0) == 0


def test_the_kinds_that_add() -> None:
    assert {kind for kind in Kind if kind.is_figure} == {Kind.MONEY, Kind.FACTOR, Kind.PERCENT}
    assert {kind for kind in Kind if kind.is_box} == {Kind.YES_NO, Kind.YES_NO_NA}
