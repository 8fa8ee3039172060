"""A statement as a PDF: the same bytes twice, every cell once, nothing where nothing is."""

import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

import jurat
from jurat.money import Kind
from jurat.publishing.pdf import lay_out_leaves, write_pdf
from jurat.publishing.pdf.faces import registered
from jurat.publishing.pdf.paper import SIDE
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address

LEGAL = {(612.0, 1008.0), (1008.0, 612.0)}


def test_the_same_statement_gives_the_same_bytes(bay_state: Statement) -> None:
    assert write_pdf(bay_state, draft="DRAFT") == write_pdf(bay_state, draft="DRAFT")


def test_every_filled_cell_stands_once_on_the_row_of_its_caption(bay_state: Statement) -> None:
    sheaf = lay_out_leaves(bay_state)
    assert set(sheaf.spots) >= set(bay_state.cells)
    printed = Counter(text.words for leaf in sheaf.leaves for text in leaf.texts)
    assert printed["4,110,990,671"] == 2  # total liabilities, and exhibit 6
    caption = next(t for t in sheaf.leaves[2].texts if t.words.startswith("Interest Maintenance"))
    assert sheaf.spots[Address("liabilities", "3", "3")].y == caption.y


def test_figures_of_a_column_end_below_each_other_and_brackets_hang(bay_state: Statement) -> None:
    spots = lay_out_leaves(bay_state).spots
    gain, loss = spots[Address("liabilities", "12", "1")], spots[Address("liabilities", "11", "1")]
    assert 0 < loss.right - gain.right < 4


def test_nothing_stands_off_the_paper(bay_state: Statement) -> None:
    sheaf = lay_out_leaves(bay_state)
    for spot in sheaf.spots.values():
        leaf = sheaf.leaves[spot.leaf]
        assert SIDE <= spot.left < spot.right <= leaf.width - SIDE
        assert 0 < spot.y < leaf.height - 30


def test_pages_are_legal_paper_with_bookmarks_and_properties(bay_state: Statement) -> None:
    document = PdfDocument(write_pdf(bay_state, draft="DRAFT 1"))
    assert {page.get_size() for page in document} == LEGAL
    outline = [mark.get_title() for mark in document.get_toc()]
    assert outline[1] == "2  ASSETS"
    assert len(outline) == len(set(outline)) >= 36
    said = document.get_metadata_dict()
    assert said["Title"] == (
        "MML Bay State Life Insurance Company, separate accounts annual statement, 2012 (DRAFT 1)"
    )
    assert said["Author"] == "MML Bay State Life Insurance Company"
    assert said["CreationDate"] == "D:20000101000000+00'00'"


def test_text_can_be_selected_and_every_leaf_bears_head_and_number(bay_state: Statement) -> None:
    document = PdfDocument(write_pdf(bay_state))
    texts = [page.get_textpage().get_text_range() for page in document]
    assert "906,970,121" in texts[1]
    head = "ANNUAL STATEMENT FOR THE YEAR 2012 OF THE SEPARATE ACCOUNTS OF THE MML Bay State"
    assert all(head in text for text in texts[1:])
    numbers = [leaf.number for leaf in lay_out_leaves(bay_state).leaves]
    assert len(numbers) == len(set(numbers))


def test_a_page_of_one_leaf_is_not_spread_over_two(bay_state: Statement) -> None:
    numbers = [leaf.number for leaf in lay_out_leaves(bay_state).leaves]
    assert "5.1" not in numbers
    assert "4.1" not in numbers


def test_unread_and_unknown_cells_are_marked_and_blank_is_not(bay_state: Statement) -> None:
    unread, unknown = Address("assets", "3", "1"), Address("assets", "12", "1")
    cells = dict(bay_state.cells)
    cells[unread] = Cell(address=unread, kind=Kind.MONEY, state=CellState.UNREAD)
    cells[unknown] = Cell(address=unknown, kind=Kind.MONEY, state=CellState.UNKNOWN, value=12)
    leaf = lay_out_leaves(replace(bay_state, cells=cells)).leaves[1]
    words = [text.words for text in leaf.texts]
    assert words.count("(unread)") == words.count("(unknown)") == 1
    assert len(leaf.tints) == 2
    assert "12" not in words


def test_long_names_and_figures_of_fifteen_digits_fit(bay_state: Statement) -> None:
    company = "The Very Long Name Mutual Life, Annuity and Accident Insurance Company " * 3
    name = "Amounts that a company names at such length that no line of the form holds them, " * 3
    cells = dict(bay_state.cells)
    for column in "1234":
        address = Address("liabilities", "17", column)
        cells[address] = replace(cells[address], value=-123_456_789_012_345)
    address = Address("liabilities", "1601")
    cells[address] = replace(cells[address], value=name.strip())
    address = Address("cover", "company_name")
    cells[address] = replace(cells[address], value=company.strip())
    sheaf = lay_out_leaves(replace(bay_state, cells=cells, company=company.strip()))
    leaf = sheaf.leaves[2]
    assert sum(text.words == "(123,456,789,012,345)" for text in leaf.texts) == 4
    for text in (*sheaf.leaves[0].texts, *leaf.texts):
        face = registered()["RobotoCondensed-Bold" if text.bold else "RobotoCondensed-Regular"]
        assert text.x + face.stringWidth(text.words, text.size) <= 612 - SIDE + 4, text


def test_a_page_with_more_rows_than_a_leaf_goes_on_under_its_heads(bay_state: Statement) -> None:
    cells = dict(bay_state.cells)
    for key in range(1, 200):
        for column, value in (("1", f"Basis {key}"), ("2", key), ("3", key)):
            address = Address("exhibit3", f"01{key:05d}", column)
            kind = Kind.TEXT if column == "1" else Kind.MONEY
            cells[address] = Cell(address=address, kind=kind, state=CellState.VALUE, value=value)
    sheaf = lay_out_leaves(replace(bay_state, cells=cells))
    leaves = [leaf for leaf in sheaf.leaves if leaf.number.split(".")[0] == "9"]
    assert len(leaves) >= 2
    title = "EXHIBIT 3 - AGGREGATE RESERVE FOR LIFE, ANNUITY AND ACCIDENT AND HEALTH CONTRACTS"
    for leaf in leaves[1:]:
        assert any(text.words == f"{title} (Continued)" for text in leaf.texts)
        assert any(text.words == "Description of Valuation Basis" for text in leaf.texts)
    assert {sheaf.spots[Address("exhibit3", f"01{key:05d}", "2")].leaf for key in (1, 199)} != {8}


def test_an_empty_statement_prints_no_figure() -> None:
    blank = jurat.load_blank()
    empty = Statement(blank=blank, year=2012, cells={}, pages=frozenset(blank.pages))
    sheaf = lay_out_leaves(empty)
    printed = {text.words for leaf in sheaf.leaves for text in leaf.texts}
    assert not [words for words in printed if words.count(",") and words.replace(",", "").isdigit()]
    assert write_pdf(empty).startswith(b"%PDF")


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_error(bay_state: Statement, tmp_path: Path) -> None:
    path = tmp_path / "statement.pdf"
    path.write_bytes(write_pdf(bay_state, draft="DRAFT"))
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "No syntax or stream encoding errors" in done.stdout
