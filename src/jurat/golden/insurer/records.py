"""What a company records of an investment, as the closed forms need it: whole numbers and days."""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal

from jurat.golden.insurer.bonds import Bond


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A separate account."""

    name: str
    title: str
    is_fair: bool
    product: str
    line: str

    @property
    def column(self) -> str:
        """The column of the assets page it stands in."""
        return "2" if self.is_fair else "1"


Rates = dict[str, tuple[tuple[int, Decimal], ...]]
"""Of each currency, days with dollars for one unit, rising."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """A bond or a stock."""

    name: str
    kind: str
    issuer: str
    exempt: bool
    currency: str
    country: str = "US"
    redeemable: bool = False
    bond: Bond | None = None
    designations: tuple[tuple[int, int], ...]
    prices: tuple[tuple[int, Decimal], ...]

    @property
    def unit(self) -> Decimal:
        """Cents that one of its quantity is worth at a price of one."""
        return Decimal("0.01") if self.bond else Decimal("0.0001")

    def designation(self, at: int) -> int:
        """The NAIC designation, the last at or before a day."""
        place = bisect_right(self.designations, at, key=lambda row: row[0])
        return self.designations[place - 1][1]

    def price(self, at: int) -> Decimal:
        """The fair value of a unit, the last at or before a day."""
        place = bisect_right(self.prices, at, key=lambda row: row[0])
        return self.prices[place - 1][1]

    def lowest(self, begin: int, end: int) -> int:
        """The worst designation it had from one day to another."""
        between = [number for when, number in self.designations if begin <= when <= end]
        return max([self.designation(begin), *between])


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A purchase. Quantities are cents of par, or millionths of a share."""

    name: str
    account: Account
    security: Security
    traded: int
    settled: int
    quantity: int
    cost: int
    accrued: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """How some of a security left an account, or a write-down."""

    name: str
    kind: str
    lot: str
    account: Account
    security: Security
    traded: int
    settled: int
    quantity: int
    amount: int
    accrued: int = 0
    credit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Interest or a dividend; a day of nought: not received yet."""

    name: str = ""
    kind: str
    lot: str
    account: Account
    security: Security
    day: int
    amount: int
    declared: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A trade as one lot sees it: what it had before and after, and its part of the amount."""

    trade: str
    kind: str
    day: int
    span: tuple[int, int]
    amount: int
    accrued: int
    credit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """A receipt as one lot sees it, in dollars, with what the lot had on the day before."""

    day: int
    declared: int
    dollars: int
    quantity: int
