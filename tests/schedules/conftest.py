"""Golden companies, each made and closed once."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from jurat.close import Closing, close
from jurat.golden.insurer import golden_company
from tests.schedules.golden_answers import in_year

Company = Callable[[int, int], Path]
Closed = Callable[[int, int, int], Closing]


@pytest.fixture(scope="session")
def company_of(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The folder of a golden company: so many lots, a seed."""

    @cache
    def made(lots: int, seed: int) -> Path:
        folder = tmp_path_factory.mktemp(f"golden_{lots}_{seed}") / "books"
        golden_company(folder, lots=lots, seed=seed)
        return folder

    return made


@pytest.fixture(scope="session")
def closed(company_of: Company, tmp_path_factory: pytest.TempPathFactory) -> Closed:
    """A golden company closed: so many lots, a seed, a year."""

    @cache
    def made(lots: int, seed: int, year: int) -> Closing:
        folder = company_of(lots, seed)
        if year != 2012:
            folder = in_year(folder, year, tmp_path_factory.mktemp("year") / str(year))
        return close(folder)

    return made
