"""Conditions: each fires on the break planted for it, on the right cells, and not before."""

from dataclasses import replace

import pytest

import jurat
from jurat.checks import CONDITIONS, Condition, Grade
from jurat.checks.conditions import read_date
from jurat.money import Kind
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address, Severity

GI = "general_interrogatories"
BY_ID = {condition.id: condition for condition in CONDITIONS}


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.id)
def test_it_fires_on_its_plant_and_not_before(condition: Condition, golden: Statement) -> None:
    assert condition.run(golden) == []
    findings = condition.run(condition.plant(golden))
    assert findings
    assert {f.id for f in findings} == {condition.id}
    assert {f.grade for f in findings} == {Grade.FAIL}
    assert {f.severity for f in findings} == {Severity.WARNING}
    assert all(f.detail and f.cells and f.why and f.law for f in findings)


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.id)
def test_it_stands_in_the_findings_of_the_whole_check(
    condition: Condition, golden: Statement
) -> None:
    told = [f.id for f in jurat.check(condition.plant(golden)) if f.id.startswith("Q")]
    assert condition.id in told


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.id)
def test_it_is_quiet_where_the_document_lacks_the_page(
    condition: Condition, golden: Statement
) -> None:
    planted = condition.plant(golden)
    assert condition.run(replace(planted, pages=golden.pages - set(condition.pages))) == []


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.id)
def test_its_cells_are_cells(condition: Condition, golden: Statement) -> None:
    planted = condition.plant(golden)
    for finding in condition.run(planted):
        assert [str(planted[cell].address) for cell in finding.cells] == list(finding.cells)


def test_the_ids_are_different() -> None:
    assert len(BY_ID) == len(CONDITIONS)


def said(statement: Statement, line: str, answer: str) -> Statement:
    address = Address(GI, line)
    cell = Cell(address=address, kind=Kind.YES_NO, state=CellState.VALUE, value=answer)
    return statement.replaced([cell])


def dated(statement: Statement, line: str, text: str) -> Statement:
    address = Address("cover", line)
    cell = Cell(address=address, kind=Kind.DATE, state=CellState.VALUE, value=text)
    return statement.replaced([cell])


def test_the_filing_asks_a_person_to_look_at_six_things(example: Statement) -> None:
    found = [(f.id, f.cells[0]) for f in jurat.check(example) if f.id in BY_ID]
    assert sorted(found) == [
        ("Q1", f"{GI}:2.1:"),
        ("Q1", f"{GI}:2.3:"),
        ("Q1", f"{GI}:2.5:"),
        ("Q1", f"{GI}:3.1:"),
        ("Q1", f"{GI}:3.2:"),
        ("Q5", "nii:(g):$1"),
    ]


def test_an_amount_under_a_no_names_both_cells(golden: Statement) -> None:
    amount = golden.with_figures({Address(GI, "2.401", "2"): 5})
    (finding,) = BY_ID["Q2"].run(said(amount, "2.3", "No"))[:1]
    assert finding.cells[0] == f"{GI}:2.3:"
    assert finding.cells[1].startswith(f"{GI}:2.40")


def test_a_year_in_the_first_column_is_no_amount(golden: Statement) -> None:
    """The tables of past years print their years whatever is answered above them."""
    empty = golden.with_figures(
        {a: None for a, c in golden.cells.items() if a.line.startswith("2.4") and c.figure}
    )
    assert BY_ID["Q2"].run(said(empty, "2.3", "No")) == []


def test_a_question_is_answered_by_any_of_its_boxes(golden: Statement) -> None:
    assert BY_ID["Q1"].run(said(golden, "3.2", "N/A")) == []


@pytest.mark.parametrize(
    ("line", "text", "is_told"),
    [
        ("incorporated", "04/01/1935", False),
        ("incorporated", "02/30/1935", True),
        ("incorporated", "1935", True),
        ("incorporated", "01/01/2013", True),
    ],
)
def test_a_date_of_the_calendar_before_the_year_end(
    golden: Statement,
    line: str,
    text: str,
    is_told: bool,  # noqa: FBT001
) -> None:
    assert bool(BY_ID["Q7"].run(dated(golden, line, text))) is is_told


def test_both_or_no_type_of_account(golden: Statement) -> None:
    both = BY_ID["Q6"].plant(golden)
    assert "both boxes are" in BY_ID["Q6"].run(both)[0].detail
    none = golden.replaced(
        Cell(address=Address("cover", name), kind=Kind.YES_NO)
        for name in ("insulated", "non_insulated")
    )
    assert "no box is" in BY_ID["Q6"].run(none)[0].detail


def test_a_product_s_name_may_be_in_capitals(golden: Statement) -> None:
    names = [a for a in golden.cells if a.page == GI and a.line == "8.3" and a.column == "1"]
    louder = golden.replaced(
        replace(golden[a], value=str(golden[a].value).upper()) for a in names if golden[a].value
    )
    assert BY_ID["Q4"].run(louder) == []


def test_dates_read_as_the_cover_prints_them() -> None:
    assert str(read_date("04/01/1935")) == "1935-04-01"
    assert [read_date(text) for text in ("", "4/1", "a/b/c", "13/01/2012")] == [None] * 4
