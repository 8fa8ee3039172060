"""How things are measured: pure functions on columns, each with its source.

Owns: the grouped amortization of the interest maintenance reserve.
Must not know: pages, cells, or where a figure is printed.
"""

from jurat.valuation.imr import (
    BANDS,
    GroupedTable,
    grouped_amortization,
    grouped_factors,
    known_rates,
)

__all__ = ["BANDS", "GroupedTable", "grouped_amortization", "grouped_factors", "known_rates"]
