"""Breaking words over lines without breaking a cell."""

import textwrap

from jurat.publishing.layout import Strip


def wrap(text: str, width: int) -> list[str]:
    """A form's words over lines; a word longer than the width stands alone.

    >>> wrap("General Account Basis", 15)
    ['General Account', 'Basis']
    """
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def wrapped(strip: Strip, width: int) -> list[Strip]:
    """A strip over lines; a cell and the dollar sign before it are never parted.

    >>> [piece.text for piece in wrapped(Strip("Cash and cash equivalents"), 12)]
    ['Cash and', 'cash', 'equivalents']
    """
    pieces, start = [], 0
    breaks = [*breaks_of(strip), len(strip.text)]
    while len(strip.text) - start > width:
        inside = [place for place in breaks if start < place <= start + width]
        later = [place for place in breaks if place > start + width]
        end = inside[-1] if inside else later[0]
        if end == len(strip.text):
            break
        pieces.append(strip.part(start, end))
        start = end + 1
    return [*pieces, strip.part(start, len(strip.text))]


def breaks_of(strip: Strip) -> list[int]:
    """The spaces at which a strip may be broken."""
    kept = [(max(0, start - 2), end) for _, start, end in strip.cells]
    spaces = [place for place, letter in enumerate(strip.text) if letter == " "]
    return [
        place
        for place in spaces
        if not any(start <= place < end for start, end in kept)
        or any(
            place == start - 1 and strip.text[start - 2 : start] != "$ "
            for _, start, _ in strip.cells
        )
    ]
