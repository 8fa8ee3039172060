"""Cents become dollars by a declared policy: worked by hand, and as a property."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from jurat.blanks import Blank, load_folder
from jurat.money import EXACT, Kind
from jurat.statement import Cell, CellState, Overridden, Statement
from jurat.statement.rounding import Rounding, fill_rounded, in_exact_money
from jurat.words import Address
from tests.conftest import MakeBlank

SHEET = """\
page 1   sheet   SHEET   called Sheet
col  1   amount  Amount
line 1   a       A
line 2   b       B
line 3   c       C
line 4   total   Total (Lines 1 through 3)
"""
CENT = EXACT // 100


def statement_of(blank: Blank, *cents: int) -> Statement:
    cells = [
        Cell(
            address=Address("sheet", str(line), "1"),
            kind=Kind.MONEY,
            state=CellState.VALUE,
            value=amount * CENT,
        )
        for line, amount in enumerate(cents, 1)
    ]
    return Statement(
        blank=blank,
        year=2012,
        cells={cell.address: cell for cell in cells},
        pages=frozenset({"sheet"}),
    )


def shown(statement: Statement) -> list[int]:
    return [statement[f"sheet:{line}:1"].figure for line in range(1, 5)]


def test_each_cell_rounded_by_itself_may_not_foot(make_blank: MakeBlank) -> None:
    """1.40 + 1.40 + 1.40 = 4.20: shown 1, 1, 1 and 4; the parts come to 3."""
    given = statement_of(make_blank(sheet=SHEET), 140, 140, 140)
    rounded, ledger = fill_rounded(given, {}, Rounding.EACH)
    assert (shown(rounded), ledger) == ([1, 1, 1, 4], [])
    assert rounded["sheet:4:1"].exact == 4_200_000


def test_whole_dollars_that_foot_leave_a_ledger(make_blank: MakeBlank) -> None:
    """The same cents: the total is 1 + 1 + 1 = 3, one dollar below what 4.20 rounds to."""
    given = statement_of(make_blank(sheet=SHEET), 140, 140, 140)
    rounded, ledger = fill_rounded(given, {}, Rounding.FOOT)
    assert shown(rounded) == [1, 1, 1, 3]
    (moved,) = ledger
    assert (str(moved.address), moved.exact, moved.shown) == ("sheet:4:1", 4_200_000, 3)
    assert moved.dollars == -1


def test_halves_go_away_from_zero(make_blank: MakeBlank) -> None:
    """0.50 is 1, (0.50) is (1); the sum of both is nothing under either policy."""
    given = statement_of(make_blank(sheet=SHEET), 50, -50)
    for policy in Rounding:
        rounded, ledger = fill_rounded(given, {}, policy)
        assert (shown(rounded), ledger) == ([1, -1, 0, 0], [])


def test_an_override_is_what_its_total_is_made_of(make_blank: MakeBlank) -> None:
    """B is set to 10: 1.40 + 10 + 1.40 = 12.80, so 13; the replaced figure stays in the reason."""
    given = statement_of(make_blank(sheet=SHEET), 140, 140, 140)
    place = Address("sheet", "2", "1")
    override = Cell(
        address=place,
        kind=Kind.MONEY,
        state=CellState.VALUE,
        value=10 * EXACT,
        because=Overridden(reason="late", who="A. Preparer", expires="2013-12-31"),
    )
    rounded, _ = fill_rounded(given, {place: override}, Rounding.EACH)
    assert shown(rounded) == [1, 10, 1, 13]
    because = rounded[place].because
    assert isinstance(because, Overridden)
    assert because.was is not None
    assert (because.was.value, because.was.exact) == (1, 1_400_000)


@cache
def _sheet() -> Blank:
    with TemporaryDirectory() as folder:
        (Path(folder) / "contents").write_text("sheet", encoding="utf-8")
        (Path(folder) / "sheet.page").write_text(SHEET, encoding="utf-8")
        return load_folder(Path(folder), "separate_accounts", 2012)


@given(st.lists(st.integers(-(10**13), 10**13), min_size=3, max_size=3))
def test_policies_differ_by_rounding_alone(cents: list[int]) -> None:
    given = statement_of(_sheet(), *cents)
    each, _ = fill_rounded(given, {}, Rounding.EACH)
    foot, ledger = fill_rounded(given, {}, Rounding.FOOT)
    assert sum(shown(foot)[:3]) == shown(foot)[3]
    assert abs(shown(each)[3] - shown(foot)[3]) <= 2
    assert shown(each)[3] - shown(foot)[3] == -sum(moved.dollars for moved in ledger)


def test_dollars_become_exact_and_dollars_again(golden: Statement) -> None:
    """A statement in which whole dollars foot stays as it is; only sums of products have cents."""
    rounded, ledger = fill_rounded(in_exact_money(golden), {}, Rounding.FOOT)
    assert {moved.address.page for moved in ledger} <= {"avr_default"}
    assert {a: c.figure for a, c in golden.cells.items()} == {
        a: rounded[a].figure for a in golden.cells
    }
