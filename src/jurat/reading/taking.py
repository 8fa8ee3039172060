"""What was settled, moved or placed, taken as cells with their evidence."""

from collections.abc import Iterable

from jurat.blanks import Blank, PriorCell
from jurat.money import Kind, format_figure
from jurat.reading.assign import Printed
from jurat.reading.assign import Reading as RowReading
from jurat.reading.doubts import doubt_moves, doubt_rivals
from jurat.reading.gathered import Gathered
from jurat.reading.moves import Grids, Verdict, describe, settle_stray
from jurat.reading.reading import Doubt
from jurat.reading.settle import Figures, Settled
from jurat.statement import Cell, CellState, Read, Repair
from jurat.words import Address


def take_settled(found: Gathered, settled: Iterable[Settled]) -> None:
    """Take the chosen option of every row as cells, with the repair where the print needed one."""
    for one in settled:
        reading, option = one.reading, one.option
        repair = None
        if reading.is_repaired and option.cells:
            proof = f"{reading.reason or 'the print is damaged'}; holds: {', '.join(one.proof) or 'nothing decides'}"
            repair = Repair(
                seen=reading.seen,
                chosen=str(option),
                proof=proof,
                rejected=tuple(str(other) for other in one.rejected),
            )
        for address, printed in option.cells:
            found.used.span(printed.line, printed.column, printed.end)
            found.cells[address] = _cell_of(reading, address, printed, repair)
        doubt_rivals(found, one)


def _cell_of(
    reading: RowReading, address: Address, printed: Printed, repair: Repair | None
) -> Cell:
    slot = next(slot for slot in reading.slots if slot.address == address)
    because = Read(raw=printed.seen, line=printed.line, repair=repair)
    if printed.token.value is None:
        return Cell(
            address=address, kind=slot.kind, state=CellState.NOT_APPLICABLE, because=because
        )
    return Cell(
        address=address,
        kind=slot.kind,
        state=CellState.VALUE,
        value=printed.token.value,
        because=because,
    )


def take_insets(found: Gathered) -> None:
    """Take what fills the blanks of captions as cells."""
    for address, (value, raw, line) in found.insets.items():
        found.cells[address] = Cell(
            address=address,
            kind=Kind.MONEY,
            state=CellState.VALUE,
            value=value,
            because=Read(raw=raw, line=line),
        )


def take_strays(found: Gathered, figures: Figures, grids: Grids, blank: Blank) -> None:
    """Put figures printed beside heads where they belong, or doubt them."""
    for stray, printed in found.strays:
        found.used.span(printed.line, printed.column, printed.end)
        seen = f"{printed.seen} beside a head"
        move = settle_stray(figures, grids, stray)
        if move is None:
            found.doubts.append(
                Doubt(
                    address=None,
                    seen=printed.seen,
                    chosen="",
                    line=printed.line,
                    why=f"a head of {blank.pages[stray.page].title} holds no amount",
                )
            )
            continue
        cells = figures.system.cells
        run = [address for cell in move.cells if isinstance(address := cells[cell], Address)]
        before = [found.cells.get(address) for address in run]
        for place, (address, value) in enumerate(zip(run, dict(move.after).values(), strict=True)):
            old = before[place - 1] if place else None
            read = (
                old.because
                if old and isinstance(old.because, Read)
                else Read(raw=printed.seen, line=printed.line)
            )
            kind = blank_kind(blank, address)
            repair = Repair(
                seen=read.raw if place else seen,
                chosen=f"{format_figure(value or 0, kind)} at {address}",
                proof="a head holds no amount: the run below it is printed one line too high",
            )
            found.cells[address] = _repaired(address, kind, value, read, repair)


def blank_kind(blank: Blank, address: Address) -> Kind:
    """What a fixed cell holds."""
    line = blank.line(address.page, address.line)
    slot = line.slot(address.column) if line else None
    return slot.kind if slot else Kind.MONEY


def take_moves(found: Gathered, figures: Figures, verdicts: Iterable[Verdict]) -> None:
    """Take every move that is proved; doubt the others."""
    for verdict in verdicts:
        laws = ", ".join(dict.fromkeys(figures.system.equations[row].id for row in verdict.proof))
        parts = [
            (target, origin, value)
            for target, origin, value in describe(figures, verdict.move)
            if not isinstance(target, PriorCell)
        ]
        before = {origin: found.cells[origin] for _, origin, _ in parts if origin in found.cells}
        if not verdict.is_made:
            doubt_moves(
                found,
                parts,
                f"may be {verdict.move.kind}: only {laws} speaks for it, which is too little",
            )
            continue
        own = set(verdict.move.cells)
        for rival in verdict.rivals:
            others = [
                part
                for part in describe(figures, rival)
                if figures.system.index[part[1]] not in own
            ]
            doubt_moves(found, others, f"may be {rival.kind} too: {laws} would hold as well")
        for origin in before:
            found.cells.pop(origin)
        for target, origin, value in parts:
            old = before[origin]
            read = old.because if isinstance(old.because, Read) else Read(raw=old.shown, line=0)
            proof = f"{verdict.move.kind}; these failed before and hold to the dollar after: {laws}"
            repair = Repair(
                seen=f"{read.raw} at {origin}",
                chosen=f"{format_figure(value)} at {target}",
                proof=proof,
                rejected=(f"as printed, {old.shown} at {origin}",),
            )
            found.cells[target] = _repaired(target, old.kind, value, read, repair)


def _repaired(address: Address, kind: Kind, value: int | None, read: Read, repair: Repair) -> Cell:
    """A cell whose figure stands elsewhere in print: what was read there, and the repair."""
    return Cell(
        address=address,
        kind=kind,
        state=CellState.VALUE,
        value=value,
        because=Read(raw=read.raw, line=read.line, repair=repair),
    )
