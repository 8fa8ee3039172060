"""Words of a leaf as one text object, written straight into the page: a schedule has many leaves."""

from reportlab.pdfgen.canvas import Canvas

from jurat.publishing.pdf.faces import BOLD, REGULAR, registered, width_of
from jurat.publishing.pdf.flow import HEAD_SIZE
from jurat.publishing.pdf.paper import BOTTOM, Leaf, Text

_ESCAPES = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


def print_words(canvas: Canvas, leaf: Leaf) -> None:
    """Every text of a leaf, and its number below.

    ReportLab keeps ASCII in the first part of an embedded face under its own codes, so such words
    need no look-up letter by letter; any other is left to ReportLab.
    """
    names = {bold: _first_part(canvas, bold=bold) for bold in (False, True)}
    code = ["BT 0 g"]
    last: tuple[bool, float] | None = None
    rest = []
    for one in (*leaf.texts, _number(leaf)):
        if not one.words.isascii():
            rest.append(one)
            continue
        if (one.bold, one.size) != last:
            last = (one.bold, one.size)
            code.append(f"{names[one.bold]} {one.size:g} Tf")
        words = one.words.translate(_ESCAPES)
        code.append(f"1 0 0 1 {one.x:.2f} {leaf.height - one.y:.2f} Tm ({words}) Tj")
    code.append("ET")
    canvas._code.append("\n".join(code))  # noqa: SLF001 (a text object without its look-ups)
    for one in rest:
        canvas.setFillGray(one.grey)
        canvas.setFont(BOLD if one.bold else REGULAR, one.size)
        canvas.drawString(one.x, leaf.height - one.y, one.words)


def _first_part(canvas: Canvas, *, bold: bool) -> str:
    """The name in this document of the part of a face that holds ASCII."""
    face = registered()[BOLD if bold else REGULAR]
    document = canvas._doc  # noqa: SLF001
    face.splitString("0", document)  # makes the part known to the document
    name: str = face.getSubsetInternalName(0, document)
    return name


def _number(leaf: Leaf) -> Text:
    left = (leaf.width - width_of(leaf.number, HEAD_SIZE)) / 2
    return Text(left, leaf.height - BOTTOM * 0.55, leaf.number, HEAD_SIZE)
