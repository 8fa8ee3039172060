"""The interest maintenance reserve: how a year's gains are released, by groups of maturity.

The sheet of factors that comes out each year is computed here from its interest rate; a company
may override any factor by its own table. Rates are data: `imr_rates.csv` beside this file.

Known K   the formula is worked out, not read: it gives every figure of the sheet of 2007 that
          survives, and the last ten amounts of a filing of 2012 to the dollar.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, fsum, log
from pathlib import Path

import numpy as np
import numpy.typing as npt

from jurat.money import round_half_away
from jurat.valuation.calendar import Floats, Whole

YEARS = 31
"""The years of the amortization page: the year of sale and thirty after it."""

BANDS: dict[str, tuple[int, int]] = {
    "0": (0, 0),
    "1": (1, 1),
    "2-5": (2, 5),
    "6-10": (6, 10),
    "11-15": (11, 15),
    "16-20": (16, 20),
    "21-25": (21, 25),
    "over 25": (26, 30),
}
"""The groups: calendar year of expected maturity less calendar year of sale, from and to."""

_STEPS = 400
"""Intervals of each piece that is integrated numerically; the third decimal needs far fewer."""

_FLAT = 1e-9
"""A force so near nought that a gain is released in a straight line."""

_RATES = Path(__file__).parent / "imr_rates.csv"


def known_rates() -> dict[int, float]:
    """The interest rate of each year's sheet that we know, as a fraction a year.

    >>> known_rates()[2007]
    0.06
    """
    with _RATES.open(encoding="utf-8", newline="") as file:
        return {int(row["year"]): float(row["rate"]) for row in csv.DictReader(file)}


@lru_cache(maxsize=256)
def grouped_factors(rate: float, band: str) -> tuple[int, ...]:
    """How much of a group's gain each year releases, the year of sale first.

    The sale falls anywhere in its year and the maturity anywhere in the band's years; the income
    that was given up is paid at the sheet's rate, compounded twice a year.

    Units   thousandths of the gain; each band adds to 1,000.
    Shape   one factor for each year from the sale to the band's last.
    Source  the yearly sheet of grouped amortization (domain.md 4.4).
    Raises  KeyError for a band that there is not.

    >>> grouped_factors(0.06, "2-5")
    (132, 276, 253, 185, 115, 39)
    """
    first, last = BANDS[band]
    if last == 0:
        return (1000,)
    force = 2 * log(1 + rate / 2)
    pieces = [_released(force, year, first, last) for year in range(last + 1)]
    whole = fsum(pieces)
    reached = [round(1000 * fsum(pieces[: year + 1]) / whole) for year in range(last + 1)]
    return tuple(now - before for before, now in zip([0, *reached], reached, strict=False))


def _released(force: float, year: int, first: int, last: int) -> float:
    """The income given up in one year after the sale, to a constant (Simpson's rule)."""
    width = 1 / _STEPS
    weights = (1, *([4, 2] * (_STEPS // 2))[:-1], 1)
    return (
        width
        / 3
        * fsum(
            weight * _density(force, year + step * width, first, last)
            for step, weight in enumerate(weights)
        )
    )


def _density(force: float, moment: float, first: int, last: int) -> float:
    """The rate of release at a moment: of all sales made by then, what is not yet due."""
    begin = max(moment, first)
    due = (exp(-force * (begin - moment)) - exp(-force * (last + 1 - moment))) / force
    return min(moment, 1.0) * due


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedTable:
    """A year's factors: computed from its rate, with any that the company overrides."""

    rate: float
    overrides: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """Thousandths by band and year after the sale."""

    def factors(self, band: str) -> tuple[int, ...]:
        """The factors of one band, in thousandths."""
        return tuple(
            self.overrides.get((band, year), factor)
            for year, factor in enumerate(grouped_factors(self.rate, band))
        )


def band_of(years: npt.ArrayLike) -> Whole:
    """The group of a gain, as its place among the bands, by years to expected maturity.

    Units   calendar year of expected maturity less calendar year of sale.

    >>> [list(BANDS)[one] for one in band_of([0, 1, 5, 6, 40]).tolist()]
    ['0', '1', '2-5', '6-10', 'over 25']
    """
    lasts = [last for _, last in BANDS.values()][:-1]
    return np.asarray(np.searchsorted(lasts, np.maximum(years, 0)))


def seriatim_amortization(gains: Whole, left: Floats, years: Floats, rates: Floats) -> Whole:
    """What each year releases of gains, lot by lot: the income given up by selling.

    Of a gain, what a level yield would have accreted: ((1 + y)^s - 1) / ((1 + y)^n - 1) by s years
    after the sale, each lot and year rounded once by what is released so far.

    Units   whole units in and out, net of tax; `left` is the part of the year of sale that was left,
            `years` from sale to expected maturity, `rates` the market yield at sale a year.
    Shape   a row for each gain, 31 years, the year of sale first; a row adds to its gain.
    Source  domain.md 4.3.

    100 at 10 % over two years, sold on 31 December: 1.00 to 2.10 and 1.10 to 2.10.

    >>> made = seriatim_amortization(np.array([10_000]), np.zeros(1), np.array([2.0]), np.array([0.1]))
    >>> made[0, :3].tolist()
    [0, 4762, 5238]
    """
    passed = left[:, None] + np.arange(YEARS)[None, :]
    force = np.log1p(np.maximum(rates, -0.5))[:, None]
    whole = np.maximum(years, 0.0)[:, None]
    inside = np.minimum(passed, whole)
    with np.errstate(all="ignore"):
        grown = np.expm1(force * inside) / np.expm1(force * whole)
        released = np.where(np.abs(force) < _FLAT, inside / whole, grown)
    released = np.where(passed >= whole, 1.0, released)
    released[:, -1] = 1.0
    reached = np.rint(released * gains[:, None]).astype(np.int64)
    return np.diff(reached, axis=1, prepend=0)


def grouped_amortization(gains: Mapping[str, int], table: GroupedTable) -> tuple[int, ...]:
    """What each year releases of a year's gains, by groups.

    Each group's gain is released by cumulative factors, each rounded once, so that nothing is lost.

    Units   whole units in, whole units out (cents, or dollars); gains net of tax by band.
    Shape   31 years, the year of sale first; they add to the gains.
    Source  the yearly sheet of grouped amortization (domain.md 4.3 and 4.4).
    Raises  KeyError for a band that there is not.

    >>> grouped_amortization({"1": 1000, "0": 500}, GroupedTable(rate=0.06))[:3]
    (993, 507, 0)
    """
    released = [0] * YEARS
    for band, gain in gains.items():
        reached = before = 0
        for year, factor in enumerate(table.factors(band)):
            reached += factor
            now = round_half_away(gain * reached, 1000)
            released[year] += now - before
            before = now
    return tuple(released)
