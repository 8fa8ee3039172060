"""How every portion of a lot moved in a year, in whole cents that foot before any page sees them."""

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from jurat.valuation.calendar import Bools, Floats, Whole
from jurat.valuation.portions import Portions


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Movements:
    """How portions moved in a year.

    opening + cost + accretion + unrealized - impairment + exchange + gain - consideration = closing

    Units   cents of a dollar; yields are fractions a year, not a number where none was found.
    Shape   a row for each portion.
    """

    portions: Portions
    opening: Whole
    cost: Whole
    """If bought this year."""
    accretion: Whole
    unrealized: Whole
    impairment: Whole
    exchange: Whole
    gain: Whole
    exchange_gain: Whole
    """The part of the gain that exchange made."""
    consideration: Whole
    closing: Whole
    prepayment: Whole
    """Income paid with a call beside the par."""
    book_at_disposal: Whole
    original_cost: Whole
    """Of the portion, whenever it was bought."""
    fair_value: Whole
    """At the year's end, of what stays."""
    price: Whole
    """By which; blank where there is none."""
    rate: Floats
    """The effective yield in force at the end."""
    carried_to: Whole
    """The day it was amortized to then: the worst date, or maturity; blank of stock."""

    def __len__(self) -> int:
        """How many portions."""
        return len(self.opening)

    def take(self, rows: Whole) -> Self:
        """Some portions."""
        names = [each.name for each in fields(self) if each.name != "portions"]
        own = {name: getattr(self, name)[rows] for name in names}
        return replace(self, portions=self.portions.take(rows), **own)

    @property
    def left(self) -> Bools:
        """Whether a portion left."""
        return np.asarray(self.portions.trade >= 0)

    @property
    def unexplained(self) -> Whole:
        """What a closing lacks of its movement; nought, or a portion does not foot."""
        moved = self.opening + self.cost + self.accretion + self.unrealized - self.impairment
        return moved + self.exchange + self.gain - self.consideration - self.closing


def joined(parts: list[Movements]) -> Movements:
    """Movements of several blocks of lots, one after the other."""
    if len(parts) == 1:
        return parts[0]
    names = [each.name for each in fields(Movements) if each.name != "portions"]
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    portions = {
        each.name: np.concatenate([getattr(part.portions, each.name) for part in parts])
        for each in fields(Portions)
    }
    return Movements(portions=Portions(**portions), **joined)


def nothing(portions: Portions) -> Movements:
    """Movements of no portions at all."""
    none = np.zeros(0, dtype=np.int64)
    names = [each.name for each in fields(Movements) if each.name not in {"portions", "rate"}]
    return Movements(portions=portions, rate=np.zeros(0), **dict.fromkeys(names, none))
