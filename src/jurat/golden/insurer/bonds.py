"""The terms of a bond, and what it is carried at: spell after spell, in closed form.

A **spell** is a time in which one yield holds. Inside it the book price on a coupon date is what
the payments still due are worth at that yield; between coupon dates it runs straight.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, pairwise
from operator import sub

from jurat.golden.insurer.days import NOUGHT, ONE, Schedule
from jurat.golden.insurer.rounding import DrawAgain, cents
from jurat.golden.insurer.worth import Level, Listed, Stream, discount, force

_SAME = 1e-13
_APART = 1e-10
"""Forces nearer than this and not the same are a matter of digits: drawn again."""

Dated = tuple[tuple[int, Decimal], ...]
"""Days with values, rising."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A right to redeem from a day on, as a fraction of par."""

    day: int
    price: Decimal
    make_whole: bool = False
    any_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """A bond's terms; rates and prices are fractions of par."""

    schedule: Schedule
    coupon: Decimal
    steps: Dated = ()
    resets: Dated = ()
    """Rates of a floater, each from a coupon date."""
    repayments: Dated = ()
    """Shares of the original par, as known at issue."""
    estimates: tuple[tuple[int, Dated], ...] = ()
    """New estimates of repayments, with the days they were made."""
    is_backed: bool = False
    """Whether loans stand behind it, estimated anew or not yet."""
    retrospective: bool = False
    calls: tuple[Call, ...] = ()

    def expected(self, at: int) -> Dated:
        """The repayments as they are known on a day: what was repaid, and what is to come."""
        known = self.repayments
        for made, rows in self.estimates:
            if made <= at:
                known = (
                    *(row for row in known if row[0] <= made),
                    *(row for row in rows if row[0] > made),
                )
        return known

    def pays(self, at: int) -> "Promise":
        """What it promises to pay, as known on a day; a floater at the rate it then has."""
        rate = _latest(self.resets, at, self.coupon)
        expected = self.expected(at)
        left = tuple(accumulate((share for _, share in expected), sub, initial=ONE))[1:]
        return Promise(
            schedule=self.schedule, rate=rate, steps=self.steps, repayments=expected, left=left
        )

    def rate(self, at: int) -> Decimal:
        """The coupon rate in force after a day."""
        return _latest(self.steps or self.resets, at, self.coupon)

    def accrued(self, at: int) -> Decimal:
        """Interest accrued on a day for each unit of par owed; nothing at and after maturity."""
        if at >= self.schedule.maturity:
            return NOUGHT
        return self.rate(self.schedule.since(at)) * self.schedule.accrued(at)


def _latest(rows: Dated, at: int, first: Decimal) -> Decimal:
    place = bisect_right(rows, at, key=lambda row: row[0])
    return rows[place - 1][1] if place else first


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Payments as one spell sees them, for each unit of the original par."""

    schedule: Schedule
    rate: Decimal
    steps: Dated
    repayments: Dated
    left: tuple[Decimal, ...]
    """What is owed after each of them."""

    @property
    def is_level(self) -> bool:
        """Whether the annuity formula is theirs."""
        return not (self.steps or self.repayments or self.schedule.basis)

    def owed(self, at: int) -> Decimal:
        """The share of the original par still owed after a day."""
        place = bisect_right(self.repayments, at, key=lambda row: row[0])
        return self.left[place - 1] if place else ONE

    def interest(self, number: int) -> Decimal:
        """What the coupon of a number pays."""
        plan = self.schedule
        since = plan.dated if number == plan.first and plan.dated else plan.date(number + 1)
        return _latest(self.steps, since, self.rate) * self.owed(since) * plan.coupon(number)

    def accrued(self, at: int) -> Decimal:
        """Interest accrued on a day."""
        since = self.schedule.since(at)
        rate = _latest(self.steps, since, self.rate)
        return rate * self.owed(since) * self.schedule.accrued(at)

    def payments(self, at: int, end: int, price: Decimal) -> list[tuple[int, Decimal, Decimal]]:
        """Days, interest and principal after a day and up to an end at a price."""
        plan = self.schedule
        number, last = plan.number(at), plan.number(end)
        if plan.first is not None:
            number = min(number, plan.first + 1)
        rows = []
        owed = self.owed(at)
        for each in range(number - 1, last - 1, -1):
            when = plan.date(each)
            left = self.owed(when) if self.repayments else ONE
            rows.append((when, self.interest(each), owed - left))
            owed = left
        if not rows or rows[-1][0] != end:
            left = self.owed(end)
            rows.append((end, self.accrued(end), owed - left))
            owed = left
        when, interest, principal = rows[-1]
        rows[-1] = when, interest, principal + owed * price
        return rows

    def stream(self, at: int, end: int, price: Decimal) -> Stream:
        """The payments after a day, ready to be valued."""
        return self._level(at, end, price) if self.is_level else self._listed(at, end, price)

    def _level(self, at: int, end: int, price: Decimal) -> Level:
        plan = self.schedule
        last = plan.number(end)
        number = plan.number(at)
        opens = plan.first is not None and number > plan.first
        number = plan.first + 1 if opens and plan.first is not None else number
        count = max(number - last, 0)
        coupon = self.rate / plan.frequency
        first = self.rate * plan.coupon(number - 1) if opens else coupon
        on_cycle = plan.date(last) == end and not plan.opens(end)
        return Level(
            wait=plan.left(at) - number + 1,
            first=first,
            coupon=coupon,
            count=count,
            last=price + (NOUGHT if on_cycle else self.rate * plan.accrued(end)),
            last_at=plan.left(at) - plan.left(end),
        )

    def _listed(self, at: int, end: int, price: Decimal) -> Listed:
        rows = self.payments(at, end, price)
        plan = self.schedule
        if plan.basis:
            days = [at, *(when for when, _, _ in rows)]
            gaps = [Decimal(two - one) for one, two in pairwise(days)]
            unit = Decimal(plan.frequency) / plan.basis
        else:
            lefts = [plan.left(at), *(plan.left(when) for when, _, _ in rows)]
            gaps = [one - two for one, two in pairwise(lefts)]
            unit = ONE
        amounts = tuple(interest + principal for _, interest, principal in rows)
        return Listed(gaps=tuple(gaps), amounts=amounts, unit=unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A time in which one yield holds: where it began, at which price, and to which end."""

    begins: int
    """From when it holds; of a retrospective yield this is later than `since`."""
    since: int
    price: Decimal
    """For each unit of par owed."""
    promise: Promise
    end: int
    redeemed: Decimal
    v: Decimal
    _known: dict[int, Decimal] = field(default_factory=dict)

    def at(self, day: int) -> Decimal:
        """The book price on a day, for each unit of par owed then."""
        if day >= self.end or (self.price == self.redeemed and not self.promise.steps):
            return self.redeemed
        plan = self.promise.schedule
        before, after = plan.date(plan.number(day)), plan.date(plan.number(day) - 1)
        if plan.opens(day) and plan.first is not None:
            before, after = self.since, plan.date(plan.first)
        after = min(after, self.end)
        if before <= self.since:
            before, begin = self.since, self.price * self.promise.owed(self.since)
        else:
            begin = self._after(before)
        gone = plan.left(before) - plan.left(day)
        finish = self._before(after)
        whole = plan.left(before) - plan.left(after)
        value = begin + (finish - begin) * gone / whole if gone else begin
        return value / self.promise.owed(day)

    def _after(self, day: int) -> Decimal:
        """What is still due after a coupon date is worth."""
        if day not in self._known:
            self._known[day] = self.promise.stream(day, self.end, self.redeemed).worth(self.v)
        return self._known[day]

    def _before(self, day: int) -> Decimal:
        """The same before the par that is repaid on it."""
        owed = self.promise.owed
        if day == self.end:
            return owed(day - 1) - owed(day) + owed(day) * self.redeemed
        return self._after(day) + owed(day - 1) - owed(day)


def began(bond: Bond, cost: Decimal, settled: int) -> Decimal:
    """The first price of a lot: cost, or the price of a call open when it is bought, if less."""
    passed = [call for call in bond.calls if call.day <= settled and not call.make_whole]
    if passed and passed[-1].any_day:
        return min(cost, passed[-1].price)
    return cost


def spell(bond: Bond, begins: int, since: int, price: Decimal) -> Spell:
    """The yield from a day and a price: to maturity, or to the call of the lowest."""
    promise = bond.pays(begins)
    paid = price * promise.owed(since) + promise.accrued(since)
    ends = [(call.day, call.price) for call in bond.calls if not call.make_whole]
    maturity = bond.schedule.maturity
    ends = [*((day, at) for day, at in ends if since < day < maturity), (maturity, ONE)]
    streams = [promise.stream(since, end, at) for end, at in ends]
    forces = [force(stream, paid) for stream in streams]
    lowest = min(forces)
    if any(_SAME < each - lowest < _APART for each in forces):
        raise DrawAgain
    best = max(place for place, each in enumerate(forces) if each - lowest <= _SAME)
    v = discount(streams[best], paid, forces[best])
    end, redeemed = ends[best]
    return Spell(
        begins=begins, since=since, price=price, promise=promise, end=end, redeemed=redeemed, v=v
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteDown:
    """Taken off a lot's value on a day when it had so much par."""

    day: int
    amount: int
    par: int


def spells(
    bond: Bond, cost: Decimal, settled: int, downs: tuple[WriteDown, ...], upto: int
) -> list[Spell]:
    """Every spell of a lot until a day, in their order."""
    first = began(bond, cost, settled)
    made = [spell(bond, settled, settled, first)]
    while True:
        now = made[-1]
        day = _next(bond, now, downs)
        if day > upto or day >= bond.schedule.maturity:
            return made
        price = now.at(day)
        here = [down for down in downs if down.day == day]
        for down in here:
            price = Decimal(cents(price * down.par) - down.amount) / down.par
        is_estimate = any(day == when for when, _ in bond.estimates)
        if is_estimate and bond.retrospective and not here:
            made.append(spell(bond, day, settled, first))
        else:
            made.append(spell(bond, day, day, price))


def _next(bond: Bond, now: Spell, downs: tuple[WriteDown, ...]) -> int:
    """The next day on which a yield is found again."""
    days = [now.end]
    days += [day for day, _ in bond.resets if day > now.begins]
    days += [day for day, _ in bond.estimates if day > now.begins]
    days += [down.day for down in downs if down.day > now.begins]
    return min(days)
