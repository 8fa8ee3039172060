"""The difference of two years' blanks: all that was changed, and nothing that only followed."""

from dataclasses import replace

from jurat.blanks import Blank, What, blank_diff, load_blank


def told(blank: Blank, what: What, *nouns: str) -> list[tuple[str, str, str, str]]:
    diff = blank_diff(load_blank(), blank)
    return [(c.page, c.name, c.older, c.newer) for c in diff.of(what) if c.noun in nouns]


def test_lines_are_told_by_their_names(invented: Blank) -> None:
    assert told(invented, What.DROPPED, "line", "column") == [
        (
            "liabilities", "foreign_exchange",
            "15  Net adjustment in assets and liabilities due to foreign exchange rates", "",
        ),
        ("exhibit1", "books", "13  Books and periodicals", ""),
    ]  # fmt: skip
    assert told(invented, What.ADDED, "line", "column") == [
        ("liabilities", "change", "", "5  Increase"),
        ("liabilities", "repurchase", "", "15  Payable under repurchase agreements"),
        ("liabilities", "collateral", "", "16  Collateral held"),
    ]
    assert [name for _, name, _, _ in told(invented, What.RENUMBERED, "line")] == [
        "other_liabilities", "total_liabilities", "contributed_surplus", "special_surplus",
        "unassigned", "surplus", "totals",
    ]  # fmt: skip
    assert told(invented, What.MOVED, "line") == [
        ("operations", "reserve_transfers", "behind policy_loans", "behind other_transfers_from")
    ]
    assert {name for _, name, _, _ in told(invented, What.REWORDED, "line")} == {
        "unearned_income", "surplus", "total_transfers_from", "closing_surplus", "liabilities",
    }  # fmt: skip


def test_pages_are_told(invented: Blank) -> None:
    assert told(invented, What.ADDED, "page") == [
        ("surplus_notes", "surplus_notes", "", "9  SURPLUS NOTES")
    ]
    assert [page for page, *_ in told(invented, What.DROPPED, "page")] == ["schedule_db_c2"]
    assert told(invented, What.RENUMBERED, "page") == [("operations", "operations", "4", "5")]


def test_a_rule_that_only_follows_its_lines_is_not_changed(invented: Blank) -> None:
    changed = told(invented, What.CHANGED, "rule", "law")
    assert changed == [
        ("liabilities", "liabilities.18", "Lines 1 through 16", "Lines 1 through 17"),
        ("exhibit1", "exhibit1.22", "Lines 1 to 21", "Lines 1 to 12 + 14 to 21"),
    ]
    assert told(invented, What.DROPPED, "rule") == []
    assert told(invented, What.ADDED, "rule") == [
        ("liabilities", "liabilities.column5", "", "Cols. 3 - 4")
    ]
    assert [name for _, name, *_ in told(invented, What.DROPPED, "law")] == ["X20"]
    assert [name for _, name, *_ in told(invented, What.ADDED, "law")] == ["Y1"]


def test_a_changed_factor_is_told(invented: Blank) -> None:
    equations = [
        replace(e, constant=77) if str(e.left) == "avr_default:2:5" and not e.right else e
        for e in invented.equations
    ]
    changed = replace(invented, equations=tuple(equations))
    assert [(c.page, c.cells) for c in blank_diff(invented, changed).changes] == [
        ("avr_default", ("avr_default:2:5",))
    ]
