"""The blank of 2012: that it loads, how large it is, and that its notation does not creep."""

import pytest

import jurat
from jurat.blanks import Role, blanks_known, load_blank
from jurat.words import Tolerance, UsageError
from jurat.words.page_reader import _Reader
from jurat.words.rules import _GRAMMAR


def test_the_blank_we_have() -> None:
    assert ("separate_accounts", 2012) in blanks_known()
    blank = jurat.load_blank()
    assert blank is load_blank("separate_accounts", 2012)
    assert len(blank.pages) >= 60
    assert len(blank.equations) >= 1600
    assert {"assets", "liabilities", "imr", "nii", "exhibit5"} <= set(blank.pages)


def test_a_year_we_do_not_have_names_those_we_have() -> None:
    with pytest.raises(UsageError, match=r"no blank separate_accounts 1912(.|\n)*2012"):
        load_blank("separate_accounts", 1912)


def test_every_filled_cell_is_filled_once() -> None:
    blank = jurat.load_blank()
    filled = [equation.left for equation in blank.equations if equation.fills]
    assert len(set(filled)) == len(filled)
    assert set(blank.fill_order) == set(filled)


def test_every_equation_says_why_and_whence() -> None:
    equations = jurat.load_blank().equations
    assert [e.id for e in equations if not e.why or not e.words] == []
    assert [e.id for e in equations if ".page:" not in e.where and ".checks:" not in e.where] == []


def test_no_two_equations_say_the_same() -> None:
    """A sum is checked once; a printed factor is a constant and stands alone."""
    sums = [
        frozenset([(e.left, -e.scale), *e.right]) for e in jurat.load_blank().equations
        if e.right and not e.left_rest and e.tolerance is not Tolerance.PRODUCT and e.id[0] != "X"
    ]  # fmt: skip
    assert len(set(sums)) == len(sums)


def test_every_write_in_foots() -> None:
    blank = jurat.load_blank()
    footed = {e.left for e in blank.equations if e.fills}
    totals = [
        slot.address
        for form in blank.pages.values()
        for line in form.lines
        if line.role is Role.WRITE_IN_TOTAL
        for slot in line.slots
    ]
    assert len(totals) > 40
    assert [str(a) for a in totals if a not in footed] == []


def test_the_notation_does_not_creep() -> None:
    """A new word needs a decision: the page should read like the print, not like a program."""
    assert set(_Reader("").nouns) == {
        "page", "over", "stub", "col", "head", "line", "note", "rows", "table", "write-ins",
    }  # fmt: skip
    terminals = {
        line.split(":")[0].split(".")[0] for line in _GRAMMAR.splitlines() if ": /" in line
    }
    assert terminals == {
        "PAGE", "PARTS", "_LINE", "_COLUMN", "_SUM", "PRIOR", "TOTAL", "ROWS", "MEASURED", "INSET",
        "NOTE", "CHANGE", "TO", "ABOVE", "NEGATIVE", "PLUS_NUMBER", "MINUS_NUMBER", "TIMES_NUMBER",
        "TO_NUMBER", "_PLUS", "_MINUS", "NUMBER",
    }  # fmt: skip
    assert {str(tolerance) for tolerance in Tolerance} == {
        "exact",
        "rounding",
        "percent",
        "product",
    }
