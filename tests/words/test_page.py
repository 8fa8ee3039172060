"""The page notation: what a file declares, and what is refused with its file and line."""

from pathlib import Path

import pytest

from jurat.money import Kind
from jurat.words import BlankError, Page, read_page
from jurat.words.page import Factor, Line, Rows, Table, WriteIns

TEXT = """\
# a comment
page 2   sheet   A SHEET   called Page 2; Sheet
     above  printed above
     below  printed below
over Current Year
col  1   amount   Amount
col  2   share    Share                    percent
over -
col  3   factor   Factor                   factor
head 1   bonds    Bonds:                   xxx 2
line 1.1  own     Own bonds                .0004 (a)
line 1.2  lent    Lent bonds (${on_loan} on loan)   only 1   mark (b) in 1
     := Line 1.1
     ${on_loan} ~ Line 1.1 in Col. 1   rounding
head -   other    Other:
line 2   rest     The rest (Line 9 or so)
     words  (Line 9 or so)
note (a)  why     Because {reason} of ${amount}
write-ins 2
rows 01  life     0199999  Totals
table 7  products  Products
  col 1  product   Product                  text
  col 2  assets   Assets
  rows   total Totals   xxx 1
"""


def read(folder: Path, text: str) -> Page:
    path = folder / "sheet.page"
    path.write_text(text, encoding="utf-8")
    return read_page(path)


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return read(tmp_path, TEXT)


def test_the_page_and_its_columns(page: Page) -> None:
    assert (page.number, page.name, page.title) == ("2", "sheet", "A SHEET")
    assert page.called == ("Page 2", "Sheet")
    assert (page.above, page.below) == (("printed above",), ("printed below",))
    assert [(c.number, c.kind, c.over) for c in page.columns] == [
        ("1", Kind.MONEY, "Current Year"),
        ("2", Kind.PERCENT, "Current Year"),
        ("3", Kind.FACTOR, ""),
    ]


def test_the_lines(page: Page) -> None:
    lines = {part.name: part for part in page.parts if isinstance(part, Line)}
    assert list(lines) == ["bonds", "own", "lent", "other", "rest", "why"]
    assert lines["bonds"].is_head
    assert lines["own"].xxx == ("2",)  # the head's XXX covers its section
    assert lines["own"].factors == (Factor(value=4, mark="(a)"),)
    assert lines["lent"].only == ("1",)
    assert lines["lent"].marks == (("(b)", "1"),)
    assert lines["rest"].xxx == ()  # the next head ends the section
    assert lines["rest"].words == ("(Line 9 or so)",)
    assert lines["why"].is_note
    assert [i.name for i in lines["why"].insets] == ["reason", "amount"]


def test_the_laws_below_a_line(page: Page) -> None:
    filling, tie = next(p for p in page.parts if isinstance(p, Line) and p.name == "lent").laws
    assert (filling.text, filling.fills, filling.where) == ("Line 1.1", True, "sheet.page:13")
    assert (tie.text, tie.inset, tie.columns, tie.fills, tie.rounding) == (
        "Line 1.1", "on_loan", ("1",), False, True,
    )  # fmt: skip


def test_rows_tables_and_write_ins(page: Page) -> None:
    rows = next(part for part in page.parts if isinstance(part, Rows))
    assert (rows.section, rows.total, rows.caption) == ("01", "0199999", "Totals")
    table = next(part for part in page.parts if isinstance(part, Table))
    assert (table.number, table.has_rows, table.total, table.total_xxx) == (
        "7", True, "Totals", ("1",),
    )  # fmt: skip
    assert [column.kind for column in table.columns] == [Kind.TEXT, Kind.MONEY]
    assert [part.lines for part in page.parts if isinstance(part, WriteIns)] == [("2",)]


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("line 1  a  A\n", "sheet.page:1", "begins with its page"),
        ("# nothing\n", "sheet.page:1", "declares no page"),
        ("page 2  sheet\n", "sheet.page:1", "lacks its title"),
        ("page 2  sheet  SHEET\ncol  1\n", "sheet.page:2", "lacks its name"),
        ("page 2  sheet  SHEET\nline 1 a  A  odd\n", "sheet.page:2", "'1 a' is no number"),
        ("page 2  sheet  SHEET\nlin 1  a  A\n", "sheet.page:2", "'lin' is no noun"),
        ("page 2  sheet  SHEET\n     := Line 1\n", "sheet.page:2", "stands below no line"),
        ("page 2  sheet  SHEET\n\nline 1  a  A  odd\n", "sheet.page:3", "'odd' is no field"),
        ("page 2  sheet  SHEET\ncol  1  a  A  odd\n", "sheet.page:2", "'odd' is no field"),
        ("page 2  sheet  SHEET\nline 1  a  A\n     ${x} Line 1\n", "sheet.page:3",
         "neither a rule"),
        ("page 2  sheet  SHEET\nwrite-ins\n", "sheet.page:2", "lacks its line"),
    ],
)  # fmt: skip
def test_an_error_names_file_and_line(tmp_path: Path, text: str, where: str, message: str) -> None:
    with pytest.raises(BlankError, match=message) as fault:
        read(tmp_path, text)
    assert fault.value.where == where
    assert str(fault.value).startswith(f"{where}: ")
