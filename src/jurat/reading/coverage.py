"""Where every number token of a document went: in a cell, or named as something else."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from jurat.reading.document import LONGEST_LINE, Document
from jurat.reading.pages import COVER, Region
from jurat.reading.reading import Coverage
from jurat.reading.rows import PageRows

CELL, LINE_NUMBER, LABEL, FURNITURE, COVER_TEXT = (
    "cell",
    "line number",
    "label",
    "furniture",
    "cover",
)
BROKEN = "broken figure"
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+")


@dataclass
class Used:
    """Stretches of print that a reading took, by line."""

    spans: dict[int, list[tuple[int, int, str]]] = field(default_factory=lambda: defaultdict(list))
    raws: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def span(self, line: int, start: int, end: int, what: str = CELL) -> None:
        """Columns `start` to `end` of a line are taken."""
        self.spans[line].append((start, end, what))

    def raw(self, line: int, text: str) -> None:
        """A text is taken, wherever on the line it stands."""
        self.raws[line].append(text)

    def rows(self, page_rows: PageRows) -> None:
        """The labels and captions of a page's rows are taken; a broken figure is not."""
        for row in page_rows.rows:
            offset, broken = row.leftover
            if broken:
                line, column = row.place(offset)
                self.span(line, column, column + len(broken), BROKEN)
            for start, line, column in row.origins:
                following = [o[0] for o in row.origins if o[0] > start]
                end = (following[0] - 1 if following else len(row.text)) - start + column
                label_end = max(0, row.label_end - start) + column if start == 0 else column
                self.span(line, column, label_end, LINE_NUMBER)
                is_name = row.line is None or not row.line.caption
                self.span(line, label_end, end, CELL if is_name else LABEL)


def cover_tokens(document: Document, regions: Iterable[Region], used: Used) -> Coverage:
    """Account for every number token of a document."""
    page_of = {line.number: region for region in regions for line in region.lines}
    counts: Counter[str] = Counter()
    unplaced = []
    texts = {line.number: line.text for line in document.lines}
    for number, column, token in document.tokens:
        what = _place(page_of.get(number), used, texts[number], number, column, token)
        if what:
            counts[what] += 1
        else:
            unplaced.append((number, column + 1, token))
    return Coverage(tokens=len(document.tokens), placed=dict(counts), unplaced=tuple(unplaced))


def _place(
    region: Region | None, used: Used, text: str, number: int, column: int, token: str
) -> str:
    if len(text) > LONGEST_LINE or region is None:
        return ""
    if number in region.furniture:
        return FURNITURE
    spans = used.spans.get(number, ())
    for wanted in (BROKEN, CELL, LINE_NUMBER, LABEL):
        if any(start <= column < end and what == wanted for start, end, what in spans):
            return "" if wanted == BROKEN else wanted
    if any(token in raw for raw in used.raws.get(number, ())):
        return CELL
    if region.page == COVER:
        return COVER_TEXT if len(region.lines) < 400 and not _AMOUNT.fullmatch(token) else ""
    return "" if _AMOUNT.search(token) or (spans and _stands_alone(text, column, token)) else LABEL


def _stands_alone(text: str, column: int, token: str) -> bool:
    """Whether a number stands beside a row's caption as a figure would."""
    before, after = text[:column].rstrip(" (-$"), text[column + len(token) :].lstrip(" )")
    return (before.endswith(("\t", "  ")) or not before) and (not after or after[0] in "\t ")
