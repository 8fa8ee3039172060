"""Builds are switched whole: killed, out of room, without links or changed by hand, `out` leads to all of one."""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from jurat.cli import main
from jurat.close import Closing, close
from jurat.keeping import Builds
from jurat.keeping.builds import build_at
from jurat.prove import compare_output
from jurat.publish import TABLES, publish
from jurat.words import UsageError
from tests.kills import die_within, digest_of_whole, left_behind

KILLS = 8
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")


@pytest.fixture
def folder(company: Path, tmp_path: Path) -> Path:
    """A company folder whose `out` leads to a build."""
    to = tmp_path / "company"
    shutil.copytree(company, to, symlinks=True)
    return to


def small(folder: Path, text: str, digest: str) -> Path:
    """A build of one file."""
    builds = Builds(folder)
    with builds.making() as place:
        (place / "data.txt").write_text(text)
        return builds.keep(place, digest)


# -- killed ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def changed(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Closing:
    """The example closed with another address."""
    other = tmp_path_factory.mktemp("other") / "company"
    shutil.copytree(company, other, ignore=shutil.ignore_patterns("out", "builds"))
    toml = other / "company.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("Enfield", "Hartford"), "utf-8")
    return close(other)


@needs_fork
def test_killed_at_any_moment_out_leads_to_a_whole_build(folder: Path, changed: Closing) -> None:
    new = replace(changed, books=replace(changed.books, folder=folder))
    before = digest_of_whole(folder / "out")
    begun = time.perf_counter()
    after = publish(new).name
    seconds = time.perf_counter() - begun
    chance = random.Random(2012)
    for _ in range(KILLS):
        Builds(folder)._lead(folder / "builds" / before)
        shutil.rmtree(folder / "builds" / after, ignore_errors=True)
        die_within(lambda: publish(new), chance.uniform(0.3, 1.0) * seconds)
        assert digest_of_whole(folder / "out") in (before, after)
    publish(new)
    assert digest_of_whole(folder / "out") == after
    assert left_behind(folder) == []


@needs_fork
@pytest.mark.parametrize("moment", ["before", "behind"])
@pytest.mark.parametrize("step", ["rename", "symlink_to", "replace", "unlink"])
def test_killed_before_or_behind_each_step_of_the_switch(
    step: str, moment: str, tmp_path: Path
) -> None:
    small(tmp_path, "old", "aaa")

    def work() -> None:
        done = getattr(Path, step)

        def dying(path: Path, *args: object, **options: object) -> None:
            if moment == "behind":
                done(path, *args, **options)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(Path, step, dying)
        small(tmp_path, "new", "bbb")

    assert die_within(work, 1)
    assert (tmp_path / "out" / "data.txt").read_text() in ("old", "new")
    small(tmp_path, "newer", "ccc")
    assert (tmp_path / "out" / "data.txt").read_text() == "newer"
    assert left_behind(tmp_path) == []


# -- no room -----------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_the_old_build_stands(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest_of_whole(folder / "out")
    toml = folder / "company.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("Enfield", "Hartford"), "utf-8")

    def full(path: Path, *_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    done = CliRunner().invoke(main, ["close", str(folder)])
    assert done.exit_code == 2
    assert "The build could not be written: No space left on device." in done.output
    assert "out leads where it led before; nothing of it was touched." in done.output
    assert digest_of_whole(folder / "out") == before
    assert left_behind(folder) == []


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a disk this small"
)
def test_a_disk_that_is_really_full(company: Path, tmp_path: Path) -> None:
    small_disk = tmp_path / "disk"
    small_disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4200k", "tmpfs", small_disk], check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        folder = small_disk / "company"
        shutil.copytree(company, folder, symlinks=True)
        before = digest_of_whole(folder / "out")
        toml = folder / "company.toml"
        toml.write_text(toml.read_text(encoding="utf-8").replace("Enfield", "Hartford"), "utf-8")
        done = CliRunner().invoke(main, ["close", str(folder)])
        assert done.exit_code == 2
        assert "No space left on device" in done.output
        assert digest_of_whole(folder / "out") == before
        assert left_behind(folder) == []
    finally:
        subprocess.run(["umount", small_disk], check=True)


# -- no links ----------------------------------------------------------------------------------


def test_where_links_cannot_be_made_a_file_names_the_build(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(1314, "A required privilege is not held by the client")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "symlink_to", refused)
        build = publish(close(folder))
        assert not (folder / "out").exists()
        assert (folder / "out.txt").read_text() == f"builds/{build.name}\n"
        assert build_at(folder / "out") == build
        assert compare_output(folder / "out", TABLES).is_equal
        assert digest_of_whole(folder / "out") == build.name
    assert publish(close(folder)) == build
    assert (folder / "out").resolve() == build.resolve()
    assert left_behind(folder) == []
    assert not (folder / "out.txt").exists()


# -- by hand -----------------------------------------------------------------------------------


def test_a_build_changed_by_hand_is_mended_by_the_next_close(tmp_path: Path) -> None:
    build = small(tmp_path, "as made", "aaa")
    (build / "data.txt").write_text("changed by hand")
    (build / "certificate.json").write_text("kept")
    small(tmp_path, "as made", "aaa")
    assert (tmp_path / "out" / "data.txt").read_text() == "as made"
    (build / "data.txt").unlink()
    (build / "data.txt").mkdir()
    small(tmp_path, "as made", "aaa")
    assert (tmp_path / "out" / "data.txt").read_text() == "as made"
    assert (build / "certificate.json").read_text() == "kept"


@pytest.mark.parametrize("name", ["out", "builds"])
def test_what_is_not_ours_is_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(UsageError, match="is not ours"):
        small(tmp_path, "new", "aaa")
    assert (tmp_path / name).read_text() == "mine"


def test_what_a_running_close_makes_is_left_alone(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for name in (f".making-{os.getppid()}-x", f".making-{gone.pid}-x", ".making-by-hand"):
        (tmp_path / "builds" / name).mkdir(parents=True)
    small(tmp_path, "new", "aaa")
    assert left_behind(tmp_path) == [
        f"builds/.making-{os.getppid()}-x",
        "builds/.making-by-hand",
    ]
