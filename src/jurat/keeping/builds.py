"""Builds: finished outputs, each whole in a folder named by its content; `out` leads to one.

`out` is a link. Where links cannot be made, as on Windows for most users, `out.txt` names the build
in its place, and verbs that are given FOLDER/out follow it. Either is switched by one rename.
"""

import contextlib
import filecmp
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jurat.words import UsageError

BUILDS = "builds"
_MAKING, _LINK = ".making-", ".out-"


@dataclass(frozen=True, slots=True)
class Builds:
    """The builds of one company folder."""

    folder: Path

    @property
    def out(self) -> Path:
        """The link to the build that stands."""
        return self.folder / "out"

    @contextmanager
    def making(self) -> Iterator[Path]:
        """A place to write a build in, gone when it is not kept.

        Raises  UsageError when something that is not ours stands where builds or `out` belong.
        """
        home = self.folder / BUILDS
        for path, is_ours in (
            (home, home.is_dir() or not home.exists()),
            (self.out, self.out.is_symlink() or not self.out.exists()),
        ):
            if not is_ours:
                raise UsageError(f"{path} is not ours.", next="Move it away, and close again.")
        home.mkdir(exist_ok=True)
        self._clear()
        place = Path(tempfile.mkdtemp(prefix=f"{_MAKING}{os.getpid()}-", dir=home))
        place.chmod(0o755)  # a temporary folder is its maker's alone; a build is for readers
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def keep(self, place: Path, digest: str) -> Path:
        """Give a finished build its name and lead `out` to it, by one rename each.

        Whenever the process dies, `out` leads to the old build or the new one, whole. A build that is
        there already is mended where somebody changed it.
        """
        for path in sorted(place.rglob("*")):
            _settle(path)
        _settle(place)
        kept = self.folder / BUILDS / digest
        try:
            place.rename(kept)
        except OSError:
            if not kept.is_dir():
                raise
            _mend(kept, place)
        _settle(kept.parent)
        self._lead(kept)
        _settle(self.folder)
        return kept

    def _lead(self, kept: Path) -> None:
        link, named = self.folder / f"{_LINK}{os.getpid()}", self.out.with_suffix(".txt")
        target = Path(BUILDS) / kept.name
        link.unlink(missing_ok=True)
        try:
            link.symlink_to(target, target_is_directory=True)
        except (OSError, NotImplementedError):
            link.write_text(f"{target.as_posix()}\n", encoding="utf-8", newline="\n")
            _settle(link)
            link.replace(named)
            self.out.unlink(missing_ok=True)  # a link made elsewhere, which nobody can lead on
        else:
            link.replace(self.out)
            named.unlink(missing_ok=True)

    def _clear(self) -> None:
        """Take away what processes left that died; those that still run keep theirs."""
        for place in (self.folder / BUILDS).glob(f"{_MAKING}*"):
            if not _is_running(place.name.removeprefix(_MAKING).partition("-")[0]):
                shutil.rmtree(place, ignore_errors=True)
        for link in self.folder.glob(f"{_LINK}*"):
            if not _is_running(link.name.removeprefix(_LINK)):
                link.unlink(missing_ok=True)


def build_at(path: Path) -> Path:
    """The build that a path leads to: the folder itself, or the one that `out.txt` beside it names."""
    named = path.with_suffix(".txt")
    if path.name != "out" or path.exists() or not named.is_file():
        return path
    return path.parent / named.read_text(encoding="utf-8").strip()


def _mend(kept: Path, place: Path) -> None:
    """Put back what differs in a build from what it is made of, each file by one rename."""
    for made in sorted(place.rglob("*")):
        there = kept / made.relative_to(place)
        if made.is_dir():
            if not there.is_dir():
                there.unlink(missing_ok=True)
                there.mkdir()
        elif not there.is_file() or not filecmp.cmp(made, there, shallow=False):
            if there.is_dir():
                shutil.rmtree(there)
            made.replace(there)


def _is_running(pid: str) -> bool:
    if os.name == "nt" or not pid.isdigit():
        return True  # on Windows, asking a process whether it runs may end it
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _settle(path: Path) -> None:
    """See that what was written is on the disk before anything leads to it."""
    if path.is_dir():
        # Not every system opens a folder, or puts one on the disk by itself.
        with contextlib.suppress(OSError):
            _put_on_disk(path)
        return
    _put_on_disk(path)


def _put_on_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
