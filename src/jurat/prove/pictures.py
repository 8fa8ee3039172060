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
    try:
        if len(ours) != len(theirs):
            yield f"{len(theirs)} pages", f"the model fills {len(ours)}"
        pairs = enumerate(zip(ours, theirs, strict=False))
        found = {leaf: marks for leaf, pair in pairs if (marks := _differing(*pair)).any()}
    finally:
        ours.close()
        theirs.close()
    spots = lay_out_leaves(model).spots if found else {}
    for leaf, marks in found.items():
        on_leaf = {str(address): spot for address, spot in spots.items() if spot.leaf == leaf}
        yield from _named(marks, leaf, on_leaf)


def _differing(ours: Any, theirs: Any) -> Any:  # noqa: ANN401 (pdfium has no types)
    """The dots at which two pages differ; all of them where the paper does."""
    one, other = (page.render(scale=SCALE, grayscale=True).to_numpy() for page in (ours, theirs))
    if one.shape != other.shape:
        return np.ones((1, 1), bool)
    return (one != other).reshape(one.shape[:2])


def _named(differs: Any, leaf: int, spots: dict[str, Spot]) -> Iterator[Place]:  # noqa: ANN401
    """The cells that stand where a page's picture differs; else the page, and where on it."""
    named = [place for place, spot in spots.items() if _within(differs, spot).any()]
    yield from ((place, f"picture of page {leaf + 1}") for place in named)
    if not named:
        down, across = (int(at / SCALE) for at in np.argwhere(differs)[0])
        yield f"page {leaf + 1}", f"from {across} points right and {down} down"


def _within(differs: Any, spot: Spot) -> Any:  # noqa: ANN401 (an array)
    """The part of a page's picture in which a cell's print stands."""
    top, bottom = int((spot.y - ABOVE) * SCALE), int((spot.y + BELOW) * SCALE) + 1
    left, right = int((spot.left - 1) * SCALE), int((spot.right + 1) * SCALE) + 1
    return differs[max(top, 0) : bottom, max(left, 0) : right]
