"""Builds: finished outputs, each whole in a folder named by its content; `out` leads to one."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jurat.words import UsageError

_MAKING, _LINK = ".making-", ".out-"
"""What is not finished, with the process that makes it behind."""


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
        """A place to write a build in, gone when it is not kept."""
        home = self.folder / "builds"
        home.mkdir(exist_ok=True)
        _clear(home)
        place = Path(tempfile.mkdtemp(prefix=f"{_MAKING}{os.getpid()}-", dir=home))
        place.chmod(0o755)  # what is kept is for others to read
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def keep(self, place: Path, digest: str) -> Path:
        """Give a finished build its name and lead `out` to it, by one rename each.

        Whenever the process dies, `out` leads to the old build or the new one, whole.
        """
        for path in sorted(place.rglob("*")):
            _settle(path)
        _settle(place)
        kept = self.folder / "builds" / digest
        try:
            place.rename(kept)
        except OSError:
            if not kept.is_dir():
                raise  # else the same build stands there already, perhaps since a moment ago
        _settle(kept.parent)
        self._lead(kept)
        return kept

    def _lead(self, kept: Path) -> None:
        if self.out.exists() and not self.out.is_symlink():
            raise UsageError(
                f"{self.out} is not a link of ours.", next="Move it away, and close again."
            )
        link = self.folder / f"{_LINK}{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("builds") / kept.name, target_is_directory=True)
        link.replace(self.out)
        _settle(self.folder)


def _clear(home: Path) -> None:
    """Take away what processes left that died; those that still run keep theirs."""
    for place in home.glob(f"{_MAKING}*"):
        pid = place.name.removeprefix(_MAKING).partition("-")[0]
        if not _is_running(pid):
            shutil.rmtree(place, ignore_errors=True)
    for link in home.parent.glob(f"{_LINK}*"):
        pid = link.name.removeprefix(_LINK)
        if not _is_running(pid):
            link.unlink(missing_ok=True)


def _is_running(pid: str) -> bool:
    if not (pid.isascii() and pid.isdecimal()):
        return False
    if os.name == "nt":
        return True  # there, asking a process whether it runs may end it
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True  # another's
    except (OSError, OverflowError):
        return False
    return True


def _settle(path: Path) -> None:
    """See that what was written is on the disk before anything leads to it."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
