"""The investment schedules: movements of lots laid out as the rows, subtotals and pages of the form.

Owns: which movement goes to which schedule, section, column and line.
Must not know: how a book value is found, or how a page looks in print.
"""

from jurat.schedules.cells import CENT, Told, cells_of, openings
from jurat.schedules.detail import Detail
from jurat.schedules.investments import Investments, investments_of
from jurat.schedules.sums import Share, Sum

__all__ = [
    "CENT",
    "Detail",
    "Investments",
    "Share",
    "Sum",
    "Told",
    "cells_of",
    "investments_of",
    "openings",
]
