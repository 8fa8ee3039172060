"""Broken files of records: every fault is told with its place, every row is counted, nothing is a traceback."""

import io
import random
import resource
import shutil
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.utils.exceptions import IllegalCharacterError

from jurat.records import TABLES, Intake, examine_records, read_records
from jurat.words import RecordError
from tests.records.small import Tables, full, write

VALUES = (
    "", " ", "1.234,56", "1e5", "1.5E+05", "NaN", "inf", "12%", "-(3)", "(5", "5)", "--1", "9" * 20, "9" * 5000,
    "0.000000000000000001", "2012-12-31", "2012-02-30", "12/31/2012", "31.12.2012", "0000-00-00", "9999-99-99",
    "yes", "No", "XXX", "²", "٣", "$2", "=1+1", "true", '"', "'", '"""', ",", ";", "\t", "\0", "\x1b", "\ufeff",
    "\r", "\u2028", "a\nb", "x" * 90_000, "x" * 200_000, "00206R102", "00206R103", "12345#AA1", "SA1", "L1",
    "L-none", "generl", "sale", "1", "-1", "0", "7", "USD", "usd", "\U0001f4b0", "é" * 100, "NULL", "None", "\udce9",
)  # fmt: skip
"""What people, spreadsheets and accidents put into fields."""

TYPED: tuple[Callable[[int], pa.Array], ...] = (
    lambda n: pa.array([1.5] * n),
    lambda n: pa.array([7] * n, pa.int8()),
    lambda n: pa.array([2**63 + 1] * n, pa.uint64()),
    lambda n: pa.array([-(2**63)] * n, pa.int64()),
    lambda n: pa.array([Decimal("1.25")] * n, pa.decimal128(38, 10)),
    lambda n: pa.array([Decimal(10**37)] * n, pa.decimal128(38, 0)),
    lambda n: pa.array([Decimal(10**70)] * n, pa.decimal256(76, 2)),
    lambda n: pa.array([Decimal("1E-20")] * n, pa.decimal128(38, 30)),
    lambda n: pa.array([True] * n),
    lambda n: pa.array([15_000] * n, pa.date32()),
    lambda n: pa.array([10**18] * n, pa.timestamp("ns")),
    lambda n: pa.array([10**9] * n, pa.timestamp("s", tz="UTC")),
    lambda n: pa.array([86_400] * n, pa.time32("s")),
    lambda n: pa.array([b"\xff\xfe"] * n, pa.binary()),
    lambda n: pa.array([["a"]] * n),
    lambda n: pa.array([{"a": 1}] * n),
    pa.nulls,
    lambda n: pa.array([None] * n, pa.string()),
    lambda n: pa.array(["a", None] * n)[:n].dictionary_encode(),
    lambda n: pa.array([1] * n).dictionary_encode(),
    lambda n: pa.array(["x" * 50_000] * n, pa.large_string()),
    lambda n: pa.StringArray.from_buffers(
        n, pa.py_buffer(np.arange(0, 2 * n + 2, 2, dtype=np.int32)), pa.py_buffer(b"\xff\xfe" * n)
    ),
)
"""Columns as other programs write them."""


@cache
def _home() -> Path:
    """The records that are spoilt: each process keeps its own."""
    return write(Path(mkdtemp(prefix="records")), full())


def _cells(chance: random.Random, tables: Tables) -> tuple[str, list[list[str]]]:
    """A table with accidents in its cells: header first."""
    name = chance.choice(list(tables))
    columns = [each.name for each in TABLES[name].fields]
    rows = [[row.get(column, "") for column in columns] for row in tables[name]]
    rows = [columns, *rows * chance.choice([1, 1, 1, 2, 30])]
    for _ in range(chance.randint(1, 8)):
        row = rows[
            chance.randrange(len(rows))
            if chance.random() < 0.2
            else -1 - chance.randrange(len(rows))
        ]
        accident = chance.random()
        if accident < 0.8 and row:
            row[chance.randrange(len(row))] = chance.choice(VALUES)
        elif accident < 0.9 and row:
            del row[chance.randrange(len(row))]
        else:
            row.insert(chance.randrange(len(row) + 1), chance.choice(VALUES))
    return name, rows


# -- one kind of accident each: spoils a file of the folder -----------------------------------------


def _csv_cells(chance: random.Random, folder: Path) -> None:
    name, rows = _cells(chance, full())
    quote = chance.choice(['"', '"', '"', "", "'"])
    lines = [
        ",".join(f"{quote}{cell.replace(quote or ' ', quote * 2)}{quote}" for cell in row)
        for row in rows
    ]
    text = chance.choice(["\n", "\n", "\r\n", "\r"]).join(lines)
    (folder / f"{name}.csv").write_bytes(text.encode("utf-8", errors="surrogateescape"))


def _flipped(chance: random.Random, data: bytes, most: int = 40) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, most)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _bytes(chance: random.Random, data: bytes) -> bytes:
    """A file with one accident in its bytes."""
    at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    run = chance.choice([b'"', b",", b"\0", b"\n", b"9"]) * chance.randrange(150_000)
    return chance.choice(
        [
            data[:at],
            _flipped(chance, data) if data else b"",
            chance.randbytes(chance.randrange(20_000)),
            data[:at] + data[end:],
            data[:end] + data[at:],
            data[:at] + run + data[at:],
            b"",
        ]
    )


def _csv_bytes(chance: random.Random, folder: Path) -> None:
    path = chance.choice(sorted(folder.glob("*.csv")))
    data = path.read_bytes()
    if chance.random() < 0.2:
        code = chance.choice(["utf-16", "utf-16-le", "utf-32", "cp037", "utf-8-sig"])
        path.write_bytes(data.decode().encode(code))
    elif chance.random() < 0.2:
        lines = data.splitlines(keepends=True)
        chance.shuffle(lines)
        path.write_bytes(b"".join(lines))
    else:
        path.write_bytes(_bytes(chance, data))


def _parquet(columns: dict[str, pa.Array]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


def _written(name: str) -> dict[str, pa.Array]:
    rows = full()[name] * 3
    return {
        each.name: pa.array([row.get(each.name, "") for row in rows])
        for each in TABLES[name].fields
    }


def _parquet_bytes(chance: random.Random, folder: Path) -> None:
    name = chance.choice(list(TABLES))
    (folder / f"{name}.csv").unlink(missing_ok=True)
    data = _parquet(_written(name))
    if chance.random() < 0.5:  # the table of contents, where the lies about sizes are
        cut = len(data) - chance.randrange(8, min(len(data), 2_000))
        (folder / f"{name}.parquet").write_bytes(data[:cut] + _flipped(chance, data[cut:], 4))
    else:
        (folder / f"{name}.parquet").write_bytes(_bytes(chance, data))


def _parquet_types(chance: random.Random, folder: Path) -> None:
    name = chance.choice(list(TABLES))
    (folder / f"{name}.csv").unlink(missing_ok=True)
    columns = _written(name)
    count = len(next(iter(columns.values())))
    for _ in range(chance.randint(1, 4)):
        columns[chance.choice(list(columns))] = chance.choice(TYPED)(count)
    (folder / f"{name}.parquet").write_bytes(_parquet(columns))


def _parquet_bomb(chance: random.Random, folder: Path) -> None:
    """One long text, kept once, of a great many rows."""
    name = chance.choice(["lots", "prices", "accounts"])
    (folder / f"{name}.csv").unlink(missing_ok=True)
    count = chance.choice([1_000, 100_000, 1_500_000])
    index = pa.array(np.zeros(count, dtype=np.int32))
    long = pa.DictionaryArray.from_arrays(index, pa.array(["x" * chance.choice([90, 600_000])]))
    columns = {each.name: long for each in TABLES[name].fields}
    (folder / f"{name}.parquet").write_bytes(_parquet(columns))


def _book(name: str, rows: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = name
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            if isinstance(value, str):
                value = value.encode(errors="replace").decode()
            try:
                cell.value = value
            except (ValueError, IllegalCharacterError):  # a sign that no workbook can hold
                cell.value = "?"
    sink = io.BytesIO()
    made.save(sink)
    return sink.getvalue()


_OTHERS: tuple[object, ...] = (
    1, -1, 0.1, 1e300, 1e15, float(2**53), True, date(2012, 12, 31), datetime(2012, 12, 31, 12, 30),  # noqa: DTZ001
    datetime(1900, 1, 1), "=1+1", "=A1", "#N/A", 206102, 12.345, Decimal("1.1"),  # noqa: DTZ001
)  # fmt: skip


def _book_cells(chance: random.Random, folder: Path) -> None:
    name, written = _cells(chance, full())
    rows: list[list[object]] = [list(row) for row in written]
    for _ in range(chance.randint(0, 6)):
        row = chance.choice(rows)
        if row:
            row[chance.randrange(len(row))] = chance.choice(_OTHERS)
    (folder / f"{name}.csv").unlink(missing_ok=True)
    title = (
        name if chance.random() < 0.9 else chance.choice(["Sheet1", "lotts", "Notes", f"{name}_2"])
    )
    (folder / "book.xlsx").write_bytes(_book(title, rows))


@cache
def _sound_book(name: str) -> bytes:
    columns = [each.name for each in TABLES[name].fields]
    rows: list[list[object]] = [list(columns)]
    for row in full()[name]:
        rows.append([row.get(column, "") for column in columns])
    return _book(name, rows)


def _book_bytes(chance: random.Random, folder: Path) -> None:
    name = chance.choice(list(TABLES))
    (folder / f"{name}.csv").unlink(missing_ok=True)
    data = _sound_book(name)
    if chance.random() < 0.3:
        (folder / "book.xlsx").write_bytes(_bytes(chance, data))
        return
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w") as new:
        spoilt = chance.choice(old.namelist())
        for part in old.namelist():
            new.writestr(part, _bytes(chance, old.read(part)) if part == spoilt else old.read(part))
    (folder / "book.xlsx").write_bytes(sink.getvalue())


def _files(chance: random.Random, folder: Path) -> None:
    """Names, folders and doubles that do not belong."""
    paths = sorted(folder.glob("*.csv"))
    for _ in range(chance.randint(1, 3)):
        path = chance.choice(paths)
        other = chance.choice(
            [f"{path.stem}_2.csv", f"{path.stem}-x.csv", f"{path.stem}.parquet", f"{path.stem}.xlsx", "x.csv",
             f"{path.stem}.CSV", f"{path.stem}.txt", ".hidden", f"{path.stem[:-1]}.csv", "é\u2028.csv"]
        )  # fmt: skip
        if chance.random() < 0.2:
            (folder / f"{other}_folder").mkdir(exist_ok=True)
        elif chance.random() < 0.3:
            path.unlink(missing_ok=True)
        elif path.exists():
            shutil.copyfile(path, folder / other) if other != path.name else None


BREAKS: dict[str, Callable[[random.Random, Path], None]] = {
    "CSV cells": _csv_cells,
    "CSV bytes": _csv_bytes,
    "Parquet bytes": _parquet_bytes,
    "Parquet types": _parquet_types,
    "workbook cells": _book_cells,
    "workbook bytes": _book_bytes,
    "files": _files,
    "CSV cells, twice": _csv_cells,
    "CSV bytes, twice": _csv_bytes,
    "Parquet bombs": _parquet_bomb,
}  # fmt: skip


# -- what must hold of any folder -------------------------------------------------------------------


def unkept(intake: Intake, folder: Path) -> Iterator[str]:
    """The promises that a reading of a folder breaks."""
    yield from _places_kept(intake, folder)
    yield from _rows_kept(intake)
    try:
        intake.accepted()
        is_accepted = True
    except RecordError:
        is_accepted = False
    if is_accepted == bool(intake.faults):
        yield f"{len(intake.faults)} faults, and the records were {'accepted' * is_accepted or 'refused'}"


def _places_kept(intake: Intake, folder: Path) -> Iterator[str]:
    """Every fault names a file that is there, a row that may be, and says something short."""
    names = {path.name for path in folder.iterdir()}
    for fault in intake.faults:
        file = fault.file.split(", sheet ")[0].rstrip("/")
        if file not in names or not 0 <= fault.row < 3_000_000:
            yield f"no such place: {fault}"
        if not fault.what or len(str(fault)) > 1_000:
            yield f"says nothing, or too much: {str(fault)[:100]}"


def _rows_kept(intake: Intake) -> Iterator[str]:
    """Every row is counted once; what is rejected is told; what stands was kept."""
    told = {(fault.file, fault.row) for fault in intake.faults}
    counted: Counter[str] = Counter()
    for one in intake.files:
        counted[one.table] += one.kept - one.repeated - one.superseded
        if one.kept < 0 or len(set(one.rejected.tolist())) != len(one.rejected):
            yield f"rows are counted twice: {one}"
        is_whole = {(one.file, 0), (one.file, 1), (one.file.split(", sheet ")[0], 0)} & told
        lost = (
            []
            if is_whole
            else [row for row in one.rejected.tolist() if (one.file, row) not in told]
        )
        if lost:
            yield f"{one.file}: row {lost[0]} was rejected and nobody said why"
    standing = Counter({name: len(table) for name, table in intake.records.tables.items()})
    if +standing != +counted:
        yield f"rows stand that were not kept: {standing - counted}, {counted - standing}"


def read_broken(seed: int) -> tuple[str, str, float]:
    """Break a file of a folder and read it: (kind of break, how it ended, seconds of processor)."""
    chance = random.Random(seed)
    kind = list(BREAKS)[seed % len(BREAKS)]
    if kind == "Parquet bombs" and seed % 100 > 20:  # they are large: a fifth of their turn
        kind = "CSV cells"
    with TemporaryDirectory() as place:
        folder = Path(place) / "records"
        shutil.copytree(_home(), folder)
        for _ in range(1 + kind.endswith("twice")):
            BREAKS[kind](chance, folder)
        begun = time.process_time()
        try:
            intake = read_records(folder)
            examine_records(intake.records, 2012)
            broken = list(unkept(intake, folder))
            end = (
                f"broken promise {broken[0]} (seed {seed})"
                if broken
                else "faults told" * bool(intake.faults) or "read"
            )
        except Exception as fault:  # noqa: BLE001 - that is what the fuzzing looks for
            end = f"traceback {type(fault).__name__}: {fault} (seed {seed})"
    return kind, end, time.process_time() - begun


@dataclass
class Outcome:
    """What became of broken files of records."""

    ends: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    slowest: float = 0.0
    largest_kib: int = 0


def read_many(seeds: range, processes: int = 2) -> Outcome:
    """Break and read many folders."""
    total = Outcome()
    with ProcessPoolExecutor(processes) as pool:
        for kind, end, seconds in pool.map(read_broken, seeds, chunksize=16):
            total.slowest = max(total.slowest, seconds)
            is_kept = end in ("faults told", "read")
            total.ends[f"{kind}: {end if is_kept else end.split(' ', 1)[0]}"] += 1
            if not is_kept:
                total.broken.append(end)
    total.largest_kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return total


def report(outcome: Outcome) -> str:
    """The figures of a fuzzing run."""
    tracebacks = sum(end.startswith("traceback") for end in outcome.broken)
    lines = [
        f"{sum(outcome.ends.values()):,} broken folders of records: {tracebacks} tracebacks, "
        f"{len(outcome.broken) - tracebacks} promises broken, slowest {outcome.slowest:.1f} s, largest process "
        f"{outcome.largest_kib / 1024 / 1024:.2f} GiB"
    ]
    lines += [f"  {end:<34} {count:>6,}" for end, count in sorted(outcome.ends.items())]
    return "\n".join([*lines, *outcome.broken[:10]])
