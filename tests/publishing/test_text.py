"""A statement on paper holds every filled cell once, and nothing else."""

import random
import re
from itertools import pairwise

import pytest

import jurat
from jurat.blanks import Blank, Slot
from jurat.money import Kind
from jurat.publishing import Layout, Look, lay_out, write_text
from jurat.publishing.blocks import Boxes, spelled
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address

TEXTS = {
    Kind.TEXT: "Some words",
    Kind.CODE: "0435",
    Kind.DATE: "12/31/2012",
    Kind.YES_NO: "Yes",
    Kind.YES_NO_NA: "N/A",
}
TICKS = {Look.TABS: ("[X]", "[]"), Look.SPACES: ("[ X ]", "[ ]")}
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")


@pytest.mark.parametrize("look", Look)
def test_every_filled_cell_stands_where_its_place_says(bay_state: Statement, look: Look) -> None:
    layout = lay_out(bay_state, look)
    for address, cell in bay_state.cells.items():
        assert layout.printed(address) in _ways(bay_state, cell, look), address
    assert len(layout.places) >= len(bay_state.cells) > 1000


@pytest.mark.parametrize("look", Look)
def test_no_cell_stands_twice(bay_state: Statement, look: Look) -> None:
    layout = lay_out(bay_state, look)
    spans = sorted((p.line, p.start, p.end) for p in layout.places.values())
    for (line, _, end), (next_line, start, _) in pairwise(spans):
        assert line < next_line or end <= start
    assert len(FIGURE.findall(layout.text())) == len(FIGURE.findall(_cells(layout)))


@pytest.mark.parametrize("look", Look)
def test_an_empty_statement_prints_no_figure(look: Look) -> None:
    blank = jurat.load_blank()
    empty = Statement(blank=blank, year=2012, cells={}, pages=frozenset(blank.pages))
    layout = lay_out(empty, look)
    assert FIGURE.findall(layout.text()) == []
    assert {layout.printed(address) for address in layout.places} == {"XXX"}


@pytest.mark.parametrize("look", Look)
def test_a_statement_that_fills_every_cell_is_printed_whole(look: Look) -> None:
    full = _full(jurat.load_blank())
    layout = lay_out(full, look)
    assert set(layout.places) >= set(full.cells)
    for address, cell in full.cells.items():
        assert layout.printed(address) in _ways(full, cell, look), address
    asked = [slot for slot in full.all_slots() if not slot.is_xxx]
    assert len(full.cells) >= len(asked) > 2_500


@pytest.mark.parametrize("look", Look)
def test_columns_of_a_row_hold_their_cells(bay_state: Statement, look: Look) -> None:
    layout = lay_out(bay_state, look)
    for row in layout.rows:
        for column in row.columns:
            if column.address:
                place = layout.places[column.address]
                assert place.line == row.last
                assert column.start <= place.start < place.end <= column.end


def test_the_small_statement_in_tabs(small: Statement) -> None:
    assert write_text(small, Look.TABS).splitlines() == [
        "ANNUAL STATEMENT FOR THE YEAR 2012 OF THE SEPARATE ACCOUNTS OF THE Small Life",
        "",
        "ASSETS",
        "",
        "\t1 First\t2 Second",
        "1. Bonds\t1,000\t(2,500)",
        "2. Preferred stocks owned\t\t300",
        "3. Loans\t40\t",
        "4. Total (Lines 1 to 3)\t1,040\t(2,200)",
        "",
        "ANNUAL STATEMENT FOR THE YEAR 2012 OF THE SEPARATE ACCOUNTS OF THE Small Life",
        "",
        "SCHEDULE X",
        "",
        "1. Opening\t",
        "2. Closing\t",
        "",
        "NONE",
        "",
    ]


def test_the_small_statement_in_spaces(small: Statement) -> None:
    lines = write_text(small, Look.SPACES).split("\n")
    assert lines[4:10] == [
        "                                  1            2",
        "                                First        Second",
        " 1.  Bonds ..................      1,000      (2,500)",
        " 2.  Preferred stocks owned                       300",
        " 3.  Loans ..................         40",
        " 4.  Total (Lines 1 to 3) ...      1,040      (2,200)",
    ]
    assert lines[11].strip() == "2"
    assert lines[12].startswith("\f")


@pytest.mark.parametrize(
    "line",
    [
        "1. U.S. Government bonds\t(a)10,834,795\t10,368,384",
        "4.1 Properties held for the production of income (less $ encumbrances)\t\t\t\t",
        "Exhibit 4",
        "N O N E",
        "1601. Derivatives accrued interest expense\t24,617\t2,706\t27,323\t94,738",
        "0199999. Totals\t4,034,362,332\t616,463,381\t3,417,898,951",
        "2.1\tActual cost at time of acquisition (Part 2, Column 7)\t",
        "\t13. Total Bonds\t2,747,339,080\t2,796,981,546\t2,653,325,956\t2,589,234,881",
        "9.\t\tTotal Bonds (Sum of Lines 1 through 8)\t906,940,946\tXXX\tXXX\t906,940,946"
        "\tXXX\t464,938\tXXX\t1,950,487\tXXX\t2,717,128",
        "35.\t\tFarm Mortgages\t\t\tXXX\t\t0.0063 (a)\t\t0.0120 (a)\t\t0.0190 (a)\t",
        "2.401\tAs of December 31, 2012\t$\t499,761",
        "5.41 Fair Value\t$ 3,176,029,180\t77.3 %",
        "5.51... $ 934,961,914\t$ 984,961,796\t$ 49,999,882",
        "Totals\t4,110,991,095\tXXX",
        "3.1 Surrender value promised above the legally computed reserve? Yes [] No [X] N/A []",
        "Type of Separate Accounts Insulated [X] Non-Insulated []",
        "Additional Write-ins for Analysis of Increase in Reserves Line 14",
    ],
)
def test_lines_as_the_filing_prints_them(bay_state: Statement, line: str) -> None:
    assert line in write_text(bay_state, Look.TABS).split("\n")


def test_long_captions_wrap_and_amounts_stand_on_their_last_line(bay_state: Statement) -> None:
    layout = lay_out(bay_state, Look.SPACES)
    row = next(r for r in layout.rows for c in r.columns if str(c.address) == "liabilities:10:1")
    assert row.last - row.first == 2
    assert layout.lines[row.last].split()[-1] == "(20,327,843)"
    assert max(r.last - r.first for r in layout.rows if r.page == "liabilities") == 2


def _ways(statement: Statement, cell: Cell, look: Look) -> set[str]:
    """How a cell may be printed: as it is, or as boxes."""
    shown = " ".join(cell.shown.split())
    ways = {shown}
    kind = statement.slot(cell.address).kind
    if kind.is_box:
        boxes = (Boxes.of(kind), Boxes.ONE)
        ways |= {shown.upper(), *(spelled(shown, way, *TICKS[look]) for way in boxes)}
    return ways


def _cells(layout: Layout) -> str:
    return "\n".join(layout.printed(address) for address in layout.places)


def _full(blank: Blank) -> Statement:
    """Every cell of every page filled, with rows wherever a filer may have rows."""
    chance = random.Random(5)
    slots = [slot for slot in blank.slots() if not slot.is_xxx]
    slots += [slot for g in blank.groups() for key in (g.first, 12) for slot in g.slots(key)]
    cells: dict[Address, Cell] = {}
    for slot in slots:
        cells[slot.address] = Cell(
            address=slot.address, kind=slot.kind, state=CellState.VALUE, value=_value(slot, chance)
        )
    return Statement(
        blank=blank, year=2012, company="Full Life", cells=cells, pages=frozenset(blank.pages)
    )


def _value(slot: Slot, chance: random.Random) -> int | str:
    if slot.kind.is_figure:
        return chance.randrange(-9_999_999_999, 9_999_999_999)
    return TEXTS[slot.kind]
