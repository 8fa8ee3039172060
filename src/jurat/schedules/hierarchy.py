"""The fair value hierarchy: what is carried at fair value, by class and by how the price was found."""

from dataclasses import dataclass

import numpy as np

from jurat.schedules.exhibits import CLASSES, class_of
from jurat.schedules.gains import Reason
from jurat.schedules.investments import Investments
from jurat.valuation.holdings import Asset

LEVELS = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One class of securities at fair value.

    Units   cents, by level of the hierarchy.
    """

    name: str
    cents: tuple[int, int, int]
    at_fair_value: bool
    """Whether it is carried at fair value, or at cost with its fair value told."""


def hierarchy_of(made: Investments) -> list[Level]:
    """Fair values at the year's end by class and level; at fair value on the balance sheet, or told.

    Source  SSAP No. 100: levels 1 to 3; the level is the security's own.
    """
    book, moves = made.book, made.book.moves
    stays = ~moves.left
    level = np.clip(book.year.holdings.securities.filled("level", 2)[book.security], 1, 3)
    of = class_of(book)
    carried = moves.closing == moves.fair_value
    measured = book.year.holdings.at_fair_value[moves.portions.lot] | (book.asset == Asset.COMMON)
    at_fair = carried & (measured | (moves.unrealized != 0))
    found = []
    for is_carried in (True, False):
        for place, name in enumerate(CLASSES):
            mine = stays & (of == place) & (at_fair == is_carried) & (moves.fair_value != 0)
            if mine.any():
                cents = [int(moves.fair_value[mine & (level == one)].sum()) for one in LEVELS]
                found.append(
                    Level(
                        name=name,
                        cents=(cents[0], cents[1], cents[2]),
                        at_fair_value=is_carried,
                    )
                )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class GainsBy:
    """Gains of the year by where they go and why, in cents."""

    reason: str
    is_imr: bool
    count: int
    cents: int


def gains_by_reason(made: Investments) -> list[GainsBy]:
    """The year's gains, by the reason that sends them to one reserve or the other."""
    gains = made.gains
    return [
        GainsBy(
            reason=words,
            is_imr=place == Reason.INTEREST,
            count=int((gains.reason == place).sum()),
            cents=int(gains.amount[gains.reason == place].sum()),
        )
        for place, words in enumerate(Reason.ALL)
        if (gains.reason == place).any()
    ]
