"""The filing of 2012 rebuilt from what its company had to supply, and nothing that a rule gives."""

import csv
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from jurat.close import Closing, close
from jurat.keeping.scaffold import scaffold_from
from jurat.money import Kind
from jurat.statement import Overridden, Statement
from jurat.words import Address, RecordError
from tests.folders import EXAMPLE, example_copy

FIGURES = {Kind.MONEY: 734, Kind.FACTOR: 132, Kind.PERCENT: 8}
INPUTS, OVERRIDES = 259, 18
SAMPLE = 60


@pytest.fixture(scope="module")
def closing() -> Closing:
    return close(EXAMPLE)


def test_the_closing_of_the_folder_is_the_filing(closing: Closing, example: Statement) -> None:
    closed = closing.statement
    figures = [cell for cell in example.cells.values() if isinstance(cell.value, int)]
    assert Counter(cell.kind for cell in figures) == FIGURES
    assert [c.address for c in figures if closed[c.address].value != c.value] == []
    assert [c.address for c in example.cells.values() if closed[c.address].shown != c.shown] == []


def test_where_the_filing_prints_nothing_the_closing_has_nothing_or_zero(
    closing: Closing, example: Statement
) -> None:
    more = [cell for cell in closing.statement.cells.values() if cell.address not in example.cells]
    assert {cell.value for cell in more} <= {0, None}


def test_the_folder_holds_no_more_than_the_company_had_to_supply(closing: Closing) -> None:
    given = [one.cell for one in closing.books.entries.values() if isinstance(one.cell.value, int)]
    print(f"{len(given)} inputs, {len(closing.overrides)} overrides")
    assert (len(given), len(closing.overrides)) == (INPUTS, OVERRIDES)


def test_every_override_says_why_and_what_it_replaces(closing: Closing) -> None:
    rows = list(csv.DictReader((EXAMPLE / "overrides.csv").read_text().splitlines()))
    assert all(row["reason"] and row["who"] and row["expires"] for row in rows)
    moved = {}
    for cell in closing.overrides:
        assert isinstance(cell.because, Overridden)
        assert cell.because.was is not None
        moved[str(cell.address)] = cell.figure - cell.because.was.figure
    assert max(abs(dollars) for dollars in moved.values()) == 8
    assert moved["schedule_d:12:"] == 3
    assert moved["exhibit5:25:1"] == -8


def test_no_input_could_be_left_out(closing: Closing, tmp_path: Path) -> None:
    """Without any one of them the closing is another, or the folder says what it lacks."""
    folder = example_copy(tmp_path)
    table = folder / "inputs" / "figures.csv"
    header, *rows = table.read_text().splitlines()
    filed = figures_of(closing.statement)
    for row in random.Random(12).sample(rows, SAMPLE):
        table.write_text("\n".join([header, *(one for one in rows if one != row)]) + "\n")
        try:
            closed = close(folder).statement
        except RecordError:
            continue
        assert figures_of(closed) != filed, row


def figures_of(statement: Statement) -> dict[Address, int]:
    return {at: c.value for at, c in statement.cells.items() if isinstance(c.value, int)}


def test_a_folder_made_from_the_filing_rebuilds_it(example: Statement, tmp_path: Path) -> None:
    rebuilt = scaffold_from(tmp_path / "made", example, opening=None)
    closing = close(tmp_path / "made")
    wrong = [
        c.address for c in example.cells.values() if closing.statement[c.address].shown != c.shown
    ]
    assert wrong == []
    figures = [at for at in rebuilt.inputs if isinstance(example[at].value, int)]
    assert (len(figures), len(closing.overrides)) == (INPUTS, OVERRIDES)


def test_nothing_of_the_folder_is_changed_by_closing_it(tmp_path: Path) -> None:
    folder = example_copy(tmp_path)
    before = close(folder).books.files
    shutil.rmtree(folder / "builds", ignore_errors=True)
    assert close(folder).books.files == before
