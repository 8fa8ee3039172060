"""What drove a change: the rules walked down to the cells that were changed, exact to the dollar."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from jurat.blanks import PriorCell
from jurat.comparing.places import Places
from jurat.money import ratio_in_tenths, round_half_away
from jurat.statement import Cell, Statement, layout_of, system_for
from jurat.statement.explain import caption_of
from jurat.statement.system import Percentage
from jurat.words import Address

ROUNDING = "rounding"
_ROUNDING = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One cell's share in a change. The shares of a cell's drivers sum to its change.

    Units   those of the cell that changed.
    """

    place: str
    """The driver's address; `prior ...` for last year's statement, `rounding` for what rounding left."""
    caption: str
    before: str
    after: str
    effect: int
    is_unexplained: bool = False
    """The cell has a rule, and changed beyond what its parts did."""


class Drivers:
    """Walks the filling rules of the later statement down."""

    def __init__(self, was: Statement, now: Statement, places: tuple[Places, Places]) -> None:
        self.was, self.now = was, now
        self.places_was, self.places_now = places
        self.system = system_for(now.blank, layout_of(self._rows()))
        self.figures = (
            [_figure(was, self.before(place)) for place in self.system.cells],
            [_figure(now, place) for place in self.system.cells],
        )
        self.change = [new - old for old, new in zip(*self.figures, strict=True)]
        known = was.pages_known & now.pages_known
        self.runs = [pages <= known for pages in self.system.pages_of]
        self.found: dict[int, dict[int, Fraction]] = {}

    def _rows(self) -> dict[tuple[str, str], list[int]]:
        """The rows of both, so that a row that went has a place in the sums."""
        rows = {group: set(keys) for group, keys in self.now.rows.items()}
        known = {(group.page, group.id) for group in self.now.blank.groups()}
        for group, keys in self.was.rows.items():
            if group in known:
                rows.setdefault(group, set()).update(keys)
        return {group: sorted(keys) for group, keys in rows.items()}

    def before(self, place: object) -> object:
        """Where the earlier statement has the same cell."""
        if isinstance(place, PriorCell):
            address = self.before(place.address)
            return PriorCell(address) if isinstance(address, Address) else None
        if not isinstance(place, Address):
            return None
        named = self.places_now.place_of.get(place)
        if named is None:  # a row that only the earlier statement has
            return place
        return self.places_was.address_of.get(named)

    def of(self, address: Address) -> tuple[Driver, ...]:
        """The drivers of a cell's change, largest first; a cell without a rule has none."""
        column = self.system.index.get(address)
        if column is None or not self.change[column]:
            return ()
        shares = self._shares(column)
        if set(shares) <= {column}:
            return ()
        whole = {cell: round_half_away(s.numerator, s.denominator) for cell, s in shares.items()}
        whole[_ROUNDING] = whole.get(_ROUNDING, 0) + self.change[column] - sum(whole.values())
        order = sorted(whole, key=lambda cell: (cell == _ROUNDING, -abs(whole[cell]), cell))
        return tuple(self._driver(cell, whole[cell]) for cell in order if whole[cell])

    def _shares(self, column: int) -> dict[int, Fraction]:
        """The changed cells below a cell, each with its share in the cell's change."""
        if column not in self.found:
            self.found[column] = self._walk(column)
        return self.found[column]

    def _walk(self, column: int) -> dict[int, Fraction]:
        if percentage := self.system.percentage_of.get(column):
            return self._of_percentage(percentage)
        row = self.system.filled_by.get(column)
        if row is None or not self.runs[row]:
            return {column: Fraction(self.change[column])}
        scale = int(self.system.scales[row])
        shares: dict[int, Fraction] = defaultdict(Fraction)
        left_over = Fraction(self.change[column])
        for cell, weight in self.system.row(row)[1:]:
            if self.change[cell]:
                factor = Fraction(-weight, scale)
                left_over -= factor * self.change[cell]
                for below, share in self._shares(cell).items():
                    shares[below] += factor * share
        own = column if scale == 1 or abs(left_over) > 1 else _ROUNDING
        shares[own] += left_over
        return {cell: share for cell, share in shares.items() if share}

    def _of_percentage(self, share: Percentage) -> dict[int, Fraction]:
        """What its part did to a percentage, then its whole; in tenths, as the form rounds it."""
        (part, whole), (new_part, new_whole) = (
            (self.figures[at][share.part], self.figures[at][share.whole]) for at in (0, 1)
        )
        steps = [ratio_in_tenths(a, b) for a, b in ((part, whole), (new_part, whole))]
        steps.append(ratio_in_tenths(new_part, new_whole))
        shares = {
            share.part: Fraction(steps[1] - steps[0]),
            share.whole: Fraction(steps[2] - steps[1]),
            share.left: Fraction(self.change[share.left] - steps[2] + steps[0]),
        }
        return {cell: effect for cell, effect in shares.items() if effect}

    def _driver(self, cell: int, effect: int) -> Driver:
        if cell == _ROUNDING:
            return Driver(
                place=ROUNDING, caption="left by rounding", before="", after="", effect=effect
            )
        place = self.system.cells[cell]
        before, after = _cell(self.was, self.before(place)), _cell(self.now, place)
        return Driver(
            place=str(place),
            caption=self._caption(place),
            before=before.shown if before else "",
            after=after.shown if after else "",
            effect=effect,
            is_unexplained=cell in self.system.percentage_of or self._is_filled(cell),
        )

    def _is_filled(self, cell: int) -> bool:
        row = self.system.filled_by.get(cell)
        return row is not None and self.runs[row]

    def _caption(self, place: object) -> str:
        if not isinstance(place, Address):
            return "last year's statement"
        return caption_of(self.now, place) or caption_of(self.was, place)


def _cell(statement: Statement, place: object) -> Cell | None:
    if isinstance(place, PriorCell):
        return statement.prior.cells.get(place.address) if statement.prior else None
    return statement.cells.get(place) if isinstance(place, Address) else None


def _figure(statement: Statement, place: object) -> int:
    cell = _cell(statement, place)
    return cell.figure if cell else 0
