"""A batch grades each statement exactly as the single path does."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random

import numpy as np
import pytest

from jurat.blanks import load_blank
from jurat.checks import Grade, examine
from jurat.checks.batch import (
    BatchOutcome,
    check_many,
    check_statements,
    joined,
    ratios_in_tenths,
)
from jurat.checks.many import Many
from jurat.checks.run import UNREAD
from jurat.golden import tying_statement
from jurat.money import ratio_in_tenths
from jurat.reading.facts import read_facts
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address, Tolerance, UsageError

EXAMPLE = Path(__file__).parents[2] / "examples" / "bay_state_2012_filed" / "facts.csv"


@lru_cache(maxsize=1)
def example() -> Statement:
    return read_facts(EXAMPLE, load_blank())


def disturbed(statement: Statement, random: Random) -> Statement:
    """Some cells changed by a dollar or a lot, some unread, some pages and rows missing."""
    numbers = [a for a, cell in statement.cells.items() if isinstance(cell.value, int)]
    for address in random.sample(numbers, random.choice([0, 1, 3, 12])):
        step = random.choice([-1, 1, 2, 40, -10_000, 987_654_321])
        statement = statement.with_figures({address: statement[address].figure + step})
    for address in random.sample(numbers, random.choice([0, 0, 0, 2])):
        cell = Cell(address=address, kind=statement[address].kind, state=CellState.UNREAD)
        statement = statement.replaced([cell])
    if random.random() < 0.3:
        keys = random.choice([(1,), (1, 2), ()])
        group = random.choice(sorted(statement.rows))
        statement = with_rows(statement, group, keys)
    if random.random() < 0.3:
        page = random.choice(sorted(statement.pages - {"cover", "general_interrogatories"}))
        kept = {a: c for a, c in statement.cells.items() if a.page != page}
        statement = replace(statement, cells=kept, pages=statement.pages - {page})
    return statement


def with_rows(statement: Statement, group: tuple[str, str], keys: tuple[int, ...]) -> Statement:
    """The statement with other rows in a group, filled with amounts that do not foot."""
    rows = statement.blank.group(*group)
    old = {slot.address for key in statement.rows[group] for slot in rows.slots(key)}
    cells = {a: c for a, c in statement.cells.items() if a not in old}
    for key in keys:
        for number, slot in enumerate(rows.slots(key)):
            if slot.kind.is_figure:
                cells[slot.address] = Cell(
                    address=slot.address, kind=slot.kind, state=CellState.VALUE, value=10 + number
                )
    return replace(statement, cells=cells)


@lru_cache(maxsize=1)
def mixed(count: int = 24) -> tuple[Statement, ...]:
    random = Random(4)
    made = [disturbed(tying_statement(example(), seed), random) for seed in range(count - 2)]
    last_year = tying_statement(example(), 99)
    return (*made, example(), replace(example(), prior=last_year))


def graded_alone(statement: Statement) -> dict[str, object]:
    """What the single path says of sums and percentages, in the batch's terms."""
    outcome = examine(statement)
    sums = {e.id for e in statement.system.equations}
    sums |= {share.id for share in statement.system.percentages}
    every = [f for f in outcome.everything if f.id in sums]
    count = {grade: sum(f.grade is grade for f in every) for grade in Grade}
    return {
        "counts": tuple(
            count[grade] for grade in (Grade.PASS, Grade.ROUNDING, Grade.FAIL, Grade.NOT_RUN)
        ),
        "unread": sum(f.detail == UNREAD for f in every),
        "absent": sum(f.waits for f in every),
        "differences": sorted(
            (f.id, f.cells[0], f.difference, f.grade is Grade.FAIL)
            for f in every if f.grade in (Grade.FAIL, Grade.ROUNDING)
        ),
    }  # fmt: skip


def graded_together(outcome: BatchOutcome, number: int) -> dict[str, object]:
    own = outcome.differences.where(outcome.differences.statement == number)
    counts = (outcome.passed, outcome.rounding, outcome.failed, outcome.not_run)
    return {
        "counts": tuple(int(count[number]) for count in counts),
        "unread": int(outcome.unread[number]),
        "absent": int(outcome.not_run[number] - outcome.unread[number]),
        "differences": sorted(
            (outcome.checks[at].id, outcome.checks[at].cell, amount, broken)
            for at, amount, broken in zip(
                own.check.tolist(), own.difference.tolist(), own.is_break.tolist(), strict=True
            )
        ),
    }


def test_a_mixed_batch_is_graded_as_each_statement_alone() -> None:
    statements = mixed()
    outcome = check_statements(statements)
    assert len({s.layout for s in statements}) > 3
    assert len({s.pages_known for s in statements}) > 3
    assert all(counts.any() for counts in (outcome.unread, outcome.rounding, outcome.failed))
    for number, statement in enumerate(statements):
        assert graded_together(outcome, number) == graded_alone(statement), number


def test_products_and_percentages_near_their_edges() -> None:
    """A dollar or a tenth up and down at every product and share; each of their cells unread."""
    base = tying_statement(example(), 5)
    system, present = base.system, base.vectors[1]
    products = [
        system.row(row)[0][0]
        for row, kind in enumerate(system.classes)
        if kind is Tolerance.PRODUCT and present[system.row(row)[0][0]]
    ]
    lefts = [system.cells[cell] for cell in (*products[:3], system.percentages[0].left)]
    shares = [c for share in system.percentages[:1] for c in (share.left, share.part, share.whole)]
    assert len(products) >= 3
    made = [
        base.with_figures({left: base[left].figure + step})
        for left in lefts
        if isinstance(left, Address)
        for step in (-3, -2, -1, 1, 2, 3)
    ]
    for cell in shares:
        place = system.cells[cell]
        assert isinstance(place, Address)
        kind = base[place].kind
        made.append(base.replaced([Cell(address=place, kind=kind, state=CellState.UNREAD)]))
    outcome = check_statements(made)
    for number, statement in enumerate(made):
        assert graded_together(outcome, number) == graded_alone(statement), number


def test_parts_joined_are_the_whole() -> None:
    statements = mixed()
    whole = check_statements(statements)
    parts = joined([check_statements(statements[:7]), check_statements(statements[7:])])
    assert [graded_together(parts, n) for n in range(len(statements))] == [
        graded_together(whole, n) for n in range(len(statements))
    ]
    assert parts.facts == whole.facts == sum(int(s.vectors[1].sum()) for s in statements)
    assert parts.statement(9).statement is statements[9]


def test_findings_come_by_the_single_path() -> None:
    outcome = check_statements([example()], ["bay state"])
    assert outcome.statement(0).findings == examine(example()).findings
    assert len(outcome.lines()) == len(outcome.breaks.check) == int(outcome.failed[0]) > 0
    assert outcome.lines()[0].startswith("bay state  ")


def test_a_statement_that_ties_has_no_difference() -> None:
    outcome = check_statements([tying_statement(example(), seed) for seed in range(5)])
    assert len(outcome.differences.check) == 0
    assert (outcome.passed > 1_000).all()


def test_blocks_do_not_show() -> None:
    statements = [mixed()[number % 24] for number in range(300)]
    outcome = check_statements(statements)
    for number in (0, 127, 128, 255, 256, 299):
        assert graded_together(outcome, number) == graded_together(outcome, number % 24)


def test_figures_that_could_overflow_are_refused() -> None:
    huge = example().with_figures({Address("assets", "1", "1"): 2**61})
    with pytest.raises(UsageError, match="assets:1:1"):
        check_statements([example(), huge])
    lowest = example().with_figures({Address("assets", "1", "1"): -(2**63)})
    with pytest.raises(UsageError, match="64 bits"):
        check_statements([lowest])


def test_a_batch_without_statements_is_misuse() -> None:
    with pytest.raises(UsageError, match="all of one blank"):
        Many.of([])
    bare = check_many(Many.of([example()]))
    with pytest.raises(UsageError, match="was not kept"):
        bare.statement(0)


def test_percentages_of_columns_are_those_of_scalars() -> None:
    random = Random(7)
    pairs = [(random.randrange(-(10**9), 10**9), random.randrange(-50, 50)) for _ in range(2_000)]
    pairs += [(random.randrange(10**12), random.randrange(10**12)) for _ in range(2_000)]
    part, whole = np.array(pairs, np.int64).T
    expected = [ratio_in_tenths(one, other) for one, other in pairs]
    assert ratios_in_tenths(part, whole).tolist() == expected
