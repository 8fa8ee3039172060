"""Detail schedules on paper: leaf after leaf of legal landscape, heads repeated, never all in memory."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import groupby

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from jurat.money import Kind
from jurat.publishing.details.ink import print_words
from jurat.publishing.details.schedule import Entry, EntryKind, Schedule
from jurat.publishing.details.widths import MARGIN, Widths, fit
from jurat.publishing.pdf.faces import registered, width_of
from jurat.publishing.pdf.paper import BOTTOM, LONG, SHORT, SIDE, TOP, Leaf, Rule, Text
from jurat.publishing.pdf.setting import lines_of
from jurat.publishing.pdf.writer import describe, draw
from jurat.statement import Statement
from jurat.words.page import Column

TITLE_SIZE, HEAD_LEAST = 9.0, 4.5
LEADING = 1.22
_WORDS = (Kind.TEXT,)
_CENTRED = (Kind.CODE, Kind.DATE)

Tag = tuple[str, str]
"""The line and column that a print belongs to; empty for the form's own words."""
NO_CELL: Tag = ("", "")


@dataclass(kw_only=True)
class Printed:
    """A leaf, and of each of its texts the cell it is of."""

    leaf: Leaf
    tags: list[Tag] = field(default_factory=list)

    def text(self, text: Text, tag: Tag = NO_CELL) -> None:
        """Print words, and remember whose they are."""
        if text.words:
            self.leaf.texts.append(text)
            self.tags.append(tag)


def write_details_pdf(
    statement: Statement, schedules: Sequence[Schedule], *, draft: str = ""
) -> bytes:
    """Detail schedules as a PDF, one leaf in memory at a time besides what is already compressed.

    Shape   one bookmark for each schedule; leaves are numbered E10, E10.1, E10.2. The same rows give
            the same bytes.
    """
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1)
    describe(canvas, statement, draft)
    registered()
    place = 0
    with _binary():
        for schedule in schedules:
            for printed in leaves_of(schedule):
                draw(canvas, printed.leaf, draft, place, print_words)
                place += 1
        canvas.save()
    return out.getvalue()


@contextmanager
def _binary() -> Iterator[None]:
    """Compressed leaves as they are: spelling them in ASCII takes longer than printing them."""
    was = rl_config.useA85
    rl_config.useA85 = 0
    try:
        yield
    finally:
        rl_config.useA85 = was


def leaves_of(schedule: Schedule) -> Iterator[Printed]:
    """A schedule on leaves of paper, one after the other."""
    return _Printing(schedule, fit(schedule)).leaves()


class _Printing:
    """One schedule being printed."""

    def __init__(self, schedule: Schedule, widths: Widths) -> None:
        self.schedule, self.widths = schedule, widths
        self.size = widths.size
        self.step = self.size * LEADING
        self.count = 0
        self.printed = Printed(leaf=Leaf(number="", width=LONG, height=SHORT))
        self.y = self.top = 0.0
        self.covered: list[tuple[float, float, float]] = []
        """From where to where words stand across columns, and how far: no rule is drawn there."""
        self.broken: dict[int, list[str]] = {}
        """The words of the row at hand over lines, by the place of their column."""
        self.heads: list[tuple[float, float, float]] = []
        """The heads over several columns: from where to where, and their lower end."""

    @cached_property
    def company(self) -> str:
        """The running head."""
        statement = self.schedule.statement
        return (
            f"ANNUAL STATEMENT FOR THE YEAR {statement.year} OF THE SEPARATE ACCOUNTS OF THE "
            f"{statement.company}"
        ).strip()

    def leaves(self) -> Iterator[Printed]:
        """Every leaf, given away when it is full."""
        self._begin()
        heading = ""
        for entry in self.schedule.entries():
            heading = {EntryKind.HEADING: entry.caption, EntryKind.ROW: heading}.get(entry.kind, "")
            lines = self._lines(entry)
            keep = 2 if entry.kind is EntryKind.HEADING else 0
            if self.y + (lines + keep) * self.step > SHORT - BOTTOM:
                yield self._end()
                self._begin()
                if heading and entry.kind is EntryKind.ROW:
                    self._heading(f"{heading} (continued)")
            self._print(entry, lines)
        yield self._end()

    def _lines(self, entry: Entry) -> int:
        """How many lines of print an entry takes."""
        if entry.kind is EntryKind.HEADING:
            return len(self._broken(entry.caption))
        if entry.kind is EntryKind.SUBTOTAL:
            return len(self._labels(entry))
        self.broken = {at: self._wrapped(at, entry.cells[at]) for at in self.widths.wrapped}
        return max(map(len, self.broken.values()), default=1)

    def _print(self, entry: Entry, lines: int) -> None:
        if entry.kind is EntryKind.HEADING:
            self._heading(entry.caption)
        elif entry.kind is EntryKind.SUBTOTAL:
            self._subtotal(entry, lines)
        else:
            self._row(entry, lines)

    # -- a row, a heading, a subtotal -------------------------------------------------------

    def _row(self, entry: Entry, lines: int) -> None:
        base = self.y + self.size
        for at, column in enumerate(self.schedule.columns):
            if word := entry.cells[at]:
                tag = (entry.key, column.number)
                if at in self.broken:
                    for n, part in enumerate(self.broken[at]):
                        self._put(at, part, base + n * self.step, tag)
                else:
                    self._put(at, word, base, tag)
        self.y += lines * self.step
        rule = self.y - 0.12 * self.size
        self.printed.leaf.rules.append(Rule(SIDE, rule, LONG - SIDE, rule, 0.2, grey=0.75))

    def _put(self, at: int, word: str, base: float, tag: Tag) -> None:
        left, right = self.widths.edges[at]
        kind = self.schedule.columns[at].kind
        if kind in _WORDS:
            x = left + MARGIN
        elif kind in _CENTRED or word == "XXX":
            x = (left + right - self.widths.of(word)) / 2
        else:
            x = right - MARGIN - self.widths.of(word.rstrip(")"))
        self.printed.text(Text(x, base, word, self.size), tag)

    def _heading(self, caption: str) -> None:
        lines = self._broken(caption)
        to_x = SIDE + max(width_of(part, self.size, bold=True) for part in lines) + 3 * MARGIN
        self.covered.append((self.y, self.y + len(lines) * self.step, to_x))
        for part in lines:
            self.y += self.step
            self.printed.text(
                Text(SIDE + MARGIN, self.y - 0.22 * self.size, part, self.size, bold=True)
            )

    def _broken(self, caption: str) -> list[str]:
        return lines_of(caption, LONG - 2 * SIDE - 2 * MARGIN, self.size, bold=True)

    def _subtotal(self, entry: Entry, lines: int) -> None:
        """Its number and caption over the first columns, its figures on the last line of them."""
        top = self.y
        for n, part in enumerate(self._labels(entry)):
            base = top + n * self.step + self.size
            self.printed.text(Text(SIDE + MARGIN, base, part, self.size, bold=True))
        self.y += lines * self.step
        self.covered.append((top, self.y, SIDE + self.widths.label_width))
        base = top + (lines - 1) * self.step + self.size
        for at, column in enumerate(self.schedule.columns):
            if at >= self.widths.label_columns and (word := entry.cells[at]):
                self._put(at, word, base, (entry.key, column.number))
        rule = self.y
        self.y += 0.25 * self.size
        self.printed.leaf.rules.append(Rule(SIDE, rule, LONG - SIDE, rule, 0.5))

    def _labels(self, entry: Entry) -> list[str]:
        number = f"{entry.key} " if len(entry.key) > 2 else ""
        return lines_of(f"{number}{entry.caption}", self.widths.label_width, self.size, bold=True)

    def _wrapped(self, at: int, word: str) -> list[str]:
        left, right = self.widths.edges[at]
        room = right - left - 2 * MARGIN
        if self.widths.of(word) <= room:
            return [word]
        return [
            piece for part in lines_of(word, room, self.size) for piece in self._cut(part, room)
        ]

    def _cut(self, word: str, room: float) -> list[str]:
        """A word wider than its column, cut where the column ends."""
        pieces = [""]
        for sign in word:
            if pieces[-1] and self.widths.of(pieces[-1] + sign) > room:
                pieces.append("")
            pieces[-1] += sign
        return pieces

    def _between(self, x: float, top: float, bottom: float) -> None:
        if bottom > top:
            self.printed.leaf.rules.append(Rule(x, top, x, bottom, 0.25, grey=0.6))

    # -- a leaf -----------------------------------------------------------------------------

    def _begin(self) -> None:
        schedule = self.schedule
        page = schedule.form.declared
        number = f"{page.number}.{self.count}" if self.count else page.number
        titles = () if self.count else (page.title,)
        self.printed = Printed(leaf=Leaf(number=number, width=LONG, height=SHORT, titles=titles))
        self.count += 1
        self.y, self.covered, self.heads = TOP, [], []
        self.printed.text(Text(SIDE, self.y, self.company, 6.5))
        continued = " (Continued)" if self.count > 1 else ""
        for words, size in ((page.title + continued, TITLE_SIZE), *((b, 7.0) for b in page.below)):
            self.y += size * 1.3
            width = width_of(words, size, bold=True)
            self.printed.text(Text((LONG - width) / 2, self.y, words, size, bold=True))
        self.y += 6
        self._heads()

    def _end(self) -> Printed:
        """The leaf, with the rules between its columns down to where print ends."""
        for left, _ in self.widths.edges[1:]:
            top = max(
                [self.top, *(under for begin, end, under in self.heads if begin < left < end)]
            )
            for over, under, to_x in self.covered:
                if to_x > left:
                    self._between(left, top, over)
                    top = under
            self._between(left, top, self.y)
        self.printed.leaf.rules.append(Rule(SIDE, self.y, LONG - SIDE, self.y, 0.5))
        return self.printed

    def _heads(self) -> None:
        """Numbers and captions of the columns, under the heads that span several."""
        size, columns, leaf = self.widths.head_size, self.schedule.columns, self.printed.leaf
        self.top, step = self.y, self.widths.head_size * LEADING
        leaf.rules.append(Rule(SIDE, self.y, LONG - SIDE, self.y, 0.75))
        overs = self._overs(columns)
        deepest = max(len(lines) for _, _, lines in overs) if overs else 0
        for left, right, lines in overs:
            for n, words in enumerate(lines):
                self._centred(left, right, self.y + (n + 1) * step, words, size)
            under = self.y + deepest * step + 2
            self.heads.append((left, right, under))
            leaf.rules.append(Rule(left, under, right, under, 0.35))
        base = self.y + deepest * step + (2 if overs else 0)
        captions = self.widths.captions
        depth = max(map(len, captions), default=1)
        for (left, right), column, broken in zip(self.widths.edges, columns, captions, strict=True):
            self._centred(left, right, base + step, column.number, size)
            for n, caption in enumerate(broken):
                line = base + step * (2 + depth - len(broken) + n)
                self._centred(left, right, line, caption, size)
        self.y = base + step * (depth + 1) + 3
        leaf.rules.append(Rule(SIDE, self.y, LONG - SIDE, self.y, 0.75))
        self.y += 1

    def _centred(self, left: float, right: float, y: float, words: str, size: float) -> None:
        self.printed.text(Text((left + right - width_of(words, size)) / 2, y, words, size))

    def _overs(self, columns: Sequence[Column]) -> list[tuple[float, float, list[str]]]:
        found = []
        places = enumerate(columns)
        for over, group in groupby(places, key=lambda pair: _over(pair[1])):
            at = [place for place, _ in group]
            if over:
                left, right = self.widths.edges[at[0]][0], self.widths.edges[at[-1]][1]
                lines = lines_of(over, right - left - 2, self.widths.head_size)
                found.append((left, right, lines))
        return found


def _over(column: Column) -> str:
    return "" if column.over == "-" else column.over
