"""The form a statement is read on: that of its year where it is known, and told where it is not."""

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

import jurat
from jurat.blanks import blank_for
from jurat.checks import examine
from jurat.cli import main
from jurat.cli.show import outcome_as_json, show_reading
from jurat.publishing import write_text
from jurat.reading.facts import HEADER
from jurat.statement import Statement

TOLD = "The statement says 2014; it stands on the form of 2012"


def filing(folder: Path, statement: Statement, year: str) -> Path:
    """The statement as text, said to be of another year."""
    path = folder / f"{year}.txt"
    path.write_text(write_text(statement).replace("DECEMBER 31, 2012", f"DECEMBER 31, {year}"))
    return path


def test_a_statement_of_a_year_without_a_form_says_on_which_it_is_read(
    tmp_path: Path, example: Statement
) -> None:
    reading = jurat.read(filing(tmp_path, example, "2014"))
    assert reading.statement.year == 2014
    assert reading.statement.blank.year == 2012
    assert [notice.startswith(TOLD) for notice in reading.notices] == [True]
    assert list(show_reading(reading))[1].startswith(f"notice: {TOLD}")
    assert reading.as_json()["notices"] == list(reading.notices)
    told = outcome_as_json(examine(reading.statement), [], everything=False)
    assert told["notices"] == list(reading.notices)


def test_a_statement_of_its_own_year_has_no_notice(tmp_path: Path, example: Statement) -> None:
    assert jurat.read(filing(tmp_path, example, "2012")).notices == ()


def test_a_table_of_facts_tells_it_too(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text(f"{','.join(HEADER)}\ncover,year_ended,,,,code,2014\n")
    assert jurat.read(path).notices[0].startswith(TOLD)


def test_the_form_is_the_nearest_earlier_one() -> None:
    assert [blank_for(year).year for year in (1999, 2012, 2013, 9999)] == [2012] * 4


def test_a_batch_tells_it_of_each_file(tmp_path: Path, example: Statement) -> None:
    filing(tmp_path, example, "2012")
    filing(tmp_path, example, "2014")
    first, second = CliRunner().invoke(main, ["check", str(tmp_path)]).stdout.splitlines()[-2:]
    assert "form of" not in first
    assert second.endswith("(2014, on the form of 2012)")


def test_a_document_that_ends_early_says_so(tmp_path: Path, example: Statement) -> None:
    """The text is cut in the middle of its lines: the page it ends with, and what would follow."""
    lines = write_text(example).splitlines(keepends=True)
    path = tmp_path / "cut.txt"
    path.write_text("".join(lines[: len(lines) // 2]), encoding="utf-8")
    (notice,) = jurat.read(path).notices
    assert notice.startswith("The document ends with exhibit6; general_interrogatories, imr,")
    assert notice.endswith("would follow. It may be cut off.")


def test_a_page_that_is_missing_from_the_middle_is_named(
    tmp_path: Path, example: Statement
) -> None:
    path = tmp_path / "lacks.txt"
    lacks = replace(example, pages=example.pages - {"exhibit5"})
    cells = {a: c for a, c in lacks.cells.items() if a.page != "exhibit5"}
    path.write_text(write_text(replace(lacks, cells=cells)), encoding="utf-8")
    assert jurat.read(path).notices == (
        "The document lacks exhibit5 of the form; checks that need them did not run.",
    )
