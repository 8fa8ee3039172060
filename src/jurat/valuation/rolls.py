"""A year of assets that are rolled forward entry by entry: loans, property, other assets, contracts."""

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np

from jurat.records import Records, Table, places
from jurat.valuation.calendar import Bools, Whole
from jurat.valuation.dated import Dated
from jurat.words import require


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Roll:
    """How assets moved in a year: what stays, and what left.

    opening + cost + additional + capitalized + accretion - depreciation + unrealized - impairment +
    encumbrance + exchange + gain - consideration = closing

    Units   cents of a dollar; days since 1970.
    Shape   a row for each asset that stays and for each that left, in whole or in part.
    """

    owner: Whole
    """The row of the asset's table."""
    left: Bools
    day: Whole
    bought: Bools
    """Whether acquired this year."""
    opening: Whole
    cost: Whole
    additional: Whole
    capitalized: Whole
    accretion: Whole
    depreciation: Whole
    unrealized: Whole
    impairment: Whole
    encumbrance: Whole
    """What a change of encumbrances did to the value: less than nought for a new loan."""
    exchange: Whole
    gain: Whole
    consideration: Whole
    closing: Whole
    income: Whole
    expense: Whole
    due_opening: Whole
    due_closing: Whole
    fair_value: Whole

    def __len__(self) -> int:
        """How many rows."""
        return len(self.owner)

    @property
    def book_at_disposal(self) -> Whole:
        """What was carried when it left."""
        return np.where(self.left, self.consideration - self.gain, 0)

    @property
    def unexplained(self) -> Whole:
        """What a closing lacks of its movement."""
        moved = self.opening + self.cost + self.additional + self.capitalized + self.accretion
        moved = moved - self.depreciation + self.unrealized - self.impairment + self.encumbrance
        return moved + self.exchange + self.gain - self.consideration - self.closing

    def take(self, rows: Whole) -> Self:
        """Some rows."""
        return type(self)(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})


def roll_of(owner: Whole, **columns: Any) -> Roll:  # noqa: ANN401  -- whole numbers, or yes and no
    """A roll with nought in the columns that are not given; it must foot."""
    nought = np.zeros(len(owner), dtype=np.int64)
    names = [each.name for each in fields(Roll) if each.name != "owner"]
    roll = Roll(owner=owner, **{name: columns.get(name, nought) for name in names})
    require(not roll.unexplained.any(), "An asset does not roll forward.")
    return roll


@dataclass(frozen=True, eq=False, kw_only=True)
class Entries:
    """What happened to assets, entry by entry."""

    table: Table
    owner: Whole
    """The asset of each entry, by its row."""
    count: int
    """How many assets there are."""

    @classmethod
    def of(cls, records: Records, name: str, owners: str, key: str) -> Self:
        """The entries of a table about the assets of another."""
        table = records[name]
        return cls(
            table=table,
            owner=places(table.text(key), records[owners].text(key)),
            count=len(records[owners]),
        )

    def rows(self, *kinds: str, after: int | Whole, upto: int | Whole) -> Whole:
        """The entries of some kinds after one day and through another."""
        day = self.table.whole("date")
        own = self.table.is_choice("kind", *kinds) & (self.owner >= 0)
        begin = after[self.owner] if isinstance(after, np.ndarray) else after
        end = upto[self.owner] if isinstance(upto, np.ndarray) else upto
        return np.flatnonzero(own & (day > begin) & (day <= end))

    def total(self, *kinds: str, after: int | Whole, upto: int | Whole) -> Whole:
        """Their amounts, by asset."""
        rows = self.rows(*kinds, after=after, upto=upto)
        return self.summed(rows, self.table.whole("amount")[rows])

    def summed(self, rows: Whole, amounts: Whole) -> Whole:
        """Amounts of some entries, by asset."""
        found = np.zeros(self.count, dtype=np.int64)
        np.add.at(found, self.owner[rows], amounts)
        return found

    def balance(
        self, owner: Whole, day: Whole, more: tuple[str, ...], less: tuple[str, ...]
    ) -> Whole:
        """What entries through a day came to, of each owner and day: some kinds added, some taken."""
        rows = self.rows(*more, *less, after=EVER, upto=NEVER)
        rows = rows[np.lexsort((self.table.whole("date")[rows], self.owner[rows]))]
        sign = np.where(self.table.is_choice("kind", *more)[rows], 1, -1)
        amount = sign * self.table.whole("amount")[rows]
        run = np.concatenate([[0], np.cumsum(amount)])
        own = self.owner[rows]
        found = Dated.of(own, self.table.whole("date")[rows]).latest(owner, day)
        base = run[np.searchsorted(own, owner)]
        return np.where(found >= 0, run[found + 1] - base, 0)

    def last(self, kind: str, upto: int | Whole) -> tuple[Whole, Bools]:
        """The amount of each asset's last entry of a kind through a day, and whether there is one."""
        rows = self.rows(kind, after=EVER, upto=upto)
        order = rows[np.argsort(self.table.whole("date")[rows], kind="stable")]
        found = np.zeros(self.count, dtype=np.int64)
        known = np.zeros(self.count, dtype=np.bool_)
        found[self.owner[order]] = self.table.whole("amount")[order]  # the last written stands
        known[self.owner[order]] = True
        return found, known

    def closing_day(self, kind: str, never: int) -> Whole:
        """The day of the entry that ended each asset; a day that never comes where none did."""
        rows = self.rows(kind, after=EVER, upto=never)
        found = np.full(self.count, never)
        found[self.owner[rows]] = self.table.whole("date")[rows]
        return found


EVER = -(1 << 21)
"""A day before all others."""
NEVER = 1 << 21
"""A day after all others."""
