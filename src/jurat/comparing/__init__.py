"""Two statements side by side: two drafts, two years, two companies, a filing and its correction.

Owns: which cells are the same over years and drafts, what changed in them and what drove it, flux,
amendments.
Must not know: how a statement was read, filled or printed, and how a comparison is shown.
"""

from jurat.comparing.amendment import Amendment, ChangedPage, Explanation, amendment
from jurat.comparing.changes import ChangedCell
from jurat.comparing.comparison import Comparison, WriteIn, compare
from jurat.comparing.drivers import Driver
from jurat.comparing.flux import FluxLine, flux

__all__ = [
    "Amendment",
    "ChangedCell",
    "ChangedPage",
    "Comparison",
    "Driver",
    "Explanation",
    "FluxLine",
    "WriteIn",
    "amendment",
    "compare",
    "flux",
]
