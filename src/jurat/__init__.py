"""Jurat reads, checks and explains the separate accounts annual statement.

>>> import jurat
>>> jurat.__version__
'0.1.0'
"""

from jurat.blanks import load_blank
from jurat.checks import check, examine
from jurat.reading import Reading, read
from jurat.statement import Statement

__version__ = "0.1.0"
__all__ = ["Reading", "Statement", "__version__", "check", "examine", "load_blank", "read"]
