"""A year as changes to the year before: what they make of its pages, and what is refused."""

import re
from pathlib import Path

import pytest

from jurat.blanks import Blank, Equation, load_blank, load_folder
from jurat.words import BlankError


def load(years: Path) -> Blank:
    return load_folder(years / "2013", "separate_accounts", 2013)


def equation(blank: Blank, named: str, column: str) -> Equation:
    return next(e for e in blank.equations if e.id == named and e.left.column == column)


def printed(blank: Blank, page: str) -> list[tuple[object, ...]]:
    """All that a page prints and asks."""
    lines = blank.pages[page].lines
    return [(x.id, x.name, x.caption, x.role, x.slots, x.group) for x in lines]


def refused(years: Path, file: str, text: str) -> str:
    """What the loader says of the year with one file written so."""
    (years / "2013" / file).write_text(text)
    with pytest.raises(BlankError) as fault:
        load(years)
    return str(fault.value)


# -- what the changes make ------------------------------------------------------------------


def test_a_page_without_changes_is_as_the_year_before(invented: Blank) -> None:
    was = load_blank()
    assert len(invented.pages) == len(was.pages)
    for name in ("nii", "exhibit3", "schedule_d", "avr_default", "general_interrogatories"):
        assert printed(invented, name) == printed(was, name)


def test_lines_stand_where_the_changes_put_them(invented: Blank) -> None:
    lines = [(x.number, x.name) for x in invented.pages["liabilities"].lines][12:19]
    assert lines == [
        ("13", "payables"), ("14", "lending_payable"), ("15", "repurchase"), ("16", "collateral"),
        ("17", "other_liabilities"), ("18", "total_liabilities"), ("19", "contributed_surplus"),
    ]  # fmt: skip
    moved = [line.id for line in invented.pages["operations"].lines]
    assert moved.index("8") == moved.index("9.3") + 1
    assert invented.pages["operations"].declared.number == "5"


def test_a_line_keeps_its_name_and_its_write_ins_under_a_new_number(invented: Blank) -> None:
    line = invented.line("liabilities", "1701")
    assert line is not None
    assert line.name == "other_liabilities_01"
    assert invented.line("liabilities", "1601") is None


def test_a_rule_we_wrote_follows_its_lines(invented: Blank) -> None:
    assert equation(invented, "liabilities.23", "1").words == "Lines 18 + 22"
    total = equation(invented, "liabilities.18", "1")
    assert [str(place) for place, _ in total.right] == [f"liabilities:{n}:1" for n in range(1, 18)]
    both = next(e for e in invented.equations if e.id == "X1")
    assert (str(both.left), str(both.right[0][0])) == ("assets:17:1", "liabilities:23:1")


def test_a_rule_on_another_page_follows_too(invented: Blank) -> None:
    surplus = next(
        e for e in invented.equations if e.id == "operations.24.tie" and e.left.column == "1"
    )
    assert str(surplus.right[0][0]) == "liabilities:22:3"


def test_a_new_page_a_new_column_and_a_new_law_take_part(invented: Blank) -> None:
    assert str(equation(invented, "liabilities.column5", "5").left) == "liabilities:1:5"
    law = next(e for e in invented.equations if e.id == "Y1")
    assert [str(p) for p in law.places] == ["surplus_notes:2:1", "liabilities:19:3"]
    assert "schedule_db_c2" not in invented.pages
    assert not [e for e in invented.equations if e.id == "X20"]


def test_every_rule_is_still_stated_once(invented: Blank) -> None:
    filled = [e.left for e in invented.equations if e.fills]
    assert len(set(filled)) == len(filled)
    assert set(invented.fill_order) == set(filled)


def test_a_year_can_be_like_a_year_that_is_like_another(years: Path) -> None:
    (years / "2014").mkdir()
    (years / "2014" / "contents").write_text("like 2013\n")
    (years / "2014" / "assets.page").write_text("page assets like 2013\nreword 1   Bonds owned\n")
    blank = load_folder(years / "2014", "separate_accounts", 2014)
    line = blank.line("assets", "1")
    assert line is not None
    assert line.caption == "Bonds owned"
    assert blank.line("liabilities", "1701") is not None


def test_a_fault_in_an_older_year_is_told_in_that_year(years: Path) -> None:
    (years / "2014").mkdir()
    (years / "2014" / "contents").write_text("like 2013\n")
    (years / "2014" / "liabilities.page").write_text("page liabilities like 2013\ndrop 2\n")
    (years / "2014" / "surplus_notes.page").write_text("page surplus_notes like 2013\ndrop 1\n")
    with pytest.raises(BlankError) as fault:
        load_folder(years / "2014", "separate_accounts", 2014)
    said = str(fault.value)
    assert "2013/surplus_notes.page:6: the caption 'Line 1'" in said
    assert re.search(r"2012/cross\.checks:\d+: the law X6\.2 names Line 2, which 2014", said)
    assert "Write in 2014/surplus_notes.page" in said


# -- what is refused ------------------------------------------------------------------------


def test_a_caption_that_points_at_a_renumbered_line_is_refused_with_what_to_write(
    years: Path,
) -> None:
    (years / "2013" / "exhibit6.page").unlink()
    with pytest.raises(BlankError) as fault:
        load(years)
    said = str(fault.value)
    assert "2012/exhibit6.page:27" in said
    assert "Write in 2013/exhibit6.page" in said
    assert "reword 6   Total Separate Accounts liabilities (Lines 4 + 5 = Page 3, Line 18)" in said


def test_a_caption_and_a_rule_that_point_at_a_dropped_line_are_refused_together(
    years: Path,
) -> None:
    said = refused(years, "operations.page", "page operations like 2012\ndrop 17\ndrop 5\n")
    assert "the caption 'Lines 10 to 15'" not in said
    assert "the caption 'Line 17' of operations, line 19 points at Line 17" in said
    assert "reword 19   the caption as printed now" in said
    assert "the caption 'Page 3, Line 21' of operations, line 24 points at a number" in said
    assert "the law X8 names Line 17, which 2013 dropped" in said


def test_a_rule_below_a_line_that_names_a_dropped_line_is_refused(years: Path) -> None:
    said = refused(years, "exhibit1.page", "page exhibit1 like 2012\ndrop 21\n")
    assert "2012/exhibit1.page:27: the rule 'Lines 1 to 21' of exhibit1, line 22" in said
    assert "restate 22" in said


def test_a_law_that_names_a_dropped_line_is_refused(years: Path) -> None:
    (years / "2013" / "imr.page").write_text(
        "page imr like 2012\ndrop 3\nreword 4   Balance (Line 1 + Line 2)\n"
    )
    said = refused(years, "cross.checks", "like 2012\ndrop X20\n")
    assert "the law X39.3 names Line 3, which 2013 dropped" in said
    assert "Write in 2013/cross.checks, below `like 2012`:\n      drop X39.3" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("drop 99", "The line 99 is not on the page"),
        ("drop 12\ndrop derivatives", "derivatives is changed twice by drop"),
        ("remove 12", "'remove' is no verb of an overlay"),
        ("add line 15   loans   Loans", "says not where it is added"),
        ("renumber 9", "says not what to renumber"),
        ("drop 12\n     := Lines 1", "Nothing stands below 'drop'"),
        ("drop write-ins 12", "Line 12 has no write-ins to drop"),
        ("reword 9", "is not in the notation"),
        ("renumber 12 to 13", "The line 13 stands twice"),
        ("add sheet 5   x   X   after 4", "'sheet' cannot be added"),
    ],
)
def test_a_change_that_cannot_be_made_names_its_place(years: Path, text: str, said: str) -> None:
    told = refused(years, "liabilities.page", f"page liabilities like 2012\n\n{text}\n")
    assert said in told
    assert "liabilities.page:" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("like 2012\ndrop nothing\n", "2013/contents:2: 'drop nothing' is no change"),
        ("like 2012\n", "surplus_notes.page belongs to no page of 2013"),
        ("like 2014\n", "The folder 2013 cannot be like 2014"),
        ("like 2012\nadd surplus_notes after nii\nadd zero after nii\n", "There is no zero.page"),
    ],
)
def test_contents_that_cannot_stand_name_their_place(years: Path, text: str, said: str) -> None:
    assert said in refused(years, "contents", text)
