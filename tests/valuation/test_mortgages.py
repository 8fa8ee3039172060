"""Mortgage loans by hand.

1,000,000 at 12 %, so 1 % a month, over two months: the level payment p is worth 1,000,000 at 1 %,
p = 1,000,000 / (1/1.01 + 1/1.0201) = 507,512.4378; 497,512.44 of it is principal in the first month and
502,487.56 in the second.
"""

import numpy as np
import pytest

from jurat.records import Records
from jurat.valuation.mortgages import Loans, loans_rolled
from jurat.valuation.rolls import Roll
from jurat.valuation.years import year_end
from tests.valuation.made import Row, day, records, whole


def loan(**more: str) -> Row:
    return {
        "loan": "M",
        "account": "A",
        "property": "farm",
        "funded": "2011-11-30",
        "rate": "12",
        "maturity": "2012-01-30",
        "principal": "1000000",
        "cost": "1000000",
        **more,
    }


def paid(number: int, on: str, kind: str, amount: str, **more: str) -> Row:
    name = f"P{number}"
    return {"payment": name, "loan": "M", "date": on, "kind": kind, "amount": amount, **more}


def held(*payments: Row, **more: str) -> Records:
    return records(mortgages=[loan(**more)], loan_payments=[*payments])


def rolled(of: Records, year: int) -> Roll:
    return loans_rolled(of, (year_end(year - 1), year_end(year)))


FIRST = paid(1, "2011-12-30", "principal", "497512.44")
LAST = paid(2, "2012-01-30", "principal", "502487.56")


# -- terms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("funded", "maturity", "months"),
    [
        ("2011-11-30", "2012-01-30", 2),
        ("2011-11-30", "2012-01-29", 1),  # a whole month only
        ("2011-12-31", "2012-02-29", 2),  # to the last of February
        ("2012-01-15", "2012-01-20", 1),  # one at least
        ("2002-01-15", "2032-01-15", 360),
    ],
)
def test_there_is_a_payment_for_each_whole_month(funded: str, maturity: str, months: int) -> None:
    assert Loans(records=held(funded=funded, maturity=maturity)).months.tolist() == [months]


def test_principal_by_plan_is_that_of_level_payments() -> None:
    plan = Loans(records=held())._plan()
    assert plan.values.tolist() == pytest.approx([0.49751244])  # the last payment is the rest
    assert plan.days.tolist() == [day("2011-12-30")]


def test_a_loan_without_interest_repays_evenly() -> None:
    plan = Loans(records=held(rate="0", maturity="2012-03-30"))._plan()
    assert plan.values.tolist() == pytest.approx([0.25, 0.25, 0.25])


def test_a_loan_at_par_is_worth_its_principal_on_any_day() -> None:
    loans = Loans(records=held(FIRST, LAST))
    days = ("2011-11-30", "2011-12-15", "2011-12-30", "2012-01-15")
    assert [loans.prices(whole(day(one)))[0] for one in days] == pytest.approx([1, 1, 1, 1])


def test_interest_is_due_for_the_thirtieths_of_the_month_that_runs() -> None:
    loans = Loans(records=held())
    # from 30 December to 31 December are no thirtieths; to 14 January, 14 of them: 1 % x 14/30
    assert loans.interest_due(whole(100_000_000), day("2011-12-31")).tolist() == [0]
    assert loans.interest_due(whole(100_000_000), day("2012-01-14")).tolist() == [466_667]


# -- a loan at a discount -------------------------------------------------------------------------


def cheap(*payments: Row) -> Records:
    """The same loan for what its payments are worth at 2 % a month.

    507,512.4378 / 1.02 + 507,512.4378 / 1.0404 = 497,561.2135 + 487,805.1113 = 985,366.32.
    """
    return held(*payments, cost="985366.32")


def test_a_discount_is_earned_by_the_yield_and_paid_principal_leaves_at_par() -> None:
    found = rolled(cheap(FIRST, LAST), 2011)
    stays, went = found.take(np.flatnonzero(~found.left)), found.take(np.flatnonzero(found.left))
    # 507,512.4378 is due in a month: / 1.02 is 497,561.2135; and a 31st is the 30th
    assert stays.closing.tolist() == [49_756_121]
    assert went.consideration.tolist() == [49_751_244]
    assert went.gain.tolist() == [0]
    # 2 % of 985,366.32 is 19,707.33 in all, of which 10,000.00 is the loan's own interest
    assert (stays.accretion + went.accretion).sum() == 1_970_733 - 1_000_000
    assert (stays.cost + went.cost).sum() == 98_536_632
    assert found.bought.all()


def test_the_last_payment_leaves_nothing() -> None:
    found = rolled(cheap(FIRST, LAST), 2012)
    assert found.left.tolist() == [True]
    assert found.opening.tolist() == [49_756_121]
    assert found.accretion.tolist() == [50_248_756 - 49_756_121]
    assert found.closing.tolist() == [0]
    assert len(rolled(cheap(FIRST, LAST), 2013)) == 0


# -- entries --------------------------------------------------------------------------------------

LONG = {"maturity": "2031-11-30"}


def test_an_allowance_is_unrealized_and_stays_until_the_loan_is_sold() -> None:
    allowed = paid(1, "2011-12-31", "allowance", "-50000")
    sold = paid(2, "2012-12-31", "sale", "980000", accrued="123.45")
    of = held(allowed, sold, **LONG)
    first, second = rolled(of, 2011), rolled(of, 2012)
    assert first.unrealized.tolist() == [-5_000_000]
    assert first.closing.tolist() == [95_000_000]
    # nobody paid: it is carried at its principal, the allowance is given back, and 20,000 are lost
    assert second.opening.tolist() == [95_000_000]
    assert second.unrealized.tolist() == [5_000_000]
    assert second.gain.tolist() == [-2_000_000]
    assert second.income.tolist() == [12_345]
    assert len(rolled(of, 2013)) == 0


def test_a_write_down_is_impairment_and_makes_a_new_yield() -> None:
    down = paid(1, "2011-12-30", "write_down", "200000")
    of = held(down, **LONG)
    found = rolled(of, 2011)
    assert found.impairment.tolist() == [20_000_000]
    assert found.closing.tolist() == [80_000_000]
    before, after = (
        float(Loans(records=of).spells.rates(whole(0), whole(day(on)))[0])
        for on in ("2011-12-15", "2011-12-30")
    )
    assert before == pytest.approx(0.12)
    assert after > 0.15


def test_additions_and_capitalized_interest_are_carried_as_they_come() -> None:
    more = paid(1, "2012-06-30", "additional", "10000"), paid(2, "2012-12-31", "capitalized", "500")
    found = rolled(held(*more, **LONG), 2012)
    assert found.additional.tolist() == [1_000_000]
    assert found.capitalized.tolist() == [50_000]
    assert found.closing.tolist() == [101_050_000]
    assert found.accretion.tolist() == [0]


def test_interest_received_stays_with_what_stays() -> None:
    received = paid(3, "2011-12-30", "interest", "10000")
    found = rolled(held(FIRST, LAST, received), 2011)
    assert found.income[~found.left].tolist() == [1_000_000]
    assert found.income[found.left].tolist() == [0]
    # gone in January, with its last interest
    last = paid(4, "2012-01-30", "interest", "5024.88")
    found = rolled(held(FIRST, LAST, received, last), 2012)
    assert found.income.tolist() == [502_488]


def test_a_loan_made_next_year_is_none_of_this_year() -> None:
    assert len(rolled(held(**LONG), 2010)) == 0
    assert len(rolled(held(**LONG), 2011)) == 1


def test_entries_of_the_year_after_do_not_count() -> None:
    late = paid(1, "2012-01-01", "write_down", "200000")
    assert rolled(held(late, **LONG), 2011).closing.tolist() == [100_000_000]
