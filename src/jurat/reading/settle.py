"""Settling rows that can be read several ways: the readings under which the statement foots and ties."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jurat.reading.assign import Option, Reading
from jurat.statement.system import System
from jurat.words import Tolerance

BEAM = 300
MOST_RIVALS = 8
SMALL = 9
"""Dollars up to which rounding may hide which column a figure stands in."""


@dataclass(slots=True)
class Figures:
    """The figures read so far, by column of the matrix, and which equations the document can hold."""

    system: System
    values: dict[int, int] = field(default_factory=dict)
    runs: frozenset[int] = frozenset()

    def residual(self, row: int) -> int:
        """Left less right of an equation."""
        total = sum(weight * self.values.get(cell, 0) for cell, weight in self.system.row(row))
        return total - int(self.system.constants[row])

    def is_exact(self, row: int, residual: int) -> bool:
        """Whether an equation holds to the dollar; a product to its rounding."""
        is_product = self.system.classes[row] is Tolerance.PRODUCT
        return 2 * abs(residual) <= int(self.system.scales[row]) if is_product else residual == 0

    def allowed(self, row: int) -> int:
        """What rounding may leave of it with the figures read so far."""
        terms = sum(cell in self.values for cell, _ in self.system.row(row)[1:])
        return self.allowed_for(row, terms + 1)

    def allowed_for(self, row: int, cells: int) -> int:
        """What rounding may leave of it when so many of its cells, its left side among them, hold figures."""
        kind, scale = self.system.classes[row], int(self.system.scales[row])
        if kind is Tolerance.EXACT:
            return 0
        return scale * (max(1, cells // 2) if kind is Tolerance.ROUNDING else 1)

    def fails(self, row: int) -> bool:
        """Whether an equation is further off than rounding may leave it."""
        return abs(self.residual(row)) > self.allowed(row)

    def rows_of(self, cells: Iterable[int]) -> list[int]:
        """The equations the document can hold that read any of these cells, in order."""
        by_cell = self.system.by_cell
        return sorted({row for cell in cells for row in by_cell.get(cell, ())} & self.runs)


@dataclass(frozen=True, slots=True)
class Settled:
    """What was chosen for a row, on what evidence."""

    reading: Reading
    option: Option
    proof: tuple[str, ...]
    """The equations that hold with this option and that some other option would break."""
    rejected: tuple[Option, ...]
    rivals: tuple[Option, ...] = ()
    """Options that fit just as well: the print and the ties leave them open."""


@dataclass(slots=True)
class _Choice:
    reading: Reading
    figures: list[dict[int, int]]
    sums: list[dict[int, tuple[int, int]]]
    """For each option: equation -> what it adds to the residual, and how many cells."""
    rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class _State:
    fails: int
    exact: int
    oddity: int
    picked: tuple[int, ...]
    sums: dict[int, tuple[int, int]]

    @property
    def rank(self) -> tuple[int, int, int]:
        return (self.fails, -self.exact, self.oddity)


def settle(figures: Figures, readings: Sequence[Reading]) -> list[Settled]:
    """Choose a reading for every open row, rows that share equations together; fills `figures`."""
    choices = [_choice(figures, reading) for reading in readings if reading.options]
    settled = []
    for component in _components(choices):
        ordered = _in_order(component)
        states = _search(figures, ordered)
        best = states[0]
        for place, choice in enumerate(ordered):
            figures.values.update(choice.figures[best.picked[place]])
        for place, choice in enumerate(ordered):
            picked = best.picked[place]
            options = choice.reading.options
            rivals = _rivals(choice, place, states)
            rejected = tuple(
                o for number, o in enumerate(options) if number != picked and o not in rivals
            )[:3]
            settled.append(
                Settled(
                    choice.reading,
                    options[picked],
                    _proof(figures, choice, picked),
                    rejected,
                    rivals,
                )
            )
    return settled


def _choice(figures: Figures, reading: Reading) -> _Choice:
    index, options = figures.system.index, []
    for option in reading.options:
        options.append(
            {
                index[address]: printed.token.value
                for address, printed in option.cells
                if printed.token.value is not None and address in index
            }
        )
    cells = {cell for option in options for cell in option} | {
        index[slot.address] for slot in reading.slots if slot.address in index
    }
    rows = frozenset(figures.rows_of(cells))
    sums = [_sums(figures, option, rows) for option in options]
    return _Choice(reading, options, sums, rows)


def _sums(
    figures: Figures, option: dict[int, int], rows: frozenset[int]
) -> dict[int, tuple[int, int]]:
    found = {}
    for row in rows:
        terms = [(cell, weight) for cell, weight in figures.system.row(row) if cell in option]
        found[row] = (sum(weight * option[cell] for cell, weight in terms), len(terms))
    return found


def _components(choices: list[_Choice]) -> list[list[_Choice]]:
    """Rows that share an equation must be settled together."""
    parent = list(range(len(choices)))

    def find(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    first: dict[int, int] = {}
    for number, choice in enumerate(choices):
        for row in choice.rows:
            parent[find(number)] = find(first.setdefault(row, number))
    groups: dict[int, list[_Choice]] = defaultdict(list)
    for number, choice in enumerate(choices):
        groups[find(number)].append(choice)
    return list(groups.values())


def _in_order(component: list[_Choice]) -> list[_Choice]:
    """Begin with the fewest options; go on with the row that closes the most equations."""
    left, ordered = list(component), []
    known: set[int] = set()
    pending = {
        row: sum(row in choice.rows for choice in component)
        for row in set().union(*(c.rows for c in component))
    }

    def worth(choice: _Choice) -> tuple[int, int, int]:
        closes = sum(pending[row] == 1 for row in choice.rows)
        return (-closes, -len(choice.rows & known), len(choice.figures))

    while left:
        chosen = min(left, key=worth)
        left.remove(chosen)
        ordered.append(chosen)
        known.update(chosen.rows)
        for row in chosen.rows:
            pending[row] -= 1
    return ordered


def _search(figures: Figures, ordered: list[_Choice]) -> list[_State]:
    closing = _closing(ordered)
    base = {
        row: (
            figures.residual(row),
            sum(cell in figures.values for cell, _ in figures.system.row(row)),
        )
        for choice in ordered
        for row in choice.rows
    }
    states = [_State(0, 0, 0, (), {})]
    for place, choice in enumerate(ordered):
        grown = [
            _grow(figures, state, choice, number, closing[place], base)
            for state in states
            for number in range(len(choice.figures))
        ]
        states = sorted(grown, key=lambda state: state.rank)[:BEAM]
    return states


def _closing(ordered: list[_Choice]) -> list[list[int]]:
    """The equations that are fully known once each row is settled."""
    last: dict[int, int] = {}
    for place, choice in enumerate(ordered):
        for row in choice.rows:
            last[row] = place
    closing: list[list[int]] = [[] for _ in ordered]
    for row, place in last.items():
        closing[place].append(row)
    return closing


def _grow(
    figures: Figures,
    state: _State,
    choice: _Choice,
    number: int,
    closing: list[int],
    base: dict[int, tuple[int, int]],
) -> _State:
    sums = dict(state.sums)
    for row, (amount, count) in choice.sums[number].items():
        before = sums.get(row, (0, 0))
        sums[row] = (before[0] + amount, before[1] + count)
    fails, exact = state.fails, state.exact
    for row in closing:
        amount, count = sums.pop(row, (0, 0))
        residual, cells = base[row][0] + amount, base[row][1] + count
        if abs(residual) > figures.allowed_for(row, cells):
            fails += 1
        elif residual == 0 and count:
            exact += 1
    oddity = state.oddity + choice.reading.options[number].oddity
    return _State(fails, exact, oddity, (*state.picked, number), sums)


def _rivals(choice: _Choice, place: int, states: list[_State]) -> tuple[Option, ...]:
    """The other options of a row that some reading of the whole takes and that tie as well as the best."""
    best = states[0]
    picked = best.picked[place]
    is_small = all(abs(value) <= SMALL for value in choice.figures[picked].values())
    fitting = [
        state.picked[place]
        for state in states
        if choice.figures[state.picked[place]] != choice.figures[picked]
        and (
            state.exact > best.exact
            or (state.fails <= best.fails and (is_small or state.exact == best.exact))
        )
    ]
    return tuple(choice.reading.options[number] for number in dict.fromkeys(fitting))[:MOST_RIVALS]


def _proof(figures: Figures, choice: _Choice, picked: int) -> tuple[str, ...]:
    """The equations in which the options differ and that hold with the one chosen."""
    holding = [
        row
        for row in sorted(choice.rows)
        if choice.sums[picked][row][1]
        and not figures.fails(row)
        and (len(choice.figures) == 1 or len({sums[row][0] for sums in choice.sums}) > 1)
    ]
    return tuple(dict.fromkeys(figures.system.equations[row].id for row in holding))[:6]
