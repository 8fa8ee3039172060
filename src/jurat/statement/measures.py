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


_BONDS = {"schedule_d_part1a_section1": "9.7", "schedule_d_part1a_section2": "9.5"}
"""All bonds of the current year, on the two sections of Part 1A."""


def percent_of_bonds(cell: Address) -> Ratio:
    """Schedule D Part 1A: a line's share of all bonds. Source: the sections' column 7."""
    whole = Address(cell.page, _BONDS[cell.page], "6")
    return replace(cell, column="6"), whole


def percent_across(cell: Address) -> Ratio:
    """Schedule D Part 1A: a column's share of the total above. Source: line 9.8 and its like."""
    total = _above(cell, 1)
    return total, replace(total, column="8" if total.line.startswith("10.") else "6")


def percent_of_all_bonds(cell: Address) -> Ratio:
    """Schedule D Part 1A: a part's share of all bonds. Source: line 11.9 and its like."""
    return _above(cell, 2), Address(cell.page, _BONDS[cell.page], "6")


def _above(cell: Address, lines: int) -> Address:
    head, _, place = cell.line.partition(".")
    return replace(cell, line=f"{head}.{int(place) - lines}")


_MEASURES: dict[str, Callable[[Address], Ratio]] = {
    "percent_of_line_6": percent_of_line_6,
    "percent_of_assets": percent_of_assets,
    "percent_of_bonds": percent_of_bonds,
    "percent_across": percent_across,
    "percent_of_all_bonds": percent_of_all_bonds,
}


def ratio_of(name: str, cell: Address, where: str = "") -> Ratio:
    """The part and the whole behind a measured percentage.

    Raises  BlankError when a page names a measure that does not exist.
    """
    if name not in _MEASURES:
        known = ", ".join(_MEASURES)
        raise BlankError(f"There is no measure {name!r}.", where=where, next=f"Known: {known}.")
    return _MEASURES[name](cell)
