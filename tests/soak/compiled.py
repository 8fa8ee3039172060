"""Compiled loops beside columns: random lots of every convention, sound and unsound, to the cent.

Each block of lots is made from its seed and valued both ways, in both manners between coupons.
"""

from dataclasses import dataclass

import numpy as np

from jurat.valuation import Between, Bonds, Lots, effective_yields, year_end_values
from jurat.valuation.bonds import Schedule
from jurat.valuation.calendar import NO_DATE, Whole, dates_of, day_in_month, month_of
from jurat.valuation.fast import value_lots

BLOCK = 10_000
_CROWD = 12 * 60
"""Months over which maturities spread."""


def make(seed: int, count: int = BLOCK) -> tuple[Bonds, Lots]:
    """Lots of every convention; about one in eight with terms or a price that cannot be, or hardly."""
    chance = np.random.default_rng(seed)
    step = 12 // chance.choice([1, 2, 2, 2, 3, 4, 6, 12], count)
    ends = chance.random(count) < 0.25
    month = chance.integers(480, 480 + _CROWD, count)
    day = np.where(ends, 31, chance.integers(1, 32, count))
    maturity = day_in_month(month, day)
    paid = chance.integers(1, 1 + 30 * 12 // step)  # coupons, the first included
    dated, first = _opening(chance, (month, step, np.where(ends, 31, _day(maturity)), paid))
    begin = np.where(dated == NO_DATE, day_in_month(month - paid * step, day), dated)
    span = np.maximum(maturity - begin, 1)
    settled = begin + (chance.random(count) * span).astype(np.int64)
    on_coupon = chance.random(count) < 0.1
    settled = np.where(on_coupon, day_in_month(month - paid // 2 * step, day), settled)
    called = chance.random(count) < 0.2
    early = (
        settled + 1 + (chance.random(count) * np.maximum(maturity - settled, 1)).astype(np.int64)
    )
    end = np.where(called, np.minimum(early, maturity), NO_DATE)
    price = np.where(called, 1 + chance.integers(0, 6, count) / 100, 1.0)
    par = _pars(chance, count)
    years = np.where(called, end - settled, maturity - settled) / 365.25
    near = 1 + chance.uniform(-0.3, 0.3, count) * np.minimum(1.0, years / 5)
    near = np.where(chance.random(count) < 0.05, price, near)
    bonds = Bonds(
        maturity=dates_of(maturity),
        coupon=np.where(chance.random(count) < 0.1, 0.0, chance.integers(1, 96, count) / 800),
        frequency=12 // step,
        day_count=chance.choice([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5], count),
        dated=dates_of(dated),
        first=dates_of(first),
        month_end=ends,
        end=dates_of(end),
        price=price,
        steps=_steps(chance, (month, step, np.where(ends, 31, _day(maturity)), paid)),
    )
    cost = np.maximum(np.rint(par * near), 1).astype(np.int64)
    return _spoiled(chance, bonds, Lots(par=par, cost=cost, settled=dates_of(settled)))


def _day(days: Whole) -> Whole:
    return np.asarray(days - day_in_month(month_of(days), np.ones_like(days)) + 1)


def _pars(chance: np.random.Generator, count: int) -> Whole:
    """From a dollar to a hundred billion, most of them round."""
    exact = np.rint(10 ** chance.uniform(2, 13, count)).astype(np.int64)
    round_ = chance.integers(1, 10_000, count) * 1_000_00
    return np.where(chance.random(count) < 0.2, exact, round_)


_Cycle = tuple[Whole, Whole, Whole, Whole]


def _opening(chance: np.random.Generator, cycle: _Cycle) -> tuple[Whole, Whole]:
    """Days from which interest runs, and first coupons: short, long, or one of them not said."""
    month, step, day, paid = cycle
    count = len(month)
    begin = day_in_month(month - paid * step, day)
    late = begin + (chance.random(count) * 28 * step).astype(np.int64)
    dated = np.where(chance.random(count) < 0.5, late, begin)
    long = (paid > 1) & (chance.random(count) < 0.5)
    first = day_in_month(month - (paid - 1 - long) * step, day)
    return (
        np.where(chance.random(count) < 0.5, dated, NO_DATE),
        np.where(chance.random(count) < 0.3, first, NO_DATE),
    )


def _steps(chance: np.random.Generator, cycle: _Cycle) -> Schedule:
    """A step of the coupon for one bond in a hundred: their payments have to be listed."""
    month, step, day, paid = cycle
    stepped = chance.random(len(month)) < 0.01
    return Schedule(
        starts=np.concatenate([[0], np.cumsum(stepped)]),
        days=day_in_month(month - paid // 2 * step, day)[stepped],
        values=chance.integers(1, 96, int(stepped.sum())) / 800,
    )


def _spoiled(chance: np.random.Generator, bonds: Bonds, lots: Lots) -> tuple[Bonds, Lots]:
    """A few of each: nothing paid, a hundredfold price, no date, a frequency of no whole months ..."""
    count = len(lots.par)
    few = [chance.integers(0, count, max(count // 200, 1)) for _ in range(11)]
    settled, maturity = np.array(lots.settled), np.array(bonds.maturity)
    lots.cost[few[0]] = -chance.integers(0, 2, len(few[0]))
    lots.cost[few[1]] *= 100
    lots.cost[few[2]] //= 1000
    lots.par[few[3]] = 0
    settled[few[4]] = "NaT"
    settled[few[5]] = maturity[few[5]]
    maturity[few[6]] = "NaT"
    if chance.random() < 0.1:  # the columns take a step for each of its years
        maturity[few[7][:1]] = "9990-05-15"
    frequency, coupon = np.array(bonds.frequency), np.array(bonds.coupon)
    frequency[few[8]] = chance.choice([0, -2, 5, 24], len(few[8]))
    coupon[few[9]] = chance.choice([-0.01, np.nan, 2.0, 1e-9], len(few[9]))
    ends = np.array(bonds.month_end)
    ends[few[10]] ^= True
    changed = Bonds(
        maturity=maturity, coupon=coupon, frequency=frequency, day_count=bonds.day_count,
        dated=bonds.dated, first=bonds.first, month_end=ends, end=bonds.end,
        price=bonds.price, steps=bonds.steps,
    )  # fmt: skip
    return changed, Lots(par=lots.par, cost=lots.cost, settled=settled)


@dataclass(slots=True, kw_only=True)
class Found:
    """What two ways of valuing gave."""

    lots: int = 0
    values: int = 0
    apart: int = 0
    """Lots with other outcomes, years or cents."""
    left: int = 0
    near: int = 0
    widest: float = 0.0
    """The widest difference of a force."""


def ask(seeds: range, count: int = BLOCK) -> Found:
    """Value blocks of lots both ways."""
    found = Found()
    for seed in seeds:
        bonds, lots = make(seed, count)
        for between in Between:
            _compare(
                found,
                bonds,
                Lots(par=lots.par, cost=lots.cost, settled=lots.settled, between=between),
            )
    return found


def _compare(found: Found, bonds: Bonds, lots: Lots) -> None:
    ours = value_lots(bonds, lots)
    yields = effective_yields(bonds, lots)
    ends = year_end_values(bonds, lots, yields)
    found.lots += len(lots.par)
    found.values += len(ends.cents)
    found.left += len(ours.left)
    found.near += len(ours.near)
    apart = (ours.yields.outcome != yields.outcome) | (
        np.diff(ours.ends.starts) != np.diff(ends.starts)
    )
    if not apart.any():
        owner = np.repeat(np.arange(len(lots.par)), np.diff(ends.starts))
        differ = (ours.ends.cents != ends.cents) | (ours.ends.years != ends.years)
        apart[owner[differ]] = True
    found.apart += int(apart.sum())
    both = yields.solved & ours.yields.solved
    gap = np.abs(ours.yields.force[both] - yields.force[both])
    found.widest = max(found.widest, float(gap.max(initial=0.0)))


def report(found: Found) -> str:
    """The figures, in words."""
    return (
        f"{found.lots:,} lots, {found.values:,} year ends: {found.apart} lots apart; "
        f"{found.left:,} left to the columns, {found.near:,} too near half a cent; "
        f"forces within {found.widest:.1e}"
    )
