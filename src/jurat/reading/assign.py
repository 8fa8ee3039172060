"""Which printed figure belongs in which column: the one way that the print shows, or every way it allows."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from jurat.blanks import Slot
from jurat.money import Kind
from jurat.reading.document import TextLine
from jurat.reading.figures import Run, Token, read_run
from jurat.reading.row import Field, Row
from jurat.words import Address

MOST_OPTIONS = 240
NEAR = 3
"""How many columns of print a figure may stand off its column's edge."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure with the place where it is printed."""

    token: Token
    line: int
    column: int
    end: int
    slot: int | None
    seen: str


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read a row: its figures by cell."""

    cells: tuple[tuple[Address, Printed], ...]
    oddity: int
    """How unlikely the print makes it; the least odd is read when nothing decides."""

    def __str__(self) -> str:
        """The figures by column, as a doubt shows them."""
        return " ".join(f"{a.column or a.line}={p.token.text}" for a, p in self.cells) or "blank"


@dataclass(frozen=True, slots=True)
class Reading:
    """A row's options; a single one when the print leaves no doubt."""

    row: Row
    slots: tuple[Slot, ...]
    options: tuple[Option, ...]
    seen: str
    is_repaired: bool
    """Whether even the first option needs more than taking the print as it stands."""
    reason: str = ""


def read_row(
    row: Row, slots: Sequence[Slot], edges: dict[str, int], columns: Sequence[str]
) -> Reading:
    """Every way to place a row's figures in its cells.

    `slots` are the cells of the line in column order; `columns` all columns of the page, which tab cells
    count; `edges` the right-hand edge of each column in print, where the page shows it.
    """
    kinds = tuple(dict.fromkeys(slot.kind for slot in slots if slot.kind.is_figure)) or (
        Kind.MONEY,
    )
    runs = [(field, read_run(field.text, kinds)) for field in row.fields if field.text.strip()]
    runs = [(field, run) for field, run in runs if run.readings != ((),)]
    seen = " ".join(field.text for field in row.fields if field.text.strip())
    if any(not run.readings for _, run in runs):
        return Reading(row, tuple(slots), (), seen, is_repaired=True, reason="not figures")
    if (direct := _direct(row, runs, slots, columns)) is not None:
        return Reading(row, tuple(slots), (direct,), seen, is_repaired=_has_half(direct))
    if not row.has_tabs and (direct := _by_edges(runs, slots, edges)) is not None:
        return Reading(row, tuple(slots), (direct,), seen, is_repaired=_has_half(direct))
    options = sorted(
        _every(runs, slots, edges if not row.has_tabs else {}), key=lambda option: option.oddity
    )
    glued = any(len(reading) > 1 for _, run in runs for reading in run.readings)
    reason = "figures run together" if glued else "blank columns left out"
    certain = len(options) == 1 and not glued and not _has_half(options[0])
    return Reading(
        row,
        tuple(slots),
        tuple(options[:MOST_OPTIONS]),
        seen,
        is_repaired=not certain,
        reason=reason,
    )


def _has_half(option: Option) -> bool:
    return any(printed.token.is_half_bracketed for _, printed in option.cells)


def _printed(field: Field, run: Run, token: Token) -> Printed:
    return Printed(
        token,
        field.line,
        field.start + token.start,
        field.start + token.end,
        field.slot,
        run.text.strip(),
    )


def _direct(
    row: Row, runs: list[tuple[Field, Run]], slots: Sequence[Slot], columns: Sequence[str]
) -> Option | None:
    """The reading when every tab cell is its own column."""
    if not all(len(run.readings) == 1 and len(run.readings[0]) == 1 for _, run in runs):
        return None
    tokens = [_printed(field, run, run.readings[0][0]) for field, run in runs]
    if len(slots) == 1 and len(tokens) == 1:
        return (
            Option(((slots[0].address, tokens[0]),), 0)
            if _compatible(tokens[0].token, slots[0])
            else None
        )
    if not row.has_tabs or any(printed.slot is None for printed in tokens):
        return None
    cells = sorted(
        {field.slot: field.text for field in row.fields if field.slot is not None}.items()
    )
    texts = [text for _, text in cells]
    while len(texts) > len(columns) and not texts[-1].strip():
        texts.pop()
    spare = len(texts) - len(columns)
    if spare < 0 or any(text.strip() for text in texts[:spare]):
        return None
    by_column = {slot.address.column: slot for slot in slots}
    placed = []
    for printed in tokens:
        assert printed.slot is not None
        at = printed.slot - spare
        slot = by_column.get(columns[at]) if 0 <= at < len(columns) else None
        if slot is None or not _compatible(printed.token, slot):
            return None
        placed.append((slot.address, printed))
    return Option(tuple(placed), 0)


def _by_edges(
    runs: list[tuple[Field, Run]], slots: Sequence[Slot], edges: dict[str, int]
) -> Option | None:
    """The reading when every figure ends at the edge of a column of its own."""
    if not edges or not all(len(run.readings) == 1 for _, run in runs):
        return None
    placed: dict[Address, Printed] = {}
    for field, run in runs:
        for token in run.readings[0]:
            printed = _printed(field, run, token)
            ends = (printed.end, field.end) if token is run.readings[0][-1] else (printed.end,)
            near = [
                slot
                for slot in slots
                if slot.address.column in edges
                and any(abs(edges[slot.address.column] - end) <= NEAR for end in ends)
            ]
            if len(near) != 1 or near[0].address in placed or not _compatible(token, near[0]):
                return None
            placed[near[0].address] = printed
    return Option(tuple(placed.items()), 0)


def _compatible(token: Token, slot: Slot) -> bool:
    if token.is_xxx or slot.is_xxx:
        return token.is_xxx and (slot.is_xxx or slot.kind is Kind.MONEY)
    return token.kind is slot.kind


def _every(
    runs: list[tuple[Field, Run]], slots: Sequence[Slot], edges: dict[str, int]
) -> Iterator[Option]:
    made = 0
    for combination in product(*(run.readings for _, run in runs)):
        tokens = [
            _printed(field, run, token)
            for (field, run), reading in zip(runs, combination, strict=True)
            for token in reading
        ]
        for placed in _in_order(tokens, slots, 0):
            yield Option(tuple(placed), _oddity(tokens, placed, slots, edges))
            made += 1
            if made >= 4 * MOST_OPTIONS:
                return


def _in_order(
    tokens: list[Printed], slots: Sequence[Slot], start: int
) -> Iterator[list[tuple[Address, Printed]]]:
    """Every way to give figures to columns that keeps their order."""
    if not tokens:
        yield []
        return
    for at in range(start, len(slots) - len(tokens) + 1):
        if _compatible(tokens[0].token, slots[at]):
            for rest in _in_order(tokens[1:], slots, at + 1):
                yield [(slots[at].address, tokens[0]), *rest]


def _oddity(
    tokens: list[Printed],
    placed: list[tuple[Address, Printed]],
    slots: Sequence[Slot],
    edges: dict[str, int],
) -> int:
    """Half brackets are odd, XXX where the form prints none too; so is standing far from a column's edge."""
    xxx = {slot.address for slot in slots if slot.is_xxx}
    odd = 4 * sum(printed.token.is_half_bracketed for _, printed in placed)
    odd += 8 * sum(printed.token.is_xxx and address not in xxx for address, printed in placed)
    odd += 2 * max(0, len(tokens) - 1)
    order = {slot.address: number for number, slot in enumerate(slots)}
    odd += sum(order[address] - number for number, (address, _) in enumerate(placed))
    return odd + sum(min(abs(edges.get(a.column, p.end) - p.end), 40) // 8 for a, p in placed)


def column_edges(
    rows: Sequence[tuple[Row, Sequence[Slot]]], heads: dict[str, float]
) -> dict[str, int]:
    """The right-hand edge of each column in print.

    Rows that fill every column they ask for tell it; where none does, the edge at which figures end
    most often between a column's head and the next. `heads` are the middles of the printed column numbers.
    """
    full: dict[str, list[int]] = {}
    ends: Counter[int] = Counter()
    for row, slots in rows:
        figures = [slot for slot in slots if slot.kind.is_figure]
        kinds = tuple(dict.fromkeys(slot.kind for slot in figures)) or (Kind.MONEY,)
        runs = [(field, read_run(field.text, kinds)) for field in row.fields if field.text.strip()]
        plain = [
            field.start + run.readings[0][0].end
            for field, run in runs
            if len(run.readings) == 1 and len(run.readings[0]) == 1
        ]
        ends.update(plain)
        if len(plain) == len(figures) == len([run for _, run in runs if run.readings != ((),)]):
            for slot, end in zip(figures, plain, strict=True):
                full.setdefault(slot.address.column, []).append(end)
    edges = {column: sorted(places)[len(places) // 2] for column, places in full.items()}
    return {**_edges_below(heads, ends), **edges}


def _edges_below(heads: dict[str, float], ends: "Counter[int]") -> dict[str, int]:
    """For each head the edge at which most figures end, right of its middle and left of the next head's."""
    order = sorted(heads.items(), key=lambda head: head[1])
    edges = {}
    for place, (column, middle) in enumerate(order):
        stop = order[place + 1][1] if place + 1 < len(order) else float("inf")
        below = [(count, -end) for end, count in ends.items() if middle <= end < stop]
        if below:
            edges[column] = -max(below)[1]
    return edges


def edges_by_line(
    rows: Sequence[tuple[Row, Sequence[Slot]]], heads: Sequence[tuple[int, dict[str, float]]]
) -> list[tuple[int, dict[str, int]]]:
    """The edges of the columns from each line on: a new leaf may print the same columns elsewhere.

    Every line that numbers the columns begins a stretch of rows; a page that numbers none is one.
    """
    if len(heads) < 2:
        return [(0, column_edges(rows, heads[0][1] if heads else {}))]
    starts = [0, *(line for line, _ in heads[1:])]
    found = []
    for (_, middles), start, stop in zip(heads, starts, [*starts[1:], float("inf")], strict=True):
        below = [(row, slots) for row, slots in rows if start <= row.number < stop]
        found.append((start, column_edges(below, middles)))
    return found


def column_heads(
    loose: Sequence[TextLine], columns: Sequence[str]
) -> list[tuple[int, dict[str, float]]]:
    """Each line that prints the numbers of the columns and nothing else, with their middles.

    A column of captions, which holds no figures, may be numbered before them.
    """
    wanted = [number for number in columns if number]
    heads = []
    for line in loose:
        found = list(re.finditer(r"\S+", line.text[:5_000]))
        numbers = [match[0] for match in found]
        is_numbered = len(numbers) > 1 and "\t" not in line.text
        if is_numbered and numbers[-len(wanted) :] == wanted[-len(numbers) :]:
            middles = {match[0]: (match.start() + match.end()) / 2 for match in found}
            heads.append((line.number, middles))
    return heads
