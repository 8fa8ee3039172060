"""What all investments share: the accounts, the currencies, and the years."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from jurat.golden.insurer.days import day, year_end
from jurat.golden.insurer.records import Account, Rates

LAST = 2012
"""The statement year."""

ACCOUNTS = (
    Account(
        name="GA-1",
        title="Guaranteed Separate Account 1",
        is_fair=False,
        product="Bank owned life insurance",
        line="Group life",
    ),
    Account(
        name="GA-2",
        title="Pension Risk Transfer Account",
        is_fair=False,
        product="Group annuities",
        line="Group annuities",
    ),
    Account(
        name="FV-1",
        title="Variable Life Account 1",
        is_fair=True,
        product="Variable universal life",
        line="Ordinary life",
    ),
    Account(
        name="FV-2",
        title="Variable Annuity Account 2",
        is_fair=True,
        product="Variable annuities",
        line="Ordinary annuities",
    ),
)
"""Two carried like the general account, two at fair value."""

_START = {"EUR": 1.10, "GBP": 1.60, "CAD": 0.75, "JPY": 0.0092}


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Exchange rates and the years of a company."""

    seed: int
    first: int
    """The first year whose answers are wanted."""
    rates: Rates

    @property
    def years(self) -> range:
        """Every year with answers."""
        return range(self.first, LAST + 1)

    @property
    def opens(self) -> int:
        """The year's end from which records begin."""
        return year_end(self.first - 1)

    @property
    def closes(self) -> int:
        """The last day."""
        return year_end(LAST)


def market(seed: int, years: int) -> Market:
    """Exchange rates by month from 2002: a walk of each currency."""
    rates = {}
    for currency, rate in _START.items():
        random = Random(f"{seed}:{currency}")
        rows = []
        for month in range(2002 * 12, (LAST + 1) * 12):
            rate *= 1 + random.uniform(-0.03, 0.0305)
            places = 6 if currency == "JPY" else random.choice((4, 5))
            value = Decimal(f"{rate:.{places}f}")
            rows.append((day(month // 12, month % 12 + 1, 31), value))
        rates[currency] = tuple(rows)
    return Market(seed=seed, first=LAST - years + 1, rates=rates)


def iso(at: int) -> str:
    """A day as the tables write it; nought is blank."""
    return date.fromordinal(at).isoformat() if at else ""
