"""An invented year: the blank of 2012 with the changes that stand in `2013` beside this file."""

import shutil
from pathlib import Path

import pytest

from jurat.blanks import Blank, load_folder
from jurat.blanks.load import HOME

INVENTED = Path(__file__).parent / "2013"


@pytest.fixture
def years(tmp_path: Path) -> Path:
    """A folder with the shipped 2012 and the invented 2013, to be changed at will."""
    kind = tmp_path / "separate_accounts"
    kind.mkdir()
    shutil.copytree(HOME / "separate_accounts" / "2012", kind / "2012")
    shutil.copytree(INVENTED, kind / "2013")
    return kind


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Blank:
    """The invented blank of 2013, spelled out and proved."""
    kind = tmp_path_factory.mktemp("years") / "separate_accounts"
    kind.mkdir()
    (kind / "2012").symlink_to(HOME / "separate_accounts" / "2012")
    (kind / "2013").symlink_to(INVENTED)
    return load_folder(kind / "2013", "separate_accounts", 2013)
