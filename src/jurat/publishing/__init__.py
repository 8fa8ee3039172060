"""A statement on paper and on a screen.

Owns: how pages are laid out as text, as a workbook and as web pages, and what a scanner does to such
text.
Must not know: how a document is read, or what must hold between cells. It only writes.
"""

from jurat.publishing.damage import Damage, Damaged, damage
from jurat.publishing.kinds import DamageKind
from jurat.publishing.layout import Layout, Look, Place, PrintedColumn, PrintedRow
from jurat.publishing.text import lay_out, write_text

__all__ = [
    "Damage",
    "DamageKind",
    "Damaged",
    "Layout",
    "Look",
    "Place",
    "PrintedColumn",
    "PrintedRow",
    "damage",
    "lay_out",
    "write_text",
]
