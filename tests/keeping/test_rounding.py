"""Cents that make a foot break, worked by hand, under both policies; and what an override leaves behind."""

from pathlib import Path

import pytest

from jurat.close import Closing, close
from jurat.statement import Computed, Overridden
from jurat.statement.explain import explain, print_reason
from jurat.words import Address
from tests.folders import put, small_folder

CENTS = "page,line,column,amount\nassets,1,1,100.40\nassets,1,2,200.40\nassets,2.1,1,10.30\nassets,2.1,2,0.30\n"
"""Across: 300.80 and 10.60. Down: 110.70, 200.70 and 311.40."""


def closed(tmp_path: Path, rounding: str) -> Closing:
    folder = small_folder(tmp_path, f'rounding = "{rounding}"')
    put(folder, "inputs/tb.csv", CENTS)
    return close(folder)


def figures(closing: Closing) -> list[list[int]]:
    """Lines 1, 2.1 and 17, columns 1 to 3."""
    return [
        [closing.statement[f"assets:{line}:{column}"].figure for column in "123"]
        for line in ("1", "2.1", "17")
    ]


def test_each_cell_rounds_its_own_amount_and_the_feet_break(tmp_path: Path) -> None:
    closing = closed(tmp_path, "each")
    assert figures(closing) == [[100, 200, 301], [10, 0, 11], [111, 201, 311]]
    assert closing.ledger == ()


def test_with_foot_every_total_is_made_of_whole_dollars(tmp_path: Path) -> None:
    closing = closed(tmp_path, "foot")
    assert figures(closing) == [[100, 200, 300], [10, 0, 10], [110, 200, 310]]


def test_the_ledger_names_every_moved_dollar(tmp_path: Path) -> None:
    closing = closed(tmp_path, "foot")
    assets = {str(one.address): (one.exact, one.shown, one.dollars) for one in closing.ledger
              if one.address.page == "assets"}  # fmt: skip
    assert assets["assets:1:3"] == (300_800_000, 300, -1)
    assert assets["assets:2.1:3"] == (10_600_000, 10, -1)
    assert assets["assets:17:1"] == (110_700_000, 110, -1)
    assert assets["assets:17:2"] == (200_700_000, 200, -1)
    assert assets["assets:17:3"] == (311_400_000, 310, -1)
    assert {"assets:1:1", "assets:1:2"}.isdisjoint(assets)


def test_what_is_in_no_ledger_shows_what_its_amount_rounds_to(tmp_path: Path) -> None:
    closing = closed(tmp_path, "foot")
    moved = {one.address for one in closing.ledger}
    for cell in closing.statement.cells.values():
        if cell.exact is not None and cell.address not in moved:
            assert abs(cell.exact - cell.figure * 1_000_000) <= 500_000, cell.address


@pytest.mark.parametrize("rounding", ["each", "foot"])
def test_an_override_keeps_the_figure_it_replaced(tmp_path: Path, rounding: str) -> None:
    folder = small_folder(tmp_path, f'rounding = "{rounding}"')
    put(folder, "inputs/tb.csv", CENTS)
    row = "assets:17:3,500,To the ledger,A. Actuary,2099-12-31"
    put(folder, "overrides.csv", f"cell,amount,reason,who,expires\n{row}\n")
    closing = close(folder)
    cell = closing.statement["assets:17:3"]
    replaced = {"each": 311, "foot": 310}[rounding]
    assert cell.figure == 500
    assert isinstance(cell.because, Overridden)
    assert cell.because.was is not None
    assert cell.because.was.figure == replaced
    assert isinstance(cell.because.was.because, Computed)
    told = "\n".join(print_reason(explain(closing.statement, Address("assets", "17", "3"))))
    assert "To the ledger" in told
    assert f"{replaced}" in told
    assert closing.overrides == [cell]
