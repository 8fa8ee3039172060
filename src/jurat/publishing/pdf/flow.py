"""Blocks down the leaves of a sheet: titles, notes, questions, stamps, and a turn where paper ends."""

from dataclasses import dataclass

from jurat.publishing.blocks import (
    Boxes,
    Field,
    Grid,
    Paragraph,
    Question,
    Sheet,
    Stamp,
    Title,
    spelled,
)
from jurat.publishing.layout import Strip
from jurat.publishing.pdf.columns import columns_of, is_fair
from jurat.publishing.pdf.faces import width_of
from jurat.publishing.pdf.paper import BOTTOM, LONG, SHORT, SIDE, TOP, Leaf, Sheaf, Text
from jurat.publishing.pdf.setting import EMPTY, TICKED, lines_of, set_in, strip_of
from jurat.publishing.questions import answer_is_below

LEADING = 1.32
LOOSEST = 1.55
"""How far apart the rows of a short page may be moved to fill the paper."""
HEAD_SIZE, TITLE_SIZE = 7.5, 10.5
STAMP_SIZE = 54.0
WITH_WHAT_FOLLOWS = 7
"""Lines of room below a head or a question without an answer: its table stands on the same leaf."""
CLOSE = 0.9
"""How close rows are set before smaller type is."""
UPRIGHT = (SHORT, LONG, ((8.5, 1.0), (8.0, 1.0), (7.5, 1.0), (7.0, 1.0)))
ACROSS = (
    LONG,
    SHORT,
    ((8.0, 1.0), (7.5, 1.0), (7.0, 1.0), (6.5, 1.0), (6.5, CLOSE), (6.0, CLOSE), (5.5, CLOSE)),
)
CONTINUED = " (Continued)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """The paper of a sheet: its sides, the size of type, and how loosely rows are set."""

    width: float
    height: float
    size: float
    loose: float = 1.0

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * SIDE

    @property
    def leading(self) -> float:
        """From baseline to baseline."""
        return self.size * LEADING * self.loose


def stocks_for(sheet: Sheet) -> list[Stock]:
    """The papers on which every grid of a sheet fits, the best first: upright, then laid across."""
    grids = [block for block in sheet.blocks if isinstance(block, Grid)]
    found = []
    for width, height, sizes in (UPRIGHT, ACROSS):
        for size, loose in sizes:
            fits = [columns_of(grid, SIDE, width - 2 * SIDE, size) for grid in grids]
            if all(
                one and (is_fair(grid, one) or width == LONG)
                for grid, one in zip(grids, fits, strict=True)
            ):
                found.append(Stock(width=width, height=height, size=size, loose=loose))
    return found or [Stock(width=LONG, height=SHORT, size=ACROSS[2][-1][0])]


class Flow:
    """Prints the blocks of one sheet, turning the leaf where it is full."""

    def __init__(self, sheaf: Sheaf, stock: Stock, number: str, running_head: str) -> None:
        """Begin a sheet on a new leaf."""
        self.sheaf, self.stock = sheaf, stock
        self.base, self.running_head = number, running_head
        self.titles: list[Title] = []
        self.is_in_titles = False
        self.y = 0.0
        self.next_leaf()

    # -- paper --------------------------------------------------------------------------

    def next_leaf(self) -> None:
        """Take another leaf of the same paper, under the running head."""
        stock = self.stock
        self.sheaf.leaves.append(Leaf(self.base, stock.width, stock.height))
        self.y = TOP
        if self.running_head:
            self._running_head()
            self.y += 2 * HEAD_SIZE

    def _running_head(self) -> None:
        size = HEAD_SIZE
        while width_of(self.running_head, size) > self.stock.inner and size > 3:
            size -= 0.5
        self.sheaf.centred(self.stock.width / 2, self.y, self.running_head, size)

    def turn(self) -> None:
        """Go on on a new leaf, under the same titles."""
        self.next_leaf()
        for title in self.titles:
            more = CONTINUED if title.is_main and not title.text.endswith(CONTINUED) else ""
            self._title_lines(title.text + more, is_main=title.is_main)
        self.y += self.stock.leading / 2

    @property
    def room(self) -> float:
        """The height that is left above the page number."""
        return self.stock.height - BOTTOM - self.y

    @property
    def is_fresh(self) -> bool:
        """Whether nothing but heads stands on the leaf."""
        return self.y < TOP + 12 * HEAD_SIZE

    def need(self, height: float) -> bool:
        """Turn the leaf where a height is not left; says whether it did."""
        if self.room >= height or self.is_fresh:
            return False
        self.turn()
        return True

    # -- blocks -------------------------------------------------------------------------

    def title(self, title: Title) -> None:
        """A line of a page's title."""
        if not self.is_in_titles:
            self.titles = []
        self.is_in_titles = True
        if title.is_main:
            self.sheaf.leaf.titles += (title.text,)
        self.titles.append(title)
        self._title_lines(title.text, is_main=title.is_main)

    def _title_lines(self, text: str, *, is_main: bool) -> None:
        size = TITLE_SIZE if is_main else TITLE_SIZE - 2
        for line in lines_of(text, self.stock.inner, size, bold=True):
            self.y += size * 1.25
            self.sheaf.centred(self.stock.width / 2, self.y, line, size, bold=True)

    def gap(self) -> None:
        """A little air."""
        self.is_in_titles = False
        self.y += self.stock.leading * 0.55

    def paragraph(self, block: Paragraph) -> None:
        """A note, its further lines set in."""
        self.is_in_titles = False
        size = self.stock.size - 0.5
        indent = 2 * size
        words = strip_of(block.words)
        if words.text.startswith("- "):
            words = words.part(2, len(words.text))
        lines = set_in(words, self.stock.inner - indent, size)
        self.need(len(lines) * size * LEADING)
        for number, line in enumerate(lines):
            self.y += size * LEADING
            self.sheaf.strip(SIDE + (indent if number else 0), self.y, line, size)

    def stamp(self, block: Stamp, above: float) -> None:
        """NONE across what stands above it, and under its print; where nothing does, below the title."""
        size = STAMP_SIZE
        words = "  ".join(block.text.replace(" ", "")) if " " in block.text else block.text
        if self.y - above > 2.2 * size:
            y = above + (self.y - above) / 2 + size * 0.35
        else:
            y = self.y + size * 1.1
            self.y += size * 1.5
        width = width_of(words, size, bold=True)
        x = SIDE + (self.stock.inner - width) / 2
        self.sheaf.leaf.texts.insert(0, Text(x, y, words, size, bold=True, grey=0.6))

    # -- questions ----------------------------------------------------------------------

    def question(self, block: Question) -> None:
        """A question with its answer at the right margin, or its words below."""
        self.is_in_titles = False
        size, stock = self.stock.size, self.stock
        is_head = block.answer is None and not block.number
        number_width = 4 * size if block.number else 0.0
        answer = block.answer
        taken = self._answer_width(answer)
        x = SIDE + number_width
        width = stock.inner - number_width - (taken + 2 * size if taken else 0.0)
        lines = set_in(strip_of(block.caption), width, size, bold=is_head)
        below = self._below(answer, stock.inner - number_width - 2 * size)
        followed = WITH_WHAT_FOLLOWS if answer is None else 0
        self.need((len(lines) + len(below) + followed) * stock.leading + 4)
        self.y += stock.leading * 0.2
        for count, line in enumerate(lines):
            self.y += size * LEADING if count else stock.leading
            if not count and block.number:
                self.sheaf.text(SIDE, self.y, block.number, size)
            end = self.sheaf.strip(x, self.y, line, size, bold=is_head)
        if answer is not None and taken:
            left = SIDE + stock.inner - taken
            self.sheaf.lead(end, self.y, left - 3)
            self._answer(answer, left)
        for line in below:
            self.y += stock.leading
            self.sheaf.strip(x + 2 * size, self.y, line, size)

    def _below(self, answer: Field | None, width: float) -> list[Strip]:
        if answer is None or not answer_is_below(answer) or not answer.text:
            return []
        return set_in(Strip().add(answer.text, answer.address), width, self.stock.size)

    def _answer_width(self, answer: Field | None) -> float:
        if answer is None or answer_is_below(answer):
            return 0.0
        size = self.stock.size
        if answer.boxes is not Boxes.NONE:
            return width_of(spelled("", answer.boxes, TICKED, TICKED), size)
        return max(12 * size, width_of(answer.before + answer.text + answer.after, size) + size)

    def _answer(self, answer: Field, left: float) -> None:
        """Boxes from their left edge; a figure at the right margin on a line to write on."""
        sheaf, size, y = self.sheaf, self.stock.size, self.y
        right = SIDE + self.stock.inner
        if answer.boxes is not Boxes.NONE:
            words = spelled(answer.text, answer.boxes, TICKED, EMPTY)
            if answer.address is not None:
                sheaf.cell(left, y, words, size, answer.address)
            else:
                sheaf.text(left, y, words, size)
            return
        if answer.before:
            sheaf.text(left, y, answer.before, size)
        after = f" {answer.after}" if answer.after else ""
        if answer.text and answer.address is not None:
            end = right - width_of(answer.text + after, size)
            sheaf.text(sheaf.cell(end, y, answer.text, size, answer.address), y, after, size)
        else:
            sheaf.text(right - width_of(after, size), y, after, size)
        sheaf.rule(left, y + 1.5, right, y + 1.5, 0.4)
