"""`make bench`: how fast Jurat is, beside a peer in the same run.

From many statements on disk to findings, against Arelle loading and validating calculation links;
and how long a person waits for a cold `jurat check` and `jurat --help`. Where Arelle cannot be
installed the suite says so and prints our figures only.
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
import cold
import ours

STATEMENTS = 10_000


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
    for line in table(found):
        print(line)


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
    return found


def ratios(batch: dict[str, Any], runs: list[dict[str, Any]]) -> dict[str, float]:
    """Our facts a second over Arelle's, on the shape that suits it best."""
    if not runs:
        return {}

    def peer(seconds: str) -> float:
        return max(run["facts"] / run[seconds] for run in runs)

    check = batch["facts"] / batch["check_seconds"]
    whole = batch["facts"] / (batch["start_seconds"] + batch["check_seconds"])
    return {
        "check against load and calculation": check / peer("load_and_calculation_seconds"),
        "check against load and validate": check / peer("load_and_validate_seconds"),
        "process against process": whole / peer("process_seconds"),
    }


def table(found: dict[str, Any]) -> list[str]:
    """The figures for a person."""
    batch = found["batch"]
    lines = [
        found["machine"],
        f"{batch['statements']:,} statements, {batch['facts']:,} facts, {batch['checks']:,} checks, "
        f"{batch['file_bytes'] / 2**20:.0f} MiB on disk, {batch['breaks']} breaks planted and found",
        f"  Jurat   {batch['check_seconds']:7.2f} s  {batch['facts'] / batch['check_seconds']:12,.0f} "
        f"facts/s   peak {batch['peak_bytes'] / 2**20:.0f} MiB",
    ]
    for run in found["arelle"]:
        seconds = run["load_and_calculation_seconds"]
        lines.append(
            f"  Arelle  {seconds:7.2f} s  {run['facts'] / seconds:12,.0f} facts/s   "
            f"{run['shape']}, {run['found']} of {run['planted']} planted sums found"
        )
    if not found["arelle"]:
        lines.append(f"  {found['arelle_version']}")
    lines += [f"  ratio, {name}: {ratio:,.0f}" for name, ratio in found["ratios"].items()]
    for row in found["cold"]:
        lines.append(
            f"  {row['command']:<13} {row['median_seconds']:6.2f} s (bar {row['bar']} s) {row['on']}"
        )
    return lines


if __name__ == "__main__":
    sys.exit(main())
