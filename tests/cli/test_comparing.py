"""`jurat compare`: what changed, what follows from it, flux and amendment, on 100 columns."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jurat.cli import main

FACTS = Path(__file__).parents[2] / "examples" / "bay_state_2012_filed" / "facts.csv"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The example, and a draft in which one charge is seven dollars more and its total with it."""
    folder = tmp_path_factory.mktemp("drafts")
    text = FACTS.read_text(encoding="utf-8")
    for line in ("17", "22"):
        told = f"exhibit1,{line},1,,,money,161"
        assert f"{told}00" in text
        text = text.replace(f"{told}00", f"{told}07")
    (folder / "b.csv").write_text(text, encoding="utf-8")
    return str(FACTS), str(folder / "b.csv")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["compare", *words])


def test_the_change_its_total_and_its_breaks_are_told(files: tuple[str, str]) -> None:
    done = run(*files)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert "2 cells differ: 1 by themselves, 1 by the form's rules from these" in lines
    told = [line.split() for line in lines]
    assert [
        "17:1",
        "Collection",
        "and",
        "bank",
        "service",
        "charges",
        "16,100",
        "16,107",
        "7",
    ] in told
    assert ["Collection", "and", "bank", "service", "charges", "[exhibit1:17:1]", "7"] in told
    assert any(line.startswith("  exhibit1.25 ") for line in lines)
    assert max(map(len, lines)) <= 100


def test_all_of_it_as_json(files: tuple[str, str]) -> None:
    told = json.loads(run(*files, "--json").output)
    assert [(c["address"], c["difference"], c["is_source"]) for c in told["cells"]] == [
        ("exhibit1:17:1", 7, True),
        ("exhibit1:22:1", 7, False),
    ]
    assert "exhibit1.25" in [finding["id"] for finding in told["appeared"]]


def test_the_amendment_fits_the_screen(files: tuple[str, str]) -> None:
    lines = run(*files, "--amendment", "1", "--filed-on", "2013-04-02").output.splitlines()
    assert "       b3. pages attached      1" in lines
    assert any(line.split()[:3] == ["8", "EXHIBIT", "1"] for line in lines)
    assert max(map(len, lines)) <= 100


def test_flux_has_thresholds(files: tuple[str, str]) -> None:
    assert "0 amounts changed by 0 or more and by 10.0 % or more" in run(*files, "--flux").output
    told = json.loads(run(*files, "--flux", "--percent", "0", "--over", "7", "--json").output)
    assert [line["address"] for line in told] == ["exhibit1:17:1", "exhibit1:22:1"]


def test_misuse_is_told(files: tuple[str, str]) -> None:
    for words in (("--amendment", "1"), ("--flux", "--percent", "ten")):
        done = run(*files, *words)
        assert done.exit_code == 2, done.output
        assert "Next:" in done.output
