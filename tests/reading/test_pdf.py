"""PDFs read back: every cell of our own, those of another look, and nothing that is not in sight."""

import contextlib
import os
import random
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import jurat
from jurat.golden import tying_statement
from jurat.money import Kind
from jurat.publishing.pdf import write_pdf
from jurat.reading import Reading
from jurat.reading.paged import open_pdf
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address, JuratError, ReadError
from tests.reading.other_print import typewritten

FILING = Path(__file__).parents[3] / "shared/filings/mml_bay_state_separate_accounts_2012.txt"

ReadBack = Callable[[bytes], Reading]


@pytest.fixture
def read_back(tmp_path: Path) -> ReadBack:
    """A PDF written to disk and read."""

    def read(pdf: bytes) -> Reading:
        path = tmp_path / "statement.pdf"
        path.write_bytes(pdf)
        return jurat.read(path)

    return read


def differences(one: Statement, other: Statement) -> list[str]:
    """The cells that are not the same; boxes that nobody ticked are blank in one, unread in the other."""
    return [
        f"{address}: {_held(one, address)} against {_held(other, address)}"
        for address in sorted({*one.cells, *other.cells}, key=str)
        if _held(one, address) != _held(other, address)
    ]


def _held(statement: Statement, address: Address) -> tuple[str, int | str | None] | None:
    cell = statement.cells.get(address)
    is_unticked = cell is not None and cell.kind.is_box and cell.state is CellState.UNREAD
    if cell is None or cell.state is CellState.BLANK or is_unticked:
        return None
    value = " ".join(cell.value.split()) if isinstance(cell.value, str) else cell.value
    return cell.state, value


def assert_read_whole(statement: Statement, reading: Reading) -> None:
    """Every cell, page and stamp as the statement has it, without repair or doubt."""
    assert differences(statement, reading.statement) == []
    assert reading.statement.pages == statement.pages
    assert reading.statement.none_pages == statement.none_pages
    assert reading.repairs == []
    assert reading.doubts == ()
    assert reading.coverage.share == 1.0


# -- our own PDFs ----------------------------------------------------------------------


def test_the_example_comes_back_whole_draft_or_not(example: Statement, read_back: ReadBack) -> None:
    assert_read_whole(example, read_back(write_pdf(example)))
    assert_read_whole(example, read_back(write_pdf(example, draft="DRAFT 2012-02-20")))


@pytest.mark.parametrize("seed", [1, 3, 7, 11])
def test_statements_that_tie_come_back_whole(
    example: Statement, read_back: ReadBack, seed: int
) -> None:
    statement = tying_statement(example, seed)
    assert_read_whole(statement, read_back(write_pdf(statement)))


@pytest.mark.skipif(not FILING.exists(), reason="the filing's own text is not at hand")
def test_the_real_filing_comes_back_whole(read_back: ReadBack) -> None:
    statement = jurat.read(FILING).statement
    assert_read_whole(statement, read_back(write_pdf(statement)))


def test_a_cell_tells_the_page_and_the_line_it_stands_on(
    example: Statement, read_back: ReadBack
) -> None:
    reading = read_back(write_pdf(example))
    cells = {(c["page"], c["line"], c["column"]): c for c in reading.as_json()["cells"]}
    cell = cells["liabilities", "3", "3"]
    assert cell["source_page"] == 3
    words = reading.place_of(cell["source_line"])
    assert words == f"page 3, line {cell['source_page_line']}"
    assert cells["cover", "company_name", ""]["source_page"] == 1


def test_one_dollar_changed_in_the_print_is_seen(example: Statement, read_back: ReadBack) -> None:
    chance = random.Random(8)
    amounts = [a for a, c in example.cells.items() if c.kind is Kind.MONEY and c.figure]
    for address in chance.sample(amounts, 3):
        cells = dict(example.cells)
        cells[address] = replace(cells[address], value=cells[address].figure + 1)
        reading = read_back(write_pdf(replace(example, cells=cells)))
        assert [line.split(":")[0] for line in differences(example, reading.statement)] == [
            address.page
        ]


def test_rows_with_blanks_and_long_words_come_back(example: Statement, read_back: ReadBack) -> None:
    long = "Individual Variable Universal Life and Annuity with a rider for the longer of two lives"
    rows: dict[str, list[tuple[int | str | None, ...]]] = {
        "4.2": [(long, 1_000, None, -30, None), ("Short", None, 7, None, 99_999_999_999)],
        "7.3": [(None, 5, None, 123_456), (3, None, None, 9)],
        "8.3": [(long, long), ("Same", "Same as GAAP")],
    }
    cells = {
        a: c
        for a, c in example.cells.items()
        if a.page != "general_interrogatories" or a.line not in rows
    }
    for line, table in rows.items():
        for key, row in enumerate(table, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    _put(
                        cells, Address("general_interrogatories", line, str(column), row=key), value
                    )
    changed: tuple[int | str, ...] = ("Class", long, "Plan B", -1_234)
    for place, held in enumerate(changed, 1):
        _put(cells, Address("exhibit3a", "0000001", str(place)), held)
    statement = replace(example, cells=cells, none_pages=example.none_pages - {"exhibit3a"})
    reading = read_back(write_pdf(statement))
    assert differences(statement, reading.statement) == []


def _put(cells: dict[Address, Cell], address: Address, value: int | str) -> None:
    kind = Kind.TEXT if isinstance(value, str) else Kind.MONEY
    cells[address] = Cell(address=address, kind=kind, state=CellState.VALUE, value=value)


def test_a_page_over_many_leaves_comes_back(example: Statement, read_back: ReadBack) -> None:
    cells = dict(example.cells)
    for key in range(1, 150):
        address = Address("exhibit3", f"01{key:05d}", "1")
        _put(cells, address, f"Valuation basis {key} with some words")
        _put(cells, Address("exhibit3", f"01{key:05d}", "2"), key * 1_001)
        _put(cells, Address("exhibit3", f"01{key:05d}", "3" if key % 3 else "4"), key * 1_001)
    statement = replace(example, cells=cells)
    reading = read_back(write_pdf(statement))
    assert differences(statement, reading.statement) == []


def test_drawing_and_reading_back_are_quick(example: Statement, read_back: ReadBack) -> None:
    begun = _worked()
    pdf = write_pdf(example)
    assert _worked() - begun < 1.5
    begun = _worked()
    read_back(pdf)
    assert _worked() - begun < 3


def _worked() -> float:
    """Seconds of work, our processes' and their children's, however busy the machine is."""
    return sum(os.times()[:4])


# -- another look ------------------------------------------------------------------------


@pytest.mark.parametrize("turned", [0, 90])
def test_a_typewritten_print_on_letter_paper_comes_back(
    example: Statement, read_back: ReadBack, turned: int
) -> None:
    assert_read_whole(example, read_back(typewritten(example, turned=turned)))


# -- what is not in sight ---------------------------------------------------------------


def _hidden(canvas: Canvas, way: str) -> None:
    text = canvas.beginText(72, 600)
    text.setFont("Helvetica", 10)
    if way == "white":
        text.setFillGray(1)
    text.setTextRenderMode(3 if way == "invisible" else 0)
    if way == "askew":
        text.setTextTransform(0.9, 0.4, -0.4, 0.9, 72, 600)
    if way == "off the paper":
        text.setTextOrigin(72, 5_000)
    text.textOut("hidden 1,234")
    canvas.drawText(text)
    if way == "covered":
        canvas.setFillGray(0.8)
        canvas.rect(60, 590, 200, 30, fill=1, stroke=0)


@pytest.mark.parametrize("way", ["white", "invisible", "askew", "covered", "off the paper"])
def test_text_that_nobody_sees_is_not_read(tmp_path: Path, way: str) -> None:
    path = tmp_path / "hidden.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "seen 5,678")
    canvas.drawString(72, 680, "and more that stands upright")
    _hidden(canvas, way)
    canvas.showPage()
    canvas.save()
    text = "\n".join(line.text for line in open_pdf(path).lines)
    assert "5,678" in text
    assert "1,234" not in text


def test_white_letters_on_a_dark_ground_are_read(tmp_path: Path) -> None:
    path = tmp_path / "dark.pdf"
    canvas = Canvas(str(path))
    canvas.rect(60, 590, 200, 30, fill=1)
    canvas.setFillGray(1)
    canvas.drawString(72, 600, "seen 1,234")
    canvas.save()
    assert "1,234" in open_pdf(path).lines[0].text


# -- what cannot be read -----------------------------------------------------------------


def _refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        jurat.read(path)
    return str(caught.value)


def test_a_broken_pdf_is_refused_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing else")
    assert "is no PDF that can be opened" in _refusal(path)


def test_a_cut_pdf_is_refused_or_read_but_never_a_fault(example: Statement, tmp_path: Path) -> None:
    pdf = write_pdf(example)
    path = tmp_path / "cut.pdf"
    path.write_bytes(pdf[: len(pdf) // 2])
    assert str(path) in _refusal(path) or "no page" in _refusal(path)


def test_an_encrypted_pdf_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(72, 700, "1,234")
    canvas.save()
    said = _refusal(path)
    assert "is encrypted" in said
    assert "qpdf --decrypt" in said


def test_pictures_of_pages_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path))
    canvas.drawInlineImage(_picture(), 0, 0, 612, 792)
    canvas.save()
    said = _refusal(path)
    assert "pictures of pages and no print" in said
    assert "text recognition" in said


def _picture() -> object:
    image = pytest.importorskip("PIL.Image", reason="Pillow draws the picture")
    return image.new("L", (60, 80), 128)


def test_an_empty_page_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    canvas = Canvas(str(path))
    canvas.showPage()
    canvas.save()
    assert "no visible print" in _refusal(path)


def test_a_small_pdf_that_would_fill_memory_is_refused(tmp_path: Path) -> None:
    """A page as large as the format allows, as a bomb of 2 KiB is made."""
    path = tmp_path / "bomb.pdf"
    out = BytesIO()
    canvas = Canvas(out, pagesize=(14_400, 14_400))
    canvas.drawString(72, 700, "1,234")
    canvas.save()
    path.write_bytes(out.getvalue())
    begun = time.monotonic()
    assert "larger than any paper" in _refusal(path)
    assert time.monotonic() - begun < 2


def test_a_small_pdf_whose_print_would_fill_memory_is_refused(tmp_path: Path) -> None:
    """A gibibyte of nothing, packed twice into two kibibytes."""
    path = tmp_path / "bomb.pdf"
    path.write_bytes(_packed_twice(2**30))
    assert path.stat().st_size < 4_096
    begun = time.monotonic()
    assert "could not be opened within" in _refusal(path)
    assert time.monotonic() - begun < 5


def _packed_twice(size: int) -> bytes:
    once = zlib.compressobj(9)
    packed = b"".join(once.compress(bytes(2**20)) for _ in range(size // 2**20)) + once.flush()
    stream = zlib.compress(packed, 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
        % (len(stream), stream),
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 5\n0000000000 65535 f \n%strailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (table, len(out))
    )


def test_bytes_changed_at_random_are_refused_or_read_but_never_a_fault(
    example: Statement, tmp_path: Path
) -> None:
    good, chance = write_pdf(example), random.Random(4)
    path = tmp_path / "changed.pdf"
    for changes in (1, 30, 400):
        pdf = bytearray(good)
        for _ in range(changes):
            pdf[chance.randrange(len(pdf))] = chance.randrange(256)
        path.write_bytes(bytes(pdf[: chance.randrange(len(pdf) // 2, len(pdf))]))
        with contextlib.suppress(JuratError):
            jurat.read(path)


def test_a_cover_of_many_names_comes_back_over_its_lines_and_leaves(
    example: Statement, read_back: ReadBack
) -> None:
    office = "Executive Vice President and Chief Officer of the Region and of all the Islands of it"
    names = [
        f"Officer {number} Lastname, {office}, and of what lies beyond" for number in range(30)
    ]
    cells = dict(example.cells)
    _put(cells, Address("cover", "other_officers"), "; ".join(names))
    _put(cells, Address("cover", "directors"), "; ".join(f"Director {n}" for n in range(40)))
    statement = replace(example, cells=cells)
    assert differences(statement, read_back(write_pdf(statement)).statement) == []
