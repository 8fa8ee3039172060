"""Rules as formulas: the cells of a rule as references, blank where all of them are blank."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from jurat.blanks import PriorCell
from jurat.blanks.equations import Place
from jurat.money import Kind
from jurat.statement import FillingRule, Statement, stated_figure
from jurat.words import Address


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A worksheet cell: sheet, row, column, counted from zero."""

    sheet: str
    row: int
    column: int

    @property
    def reference(self) -> str:
        """As a formula of the same sheet writes it."""
        return f"{xl_col_to_name(self.column)}{self.row + 1}"


class Formulas:
    """Writes rules and sums as formulas that refer to the spots of a workbook."""

    def __init__(self, statement: Statement, spots: Mapping[Address, Spot]) -> None:
        """Know where every cell stands."""
        self.statement, self.spots = statement, spots
        self.taken = set(spots.values())

    def of_rule(self, rule: FillingRule, sheet: str, *, prints_zero: bool = True) -> str:
        """The rule of a cell: a blank for blanks, as filling does it; nothing where it reads no cell.

        Where the filer leaves a zero blank, so does the formula.
        """
        places = [place for place, _ in rule.terms]
        counted = self.references(places[:1] if rule.is_share else places, sheet)
        if not counted:
            return ""
        worked = self.share_of(rule, sheet) if rule.is_share else self.sum_of(rule, sheet)
        if not prints_zero:
            worked = f'IF({worked}=0,"",{worked})'
        return f'=IF(COUNT({counted})=0,"",{worked})'

    def sum_of(self, rule: FillingRule, sheet: str) -> str:
        """What the terms of a rule come to, in the unit of its cell."""
        worked = self.exact(rule, sheet)
        decimals = rule.kind.decimals
        return f"ROUND({worked},{decimals})" if decimals or rule.scale != 1 else worked

    def share_of(self, rule: FillingRule, sheet: str) -> str:
        """The first term as a percentage of the second; nothing of nothing is nothing."""
        part, whole = (self.references([place], sheet) for place, _ in rule.terms)
        share = f"ROUND(100*SUM({part})/SUM({whole}),{Kind.PERCENT.decimals})"
        return f"IF(SUM({whole})=0,0,{share})"

    def exact(self, rule: FillingRule, sheet: str) -> str:
        """The terms of a rule before any rounding."""
        if rule.scale != 1:
            return "+".join(self._products(rule, sheet)) or "0"
        plus = self.references([place for place, weight in rule.terms if weight > 0], sheet)
        less = self.references([place for place, weight in rule.terms if weight < 0], sheet)
        known = self._known(rule)
        worked = f"SUM({plus})" if plus else ""
        worked += f"-SUM({less})" if less else ""
        if known:
            worked += f"{known:+d}" if worked else str(known)
        return worked or "0"

    def references(self, places: Iterable[Place], sheet: str) -> str:
        """Cells as ranges where they stand together, comma-parted, in page order."""
        spots = sorted(
            {self.spots[p] for p in places if isinstance(p, Address) and p in self.spots}
        )
        return ",".join(self._range(first, last, sheet) for first, last in self._joined(spots))

    def _range(self, first: Spot, last: Spot, sheet: str) -> str:
        of_sheet = "" if first.sheet == sheet else f"{quote_sheetname(first.sheet)}!"
        to = f":{last.reference}" if last != first else ""
        return f"{of_sheet}{first.reference}{to}"

    def _joined(self, spots: Sequence[Spot]) -> list[tuple[Spot, Spot]]:
        """Neighbours of one column, or of one row, as ranges; a gap with no cell in it is bridged."""
        down = self._merged(sorted(spots, key=lambda s: (s.sheet, s.column, s.row)), by_row=True)
        alone = [first for first, last in down if first == last]
        tall = [pair for pair in down if pair[0] != pair[1]]
        return sorted([*tall, *self._merged(sorted(alone), by_row=False)])

    def _merged(self, spots: Sequence[Spot], *, by_row: bool) -> list[tuple[Spot, Spot]]:
        ranges: list[tuple[Spot, Spot]] = []
        for spot in spots:
            if ranges and self._is_next(ranges[-1][1], spot, by_row=by_row):
                ranges[-1] = (ranges[-1][0], spot)
            else:
                ranges.append((spot, spot))
        return ranges

    def _is_next(self, last: Spot, spot: Spot, *, by_row: bool) -> bool:
        if last.sheet != spot.sheet:
            return False
        if not by_row:
            return last.row == spot.row and last.column + 1 == spot.column
        if last.column != spot.column:
            return False
        between = (Spot(last.sheet, row, last.column) for row in range(last.row + 1, spot.row))
        return not any(gap in self.taken for gap in between)

    # -- products, shares, last year --------------------------------------------------------------

    def _products(self, rule: FillingRule, sheet: str) -> Iterator[str]:
        """Amounts times the factors the form prints, each by its cell where that holds the factor."""
        for place, weight in rule.terms:
            amount = self.references([place], sheet)
            factor = rule.factor
            if not amount:
                continue
            if (
                factor is not None
                and factor in self.spots
                and stated_figure(self.statement, factor) == weight
            ):
                yield f"SUM({amount})*{self.references([factor], sheet)}"
            else:
                yield f"SUM({amount})*{weight}/{rule.scale}"

    def _known(self, rule: FillingRule) -> int:
        """What of a rule is a number on no sheet: its constant, and what last year's statement holds."""
        prior = (
            weight * (stated_figure(self.statement, place) or 0)
            for place, weight in rule.terms
            if isinstance(place, PriorCell)
        )
        return rule.constant + sum(prior)
