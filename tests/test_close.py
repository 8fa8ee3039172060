"""A year closed: figures given become a statement, by rules, policies and last year; nothing plugged."""

import shutil
from pathlib import Path

import pytest

import jurat
from jurat.checks import Grade
from jurat.cli.demo import example_folder
from jurat.close import Closing, close
from jurat.publishing.data import write_json
from jurat.statement import CellState, Computed, Given, Overridden, Statement
from jurat.statement.explain import explain
from jurat.words import Address, RecordError


@pytest.fixture(scope="module")
def closing() -> Closing:
    """The example company, closed."""
    return close(example_folder("bay_state_2012"))


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """The example company's folder, to be changed."""
    return Path(shutil.copytree(example_folder("bay_state_2012"), tmp_path / "books"))


def test_the_filing_is_rebuilt_from_what_the_company_supplied(
    closing: Closing, example: Statement
) -> None:
    """874 figures of the filing, every one as it was filed: from 259 inputs and 18 overrides."""
    figures = {a: c.value for a, c in example.cells.items() if isinstance(c.value, int)}
    rebuilt = {a: closing.statement[a].value for a in figures}
    assert (len(figures), rebuilt) == (874, figures)
    given = [e for e in closing.books.entries.values() if isinstance(e.cell.value, int)]
    assert (len(given), len(closing.overrides)) == (259, 18)


def test_texts_boxes_and_stamps_are_those_of_the_filing(
    closing: Closing, example: Statement
) -> None:
    texts = {a: c.value for a, c in example.cells.items() if isinstance(c.value, str)}
    assert {a: closing.statement[a].value for a in texts} == texts
    assert closing.statement.none_pages == example.none_pages
    assert closing.statement.pages == example.pages


def test_what_is_more_than_the_filing_is_zeros_that_it_left_blank(
    closing: Closing, example: Statement
) -> None:
    more = {
        str(cell.address): cell.value
        for cell in closing.statement.cells.values()
        if cell.address not in example.cells and cell.state is CellState.VALUE
    }
    assert len(more) == 13
    assert set(more.values()) == {0}


def test_the_filers_ten_breaks_are_accepted_with_their_reason(closing: Closing) -> None:
    accepted = [f for f in closing.outcome.findings if f.grade is Grade.ACCEPTED]
    assert {f.id for f in accepted} == {
        "X41.2", "liabilities.3.tie", "X41.3", "X33", "X45.1", "X45.4", "schedule_d.12",
        "X54.1", "X54.2", "X43.1",
    }  # fmt: skip
    assert all("(Jurat, rebuilding the filing, until 2099-12-31)" in f.detail for f in accepted)
    failing = {f.id for f in closing.outcome.findings if f.grade is Grade.FAIL}
    assert failing == {"Q1", "Q5"}, "questions the filer left open, as warnings"


def test_a_changed_amount_is_no_longer_accepted(books: Path) -> None:
    """The ledger's reserve, 3,743,043, one dollar more: the accepted difference is (6), now (5)."""
    figures = books / "inputs" / "figures.csv"
    text = figures.read_text(encoding="utf-8")
    assert "liabilities,3,1,3743043," in text
    figures.write_text(text.replace("liabilities,3,1,3743043,", "liabilities,3,1,3743044,"))
    changed = close(books)
    failing = {f.id: f.difference for f in changed.outcome.findings if f.grade is Grade.FAIL}
    assert failing["liabilities.3.tie"] == -5
    assert changed.statement["liabilities:17:3"].value == 4_110_990_672


def test_each_cell_keeps_its_reason_down_to_the_row(closing: Closing) -> None:
    gives = closing.statement["nii:1:2"].because
    assert isinstance(gives, Given)
    assert gives.source.startswith("inputs/figures.csv:")
    total = closing.statement["nii:17:2"].because
    assert isinstance(total, Computed)
    assert total.words == "Line 10 minus Line 16"
    carried = explain(closing.statement, "imr_amortization:1:1")
    assert carried.rule == "Prior Year, Amortization, Line 2, Col. 4"
    assert carried.parts[0].shown == carried.shown == "1,292,808"


def test_an_override_keeps_the_figure_it_replaced(closing: Closing) -> None:
    because = closing.statement["nii:10:2"].because
    assert isinstance(because, Overridden)
    assert because.was is not None
    assert (because.was.shown, closing.statement["nii:10:2"].shown) == (
        "125,096,814",
        "125,096,813",
    )
    assert isinstance(because.was.because, Computed)


def test_what_a_rule_gives_is_not_given_again(books: Path) -> None:
    with (books / "inputs" / "figures.csv").open("a", encoding="utf-8") as file:
        file.write("nii,17,2,125080713,,\n")
    with pytest.raises(
        RecordError, match=r"figures.csv:\d+: nii:17:2 is given, and a rule gives it"
    ):
        close(books)


def test_sources_of_last_year_are_held_against_each_other(books: Path) -> None:
    """Our own closing of last year, and the filing of it: one cell differs by a dollar."""
    facts = (books / "opening" / "facts_2011.csv").read_text(encoding="utf-8")
    assert "liabilities,3,3,,,money,5036033" in facts
    filed = facts.replace("liabilities,3,3,,,money,5036033", "liabilities,3,3,,,money,5036034")
    (books / "opening" / "filed_2011.csv").write_text(filed, encoding="utf-8")
    opening = close(books).opening
    assert opening is not None
    (difference,) = opening.differences
    assert difference.address == Address.parse("liabilities:3:3")
    assert (difference.kept.value, difference.filed.value) == (5_036_033, 5_036_034)


def test_without_last_year_nothing_is_invented(books: Path) -> None:
    shutil.rmtree(books / "opening")
    bare = close(books)
    assert bare.opening is None
    assert bare.statement["liabilities:3:4"].state is CellState.BLANK
    assert bare.statement["liabilities:3:3"].value == 3_743_043


def test_a_law_whose_premise_does_not_hold_is_not_run(books: Path) -> None:
    company = books / "company.toml"
    told = company.read_text(encoding="utf-8")
    company.write_text(told.replace("[policies]\n", "[policies]\nnetting_of_derivatives = true\n"))
    ran = {f.id for f in close(books).outcome.everything}
    assert {"X54.1", "X54.2"} & ran == set()
    assert "X54.3" in ran


def test_the_closing_as_json_is_an_opening(closing: Closing, tmp_path: Path) -> None:
    path = tmp_path / "statement.json"
    path.write_text(write_json(closing.statement), encoding="utf-8")
    back = jurat.read(path).statement
    assert {a: (c.value, c.state) for a, c in back.cells.items()} == {
        a: (c.value, c.state) for a, c in closing.statement.cells.items()
    }
