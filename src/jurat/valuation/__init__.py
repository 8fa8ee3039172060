"""How things are measured: pure functions on columns, each with its source.

Owns: bonds, their day counts, yields and amortized cost; the grouped amortization of the interest
maintenance reserve.
Must not know: pages, cells, or where a figure is printed.
"""

from jurat.valuation.amortization import (
    Lots,
    YearEnds,
    accretion,
    accrued_interest,
    book_values,
    effective_yields,
    year_end_values,
)
from jurat.valuation.bonds import Bonds, Schedule
from jurat.valuation.calendar import DayCount, days_between
from jurat.valuation.imr import (
    BANDS,
    GroupedTable,
    grouped_amortization,
    grouped_factors,
    known_rates,
)
from jurat.valuation.portfolio import Between
from jurat.valuation.solve import Outcome, Yields
from jurat.valuation.treasury import (
    auction_accrued,
    auction_price,
    bill_discount,
    bill_price,
    investment_yield,
)
from jurat.valuation.worst import Calls, Worst, worst_book_values, yield_to_worst

__all__ = [
    "BANDS",
    "Between",
    "Bonds",
    "Calls",
    "DayCount",
    "GroupedTable",
    "Lots",
    "Outcome",
    "Schedule",
    "Worst",
    "YearEnds",
    "Yields",
    "accretion",
    "accrued_interest",
    "auction_accrued",
    "auction_price",
    "bill_discount",
    "bill_price",
    "book_values",
    "days_between",
    "effective_yields",
    "grouped_amortization",
    "grouped_factors",
    "investment_yield",
    "known_rates",
    "worst_book_values",
    "year_end_values",
    "yield_to_worst",
]
