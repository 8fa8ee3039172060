"""What was likely meant: the known names most like what was typed."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(words: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known names most like what was typed, capitals apart.

    >>> nearest("Liabilites", ["assets", "liabilities", "imr"])
    ['liabilities']
    """
    names = {name.lower(): name for name in known}
    return [names[found] for found in get_close_matches(words.lower(), names, limit, 0.6)]
