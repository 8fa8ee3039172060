"""The force of interest at which a column of streams is worth what was paid.

The logarithm of a present value is convex and nearly straight in the force, so Newton's steps find
it in four or five from anywhere; a bracket stands round them all the same.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from jurat.valuation.calendar import Bools, Floats
from jurat.valuation.streams import Stream

_LOWEST, _HIGHEST = -0.7, 5.0
"""Forces of one period between which a yield is looked for: from -50 % to 14,741 % of growth."""

_CLOSE = 2e-14
_NOISE = 4 * 2.0**-52
"""The last digits of a present value, which a short life makes many of in a yield."""
_EDGE = 1e-9
_STEPS = 60


class Outcome(IntEnum):
    """What came of looking for a yield."""

    SOLVED = 0
    TERMS = 1
    """The bond's terms cannot be: dates out of order, a coupon off its cycle."""
    NO_PRICE = 2
    """Nothing was paid, or there is no par."""
    NOTHING_DUE = 3
    """Nothing is due after settlement."""
    OUT_OF_RANGE = 4
    """No yield that a bond can have gives the price."""
    NOT_CONVERGED = 5
    NO_TIME = 6
    """The day count leaves no day to the last payment: any yield would do."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Yields:
    """Effective yields of lots, each with what came of it; no number where there is none."""

    rate: Floats
    """A year, compounded as often as the coupon is paid; not a number unless solved."""
    force: Floats
    """The logarithm of growth in one coupon period."""
    outcome: npt.NDArray[np.int8]

    @property
    def solved(self) -> Bools:
        """Whether there is a yield."""
        return np.asarray(self.outcome == Outcome.SOLVED)


def solve_force(stream: Stream, paid: Floats, guess: Floats) -> tuple[Floats, npt.NDArray[np.int8]]:
    """The force at which each stream is worth what was paid, and what came of looking.

    Units   what was paid includes accrued interest, as a fraction of par.
    Shape   an element for each bond.
    """
    force = np.full(len(paid), np.nan)
    outcome = np.full(len(paid), Outcome.NOT_CONVERGED, dtype=np.int8)
    outcome[~(paid > 0)] = Outcome.NO_PRICE
    rows = np.flatnonzero(paid > 0)
    stream = stream if len(rows) == len(paid) else stream.take(rows)
    price = np.log(paid[rows])
    now = np.clip(guess[rows], _LOWEST, _HIGHEST)
    waits = stream.worth(now)[1] < 0
    outcome[rows[~waits]] = Outcome.NO_TIME
    if not waits.all():
        keep = np.flatnonzero(waits)
        rows, price, stream, now = rows[keep], price[keep], stream.take(keep), now[keep]
    low, high = np.full(len(rows), _LOWEST), np.full(len(rows), _HIGHEST)
    sought = np.ones(len(rows), dtype=np.bool_)
    for _ in range(_STEPS):
        if not sought.any():
            break
        now, done, low, high = _step(stream, price, now, (low, high))
        done &= sought  # the first answer stands, whatever company a lot is in
        force[rows[done]] = now[done]
        edge = (now < _LOWEST + _EDGE) | (now > _HIGHEST - _EDGE)
        outcome[rows[done]] = np.where(edge, Outcome.OUT_OF_RANGE, Outcome.SOLVED)[done]
        sought &= ~done
        if sought.mean() < 0.5:
            keep = np.flatnonzero(sought)
            rows, price, stream = rows[keep], price[keep], stream.take(keep)
            now, low, high, sought = now[keep], low[keep], high[keep], sought[keep]
    force[outcome != Outcome.SOLVED] = np.nan
    return force, outcome


def _step(
    stream: Stream, price: Floats, now: Floats, bracket: tuple[Floats, Floats]
) -> tuple[Floats, Bools, Floats, Floats]:
    """One step of Newton inside the bracket, or its middle; and whether that was the last."""
    low, high = bracket
    with np.errstate(all="ignore"):  # far out the powers overflow; then the middle is taken
        value, slope = stream.worth(now)
        over = np.log(value) - price
        there = now - over * value / slope
    low = np.where(over > 0, now, low)
    high = np.where(over < 0, now, high)
    inside = (there >= low) & (there <= high)
    there = np.where(inside, there, (low + high) / 2)
    with np.errstate(all="ignore"):  # over a life of days a yield is known no better than this
        noise = _NOISE * value / -slope
    size = _CLOSE * (1 + np.abs(there)) + np.where(np.isfinite(noise), noise, 0.0)
    done = (np.abs(there - now) <= size) | (high - low <= size)
    return there, done, low, high
