"""Yields and all year-end book values of many lots, by loops compiled with numba: the extra `fast`.

The cents are those of `year_end_values`, always: a value that lies so near half a cent that the last
digits of a float could tip it is worked again by the columns, and so is every lot without a level
stream or without a yield. It is a function of its own, and no switch under others, so that a
statement's bytes never depend on whether numba is there.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType

import numpy as np

from jurat.valuation.amortization import (
    Lots,
    YearEnds,
    effective_yields,
    year_end_values,
)
from jurat.valuation.bonds import Bonds
from jurat.valuation.calendar import Bools, Floats, Whole, dates_of, days_of
from jurat.valuation.compiled_rows import Columns, Ends, Found
from jurat.valuation.portfolio import Between
from jurat.valuation.solve import Yields
from jurat.words.errors import UsageError

_BLOCK = 16_384
"""Lots worked on at once: their columns stay in the processor's cache."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Valued:
    """The yield and the year ends of each lot, and which lots the columns had to work."""

    yields: Yields
    ends: YearEnds
    left: Whole
    """Lots without a level stream or without a yield, by row."""
    near: Whole
    """Lots with a book value too near half a cent, by row."""


def value_lots(bonds: Bonds, lots: Lots, threads: int | None = None) -> Valued:
    """The yield of each lot and its book value at every year's end, as fast as they can be had.

    Units   cents; yields are fractions a year, equal to those of `effective_yields` but for the
            last digits, where book values are equal to the cent.
    Shape   an element for each lot; a row for each lot with a yield, and year. `threads` is the
            number of processors to use, all of them when not given.
    Raises  UsageError where numba is not installed.
    Source  SSAP No. 26R, as `effective_yields` and `year_end_values`.

    46 of the 180 days from 981,139.05 to 990,384.62, where the yield is 8 %:

    >>> bonds = Bonds(maturity=["2013-11-15"], coupon=0.06)
    >>> lots = Lots(par=np.array([1_000_000_00]), cost=np.array([981_139_05]), settled="2012-11-15")
    >>> found = value_lots(bonds, lots)
    >>> found.yields.rate.round(8).tolist(), found.ends.cents.tolist()
    ([0.08], [98350181])
    """
    book = _Book(kernel=_kernel(), bonds=bonds, lots=lots, columns=_columns(bonds, lots))
    each_block = partial(_each_block, len(lots.par), threads or os.cpu_count() or 1)
    force, rate, years = _solve(book, each_block)
    left = _by_columns(book, np.flatnonzero(np.isnan(force)))
    years[left.rows] = np.diff(left.ends.starts)
    ends, near = _year_ends(book, force, years, each_block)
    again = _by_columns(book, np.flatnonzero(near))
    yields = Yields(rate=rate, force=force, outcome=np.zeros(len(force), dtype=np.int8))
    for worked in (left, again):
        worked.put(yields, ends)
    return Valued(yields=yields, ends=ends, left=left.rows, near=again.rows)


def _kernel() -> ModuleType:
    try:
        from jurat.valuation import compiled
    except (ImportError, RuntimeError) as error:
        raise UsageError(
            f"the compiled loops need numba, which is not to be had here: {error}",
            why="effective_yields and year_end_values give the same cents without it, more slowly.",
            next="pip install 'jurat[fast]'; where nothing may be written, set NUMBA_CACHE_DIR",
        ) from error
    return compiled


_EachBlock = Callable[[Callable[[slice], None]], None]


def _each_block(count: int, threads: int, work: Callable[[slice], None]) -> None:
    """Do the work for every block of lots, on so many processors."""
    blocks = [slice(at, min(at + _BLOCK, count)) for at in range(0, count, _BLOCK)]
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, blocks):
            pass  # what a block raises is raised here


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Book:
    """Bonds and lots, also as the columns of the compiled loops."""

    kernel: ModuleType
    bonds: Bonds
    lots: Lots
    columns: Columns

    def part(self, block: slice) -> Columns:
        """A block's columns, side by side in memory."""
        return Columns._make(np.array(column[block]) for column in self.columns)

    def take(self, rows: Whole) -> tuple[Bonds, Lots]:
        """Some bonds and lots, in their order."""
        own = Columns._make(column[rows] for column in self.columns)
        steps, sinking = self.bonds.steps, self.bonds.sinking
        bonds = Bonds(
            maturity=dates_of(own.maturity),
            coupon=own.coupon,
            frequency=own.frequency,
            day_count=own.rule,
            dated=dates_of(own.dated),
            first=dates_of(own.first),
            month_end=own.month_end,
            end=dates_of(own.end),
            price=own.price,
            steps=None if steps is None else steps.take(rows),
            sinking=None if sinking is None else sinking.take(rows),
        )
        settled = dates_of(own.settled)
        return bonds, replace(self.lots, par=own.par, cost=own.cost, settled=settled)


def _columns(bonds: Bonds, lots: Lots) -> Columns:
    """The columns of the compiled loops; one value for all stays one in memory."""
    aside = np.zeros(len(lots.par), dtype=np.bool_)
    for schedule in (bonds.steps, bonds.sinking):
        if schedule is not None:
            aside = aside | (np.diff(schedule.starts) > 0)
    columns = Columns(
        maturity=days_of(bonds.maturity),
        coupon=np.asarray(bonds.coupon, dtype=np.float64),
        frequency=np.asarray(bonds.frequency, dtype=np.int64),
        rule=np.asarray(bonds.day_count, dtype=np.int64),
        dated=days_of(bonds.dated),
        first=days_of(bonds.first),
        month_end=np.asarray(bonds.month_end, dtype=np.bool_),
        end=days_of(bonds.end),
        price=np.asarray(bonds.price, dtype=np.float64),
        aside=aside,
        par=np.asarray(lots.par, dtype=np.int64),
        cost=np.asarray(lots.cost, dtype=np.int64),
        settled=days_of(lots.settled),
    )
    return Columns._make(np.broadcast_to(column, aside.shape) for column in columns)


def _solve(book: _Book, each_block: _EachBlock) -> tuple[Floats, Floats, Whole]:
    """Force, rate and number of year ends of each lot; no number where the columns must look."""
    count = len(book.lots.par)
    force, rate, years = np.empty(count), np.empty(count), np.zeros(count, dtype=np.int64)

    def work(block: slice) -> None:
        found = Found(force[block], rate[block], years[block])
        book.kernel.solve(book.part(block), found)

    each_block(work)
    return force, rate, years


def _year_ends(
    book: _Book, force: Floats, years: Whole, each_block: _EachBlock
) -> tuple[YearEnds, Bools]:
    """The year ends of the lots with a force, room for the others, and which are too near half a cent."""
    near = np.zeros(len(force), dtype=np.bool_)
    starts = np.concatenate([[0], np.cumsum(years)])
    ends = YearEnds(
        starts=starts,
        years=np.empty(starts[-1], dtype=np.int64),
        cents=np.empty(starts[-1], dtype=np.int64),
    )
    straight = book.lots.between is Between.STRAIGHT

    def work(block: slice) -> None:
        own = starts[block.start : block.stop + 1]
        rows = slice(own[0], own[-1])
        out = Ends(own, ends.years[rows], ends.cents[rows], near[block], straight)
        book.kernel.year_ends(book.part(block), force[block], out)

    each_block(work)
    return ends, near


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Worked:
    """Some lots, worked by the columns."""

    rows: Whole
    yields: Yields
    ends: YearEnds

    def put(self, yields: Yields, ends: YearEnds) -> None:
        """Put them in their places among all lots."""
        yields.rate[self.rows] = self.yields.rate
        yields.force[self.rows] = self.yields.force
        yields.outcome[self.rows] = self.yields.outcome
        counts = np.diff(self.ends.starts)
        places = np.repeat(ends.starts[self.rows] - self.ends.starts[:-1], counts)
        places += np.arange(len(places))
        ends.years[places] = self.ends.years
        ends.cents[places] = self.ends.cents


def _by_columns(book: _Book, rows: Whole) -> _Worked:
    bonds, lots = book.take(rows)
    yields = effective_yields(bonds, lots)
    return _Worked(rows=rows, yields=yields, ends=year_end_values(bonds, lots, yields))
