"""A leaf of legal paper in the making: what stands where, before a library draws it.

Places are in points from the upper left corner; `y` of a text is its baseline.
"""

from dataclasses import dataclass, field

from jurat.publishing.layout import Strip
from jurat.publishing.pdf.faces import width_of
from jurat.statement import STATE_WORDS, CellState
from jurat.words import Address, require

LONG, SHORT = 14 * 72.0, 8.5 * 72.0
SIDE, TOP, BOTTOM = 30.0, 34.0, 34.0
OPEN = "\u00a0"
"""Stands for a stretch of a blank that is left open to write on: it is ruled, not printed."""


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of print."""

    x: float
    y: float
    words: str
    size: float
    bold: bool = False
    grey: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line; a dotted one leads the eye from a caption to its figures."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float = 0.5
    dotted: bool = False
    grey: float = 0.0


@dataclass(frozen=True, slots=True)
class Tint:
    """A light ground under a cell that nobody could read, or that nobody knows."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell stands: the leaf, counted from 0, and its print's left end, right end, baseline."""

    leaf: int
    left: float
    right: float
    y: float


@dataclass
class Leaf:
    """One side of paper."""

    number: str
    width: float
    height: float
    titles: tuple[str, ...] = ()
    """The pages of the blank that begin on it, by title, for the outline."""
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    tints: list[Tint] = field(default_factory=list)


class Sheaf:
    """Leaves, and the place of every cell printed on them."""

    def __init__(self) -> None:
        """Begin without paper."""
        self.leaves: list[Leaf] = []
        self.spots: dict[Address, Spot] = {}

    @property
    def leaf(self) -> Leaf:
        """The leaf being printed."""
        return self.leaves[-1]

    def text(self, x: float, y: float, words: str, size: float, *, bold: bool = False) -> float:
        """Print words from their left end; returns where they end."""
        if words.strip():
            self.leaf.texts.append(Text(x, y, words, size, bold))
        return x + width_of(words, size, bold=bold)

    def centred(
        self, middle: float, y: float, words: str, size: float, *, bold: bool = False
    ) -> None:
        """Print words around a middle."""
        self.text(middle - width_of(words, size, bold=bold) / 2, y, words, size, bold=bold)

    def rule(self, x: float, y: float, to_x: float, to_y: float, width: float = 0.5) -> None:
        """Draw a line."""
        self.leaf.rules.append(Rule(x, y, to_x, to_y, width))

    def hair(self, x: float, y: float, to_x: float) -> None:
        """Draw a light line below a row, to keep the eye on it."""
        self.leaf.rules.append(Rule(x, y, to_x, y, 0.25, grey=0.6))

    def lead(self, x: float, y: float, to_x: float) -> None:
        """Lead the eye by dots."""
        if to_x - x > 8:
            self.leaf.rules.append(Rule(x + 3, y, to_x, y, 0.6, dotted=True, grey=0.35))

    def cell(self, x: float, y: float, words: str, size: float, address: Address) -> float:
        """Print what a cell holds; returns where it ends."""
        return self.strip(x, y, Strip().add(words, address), size)

    def strip(self, x: float, y: float, strip: Strip, size: float, *, bold: bool = False) -> float:
        """Print a line of the form's words with cells among them; returns where it ends."""
        at = 0
        for address, start, end in (*strip.cells, (None, len(strip.text), len(strip.text))):
            x = self._words(x, y, strip.text[at:start], size, bold=bold)
            if address is not None:
                left, words = x, strip.text[start:end]
                x = self.text(x, y, words, size, bold=bold)
                self._keep(address, Spot(len(self.leaves) - 1, left, x, y), words, size)
            at = end
        return x

    def _keep(self, address: Address, spot: Spot, words: str, size: float) -> None:
        """Remember where a cell stands; a ground is laid under one that holds no answer."""
        require(address not in self.spots, f"{address} is printed twice")
        self.spots[address] = spot
        if words in MARKED:
            top, width = spot.y - ASCENT_TINT * size, spot.right - spot.left
            self.leaf.tints.append(Tint(spot.left - 1, top, width + 2, size))

    def _words(self, x: float, y: float, words: str, size: float, *, bold: bool) -> float:
        """Print the form's own words; what is left open is ruled."""
        at = 0
        while at < len(words):
            is_open = words[at] == OPEN
            end = at
            while end < len(words) and (words[end] == OPEN) == is_open:
                end += 1
            if is_open:
                to_x = x + width_of(words[at:end], size, bold=bold)
                self.rule(x + 1, y + 1, to_x - 1, y + 1, 0.4)
                x = to_x
            else:
                x = self.text(x, y, words[at:end], size, bold=bold)
            at = end
        return x


MARKED = frozenset({STATE_WORDS[CellState.UNREAD], STATE_WORDS[CellState.UNKNOWN]})
ASCENT_TINT = 0.78
