"""Cash at depositories: month-end balances, the year's interest, what is due at its end."""

from dataclasses import dataclass

import numpy as np

from jurat.records import Records, places
from jurat.valuation.calendar import Whole, month_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Depositories:
    """Depositories of accounts in a year.

    Units   cents; an overdraft is less than nought.
    Shape   a row for each account and depository with a row of cash in the year or at its beginning.
    """

    row: Whole
    """A row of the table of cash that tells which: the last of the year."""
    account: Whole
    balance: Whole
    """At the year's end."""
    received: Whole
    due_opening: Whole
    due_closing: Whole
    months: Whole
    """A column for each month's end."""


def depositories_of(records: Records, ends: tuple[int, int]) -> Depositories:
    """Cash of a year, by account and depository.

    Source  SSAP No. 2R; Schedule E Part 1.
    """
    table = records["cash"]
    accounts = places(table.text("account"), records["accounts"].text("account"))
    banks = table.text("depository")
    bank = places(banks, banks.unique())
    day = table.whole("date")
    rows = np.flatnonzero((day >= ends[0]) & (day <= ends[1]) & (accounts >= 0))
    names, of = np.unique((accounts << 32) + bank, return_inverse=True)
    count = len(names)

    def total(column: str, own: Whole) -> Whole:
        found = np.zeros(count, dtype=np.int64)
        np.add.at(found, of[own], table.filled(column, 0)[own])
        return found

    year = rows[day[rows] > ends[0]]
    month = month_of(day[year]) - month_of(np.asarray(ends[0])) - 1
    months = np.zeros((count, 12), dtype=np.int64)
    np.add.at(months, (of[year], month), table.whole("balance")[year])
    first, last = rows[day[rows] == ends[0]], year[day[year] == ends[1]]
    shown = np.full(count, -1)
    shown[of[rows]] = rows
    keep = np.flatnonzero(shown >= 0)
    return Depositories(
        row=shown[keep],
        account=(names >> 32)[keep],
        balance=total("balance", last)[keep],
        received=total("received", year)[keep],
        due_opening=total("accrued", first)[keep],
        due_closing=total("accrued", last)[keep],
        months=months[keep],
    )
