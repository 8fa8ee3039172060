"""Records at size: lots and trades in Parquet to every investment schedule and verification.

    python bench/ledger.py [--lots N] [--trades N] [--work FOLDER]

Writes seeded records of so many lots with three years of trades, then, in a process of its own, reads
them, values them and lays out every schedule; prints seconds by stage, lots a second and the peak memory.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ISSUERS = ["us_government", "state", "political", "revenue", "industrial", "industrial"]
DAYS = ["30/360", "30/360", "Act/Act"]
BEGIN = (np.datetime64("2005-01-03"), np.datetime64("2009-12-30"))
YEARS = (np.datetime64("2010-01-04"), np.datetime64("2012-12-28"))


def main() -> None:
    """Write records, then time the ledger in another process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lots", type=int, default=1_000_000)
    parser.add_argument("--trades", type=int, default=0, help="3 for each lot unless said")
    parser.add_argument("--work", type=Path, default=Path("jurat-ledger"))
    parser.add_argument("--run", action="store_true", help="time the records that are there")
    told = parser.parse_args()
    if told.run:
        print(json.dumps(run(told.work)))
        return
    write(told.work, told.lots, told.trades or 3 * told.lots)
    command = [sys.executable, __file__, "--run", "--work", str(told.work)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for name, value in found.items():
        print(
            f"{name:<28} {value:>14,}" if isinstance(value, int) else f"{name:<28} {value:>14.2f}"
        )


def run(folder: Path) -> dict[str, float | int]:
    """Records to schedules, with the seconds of each stage."""
    from jurat.blanks import blank_for
    from jurat.records import accept_records
    from jurat.schedules import Detail
    from jurat.schedules.partitions import totals_in_parts

    begin = time.perf_counter()
    records = accept_records(folder)
    read = time.perf_counter()
    rows = 0

    def count(detail: Detail) -> None:
        nonlocal rows
        rows += len(detail)

    cells = totals_in_parts(records, blank_for(2012), 2012, count)
    done = time.perf_counter()
    lots = len(records["lots"])
    return {
        "lots": lots,
        "trades": len(records["trades"]),
        "rows of schedules": rows,
        "cells": len(cells),
        "records read, s": read - begin,
        "valued and laid out, s": done - read,
        "all, s": done - begin,
        "lots a second": lots / (done - begin),
        "microseconds a lot": 1e6 * (done - begin) / lots,
        "peak memory, GiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


# -- records --------------------------------------------------------------------------------------


def write(folder: Path, lots: int, trades: int) -> None:
    """Seeded records of so many lots, in Parquet."""
    random = np.random.default_rng(2012)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.parquet"):
        old.unlink()
    count = max(lots // 10, 50)
    accounts = 20
    table(
        folder,
        "accounts",
        account=[f"A{number:02}" for number in range(accounts)],
        basis=["fair" if number % 4 == 3 else "general" for number in range(accounts)],
    )
    names = np.array([f"S-{number:08}" for number in range(count)])
    maturity = np.datetime64("2013-06-15") + random.integers(0, 360, count) * 30
    maturity = maturity.astype("datetime64[M]").astype("datetime64[D]") + 14
    coupon = random.integers(8, 64, count) * 125
    table(
        folder,
        "securities",
        security=names,
        description=np.char.add("ISSUER ", names),
        kind=np.full(count, "bond"),
        issuer=random.choice(ISSUERS, count),
        structure=random.choice(["issuer"] * 8 + ["rmbs", "cmbs"], count),
        coupon=decimals(coupon, 3),
        day_count=random.choice(DAYS, count),
        maturity=maturity,
        public=random.choice(["yes", "no"], count),
    )
    table(
        folder,
        "designations",
        security=names,
        date=np.full(count, np.datetime64("2004-12-31")),
        designation=random.choice([1, 1, 1, 2, 2, 3, 4, 6], count),
    )
    table(
        folder,
        "prices",
        security=np.concatenate([names, names]),
        date=np.repeat(np.array(["2011-12-31", "2012-12-31"], dtype="datetime64[D]"), count),
        price=decimals(random.integers(85_000, 115_000, 2 * count), 3),
    )
    purchases(folder, random, names, lots, trades)


def purchases(
    folder: Path, random: np.random.Generator, names: np.ndarray, lots: int, trades: int
) -> None:
    """Lots, and trades that take a part of one each."""
    own = random.integers(0, len(names), lots)
    bought = BEGIN[0] + random.integers(0, int((BEGIN[1] - BEGIN[0]).astype(int)), lots)
    recent = random.random(lots) < 0.3
    span = int((YEARS[1] - YEARS[0]).astype(int))
    bought = np.where(recent, YEARS[0] + random.integers(0, span, lots), bought)
    account = random.integers(0, 20, lots)
    par = random.integers(20, 2_000, lots) * 1000
    price = random.integers(88_000, 112_000, lots)
    identity = np.array([f"L{number:08}" for number in range(lots)])
    table(
        folder,
        "lots",
        lot=identity,
        account=np.array([f"A{number:02}" for number in range(20)])[account],
        security=names[own],
        traded=bought,
        vendor=np.full(lots, "DEALER"),
        quantity=decimals(par * 100, 2),
        cost=decimals(par * price // 1000, 2),
    )
    of = random.integers(0, lots, trades)
    first = np.maximum(bought[of], YEARS[0])
    day = first + (random.random(trades) * ((YEARS[1] - first).astype(int) + 1)).astype(int)
    part = par[of] * 100 // 20
    table(
        folder,
        "trades",
        trade=np.array([f"T{number:08}" for number in range(trades)]),
        kind=np.full(trades, "sale"),
        lot=identity[of],
        account=np.array([f"A{number:02}" for number in range(20)])[account[of]],
        security=names[own[of]],
        traded=day,
        quantity=decimals(part, 2),
        amount=decimals(part * random.integers(90_000, 110_000, trades) // 100_000, 2),
        purchaser=np.full(trades, "DEALER"),
    )


def decimals(values: np.ndarray, places: int) -> pa.Array:
    """Whole numbers of a unit as decimals, by their bytes."""
    low = np.ascontiguousarray(np.stack([values, values >> 63], axis=1).astype(np.int64))
    kind = pa.decimal128(18, places)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(low.tobytes())])


def table(folder: Path, name: str, **columns: object) -> None:
    """A table of records as Parquet."""
    pq.write_table(
        pa.table({key: arrow(column) for key, column in columns.items()}),
        folder / f"{name}.parquet",
    )


def arrow(column: object) -> pa.Array:
    """A column as Arrow has it."""
    return column if isinstance(column, pa.Array) else pa.array(column)


if __name__ == "__main__":
    main()
