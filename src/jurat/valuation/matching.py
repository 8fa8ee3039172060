"""Rows of one table beside the many rows of another that belong to each."""

import numpy as np

from jurat.valuation.calendar import Whole


def spread(begin: Whole, many: Whole) -> tuple[Whole, Whole]:
    """Runs of neighbouring places, one after another: whose run it is, and the place.

    >>> whose, place = spread(np.array([5, 0, 2]), np.array([2, 0, 3]))
    >>> whose.tolist(), place.tolist()
    ([0, 0, 2, 2, 2], [5, 6, 2, 3, 4])
    """
    whose = np.repeat(np.arange(len(many)), many)
    before = np.cumsum(many) - many
    return whose, np.arange(len(whose)) + (begin - before)[whose]
