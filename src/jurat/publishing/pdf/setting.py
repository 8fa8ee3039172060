"""Breaking strips over lines by the width of their letters."""

import re

from jurat.publishing.blocks import Words, spelled
from jurat.publishing.layout import Strip
from jurat.publishing.pdf.faces import width_of
from jurat.publishing.pdf.paper import OPEN
from jurat.publishing.wrap import breaks_of

TICKED, EMPTY = "[X]", "[ ]"
ROOM_TO_WRITE = 12
_BRACKETS = re.compile(r"\([^()]*\)\S*|\S+")


def strip_of(words: Words) -> Strip:
    """Running words as one strip; a blank the filer left empty is left open."""
    strip = Strip()
    for word in words:
        if word.is_open:
            strip.add(OPEN * ROOM_TO_WRITE)
        else:
            strip.add(spelled(word.text, word.boxes, TICKED, EMPTY), word.address)
    return strip


def set_in(strip: Strip, width: float, size: float, *, bold: bool = False) -> list[Strip]:
    """A strip over lines of a width; a word wider than that stands alone and runs on."""
    text, pieces, start = strip.text, [], 0
    breaks = [*_breaks_of(strip), len(text)]
    while width_of(text[start:], size, bold=bold) > width:
        end = 0
        for place in breaks:
            if place <= start:
                continue
            if end and width_of(text[start:place], size, bold=bold) > width:
                break
            end = place
        if end in (0, len(text)):
            break
        pieces.append(_part(strip, start, end))
        start = end + 1
    return [*pieces, _part(strip, start, len(text))]


def _breaks_of(strip: Strip) -> list[int]:
    """The spaces at which a strip may be broken: not in a figure, nor behind its dollar sign."""
    long = [
        (s, e) for _, s, e in strip.cells if " " in strip.text[s:e] and "[" not in strip.text[s:e]
    ]
    inside = [place for s, e in long for place in range(s, e) if strip.text[place] == " "]
    return sorted({*breaks_of(strip), *inside})


def _part(strip: Strip, start: int, end: int) -> Strip:
    """A stretch of a strip; a cell that goes on over lines is placed where it begins."""
    piece = Strip(strip.text[start:end])
    piece.cells = [
        (address, begun - start, min(ended, end) - start)
        for address, begun, ended in strip.cells
        if start <= begun < end
    ]
    return piece


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The form's words over lines of a width; brackets stay together where a line holds them."""
    lines: list[str] = []
    for word in _kept_together(text, width, size, bold=bold):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _kept_together(text: str, width: float, size: float, *, bold: bool) -> list[str]:
    found: list[str] = []
    for word in _BRACKETS.findall(text):
        fits = width_of(word, size, bold=bold) <= width
        found += [word] if fits else word.split()
    return found


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the widest word of a text is."""
    return max((width_of(word, size, bold=bold) for word in text.split()), default=0.0)
