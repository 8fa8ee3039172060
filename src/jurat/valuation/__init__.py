"""How things are measured: pure functions on columns, each with its source.

Owns: bonds, their day counts, yields and amortized cost; the grouped amortization of the interest
maintenance reserve.
Must not know: pages, cells, or where a figure is printed.
"""

from jurat.valuation.amortization import Lots, book_values, effective_yields
from jurat.valuation.bonds import Bonds
from jurat.valuation.calendar import DayCount
from jurat.valuation.imr import (
    BANDS,
    GroupedTable,
    grouped_amortization,
    grouped_factors,
    known_rates,
)

__all__ = [
    "BANDS",
    "Bonds",
    "DayCount",
    "GroupedTable",
    "Lots",
    "book_values",
    "effective_yields",
    "grouped_amortization",
    "grouped_factors",
    "known_rates",
]
