"""Arelle on the same kind of work: load an instance, validate its calculation links."""

import re
import subprocess
import sys
import time
import venv
from pathlib import Path

from xbrl import TALL, WIDE, Shape, write_xbrl

HOME = Path(__file__).parent / ".venv"
PLANTED = 5
_STAGE = re.compile(r"^(load|validateCalculations|total) ([\d.]+) secs", re.MULTILINE)
_WRONG = re.compile(r"Calculation inconsistent from")


def found(python: str | None) -> tuple[Path | None, str]:
    """The Python that has Arelle, installed on first use; else none, and why."""
    home = Path(python) if python else HOME / "bin" / "python"
    if not python and not home.exists():
        venv.create(HOME, with_pip=True)
    asked = subprocess.run([home, "-c", "import arelle"], check=False, capture_output=True)
    if asked.returncode and not python:
        install = [home, "-m", "pip", "install", "--quiet", "arelle-release"]
        told = subprocess.run(install, check=False, capture_output=True, text=True)
        if told.returncode:
            last = (told.stderr.strip().splitlines() or ["no reason given"])[-1]
            return None, f"Arelle could not be installed: {last}"
    elif asked.returncode:
        return None, f"{python} has no Arelle"
    version = "import importlib.metadata as m; print(m.version('arelle-release'))"
    told = subprocess.run([home, "-c", version], check=False, capture_output=True, text=True)
    return home, told.stdout.strip()


def compared(python: Path, folder: Path, *, with_wide: bool) -> list[dict[str, object]]:
    """Runs on both shapes, the planted sums found, and a clean one on which nothing is found."""
    runs = [run(python, folder / "clean", TALL, broken=0), run(python, folder, TALL)]
    if with_wide:
        runs.append(run(python, folder / "wide", WIDE))
    return runs


def run(python: Path, folder: Path, shape: Shape, *, broken: int = PLANTED) -> dict[str, object]:
    """Arelle's command line on one instance, off line, with its own times of each stage."""
    instance = write_xbrl(folder, shape, broken=broken)
    command = [
        python, "-m", "arelle.CntlrCmdLine", "--file", instance, "--validate", "--calc", "xbrl21",
        "--workOffline", "--collectProfileStats",
    ]  # fmt: skip
    started = time.perf_counter()
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    whole = time.perf_counter() - started
    stages = {name: float(seconds) for name, seconds in _STAGE.findall(told.stdout)}
    if told.returncode or "validateCalculations" not in stages:
        sys.stderr.write(told.stdout[-2_000:] + told.stderr[-2_000:])
        raise SystemExit("bench: Arelle did not validate")
    inconsistent = len(_WRONG.findall(told.stdout))
    if inconsistent != broken:
        raise SystemExit(f"bench: Arelle found {inconsistent} wrong sums where {broken} were")
    return {
        "shape": shape.name, "facts": shape.facts, "sums": shape.sums * shape.filers,
        "planted": broken, "found": inconsistent, "process_seconds": whole,
        "load_seconds": stages["load"], "calculation_seconds": stages["validateCalculations"],
        "load_and_calculation_seconds": stages["load"] + stages["validateCalculations"],
        "load_and_validate_seconds": stages["total"],
    }  # fmt: skip
