"""Golden companies: every row, line, gain and group is what the answers say, to the cent."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from jurat.close import close
from tests.schedules.conftest import Closed, Company
from tests.schedules.golden_answers import (
    answers_of,
    made_of,
    score,
    unlike_bands,
    unlike_gains,
    unlike_lines,
    unlike_rows,
)

CASES = [(250, seed, year) for seed in (1, 2, 3) for year in (2010, 2011, 2012)]
CASES += [(1500, 4, 2012), (1500, 5, 2012)]


@pytest.mark.parametrize(("lots", "seed", "year"), CASES)
def test_every_row_line_gain_and_group_equals_the_answers(
    company_of: Company, closed: Closed, lots: int, seed: int, year: int
) -> None:
    found = score(company_of(lots, seed), year, closed(lots, seed, year))
    assert found.unlike == []
    assert found.do_not_foot == 0
    assert found.rows > lots
    assert found.cells > 10 * found.rows
    assert found.lines > 250
    assert found.gains > 0


def test_the_sections_of_the_pages_are_compared_not_passed_over(company_of: Company) -> None:
    """A company of three years has answers of all schedules with rows, those of sales included."""
    pages = {path.stem for path in (company_of(250, 1) / "answers" / "2012").glob("*.csv")}
    assert {f"schedule_d_part{part}" for part in (1, 3, 4, 5)} <= pages
    assert {f"schedule_{one}_part{part}" for one in ("a", "b", "ba") for part in (1, 2, 3)} <= pages


# -- planted breaks -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def planted(company_of: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company of seed 1 with the cost of one lot a cent more."""
    folder = tmp_path_factory.mktemp("planted") / "books"
    shutil.copytree(company_of(250, 1), folder)
    lot = spoilt_lot(folder)
    path = folder / "records" / "lots.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    for row in rows:
        if row["lot"] == lot:
            dollars, _, cents = row["cost"].partition(".")
            row["cost"] = f"{dollars}.{int((cents + '00')[:2]) + 1:02}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return folder


def spoilt_lot(folder: Path) -> str:
    """A lot bought and sold this year, whole, and not at par: a lot at par stays at par."""
    rows = answers_of(folder, 2012, "schedule_d_part5")
    many = Counter(row["lot"] for row in answers_of(folder, 2012, "movements"))
    return next(row["lot"] for row in rows if many[row["lot"]] == 1 and row["8"] != row["9"])


def test_a_cent_in_one_lot_is_seen_in_its_row_and_nowhere_else(planted: Path) -> None:
    _, made = made_of(planted, 2012)
    unlike = list(unlike_rows(planted, 2012, made, "schedule_d_part5"))
    assert {one.row for one in unlike} == {spoilt_lot(planted)}
    assert {one.column for one in unlike} >= {"9"}
    assert all(abs(one.answer - one.made) == 1 for one in unlike)
    assert list(unlike_rows(planted, 2012, made, "schedule_d_part1")) == []


def test_a_cent_in_one_lot_is_seen_in_the_lines_and_in_the_gains(planted: Path) -> None:
    closing = close(planted)
    made, records = closing.investments, closing.books.records
    assert made is not None
    assert records is not None
    lines = {one.row for one in unlike_lines(planted, 2012, closing)}
    assert {"schedule_d:2", "schedule_d:5"} <= {line.rstrip(":") for line in lines}
    gains = list(unlike_gains(planted, 2012, records, made))
    assert [
        (one.cents - other.cents, one.band == other.band)
        for _, _, one, other in gains
        if one and other
    ] == [(1, True)]
    assert [abs(a - b) for a, b in unlike_bands(planted, 2012, made).values()] in ([1], [])


def test_a_lot_that_is_missing_is_seen(company_of: Company, tmp_path: Path) -> None:
    folder = tmp_path / "books"
    shutil.copytree(company_of(250, 1), folder)
    text = (folder / "records" / "trades.csv").read_text(encoding="utf-8")
    held = next(
        row["lot"]
        for row in answers_of(folder, 2012, "schedule_d_part1")
        if f"T{row['lot'][1:7]}-" not in text
    )
    for name in ("lots", "income"):
        path = folder / "records" / f"{name}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if held not in line.split(",")]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    _, made = made_of(folder, 2012)
    unlike = list(unlike_rows(folder, 2012, made, "schedule_d_part1"))
    assert {one.row for one in unlike} == {held}
    assert all(one.made == 0 for one in unlike)
