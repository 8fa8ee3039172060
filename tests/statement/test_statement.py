"""Statements: blank is not zero, XXX is nothing, rows and Totals, and immutability."""

import pytest

import jurat
from jurat.money import Kind
from jurat.statement import Cell, CellState, Statement
from jurat.words import TOTAL_ROW, Address, UsageError

GI = "general_interrogatories"


@pytest.fixture
def bare() -> Statement:
    """A statement with every page and no cell."""
    blank = jurat.load_blank()
    return Statement(blank=blank, year=2012, cells={}, pages=frozenset(blank.pages))


def row_of(row: int, column: str, value: int) -> Cell:
    address = Address(GI, "1", column, row=row)
    return Cell(address=address, kind=Kind.MONEY, state=CellState.VALUE, value=value)


def test_a_blank_adds_as_zero_and_prints_as_nothing(bare: Statement) -> None:
    cell = bare["liabilities:17:3"]
    assert (cell.state, cell.figure, cell.shown) == (CellState.BLANK, 0, "")


def test_a_told_zero_is_a_value(bare: Statement) -> None:
    cell = bare.with_figures({Address("liabilities", "17", "3"): 0})["liabilities:17:3"]
    assert (cell.state, cell.shown) == (CellState.VALUE, "0")


def test_the_form_s_own_xxx(bare: Statement) -> None:
    cell = bare["avr_default:2:2"]
    assert (cell.state, cell.figure, cell.shown) == (CellState.NOT_APPLICABLE, 0, "XXX")


def test_no_such_cell_names_the_cells_there_are(bare: Statement) -> None:
    with pytest.raises(UsageError, match=r"no cell liabilities:17:9(.|\n)*liabilities:17:3"):
        bare["liabilities:17:9"]
    with pytest.raises(UsageError, match=r"no cell liabilities:99:1(.|\n)*Lines of liabilities"):
        bare["liabilities:99:1"]
    with pytest.raises(UsageError, match=r"no cell nowhere:1:1(.|\n)*Pages: "):
        bare["nowhere:1:1"]


def test_a_statement_is_not_changed_by_its_changes(bare: Statement) -> None:
    changed = bare.with_figures({Address("imr", "3", "1"): 7})
    assert changed["imr:3:1"].figure == 7
    assert bare["imr:3:1"].figure == 0
    assert changed.with_figures({Address("imr", "3", "1"): None})["imr:3:1"].value is None


def test_rows_are_found_where_they_are(bare: Statement) -> None:
    filled = bare.replaced([row_of(1, "2", 10), row_of(2, "2", 20), row_of(3, "2", 30)])
    assert filled.rows[GI, "1"] == [1, 2, 3]
    assert filled.layout != bare.layout


def test_the_totals_row_stands_below_the_last_row(bare: Statement) -> None:
    filled = bare.replaced([row_of(1, "2", 10), row_of(2, "2", 20), row_of(TOTAL_ROW, "2", 30)])
    assert filled[f"{GI}:1:2/total"].figure == 30
    assert filled[f"{GI}:1:2/3"].address.row == TOTAL_ROW
    assert filled[f"{GI}:1:2/3"].figure == 30
    # One more row, and the Totals have moved down with the page, not with an edit.
    longer = filled.replaced([row_of(3, "2", 5)])
    assert longer[f"{GI}:1:2/3"].figure == 5
    assert longer[f"{GI}:1:2/4"].figure == 30
    with pytest.raises(UsageError, match="no cell"):
        longer[f"{GI}:1:2/5"]


def test_the_totals_row_is_checked_against_its_rows(bare: Statement) -> None:
    rows = [row_of(1, "2", 10), row_of(2, "2", 20), row_of(TOTAL_ROW, "2", 33)]
    outcome = jurat.examine(bare.replaced(rows))
    (finding,) = [f for f in outcome.findings if f.id == f"{GI}.1/total"]
    assert (finding.left, finding.right, finding.difference) == (33, 30, 3)
    assert finding.cells == (f"{GI}:1:2/total", f"{GI}:1:2/1", f"{GI}:1:2/2")


def test_every_cell_of_the_filing_is_asked_for(example: Statement) -> None:
    asked = {slot.address: slot.kind for slot in example.all_slots()}
    assert set(example.cells) <= set(asked)
    figures = {a: c.kind for a, c in example.cells.items() if isinstance(c.value, int)}
    assert figures.items() <= asked.items()


def test_a_cell_shows_its_state() -> None:
    address = Address("imr", "3", "1")
    unread = Cell(address=address, kind=Kind.MONEY, state=CellState.UNREAD)
    assert (unread.shown, unread.figure) == ("(unread)", 0)
    text = Cell(address=address, kind=Kind.TEXT, state=CellState.VALUE, value="Bonds")
    assert (text.shown, text.figure) == ("Bonds", 0)
