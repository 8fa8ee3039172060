"""Jurat reads, checks and explains the separate accounts annual statement.

>>> import jurat
>>> jurat.__version__
'0.1.0'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jurat.blanks import load_blank
    from jurat.checks import check, examine
    from jurat.reading import Reading, read
    from jurat.statement import Statement

__version__ = "0.1.0"
__all__ = ["Reading", "Statement", "__version__", "check", "examine", "load_blank", "read"]

_ROOM_OF = {
    "Reading": "reading",
    "Statement": "statement",
    "check": "checks",
    "examine": "checks",
    "load_blank": "blanks",
    "read": "reading",
}


def __getattr__(name: str) -> object:
    """A public name from its room, loaded when it is first asked for: `jurat --help` is instant."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'jurat' has no attribute {name!r}")
    return getattr(import_module(f"jurat.{_ROOM_OF[name]}"), name)
