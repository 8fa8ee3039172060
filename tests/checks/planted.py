"""Breaks planted on purpose: which cell to move, by how much, and a statement of every page."""

from dataclasses import replace

import jurat
from jurat.blanks import RowGroup, Slot
from jurat.checks import Outcome
from jurat.money import Kind
from jurat.statement import Cell, CellState, Statement, fill
from jurat.words import Address

Row = int
"""The place of an equation in the engine's matrix."""


def moved(statement: Statement, cell: int, by: int) -> Outcome:
    """All checks of the statement with one figure moved."""
    address = statement.system.cells[cell]
    assert isinstance(address, Address)
    after = statement.with_figures({address: statement[address].figure + by})
    values, present, unread = (vector.copy() for vector in statement.vectors)
    values[cell], present[cell] = values[cell] + by, True
    # What with_figures would make anew from every cell, for thousands of moves of one cell each.
    vars(after).update(
        layout=statement.layout, system=statement.system, vectors=(values, present, unread)
    )
    return jurat.examine(after)


def room(outcome: Outcome, row: Row, cell: int) -> int:
    """How far a cell may move before the check at `row` must break, in the cell's own unit."""
    weights = dict(outcome.statement.system.row(row))
    return int(outcome.allowed[row]) // abs(weights[cell])


def runnable(outcome: Outcome) -> list[Row]:
    """The equations that can be evaluated, but for those without a figure to move."""
    return [row for row, runs in enumerate(outcome.runs) if runs]


def everywhere() -> Statement:
    """A statement of every page, detail schedules and last year's statement included, all zero.

    The first two rows of every schedule are there; factors are the form's.
    """
    blank = jurat.load_blank()
    bare = Statement(blank=blank, year=2012, cells={}, pages=frozenset(blank.pages))
    slots = [*blank.slots(), *(slot for group in blank.groups() for slot in two_rows(group))]
    zeros = [
        Cell(address=slot.address, kind=slot.kind, state=CellState.VALUE, value=0)
        for slot in slots
        if slot.kind in (Kind.MONEY, Kind.PERCENT) and not slot.is_xxx
    ]
    filled = fill(bare.replaced(zeros))
    return replace(filled, prior=filled)


def two_rows(group: RowGroup) -> list[Slot]:
    """The cells of the first two rows of a schedule."""
    return [slot for key in (group.first, group.first + 1) for slot in group.slots(key)]
