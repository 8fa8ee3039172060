"""Mortgage loans: drawn with their payments, and carried by the annuity formula.

A loan pays a level amount each month. What the payments still due are worth at the loan's yield, over
what is owed by plan, is its book price; months are thirtieths (docs/explanation/how-a-lot-moves.md).
"""

from dataclasses import dataclass
from decimal import Decimal

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.days import ONE, Schedule, day, moved, schedule, year_of
from jurat.golden.insurer.draws import Hand, Row, exactly, money, plain, rounded
from jurat.golden.insurer.loan_answers import Loan, LoanEvent, loan_answers
from jurat.golden.insurer.markets import ACCOUNTS, LAST, iso

_PROPERTIES = (
    "farm",
    "residential_insured",
    "residential_other",
    "commercial_insured",
    "commercial_other",
    "commercial_other",
    "mezzanine",
)
_CITIES = (("Columbus", "OH"), ("Hartford", "CT"), ("Des Moines", "IA"), ("Omaha", "NE"))


@dataclass(slots=True, kw_only=True)
class _Story:
    """A loan as it is drawn."""

    hand: Hand
    loan: Loan
    plan: Schedule
    left: int
    events: list[LoanEvent]

    def add(self, at: int, kind: str, amount: int, accrued: int = 0) -> None:
        """Something that happened."""
        name = f"P{self.loan.name[1:]}-{len(self.events) + 1}"
        self.events.append(LoanEvent(name=name, day=at, kind=kind, amount=amount, accrued=accrued))


def draw_loan(hand: Hand) -> tuple[list[tuple[str, Row]], Answers]:
    """A loan's records and answers.

    Raises  DrawAgain where one of its answers lies too near a half cent.
    """
    kind = hand.pick(level=5, premium=4, troubled=3, grown=2, restructured=1)
    year = hand.between(2008, LAST)
    funded = day(year, hand.between(1, 11), hand.between(1, 28))
    months = hand.random.choice((24, 36, 60, 120, 180, 240, 360))
    rate = Decimal(hand.between(24, 64)) / 800
    principal = 100_000 * hand.between(80, 5000)
    price = exactly(hand.random.uniform(0.95, 1.05), 4) if kind == "premium" else ONE
    account = hand.random.choice(ACCOUNTS)
    loan = Loan(
        name=f"M{hand.number:06}",
        account=account,
        funded=funded,
        months=months,
        rate=rate,
        principal=principal,
        cost=rounded(principal * price),
        accrued=rounded(principal * rate / 360 * hand.between(0, 9)) if price != 1 else 0,
        kind=hand.random.choice(_PROPERTIES),
        land=principal * 3 // 2,
    )
    plan = schedule(loan.maturity, 12, "30/360")
    story = _Story(hand=hand, loan=loan, plan=plan, left=principal, events=[])
    standings = _lived(story, kind)
    rows = _rows(hand, loan, story.events, standings)
    return rows, loan_answers(hand.market, loan, story.events, standings)


def _lived(story: _Story, kind: str) -> tuple[tuple[int, str], ...]:
    """Payment after payment; then trouble, growth, a prepayment or a sale."""
    hand, loan = story.hand, story.loan
    closes = hand.market.closes
    late = max(loan.funded + 40, hand.market.opens + 30)
    turn = hand.between(late, closes + 200) if late < closes else closes + 1
    stops = turn if kind == "troubled" else closes
    sold = hand.between(late, closes) if kind in ("level", "premium") and hand.chance(0.3) else 0
    for number in range(1, loan.months + 1):
        at = moved(loan.funded, number)
        if at > min(stops, closes) or (sold and at >= sold):
            break
        _pay(story, number, at)
        when = at + hand.between(1, 2)
        may_prepay = kind in ("level", "premium") and hand.market.opens < at
        if may_prepay and hand.chance(0.03) and when < (sold or closes):
            _prepay(story, when)
        if kind == "grown" and at > hand.market.opens and _is_december(at) and hand.chance(0.6):
            what = hand.random.choice(("additional", "capitalized"))
            amount = 1000 * hand.between(10, 4000)
            story.add(day(year_of(at), 12, 30), what, amount)
            story.left += amount
    if sold and story.left:
        _sell(story, sold)
    if kind == "troubled" and turn <= closes and story.left:
        return _trouble(story, turn)
    if kind == "restructured" and turn <= closes:
        return ((turn, "restructured"),)
    return ()


def _is_december(at: int) -> bool:
    return at >= day(year_of(at), 12, 1)


def _pay(story: _Story, number: int, at: int) -> None:
    loan = story.loan
    if not story.left:
        return
    if at > story.hand.market.opens:
        story.add(at, "interest", rounded(story.left * loan.rate / 12))
    share = ONE if number == loan.months else 1 - loan.owed(number) / loan.owed(number - 1)
    amount = min(rounded(story.left * share), story.left)
    story.add(at, "principal", amount)
    story.left -= amount


def _prepay(story: _Story, at: int) -> None:
    amount = story.left if story.hand.chance(0.3) else story.left * story.hand.between(5, 40) // 100
    if amount:
        story.add(at, "prepayment", amount)
        story.left -= amount


def _sell(story: _Story, at: int) -> None:
    price = exactly(story.hand.random.uniform(0.9, 1.06), 4)
    accrued = rounded(story.left * story.loan.rate * story.plan.accrued(at))
    story.add(at, "sale", rounded(story.left * price), accrued)


def _trouble(story: _Story, at: int) -> tuple[tuple[int, str], ...]:
    """Nothing more is paid: overdue, with an allowance or a write-down, and perhaps foreclosed."""
    hand, closes = story.hand, story.hand.market.closes
    standings = [(at, "overdue")]
    left = story.left
    when = at + hand.between(5, 90)
    loss = rounded(left * exactly(hand.random.uniform(0.05, 0.3), 3))
    has_allowance = hand.chance(0.5)
    if when <= closes:
        if has_allowance:
            story.add(when, "allowance", -loss)
        else:
            story.add(when, "write_down", loss)
    when += hand.between(60, 300)
    if when <= closes:
        standings.append((when, "foreclosure"))
        if has_allowance and when < closes and hand.chance(0.5):
            story.add(when + 1, "allowance", loss // 3)
    when += hand.between(60, 300)
    if when <= closes and hand.chance(0.6):
        story.add(when, "sale", rounded(left * exactly(hand.random.uniform(0.5, 0.9), 4)))
    return tuple(standings)


def _rows(
    hand: Hand, loan: Loan, events: list[LoanEvent], standings: tuple[tuple[int, str], ...]
) -> list[tuple[str, Row]]:
    city, state = hand.random.choice(_CITIES)
    rows: list[tuple[str, Row]] = [
        (
            "mortgages",
            {
                "loan": loan.name,
                "account": loan.account.name,
                "city": city,
                "state": state,
                "property": loan.kind,
                "funded": iso(loan.funded),
                "rate": plain(loan.rate * 100),
                "maturity": iso(loan.maturity),
                "principal": money(loan.principal),
                "cost": money(loan.cost),
                "accrued": money(loan.accrued) if loan.accrued else "",
                "land": money(loan.land),
                "appraised": iso(loan.funded),
            },
        )
    ]
    for at, standing in standings:
        rows.append(("loan_standing", {"loan": loan.name, "date": iso(at), "standing": standing}))
    for event in events:
        rows.append(
            (
                "loan_payments",
                {
                    "payment": event.name,
                    "loan": loan.name,
                    "date": iso(event.day),
                    "kind": event.kind,
                    "amount": money(event.amount),
                    "accrued": money(event.accrued) if event.accrued else "",
                },
            )
        )
    return rows
