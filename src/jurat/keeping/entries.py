"""Entries: what a company supplied for single cells, each with the row it stands in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from jurat.blanks import Blank, RowGroup, Slot
from jurat.keeping.faults import Faults
from jurat.money import Kind, parse_amount, parse_figure
from jurat.statement import Cell, CellState, Given
from jurat.words import Address, nearest

XXX = "XXX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One cell as a company gave it; money in millionths of a dollar."""

    cell: Cell
    where: str
    was: str = ""
    """What the cell held before, where this entry replaces an earlier one."""


@dataclass(frozen=True)
class Asked:
    """What the blank asks, to hold entries against, and the faults of those that do not fit."""

    blank: Blank
    faults: Faults

    @cached_property
    def slots(self) -> dict[Address, Slot]:
        """Every fixed cell."""
        return {slot.address: slot for slot in self.blank.slots()}

    @cached_property
    def groups(self) -> dict[str, list[RowGroup]]:
        """The groups of rows of each page."""
        return {name: list(form.groups) for name, form in self.blank.pages.items()}

    def kind(self, address: Address) -> Kind | None:
        """What the cell at an address holds; nothing when the blank has no such cell."""
        if slot := self.slots.get(address):
            return slot.kind
        for group in self.groups.get(address.page, []):
            if key := _key_of(group, address):
                return next((s.kind for s in group.slots(key) if s.address == address), None)
        return None

    def is_xxx(self, address: Address) -> bool:
        """Whether the form itself says that nothing belongs there."""
        slot = self.slots.get(address)
        return bool(slot and slot.is_xxx)

    def advice(self, address: Address) -> str:
        """What was likely meant by an address that is not there."""
        if address.page not in self.blank.pages:
            meant = nearest(address.page, self.blank.pages, 1)
            return f"Did you mean page {meant[0]}?" if meant else "Pages: jurat blank list."
        lines = self.blank.pages[address.page].by_id
        if address.line not in lines:
            meant = nearest(address.line, lines, 3)
            told = f"Did you mean line {' or '.join(meant)}? " if meant else ""
            return f"{told}See jurat blank show {self.blank.year} {address.page}."
        cells = ", ".join(_place(slot.address) for slot in lines[address.line].slots)
        return f"Columns of the line: {cells or 'none'}."


def _key_of(group: RowGroup, address: Address) -> int:
    if group.is_table:
        return address.row if address.line == group.id else 0
    tail = address.line.removeprefix(group.prefix)
    fits = address.line.startswith(group.prefix) and len(tail) == group.digits and tail.isdigit()
    return int(tail) if fits else 0


def _place(address: Address) -> str:
    return f"${address.inset}" if address.inset else address.column or "(none)"


def cell_given(asked: Asked, address: Address, text: str, source: str, where: str) -> Cell | None:
    """The cell that a company's text makes at an address; a fault when it cannot be."""
    kind = asked.kind(address)
    if kind is None:
        asked.faults.add(where, f"the blank has no cell {address}.", asked.advice(address))
        return None
    if text == XXX or asked.is_xxx(address):
        if text != XXX:
            asked.faults.add(where, f"the form says XXX at {address}.", "Leave it out.")
            return None
        return Cell(
            address=address, kind=kind, state=CellState.NOT_APPLICABLE, because=Given(source=source)
        )
    try:
        value = _value(text, kind)
    except ValueError as fault:
        asked.faults.add(where, f"{fault} ({address} holds {kind}).", _HINTS.get(kind, ""))
        return None
    return Cell(
        address=address, kind=kind, state=CellState.VALUE, value=value, because=Given(source=source)
    )


_HINTS = {
    Kind.MONEY: "Write 1234.56, 1,234 or (1,234).",
    Kind.FACTOR: "Write 0.0063.",
    Kind.PERCENT: "Write 24.6.",
    Kind.YES_NO: "Write Yes or No.",
    Kind.YES_NO_NA: "Write Yes, No or N/A.",
}


def _value(text: str, kind: Kind) -> int | str:
    if kind is Kind.MONEY:
        return parse_amount(text)
    if kind.is_figure:
        return parse_figure(text, kind)
    answers = {"Yes", "No"} | ({"N/A"} if kind is Kind.YES_NO_NA else set())
    if kind.is_box and text not in answers:
        raise ValueError(f"{text!r} is no answer")
    return text


def settled(entries: Iterable[Entry], faults: Faults) -> dict[Address, Entry]:
    """One entry for each cell; a later one replaces an earlier one only where it says what it was.

    An entry that is given twice, or replaces what is not there, is a fault at both places.
    """
    kept: dict[Address, Entry] = {}
    for entry in entries:
        address = entry.cell.address
        before = kept.get(address)
        if before is None and entry.was:
            faults.add(entry.where, f"replaces {entry.was} at {address}, which nobody gave.")
        elif before is not None and not entry.was:
            faults.add(
                entry.where,
                f"{address} is given a second time; first at {before.where}.",
                "Take one out, or say in column `was` what it replaces.",
            )
        elif before is not None and not _same(entry.was, before.cell):
            faults.add(
                entry.where,
                f"replaces {entry.was} at {address}, but {before.where} gave another amount.",
            )
        kept[address] = entry
    return kept


def _same(text: str, cell: Cell) -> bool:
    try:
        return _value(text, cell.kind) == cell.value
    except ValueError:
        return False


def cells_of(entries: Mapping[Address, Entry]) -> list[Cell]:
    """The cells of entries."""
    return [entry.cell for entry in entries.values()]
