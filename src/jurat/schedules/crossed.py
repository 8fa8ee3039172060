"""The XXX of a detail schedule's subtotals: a statement holds them like every other cell of the form."""

from jurat.blanks import Blank
from jurat.statement import Cell, CellState


def crossed_out(blank: Blank, page: str) -> list[Cell]:
    """The cells of a page in which the form prints XXX: on subtotals, every column that is no money.

    >>> from jurat import load_blank
    >>> [cell.shown for cell in crossed_out(load_blank(), "schedule_d_part6_section2")[:2]]
    ['XXX', 'XXX']
    """
    return [
        Cell(address=slot.address, kind=slot.kind, state=CellState.NOT_APPLICABLE)
        for slot in blank.pages[page].slots
        if slot.is_xxx
    ]
