"""Workbooks: ours by the names of their cells, computed from their inputs; other filers' as lines of print."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from jurat.blanks import Blank, Slot
from jurat.money import Kind, format_figure, parse_figure
from jurat.reading.formulas import FormulaError, Value, decimal_of
from jurat.reading.reading import Coverage, Doubt, Reading
from jurat.reading.text import read_text
from jurat.reading.workbook_file import Place, WorkbookFile, open_workbook
from jurat.reading.workbook_lines import Lines, lines_of
from jurat.reading.working import Worked, work
from jurat.statement import STATE_WORDS, Because, Cell, CellState, Read, Statement
from jurat.words import Address, ReadError, UsageError, address_named

BLANK, YEAR, COMPANY = "statement.blank", "statement.year", "statement.company"
PAGE, STAMP = "page.", "stamp."
STATES = {mark: state for state, mark in STATE_WORDS.items()}
"""The state of a cell that holds neither a figure nor a blank, by what stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """A workbook of ours, every formula computed by ourselves from what is typed in its other cells."""

    file: WorkbookFile = field(repr=False)
    worked: Worked = field(repr=False)
    places: Mapping[Address, Place] = field(repr=False)
    """Where each cell of the statement stands."""
    lost: tuple[str, ...] = ()
    """Names of cells that are gone: their rows were deleted."""
    strange: tuple[tuple[str, Place | None], ...] = ()
    """Names that are not ours."""

    def value(self, address: Address) -> Value:
        """What a cell comes to, as the workbook holds it: dollars, and decimals for the rest.

        Raises  FormulaError when it cannot be worked: a cycle, a fault in what it reads.
        """
        return self.worked.value(self.places[address])

    @property
    def pages(self) -> frozenset[str]:
        """The pages it has a sheet for."""
        return frozenset(
            name.removeprefix(PAGE) for name in self.file.names if name.startswith(PAGE)
        )

    @property
    def stamps(self) -> frozenset[str]:
        """The pages stamped NONE."""
        named = {name: place for name, place in self.file.names.items() if name.startswith(STAMP)}
        return frozenset(
            name.removeprefix(STAMP)
            for name, place in named.items()
            if place is not None and str(self.worked.values.get(place, "")).strip() == "NONE"
        )

    def fact(self, name: str) -> str:
        """A fact of the contents sheet."""
        place = self.file.names.get(name)
        value = self.worked.values.get(place) if place else None
        return "" if value is None else str(value)


def evaluate(source: Path | bytes, name: str = "") -> Evaluated:
    """Compute a workbook of ours from its input cells alone; results it was saved with are not looked at.

    Units   dollars as whole numbers; factors and percents as exact decimals (`Fraction`).
    Raises  ReadError when the file is no workbook of ours, broken, encrypted, with macros, or too large.
    """
    file = open_workbook(source, name)
    if not is_ours(file):
        raise ReadError(
            f"{file.name} is no workbook that Jurat wrote: its cells have no names.",
            next="Read it as a filing: jurat read FILE.xlsx.",
        )
    return _evaluated(file)


def is_ours(file: WorkbookFile) -> bool:
    """Whether the cells of a workbook are named as ours are."""
    return BLANK in file.names


def _evaluated(file: WorkbookFile) -> Evaluated:
    places: dict[Address, Place] = {}
    lost, strange = [], []
    for name, place in file.names.items():
        if name.startswith((PAGE, STAMP, "_xlnm.")) or name in (BLANK, YEAR, COMPANY):
            continue
        try:
            address = address_named(name)
        except UsageError:
            strange.append((name, place))
            continue
        if place is None or place.sheet not in file.sheets:
            lost.append(name)
        else:
            places[address] = place
    return Evaluated(
        file=file,
        worked=work(file),
        places=places,
        lost=tuple(lost),
        strange=tuple(strange),
    )


def read_workbook(path: Path, blank: Blank) -> Reading:
    """A statement from a workbook, each cell with its sheet and cell as evidence.

    Raises  ReadError when the file is no .xlsx workbook, broken, encrypted, with macros, or too large.
    """
    file = open_workbook(path)
    if is_ours(file):
        return read_ours(_evaluated(file), blank)
    return _read_print(lines_of(file, open_workbook(path, values=True), blank), blank)


# -- our own ------------------------------------------------------------------------------------


def read_ours(evaluated: Evaluated, blank: Blank) -> Reading:
    """A statement from a workbook of ours that is evaluated.

    Raises  ReadError when it is of another blank.
    """
    _refuse_other_blank(evaluated, blank)
    cells: dict[Address, Cell] = {}
    doubts: list[Doubt] = []
    slots = slots_in(evaluated, blank)
    for address, place in evaluated.places.items():
        if address not in slots:
            continue
        cell = cell_at(evaluated, slots[address])
        if isinstance(cell, Doubt):
            doubts.append(cell)
            because = Read(raw=cell.seen, line=place.row, place=cell.place)
            kind, state = slots[address].kind, CellState.UNREAD
            cells[address] = Cell(address=address, kind=kind, state=state, because=because)
        elif cell is not None:
            cells[address] = cell
    filled = {
        cell.address.page for cell in cells.values() if cell.state is not CellState.NOT_APPLICABLE
    }
    year = evaluated.fact(YEAR)
    statement = Statement(
        blank=blank,
        year=int(year) if year.isdigit() else blank.year,
        company=evaluated.fact(COMPANY),
        cells=cells,
        pages=evaluated.pages,
        none_pages=evaluated.stamps - filled,
    )
    doubts += _strangers(evaluated, slots)
    coverage = _coverage(evaluated)
    return Reading(
        source=evaluated.file.name, statement=statement, doubts=tuple(doubts), coverage=coverage
    )


def is_same_blank(evaluated: Evaluated, blank: Blank) -> bool:
    """Whether a workbook was written for a blank."""
    return evaluated.fact(BLANK) == f"{blank.kind} {blank.year}"


def _refuse_other_blank(evaluated: Evaluated, blank: Blank) -> None:
    wanted = f"{blank.kind} {blank.year}"
    if not is_same_blank(evaluated, blank):
        raise ReadError(
            f"{evaluated.file.name} is a workbook of the blank {evaluated.fact(BLANK)!r}, not {wanted!r}.",
            why="Its lines would be read as others.",
        )


def slots_in(evaluated: Evaluated, blank: Blank) -> dict[Address, Slot]:
    """What the form asks in every named cell, rows of this filer included."""
    named = {address: Cell(address=address, kind=Kind.TEXT) for address in evaluated.places}
    holder = Statement(blank=blank, year=blank.year, cells=named, pages=frozenset())
    return {slot.address: slot for slot in holder.all_slots() if slot.address in named}


def cell_at(evaluated: Evaluated, slot: Slot) -> Cell | Doubt | None:
    """The cell a workbook holds; a doubt where it holds what cannot stand there; nothing for a blank."""
    place = evaluated.places[slot.address]
    because = Read(raw="", line=place.row, place=str(place))
    try:
        value = evaluated.value(slot.address)
        if value is None or value == "":
            return None
        if value in STATES and slot.kind is not Kind.TEXT:
            because = replace(because, raw=str(value))
            state = STATES[str(value)]
            return Cell(address=slot.address, kind=slot.kind, state=state, because=because)
        held = held_in(value, slot.kind)
    except (FormulaError, ValueError) as fault:
        entry = evaluated.file.entry(place)
        seen = str(entry.typed) if entry else ""
        return Doubt(
            address=slot.address,
            seen=seen,
            chosen="unread",
            why=str(fault),
            line=place.row,
            place=str(place),
        )
    shown = format_figure(held, slot.kind) if isinstance(held, int) else held
    because = replace(because, raw=shown)
    return Cell(
        address=slot.address, kind=slot.kind, state=CellState.VALUE, value=held, because=because
    )


def held_in(value: Value, kind: Kind) -> int | str:
    """What a worksheet's value is in a cell of a kind; a number kept as text is the number it reads as.

    Raises  ValueError when it cannot stand there.

    >>> held_in(Fraction(63, 10000), Kind.FACTOR), held_in("(1,250)", Kind.MONEY)
    (63, -1250)
    """
    if kind.is_figure:
        return _figure_in(value, kind)
    if kind.is_box:
        answers = ("Yes", "No", "N/A") if kind is Kind.YES_NO_NA else ("Yes", "No")
        found = [answer for answer in answers if str(value).strip().casefold() == answer.casefold()]
        if not found:
            raise ValueError(f"{str(value)[:40]!r} is no answer; answers are {', '.join(answers)}")
        return found[0]
    if not isinstance(value, Fraction):
        return str(value)
    raise ValueError(f"{decimal_of(value)} stands where a {kind} belongs")


def _figure_in(value: Value, kind: Kind) -> int:
    if isinstance(value, str):
        return parse_figure(value, kind)
    if value is None or isinstance(value, bool):
        raise ValueError(f"{value} is not a figure")
    scaled = Fraction(value) * Fraction(10) ** kind.decimals
    if scaled.denominator != 1:
        held = {Kind.MONEY: "whole dollars", Kind.FACTOR: "four decimals"}.get(kind, "one decimal")
        raise ValueError(f"{decimal_of(value)} is not in {held}")
    return int(scaled)


def _strangers(evaluated: Evaluated, slots: Mapping[Address, Slot]) -> Iterator[Doubt]:
    """Named cells the blank does not have, and cells whose place is gone."""
    for address, place in evaluated.places.items():
        if address not in slots:
            why = "the blank has no such cell"
            yield Doubt(
                address=None,
                seen=str(address),
                chosen="nothing",
                why=why,
                line=place.row,
                place=str(place),
            )
    for name in evaluated.lost:
        why = "the cell of this name was deleted from the workbook"
        yield Doubt(
            address=address_named(name), seen=name, chosen="nothing", why=why, line=0, place=name
        )


def _coverage(evaluated: Evaluated) -> Coverage:
    """Numbers in named cells, and numbers that somebody typed beside them."""
    named = set(evaluated.places.values())
    pages = {place.sheet for place in named}
    placed, unplaced = 0, []
    for sheet in sorted(pages):
        for (row, column), entry in evaluated.file.sheets[sheet].items():
            if Place(sheet, row, column) in named:
                placed += 1
            elif isinstance(entry.typed, (int, float)) or entry.is_formula:
                unplaced.append((row, column, f"{Place(sheet, row, column)} {entry.typed}"))
    return Coverage(
        tokens=placed + len(unplaced), placed={"cell": placed}, unplaced=tuple(unplaced)
    )


# -- other filers' ------------------------------------------------------------------------------


def _read_print(lines: Lines, blank: Blank) -> Reading:
    reading = read_text(lines.document, blank)
    cells = {a: replace(c, because=_placed(c, lines)) for a, c in reading.statement.cells.items()}
    doubts = tuple(
        replace(doubt, place=lines.place(doubt.line, doubt.seen)) for doubt in reading.doubts
    )
    statement = replace(reading.statement, cells=cells)
    return replace(reading, statement=statement, doubts=doubts)


def _placed(cell: Cell, lines: Lines) -> Because | None:
    because = cell.because
    if not isinstance(because, Read):
        return because
    return replace(because, place=lines.place(because.line, because.raw))
