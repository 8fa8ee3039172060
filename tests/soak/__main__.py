"""`make soak`: the full bars, one after the other, with their figures."""

import sys
import time
from collections.abc import Callable

from tests.soak import bonds, compiled, fuzz, golden, planted, proof, reading, records


def _reading() -> str:
    return reading.report(reading.score_texts(range(1, 1001)))


def _ties() -> str:
    return planted.report_ties(range(200))


def _singles() -> str:
    return planted.report_suspects(range(300))


def _fuzz() -> str:
    return fuzz.report(fuzz.read_many(range(10_000)))


def _records() -> str:
    return records.report(records.read_many(range(10_000)))


def _proof() -> str:
    return proof.report(proof.score(range(1_000)))


def _kills() -> str:
    return proof.killed(100)


def _bonds() -> str:
    return bonds.report(bonds.ask(range(10_000)))


def _compiled() -> str:
    return compiled.report(compiled.ask(range(50)))


def _golden() -> str:
    return golden.report(golden.compare(LOTS))


LOTS = 100_000
"""Of the golden company; another number by `--lots`."""

BARS: dict[str, Callable[[], str]] = {
    "reading 1,000 damaged texts": _reading,
    "200 statements that tie": _ties,
    "suspects of 300 single errors": _singles,
    "10,000 broken files": _fuzz,
    "10,000 broken records": _records,
    "proof of 1,000 planted changes": _proof,
    "100 closes killed": _kills,
    "10,000 bonds against QuantLib": _bonds,
    "a golden company, every answer": _golden,
    "1,000,000 compiled lots": _compiled,
}


def main(wanted: list[str]) -> None:
    """Run the bars whose names hold one of the wanted words; all of them when none is given."""
    for name, run in BARS.items():
        if not wanted or any(word in name for word in wanted):
            begun = time.perf_counter()
            print(f"== {name}\n{run()}\n   ({time.perf_counter() - begun:.0f} s)", flush=True)


if __name__ == "__main__":
    words = sys.argv[1:]
    if "--lots" in words:
        place = words.index("--lots")
        LOTS = int(words[place + 1])
        del words[place : place + 2]
    main(words)
