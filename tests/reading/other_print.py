"""The same statement as another program might print it: a typewriter face on letter paper."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from jurat.publishing import Look, write_text
from jurat.statement import Statement

LINES = 62
WIDTH, HEIGHT = 11 * 72.0, 8.5 * 72.0


def typewritten(statement: Statement, *, turned: int = 0) -> bytes:
    """The text look, dots and all, in Courier; `turned` is the page's quarter turn in degrees."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for sheet in write_text(statement, Look.SPACES).split("\f"):
        lines = sheet.rstrip("\n").split("\n")
        size = min(8.0, (WIDTH - 40) / (0.6 * max(map(len, lines))))
        for first in range(0, len(lines), LINES):
            _page(canvas, lines[first : first + LINES], size, turned)
    canvas.save()
    return out.getvalue()


def _page(canvas: Canvas, lines: list[str], size: float, turned: int) -> None:
    canvas.setPageSize((WIDTH, HEIGHT))
    canvas.setPageRotation(turned)  # ReportLab lays the paper the other way for a quarter turn
    if turned == 90:
        canvas.rotate(90)
        canvas.translate(0, -HEIGHT)
    text = canvas.beginText(20, HEIGHT - 40)
    text.setFont("Courier", size, 8.8)
    text.textLines("\n".join(lines), trim=0)
    canvas.drawText(text)
    canvas.showPage()
