"""The other assets of a golden company: loans, property, contracts, cash and collateral."""

from collections.abc import Callable, Iterator

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.cash import draw_cash, draw_collateral
from jurat.golden.insurer.contracts import draw_contract
from jurat.golden.insurer.draws import Hand, Row
from jurat.golden.insurer.estate import draw_property
from jurat.golden.insurer.holdings import draw_holding
from jurat.golden.insurer.loans import draw_loan
from jurat.golden.insurer.markets import Market
from jurat.golden.insurer.rounding import DrawAgain

Made = tuple[list[tuple[str, Row]], Answers]

_KINDS: tuple[tuple[Callable[[Hand], Made], int, int], ...] = (
    (draw_loan, 25, 24),
    (draw_property, 200, 12),
    (draw_holding, 100, 12),
    (draw_contract, 50, 40),
    (draw_collateral, 500, 4),
)
"""How each is drawn, one for how many lots, and how many there are at least."""

_FIRST = 500_000
"""Where their numbers begin, past those of any company's securities but the largest."""

_DRAWS = 500


def other_units(world: Market, lots: int) -> Iterator[Made]:
    """Every other asset with its answers."""
    yield draw_cash(Hand(world, 0, 0))
    number = max(_FIRST, lots)
    for draw, each, least in _KINDS:
        for _ in range(max(lots // each, least)):
            number += 1
            yield _drawn(world, draw, number)


def _drawn(world: Market, draw: Callable[[Hand], Made], number: int) -> Made:
    for attempt in range(_DRAWS):
        try:
            return draw(Hand(world, number, attempt))
        except DrawAgain:
            continue
    raise AssertionError(f"Unit {number} is never drawn well.")
