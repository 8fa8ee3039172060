"""Book prices of one bond of each kind, against arithmetic that fits in a comment."""

from decimal import Decimal

import pytest

from jurat.golden.insurer.bonds import Bond, Call, WriteDown, spells
from jurat.golden.insurer.days import day, schedule
from jurat.golden.insurer.rounding import DrawAgain

BOUGHT, ENDS = day(2010, 6, 30), day(2013, 6, 30)


def bond(coupon: str, *, often: int = 1, end: int = ENDS, **terms: object) -> Bond:
    plan = schedule(end, often, "30/360")
    return Bond(schedule=plan, coupon=Decimal(coupon), **terms)  # type: ignore[arg-type]


def price(of: Bond, cost: str, at: int, *downs: WriteDown) -> float:
    found = spells(of, Decimal(cost), BOUGHT, downs, at)
    return round(float(found[-1].at(at)) * 100, 6)


def test_a_level_bond_earns_its_yield_and_runs_straight_between_coupons() -> None:
    # 6 % twice a year, a year to go, 98.113905: 3 and 103 are worth that at 4 % a half-year.
    # In May 103 / 1.04 = 99.038462; 46 of 180 days on, 98.113905 + 46/180 x 0.924557 = 98.350181.
    note = bond("0.06", often=2, end=day(2013, 11, 15))
    [only] = spells(note, Decimal("0.98113905"), day(2012, 11, 15), (), day(2013, 1, 1))
    assert round(float(1 / only.v), 8) == 1.04
    assert round(float(only.at(day(2013, 5, 15))) * 100, 5) == 99.03846
    assert round(float(only.at(day(2012, 12, 31))) * 100, 5) == 98.35018


def test_a_zero_grows_at_its_yield_and_straight_within_its_period() -> None:
    # 82.27 for 100 in four years: 1.05000079 a year. After one 86.383565, half-way there 84.326782.
    zero = bond("0", end=day(2014, 6, 30))
    assert price(zero, "0.8227", day(2011, 6, 30)) == 86.383565
    assert price(zero, "0.8227", day(2010, 12, 30)) == 84.326782


def test_a_step_belongs_to_the_payments() -> None:
    # 4 v + 106 v^2 = 100.5: v = 0.955025913; after a year 106 v = 101.232747.
    step = bond("0.04", end=day(2012, 6, 30), steps=((day(2011, 6, 30), Decimal("0.06")),))
    assert price(step, "1.005", day(2011, 6, 30)) == 101.232747


def test_what_a_sinking_fund_has_left_is_priced_for_each_unit_still_owed() -> None:
    # 6 % twice a year, half repaid at once: 53 v + 51.5 v^2 = 98, v = 0.957743863.
    # After it 51.5 v = 49.323809 stands for 50 of par: 98.647618.
    fund = bond("0.06", often=2, end=day(2011, 6, 30),
                repayments=((day(2010, 12, 30), Decimal("0.5")),))  # fmt: skip
    assert price(fund, "0.98", day(2010, 12, 30)) == 98.647618


def test_a_premium_goes_to_the_call_of_the_lowest_yield_and_is_found_again_when_that_passes() -> (
    None
):
    # 5 % at 104: to the call at 102 in a year 107 / 104 - 1 = 2.88 %, to maturity 3.57 %.
    # So 102 in a year; uncalled, from 102 to 100 over two: 5 v + 105 v^2 = 102, v = 0.962089,
    # and 105 v = 101.019322 a year on.
    callable_bond = bond("0.05", calls=(Call(day=day(2011, 6, 30), price=Decimal("1.02")),))
    assert price(callable_bond, "1.04", day(2010, 12, 30)) == 103.0
    assert price(callable_bond, "1.04", day(2011, 6, 30)) == 102.0
    assert price(callable_bond, "1.04", day(2012, 6, 30)) == 101.019322


def test_a_make_whole_call_does_not_count() -> None:
    terms = bond("0.05")
    whole = bond("0.05", calls=(Call(day=day(2011, 6, 30), price=Decimal(1), make_whole=True),))
    assert price(whole, "1.04", day(2011, 6, 30)) == price(terms, "1.04", day(2011, 6, 30))


def test_a_call_open_when_bought_takes_the_price_down_at_once() -> None:
    is_open = bond("0.05", calls=(Call(day=day(2010, 1, 1), price=Decimal("1.01"), any_day=True),))
    assert price(is_open, "1.04", BOUGHT) == 101.0


def test_a_floater_bought_at_par_stays_at_par_whatever_its_rate_becomes() -> None:
    resets = ((day(2011, 6, 30), Decimal("0.02")), (day(2012, 6, 30), Decimal("0.07")))
    assert price(bond("0.04", resets=resets), "1", day(2012, 12, 31)) == 100.0


def test_a_floater_at_a_discount_is_solved_again_at_its_reset() -> None:
    # 4 % at 98: 4 v + 4 v^2 + 104 v^3 = 98 gives 4.7307 % and 98.6361 after a year. Now at 6 %:
    # 6 v + 106 v^2 = 98.6361 gives 6.7518 % and 106 v = 99.29578 after the second.
    floater = bond("0.04", resets=((day(2011, 6, 30), Decimal("0.06")),))
    assert price(floater, "0.98", day(2011, 6, 30)) == 98.6361
    assert price(floater, "0.98", day(2012, 6, 30)) == 99.29578


@pytest.mark.parametrize(
    ("retrospective", "expected"),
    [
        # 5 % at 97: 6.1249 %, 97.941177 after a year. Then half is expected back in the second.
        (False, 97.941177),  # prospective: the value stays
        # from the purchase: 5 v + 55 v^2 + 52.5 v^3 = 97, 6.3390 %; 55 v + 52.5 v^2 = 98.148801
        (True, 98.148801),
    ],
)
def test_a_new_estimate_changes_the_yield_or_the_value(
    *, retrospective: bool, expected: float
) -> None:
    made = day(2011, 6, 30)
    ahead = ((day(2012, 6, 30), Decimal("0.5")),)
    backed = bond("0.05", estimates=((made, ahead),), retrospective=retrospective)
    assert price(backed, "0.97", made) == expected
    assert price(backed, "0.97", made - 1) < 97.95


def test_a_write_down_begins_a_new_yield_from_what_is_left() -> None:
    # At par, 6 %, two years; 10 off after the first: 106 / 90 - 1 = 17.78 %, back to 100 at the end;
    # half-way 95.
    par = bond("0.06", end=day(2012, 6, 30))
    down = WriteDown(day=day(2011, 6, 30), amount=10_000, par=100_000)
    assert price(par, "1", day(2011, 6, 30), down) == 90.0
    assert price(par, "1", day(2011, 12, 30), down) == 95.0


def test_interest_by_days_counts_days() -> None:
    # Act/360, 6 %, 1 July 2010 to 30 September: 91 days, 1.516667 %.
    plan = schedule(day(2013, 7, 1), 2, "Act/360")
    note = Bond(schedule=plan, coupon=Decimal("0.06"))
    assert round(float(note.accrued(day(2010, 9, 30))) * 100, 6) == 1.516667


def test_an_odd_first_coupon_accrues_from_its_dated_date() -> None:
    # Dated 1 March, first coupon 15 November: 14 + 180 + ... = 254 days of thirties.
    plan = schedule(day(2020, 5, 15), 2, "30/360", opening=(day(2012, 3, 1), day(2012, 11, 15)))
    assert plan.coupon(15) * 360 == 254
    assert plan.accrued(day(2012, 4, 1)) * 360 == 30


def test_two_ends_with_yields_too_near_each_other_are_drawn_again() -> None:
    # 5 % at 102, callable at the book value of that day and a million-millionth more.
    plain = spells(bond("0.05"), Decimal("1.02"), BOUGHT, (), BOUGHT)[0]
    value = plain.at(day(2011, 6, 30))
    twin = bond("0.05", calls=(Call(day=day(2011, 6, 30), price=value + Decimal("1e-12")),))
    with pytest.raises(DrawAgain):
        spells(twin, Decimal("1.02"), BOUGHT, (), BOUGHT)
