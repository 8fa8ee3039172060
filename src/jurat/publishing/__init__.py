"""A statement on paper.

Owns: how pages are laid out as text, and what a scanner does to such text.
Must not know: how a document is read, or what must hold between cells. It only writes.
"""

from jurat.publishing.layout import Layout, Look, Place, PrintedColumn, PrintedRow
from jurat.publishing.text import lay_out, write_text

__all__ = ["Layout", "Look", "Place", "PrintedColumn", "PrintedRow", "lay_out", "write_text"]
