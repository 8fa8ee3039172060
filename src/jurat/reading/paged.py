"""A PDF as a document: its visible words set on lines, column for column as they stand."""

import json
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from jurat.reading import glyphs
from jurat.reading.document import Document, TextLine, plain_line
from jurat.words import ReadError

LARGEST = 64 * 2**20
LONGEST = 600
"""Seconds a PDF may take."""
PITCH = 0.17
"""The width of a column of print, in heights of type: less than any letter but the narrowest takes."""
ONE_SPACE = 0.6
"""Heights of type up to which words stand in one phrase; figures never share one."""
ON_LINE = 0.3
STAMP = 1.8
"""A word so many times as high as its page's type stands on a line of its own: it is a stamp."""
PARAGRAPH = 1.75
"""How much wider than most a gap between lines must be to part paragraphs."""
_SIGNS = frozenset("$%*")
_LIKE_FIGURE = frozenset("0123456789,.()$%-")


@dataclass(frozen=True, slots=True)
class Word:
    """A visible word: its left and right end, its baseline from the top, the height of its type."""

    text: str
    left: float
    right: float
    y: float
    size: float

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure, or XXX where one would stand."""
        has_digit = any(sign.isdigit() for sign in self.text)
        return self.text == "XXX" or (has_digit and _LIKE_FIGURE.issuperset(self.text))

    @property
    def is_leader(self) -> bool:
        """Whether dots lead on from it to what stands in the next column."""
        return self.text.endswith("...")

    @property
    def is_mark(self) -> bool:
        """Whether it is a sign printed beside a figure."""
        return self.text in _SIGNS or (len(self.text) == 3 and self.text[0] + self.text[2] == "()")


def is_pdf(path: Path) -> bool:
    """Whether a file is a PDF, by its first bytes or its name."""
    try:
        with path.open("rb") as file:
            return file.read(5) == b"%PDF-" or path.suffix.lower() == ".pdf"
    except OSError:
        return False


def open_pdf(path: Path) -> Document:
    """The visible print of a PDF as lines on which every figure keeps its column.

    Raises  ReadError when it is broken, encrypted, too large, or holds pictures of pages only.
    """
    if path.stat().st_size > LARGEST:
        raise ReadError(
            f"{path} holds {path.stat().st_size:,} bytes, more than a statement's PDF can.",
            why=f"Files above {LARGEST:,} bytes are refused before they are opened.",
            next="Print the separate accounts statement alone to a PDF.",
        )
    seen = _seen(path)
    pages = [[Word(*word) for word in page["words"]] for page in seen]
    if not any(pages):
        raise _without_print(path, pictures=any(page["pictures"] for page in seen))
    return _document(path.name, pages)


# -- the process that opens it -------------------------------------------------------------


def _seen(path: Path) -> list[dict[str, Any]]:
    """What `glyphs`, in a process of its own, saw."""
    command = [sys.executable, "-I", glyphs.__file__, str(path.resolve())]
    try:
        done = subprocess.run(  # noqa: S603 (our own file, and a path as its only argument)
            command, capture_output=True, timeout=LONGEST, check=False
        )
        answers = [json.loads(line) for line in done.stdout.splitlines()]
    except (subprocess.TimeoutExpired, ValueError):
        answers = []
    last = answers.pop() if answers else {}
    if "end" in last:
        return answers
    raise _refused(path, last.get("fault", ""), last.get("said", ""))


def _refused(path: Path, fault: str, said: str) -> ReadError:
    """The error for what the process answered; it answers nothing when it met its bounds."""
    match fault:
        case glyphs.ENCRYPTED:
            return ReadError(
                f"{path} is encrypted: a password is needed to open it.",
                next="Save it without a password, for example by `qpdf --decrypt`.",
            )
        case glyphs.BROKEN:
            return ReadError(
                f"{path} is no PDF that can be opened: {said}",
                next="Try `qpdf --check` on it, or print it to a new PDF.",
            )
        case glyphs.EMPTY:
            return ReadError(f"{path} has no pages.", next="Print the statement to a PDF again.")
        case glyphs.TOO_MANY:
            return ReadError(
                f"{path} has {said} pages, more than {glyphs.MOST_PAGES:,}.",
                next="Print the separate accounts statement alone to a PDF.",
            )
        case glyphs.TOO_LARGE:
            return ReadError(
                f"{path}: page {said} is larger than any paper.",
                why="A page without bounds can be drawn only in memory without bounds.",
                next="Print it to a new PDF on legal paper.",
            )
    return ReadError(
        f"{path} could not be opened within {glyphs.MEMORY >> 20:,} MiB and {LONGEST} seconds.",
        why="A PDF may be small and yet fill a machine's memory.",
        next="Print it to a new PDF, and read that.",
    )


def _without_print(path: Path, *, pictures: bool) -> ReadError:
    if pictures:
        return ReadError(
            f"{path} holds pictures of pages and no print.",
            why="A figure that is only a picture has to be recognized first, and may be wrong.",
            next="Run text recognition on it, for example `ocrmypdf`, and read its text output.",
        )
    return ReadError(
        f"{path} has no visible print.", next="Give the PDF of a filed statement, or its text."
    )


# -- lines ---------------------------------------------------------------------------------


def _document(name: str, pages: list[list[Word]]) -> Document:
    """All pages as one document on one pitch, so that columns go on from page to page."""
    sizes = [median(word.size for word in words) for words in pages if words]
    pitch = max(0.5, PITCH * min(sizes))
    left = min(word.left for words in pages for word in words)
    lines: list[TextLine] = []
    begins = []
    for words in pages:
        begins.append(len(lines) + 1)
        for text in _page_lines(words, left, pitch):
            lines.append(TextLine(len(lines) + 1, plain_line(text)))
    return Document(name, tuple(lines), page_begins=tuple(begins))


def _page_lines(words: list[Word], left: float, pitch: float) -> list[str]:
    """A page's lines from top to bottom; an empty one where paragraphs part."""
    rows = _rows(words)
    if not rows:
        return []
    gaps = sorted(below[0].y - row[0].y for row, below in pairwise(rows))
    usual = gaps[len(gaps) // 3] if gaps else 0.0
    lines = []
    for row, below in pairwise([*rows, []]):
        lines.append(_line(row, left, pitch))
        if below and below[0].y - row[0].y > PARAGRAPH * max(usual, row[0].size):
            lines.append("")
    return [*lines, ""]


def _rows(words: list[Word]) -> list[list[Word]]:
    """Words on one baseline, from left to right; a stamp stands alone."""
    if not words:
        return []
    usual = median(word.size for word in words)
    print_ = sorted((w for w in words if w.size < STAMP * usual), key=lambda w: (w.y, w.left))
    stamps = sorted((w for w in words if w.size >= STAMP * usual), key=lambda w: (w.y, w.left))
    rows: list[list[Word]] = []
    for group in (print_, stamps):
        begun = len(rows)
        for word in group:
            if len(rows) > begun and word.y - rows[-1][0].y < ON_LINE * min(
                word.size, rows[-1][0].size
            ):
                rows[-1].append(word)
            else:
                rows.append([word])
    return sorted(
        (sorted(row, key=lambda word: word.left) for row in rows), key=lambda row: row[0].y
    )


def _line(row: list[Word], left: float, pitch: float) -> str:
    """A line of print: phrases from their left end, figures up to their right."""
    text = ""
    for phrase in _phrases(row):
        words = " ".join(word.text for word in phrase)
        if all(word.is_figure or word.is_mark for word in phrase):
            start = round((phrase[-1].right - left) / pitch) - len(words)
        else:
            start = round((phrase[0].left - left) / pitch)
        gap = 2 if text else 0
        text += " " * max(gap, start - len(text)) + words
    return text


def _phrases(row: list[Word]) -> list[list[Word]]:
    phrases: list[list[Word]] = []
    for word in row:
        last = phrases[-1][-1] if phrases else None
        limit = ONE_SPACE * word.size
        if last is not None and (last.is_leader or (last.is_figure and word.is_figure)):
            limit = 0.0
        if last is not None and word.left - last.right <= limit:
            phrases[-1].append(word)
        else:
            phrases.append([word])
    return phrases
