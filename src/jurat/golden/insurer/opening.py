"""Last year's statement, complete, as a table of facts: whole dollars, which is all that a fact holds."""

import csv
import io
from collections.abc import Iterator
from functools import cache

from jurat.blanks import Blank, blank_for
from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.asked import BOXES, GI, products
from jurat.golden.insurer.exhibits import BANDS, FUNDS
from jurat.golden.insurer.funds import Fund
from jurat.golden.insurer.given import WRITTEN_IN, written_line
from jurat.golden.insurer.insurance import PLACES, bases
from jurat.golden.insurer.markets import LAST
from jurat.golden.insurer.settings import COVER
from jurat.money import EXACT, Kind, format_figure
from jurat.statement import Cell, CellState, Statement
from jurat.statement.rounding import Rounding, fill_rounded
from jurat.words import TOTAL_ROW, Address

_CENT = EXACT // 100
_NO_PAGES = (FUNDS, BANDS, "schedule_d_part1a_section1")


def facts(answers: Answers, funds: dict[str, Fund]) -> str:
    """The closing of the year before the last as facts.

    The cents stand in `answers/2011/totals.csv`. Totals, percentages and factors that the answers do
    not say are filled by the blank's rules.
    """
    blank, year = blank_for(LAST), LAST - 1
    cells = {cell.address: cell for cell in _cells(blank, answers, funds)}
    pages = frozenset(address.page for address in cells)
    given = Statement(blank=blank, year=year, company="", cells=cells, pages=pages)
    statement, _ = fill_rounded(given, {}, Rounding.EACH)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("page", "line", "column", "inset", "row", "kind", "value"))
    rows.writerow(("cover", "year_ended", "", "", "", "code", year))
    order = {page: place for place, page in enumerate(blank.pages)}
    for address in sorted(statement.cells, key=lambda at: (order[at.page], at)):
        cell = statement.cells[address]
        if cell.state is CellState.VALUE and cell.value not in (None, ""):
            rows.writerow(_fact(cell))
    return text.getvalue()


def _fact(cell: Cell) -> tuple[str, ...]:
    at = cell.address
    row = "total" if at.row == TOTAL_ROW else str(at.row or "")
    is_figure = cell.kind.is_figure and isinstance(cell.value, int)
    shown = format_figure(cell.figure, cell.kind) if is_figure else str(cell.value)
    return at.page, at.line, at.column, str(at.inset or ""), row, cell.kind.value, shown


@cache
def _kinds(blank: Blank) -> dict[Address, Kind]:
    return {slot.address: slot.kind for form in blank.pages.values() for slot in form.slots}


def _cells(blank: Blank, answers: Answers, funds: dict[str, Fund]) -> Iterator[Cell]:
    for (year, page, line, column), amount in answers.cells.items():
        if year == LAST - 1 and page not in _NO_PAGES and amount:
            inset = int(column[1:]) if column.startswith("$") else 0
            at = Address(page, line, "" if inset else column, inset)
            yield _cell(at, Kind.MONEY, amount * _CENT)
    yield from _texts(blank)
    yield from _reserves(funds)
    for row, (name, assets, is_guaranteed) in enumerate(products(answers, LAST - 1), 1):
        yield _cell(Address(GI, "1", "1", row=row), Kind.TEXT, name)
        yield _cell(Address(GI, "1", "2", row=row), Kind.MONEY, assets * _CENT)
        yield _cell(Address(GI, "1", "3", row=row), Kind.YES_NO, "Yes" if is_guaranteed else "No")
        yield _cell(Address(GI, "8.3", "1", row=row), Kind.TEXT, name)
        yield _cell(Address(GI, "8.3", "2", row=row), Kind.TEXT, "Same as GAAP")


def _texts(blank: Blank) -> Iterator[Cell]:
    kinds = _kinds(blank)
    for page, lines in {"cover": COVER, **BOXES}.items():
        for line, text in lines.items():
            yield _cell(Address(page, line), kinds[Address(page, line)], text)
    for page, line, names, _ in WRITTEN_IN:
        for number, name in enumerate(names, 1):
            yield _cell(Address(page, written_line(line, number)), Kind.TEXT, name)


def _reserves(funds: dict[str, Fund]) -> Iterator[Cell]:
    """Exhibit 3 by valuation basis, numbered as the folder numbers it."""
    count = dict.fromkeys(("01", "02"), 0)
    for fund in funds.values():
        _, section, column = PLACES[fund.account.line]
        for basis, amount in bases(fund):
            count[section] += 1
            line = f"{section}{count[section]:05}"
            yield _cell(Address("exhibit3", line, "1"), Kind.TEXT, basis)
            yield _cell(Address("exhibit3", line, column), Kind.MONEY, amount * _CENT)


def _cell(address: Address, kind: Kind, value: int | str) -> Cell:
    return Cell(address=address, kind=kind, state=CellState.VALUE, value=value)
