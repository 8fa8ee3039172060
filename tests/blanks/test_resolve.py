"""From words to equations: what is said twice stands once, and how near each equation must be."""

from jurat.blanks import Equation
from tests.conftest import MakeBlank

SHEET = "page 1   sheet   SHEET   called Sheet\ncol  1   amount  Amount\ncol  2   other   Other\n"
MIRROR = "page 2   mirror   MIRROR   called Mirror\ncol  1   amount  Amount\nline 7  m  M\nline 8  n  N\n"
Told = tuple[str, str, list[str], bool, str]


def told(equation: Equation) -> Told:
    """An equation for comparing: id, left, right, whether it fills, how near it must be."""
    right = [str(place) for place, _ in equation.right]
    return equation.id, str(equation.left), right, equation.fills, str(equation.tolerance)


def equations(make_blank: MakeBlank, lines: str) -> list[Told]:
    return [told(e) for e in make_blank(sheet=SHEET + lines, mirror=MIRROR).equations]


def test_a_law_that_gives_the_caption_its_column_is_not_a_second_law(make_blank: MakeBlank) -> None:
    lines = "line 1  a  A (Mirror, Line 7)\n     ~ Mirror, Line 7, Col. 1 in Col. 2\n"
    assert equations(make_blank, lines) == [
        ("sheet.1.tie", "sheet:1:2", ["mirror:7:1"], False, "exact"),
    ]


def test_a_caption_that_a_law_does_not_restate_is_a_check_too(make_blank: MakeBlank) -> None:
    lines = "line 1  a  A\nline 2  b  B (Line 1)  only 1\n     := Mirror, Line 7, Col. 1\n"
    assert equations(make_blank, lines) == [
        ("sheet.2", "sheet:2:1", ["mirror:7:1"], True, "exact"),
        ("sheet.2.tie", "sheet:2:1", ["sheet:1:1"], False, "exact"),
    ]


def test_a_caption_written_once_more_below_stands_once(make_blank: MakeBlank) -> None:
    lines = (
        "line 1  a  A\nline 2  b  B\nline 3  c  C (Lines 1 to 2)  only 1\n     := Lines 1 to 2\n"
    )
    assert equations(make_blank, lines) == [
        ("sheet.3", "sheet:3:1", ["sheet:1:1", "sheet:2:1"], True, "rounding"),
    ]


def test_the_law_of_a_blank_says_nothing_of_its_line(make_blank: MakeBlank) -> None:
    """The caption's rule is about the cell; the law below it about the blank inside the caption."""
    lines = "line 1  a  A\nline 2  b  B (including ${part}) (Line 1)  only 1\n     ${part} ~ Line 1, Col. 2\n"
    assert equations(make_blank, lines) == [
        ("sheet.2.$1.tie", "sheet:2:$1", ["sheet:1:2"], False, "exact"),
        ("sheet.2", "sheet:2:1", ["sheet:1:1"], True, "exact"),
    ]


def test_a_caption_with_an_equals_sign_says_two_things(make_blank: MakeBlank) -> None:
    lines = "line 1  a  A\nline 2  b  B\nline 3  c  C (Lines 1 + 2 = Mirror, Line 7)  only 1\n"
    assert equations(make_blank, lines) == [
        ("sheet.3", "sheet:3:1", ["sheet:1:1", "sheet:2:1"], True, "rounding"),
        ("sheet.3.tie", "sheet:3:1", ["mirror:7:1"], False, "exact"),
    ]


def test_half_of_it_may_be_written_below(make_blank: MakeBlank) -> None:
    lines = (
        "line 1  a  A\nline 2  b  B\nline 3  c  C (Lines 1 + 2 = Mirror, Line 7)  only 2\n"
        "     ~ Mirror, Line 7, Col. 1\n"
    )
    assert equations(make_blank, lines) == [
        ("sheet.3.tie", "sheet:3:2", ["mirror:7:1"], False, "exact"),
        ("sheet.3", "sheet:3:2", ["sheet:1:2", "sheet:2:2"], True, "rounding"),
    ]


def test_how_near(make_blank: MakeBlank) -> None:
    """One cell is another, to the dollar; a sum is rounded; percents add to a tenth."""
    lines = (
        "line 1  a  A  only 1\nline 2  b  B  only 1\n     ~ Line 1   rounding\n"
        "line 3  c  C (Line 1)  only 1\nline 4  d  D (Lines 1 + 2)  only 1\n"
        "line 5  p  P  percent  only 1\nline 6  q  Q (Line 5)  percent  only 1\n"
    )
    near = {name: tolerance for name, _, _, _, tolerance in equations(make_blank, lines)}
    assert near == {
        "sheet.2.tie": "rounding",
        "sheet.3": "exact",
        "sheet.4": "rounding",
        "sheet.6": "percent",
    }


def test_only_what_the_page_prints_is_printed(make_blank: MakeBlank) -> None:
    lines = "line 1  a  A\nline 2  b  B (Line 1)  only 1\nline 3  c  C  only 1\n     := Line 1\n"
    blank = make_blank(sheet=SHEET + lines)
    assert {e.id: e.is_printed for e in blank.equations} == {"sheet.2": True, "sheet.3": False}
