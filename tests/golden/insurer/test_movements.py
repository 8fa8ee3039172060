"""Movements of one lot of each kind, in cents, against arithmetic that fits in a comment."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jurat.golden.insurer.bonds import Bond, Call
from jurat.golden.insurer.days import day, schedule
from jurat.golden.insurer.markets import ACCOUNTS, Market
from jurat.golden.insurer.movements import Held, Movement
from jurat.golden.insurer.records import Lot, Rates, Receipt, Security, Trade
from jurat.golden.insurer.relief import received, relieved
from jurat.golden.insurer.security_answers import security_answers

GENERAL, FAIR = ACCOUNTS[0], ACCOUNTS[2]
RATES: Rates = {"EUR": ((day(2010, 1, 1), Decimal("1.20")), (day(2012, 1, 31), Decimal("1.30")),
                 (day(2012, 12, 31), Decimal("1.40")))}  # fmt: skip
MARKET = Market(seed=0, first=2012, rates=RATES)


def bond(name: str = "B", *, end: int = day(2014, 12, 31), **terms: object) -> Security:
    """5 % once a year on 31 December; 104 at the end of 2011, 95 at the end of 2012."""
    plan = Bond(schedule=schedule(end, 1, "30/360"), coupon=Decimal("0.05"))
    known: dict[str, object] = {"currency": "USD", "designations": ((day(2000, 1, 1), 1),)}
    return Security(
        name=name, kind="bond", issuer="industrial", exempt=False,
        **{"bond": plan, **known, **terms},  # type: ignore[arg-type]
        prices=((day(2011, 12, 31), Decimal(104)), (day(2012, 12, 31), Decimal(95))),
    )  # fmt: skip


def lot(security: Security, bought: int, cost: int) -> Lot:
    """A hundred thousand of par in the general account's own basis."""
    return Lot(
        name="L1",
        account=GENERAL,
        security=security,
        traded=bought,
        settled=bought,
        quantity=100_000_00,
        cost=cost,
    )


def trade(kind: str, of: Lot, at: int, amount: int, quantity: int | None = None) -> Trade:
    """Of a whole lot, unless a quantity is given."""
    return Trade(
        name="T1",
        kind=kind,
        lot=of.name,
        account=of.account,
        security=of.security,
        traded=at,
        settled=at,
        amount=amount,
        quantity=of.quantity if quantity is None else quantity,
    )


def held(lots: list[Lot], trades: list[Trade], receipts: list[Receipt] | None = None) -> list[Held]:
    events = relieved(lots, trades)
    income = received(lots, events, receipts or [], lambda amount, _currency, _at: amount)
    return [Held(each, events[each.name], income[each.name], RATES) for each in lots]


def year(of: Held, number: int = 2012) -> list[Movement]:
    return [of.movement(portion) for portion in of.portions(number)]


def test_a_discount_accretes_to_what_is_carried() -> None:
    # Bought at 31.12.2011 for 97,326.99: 6 % over three years. A year: 5,839.62 - 5,000 = 839.62.
    [move] = year(held([lot(bond(), day(2011, 12, 31), 97_326_99)], [])[0])
    assert (move.opening, move.accretion, move.closing) == (97_326_99, 839_62, 98_166_61)


def test_a_bond_of_a_fair_value_account_is_carried_at_its_price() -> None:
    # From 104,000 to 95,000; 839.62 of that is accretion: unrealized -9,839.62.
    [move] = year(held([replace(lot(bond(), day(2011, 12, 31), 97_326_99), account=FAIR)], [])[0])
    assert (move.opening, move.unrealized, move.closing) == (104_000_00, -9_839_62, 95_000_00)


def test_naic_6_is_carried_at_the_lower_and_only_once_it_is_6() -> None:
    # Cost 98,166.61 at the end against 95,000: -3,166.61; the year before it was NAIC 3, at cost.
    fallen = bond(designations=((day(2000, 1, 1), 3), (day(2012, 5, 1), 6)))
    [move] = year(held([lot(fallen, day(2011, 12, 31), 97_326_99)], [])[0])
    assert (move.opening, move.unrealized, move.closing) == (97_326_99, -3_166_61, 95_000_00)


def test_a_sale_of_a_part_takes_its_part_of_everything_and_the_parts_add() -> None:
    # A quarter sold half-way: (97,326.99 + 839.62 / 2) / 4 = 24,436.70; sold for 25,000.
    own = lot(bond(), day(2011, 12, 31), 97_326_99)
    gone, stays = year(held([own], [trade("sale", own, day(2012, 6, 30), 25_000_00,
                                          25_000_00)])[0])  # fmt: skip
    assert (gone.opening, gone.accretion, gone.gain) == (24_331_75, 104_95, 563_30)
    assert gone.opening + stays.opening == 97_326_99
    assert stays.closing == 73_624_96  # three quarters of 98,166.61


def test_a_call_above_par_splits_into_loss_and_prepayment_income() -> None:
    # Par 100, book 102, paid 103: a loss of 2, income of 3 (domain.md 3.3). Here a premium bond
    # carried to maturity that is called early: make-whole, so it did not count.
    plan = Bond(schedule=schedule(day(2014, 12, 31), 1, "30/360"), coupon=Decimal("0.05"),
                calls=(Call(day=day(2012, 1, 2), price=Decimal("1.03"), make_whole=True),))  # fmt: skip
    own = lot(bond(bond=plan), day(2012, 1, 1), 102_000_00)
    called = held([own], [trade("call", own, day(2012, 1, 1), 103_000_00)])[0]
    [portion] = called.portions(2012)
    move = called.movement(portion)
    assert (move.consideration, move.disposed, move.gain) == (100_000_00, 102_000_00, -2_000_00)
    assert called.received(portion) == 3_000_00


def test_a_paydown_goes_at_par_and_what_is_left_of_its_discount_is_income() -> None:
    own = lot(bond(), day(2011, 12, 31), 97_326_99)
    paid, _ = year(held([own], [trade("paydown", own, day(2012, 6, 30), 10_000_00,
                                      10_000_00)])[0])  # fmt: skip
    assert (paid.opening, paid.accretion, paid.gain) == (9_732_70, 267_30, 0)


def test_a_sale_that_names_no_lot_takes_the_first_in() -> None:
    security = bond()
    second_in = lot(security, day(2012, 3, 1), 99_000_00)
    first_in = replace(second_in, name="L2", traded=day(2012, 2, 1), settled=day(2012, 2, 1))
    sold = trade("sale", first_in, day(2012, 6, 30), 150_000_00, 150_000_00)
    second, first = held([second_in, first_in], [replace(sold, lot="")])
    assert (first.left(day(2012, 12, 31)), second.left(day(2012, 12, 31))) == (0, 50_000_00)
    assert [first.events[0].amount, second.events[0].amount] == [100_000_00, 50_000_00]


def test_a_write_down_is_impairment_and_lowers_what_is_carried() -> None:
    own = lot(bond(), day(2011, 12, 31), 100_000_00)
    [move] = year(held([own], [trade("write_down", own, day(2012, 12, 31), 8_000_00, 0)])[0])
    assert (move.impairment, move.accretion, move.closing) == (8_000_00, 0, 92_000_00)


def test_a_foreign_bond_parts_exchange_from_all_else() -> None:
    # At par, 100,000 EUR: 120,000 at 1.20, 140,000 at 1.40. Sold in February 2013 it would be at
    # 1.40; sold on 1 February 2012 at 1.30 for 101,000 EUR = 131,300: book 120,000 at the purchase's
    # rate, exchange 10,000, realized 1,300.
    own = lot(bond(currency="EUR"), day(2010, 12, 31), 100_000_00)
    [stays] = year(held([own], [])[0])
    assert (stays.opening, stays.exchange, stays.closing) == (120_000_00, 20_000_00, 140_000_00)
    [gone] = year(held([own], [trade("sale", own, day(2012, 2, 1), 101_000_00)])[0])
    assert (gone.disposed, gone.exchange_gain, gone.realized) == (120_000_00, 10_000_00, 1_300_00)


@pytest.mark.parametrize(
    ("kind", "redeemable", "designation", "closing"),
    [("preferred", True, 2, 100_000_00), ("preferred", False, 2, 95_000_00),
     ("preferred", True, 4, 95_000_00), ("common", False, 1, 95_000_00)],
)  # fmt: skip
def test_a_stock_is_carried_by_its_kind_and_designation(
    kind: str, *, redeemable: bool, designation: int, closing: int
) -> None:
    stock = replace(bond(), kind=kind, bond=None, redeemable=redeemable,
                    designations=((day(2000, 1, 1), designation),))  # fmt: skip
    own = replace(lot(stock, day(2011, 6, 1), 100_000_00), quantity=1000 * 1_000_000)
    [move] = year(held([own], [])[0])
    assert move.closing == closing


def test_a_dividend_declared_and_unpaid_is_due_and_one_received_is_not() -> None:
    stock = replace(bond(), kind="common", bond=None)
    own = replace(lot(stock, day(2011, 6, 1), 100_000_00), quantity=1000 * 1_000_000)
    paid = Receipt(kind="dividend", lot="L1", account=GENERAL, security=stock, day=day(2012, 9, 1),
                   declared=day(2012, 8, 1), amount=300_00)  # fmt: skip
    due = replace(paid, day=0, declared=day(2012, 12, 10), amount=400_00)
    [only] = held([own], [], [paid, due])
    [portion] = only.portions(2012)
    assert (only.received(portion), only.declared(day(2012, 12, 31))) == (300_00, 400_00)


def test_a_lot_is_short_or_equivalent_by_what_was_left_when_it_was_bought() -> None:
    at = day(2012, 3, 15)
    for end, term in ((day(2012, 6, 15), "equivalent"), (day(2012, 6, 16), "short"),
                      (day(2013, 3, 15), "short"), (day(2013, 3, 16), "long")):  # fmt: skip
        assert held([lot(bond(end=end), at, 100_000_00)], [])[0].term == term


def test_a_gain_goes_to_the_reserve_its_history_says() -> None:
    # Two notches down while held: the default reserve; else interest, by 2014 - 2012 = 2 years.
    for designations, reserve in (
        (((day(2000, 1, 1), 2),), ("imr", "2-5", "interest")),
        (((day(2000, 1, 1), 2), (day(2012, 3, 1), 4)), ("avr", "", "moved by more than one designation")),
        (((day(2000, 1, 1), 5), (day(2012, 1, 5), 6), (day(2012, 2, 1), 5)), ("avr", "", "NAIC 6 while held")),
    ):  # fmt: skip
        own = lot(bond(designations=designations), day(2011, 12, 31), 97_326_99)
        answers = security_answers(
            MARKET, held([own], [trade("sale", own, day(2012, 6, 30), 99_000_00)])
        )
        [gain] = answers.gains
        assert (gain.reserve, gain.band, gain.reason) == reserve


def test_a_movement_that_does_not_foot_is_refused() -> None:
    with pytest.raises(AssertionError, match="does not foot"):
        Movement(opening=100, closing=99).footed()
