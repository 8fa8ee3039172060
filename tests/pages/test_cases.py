"""Every case of `tests/pages/*.case` comes out as it was worked by hand."""

import pytest

from .cases import HERE, Case, read_cases, told

CASES = [case for path in sorted(HERE.glob("*.case")) for case in read_cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_comes_to_what_was_worked_by_hand(case: Case) -> None:
    assert case.given
    assert case.expect
    assert told(case) == []


def test_there_are_cases_for_the_pages_that_compute() -> None:
    assert {case.name.split(":")[0] for case in CASES} >= {
        "avr", "exhibit6", "imr", "liabilities", "nii", "schedule_d",
    }  # fmt: skip


def test_a_wrong_figure_and_a_wrong_reason_are_told() -> None:
    (case, *_) = read_cases(HERE / "imr.case")
    broken = [
        (address, printed.replace("440", "441"), rule) for address, printed, rule in case.expect
    ]
    assert told(Case("broken", case.given, case.prior, broken)) == ["imr:6:1 is 440, expected 441"]
    (first, *_) = case.expect
    other = Case("other", case.given, case.prior, [(first[0], first[1], "Line 9")])
    assert told(other) == ["imr:1:1 is 500 for another reason than Line 9"]
