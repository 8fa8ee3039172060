"""Filed documents as statements, with evidence for every cell and a doubt for what stays open.

Owns: finding pages, rows and figures in a document, and settling doubts by what foots and ties.
Must not know: any filer, any filing, or how findings are shown.
"""

from jurat.reading.read import blank_of, read
from jurat.reading.reading import Coverage, Doubt, Reading

__all__ = ["Coverage", "Doubt", "Reading", "blank_of", "read"]
