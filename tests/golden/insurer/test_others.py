"""Loans, property, holdings and contracts, against arithmetic that fits in a comment."""

from decimal import Decimal

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.assets import Asset, Entry
from jurat.golden.insurer.contract import Contract
from jurat.golden.insurer.contracts import contract_answers
from jurat.golden.insurer.days import ONE, day
from jurat.golden.insurer.estate import property_answers
from jurat.golden.insurer.holdings import holding_answers
from jurat.golden.insurer.loan_answers import Loan, LoanEvent, loan_answers
from jurat.golden.insurer.markets import ACCOUNTS, Market

MARKET = Market(seed=0, first=2012, rates={})
GENERAL = ACCOUNTS[0]


def entry(at: int, kind: str, amount: int) -> Entry:
    return Entry(name=f"E-{kind}", day=at, kind=kind, amount=amount)


def columns(answers: Answers, page: str) -> dict[str, int]:
    return next(row.columns for row in answers.rows if row.page == page)


def loan(cost: int) -> Loan:
    """A hundred thousand at 6 % over twelve months: 8,606.64 a month."""
    return Loan(
        name="M1", account=GENERAL, funded=day(2012, 6, 28), months=12, rate=Decimal("0.06"),
        principal=100_000_00, cost=cost, accrued=0, kind="commercial_other", land=0,
    )  # fmt: skip


def test_a_loan_bought_below_its_principal_is_priced_by_what_is_still_due() -> None:
    # Worth 99,000 at 0.65717736 % a month. After six payments 50,472.59 is still worth what is due;
    # before the seventh, 42,197.64 and 8,352.90 of principal, 50,550.54. At 31 December, three
    # thirtieths on: 50,480.39 where 50,748.08 is owed by plan, 99.472510 %; nothing was paid.
    answers = loan_answers(MARKET, loan(99_000_00), [], ())
    assert columns(answers, "schedule_b_part1")["8"] == 99_472_51
    assert columns(answers, "schedule_b_part2")["7"] == 99_000_00


def test_principal_paid_leaves_at_par_and_its_discount_is_income() -> None:
    paid = LoanEvent(name="P1", day=day(2012, 7, 28), kind="principal", amount=8_106_64)
    answers = loan_answers(MARKET, loan(99_000_00), [paid], ())
    gone = columns(answers, "schedule_b_part3")
    # Its cost was 1 % below: 8,025.57. It goes at 8,106.64: accretion 81.07, no gain.
    assert (gone["14"], gone["15"], gone["18"], gone["9"]) == (8_106_64, 8_106_64, 0, 81_07)


def test_an_allowance_is_unrealized_and_a_sale_gives_it_back() -> None:
    trouble = [
        LoanEvent(name="P1", day=day(2012, 9, 1), kind="allowance", amount=-20_000_00),
        LoanEvent(name="P2", day=day(2012, 11, 28), kind="sale", amount=75_000_00),
    ]
    late = ((day(2012, 8, 1), "overdue"),)
    held = columns(loan_answers(MARKET, loan(100_000_00), trouble[:1], late), "schedule_b_part1")
    assert (held["8"], held["9"]) == (80_000_00, -20_000_00)
    sold = loan_answers(MARKET, loan(100_000_00), trouble, late)
    gone = columns(sold, "schedule_b_part3")
    assert (gone["8"], gone["14"], gone["18"]) == (0, 100_000_00, -25_000_00)
    assert [(gain.reserve, gain.reason) for gain in sold.gains] == [("avr", "loan overdue")]


def test_a_loan_at_par_stays_at_par_and_grows_by_what_is_added() -> None:
    grown = [
        LoanEvent(name="P1", day=day(2012, 12, 30), kind="additional", amount=5_000_00),
        LoanEvent(name="P2", day=day(2012, 12, 30), kind="capitalized", amount=600_00),
    ]
    held = columns(loan_answers(MARKET, loan(100_000_00), grown, ()), "schedule_b_part1")
    assert (held["8"], held["10"], held["12"]) == (105_600_00, 0, 600_00)
    assert loan(100_000_00).owed(0) == ONE


def estate(*entries: Entry) -> dict[str, Answers]:
    asset = Asset(name="R1", account=GENERAL, acquired=day(2010, 1, 1), cost=1_000_000_00,
                  encumbrances=200_000_00, entries=entries)  # fmt: skip
    return {"answers": property_answers(MARKET, asset)}


def test_a_property_is_cost_and_additions_less_depreciation_and_encumbrances() -> None:
    # 1,000,000 - 200,000 + 30,000 - 25,000 + 10,000 paid off the encumbrance = 815,000.
    entries = (entry(day(2012, 3, 1), "addition", 30_000_00),
               entry(day(2012, 4, 1), "encumbrance", -10_000_00),
               entry(day(2012, 12, 31), "depreciation", 25_000_00))  # fmt: skip
    held = columns(estate(*entries)["answers"], "schedule_a_part1")
    assert (held["8"], held["9"], held["13"], held["14"]) == (
        190_000_00, 815_000_00, 10_000_00, -15_000_00,
    )  # fmt: skip
    sold = estate(*entries[:2], entry(day(2012, 6, 30), "sale", 900_000_00))["answers"]
    gone = columns(sold, "schedule_a_part3")
    assert (gone["14"], gone["18"]) == (840_000_00, 60_000_00)


def test_a_holding_that_is_sold_gives_back_what_was_unrealized() -> None:
    # 500,000, 60,000 unrealized by the opening; sold for 530,000: 60,000 back, a gain of 30,000.
    asset = Asset(
        name="O1", account=GENERAL, acquired=day(2010, 1, 1), cost=500_000_00,
        entries=(entry(day(2011, 12, 31), "unrealized", 60_000_00),
                 entry(day(2012, 5, 1), "sale", 530_000_00)),
    )  # fmt: skip
    gone = columns(holding_answers(MARKET, asset), "schedule_ba_part3")
    assert (gone["8"], gone["9"], gone["15"], gone["19"]) == (
        560_000_00, -60_000_00, 500_000_00, 30_000_00,
    )  # fmt: skip


def contract(*entries: Entry, kind: str = "option", is_hedge: bool = False) -> Answers:
    made = Contract(name="X1", account=GENERAL, type=kind, traded=day(2011, 3, 1),
                    matures=day(2015, 3, 1), is_hedge=is_hedge, exchange_traded=False, quality=1,
                    exposure=0, entries=entries)  # fmt: skip
    return contract_answers(MARKET, made)


PREMIUM = entry(day(2011, 3, 1), "premium", 10_000_00)


def test_an_option_goes_by_its_value_and_its_end_reverses_what_was_unrealized() -> None:
    # Premium 10,000; 13,000 at the opening, 9,000 now. Or ended for 12,000: -3,000, a gain of 2,000.
    before = entry(day(2011, 12, 31), "valuation", 13_000_00)
    held = columns(contract(PREMIUM, before, entry(day(2012, 12, 31), "valuation", 9_000_00)),
                   "schedule_db_part_a_section1")  # fmt: skip
    assert (held["14"], held["17"]) == (9_000_00, -4_000_00)
    ended = contract(PREMIUM, before, entry(day(2012, 6, 1), "settlement", 12_000_00))
    gone = columns(ended, "schedule_db_part_a_section2")
    assert (gone["19"], gone["17"], gone["22"]) == (-3_000_00, 10_000_00, 2_000_00)
    assert ended.gains[0].reserve == "avr"


def test_a_hedge_is_carried_at_premium_less_amortization() -> None:
    cap = contract(PREMIUM, entry(day(2012, 12, 31), "amortization", 2_500_00),
                   entry(day(2012, 12, 31), "valuation", 99_00), kind="cap", is_hedge=True)  # fmt: skip
    held = columns(cap, "schedule_db_part_a_section1")
    assert (held["14"], held["16"], held["17"], held["19"]) == (7_500_00, 99_00, 0, -2_500_00)


def test_margin_is_unrealized_while_a_future_is_open_and_realized_when_it_ends() -> None:
    margins = (
        entry(day(2011, 12, 31), "margin", 500_00),
        entry(day(2012, 6, 1), "margin", -200_00),
    )
    ended = contract(*margins, entry(day(2012, 6, 1), "settlement", 0), kind="future")
    assert columns(ended, "schedule_db_part_b_section2")["16"] == 300_00
    assert ended.cells[2012, "capital_gains", "7", "1"] == 300_00
    assert ended.cells[2012, "capital_gains", "7", "4"] == -500_00
