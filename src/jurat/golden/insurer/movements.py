"""A lot through a year: its portions, and how each moves from opening to closing.

The rules are those of docs/explanation/how-a-lot-moves.md.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jurat.golden.insurer.bonds import Spell, WriteDown, spells
from jurat.golden.insurer.days import moved, year_end, year_of
from jurat.golden.insurer.records import Event, Income, Lot, Rates
from jurat.golden.insurer.rounding import cents, part, shared
from jurat.words import require

_HORIZON = year_end(2012)

AT_PAR = ("maturity", "paydown")
"""What leaves at par: what is left of a discount is income."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What leaves a lot at once, or what stays at the year's end."""

    span: tuple[int, int]
    end: int
    event: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A portion's year. All in cents of dollars."""

    opening: int = 0
    cost: int = 0
    accretion: int = 0
    unrealized: int = 0
    impairment: int = 0
    exchange: int = 0
    consideration: int = 0
    exchange_gain: int = 0
    realized: int = 0
    closing: int = 0
    additions: int = 0
    capitalized: int = 0

    @property
    def change(self) -> int:
        """Total change of the carrying value, foreign exchange apart."""
        return self.unrealized + self.accretion + self.capitalized - self.impairment

    @property
    def disposed(self) -> int:
        """Book value at disposal."""
        return self.opening + self.cost + self.additions + self.change + self.exchange

    @property
    def gain(self) -> int:
        """Total gain on disposal."""
        return self.exchange_gain + self.realized

    def footed(self) -> "Movement":
        """The same, proved: opening and all that happened come to closing."""
        require(
            self.disposed + self.gain - self.consideration == self.closing,
            "A movement does not foot.",
        )
        return self


def dollars(rates: Rates, amount: int, currency: str, at: int) -> int:
    """An amount in dollars, at the last rate at or before a day."""
    return amount if currency == "USD" else cents(amount * _rate(rates, currency, at))


def _rate(rates: Rates, currency: str, at: int) -> Decimal:
    rows = rates[currency]
    return rows[bisect_right(rows, at, key=lambda row: row[0]) - 1][1]


class Held:
    """A lot with all that happened to it, and what it is worth on any day."""

    def __init__(self, lot: Lot, events: list[Event], income: list[Income], rates: Rates) -> None:
        self.lot, self.events, self.income, self.rates = lot, events, income, rates
        self.security = lot.security
        self.downs = tuple(
            WriteDown(day=event.day, amount=event.amount, par=event.span[0])
            for event in events
            if event.kind == "write_down"
        )
        self._prices: dict[int, Decimal] = {}
        self._spells: list[Spell] = []

    # -- what it is worth -------------------------------------------------------------------------

    def spells(self, at: int) -> list[Spell]:
        """The spells until a day."""
        bond = self.security.bond
        if bond and not self._spells:
            cost = Decimal(self.lot.cost) / self.lot.quantity
            self._spells = spells(bond, cost, self.lot.settled, self.downs, self._last)
        return [each for each in self._spells if each.begins <= at]

    @property
    def _last(self) -> int:
        """The last day on which anything is asked of it."""
        gone = [event.day for event in self.events if not event.span[1] and event.span[0]]
        return min([*gone, _HORIZON])

    def price(self, at: int) -> Decimal:
        """The book price on a day: cents for each one of its quantity."""
        if at not in self._prices:
            self._prices[at] = self._price(at)
        return self._prices[at]

    def _price(self, at: int) -> Decimal:
        if self.security.bond and at >= self.lot.settled:
            return self.spells(at)[-1].at(at)
        price = Decimal(self.lot.cost) / self.lot.quantity
        for down in self.downs:
            if down.day <= at:
                price = Decimal(cents(price * down.par) - down.amount) / down.par
        return price

    def value(self, at: int, quantity: int) -> int:
        """V(t, p): amortized cost, in the currency; of stock, cost less what it was written down."""
        if self.security.bond:
            return cents(self.price(at) * quantity)
        downs = [down for down in self.downs if down.day <= at]
        cost = part(self.lot.cost, quantity, self.lot.quantity)
        return cost - sum(part(down.amount, quantity, down.par) for down in downs)

    def amortized(self, at: int, quantity: int) -> int:
        """Amortized cost in dollars."""
        return self._dollars(self.value(at, quantity), at)

    def fair(self, at: int, quantity: int) -> int:
        """Fair value in dollars."""
        amount = cents(self.security.price(at) * self.security.unit * quantity)
        return self._dollars(amount, at)

    def adjustment(self, at: int, quantity: int) -> int:
        """What its carrying value differs from amortized cost by, in dollars."""
        how = self.carried_at(at)
        if how == "cost" or not quantity:
            return 0
        over = self.fair(at, quantity) - self.amortized(at, quantity)
        return min(over, 0) if how == "lower" else over

    def carried_at(self, at: int) -> str:
        """Whether it is carried at cost, at fair value or at the lower of them."""
        security = self.security
        if self.lot.account.is_fair or security.kind == "common":
            return "fair"
        designation = security.designation(at)
        if security.kind == "bond":
            return "lower" if designation == 6 else "cost"
        if designation >= 4:
            return "lower"
        return "cost" if security.redeemable else "fair"

    def accrued(self, at: int, quantity: int) -> int:
        """Interest due and accrued on a day, in dollars."""
        bond = self.security.bond
        if bond is None or at < self.lot.settled:
            return 0
        return self._dollars(cents(bond.accrued(at) * quantity), at)

    def declared(self, at: int) -> int:
        """Dividends declared by a day and not received by it, in dollars."""
        return sum(
            each.dollars
            for each in self.income
            if each.declared and each.declared <= at and not 0 < each.day <= at
        )

    def _dollars(self, amount: int, at: int) -> int:
        return dollars(self.rates, amount, self.security.currency, at)

    # -- what it is -------------------------------------------------------------------------------

    @property
    def term(self) -> str:
        """Long, short or equivalent, by what was left to maturity when it was bought."""
        bond = self.security.bond
        if bond is None:
            return "long"
        end = bond.schedule.maturity
        if end <= moved(self.lot.settled, 3):
            return "equivalent"
        return "short" if end <= moved(self.lot.settled, 12) else "long"

    # -- its year ---------------------------------------------------------------------------------

    def left(self, at: int) -> int:
        """What is left of it when a day is over."""
        if self.lot.traded > at:
            return 0
        return min((e.span[1] for e in self.events if e.day <= at), default=self.lot.quantity)

    def portions(self, year: int) -> Iterator[Portion]:
        """What left in a year, then what stays."""
        opening, closing = year_end(year - 1), year_end(year)
        for event in self.events:
            if opening < event.day <= closing and event.kind != "write_down":
                yield Portion(span=event.span, end=event.day, event=event)
        if left := self.left(closing):
            yield Portion(span=(left, 0), end=closing)

    def cost(self, span: tuple[int, int]) -> int:
        """A portion's share of cost, in dollars at the rate of the purchase."""
        lot = self.lot
        parts = (part(lot.cost, quantity, lot.quantity) for quantity in span)
        before, after = (self._dollars(amount, lot.traded) for amount in parts)
        return before - after

    def paid_accrued(self, span: tuple[int, int]) -> int:
        """A portion's share of the interest paid for, in dollars."""
        lot = self.lot
        return shared(self._dollars(lot.accrued, lot.traded), span, lot.quantity)

    def received(self, portion: Portion) -> int:
        """Interest and dividends of a portion's year, in dollars, with what came with the trade."""
        opening = year_end(year_of(portion.end) - 1)
        total = sum(
            shared(each.dollars, portion.span, each.quantity)
            for each in self.income
            if opening < each.day <= portion.end and portion.span[0] <= each.quantity
        )
        if portion.event:
            came = portion.event.accrued + self.prepayment(portion.event)
            total += self._dollars(came, portion.end) if came else 0
        return total

    @staticmethod
    def prepayment(event: Event) -> int:
        """What a call paid above par, which is income."""
        if event.kind != "call":
            return 0
        return max(event.amount - (event.span[0] - event.span[1]), 0)

    def movement(self, portion: Portion) -> Movement:
        """A portion's year, footed."""
        return _movement(self, portion).footed()


def _movement(held: Held, portion: Portion) -> Movement:
    lot, end, event = held.lot, portion.end, portion.event
    (before, after), start = portion.span, year_end(year_of(end) - 1)
    is_new = lot.traded > start
    opened = 0 if is_new else held.value(start, before) - held.value(start, after)
    opened_dollars = 0 if is_new else held.amortized(start, before) - held.amortized(start, after)
    adjusted = 0 if is_new else held.adjustment(start, before) - held.adjustment(start, after)
    cost = part(lot.cost, before, lot.quantity) - part(lot.cost, after, lot.quantity)
    cost, cost_dollars = (cost, held.cost(portion.span)) if is_new else (0, 0)
    downs = [each for each in held.downs if start < each.day <= end and before <= each.par]
    parts = [(shared(each.amount, portion.span, each.par), each.day) for each in downs]
    impaired = sum(amount for amount, _ in parts)
    impairment = sum(
        dollars(held.rates, amount, held.security.currency, at) for amount, at in parts
    )
    finish = held.value(end, before) - held.value(end, after)
    if event and event.kind in AT_PAR:
        finish = before - after

    def rated(amount: int, at: int) -> int:
        return dollars(held.rates, amount, held.security.currency, at)

    accretion = rated(finish - opened - cost + impaired, end)
    known = {
        "opening": opened_dollars + adjusted,
        "cost": cost_dollars,
        "accretion": accretion,
        "impairment": impairment,
    }
    if event is None:
        closing = held.amortized(end, before)
        adjustment = held.adjustment(end, before)
        exchange = closing - opened_dollars - cost_dollars - accretion + impairment
        unrealized = adjustment - adjusted
        return Movement(
            **known, unrealized=unrealized, exchange=exchange, closing=closing + adjustment
        )
    book = rated(finish, lot.traded)
    exchange = book - opened_dollars - cost_dollars - accretion + impairment
    consideration = rated(event.amount - held.prepayment(event), end)
    exchange_gain = rated(finish, end) - book
    return Movement(
        **known,
        unrealized=-adjusted,
        exchange=exchange,
        consideration=consideration,
        exchange_gain=exchange_gain,
        realized=consideration - book - exchange_gain,
    )
