"""The embedded narrow face, regular and bold, and how wide words are in it."""

from functools import cache, lru_cache
from importlib.resources import as_file, files

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "RobotoCondensed-Regular", "RobotoCondensed-Bold"


@cache
def registered() -> dict[str, TTFont]:
    """Both faces, made known to ReportLab once."""
    faces = {}
    for name in (REGULAR, BOLD):
        with as_file(files("jurat.publishing") / "fonts" / f"{name}.ttf") as path:
            faces[name] = TTFont(name, str(path))
        pdfmetrics.registerFont(faces[name])
    return faces


@lru_cache(maxsize=65536)
def _ems(text: str, name: str) -> float:
    width: float = registered()[name].stringWidth(text, 1)
    return width


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is drawn, in points."""
    return _ems(text, BOLD if bold else REGULAR) * size
