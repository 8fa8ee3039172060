"""What held on a day: the last row of a table at or before it."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from jurat.valuation.calendar import Whole

_SHIFT = 22
"""Days of ten thousand years fit below."""
_ZERO = 800_000
"""Before the first day of the year 1."""


def moment(owner: Whole, day: Whole) -> Whole:
    """An owner and a day as one number, in the order of owner, then day."""
    return np.asarray((owner << _SHIFT) + day + _ZERO)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dated:
    """Rows of owners by day."""

    moments: Whole
    """In rising order."""
    rows: Whole
    """The table's row of each."""

    @classmethod
    def of(cls, owner: Whole, day: Whole) -> Self:
        """Rows by owner and day; of equal days the later row counts. Rows of nobody are left out."""
        known = np.flatnonzero(owner >= 0)
        moments = moment(owner[known], day[known])
        order = np.argsort(moments, kind="stable")
        return cls(moments=moments[order], rows=known[order])

    def latest(self, owner: Whole, day: Whole) -> Whole:
        """The last row of each owner at or before a day; -1 where there is none.

        >>> rates = Dated.of(np.array([0, 0, 1]), np.array([10, 20, 10]))
        >>> rates.latest(np.array([0, 0, 1, 2]), np.array([15, 25, 5, 30])).tolist()
        [0, 1, -1, -1]
        """
        if not len(self.moments):
            return np.full(np.shape(owner), -1)
        upto = np.searchsorted(self.moments, moment(owner, day), side="right") - 1
        found = self.moments[np.maximum(upto, 0)] >> _SHIFT == owner
        return np.asarray(np.where((upto >= 0) & found, self.rows[upto], -1))

    def following(self, owner: Whole, day: Whole) -> Whole:
        """The first row of each owner after a day; -1 where there is none."""
        if not len(self.moments):
            return np.full(np.shape(owner), -1)
        after = np.searchsorted(self.moments, moment(owner, day), side="right")
        inside = np.minimum(after, len(self.moments) - 1)
        found = self.moments[inside] >> _SHIFT == owner
        return np.asarray(np.where((after < len(self.moments)) & found, self.rows[inside], -1))
