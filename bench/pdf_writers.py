"""How fast PDF libraries write a wide schedule, and in how much memory.

1,000 pages of 30 columns and 45 rows on legal landscape, the shape of Schedule D, each writer in a
process of its own. ReportLab is what Jurat draws with; the others run where they are installed
(`pip install typst fpdf2`) and are told as absent where not. docs/decisions/0010 was decided by it.

    python bench/pdf_writers.py [--pages 1000] [--python PYTHON_THAT_HAS_THE_OTHERS]
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jurat.publishing.details import Schedule

COLUMNS, ROWS = 30, 45
ROWS_A_LEAF = 53
"""So many rows Jurat prints on a leaf, with a heading and subtotals now and then."""
WIDTH, HEIGHT = 14 * 72, 8.5 * 72
MARGIN, SIZE, LEADING = 24, 5, 12
STEP = (WIDTH - 2 * MARGIN) / COLUMNS
FONTS = Path(__file__).parents[1] / "src" / "jurat" / "publishing" / "fonts"
FACE = FONTS / "RobotoCondensed-Regular.ttf"
MIB = 2**20


def rows_of(page: int) -> Iterator[list[str]]:
    """The same invented rows for every writer: identifiers, words, amounts in parentheses."""
    for row in range(ROWS):
        seed = page * ROWS + row
        amounts = [seed * (column + 3) * 7919 % 99_999_999 for column in range(COLUMNS - 2)]
        yield [
            f"{seed:09d}",
            f"Bond {seed % 997}",
            *(f"({a:,})" if a % 11 == 0 else f"{a:,}" for a in amounts),
        ]


def reportlab_canvas(pages: int, path: Path) -> None:
    """ReportLab's canvas: one text object a page, every place worked out by the caller."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    font = TTFont("Face", str(FACE))
    pdfmetrics.registerFont(font)
    widths = {chr(code): font.stringWidth(chr(code), SIZE) for code in range(32, 127)}
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for page in range(pages):
        text = canvas.beginText()
        text.setFont("Face", SIZE)
        for number, row in enumerate(rows_of(page)):
            y = HEIGHT - MARGIN - LEADING * (number + 1)
            for column, word in enumerate(row):
                right = MARGIN + STEP * (column + 1) - 2
                text.setTextOrigin(right - sum(map(widths.__getitem__, word)), y)
                text.textOut(word)
            canvas.line(MARGIN, y - 2, WIDTH - MARGIN, y - 2)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()


def reportlab_tables(pages: int, path: Path) -> None:
    """ReportLab's table layer, one LongTable a page."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, PageBreak, SimpleDocTemplate

    pdfmetrics.registerFont(TTFont("Face", str(FACE)))
    style = [
        ("FONT", (0, 0), (-1, -1), "Face", SIZE, SIZE),
        ("ALIGN", (0, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
    story = []
    for page in range(pages):
        table = LongTable(list(rows_of(page)), [STEP] * COLUMNS, [LEADING] * ROWS, style)
        story += [table, PageBreak()]
    edges = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 18)
    SimpleDocTemplate(str(path), pagesize=(WIDTH, HEIGHT), invariant=1, **edges).build(story)


def fpdf2_cells(pages: int, path: Path) -> None:
    """fpdf2, a cell at a time."""
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format=(HEIGHT, WIDTH), orientation="landscape")
    pdf.set_auto_page_break(auto=False)
    pdf.set_margins(MARGIN, MARGIN)
    pdf.add_font("Face", fname=str(FACE))
    pdf.set_font("Face", size=SIZE)
    for page in range(pages):
        pdf.add_page()
        for row in rows_of(page):
            for word in row:
                pdf.cell(STEP, LEADING, word, align="R", border="B")
            pdf.ln(LEADING)
    pdf.output(str(path))


def typst_table(pages: int, path: Path) -> None:
    """The Typst compiler, one table a page, untagged."""
    import typst

    rows = "\n".join(
        f"#table(columns: (1fr,)*{COLUMNS}, align: right, inset: 1pt, rows: {LEADING}pt, "
        + ",".join(f"[{word}]" for row in rows_of(page) for word in row)
        + ")\n#pagebreak(weak: true)"
        for page in range(pages)
    )
    source = (
        f"#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: {MARGIN}pt)\n"
        f'#set text(font: "Roboto Condensed", size: {SIZE}pt)\n'
    )
    typst.compile(
        (source + rows).encode(), output=str(path), font_paths=[str(FONTS)], pdf_tags=False
    )


def _bonds(pages: int) -> "list[Schedule]":
    """A made-up Schedule D, Part 1 of about so many leaves."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from jurat import load_blank
    from jurat.publishing.details import schedules_of
    from jurat.statement import Statement
    from tests.details import made_detail, with_details

    details = {"schedule_d_part1": made_detail("schedule_d_part1", pages * ROWS_A_LEAF)}
    bare = Statement(
        blank=load_blank(), year=2012, company="Golden Life", cells={}, pages=frozenset()
    )
    return schedules_of(with_details(bare, details), details)


def jurat_schedule(pages: int, path: Path) -> None:
    """Jurat: Schedule D, Part 1 from columns of whole numbers to leaves with heads and subtotals."""
    from jurat.publishing.details.paper import write_details_pdf

    schedules = _bonds(pages)
    begun = time.perf_counter()
    path.write_bytes(write_details_pdf(schedules[0].statement, schedules))
    OWN["seconds"] = time.perf_counter() - begun


def schedule_by_tables(pages: int, path: Path) -> None:
    """The same leaves by ReportLab's table layer: same words, widths, heads and rules, spelled by us."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, PageBreak, SimpleDocTemplate

    from jurat.publishing.details.schedule import EntryKind
    from jurat.publishing.details.widths import fit

    (schedule,) = _bonds(pages)
    begun = time.perf_counter()
    pdfmetrics.registerFont(TTFont("Face", str(FACE)))
    widths = fit(schedule)
    steps = [right - left for left, right in widths.edges]
    size = widths.size
    style = [
        ("FONT", (0, 0), (-1, -1), "Face", size, size),
        ("ALIGN", (6, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.2, "grey"),
        ("LINEAFTER", (0, 0), (-1, -1), 0.25, "grey"),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    head = [["\n".join(lines) for lines in widths.captions], [c.number for c in schedule.columns]]
    story: list[object] = []
    rows: list[list[str]] = []
    blank = [""] * (len(steps) - 1)
    for entry in schedule.entries():
        is_heading = entry.kind is EntryKind.HEADING
        rows.append([entry.caption, *blank] if is_heading else [*entry.cells])
        if len(rows) == ROWS_A_LEAF:
            story += [LongTable(head + rows, steps, style=style, repeatRows=2), PageBreak()]
            rows = []
    story.append(LongTable(head + rows, steps, style=style, repeatRows=2))
    edges = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 18)
    SimpleDocTemplate(str(path), pagesize=(WIDTH, HEIGHT), invariant=1, **edges).build(story)
    OWN["seconds"] = time.perf_counter() - begun


OWN: dict[str, float] = {}
"""Seconds of the writing alone, where a writer makes its rows first."""
WRITERS: dict[str, Callable[[int, Path], None]] = {
    "ReportLab canvas": reportlab_canvas,
    "ReportLab tables": reportlab_tables,
    "fpdf2 cells": fpdf2_cells,
    "Typst table": typst_table,
    "Jurat, Schedule D Part 1": jurat_schedule,
    "the same by ReportLab tables": schedule_by_tables,
}


def run(name: str, pages: int) -> dict[str, float]:
    """One writer, in this process: seconds, peak memory, size of the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.pdf"
        begun = time.perf_counter()
        WRITERS[name](pages, path)
        seconds = OWN.get("seconds", time.perf_counter() - begun)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MIB
        made = _leaves(path) if OWN else pages
        return {"seconds": seconds, "peak": peak, "size": path.stat().st_size / MIB, "pages": made}


def _leaves(path: Path) -> int:
    """How many leaves a PDF has."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(path))


def main() -> None:
    """Each writer in a fresh process; a table of pages a second and MiB."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--python", default=sys.executable, help="a Python that has the others")
    parser.add_argument("--one", choices=WRITERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(run(options.one, options.pages)))
        return
    print(f"{'writer':28} {'pages':>6} {'pages/s':>8} {'peak MiB':>9} {'file MiB':>9}")
    speeds: dict[str, float] = {}
    for name in WRITERS:
        command = [options.python, __file__, "--one", name, "--pages", str(options.pages)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            said = (done.stderr.strip().splitlines() or [f"ended by {done.returncode}"])[-1]
            print(f"{name:28} absent or failed: {said}")
            continue
        found = json.loads(done.stdout)
        speed = speeds[name] = found["pages"] / found["seconds"]
        print(
            f"{name:28} {found['pages']:6.0f} {speed:8.1f} {found['peak']:9.0f} {found['size']:9.1f}",
            flush=True,
        )
    ours, theirs = (speeds.get(name, 0) for name in list(WRITERS)[-2:])
    if ours and theirs:
        print(
            f"Schedule D Part 1: {ours / theirs:.1f} times the leaves a second of the table layer"
        )


if __name__ == "__main__":
    main()
