"""Cells, each with its reason, and the one engine that reads a blank's equations.

Owns: the sparse matrix of equations, statements, filling, explaining, dependents.
Must not know: severities, findings, or where a document came from.
"""

from jurat.statement.cells import (
    STATE_WORDS,
    Because,
    Cell,
    CellState,
    Computed,
    Given,
    Overridden,
    Read,
    Repair,
    Summed,
)
from jurat.statement.fill import fill
from jurat.statement.rules import (
    FillingRule,
    Standing,
    filling_rules,
    holds,
    reads_unread,
    standings,
    stated_figure,
)
from jurat.statement.statement import Statement
from jurat.statement.system import PRIOR, Layout, System, layout_of, system_for

__all__ = [
    "PRIOR",
    "STATE_WORDS",
    "Because",
    "Cell",
    "CellState",
    "Computed",
    "FillingRule",
    "Given",
    "Layout",
    "Overridden",
    "Read",
    "Repair",
    "Standing",
    "Statement",
    "Summed",
    "System",
    "fill",
    "filling_rules",
    "holds",
    "layout_of",
    "reads_unread",
    "standings",
    "stated_figure",
    "system_for",
]
