"""`python bench/bonds.py`: yields and all year-end book values, lots a second, beside QuantLib-Python.

All begin from the same terms, costs and dates and end with cents. QuantLib is given a sample of the
lots, one after the other, round by round with ours, so that all meet the same load; a ratio is the
median of the rounds'. The columns of NumPy run on one processor, block by block; the compiled loops
are one call for all lots, on all processors and on one. Lots with steps, repayments or interest by
days have their payments listed one by one, and are timed apart.
"""

import argparse
import importlib.util
import os
import platform
import sys
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
from jurat.valuation.fast import Valued, value_lots

LOTS = 1_000_000
SAMPLE = 2_000
BLOCK = 30_000
ROUNDS = 5
QUANTLIB = "QuantLib"
BARS = {"NumPy": 50, "compiled": 300}
"""Times QuantLib's lots a second."""
C_LOOP = 5_900_000 / 4_700
"""An optimised loop in C, times QuantLib, as the issue measured both on this kind of machine."""
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


def compiled(book: Book, threads: int | None = None) -> Valued:
    """The same of all lots by the compiled loops."""
    return value_lots(book.bonds(slice(None)), book.lots(slice(None)), threads)


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


def rates(count: int, ways: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Lots a second of each way of working, round after round, so that all meet the same load."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, run in ways.items():
            begun = time.perf_counter()
            run()
            of = min(count, SAMPLE) if name == QUANTLIB else count
            found[name].append(of / (time.perf_counter() - begun))
    return found


def missing() -> list[str]:
    """What is not installed of what the bars need."""
    return [name for name in ("QuantLib", "numba") if importlib.util.find_spec(name) is None]


def main() -> int:
    """Run and print; 0 when the bars are met, 1 when not, 2 when they cannot be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lots", type=int, default=LOTS)
    options = parser.parse_args()
    if lacking := missing():
        print(f"Not installed: {', '.join(lacking)}. pip install 'jurat[fast]' QuantLib")
        return 2
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{os.cpu_count()} cores, {platform.machine()}, NumPy {np.__version__}, load {load}")
    book = make(options.lots, list(DayCount)[:4])
    sample = np.arange(0, options.lots, max(1, options.lots // SAMPLE))[:SAMPLE]
    met = agree(book, sample)
    met &= compare(book, sample)
    aside(book)
    return 0 if met else 1


def agree(book: Book, sample: Rows) -> bool:
    """Whether all ways give the same figures: ours all cents, QuantLib's within one."""
    same = True
    for between in Between:
        own = replace(book, between=between)
        columns, loops = ours(own, slice(None)), compiled(own)
        apart = int((columns.cents != loops.ends.cents).sum())
        print(
            f"  {between.value}: {len(book.par):,} lots, {len(columns.cents):,} year ends, columns and "
            f"compiled loops {apart} apart; {len(loops.near):,} lots near half a cent and "
            f"{len(loops.left):,} others left to the columns"
        )
        same &= apart == 0
    theirs = np.array(quantlib(book, sample))
    wide = int((np.abs(theirs - ours(book, sample).cents) > 1).sum())
    print(f"  QuantLib: {len(theirs):,} book values, {wide} more than a cent apart")
    return same and wide == 0


def compare(book: Book, sample: Rows) -> bool:
    """Lots a second beside QuantLib's, and whether the bars are met."""
    count = len(book.par)
    found = rates(
        count,
        {
            QUANTLIB: lambda: quantlib(book, sample),
            "NumPy": lambda: in_blocks(book, BLOCK),
            "compiled, one processor": lambda: compiled(book, 1),
            "compiled": lambda: compiled(book),
        },
    )
    theirs = np.array(found.pop(QUANTLIB))
    print(f"  {QUANTLIB:<24}{np.median(theirs):>10,.0f} lots a second")
    met = True
    for name, each in found.items():
        ratio = float(np.median(np.array(each) / theirs))
        bar = BARS.get(name)
        told = "" if bar is None else f", bar {bar}: {'met' if ratio >= bar else 'MISSED'}"
        print(
            f"  {name:<24}{np.median(each):>10,.0f} lots a second, {ratio:,.0f} times QuantLib{told}; "
            f"{ratio / C_LOOP:.0%} of a C loop"
        )
        met &= bar is None or ratio >= bar
    return met


def aside(book: Book) -> None:
    """What the bars do not ask for: straight between coupons, and payments listed one by one."""
    straight = replace(book, between=Between.STRAIGHT)
    listed = make(20_000, [DayCount.ACTUAL_360, DayCount.ACTUAL_365])
    found = rates(
        len(book.par),
        {
            "straight, NumPy": lambda: in_blocks(straight, BLOCK),
            "straight, compiled": lambda: compiled(straight),
        },
    ) | rates(len(listed.par), {"payments listed": lambda: in_blocks(listed, BLOCK)})
    for name, each in found.items():
        print(f"  {name:<24}{np.median(each):>10,.0f} lots a second")


if __name__ == "__main__":
    sys.exit(main())
