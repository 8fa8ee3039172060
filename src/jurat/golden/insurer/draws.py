"""Drawing: an investment with all its records, from a seed of its own.

Floats draw, they never answer: a price or an amount that is drawn is written down as text first, and
what follows from it is worked from there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from jurat.golden.insurer.markets import Market, iso
from jurat.golden.insurer.records import Account, Lot, Receipt, Security, Trade

Row = dict[str, str]


@dataclass(slots=True, kw_only=True)
class Drawn:
    """A security's records: itself, its lots and all that happened to them."""

    securities: list[Security] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)
    trades: list[Trade] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    rows: list[tuple[str, Row]] = field(default_factory=list)
    """Rows of the tables that are not worked with: terms, designations, prices."""


def rounded(amount: Decimal) -> int:
    """Whole cents of an amount that is drawn: a datum, so halves may be met."""
    return int(amount.to_integral_value(ROUND_HALF_UP))


def exactly(value: float, places: int) -> Decimal:
    """A drawn number as it is written."""
    return Decimal(f"{value:.{places}f}")


def money(cents: int) -> str:
    """Cents as the tables write them.

    >>> money(-5), money(123456)
    ('-0.05', '1234.56')
    """
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


def plain(value: Decimal) -> str:
    """A number without an exponent or noughts at its end.

    >>> plain(Decimal("0.0525") * 100), plain(Decimal(100))
    ('5.25', '100')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def yes(value: object) -> str:
    """Yes or no."""
    return "yes" if value else "no"


class Hand:
    """The hand that draws one unit: its random numbers, and the names it gives."""

    def __init__(self, market: Market, number: int, attempt: int) -> None:
        self.market, self.number = market, number
        self.random = Random(f"{market.seed}:{number}:{attempt}")
        self.drawn = Drawn()
        self.left: dict[str, int] = {}

    # -- chance -----------------------------------------------------------------------------------

    def chance(self, of: float) -> bool:
        """Whether something happens that happens so often."""
        return self.random.random() < of

    def pick(self, **weights: int) -> str:
        """One of some words, by weight."""
        return self.random.choices(list(weights), list(weights.values()))[0]

    def between(self, first: int, last: int) -> int:
        """A whole number, the ends included."""
        return self.random.randint(first, max(first, last))

    # -- records ----------------------------------------------------------------------------------

    def buy(self, lot: Lot) -> Lot:
        """A lot more."""
        self.drawn.lots.append(lot)
        self.left[lot.name] = lot.quantity
        return lot

    def lot_name(self) -> str:
        """A name for the next lot."""
        return f"L{self.number:06}-{len(self.drawn.lots) + 1}"

    def own(self, account: Account, security: Security, at: int) -> Iterator[Lot]:
        """Lots of an account and a security that have something left, first in first."""
        own = [
            lot
            for lot in self.drawn.lots
            if lot.account == account
            and lot.security is security
            and lot.settled <= at
            and self.left[lot.name]
        ]
        return iter(sorted(own, key=lambda lot: lot.traded))

    def sell(self, what: Trade) -> None:
        """A trade, taken from its lot or from the first in."""
        left = what.quantity
        named = [lot for lot in self.drawn.lots if lot.name == what.lot]
        for lot in named or list(self.own(what.account, what.security, what.traded)):
            taken = min(left, self.left[lot.name])
            self.left[lot.name] -= taken
            left -= taken
        self.drawn.trades.append(what)

    def trade_name(self) -> str:
        """A name for the next trade."""
        return f"T{self.number:06}-{len(self.drawn.trades) + 1}"

    def note(self, table: str, **row: str) -> None:
        """A row of a table."""
        self.drawn.rows.append((table, row))

    def receive(self, what: Receipt) -> None:
        """Income received, or declared; it is named here."""
        name = f"I{self.number:06}-{len(self.drawn.receipts) + 1}"
        self.drawn.receipts.append(replace(what, name=name))


def rows_of(drawn: Drawn) -> Iterator[tuple[str, Row]]:
    """Every row of every table that a unit's records fill."""
    yield from drawn.rows
    for lot in drawn.lots:
        yield (
            "lots",
            {
                "lot": lot.name,
                "account": lot.account.name,
                "security": lot.security.name,
                "traded": iso(lot.traded),
                "settled": iso(lot.settled) if lot.settled != lot.traded else "",
                "vendor": "Dealer",
                "quantity": quantity(lot.security, lot.quantity),
                "cost": money(lot.cost),
                "accrued": money(lot.accrued) if lot.accrued else "",
            },
        )
    for trade in sorted(drawn.trades, key=lambda trade: trade.traded):
        yield (
            "trades",
            {
                "trade": trade.name,
                "kind": trade.kind,
                "lot": trade.lot,
                "account": trade.account.name,
                "security": trade.security.name,
                "traded": iso(trade.traded),
                "settled": iso(trade.settled) if trade.settled != trade.traded else "",
                "quantity": quantity(trade.security, trade.quantity) if trade.quantity else "",
                "amount": money(trade.amount),
                "accrued": money(trade.accrued) if trade.accrued else "",
                "purchaser": "Dealer" if trade.kind == "sale" else "",
                "credit": yes(trade.credit),
            },
        )
    for receipt in drawn.receipts:
        yield (
            "income",
            {
                "receipt": receipt.name,
                "kind": receipt.kind,
                "account": receipt.account.name,
                "security": receipt.security.name,
                "lot": receipt.lot,
                "declared": iso(receipt.declared),
                "date": iso(receipt.day),
                "amount": money(receipt.amount),
            },
        )


def quantity(security: Security, amount: int) -> str:
    """Par in dollars, or shares, as the tables write them."""
    return money(amount) if security.bond else plain(Decimal(amount) / 1_000_000)
