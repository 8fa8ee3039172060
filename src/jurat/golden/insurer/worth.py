"""What payments are worth at a yield, and the yield at which they are worth a price.

A yield is held as the discount of one coupon period: v = 1 / (1 + y / m).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import exp, log
from typing import TypeVar

from jurat.golden.insurer.rounding import DrawAgain
from jurat.words import require

Number = TypeVar("Number", float, Decimal)

_LOW, _HIGH = -0.4, 3.0
"""Forces of one period beyond which no bond is drawn."""

_NUDGE = 1e-5
_ENOUGH = Decimal("1e-26")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A first coupon after a wait, level ones after it, and a last payment some time later."""

    wait: Decimal
    first: Decimal
    coupon: Decimal
    count: int
    last: Decimal
    last_at: Decimal

    def worth(self, v: Decimal) -> Decimal:
        """The annuity formula: first v^w + coupon v^w (v - v^n) / (1 - v) + last v^T."""
        return _level(v, (self.wait, self.first, self.coupon, self.last, self.last_at), self.count)

    def near(self) -> Callable[[float], float]:
        """The same in floats, to start from."""
        floats = tuple(map(float, (self.wait, self.first, self.coupon, self.last, self.last_at)))
        return lambda v: _level(v, floats, self.count)


def _level(v: Number, parts: tuple[Number, ...], count: int) -> Number:
    wait, first, coupon, last, last_at = parts
    total: Number = last * v**last_at
    if count:
        more = (v - v**count) / (1 - v) if v != 1 else v * (count - 1)
        total += v**wait * (first + coupon * more)
    return total


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Every payment by itself; `gaps` are the periods before each, the first since the day."""

    gaps: tuple[Decimal, ...]
    amounts: tuple[Decimal, ...]
    unit: Decimal
    """Periods in one of the gaps' units: 1, or a day's part of a period."""

    def worth(self, v: Decimal) -> Decimal:
        """The explicit sum."""
        return _listed(v**self.unit, self.gaps, self.amounts)

    def near(self) -> Callable[[float], float]:
        """The same in floats, to start from."""
        gaps, amounts = tuple(map(float, self.gaps)), tuple(map(float, self.amounts))
        unit = float(self.unit)
        return lambda v: _listed(v**unit, gaps, amounts)


def _listed(v: Number, gaps: tuple[Number, ...], amounts: tuple[Number, ...]) -> Number:
    total = v - v
    for gap, amount in zip(reversed(gaps), reversed(amounts), strict=True):
        total = (total + amount) * (v if gap == 1 else v**gap)
    return total


Stream = Level | Listed


def force(stream: Stream, paid: Decimal) -> float:
    """The force of interest of one period at which payments are worth a price, nearly.

    Raises  DrawAgain where no such force is a bond's: it is drawn again.
    """
    if paid <= 0:
        raise DrawAgain
    worth, target = stream.near(), log(float(paid))
    now = 0.02
    for _ in range(60):
        here = log(worth(exp(-now)))
        slope = (log(worth(exp(-now - _NUDGE))) - log(worth(exp(-now + _NUDGE)))) / (2 * _NUDGE)
        if slope > -1e-9:
            raise DrawAgain
        there = min(max(now - (here - target) / slope, _LOW), _HIGH)
        if abs(there - now) < 1e-14:
            break
        now = there
    if not _LOW < now < _HIGH:
        raise DrawAgain
    return now


def discount(stream: Stream, paid: Decimal, near: float) -> Decimal:
    """The discount of one period at which payments are worth a price, to some thirty digits."""
    worth = stream.near()
    v = exp(-near)
    slope = Decimal((worth(v * (1 + _NUDGE)) - worth(v * (1 - _NUDGE))) / (2 * v * _NUDGE))
    found = Decimal(v)
    for _ in range(4):
        over = stream.worth(found) - paid
        if abs(over) < _ENOUGH:
            break
        found -= over / slope
    require(abs(over) < Decimal("1e-20"), "A yield was not found.")
    return found
