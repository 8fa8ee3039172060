"""Builds switched whole: whenever a process dies, `out` leads to the old one or the new one."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jurat.keeping import Builds
from jurat.words import UsageError

KILLED = 12
MAKER = """
import sys
from pathlib import Path
from jurat.keeping import Builds
builds = Builds(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 10**6):
    with builds.making() as place:
        for part in range(5):
            (place / f"part{part}").write_text(str(number) * 1000)
        builds.keep(place, f"build{number}")
    print(number, flush=True)
"""


def made(folder: Path, digest: str, text: str) -> Path:
    builds = Builds(folder)
    with builds.making() as place:
        (place / "page.txt").write_text(text)
        return builds.keep(place, digest)


def test_out_leads_to_the_build_that_was_kept_last(tmp_path: Path) -> None:
    made(tmp_path, "one", "1")
    made(tmp_path, "two", "2")
    assert (tmp_path / "out" / "page.txt").read_text() == "2"
    assert (tmp_path / "builds" / "one" / "page.txt").read_text() == "1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["builds", "out"]


def test_the_same_build_again_is_the_one_that_stands(tmp_path: Path) -> None:
    first = made(tmp_path, "one", "1")
    assert made(tmp_path, "one", "1") == first
    assert sorted(path.name for path in (tmp_path / "builds").iterdir()) == ["one"]


def test_a_build_that_fails_leaves_the_one_that_stood(tmp_path: Path) -> None:
    made(tmp_path, "one", "1")
    with pytest.raises(ZeroDivisionError), Builds(tmp_path).making() as place:
        (place / "page.txt").write_text(str(1 // 0))
    assert (tmp_path / "out" / "page.txt").read_text() == "1"
    assert sorted(path.name for path in (tmp_path / "builds").iterdir()) == ["one"]


def test_a_folder_of_ones_own_called_out_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(UsageError, match="not a link of ours"):
        made(tmp_path, "one", "1")
    assert (tmp_path / "out").is_dir()


def test_what_is_kept_may_be_read_by_others(tmp_path: Path) -> None:
    assert made(tmp_path, "one", "1").stat().st_mode & 0o777 == 0o755


def test_killed_at_any_moment_out_is_whole(tmp_path: Path) -> None:
    made(tmp_path, "build0", "")
    seeded, begin = random.Random(9), 1
    (tmp_path / "builds" / ".making-strange-1").mkdir()
    for _ in range(KILLED):
        command = [sys.executable, "-c", MAKER, str(tmp_path), str(begin)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(seeded.uniform(0, 0.02))
            process.kill()
        parts = {path.name: path.read_text() for path in (tmp_path / "out").iterdir()}
        assert sorted(parts) == [f"part{part}" for part in range(5)]
        assert len(set(parts.values())) == 1
        begin = int((tmp_path / "out").readlink().name.removeprefix("build")) + 1
    made(tmp_path, "last", "")
    left = [path.name for path in (*tmp_path.iterdir(), *(tmp_path / "builds").iterdir())]
    assert [name for name in left if name.startswith(".")] == []
