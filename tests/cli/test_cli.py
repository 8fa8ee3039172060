"""The command line as a user meets it: verbs, exit codes, JSON, and errors that help."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jurat
from jurat.cli import main
from jurat.cli.demo import example_folder
from jurat.golden.ties import tying_statement
from jurat.publishing.text import write_text
from jurat.reading.facts import read_facts


@pytest.fixture(scope="module")
def filing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as statement text."""
    path = tmp_path_factory.mktemp("filing") / "filing.txt"
    facts = read_facts(example_folder() / "facts.csv", jurat.load_blank())
    path.write_text(write_text(facts), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A statement that ties, as text."""
    path = tmp_path_factory.mktemp("clean") / "clean.txt"
    facts = read_facts(example_folder() / "facts.csv", jurat.load_blank())
    path.write_text(write_text(tying_statement(facts, 7)), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_check_shows_the_three_imr_breaks_as_one_story(filing: Path) -> None:
    result = run("check", filing)
    assert result.exit_code == 1
    assert "3 breaks are one story: liabilities.3.tie, X41.2, X41.3 hang together" in result.stdout
    assert "imr:1:1 5,035,857   against 5,036,033   difference (176)   allowed 0" in result.stdout
    assert "Suspects: the fewest changes that would make each story tie" in result.stdout


def test_a_statement_that_ties_is_clean(clean: Path) -> None:
    result = run("check", clean)
    assert result.exit_code == 0
    assert "0 fail" in result.stdout
    assert "No break: everything that could be checked holds." in result.stdout


def test_check_as_json(filing: Path) -> None:
    data = json.loads(run("check", filing, "--json").stdout)
    assert {"findings", "counts", "suspects"} <= set(data)
    by_id = {finding["id"]: finding for finding in data["findings"]}
    assert {"id", "grade", "severity", "left", "right", "difference", "cells", "root"} <= set(
        by_id["X41.2"]
    )
    assert by_id["X41.2"]["difference"] == -176
    assert by_id["X41.2"]["root"] == by_id["liabilities.3.tie"]["root"]
    assert data["counts"]["failed"] == sum(
        finding["grade"] == "fail" for finding in data["findings"]
    )
    assert not [finding for finding in data["findings"] if finding["grade"] == "pass"]


def test_all_shows_passes_too(filing: Path) -> None:
    data = json.loads(run("check", filing, "--json", "--all", "--no-suspects").stdout)
    grades = [finding["grade"] for finding in data["findings"]]
    assert grades.count("pass") == data["counts"]["passed"] > 1_000
    assert grades.count("not run") == data["counts"]["not_run"]


def test_an_accepted_break_is_no_failure_until_it_changes(filing: Path, tmp_path: Path) -> None:
    accepted = tmp_path / "accepted.toml"
    table = '[[accepted]]\nid = "X33"\ncell = "exhibit5:25:1"\ndifference = {}\nwhy = "a plug"\nowner = "A. Preparer"\n'
    accepted.write_text(table.format(-8) + "expires = 2999-12-31\n")
    told = {
        f["id"]: f
        for f in json.loads(run("check", filing, "--json", "--accepted", accepted).stdout)[
            "findings"
        ]
    }
    assert told["X33"]["grade"] == "accepted"
    accepted.write_text(table.format(-9) + "expires = 2999-12-31\n")
    told = {
        f["id"]: f
        for f in json.loads(run("check", filing, "--json", "--accepted", accepted).stdout)[
            "findings"
        ]
    }
    assert told["X33"]["grade"] == "fail"
    assert "the difference has changed" in told["X33"]["detail"]


def test_laws_of_one_filer_are_added(filing: Path) -> None:
    laws = example_folder() / "filer.checks"
    data = json.loads(
        run("check", filing, "--json", "--all", "--laws", laws, "--no-suspects").stdout
    )
    assert {f["id"]: f["difference"] for f in data["findings"]}["X35"] == -2


def test_a_folder_is_a_batch_with_a_line_each(filing: Path, clean: Path, tmp_path: Path) -> None:
    for path in (filing, clean):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "letter.txt").write_text("Dear Sir")
    result = run("check", tmp_path)
    lines = result.stdout.splitlines()
    assert result.exit_code == 2
    assert len(lines) == 4
    assert any("letter.txt" in line and "not read" in line for line in lines)
    assert any("clean.txt" in line and line.rstrip().endswith("none") for line in lines)


def test_read_tells_what_it_covers(filing: Path) -> None:
    result = run("read", filing)
    assert result.exit_code == 0
    assert "MML Bay State Life Insurance Company, 2012" in result.stdout
    assert "coverage 100.00 %" in result.stdout
    data = json.loads(run("read", filing, "--json").stdout)
    assert {
        "page",
        "line",
        "column",
        "inset",
        "row",
        "kind",
        "value",
        "state",
        "raw",
        "source_line",
        "repair",
    } == set(data["cells"][0])


def test_explain_goes_down_to_the_line_read_and_up(filing: Path) -> None:
    result = run("explain", filing, "imr:6:1")
    assert result.exit_code == 0
    assert "= Line 4 minus Line 5" in result.stdout
    assert "read as '3,743,049' at line" in result.stdout
    assert "fail      liabilities.3.tie" in result.stdout
    up = run("explain", filing, "imr:6:1", "--up")
    assert "liabilities:3:3" in up.stdout
    assert json.loads(run("explain", filing, "imr:6:1", "--json").stdout)["place"] == "imr:6:1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "/no/such/file.txt"], "does not exist"),
        (["explain", "FILING", "liabilities:99:1"], "The blank has no cell liabilities:99:1"),
        (["explain", "FILING", "nonsense"], "is not an address"),
        (["blank", "show", "1999", "imr"], "There is no blank separate_accounts 1999"),
        (["blank", "show", "2012", "imm"], "There is no page 'imm'"),
        (["check", "FILING", "--accepted", "/no/such.toml"], "is not a file of accepted breaks"),
        (["check", "FILING", "--laws", "/no/such.checks"], "does not exist"),
        (["check"], "Missing argument"),
    ],
)
def test_misuse_says_what_to_do(filing: Path, arguments: list[str], said: str) -> None:
    result = run(*[filing if argument == "FILING" else argument for argument in arguments])
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_our_own_fault_is_said_so(filing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_path: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("jurat.reading.read", broken)
    result = run("read", filing)
    assert result.exit_code == 3
    assert "our fault, not yours" in result.stderr


def test_blank_shows_pages_and_rules() -> None:
    shown = run("blank", "show", "2012", "avr_default").stdout
    assert "0.0004" in shown
    assert "0.0063 (a)" in shown
    rules = {
        (r["cell"], r["role"]): r
        for r in json.loads(run("blank", "rules", "2012", "imr", "--json").stdout)
    }
    assert rules["imr:6:1", "fills"]["words"] == "Line 4 minus Line 5"
    assert rules["imr:6:1", "fills"]["source"] == "printed"
    assert rules["imr:2:1", "fills"]["source"] == "written"
    assert len(run("blank", "list").stdout.splitlines()) > 50


def test_the_installed_command_starts() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jurat", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "demo" in done.stdout
