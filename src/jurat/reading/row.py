"""A row as the document prints it: its label, its words, its figures, and where each of them stands."""

import re
from dataclasses import dataclass, field

from jurat.blanks import FormLine, Role, RowGroup
from jurat.money import Kind
from jurat.reading.captions import Match

_BROKEN = re.compile(r"(?<!\S)\S*\d,\w\S*")


@dataclass(frozen=True, slots=True)
class Field:
    """A stretch of print beside a caption; `slot` is its place among the row's tab cells, if it has one."""

    text: str
    line: int
    start: int
    slot: int | None = None
    cell: int = 0
    """How many tabs stand before it on its line."""

    @property
    def end(self) -> int:
        """The column behind its last sign."""
        return self.start + len(self.text.rstrip())


@dataclass(slots=True)
class Row:
    """A line of the blank as the document prints it."""

    id: str
    line: FormLine | None
    group: RowGroup | None = None
    key: int = 0
    text: str = ""
    """The print from label to figures, wrapped lines joined by a line break."""
    label_end: int = 0
    origins: list[tuple[int, int, int]] = field(default_factory=list)
    """Where stretches of `text` stand in the document: offset in text, line, column."""
    fields: list[Field] = field(default_factory=list)
    match: Match | None = None
    number: int = 0
    has_tabs: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the caption goes on in the next printed line."""
        return self.match is not None and not self.match.is_complete

    @property
    def name(self) -> str:
        """The filer's own words: a write-in's name, a row's text."""
        return (
            " ".join(self.text[self.label_end :].split()).rstrip(" .")
            if self.line is None or (self.line.role is Role.WRITE_IN)
            else ""
        )

    @property
    def has_words_apart(self) -> bool:
        """Whether more than one of its columns holds the filer's own words."""
        kinds = [column.kind for column in self.group.columns] if self.group else []
        return kinds.count(Kind.TEXT) > 1

    @property
    def leftover(self) -> tuple[int, str]:
        """Print behind the whole caption that should be a figure and is none: its offset and text."""
        if self.match is None or not self.match.is_complete:
            return 0, ""
        broken = _BROKEN.search(self.text, self.match.end)
        return (broken.start(), broken[0]) if broken else (0, "")

    def place(self, offset: int) -> tuple[int, int]:
        """The document's line and column for a place in the row's text."""
        start, line, column = next(o for o in reversed(self.origins) if o[0] <= offset)
        return line, column + offset - start
