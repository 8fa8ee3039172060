"""How long a close of the example and its proof take: each step in a new process, with its peak of memory.

The bar is on all of it: a cold `jurat close` with every output, then `jurat prove`, at most 10 s and
500 MB. The steps inside a close are timed in one more process, which counts its imports too.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "bay_state_2012"
RUNS = 3
SECONDS, MEGABYTES = 10.0, 500.0
_KIB = 1024 if sys.platform != "darwin" else 1


def timed() -> dict[str, Any]:
    """Seconds and megabytes of both verbs, and seconds of each step within."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "company"
        runs = []
        for _ in range(RUNS):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out", "builds"))
            verbs = {"close": folder, "prove": folder / "out"}
            runs.append({verb: _verb(verb, path) for verb, path in verbs.items()})
        steps = _told([sys.executable, __file__, "steps", str(folder)])
    return {
        "verbs": {
            verb: {
                "median_seconds": median(run[verb]["seconds"] for run in runs),
                "processor_seconds": median(run[verb]["processor"] for run in runs),
                "peak_megabytes": max(run[verb]["megabytes"] for run in runs),
            }
            for verb in ("close", "prove")
        },
        "steps": steps,
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The figures for a person."""
    told = [f"Close of the example and its proof, each in a new process, median of {RUNS}"]
    for verb, one in found["verbs"].items():
        told.append(
            f"  jurat {verb:<52}{one['median_seconds']:6.2f} s (of that processor "
            f"{one['processor_seconds']:.2f}), peak {one['peak_megabytes']:,.0f} MB"
        )
    seconds, megabytes = whole(found)
    told.append(
        f"  {'both':<58}{seconds:6.2f} s, peak {megabytes:,.0f} MB (bar {SECONDS:.0f} s, {MEGABYTES:.0f} MB)"
    )
    told += [f"    {name:<56}{seconds:6.2f} s" for name, seconds in found["steps"].items()]
    return told


def whole(found: dict[str, Any]) -> tuple[float, float]:
    """Seconds of both verbs, and the higher of their peaks."""
    verbs = found["verbs"].values()
    return sum(v["median_seconds"] for v in verbs), max(v["peak_megabytes"] for v in verbs)


def is_missed(found: dict[str, Any]) -> bool:
    """Whether the bar was not reached."""
    seconds, megabytes = whole(found)
    return seconds > SECONDS or megabytes > MEGABYTES


def _verb(verb: str, path: Path) -> dict[str, float]:
    return _told([sys.executable, __file__, "verb", verb, str(path)])


def _told(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"bench: {' '.join(command)} failed: {done.stderr[-500:]}")
    told: dict[str, float] = json.loads(done.stdout)
    return told


# -- in a process of its own ---------------------------------------------------------------------


def measure(verb: str, path: str) -> dict[str, float]:
    """Run one verb as a person would; its wall time, processor time and peak memory, children and all."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "jurat", verb, path], check=False, capture_output=True
    )
    seconds = time.perf_counter() - begun
    if done.returncode > 1:
        raise SystemExit(done.stderr.decode())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": seconds,
        "processor": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss * _KIB / 1e6,
    }


def steps(folder: str) -> dict[str, float]:
    """Seconds of each step: closing, each output, the proof of each output."""
    found: dict[str, float] = {}
    last = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal last
        found[name] = time.perf_counter() - last
        last = time.perf_counter()

    from jurat.close import close
    from jurat.prove import PROVED, compare_output
    from jurat.publish import MODEL, SIGNED, publish
    from jurat.reading import read

    lap("imports")
    closing = close(Path(folder))
    lap("close: read, filled, rounded, checked")
    build = publish(closing)
    lap("every output written and put on the disk")
    model = read(build / MODEL).statement
    lap("the model read")
    for output in PROVED:
        if output != SIGNED:
            compare_output(build, output, model)
            lap(f"proved: {output}")
    return found


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["verb", verb, path]:
            print(json.dumps(measure(verb, path)))
        case ["steps", folder]:
            print(json.dumps(steps(folder)))
        case _:
            print("\n".join(lines(timed())))
