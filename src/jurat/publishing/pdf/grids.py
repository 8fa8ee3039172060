"""Grids on paper: ruled heads, rows with their figures, the same heads again on a new leaf."""

from dataclasses import dataclass
from itertools import groupby

from jurat.money import Kind
from jurat.publishing.blocks import Boxes, Field, Grid, Head, Row, Style
from jurat.publishing.layout import Strip
from jurat.publishing.pdf.columns import Columns, caption_strip, columns_of
from jurat.publishing.pdf.faces import width_of
from jurat.publishing.pdf.flow import LEADING, Flow
from jurat.publishing.pdf.paper import SIDE
from jurat.publishing.pdf.setting import lines_of, set_in

HANGING = ")"
"""Stands in the margin of its column, so that the digits of gains and losses end below each other."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Heads that stand below one caption."""

    over: str
    left: float
    right: float


class GridPrinter:
    """Prints one grid down the leaves of a flow."""

    def __init__(self, flow: Flow, grid: Grid) -> None:
        """Work out the columns."""
        self.flow, self.grid, self.sheaf = flow, grid, flow.sheaf
        self.columns = self._columns()
        self.size = self.columns.size
        self.top = 0.0

    def _columns(self) -> Columns:
        inner, size = self.flow.stock.inner, self.flow.stock.size
        while (found := columns_of(self.grid, SIDE, inner, size)) is None:
            size *= 0.95
        return found

    def print(self) -> None:
        """Heads, rows, and the rules around them."""
        height = self._heads_height() + 2 * self.flow.stock.leading
        self.flow.need(height)
        self._heads()
        for row in self.grid.rows:
            self._row(row)
        if not self.grid.rows:
            self.flow.y += 1.5 * self.flow.stock.leading
        self._close()

    # -- heads --------------------------------------------------------------------------

    @property
    def _has_heads(self) -> bool:
        heads = (*self.grid.heads, *self.grid.leads)
        return any(head.caption or head.number for head in heads)

    def _heads_height(self) -> float:
        if not self._has_heads:
            return 4.0
        lines = max((len(lines) for _, _, _, lines in self._captions()), default=0)
        rows = lines + self._has_numbers + self._has_over
        return rows * self.size * 1.15 + 6

    @property
    def _has_over(self) -> bool:
        return any(head.over for head in self.grid.heads)

    @property
    def _has_numbers(self) -> bool:
        return any(head.number for head in (*self.grid.heads, *self.grid.leads))

    def _places(self) -> list[tuple[Head, float, float]]:
        columns = self.columns
        heads = list(zip(self.grid.heads, columns.lefts, columns.rights, strict=True))
        return [*self._lead_places(), *heads]

    def _lead_places(self) -> list[tuple[Head, float, float]]:
        columns, leads = self.columns, self.grid.leads
        edge = columns.caption_right
        if len(leads) == 3 and columns.stub < columns.caption:
            return [
                (leads[0], columns.left, columns.stub),
                (leads[1], columns.stub, columns.caption),
                (leads[2], columns.caption, edge),
            ]
        return [(head, columns.left, edge) for head in leads if head.caption or head.number]

    def _captions(self) -> list[tuple[Head, float, float, list[str]]]:
        pad = 2 * self.columns.pad
        return [
            (head, left, right, lines_of(head.caption, right - left - pad, self.size))
            for head, left, right in self._places()
        ]

    def _heads(self) -> None:
        self.top = self.flow.y = self.flow.y + 3
        columns, size = self.columns, self.size
        self.sheaf.rule(columns.left, self.top, columns.right, self.top, 0.8)
        if not self._has_heads:
            return
        step, y = size * 1.15, self.top + 1
        bottom = self.top + self._heads_height()
        if self._has_over:
            y += step
            for span in self._spans():
                self.sheaf.centred((span.left + span.right) / 2, y, span.over, size)
                if span.over:
                    self.sheaf.rule(span.left, y + 2.5, span.right, y + 2.5, 0.5)
            y += 1.5
        if self._has_numbers:
            y += step
            for head, left, right in self._places():
                self.sheaf.centred((left + right) / 2, y, head.number, size)
        for _, left, right, lines in self._captions():
            under = bottom - 2.5 - step * (len(lines) - 1)
            for line in lines:
                self.sheaf.centred((left + right) / 2, under, line, size)
                under += step
        self.sheaf.rule(columns.left, bottom, columns.right, bottom, 0.8)
        self.flow.y = bottom

    def _spans(self) -> list[_Span]:
        columns = self.columns
        heads = zip(self.grid.heads, columns.lefts, columns.rights, strict=True)
        spans = []
        for over, group in groupby(heads, key=lambda one: one[0].over):
            within = list(group)
            spans.append(_Span(over, within[0][1], within[-1][2]))
        return spans

    def _close(self) -> None:
        """The rules between the columns, and the one below the last row."""
        bottom = self.flow.y = self.flow.y + 3
        columns, sheaf = self.columns, self.sheaf
        spans = [span for span in self._spans() if span.over]
        for edge in (columns.left, *columns.lefts, columns.right):
            is_inside = any(span.left < edge < span.right for span in spans)
            top = self.top + (self.size * 1.15 + 3.5 if is_inside and self._has_over else 0)
            sheaf.rule(edge, top, edge, bottom, 0.5)
        if columns.stub < columns.caption:
            sheaf.rule(columns.stub, self.top, columns.stub, bottom, 0.3)
            sheaf.rule(columns.caption, self.top, columns.caption, bottom, 0.3)
        sheaf.rule(columns.left, bottom, columns.right, bottom, 0.8)

    # -- rows ---------------------------------------------------------------------------

    def _row(self, row: Row) -> None:
        columns, size, leading = self.columns, self.size, self.flow.stock.leading
        is_head = row.is_head and not row.number
        indent = self._indent(row)
        is_stubbed = columns.stub < columns.caption
        start = columns.left if is_head and not is_stubbed else columns.caption
        x = start + columns.pad + indent
        right = columns.right if row.is_head and not row.fields else columns.caption_right
        room = right - x - columns.pad
        lines = set_in(caption_strip(row), room, size, bold=is_head)
        fields = [self._words(field, place) for place, field in enumerate(row.fields)]
        count = max([len(lines), *map(len, fields)])
        looser = leading - size * LEADING
        section = self._section_lines(row)
        height = (count + len(section)) * size * LEADING + looser + (leading if is_head else 0)
        if self.flow.room < height + 4 and not self.flow.is_fresh:
            self._close()
            self.flow.turn()
            self._heads()
        self._section(section)
        self.flow.y += looser + (leading * 0.4 if is_head else 0)
        first = self.flow.y + size * LEADING
        self.flow.y += count * size * LEADING
        end = self._caption(row, lines, x, first, is_head=is_head)
        for place, field in enumerate(row.fields):
            self._field(field, place, fields[place], first)
        if row.fields and not row.is_head and self.grid.style is not Style.INLINE:
            self.sheaf.lead(end, first + (len(lines) - 1) * size * LEADING, columns.caption_right)
        self.sheaf.hair(columns.left, self.flow.y + size * 0.3, columns.right)
        self.flow.y += size * 0.05

    def _indent(self, row: Row) -> float:
        return self.size if row.is_sub else 0.0

    def _section_lines(self, row: Row) -> list[str]:
        room = self.columns.caption_right - self.columns.left - 2 * self.columns.pad
        return lines_of(row.section, room, self.size, bold=True)

    def _section(self, lines: list[str]) -> None:
        for line in lines:
            self.flow.y += self.size * LEADING
            left = self.columns.left + self.columns.pad
            self.sheaf.text(left, self.flow.y, line, self.size, bold=True)

    def _caption(self, row: Row, lines: list[Strip], x: float, y: float, *, is_head: bool) -> float:
        """Number, stub and caption from the row's first line on; returns where the caption ends."""
        columns, size, sheaf = self.columns, self.size, self.sheaf
        number = row.number.rstrip(".") if row.number.endswith("..") else row.number
        end = sheaf.text(columns.left + columns.pad, y, number, size) if number else x
        if row.stub:
            sheaf.text(columns.stub + columns.pad, y, row.stub, size)
        for count, line in enumerate(lines):
            if line.text:
                end = sheaf.strip(x + (size if count else 0.0), y, line, size, bold=is_head)
            y += size * LEADING
        return end

    # -- fields -------------------------------------------------------------------------

    def _words(self, field: Field, place: int) -> list[Strip]:
        """A field of words, over lines where one does not hold it."""
        if field.kind is not Kind.TEXT or not field.text:
            return []
        room = self.columns.rights[place] - self.columns.lefts[place] - 2 * self.columns.pad
        return set_in(Strip().add(field.text, field.address), room + 0.01, self.size)

    def _field(self, field: Field, place: int, words: list[Strip], first: float) -> None:
        """A figure at the right edge of its column, its mark at the left, its sign behind it."""
        columns, size, sheaf, y = self.columns, self.size, self.sheaf, self.flow.y
        left, right = columns.lefts[place] + columns.pad, columns.rights[place] - columns.pad
        if field.before:
            sheaf.text(left, y, field.before, size)
        text = field.text if field.boxes is Boxes.NONE else field.text.upper()
        after = f" {field.after}" if field.after else ""
        edge = right - width_of(after, size)
        if after:
            sheaf.text(edge, y, after, size)
        if not text or field.address is None:
            if text:
                sheaf.text(edge - width_of(text, size), y, text, size)
            return
        if words:
            for count, line in enumerate(words):
                sheaf.strip(left, first + count * size * LEADING, line, size)
            return
        hang = width_of(HANGING, size) if text.endswith(HANGING) and not after else 0.0
        sheaf.cell(
            edge + min(hang, 0.8 * columns.pad) - width_of(text, size), y, text, size, field.address
        )
