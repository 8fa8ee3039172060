"""What somebody edited in a workbook of ours: a change for each cell, told apart from a moved row or a lost name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from jurat.blanks import Slot
from jurat.blanks.equations import Place as Source
from jurat.money import Kind, format_figure
from jurat.reading.reading import Doubt
from jurat.reading.workbook import Evaluated, cell_at, evaluate, is_same_blank
from jurat.reading.workbook_file import Entry, Place
from jurat.statement import (
    STATE_WORDS,
    Cell,
    CellState,
    Standing,
    Statement,
    filling_rules,
    standings,
    stated_figure,
)
from jurat.words import Address, ReadError, name_of


class ChangeKind(StrEnum):
    """What an edit is."""

    FIGURE = "figure"
    """Another figure in an input."""
    WORDS = "words"
    """Other words: a name, a code, a date, a line of the cover."""
    ANSWER = "answer"
    """Another box ticked."""
    OVERRIDE = "override"
    """A figure in the place of a rule, of what was carried, or of what the form prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One cell that somebody edited.

    Units   figures in whole dollars, ten-thousandths of a factor, tenths of a percent; None is a blank.
    """

    address: Address
    kind: ChangeKind
    was: int | str | None
    now: int | str | None
    figures: Kind
    """What the cell holds: how `was` and `now` are to be read."""
    place: str
    """The sheet and cell it was edited in."""

    def __str__(self) -> str:
        """One sentence."""
        was, now = (_shown(value, self.figures) for value in (self.was, self.now))
        return f"{self.address}: {self.kind}, was {was}, is {now} ({self.place})"


def changes(workbook: Path | bytes | Evaluated, statement: Statement) -> list[Change]:
    """What was edited in the workbook of a statement, in page order; what follows by a formula is no edit.

    An input may hold a formula of one's own, and a number kept as text, where it comes to a figure the
    form can print. A formula overwritten, or made to give something else than its rule, is an override.

    Raises  ReadError naming every cell that cannot be taken over: of another company or blank, deleted,
            moved off its line, unknown, not of its kind, or edited where the form asks nothing.
    """
    evaluated = workbook if isinstance(workbook, Evaluated) else evaluate(workbook)
    comparison = _Comparison(evaluated, statement)
    faults = list(comparison.faults())
    found: list[Change] = []
    for slot in statement.all_slots():
        if slot.address not in evaluated.places:
            continue
        try:
            found += comparison.change(slot)
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        raise ReadError(
            "\n".join(faults),
            where=evaluated.file.name,
            why="An edit that is lost, or lands on another line, is worse than none.",
            next="Mend these cells, or write the workbook anew and edit that.",
        )
    return found


class _Comparison:
    """A workbook beside the statement it was written from."""

    def __init__(self, evaluated: Evaluated, statement: Statement) -> None:
        self.evaluated, self.statement = evaluated, statement
        self.rules = filling_rules(statement)
        self.standings = standings(statement)
        self.slots = {slot.address: slot for slot in statement.all_slots()}
        self.held: dict[Address, Cell | Doubt | None] = {}

    # -- whether it is the same workbook still ----------------------------------------------------

    def faults(self) -> Iterator[str]:
        """Every way in which the cells are no longer where the names say."""
        evaluated, statement = self.evaluated, self.statement
        if not is_same_blank(evaluated, statement.blank):
            yield f"The workbook is of another blank than {statement.blank.kind} {statement.blank.year}."
        for name, said, known in (
            ("company", evaluated.fact("statement.company"), statement.company),
            ("year", evaluated.fact("statement.year"), str(statement.year)),
        ):
            if said != known:
                yield f"The workbook's {name} is {said!r}, the statement's {known!r}."
        for name in evaluated.lost:
            yield f"{name}: its cell was deleted from the workbook."
        for name, place in evaluated.strange:
            yield f"{name}, at {place or 'no cell'}: the name is none of a cell of the statement."
        yield from self._moved()
        yield from self._missing()

    def _moved(self) -> Iterator[str]:
        taken: dict[Place, Address] = {}
        moved: dict[tuple[str, int], list[Address]] = {}
        for address, place in self.evaluated.places.items():
            if address not in self.slots:
                yield f"{name_of(address)}, at {place}: the blank has no cell {address}."
            elif place in taken:
                yield f"{place} is named both {name_of(taken[place])} and {name_of(address)}."
            elif self._line_at(place) != f"{address.page}:{address.line}":
                moved.setdefault((place.sheet, place.row), []).append(address)
            taken.setdefault(place, address)
        for (sheet, row), addresses in sorted(moved.items()):
            first = self.evaluated.places[addresses[0]]
            others = f" and {len(addresses) - 1} more" if len(addresses) > 1 else ""
            yield (
                f"{first} is named {name_of(addresses[0])}{others}, but row {row} of {sheet} is marked as "
                f"{self._line_at(first) or 'no line'}: a row was moved or deleted."
            )

    def _missing(self) -> Iterator[str]:
        """Cells of the statement that hold something and have no name in the workbook."""
        gone = set(self.evaluated.lost)
        for address, cell in self.statement.cells.items():
            is_there = address in self.evaluated.places or name_of(address) in gone
            if not is_there and cell.state is not CellState.BLANK:
                yield f"{name_of(address)}: the workbook has no cell of this name."

    def _line_at(self, place: Place) -> str:
        """The line a row is marked with, in grey behind its last column."""
        row = self.rows.get(place.sheet, {}).get(place.row, {})
        return str(row[max(row)].typed) if row else ""

    @property
    def rows(self) -> Mapping[str, Mapping[int, Mapping[int, Entry]]]:
        """The cells of each sheet by row."""
        return self.evaluated.file.rows

    # -- one cell ---------------------------------------------------------------------------------

    def change(self, slot: Slot) -> Iterator[Change]:
        """The edit of a cell, if it is one.

        Raises  ValueError saying what is wrong with it.
        """
        address = slot.address
        place, standing = self.evaluated.places[address], self.standings[address]
        now, was = self._now(slot), self._was(slot)
        if now == was and not self._is_rewritten(address):
            return
        if standing in (Standing.RULE, Standing.UNPRINTED) and self._follows(address):
            return
        if slot.is_xxx:
            raise ValueError(f"{place}: the form asks nothing at {address}; it prints XXX.")
        yield Change(
            address=address,
            kind=_kind(slot, standing),
            was=was,
            now=now,
            figures=slot.kind,
            place=str(place),
        )

    def _now(self, slot: Slot) -> int | str | None:
        cell = self._cell(slot)
        if not isinstance(cell, Doubt):
            return _told(cell)
        raise ValueError(f"{cell.place}: {slot.address} holds {cell.seen!r}: {cell.why}.")

    def _was(self, slot: Slot) -> int | str | None:
        cell = self.statement[slot.address]
        if (
            cell.state is CellState.NOT_APPLICABLE
            and cell.address.page in self.statement.none_pages
        ):
            return None
        return _told(cell)

    def _cell(self, slot: Slot) -> Cell | Doubt | None:
        if slot.address not in self.held:
            self.held[slot.address] = cell_at(self.evaluated, slot)
        return self.held[slot.address]

    def _is_rewritten(self, address: Address) -> bool:
        """Whether a formula of ours is no formula any more: it would not follow its rule tomorrow."""
        entry = self.evaluated.file.entry(self.evaluated.places[address])
        if self.standings[address] is not Standing.RULE or entry is None:
            return False
        reads_cells = any(place in self.evaluated.places for place, _ in self.rules[address].terms)
        return reads_cells and not entry.is_formula

    def _follows(self, address: Address) -> bool:
        """Whether a rule cell holds a formula that gives what the rule gives on the figures beside it."""
        entry = self.evaluated.file.entry(self.evaluated.places[address])
        if entry is None or not entry.is_formula:
            return False
        rule, now = self.rules[address], self._figure(address)
        if rule.factor is not None and (factor := self._figure(rule.factor)) is not None:
            rule = replace(rule, terms=tuple((place, factor) for place, _ in rule.terms))
        given = rule.gives(self._figure)
        is_zero = self.standings[address] is Standing.UNPRINTED and not given and not now
        return is_zero or given == now

    def _figure(self, source: Source) -> int | None:
        """The figure that a formula sees, where the workbook has the cell; else the statement's."""
        if not isinstance(source, Address) or source not in self.evaluated.places:
            return stated_figure(self.statement, source)
        if isinstance(self.evaluated.worked.values.get(self.evaluated.places[source]), str):
            return None  # a number kept as text counts as nothing in a sum
        cell = self._cell(self.slots[source]) if source in self.slots else None
        return cell.value if isinstance(cell, Cell) and isinstance(cell.value, int) else None


def _told(cell: Cell | None) -> int | str | None:
    """What a cell holds, told apart: a figure, words, the mark of what is neither, or a blank."""
    if cell is None or cell.state is CellState.BLANK:
        return None
    if isinstance(cell.value, str):
        return cell.value.replace("\r\n", "\n").replace("\r", "\n")  # a workbook knows one
    if cell.state is CellState.VALUE:
        return cell.value
    return STATE_WORDS[cell.state]


def _kind(slot: Slot, standing: Standing) -> ChangeKind:
    if standing is not Standing.INPUT:
        return ChangeKind.OVERRIDE
    if slot.kind.is_box:
        return ChangeKind.ANSWER
    return ChangeKind.FIGURE if slot.kind.is_figure else ChangeKind.WORDS


def _shown(value: int | str | None, kind: Kind) -> str:
    if value is None:
        return "blank"
    return format_figure(value, kind) if isinstance(value, int) else repr(value)
