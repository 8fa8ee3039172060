"""Real estate and other invested assets: what was paid, and every entry since."""

import numpy as np

from jurat.records import Records
from jurat.valuation.calendar import Bools, Whole
from jurat.valuation.rolls import EVER, NEVER, Entries, Roll, roll_of


def real_estate_rolled(records: Records, ends: tuple[int, int]) -> Roll:
    """Properties in a year, less encumbrances.

    Units   cents.
    Source  SSAP No. 40R: cost less depreciation; domain.md 3.2.
    """
    table = records["real_estate"]
    entries = Entries.of(records, "real_estate_activity", "real_estate", "property")
    rows, until, sold, old = _held(table.whole("acquired"), entries, ends)

    def of(*kinds: str) -> tuple[Whole, Whole]:
        before = entries.total(*kinds, after=EVER, upto=ends[0])[rows]
        return before, entries.total(*kinds, after=ends[0], upto=until)[rows]

    cost, taken = table.whole("cost")[rows], table.filled("encumbrances", 0)[rows]
    added, worn, fell = of("addition"), of("depreciation"), of("impairment")
    owing, moved, received = of("encumbrance"), of("exchange"), of("sale")
    opening = cost + added[0] - worn[0] - fell[0] + moved[0] - owing[0] - taken
    opening = np.where(old, opening, 0)
    new, owed = np.where(old, 0, cost), owing[1] + np.where(old, 0, taken)
    book = opening + new + added[1] - worn[1] - fell[1] + moved[1] - owed
    value, known = entries.last("appraisal", until)
    return roll_of(
        rows,
        left=sold,
        day=until[rows],
        bought=~old,
        opening=opening,
        cost=new,
        additional=added[1],
        depreciation=worn[1],
        impairment=fell[1],
        encumbrance=-owed,
        exchange=moved[1],
        gain=np.where(sold, received[1] - book, 0),
        consideration=received[1],
        closing=np.where(sold, 0, book),
        income=of("income")[1],
        expense=of("expense")[1],
        fair_value=np.where(known, value, 0)[rows],
    )


def other_invested_rolled(records: Records, ends: tuple[int, int]) -> Roll:
    """Holdings of Schedule BA in a year.

    Units   cents.
    Source  SSAP No. 48, 21R; domain.md 3.2.
    """
    table = records["other_invested"]
    entries = Entries.of(records, "other_invested_activity", "other_invested", "holding")
    rows, until, sold, old = _held(table.whole("acquired"), entries, ends)

    def of(*kinds: str) -> tuple[Whole, Whole]:
        before = entries.total(*kinds, after=EVER, upto=ends[0])[rows]
        return before, entries.total(*kinds, after=ends[0], upto=until)[rows]

    cost = table.whole("cost")[rows]
    added, rose, grew = of("addition"), of("unrealized"), of("amortization")
    fell, late, moved, received = of("impairment"), of("capitalized"), of("exchange"), of("sale")
    opening = cost + added[0] + rose[0] + grew[0] - fell[0] + late[0] + moved[0]
    opening = np.where(old, opening, 0)
    new = np.where(old, 0, cost)
    before = np.where(old, rose[0], 0)
    up = np.where(sold, -before, rose[1])
    book = opening + new + added[1] + up + grew[1] - fell[1] + late[1] + moved[1]
    value, known = entries.last("valuation", until)
    return roll_of(
        rows,
        left=sold,
        day=until[rows],
        bought=~old,
        opening=opening,
        cost=new,
        additional=added[1],
        capitalized=late[1],
        accretion=grew[1],
        unrealized=up,
        impairment=fell[1],
        exchange=moved[1],
        gain=np.where(sold, received[1] - book, 0),
        consideration=received[1],
        closing=np.where(sold, 0, book),
        income=of("income")[1],
        fair_value=np.where(known, value, 0)[rows],
    )


def _held(
    acquired: Whole, entries: Entries, ends: tuple[int, int]
) -> tuple[Whole, Whole, Bools, Bools]:
    """The assets held in a year; by which day each is looked at; whether it was sold, whether old."""
    sold_on = entries.closing_day("sale", NEVER)
    until = np.minimum(sold_on, ends[1])
    rows = np.flatnonzero((acquired <= ends[1]) & (sold_on > ends[0]))
    return rows, until, (sold_on <= ends[1])[rows], (acquired <= ends[0])[rows]
