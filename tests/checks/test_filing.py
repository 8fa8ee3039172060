"""The filing of 2012, difference by difference: what rounding left, and which breaks are one story.

The figures are those found by hand before there was a program: thirteen sums of a page that are a
dollar off, a percentage a tenth off, and the ties between pages that rounding moved.
"""

import jurat
from jurat.checks import Grade
from jurat.statement import Statement

ON_ONE_PAGE = {
    ("reserves.7", "reserves:7:1"): -1,
    ("reserves.7", "reserves:7:2"): -1,
    ("reserves.15", "reserves:15:1"): -1,
    ("reserves.16", "reserves:16:1"): -1,
    ("reserves.column1", "reserves:15:1"): -1,
    ("nii.10", "nii:10:1"): -1,
    ("nii.10", "nii:10:2"): -1,
    ("exhibit5.14", "exhibit5:14:1"): -1,
    ("exhibit5.32", "exhibit5:32:1"): -1,
    ("avr_default.34", "avr_default:34:6"): 1,
    ("schedule_b.11", "schedule_b:11:"): -1,
    ("schedule_da.10", "schedule_da:10:1"): 1,
    ("schedule_da.10", "schedule_da:10:2"): 1,  # all of column 1 stands in column 2
    ("schedule_db_a.9", "schedule_db_a:9:"): 1,
    ("exhibit6.4", "exhibit6:4:2"): 1,  # 24.9 against 24.6 + 0.2: a tenth
}
BETWEEN_PAGES = {
    ("X6.1", "operations:12:1"): 1,
    ("X7", "operations:3:1"): 2,
    ("X13", "operations_by_lob:12:1"): 1,
    ("X13", "operations_by_lob:12:2"): 1,
    ("X16.2", "reserves:15:1"): -1,
    ("X28", "exhibit5:22:1"): -1,
    ("X34", "exhibit5:25:1"): 3,
    ("X38.1", "general_interrogatories:5.41:1"): -1,
    ("X42", "nii:0902:2"): 1,
    ("X43.2", "avr_default:25:1"): 1,
    ("X46.1", "schedule_d:3:"): 1,
    ("X46.2", "schedule_d:7:"): 1,
    ("X50.3", "capital_gains:6:3"): 1,
}
STORIES = [
    {"X41.2", "X41.3", "liabilities.3.tie"},  # the reserve form and the ledger are kept apart
    {"X45.1", "X45.4", "schedule_d.12"},  # the statement value was put in, not added up
    {"X54.1", "X54.2"},  # derivatives are netted by counterparty
    {"X43.1"},
    {"X33"},
]


def test_what_rounding_left(example: Statement) -> None:
    rounding = [f for f in jurat.check(example) if f.grade is Grade.ROUNDING]
    assert {(f.id, f.cells[0]): f.difference for f in rounding} == ON_ONE_PAGE | BETWEEN_PAGES
    assert len(rounding) == len(ON_ONE_PAGE) + len(BETWEEN_PAGES)


def test_a_difference_of_one_page_is_between_its_cells(example: Statement) -> None:
    for finding in jurat.check(example):
        if finding.grade is Grade.ROUNDING:
            pages = {cell.split(":")[0] for cell in finding.cells}
            is_on_one = (finding.id, finding.cells[0]) in ON_ONE_PAGE
            assert (len(pages) == 1) is is_on_one, finding.id


def test_ten_breaks_are_five_stories(example: Statement) -> None:
    failed = [f for f in jurat.check(example) if f.grade is Grade.FAIL and f.root]
    told: dict[str, set[str]] = {}
    for finding in failed:
        told.setdefault(finding.root, set()).add(finding.id)
    assert sorted(told.values(), key=sorted) == sorted(STORIES, key=sorted)
    for finding in failed:
        alone = len(told[finding.root]) == 1
        assert finding.story == "" if alone else "are one story" in finding.story


def test_a_root_is_named_by_its_largest_break(example: Statement) -> None:
    failed = [f for f in jurat.check(example) if f.grade is Grade.FAIL and f.root]
    for root in {f.root for f in failed}:
        largest = max(abs(f.difference) for f in failed if f.root == root)
        assert largest in {abs(f.difference) for f in failed if f.root == f.id == root}
