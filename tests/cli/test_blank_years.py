"""`jurat blank` over two years: the invented form of 2013 beside that of 2012."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jurat.blanks import load
from jurat.cli import main

INVENTED = Path(__file__).parents[1] / "blanks" / "2013"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """The command line, with the invented year among the blanks."""
    kind = tmp_path / "separate_accounts"
    kind.mkdir()
    (kind / "2012").symlink_to(load.HOME / "separate_accounts" / "2012")
    shutil.copytree(INVENTED, kind / "2013")
    monkeypatch.setattr(load, "HOME", tmp_path)
    yield lambda *words: CliRunner().invoke(main, list(words))
    load._loaded.cache_clear()


def test_the_difference_is_told_page_by_page(run: Run) -> None:
    done = run("blank", "diff", "2012", "2013")
    assert done.exit_code == 0, done.output
    for line in (
        "  dropped    line      foreign_exchange",
        "    + 15  Payable under repurchase agreements",
        "  renumbered line      total_liabilities  17 to 18",
        "  moved      line      reserve_transfers  behind policy_loans to behind other_transfers_from",
        "    - Surplus (Lines 18 through 20)",
        "  changed    rule      liabilities.18  4 cells",
        "    + Lines 1 through 17",
    ):
        assert line in done.output.splitlines()
    assert max(map(len, done.output.splitlines())) <= 100


def test_the_difference_as_json(run: Run) -> None:
    told = json.loads(run("blank", "diff", "2012", "2013", "--json").output)
    assert (told["older"], told["newer"]) == (2012, 2013)
    assert {"what": "renumbered", "noun": "page", "page": "operations", "name": "operations",
            "older": "4", "newer": "5", "cells": []} in told["changes"]  # fmt: skip


def test_a_year_against_itself_is_the_same(run: Run) -> None:
    assert "are the same" in run("blank", "diff", "2013", "2013").output


def test_the_expanded_page_is_printed(run: Run) -> None:
    told = run("blank", "show", "2013", "liabilities").output
    assert "Payable under repurchase agreements" in told
    assert "Net adjustment in assets" not in told
    assert "1701." in told
    rules = run("blank", "rules", "2013", "liabilities").output
    assert "Lines 18 + 22" in rules


def test_a_year_we_do_not_have_is_told(run: Run) -> None:
    done = run("blank", "diff", "2012", "2020")
    assert done.exit_code == 2
    assert "There is no blank separate_accounts 2020" in done.output
