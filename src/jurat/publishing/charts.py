"""Charts of a statement, where people look rather than read: what stands in which, and what rolled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from jurat.blanks import Equation, FormLine, Role
from jurat.money import format_figure
from jurat.statement import Statement
from jurat.statement.explain import caption_of
from jurat.words import Address, parentheses


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row of a chart: a caption, a figure, and the stretch its bar covers.

    Units   dollars.
    """

    caption: str
    place: str
    """The address of the figure; empty for what no cell shows."""
    shown: str
    start: int
    end: int
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars on one scale."""

    name: str
    title: str
    told: str
    bars: tuple[Bar, ...]


_ROLLS = (
    ("reserves", "closing", "total", "Reserves from last year to this"),
    ("schedule_d", "statement", "amount", "Bonds and stocks from last year to this"),
    ("imr", "closing", "amount", "Interest maintenance reserve from last year to this"),
)
_SHARES = "Each class on its own; classes without an amount are left out."
_ROLL = "Each step begins where the one above ends."


def charts_of(statement: Statement) -> tuple[Chart, ...]:
    """The charts of the pages a statement has; a page without figures has none."""
    charts = _Charts(statement)
    made = [
        charts.classes("assets", "total_assets", "total", "Assets by class"),
        *(charts.roll(*roll) for roll in _ROLLS),
        charts.run_off(
            "imr_amortization", "balance", "Interest maintenance reserve by year of release"
        ),
        charts.columns("reserves", "closing", "total", "Reserves by line of business"),
    ]
    return tuple(chart for chart in made if chart.bars)


class _Charts:
    """Makes bars of what the form's own rules say belongs together."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement

    def classes(self, page: str, total: str, column: str, title: str) -> Chart:
        """What a total is made of, each part a bar."""
        cell = self._cell(page, total, column)
        bars = [self._bar(address, 0) for address, _ in self._parts(cell)]
        return Chart(name=page, title=title, told=_SHARES, bars=self._shown(bars))

    def run_off(self, page: str, column: str, title: str) -> Chart:
        """The lines of a schedule by year, up to the last that has an amount."""
        lines = [x for x in self._lines(page) if x.name != "total"]
        bars = [self._bar(Address(page, x.id, self._number(x, column)), 0) for x in lines]
        last = max((at for at, bar in enumerate(bars) if bar.end), default=-1)
        told = "Each year's release; years behind the last amount are left out."
        return Chart(name=page, title=title, told=told, bars=tuple(bars[: last + 1]))

    def columns(self, page: str, line: str, total: str, title: str) -> Chart:
        """One line across its columns but the total."""
        found = [x for x in self._lines(page) if x.name == line]
        bars = [
            self._bar(Address(page, x.id, c.number), 0, f"{c.over} {c.caption}".strip())
            for x in found
            for c in x.columns
            if c.name != total
        ]
        return Chart(name=f"{page}_by_line", title=title, told=_SHARES, bars=self._shown(bars))

    def roll(self, page: str, closing: str, column: str, title: str) -> Chart:
        """From the opening to the closing balance, step by step."""
        cell = self._cell(page, closing, column)
        bars: list[Bar] = []
        running = 0
        for at, (address, sign) in enumerate(self._parts(cell)):
            bar = self._bar(address, running, sign=sign, is_total=not at)
            running = bar.end
            bars += [bar] if bar.start != bar.end or not at else []
        if cell is None or not self.statement[cell].figure:
            return Chart(name=f"{page}_roll", title=title, told=_ROLL, bars=())
        rest = self.statement[cell].figure - running
        if rest:
            caption = "Not explained by the steps"
            shown = format_figure(rest)
            bars.append(
                Bar(caption=caption, place="", shown=shown, start=running, end=running + rest)
            )
        bars.append(self._bar(cell, 0, is_total=True))
        return Chart(name=f"{page}_roll", title=title, told=_ROLL, bars=tuple(bars))

    # -- bars -----------------------------------------------------------------------------

    def _bar(
        self,
        address: Address,
        start: int,
        caption: str = "",
        *,
        sign: int = 1,
        is_total: bool = False,
    ) -> Bar:
        cell = self.statement[address]
        told = caption or self._caption(address)
        return Bar(
            caption=f"less {told}" if sign < 0 and not told.startswith("Deduct") else told,
            place=str(address),
            shown=cell.shown,
            start=start,
            end=start + sign * cell.figure,
            is_total=is_total,
        )

    def _caption(self, address: Address) -> str:
        """A line's caption without its rules; one that says only where it is from, below its head's."""
        told = _without_rules(caption_of(self.statement, address))
        if not told.startswith(("Part ", "Section ")):
            return told
        number = address.line.partition(".")[0]
        lines = self.statement.blank.pages[address.page].lines
        heads = [line.caption for line in lines if line.role is Role.HEAD and line.number == number]
        return " ".join([*heads, told])

    def _shown(self, bars: Sequence[Bar]) -> tuple[Bar, ...]:
        """The bars that have an amount, the largest first."""
        return tuple(sorted((b for b in bars if b.end), key=lambda b: -abs(b.end)))

    # -- what belongs together ------------------------------------------------------------

    def _lines(self, page: str) -> list[FormLine]:
        form = self.statement.blank.pages.get(page)
        is_there = page in self.statement.pages - self.statement.none_pages
        return [line for line in form.lines if line.has_figures] if form and is_there else []

    def _number(self, line: FormLine, column: str) -> str:
        return next((c.number for c in line.columns if c.name == column), "")

    def _cell(self, page: str, line: str, column: str) -> Address | None:
        found = next((x for x in self._lines(page) if x.name == line), None)
        return Address(page, found.id, self._number(found, column)) if found else None

    def _parts(self, cell: Address | None) -> list[tuple[Address, int]]:
        """The lines of its page that a cell is made of, in page order, each with its sign."""
        if cell is None:
            return []
        order = self.statement.blank.pages[cell.page].position
        return sorted(self._leaves(cell, 1), key=lambda leaf: order[leaf[0].line])

    def _leaves(self, cell: Address, sign: int) -> Iterator[tuple[Address, int]]:
        rule = self._down.get(Address(cell.page, cell.line))
        if rule is None:
            yield cell, sign
            return
        for place, weight in rule.right:
            if isinstance(place, Address):
                yield from self._leaves(Address(cell.page, place.line, cell.column), sign * weight)

    @cached_property
    def _down(self) -> dict[Address, Equation]:
        """For each line the rule that adds other lines of its page in one column."""
        found: dict[Address, Equation] = {}
        for equation in self.statement.blank.equations:
            left = equation.left
            if _adds_down(equation) and not left.inset:
                found.setdefault(Address(left.page, left.line), equation)
        return found


def _adds_down(equation: Equation) -> bool:
    """Whether a rule adds lines of its own page and column; write-ins' details are not lines."""
    left = equation.left
    return (
        len(equation.right) > 1
        and equation.scale == 1
        and not equation.left_rest
        and all(
            isinstance(place, Address)
            and (place.page, place.column, place.inset) == (left.page, left.column, 0)
            and place.line != left.line
            for place, _ in equation.right
        )
    )


def _without_rules(caption: str) -> str:
    """A caption without its parentheses: a chart's rows are read at a glance."""
    for inside in parentheses(caption):
        if any(sign.isdigit() or sign == "…" for sign in inside):
            caption = caption.replace(f"({inside})", "")
    return " ".join(caption.split()).replace(" ,", ",").rstrip(",")
