"""The other assets of a golden company: loans, property, contracts, cash and collateral."""

from collections.abc import Iterator

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.draws import Row
from jurat.golden.insurer.markets import Market


def other_units(world: Market, lots: int) -> Iterator[tuple[list[tuple[str, Row]], Answers]]:
    """Every other asset with its answers."""
    return iter(())
