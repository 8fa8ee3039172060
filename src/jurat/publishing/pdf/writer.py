"""A statement as a PDF: leaves laid out here, drawn by ReportLab's canvas."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import groupby

from reportlab.pdfgen.canvas import Canvas

from jurat.publishing.blocks import Gap, Grid, Paragraph, Question, Sheet, Stamp, Title
from jurat.publishing.pdf.cover import CoverPrinter
from jurat.publishing.pdf.faces import BOLD, REGULAR, registered, width_of
from jurat.publishing.pdf.flow import HEAD_SIZE, LOOSEST, Flow, stocks_for
from jurat.publishing.pdf.grids import GridPrinter
from jurat.publishing.pdf.paper import BOTTOM, TOP, Leaf, Sheaf
from jurat.publishing.sheets import sheets_of
from jurat.statement import CellState, Statement
from jurat.words import require

CREATOR = "Jurat"
DRAFT_SIZE = 60.0


def write_pdf(statement: Statement, *, draft: str = "") -> bytes:
    """The whole statement as a PDF of legal pages, laid out like the printed blank.

    `draft` are words printed pale across every page. The same statement gives the same bytes.

    Shape   one bookmark for every page of the blank that begins; every filled cell stands once.
    """
    sheaf = lay_out_leaves(statement)
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1)
    describe(canvas, statement, draft)
    registered()
    for number, leaf in enumerate(sheaf.leaves):
        draw(canvas, leaf, draft, number, _texts)
    canvas.save()
    return out.getvalue()


def lay_out_leaves(statement: Statement) -> Sheaf:
    """The statement on leaves of paper, with the spot of every filled cell."""
    sheaf = Sheaf()
    head = (
        f"ANNUAL STATEMENT FOR THE YEAR {statement.year} OF THE SEPARATE ACCOUNTS OF THE "
        f"{statement.company}"
    ).strip()
    for sheet in sheets_of(statement):
        _print_sheet(sheaf, sheet, head if sheet.has_running_head else "", statement)
    _number(sheaf.leaves)
    lost = [
        str(cell.address)
        for cell in statement.cells.values()
        if cell.state is not CellState.BLANK and cell.shown and cell.address not in sheaf.spots
    ]
    require(not lost, f"not printed: {', '.join(lost)}")
    return sheaf


def _print_sheet(sheaf: Sheaf, sheet: Sheet, head: str, statement: Statement) -> None:
    """A sheet on one leaf if any type we read lets it; then loosely enough to fill the leaf."""
    stocks = stocks_for(sheet)
    best = stocks[0]
    for stock in stocks:
        trial = Flow(Sheaf(), stock, sheet.number, head)
        _print_blocks(trial, sheet, statement)
        if len(trial.sheaf.leaves) == 1:
            full = stock.height - TOP - BOTTOM
            loose = stock.loose * 0.96 * full / max(1.0, trial.y - TOP)
            best = replace(stock, loose=max(stock.loose, min(LOOSEST, loose)))
            break
    _print_blocks(Flow(sheaf, best, sheet.number, head), sheet, statement)


def _print_blocks(flow: Flow, sheet: Sheet, statement: Statement) -> None:
    if not sheet.has_running_head:
        CoverPrinter(flow, statement).print(sheet)
        return
    above = flow.y
    for block in sheet.blocks:
        match block:
            case Title():
                flow.title(block)
                above = flow.y
            case Gap():
                flow.gap()
            case Paragraph():
                flow.paragraph(block)
            case Question():
                flow.question(block)
            case Stamp():
                flow.stamp(block, above)
            case Grid():
                leaf = flow.sheaf.leaf
                above = flow.y
                GridPrinter(flow, block).print()
                above = above if leaf is flow.sheaf.leaf else TOP


def _number(leaves: list[Leaf]) -> None:
    """Leaves of one page of the blank are numbered 15, 15.1, 15.2."""
    for base, group in groupby(leaves, key=lambda leaf: leaf.number.split(".")[0]):
        for place, leaf in enumerate(group):
            leaf.number = f"{base}.{place}" if place else base


# -- drawing ----------------------------------------------------------------------------


def describe(canvas: Canvas, statement: Statement, draft: str) -> None:
    """Tell in the file what it is and of whom."""
    kind = f"separate accounts annual statement, {statement.year}"
    canvas.setTitle(f"{statement.company}, {kind}" + (f" ({draft})" if draft else ""))
    canvas.setAuthor(statement.company)
    canvas.setSubject(f"Annual statement of the separate accounts, December 31, {statement.year}")
    canvas.setCreator(CREATOR)
    canvas.setProducer(CREATOR)
    canvas.setKeywords(["annual statement", "separate accounts", str(statement.year)])
    canvas.showOutline()


def draw(
    canvas: Canvas, leaf: Leaf, draft: str, place: int, texts: Callable[[Canvas, Leaf], None]
) -> None:
    """One leaf, from its ground to its bookmarks; `texts` prints its words."""
    canvas.setPageSize((leaf.width, leaf.height))
    for title in leaf.titles:
        key = f"{place}-{title}"
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(f"{leaf.number}  {title}", key, 0)
    if draft:
        _watermark(canvas, leaf, draft)
    for tint in leaf.tints:
        canvas.setFillGray(0.85)
        canvas.rect(
            tint.x, leaf.height - tint.y - tint.height, tint.width, tint.height, stroke=0, fill=1
        )
    _rules(canvas, leaf)
    texts(canvas, leaf)
    canvas.showPage()


def _watermark(canvas: Canvas, leaf: Leaf, draft: str) -> None:
    """Pale words from corner to corner, under everything else."""
    canvas.saveState()
    canvas.translate(leaf.width / 2, leaf.height / 2)
    canvas.rotate(35)
    size = min(DRAFT_SIZE, DRAFT_SIZE * 0.9 * leaf.width / width_of(draft, DRAFT_SIZE, bold=True))
    canvas.setFont(BOLD, size)
    canvas.setFillGray(0.9)
    canvas.drawCentredString(0, -size / 3, draft)
    canvas.restoreState()


def _rules(canvas: Canvas, leaf: Leaf) -> None:
    """Lines of one kind together, so that the pen is set once for each."""
    rules = sorted(leaf.rules, key=lambda rule: (rule.dotted, rule.width, rule.grey))
    for (dotted, width, grey), group in groupby(
        rules, key=lambda rule: (rule.dotted, rule.width, rule.grey)
    ):
        canvas.setLineWidth(width)
        canvas.setStrokeGray(grey)
        canvas.setLineCap(1 if dotted else 0)
        canvas.setDash([0, 2.6] if dotted else [])
        canvas.lines([(r.x, leaf.height - r.y, r.to_x, leaf.height - r.to_y) for r in group])


def _texts(canvas: Canvas, leaf: Leaf) -> None:
    text = canvas.beginText()
    last: tuple[bool, float, float] | None = None
    for one in leaf.texts:
        if (one.bold, one.size, one.grey) != last:
            last = (one.bold, one.size, one.grey)
            text.setFont(BOLD if one.bold else REGULAR, one.size)
            text.setFillGray(one.grey)
        text.setTextOrigin(one.x, leaf.height - one.y)
        text.textOut(one.words)
    if leaf.number:
        text.setFont(REGULAR, HEAD_SIZE)
        text.setFillGray(0)
        width = width_of(leaf.number, HEAD_SIZE)
        text.setTextOrigin((leaf.width - width) / 2, BOTTOM * 0.55)
        text.textOut(leaf.number)
    canvas.drawText(text)
