"""Filling: the figures of a statement that ties come back from its details alone."""

from dataclasses import replace

import jurat
from jurat.blanks import PriorCell
from jurat.money import Kind
from jurat.statement import Cell, CellState, Computed, Statement, fill
from jurat.words import Address


def runnable(statement: Statement) -> list[Address]:
    """Cells whose filling rule has all its pages."""
    system, made = statement.system, []
    for cell, row in system.filled_by.items():
        place = system.cells[cell]
        if system.pages_of[row] <= statement.pages_known and isinstance(place, Address):
            made.append(place)
    return made


def test_a_statement_that_ties_stays_as_it_is(golden: Statement) -> None:
    filled = fill(golden)
    assert (filled.vectors[0] == golden.vectors[0]).all()
    assert jurat.check(filled) == ()


def test_totals_come_back_from_their_details(golden: Statement) -> None:
    """Every filled cell emptied: what the details cannot say is lost, all else returns."""
    emptied = golden.with_figures(
        {a: None for a in runnable(golden) if a.page not in golden.none_pages and a in golden.cells}
    )
    assert (emptied.vectors[0] != golden.vectors[0]).sum() > 250
    assert (fill(emptied).vectors[0] == golden.vectors[0]).all()


def test_each_cell_says_why(golden: Statement) -> None:
    cell = fill(golden)["liabilities:22:3"]
    assert cell.because == Computed(
        equation="liabilities.column3", words="Cols. 1 + 2",
        inputs=("liabilities:22:1", "liabilities:22:2"),
    )  # fmt: skip
    filled = [c for c in fill(golden).cells.values() if isinstance(c.because, Computed)]
    assert len(filled) > 550


def test_filling_twice_is_filling_once(golden: Statement) -> None:
    once = fill(golden)
    assert fill(once).cells == once.cells


def test_last_year_is_carried_only_when_it_is_at_hand(golden: Statement) -> None:
    last = golden.with_figures({Address("liabilities", "3", "3"): 77, Address("imr", "6", "1"): 88})
    alone, after = fill(golden), fill(replace(golden, prior=last))
    assert alone["liabilities:3:4"] == golden["liabilities:3:4"]
    assert after["liabilities:3:4"].figure == 77
    assert after["imr:1:1"].figure == 88
    assert after["imr:4:1"].figure == 88 + golden["imr:2:1"].figure + golden["imr:3:1"].figure
    carried = after["imr:1:1"].because
    assert isinstance(carried, Computed)
    assert carried.inputs == (str(PriorCell(Address("imr", "6", "1"))),)


def test_pages_that_are_not_there_are_not_invented(golden: Statement) -> None:
    cells = {a: c for a, c in golden.cells.items() if a.page == "imr"}
    alone = replace(golden, cells=cells, pages=frozenset({"imr"}), none_pages=frozenset())
    filled = fill(alone)
    assert {a.page for a in filled.cells} == {"imr"}
    assert filled["imr:5:1"].because == golden["imr:5:1"].because  # its rule reads another page


def test_a_none_page_stays_empty() -> None:
    """The amortization page is there; the reserve's own page is stamped NONE and takes nothing."""
    pages = frozenset({"imr", "imr_amortization"})
    blank = jurat.load_blank()
    bare = Statement(blank=blank, year=2012, cells={}, pages=pages, none_pages=frozenset({"imr"}))
    filled = fill(bare.with_figures({Address("imr_amortization", "1", "1"): 5}))
    assert filled["imr_amortization:1:4"].figure == 5
    assert {address.page for address in filled.cells} == {"imr_amortization"}


def test_what_is_made_of_an_unread_cell_is_unknown() -> None:
    pages = frozenset({"imr"})
    bare = Statement(blank=jurat.load_blank(), year=2012, cells={}, pages=pages)
    unread = Cell(address=Address("imr", "1", "1"), kind=Kind.MONEY, state=CellState.UNREAD)
    given = bare.with_figures({Address("imr", "3", "1"): 5, Address("imr", "5", "1"): 2})
    filled = fill(given.replaced([unread]))
    assert filled["imr:4:1"].state is filled["imr:6:1"].state is CellState.UNKNOWN
    assert filled["imr:4:1"].value is None


def test_a_rule_that_reads_only_blanks_leaves_its_cell() -> None:
    pages = frozenset({"imr"})
    bare = Statement(blank=jurat.load_blank(), year=2012, cells={}, pages=pages)
    given = bare.with_figures({Address("imr", "2", "1"): 60})  # its insets are blank
    filled = fill(given)
    assert filled["imr:2:1"].figure == 60
    assert filled["imr:4:1"].figure == 60
    assert fill(bare).cells == {}
