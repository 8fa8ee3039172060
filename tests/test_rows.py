"""Rows of detail schedules in every output of a build: a dollar changed in one is caught and named."""

import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from jurat.close import Closing, close
from jurat.prove import Certificate, prove
from jurat.publish import (
    DETAILS,
    DETAILS_PDF,
    DETAILS_TABLES,
    DETAILS_TEXT,
    DETAILS_WORKBOOK,
    publish,
    write_details,
)
from jurat.publishing.details import schedules_of
from jurat.schedules.detail import Detail
from jurat.statement import Statement
from tests.conftest import EXAMPLE
from tests.details import some, with_details

PAGES = ("schedule_d_part1", "schedule_d_part4", "schedule_db_part_a_section1", "schedule_e_part1")
DETAIL_ROWS = 130
PAGE, COLUMN = "schedule_d_part1", "11"


@pytest.fixture(scope="module")
def details() -> dict[str, Detail]:
    return some(PAGES, DETAIL_ROWS)


@pytest.fixture(scope="module")
def closing(details: dict[str, Detail], tmp_path_factory: pytest.TempPathFactory) -> Closing:
    folder = tmp_path_factory.mktemp("company") / "books"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out", "builds"))
    made = close(folder)
    return replace(made, statement=with_details(made.statement, details))


@pytest.fixture(scope="module")
def clean(closing: Closing, details: dict[str, Detail]) -> Path:
    return publish(replace(closing, details=details))


@pytest.fixture
def build(clean: Path, tmp_path: Path) -> Path:
    """A copy of the build to plant in."""
    return Path(shutil.copytree(clean, tmp_path / "build"))


def moved(details: dict[str, Detail], cents: int) -> tuple[dict[str, Detail], str]:
    """The rows with one amount moved, and its cell."""
    detail = details[PAGE]
    values = detail.columns[COLUMN].copy()
    at = next(at for at, value in enumerate(values.tolist()) if value > 100_00)
    values[at] += cents
    changed = replace(detail, columns={**detail.columns, COLUMN: values})
    return {**details, PAGE: changed}, f"{PAGE}:{detail.keys()[at]}:{COLUMN}"


def rows_of(certificate: Certificate) -> dict[str, set[str]]:
    """By output of rows, the cells that differ; outputs that agree are left out."""
    told = {one.output: {u.cell for u in one.unequal} for one in certificate.compared}
    return {name: cells for name, cells in told.items() if cells}


def test_the_outputs_of_the_rows_prove_themselves(clean: Path) -> None:
    certificate = prove(clean)
    told = {one.output: (one.cells, one.fault, one.unequal) for one in certificate.compared}
    cells = DETAIL_ROWS * (22 + 21 + 23 + 7)
    for name in (DETAILS, DETAILS_PDF, DETAILS_WORKBOOK, "site/rows", DETAILS_TEXT, DETAILS_TABLES):
        assert told[name] == (cells, "", ())
    assert certificate.is_clean


@pytest.mark.parametrize("name", [DETAILS_PDF, DETAILS_WORKBOOK, DETAILS_TEXT, DETAILS_TABLES])
def test_a_dollar_moved_in_a_row_of_one_output_is_named(
    build: Path, closing: Closing, details: dict[str, Detail], tmp_path: Path, name: str
) -> None:
    changed, cell = moved(details, 100)
    other = tmp_path / "other"
    (other / "site").mkdir(parents=True)
    write_details(
        closing.statement, schedules_of(closing.statement, changed), other, draft=_draft(build)
    )
    shutil.copy(other / name, build / name)
    found = rows_of(prove(build))
    assert cell in found[name]
    assert set(found) == {name}
    if name != DETAILS_WORKBOOK:  # there the subtotals above the row move with it
        assert found[name] == {cell}


def _draft(build: Path) -> str:
    told = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
    count = len(told["overrides"])
    return f"DRAFT - {count} override{'' if count == 1 else 's'}"


def test_a_digit_changed_on_a_web_page_s_row_is_named(build: Path) -> None:
    path = build / "site" / "rows" / f"{PAGE}.0.js"
    text = path.read_text(encoding="utf-8")
    row = re.search(r'\["r","(\d{7})",(?:"[^"]*",){6}"([\d,]+)"', text)
    assert row is not None
    end = row.end(2)
    digit = "1" if text[end - 1] != "1" else "2"
    path.write_text(text[: end - 1] + digit + text[end:], encoding="utf-8")
    assert rows_of(prove(build)) == {"site/rows": {f"{PAGE}:{row[1]}:7"}}


def test_rows_that_do_not_add_to_the_statement_s_subtotals_are_told(
    build: Path, closing: Closing, details: dict[str, Detail], tmp_path: Path
) -> None:
    """All outputs of the rows agree, and the statement says something else."""
    changed, cell = moved(details, 1_000_00)
    other = tmp_path / "other"
    (other / "site").mkdir(parents=True)
    write_details(
        closing.statement, schedules_of(closing.statement, changed), other, draft=_draft(build)
    )
    shutil.rmtree(build / DETAILS)
    shutil.copytree(other / DETAILS, build / DETAILS)
    found = rows_of(prove(build))
    section = f"{cell.split(':')[1][:2]}99999"
    assert found[DETAILS] == {f"{PAGE}:{section}:{COLUMN}"}
    assert cell in found[DETAILS_TEXT]


def test_a_subtotal_is_a_formula_over_its_rows(clean: Path, details: dict[str, Detail]) -> None:
    with zipfile.ZipFile(clean / DETAILS_WORKBOOK) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    formulas = re.findall(r"<f>(SUM\(L\d+:L\d+\))</f>", sheet)
    assert len(formulas) == len(set(details[PAGE].section.tolist()))


def test_the_same_rows_give_the_same_bytes(
    clean: Path, closing: Closing, details: dict[str, Detail]
) -> None:
    assert publish(replace(closing, details=details)) == clean


def test_rows_of_a_page_that_the_statement_lacks_are_refused(
    details: dict[str, Detail], example: Statement
) -> None:
    with pytest.raises(Exception, match="the statement has no such page"):
        schedules_of(example, details)
