"""The same folder closed again, elsewhere and in another process, gives the same bytes in every output."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.kills import digest_of_whole


def test_place_clock_language_and_hash_seed_do_not_show(company: Path, tmp_path: Path) -> None:
    """Two more processes, in folders of other names, one of them given a relative path."""
    near, far = tmp_path / "a", tmp_path / "a place with spaces, far away" / "é"
    for place in (near, far):
        shutil.copytree(company, place, ignore=shutil.ignore_patterns("out", "builds"))
    worlds = [
        (near, ".", {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "C", "LC_ALL": "C"}),
        (tmp_path, str(far), {"PYTHONHASHSEED": "77", "TZ": "America/New_York",
                              "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "1"}),
    ]  # fmt: skip
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "jurat", "close", folder],
            cwd=here, env={**os.environ, **world},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for here, folder, world in worlds
    ]  # fmt: skip
    for run in runs:
        _, said = run.communicate(timeout=120)
        assert run.returncode in (0, 1), said
    first = company / "out"
    files = {path.relative_to(first): path for path in sorted(first.rglob("*")) if path.is_file()}
    assert len(files) > 40
    for place in (near, far):
        for name, path in files.items():
            assert (place / "out" / name).read_bytes() == path.read_bytes(), f"{name} differs"
        assert digest_of_whole(place / "out") == digest_of_whole(first)


def test_no_output_holds_a_path_of_this_machine(company: Path) -> None:
    holding = [
        path.name
        for path in (company / "out").rglob("*")
        if path.is_file() and str(company.parent).encode() in path.read_bytes()
    ]
    assert holding == []
