"""How wide each column of a detail schedule is printed, and in which size of type."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import pyarrow.compute as pc

from jurat.money import Kind
from jurat.publishing.details.schedule import EntryKind, Schedule
from jurat.publishing.details.spelling import spelled
from jurat.publishing.pdf.faces import REGULAR, registered, width_of
from jurat.publishing.pdf.paper import LONG, SIDE
from jurat.publishing.pdf.setting import lines_of, longest_word
from jurat.records.tables import BLANK

MARGIN = 2.0
SIZES = (7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0)
WORDS_LEAST, WORDS_MOST = 8.0, 30.0
"""Columns of words have so many ems at least, and no more than that if they can be broken."""
CODE_MOST = 9.0
HEAD_LINES = 7


@cache
def _em(sign: str) -> float:
    width: float = registered()[REGULAR].stringWidth(sign, 1)
    return width


@dataclass(frozen=True, kw_only=True)
class Widths:
    """The columns on paper."""

    size: float
    head_size: float
    edges: tuple[tuple[float, float], ...]
    wrapped: tuple[int, ...]
    """Columns whose words may be broken over lines."""
    captions: tuple[tuple[str, ...], ...]
    label_columns: int
    """How many first columns the caption of a subtotal stands over."""

    def of(self, word: str) -> float:
        """How wide a word is; every figure is another, so letters are added up."""
        return sum(map(_em, word)) * self.size

    @property
    def label_width(self) -> float:
        """Room for the caption of a subtotal."""
        return self.edges[self.label_columns - 1][1] - SIDE - 2 * MARGIN


def fit(schedule: Schedule) -> Widths:
    """The largest type in which every column holds its widest figure, and words have room."""
    ems = _widest(schedule)
    room = LONG - 2 * SIDE
    columns = schedule.columns
    words = [at for at, column in enumerate(columns) if column.kind is Kind.TEXT]
    for size in SIZES:
        head = min(size, 6.0)
        least = [
            max(longest_word(column.caption, head) * 0.75, ems[at] * size) + 2 * MARGIN
            for at, column in enumerate(columns)
        ]
        for at in words:
            least[at] = min(ems[at], WORDS_LEAST) * size + 2 * MARGIN
        if sum(least) <= room or size == SIZES[-1]:
            break
    spare = room - sum(least)
    wants = {
        at: max(0.0, (min(ems[at], WORDS_MOST) * size + 2 * MARGIN) - least[at]) for at in words
    }
    asked = sum(wants.values())
    for at, more in wants.items():
        least[at] += more * min(1.0, spare / asked) if asked else 0.0
    factor = room / sum(least)
    return _made(schedule, [width * factor for width in least], size, head)


def _made(schedule: Schedule, widths: list[float], size: float, head: float) -> Widths:
    ends = np.cumsum([SIDE, *widths]).tolist()
    columns = schedule.columns
    captions: list[tuple[str, ...]] = []
    while True:
        captions = [
            tuple(lines_of(column.caption, width - 2, head))
            for column, width in zip(columns, widths, strict=True)
        ]
        fits = all(
            width_of(line, head) <= width - 1
            for lines, width in zip(captions, widths, strict=True)
            for line in lines
        )
        if (fits and max(map(len, captions)) <= HEAD_LINES) or head <= 3.5:
            break
        head -= 0.25
    figures = [at for at, column in enumerate(columns) if column.kind.is_figure]
    return Widths(
        size=size,
        head_size=head,
        edges=tuple(pairwise(ends)),
        wrapped=tuple(at for at, c in enumerate(columns) if c.kind in (Kind.TEXT, Kind.CODE)),
        captions=tuple(captions),
        label_columns=max(1, figures[0] if figures else 1),
    )


def _widest(schedule: Schedule) -> list[float]:
    """The widest print of each column, in ems, subtotals among them."""
    totals = [entry for entry in schedule.subtotals() if entry.kind is EntryKind.SUBTOTAL]
    return [
        max([_of_rows(schedule, at), 1.2, *(_ems(entry.cells[at]) for entry in totals)])
        for at in range(len(schedule.columns))
    ]


def _ems(word: str) -> float:
    return sum(map(_em, word))


def _of_rows(schedule: Schedule, at: int) -> float:
    """Of figures the largest and the least are the widest; digits are all of one width."""
    column = schedule.columns[at]
    held = schedule.detail.columns.get(column.number)
    if held is None:
        return 0.0
    if not isinstance(held, np.ndarray):
        most = pc.max(pc.utf8_length(held)).as_py() or 0
        longest = held.filter(pc.equal(pc.utf8_length(held), most)).slice(0, 20)
        ems = max(map(_ems, longest.to_pylist()), default=0.0) * 1.1
        return min(ems, CODE_MOST) if column.kind is Kind.CODE else ems
    known = held[held != BLANK]
    if not len(known):
        return 0.0
    ends = np.array([known.max(), known.min()])
    return max(_ems(word.replace("1", "0")) for word in spelled(ends, column.kind)) * 1.02
