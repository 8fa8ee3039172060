"""What tests of company folders share: the example's folder, and a small one with nothing in it."""

import shutil
from pathlib import Path

from jurat.close import close
from jurat.words import RecordError

EXAMPLE = Path(__file__).parents[1] / "examples" / "bay_state_2012"


def example_copy(home: Path) -> Path:
    """The example's company folder, to be changed."""
    shutil.copytree(EXAMPLE, home / "folder")
    return home / "folder"


def small_folder(home: Path, policies: str = "") -> Path:
    """A folder with a name, a year and policies."""
    folder = home / "small"
    put(
        folder,
        "company.toml",
        f'year = 2012\n[cover]\ncompany_name = "Small"\n[policies]\n{policies}',
    )
    return folder


def put(folder: Path, name: str, text: str | bytes) -> None:
    """Write a file of a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def add(folder: Path, name: str, row: str) -> None:
    """Add a row to a file of a folder."""
    put(folder, name, (folder / name).read_text(encoding="utf-8") + row + "\n")


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Change words in a file of a folder, which stand there."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    put(folder, name, text.replace(old, new, 1))


def faults_of(folder: Path) -> list[str]:
    """The faults that closing a folder tells, one a line; none where it closes."""
    try:
        close(folder)
    except RecordError as fault:
        return fault.what.splitlines()[1:]
    return []
