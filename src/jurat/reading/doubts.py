"""Doubts: what the print leaves open, said cell by cell with what else it could be."""

from collections.abc import Iterable, Iterator

from jurat.money import format_figure, ratio_in_tenths
from jurat.reading.gathered import Gathered
from jurat.reading.moves import Grids
from jurat.reading.reading import Doubt
from jurat.reading.settle import Figures, Settled
from jurat.statement import Read
from jurat.words import Address


def doubt_rivals(found: Gathered, one: Settled) -> None:
    """A doubt for each cell that an equally good reading would fill otherwise."""
    reading, option = one.reading, one.option
    chosen = {address: printed.token.value for address, printed in option.cells}
    for rival in one.rivals:
        other = {address: printed.token.value for address, printed in rival.cells}
        for address in sorted({*chosen, *other}):
            if chosen.get(address, "") != other.get(address, ""):
                found.doubts.append(
                    Doubt(
                        address=address,
                        seen=reading.seen,
                        chosen=str(option),
                        line=reading.row.number,
                        why=f"{reading.reason}, and nothing that foots or ties tells the readings apart",
                        rejected=(str(rival),),
                    )
                )


def doubt_moves(
    found: Gathered, parts: Iterable[tuple[Address, Address, int]], why: str, *, weak: bool = False
) -> None:
    """A doubt for the cell as printed, and one for the cell where the figure might belong."""
    told = {doubt.address for doubt in found.doubts}
    for target, origin, value in parts:
        cell = found.cells.get(origin)
        if cell is None or not isinstance(cell.because, Read):
            continue
        line, seen, moved = (
            cell.because.line,
            cell.because.raw,
            f"{format_figure(value)} at {target}",
        )
        if origin not in told:
            found.doubts.append(
                Doubt(
                    address=origin,
                    seen=seen,
                    chosen=cell.shown,
                    line=line,
                    why=why,
                    rejected=(moved,),
                    is_weak=weak,
                )
            )
        if target not in {origin, *told}:
            other = found.cells.get(target)
            found.doubts.append(
                Doubt(
                    address=target,
                    seen=seen,
                    chosen=other.shown if other else "blank",
                    line=line,
                    why=why,
                    rejected=(moved,),
                    is_weak=weak,
                )
            )


def doubt_weakly(found: Gathered, figures: Figures, grids: Grids) -> None:
    """Where the print is damaged elsewhere, figures that no check proves, or one speaks against, are not sure."""
    if not found.is_damaged:
        return
    cells = figures.system.cells
    parts = [
        (below, printed, figures.values[at])
        for at, under in grids.unproved(figures)
        if isinstance(printed := cells[at], Address) and isinstance(below := cells[under], Address)
    ]
    doubt_moves(
        found, parts, "this print is damaged, and nothing tells this line from the next", weak=True
    )
    told = {doubt.address for doubt in found.doubts}
    for law, at in _broken_cells(figures):
        place = cells[at]
        if not isinstance(place, Address) or place in told:
            continue
        told.add(place)
        cell = found.cells.get(place)
        read = cell.because if cell and isinstance(cell.because, Read) else Read(raw="", line=0)
        found.doubts.append(
            Doubt(
                address=place,
                seen=read.raw,
                chosen=cell.shown if cell else "blank",
                line=read.line,
                why=f"this print is damaged, and {law} fails",
                is_weak=True,
            )
        )


def _broken_cells(figures: Figures) -> Iterator[tuple[str, int]]:
    """The cells of equations and percentages that do not hold as the statement was read."""
    for row in sorted(figures.runs):
        if figures.fails(row):
            yield from (
                (figures.system.equations[row].id, cell) for cell, _ in figures.system.row(row)
            )
    for share in figures.system.percentages:
        values = [figures.values.get(cell, 0) for cell in (share.left, share.part, share.whole)]
        if values[2] and abs(values[0] - ratio_in_tenths(values[1], values[2])) > 0:
            yield share.id, share.left
