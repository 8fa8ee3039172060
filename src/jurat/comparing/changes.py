"""The cells that differ between two statements, each with both values."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jurat.comparing.drivers import Driver, Drivers
from jurat.comparing.places import Place, Places
from jurat.money import Kind
from jurat.statement import Cell, CellState, Statement
from jurat.statement.explain import caption_of
from jurat.words import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCell:
    """One cell with what it held before and what it holds now."""

    address: str
    """In the later statement; in the earlier where the later has no such cell."""
    was_at: str = ""
    """Its address in the earlier statement, where that is another."""
    page: str
    caption: str
    column: str
    kind: Kind
    before: str
    after: str
    difference: int | None = None
    """For figures, after less before, in the unit of `kind`; a blank counts as zero."""
    drivers: tuple[Driver, ...] = ()
    """Largest first; they sum to the difference. None where the cell has no rule, or no part of it moved."""

    @property
    def is_source(self) -> bool:
        """Whether it changed by itself: by no rule, or by more than its parts did."""
        return not self.drivers or any(d.place == self.address for d in self.drivers)


def changed_cells(was: Statement, now: Statement) -> tuple[ChangedCell, ...]:
    """Every cell that differs, in page order; pages that one of the two lacks are told as pages."""
    places = Places(was), Places(now)
    drivers = Drivers(was, now, places)
    return tuple(
        replace(cell, drivers=drivers.of(Address.parse(cell.address)))
        for cell in _differing(was, now, places)
    )


def _differing(
    was: Statement, now: Statement, places: tuple[Places, Places]
) -> Iterator[ChangedCell]:
    before, after = (place.address_of for place in places)
    both = was.pages & now.pages
    for place in _in_order(before, after):
        old, new = before.get(place), after.get(place)
        if any(address and address.page not in both for address in (old, new)):
            continue
        cells = was[old] if old else None, now[new] if new else None
        if _held(cells[0]) != _held(cells[1]):
            statement, address = (now, new) if new else (was, old)
            if address is not None:
                told = _changed(cells, statement, address)
                moved = str(old) if old and new and str(old) != str(new) else ""
                yield replace(told, was_at=moved)


def _in_order(before: dict[Place, Address], after: dict[Place, Address]) -> Iterator[Place]:
    """The places of the later statement; those that only the earlier has behind their page."""
    gone: dict[str, list[Place]] = {}
    for place, address in before.items():
        if place not in after:
            gone.setdefault(address.page, []).append(place)
    page = ""
    for place, address in after.items():
        if address.page != page:
            yield from gone.pop(page, ())
            page = address.page
        yield place
    for places in gone.values():
        yield from places


def _held(cell: Cell | None) -> tuple[CellState, int | str | None]:
    return (cell.state, cell.value) if cell else (CellState.BLANK, None)


def _changed(
    cells: tuple[Cell | None, Cell | None], statement: Statement, address: Address
) -> ChangedCell:
    old, new = cells
    kind = (new or old or statement[address]).kind
    difference = None
    if kind.is_figure:
        difference = (new.figure if new else 0) - (old.figure if old else 0)
    return ChangedCell(
        address=str(address),
        page=address.page,
        caption=caption_of(statement, address),
        column=_column(statement, address),
        kind=kind,
        before=old.shown if old else "",
        after=new.shown if new else "",
        difference=difference,
    )


def _column(statement: Statement, address: Address) -> str:
    """What heads the column of a cell."""
    if address.inset:
        return f"${address.inset}"
    line = statement.blank.line(address.page, address.line)
    column = line.column(address.column) if line else None
    if column is None:
        return f"Col. {address.column}" if address.column else ""
    return f"{column.over}: {column.caption}" if column.over else column.caption
