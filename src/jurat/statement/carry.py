"""A statement on the form of another year: lines keep their names whatever number the year prints."""

from dataclasses import replace

from jurat.blanks import Blank
from jurat.statement.cells import Cell
from jurat.statement.statement import Statement
from jurat.words import Address


def on_form(statement: Statement, blank: Blank) -> Statement:
    """The statement with its cells where another year's form asks for them.

    Lines and columns are matched by their stable names; rows keep their numbers. A cell whose line
    or column that form does not have is left out: nothing of it can be carried.

    Shape   the pages of the statement that the form has.
    """
    if statement.blank.pages is blank.pages:
        return replace(statement, blank=blank)
    moved = (_moved(statement, cell, blank) for cell in statement.cells.values())
    cells = {cell.address: cell for cell in moved if cell}
    return replace(
        statement,
        blank=blank,
        cells=cells,
        pages=statement.pages & blank.pages.keys(),
        none_pages=statement.none_pages & blank.pages.keys(),
    )


def _moved(statement: Statement, cell: Cell, blank: Blank) -> Cell | None:
    address = cell.address
    form = blank.pages.get(address.page)
    line = statement.blank.line(address.page, address.line)
    if form is None:
        return None
    if line is None:  # a row, whose number is its own
        return cell
    namesake = next((one for one in form.by_id.values() if one.name == line.name), None)
    if namesake is None:
        return None
    column = line.column(address.column)
    mate = next((c for c in namesake.columns if column and c.name == column.name), None)
    if column and mate is None:
        return None
    number = mate.number if mate else address.column
    place = Address(address.page, namesake.id, number, address.inset, address.row)
    return replace(cell, address=place)
