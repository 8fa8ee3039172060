"""Derivatives: contracts at fair value or like what they hedge, and the margin of futures."""

from dataclasses import dataclass

import numpy as np

from jurat.records import Records
from jurat.records.tables import ACCOUNTINGS
from jurat.valuation.calendar import Bools, Whole
from jurat.valuation.rolls import EVER, NEVER, Entries
from jurat.words import require


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contracts:
    """How contracts moved in a year.

    opening + premium + unrealized + gain - received + amortization + adjustment = closing

    Units   cents of a dollar; a contract that is a liability is less than nought.
    Shape   a row for each contract open in the year.
    """

    owner: Whole
    """The row of the table of derivatives."""
    is_future: Bools
    left: Bools
    """Whether it was settled in the year."""
    day: Whole
    opening: Whole
    premium_before: Whole
    premium: Whole
    unrealized: Whole
    gain: Whole
    received: Whole
    amortization: Whole
    adjustment: Whole
    """To the carrying value of what is hedged."""
    closing: Whole
    fair_value: Whole
    income: Whole
    margin: Whole
    """Variation margin of a future, all years."""
    margin_before: Whole

    @property
    def unexplained(self) -> Whole:
        """What a closing lacks of its movement."""
        moved = self.opening + self.premium + self.unrealized + self.gain - self.received
        return moved + self.amortization + self.adjustment - self.closing


def contracts_rolled(records: Records, ends: tuple[int, int]) -> Contracts:
    """Derivatives in a year.

    Source  SSAP No. 86; how-a-lot-moves, Other assets.
    """
    table = records["derivatives"]
    entries = Entries.of(records, "derivative_activity", "derivatives", "contract")
    settled_on = entries.closing_day("settlement", NEVER)
    until = np.minimum(settled_on, ends[1])
    traded = table.whole("traded")
    rows = np.flatnonzero((traded <= ends[1]) & (settled_on > ends[0]))
    left, old = (settled_on <= ends[1])[rows], (traded <= ends[0])[rows]

    def of(kind: str) -> tuple[Whole, Whole]:
        before = entries.total(kind, after=EVER, upto=ends[0])[rows]
        return before, entries.total(kind, after=ends[0], upto=until)[rows]

    premium, worn, adjusted = of("premium"), of("amortization"), of("adjustment")
    received, income, margin = of("settlement"), of("income"), of("margin")
    hedge = (table.whole("accounting") == ACCOUNTINGS.index("hedge"))[rows]
    future = table.is_choice("type", "future")[rows]
    cost_0 = premium[0] - worn[0] + adjusted[0]
    cost_1 = cost_0 + premium[1] - worn[1] + adjusted[1]
    values = [entries.last("valuation", at) for at in ends]
    by_cost = hedge | future
    book_0 = np.where(by_cost | ~values[0][1][rows], cost_0, values[0][0][rows])
    book_1 = np.where(by_cost | ~values[1][1][rows], cost_1, values[1][0][rows])
    opening = np.where(old, book_0, 0)
    closing = np.where(left, 0, book_1)
    end = np.where(left, cost_1, book_1)
    unrealized = end - opening - premium[1] + worn[1] - adjusted[1]
    found = Contracts(
        owner=rows,
        is_future=future,
        left=left,
        day=until[rows],
        opening=opening,
        premium_before=premium[0],
        premium=premium[1],
        unrealized=unrealized,
        gain=np.where(left, received[1] - cost_1, 0),
        received=received[1],
        amortization=-worn[1],
        adjustment=adjusted[1],
        closing=closing,
        fair_value=np.where(left, 0, values[1][0][rows]),
        income=income[1],
        margin=margin[0] + margin[1],
        margin_before=margin[0],
    )
    require(not found.unexplained.any(), "A contract does not roll forward.")
    return found
