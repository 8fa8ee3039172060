"""The verbs init, accept and import-workbook, as a user types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jurat.cli import main
from jurat.close import close
from jurat.publishing.text import write_text
from jurat.statement import Statement
from tests.folders import EXAMPLE, example_copy, put, small_folder
from tests.workbooks import typed, written

TABLE = "page,line,column,amount,source\nassets,2.1,1,100.50,TB 1010\n"


def jurat(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def filing(example: Statement, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filed") / "filing.txt"
    path.write_text(write_text(example), encoding="utf-8")
    return path


def test_init_from_a_filing_makes_the_folder_of_the_year_after(
    filing: Path, tmp_path: Path
) -> None:
    done = jurat("init", tmp_path / "acme", "--from", filing)
    assert done.exit_code == 0, done.output
    first, notice, *told = done.output.splitlines()
    assert first == f"{tmp_path / 'acme'}, for 2013, from filing.txt, the statement of 2012"
    assert notice.startswith("notice: there is no blank of 2013 here")
    assert "Fill, in this order:" in told
    assert "  inputs/figures.csv     237 figures, amounts left open" in told
    assert "  reserves.csv           6 valuation bases, amounts left open" in told
    assert "  opening/               filing.txt" in told
    assert told[-1] == f"Next: jurat close {tmp_path / 'acme'}"
    assert close(tmp_path / "acme").statement.year == 2013


def test_init_same_year_rebuilds_the_filing(filing: Path, tmp_path: Path) -> None:
    done = jurat("init", tmp_path / "acme", "--from", filing, "--same-year")
    assert done.exit_code == 0, done.output
    assert "Filled as it was filed:" in done.output
    closed = close(tmp_path / "acme").statement
    assert closed["liabilities:17:3"].value == close(EXAMPLE).statement["liabilities:17:3"].value


def test_init_for_a_year_lists_what_the_form_asks(tmp_path: Path) -> None:
    done = jurat("init", tmp_path / "acme", "--year", 2012)
    assert done.exit_code == 0, done.output
    assert "figures, amounts left open" in done.output
    assert "put the statement of 2011 here" in done.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "A folder is for a year, or from a filing."),
        (("--same-year",), "A folder is for a year, or from a filing."),
        (("--year", "2012", "--from", "FILING"), "it comes a folder for 2013, not 2012."),
        (("--from", "nothing.txt"), "nothing.txt"),
        (("--year", "99999"), "99999 is no year of a statement."),
    ],
)
def test_init_says_what_it_needs(
    filing: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    done = jurat("init", tmp_path / "acme", *(str(filing) if w == "FILING" else w for w in words))
    assert done.exit_code == 2
    assert told in done.output
    assert list(tmp_path.iterdir()) == []


def test_init_leaves_a_folder_alone_that_is_not_empty(tmp_path: Path) -> None:
    put(tmp_path, "notes.txt", "mine")
    done = jurat("init", tmp_path, "--year", 2012)
    assert done.exit_code == 2
    assert "is not empty." in done.output


def test_accept_keeps_a_table_once(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    put(tmp_path, "tb.csv", TABLE)
    first = jurat("accept", folder, tmp_path / "tb.csv")
    assert first.exit_code == 0, first.output
    assert "is accepted as inputs/0001-tb-" in first.output
    assert "1 row." in first.output
    again = jurat("accept", folder, tmp_path / "tb.csv")
    assert again.exit_code == 0
    assert again.output.endswith("holds the same; nothing was changed.\n")


def test_accept_wants_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "tb.csv", TABLE)
    done = jurat("accept", tmp_path / "none", tmp_path / "tb.csv")
    assert done.exit_code == 2
    assert f"There is no folder {tmp_path / 'none'}." in done.output


def test_accept_refuses_a_table_with_its_faults(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    put(tmp_path, "tb.csv", TABLE.replace("assets", "asets"))
    done = jurat("accept", folder, tmp_path / "tb.csv")
    assert done.exit_code == 2
    assert "tb.csv:2: the blank has no cell asets:2.1:1. Did you mean page assets?" in done.output
    assert not (folder / "inputs").exists()


def test_import_workbook_shows_what_was_edited_and_applies_it_when_asked(tmp_path: Path) -> None:
    folder = example_copy(tmp_path)
    raw = typed(written(close(folder).statement), assets__1__1=906_970_200, cover__county__="Essex")
    (tmp_path / "edited.xlsx").write_bytes(raw)
    before = close(folder).books.files
    shown = jurat("import-workbook", folder, tmp_path / "edited.xlsx")
    assert shown.exit_code == 0, shown.output
    assert "Cells edited: 2 (figures 1, texts 1)" in shown.output
    row = next(line for line in shown.output.splitlines() if line.startswith("assets:1:1"))
    assert row.split()[-4:] == ["906,970,121", "906,970,200", "Assets!D7", "figure"]
    assert close(folder).books.files == before

    nobody = jurat("import-workbook", folder, tmp_path / "edited.xlsx", "--apply")
    assert nobody.exit_code == 2
    assert "--who NAME" in nobody.output

    applied = jurat(
        "import-workbook", folder, tmp_path / "edited.xlsx", "--apply", "--who", "A. A."
    )
    assert applied.exit_code == 0, applied.output
    assert "Written: company.toml, inputs/0001-edited-" in applied.output
    assert close(folder).statement["assets:1:1"].value == 906_970_200

    again = jurat("import-workbook", folder, tmp_path / "edited.xlsx")
    assert again.output == "The workbook says what the folder says; nothing was edited.\n"


def test_each_verb_says_the_same_as_json(tmp_path: Path) -> None:
    made = json.loads(jurat("init", tmp_path / "new", "--year", 2012, "--json").output)
    assert (made["year"], made["files"][0]) == (2012, "company.toml")
    folder = small_folder(tmp_path)
    put(tmp_path, "tb.csv", TABLE)
    batch = json.loads(jurat("accept", folder, tmp_path / "tb.csv", "--json").output)
    assert (batch["rows"], batch["is_new"]) == (1, True)
    raw = typed(written(close(folder).statement), assets__2_dot_1__1=7)
    (tmp_path / "edited.xlsx").write_bytes(raw)
    told = json.loads(jurat("import-workbook", folder, tmp_path / "edited.xlsx", "--json").output)
    (change,) = told["changes"]
    assert (change["address"], change["was"], change["now"]) == ("assets:2.1:1", 101, 7)
    assert told["written"] == []


def test_a_folder_with_faults_is_told_before_anything_else(tmp_path: Path) -> None:
    put(tmp_path, "company.toml", "year = 'x'")
    done = jurat("import-workbook", tmp_path, tmp_path / "edited.xlsx")
    assert done.exit_code == 2
    assert "company.toml:1: year is of the wrong kind." in done.output
