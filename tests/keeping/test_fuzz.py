"""Whatever stands in a folder's files: it closes, or every fault is told; never a traceback."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jurat.close import close
from jurat.words import RecordError
from tests.folders import EXAMPLE, faults_of, put, small_folder

FILES = (
    "company.toml", "interrogatories.toml", "laws.checks", "overrides.csv", "reserves.csv",
    "write_ins.csv", "inputs/figures.csv", "opening/facts_2011.csv", "accepted.toml",
    "imr_gains.csv", "imr_table.csv",
)  # fmt: skip
STARTS = {
    "accepted.toml": '[[accepted]]\nid = "X1"\ncell = "assets:1:1"\ndifference = 1\n'
    'why = "w"\nowner = "o"\nexpires = 2013-12-31\n',
    "imr_gains.csv": "band,pretax,tax\n0,100.00,(35.00)\n2-5,1000,(350)\n",
    "imr_table.csv": "band,year,factor\n0,0,1.000\n",
}
"""What the files hold that the example does not have."""
VALUES = (
    "1.234,56", "1e5", "NaN", "12%", "-(3)", "9" * 20, "9" * 5000, "2012-12-31", "", "XXX", "Yes", "²",
    "$2", "$²", "/total", "-1", "true", "[]", "{}", "[[[]]]", "{a = {b = 1}}", '"', "'", '"""', "\0", "\x1b",
    "\ufeff", "\r", "\u2028", "x" * 200_000, "assets:1:1", "exhibit3:0100001:2", "overflow:1697:1",
    "2.1", "1979-05-27T07:32:00Z", "inf", "0x10", ";", "C12.2", "X15.1", "=1+1", "٣", "(1)", "0.5", "99",
)  # fmt: skip
"""What people, spreadsheets and accidents put into fields."""


def mutated(raw: bytes, seeded: random.Random) -> bytes:
    """A file with one to three accidents."""
    for _ in range(seeded.randint(1, 3)):
        raw = seeded.choice(ACCIDENTS)(raw, seeded)
    return raw


def _value(raw: bytes, seeded: random.Random) -> bytes:
    """Another value in one field or behind one equals sign."""
    lines = raw.split(b"\n")
    at = seeded.randrange(len(lines))
    value = seeded.choice(VALUES).encode()
    if b" = " in lines[at]:
        lines[at] = lines[at].partition(b" = ")[0] + b" = " + value
    else:
        fields = lines[at].split(b",")
        fields[seeded.randrange(len(fields))] = value
        lines[at] = b",".join(fields)
    return b"\n".join(lines)


def _twice(raw: bytes, seeded: random.Random) -> bytes:
    lines = raw.split(b"\n")
    lines.insert(seeded.randrange(len(lines)), seeded.choice(lines))
    return b"\n".join(lines)


def _gone(raw: bytes, seeded: random.Random) -> bytes:
    lines = raw.split(b"\n")
    del lines[seeded.randrange(len(lines))]
    return b"\n".join(lines)


def _bytes(raw: bytes, seeded: random.Random) -> bytes:
    at = seeded.randrange(len(raw) + 1)
    return raw[:at] + bytes(seeded.randrange(256) for _ in range(3)) + raw[at + 1 :]


def _cut(raw: bytes, seeded: random.Random) -> bytes:
    return raw[: seeded.randrange(len(raw) + 1)]


def _swapped(raw: bytes, seeded: random.Random) -> bytes:
    return raw.replace(*seeded.choice([(b"\n", b"\r\n"), (b",", b";"), (b'"', b"'"), (b"=", b":")]))


def _encoded(raw: bytes, seeded: random.Random) -> bytes:
    text = raw.decode("utf-8", "replace")
    return text.encode(seeded.choice(["utf-16", "utf-8-sig", "latin-1"]), "replace")


ACCIDENTS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _value, _value, _value, _twice, _gone, _bytes, _cut, _swapped, _encoded,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_a_folder_with_accidents_closes_or_tells_its_faults(tmp_path: Path, seed: int) -> None:
    seeded = random.Random(seed)
    refused = 0
    for _ in range(30):
        folder = tmp_path / "folder"
        shutil.copytree(EXAMPLE, folder)
        for name in seeded.sample(FILES, seeded.randint(1, 2)):
            path = folder / name
            start = path.read_bytes() if path.exists() else STARTS[name].encode()
            path.write_bytes(mutated(start, seeded))
            if name.startswith("imr_"):
                company = folder / "company.toml"
                company.write_bytes(company.read_bytes().replace(b'"given"', b'"grouped"'))
        try:
            close(folder)
        except RecordError as fault:
            refused += 1
            count, *told = fault.what.splitlines()
            assert int(count.split()[0]) <= len(told)
            assert all(len(line) < 1000 for line in told), max(told, key=len)[:2000]
        shutil.rmtree(folder)
    assert refused > 15


TYPES = (
    "1", "1.5", "true", '"x"', '""', "[]", "[1]", "[[1]]", "{}", "{a = 1}", "[{a = 1}]", "2012-01-01",
    "2012-01-01T00:00:00", "07:00:00", "nan", "9223372036854775807", '"\\u0000"', '"35 %"',
)  # fmt: skip
"""A value of every kind that TOML has."""
PLACES = {
    "company.toml": (
        "kind", "cover", "policies", "cover.state", "cover.a", "policies.rounding", "policies.imr_method",
        "policies.imr_rate", "policies.tax_rate", "policies.netting_of_derivatives", "policies.fills",
        "policies.not_held", "policies.not_held.X15",
    ),
    "interrogatories.toml": (
        "general_interrogatories", 'general_interrogatories."1"', 'general_interrogatories."4.1"',
        'general_interrogatories."2.2"', 'assets."6"."$1"', 'exhibit3."0100001"."1"', "x",
    ),
    "accepted.toml": ("accepted", "accepted.id", "x"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_a_value_of_any_kind_in_any_place_closes_or_is_told(tmp_path: Path, name: str) -> None:
    folder = small_folder(tmp_path)
    refused = 0
    for place in PLACES[name]:
        for value in TYPES:
            year = "year = 2012\n" if name == "company.toml" else ""
            put(folder, name, f"{year}{place} = {value}\n")
            refused += bool(faults_of(folder))
    assert refused > len(PLACES[name]) * len(TYPES) // 3
