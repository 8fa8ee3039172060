"""A rule that puts another figure in a cell than the records give is told, never silent."""

from dataclasses import replace
from pathlib import Path

from jurat.close import close
from jurat.close.closing import told_by
from jurat.close.given import overruled
from jurat.golden.insurer import golden_company
from jurat.schedules.sums import Sum
from jurat.words import Address


def test_a_figure_that_a_law_fills_against_the_records_is_told(tmp_path: Path) -> None:
    golden_company(tmp_path / "company", lots=30, seed=1)
    closing = close(tmp_path / "company")
    assert closing.investments is not None
    assert closing.overruled == ()
    told = told_by(closing.books, closing.investments)
    at = Address("capital_gains", "7", "4")  # of derivatives, which X52.1 fills too
    planted = Sum(terms=(*told.sums[at].terms, *told.sums[Address("assets", "1", "1")].terms))
    broken = replace(told, sums={**told.sums, at: planted})
    (notice,) = overruled(closing.statement, broken)
    assert notice.startswith("capital_gains:7:4: the records give ")
    assert "and a rule puts" in notice
