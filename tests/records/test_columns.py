"""Whole columns are typed as one value at a time would be: against Python's own decimals and dates."""

from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurat.records import BLANK, SCALE, Field, Kind
from jurat.records.columns import typed
from jurat.records.written import LARGEST, LEAST, why_not

KINDS = [kind for kind in SCALE if kind is not Kind.EXCHANGE]
NUMBERS = st.text("0123456789.,-($)", max_size=12) | st.decimals(
    allow_nan=False, allow_infinity=False, places=3
).map(lambda number: f"{number:,f}")


def by_hand(kind: Kind, text: str) -> int | None:
    """The number that a text is, or nothing: one text at a time, with Python's decimals."""
    body, less = text, False
    if body.startswith("(") and body.endswith(")"):
        body, less = body[1:-1], True
    elif body.startswith("-"):
        body, less = body[1:], True
    if kind is Kind.MONEY:
        body = body.removeprefix("$")
    whole, point, decimals = body.partition(".")
    groups = whole.split(",")
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(g) != 3 for g in groups[1:])):
        return None
    digits = "".join(groups)
    if not (digits.isascii() and digits.isdigit()) or (decimals and not decimals.isdigit()):
        return None
    value = Decimal(f"{digits}{point}{decimals}") * (-1 if less else 1)
    scaled = value.scaleb(SCALE[kind])
    if scaled != int(scaled) or value > LARGEST[kind] or value < LEAST.get(kind, -LARGEST[kind]):
        return None
    return int(scaled)


@given(st.lists(NUMBERS, max_size=8), st.sampled_from(KINDS))
def test_numbers_are_what_decimals_make_of_them(texts: list[str], kind: Kind) -> None:
    field = Field(name="x", kind=kind, means="")
    for column in (pa.array(texts, pa.string()), pa.array(texts, pa.string()).dictionary_encode()):
        values, good = typed(field, column)
        found = [int(v) if is_good else None for v, is_good in zip(values, good, strict=True)]
        assert found == [BLANK if not text else by_hand(kind, text) for text in texts]


@given(st.lists(st.decimals(-(10**12), 10**12, places=4), max_size=8), st.sampled_from(KINDS))
def test_decimals_of_a_file_are_kept_exactly(numbers: list[Decimal], kind: Kind) -> None:
    column = pa.array(numbers, pa.decimal128(30, 6))
    values, good = typed(Field(name="x", kind=kind, means=""), column)
    for number, value, is_good in zip(numbers, values.tolist(), good.tolist(), strict=True):
        scaled = number.scaleb(SCALE[kind])
        fits = scaled == int(scaled) and LEAST.get(kind, -LARGEST[kind]) <= number <= LARGEST[kind]
        assert is_good == fits
        assert not fits or value == int(scaled)


@given(st.lists(st.text("0123456789-", max_size=11) | st.dates().map(str), max_size=8))
def test_dates_are_what_the_calendar_says(texts: list[str]) -> None:
    values, good = typed(Field(name="x", kind=Kind.DATE, means=""), pa.array(texts, pa.string()))
    for text, value, is_good in zip(texts, values.tolist(), good.tolist(), strict=True):
        try:
            day = date.fromisoformat(text) if len(text) == 10 else None
        except ValueError:
            day = None
        if not text:
            assert (value, is_good) == (BLANK, True)
        elif day is None or not 1900 <= day.year <= 2200:
            assert not is_good
        else:
            assert (np.datetime64(value, "D"), is_good) == (np.datetime64(day), True)


@pytest.mark.parametrize("kind", list(Kind))
@given(st.text(max_size=30))
def test_whatever_cannot_stand_is_told_in_a_line(kind: Kind, text: str) -> None:
    field = Field(name="x", kind=kind, means="something", needed=True, choices=("a", "b"))
    what, advice = why_not(field, text)
    assert what
    assert advice
    assert "\n" not in what
