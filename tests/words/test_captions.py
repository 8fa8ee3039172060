"""What a caption says: blanks to fill in, rules, ties, words."""

import pytest

from jurat.money import Kind
from jurat.words import BlankError, Sense, claims_of, for_year, insets_of, parentheses, sense_of
from jurat.words.captions import split_at_insets

PAGES = ("exhibit 1", "page 3", "schedule d", "amortization")


@pytest.mark.parametrize(
    ("parenthesis", "sense"),
    [
        ("Lines 1 to 11", Sense.RULE),
        ("Cols. 1 + 2", Sense.RULE),
        ("Lines 0501 thru 0503 plus 0598", Sense.RULE),
        ("Exhibit 1, Line 24", Sense.TIE),
        ("Line 16 above", Sense.TIE),
        ("to Page 3, Line 2", Sense.TIE),
        ("including ${cash} cash", Sense.INSET),
        ("unaffiliated", Sense.WORDS),
        ("decrease", Sense.WORDS),
        ("Schedule D", Sense.WORDS),
        ("Included in Exhibit 3", Sense.WORDS),
    ],
)
def test_a_parenthesis_means(parenthesis: str, sense: Sense) -> None:
    assert sense_of(parenthesis, PAGES) is sense


def test_what_looks_like_a_rule_and_is_none_is_refused_unless_marked() -> None:
    with pytest.raises(BlankError, match="not a rule"):
        sense_of("Line 4 or so", PAGES)
    assert sense_of("Line 4 or so", PAGES, ["(Line 4 or so)"]) is Sense.WORDS
    with pytest.raises(BlankError, match="not a rule"):
        claims_of("Funds (Line 4 or so)", PAGES)
    assert claims_of("Funds (Line 4 or so)", PAGES, ["(Line 4 or so)"]) == []


@pytest.mark.parametrize(
    ("caption", "rules"),
    [
        ("Total (Lines 1 to 11)", ["Lines 1 through 11"]),
        ("Totals (Lines 1101 thru 1103 plus 1198)(Line 11 above)",
         ["Lines 1101 through 1103 + 1198", "to Line 11"]),
        ("Cost of bonds acquired, Schedule D, Part 3, Column 7", ["Part 3, Column 7"]),
        ("Part 1, Column 12", ["Part 1, Column 12"]),
        ("Bonds (unaffiliated)", []),
        ("Liabilities (including ${due} due)", []),
    ],
)  # fmt: skip
def test_the_claims_of_a_caption(caption: str, rules: list[str]) -> None:
    assert [str(claim.rule) for claim in claims_of(caption, PAGES)] == rules


def test_insets_have_kinds_and_numbers() -> None:
    insets = insets_of("On {when:date} ${paid} to {payee} in {year}, at {rate:percent}")
    assert [(i.number, i.name, i.kind) for i in insets] == [
        (1, "when", Kind.DATE),
        (2, "paid", Kind.MONEY),
        (3, "payee", Kind.TEXT),
        (4, "rate", Kind.PERCENT),
    ]


def test_the_words_around_the_insets() -> None:
    assert split_at_insets("Cash (${a}) and (${b})") == ["Cash (", ") and (", ")"]
    assert split_at_insets("no blank") == ["no blank"]


def test_the_year_goes_into_the_caption() -> None:
    assert for_year("{year} less {year-1} and {year+2}", 2012) == "2012 less 2011 and 2014"


def test_parentheses_are_the_outermost() -> None:
    assert parentheses("Losses (net (of tax)) and (gains)") == ["net (of tax)", "gains"]
