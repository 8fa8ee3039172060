"""The look of `pdftotext -layout`: columns aligned with spaces, captions led to them by dots."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from jurat.money import Kind
from jurat.publishing.blocks import (
    Boxes,
    Field,
    Gap,
    Grid,
    Head,
    Paragraph,
    Question,
    Row,
    Sheet,
    Stamp,
    Style,
    Title,
    spelled,
)
from jurat.publishing.layout import Paper, PrintedColumn, Strip
from jurat.publishing.questions import answer_is_below
from jurat.publishing.tabs import words_strip
from jurat.publishing.wrap import wrap, wrapped

TICKED, EMPTY = "[ X ]", "[ ]"
WIDTH = 132
MARGIN = 1
GAP = 3
LEAST_CAPTION, LEAST_COLUMN = 40, 10
MOST_CAPTION_LINES, MOST_HEAD_LINES = 3, 5
SUB_LINE = 4
QUESTION_START, QUESTION_WIDTH = 9, 88
FEED = "\f"


def print_spaces(sheets: Iterable[Sheet], paper: Paper) -> None:
    """Print the sheets, each begun by a form feed and ended by its number."""
    for index, sheet in enumerate(sheets):
        paper.sheet = sheet.number
        feed = FEED if index else ""
        head = _centred(paper.running_head).text if sheet.has_running_head else ""
        paper.write(feed + head)
        paper.write()
        for block in sheet.blocks:
            match block:
                case Title():
                    paper.write(_centred(block.text))
                case Gap():
                    paper.write()
                case Paragraph():
                    _paragraph(block, paper)
                case Stamp():
                    paper.stamps[block.page] = paper.write(_centred(block.text))
                case Question():
                    _question(block, paper)
                case Grid():
                    _grid(block, paper)
        paper.write()
        paper.write(_centred(sheet.number))


def _centred(text: str) -> Strip:
    return Strip(" " * max(MARGIN, (WIDTH - len(text)) // 2)).add(text)


def _paragraph(block: Paragraph, paper: Paper) -> None:
    strip = words_strip(block.words, TICKED, EMPTY)
    for number, piece in enumerate(wrapped(strip, WIDTH - 2 * SUB_LINE)):
        paper.write(Strip(" " * (MARGIN + (SUB_LINE if number else 0))).join(piece))


# -- geometry ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where number, stub, caption and columns of a grid stand."""

    stub: int
    caption: int
    caption_width: int
    lefts: tuple[int, ...]
    rights: tuple[int, ...]


def _geometry(grid: Grid) -> Geometry:
    number_width = max((len(row.number) for row in grid.rows if not _is_sub(row)), default=0)
    is_stubbed = any(row.stub for row in grid.rows)
    if is_stubbed:
        number_width = max(number_width, _longest_word(grid.leads[0].caption))
    stub = caption = MARGIN + (number_width + 2 if number_width else 0)
    if is_stubbed:
        caption = stub + _longest_word(grid.leads[1].caption) + 2
    widths = [_column_width(grid, index) for index in range(len(grid.heads))]
    caption_width = _caption_width(grid, WIDTH - caption - sum(width + GAP for width in widths))
    left, lefts, rights = caption + caption_width, [], []
    for width in widths:
        lefts.append(left + GAP)
        left = left + GAP + width
        rights.append(left)
    return Geometry(stub, caption, caption_width, tuple(lefts), tuple(rights))


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


def _column_width(grid: Grid, index: int) -> int:
    head = grid.heads[index]
    width = max(LEAST_COLUMN, _longest_word(head.caption))
    width = max([width, *(_field_width(row.fields[index]) for row in grid.rows if row.fields)])
    while len(wrap(head.caption, width)) > MOST_HEAD_LINES:
        width += 1
    return width


def _field_width(field: Field) -> int:
    after = f" {field.after}" if field.after not in ("", "%") else ""
    return len(field.before) + (1 if field.before else 0) + len(field.text) + len(after)


def _caption_width(grid: Grid, room: int) -> int:
    """Narrow enough for the columns, wide enough that no caption takes more than three lines."""
    strips = [(_caption(row), _hang(row)) for row in grid.rows]
    longest = max((len(strip.text) + hang for strip, hang in strips), default=0)
    if grid.style is Style.INLINE:
        return longest
    headed = LEAST_CAPTION if grid.leads[-1].caption else 0
    width = max(min(longest, max(room, LEAST_CAPTION)), headed)
    while any(
        len(pieces := wrapped(strip, width - hang)) > MOST_CAPTION_LINES
        or any(len(piece.text) > width - hang for piece in pieces)
        for strip, hang in strips
    ):
        width += 1
    return width


def _hang(row: Row) -> int:
    """How far the further lines of a sub-line's caption stand in."""
    return SUB_LINE if _is_sub(row) else 0


def _is_sub(row: Row) -> bool:
    return row.is_sub and bool(row.caption)


def _caption(row: Row) -> Strip:
    strip = words_strip(row.caption, TICKED, EMPTY)
    if _is_sub(row):
        return Strip(f"{row.number} ").join(strip)
    return strip


# -- column heads -----------------------------------------------------------------------


def _heads(grid: Grid, geometry: Geometry, paper: Paper) -> None:
    columns = [*_lead_columns(grid, geometry), *_head_columns(grid, geometry)]
    if not any(head.caption or head.number for head, _, _ in columns):
        return
    if any(head.over for head in grid.heads):
        paper.write(_over(grid, geometry))
    if any(head.number for head, _, _ in columns):
        paper.write(_centred_in([(head.number, left, right) for head, left, right in columns]))
    captions = [wrap(head.caption, max(right - left, 1)) for head, left, right in columns]
    height = max(len(lines) for lines in captions)
    for line in range(height):
        texts = []
        for lines, (_, left, right) in zip(captions, columns, strict=True):
            above = height - len(lines)
            texts.append((lines[line - above] if line >= above else "", left, right))
        paper.write(_centred_in(texts))


def _lead_columns(grid: Grid, geometry: Geometry) -> list[tuple[Head, int, int]]:
    end = geometry.caption + geometry.caption_width
    if any(row.stub for row in grid.rows):
        number, stub, caption = grid.leads
        return [
            (number, MARGIN, geometry.stub - 1),
            (stub, geometry.stub, geometry.caption - 1),
            (caption, geometry.caption, end),
        ]
    return [(head, geometry.caption, end) for head in grid.leads if head.caption]


def _head_columns(grid: Grid, geometry: Geometry) -> list[tuple[Head, int, int]]:
    return list(zip(grid.heads, geometry.lefts, geometry.rights, strict=True))


def _over(grid: Grid, geometry: Geometry) -> Strip:
    texts = []
    spans = groupby(_head_columns(grid, geometry), key=lambda column: column[0].over)
    for over, group in spans:
        columns = list(group)
        texts.append((over, columns[0][1], columns[-1][2]))
    return _centred_in(texts)


def _centred_in(texts: list[tuple[str, int, int]]) -> Strip:
    strip = Strip()
    for text, left, right in texts:
        if text:
            strip.reach(left + max(0, (right - left - len(text)) // 2)).add(text)
    return strip


# -- rows -------------------------------------------------------------------------------


def _grid(grid: Grid, paper: Paper) -> None:
    paper.grids += 1
    geometry = _geometry(grid)
    _heads(grid, geometry, paper)
    for row in grid.rows:
        if row.section:
            paper.write(Strip(" " * MARGIN).add(row.section))
        _row(grid, geometry, row, paper)


def _row(grid: Grid, geometry: Geometry, row: Row, paper: Paper) -> None:
    indent = 0 if not row.is_head or row.number or grid.style is Style.SECTIONED else SUB_LINE
    pieces = wrapped(_caption(row), max(geometry.caption_width - _hang(row), 1))
    first = len(paper.lines)
    for number, piece in enumerate(pieces):
        strip = Strip()
        if number == 0:
            strip.add(" " * MARGIN + ("" if _is_sub(row) else row.number))
            if row.stub:
                strip.reach(geometry.stub).add(row.stub)
        start = geometry.caption + (_hang(row) if number else indent)
        strip.reach(start).join(piece)
        if number < len(pieces) - 1:
            paper.write(strip)
    end = len(strip.text)
    columns = _columns(grid, geometry, row, strip)
    paper.write(strip)
    begin = start + (len(row.number) + 1 if _is_sub(row) and len(pieces) == 1 else 0)
    paper.keep_row(grid.page, first, (begin, end if pieces[-1].text else begin), columns)


def _columns(grid: Grid, geometry: Geometry, row: Row, strip: Strip) -> tuple[PrintedColumn, ...]:
    """Dots up to the first column, then every column's figure at its right edge."""
    if not row.fields:
        return ()
    if not row.is_head and grid.style is not Style.INLINE:
        _lead_to(strip, geometry.lefts[0] - 1)
    start = geometry.lefts[0]
    columns = []
    for field, left, right in zip(row.fields, geometry.lefts, geometry.rights, strict=True):
        _field(field, left, right, strip)
        end = max(right, len(strip.text))
        columns.append(PrintedColumn(address=field.address, kind=field.kind, start=start, end=end))
        start = end
    return tuple(columns)


def _lead_to(strip: Strip, column: int) -> None:
    if column - len(strip.text) > GAP:
        strip.add(" ").reach(column, ".")


def _field(field: Field, left: int, right: int, strip: Strip) -> None:
    if not (field.before or field.text or field.after):
        return
    if field.before:
        strip.reach(left).add(field.before)
    text = field.text if field.boxes is Boxes.NONE else field.text.upper()
    after = f" {field.after}" if field.after not in ("", "%") else ""
    edge = left if field.kind is Kind.TEXT else right - len(text) - len(after)
    strip.reach(edge).add(text, field.address).add(after)
    if field.after == "%":
        strip.reach(right).add(" %")


# -- questions --------------------------------------------------------------------------


def _question(question: Question, paper: Paper) -> None:
    pieces = wrapped(words_strip(question.caption, TICKED, EMPTY), QUESTION_WIDTH)
    first = len(paper.lines)
    for number, piece in enumerate(pieces):
        strip = Strip(" " * MARGIN + ("" if number else question.number))
        start = QUESTION_START if question.number else MARGIN
        strip.reach(start).join(piece)
        if number < len(pieces) - 1:
            paper.write(strip)
    end = len(strip.text)
    answer = question.answer
    columns: tuple[PrintedColumn, ...] = ()
    is_below = answer_is_below(answer)
    if answer is not None and not is_below:
        columns = (_answer(answer, strip),)
    paper.grids += 1
    paper.write(strip)
    paper.keep_row(question.page, first, (start, end), columns)
    if answer is not None and is_below and answer.text:
        paper.write(Strip(" " * QUESTION_START).add(answer.text, answer.address))


def _answer(answer: Field, strip: Strip) -> PrintedColumn:
    """The answer at the right margin, dots leading to it."""
    printed = Strip()
    if answer.boxes is not Boxes.NONE:
        printed.add(spelled(answer.text, answer.boxes, TICKED, EMPTY), answer.address)
    else:
        printed.add(f"{answer.before} " if answer.before else "")
        printed.reach(len(printed.text) + LEAST_COLUMN + GAP - len(answer.text))
        printed.add(answer.text, answer.address).add(f" {answer.after}" if answer.after else "")
    start = WIDTH - len(printed.text)
    _lead_to(strip, start - 1)
    strip.reach(start).join(printed)
    return PrintedColumn(address=answer.address, kind=answer.kind, start=start, end=len(strip.text))
