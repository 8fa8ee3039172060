"""A whole statement as text, and the place of every cell in it."""

from jurat.publishing.layout import Layout, Look, Paper
from jurat.publishing.sheets import sheets_of
from jurat.publishing.spaces import print_spaces
from jurat.publishing.tabs import print_tabs
from jurat.statement import CellState, Statement
from jurat.words import require


def lay_out(statement: Statement, look: Look) -> Layout:
    """The statement printed page by page, with the place of every filled cell.

    Every filled cell stands on it exactly once; nothing stands on it that the statement or the
    form does not hold.
    """
    head = (
        f"ANNUAL STATEMENT FOR THE YEAR {statement.year} OF THE SEPARATE ACCOUNTS OF THE "
        f"{statement.company}"
    )
    paper = Paper(look, head.strip())
    printer = print_tabs if look is Look.TABS else print_spaces
    printer(sheets_of(statement), paper)
    layout = paper.layout()
    lost = [
        str(cell.address)
        for cell in statement.cells.values()
        if cell.state is not CellState.BLANK and cell.shown and cell.address not in layout.places
    ]
    require(not lost, f"not printed: {', '.join(lost)}")
    return layout


def write_text(statement: Statement, look: Look = Look.TABS) -> str:
    """The whole statement as text in one of the two looks."""
    return lay_out(statement, look).text()
