"""The look of a filing's text: one row a line, columns parted by tabs."""

from collections.abc import Iterable

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
    Words,
    spelled,
)
from jurat.publishing.layout import Paper, PrintedColumn, Strip
from jurat.publishing.questions import answer_is_below

TICKED, EMPTY = "[X]", "[]"
LEADER = "....."


def print_tabs(sheets: Iterable[Sheet], paper: Paper) -> None:
    """Print the sheets one below the other."""
    for sheet in sheets:
        paper.sheet = sheet.number
        if sheet.has_running_head:
            paper.write(paper.running_head)
            paper.write()
        for block in sheet.blocks:
            match block:
                case Title():
                    paper.write(block.text)
                case Gap():
                    paper.write()
                case Paragraph():
                    paper.write(words_strip(block.words))
                case Stamp():
                    paper.stamps[block.page] = paper.write(block.text)
                case Question():
                    _question(block, paper)
                case Grid():
                    _grid(block, paper)
        paper.write()


def words_strip(words: Words, ticked: str = TICKED, empty: str = EMPTY) -> Strip:
    """Running words as one strip."""
    strip = Strip()
    for word in words:
        filled = word.address if word.text else None
        strip.add(spelled(word.text, word.boxes, ticked, empty), filled)
    return strip


# -- rows -------------------------------------------------------------------------------


def _grid(grid: Grid, paper: Paper) -> None:
    paper.grids += 1
    for line in _head_lines(grid):
        paper.write(line)
    for row in grid.rows:
        _row(grid, row, paper)


def _head_lines(grid: Grid) -> list[str]:
    has_dollars = _dollars_apart(grid)
    heads: list[Head] = list(grid.leads)
    for head in grid.heads:
        heads += [Head(), head] if has_dollars and head.kind is Kind.MONEY else [head]
    if not any(head.number or head.caption for head in heads):
        return []
    whole = [f"{head.number} {head.caption}".strip() for head in heads]
    if any(head.over for head in heads):
        return ["\t".join(row) for row in _two_rows(heads, whole)]
    if grid.numbers_apart:
        rows = [[head.number for head in heads], [head.caption for head in heads]]
        return ["\t".join(row) for row in rows]
    return ["\t".join(whole)]


def _two_rows(heads: list[Head], whole: list[str]) -> list[list[str]]:
    """Spanning heads above, theirs below; a column without a span stands above."""
    above, below, last = [], [], ""
    for head, text in zip(heads, whole, strict=True):
        above.append("" if head.over and head.over == last else head.over or text)
        below.append(text if head.over else "")
        last = head.over
    return [above, below]


def _dollars_apart(grid: Grid) -> bool:
    """Whether dollar signs stand in a column of their own."""
    return grid.style is Style.APART and any(f.before == "$" for r in grid.rows for f in r.fields)


def _row(grid: Grid, row: Row, paper: Paper) -> None:
    strip = Strip()
    caption = _lead(grid, row, strip)
    columns = []
    has_dollars = _dollars_apart(grid)
    for index, field in enumerate(row.fields):
        if grid.style is Style.INLINE:
            strip.add("\t" if index else " " if row.number else "")
        else:
            strip.add("\t")
        if has_dollars and field.kind is Kind.MONEY:
            strip.add("$\t")
        start = len(strip.text)
        strip.join(field_strip(field, without_dollar=has_dollars))
        columns.append(
            PrintedColumn(address=field.address, kind=field.kind, start=start, end=len(strip.text))
        )
    line = paper.write(strip)
    paper.keep_row(grid.page, line, caption, tuple(columns))


def _lead(grid: Grid, row: Row, strip: Strip) -> tuple[int, int]:
    """Number and caption; returns where the caption stands."""
    apart = "\t" if grid.style is Style.APART else " "
    if grid.style is Style.SECTIONED:
        head = row.is_head and not row.number
        strip.add(row.section).add("" if head else "\t")
    if grid.style is Style.APART and len(grid.leads) > 2:
        if row.is_head:
            apart = ""
        else:
            strip.add(f"{row.number}\t{row.stub}\t")
    elif row.number:
        strip.add(row.number + (apart if row.caption and row.caption[0].text else ""))
    elif grid.style is Style.APART and not row.is_head:
        strip.add(apart)
    start = len(strip.text)
    strip.join(words_strip(row.caption))
    end = len(strip.text)
    if row.is_head and len(grid.leads) > 1 and not (row.number and grid.style is Style.APART):
        strip.add("\t" * (len(grid.leads) - 1))
    return start, end


def field_strip(field: Field, *, without_dollar: bool = False) -> Strip:
    """A column's print: mark, figure, sign."""
    strip = Strip()
    if field.before and not (without_dollar and field.before == "$"):
        strip.add(field.before)
        strip.add(" " if field.before == "$" and field.text else "")
    text = field.text
    if field.boxes is not Boxes.NONE:
        text = text.upper()
    strip.add(text, field.address)
    if field.after:
        strip.add(f" {field.after}" if field.text else field.after)
    return strip


# -- questions --------------------------------------------------------------------------


def _question(question: Question, paper: Paper) -> None:
    strip = Strip(f"{question.number} " if question.number else "")
    start = len(strip.text)
    strip.join(words_strip(question.caption))
    end = len(strip.text)
    answer, columns = question.answer, []
    if answer is not None and not answer_is_below(answer):
        is_box = answer.boxes is not Boxes.NONE
        strip.add(" " if is_box else LEADER)
        begin = len(strip.text)
        if is_box:
            strip.add(spelled(answer.text, answer.boxes, TICKED, EMPTY), answer.address)
        else:
            strip.join(field_strip(answer))
        columns.append(
            PrintedColumn(
                address=answer.address, kind=answer.kind, start=begin, end=len(strip.text)
            )
        )
    paper.grids += 1
    line = paper.write(strip)
    paper.keep_row(question.page, line, (start, end), tuple(columns))
    if answer is not None and answer_is_below(answer) and answer.text:
        paper.write(Strip().add(answer.text, answer.address))
