"""Drawing what came in: coupons on what was held the day before, dividends declared and paid."""

from dataclasses import replace
from decimal import Decimal

from jurat.golden.insurer.days import day
from jurat.golden.insurer.draws import Hand, exactly, rounded
from jurat.golden.insurer.records import Lot, Receipt, Security
from jurat.golden.insurer.relief import left_on, relieved


def coupons(hand: Hand, security: Security) -> None:
    """The interest that came in, on every coupon date of the years with answers."""
    bond = security.bond
    if bond is None or not bond.coupon:
        return
    plan = bond.schedule
    events = relieved(hand.drawn.lots, hand.drawn.trades)
    own = [lot for lot in hand.drawn.lots if lot.security is security]
    first = plan.number(hand.market.opens) - 1
    if plan.first is not None:
        first = min(first, plan.first)
    for number in range(first, plan.number(hand.market.closes) - 1, -1):
        at = plan.date(number)
        rate = bond.rate(plan.since(at - 1)) * plan.coupon(number)
        for account in sorted({lot.account.name for lot in own}):
            held = [
                (lot, left_on(lot, events[lot.name], at - 1))
                for lot in own
                if lot.account.name == account
            ]
            _coupon(hand, at, rate, [row for row in held if row[1]])


def _coupon(hand: Hand, at: int, rate: Decimal, held: list[tuple[Lot, int]]) -> None:
    """A coupon of an account: in one sum, or lot by lot."""
    if not held:
        return
    first = held[0][0]
    coupon = Receipt(
        kind="interest", lot="", account=first.account, security=first.security, day=at, amount=0
    )
    if all(lot.settled < at for lot, _ in held) and hand.chance(0.5):
        total = sum(left for _, left in held)
        hand.receive(replace(coupon, amount=rounded(rate * total)))
        return
    for lot, left in held:
        if lot.settled < at:
            hand.receive(replace(coupon, lot=lot.name, amount=rounded(rate * left)))


def dividends(hand: Hand, security: Security) -> None:
    """A dividend each quarter, declared some weeks before; the last may still be due."""
    if security.kind == "common" and hand.chance(0.25):
        return
    events = relieved(hand.drawn.lots, hand.drawn.trades)
    rate = exactly(hand.random.uniform(0.05, 0.9), 4)
    month = hand.between(1, 3)
    for quarter in range(len(hand.market.years) * 4):
        year = hand.market.first + quarter // 4
        declared = day(year, quarter % 4 * 3 + month, hand.between(3, 25))
        paid = declared + hand.between(14, 40)
        for lot in hand.drawn.lots:
            before = left_on(lot, events[lot.name], declared - 1)
            if not before or before != left_on(
                lot, events[lot.name], min(paid, hand.market.closes)
            ):
                continue
            hand.receive(
                Receipt(
                    kind="dividend",
                    lot=lot.name,
                    account=lot.account,
                    security=security,
                    day=0 if paid > hand.market.closes else paid,
                    amount=rounded(rate * before / 10_000),
                    declared=declared,
                )
            )
