"""Percentages: the measured cells that words cannot say, as named pure functions."""

from collections.abc import Callable
from dataclasses import replace

from jurat.words import Address, BlankError

ASSETS = Address("assets", "17", "3")

Ratio = tuple[Address, Address]
"""The part and the whole, of which the cell is the percentage."""


def percent_of_line_6(cell: Address) -> Ratio:
    """Exhibit 6: a line's share of all liabilities. Source: the page's column 2."""
    return replace(cell, column="1"), replace(cell, line="6", column="1")


def percent_of_assets(cell: Address) -> Ratio:
    """Interrogatory 5.4: the share of all separate account assets. Source: the interrogatory."""
    return replace(cell, column="1"), ASSETS


_MEASURES: dict[str, Callable[[Address], Ratio]] = {
    "percent_of_line_6": percent_of_line_6,
    "percent_of_assets": percent_of_assets,
}


def ratio_of(name: str, cell: Address, where: str = "") -> Ratio:
    """The part and the whole behind a measured percentage.

    Raises  BlankError when a page names a measure that does not exist.
    """
    if name not in _MEASURES:
        known = ", ".join(_MEASURES)
        raise BlankError(f"There is no measure {name!r}.", where=where, next=f"Known: {known}.")
    return _MEASURES[name](cell)
