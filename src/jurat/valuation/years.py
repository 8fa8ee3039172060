"""A company's lots in one year: portions, and how they moved, worked block by block."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from jurat.records import Records
from jurat.valuation.blocks import Block
from jurat.valuation.calendar import Bools, days_of
from jurat.valuation.holdings import Holdings
from jurat.valuation.issues import Issues, issues_of
from jurat.valuation.movements import Movements, joined, nothing
from jurat.valuation.portions import Events, Portions, events_of, portions_of
from jurat.valuation.relief import Relief
from jurat.valuation.spells import Spells
from jurat.words import require

_BLOCK = 500_000
"""Portions valued at once: enough to be quick, few enough to bound memory."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Year:
    """A company's lots in one year: what they are, and how their portions moved."""

    number: int
    records: Records
    holdings: Holdings
    issues: Issues
    events: Events
    movements: Movements

    @cached_property
    def begin(self) -> int:
        """The last day of the year before."""
        return year_end(self.number - 1)

    @cached_property
    def end(self) -> int:
        """The last day of the year."""
        return year_end(self.number)

    @cached_property
    def bought(self) -> Bools:
        """Whether each portion was bought this year."""
        traded = self.holdings.lots.whole("traded")
        return np.asarray(traded[self.movements.portions.lot] > self.begin)


def year_end(year: int) -> int:
    """The last day of a year, in days since 1970."""
    return int(days_of(f"{year:04}-12-31"))


def value_year(records: Records, year: int, relief: Relief = Relief.FIFO) -> Year:
    """Value every lot of a company's records for a year; sales without a lot relieved as elected.

    Units   cents.
    Source  how-a-lot-moves; SSAP No. 26R, 30R, 32R, 43R.
    Raises  RecordError for trades of more than is held.
    """
    holdings, issues = Holdings(records=records), issues_of(records)
    ends = year_end(year - 1), year_end(year)
    events = events_of(records, ends[1], relief)
    portions = portions_of(records, events, ends)
    downs = events.take(np.flatnonzero(events.is_write_down))
    parts = [
        Block(holdings=holdings, issues=issues, downs=downs, portions=own, ends=ends).moved()
        for own in _blocks(portions)
    ]
    movements = joined(parts) if parts else nothing(portions)
    require(not movements.unexplained.any(), "A portion does not roll forward.")
    return Year(
        number=year,
        records=records,
        holdings=holdings,
        issues=issues,
        events=events,
        movements=movements,
    )


def spells_for(year: Year, lot: int) -> Spells:
    """The spells of one lot of bonds in a year."""
    portions = year.movements.portions
    own = portions.take(np.flatnonzero(portions.lot == lot))
    if not len(own.lot):
        own = replace(
            portions.take(np.zeros(1, dtype=np.int64)[:0]),
            lot=np.array([lot]),
            **{
                name: np.zeros(1, dtype=np.int64)
                for name in ("before", "after", "day", "trade", "ahead")
            },
        )
    downs = year.events.take(np.flatnonzero(year.events.is_write_down))
    block = Block(
        holdings=year.holdings,
        issues=year.issues,
        downs=downs,
        portions=own,
        ends=(year.begin, year.end),
    )
    return block.spells


def _blocks(portions: Portions) -> Iterator[Portions]:
    """Portions lot by lot in blocks; a lot is never split."""
    begin, count = 0, len(portions.lot)
    while begin < count:
        end = min(begin + _BLOCK, count)
        while end < count and portions.lot[end] == portions.lot[end - 1]:
            end += 1
        yield portions.take(np.arange(begin, end))
        begin = end
