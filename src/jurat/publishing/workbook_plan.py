"""Where everything of a page stands on its worksheet: words, cells, heads; before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from jurat.blanks import Form, Slot
from jurat.money import Kind
from jurat.publishing.blocks import (
    Block,
    Field,
    Grid,
    Head,
    Paragraph,
    Question,
    Row,
    Stamp,
    Title,
    Words,
)
from jurat.publishing.cover import COVER
from jurat.publishing.pages import NewSheet
from jurat.publishing.sheets import blocks_of
from jurat.statement import Statement
from jurat.words import Address

LONGEST_NAME = 31
"""Excel's limit for the name of a worksheet."""
NUMBER, CAPTION = 0, 1


class Part(StrEnum):
    """What a stretch of words on a worksheet is."""

    RUNNING = "running head"
    TITLE = "title"
    OVER = "head above several columns"
    HEAD = "column head"
    COLUMN_NUMBER = "number of a column"
    NUMBER = "number"
    STUB = "stub"
    CAPTION = "caption"
    LINE_HEAD = "caption of a head"
    SECTION = "section"
    STAMP = "stamp"
    NO_CELL = "nothing asked"


_WRAPPED = (Part.HEAD, Part.CAPTION, Part.LINE_HEAD, Part.SECTION)
SIGNS_PER_WIDTH = 1.6
"""How many letters of the narrow face stand in one unit of a column's width."""


_WIDTHS = {
    Kind.MONEY: 14,
    Kind.FACTOR: 9,
    Kind.PERCENT: 9,
    Kind.YES_NO: 12,
    Kind.YES_NO_NA: 12,
    Kind.DATE: 12,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The form's own words in one worksheet cell."""

    row: int
    column: int
    text: str
    part: Part
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A cell of the statement in one worksheet cell, with what the form prints around it."""

    row: int
    column: int
    slot: Slot
    before: str = ""
    after: str = ""


@dataclass(slots=True, kw_only=True)
class SheetPlan:
    """One page of the blank as one worksheet."""

    page: str
    name: str
    printed: list[Printed] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    lines: dict[int, str] = field(default_factory=dict)
    """Which line of the blank stands in which worksheet row."""
    widths: dict[int, int] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    """Rows before which the print begins another sheet of paper."""
    frozen: tuple[int, int] = (0, 0)
    """The rows and columns that stay in sight."""
    first: int = 2
    """The first column of figures."""
    rows: int = 0
    columns: int = 3
    stamp: tuple[int, int] | None = None

    def heights(self, statement: Statement) -> dict[int, int]:
        """How many lines the rows of wrapped words take, where more than one."""
        texts = [
            (p.row, p.column, p.text) for p in self.printed if p.part in _WRAPPED and p.width == 1
        ]
        texts += [(p.row, p.column, statement[p.slot.address].shown) for p in self.placed]
        lines: dict[int, int] = {}
        for row, column, text in texts:
            needed = -(-len(text) // int(self.widths.get(column, 9) * SIGNS_PER_WIDTH))
            lines[row] = max(lines.get(row, 1), needed)
        return {row: needed for row, needed in lines.items() if needed > 1}

    @property
    def is_wide(self) -> bool:
        """Whether the page is printed across the paper."""
        return sum(self.widths.values()) > 120


def plan_sheets(statement: Statement, forms: list[Form]) -> list[SheetPlan]:
    """Every page of a statement laid out on a worksheet of its own."""
    names: set[str] = set()
    plans = []
    for form in forms:
        name = _sheet_name(form)
        name = name if name.casefold() not in names else form.name[:LONGEST_NAME]
        names.add(name.casefold())
        plans.append(_Planner(statement, form, name).plan())
    return plans


def _sheet_name(form: Form) -> str:
    """What other pages call it, at its shortest."""
    called = [name for name in form.declared.called if not name.startswith("Page ")]
    names = [name for name in [*called, form.title] if len(name) <= LONGEST_NAME]
    return min(names, key=len) if names else form.name.replace("_", " ")[:LONGEST_NAME]


class _Planner:
    """Goes down one page and gives every word and cell its place."""

    def __init__(self, statement: Statement, form: Form, name: str) -> None:
        self.statement, self.form = statement, form
        self.sheet = SheetPlan(page=form.name, name=name)
        self.blocks = list(blocks_of(statement, form))
        grids = [block for block in self.blocks if isinstance(block, Grid)]
        self.stub = int(any(row.stub for grid in grids for row in grid.rows))
        self.caption = CAPTION + self.stub
        self.is_under_one_head = len({grid.heads for grid in grids}) == 1
        """Whether all rows stand below the same heads, so that these can stay in sight."""
        has_insets = form.name == COVER or any(slot.address.inset for slot in form.slots)
        self.inset = self.caption + 1
        self.sheet.first = self.inset + int(has_insets)
        self.row = 0

    def plan(self) -> SheetPlan:
        sheet = self.sheet
        sheet.widths = {NUMBER: 9, self.caption: 50 if sheet.page == COVER else 60}
        if self.stub:
            sheet.widths[CAPTION] = 14
        if self.inset < sheet.first:
            sheet.widths[self.inset] = 50 if sheet.page == COVER else 16
        head = "ANNUAL STATEMENT FOR THE YEAR {} OF THE SEPARATE ACCOUNTS OF THE {}"
        self._print(NUMBER, head.format(self.statement.year, self.statement.company), Part.RUNNING)
        self.row += 1
        for block in self.blocks:
            self._block(block)
        sheet.rows = self.row
        sheet.columns = max([sheet.first, *(column + 1 for column in sheet.widths)])
        return sheet

    def _block(self, block: Block | NewSheet) -> None:
        match block:
            case NewSheet():
                self.row += 1
                self.sheet.breaks.append(self.row)
            case Title():
                self._print(NUMBER, block.text, Part.TITLE)
                self.row += 1
            case Stamp():
                self.sheet.stamp = (self.row, self.caption)
                self._print(self.caption, "NONE", Part.STAMP)
                self.row += 1
            case Paragraph():
                self._words(block.words)
                self.row += 1
            case Question():
                self._question(block)
            case Grid():
                self._heads(block)
                for row in block.rows:
                    self._row(row)
            case _:
                self.row += 1

    def _print(self, column: int, text: str, part: Part, width: int = 1) -> None:
        if text:
            self.sheet.printed.append(
                Printed(row=self.row, column=column, text=text, part=part, width=width)
            )

    def _place(self, column: int, slot: Slot, before: str = "", after: str = "") -> None:
        address = slot.address
        self.sheet.lines[self.row] = f"{address.page}:{address.line}"
        self.sheet.placed.append(
            Placed(row=self.row, column=column, slot=slot, before=before, after=after)
        )

    # -- heads ------------------------------------------------------------------------------

    def _heads(self, grid: Grid) -> None:
        sheet = self.sheet
        heads = dict(enumerate(grid.heads, sheet.first))
        for column, head in heads.items():
            width = _WIDTHS.get(head.kind, 28)
            sheet.widths[column] = max(sheet.widths.get(column, 0), width)
        if not any(head.caption or head.number for head in (*grid.leads, *grid.heads)):
            return
        if any(head.over for head in grid.heads):
            at = sheet.first
            for over, group in groupby(grid.heads, key=lambda head: head.over):
                width = len(list(group))
                self._print(at, over, Part.OVER, width)
                at += width
            self.row += 1
        if any(head.number for head in grid.heads):
            for column, head in heads.items():
                self._print(column, head.number, Part.COLUMN_NUMBER)
            self.row += 1
        for column, head in (*self._leads(grid.leads), *heads.items()):
            self._print(column, head.caption, Part.HEAD)
        self.row += 1
        if self.is_under_one_head and sheet.frozen == (0, 0):
            sheet.frozen = (self.row, self.caption + 1)

    def _leads(self, leads: tuple[Head, ...]) -> Iterator[tuple[int, Head]]:
        columns = (NUMBER, CAPTION, self.caption) if len(leads) > 2 else (NUMBER, self.caption)
        return zip(columns[-len(leads) :] if leads else (), leads, strict=False)

    # -- rows -------------------------------------------------------------------------------

    def _row(self, row: Row) -> None:
        if row.section:
            self._print(self.caption, row.section, Part.SECTION)
            self.row += 1
        self._print(NUMBER, row.number, Part.NUMBER)
        self._print(CAPTION, row.stub, Part.STUB)
        self._words(row.caption, Part.LINE_HEAD if row.is_head else Part.CAPTION)
        for column, item in enumerate(row.fields, self.sheet.first):
            self._field(column, item, is_head=row.is_head)
        self.row += 1

    def _field(self, column: int, item: Field, *, is_head: bool = False) -> None:
        if item.asked is not None:
            self._place(column, item.asked, item.before, item.after)
        elif not is_head:
            self._print(column, " ", Part.NO_CELL)

    def _question(self, question: Question) -> None:
        self._print(NUMBER, question.number, Part.NUMBER)
        answer = question.answer
        self._words(question.caption, Part.CAPTION if answer else Part.LINE_HEAD)
        if answer is not None:
            column = self.sheet.first
            self.sheet.widths[column] = max(self.sheet.widths.get(column, 0), 30)
            self._field(column, answer)
        self.row += 1

    def _words(self, words: Words, part: Part = Part.CAPTION) -> None:
        """Words beside the cells they hold: each stretch on a row, its cell to the right of it.

        Leaves off at the last row, where the figures of the line stand.
        """
        pieces = self._pieces(words)
        if len(words) == 1 and words[0].address is not None and self.form.name != COVER:
            self._place(self.caption, self.statement.slot(words[0].address))
            return
        for number, (text, address) in enumerate(pieces):
            self.row += number > 0
            self._print(self.caption, text, part)
            if address is not None:
                slot = self.statement.slot(address)
                before = "$" if slot.kind is Kind.MONEY and not text.endswith("$") else ""
                self._place(self.inset, slot, before)

    def _pieces(self, words: Words) -> list[tuple[str, Address | None]]:
        """Each stretch of words with the cell behind it; a mere bracket at the end is left out."""
        pieces: list[tuple[str, Address | None]] = []
        text = ""
        for word in words:
            if word.address is None:
                text += word.text
            else:
                pieces.append((_stretch(text), word.address))
                text = ""
        rest = _stretch(text)
        if not any(letter.isalnum() for letter in rest) and pieces:
            return pieces
        return [*pieces, (rest, None)]


def _stretch(text: str) -> str:
    """Words between two cells, without the comma that parts them from the first."""
    return " ".join(text.split()).removeprefix(",").strip()
