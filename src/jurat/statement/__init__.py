"""Cells, each with its reason, and the one engine that reads a blank's equations.

Owns: the sparse matrix of equations, statements, filling, explaining, dependents.
Must not know: severities, findings, or where a document came from.
"""

from jurat.statement.cells import (
    Because,
    Cell,
    CellState,
    Computed,
    Given,
    Overridden,
    Read,
    Repair,
)
from jurat.statement.fill import fill
from jurat.statement.statement import Statement
from jurat.statement.system import PRIOR, Layout, System, layout_of, system_for

__all__ = [
    "PRIOR",
    "Because",
    "Cell",
    "CellState",
    "Computed",
    "Given",
    "Layout",
    "Overridden",
    "Read",
    "Repair",
    "Statement",
    "System",
    "fill",
    "layout_of",
    "system_for",
]
