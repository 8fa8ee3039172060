"""Which lines of a document belong to which page of the blank."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from jurat.blanks import Blank, Form
from jurat.reading.document import Document, TextLine

COVER = "cover"
SHORT = 14
"""Letters up to which a title might be any word of a page."""


@dataclass(frozen=True, slots=True)
class Region:
    """The lines of one page, its furniture told apart."""

    page: str
    lines: tuple[TextLine, ...]
    furniture: frozenset[int]
    """Numbers of the lines that are titles, running heads and page numbers."""


def folded(text: str) -> str:
    """Letters and digits only, in capitals: what a title is compared by.

    >>> folded("**EXHIBIT 2 - Taxes**")
    'EXHIBIT2TAXES'
    """
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def find_regions(document: Document, blank: Blank) -> list[Region]:
    """Each page's lines in the order of the document; lines before the first title are the cover's."""
    titles = _Titles(blank)
    parts: dict[str, list[TextLine]] = {}
    furniture: dict[str, set[int]] = {}
    page, skip = COVER, 0
    lines = document.lines
    for place, line in enumerate(lines):
        if skip:
            skip -= 1
            furniture[page].add(line.number)
        elif found := titles.at(lines, place):
            page, skip = found[0], found[1] - 1
            furniture.setdefault(page, set()).add(line.number)
        parts.setdefault(page, []).append(line)
        if titles.is_furniture(page, line):
            furniture.setdefault(page, set()).add(line.number)
    return [
        Region(name, tuple(part), frozenset(furniture.get(name, ())))
        for name, part in parts.items()
    ]


class _Titles:
    """The titles of a blank, and how a line is held against them."""

    def __init__(self, blank: Blank) -> None:
        self.blank = blank
        self.by_title: dict[str, str] = {}
        for form in blank.pages.values():
            if form.name == COVER:
                continue
            for title in _spellings(form):
                self.by_title.setdefault(title, form.name)
        self.above = {
            folded(text): form.name for form in blank.pages.values() for text in form.declared.above
        }
        self.running = re.compile(
            r"ANNUALSTATEMENTFORTHEYEAR\d{4}OFTHESEPARATEACCOUNTS|^PAGE\d{1,3}$"
        )
        self.page_number = re.compile(r"\s*(?:SI|E)?\d{1,3}(?:\.\d{1,2})?\s*")
        self.below = {
            form.name: {
                folded(text) for text in (*form.declared.below, *form.declared.above, form.title)
            }
            for form in blank.pages.values()
        }

    def at(self, lines: tuple[TextLine, ...], place: int) -> tuple[str, int] | None:
        """The page whose title begins at a line, and how many lines the title takes."""
        text = lines[place].text
        if not _may_be_title(text):
            return None
        title = folded(text)
        if (above := self.above.get(title)) and self._stands_over(above, lines, place):
            return above, 1
        if (page := self._exact(title)) and (
            len(title) > SHORT or self._is_written_alike(page, text)
        ):
            return page, 1
        if place + 1 < len(lines) and _may_be_title(lines[place + 1].text):
            joined = title + folded(lines[place + 1].text)
            if joined in self.by_title and title and folded(lines[place + 1].text):
                return self.by_title[joined], 2
        near = self._near(title)
        return (near, 1) if near else None

    def _stands_over(self, page: str, lines: tuple[TextLine, ...], place: int) -> bool:
        """Whether the next printed line is the title that a line is printed above."""
        below = (line.text for line in lines[place + 1 : place + 4] if not line.is_blank)
        return self._exact(folded(next(below, ""))) == page

    def _is_written_alike(self, page: str, text: str) -> bool:
        """Whether a short title is in capitals where the form's is: "Assets" may be a column's head."""
        return text.isupper() or not self.blank.pages[page].title.isupper()

    def _exact(self, title: str) -> str | None:
        bare = re.sub(r"(CONTINUED|CONT|CONTD)$", "", title)
        return self.by_title.get(title) or self.by_title.get(bare)

    def _near(self, title: str) -> str | None:
        """The one title that a line misspells by a letter or two."""
        if len(title) < 14:
            return None
        close = [
            (SequenceMatcher(None, title, known).ratio(), page)
            for known, page in self.by_title.items()
            if abs(len(known) - len(title)) <= 2
        ]
        best = sorted(close, reverse=True)[:2]
        alone = len(best) == 1 or best[0][0] - best[1][0] > 0.04 if best else False
        return best[0][1] if best and best[0][0] >= 0.93 and best[0][0] < 1 and alone else None

    def is_furniture(self, page: str, line: TextLine) -> bool:
        """Whether a line is a running head, a page number or a line of the page's titles."""
        text = folded(line.text)
        if not text:
            return False
        if self.running.search(text) or self.page_number.fullmatch(line.text):
            return True
        return text in self.below.get(page, ())


def _spellings(form: Form) -> Iterator[str]:
    title = folded(form.title)
    yield title
    for below in form.declared.below:
        yield title + folded(below)


def _may_be_title(text: str) -> bool:
    """Titles stand alone: no tab, no figures, not very long, not a numbered line."""
    stripped = text.strip()
    return (
        bool(stripped)
        and len(stripped) < 220
        and "\t" not in stripped
        and not re.match(r"[-\s]*\d", stripped)
    )
