"""A statement as a PDF of legal pages, laid out like the printed blank."""

from jurat.publishing.pdf.signature import Signature, sign_pdf, signature_on
from jurat.publishing.pdf.writer import lay_out_leaves, write_pdf

__all__ = ["Signature", "lay_out_leaves", "sign_pdf", "signature_on", "write_pdf"]
