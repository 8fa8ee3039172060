"""What Schedule B must say of a loan."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jurat.golden.insurer.answers import Answers, Gain, Moved, Row
from jurat.golden.insurer.days import ONE, moved, schedule, year_end, year_of
from jurat.golden.insurer.exhibits import AccountYear, earned, gained, owned, reserved
from jurat.golden.insurer.markets import Market
from jurat.golden.insurer.movements import Movement
from jurat.golden.insurer.records import Account
from jurat.golden.insurer.reserves import loan_reserve
from jurat.golden.insurer.rounding import cents, part
from jurat.golden.insurer.worth import Level, discount, force

_LEAVES = ("principal", "prepayment", "sale")

_LINES = (
    "farm",
    "residential_insured",
    "residential_other",
    "commercial_insured",
    "commercial_other",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanEvent:
    """A payment, or what happened to a loan."""

    name: str
    day: int
    kind: str
    amount: int
    accrued: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """A loan's terms. Payments fall a month apart from a month after funding."""

    name: str
    account: Account
    funded: int
    months: int
    rate: Decimal
    principal: int
    cost: int
    accrued: int
    kind: str
    land: int

    @property
    def maturity(self) -> int:
        """The last payment."""
        return moved(self.funded, self.months)

    def owed(self, number: int) -> Decimal:
        """What is owed after so many payments, by plan, of each unit of principal."""
        growth = 1 + self.rate / 12
        return (1 - growth ** (number - self.months)) / (1 - growth**-self.months)

    @property
    def payment(self) -> Decimal:
        """The level payment, for each unit of principal."""
        growth = 1 + self.rate / 12
        return (growth - 1) / (1 - growth**-self.months)


class _Carried:
    """A loan's book price through its spells: one from funding, one from each write-down."""

    def __init__(self, loan: Loan, events: list[LoanEvent]) -> None:
        self.loan = loan
        self.plan = schedule(loan.maturity, 12, "30/360")
        self.spells: list[tuple[int, Decimal, Decimal]] = []
        self._begin(loan.funded, Decimal(loan.cost) / loan.principal)
        left = loan.principal
        for event in events:
            if event.kind == "write_down":
                value = cents(self.price(event.day) * left)
                self._begin(event.day, Decimal(value - event.amount) / left)
            left += _change(event)

    def _begin(self, at: int, price: Decimal) -> None:
        loan, left = self.loan, self.plan.number(at)
        owed = loan.owed(loan.months - left)
        stream = Level(
            wait=self.plan.left(at) - left + 1,
            first=loan.payment,
            coupon=loan.payment,
            count=left,
            last=Decimal(0),
            last_at=Decimal(0),
        )
        paid = owed * (price + loan.rate * self.plan.accrued(at))
        self.spells.append((at, price, discount(stream, paid, force(stream, paid))))

    def price(self, at: int) -> Decimal:
        """The book price for each unit of principal owed."""
        loan, plan = self.loan, self.plan
        if at >= loan.maturity:
            return ONE
        since, price, v = [spell for spell in self.spells if spell[0] <= at][-1]
        left = plan.number(at)
        owed = loan.owed(loan.months - left)
        last, coming = plan.date(left), plan.date(left - 1)
        before = max(last, since)
        begin = price * owed if last <= since else self._worth(left, v)
        finish = self._worth(left - 1, v) + owed - loan.owed(loan.months - left + 1)
        gone = plan.left(before) - plan.left(at)
        whole = plan.left(before) - plan.left(coming)
        return (begin + (finish - begin) * gone / whole) / owed

    def _worth(self, left: int, v: Decimal) -> Decimal:
        """So many payments, a month apart, the first in a month."""
        return self.loan.payment * v * (1 - v**left) / (1 - v)

    def value(self, at: int, left: int) -> int:
        """V(t, p)."""
        return cents(self.price(at) * left)


def _change(event: LoanEvent) -> int:
    """What an event does to the principal owed."""
    if event.kind in ("principal", "prepayment"):
        return -event.amount
    return event.amount if event.kind in ("additional", "capitalized") else 0


def loan_answers(
    market: Market, loan: Loan, events: list[LoanEvent], standings: tuple[tuple[int, str], ...]
) -> Answers:
    """Rows, gains and cells of every year.

    Raises  DrawAgain where one of them lies too near a half cent.
    """
    answers = Answers()
    carried = _Carried(loan, events)
    for year in market.years:
        if loan.funded <= year_end(year):
            for event, move in _movements(carried, events, year):
                _printed(answers, loan, year, event, move)
                if event and event.kind == "sale" and move.gain and not loan.account.is_fair:
                    _reserved(answers, loan, event, move, standings)
            _acquired(answers, loan, events, year)
            _earned(answers, carried, events, year)
            _owned(answers, carried, events, year, standings)
    _booked(answers, carried, events, market.first - 1)
    return answers


def _left(loan: Loan, events: list[LoanEvent], at: int) -> int:
    """Principal owed when a day is over."""
    if loan.funded > at or any(event.kind == "sale" and event.day <= at for event in events):
        return 0
    return loan.principal + sum(_change(event) for event in events if event.day <= at)


def _allowance(events: list[LoanEvent], at: int) -> int:
    return sum(event.amount for event in events if event.kind == "allowance" and event.day <= at)


def _movements(
    carried: _Carried, events: list[LoanEvent], year: int
) -> Iterator[tuple[LoanEvent | None, Movement]]:
    """A loan's portions of a year: every payment of principal, and what stays."""
    loan, start, end = carried.loan, year_end(year - 1), year_end(year)
    own = [event for event in events if start < event.day <= end]
    left = loan.principal if loan.funded > start else _left(loan, events, start)
    for event in (each for each in own if each.kind in _LEAVES):
        after = 0 if event.kind == "sale" else left - event.amount
        yield event, _leaving(carried, events, event, (left, after)).footed()
        left = after
    if left:
        yield None, _staying(carried, events, left, year).footed()


def _begun(carried: _Carried, start: int, span: tuple[int, int]) -> tuple[int, int]:
    """A portion's opening value, or its cost if the loan is of this year."""
    loan, (before, after) = carried.loan, span
    if loan.funded > start:
        cost = part(loan.cost, before, loan.principal) - part(loan.cost, after, loan.principal)
        return 0, cost
    return carried.value(start, before) - carried.value(start, after), 0


def _leaving(
    carried: _Carried, events: list[LoanEvent], event: LoanEvent, span: tuple[int, int]
) -> Movement:
    """A payment at par, or a sale at what it brings; what closes a loan takes its losses along."""
    start = year_end(year_of(event.day) - 1)
    opened, cost = _begun(carried, start, span)
    is_last = span[1] == 0
    down = _downs(events, start, event.day) if is_last else 0
    allowance = _allowance(events, start) if is_last else 0
    finish = carried.value(event.day, span[0]) if event.kind == "sale" else event.amount
    return Movement(
        opening=opened + allowance,
        cost=cost,
        accretion=finish - opened - cost + down,
        unrealized=-allowance,
        impairment=down,
        consideration=event.amount,
        realized=event.amount - finish,
    )


def _staying(carried: _Carried, events: list[LoanEvent], left: int, year: int) -> Movement:
    """What stays, with what was added to it."""
    start, end = year_end(year - 1), year_end(year)
    opened, cost = _begun(carried, start, (left, 0))
    additions, capitalized = (
        sum(e.amount for e in events if e.kind == kind and start < e.day <= end)
        for kind in ("additional", "capitalized")
    )
    down = _downs(events, start, end)
    finish = carried.value(end, left + additions + capitalized)
    was, now = _allowance(events, start), _allowance(events, end)
    return Movement(
        opening=opened + was,
        cost=cost,
        additions=additions,
        capitalized=capitalized,
        impairment=down,
        accretion=finish - opened - cost - additions - capitalized + down,
        unrealized=now - was,
        closing=finish + now,
    )


def _downs(events: list[LoanEvent], after: int, upto: int) -> int:
    """Write-downs after one day and up to another."""
    return sum(e.amount for e in events if e.kind == "write_down" and after < e.day <= upto)


def _printed(
    answers: Answers, loan: Loan, year: int, event: LoanEvent | None, move: Movement
) -> None:
    page, columns = _gone(move) if event else _kept(loan, move)
    trade = event.name if event else ""
    answers.rows.append(
        Row(year=year, page=page, lot=loan.name, trade=trade, opening=move.opening, columns=columns)
    )
    answers.moved.append(Moved(year=year, lot=loan.name, trade=trade, page=page, movement=move))
    _verified(answers, year, move, "2" if event else "1")
    gained(answers, AccountYear(account=loan.account, year=year), "3", move)
    answers.fill(year, "nii", {"(c)": max(move.accretion, 0)}, "$1")
    answers.fill(year, "nii", {"(c)": max(-move.accretion, 0)}, "$2")


def _kept(loan: Loan, move: Movement) -> tuple[str, dict[str, int]]:
    return "schedule_b_part1", {
        "8": move.closing,
        "9": move.unrealized,
        "10": move.accretion,
        "11": move.impairment,
        "12": move.capitalized,
        "13": 0,
        "14": loan.land,
    }


def _gone(move: Movement) -> tuple[str, dict[str, int]]:
    return "schedule_b_part3", {
        "7": move.opening,
        "8": move.unrealized,
        "9": move.accretion,
        "10": move.impairment,
        "11": move.capitalized,
        "12": move.change,
        "13": 0,
        "14": move.disposed,
        "15": move.consideration,
        "16": 0,
        "17": move.realized,
        "18": move.gain,
    }


def _verified(answers: Answers, year: int, move: Movement, part: str) -> None:
    lines = {
        "1": move.opening,
        "2.1": move.cost,
        "2.2": move.additions,
        f"3.{part}": move.capitalized,
        "4": max(move.accretion, 0),
        f"5.{part}": move.unrealized,
        "6": move.gain,
        "7": move.consideration,
        "8": max(-move.accretion, 0),
        f"9.{part}": 0,
        f"10.{part}": move.impairment,
        "11": move.closing,
        "12": 0,
        "13": move.closing,
        "14": 0,
        "15": move.closing,
    }
    answers.fill(year, "schedule_b", lines)


def _acquired(answers: Answers, loan: Loan, events: list[LoanEvent], year: int) -> None:
    """What was bought or added."""
    is_new = year_of(loan.funded) == year
    added = sum(e.amount for e in events if e.kind == "additional" and year_of(e.day) == year)
    if is_new or added:
        columns = {"7": loan.cost if is_new else 0, "8": added, "9": loan.land}
        answers.rows.append(Row(year=year, page="schedule_b_part2", lot=loan.name, columns=columns))


def _earned(answers: Answers, carried: _Carried, events: list[LoanEvent], year: int) -> None:
    loan, start, end = carried.loan, year_end(year - 1), year_end(year)
    own = [event for event in events if start < event.day <= end]
    paid = loan.accrued if loan.funded > start else 0
    received = sum(e.amount for e in own if e.kind == "interest") + sum(e.accrued for e in own)
    accretion = sum(move.accretion for _, move in _movements(carried, events, year))
    due = _due(carried, events, end) - _due(carried, events, start)
    answers.add(year, "nii", "(c)", "$3", paid)
    of = AccountYear(account=loan.account, year=year)
    earned(answers, of, "3", received + accretion - paid, due)


def _due(carried: _Carried, events: list[LoanEvent], at: int) -> int:
    """Interest due: a month's thirtieths since the last due date."""
    loan, left = carried.loan, _left(carried.loan, events, at)
    if not left or at >= loan.maturity:
        return 0
    return cents(left * loan.rate * carried.plan.accrued(at))


def _standing(standings: tuple[tuple[int, str], ...], at: int) -> str:
    return next((word for when, word in reversed(standings) if when <= at), "good")


def _booked(answers: Answers, carried: _Carried, events: list[LoanEvent], year: int) -> int:
    """A loan and its interest on the balance sheet at a year's end; what it is carried at."""
    loan, end = carried.loan, year_end(year)
    left = _left(loan, events, end)
    if not left:
        return 0
    amount = carried.value(end, left) + _allowance(events, end)
    of = AccountYear(account=loan.account, year=year)
    owned(answers, of, "3", amount)
    owned(answers, of, "13", _due(carried, events, end))
    return amount


def _owned(
    answers: Answers,
    carried: _Carried,
    events: list[LoanEvent],
    year: int,
    standings: tuple[tuple[int, str], ...],
) -> None:
    loan, end = carried.loan, year_end(year)
    amount = _booked(answers, carried, events, year)
    if amount and not loan.account.is_fair:
        answers.add(year, "general_interrogatories", "5.51", "2", amount)
        kind = _LINES.index("commercial_other" if loan.kind == "mezzanine" else loan.kind)
        standing = _standing(standings, end)
        first = {"good": 35, "overdue": 41, "foreclosure": 46}.get(standing, 40)
        line = 40 if standing == "restructured" else first + kind
        answers.add(year, "avr_default", str(line), "1", amount)


def _reserved(
    answers: Answers,
    loan: Loan,
    event: LoanEvent,
    move: Movement,
    standings: tuple[tuple[int, str], ...],
) -> None:
    is_residential = loan.kind.startswith("residential")
    years = year_of(loan.maturity) - year_of(event.day)
    standing = _standing(standings, event.day)
    reserve, band, reason = loan_reserve(standing, years, is_residential=is_residential)
    answers.gains.append(
        Gain(
            year=year_of(event.day),
            lot=loan.name,
            trade=event.name,
            realized=move.realized,
            exchange=0,
            reserve=reserve,
            band=band,
            reason=reason,
        )
    )
    if reserve == "imr":
        of = AccountYear(account=loan.account, year=year_of(event.day))
        reserved(answers, of, band, move.realized)
