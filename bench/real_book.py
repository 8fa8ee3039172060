"""`python bench/real_book.py`: a life insurer's Schedule D of 2023, carried to 2024, against its 2024.

For every lot held unchanged, the next year's book value from the year's own record; nothing of
2024 is looked at but to score. An experiment: the schedule gives no calls, sinking funds, payment
dates or day counts, so bonds are taken to pay twice a year by 30/360, to maturity. Two routes:

- from cost, par, dates, rates and book value: the yield that brought cost to book value is earned
  for one more year. It needs no call schedule, because whatever date a lot is carried to is in it.
- from last year's accretion as well: of level coupons it grows by the yield, whatever the date.
"""

import csv
import gzip
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from jurat.valuation import Between, Bonds, Lots, Yields, book_values, effective_yields

DATA = Path(__file__).parents[2] / "shared" / "data"
NAME = "american_equity_schedule_d_part1_{}.csv.gz"
THIS, NEXT, BEGUN = "2023-12-31", "2024-12-31", "2023-01-01"
BARS = {"1 bp": 80.0, "10 bp": 91.0, "moved": 68.0}
Floats = npt.NDArray[np.float64]
Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the schedule of 2023 says of the lots, as columns; dollars, and fractions a year."""

    par: Floats
    cost: Floats
    book: Floats
    accretion: Floats
    stated: Floats
    effective: Floats
    acquired: npt.NDArray[np.datetime64]
    maturity: npt.NDArray[np.datetime64]

    @property
    def old(self) -> npt.NDArray[np.bool_]:
        """Held all year: last year's accretion is a whole year's."""
        return np.asarray(self.acquired < np.datetime64(BEGUN))


def _date(text: str) -> np.datetime64:
    found = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text)
    return np.datetime64(f"{found[3]}-{found[1]}-{found[2]}" if found else "NaT", "D")


def held() -> tuple[list[Row], list[Row]]:
    """The rows of both years of lots held unchanged: same security, date, par and cost, once each."""
    years = []
    for year in (2023, 2024):
        with gzip.open(DATA / NAME.format(year), "rt", encoding="utf-8", newline="") as file:
            rows: dict[tuple[str, ...], list[Row]] = {}
            for row in csv.DictReader(file):
                key = ("cusip", "acquired", "par_value", "actual_cost")
                rows.setdefault(tuple(row[name] for name in key), []).append(row)
            years.append(rows)
    pairs = [
        (mine[0], other[0])
        for key, mine in years[0].items()
        if len(mine) == 1 and all(key) and len(other := years[1].get(key, [])) == 1
        if mine[0]["bacv"] and other[0]["bacv"]
    ]
    return [mine for mine, _ in pairs], [other for _, other in pairs]


def record(rows: list[Row]) -> Record:
    """The columns of a year's rows."""

    def figures(name: str) -> Floats:
        return np.array([float(row[name] or 0) for row in rows])

    return Record(
        par=figures("par_value"),
        cost=figures("actual_cost"),
        book=figures("bacv"),
        accretion=figures("amort_accretion"),
        stated=figures("stated_rate") / 100,
        effective=figures("effective_rate") / 100,
        acquired=np.array([_date(row["acquired"]) for row in rows]),
        maturity=np.array([_date(row["maturity"]) for row in rows]),
    )


def _lots(par: Floats, cost: Floats, settled: npt.ArrayLike) -> Lots:
    # both year ends stand at one point of a coupon period, so that what compounding adds cancels
    cents = [np.rint(100 * each).astype(np.int64) for each in (par, cost)]
    return Lots(par=cents[0], cost=cents[1], settled=settled, between=Between.COMPOUND)


def to_maturity(known: Record) -> Floats:
    """The yield solved from this year's book value to maturity, and a year earned at it."""
    bonds = Bonds(maturity=known.maturity, coupon=known.stated)
    lots = _lots(known.par, known.book, THIS)
    yields = effective_yields(bonds, lots)
    return np.where(yields.solved, book_values(bonds, lots, yields, NEXT) / 100, known.book)


def _earned(known: Record) -> Yields:
    """The yield between purchase and this year's end, as of a bond that ends at its book value."""
    price = known.book / known.par
    bonds = Bonds(maturity=known.maturity, coupon=known.stated, end=THIS, price=price)
    return effective_yields(bonds, _lots(known.par, known.cost, known.acquired))


def _year_at(known: Record, rate: Floats) -> Floats:
    """A year's interest at a rate on book value, less two coupons."""
    growth = 1 + rate / 2
    return known.book * growth**2 - known.par * known.stated / 2 * (growth + 1)


def from_rates(known: Record) -> Floats:
    """Of the year to maturity and the year at the printed rate, the nearer to the yield earned."""
    plain, printed = to_maturity(known), _year_at(known, known.effective)
    yields = _earned(known)
    earned = _year_at(known, yields.rate)
    nearer = np.where(np.abs(plain - earned) <= np.abs(printed - earned), plain, printed)
    return np.where(known.old & yields.solved & (known.effective > 0), nearer, plain)


def from_accretion(known: Record) -> Floats:
    """Last year's accretion grown by the printed rate; a lot bought in the year, to maturity."""
    grown = known.book + known.accretion * (1 + known.effective)
    return np.where(known.old, grown, to_maturity(known))


def hits(known: Record, truth: Floats, said: Floats) -> dict[str, float]:
    """Percent of lots within 1 and 10 basis points of par, and of those that moved by more than 1."""
    off = np.abs(said - truth) / known.par * 1e4
    moved = np.abs(truth - known.book) / known.par * 1e4 > 1
    return {
        "1 bp": 100 * float((off <= 1).mean()),
        "10 bp": 100 * float((off <= 10).mean()),
        "moved": 100 * float((off <= 1)[moved].mean()),
    }


STRUCTURED = re.compile(
    r"CMBS|CMO|ABS|CLO|CDO|RMBS|MORTG|COMM MORT|TRUST|LOAN|FUNDING|SECURI|LTD", re.IGNORECASE
)


def cause(mine: Row, other: Row) -> str:
    """Why a lot may have been missed, seen from both years' rows."""
    if any(other[name] not in ("", "0") for name in ("unrealized_val_change", "otti", "fx_change")):
        return "written down, revalued or exchanged in 2024"
    if mine["stated_rate"] != other["stated_rate"]:
        return "its coupon changed: a floating rate"
    if STRUCTURED.search(mine["description"]):
        changed = mine["effective_rate"] != other["effective_rate"]
        return "loan-backed, " + (
            "its yield set anew in 2024" if changed else "its payments not level"
        )
    if mine["effective_rate"] != other["effective_rate"]:
        return "its yield set anew in 2024: a call passed, or terms changed"
    return "other bonds: a call date or day count that the schedule does not give"


def main() -> None:
    """Print the baselines, ours, and what is missed by cause."""
    rows, later = held()
    known, truth = record(rows), record(later).book
    moved = int((np.abs(truth - known.book) / known.par * 1e4 > 1).sum())
    print(f"{len(rows):,} lots held unchanged, {moved:,} moved by more than 1 bp of par")
    routes = {
        "unchanged": known.book,
        "last year's accretion again": known.book + known.accretion,
        "yield solved again, to maturity": to_maturity(known),
        "ours, from dates, rates, values": from_rates(known),
        "ours, with last year's accretion": from_accretion(known),
    }
    print(f"{'':34}{'1 bp':>7}{'10 bp':>7}{'moved':>7}")
    for name, said in routes.items():
        print(f"{name:34}" + "".join(f"{each:7.1f}" for each in hits(known, truth, said).values()))
    print(f"{'bar':34}" + "".join(f"{each:7.1f}" for each in BARS.values()))
    for name, said in list(routes.items())[-2:]:
        missed = np.flatnonzero(np.abs(said - truth) / known.par * 1e4 > 1)
        causes = Counter(cause(rows[one], later[one]) for one in missed)
        print(f"\n{name}: {len(missed)} missed")
        for why, count in causes.most_common():
            print(f"  {count:>5}  {why}")


if __name__ == "__main__":
    main()
