"""Yields and book values: worked by hand, and what must hold of every lot."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jurat.valuation import (
    Between,
    Bonds,
    DayCount,
    Lots,
    Outcome,
    Schedule,
    accretion,
    accrued_interest,
    book_values,
    effective_yields,
    year_end_values,
)
from jurat.valuation.bonds import cycle_of
from tests.soak import bonds as soak

MILLION = 1_000_000_00


def lot(cost: int, settled: str, par: int = MILLION) -> Lots:
    return Lots(par=np.array([par]), cost=np.array([cost]), settled=settled)


def outcome(bonds: Bonds, lots: Lots) -> Outcome:
    found = effective_yields(bonds, lots)
    assert np.isnan(found.rate[0]) == (found.outcome[0] != Outcome.SOLVED)
    return Outcome(int(found.outcome[0]))


# -- worked by hand ---------------------------------------------------------------------


def test_a_zero_of_ten_years_grows_by_its_yield() -> None:
    """1,000,000 for 2 % a half-year over twenty: 1.02 ** -20; after one year, 1.02 ** -18."""
    bonds = Bonds(maturity=["2022-06-30"], coupon=0.0)
    lots = lot(round(MILLION / Decimal("1.02") ** 20), "2012-06-30")
    yields = effective_yields(bonds, lots)
    assert float(yields.rate[0]) == pytest.approx(0.04, abs=1e-9)
    year_later = round(MILLION / Decimal("1.02") ** 18)
    assert book_values(bonds, lots, yields, "2013-06-30").tolist() == [year_later]


def test_a_coupon_that_steps_up() -> None:
    """4 % for a year, then 6 %, at 5 %: 2/1.025 + 2/1.025**2 + 3/1.025**3 + 103/1.025**4."""
    step = Schedule.of([[("2013-06-30", 0.06)]])
    bonds = Bonds(maturity=["2014-06-30"], coupon=0.04, steps=step)
    growth = Decimal("1.025")
    worth = sum(amount / growth**k for k, amount in enumerate((2, 2, 3, 103), start=1))
    yields = effective_yields(bonds, lot(round(worth * 10_000_00), "2012-06-30"))
    assert float(yields.rate[0]) == pytest.approx(0.05, abs=1e-9)


def test_a_sinking_fund_carries_what_is_still_owed() -> None:
    """Half repaid after a year. At par it is carried at par: 1,000,000 and then 500,000."""
    sink = Schedule.of([[("2013-06-30", 0.5)]])
    bonds = Bonds(maturity=["2014-06-30"], coupon=0.04, sinking=sink)
    lots = lot(MILLION, "2012-06-30")
    yields = effective_yields(bonds, lots)
    assert float(yields.rate[0]) == pytest.approx(0.04, abs=1e-12)
    assert book_values(bonds, lots, yields, "2012-12-30").tolist() == [MILLION]
    assert book_values(bonds, lots, yields, "2013-12-30").tolist() == [MILLION // 2]
    assert accretion(bonds, lots, yields, ("2012-06-30", "2014-06-30")).tolist() == [0]
    assert accrued_interest(bonds, lots, "2013-09-30").tolist() == [5_000_00]


def test_an_amortizing_loan_earns_its_rate() -> None:
    """Four level payments: 100 at 1 % a quarter is 25.62811 a quarter. Bought at par, it earns 4 %."""
    payment, owed, rows = (
        Decimal(1) / sum(Decimal("1.01") ** -k for k in range(1, 5)),
        Decimal(1),
        [],
    )
    for day in ("2012-09-30", "2012-12-31", "2013-03-31"):
        repaid = payment - owed * Decimal("0.01")
        rows.append((day, float(repaid)))
        owed -= repaid
    bonds = Bonds(
        maturity=["2013-06-30"], coupon=0.04, frequency=4, month_end=True,
        sinking=Schedule.of([rows]),
    )  # fmt: skip
    yields = effective_yields(bonds, lot(MILLION, "2012-06-30"))
    assert float(yields.rate[0]) == pytest.approx(0.04, abs=1e-12)


def test_interest_by_days_over_360_pays_more_than_its_rate() -> None:
    """One period of 366 days at 6 %: 6.1 on 100, but a year of 360 days has already passed."""
    bonds = Bonds(maturity=["2012-07-01"], coupon=0.06, frequency=1, day_count=DayCount.ACTUAL_360)
    yields = effective_yields(bonds, lot(MILLION, "2011-07-01"))
    assert float(yields.rate[0]) == pytest.approx(1.061 ** (360 / 366) - 1, abs=1e-12)


def test_a_long_first_coupon_is_paid_in_full() -> None:
    """Dated 1 March, first on 15 November: 254 days of 30/360 at 6 %, and nothing in May."""
    bonds = Bonds(maturity=["2013-11-15"], coupon=0.06, dated="2012-03-01", first="2012-11-15")
    half, after = Decimal("1.03"), Decimal(74) / 180
    worth = sum(
        amount / half ** (k + after)
        for k, amount in ((1, Decimal(6) * 254 / 360), (2, Decimal(3)), (3, Decimal(103)))
    )
    yields = effective_yields(bonds, lot(round(worth * 10_000_00), "2012-03-01"))
    assert float(yields.rate[0]) == pytest.approx(0.06, abs=5e-9)


def test_between_coupons_a_book_value_runs_straight_or_compounds() -> None:
    """98.1139 to 99.0385 in a half-year; at 46 of 180 days, 98.3502 straight, 98.3356 compounded."""
    bonds = Bonds(maturity=["2013-11-15"], coupon=0.06)
    straight = lot(981_139_05, "2012-11-15")
    compound = replace(straight, between=Between.COMPOUND)
    yields = effective_yields(bonds, straight)
    part, coupon_date = Decimal(46) / 180, Decimal(103_000_000) / Decimal("1.04")
    on_the_line = 981_139_05 + (coupon_date - 981_139_05) * part
    assert book_values(bonds, straight, yields, "2012-12-31").tolist() == [round(on_the_line)]
    worth = Decimal(981_139_05) * Decimal("1.04") ** part - Decimal(3_000_000) * part
    assert book_values(bonds, compound, yields, "2012-12-31").tolist() == [round(worth)]


@pytest.mark.parametrize("rule", list(DayCount))
def test_a_lot_bought_at_par_is_carried_at_par_on_every_day(rule: DayCount) -> None:
    bonds = Bonds(maturity=["2013-11-15"], coupon=0.06, day_count=rule)
    lots = lot(MILLION, "2012-08-09")
    yields = effective_yields(bonds, lots)
    for day in range(0, 460, 7):
        at = date(2012, 8, 9) + timedelta(days=day)
        assert book_values(bonds, lots, yields, at).tolist() == [MILLION]


def test_straight_and_compound_meet_on_coupon_dates() -> None:
    level = [one for one in MADE if len(one.periods) > 2]
    bonds, lots = soak.columns(level, Between.STRAIGHT)
    yields = effective_yields(bonds, lots)
    coupons = [next(day for day in one.periods if day > one.settled) for one in level]
    straight = book_values(bonds, lots, yields, coupons)
    compound = book_values(bonds, replace(lots, between=Between.COMPOUND), yields, coupons)
    assert (np.abs(straight - compound) <= 1)[yields.solved].all()


# -- what comes of lots that have no yield ------------------------------------------------


def test_what_has_no_yield_says_why() -> None:
    bond = Bonds(maturity=["2013-11-15"], coupon=0.06)
    assert outcome(bond, lot(0, "2012-11-15")) is Outcome.NO_PRICE
    assert outcome(bond, lot(MILLION, "2012-11-15", par=0)) is Outcome.NO_PRICE
    assert outcome(bond, lot(MILLION, "2013-11-15")) is Outcome.NOTHING_DUE
    assert outcome(bond, lot(MILLION, "NaT")) is Outcome.TERMS
    assert outcome(bond, lot(MILLION // 10**7, "2013-11-14")) is Outcome.OUT_OF_RANGE


@pytest.mark.parametrize(
    "bond",
    [
        Bonds(maturity=["2013-11-15"], coupon=0.06, frequency=5),
        Bonds(maturity=["2013-11-15"], coupon=0.06, frequency=0),
        Bonds(maturity=["NaT"], coupon=0.06),
        Bonds(maturity=["2013-11-15"], coupon=-0.01),
        Bonds(maturity=["2013-11-15"], coupon=float("nan")),
        Bonds(maturity=["2013-11-15"], coupon=0.06, dated="2014-01-01"),
        Bonds(maturity=["2013-11-15"], coupon=0.06, first="2012-11-16"),
        Bonds(maturity=["2013-11-15"], coupon=0.06, dated="2012-06-01", first="2012-05-15"),
        Bonds(maturity=["2013-11-15"], coupon=0.06, end="2014-11-15"),
        Bonds(maturity=["2013-11-15"], coupon=0.06, steps=Schedule.of([[("2013-01-01", 0.07)]])),
        Bonds(maturity=["2013-11-15"], coupon=0.06, sinking=Schedule.of([[("2013-05-15", 1.1)]])),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_are_named_and_never_solved(bond: Bonds) -> None:
    lots = lot(MILLION, "2012-11-15")
    assert outcome(bond, lots) is Outcome.TERMS
    yields = effective_yields(bond, lots)
    assert book_values(bond, lots, yields, "2012-12-31").tolist() == [0]
    assert year_end_values(bond, lots, yields).cents.tolist() == []


def test_a_schedule_out_of_order_is_not_read_as_if_it_were_in_order() -> None:
    days = np.array(["2013-05-15", "2012-11-15"], dtype="datetime64[D]").astype(np.int64)
    sinking = Schedule(starts=np.array([0, 2]), days=days, values=np.array([0.2, 0.2]))
    bond = Bonds(maturity=["2013-11-15"], coupon=0.06, sinking=sinking)
    assert outcome(bond, lot(MILLION, "2012-06-15")) is Outcome.TERMS


@pytest.mark.parametrize("rule", [DayCount.THIRTY_BOND_BASIS, DayCount.ACTUAL_360])
def test_a_maturity_in_the_year_9999_is_a_perpetual_bond(rule: DayCount) -> None:
    """5 % at 80: 6.25 % for ever (by 360 days, a 365.2425th of a year more)."""
    bonds = Bonds(maturity=["9999-12-15"] * 9, coupon=0.05, day_count=rule)
    cost, par = np.full(9, 80 * MILLION // 100), np.full(9, MILLION)
    lots = Lots(par=par, cost=cost, settled="2012-06-15")
    yields = effective_yields(bonds, lots)
    assert yields.rate.tolist() == pytest.approx([0.0625] * 9, abs=2e-4)
    later = book_values(bonds, lots, yields, "2112-06-15")
    assert (np.abs(later - cost) < 2 * MILLION / 1000).all()


def test_one_bad_lot_leaves_the_others_as_they_are() -> None:
    bonds = Bonds(maturity=["2013-11-15", "2013-11-15"], coupon=[-1.0, 0.06])
    lots = Lots(par=np.array([MILLION] * 2), cost=np.array([981_139_05] * 2), settled="2012-11-15")
    yields = effective_yields(bonds, lots)
    assert yields.outcome.tolist() == [Outcome.TERMS, Outcome.SOLVED]
    assert book_values(bonds, lots, yields, "2013-05-15").tolist() == [0, 99_038_461]


# -- what must hold of every lot -----------------------------------------------------------

MADE = [soak.make(seed) for seed in range(20_000, 20_600)]
"""Random bonds of every convention."""


@pytest.mark.parametrize("between", list(Between))
def test_book_value_opens_at_cost_and_meets_redemption_to_the_cent(between: Between) -> None:
    bonds, lots = soak.columns(MADE, between)
    yields = effective_yields(bonds, lots)
    assert yields.solved.mean() > 0.99
    keep = yields.solved
    settled = np.array(lots.settled, dtype="datetime64[D]")
    maturity = np.array(bonds.maturity, dtype="datetime64[D]")
    assert (book_values(bonds, lots, yields, settled) == lots.cost)[keep].all()
    last = np.array([round(soak.PAR * (1 - sum(one.repaid))) for one in MADE])
    assert (np.abs(book_values(bonds, lots, yields, maturity) - last) <= 1)[keep].all()


@pytest.mark.parametrize("between", list(Between))
def test_accretion_year_by_year_adds_to_par_less_cost(between: Between) -> None:
    bonds, lots = soak.columns([one for one in MADE if not one.repaid], between)
    yields = effective_yields(bonds, lots)
    total = np.zeros(len(lots.par), dtype=np.int64)
    for year in range(1980, 2055):
        total += accretion(bonds, lots, yields, (f"{year - 1}-12-31", f"{year}-12-31"))
    assert (total == lots.par - lots.cost)[yields.solved].all()


@pytest.mark.parametrize("between", list(Between))
def test_year_end_values_are_book_values_at_year_ends(between: Between) -> None:
    bonds, lots = soak.columns(MADE, between)
    yields = effective_yields(bonds, lots)
    ends = year_end_values(bonds, lots, yields)
    owner = np.repeat(np.arange(len(lots.par)), np.diff(ends.starts))
    for year in (2015, 2024, 2033):
        found = book_values(bonds, lots, yields, f"{year}-12-31")
        at = ends.years == year
        assert at.sum() > 50
        assert (ends.cents[at] == found[owner[at]]).all()


@pytest.mark.parametrize("between", list(Between))
def test_level_bonds_are_worth_the_same_with_every_payment_listed(between: Between) -> None:
    """A step to the same rate makes the list; the closed form must give its cents."""
    plain = [one for one in MADE if len(one.coupons) == 1 and not one.repaid and one.rule <= 3]
    bonds, lots = soak.columns(plain, between)
    same = Schedule.of([[(one.periods[1].isoformat(), one.coupons[0])] for one in plain])
    listed = Bonds(
        maturity=bonds.maturity, coupon=bonds.coupon, frequency=bonds.frequency,
        day_count=bonds.day_count, dated=bonds.dated, first=bonds.first,
        month_end=bonds.month_end, steps=same,
    )  # fmt: skip
    one, other = effective_yields(bonds, lots), effective_yields(listed, lots)
    assert len(plain) > 100
    assert np.nanmax(np.abs(one.rate - other.rate)) < 1e-11
    for year in (2014, 2020, 2030):
        at = f"{year}-12-31"
        assert (book_values(bonds, lots, one, at) == book_values(listed, lots, other, at)).all()


@pytest.mark.parametrize("split", [1, 7, 250])
def test_a_lot_is_worth_the_same_in_any_company(split: int) -> None:
    """To the last bit of the yield, and so to the cent."""
    made = MADE if split > 1 else MADE[:100]
    bonds, lots = soak.columns(made, Between.STRAIGHT)
    whole = effective_yields(bonds, lots)
    values = year_end_values(bonds, lots, whole).cents.tolist()
    apart = []
    for begin in range(0, len(made), split):
        some, few = soak.columns(made[begin : begin + split], Between.STRAIGHT)
        yields = effective_yields(some, few)
        assert yields.outcome.tolist() == whole.outcome[begin : begin + split].tolist()
        assert yields.force.tobytes() == whole.force[begin : begin + split].tobytes()
        apart += year_end_values(some, few, yields).cents.tolist()
    assert apart == values


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2012, 1, 1), date(2045, 12, 31)),
    st.integers(1, 9000),
    st.integers(0, 120),
    st.sampled_from(list(DayCount)[:4]),
    st.sampled_from([1, 2, 3, 4, 6, 12]),
)
def test_a_bond_bought_at_par_on_a_coupon_date_yields_its_coupon(
    maturity: date, back: int, coupon: int, rule: DayCount, frequency: int
) -> None:
    bonds = Bonds(maturity=[maturity], coupon=coupon / 1000, day_count=rule, frequency=frequency)
    settled = maturity.replace(day=min(maturity.day, 28)) - timedelta(days=back)
    lots = lot(MILLION, settled.isoformat())
    yields = effective_yields(bonds, lots)
    on_coupon = accrued_interest(bonds, lots, settled).tolist() == [0]
    if yields.solved[0] and on_coupon and (coupon == 0 or maturity.day <= 28):
        assert float(yields.rate[0]) == pytest.approx(coupon / 1000, abs=1e-9)


def test_extreme_lots_never_give_a_wrong_number() -> None:
    """Whatever is bought for whatever: the price at the yield is the cost, or there is no yield."""
    chance = np.random.default_rng(5)
    count = 20_000
    bonds = Bonds(
        maturity=np.datetime64("2012-01-02") + chance.integers(0, 36_000, count),
        coupon=chance.choice([0.0, 0.001, 0.05, 0.3, 3.0], count),
        frequency=chance.choice([1, 2, 4, 12], count),
        day_count=chance.integers(0, 4, count),
    )
    par = chance.choice([1, 100, MILLION, 10**13], count)
    cost = np.rint(par * 10.0 ** chance.uniform(-6, 3, count)).astype(np.int64)
    lots = Lots(par=par, cost=cost, settled="2012-01-01", between=Between.COMPOUND)
    yields = effective_yields(bonds, lots)
    solved = yields.solved
    assert solved.mean() > 0.5
    assert set(yields.outcome.tolist()) <= {
        Outcome.SOLVED, Outcome.OUT_OF_RANGE, Outcome.NO_PRICE
    }  # fmt: skip
    back = book_values(bonds, lots, yields, "2012-01-01")
    assert (np.abs(back - cost)[solved] <= 1 + cost[solved] * 1e-11).all()


def test_a_call_inside_a_period_is_worth_the_same_with_every_payment_listed() -> None:
    """Ends on any day, the last day of a year among them, with what has accrued by then."""
    chance = np.random.default_rng(11)
    count = 3_000
    maturity = np.datetime64("2020-01-01") + chance.integers(0, 4_000, count)
    year_ends = (chance.integers(2015, 2019, count) - 1969).astype("datetime64[Y]").astype("M8[D]")
    end = np.where(
        chance.random(count) < 0.5, year_ends - 1, maturity - chance.integers(1, 1_500, count)
    )
    level = Bonds(
        maturity=maturity,
        coupon=chance.integers(1, 80, count) / 1000,
        frequency=chance.choice([1, 2, 4, 12], count),
        day_count=chance.integers(0, 4, count),
        end=end,
        price=chance.choice([1.0, 1.02], count),
    )
    nothing = Schedule(starts=np.arange(count + 1), days=_coupons(level), values=np.zeros(count))
    listed = replace(level, sinking=nothing)
    lots = Lots(
        par=np.full(count, MILLION),
        cost=np.rint(MILLION * chance.uniform(0.95, 1.1, count)).astype(np.int64),
        settled="2012-02-29",
    )
    one, other = effective_yields(level, lots), effective_yields(listed, lots)
    assert one.solved.all()
    assert np.abs(one.rate - other.rate).max() < 1e-11
    for between in Between:
        some = replace(lots, between=between)
        for at in ("2013-06-30", "2014-12-31"):
            apart = book_values(level, some, one, at) - book_values(listed, some, other, at)
            assert not apart.any()


def _coupons(bonds: Bonds) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """A coupon date of each bond, on which nothing is repaid: that makes the list."""
    cycle = cycle_of(bonds)
    return cycle.date(np.ones(len(cycle.maturity), dtype=np.int64))
