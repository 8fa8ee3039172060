"""Damage is what a scanner does, is repeatable, and never changes a digit."""

from collections import Counter

import pytest

from jurat.publishing import DamageKind, Layout, Look, damage, lay_out
from jurat.publishing.kinds import edits_of
from jurat.statement import Statement

HEAD = "ANNUAL STATEMENT FOR THE YEAR 2012 OF THE SEPARATE ACCOUNTS OF THE Small Life"


@pytest.fixture
def tabs(small: Statement) -> Layout:
    return lay_out(small, Look.TABS)


@pytest.fixture
def spaces(small: Statement) -> Layout:
    return lay_out(small, Look.SPACES)


def _after(layout: Layout, kind: DamageKind) -> list[tuple[str, ...]]:
    """What the touched lines become, for every way the kind can befall the layout."""
    return [tuple(text for _, text in edit.lines) for edit in edits_of(layout, kind)]


# -- each kind on the small statement ---------------------------------------------------


def test_glued(tabs: Layout, spaces: Layout) -> None:
    assert _after(tabs, DamageKind.GLUED) == [
        ("1. Bonds1,000\t(2,500)",),
        ("1. Bonds\t1,000(2,500)",),
        ("3. Loans40\t",),
        ("4. Total (Lines 1 to 3)1,040\t(2,200)",),
        ("4. Total (Lines 1 to 3)\t1,040(2,200)",),
    ]
    assert _after(spaces, DamageKind.GLUED)[:2] == [
        (" 1.  Bonds1,000                               (2,500)",),
        (" 1.  Bonds ..................            1,000(2,500)",),
    ]


def test_collapsed(tabs: Layout, spaces: Layout) -> None:
    assert _after(tabs, DamageKind.COLLAPSED) == [("2. Preferred stocks owned\t300",)]
    assert _after(spaces, DamageKind.COLLAPSED) == [(" 2.  Preferred stocks owned   300",)]


def test_line_high(tabs: Layout, spaces: Layout) -> None:
    assert _after(tabs, DamageKind.LINE_HIGH) == [
        ("2. Preferred stocks owned\t40\t300", "3. Loans\t\t"),
        (
            "2. Preferred stocks owned\t40\t300",
            "3. Loans\t1,040\t",
            "4. Total (Lines 1 to 3)\t\t(2,200)",
        ),
        ("3. Loans\t40\t(2,200)", "4. Total (Lines 1 to 3)\t1,040\t"),
    ]
    assert _after(spaces, DamageKind.LINE_HIGH)[1] == (
        " 2.  Preferred stocks owned           40          300",
        " 3.  Loans ..................      1,040",
        " 4.  Total (Lines 1 to 3) ...                 (2,200)",
    )
    moved = edits_of(tabs, DamageKind.LINE_HIGH)[1].addresses
    assert [str(address) for address in moved] == ["assets:3:1", "assets:4:1"]


def test_lost_parentheses(tabs: Layout, spaces: Layout) -> None:
    assert _after(tabs, DamageKind.LOST_PARENTHESES)[:3] == [
        ("1. Bonds\t1,000\t2,500)",),
        ("1. Bonds\t1,000\t(2,500",),
        ("1. Bonds\t1,000\t2,500",),
    ]
    assert _after(spaces, DamageKind.LOST_PARENTHESES)[:3] == [
        (" 1.  Bonds ..................      1,000       2,500)",),
        (" 1.  Bonds ..................      1,000      (2,500",),
        (" 1.  Bonds ..................      1,000       2,500",),
    ]


def test_mark(tabs: Layout, spaces: Layout) -> None:
    assert _after(tabs, DamageKind.MARK)[:4] == [
        ("1. Bonds\t(a)1,000\t(2,500)",),
        ("1. Bonds\t*1,000\t(2,500)",),
        ("1. Bonds\t$1,000\t(2,500)",),
        ("1. Bonds\t|1,000\t(2,500)",),
    ]
    assert (" 1.  Bonds ..................   (a)1,000      (2,500)",) in _after(
        spaces, DamageKind.MARK
    )


def test_none_inside(tabs: Layout) -> None:
    assert _after(tabs, DamageKind.NONE_INSIDE) == [
        ("NONE\n2. Closing\t", ""),
        ("N O N E\n2. Closing\t", ""),
    ]


def test_wrapped(tabs: Layout, spaces: Layout) -> None:
    assert _after(tabs, DamageKind.WRAPPED)[:2] == [
        ("2. Preferred\nstocks owned\t\t300",),
        ("2. Preferred stocks\nowned\t\t300",),
    ]
    assert _after(spaces, DamageKind.WRAPPED)[1:3] == [
        (" 2.  Preferred stocks\n     owned                                        300",),
        (" 4.  Total\n     (Lines 1 to 3) .........      1,040      (2,200)",),
    ]


def test_running_head(tabs: Layout, spaces: Layout) -> None:
    assert _after(tabs, DamageKind.RUNNING_HEAD)[:2] == [
        (f"{HEAD}\n2. Preferred stocks owned\t\t300",),
        ("2\n2. Preferred stocks owned\t\t300",),
    ]
    head, number = _after(spaces, DamageKind.RUNNING_HEAD)[:2]
    assert head[0].split("\n")[0].strip() == HEAD
    assert number[0].split("\n")[0].strip() == "2"


# -- on the filing's figures ------------------------------------------------------------


@pytest.mark.parametrize("look", Look)
def test_same_seed_same_text(bay_state: Statement, look: Look) -> None:
    layout, again = lay_out(bay_state, look), lay_out(bay_state, look)
    assert damage(layout, 7) == damage(again, 7)
    assert damage(layout, 7).text != damage(layout, 8).text != layout.text()


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("kind", DamageKind)
def test_no_digit_is_changed(bay_state: Statement, look: Look, kind: DamageKind) -> None:
    layout = lay_out(bay_state, look)
    for edit in edits_of(layout, kind):
        before = "".join(layout.lines[line] for line, _ in edit.lines)
        after = "".join(text for _, text in edit.lines)
        if kind is DamageKind.RUNNING_HEAD:
            after = after.split("\n", 1)[1]
        assert _digits(after) == _digits(before)
        if kind is not DamageKind.LINE_HIGH:
            assert _in_order(after) == _in_order(before)


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("seed", range(5))
def test_kinds_are_mixed_and_no_row_is_damaged_twice(
    bay_state: Statement, look: Look, seed: int
) -> None:
    done = damage(lay_out(bay_state, look), seed, count=24).done
    lines = [entry.line for entry in done]
    assert len(set(lines)) == 24
    assert set(Counter(entry.kind for entry in done).values()) == {3}


@pytest.mark.parametrize("look", Look)
def test_what_was_done_is_what_changed(bay_state: Statement, look: Look) -> None:
    layout = lay_out(bay_state, look)
    damaged = damage(layout, 11, count=40)
    text = layout.text()
    for entry in damaged.done:
        assert any(line in text for line in entry.before.split("\n"))
        assert all(line in damaged.text for line in entry.after.split("\n"))
        assert entry.before != entry.after


def test_only_the_kinds_asked_for(bay_state: Statement) -> None:
    damaged = damage(lay_out(bay_state, Look.TABS), 1, count=9, kinds=[DamageKind.MARK])
    assert [entry.kind for entry in damaged.done] == [DamageKind.MARK] * 9
    assert all(len(entry.addresses) == 1 for entry in damaged.done)


def test_a_small_layout_is_damaged_as_often_as_it_has_places(small: Statement) -> None:
    layout = lay_out(small, Look.TABS)
    damaged = damage(layout, 1, count=99, kinds=[DamageKind.COLLAPSED])
    assert len(damaged.done) == 1
    assert damage(layout, 1, count=0).text == layout.text()


def _digits(text: str) -> Counter[str]:
    return Counter(letter for letter in text if letter.isdigit())


def _in_order(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())
