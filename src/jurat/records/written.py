"""A value as written that cannot stand: what is wrong with it, and what to write instead."""

import re
from collections.abc import Callable
from datetime import date

from jurat.records.faults import short
from jurat.records.tables import SCALE, Field, Kind
from jurat.words import nearest

LONGEST_ID = 80
LONGEST_TEXT = 500
YEARS = range(1900, 2201)
"""The years a date of records may be in."""
LARGEST = {
    Kind.MONEY: 10**12,
    Kind.QUANTITY: 10**12,
    Kind.RATE: 1_000,
    Kind.PRICE: 10**9,
    Kind.SHARE: 1,
    Kind.EXCHANGE: 10**6,
    Kind.WHOLE: 10**9,
}
"""The largest number that may stand, in its own unit."""
LEAST = {Kind.PRICE: 0, Kind.SHARE: 0, Kind.EXCHANGE: 0, Kind.WHOLE: 0}
"""Nothing less may stand; of an exchange rate, not nought either."""
EXAMPLES = {
    Kind.DATE: "2012-12-31",
    Kind.MONEY: "1234.56, or (1,234.56) for less than nought",
    Kind.QUANTITY: "1000000 or 1500.25",
    Kind.RATE: "percent a year, 5.25",
    Kind.PRICE: "101.125",
    Kind.SHARE: "a fraction from 0 to 1, 0.25",
    Kind.EXCHANGE: "1.3194",
    Kind.WHOLE: "2",
}

Told = tuple[str, str]
"""What is wrong, and what to write."""
CONTROL = "\\x00-\\x1f\\x7f"
_CONTROL = re.compile(f"[{CONTROL}]")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ROUNDED = re.compile(r"-?[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]+")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def why_not(field: Field, text: str) -> Told:
    """Why a field cannot hold a text.

    >>> why_not(Field(name="traded", kind=Kind.DATE, means=""), "12/31/2012")
    ("'12/31/2012' is no date as written here.", 'Write 2012-12-31.')
    """
    if not text:
        return "is blank, and it is needed.", _example(field)
    return _WHY.get(field.kind, _why_no_number)(field, text)


def _example(field: Field) -> str:
    if field.choices:
        return f"Write one of: {', '.join(field.choices)}."
    if field.letters:
        return f"Write {field.letters} capital letters."
    if field.among:
        return f"Write one of: {', '.join(map(str, field.among))}."
    example = EXAMPLES.get(field.kind)
    return f"Write {example}." if example else f"Write {field.means.split(';')[0]}."


def _why_no_date(_field: Field, text: str) -> Told:
    if found := _AMERICAN.fullmatch(text):
        month, day, year = map(int, found.groups())
        try:
            told = f"Write {date(year, month, day).isoformat()}."
        except ValueError:
            told = "Write year-month-day, as 2012-12-31."
        return f"{short(text)} is no date as written here.", told
    try:
        year = date.fromisoformat(text).year
    except ValueError:
        return f"{short(text)} is no date.", "Write year-month-day, as 2012-12-31."
    if year not in YEARS:
        told = f"Dates stand between {YEARS.start} and {YEARS.stop - 1}."
        return f"{short(text)} is not in a year of these records.", told
    return f"{short(text)} is no date as written here.", "Write year-month-day, as 2012-12-31."


def _why_no_choice(field: Field, text: str) -> Told:
    meant = nearest(text, field.choices, 1)
    lead = f"Did you mean {meant[0]}? " if meant else ""
    return f"{short(text)} is none of its words.", f"{lead}Words: {', '.join(field.choices)}."


def _why_no_words(field: Field, text: str) -> Told:
    longest = LONGEST_ID if field.kind is Kind.ID else LONGEST_TEXT
    if len(text) > longest:
        return f"{short(text)} is longer than {longest} characters.", "Shorten it."
    if _CONTROL.search(text):
        return (
            f"{short(text)} holds a sign that is no letter.",
            "Write it in one line, without tabs.",
        )
    return f"{short(text)} cannot stand.", _example(field)


def _why_no_number(field: Field, text: str) -> Told:
    plain = text.strip("()-$ ").replace(",", "")
    if len(text) <= LONGEST_ID and _PLAIN.fullmatch(plain):
        return _why_not_this_number(field, text, plain)
    if field.kind is Kind.RATE and text.endswith("%"):
        return f"{short(text)} has a sign of percent.", "Write it without: 5.25 is 5.25 %."
    if _ROUNDED.fullmatch(text):
        return f"{short(text)} is rounded by a spreadsheet.", "Write all its digits."
    return f"{short(text)} is no number.", _example(field)


def _why_not_this_number(field: Field, text: str, plain: str) -> Told:
    whole, _, decimals = plain.partition(".")
    decimals, scale = decimals.rstrip("0"), SCALE[field.kind]
    value = int(whole + decimals.ljust(scale, "0"))
    example = _example(field)
    if len(decimals) > scale:
        example = f"Write at most {scale}." if scale else "Write a whole number."
        what = f"has {len(decimals)} decimals."
    elif field.among:
        what = "is not among its numbers."
    elif value > LARGEST[field.kind] * 10**scale:
        what = f"is beyond {LARGEST[field.kind]:,}."
    elif field.kind in LEAST and text[0] in "(-":
        what = "is less than nought."
    elif field.kind is Kind.EXCHANGE and not value:
        what = "is nought; no currency is worth nothing."
    else:
        what = "is no number as written here."
    return f"{short(text)} {what}", example


_WHY: dict[Kind, Callable[[Field, str], Told]] = {
    Kind.DATE: _why_no_date,
    Kind.CHOICE: _why_no_choice,
    Kind.YES_NO: _why_no_choice,
    Kind.ID: _why_no_words,
    Kind.TEXT: _why_no_words,
}


def how_written(field: Field) -> str:
    """How a field is written, for documents.

    >>> how_written(Field(name="cost", kind=Kind.MONEY, means=""))
    'money: 1234.56, or (1,234.56) for less than nought'
    """
    if field.choices:
        return " | ".join(field.choices)
    if field.among:
        return "number: " + " | ".join(map(str, field.among))
    if field.letters:
        return f"{field.letters} capital letters"
    example = EXAMPLES.get(field.kind)
    longest = LONGEST_ID if field.kind is Kind.ID else LONGEST_TEXT
    return f"{field.kind}: {example}" if example else f"{field.kind}, up to {longest} characters"


def whether_needed(field: Field) -> str:
    """What a blank is: not allowed, something, or a blank."""
    if field.needed:
        return "needed"
    return f"blank: {field.default}" if field.default else ""
