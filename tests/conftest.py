"""What tests of all rooms share: the filing we have, and statements that tie."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import jurat
from jurat.blanks import Blank, load_folder
from jurat.close import close
from jurat.golden import tying_statement
from jurat.publish import publish
from jurat.reading.facts import read_facts
from jurat.statement import Statement

EXAMPLE = Path(__file__).parents[1] / "examples" / "bay_state_2012"
FACTS = Path(__file__).parents[1] / "examples" / "bay_state_2012_filed" / "facts.csv"

MakeBlank = Callable[..., Blank]


@cache
def _example() -> Statement:
    return read_facts(FACTS, jurat.load_blank())


@cache
def _golden(seed: int) -> Statement:
    return tying_statement(_example(), seed)


@pytest.fixture(scope="session")
def example() -> Statement:
    """The filing of 2012 that comes with Jurat."""
    return _example()


@pytest.fixture(scope="session")
def golden() -> Statement:
    """A statement like the filing in which every check that can run holds to the dollar."""
    return _golden(3)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's company folder, closed: its `out` leads to a build."""
    folder = tmp_path_factory.mktemp("company") / "bay_state_2012"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out", "builds"))
    publish(close(folder))
    return folder


@pytest.fixture
def make_blank(tmp_path: Path) -> MakeBlank:
    """A blank written by hand: `make_blank(sheet="page 1  sheet  SHEET ...", checks="X1 ...")`."""

    def make(checks: str = "", **pages: str) -> Blank:
        (tmp_path / "contents").write_text("\n".join(pages), encoding="utf-8")
        for name, text in pages.items():
            (tmp_path / f"{name}.page").write_text(text, encoding="utf-8")
        if checks:
            (tmp_path / "cross.checks").write_text(checks, encoding="utf-8")
        return load_folder(tmp_path, "separate_accounts", 2012)

    return make
