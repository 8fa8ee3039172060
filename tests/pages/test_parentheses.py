"""Every parenthesis of the blank is a rule, a tie, an inset or words: none stays unclassified."""

from collections import Counter
from collections.abc import Iterator

import jurat
from jurat.blanks import Form
from jurat.blanks.references import References
from jurat.words import Sense, parentheses, sense_of
from jurat.words.page import Column, Table

from .snapshots import hold

Caption = tuple[str, str, tuple[str, ...]]


def captions(form: Form) -> Iterator[Caption]:
    """Every printed text of a page: where it stands, what it says, which parentheses are words."""
    page = form.declared
    yield "title", page.title, ()
    yield from (("above", text, ()) for text in page.above)
    yield from (("below", text, ()) for text in page.below)
    yield from of_columns("", page.columns)
    for part in page.parts:
        if isinstance(part, Table):
            yield from of_columns(f"{part.number} ", part.columns)
    yield from ((line.id, line.caption, line.words) for line in form.lines)


def of_columns(table: str, columns: tuple[Column, ...]) -> Iterator[Caption]:
    """The captions of columns, and of the heads over several of them once each."""
    yield from ((f"{table}over", over, ()) for over in dict.fromkeys(c.over for c in columns))
    yield from ((f"{table}col {c.number}", c.caption, ()) for c in columns)


def classified() -> Iterator[tuple[Sense, str, str, str]]:
    """Each parenthesis with its sense, page and place; a BlankError if it has none."""
    blank = jurat.load_blank()
    names = References(blank.pages.values()).names
    for form in blank.pages.values():
        for place, caption, words in captions(form):
            for text in parentheses(caption):
                yield sense_of(text, names, words), form.name, place, text


def test_every_parenthesis_is_classified_and_reviewed() -> None:
    found = list(classified())
    counts = Counter(sense for sense, *_ in found)
    assert counts[Sense.RULE] >= 90
    assert counts[Sense.TIE] >= 50
    assert counts[Sense.INSET] >= 10
    lines = [f"{sense:<6} {page}:{place}  ({text})" for sense, page, place, text in found]
    hold("parentheses.txt", "\n".join(lines) + "\n")


def test_no_parenthesis_with_a_number_is_words_unless_marked() -> None:
    """Words that name a line, page or column are words because the page says so, one by one."""
    numbered = sorted(
        {f"{page}: {text}" for sense, page, _, text in classified()
         if sense is Sense.WORDS and any(sign.isdigit() for sign in text)}
    )  # fmt: skip
    assert numbered == [
        "exhibit6: Included in Exhibit 3",
        "exhibit6: included in Exhibit 4",
        "exhibit6: included in Page 3, Lines 4, 10, 13 & 14",
        "schedule_db_b: Section 1, Broker Name/Net Cash Deposits Footnote",
    ]
