"""A page of a statement as blocks: titles, rows below their heads, questions, notes, stamps."""

from collections.abc import Iterator
from dataclasses import dataclass

from jurat.blanks import Form, RowGroup, Slot
from jurat.money import Kind
from jurat.publishing.blocks import (
    Block,
    Boxes,
    Field,
    Gap,
    Grid,
    Head,
    Paragraph,
    Row,
    Stamp,
    Style,
    Title,
    Word,
    Words,
    one_line,
    plain,
)
from jurat.statement import Statement
from jurat.words import Address, for_year, insets_of
from jurat.words.captions import split_at_insets
from jurat.words.page import Column, Line, Rows, Table, WriteIns

DETAILS = "DETAILS OF WRITE-INS"

# How the print lays out some pages; a page not named here is laid out as most are.
_APART = frozenset({"schedule_a", "schedule_b", "schedule_ba", "schedule_d"})
_SECTIONED = frozenset({"schedule_d_summary"})
_LEADS = {"imr_amortization": "Year of Amortization", "schedule_d_summary": "Description"}
NUMBERS_APART = 3
"""So many columns print their numbers on a line of their own."""
NEW_SHEET_BEFORE = frozenset({"derivatives_head", "lending_head", "gaap_head"})
"""The heads before which the print begins another sheet of the same page."""


@dataclass(frozen=True, slots=True)
class NewSheet:
    """The page goes on on another sheet."""


class PageBlocks:
    """Lays one page of one statement out as blocks."""

    def __init__(self, statement: Statement, form: Form) -> None:
        """Look at a page of a statement."""
        self.statement, self.form = statement, form
        self.page = form.declared
        self.columns = self.page.columns
        self.is_none = form.name in statement.none_pages
        lines = [p for p in self.page.parts if isinstance(p, Line) and not p.is_head]
        self.last_line = next((line.id for line in reversed(lines) if not line.is_note), "")
        has_rows = any(isinstance(part, Rows) for part in self.page.parts)
        self.is_captioned = has_rows and bool(self.columns) and self.columns[0].kind is Kind.TEXT
        """Whether the first column stands where other pages print captions."""

    def blocks(self) -> Iterator[Block | NewSheet]:
        """The page from its title to its notes."""
        yield from self.title()
        if self.page.is_unknown and self.is_none:
            yield Stamp(page=self.form.name, text="N O N E")
            return
        for number, grid in enumerate(self._grids()):
            if number:
                yield NewSheet()
                yield from self.title(" (Continued)")
            yield grid
        if self.is_none:
            yield Gap()
            yield Stamp(page=self.form.name, text="NONE")
        yield from self._notes()

    def title(self, more: str = "") -> Iterator[Block]:
        """What is printed above the page's first line."""
        yield from (Title(text=text) for text in self.page.above)
        yield Title(text=self.form.title + more, is_main=True)
        yield from (Title(text=text) for text in self.page.below)
        yield Gap()

    # -- rows ---------------------------------------------------------------------------

    def _grids(self) -> list[Grid]:
        sheets: list[list[Row]] = [[]]
        for row, starts in self._rows():
            if starts and sheets[-1]:
                sheets.append([])
            sheets[-1].append(row)
        return [self._grid(rows) for rows in sheets]

    def _grid(self, rows: list[Row]) -> Grid:
        name = self.form.name
        heads = tuple(head_of(column) for column in self.columns)
        style, leads = self._style(heads)
        heads = heads[1:] if self.is_captioned else heads
        apart = style is Style.JOINED and len(self.columns) >= NUMBERS_APART
        return Grid(
            page=name,
            heads=heads,
            rows=tuple(rows),
            leads=leads,
            style=style,
            numbers_apart=apart and name not in _LEADS and not any(head.over for head in heads),
        )

    def _style(self, heads: tuple[Head, ...]) -> tuple[Style, tuple[Head, ...]]:
        """How the left of the page is laid out, and what stands above it."""
        name = self.form.name
        if self.is_captioned:
            return Style.JOINED, heads[:1]
        if name in _SECTIONED:
            return Style.SECTIONED, (Head(caption=_LEADS[name]), Head())
        if self.page.stub:
            captions = ("Line Number", self.page.stub, "Description")
            return Style.APART, tuple(Head(caption=caption) for caption in captions)
        if name in _APART:
            return Style.APART, (Head(), Head())
        return Style.JOINED, (Head(caption=_LEADS.get(name, "")),)

    def _rows(self) -> Iterator[tuple[Row, bool]]:
        """Every row in print order, and whether it begins another sheet."""
        details, section = False, ""
        for part in self.page.parts:
            match part:
                case Line(is_note=True) | Table():
                    continue
                case Line(is_head=True) if self.form.name in _SECTIONED and not _shouts(part):
                    section = part.caption
                    continue
                case Line():
                    yield self._row(part, section), part.name in NEW_SHEET_BEFORE
                    section = ""
                case Rows():
                    yield from ((row, False) for row in self._row_group(part))
                case WriteIns():
                    if not details:
                        yield self._head(DETAILS), False
                        details = True
                    yield from ((row, False) for row in self._write_ins(part))

    def _head(self, caption: str) -> Row:
        fields = tuple(Field(address=None, kind=column.kind) for column in self._field_columns())
        return Row(number="", caption=plain(caption), fields=fields, is_head=True)

    def _field_columns(self) -> tuple[Column, ...]:
        return self.columns[1:] if self.is_captioned else self.columns

    def _row(self, line: Line, section: str) -> Row:
        if line.is_head:
            fields = self._head("").fields
        else:
            slots = self.form.by_id[line.id].slots
            fields = self.fields(self._field_columns(), slots, is_last=line.id == self.last_line)
        return Row(
            number=numbered(line.number),
            caption=self.caption(line.id, line.caption),
            fields=fields,
            stub=line.stub,
            section=section,
            is_head=line.is_head,
            is_sub="." in line.number,
        )

    def _write_ins(self, part: WriteIns) -> Iterator[Row]:
        for line in self.form.lines:
            if line.group not in part.lines or not line.number:
                continue
            name = next((s.address for s in line.slots if s.kind is Kind.TEXT), None)
            caption = self.cell_words(name) if name else plain(line.caption)
            fields = self.fields(self.columns, line.slots)
            yield Row(number=f"{line.number}.", caption=caption, fields=fields)

    def _row_group(self, part: Rows) -> Iterator[Row]:
        group = next(g for g in self.form.groups if g.id == (part.section or "all"))
        keys = self.statement.rows.get((group.page, group.id), [])
        for key in keys:
            yield self.numbered_row(group, key, f"{group.line_id(key)}.")
        total = self.form.by_id.get(part.total)
        if total and (keys or any(self.shown(slot) for slot in total.slots)):
            fields = self.fields(self._field_columns(), total.slots)
            yield Row(number=f"{total.number}.", caption=plain(total.caption), fields=fields)

    def numbered_row(self, group: RowGroup, key: int, number: str) -> Row:
        """One row of a group, its first text column standing as its caption."""
        first, *others = group.columns
        slots = tuple(group.slots(key))
        if first.kind is not Kind.TEXT:
            return Row(number=number, caption=(), fields=self.fields(group.columns, slots))
        caption = self.cell_words(group.address(key, first.number))
        return Row(number=number, caption=caption, fields=self.fields(tuple(others), slots))

    # -- cells --------------------------------------------------------------------------

    def fields(
        self, columns: tuple[Column, ...], slots: tuple[Slot, ...], *, is_last: bool = False
    ) -> tuple[Field, ...]:
        """A row's columns in their order; a column the line does not ask stays empty."""
        asked = {s.address.column: s for s in slots if not s.address.inset}
        fields = []
        for column in columns:
            slot = asked.get(column.number)
            if slot is None or (slot.kind is Kind.TEXT and column.kind is not Kind.TEXT):
                fields.append(Field(address=None, kind=column.kind))
            else:
                fields.append(self.field(slot, percent_sign=is_last))
        return tuple(fields)

    def field(self, slot: Slot, *, dollar: bool = False, percent_sign: bool = False) -> Field:
        """A cell with what the form prints around it: a mark, a dollar or a percent sign."""
        before = "$" if dollar and slot.kind is Kind.MONEY else slot.mark
        after = slot.factor.mark if slot.factor else ""
        if percent_sign and slot.kind is Kind.PERCENT:
            after = "%"
        text = self.shown(slot)
        return Field(
            address=slot.address if text else None,
            kind=slot.kind,
            asked=slot,
            before=before,
            text=text,
            after=after,
            boxes=Boxes.of(slot.kind),
        )

    def shown(self, slot: Slot) -> str:
        """What is printed in a cell; nothing when it is blank."""
        cell = self.statement.cells.get(slot.address)
        if cell and (text := one_line(cell.shown)):
            return text
        return "XXX" if slot.is_xxx and not self.is_none else ""

    def cell_words(self, address: Address, otherwise: str = "") -> Words:
        """A cell standing as a caption."""
        cell = self.statement.cells.get(address)
        text = one_line(cell.shown) if cell else ""
        return (Word(text=text, address=address),) if text or not otherwise else plain(otherwise)

    def caption(self, line: str, caption: str, *, is_note: bool = False) -> Words:
        """A caption with the figures in its blanks; notes print no space behind the dollar sign."""
        parts = split_at_insets(for_year(caption, self.statement.year))
        words: list[Word] = [Word(text=parts[0])]
        for inset, rest in zip(insets_of(caption), parts[1:], strict=True):
            address = Address(self.form.name, line, inset=inset.number)
            cell = self.statement.cells.get(address)
            text = one_line(cell.shown) if cell else ""
            if inset.kind is Kind.MONEY:
                words.append(Word(text="$" if is_note or not text else "$ "))
            words.append(Word(text=text, address=address, is_open=not text))
            words.append(Word(text=f" {rest}" if rest.startswith(",") else rest))
        return tuple(words)

    def _notes(self) -> Iterator[Block]:
        notes = [p for p in self.page.parts if isinstance(p, Line) and p.is_note]
        lead = "- " if len(notes) > 3 else ""
        for note in notes:
            yield Gap()
            words = self.caption(note.number, note.caption, is_note=True)
            yield Paragraph(words=(Word(text=f"{lead}{note.number} "), *words))


def head_of(column: Column) -> Head:
    """What stands above a column."""
    return Head(number=column.number, caption=column.caption, over=column.over, kind=column.kind)


def numbered(number: str) -> str:
    """A line's number as printed: a point behind a whole number.

    >>> numbered("17"), numbered("2.1"), numbered("9999999"), numbered("")
    ('17.', '2.1', '9999999.', '')
    """
    return f"{number}." if number and "." not in number else number


def _shouts(line: Line) -> bool:
    return line.caption.isupper()
