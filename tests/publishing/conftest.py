"""Statements to print: the filing's figures, and a small one written by hand."""

from pathlib import Path

import pytest

import jurat
from jurat.blanks import load_folder
from jurat.money import Kind
from jurat.reading.facts import read_facts
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address

FACTS = Path(__file__).parents[2] / "examples" / "bay_state_2012_filed" / "facts.csv"
ASSETS = """page 2   assets   ASSETS

col  1   first    First
col  2   second   Second

line 1   bonds    Bonds
line 2   stocks   Preferred stocks owned
line 3   loans    Loans
line 4   total    Total (Lines 1 to 3)
"""
SCHEDULE = """page -   schedule_x   SCHEDULE X

col  -   amount   -

line 1   opening   Opening
line 2   closing   Closing
"""


@pytest.fixture(scope="session")
def bay_state() -> Statement:
    """The statement of the filing we have."""
    return read_facts(FACTS, jurat.load_blank())


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Statement:
    """A page of four lines, and a page stamped NONE."""
    folder = tmp_path_factory.mktemp("blank")
    (folder / "contents").write_text("assets\nschedule_x\n")
    (folder / "assets.page").write_text(ASSETS)
    (folder / "schedule_x.page").write_text(SCHEDULE)
    figures = {"1:1": 1000, "1:2": -2500, "2:2": 300, "3:1": 40, "4:1": 1040, "4:2": -2200}
    cells = {}
    for words, figure in figures.items():
        address = Address.parse(f"assets:{words}")
        cells[address] = Cell(address=address, kind=Kind.MONEY, state=CellState.VALUE, value=figure)
    return Statement(
        blank=load_folder(folder, "separate_accounts", 2012),
        year=2012,
        company="Small Life",
        cells=cells,
        pages=frozenset({"assets", "schedule_x"}),
        none_pages=frozenset({"schedule_x"}),
    )
