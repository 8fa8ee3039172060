"""Grades: what the filing's checks say, where rounding ends, what did not run and why."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import jurat
from jurat.blanks import Blank
from jurat.checks import (
    ABSENT,
    CONDITIONS,
    NO_PRIOR,
    Accepted,
    Counts,
    Finding,
    Grade,
    accept,
    check,
    examine,
    read_accepted,
)
from jurat.checks.hints import hint_for
from jurat.checks.run import UNREAD
from jurat.money import Kind
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address, Severity, UsageError
from tests.conftest import MakeBlank

SHEET = """\
page 1   sheet   SHEET   called Sheet
col  1   amount  Amount
line 1   a       A
line 2   b       B
line 3   c       C
line 4   total   Total (Lines 1 to 3)
line 5   tie     The total again
     := Line 4
"""


def statement_of(blank: Blank, *figures: int | None) -> Statement:
    """The sheet with these figures on its lines 1, 2, 3 ..."""
    addresses = [Address("sheet", str(n), "1") for n in range(1, len(figures) + 1)]
    bare = Statement(blank=blank, year=2012, cells={}, pages=frozenset({"sheet"}))
    return bare.with_figures(dict(zip(addresses, figures, strict=True)))


def graded(statement: Statement) -> dict[str, Grade]:
    return {finding.id: finding.grade for finding in examine(statement).everything if finding.cells}


# -- the filing ---------------------------------------------------------------------------


def test_the_filing_fails_ten_checks(example: Statement) -> None:
    """Domain 2.7, to the dollar."""
    failed = [f for f in jurat.check(example) if f.grade is Grade.FAIL and f.id[0] != "Q"]
    assert {(f.id, f.cells[0]): f.difference for f in failed} == {
        ("X41.2", "imr:1:1"): -176,
        ("X41.3", "imr:5:1"): -183,
        ("liabilities.3.tie", "liabilities:3:3"): -6,
        ("X43.1", "avr_default:9:1"): -29_175,
        ("X54.1", "assets:8:3"): -705_631,
        ("X54.2", "liabilities:12:3"): -705_631,
        ("schedule_d.12", "schedule_d:12:"): 3,
        ("X45.1", "schedule_d:1:"): -3,
        ("X45.4", "schedule_d:10:"): -3,
        ("X33", "exhibit5:25:1"): -8,
    }
    assert len(failed) == 10


def test_every_other_difference_of_the_filing_is_rounding(example: Statement) -> None:
    outcome = jurat.examine(example)
    others = [f for f in outcome.findings if f.grade is not Grade.FAIL]
    assert {f.grade for f in others} == {Grade.ROUNDING}
    assert {f.allowed for f in others if abs(f.difference) == 1} <= {1, 2, 3, 4, 5, 6, 7, 8}
    assert all(1 <= abs(f.difference) <= f.allowed for f in others)
    assert {f.grade for f in outcome.everything if f.difference == 0 and f.left is not None} <= {
        Grade.PASS
    }


def test_the_premises_of_usual_laws_are_told(example: Statement) -> None:
    """X43 line 9 and X54 hold under a premise: they warn, and say which."""
    told = {f.id: f for f in jurat.check(example)}
    for name in ("X43.1", "X54.1", "X54.2"):
        assert told[name].severity is Severity.WARNING
        assert told[name].premise


def test_counts_are_of_every_instance(example: Statement) -> None:
    outcome = jurat.examine(example)
    counts = outcome.counts
    assert counts == Counts.of(outcome.everything)
    total = counts.passed + counts.rounding + counts.accepted + counts.failed + counts.not_run
    assert total == len(outcome.everything)
    assert counts.failed == 16  # ten breaks and six conditions
    assert counts.accepted == 0
    assert counts.footings >= 375  # domain 2.2
    assert counts.cross_page >= 145
    assert counts.factors == 132


# -- one sheet ----------------------------------------------------------------------------


@pytest.fixture
def sheet(make_blank: MakeBlank) -> Blank:
    """Three lines, their total, and the total carried once more."""
    return make_blank(sheet=SHEET)


@pytest.mark.parametrize(
    ("figures", "sum_grade", "tie_grade"),
    [
        ((10, 20, 30, 60, 60), Grade.PASS, Grade.PASS),
        ((10, 20, 30, 61, 61), Grade.ROUNDING, Grade.PASS),
        ((10, 20, 30, 58, 58), Grade.ROUNDING, Grade.PASS),  # three terms: two dollars
        ((10, 20, 30, 57, 57), Grade.FAIL, Grade.PASS),
        ((10, 20, None, 31, 31), Grade.ROUNDING, Grade.PASS),  # two terms: one dollar
        ((10, 20, None, 32, 32), Grade.FAIL, Grade.PASS),
        ((10, 20, 0, 32, 32), Grade.ROUNDING, Grade.PASS),  # a told zero is a term
        ((None, None, None, 1, 1), Grade.ROUNDING, Grade.PASS),
        ((None, None, None, 2, 2), Grade.FAIL, Grade.PASS),
        ((10, 20, 30, 60, 61), Grade.PASS, Grade.FAIL),  # a carried cell: no dollar
    ],
)
def test_where_rounding_ends(
    sheet: Blank, figures: tuple[int | None, ...], sum_grade: Grade, tie_grade: Grade
) -> None:
    assert graded(statement_of(sheet, *figures)) == {"sheet.4": sum_grade, "sheet.5": tie_grade}


@pytest.mark.parametrize(
    ("amount", "product", "grade", "difference"),
    [
        (1000, 6, Grade.PASS, 0),  # 6.3
        (1000, 7, Grade.ROUNDING, 1),
        (1000, 5, Grade.ROUNDING, -1),
        (1000, 8, Grade.FAIL, 2),  # 1.7 away
        (10_000, 63, Grade.PASS, 0),
        (10_000, 64, Grade.ROUNDING, 1),
        (10_000, 65, Grade.FAIL, 2),
    ],
)
def test_a_product_rounds_once(
    make_blank: MakeBlank, amount: int, product: int, grade: Grade, difference: int
) -> None:
    text = """\
page 1   sheet   SHEET
col  1   amount  Amount
col  2   factor  Factor                 factor
col  3   times   Product (Cols. 1 x 2)
line 1   a       A                      .0063
"""
    figures = {"1": amount, "2": 63, "3": product}
    bare = statement_of(make_blank(sheet=text))
    filled = bare.with_figures({Address("sheet", "1", c): v for c, v in figures.items()})
    (finding,) = [f for f in examine(filled).everything if f.id == "sheet.column3"]
    assert (finding.grade, finding.difference) == (grade, difference)


def test_a_wrong_factor_fails_to_the_last_place(golden: Statement) -> None:
    wrong = golden.with_figures({Address("avr_default", "2", "5"): 5})
    (finding,) = [f for f in check(wrong) if f.id == "avr_default.factors"]
    assert (finding.left, finding.right, finding.allowed) == (5, 4, 0)
    assert finding.show(finding.left) == "0.0005"


def test_an_unread_cell_is_no_pass(sheet: Blank) -> None:
    good = statement_of(sheet, 10, 20, 30, 60, 60)
    unread = Cell(address=Address("sheet", "2", "1"), kind=Kind.MONEY, state=CellState.UNREAD)
    (finding,) = check(good.replaced([unread]))
    assert (finding.id, finding.grade, finding.detail) == ("sheet.4", Grade.NOT_RUN, UNREAD)
    assert (finding.left, finding.right, finding.is_break) == (None, None, True)


def test_a_page_that_is_not_there_is_counted_and_no_finding(sheet: Blank) -> None:
    good = statement_of(sheet, 10, 20, 30, 60, 60)
    elsewhere = replace(good, pages=frozenset())
    assert check(elsewhere) == ()
    outcome = examine(elsewhere)
    assert {f.detail: f.grade for f in outcome.everything} == {ABSENT: Grade.NOT_RUN}
    assert outcome.counts.not_run == 2 + len(CONDITIONS)
    assert not any(f.is_break for f in outcome.everything)


def test_a_check_that_waits_for_last_year_says_so(example: Statement) -> None:
    waiting = [f for f in examine(example).everything if f.waits]
    assert {f.detail for f in waiting} == {ABSENT, NO_PRIOR}
    opening = next(f for f in waiting if f.id == "P-IMR1")
    assert (opening.detail, opening.grade) == (NO_PRIOR, Grade.NOT_RUN)


def test_the_errors_of_a_story_stand_before_its_warnings(example: Statement) -> None:
    story = [f.id for f in check(example) if f.root == "X41.3"]
    assert story == ["X41.2", "liabilities.3.tie", "X41.3"]


def test_both_sides_of_a_law_with_a_sum_on_its_left(make_blank: MakeBlank) -> None:
    law = """\
X1   warning   Sheet, Line 4, Col. 1 - Sheet, Line 1, Col. 1 = Sheet, Line 2, Col. 1
     premise   Line 3 is empty.
     What is left is line 2.
"""
    statement = statement_of(make_blank(law, sheet=SHEET), 10, 20, 5, 35, 35)
    (finding,) = [f for f in check(statement) if f.id == "X1"]
    assert (finding.left, finding.right, finding.difference) == (25, 20, 5)
    assert (finding.severity, finding.premise) == (Severity.WARNING, "Line 3 is empty.")
    assert finding.law == "Sheet, Line 4, Col. 1 - Sheet, Line 1, Col. 1 = Sheet, Line 2, Col. 1"


def test_a_cell_on_both_sides_of_a_law_cancels(make_blank: MakeBlank) -> None:
    law = """\
X1   error   Sheet, Lines 3 + 1, Col. 1 = Sheet, Lines 1 + 2, Col. 1
     Line 3 is line 2.
"""
    blank = make_blank(law, sheet=SHEET)
    assert "X1" not in {f.id for f in check(statement_of(blank, 10, 20, 20, 50, 50))}
    (finding,) = [f for f in check(statement_of(blank, 10, 20, 25, 55, 55)) if f.id == "X1"]
    assert (finding.left, finding.right, finding.difference) == (25, 20, 5)


def test_breaks_come_first_the_largest_story_before_the_others(example: Statement) -> None:
    findings = jurat.check(example)
    grades = [finding.grade for finding in findings]
    assert grades == sorted(grades, key=[Grade.FAIL, Grade.NOT_RUN, Grade.ROUNDING].index)


def test_everything_holds_every_finding_once(example: Statement) -> None:
    outcome = jurat.examine(example)
    for finding in outcome.findings:
        assert outcome.everything.count(finding) == 1
    keys = [(f.id, f.cells, f.law) for f in outcome.everything]
    assert len(set(keys)) == len(keys)


def test_an_empty_check_says_that_it_is_empty(sheet: Blank) -> None:
    outcome = examine(statement_of(sheet))
    equations = [f for f in outcome.everything if f.cells]
    assert [(f.grade, f.is_empty) for f in equations] == [(Grade.PASS, True)] * 2
    assert (outcome.counts.empty, outcome.counts.footings) == (2, 0)


# -- accepted breaks ------------------------------------------------------------------------


def accepted_break(**changes: object) -> Accepted:
    """An explanation of line 4 being three dollars short."""
    told = {"id": "sheet.4", "cell": "sheet:4:1", "difference": -3, "why": "The old ledger.",
            "owner": "Ann", "expires": date(2099, 12, 31)}  # fmt: skip
    return Accepted(**{**told, **changes})  # type: ignore[arg-type]


def test_an_explained_break_is_accepted(sheet: Blank) -> None:
    statement = statement_of(sheet, 10, 20, 30, 57, 57)
    (finding,) = check(statement, [accepted_break()])
    assert finding.grade is Grade.ACCEPTED
    assert finding.detail == "The old ledger. (Ann, until 2099-12-31)"
    assert examine(statement, [accepted_break()]).counts.accepted == 1


def test_it_fails_again_when_the_difference_changes(sheet: Blank) -> None:
    (finding,) = check(statement_of(sheet, 10, 20, 30, 50, 50), [accepted_break()])
    assert finding.grade is Grade.FAIL
    assert "the difference has changed" in finding.detail


def test_it_fails_again_when_its_day_has_passed(sheet: Blank) -> None:
    findings = check(statement_of(sheet, 10, 20, 30, 57, 57))
    on_the_day = accept(findings, [accepted_break()], date(2099, 12, 31))
    after = accept(findings, [accepted_break()], date(2100, 1, 1))
    assert [f.grade for f in on_the_day] == [Grade.ACCEPTED]
    assert [f.grade for f in after] == [Grade.FAIL]
    assert after[0].detail == "accepted by Ann, expired 2099-12-31"


def test_it_explains_no_other_cell(sheet: Blank) -> None:
    other = accepted_break(cell="sheet:5:1")
    (finding,) = check(statement_of(sheet, 10, 20, 30, 57, 57), [other])
    assert finding.grade is Grade.FAIL


def test_a_rounding_difference_needs_no_explanation(sheet: Blank) -> None:
    (finding,) = check(statement_of(sheet, 10, 20, 30, 58, 58), [accepted_break(difference=-2)])
    assert finding.grade is Grade.ROUNDING


def test_accepted_breaks_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    path.write_text(
        '[[accepted]]\nid = "sheet.4"\ncell = "sheet:4:1"\ndifference = -3\n'
        'why = "The old ledger."\nowner = "Ann"\nexpires = 2099-12-31\n'
    )
    assert read_accepted(path) == [accepted_break()]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[accepted]\n", "not a file of accepted breaks"),
        ('[[accepted]]\nid = "x"\n', "table 1 lacks or mistypes cell, difference"),
        (('[[accepted]]\nid = "x"\ncell = "c"\ndifference = "3"\nwhy = "w"\nowner = "o"\n'
         "expires = 2020-01-01\n"), "table 1 lacks or mistypes difference"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_stand_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "accepted.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=message):
        read_accepted(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a file of accepted breaks"):
        read_accepted(tmp_path / "gone.toml")


# -- hints ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "hint"),
    [
        ((100, 2000, -30_000, 32_100), "sheet:3:1 may have the wrong sign: 30,000 would tie"),
        ((100, 2000, 30_000, 30_100), "sheet:2:1 may be counted once too often"),
        ((100, 2000, 30_000, 34_100), "sheet:2:1 may be missing once"),
        ((123, 2009, 30_000, 32_141), "sheet:1:1 may have two digits transposed: 132 would tie"),
        ((7000, 2000, 30_000, 32_007), "sheet:1:1 may be a thousand-fold off: 7 would tie"),
        ((100, 2000, 30_000, 45_678), ""),
    ],
)
def test_a_difference_of_a_known_shape(sheet: Blank, figures: tuple[int, ...], hint: str) -> None:
    statement = statement_of(sheet, *figures, figures[3])
    (finding,) = check(statement)
    assert finding.id == "sheet.4"
    assert finding.hint.startswith(hint)
    assert bool(finding.hint) == bool(hint)


def test_a_neighbour_holds_what_would_tie(sheet: Blank) -> None:
    finding = next(f for f in check(statement_of(sheet, 10, 20, 30, 7, 60)) if f.id == "sheet.4")
    assert finding.hint == (
        "sheet:4:1 may be shifted: the cell after it, sheet:5:1, holds the 60 that would tie"
    )


def test_no_hint_where_nothing_is_known(golden: Statement) -> None:
    assert hint_for(golden, 0, 123_456_789_123) == ""


def test_a_finding_shows_its_sides() -> None:
    finding = Finding(id="X", grade=Grade.FAIL, severity=Severity.ERROR, law="", why="")
    assert [finding.show(value) for value in (None, 0, -5)] == ["", "0", "(5)"]
