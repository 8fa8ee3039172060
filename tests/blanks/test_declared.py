"""What a page declares and would lose in silence: each is refused with the file and line."""

import pytest

import jurat
from jurat.statement import system_for
from jurat.words import BlankError
from tests.conftest import MakeBlank

SHEET = "page 1   sheet   SHEET   called Sheet\ncol  1   amount  Amount\n"


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ("line 1  a  A\nline 1  b  B\n", 4, "The line 1 stands twice"),
        ("line 1  a  A\nline 2  a  B\n", 4, "The name a stands twice"),
        ("line 1  a  A\ntable 2  a  Table\n", 4, "The name a stands twice"),
        ("col  1  again  Again\nline 1  a  A\n", 3, "The column 1 stands twice"),
        ("rows 01  life  0199999  Totals\nrows 01  more  0199999  Totals\n", 4, "The rows 01"),
        ("line 1  a  A  only 7\n", 3, "There is no column 7"),
        ("line 1  a  A  xxx 9\n", 3, "There is no column 9"),
        ("head -  h  H  xxx 9\n", 3, "There is no column 9"),
        ("line 1  a  A  mark (a) in 9\n", 3, "There is no column 9"),
        ("line 1  a  A (Line 2)  in Col. 4\nline 2  b  B\n", 3, "There is no column 4"),
        ("line 1  a  A\n     := Line 2 in Col. 4\nline 2  b  B\n", 4, "nothing in column 4"),
        ("line 1  a  A ${x}\n     ${y} ~ Line 1\n", 4, r"has no blank \$\{y\}"),
        ("line 1  a  A {when:dat}\n", 3, "no inset can be one"),
        ("line 1  a  A  .0063\n", 3, "more factors than columns"),
        ("table 1  t  T\n  col 1  x  X\n  line 1.1  a  A  only 2\n", 5, "There is no column 2"),
    ],
)
def test_a_slip_of_a_declaration(
    make_blank: MakeBlank, lines: str, line: int, message: str
) -> None:
    with pytest.raises(BlankError, match=message) as fault:
        make_blank(sheet=SHEET + lines)
    assert fault.value.where == f"sheet.page:{line}"


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ("col  2  b  B (Cols. 1 + 7)\nline 1  a  A\n", 3, "is no rule of columns"),
        ("col  2  b  B (Line 1)\nline 1  a  A\n", 3, "is no rule of columns"),
        ("col  2  b  B     := Prior Year, Col. 5\nline 1  a  A\n", 3, "is no rule of columns"),
        ("line 1  a  A\n     := rows 05\n", 4, "has no rows 05"),
        ("head 1  h  H (Lines 2 to 3)\nline 2  b  B\nline 3  c  C\n", 3, "a line without cells"),
        ("note (a)  n  Includes ${x} (Line 2)\nline 2  b  B\n", 3, "a line without cells"),
    ],
)
def test_a_rule_that_would_count_nothing(
    make_blank: MakeBlank, lines: str, line: int, message: str
) -> None:
    with pytest.raises(BlankError, match=message) as fault:
        make_blank(sheet=SHEET + lines)
    assert fault.value.where == f"sheet.page:{line}"


def test_a_measure_that_does_not_exist(make_blank: MakeBlank) -> None:
    blank = make_blank(sheet=SHEET + "line 1  a  A\n     := measured nothing\n")
    with pytest.raises(BlankError, match="no measure 'nothing'") as fault:
        system_for(blank)
    assert fault.value.where == "sheet.page:3"


def test_heads_may_share_a_number_with_a_line(make_blank: MakeBlank) -> None:
    """A head's number stands for the lines below it; only cells need numbers of their own."""
    lines = "head 1  h  H:\nline 1.1  a  A\nline 1.2  b  B\nline 2  c  C (Line 1)\n"
    blank = make_blank(sheet=SHEET + lines)
    (equation,) = blank.equations
    assert [str(place) for place, _ in equation.right] == ["sheet:1.1:1", "sheet:1.2:1"]


def test_every_page_of_the_blank_stands() -> None:
    for form in jurat.load_blank().pages.values():
        addresses = [slot.address for slot in form.slots]
        assert len(set(addresses)) == len(addresses), form.name
