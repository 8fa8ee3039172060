"""Questions answered so that the answers fit the amounts below them."""

from collections.abc import Iterator
from datetime import date, datetime

from jurat.blanks import Role, Slot
from jurat.money import Kind
from jurat.statement import Cell, CellState, Statement
from jurat.words import TOTAL_ROW, Address

GI = "general_interrogatories"

_DETAIL = {
    "2.1": ("2.2",),
    "2.3": ("2.4",),
    "2.5": ("2.6", "2.7"),
    "3.1": ("3.3",),
    "4.1": ("4.2",),
    "5.21": ("5.42", "5.51"),
    "5.22": ("5.43", "5.3", "5.52"),
    "6.1": ("6.611", "6.5", "6.6", "6.7"),
    "7.1": ("7.3", "7.2", "7.4"),
}
"""What stands below a Yes, by how the line numbers begin; the first is what a Yes must show."""

_YEARS = ("2.4", "2.7")
"""Tables whose first column names years, whatever the answer above them."""

_FILING = ("b1", "b2", "b3")


def answered(statement: Statement) -> Statement:
    """The statement with every question answered as its own amounts would have it.

    A question is answered Yes where its detail is filled and No where it is not; under a No the
    detail is made blank. One type of account is ticked, the filing is an original one, a date that
    cannot be is left out, the products of the two lists agree, and footnote (g) has its expenses.

    >>> from jurat.blanks import load_blank
    >>> bare = Statement(blank=load_blank(), year=2012, cells={}, pages=frozenset({GI}))
    >>> answered(bare)[f"{GI}:7.1:"].shown, answered(bare)[f"{GI}:6.2:"].shown
    ('No', 'N/A')
    """
    cells: list[Cell] = []
    if "cover" in statement.pages:
        cells += _cover(statement)
    if GI in statement.pages:
        cells += [*_questions(statement), *_products(statement)]
    if "nii" in statement.pages:
        cells += _footnote(statement)
    return _boxes_ticked(statement.replaced(cells))


def _questions(statement: Statement) -> Iterator[Cell]:
    """Yes where the detail is filled, otherwise No with nothing below it."""
    other_measures = False
    for question, below in _DETAIL.items():
        is_yes = any(_filled(statement, below[0]))
        yield _box(GI, question, "Yes" if is_yes else "No")
        other_measures = other_measures or (is_yes and question.startswith("5."))
        if not is_yes:
            yield from (_blank(cell) for start in below for cell in _filled(statement, start))
    yield _box(GI, "5.1", "No" if other_measures else "Yes")


def _filled(statement: Statement, start: str) -> Iterator[Cell]:
    for address, cell in statement.cells.items():
        if address.page == GI and address.line.startswith(start) and address.row != TOTAL_ROW:
            is_year = address.line.startswith(_YEARS) and address.column == "1"
            if not cell.kind.is_box and not is_year and cell.value not in (None, "", 0):
                yield cell


def _products(statement: Statement) -> Iterator[Cell]:
    """The products of the second list are those of the first."""
    first, last = (statement.rows.get((GI, line), []) for line in ("1", "8.3"))
    for row in {*first, *last}:
        name = statement[Address(GI, "1", "1", row=row)].value if row in first else None
        address = Address(GI, "8.3", "1", row=row)
        if name:
            yield Cell(address=address, kind=Kind.TEXT, state=CellState.VALUE, value=name)
        elif row in last:
            yield Cell(address=address, kind=Kind.TEXT)


def _footnote(statement: Statement) -> Iterator[Cell]:
    """Footnote (g) parts what lines 11 and 12 hold; one that says so already is left."""
    notes = [Address("nii", "(g)", inset=number) for number in (1, 2)]
    lines = [Address("nii", line, "2") for line in ("11", "12")]
    if not any(isinstance(statement[note].value, int) for note in notes):
        for note, line in zip(notes, lines, strict=True):
            if figure := statement[line].figure:
                kind = Kind.MONEY
                yield Cell(address=note, kind=kind, state=CellState.VALUE, value=figure)


def _cover(statement: Statement) -> Iterator[Cell]:
    """One type of account, an original filing, and only dates that can be."""
    is_open = statement["cover:insulated:"].value == "No"
    yield _box("cover", "insulated", "No" if is_open else "Yes")
    yield _box("cover", "non_insulated", "Yes" if is_open else "No")
    yield _box("cover", "a", "Yes")
    for slot in statement.blank.pages["cover"].slots:
        cell = statement[slot.address]
        is_wrong = slot.kind is Kind.DATE and not _stands(str(cell.value or ""), statement.year)
        if cell.value and (is_wrong or slot.address.line in _FILING):
            yield _blank(cell)


def _stands(text: str, year: int) -> bool:
    try:
        return datetime.strptime(text, "%m/%d/%Y").date() <= date(year, 12, 31)  # noqa: DTZ007 - a day of the calendar has no zone
    except ValueError:
        return False


def _boxes_ticked(statement: Statement) -> Statement:
    """A box for every open question: not applicable where the form offers it, otherwise No."""
    states = (CellState.BLANK, CellState.UNREAD, CellState.UNKNOWN)
    open_slots = [slot for slot in _boxes(statement) if statement[slot.address].state in states]
    return statement.replaced(
        Cell(
            address=slot.address,
            kind=slot.kind,
            state=CellState.VALUE,
            value="N/A" if slot.kind is Kind.YES_NO_NA else "No",
        )
        for slot in open_slots
    )


def _boxes(statement: Statement) -> Iterator[Slot]:
    for page in (GI, "exhibit3_interrogatories"):
        if page in statement.pages:
            for line in statement.blank.pages[page].lines:
                yield from (s for s in line.slots if s.kind.is_box and line.role is Role.LINE)


def _box(page: str, line: str, answer: str) -> Cell:
    kind, state = Kind.YES_NO, CellState.VALUE
    return Cell(address=Address(page, line), kind=kind, state=state, value=answer)


def _blank(cell: Cell) -> Cell:
    return Cell(address=cell.address, kind=cell.kind)
