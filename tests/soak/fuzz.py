"""Broken files: each must give a named error or an honest low coverage, never a traceback, never a hang."""

import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory

import jurat
from jurat.publishing.layout import Look
from jurat.publishing.text import write_text
from jurat.reading.facts import read_facts
from jurat.words import JuratError
from tests.soak.reading import EXAMPLE

LONGEST = 30.0
LARGEST_GIB = 1.0


@dataclass
class Outcome:
    """What became of broken files: named errors, readings, tracebacks."""

    ends: Counter[str] = field(default_factory=Counter)
    tracebacks: list[str] = field(default_factory=list)
    slowest: float = 0.0
    largest_kib: int = 0


def _seed_text(look: Look) -> bytes:
    return write_text(read_facts(EXAMPLE, jurat.load_blank()), look).encode()


def _truncated(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _flipped(chance: random.Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randrange(1, 400)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _binary(chance: random.Random, _data: bytes) -> bytes:
    return chance.randbytes(chance.randrange(1, 50_000))


def _recoded(chance: random.Random, data: bytes) -> bytes:
    encoding = chance.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "cp037", "utf-8-sig"])
    return data.decode().encode(encoding, errors="replace")


def _shuffled(chance: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def _repeated(chance: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return b"".join(lines[:at] + lines[at : at + 50] * chance.randrange(2, 30) + lines[at:])


def _one_line(chance: random.Random, data: bytes) -> bytes:
    return data.replace(b"\n", chance.choice([b" ", b"\t", b""]))


def _stretched(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return (
        data[:at]
        + chance.choice([b"9", b",", b"(", b" ", b"\t", b"1 "]) * chance.randrange(200_000)
        + data[at:]
    )


def _other_form(chance: random.Random, _data: bytes) -> bytes:
    words = [
        "Form 1040",
        "Wages",
        "Interest",
        "ASSETS",
        "Balance",
        "1.",
        "2.",
        "12,345",
        "(678)",
        "Line",
        "Total",
    ]
    lines = [
        " ".join(chance.choices(words, k=chance.randrange(1, 9)))
        for _ in range(chance.randrange(400))
    ]
    return "\n".join(lines).encode()


def _as_facts(chance: random.Random, _data: bytes) -> bytes:
    return _flipped(chance, EXAMPLE.read_bytes())


BREAKS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "truncated": _truncated,
    "bytes flipped": _flipped,
    "binary": _binary,
    "wrong encoding": _recoded,
    "lines shuffled": _shuffled,
    "lines repeated": _repeated,
    "one line": _one_line,
    "stretched": _stretched,
    "another form": _other_form,
    "facts table": _as_facts,
}


def read_broken(seed: int) -> tuple[str, str, float]:
    """Break one file and read it: (kind of break, how it ended, seconds of processor)."""
    chance = random.Random(seed)
    kind = list(BREAKS)[seed % len(BREAKS)]
    data = BREAKS[kind](chance, _seed_text(Look.TABS if seed % 3 else Look.SPACES))
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("broken.csv" if kind == "facts table" else "broken.txt")
        path.write_bytes(data)
        begun = time.process_time()  # others may use the machine; nothing here waits
        try:
            reading = jurat.read(path)
            jurat.check(reading.statement)
            end = "read"
        except JuratError:
            end = "named error"
        except Exception as fault:  # noqa: BLE001 - that is what the fuzzing looks for
            end = f"traceback {type(fault).__name__}: {fault} (seed {seed})"
    return kind, end, time.process_time() - begun


def read_many(seeds: range, processes: int = 2) -> Outcome:
    """Break and read many files."""
    total = Outcome()
    with Pool(processes) as pool:
        for kind, end, seconds in pool.imap_unordered(read_broken, seeds, chunksize=8):
            total.slowest = max(total.slowest, seconds)
            total.ends[f"{kind}: {end if not end.startswith('traceback') else 'traceback'}"] += 1
            if end.startswith("traceback"):
                total.tracebacks.append(end)
    total.largest_kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return total


def report(outcome: Outcome) -> str:
    """The figures of a fuzzing run."""
    lines = [
        f"{sum(outcome.ends.values())} broken files: {len(outcome.tracebacks)} tracebacks, slowest "
        f"{outcome.slowest:.1f} s, largest process {outcome.largest_kib / 1024 / 1024:.2f} GiB"
    ]
    lines += [f"  {end:<34} {count}" for end, count in sorted(outcome.ends.items())]
    return "\n".join([*lines, *outcome.tracebacks[:10]])
