"""Entries: what a company supplied for single cells, each with the row it stands in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from jurat.blanks import Blank, RowGroup, Slot
from jurat.keeping.faults import Faults
from jurat.money import Kind, format_exact, parse_amount, parse_figure
from jurat.statement import Cell, CellState, Given
from jurat.words import Address, nearest

XXX = "XXX"
LAST_OVERFLOW = 96
"""The last write-in that the overflow page numbers; 97 is their total."""
LONGEST_FIGURE, LONGEST_TEXT = 40, 32_767
"""Characters; of a text as many as a cell of a workbook holds."""
LARGEST_RATIO = 10**9
"""Ten-thousandths of a factor, or tenths of a percent."""


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
        if (row := self.row_of(address)) is None:
            return None
        group, key = row
        return next((slot.kind for slot in group.slots(key) if slot.address == address), None)

    def row_of(self, address: Address) -> tuple[RowGroup, int] | None:
        """The group and number of the row that an address stands in; nothing for a fixed cell."""
        for group in self.groups.get(address.page, []):
            if address not in self.slots and (key := _key_of(group, address)):
                return group, key
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
            return f"{told}Lines: jurat blank show {self.blank.year} {address.page}."
        cells = ", ".join(_place(slot.address) for slot in lines[address.line].slots)
        return f"Columns of the line: {cells or 'none'}."


def _key_of(group: RowGroup, address: Address) -> int:
    """The row of a group that an address names; 0 for none, and for rows that the form itself numbers."""
    if group.is_table:
        return max(address.row, 0) if address.line == group.id else 0
    tail = address.line.removeprefix(group.prefix)
    fits = address.line.startswith(group.prefix) and len(tail) == group.digits
    if not (fits and tail.isascii() and tail.isdecimal()):
        return 0
    key = int(tail)
    last = LAST_OVERFLOW if group.source else 10**group.digits - 2
    return key if group.first <= key <= last else 0


def _place(address: Address) -> str:
    return f"${address.inset}" if address.inset else address.column or "(none)"


def cell_given(asked: Asked, address: Address, text: str, source: str, where: str) -> Cell | None:
    """The cell that a company's text makes at an address; a fault when it cannot be."""
    kind = asked.kind(address)
    if kind is None:
        asked.faults.add(where, f"the blank has no cell {_told(address)}.", asked.advice(address))
        return None
    if text == XXX or asked.is_xxx(address):
        if text != XXX:
            asked.faults.add(where, f"the form says XXX at {address}.", "Leave it out.")
            return None
        return Cell(
            address=address, kind=kind, state=CellState.NOT_APPLICABLE, because=Given(source=source)
        )
    try:
        value = value_in(text, kind)
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


def cell_taken_out(asked: Asked, address: Address, source: str, where: str) -> Cell | None:
    """A cell that a later entry leaves blank; a fault when the blank has no such cell."""
    kind = asked.kind(address)
    if kind is None:
        asked.faults.add(where, f"the blank has no cell {_told(address)}.", asked.advice(address))
        return None
    return Cell(address=address, kind=kind, because=Given(source=source))


def value_in(text: str, kind: Kind) -> int | str:
    """What a text says for a cell of a kind.

    Units   money in millionths of a dollar; factors in ten-thousandths, percents in tenths.
    Raises  ValueError when it is no figure, answer or text that can stand there.
    """
    if kind.is_figure:
        if len(text) > LONGEST_FIGURE:
            raise ValueError(f"{text[:LONGEST_FIGURE]!r}... is too long for a figure")
        if kind is Kind.MONEY:
            return parse_amount(text)
        if abs(figure := parse_figure(text, kind)) > LARGEST_RATIO:
            raise ValueError(f"{text!r} is no {kind}")
        return figure
    answers = {"Yes", "No"} | ({"N/A"} if kind is Kind.YES_NO_NA else set())
    if kind.is_box and text not in answers:
        raise ValueError(f"{text[:LONGEST_FIGURE]!r} is no answer")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"a text of {len(text):,} characters is longer than a workbook holds")
    if stray := next((mark for mark in text if not mark.isprintable() and mark not in "\n\t"), ""):
        raise ValueError(f"the text holds {stray!r}, which cannot be printed")
    return text


def _told(address: Address) -> str:
    words = str(address)
    return words if len(words) <= 80 else f"{words[:80]}..."


def settled(entries: Iterable[Entry], faults: Faults) -> dict[Address, Entry]:
    """One entry for each cell; a later one replaces an earlier one only where it says what it was.

    An entry that is given twice, or replaces what is not there, is a fault at both places. What was
    taken out may be given anew.
    """
    kept: dict[Address, Entry] = {}
    for entry in entries:
        address = entry.cell.address
        before = kept.get(address)
        stands = before is not None and before.cell.state is not CellState.BLANK
        if not stands and entry.was:
            faults.add(entry.where, f"replaces {entry.was[:40]} at {address}, which nobody gave.")
        elif before and stands and not entry.was:
            faults.add(
                entry.where,
                f"{address} is given a second time; first at {before.where}.",
                "Take one out, or say in column `was` what it replaces.",
            )
        elif before and stands and not _same(entry.was, before.cell):
            faults.add(
                entry.where,
                f"replaces {entry.was[:40]} at {address}, but {before.where} gave {_given(before)}.",
                "Say in column `was` what stands there.",
            )
        kept[address] = entry
    return {at: entry for at, entry in kept.items() if entry.cell.state is not CellState.BLANK}


def _given(entry: Entry) -> str:
    cell = entry.cell
    if isinstance(cell.value, int):
        return format_exact(cell.value) if cell.kind is Kind.MONEY else cell.shown
    return cell.shown[:40]


def _same(text: str, cell: Cell) -> bool:
    if cell.state is CellState.NOT_APPLICABLE:
        return text == XXX
    try:
        return value_in(text, cell.kind) == cell.value
    except ValueError:
        return False


def cells_of(entries: Mapping[Address, Entry]) -> list[Cell]:
    """The cells of entries."""
    return [entry.cell for entry in entries.values()]
