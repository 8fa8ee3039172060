"""`python bench/bonds.py`: yields and all year-end book values, lots a second, beside QuantLib-Python.

Both begin from the same terms, costs and dates and end with cents; QuantLib is given a sample of
the lots, one after the other, in the same run. Lots with steps, repayments or interest by days have
their payments listed one by one, and are timed apart.
"""

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from jurat.valuation import (
    Between,
    Bonds,
    DayCount,
    Lots,
    YearEnds,
    effective_yields,
    year_end_values,
)

LOTS = 200_000
SAMPLE = 2_000
BLOCKS = (10_000, 30_000, 100_000)
BAR = 50
RUNS = 3
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Columns of lots and their bonds."""

    maturity: npt.NDArray[np.datetime64]
    settled: npt.NDArray[np.datetime64]
    coupon: npt.NDArray[np.float64]
    frequency: Rows
    rule: Rows
    par: Rows
    cost: Rows
    between: Between = Between.COMPOUND

    def bonds(self, rows: slice | Rows) -> Bonds:
        """The terms of some."""
        return Bonds(
            maturity=self.maturity[rows],
            coupon=self.coupon[rows],
            frequency=self.frequency[rows],
            day_count=self.rule[rows],
        )

    def lots(self, rows: slice | Rows) -> Lots:
        """Some lots, carried between coupons as QuantLib would."""
        return Lots(
            par=self.par[rows],
            cost=self.cost[rows],
            settled=self.settled[rows],
            between=self.between,
        )


def make(count: int, rules: list[DayCount]) -> Book:
    """Bonds of up to 25 years, bought over seven; no coupon at a month's end, where QuantLib counts otherwise."""
    chance = np.random.default_rng(20121231)
    month = np.datetime64("2013-01", "M") + chance.integers(0, 300, count)
    maturity = month.astype("datetime64[D]") + chance.integers(0, 27, count)
    settled = np.datetime64("2005-06-15") + chance.integers(0, 2_500, count)
    par = chance.integers(1, 100, count) * 100_000_00
    return Book(
        maturity=maturity,
        settled=settled,
        coupon=chance.integers(4, 64, count) / 800,
        frequency=chance.choice([1, 2, 2, 2, 4], count),
        rule=chance.choice(np.array(rules), count),
        par=par,
        cost=np.rint(par * chance.uniform(0.9, 1.1, count)).astype(np.int64),
    )


def ours(book: Book, rows: slice | Rows) -> YearEnds:
    """Yields and year ends of some lots."""
    bonds, lots = book.bonds(rows), book.lots(rows)
    return year_end_values(bonds, lots, effective_yields(bonds, lots))


def in_blocks(book: Book, block: int) -> None:
    """All lots, block by block, nothing kept."""
    for begin in range(0, len(book.par), block):
        ours(book, slice(begin, begin + block))


def quantlib(book: Book, rows: Rows) -> list[int]:
    """The same figures of the same lots by QuantLib, in cents."""
    return [cents for row in rows for cents in _lot(book, int(row))]


def _lot(book: Book, row: int) -> Iterator[int]:
    import QuantLib as ql

    def day(at: npt.NDArray[np.datetime64]) -> "ql.Date":
        return ql.Date(str(at), "%Y-%m-%d")

    settled, maturity = book.settled[row], book.maturity[row]
    frequency = int(book.frequency[row])
    back = settled.astype("datetime64[M]") - 13
    schedule = ql.Schedule(
        day(back.astype("datetime64[D]")), day(maturity), ql.Period(12 // frequency, ql.Months),
        ql.NullCalendar(), ql.Unadjusted, ql.Unadjusted, ql.DateGeneration.Backward, False,
    )  # fmt: skip
    counter = _counters(schedule)[int(book.rule[row])]()
    bond = ql.FixedRateBond(0, 100.0, schedule, [float(book.coupon[row])], counter)
    price = ql.BondPrice(100 * int(book.cost[row]) / int(book.par[row]), ql.BondPrice.Clean)
    rate = ql.BondFunctions.bondYield(
        bond, price, counter, ql.Compounded, frequency, day(settled), 1e-12, 100, 0.05
    )
    for year in range(settled.astype(object).year, maturity.astype(object).year):
        at = ql.Date(31, 12, year)
        clean = ql.BondFunctions.cleanPrice(bond, rate, counter, ql.Compounded, frequency, at)
        yield round(clean / 100 * int(book.par[row]))


def _counters(schedule: object) -> dict[int, Callable[[], object]]:
    import QuantLib as ql

    return {
        DayCount.THIRTY_BOND_BASIS: lambda: ql.Thirty360(ql.Thirty360.BondBasis),
        DayCount.THIRTY_USA: lambda: ql.Thirty360(ql.Thirty360.USA),
        DayCount.THIRTY_EUROPEAN: lambda: ql.Thirty360(ql.Thirty360.European),
        DayCount.ACTUAL_ACTUAL: lambda: ql.ActualActual(ql.ActualActual.ISMA, schedule),
    }


def rate_of(count: int, run: Callable[[], object]) -> float:
    """Lots a second: the median of a few runs."""
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begun)
    return count / sorted(taken)[RUNS // 2]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lots", type=int, default=LOTS)
    options = parser.parse_args()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{os.cpu_count()} cores, {platform.machine()}, NumPy {np.__version__}, load {load}")
    book = make(options.lots, list(DayCount)[:4])
    ends = ours(book, slice(None))
    print(f"{options.lots:,} lots, {len(ends.cents) / options.lots:.1f} year ends each")
    sample = np.arange(0, options.lots, max(1, options.lots // SAMPLE))
    theirs = _second(book, sample)
    for block in BLOCKS:
        rate = rate_of(options.lots, lambda block=block: in_blocks(book, block))
        ratio = f", {rate / theirs:.0f} times QuantLib (bar {BAR})" if theirs else ""
        print(f"  blocks of {block:>7,}: {rate:>9,.0f} lots a second{ratio}")
    straight = replace(book, between=Between.STRAIGHT)
    rate = rate_of(options.lots, lambda: in_blocks(straight, 30_000))
    print(f"  straight between coupons: {rate:,.0f} lots a second")
    listed = make(20_000, [DayCount.ACTUAL_360, DayCount.ACTUAL_365])
    rate = rate_of(20_000, lambda: in_blocks(listed, 10_000))
    print(f"  payments listed:          {rate:,.0f} lots a second")


def _second(book: Book, sample: Rows) -> float:
    """QuantLib's lots a second, and whether its cents are ours."""
    try:
        import QuantLib as ql
    except ImportError:
        print("  QuantLib is not installed: our figures only")
        return 0.0
    cents: list[int] = []
    rate = rate_of(len(sample), lambda: cents.extend(quantlib(book, sample)))
    count = len(cents) // RUNS
    apart = np.abs(np.array(cents[:count]) - ours(book, sample).cents)
    print(
        f"  QuantLib {ql.__version__}:      {rate:>9,.0f} lots a second; "
        f"{count:,} book values, {int((apart > 1).sum())} more than a cent apart"
    )
    return rate


if __name__ == "__main__":
    main()
