"""Errors planted in statements that tie: whether they are found, and whether the culprit is named."""

import random
from dataclasses import dataclass
from multiprocessing import Pool

from jurat import check, examine, load_blank
from jurat.checks import suspects
from jurat.golden.ties import tying_statement
from jurat.money import Kind
from jurat.reading.facts import read_facts
from jurat.statement import Statement
from jurat.words import Address
from tests.soak.reading import EXAMPLE


def tying(seed: int) -> Statement:
    """A statement that ties."""
    return tying_statement(read_facts(EXAMPLE, load_blank()), seed)


def report_ties(seeds: range) -> str:
    """How many statements that tie give no finding at all."""
    with Pool(2) as pool:
        clean = pool.map(_is_clean, seeds, chunksize=8)
    return f"{sum(clean)} of {len(clean)} statements that tie give no finding at all"


def _is_clean(seed: int) -> bool:
    return check(tying(seed)) == ()


@dataclass(frozen=True)
class Named:
    """Where the culprit of one planted error stands among the suspects; 0: not named."""

    place: int
    error: str


def plant(seed: int) -> Named | None:
    """Plant one error above tolerance in a cell of at least two rules, and ask for suspects."""
    chance = random.Random(seed)
    statement = tying(seed)
    system, (values, present, _) = statement.system, statement.vectors
    ruled = [
        cell
        for cell, rows in system.by_cell.items()
        if present[cell]
        and values[cell]
        and system.kinds[cell] is Kind.MONEY
        and isinstance(system.cells[cell], Address)
        and sum(system.pages_of[row] <= statement.pages_known for row in rows) >= 2
    ]
    cell = chance.choice(ruled)
    value = int(values[cell])
    error, wrong = chance.choice(list(_errors(chance, value).items()))
    if abs(wrong - value) <= 40:
        error, wrong = "amount", value + chance.choice([-1, 1]) * chance.randrange(100, 10_000_000)
    place = system.cells[cell]
    assert isinstance(place, Address)
    found = suspects(examine(statement.with_figures({place: wrong})))
    ranks = [rank for rank, suspect in enumerate(found, 1) if str(place) in suspect.cells]
    return Named(ranks[0] if ranks else 0, error)


def _errors(chance: random.Random, value: int) -> dict[str, int]:
    digits = list(str(abs(value)))
    if len(digits) > 1:
        at = chance.randrange(len(digits) - 1)
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    swapped = int("".join(digits)) * (1 if value > 0 else -1)
    amount = value + chance.choice([-1, 1]) * chance.randrange(100, 10_000_000)
    return {
        "sign": -value,
        "digits": swapped,
        "tenfold": value * 10,
        "dropped": 0,
        "amount": amount,
    }


def report_suspects(seeds: range) -> str:
    """How often the culprit is named first, and within three."""
    with Pool(2) as pool:
        named = [one for one in pool.imap_unordered(plant, seeds, chunksize=8) if one]
    first = sum(one.place == 1 for one in named)
    third = sum(1 <= one.place <= 3 for one in named)
    missed = [one.error for one in named if one.place == 0]
    return (
        f"{len(named)} single errors: culprit first {100 * first / len(named):.1f} %, within three "
        f"{100 * third / len(named):.1f} %; not named: {missed}"
    )
