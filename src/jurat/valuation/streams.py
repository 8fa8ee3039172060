"""What is still to be paid on a column of bonds, and what it is worth at a force of interest.

Two shapes. A `Level` stream pays one coupon again and again and has a closed form; `Flows`, of
`listing`, has every payment. Amounts are fractions of the original par, times are coupon periods from a day.
The force is the logarithm of growth in one coupon period: a yield of 4 % twice a year is log 1.02.
"""

from dataclasses import dataclass, fields
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from jurat.valuation.bonds import Cycle, Place, place_of
from jurat.valuation.calendar import Floats, Whole

_FLAT = 1e-6
"""A force so near nought that the closed form of the slope would lose its digits."""


class Stream(Protocol):
    """Payments to come on a column of bonds."""

    @property
    def accrued(self) -> Floats:
        """Interest accrued on the day the stream begins."""

    @property
    def position(self) -> Floats:
        """Time from that day to maturity."""

    @property
    def elapsed(self) -> Floats:
        """Time since the last coupon; without end before the first."""

    def coming(self) -> tuple[Floats, Floats]:
        """When the next payment comes, and the interest in it."""

    def worth(self, force: Floats) -> tuple[Floats, Floats]:
        """Present value, accrued interest included, and its slope in the force."""

    def take(self, rows: npt.NDArray[np.int64]) -> Self:
        """The streams of some bonds."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Level:
    """Level coupons and one last payment."""

    until: Floats
    """Periods to the first payment."""
    count: Floats
    """Coupons to be paid."""
    first: Floats
    coupon: Floats
    last: Floats
    last_at: Floats
    last_interest: Floats
    accrued: Floats
    position: Floats
    elapsed: Floats

    def coming(self) -> tuple[Floats, Floats]:
        """When the next payment comes, and the interest in it."""
        some = self.count > 0
        return np.where(some, self.until, self.last_at), np.where(
            some, self.first, self.last_interest
        )

    def take(self, rows: npt.NDArray[np.int64]) -> Self:
        """The streams of some bonds."""
        return type(self)(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    def worth(self, force: Floats) -> tuple[Floats, Floats]:
        """Present value, accrued interest included, and its slope in the force."""
        more = np.maximum(self.count - 1, 0)
        growth = np.expm1(force)
        flat = np.abs(force) < _FLAT
        safe = np.where(flat, 1.0, growth)
        kept = -np.expm1(-more * force)
        annuity = np.where(flat, more - force * more * (more + 1) / 2, kept / safe)
        bend = np.where(
            flat,
            -more * (more + 1) / 2,
            (more * (1 - kept) - annuity * (growth + 1)) / safe,
        )
        near = np.exp(-force * self.until)
        coupons = near * (self.first + self.coupon * annuity)
        final = self.last * np.exp(-force * self.last_at)
        slope = near * self.coupon * bend - self.until * coupons - self.last_at * final
        return coupons + final, slope


def level_stream(cycle: Cycle, at: Whole, ends: Place) -> Level:
    """The payments after a day of bonds that pay level coupons; `ends` is the place of their end.

    >>> from jurat.valuation.bonds import Bonds, cycle_of
    >>> from jurat.valuation.calendar import days_of
    >>> cycle = cycle_of(Bonds(maturity=["2014-05-15"], coupon=0.06))
    >>> stream = level_stream(cycle, days_of(["2012-11-15"]), place_of(cycle, cycle.end))
    >>> float(stream.count[0]), float(stream.until[0]), float(stream.last_at[0])
    (3.0, 1.0, 3.0)
    """
    place = place_of(cycle, at)
    coupon = cycle.coupon / cycle.frequency
    first = np.where(place.left > cycle.first, cycle.coupon * cycle.first_years, coupon)
    count = place.left - ends.left
    return Level(
        until=place.periods - place.left + 1,
        count=count.astype(np.float64),
        first=np.where(count > 0, first, 0.0),
        coupon=np.where(count > 1, coupon, 0.0),
        last=cycle.price + cycle.coupon * ends.years,
        last_at=place.periods - ends.periods,
        last_interest=cycle.coupon * ends.years,
        accrued=cycle.coupon * place.years,
        position=cycle.position(place, at),
        elapsed=cycle.elapsed(place, at),
    )
