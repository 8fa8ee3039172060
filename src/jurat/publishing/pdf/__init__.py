"""A statement as a PDF of legal pages, laid out like the printed blank."""

from jurat.publishing.pdf.signature import sign_pdf
from jurat.publishing.pdf.writer import lay_out_leaves, write_pdf

__all__ = ["lay_out_leaves", "sign_pdf", "write_pdf"]
