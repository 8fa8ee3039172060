"""The verbs records check and records show, as a user types them."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from jurat.cli import main
from jurat.records import TABLES
from tests.records.small import small, write


def jurat(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_sound_records_are_told_in_a_table_of_files(tmp_path: Path) -> None:
    done = jurat("records", "check", write(tmp_path, small()), "--year", 2012)
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[0] == f"{tmp_path}, for 2012"
    assert "lots.csv                      2          2          0          0          0" in lines
    assert lines[-4:] == ["", "no faults: every row can be taken in", "", "nothing looks wrong"]


def test_faults_and_problems_are_ranked_by_dollars_each_with_what_to_do(tmp_path: Path) -> None:
    tables = small()
    tables["prices"] = []
    tables["lots"][1]["account"] = "SA3"
    tables["trades"][0]["amount"] = "x"
    done = jurat("records", "check", write(tmp_path, tables), "--year", 2012)
    assert done.exit_code == 1
    lines = [line.rstrip() for line in done.output.splitlines()]
    at = lines.index("faults 2: nothing is taken in before they are mended")
    assert lines[at + 1 : at + 5] == [
        "          9,600.00  lots.csv:3, column account: 'SA3' is not among accounts.",
        "                    Next: Give it a row in accounts, or mend the name.",
        "                    trades.csv:2, column amount: 'x' is no number.",
        "                    Next: Write 1234.56, or (1,234.56) for less than nought.",
    ]
    assert "        990,000.00  warning price.missing at securities.csv:2" in lines


def test_a_company_folder_says_its_year(tmp_path: Path) -> None:
    write(tmp_path / "records", small())
    (tmp_path / "company.toml").write_text("year = 2012\n", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "records"):
        done = jurat("records", "check", folder)
        assert (done.exit_code, done.output.splitlines()[0]) == (
            0,
            f"{tmp_path / 'records'}, for 2012",
        )


def test_no_year_and_no_records_are_misuse(tmp_path: Path) -> None:
    asked = jurat("records", "check", write(tmp_path / "rows", small()))
    assert (asked.exit_code, "--year 2012" in asked.output) == (2, True)
    (tmp_path / "company.toml").write_text("year = 2012\n", encoding="utf-8")
    empty = jurat("records", "check", tmp_path)
    assert (empty.exit_code, "holds no records" in empty.output) == (2, True)
    assert jurat("records", "check", tmp_path / "rows", "--year", 3000).exit_code == 2


def test_a_correction_is_told(tmp_path: Path) -> None:
    tables = small()
    write(tmp_path, tables)
    write(tmp_path, {"lots": [tables["lots"][0] | {"cost": "991000"}]}, "_2013")
    done = jurat("records", "check", tmp_path, "--year", 2012)
    assert "  lots L1: lots.csv:2 is replaced by lots_2013.csv:2" in done.output.splitlines()


def test_json_holds_everything(tmp_path: Path) -> None:
    tables = small()
    tables["lots"][1]["cost"] = "x"
    done = jurat("records", "check", write(tmp_path, tables), "--year", 2012, "--json")
    told = json.loads(done.output)
    (lots,) = (one for one in told["files"] if one["table"] == "lots")
    assert (lots["rows"], lots["kept"], lots["rejected"]) == (2, 1, [3])
    assert told["faults"][0]["column"] == "cost"
    assert told["history"] == []


def test_show_lists_tables_and_the_columns_of_one() -> None:
    listed = jurat("records", "show").output
    assert [name for name in TABLES if f"\n{name} " not in f"\n{listed}"] == []
    shown = jurat("records", "show", "lots").output
    assert "  cost             needed           without accrued interest" in shown
    wrong = jurat("records", "show", "lotts")
    assert (wrong.exit_code, "Perhaps lots" in wrong.output) == (2, True)
    assert json.loads(jurat("records", "show", "lots", "--json").output)[0]["name"] == "lots"
