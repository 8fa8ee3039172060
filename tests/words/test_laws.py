"""The notation of cross-checks: fields, premises, and what is refused with its file and line."""

from pathlib import Path

import pytest

from jurat.words import BlankError, CrossCheck, Severity, Tolerance, read_checks

TEXT = """\
# ties between pages

X1   error    Assets, Line 17 = Liabilities, Line 22        each column
     Both sides arrive at
     the same total.

X6   warning  Reserves, Line 1 = Operations, Line 1   rounding   Cols. 1 2 5
     premise  The account has
     known    K
     premise  no other reserves.
     The charge is the growth.
# a comment inside a paragraph is none of it
"""


def read(folder: Path, text: str) -> list[CrossCheck]:
    path = folder / "cross.checks"
    path.write_text(text, encoding="utf-8")
    return read_checks(path)


def test_the_fields_of_a_law(tmp_path: Path) -> None:
    first, second = read(tmp_path, TEXT)
    assert first == CrossCheck(
        id="X1",
        severity=Severity.ERROR,
        text="Assets, Line 17 = Liabilities, Line 22",
        why="Both sides arrive at the same total.",
        each_column=True,
        where="cross.checks:3",
    )
    assert second.severity is Severity.WARNING
    assert second.tolerance is Tolerance.ROUNDING
    assert second.columns == ("1", "2", "5")
    assert second.premise == "The account has no other reserves."
    assert second.known == "K"
    assert second.why == "The charge is the growth."
    assert second.where == "cross.checks:7"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("X1  error\n    Why.\n", 1, "is not an id, a severity and a law"),
        ("\n\nX1  fatal  A, Line 1 = B, Line 1\n    Why.\n", 3, "is not an id, a severity"),
        ("X1  error  A, Line 1 = B, Line 1\n", 1, "lacks its why"),
        ("X1  warning  A, Line 1 = B, Line 1\n    Why.\n", 1, "or a warning its premise"),
        ("X1  error  A, Line 1 = B, Line 1  within 5\n    Why.\n", 1, "'within 5' is no field"),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(BlankError, match=message) as fault:
        read(tmp_path, text)
    assert fault.value.where == f"cross.checks:{line}"
