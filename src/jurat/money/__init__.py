"""Amounts as a statement prints them.

Owns: what a printed figure means in whole units, and how a figure is printed back.
Must not know: pages, lines, or where a figure stands.
"""

from jurat.money.amounts import EXACT, LARGEST, format_exact, parse_amount, to_dollars
from jurat.money.figures import (
    Kind,
    format_figure,
    parse_figure,
    ratio_in_tenths,
    round_half_away,
)

__all__ = [
    "EXACT",
    "LARGEST",
    "Kind",
    "format_exact",
    "format_figure",
    "parse_amount",
    "parse_figure",
    "ratio_in_tenths",
    "round_half_away",
    "to_dollars",
]
