"""`make bench`: how fast Jurat is, beside a peer in the same run.

From many statements on disk to findings, against Arelle loading and validating calculation links;
how long a person waits for a cold `jurat check` and `jurat --help`; and for a close of the example with
every output and its proof. Where Arelle cannot be
installed the suite says so and prints our figures only.

Facts are cells that hold a figure; words, XXX and blanks are not counted. The files of both
programs are in the page cache. The bar is on Arelle's fastest run, its load and its calculations
alone, though it also validates the instance and the taxonomy.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

import arelle_runs
import close
import cold
import ours

STATEMENTS = 10_000
BAR = 100
RATIO = "check against load and calculation"
MIB = 2**20


def main() -> None:
    """Run the suite; print a table, and keep the figures as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=STATEMENTS)
    parser.add_argument("--arelle", help="a Python that has Arelle")
    parser.add_argument("--no-wide", action="store_true", help="leave out the slow shape")
    parser.add_argument("--json", type=Path, help="keep the figures here")
    options = parser.parse_args()
    found = measured(options.statements, options.arelle, with_wide=not options.no_wide)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    print("\n".join(table(found)))
    if names := missed(found):
        print(f"\nBelow the bar in this run: {', '.join(names)}. See the load above.")


def measured(statements: int, arelle: str | None, *, with_wide: bool) -> dict[str, Any]:
    """Every figure of the suite."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python"
    found: dict[str, Any] = {
        "machine": f"{machine} {platform.python_version()}, load before {load}"
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "statements.parquet"
        found["batch"] = ours.measured(path, ours.make(path, statements))
        python, said = arelle_runs.found(arelle)
        found["arelle_version"] = said
        runs = arelle_runs.compared(python, folder / "xbrl", with_wide=with_wide) if python else []
    found["arelle"] = runs
    found["ratios"] = ratios(found["batch"], runs)
    found["cold"] = cold.waited()
    found["close"] = close.timed()
    return found


def ratios(batch: dict[str, Any], runs: list[dict[str, Any]]) -> dict[str, float]:
    """Our facts a second over Arelle's, on the shape that suits it best."""
    if not runs:
        return {}

    def peer(seconds: str) -> float:
        return max(run["facts"] / run[seconds] for run in runs)

    check = batch["facts"] / batch["check_seconds"]
    return {
        RATIO: check / peer("load_and_calculation_seconds"),
        "check against load and validate": check / peer("load_and_validate_seconds"),
        "process against process": batch["facts"] / whole(batch) / peer("process_seconds"),
    }


def whole(batch: dict[str, Any]) -> float:
    """Seconds of our process, from start to end, but for the findings told after the breaks."""
    return float(batch["process_seconds"] - batch["told_seconds"])


def table(found: dict[str, Any]) -> list[str]:
    """The figures for a person."""
    batch = found["batch"]
    facts, check = batch["facts"], batch["check_seconds"]
    lines = [
        found["machine"],
        "",
        f"Jurat: {batch['statements']:,} statements on disk, {batch['file_bytes'] / MIB:.0f} MiB, "
        f"{facts:,} facts, {batch['checks']:,} checks run; {batch['breaks']} breaks, "
        "in the very statements that were broken",
        _row("from opening the file to every break in words", check, facts),
        _row("  median of the runs", batch["median_check_seconds"], facts),
        _row("whole process: Python, imports, blank, the same", whole(batch), facts),
        _row(
            "with the broken ones' findings, roots and hints", check + batch["told_seconds"], facts
        ),
        f"  {'peak memory of the process':<52}{batch['peak_bytes'] / MIB:8,.0f} MiB",
        "",
    ]
    if found["arelle"]:
        lines.append(f"Arelle {found['arelle_version']}, command line, calculation links, off line")
    else:
        lines.append(f"{found['arelle_version']}: no comparison")
    for run in found["arelle"]:
        lines += [
            f"  {run['shape']}: {run['facts']:,} facts, {run['sums']:,} sums, "
            f"{run['planted']} planted wrong, {run['found']} found",
            _row(
                "  load and calculations alone", run["load_and_calculation_seconds"], run["facts"]
            ),
            _row("  load and validate", run["load_and_validate_seconds"], run["facts"]),
            _row("  whole process", run["process_seconds"], run["facts"]),
        ]
    lines += ["", f"Times Arelle's fastest run (bar {BAR})"] if found["ratios"] else []
    lines += [f"  {name:<52}{ratio:8,.0f} x" for name, ratio in found["ratios"].items()]
    lines += ["", f"Cold start, median of {cold.RUNS}"]
    for wait in found["cold"]:
        name = f"{wait['command']} {wait['on']}"
        lines.append(
            f"  {name:<58}{wait['median_seconds']:6.2f} s ({wait['fastest']:.2f} to "
            f"{wait['slowest']:.2f}; of that processor {wait['processor_seconds']:.2f}; "
            f"bar {wait['bar']})"
        )
    return [*lines, "", *close.lines(found["close"])]


def missed(found: dict[str, Any]) -> list[str]:
    """The bars that this run did not reach."""
    slow = [w["command"] for w in found["cold"] if w["median_seconds"] > w["bar"]]
    slow += ["close and prove"] if close.is_missed(found["close"]) else []
    return slow + [name for name in (RATIO,) if found["ratios"].get(name, BAR) < BAR]


def _row(name: str, seconds: float, facts: int) -> str:
    return f"  {name:<52}{seconds:8.2f} s {facts / seconds:14,.0f} facts/s"


if __name__ == "__main__":
    sys.exit(main())
