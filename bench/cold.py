"""How long a person waits: the command line, each time in a new process."""

import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
FILING = ROOT.parent / "shared" / "filings" / "mml_bay_state_separate_accounts_2012.txt"
EXAMPLE = ROOT / "examples" / "bay_state_2012_filed" / "facts.csv"
RUNS = 5
BARS = {"jurat check": 2.0, "jurat --help": 0.3}


def waited() -> list[dict[str, object]]:
    """Seconds of wall time for each command: the median, the fastest and the slowest."""
    program = Path(sys.executable).with_name("jurat")
    if not program.exists():
        return []
    file = FILING if FILING.exists() else EXAMPLE
    rows = []
    for name, arguments in {"jurat check": ["check", file], "jurat --help": ["--help"]}.items():
        seconds, before = [], _processor()
        for _ in range(RUNS):
            started = time.perf_counter()
            told = subprocess.run([program, *arguments], check=False, capture_output=True)
            seconds.append(time.perf_counter() - started)
            if told.returncode > 1:
                raise SystemExit(f"bench: {name} failed: {told.stderr.decode()[-500:]}")
        rows.append({
            "command": name, "on": "" if name.endswith("help") else file.name,
            "median_seconds": median(seconds), "fastest": min(seconds), "slowest": max(seconds),
            "processor_seconds": (_processor() - before) / RUNS, "bar": BARS[name],
        })  # fmt: skip
    return rows


def _processor() -> float:
    """Processor time of all children so far: what is left when the machine is busy elsewhere."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
