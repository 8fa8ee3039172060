"""One cell in two statements: its place by stable names, whatever number the year prints."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jurat.blanks import Form, FormLine, Role, RowGroup, Slot
from jurat.blanks.form import OVERFLOW
from jurat.money import Kind
from jurat.statement import Statement
from jurat.words import Address, insets_of

Place = tuple[str, ...]
"""Page, line, column and row of a cell, by the names that survive renumbering."""

WRITE_IN = "write-in"


@dataclass(frozen=True)
class Places:
    """The places of one statement's cells.

    `by_name` tells write-ins and rows apart by what the filer calls them, not by where they stand:
    a write-in that moved up is then the same one.
    """

    statement: Statement
    by_name: bool = False

    @cached_property
    def address_of(self) -> dict[Place, Address]:
        """Every cell the form asks for, in page order."""
        found: dict[Place, Address] = {}
        for place, slot in self._every():
            key, twin = place, 1
            while key in found:
                twin += 1
                key = (*place, f"#{twin}")
            found[key] = slot.address
        return found

    @cached_property
    def place_of(self) -> dict[Address, Place]:
        """The place of each cell."""
        return {address: place for place, address in self.address_of.items()}

    def _every(self) -> Iterator[tuple[Place, Slot]]:
        for form in self.statement.blank.pages.values():
            waiting = {group.id: group for group in form.groups}
            for line in form.lines:
                if line.role is Role.TOTAL and line.group in waiting:
                    yield from self._rows_in(waiting.pop(line.group))
                row = self._row_of(form, line)
                for slot in line.slots:
                    yield (*row, *_column(line, slot)), slot
                if line.role is Role.HEAD and line.id in waiting:
                    yield from self._rows_in(waiting.pop(line.id))
            for group in waiting.values():
                yield from self._rows_in(group)

    def _rows_in(self, group: RowGroup) -> Iterator[tuple[Place, Slot]]:
        """The rows a filer has, where the print has them: above their total, below their head."""
        for key in self.statement.rows.get((group.page, group.id), ()):
            row = self._row_in(group, key)
            for slot, column in zip(group.slots(key), group.columns, strict=True):
                yield (*row, column.name), slot

    def _row_of(self, form: Form, line: FormLine) -> Place:
        if self.by_name and line.role is Role.WRITE_IN:
            name = self._text(Address(form.name, line.id))
            if name:
                return (form.name, line.name.rpartition("_")[0], WRITE_IN, name)
        return (form.name, line.name)

    def _row_in(self, group: RowGroup, key: int) -> Place:
        name = ""
        if self.by_name:
            texts = [c.number for c in group.columns if c.kind is Kind.TEXT][:1]
            name = next((self._text(group.address(key, number)) for number in texts), "")
        if group.source:
            total = self._total_of(group)
            parent = total.removeprefix(f"{group.source}_").rpartition("_")[0]
            return (group.source, parent, WRITE_IN, name) if name else (OVERFLOW, total, str(key))
        section = self._sections.get((group.page, group.id), group.id)
        return (group.page, section, "row", name or str(key))

    def _total_of(self, group: RowGroup) -> str:
        lines = self.statement.blank.pages[group.page].lines
        return next(line.name for line in lines if line.group == group.id)

    @cached_property
    def _sections(self) -> dict[tuple[str, str], str]:
        """The stable names of groups: that of their total line, else of their table."""
        return {
            (form.name, line.group or line.id): line.name.removesuffix("_total")
            for form in self.statement.blank.pages.values()
            for line in form.lines
            if line.role in (Role.TOTAL, Role.TABLE_TOTAL, Role.HEAD)
        }

    def _text(self, address: Address) -> str:
        cell = self.statement.cells.get(address)
        return " ".join(str(cell.value).lower().split()) if cell and cell.value else ""


def _column(line: FormLine, slot: Slot) -> Place:
    if slot.address.inset:
        names = {inset.number: inset.name for inset in insets_of(line.caption)}
        return ("inset", names[slot.address.inset])
    column = line.column(slot.address.column)
    total = ("total",) if slot.address.row else ()
    return (column.name if column else "name", *total)
