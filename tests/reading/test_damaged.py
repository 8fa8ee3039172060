"""Texts damaged as a scanner damages: a sample of what `make soak` runs whole."""

from pathlib import Path

import pytest

import jurat
from jurat.reading.document import LARGEST, document_of
from jurat.reading.text import read_text
from jurat.statement import CellState
from jurat.words import ReadError
from tests.soak.fuzz import read_broken
from tests.soak.reading import report, score_text, score_texts


def test_damaged_cells_come_out_right_or_are_told() -> None:
    score = score_texts(range(1, 61))
    assert score.texts == 60
    assert score.share_right >= 0.95, report(score)
    assert score.silent == [], report(score)
    assert score.collateral <= 1, score.spread


@pytest.mark.parametrize("seed", [16, 194, 378, 650])
def test_seeds_that_once_spoiled_a_cell_nobody_damaged(seed: int) -> None:
    """A marked amount in a table of answers; a name that begins with a number and is wrapped behind it."""
    score = score_text(seed)
    assert (score.silent, score.spread) == ([], [])


@pytest.mark.parametrize("seed", range(100))
def test_broken_files_end_in_a_named_error_or_a_reading(seed: int) -> None:
    _, end, _ = read_broken(seed)
    assert end in ("read", "named error")


def test_a_file_too_large_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ReadError, match="more than a statement's text can"):
        jurat.read(path)


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"Form 1040\nWages 5"])
def test_what_is_no_statement_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.txt"
    path.write_bytes(content)
    with pytest.raises(ReadError):
        jurat.read(path)


def test_no_digit_is_ever_changed() -> None:
    """A figure that does not tie stays as printed: 1,001 is not read as 1,000 because that would foot."""
    text = "FOR THE YEAR ENDED DECEMBER 31, 2012\nINTEREST MAINTENANCE RESERVE\n\t1 Amount\n1. Reserve as of December 31, Prior Year\t1,001\n2. Current year's realized pre-tax capital gains/(losses) of $ 60 transferred into the reserve net of taxes of $ \t60\n3. Adjustment for current year's liability gains/(losses) released from the reserve\t\n4. Balance before reduction for amount transferred to Summary of Operations (Line 1 + Line 2 + Line 3)\t1,060\n5. Current year's amortization released to Summary of Operations (Amortization, Line 1, Column 4)\t160\n6. Reserve as of December 31, current year (Line 4 minus Line 5)\t900"
    reading = read_text(document_of(text), jurat.load_blank())
    assert [reading.statement[f"imr:{line}:1"].value for line in "123456"] == [
        1_001,
        60,
        None,
        1_060,
        160,
        900,
    ]
    findings = {finding.id: finding.difference for finding in jurat.check(reading.statement)}
    assert findings["imr.4"] == -1


def test_a_figure_that_is_none_is_unread_and_told() -> None:
    """The letter O for a zero: the figure is not guessed, not dropped, and no check passes over it."""
    text = (
        "INTEREST MAINTENANCE RESERVE\n"
        "1. Reserve as of December 31, Prior Year\t5,035,857\n"
        "6. Reserve as of December 31, current year (Line 4 minus Line 5)\t3,743,O49"
    )
    reading = read_text(document_of(text), jurat.load_blank())
    assert reading.statement["imr:6:1"].state is CellState.UNREAD
    assert [str(d.address) for d in reading.doubts] == ["imr:6:1"]
    assert [token for _, _, token in reading.coverage.unplaced] == ["3,743", "49"]
    told = {f.id: f.detail for f in jurat.check(reading.statement)}
    assert told["imr.6"] == "a cell of it could not be read"
