"""The investment schedules: movements of lots laid out as the rows, subtotals and pages of the form.

Owns: which movement goes to which schedule, section, column and line.
Must not know: how a book value is found, or how a page looks in print.
"""

from jurat.schedules.cells import cells_of, gains_by_band, one_by_one, openings
from jurat.schedules.detail import Detail
from jurat.schedules.investments import Investments, investments_of
from jurat.schedules.sums import Share, Sum

__all__ = [
    "Detail",
    "Investments",
    "Share",
    "Sum",
    "cells_of",
    "gains_by_band",
    "investments_of",
    "one_by_one",
    "openings",
]
