"""Two hands, no shared code: a golden company's book prices against `jurat.valuation`'s."""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from jurat.golden.insurer.bonds import Bond, Dated
from jurat.golden.insurer.days import THIRTY, year_end
from jurat.golden.insurer.markets import market
from jurat.golden.insurer.movements import Held
from jurat.golden.insurer.rounding import DrawAgain
from jurat.golden.insurer.security_answers import held_lots
from jurat.golden.insurer.units import drawn, units
from jurat.records.tables import DAY_COUNTS
from jurat.valuation import (
    Bonds,
    Calls,
    Lots,
    Schedule,
    accrued_interest,
    book_values,
    effective_yields,
    worst_book_values,
)

WHOLE = 10**12
"""Cents of par at which a difference of one is a million-millionth."""

LOTS = 400


def iso(at: int | None) -> str:
    return date.fromordinal(at).isoformat() if at else "NaT"


def rows(dated: Dated) -> Schedule | None:
    return Schedule.of([[(iso(at), float(value)) for at, value in dated]]) if dated else None


def their_bond(bond: Bond) -> Bonds:
    plan = bond.schedule
    first = plan.date(plan.first) if plan.first is not None else None
    end = date.fromordinal(plan.maturity)
    spread = {date.fromordinal(at).day for at in plan.dates}
    return Bonds(
        maturity=[end.isoformat()],
        coupon=float(bond.coupon),
        frequency=plan.frequency,
        day_count=DAY_COUNTS.index(plan.rule),
        dated=iso(plan.dated),
        first=iso(first),
        month_end=max(spread) > end.day,
        steps=rows(bond.steps),
        sinking=rows(bond.repayments),
    )


def theirs(held: Held, bond: Bond, at: int) -> tuple[int, int]:
    """Book value and accrued interest of a whole original par, by the other hand."""
    owed = float(bond.pays(0).owed(held.lot.settled))
    cost = round(WHOLE * held.lot.cost / held.lot.quantity * owed)
    lots = Lots(par=np.array([WHOLE]), cost=np.array([cost]), settled=iso(held.lot.settled))
    bonds, day = their_bond(bond), iso(at)
    calls = [call for call in bond.calls if not call.make_whole]
    if calls:
        dates = Schedule.of([[(iso(call.day), float(call.price)) for call in calls]])
        some = Calls(schedule=dates, any_day=calls[0].any_day)
        value = worst_book_values(bonds, lots, some, day)[0]
    else:
        value = book_values(bonds, lots, effective_yields(bonds, lots), day)
    return int(value[0]), int(accrued_interest(bonds, lots, day)[0])


@pytest.mark.parametrize("seed", [1, 2])
def test_two_programs_without_a_line_in_common_give_the_same_prices(seed: int) -> None:
    world = market(seed, 3)
    compared = Counter[str]()
    for unit in units(world, LOTS):
        try:
            helds = held_lots(world, drawn(world, unit, 0))
        except DrawAgain:
            continue
        for held in helds:
            bond = held.security.bond
            if bond is None or held.downs or bond.estimates or bond.resets:
                continue  # found again on the way: by hand in test_bonds
            for at in map(year_end, range(2009, 2013)):
                if held.lot.settled <= at < bond.schedule.maturity and held.left(at):
                    promise = bond.pays(0)
                    ours = float(held.price(at) * promise.owed(at)) * WHOLE
                    due = float(bond.accrued(at) * promise.owed(at)) * WHOLE
                    value, interest = theirs(held, bond, at)
                    assert abs(value - ours) <= 2, (held.lot.name, iso(at))
                    assert abs(interest - due) <= 1, (held.lot.name, iso(at))
                    compared[unit.kind] += 1
                    compared[bond.schedule.rule] += 1
    assert set(compared) >= {"plain", "callable", "zero", "step", "sinking", "foreign", *THIRTY}
    assert sum(compared.values()) > 2 * LOTS
