"""Interrogatories: boxes, free answers and tables, matched by their numbers; a question's words may differ."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jurat.blanks import Form, FormLine, Role, RowGroup
from jurat.money import Kind
from jurat.reading.assign import column_heads
from jurat.reading.document import TextLine
from jurat.reading.figures import read_run
from jurat.reading.pages import Region, folded
from jurat.statement import Cell, CellState, Read
from jurat.words import TOTAL_ROW, Address

_LABEL = re.compile(r"\s*(?:[-•]\s+)?(\d[\d.]*)\s*[.:]?(?=\s|[A-Z$]|$)")
_BOX = re.compile(r"\b(Yes|No|N/A)\s*\[\s*([Xx✓✗]?)\s*\]")
_DOLLARS = re.compile(r"\$\s*(\(?\d[\d,]*\)?)\s*$")
_PERCENT = re.compile(r"(\d[\d.]*)\s*%?\s*$")
_GLUED = re.compile(r"(.*[A-Za-z)])(\(?\d{1,3}(?:,\d{3})+\)?)")
_ANSWERS = frozenset({"YES", "NO", "N/A", "XXX"})
_MARKED = re.compile(r"^\([a-z]\) *(?=\(?[\d$])")
_EMPTY = re.compile(r"[\s.$%_\-]*")


@dataclass(slots=True)
class Block:
    """The lines printed for one interrogatory."""

    line: FormLine | None
    group: RowGroup | None
    label_end: int
    lines: list[TextLine] = field(default_factory=list)


def find_blocks(region: Region, form: Form) -> list[Block]:
    """Part a page of interrogatories at their numbers, which rise."""
    tables = {group.id: group for group in form.groups if group.is_table}
    blocks: list[Block] = []
    place = -1
    for line in region.lines:
        if line.is_blank or line.number in region.furniture or len(line.text) > 5_000:
            continue
        label = _LABEL.match(line.text)
        identity = label[1].rstrip(".") if label else ""
        at = form.position.get(identity, -1)
        if label and at > place:
            place = at
            blocks.append(
                Block(form.by_id.get(identity), tables.get(identity), label.end(), [line])
            )
        elif blocks:
            blocks[-1].lines.append(line)
    return blocks


def read_blocks(blocks: list[Block], form: Form) -> Iterator[Cell]:
    """The cells of boxes, free answers, single amounts and tables of rows."""
    heads = {folded(line.caption) for line in form.lines if line.role is Role.HEAD}
    for block in blocks:
        if block.group is not None:
            yield from _table(block, block.group, form, heads)
        elif block.line is not None:
            slot = block.line.slot("")
            if slot is not None:
                yield from _answer(block, slot.address, slot.kind, heads)


def _answer(block: Block, address: Address, kind: Kind, heads: set[str]) -> Iterator[Cell]:
    if kind.is_box:
        yield _box(block, address, kind)
    elif kind is Kind.TEXT:
        yield from _text(block, address, heads)
    elif kind.is_figure:
        yield from _amount(block, address, kind)


def _box(block: Block, address: Address, kind: Kind) -> Cell:
    for line in block.lines:
        boxes = _BOX.findall(line.text)
        ticked = [name for name, tick in boxes if tick]
        if len(ticked) == 1:
            return _cell(address, kind, ticked[0], line, " ".join(f"{n} [{t}]" for n, t in boxes))
        if boxes:
            return Cell(
                address=address,
                kind=kind,
                state=CellState.UNREAD,
                because=Read(raw=line.text.strip()[-40:], line=line.number),
            )
    return Cell(
        address=address,
        kind=kind,
        state=CellState.UNREAD,
        because=Read(raw="", line=block.lines[0].number),
    )


def _text(block: Block, address: Address, heads: set[str]) -> Iterator[Cell]:
    """A free answer stands below its question, or behind the question mark."""
    first = block.lines[0].text[block.label_end :]
    behind = re.search(r"\?\s+(\S.*)$", first)
    if behind and not _EMPTY.fullmatch(behind[1]):
        yield _cell(address, Kind.TEXT, behind[1].strip(), block.lines[0], behind[1].strip())
        return
    answer = [
        line
        for line in block.lines[1:]
        if not _EMPTY.fullmatch(line.text)
        and not _is_of_head(line.text, heads)
        and "[" not in line.text
        and "\t" not in line.text.strip()
        and not line.text.startswith("Attach")
    ]
    if answer:
        words = " ".join(" ".join(line.text.split()) for line in answer)
        yield _cell(address, Kind.TEXT, words, answer[0], words)


def _is_of_head(text: str, heads: set[str]) -> bool:
    """Whether a line prints a head, or a good part of one that is wrapped."""
    words = folded(text)
    return (
        any(words in head or (head and head in words) for head in heads)
        if len(words) > 6
        else words in heads
    )


def _amount(block: Block, address: Address, kind: Kind) -> Iterator[Cell]:
    for line in block.lines:
        found = (
            _DOLLARS.search(line.text.rstrip())
            if kind is Kind.MONEY
            else _PERCENT.search(line.text.rstrip())
        )
        if found:
            run = read_run(found[1], (kind,))
            if run.readings and len(run.readings[0]) == 1 and run.readings[0][0].value is not None:
                yield Cell(
                    address=address,
                    kind=kind,
                    state=CellState.VALUE,
                    value=run.readings[0][0].value,
                    because=Read(raw=found[1], line=line.number),
                )
            return


# -- tables of rows -----------------------------------------------------------------------


def _table(block: Block, group: RowGroup, form: Form, heads: set[str]) -> Iterator[Cell]:
    """The rows of a table: by the places of its columns where the print shows them, else in turn."""
    total = form.by_id.get(f"{group.id}/total")
    lines = [line for line in block.lines[1:] if not _is_of_head(line.text, heads)]
    numbered = column_heads(lines, [column.number for column in group.columns])
    last = folded(total.caption) if total else ""
    rows = _aligned_rows(lines, group, numbered, last) if numbered else _rows_in_turn(block, group)
    key = 0
    for row in rows:
        if last and folded(row.fields[0]) == last:
            yield from _cells_of(row, group, TOTAL_ROW)
            continue
        key += 1
        yield from _cells_of(row, group, key)


@dataclass(slots=True)
class _TableRow:
    """The print of a row in each column, and the line on which each begins."""

    fields: list[str]
    lines: list[TextLine]


def _rows_in_turn(block: Block, group: RowGroup) -> Iterator[_TableRow]:
    """Rows whose fields stand in the order of the columns."""
    captions = _caption_words(group)
    begun = ""
    for line in block.lines[1:]:
        fields = [piece.strip() for piece in re.split(r"\t| *\.{3,} *| {2,}", line.text.strip(" "))]
        if _is_header(fields, captions) or all(_EMPTY.fullmatch(piece) for piece in fields):
            continue
        fields = _parted([piece for piece in fields if piece != "$"], len(group.columns))
        if len([piece for piece in fields if piece]) < 2:
            begun = f"{begun} {fields[0]}".strip()
            continue
        if begun:
            fields, begun = [f"{begun} {fields[0]}", *fields[1:]], ""
        if len(fields) > len(group.columns):
            fields = [piece for piece in fields if piece]
        yield _TableRow(fields, [line] * len(fields))


# -- tables whose columns are numbered in print -------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of print under a head."""

    text: str
    start: int
    column: int

    @property
    def is_words(self) -> bool:
        return _is_words(self.text)


def _aligned_rows(
    lines: list[TextLine],
    group: RowGroup,
    heads: list[tuple[int, dict[str, float]]],
    last: str,
) -> Iterator[_TableRow]:
    """Rows whose fields stand under the heads of their columns; `last` is what their total is called."""
    printed = _below_heads(lines, group, heads)
    firsts = [pieces[0].start for _, pieces in printed if not pieces[0].column]
    left = min(firsts, default=0)
    sets_in = any(start > left + 1 for start in firsts)
    row: _TableRow | None = None
    for line, pieces in printed:
        is_last = bool(last) and folded(pieces[0].text) == last
        if row is None or is_last or not _goes_on(row, pieces, group, left + 1 if sets_in else 0):
            if row is not None:
                yield row
            row = _TableRow([""] * len(group.columns), [line] * len(group.columns))
        for piece in pieces:
            if not row.fields[piece.column]:
                row.lines[piece.column] = line
            row.fields[piece.column] = f"{row.fields[piece.column]} {piece.text}".strip()
    if row is not None and (sets_in or sum(map(bool, row.fields)) > 1):
        yield row


def _below_heads(
    lines: list[TextLine], group: RowGroup, heads: list[tuple[int, dict[str, float]]]
) -> list[tuple[TextLine, list[_Piece]]]:
    """The lines below the heads, here and on every leaf that prints the heads again."""
    captions, middles = _caption_words(group), dict(heads)
    places = [0.0] * len(group.columns)
    printed: list[tuple[TextLine, list[_Piece]]] = []
    is_head = True
    for line in lines:
        if line.number in middles:
            places = [middles[line.number].get(c.number, 0.0) for c in group.columns]
            is_head = True
        pieces = _pieces(line.text, places)
        is_head = is_head and _is_header([piece.text for piece in pieces], captions)
        if pieces and not is_head:
            printed.append((line, pieces))
    return printed


def _goes_on(row: _TableRow, pieces: list[_Piece], group: RowGroup, left: int) -> bool:
    """Whether a line goes on with the row above it.

    It does when its first words are set in, or, where no line is (`left` is zero), when the row above
    has words only; and when it has nothing in the first column and no figure where one stands already.
    """
    if group.columns[0].kind is not Kind.TEXT:
        return False
    if pieces[0].column:
        return all(piece.is_words or not row.fields[piece.column] for piece in pieces)
    return pieces[0].start > left if left else sum(map(bool, row.fields)) < 2


def _pieces(text: str, middles: list[float]) -> list[_Piece]:
    """The print of a line: words begin before the middle of their head, figures end behind it."""
    bare = re.sub(r" *\.{3,}", lambda dots: " " * len(dots[0]), text)
    found = []
    for match in re.finditer(r"\S+(?: \S+)*", bare):
        piece = match[0].removeprefix("$ ").removesuffix(" %")
        if _EMPTY.fullmatch(piece):
            continue
        if _is_words(piece):
            columns = [place for place, middle in enumerate(middles) if middle >= match.start()]
            column = columns[0] if columns else len(middles) - 1
            if (glued := _GLUED.fullmatch(piece)) and column + 1 < len(middles):
                found.append(_Piece(glued[1], match.start(), column))
                piece, column = glued[2], column + 1
        else:
            columns = [place for place, middle in enumerate(middles) if middle <= match.end()]
            column = columns[-1] if columns else 0
        found.append(_Piece(piece, match.start(), column))
    return found


def _is_words(text: str) -> bool:
    """Whether a piece is words: no answer, and no figure, with a note's mark before it or without."""
    bare = _MARKED.sub("", text)
    return bool(re.search(r"[A-Za-z]", bare)) and bare.upper() not in _ANSWERS


def _parted(fields: list[str], wanted: int) -> list[str]:
    """A figure printed straight behind the words of the first column is a field of its own."""
    glued = (
        re.fullmatch(r"(.*[A-Za-z)])\s*(\(?\d{1,3}(?:,\d{3})+\)?)", fields[0]) if fields else None
    )
    return (
        [glued[1], glued[2], *fields[1:]]
        if glued and len([f for f in fields if f]) < wanted
        else fields
    )


def _is_header(fields: list[str], captions: set[str]) -> bool:
    """Whether a line prints nothing but words of the column captions."""
    return all(word in captions for piece in fields for word in _words(piece))


def _caption_words(group: RowGroup) -> set[str]:
    return {word for c in group.columns for word in _words(f"{c.number} {c.caption}")}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _cells_of(row: _TableRow, group: RowGroup, key: int) -> Iterator[Cell]:
    for column, printed, line in zip(group.columns, row.fields, row.lines, strict=False):
        address = Address(group.page, group.id, column.number, row=key)
        text = printed.strip()
        if not text or (key == TOTAL_ROW and column.kind is Kind.TEXT):
            continue
        if text == "XXX":
            yield Cell(
                address=address,
                kind=column.kind,
                state=CellState.NOT_APPLICABLE,
                because=Read(raw=text, line=line.number),
            )
        elif column.kind.is_figure:
            run = read_run(text, (column.kind,))
            if run.readings and len(run.readings[0]) == 1 and run.readings[0][0].value is not None:
                yield Cell(
                    address=address,
                    kind=column.kind,
                    state=CellState.VALUE,
                    value=run.readings[0][0].value,
                    because=Read(raw=text, line=line.number),
                )
        elif column.kind.is_box:
            yield _answer_cell(address, column.kind, line, text)
        else:
            yield _cell(address, column.kind, text, line, text)


def _answer_cell(address: Address, kind: Kind, line: TextLine, raw: str) -> Cell:
    """The answer in a row of a table; what is none is unread, never kept as one."""
    value = {"YES": "Yes", "NO": "No", "N/A": "N/A"}.get(raw.upper())
    if value is not None:
        return _cell(address, kind, value, line, raw)
    because = Read(raw=raw, line=line.number)
    return Cell(address=address, kind=kind, state=CellState.UNREAD, because=because)


def _cell(address: Address, kind: Kind, value: str, line: TextLine, raw: str) -> Cell:
    return Cell(
        address=address,
        kind=kind,
        state=CellState.VALUE,
        value=value,
        because=Read(raw=raw, line=line.number),
    )
