"""Why a cell is what it is, and what depends on it: views of single rows of the matrix."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jurat.blanks import PriorCell
from jurat.blanks.equations import Place
from jurat.money import EXACT, Kind, format_exact, format_figure, ratio_in_tenths, round_half_away
from jurat.statement.cells import Cell, CellState, Computed, Given, Overridden, Read, Summed
from jurat.statement.statement import Statement
from jurat.statement.system import Percentage, System
from jurat.words import Address, for_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One cell of a reason tree, with the rule that joins its parts."""

    place: str
    shown: str
    caption: str
    rule: str = ""
    rule_id: str = ""
    sign: int = 1
    evidence: str = ""
    residual: int = 0
    """What the parts leave over, in the unit of `kind`."""
    kind: Kind = Kind.MONEY
    parts: tuple["Reason", ...] = field(default=())


def explain(statement: Statement, address: Address | str, *, depth: int = 12) -> Reason:
    """The reason tree of a cell: the rule that fills it, its parts, down to what was read.

    Raises  UsageError when the blank has no such cell.
    """
    cell = statement[address]
    column = statement.system.index.get(cell.address)
    if column is None:
        return _leaf(statement, cell.address, 1)
    return _explain(statement, column, 1, depth, frozenset())


def _explain(
    statement: Statement, column: int, sign: int, depth: int, above: frozenset[int]
) -> Reason:
    system = statement.system
    place = system.cells[column]
    row = system.filled_by.get(column)
    if depth == 0 or column in above or isinstance(place, PriorCell):
        return _leaf(statement, place, sign)
    if share := system.percentage_of.get(column):
        return _explain_share(statement, share, sign, depth, above)
    if row is None:
        return _leaf(statement, place, sign)
    equation, entries = system.equations[row], system.row(row)
    values, present, _ = statement.vectors
    parts = tuple(
        _explain(statement, cell, -1 if weight > 0 else 1, depth - 1, above | {column})
        for cell, weight in entries[1:]
        if present[cell] or len(entries) == 2
    )
    total = sum(weight * int(values[cell]) for cell, weight in entries) - equation.constant
    if not system.pages_of[row] <= statement.pages_known:
        total = 0  # parts on a page, or in a statement, that is not at hand leave nothing over
    return replace(
        _leaf(statement, place, sign),
        rule=equation.rule,
        rule_id=equation.id,
        residual=round_half_away(total, equation.scale),
        parts=parts,
    )


def _explain_share(
    statement: Statement, share: Percentage, sign: int, depth: int, above: frozenset[int]
) -> Reason:
    """A percentage: its part and its whole, and what is left over, in tenths."""
    system, values = statement.system, statement.vectors[0]
    expected = ratio_in_tenths(int(values[share.part]), int(values[share.whole]))
    return replace(
        _leaf(statement, system.cells[share.left], sign),
        rule=system.words_of(share),
        rule_id=share.id,
        residual=int(values[share.left]) - expected,
        parts=(
            _explain(statement, share.part, 1, depth - 1, above | {share.left}),
            _leaf(statement, system.cells[share.whole], 1),
        ),
    )


def _leaf(statement: Statement, place: Place, sign: int) -> Reason:
    if isinstance(place, PriorCell):
        cell = statement.prior[place.address] if statement.prior else None
        shown = cell.shown if cell else ""
        return Reason(
            place=str(place),
            shown=shown,
            caption="last year's statement",
            sign=sign,
            evidence="" if cell else "last year's statement is not at hand",
        )
    if not isinstance(place, Address):
        return Reason(place=str(place), shown="", caption="", sign=sign)
    cell = statement[place]
    return Reason(
        place=str(place),
        shown=cell.shown or "(blank)",
        caption=caption_of(statement, place),
        sign=sign,
        evidence=evidence_of(statement, place),
        kind=cell.kind,
    )


def caption_of(statement: Statement, address: Address) -> str:
    """The printed caption of a cell's line, with the year in it and the blanks as dots."""
    if address.row > 0:
        return f"row {address.row}"
    line = statement.blank.line(address.page, address.line)
    name = (
        statement.cells.get(Address(address.page, address.line))
        if line is None or not line.caption
        else None
    )
    if name is not None and isinstance(name.value, str):
        return name.value
    if line is None:
        first = statement.cells.get(Address(address.page, address.line, "1"))
        return str(first.value) if first and isinstance(first.value, str) else ""
    return re.sub(r"\$?\{(?!year)\w+(?::\w+)?\}", "…", for_year(line.caption, statement.year))


def evidence_of(statement: Statement, address: Address) -> str:  # noqa: PLR0911  -- one for each reason
    """Where a cell's figure comes from, in words: the line read, the row given, the rule computed."""
    cell = statement[address]
    match cell.because:
        case Read(raw=raw, repair=None) as read:
            return f"read as {raw!r} at {read.where}"
        case Read(repair=repair) as read:
            return f"read at {read.where}: {repair}"
        case Given(source=source):
            return f"given by {source}{_exactly(cell)}" if source else "given"
        case Computed(words=words):
            return f"computed: {words}{_exactly(cell)}"
        case Summed(words=words, among=among, count=count):
            return f"{words} of {count:,} rows of {among}{_exactly(cell)}"
        case Overridden(reason=reason, who=who, expires=expires, was=was):
            instead = f" in place of {was.shown or 'blank'}" if was else ""
            return f"overridden{instead}: {reason} ({who}, until {expires})"
        case None:
            return _why_bare(statement, cell)


def _exactly(cell: Cell) -> str:
    """The cents behind whole dollars, where there are any."""
    if cell.exact is None or cell.exact % EXACT == 0:
        return ""
    return f"; exactly {format_exact(cell.exact)}"


def _why_bare(statement: Statement, cell: Cell) -> str:
    """Why a cell holds nothing that anybody read, gave or computed."""
    if cell.address.page not in statement.pages:
        return "its page is not in the document"
    if cell.state is CellState.BLANK:
        return "left blank"
    return "printed by the form" if cell.state is CellState.NOT_APPLICABLE else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependent:
    """A cell that depends on another, through one equation."""

    place: str
    shown: str
    caption: str
    rule: str
    rule_id: str
    reads: str
    """The nearer cell through which it depends on the first."""
    depth: int


def dependents(statement: Statement, address: Address | str) -> Iterator[Dependent]:
    """Every cell whose rule reads this one, nearest first, then what depends on those."""
    system = statement.system
    start = system.index.get(statement[address].address)
    frontier, seen, depth = ([] if start is None else [start]), {start}, 1
    while frontier:
        following = []
        above = ((cell, *found) for cell in frontier for found in _above(system, cell))
        for cell, left, rule_id, rule in above:
            place = system.cells[left]
            if left in seen or not isinstance(place, Address):
                continue
            seen.add(left)
            following.append(left)
            yield Dependent(
                place=str(place),
                shown=statement[place].shown or "(blank)",
                caption=caption_of(statement, place),
                rule=rule,
                rule_id=rule_id,
                reads=str(system.cells[cell]),
                depth=depth,
            )
        frontier, depth = following, depth + 1


def _above(system: System, cell: int) -> Iterator[tuple[int, str, str]]:
    """The cells whose rule reads a cell, each with the rule's id and words."""
    for row in system.by_cell.get(cell, ()):
        equation = system.equations[row]
        words = equation.rule if equation.fills else equation.words
        yield system.row(row)[0][0], equation.id, words
    for share in system.shares_by_cell.get(cell, ()):
        yield share.left, share.id, system.words_of(share)


def in_print(words: str) -> str:
    """A rule or law as a person reads it: the blanks of a caption by what they hold.

    >>> in_print("NII, Note (a), ${accrual} + Line 2")
    'NII, Note (a), $… accrual + Line 2'
    """
    return _BLANK.sub(lambda found: f"$… {found[1].replace('_', ' ')}", words)


_BLANK = re.compile(r"\$\{(\w+)\}")


def print_reason(reason: Reason, *, width: int = 14) -> list[str]:
    """The tree as indented lines, as a person reads it.

    A part on its own line is told by its column, or by which blank of the caption it fills.
    """
    return list(_print(reason, 0, width))


def _print(reason: Reason, depth: int, width: int, line: str = "") -> Iterator[str]:
    indent = "  " * depth
    sign = "less " if reason.sign < 0 else ""
    name = _within_line(reason.place, line) or reason.caption or reason.place
    head = f"{reason.shown:>{width}}  {indent}{sign}{name}"
    tail = f"[{reason.place}]"
    if reason.rule:
        yield f"{head}  {tail}  = {in_print(reason.rule)}"
        if reason.evidence:
            yield f"{'':>{width}}  {indent}  {reason.evidence}"
    else:
        yield f"{head}  {tail}  {reason.evidence}"
    if reason.residual:
        left_over = format_figure(reason.residual, reason.kind)
        yield f"{left_over:>{width}}  {indent}  not explained by the parts (rounding, or a break)"
    for part in reason.parts:
        yield from _print(part, depth + 1, width, _line_of(reason.place))


def _line_of(place: str) -> str:
    return place.rpartition(":")[0]


def _within_line(place: str, line: str) -> str:
    """Where a cell stands on a line that is already told; nothing for cells elsewhere.

    >>> _within_line("liabilities:3:1", "liabilities:3"), _within_line("imr:2:$1", "imr:2")
    ('column 1', 'blank 1 of the caption')
    """
    where = place.rpartition(":")[2]
    if not line or _line_of(place) != line or not where or "/" in where:
        return ""
    return f"blank {where[1:]} of the caption" if where.startswith("$") else f"column {where}"
