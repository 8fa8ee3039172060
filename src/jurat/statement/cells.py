"""A cell of a statement: what it holds, in which state, and why."""

from dataclasses import dataclass
from enum import StrEnum

from jurat.money import Kind, format_figure
from jurat.words import Address


class CellState(StrEnum):
    """Five different things that must never be mixed."""

    VALUE = "value"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    UNREAD = "unread"


STATE_WORDS = {
    CellState.NOT_APPLICABLE: "XXX",
    CellState.UNREAD: "(unread)",
    CellState.UNKNOWN: "(unknown)",
}
"""What stands in a cell that holds neither a figure, words nor a blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What a reader saw, what it chose, what proves it, what it turned down."""

    seen: str
    chosen: str
    proof: str
    rejected: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One sentence."""
        against = f"; rejected: {', '.join(self.rejected)}" if self.rejected else ""
        return f"saw {self.seen!r}, chose {self.chosen!r} because {self.proof}{against}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The cell was read off a document."""

    raw: str
    line: int
    repair: Repair | None = None
    place: str = ""
    """Where it stands, when a line number alone does not tell: a sheet and its cell."""

    @property
    def where(self) -> str:
        """The place in words."""
        return self.place or f"line {self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """The cell was filled by a rule of the blank."""

    equation: str
    words: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The cell was given by whoever made the statement."""

    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """The cell adds rows of the records up; the rows are listed when somebody asks."""

    words: str
    """What of them is added: cost, accretion, interest received."""
    among: str
    """What they are: lots, mortgages, contracts."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """The cell was set by hand against what it would have been."""

    reason: str
    who: str
    expires: str
    source: str = ""
    was: "Cell | None" = None
    """The cell that was replaced, with its own reason."""


Because = Read | Computed | Given | Summed | Overridden


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: money in whole dollars, factors in ten-thousandths, percents in tenths."""

    address: Address
    kind: Kind
    state: CellState = CellState.BLANK
    value: int | str | None = None
    because: Because | None = None
    exact: int | None = None
    """Money before it became whole dollars, in millionths of a dollar; nothing where nobody knows."""

    @property
    def figure(self) -> int:
        """The number that rules add; a blank adds as zero, XXX as nothing."""
        return self.value if isinstance(self.value, int) else 0

    @property
    def shown(self) -> str:
        """The cell as the form prints it."""
        if self.state in STATE_WORDS:
            return STATE_WORDS[self.state]
        if isinstance(self.value, int):
            return format_figure(self.value, self.kind)
        return self.value or ""
