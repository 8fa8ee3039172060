"""Amounts as people write them, to the cent or not at all."""

import pytest

from jurat.money import EXACT, format_exact, parse_amount, to_dollars


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("12", 1200),
        ("12.5", 1250),
        ("1,234.56", 123456),
        ("(1,234.56)", -123456),
        ("-7", -700),
        ("$1,000", 100000),
        (" 3.00 ", 300),
    ],
)
def test_an_amount_is_read_to_the_cent(text: str, cents: int) -> None:
    assert parse_amount(text) == cents * EXACT // 100


@pytest.mark.parametrize(
    "text",
    ["", "-", "1.234,56", "1e5", "NaN", "12%", "-(3)", "(3", "1,23", "1.234", "٣", "9" * 20, "1 2"],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|beyond"):
        parse_amount(text)


@pytest.mark.parametrize(
    ("exact", "dollars"),
    [(499_999, 0), (500_000, 1), (-500_000, -1), (-499_999, 0), (1_500_000, 2)],
)
def test_halves_go_away_from_zero(exact: int, dollars: int) -> None:
    assert to_dollars(exact) == dollars


def test_an_exact_amount_shows_its_decimals() -> None:
    assert [format_exact(n) for n in (0, 1_000_000, -1_234_500_000, 63)] == [
        "0.00",
        "1.00",
        "(1,234.50)",
        "0.000063",
    ]
