"""What a scanner does to a page: every place of a layout where each kind of damage can happen."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from jurat.publishing.layout import Layout, Look, Place, PrintedColumn, PrintedRow
from jurat.words import Address

MARKS = ("(a)", "*", "$", "|")
LONGEST_RUN = 3
FEWEST_WORDS = 3
MIDDLE = 66
"""Where a page number stands in spaces."""


class DamageKind(StrEnum):
    """The kinds of damage a scanner does."""

    GLUED = "glued"
    """A figure printed without the gap to its neighbour or to the caption."""
    COLLAPSED = "collapsed"
    """Blank columns dropped, so that figures move left."""
    LINE_HIGH = "line_high"
    """Some figures of a column printed one line too high."""
    LOST_PARENTHESES = "lost_parentheses"
    """One or both brackets of a negative figure lost."""
    MARK = "mark"
    """A stray mark in front of a figure."""
    NONE_INSIDE = "none_inside"
    """The NONE stamp printed among the form's empty rows."""
    WRAPPED = "wrapped"
    """A caption broken over two lines."""
    RUNNING_HEAD = "running_head"
    """A running head or a page number in the middle of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One damage: the rows it touches, and what their lines become."""

    kind: DamageKind
    rows: frozenset[int]
    addresses: tuple[Address, ...] = ()
    lines: tuple[tuple[int, str], ...]


@lru_cache(maxsize=32)
def edits_of(layout: Layout, kind: DamageKind) -> tuple[Edit, ...]:
    """Every way in which a kind of damage can happen to a layout."""
    made = {
        DamageKind.GLUED: _glued,
        DamageKind.COLLAPSED: _collapsed,
        DamageKind.LINE_HIGH: _line_high,
        DamageKind.LOST_PARENTHESES: _lost_parentheses,
        DamageKind.MARK: _mark,
        DamageKind.NONE_INSIDE: _none_inside,
        DamageKind.WRAPPED: _wrapped,
        DamageKind.RUNNING_HEAD: _running_head,
    }
    return tuple(made[kind](layout))


# -- what stands in a row ---------------------------------------------------------------


def _line(layout: Layout, row: PrintedRow) -> str:
    return layout.lines[row.last]


def _printed(layout: Layout, row: PrintedRow, column: PrintedColumn) -> str:
    """Everything printed in a column: marks, figure, signs."""
    return _line(layout, row)[column.start : column.end].strip()


def _figure(layout: Layout, column: PrintedColumn) -> Place | None:
    """Where a column's figure stands, if it holds one."""
    if column.address is None or not column.kind.is_figure:
        return None
    place = layout.places.get(column.address)
    has_digit = place and any(c.isdigit() for c in layout.printed(column.address))
    return place if has_digit else None


def _figures(layout: Layout, row: PrintedRow) -> list[tuple[int, Address, Place]]:
    return [
        (index, column.address, place)
        for index, column in enumerate(row.columns)
        if column.address and (place := _figure(layout, column))
    ]


def _is_bare(layout: Layout, row: PrintedRow, column: PrintedColumn) -> bool:
    """Whether a column holds a figure and nothing beside it."""
    return (
        column.address is not None
        and _figure(layout, column) is not None
        and _printed(layout, row, column) == layout.printed(column.address)
    )


# -- figures out of their places --------------------------------------------------------


def _glued(layout: Layout) -> Iterator[Edit]:
    for index, row in enumerate(layout.rows):
        line, figures = _line(layout, row), _figures(layout, row)
        if figures and (text := _glued_to_caption(layout, row, line, figures[0])):
            yield _edit(DamageKind.GLUED, index, row, (figures[0][1],), text)
        for (place, left, a), (next_place, right, b) in pairwise(figures):
            between = line[a.end : b.start]
            if next_place == place + 1 and not between.strip():
                gap = " " * len(between) if layout.look is Look.SPACES else ""
                text = line[: a.start] + gap + line[a.start : a.end] + line[b.start :]
                yield _edit(DamageKind.GLUED, index, row, (left, right), text)


def _glued_to_caption(
    layout: Layout, row: PrintedRow, line: str, first: tuple[int, Address, Place]
) -> str:
    """The line with its first figure at the caption; nothing where that would make other digits."""
    column, _, place = first
    caption = row.caption
    if caption is None or column > 0 or line[caption.end - 1].isdigit():
        return ""
    between = line[caption.end : place.start]
    if between.strip(" .\t"):
        return ""
    gap = " " * len(between) if layout.look is Look.SPACES else ""
    return line[: caption.end] + line[place.start : place.end] + gap + line[place.end :]


def _collapsed(layout: Layout) -> Iterator[Edit]:
    for index, row in enumerate(layout.rows):
        printed = [_printed(layout, row, column) for column in row.columns]
        blank = next((i for i, text in enumerate(printed) if not text), len(printed))
        moved = tuple(column.address for column in row.columns[blank:] if column.address)
        if not any(place > blank for place, _, _ in _figures(layout, row)):
            continue
        line, start = _line(layout, row), row.columns[0].start
        is_tabs = layout.look is Look.TABS
        if is_tabs and line[start:].count("\t") != len(row.columns) - 1:
            continue
        text = ("\t" if is_tabs else "  ").join(text for text in printed if text)
        yield _edit(DamageKind.COLLAPSED, index, row, moved, line[:start] + text)


def _line_high(layout: Layout) -> Iterator[Edit]:
    for index, row in enumerate(layout.rows[1:], 1):
        for column in range(len(row.columns)):
            for length in range(1, LONGEST_RUN + 1):
                rows = layout.rows[index - 1 : index + length]
                if len(rows) != length + 1 or not _can_rise(layout, rows, column):
                    break
                yield _risen(layout, index - 1, rows, column)


def _can_rise(layout: Layout, rows: tuple[PrintedRow, ...], column: int) -> bool:
    """Whether a column is blank in the first row and holds bare figures in all others."""
    above, *others = rows
    if any(row.grid != above.grid or len(row.columns) <= column for row in rows):
        return False
    is_blank = not _printed(layout, above, above.columns[column])
    return is_blank and all(_is_bare(layout, row, row.columns[column]) for row in others)


def _risen(layout: Layout, first: int, rows: tuple[PrintedRow, ...], column: int) -> Edit:
    lines, addresses = [], []
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        line, here = _line(layout, row), row.columns[column]
        text = _without(layout, line, here)
        if below is not None and (address := below.columns[column].address):
            addresses.append(address)
            text = _with(layout, text, here, address)
        lines.append((row.last, text.rstrip(" ")))
    return Edit(
        kind=DamageKind.LINE_HIGH,
        rows=frozenset(range(first, first + len(rows))),
        addresses=tuple(addresses),
        lines=tuple(lines),
    )


def _without(layout: Layout, line: str, column: PrintedColumn) -> str:
    """A line with a column emptied; in spaces the rest stays where it is."""
    gap = " " * len(line[column.start : column.end]) if layout.look is Look.SPACES else ""
    return line[: column.start] + gap + line[column.end :]


def _with(layout: Layout, line: str, column: PrintedColumn, address: Address) -> str:
    """A line with another line's figure in an empty column."""
    figure, place = layout.printed(address), layout.places[address]
    if layout.look is Look.TABS:
        return line[: column.start] + figure + line[column.start :]
    line = line.ljust(place.end)
    return line[: place.start] + figure + line[place.end :]


# -- signs lost and signs too many ------------------------------------------------------


def _lost_parentheses(layout: Layout) -> Iterator[Edit]:
    hole = " " if layout.look is Look.SPACES else ""
    for index, row in enumerate(layout.rows):
        line = _line(layout, row)
        for _, address, place in _figures(layout, row):
            text = line[place.start : place.end]
            if not (text.startswith("(") and text.endswith(")")):
                continue
            bare = text[1:-1]
            for left in (hole + bare + ")", "(" + bare + hole, hole + bare + hole):
                changed = (line[: place.start] + left + line[place.end :]).rstrip(" ")
                yield _edit(DamageKind.LOST_PARENTHESES, index, row, (address,), changed)


def _mark(layout: Layout) -> Iterator[Edit]:
    for index, row in enumerate(layout.rows):
        line = _line(layout, row)
        for column in row.columns:
            if column.address is None or not _is_bare(layout, row, column):
                continue
            place = layout.places[column.address]
            for mark in MARKS:
                begin = place.start
                if layout.look is Look.SPACES:
                    begin -= len(mark)
                    if line[begin - 1 : place.start].strip() or begin < 1:
                        continue
                text = line[:begin] + mark + line[place.start :]
                yield _edit(DamageKind.MARK, index, row, (column.address,), text)


# -- lines ------------------------------------------------------------------------------


def _none_inside(layout: Layout) -> Iterator[Edit]:
    for page, line in layout.stamps.items():
        rows = [index for index, row in enumerate(layout.rows) if row.page == page]
        stamp = layout.lines[line]
        for index in rows[1:]:
            below = layout.rows[index].first
            for text in (stamp, stamp.replace("NONE", "N O N E")):
                yield Edit(
                    kind=DamageKind.NONE_INSIDE,
                    rows=frozenset(rows),
                    lines=((below, f"{text}\n{layout.lines[below]}"), (line, "")),
                )


def _wrapped(layout: Layout) -> Iterator[Edit]:
    for index, row in enumerate(layout.rows):
        caption, figures = row.caption, _figures(layout, row)
        if caption is None or row.first != row.last or not figures:
            continue
        line = _line(layout, row)
        words = line[caption.start : caption.end].split(" ")
        if len(words) < FEWEST_WORDS:
            continue
        addresses = tuple(address for _, address, _ in figures)
        for place in range(caption.start + 1, caption.end):
            if line[place] == " " and line[place - 1] != "$":
                text = _broken(layout, line, caption, place)
                yield _edit(DamageKind.WRAPPED, index, row, addresses, text)


def _broken(layout: Layout, line: str, caption: Place, place: int) -> str:
    """A line broken at a space of its caption; the columns stay with the second part."""
    if layout.look is Look.TABS:
        return line[:place] + "\n" + line[place + 1 :]
    rest, tail = line[place + 1 : caption.end], line[caption.end :]
    room = place + 1 - caption.start
    tail = " " + "." * room + tail[1:] if tail.startswith(" .") else " " * room + tail
    return line[:place] + "\n" + " " * caption.start + rest + tail


def _running_head(layout: Layout) -> Iterator[Edit]:
    printed = (line.lstrip("\f") for line in layout.lines if layout.running_head in line)
    head = next(printed, layout.running_head)
    for index, (above, row) in enumerate(pairwise(layout.rows), 1):
        if above.grid != row.grid:
            continue
        number = row.sheet.rjust(MIDDLE) if layout.look is Look.SPACES else row.sheet
        for text in (head, number):
            yield Edit(
                kind=DamageKind.RUNNING_HEAD,
                rows=frozenset((index - 1, index)),
                lines=((row.first, f"{text}\n{layout.lines[row.first]}"),),
            )


def _edit(
    kind: DamageKind, index: int, row: PrintedRow, addresses: tuple[Address, ...], text: str
) -> Edit:
    """An edit of one row's last line."""
    return Edit(kind=kind, rows=frozenset((index,)), addresses=addresses, lines=((row.last, text),))
