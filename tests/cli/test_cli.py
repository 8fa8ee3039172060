"""The command line as a user meets it: verbs, exit codes, JSON, and errors that help."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jurat
from jurat.blanks import Blank
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
    assert any("filing.txt" in line and "705,631" in line for line in lines)  # of all its breaks


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
    up = run("explain", filing, "imr:5:1", "--up").stdout.splitlines()
    assert [line.split("[")[1].split("]")[0] for line in up[:3]] == [
        "imr:5:1",
        "imr:6:1",
        "liabilities:3:3",
    ]
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


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("liabilities:3", "liabilities:3:3  Interest Maintenance Reserve, Current Year: Total"),
        ("liabilitis:3:3", "liabilities:3:3  Interest Maintenance Reserve, Current Year: Total"),
        ("nii:a:$1", "nii:(a):$1  Includes"),
        ("schedule_d:10:1", "schedule_d:10:  Book/adjusted carrying value"),
        ("liabilities:99:3", "liabilities:9:3  Unearned investment income"),
        ("IMR", "jurat blank show 2012 imr"),
        ("zzz:1:1", "jurat blank list"),
    ],
)
def test_an_unknown_address_names_the_nearest(filing: Path, address: str, meant: str) -> None:
    result = run("explain", filing, address)
    assert result.exit_code == 2
    assert meant in result.stderr


def test_a_part_of_its_own_line_is_told_by_its_column(filing: Path) -> None:
    told = run("explain", filing, "liabilities:3:3").stdout
    assert "     3,743,043    column 1  [liabilities:3:1]  read as" in told
    told = run("explain", filing, "imr:2:1").stdout
    assert "= $… pretax plus $… tax" in told
    assert "9,192,949    blank 1 of the caption  [imr:2:$1]" in told


def test_next_can_be_copied_whatever_the_file_is_called(filing: Path, tmp_path: Path) -> None:
    named = tmp_path / "a filing.txt"
    named.write_text(filing.read_text(encoding="utf-8"), encoding="utf-8")
    lines = run("check", named, "--no-suspects").stdout.splitlines()
    command = next(line for line in lines if line.endswith(" liabilities:3:3"))
    typed = shlex.split(command.strip().removeprefix("Next: jurat "))
    assert run(*typed).exit_code == 0


@pytest.mark.parametrize("verb", [["check", "FILING", "--no-suspects"], ["demo", "--no-open"]])
def test_a_report_that_cannot_be_written_is_misuse(filing: Path, verb: list[str]) -> None:
    named = [filing if word == "FILING" else word for word in verb]
    result = run(*named, "--report", "/no/such/folder/report.html")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert result.stdout == ""


def test_our_own_fault_in_one_file_lets_the_others_go_on(
    filing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(filing.read_text(encoding="utf-8"), encoding="utf-8")
    first_time = iter([True])

    def once_broken(path: Path, blank: Blank) -> jurat.Reading:
        if next(first_time, False):
            raise RuntimeError("boom")
        return jurat.read(path, blank)

    monkeypatch.setattr("jurat.cli.checking.read", once_broken)
    result = run("check", tmp_path)
    assert result.exit_code == 3
    assert "not read: our fault: RuntimeError: boom" in result.stdout
    assert result.stdout.splitlines()[-1].split()[1:3] == ["100.00%", "16"]


def test_an_accepted_break_that_is_mended_is_told(clean: Path, tmp_path: Path) -> None:
    accepted = tmp_path / "accepted.toml"
    accepted.write_text(
        '[[accepted]]\nid = "X33"\ncell = "exhibit5:25:1"\ndifference = -8\nwhy = "a plug"\n'
        'owner = "A. Preparer"\nexpires = 2999-12-31\n'
    )
    result = run("check", clean, "--accepted", accepted)
    assert result.exit_code == 0
    told = "accepted, but nothing breaks there now: X33 at exhibit5:25:1 (A. Preparer)"
    assert told in result.stderr


def test_the_demo_tells_one_story_and_what_to_click(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("demo", "--no-open")
    assert result.exit_code == 0
    assert "887 figures, 259 of them given, 18 overridden" in result.stdout
    assert "8,812 cells compared, 0 differ: one model, every output equal to it" in result.stdout
    assert (tmp_path / "jurat-demo" / "out" / "statement.pdf").read_bytes()[:5] == b"%PDF-"
    assert result.stdout.count("== ") == 1
    assert "3 breaks are one story: liabilities.3.tie, X41.2, X41.3" in result.stdout
    assert "and 13 more breaks in 6 stories" in result.stdout
    assert "click any figure" in result.stderr
    assert (tmp_path / "jurat-demo.html").stat().st_size > 500_000
    assert run("check", "jurat-demo.txt", "--no-suspects").exit_code == 1


def test_the_demo_leaves_a_file_of_yours_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("my own filing")
    result = run("demo", "--no-open", "--report", tmp_path / "mine.html")
    assert result.exit_code == 2
    assert "stands where the example's text would go" in result.stderr
    assert (tmp_path / "mine.txt").read_text() == "my own filing"


def test_the_demo_leaves_a_folder_of_yours_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "company.toml").write_text("year = 2012\n")
    result = run("demo", "--no-open", "--report", tmp_path / "mine.html")
    assert result.exit_code == 2
    assert "stands where the example company would go" in result.stderr
    assert (tmp_path / "mine" / "company.toml").read_text() == "year = 2012\n"


def test_the_demo_goes_elsewhere_when_the_folder_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.access", lambda *_: False)
    result = run("demo", "--no-open", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["counts"]["failed"] == 16
    assert list(tmp_path.iterdir()) == []
    left = re.search(r"report: (.*jurat-demo.html)", result.stderr)
    assert left
    shutil.rmtree(Path(left[1]).parent)


def test_a_page_is_laid_out_in_its_columns() -> None:
    lines = run("blank", "show", "2012", "nii").stdout.splitlines()
    numbers = next(line for line in lines if line.split() == ["1", "2"])
    expenses = next(line for line in lines if line.startswith("11.  "))
    assert expenses.index("(g)") > numbers.index("1") + 4, "the second column, as printed"
    details = lines.index("        DETAILS OF WRITE-INS")
    assert lines[details + 1].startswith("0901.   ......")


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


def test_a_company_folder_is_closed_not_checked(tmp_path: Path) -> None:
    (tmp_path / "company.toml").write_text("year = 2012\n")
    result = run("check", tmp_path)
    assert result.exit_code == 2
    assert "is a company folder" in result.stderr
    assert f"jurat close {tmp_path}" in result.stderr


def test_two_closings_are_compared_folder_by_folder(tmp_path: Path) -> None:
    """One dollar more of mortgage loans interest: NII 3, 10, 17 and what rests on them."""
    books = shutil.copytree(example_folder("bay_state_2012"), tmp_path / "books")
    draft = shutil.copytree(books, tmp_path / "draft")
    figures = draft / "inputs" / "figures.csv"
    text = figures.read_text(encoding="utf-8")
    assert "nii,3,2,1749501," in text
    figures.write_text(text.replace("nii,3,2,1749501,", "nii,3,2,1749502,"), encoding="utf-8")
    said = run("compare", books, draft).stdout
    assert "1,749,501" in said
    assert "1,749,502" in said
