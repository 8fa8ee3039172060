"""Units of drawing: which kind each is, how many lots it has, and how it is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from jurat.golden.insurer.draw_bonds import draw_bond_story
from jurat.golden.insurer.draw_stocks import draw_stock_story
from jurat.golden.insurer.draws import Drawn, Hand
from jurat.golden.insurer.markets import Market

_DECK = {
    "plain": 29,
    "callable": 12,
    "backed": 6,
    "zero": 6,
    "step": 4,
    "floater": 6,
    "sinking": 4,
    "foreign": 6,
    "short": 8,
    "equivalent": 5,
    "preferred": 6,
    "common": 8,
}
"""Of a hundred securities, how many are of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A security to be drawn, with its lots."""

    number: int
    kind: str
    lots: int


def units(market: Market, lots: int) -> Iterator[Unit]:
    """As many units as have so many lots, their kinds dealt from a shuffled deck."""
    random = Random(f"{market.seed}:units")
    deck: list[str] = []
    number = 0
    while lots > 0:
        if not deck:
            deck = [kind for kind, count in _DECK.items() for _ in range(count)]
            random.shuffle(deck)
        number += 1
        count = min(random.choices((1, 2, 3), (55, 30, 15))[0], lots)
        yield Unit(number=number, kind=deck.pop(), lots=count)
        lots -= count


def drawn(market: Market, unit: Unit, attempt: int) -> Drawn:
    """A unit's records."""
    hand = Hand(market, unit.number, attempt)
    if unit.kind in ("preferred", "common"):
        draw_stock_story(hand, unit.kind, unit.lots)
    else:
        draw_bond_story(hand, unit.kind, unit.lots)
    return hand.drawn
