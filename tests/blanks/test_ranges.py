"""Laws of reading: what a range, a head's number and a missing column stand for."""

from jurat.blanks import Blank, Equation
from tests.conftest import MakeBlank

SHEET = """\
page 1   sheet   SHEET   called Sheet
col  1   amount  Amount
col  2   other   Other
"""


def terms(blank: Blank, left: str) -> dict[str, int]:
    """The right-hand side of the rule that fills a cell."""
    (equation,) = [e for e in blank.equations if e.fills and str(e.left) == left]
    return spelled(equation)


def spelled(equation: Equation) -> dict[str, int]:
    return {str(place): sign for place, sign in equation.right}


def test_a_range_runs_in_page_order_with_sub_lines(make_blank: MakeBlank) -> None:
    lines = """\
line 1    a   A
line 1.1  b   B
head 2    c   C:
line 2.1  d   D
line 2.11 e   E
line 3    f   F (Lines 1 to 2)
"""
    blank = make_blank(sheet=SHEET + lines.replace("2.11 e", "2.11  e"))
    assert terms(blank, "sheet:3:1") == {
        "sheet:1:1": 1, "sheet:1.1:1": 1, "sheet:2.1:1": 1, "sheet:2.11:1": 1,
    }  # fmt: skip


def test_a_head_stands_for_its_sub_lines(make_blank: MakeBlank) -> None:
    lines = """\
head 1    a   A:
line 1.1  b   B
line 1.2  c   C
line 2    d   D
line 3    e   E (Lines 2 - 1)
"""
    blank = make_blank(sheet=SHEET + lines)
    assert terms(blank, "sheet:3:2") == {"sheet:2:2": 1, "sheet:1.1:2": -1, "sheet:1.2:2": -1}


def test_write_ins_and_notes_are_not_in_a_range(make_blank: MakeBlank) -> None:
    lines = """\
line 1    a   A
line 2    b   Aggregate write-ins
write-ins 2
note (a)  n   Includes ${part} of it
line 3    c   C
line 4    d   D (Lines 1 to 3)
"""
    overflow = "page -  overflow  OVERFLOW   called Overflow\n"
    blank = make_blank(sheet=SHEET + lines, overflow=overflow)
    assert terms(blank, "sheet:4:1") == {"sheet:1:1": 1, "sheet:2:1": 1, "sheet:3:1": 1}
    assert terms(blank, "sheet:2:1") == {"sheet:0299:1": 1}
    assert terms(blank, "sheet:0299:1") == {
        "sheet:0201:1": 1, "sheet:0202:1": 1, "sheet:0203:1": 1, "sheet:0298:1": 1,
    }  # fmt: skip
    assert terms(blank, "sheet:0298:1") == {"overflow:0297:1": 1}
    assert terms(blank, "overflow:0297:1") == {"overflow:rows 02:1": 1}


def test_xxx_is_left_out(make_blank: MakeBlank) -> None:
    lines = "line 1  a  A  xxx 2\nline 2  b  B\nline 3  c  C (Lines 1 to 2)\n"
    blank = make_blank(sheet=SHEET + lines)
    assert terms(blank, "sheet:3:1") == {"sheet:1:1": 1, "sheet:2:1": 1}
    assert terms(blank, "sheet:3:2") == {"sheet:2:2": 1}


def test_a_column_sums_across_the_columns_a_line_asks(make_blank: MakeBlank) -> None:
    sheet = SHEET + "col  3   both  Both (Cols. 1 + 2)\n"
    lines = "line 1  a  A\nline 2  b  B  only 1 3\nline 3  c  C  only 1\n"
    blank = make_blank(sheet=sheet + lines)
    assert terms(blank, "sheet:1:3") == {"sheet:1:1": 1, "sheet:1:2": 1}
    assert terms(blank, "sheet:2:3") == {"sheet:2:1": 1}
    assert [str(e.left) for e in blank.equations] == ["sheet:1:3", "sheet:2:3"]


def test_the_only_column_of_another_page(make_blank: MakeBlank) -> None:
    note = "page 2  note  NOTE  called Note Page\ncol  -  amount  -\nline 4  x  X\n"
    blank = make_blank(
        sheet=SHEET + "line 1  a  A\n     := Note Page, Line 4 in Col. 2\n", note=note
    )
    assert terms(blank, "sheet:1:2") == {"note:4:": 1}


def test_a_product_has_its_factor_and_none_where_marked(make_blank: MakeBlank) -> None:
    sheet = """\
page 1   sheet   SHEET
col  1   amount  Amount
col  2   factor  Factor                 factor
col  3   times   Product (Cols. 1 x 2)
line 1   a       A                      .0063
line 2   b       B                      .0063 (a)
line 3   c       C                      xxx 2
"""
    blank = make_blank(sheet=sheet)
    product, factor = [
        e for column in "32" for e in blank.equations if str(e.left) == f"sheet:1:{column}"
    ]
    assert (spelled(product), product.scale) == ({"sheet:1:1": 63}, 10_000)
    assert (factor.right, factor.constant) == ((), 63)
    assert {str(e.left) for e in blank.equations} == {"sheet:1:2", "sheet:1:3", "sheet:2:2"}


def test_last_year_stands_on_the_page_or_in_last_year_s_statement(make_blank: MakeBlank) -> None:
    sheet = SHEET + "col  3  prior  Prior Year        := Prior Year, Col. 2\n"
    lines = "line 1  a  A\nline 2  b  B\n     := change in Line 1, Col. 2 in Col. 1\n"
    blank = make_blank(sheet=sheet + lines)
    assert terms(blank, "sheet:2:1") == {"sheet:1:2": 1, "sheet:1:3": -1}
    assert terms(blank, "sheet:1:3") == {"prior sheet:1:2": 1}


def test_of_two_rules_the_first_fills_and_the_other_checks(make_blank: MakeBlank) -> None:
    sheet = SHEET + "col  3   both  Both (Cols. 1 + 2)\n"
    lines = "line 1  a  A\nline 2  b  B\nline 3  c  C (Lines 1 + 2)\n"
    blank = make_blank(sheet=sheet + lines)
    both = [e for e in blank.equations if str(e.left) == "sheet:3:3"]
    assert [(e.id, e.fills) for e in both] == [("sheet.column3", True), ("sheet.3", False)]


def test_a_law_in_each_column_and_on_each_line(make_blank: MakeBlank) -> None:
    lines = "line 1  a  A\nline 2  b  B  only 2\n"
    other = SHEET.replace("sheet", "mirror").replace("SHEET", "MIRROR").replace("Sheet", "Mirror")
    checks = """\
X1   error   Sheet, Line 1 = Mirror, Line 1   each column
     Why.

X2   error   Sheet, Lines 1 to 2 = Mirror, Line 1   each line   Cols. 2
     Why.
"""
    blank = make_blank(checks, sheet=SHEET + lines, mirror=other + lines)
    assert [(e.id, str(e.left), *spelled(e)) for e in blank.equations] == [
        ("X1", "sheet:1:1", "mirror:1:1"),
        ("X1", "sheet:1:2", "mirror:1:2"),
        ("X2", "sheet:1:2", "mirror:1:2"),
        ("X2", "sheet:2:2", "mirror:2:2"),
    ]
