"""What is proved of a blank at load: each slip is refused with the file and line it stands in."""

import pytest

from jurat.words import BlankError
from tests.conftest import MakeBlank

SHEET = """\
page 1   sheet   SHEET   called Sheet
col  1   amount  Amount
col  2   other   Other
"""


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ("line 1  a  A (Line 9 minus Line 2)\nline 2  b  B\n", 4, "SHEET has no line 9"),
        ("line 1  a  A\nline 2  b  B\n     := Lines 1 to 8\n", 6, "SHEET has no line 8"),
        ("line 1  a  A\n     := Line 2, Col. 3\nline 2  b  B\n", 5, "SHEET has no column 3"),
        ("line 1  a  A\n     := Nowhere, Line 2\nline 2  b  B\n", 5, "is not a rule from its"),
        ("line 1  a  A\n     := ${gone}\n", 5, r"has no blank \$\{gone\}"),
        ("line 1  a  A\n     := Line 2\nline 2  b  B\n     := Lines 1 + 3\nline 3  c  C\n", 5,
         "in a circle: sheet:(1|2):1"),
        ("line 1  a  A\n     := Line 1\n", 5, "in a circle: sheet:1:1 → sheet:1:1"),
        ("line 1  a  A\nline 2  b  B\nline 3  c  C (Lines 1 + 2 + 1)\n", 6, "counts .* twice"),
        (("line 1  a  A\nline 2  b  B\nline 3  c  C (Lines 1 to 2)\n"
         "line 4  d  D (Lines 1 to 3)\n"), 7, "twice: itself and inside (the )?subtotal sheet:3:1"),
        (("line 1  a  A\nline 2  b  B\nline 3  c  C (Lines 1 to 2)\nline 4  d  D (Line 3)\n"
         "line 5  e  E (Lines 1 + 4)\n"), 8, "counts sheet:1:1 twice: itself and inside"),
        ("write-ins 7\n", 4, "has no line 7 to write in for"),
        ("line 1  a  A (Line 2 or so)\nline 2  b  B\n", 4, "is not a rule from its column"),
    ],
)  # fmt: skip
def test_a_slip_is_refused_where_it_stands(
    make_blank: MakeBlank, lines: str, line: int, message: str
) -> None:
    with pytest.raises(BlankError, match=message) as fault:
        make_blank(sheet=SHEET + lines)
    assert fault.value.where == f"sheet.page:{line}"


@pytest.mark.parametrize(
    ("law", "message"),
    [
        ("X1  error  Sheet, Line 1\n    Why.\n", "X1 has no equals sign"),
        ("X1  error  Sheet, Line 9, Col. 1 = Sheet, Line 1, Col. 1\n    Why.\n", "no line 9"),
        ("X1  error  Sheet, Line 1, Col. 4 = Sheet, Line 2, Col. 1\n    Why.\n", "no column 4"),
        ("X1  error  - Sheet, Line 1, Col. 1 = Sheet, Line 2, Col. 1\n    Why.\n",
         "must begin with one cell"),
        ("X1  error  Sheet, rows 01, Col. 1 = Sheet, Line 2, Col. 1\n    Why.\n",
         r"has no rows 01|must begin with one cell"),
    ],
)  # fmt: skip
def test_a_law_that_cannot_stand_is_refused(make_blank: MakeBlank, law: str, message: str) -> None:
    with pytest.raises(BlankError, match=message) as fault:
        make_blank(law, sheet=SHEET + "line 1  a  A\nline 2  b  B\n")
    assert fault.value.where == "cross.checks:1"


def test_a_tie_makes_no_circle(make_blank: MakeBlank) -> None:
    lines = "line 1  a  A\n     := Line 2\nline 2  b  B\n     ~ Line 1\n"
    blank = make_blank(sheet=SHEET + lines)
    assert [str(address) for address in blank.fill_order] == ["sheet:1:1", "sheet:1:2"]
    # The tie says what the rule says, so the equation stands once for each column.
    assert [str(e.left) for e in blank.equations] == ["sheet:1:1", "sheet:1:2"]


def test_a_tie_may_not_count_a_subtotal_with_its_members(make_blank: MakeBlank) -> None:
    lines = "line 1  a  A\nline 2  b  B\nline 3  c  C (Lines 1 + 2)\nline 4  d  D\n"
    with pytest.raises(BlankError, match="counts sheet:1:1 twice") as fault:
        make_blank(sheet=SHEET + lines + "     ~ Lines 1 to 3\n")
    assert fault.value.where == "sheet.page:8"


def test_a_difference_with_a_subtotal_counts_nothing_twice(make_blank: MakeBlank) -> None:
    lines = "line 1  a  A\nline 2  b  B\nline 3  c  C (Lines 1 + 2)\nline 4  d  D (Lines 3 - 1)\n"
    assert make_blank(sheet=SHEET + lines).fill_order
