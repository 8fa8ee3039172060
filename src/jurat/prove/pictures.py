"""A PDF's pages laid over pages drawn anew from the model: what the eye sees, to the pixel.

Words are read by what a font says its glyphs are; a font that draws one glyph and names another
would be believed. It does not draw what our own face draws, and that shows here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2

from jurat.publishing.pdf import lay_out_leaves, write_pdf
from jurat.publishing.pdf.paper import Spot
from jurat.statement import Statement

SCALE = 1.5
"""Dots a point at which pages are drawn."""
ABOVE, BELOW = 8.0, 2.5
"""Points above and below a baseline within which a cell's print stands."""

Place = tuple[str, str]
"""A cell, or a page; and where on it."""


def not_alike(model: Statement, pdf: Path, draft: str) -> Iterator[Place]:
    """Every cell, or else place on paper, at which a PDF looks otherwise than the model's."""
    ours = pypdfium2.PdfDocument(write_pdf(model, draft=draft))
    theirs = pypdfium2.PdfDocument(pdf)
    spots: dict[int, list[tuple[str, Spot]]] = {}
    for address, spot in lay_out_leaves(model).spots.items():
        spots.setdefault(spot.leaf, []).append((str(address), spot))
    try:
        if len(ours) != len(theirs):
            yield f"{len(theirs)} pages", f"the model fills {len(ours)}"
        for leaf in range(min(len(ours), len(theirs))):
            yield from _on_leaf(ours[leaf], theirs[leaf], leaf, spots.get(leaf, []))
    finally:
        ours.close()
        theirs.close()


def _on_leaf(
    ours: Any,  # noqa: ANN401 (pdfium has no types)
    theirs: Any,  # noqa: ANN401
    leaf: int,
    spots: list[tuple[str, Spot]],
) -> Iterator[Place]:
    one, other = (page.render(scale=SCALE, grayscale=True).to_numpy() for page in (ours, theirs))
    where = f"picture of page {leaf + 1}"
    if one.shape != other.shape:
        yield f"page {leaf + 1}", "paper of another size"
        return
    differs = (one != other).reshape(one.shape[:2])
    if not differs.any():
        return
    named = [place for place, spot in spots if _within(differs, spot).any()]
    yield from ((place, where) for place in named)
    if not named:
        down, across = (int(at) for at in np.argwhere(differs)[0])
        yield (
            f"page {leaf + 1}",
            f"{across / SCALE:.0f} points from the left, {down / SCALE:.0f} down",
        )


def _within(differs: Any, spot: Spot) -> Any:  # noqa: ANN401 (an array)
    """The part of a page's picture in which a cell's print stands."""
    top, bottom = int((spot.y - ABOVE) * SCALE), int((spot.y + BELOW) * SCALE) + 1
    left, right = int((spot.left - 1) * SCALE), int((spot.right + 1) * SCALE) + 1
    return differs[max(top, 0) : bottom, max(left, 0) : right]
