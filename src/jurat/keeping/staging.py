"""Changing a folder: tried on a copy first, then each file put in its place whole."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jurat.keeping.books import MADE

Prove = Callable[[Path], object]
"""Closes a folder; raises RecordError where it cannot stand."""


@contextmanager
def staged(folder: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A copy of a folder in which some files say something else, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="jurat-") as home:
        copy = Path(home) / "folder"
        shutil.copytree(folder, copy, ignore=_unneeded)
        for name, content in files.items():
            (copy / name).parent.mkdir(exist_ok=True)
            (copy / name).write_bytes(content)
        yield copy


def put(folder: Path, name: str, content: bytes) -> None:
    """One file of a folder, whole or not at all, whenever the process dies."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    handle, made = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(made).chmod(0o644)
        Path(made).replace(path)
    finally:
        Path(made).unlink(missing_ok=True)
    if os.name != "nt":
        home = os.open(path.parent, os.O_RDONLY)
        os.fsync(home)
        os.close(home)


def _unneeded(_: str, names: list[str]) -> list[str]:
    """What Jurat wrote itself, and what is hidden, such as a repository."""
    return [name for name in names if name in MADE or name.startswith(".")]
