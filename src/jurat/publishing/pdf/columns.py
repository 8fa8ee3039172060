"""Where number, stub, caption and columns of a grid stand across a leaf."""

from dataclasses import dataclass

from jurat.money import Kind
from jurat.publishing.blocks import Boxes, Field, Grid, Row
from jurat.publishing.layout import Strip
from jurat.publishing.pdf.faces import width_of
from jurat.publishing.pdf.setting import lines_of, longest_word, strip_of

PAD = 0.45
"""Air left and right of a column's print, in ems: two of them part two figures beyond doubt."""
HEAD_LINES = 5
LEAST_CAPTION, FAIR_CAPTION = 14.0, 26.0
"""Ems: what a caption must have, and what it should have before the paper is turned."""
WIDEST_COLUMN, WIDEST_WORDS = 13.0, 30.0
"""Ems: how wide a column of figures is drawn out, and how wide one of words may be."""
USUAL_FIGURE = "(0,000,000,000)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The edges of a grid's columns, in points, at a size of type."""

    size: float
    left: float
    stub: float
    caption: float
    caption_right: float
    rights: tuple[float, ...]

    @property
    def right(self) -> float:
        """The right-hand edge of the grid."""
        return self.rights[-1] if self.rights else self.caption_right

    @property
    def lefts(self) -> tuple[float, ...]:
        """The left-hand edge of each column."""
        return (self.caption_right, *self.rights)[: len(self.rights)]

    @property
    def pad(self) -> float:
        """Air beside a rule."""
        return PAD * self.size


def columns_of(grid: Grid, left: float, width: float, size: float) -> Columns | None:
    """The columns of a grid in a width at a size of type; nothing where they do not fit."""
    number = max((width_of(row.number, size) for row in grid.rows), default=0.0)
    number = max(number + 2 * PAD * size, 2 * size) if number else 0.0
    stub = _stub_width(grid, size)
    if stub and len(grid.leads) > 1:
        number = max(number, longest_word(grid.leads[0].caption, size) + 2 * PAD * size)
    natural = [_column_width(grid, index, size) for index in range(len(grid.heads))]
    wanted = _caption_width(grid, size)
    spare = width - number - stub - sum(natural)
    if spare < min(wanted, LEAST_CAPTION * size) or spare < _least_caption(grid, size):
        return None
    caption = min(spare, wanted)
    widths = _spread(natural, spare - caption, WIDEST_COLUMN * size)
    start = left + number + stub
    rights = []
    edge = left + width - sum(widths)
    for one in widths:
        edge += one
        rights.append(edge)
    return Columns(
        size=size,
        left=left,
        stub=left + number,
        caption=start,
        caption_right=left + width - sum(widths),
        rights=tuple(rights),
    )


def is_fair(grid: Grid, columns: Columns) -> bool:
    """Whether captions have room enough not to be broken into slivers."""
    room = columns.caption_right - columns.caption
    return room >= min(_caption_width(grid, columns.size), FAIR_CAPTION * columns.size)


def _spread(natural: list[float], spare: float, widest: float) -> list[float]:
    """What captions leave goes to the columns, the narrowest first, up to a width."""
    widths = list(natural)
    for _ in range(len(widths)):
        narrow = [place for place, one in enumerate(widths) if one < widest]
        if spare < 1 or not narrow:
            break
        share = spare / len(narrow)
        for place in narrow:
            more = min(share, widest - widths[place])
            widths[place] += more
            spare -= more
    return widths


def _stub_width(grid: Grid, size: float) -> float:
    if not any(row.stub for row in grid.rows):
        return 0.0
    head = longest_word(grid.leads[1].caption, size) if len(grid.leads) > 1 else 0.0
    return max(head, *(width_of(row.stub, size) for row in grid.rows)) + 2 * PAD * size


def _column_width(grid: Grid, index: int, size: float) -> float:
    head = grid.heads[index]
    fields = [row.fields[index] for row in grid.rows if row.fields]
    width = max((field_width(one, size) for one in fields), default=0.0)
    if head.kind is Kind.TEXT:
        width = min(width, WIDEST_WORDS * size)
    if head.kind is Kind.MONEY:
        width = max(width, width_of(USUAL_FIGURE, size))
    width = max(width, longest_word(head.caption, size), 4 * size)
    while len(lines_of(head.caption, width, size)) > HEAD_LINES:
        width += size
    return width + 2 * PAD * size


def field_width(field: Field, size: float) -> float:
    """How wide all that is printed in a column of a row is."""
    text = field.text if field.boxes is Boxes.NONE else field.text.upper()
    parts = [part for part in (field.before, text, field.after) if part]
    return sum(width_of(part, size) for part in parts) + 0.3 * size * (len(parts) - 1)


def caption_strip(row: Row) -> Strip:
    """A row's caption with its cells."""
    return strip_of(row.caption)


def _caption_width(grid: Grid, size: float) -> float:
    """What the longest caption takes in one line, and two ems of dots."""
    captions = [caption_strip(row).text for row in grid.rows] + [
        head.caption for head in grid.leads
    ]
    least = FAIR_CAPTION * size if any(row.section for row in grid.rows) else 0.0
    longest = max((width_of(text, size, bold=True) for text in captions), default=0.0)
    return max(least, longest + 3 * size)


def _least_caption(grid: Grid, size: float) -> float:
    words = [longest_word(caption_strip(row).text, size, bold=True) for row in grid.rows]
    return max(words, default=0.0) + 2 * PAD * size
