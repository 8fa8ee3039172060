"""Filling: every cell that a rule of the blank fills, each once, in an order that always ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from jurat.money import Kind, ratio_in_tenths, round_half_away
from jurat.statement.cells import Cell, CellState, Computed, Overridden
from jurat.statement.statement import Statement
from jurat.statement.system import Percentage
from jurat.words import Address


def fill(statement: Statement, overrides: Mapping[Address, Cell] | None = None) -> Statement:
    """The statement with every cell that has a filling rule set to what the rule comes to.

    An overridden cell holds the override's figure instead, and the cell it replaced in its reason;
    what is made from it is made from the override.

    Sums as they are; an amount times a printed factor and a percentage rounded once, halves away
    from zero. Each filled cell holds the rule and its inputs as its reason.

    Left as they stand: cells whose rule reads a page the document lacks, or last year's statement
    when it is not at hand; cells all of whose inputs are blank; pages stamped NONE. A cell with an
    unread input is unknown, and so is what is made from it.

    >>> from jurat.blanks import load_blank
    >>> figures = {Address("imr", line, "1"): 100 for line in ("1", "3", "5")}
    >>> bare = Statement(blank=load_blank(), year=2012, cells={}, pages=frozenset({"imr"}))
    >>> filled = fill(bare.with_figures(figures))
    >>> filled["imr:4:1"].figure, filled["imr:6:1"].figure
    (200, 100)
    """
    forced = overrides or {}
    begun = statement.replaced(_over(statement[address], cell) for address, cell in forced.items())
    return _Filling(begun, forced).filled()


def _over(was: Cell, override: Cell) -> Cell:
    """An override with the cell it replaces in its reason."""
    if not isinstance(override.because, Overridden):
        return override
    replaced = None if was.state is CellState.BLANK else was
    return replace(override, because=replace(override.because, was=replaced))


@dataclass(frozen=True)
class _Filling:
    """One pass over the cells that have a rule."""

    statement: Statement
    overrides: Mapping[Address, Cell] = field(default_factory=dict)
    values: list[int] = field(init=False)
    present: list[bool] = field(init=False)
    unknown: list[bool] = field(init=False)
    made: dict[Address, Cell] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Take the statement's figures to work on."""
        for name, vector in zip(
            ("values", "present", "unknown"), self.statement.vectors, strict=True
        ):
            object.__setattr__(self, name, vector.tolist())

    def filled(self) -> Statement:
        """Rows first, then lines in the blank's order, then percentages, on which none rests."""
        system = self.statement.system
        for row in self._order():
            self._sum(row)
        for share in system.percentages:
            self._percentage(share)
        return self.statement.replaced(self.made.values())

    def _order(self) -> Iterator[int]:
        """The equations that fill, those of single rows before the totals that count the rows."""
        system, lines = self.statement.system, self.statement.blank.fill_order
        of_lines = {system.index[address] for address in lines}
        yield from (row for cell, row in system.filled_by.items() if cell not in of_lines)
        yield from (system.filled_by[system.index[address]] for address in lines)

    def _sum(self, row: int) -> None:
        system = self.statement.system
        (left, _), *terms = system.row(row)
        if system.pages_of[row] <= self.statement.pages_known:
            total = sum(-weight * self.values[cell] for cell, weight in terms)
            figure = round_half_away(total + int(system.constants[row]), int(system.scales[row]))
            equation = system.equations[row]
            inputs = [cell for cell, _ in terms]
            self._set(left, figure, inputs, equation.id, equation.rule)

    def _percentage(self, share: Percentage) -> None:
        """A share of a blank amount stays blank, whatever the whole is."""
        system = self.statement.system
        whole = system.cells[share.whole]
        is_there = isinstance(whole, Address) and whole.page in self.statement.pages
        if is_there and (self.present[share.part] or self.unknown[share.part]):
            figure = ratio_in_tenths(self.values[share.part], self.values[share.whole])
            inputs = [share.part, share.whole]
            self._set(share.left, figure, inputs, share.id, system.words_of(share))

    def _set(self, left: int, figure: int, inputs: list[int], rule: str, words: str) -> None:
        """Keep a figure with its reason, unless its inputs say nothing."""
        system, statement = self.statement.system, self.statement
        address = system.cells[left]
        is_printed = system.kinds[left] is Kind.FACTOR
        is_silent = not is_printed and not any(self.present[i] or self.unknown[i] for i in inputs)
        if is_silent or not isinstance(address, Address) or address.page in statement.none_pages:
            return
        is_unknown = any(self.unknown[i] for i in inputs)  # unknown spreads
        made = Cell(
            address=address,
            kind=system.kinds[left],
            state=CellState.UNKNOWN if is_unknown else CellState.VALUE,
            value=None if is_unknown else figure,
            because=Computed(
                equation=rule, words=words, inputs=tuple(str(system.cells[i]) for i in inputs)
            ),
        )
        if address in self.overrides:
            made = _over(made, self.overrides[address])
        self.unknown[left] = made.state is CellState.UNKNOWN
        self.present[left] = isinstance(made.value, int)
        self.values[left] = made.figure
        self.made[address] = made
