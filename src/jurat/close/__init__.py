"""The corridor: a year's books become a checked statement.

Owns: the order of the steps, and what a statement is filled from.
Must not know: how anything is printed.
"""

from jurat.close.closing import Closing, close
from jurat.close.opening import Difference, Opening, read_opening

__all__ = ["Closing", "Difference", "Opening", "close", "read_opening"]
