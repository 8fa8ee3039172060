"""Last year's statement on this year's form, by names: tested on the invented 2013."""

from jurat.blanks import Blank
from jurat.statement import Statement, fill
from jurat.statement.carry import on_form


def test_a_renumbered_line_is_found_by_its_name(example: Statement, invented: Blank) -> None:
    """Surplus is line 21 in 2012 and line 22 in 2013; total liabilities move from 17 to 18."""
    moved = on_form(example, invented)
    assert (moved["liabilities:22:3"].value, example["liabilities:21:3"].value) == (424, 424)
    assert moved["liabilities:18:3"].value == example["liabilities:17:3"].value == 4_110_990_671
    assert moved["liabilities:18:$1"].value == example["liabilities:17:$1"].value


def test_what_the_form_dropped_is_left_out(example: Statement, invented: Blank) -> None:
    moved = on_form(example, invented)
    assert "schedule_db_c2" not in moved.pages
    assert moved["liabilities:15:3"].value is None, "line 15 of 2013 is another line"
    lost = len(example.cells) - len(moved.cells)
    assert lost == sum(a.page == "schedule_db_c2" for a in example.cells)


def test_the_prior_column_fills_from_it(example: Statement, invented: Blank) -> None:
    bare = Statement(
        blank=invented,
        year=2013,
        cells={},
        pages=frozenset(invented.pages),
        prior=on_form(example, invented),
    )
    filled = fill(bare)
    assert filled["liabilities:18:4"].value == 4_110_990_671
    assert filled["assets:17:4"].value == 4_110_991_095


def test_the_same_form_changes_nothing(example: Statement) -> None:
    assert on_form(example, example.blank).cells == example.cells
