"""A statement: a blank with its cells, immutable."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from jurat.blanks import Blank, PriorCell, RowGroup, Slot
from jurat.statement.cells import Cell, CellState
from jurat.statement.system import PRIOR, Bools, Ints, Layout, System, layout_of, system_for
from jurat.words import TOTAL_ROW, Address, UsageError


@dataclass(frozen=True, eq=False, kw_only=True)
class Statement:
    """One company's statement for a year: every cell it holds, and the pages it has."""

    blank: Blank
    year: int
    company: str = ""
    cells: Mapping[Address, Cell] = field(repr=False)
    pages: frozenset[str]
    none_pages: frozenset[str] = frozenset()
    prior: "Statement | None" = None

    def __getitem__(self, address: Address | str) -> Cell:
        """The cell at an address, blank if the statement leaves it so.

        Raises  UsageError when the blank has no such cell.
        """
        if isinstance(address, str):
            address = Address.parse(address)
        address = self._with_total(address)
        if address in self.cells:
            return self.cells[address]
        slot = self.slot(address)
        state = CellState.NOT_APPLICABLE if slot.is_xxx else CellState.BLANK
        return Cell(address=address, kind=slot.kind, state=state)

    def slot(self, address: Address) -> Slot:
        """What the form asks at an address."""
        if address in self._slots:
            return self._slots[address]
        raise UsageError(
            f"The blank has no cell {address}.",
            next=self._nearest(address),
        )

    def replaced(self, cells: Iterable[Cell]) -> "Statement":
        """The same statement with some cells changed."""
        changed = dict(self.cells)
        for cell in cells:
            changed[cell.address] = cell
        return replace(self, cells=changed)

    def with_figures(self, figures: Mapping[Address, int | None]) -> "Statement":
        """The same statement with some figures changed; None makes a cell blank."""
        return self.replaced(
            replace(
                self[address],
                value=figure,
                because=None,
                state=CellState.BLANK if figure is None else CellState.VALUE,
            )
            for address, figure in figures.items()
        )

    @property
    def notices(self) -> tuple[str, ...]:
        """What to know before the figures: that the form they stand on is another year's."""
        if self.year == self.blank.year:
            return ()
        return (
            f"The statement says {self.year}; it stands on the form of {self.blank.year}, "
            "the nearest year known: lines that changed since may be in the wrong place.",
        )

    @cached_property
    def rows(self) -> dict[tuple[str, str], list[int]]:
        """The rows the statement has, by page and group."""
        found: dict[tuple[str, str], list[int]] = {}
        for group in self.blank.groups():
            keys = sorted(
                {key for address in self.cells if (key := _key_in(group, address)) is not None}
            )
            if keys:
                found[group.page, group.id] = keys
        return found

    @cached_property
    def layout(self) -> Layout:
        """The rows as the engine wants them."""
        return layout_of(self.rows)

    @cached_property
    def system(self) -> System:
        """The matrix for this statement's rows."""
        return system_for(self.blank, self.layout)

    @cached_property
    def vectors(self) -> tuple[Ints, Bools, Bools]:
        """Figures; which cells are not blank; which were not read: in the matrix's order."""
        size = len(self.system.cells)
        values, present, unread = (
            np.zeros(size, np.int64),
            np.zeros(size, bool),
            np.zeros(size, bool),
        )
        for place, column in self.system.index.items():
            cell = self._at(place)
            if cell is None:
                continue
            values[column] = cell.figure
            present[column] = isinstance(cell.value, int)
            unread[column] = cell.state in (CellState.UNREAD, CellState.UNKNOWN)
        return values, present, unread

    @cached_property
    def pages_known(self) -> frozenset[str]:
        """The pages the document has; last year's statement counts as one when it is at hand."""
        return self.pages | ({PRIOR} if self.prior else set())

    def all_slots(self) -> Iterator[Slot]:
        """Every cell the form asks for, rows of this filer included, in page order."""
        for form in self.blank.pages.values():
            yield from form.slots
            for group in form.groups:
                for key in self.rows.get((group.page, group.id), ()):
                    yield from group.slots(key)

    def _at(self, place: object) -> Cell | None:
        if isinstance(place, PriorCell):
            return self.prior.cells.get(place.address) if self.prior else None
        return self.cells.get(place)  # type: ignore[call-overload,no-any-return]

    @cached_property
    def _slots(self) -> dict[Address, Slot]:
        return {slot.address: slot for slot in self.all_slots()}

    def _with_total(self, address: Address) -> Address:
        """The Totals row of a table is its last: /6 below five rows is /total."""
        keys = self.rows.get((address.page, address.line), [])
        if address.row and address.row == len(keys) + 1:
            return replace(address, row=TOTAL_ROW)
        return address

    def _nearest(self, address: Address) -> str:
        form = self.blank.pages.get(address.page)
        if form is None:
            return "Pages: " + ", ".join(self.blank.pages)
        line = form.by_id.get(address.line)
        if line is None:
            return f"Lines of {address.page}: " + ", ".join(form.by_id)
        return "Cells of the line: " + ", ".join(str(slot.address) for slot in line.slots)


def _key_in(group: RowGroup, address: Address) -> int | None:
    if address.page != group.page:
        return None
    if group.is_table:
        return address.row if address.line == group.id and address.row > 0 else None
    tail = address.line[len(group.prefix) :]
    if not address.line.startswith(group.prefix) or len(tail) != group.digits or not tail.isdigit():
        return None
    key = int(tail)
    if group.source:
        return key if group.first <= key <= 96 else None
    return key if key != int("9" * group.digits) else None
