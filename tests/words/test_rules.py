"""Rules in words: every form the blank prints, and that what is printed parses to itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jurat
from jurat.blanks.references import References
from jurat.words import BlankError, Reference, Rule, parse_rule
from jurat.words.rules import Span, Term

PAGES = ("exhibit 1", "imr", "nii", "page 3", "schedule d", "schedule db", "liabilities")


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("Lines 1 to 11", "Lines 1 through 11"),
        ("Lines 1 thru 9", "Lines 1 through 9"),
        ("Lines 1 through 9", "Lines 1 through 9"),
        ("Sum of Lines 1 thru 8", "Lines 1 through 8"),
        ("Lines 01.301 thru 01.303 plus 01.398", "Lines 01.301 through 01.303 + 01.398"),
        ("Lines 1+2+3+4+5-6-7+8-9", "Lines 1 + 2 + 3 + 4 + 5 - 6 - 7 + 8 - 9"),
        ("Lines 1 & 2", "Lines 1 + 2"),
        ("Lines 1, 2 and 3", "Lines 1 + 2 + 3"),
        ("Line 5 minus Line 16", "Line 5 minus Line 16"),
        ("Line 1 + Line 2 + Line 3", "Line 1 plus Line 2 plus Line 3"),
        ("Cols. 1 + 2", "Columns 1 + 2"),
        ("Columns 4 x 5", "Columns 4 x 5"),
        ("Line 9, Col. 1", "Line 9, Column 1"),
        ("EXHIBIT 1, LINE 24", "EXHIBIT 1, Line 24"),
        ("Schedule D, Part 3, Column 18", "Schedule D, Part 3, Column 18"),
        ("Part 2, Section 1, Column 15", "Part 2, Section 1, Column 15"),
        ("Schedule DB, Parts A and B, Line 1", "Schedule DB, Parts A and B, Line 1"),
        ("Prior Year, Line 6", "Prior Year, Line 6"),
        ("Prior Year, IMR, Line 6, Col. 1", "Prior Year, IMR, Line 6, Column 1"),
        ("change in Liabilities, Line 1, Col. 3", "change in Liabilities, Line 1, Column 3"),
        ("${pretax} plus ${tax}", "${pretax} plus ${tax}"),
        ("NII, Note (a), ${accrual}", "NII, Note (a), ${accrual}"),
        ("rows 01, Col. 2", "rows 01, Column 2"),
        ("Line 1, Total, Col. 2", "Line 1, Total, Column 2"),
        ("measured percent_of_assets", "measured percent_of_assets"),
        ("to Page 3, Line 2", "to Page 3, Line 2"),
        ("Line 1 above", "to Line 1"),
        ("- Schedule D, Lines 9.1 + 9.2", "- Schedule D, Lines 9.1 + 9.2"),
        ("Line 9 + 17 = Page 3, Line 2", "Lines 9 + 17 = Page 3, Line 2"),
        ("Lines - 1 + 2", "Lines - 1 + 2"),
    ],
)
def test_a_rule_is_printed_in_one_spelling(words: str, printed: str) -> None:
    rule = parse_rule(words, PAGES)
    assert str(rule) == printed
    assert parse_rule(str(rule), PAGES) == rule


def test_a_sign_inside_one_list_and_between_two_references() -> None:
    inside = parse_rule("Lines 22 + 23 - 24").terms
    assert [(span.sign, span.first) for span in inside[0].reference.lines] == [
        (1, "22"),
        (1, "23"),
        (-1, "24"),
    ]
    between = parse_rule("Line 5 minus Line 16").terms
    assert [(term.sign, term.reference.lines[0].first) for term in between] == [
        (1, "5"),
        (-1, "16"),
    ]


def test_the_longest_name_of_a_page_wins() -> None:
    (term,) = parse_rule("Schedule DB, Line 1", PAGES).terms
    assert term.reference.page == "Schedule DB"


def test_every_rule_of_the_blank_parses_to_itself() -> None:
    blank = jurat.load_blank()
    references = References(blank.pages.values())
    words = {e.words for e in blank.equations if not e.words.startswith("the factor")}
    rules = [references.rule(text, "here") for text in words]
    assert len(rules) > 300
    assert [r for r in rules if references.rule(str(r), "here") != r] == []


@pytest.mark.parametrize(
    ("words", "column"),
    [("Line", 5), ("Lines 1 to", 9), ("Line 1 and a half", 8), ("", 1), ("Nowhere, Line 1", 1)],
)
def test_an_error_says_where_the_words_stop_making_sense(words: str, column: int) -> None:
    with pytest.raises(BlankError, match=f"is not a rule from its column {column} on"):
        parse_rule(words, PAGES)


NUMBERS = st.from_regex(r"[1-9][0-9]?(\.[1-9])?", fullmatch=True)
SPANS = st.builds(Span, st.sampled_from([1, -1]), NUMBERS, st.just("") | NUMBERS)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """Any reference that words can say: lines, columns and a page in their order."""
    lines = tuple(draw(st.lists(SPANS, max_size=4)))
    columns = tuple(draw(st.lists(SPANS, min_size=0 if lines else 1, max_size=3)))
    return Reference(
        page=draw(st.sampled_from(["", "exhibit 1", "schedule d", "page 3"])),
        lines=lines,
        columns=columns,
        prior=draw(st.booleans()),
        change=draw(st.booleans()),
    )


@given(
    st.lists(st.tuples(st.sampled_from([1, -1]), references()), min_size=1, max_size=3),
    st.booleans(),
)
def test_any_rule_reads_back(terms: list[tuple[int, Reference]], forward: bool) -> None:  # noqa: FBT001
    rule = Rule(terms=tuple(Term(*term) for term in terms), forward=forward)
    assert parse_rule(str(rule), PAGES) == rule
