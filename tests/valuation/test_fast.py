"""Compiled loops: to the cent what the columns give; `python -m tests.soak compiled` asks a million lots."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from jurat.valuation import (
    Between,
    Bonds,
    DayCount,
    Lots,
    Outcome,
    effective_yields,
    year_end_values,
)
from jurat.valuation.bonds import Schedule
from jurat.valuation.calendar import Floats
from jurat.valuation.compiled_rows import Columns, Ends
from jurat.words.errors import UsageError
from tests.soak import compiled as soak

MILLION = 1_000_000_00

pytest.importorskip("numba", reason="compiled loops: pip install 'jurat[fast]'")

from jurat.valuation import compiled  # noqa: E402
from jurat.valuation.fast import Valued, value_lots  # noqa: E402


def one(bonds: Bonds, cost: int = 981_139_05, between: Between = Between.STRAIGHT) -> Valued:
    """A million of par bought for a cost on 15 November 2012."""
    par = np.array([MILLION])
    lots = Lots(par=par, cost=np.array([cost]), settled="2012-11-15", between=between)
    return value_lots(bonds, lots)


def test_a_year_worked_by_hand() -> None:
    """Half-years of 8 % from 981,139.05: 990,384.61 after one, and 46 of 180 days by 31 December."""
    found = one(Bonds(maturity=["2013-11-15"], coupon=0.06))
    assert found.yields.rate.round(8).tolist() == [0.08]
    assert found.ends.years.tolist() == [2012]
    assert found.ends.cents.tolist() == [981_139_05 + round(9_245_56.5 * 46 / 180)]


def test_between_coupons_by_the_yield() -> None:
    """981,139.05 grown 46 of 180 days at 4 % a half-year, less 46 / 360 of 60,000."""
    found = one(Bonds(maturity=["2013-11-15"], coupon=0.06), between=Between.COMPOUND)
    assert found.ends.cents.tolist() == [round(981_139_05 * 1.04 ** (46 / 180) - 7_666_66.667)]


def test_a_lot_bought_at_par_stays_at_par() -> None:
    found = one(Bonds(maturity=["2020-11-15"], coupon=0.06), MILLION)
    assert found.ends.cents.tolist() == [MILLION] * 8


def test_twenty_thousand_lots_of_every_convention_are_equal_to_the_cent() -> None:
    found = soak.ask(range(2), 5_000)
    assert found.lots == 20_000
    assert found.values > 130_000
    assert found.apart == 0
    assert found.near > 0
    assert found.widest < 1e-12


def test_every_outcome_comes_up_and_agrees() -> None:
    bonds, lots = soak.make(7, 5_000)
    ours = value_lots(bonds, lots).yields.outcome
    assert (ours == effective_yields(bonds, lots).outcome).all()
    assert set(ours.tolist()) >= {
        Outcome.SOLVED,
        Outcome.TERMS,
        Outcome.NO_PRICE,
        Outcome.NOTHING_DUE,
        Outcome.OUT_OF_RANGE,
    }


def test_most_lots_are_not_left_to_the_columns() -> None:
    """Of sound bonds with level streams only those without a yield, or with a strange one, are."""
    bonds, lots = soak.make(3, 5_000)
    left = value_lots(bonds, lots).left
    listed = np.isin(bonds.day_count, [DayCount.ACTUAL_360, DayCount.ACTUAL_365])
    assert bonds.steps is not None
    listed |= np.diff(bonds.steps.starts) > 0
    level = effective_yields(bonds, lots).solved & ~listed
    assert level.sum() > 4_000
    assert level[left].sum() < 0.03 * level.sum()


def test_steps_and_repayments_are_left_to_the_columns() -> None:
    steps = Schedule.of([[("2013-05-15", 0.07)], [], []])
    sinking = Schedule.of([[], [("2013-05-15", 0.5)], []])
    bonds = Bonds(maturity=["2015-11-15"] * 3, coupon=0.06, steps=steps, sinking=sinking)
    lots = Lots(par=np.full(3, MILLION), cost=np.full(3, 981_139_05), settled="2012-11-15")
    found, yields = value_lots(bonds, lots), effective_yields(bonds, lots)
    assert found.left.tolist() == [0, 1]
    assert (found.ends.cents == year_end_values(bonds, lots, yields).cents).all()
    assert len(set(found.ends.cents[::3].tolist())) == 3


def test_processors_and_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    bonds, lots = soak.make(11, 3_000)
    whole = value_lots(bonds, lots, threads=1)
    monkeypatch.setattr("jurat.valuation.fast._BLOCK", 97)
    parts = value_lots(bonds, lots, threads=3)
    assert (parts.ends.cents == whole.ends.cents).all()
    assert parts.yields.force.tobytes() == whole.yields.force.tobytes()
    assert parts.near.tolist() == whole.near.tolist()


def test_no_lots_at_all() -> None:
    none = np.zeros(0, dtype=np.int64)
    bonds = Bonds(maturity=np.zeros(0, dtype="datetime64[D]"), coupon=0.05)
    found = value_lots(bonds, Lots(par=none, cost=none, settled="2012-11-15"))
    assert found.ends.starts.tolist() == [0]
    assert found.ends.cents.tolist() == []


def test_a_value_near_half_a_cent_is_worked_by_the_columns() -> None:
    """Par so great that a cent is the last digit of a float: every value is near half of one."""
    bonds, lots = soak.make(5, 500)
    great = replace(lots, par=lots.par * 10**6, cost=lots.cost * 10**6)
    fits = lots.par < 10**12
    great.par[~fits], great.cost[~fits] = MILLION, MILLION
    found = value_lots(bonds, great)
    yields = effective_yields(bonds, great)
    assert (found.ends.cents == year_end_values(bonds, great, yields).cents).all()
    assert len(found.near) > 250


def test_a_planted_cent_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    true = compiled.year_ends

    def wrong(columns: Columns, force: Floats, ends: Ends) -> None:
        true(columns, force, ends)
        ends.cents[:] += 1

    monkeypatch.setattr(compiled, "year_ends", wrong)
    assert soak.ask(range(1), 500).apart > 300


def test_without_numba_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jurat.valuation.compiled", None)
    monkeypatch.delattr("jurat.valuation.compiled", raising=False)
    with pytest.raises(UsageError, match=r"need numba(.|\n)*pip install 'jurat\[fast\]'"):
        one(Bonds(maturity=["2013-11-15"], coupon=0.06))
