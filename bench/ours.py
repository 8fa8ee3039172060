"""10,000 statements on disk: made once, then checked in a process of its own.

As a child (`python ours.py ARCHIVE`) it checks the archive and prints what it took as JSON.
"""

import time

STARTED = time.perf_counter()

import json  # noqa: E402
import resource  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402
from random import Random  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

if TYPE_CHECKING:
    from jurat.statement import Statement

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "bay_state_2012_filed" / "facts.csv"
DISTINCT = 1_000
"""Statements that are drawn; the others repeat them, farther apart than a compressor looks."""
BROKEN = 100
"""One statement in so many has a figure that is seven dollars out."""
RUNS = 3


def make(path: Path, statements: int) -> list[str]:
    """Write an archive of statements that tie, but for the broken ones; the names of those."""
    from jurat.blanks import load_blank
    from jurat.golden import tying_statement
    from jurat.reading.archive import write_archive
    from jurat.reading.facts import read_facts

    example = read_facts(EXAMPLE, load_blank())
    drawn = [tying_statement(example, seed) for seed in range(min(DISTINCT, statements))]
    random, broken = Random(7), []

    def named() -> Iterator[tuple[str, "Statement"]]:
        for number in range(statements):
            name, statement = f"filer {number:05d}", drawn[number % len(drawn)]
            if number % BROKEN == BROKEN // 2:
                broken.append(name)
                statement = _seven_out(statement, random)
            yield name, statement

    write_archive(path, named())
    return broken


def _seven_out(statement: "Statement", random: Random) -> "Statement":
    """One figure changed by seven dollars, and seen to break a check by the single path."""
    from jurat.checks import examine
    from jurat.money import Kind

    while True:
        cell = random.choice(sorted(statement.cells))
        figure = statement.cells[cell].value
        if isinstance(figure, int) and statement.cells[cell].kind is Kind.MONEY:
            changed = statement.with_figures({cell: figure + 7})
            if examine(changed).failing:
                return changed


def measured(path: Path, broken: list[str]) -> dict[str, object]:
    """The fastest of a few runs, each in a process of its own; found must be what was planted."""
    runs = []
    for _ in range(RUNS):
        started = time.perf_counter()
        told = subprocess.run(
            [sys.executable, __file__, str(path)], check=True, capture_output=True, text=True
        )
        whole = time.perf_counter() - started
        runs.append({**json.loads(told.stdout), "process_seconds": whole})
    for run in runs:
        if run.pop("broken") != broken:
            raise SystemExit("bench: the statements found broken are not those that were broken")
    runs.sort(key=lambda run: run["check_seconds"])
    best = runs[0]
    best["median_check_seconds"] = runs[len(runs) // 2]["check_seconds"]
    best["file_bytes"] = path.stat().st_size
    return best


def _child(path: Path) -> dict[str, object]:
    """Open, check, tell every break in a line of words; then findings with roots, one by one."""
    from jurat.blanks import load_blank
    from jurat.reading.archive import check_archive

    blank = load_blank()
    ready = time.perf_counter()
    outcome = check_archive(path, blank)
    lines = outcome.lines()
    checked = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    broken = sorted(set(outcome.breaks.statement.tolist()))
    findings = sum(len(outcome.statement(number).findings) for number in broken)
    told = time.perf_counter()
    return {
        "statements": len(outcome), "facts": outcome.facts, "breaks": len(lines),
        "checks": int(outcome.passed.sum() + outcome.rounding.sum() + outcome.failed.sum()),
        "broken": [outcome.names[number] for number in broken], "findings": findings,
        "start_seconds": ready - STARTED, "check_seconds": checked - ready,
        "told_seconds": told - checked, "peak_bytes": peak,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(_child(Path(sys.argv[1]))))
