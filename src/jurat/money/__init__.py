"""Amounts as a statement prints them.

Owns: what a printed figure means in whole units, and how a figure is printed back.
Must not know: pages, lines, or where a figure stands.
"""

from jurat.money.figures import (
    Kind,
    format_figure,
    parse_figure,
    ratio_in_tenths,
    round_half_away,
)

__all__ = ["Kind", "format_figure", "parse_figure", "ratio_in_tenths", "round_half_away"]
