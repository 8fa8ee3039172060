"""A page of interrogatories as blocks: questions with their answers, and the tables below them."""

from collections.abc import Iterator

from jurat.blanks import Role
from jurat.money import Kind
from jurat.publishing.blocks import Block, Field, Gap, Grid, Head, Question, Row, Style, plain
from jurat.publishing.pages import NEW_SHEET_BEFORE, NewSheet, PageBlocks, head_of
from jurat.words import Address
from jurat.words.page import Line, Table


class QuestionBlocks(PageBlocks):
    """Lays a page of interrogatories out."""

    def blocks(self) -> Iterator[Block | NewSheet]:
        """The page from its title to its last question."""
        yield from self.title()
        for part in self.page.parts:
            match part:
                case Line(is_note=False):
                    if part.name in NEW_SHEET_BEFORE:
                        yield NewSheet()
                        yield from self.title()
                    yield from self._line(part)
                case Table():
                    yield from self._table(part)
        yield from self._notes()

    def _line(self, line: Line) -> Iterator[Block]:
        caption = self.caption(line.id, line.caption)
        if line.is_head:
            if not line.number:
                yield Gap()
            yield Question(page=self.form.name, number=line.number, caption=caption)
            return
        slot = next(s for s in self.form.by_id[line.id].slots if not s.address.inset)
        answer = self.field(slot, dollar=True, percent_sign=True)
        yield Question(page=self.form.name, number=line.number, caption=caption, answer=answer)

    def _table(self, table: Table) -> Iterator[Block]:
        if table.number:
            caption = self.caption(table.number, table.caption)
            yield Question(page=self.form.name, number=table.number, caption=caption)
        yield Gap()
        yield self._grid_of(table)
        yield Gap()

    def _grid_of(self, table: Table) -> Grid:
        heads = tuple(head_of(column) for column in table.columns)
        is_captioned = table.columns[0].kind is Kind.TEXT
        rows = [*self._fixed(table), *self._free(table), *self._total(table)]
        leads: tuple[Head, ...] = (heads[0],) if is_captioned else (Head(caption="Description"),)
        if table.lines and is_captioned:
            style, leads = Style.APART, (Head(), heads[0])
        elif is_captioned or any(row.caption for row in rows):
            style = Style.JOINED
        else:
            style, leads = Style.INLINE, ()
        return Grid(
            page=self.form.name,
            heads=heads[1:] if is_captioned else heads,
            rows=tuple(rows),
            leads=leads,
            style=style,
        )

    def _fixed(self, table: Table) -> Iterator[Row]:
        """The rows the form prints, each with a number of its own."""
        is_captioned = table.columns[0].kind is Kind.TEXT
        for line in table.lines:
            slots = {s.address.column: s for s in self.form.by_id[line.id].slots}
            caption = self.caption(line.id, line.caption)
            columns = table.columns
            if is_captioned:
                first, *others = columns
                address = Address(self.form.name, line.id, first.number)
                caption = self.cell_words(address, caption[0].text)
                columns = tuple(others)
            fields = tuple(
                self.field(slots[c.number], dollar=True, percent_sign=True) for c in columns
            )
            number = line.number if line.caption else f"{line.number}..."
            words = caption if line.caption else ()
            yield Row(number=number, caption=words, fields=fields)

    def _free(self, table: Table) -> Iterator[Row]:
        """As many rows as the filer has."""
        if not table.has_rows:
            return
        name = table.number or table.name
        group = next(g for g in self.form.groups if g.is_table and g.id == name)
        for key in self.statement.rows.get((group.page, group.id), []):
            yield self.numbered_row(group, key, "")

    def _total(self, table: Table) -> Iterator[Row]:
        for line in self.form.lines:
            if line.role is Role.TABLE_TOTAL and line.group == table.number and table.total:
                columns = table.columns[1:]
                yield Row(
                    number="",
                    caption=plain(line.caption),
                    fields=self.fields(columns, line.slots),
                )


def answer_is_below(answer: Field | None) -> bool:
    """Whether the answer is words that stand below their question."""
    return answer is not None and answer.kind in (Kind.TEXT, Kind.DATE, Kind.CODE)
