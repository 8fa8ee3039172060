"""Property, other invested assets, contracts and cash, rolled forward by hand."""

import numpy as np
import pytest

from jurat.records import Records
from jurat.valuation.cash import depositories_of
from jurat.valuation.derivatives import Contracts, contracts_rolled
from jurat.valuation.other_assets import other_invested_rolled, real_estate_rolled
from jurat.valuation.rolls import EVER, NEVER, Entries, Roll, roll_of
from jurat.valuation.years import year_end
from tests.records_made import Rows
from tests.valuation.made import Row, day, records, whole


def ends(year: int) -> tuple[int, int]:
    return year_end(year - 1), year_end(year)


# -- entries --------------------------------------------------------------------------------------


def entries() -> Entries:
    rows = [
        ("P", "2011-06-30", "addition", "10"),
        ("P", "2012-06-30", "addition", "20"),
        ("P", "2012-07-01", "depreciation", "3"),
        ("Q", "2012-06-30", "addition", "40"),
        ("P", "2012-06-30", "appraisal", "500"),
        ("P", "2011-06-30", "appraisal", "400"),
    ]
    return Entries.of(
        records(
            real_estate=[{"property": "P", "acquired": "2011-01-01"}, {"property": "Q"}, {"property": "R"}],
            real_estate_activity=[
                {"entry": f"{n}", "property": p, "date": d, "kind": k, "amount": a}
                for n, (p, d, k, a) in enumerate(rows)
            ],
        ),
        "real_estate_activity",
        "real_estate",
        "property",
    )  # fmt: skip


def test_entries_of_a_year_are_those_after_its_beginning_through_its_end() -> None:
    found = entries()
    assert found.total("addition", after=EVER, upto=NEVER).tolist() == [3_000, 4_000, 0]
    assert found.total("addition", after=day("2011-06-30"), upto=day("2012-06-30")).tolist() == [
        *(2_000, 4_000, 0)
    ]
    until = whole(day("2012-06-29"), day("2012-12-31"), NEVER)  # a day for each
    assert found.total("addition", after=EVER, upto=until).tolist() == [1_000, 4_000, 0]


def test_a_balance_adds_some_kinds_and_takes_others() -> None:
    found = entries()
    days = whole(day("2011-01-01"), day("2012-06-30"), day("2012-07-01"))
    got = found.balance(whole(0, 0, 0), days, ("addition",), ("depreciation",))
    assert got.tolist() == [0, 3_000, 2_700]


def test_the_last_appraisal_is_by_day_and_not_by_row() -> None:
    value, known = entries().last("appraisal", NEVER)
    assert (value.tolist(), known.tolist()) == ([50_000, 0, 0], [True, False, False])


def test_a_roll_that_does_not_foot_is_refused() -> None:
    with pytest.raises(AssertionError, match="does not roll forward"):
        roll_of(whole(0), opening=whole(1))
    assert roll_of(whole(0), opening=whole(1), closing=whole(1)).unexplained.tolist() == [0]


# -- property -------------------------------------------------------------------------------------


def property_(*activity: tuple[str, str, str], **more: str) -> Records:
    own = {"property": "P", "account": "A", "acquired": "2011-03-31", "cost": "1000000", **more}
    return records(
        real_estate=[own],
        real_estate_activity=[
            {"entry": f"{n}", "property": "P", "date": on, "kind": kind, "amount": amount}
            for n, (on, kind, amount) in enumerate(activity)
        ],
    )


def estate(of: Records, year: int) -> Roll:
    return real_estate_rolled(of, ends(year))


USED = (
    ("2011-12-31", "depreciation", "30000"),
    ("2012-03-31", "addition", "50000"),
    ("2012-06-30", "impairment", "100000"),
    ("2012-12-31", "depreciation", "40000"),
    ("2012-12-31", "appraisal", "1234567.89"),
    ("2012-12-31", "income", "80000"),
    ("2012-12-31", "expense", "21000"),
)


def test_property_is_cost_less_depreciation_and_encumbrances() -> None:
    of = property_(*USED, encumbrances="200000")
    first, second = estate(of, 2011), estate(of, 2012)
    # 1,000,000 - 200,000 taken over - 30,000
    assert first.closing.tolist() == [77_000_000]
    assert (first.opening.tolist(), first.encumbrance.tolist()) == ([0], [-20_000_000])
    # 770,000 + 50,000 - 100,000 - 40,000
    assert second.opening.tolist() == [77_000_000]
    assert second.closing.tolist() == [68_000_000]
    assert second.encumbrance.tolist() == [0]
    assert (second.income.tolist(), second.expense.tolist()) == ([8_000_000], [2_100_000])
    assert second.fair_value.tolist() == [123_456_789]


def test_a_sale_closes_a_property_with_what_it_brought() -> None:
    sold = ("2012-07-31", "sale", "900000")
    late = ("2012-08-31", "depreciation", "999")  # after the sale: of nothing
    found = estate(property_(*USED[:3], sold, late), 2012)
    # 970,000 + 50,000 - 100,000 = 920,000
    assert found.book_at_disposal.tolist() == [92_000_000]
    assert found.gain.tolist() == [-2_000_000]
    assert found.closing.tolist() == [0]
    assert found.left.tolist() == [True]
    assert len(estate(property_(*USED[:3], sold), 2013)) == 0


def test_a_new_mortgage_on_a_property_lowers_its_value_and_a_payment_raises_it() -> None:
    owing = ("2012-01-31", "encumbrance", "300000"), ("2012-12-31", "encumbrance", "-20000")
    found = estate(property_(*owing), 2012)
    assert found.encumbrance.tolist() == [-28_000_000]
    assert found.closing.tolist() == [72_000_000]


# -- Schedule BA ----------------------------------------------------------------------------------


def holding(*activity: tuple[str, str, str]) -> Records:
    own = {"holding": "H", "account": "A", "acquired": "2011-03-31", "cost": "1000000"}
    return records(
        other_invested=[own],
        other_invested_activity=[
            {"entry": f"{n}", "holding": "H", "date": on, "kind": kind, "amount": amount}
            for n, (on, kind, amount) in enumerate(activity)
        ],
    )


KEPT = (
    ("2011-12-31", "unrealized", "50000"),
    ("2012-06-30", "unrealized", "-20000"),
    ("2012-06-30", "addition", "5000"),
    ("2012-06-30", "amortization", "700"),
    ("2012-06-30", "capitalized", "60"),
    ("2012-06-30", "exchange", "-8"),
)


def test_a_holding_is_what_every_entry_left_of_it() -> None:
    found = other_invested_rolled(holding(*KEPT), ends(2012))
    assert found.opening.tolist() == [105_000_000]
    # 1,050,000 - 20,000 + 5,000 + 700 + 60 - 8
    assert found.closing.tolist() == [103_575_200]
    assert found.accretion.tolist() == [70_000]


def test_a_holding_that_is_sold_gives_the_unrealized_of_earlier_years_back() -> None:
    sold = ("2012-09-30", "sale", "1100000")
    found = other_invested_rolled(holding(*KEPT, sold), ends(2012))
    # -50,000, and this year's -20,000 does not count: 1,005,752 of cost are sold
    assert found.unrealized.tolist() == [-5_000_000]
    assert found.book_at_disposal.tolist() == [100_575_200]
    assert found.gain.tolist() == [110_000_000 - 100_575_200]


# -- contracts ------------------------------------------------------------------------------------


def contract(*activity: tuple[str, str, str], **more: str) -> Records:
    own: Row = {
        "contract": "X",
        "account": "A",
        "type": "option",
        "accounting": "fair",
        "traded": "2011-06-30",
        **more,
    }
    return records(
        derivatives=[own],
        derivative_activity=[
            {"entry": f"{n}", "contract": "X", "date": on, "kind": kind, "amount": amount}
            for n, (on, kind, amount) in enumerate(activity)
        ],
    )


def contracts(of: Records, year: int) -> Contracts:
    return contracts_rolled(of, ends(year))


OPTION = (
    ("2011-06-30", "premium", "100000"),
    ("2011-12-31", "valuation", "130000"),
    ("2012-12-31", "valuation", "90000"),
)


def test_a_contract_at_fair_value_is_carried_at_its_last_valuation() -> None:
    first, second = contracts(contract(*OPTION), 2011), contracts(contract(*OPTION), 2012)
    assert (first.premium.tolist(), first.unrealized.tolist()) == ([10_000_000], [3_000_000])
    assert second.opening.tolist() == [13_000_000]
    assert (second.closing.tolist(), second.unrealized.tolist()) == ([9_000_000], [-4_000_000])


def test_without_a_valuation_a_contract_is_carried_at_its_premium() -> None:
    found = contracts(contract(OPTION[0]), 2012)
    assert (found.opening.tolist(), found.closing.tolist()) == ([10_000_000], [10_000_000])


def test_a_hedge_is_carried_at_premium_less_amortization() -> None:
    worn = ("2012-12-31", "amortization", "5000"), ("2012-12-31", "adjustment", "-700")
    found = contracts(contract(*OPTION, *worn, accounting="hedge"), 2012)
    assert found.opening.tolist() == [10_000_000]
    assert found.closing.tolist() == [9_430_000]
    assert (found.amortization.tolist(), found.unrealized.tolist()) == ([-500_000], [0])
    assert found.fair_value.tolist() == [9_000_000]


def test_a_settlement_reverses_the_unrealized_and_gains_over_the_premium() -> None:
    settled = ("2012-06-30", "settlement", "145000")
    found = contracts(contract(*OPTION[:2], settled), 2012)
    assert found.unrealized.tolist() == [-3_000_000]
    assert found.gain.tolist() == [4_500_000]
    assert found.closing.tolist() == [0]
    assert len(contracts(contract(*OPTION[:2], settled), 2013).owner) == 0


def test_a_contract_that_is_a_liability_is_less_than_nought() -> None:
    written = ("2011-06-30", "premium", "-40000"), ("2011-12-31", "valuation", "-55000")
    found = contracts(contract(*written), 2011)
    assert (found.closing.tolist(), found.unrealized.tolist()) == ([-5_500_000], [-1_500_000])


def test_the_margin_of_a_future_is_kept_by_itself() -> None:
    margin = ("2011-12-31", "margin", "700"), ("2012-12-31", "margin", "-200")
    found = contracts(contract(*margin, type="future"), 2012)
    assert (found.margin_before.tolist(), found.margin.tolist()) == ([70_000], [50_000])
    assert (found.opening.tolist(), found.closing.tolist()) == ([0], [0])
    ended = contracts(contract(*margin, ("2012-12-31", "settlement", "0"), type="future"), 2012)
    assert (ended.left.tolist(), ended.margin.tolist(), ended.gain.tolist()) == ([True], [50_000], [0])  # fmt: skip


# -- cash -----------------------------------------------------------------------------------------


def balances(rows: list[tuple[str, str, str]], bank: str = "First") -> Rows:
    return [
        {"account": "A", "depository": bank, "date": on, "balance": balance, "received": "1.5", "accrued": due}
        for on, balance, due in rows
    ]  # fmt: skip


def test_cash_is_its_last_balance_and_the_interest_of_all_months() -> None:
    rows = [("2011-12-31", "10", "3"), ("2012-01-31", "20", "4"), ("2012-12-31", "-30.01", "5")]
    found = depositories_of(records(cash=balances(rows)), ends(2012))
    assert found.balance.tolist() == [-3_001]
    assert found.received.tolist() == [300]  # of two months; last December's is last year's
    assert (found.due_opening.tolist(), found.due_closing.tolist()) == ([300], [500])
    assert np.flatnonzero(found.months[0]).tolist() == [0, 11]
    assert found.months[0, [0, 11]].tolist() == [2_000, -3_001]


def test_each_account_and_bank_stands_by_itself() -> None:
    first, second = balances([("2012-12-31", "10", "0")]), balances([("2012-12-31", "7", "0")], "B")
    third = [{**second[0], "account": "F"}]
    found = depositories_of(records(cash=[*first, *second, *third]), ends(2012))
    assert sorted(found.balance.tolist()) == [700, 700, 1_000]
    assert sorted(found.account.tolist()) == [0, 0, 1]


def test_a_bank_that_was_closed_in_the_year_has_no_balance_and_its_interest() -> None:
    rows = [("2011-12-31", "10", "3"), ("2012-03-31", "0", "0")]
    found = depositories_of(records(cash=balances(rows)), ends(2012))
    assert (found.balance.tolist(), found.received.tolist()) == ([0], [150])
    assert len(depositories_of(records(cash=balances(rows)), ends(2013)).row) == 0
