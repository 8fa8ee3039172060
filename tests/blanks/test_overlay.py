"""Every kind of change, on pages small enough to see whole."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from jurat.blanks import Blank, blank_diff, load_folder
from jurat.words import BlankError

SHEET = """page 2   sheet   SHEET   called Sheet; Page 2

col  1   first    First
col  2   second   Second
col  3   both     Both (Cols. 1 + 2)

head 1     stocks    Stocks:
line 1.1   common    Common   only 1   mark (a) in 1
line 1.2   rare      Rare     xxx 2
line 2     other     Other
line 3     total     Total (Lines 1.1 to 2)
line 4     tied      Tied (Mirror, Line 7, Col. 3)   in Col. 1
line 5     plus      Plus
     := Line 3, Col. 2 + Line 4, Col. 2 in Col. 2

write-ins 2

note (a)   common_note   Includes ${fees} of fees.
"""
MIRROR = """page 3   mirror   MIRROR   called Mirror

stub kind   Kind
col  1   amount   Amount   text
col  2   factor   Factor   factor
col  3   money    Money

line 7   seven   A   Seven   .0100   only 2 3
rows 01   lots   0199999   Totals
table 9   nines   Nines
  col 1   name    Name   text
  col 2   sum     Sum
  line 9.1   one   One
  line 9.2   two   Two
"""
OVERFLOW = "page 20   overflow   OVERFLOW PAGE   called Overflow\n"
CHECKS = """Z1      error    Sheet, Line 3 = Sheet, Line 2        Cols. 1 2
        They are one.

Z2      error    Mirror, Line 9.2, Col. 2 = Sheet, Line 2, Col. 3
        They are two.
"""
Change = Callable[..., Blank]


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """The blank of 2011 that follows from a small one of 2010: `change(sheet="drop 2 ...")`."""
    old, new = tmp_path / "2010", tmp_path / "2011"
    old.mkdir()
    new.mkdir()
    (old / "contents").write_text("sheet\nmirror\noverflow\n")
    (old / "overflow.page").write_text(OVERFLOW)
    (old / "sheet.page").write_text(SHEET)
    (old / "mirror.page").write_text(MIRROR)
    (old / "cross.checks").write_text(CHECKS)

    def changed(checks: str = "", **pages: str) -> Blank:
        (new / "contents").write_text("# the year of the test\nlike 2010\n")
        for name, text in pages.items():
            (new / f"{name}.page").write_text(f"page {name} like 2010\n{text}\n")
        if checks:
            (new / "cross.checks").write_text(f"like 2010\n{checks}\n")
        return load_folder(new, "separate_accounts", 2011)

    return changed


def law(blank: Blank, name: str) -> list[list[str]]:
    """The cells of every instance of a rule or law."""
    return [[str(place) for place in e.places] for e in blank.equations if e.id == name]


def asked(blank: Blank, page: str, line: str) -> list[str]:
    found = blank.line(page, line)
    assert found is not None
    return [
        slot.address.column for slot in found.slots if not slot.address.inset and not slot.is_xxx
    ]


def test_no_change_is_the_same_blank(change: Change, tmp_path: Path) -> None:
    older = load_folder(tmp_path / "2010", "separate_accounts", 2010)
    newer = change()
    assert blank_diff(older, newer).changes == ()
    assert newer.year == 2011


def test_a_column_takes_along_what_lines_say_of_it(change: Change) -> None:
    blank = change(
        sheet="renumber col 1 to 2\nrenumber col 2 to 1\nmove col 2 before 1\n"
        "reword col 3   Both (Cols. 2 + 1)",
        checks="",
    )
    assert [c.number for c in blank.pages["sheet"].declared.columns] == ["1", "2", "3"]
    assert asked(blank, "sheet", "1.1") == ["2"]
    assert asked(blank, "sheet", "1.2") == ["2", "3"]
    assert law(blank, "sheet.4.tie") == [["sheet:4:2", "mirror:7:3"]] or law(blank, "sheet.4") == [
        ["sheet:4:2", "mirror:7:3"]
    ]
    assert law(blank, "sheet.5") == [["sheet:5:1", "sheet:3:1", "sheet:4:1"]]
    assert law(blank, "Z1") == [["sheet:3:2", "sheet:2:2"], ["sheet:3:1", "sheet:2:1"]]


def test_a_dropped_column_asks_for_the_rules_that_named_it(change: Change) -> None:
    with pytest.raises(BlankError) as fault:
        change(sheet="drop col 2")
    said = str(fault.value)
    assert "the caption 'Cols. 1 + 2' of sheet, col 3 points at Col. 2" in said
    assert "reword col 3   the caption as printed now" in said
    assert "restate 5" in said
    assert "the law Z1 names Col. 2" in said


def test_a_line_that_is_asked_in_the_dropped_column_alone_must_go_too(change: Change) -> None:
    with pytest.raises(BlankError, match=r"2011/sheet\.page:2(.|\n)*Write too: drop 1\.1"):
        change(sheet="drop col 1")


def test_a_line_of_a_table_and_a_stub_line_and_rows_can_be_added(change: Change) -> None:
    blank = change(
        mirror="add line 9.3   three   Three   after 9.2\n"
        "add line 8   eight   B   Eight   .0200   after 7\n"
        "add rows 02   odd   0299999   Totals   after 01\n"
        "renumber 01 to 04"
    )
    form = blank.pages["mirror"]
    lines = [line.id for line in form.lines]
    assert lines == ["7", "8", "0499999", "0299999", "9", "9.1", "9.2", "9.3"]
    assert form.by_id["8"].stub == "B"
    assert [group.id for group in form.groups] == ["04", "02"]
    assert law(blank, "mirror.0499999")


def test_a_renumbered_table_line_is_followed_by_laws(change: Change) -> None:
    assert law(change(mirror="renumber 9.2 to 9.5"), "Z2") == [["mirror:9.5:2", "sheet:2:3"]]


def test_write_ins_come_go_and_are_renumbered(change: Change) -> None:
    moved = change(sheet="renumber 2 to 6\nmove 2 after 5\nreword 3   Total (Lines 1.1 to 1.2)")
    assert moved.line("sheet", "0601") is not None
    assert moved.line("sheet", "0201") is None
    gone = change(sheet="drop write-ins 2\nadd write-ins 5\nrestate 5")
    assert gone.line("sheet", "0501") is not None
    assert gone.line("sheet", "0201") is None
    assert law(gone, "sheet.5") == [[f"sheet:5:{n}", f"sheet:0599:{n}"] for n in "12"] + [
        ["sheet:5:3", "sheet:0599:3"]
    ]


def test_a_line_can_be_stated_anew_under_its_name(change: Change, tmp_path: Path) -> None:
    newer = change(sheet="drop 1.2\nadd line 1.2   rare   Rare   only 3   after 1.2")
    assert asked(newer, "sheet", "1.2") == ["3"]
    older = load_folder(tmp_path / "2010", "separate_accounts", 2010)
    told = [(str(c.what), c.name, c.newer) for c in blank_diff(older, newer).changes]
    assert ("changed", "rare", "only ('3',)") in told
    assert "dropped" not in [what for what, name, _ in told if name == "rare"]


def test_a_page_can_have_another_number_and_title(change: Change) -> None:
    blank = change(sheet="renumber page to 5\nreword page   THE SHEET   called Sheet; Page 5")
    declared = blank.pages["sheet"].declared
    assert (declared.number, declared.title, declared.called) == (
        "5", "THE SHEET", ("Sheet", "Page 5"),
    )  # fmt: skip


def test_a_name_of_a_page_that_means_another_now_is_followed_in_laws(change: Change) -> None:
    blank = change(
        sheet="reword page   SHEET   called Page 2",
        mirror="reword page   MIRROR   called Mirror; Sheet2",
    )
    assert law(blank, "Z2") == [["mirror:9.2:2", "sheet:2:3"]]


def test_a_note_is_reworded_with_its_blanks(change: Change) -> None:
    blank = change(sheet="reword (a)   Includes ${fees} of fees and ${taxes} of taxes.")
    line = blank.line("sheet", "(a)")
    assert line is not None
    assert [slot.address.inset for slot in line.slots] == [1, 2]


def test_a_range_whose_ends_changed_places_is_refused(change: Change) -> None:
    with pytest.raises(BlankError, match=r"points at the order of Lines 1\.1 through 2"):
        change(sheet="move 2 before 1.1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("restate 9", "nines cannot be changed by restate"),
        ("add table 8   more   More   after 9.1", "a table holds lines alone"),
        ("move 7 after 9.1", "a line stays in its table"),
        ("move 9.1 after 7", "a line stays in its table"),
        ("renumber write-ins 7 to 8", "Write-ins cannot be changed by renumber"),
        ("drop page", "says not what to drop"),
        ("add", "'nothing' cannot be added"),
    ],
)
def test_no_change_is_lost_in_silence(change: Change, text: str, said: str) -> None:
    with pytest.raises(BlankError, match=said):
        change(mirror=text)


WORDS = [
    "drop", "add", "move", "renumber", "reword", "restate", "line", "col", "page", "note", "rows", "table",
    "write-ins", "head", "1.1", "1.2", "2", "3", "4", "5", "9.1", "(a)", "to", "after", "before", "  ", "   ",
    "\n     := Line 2", "\n", "Caption (Lines 1.1 to 2)", "in Col. 1", "name", "-", "99", "{x", "${a} ~ Line 1",
]  # fmt: skip


def refused(change: Change, text: str) -> str | None:
    """What the loader says against a change, if anything."""
    try:
        change(sheet=text)
    except BlankError as fault:
        return str(fault)
    return None


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_written_is_made_or_refused_with_its_place(change: Change, seed: int) -> None:
    random = Random(seed)
    for _ in range(40):
        text = " ".join(random.choices(WORDS, k=random.randint(1, 14)))
        fault = refused(change, text)
        assert fault is None or ".page:" in fault, text
