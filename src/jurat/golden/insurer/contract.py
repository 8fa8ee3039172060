"""A derivative: what was entered of it, and what it is carried at."""

from dataclasses import dataclass

from jurat.golden.insurer.assets import Entry
from jurat.golden.insurer.records import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract with what happened to it."""

    name: str
    account: Account
    type: str
    traded: int
    matures: int
    is_hedge: bool
    exchange_traded: bool
    quality: int
    exposure: int
    entries: tuple[Entry, ...]

    def total(self, kind: str, after: int, upto: int) -> int:
        """What was entered of a kind after one day and up to another."""
        return sum(e.amount for e in self.entries if e.kind == kind and after < e.day <= upto)

    def settled(self, upto: int) -> Entry | None:
        """Its end, if it came by a day."""
        return next((e for e in self.entries if e.kind == "settlement" and e.day <= upto), None)

    def book(self, at: int) -> int:
        """What it is carried at."""
        if self.traded > at or self.settled(at):
            return 0
        premium = self.total("premium", 0, at)
        if self.is_hedge:
            return premium - self.total("amortization", 0, at)
        return self.fair(at)

    def fair(self, at: int) -> int:
        """The last valuation, else the premium paid."""
        found = [e.amount for e in self.entries if e.kind == "valuation" and e.day <= at]
        return found[-1] if found else self.total("premium", 0, at)
