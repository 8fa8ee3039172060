"""The bars of the proof: 1,000 planted changes caught and named, 100 closes killed at random moments."""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

from jurat.close import close
from jurat.prove import compare_output
from jurat.publish import MODEL, PDF, TABLES, publish
from jurat.reading import read
from tests.kills import digest_of_whole, left_behind
from tests.plants import PLANTS, Build, plant

EXAMPLE = Path(__file__).parents[2] / "examples" / "bay_state_2012"
_BUILDS: list[Build] = []


@dataclass(frozen=True, kw_only=True)
class Found:
    """How the proof took one planted change."""

    output: str
    kind: str
    is_caught: bool
    is_named: bool
    seed: int


@contextmanager
def _company() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "company"
        shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out", "builds"))
        publish(close(folder))
        yield folder


# -- changes -----------------------------------------------------------------------------------


def score(seeds: range) -> list[Found]:
    """Plant and prove, on two cores."""
    with (
        _company() as folder,
        tempfile.TemporaryDirectory() as home,
        Pool(2, _begin, (folder / "out", home)) as pool,
    ):
        return pool.map(_one, seeds, chunksize=4)


def _begin(out: Path, home: str) -> None:
    """A worker's own copies of the build."""
    place = Path(tempfile.mkdtemp(dir=home))
    for name in ("clean", "changed"):
        shutil.copytree(out, place / name)
    model = read(place / "clean" / MODEL).statement
    _BUILDS.append(Build(folder=place / "changed", model=model, clean=place / "clean"))


def _one(seed: int) -> Found:
    build = _BUILDS[0]
    planted = plant(build, seed)
    output = planted.output.partition(",")[0]
    # A changed model shows in every output; it is held against two of them.
    asked = (TABLES, PDF) if output == MODEL and seed % 5 == 0 else (TABLES,)
    model = None if output == MODEL else build.model
    compared = [
        compare_output(build.folder, name, model)
        for name in (asked if output == MODEL else (output,))
    ]
    build.restore(output)
    named = [planted.cell in {unequal.cell for unequal in one.unequal} for one in compared]
    return Found(
        output=planted.output,
        kind=planted.kind,
        is_caught=not any(one.is_equal for one in compared),
        is_named=all(named),
        seed=seed,
    )


def report(found: list[Found]) -> str:
    """A table of caught and named, by output."""
    lines = [f"{'planted in':<36}{'changes':>8}{'caught':>8}{'named':>8}"]
    for name in (*PLANTS, ""):
        rows = [one for one in found if name in ("", one.output)]
        caught, named = sum(r.is_caught for r in rows), sum(r.is_named for r in rows)
        lines.append(f"{name or 'all':<36}{len(rows):>8,}{caught:>8,}{named:>8,}")
    lines += [f"  not named: {one}" for one in found if not one.is_named]
    return "\n".join(lines)


# -- kills -------------------------------------------------------------------------------------


def killed(count: int, seed: int = 2012) -> str:
    """Close a changed folder in a process of its own, kill it at a random moment, look at `out`."""
    chance = random.Random(seed)
    with _company() as folder:
        toml = folder / "company.toml"
        text = toml.read_text(encoding="utf-8")
        stands = digest_of_whole(folder / "out")
        was, now, died, seconds = 0, 0, 0, _seconds_to_close(folder)
        for turn in range(count):
            toml.write_text(text.replace("Enfield", f"Enfield {turn}"), encoding="utf-8")
            died += _kill(folder, chance.uniform(0, 1.1) * seconds)
            after = digest_of_whole(folder / "out")
            was, now, stands = was + (after == stands), now + (after != stands), after
        publish(close(folder))
        digest_of_whole(folder / "out")
        left = left_behind(folder)
    return (
        f"{count} closes, {died} of them killed: {was} times the old build, {now} times the new one, "
        f"always whole; after one more close {len(left)} leavings"
    )


def _command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "jurat", "close", str(folder)]


def _seconds_to_close(folder: Path) -> float:
    begun = time.perf_counter()
    subprocess.run(_command(folder), check=False, capture_output=True)
    return time.perf_counter() - begun


def _kill(folder: Path, seconds: float) -> bool:
    """Whether the close was still running when it was killed."""
    run = subprocess.Popen(_command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        run.wait(seconds)
    except subprocess.TimeoutExpired:
        run.kill()
    return run.wait() == -signal.SIGKILL
