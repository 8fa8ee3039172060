"""What a page prints, before anyone decides how it looks."""

from dataclasses import dataclass
from enum import StrEnum

from jurat.blanks import Slot
from jurat.money import Kind
from jurat.words import Address


class Boxes(StrEnum):
    """How a cell is printed that somebody ticks."""

    NONE = "none"
    ONE = "one box"
    YES_NO = "yes, no"
    YES_NO_NA = "yes, no, n/a"

    @classmethod
    def of(cls, kind: Kind) -> "Boxes":
        """The boxes of a kind of cell."""
        return {Kind.YES_NO: cls.YES_NO, Kind.YES_NO_NA: cls.YES_NO_NA}.get(kind, cls.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A stretch of print: the form's own words, or what a cell holds."""

    text: str
    address: Address | None = None
    """The cell it prints, filled in or blank; None for the form's own words."""
    boxes: Boxes = Boxes.NONE
    is_open: bool = False
    """A blank in a caption that the filer left empty: paper rules it, to be written on."""


Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a row: what the cell holds, and what the form prints around it."""

    address: Address | None
    """None where the form asks nothing, or nothing is filled in."""
    kind: Kind
    asked: Slot | None = None
    """What the form asks here, filled in or blank."""
    before: str = ""
    text: str = ""
    after: str = ""
    boxes: Boxes = Boxes.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a page: number, caption, columns."""

    number: str
    caption: Words
    fields: tuple[Field, ...] = ()
    stub: str = ""
    section: str = ""
    is_head: bool = False
    is_sub: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above a column."""

    number: str = ""
    caption: str = ""
    over: str = ""
    kind: Kind = Kind.TEXT


class Style(StrEnum):
    """How number, caption and first column share the left of a page."""

    JOINED = "number and caption together"
    APART = "number and caption each in a column of their own"
    SECTIONED = "the section's name left of number and caption"
    INLINE = "the number in front of the first amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows below the same column heads."""

    page: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    leads: tuple[Head, ...]
    style: Style = Style.JOINED
    numbers_apart: bool = False
    """Whether the numbers of the columns are printed on a line of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A line of an interrogatory with its answer, if it has one."""

    page: str
    number: str
    caption: Words
    answer: Field | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text: a note, or a line of the cover."""

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A line of a page's title."""

    text: str
    is_main: bool = False
    """Whether it is the title by which the page is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """NONE, printed where the filer has nothing to report."""

    page: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A blank line."""


Block = Grid | Question | Paragraph | Title | Stamp | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of paper: what is printed on it, its number, and whether the running head is."""

    number: str
    blocks: tuple[Block, ...]
    has_running_head: bool = True


def one_line(text: str) -> str:
    """A text as one line of single spaces, as paper holds it."""
    return " ".join(text.split())


def plain(text: str) -> Words:
    """The form's own words."""
    return (Word(text=text),)


def spelled(text: str, boxes: Boxes, ticked: str, empty: str) -> str:
    """A cell as it is printed, its boxes drawn.

    >>> spelled("No", Boxes.YES_NO_NA, "[X]", "[]")
    'Yes [] No [X] N/A []'
    """
    if boxes is Boxes.NONE:
        return text
    if boxes is Boxes.ONE:
        return (ticked if text == "Yes" else empty) if text else ""
    answers = ("Yes", "No", "N/A") if boxes is Boxes.YES_NO_NA else ("Yes", "No")
    return " ".join(f"{answer} {ticked if answer == text else empty}" for answer in answers)
