"""Two statements compared: planted changes are all named, and only those; drivers add exactly."""

from dataclasses import replace
from random import Random

import pytest

from jurat.blanks import Blank, load_blank
from jurat.comparing import compare
from jurat.golden import tying_statement
from jurat.money import Kind
from jurat.statement import Cell, CellState, Statement, fill
from jurat.words import Address


@pytest.fixture(scope="session")
def draft(example: Statement) -> Statement:
    """The example as its rules fill it."""
    return fill(example)


def free_figures(statement: Statement) -> list[Address]:
    """The amounts no rule fills."""
    system = statement.system
    return [
        address
        for address, cell in statement.cells.items()
        if cell.kind is Kind.MONEY
        and cell.state is CellState.VALUE
        and address in system.index
        and system.index[address] not in system.filled_by
    ]


def changed(statement: Statement, by: dict[Address, int]) -> Statement:
    return fill(statement.with_figures({a: statement[a].figure + more for a, more in by.items()}))


def named(statement: Statement, address: str, name: str) -> Statement:
    place = Address.parse(address)
    cell = Cell(address=place, kind=Kind.TEXT, state=CellState.VALUE, value=name)
    return statement.replaced([cell])


def test_a_statement_is_the_same_as_itself(draft: Statement) -> None:
    comparison = compare(draft, draft)
    assert comparison.is_same
    assert (comparison.cells, comparison.appeared, comparison.went) == ((), (), ())


@pytest.mark.parametrize("seed", range(6))
def test_planted_changes_are_all_named_and_only_those(draft: Statement, seed: int) -> None:
    random = Random(seed)
    planted = {a: random.randint(1, 10_000) for a in random.sample(free_figures(draft), 7)}
    comparison = compare(draft, changed(draft, planted))
    assert {cell.address: cell.difference for cell in comparison.sources} == {
        str(address): more for address, more in planted.items()
    }


@pytest.mark.parametrize("seed", range(6))
def test_the_drivers_of_every_total_sum_to_its_change(draft: Statement, seed: int) -> None:
    random = Random(seed)
    planted = {a: random.randint(-9_999, 10_000) for a in random.sample(free_figures(draft), 40)}
    comparison = compare(draft, changed(draft, planted))
    totals = [c for c in comparison.cells if c.drivers and c.kind is not Kind.PERCENT]
    assert len(totals) > 20
    places = {str(address) for address in planted} | {"rounding"}
    for cell in totals:
        assert sum(driver.effect for driver in cell.drivers) == cell.difference
        assert {driver.place for driver in cell.drivers} <= places
        sizes = [abs(d.effect) for d in cell.drivers if d.place != "rounding"]
        assert sizes == sorted(sizes, reverse=True)


def test_two_statements_that_have_nothing_in_common_still_add_up(example: Statement) -> None:
    one, other = tying_statement(example, 1), tying_statement(example, 2)
    for cell in compare(one, other).cells:
        if cell.drivers:
            assert sum(driver.effect for driver in cell.drivers) == cell.difference


def test_a_percentage_follows_its_part_and_its_whole(draft: Statement) -> None:
    part = Address.parse("exhibit6:3:1")
    later = changed(draft, {part: 40_000_000})
    cells = {cell.address: cell for cell in compare(draft, later).cells}
    assert [c.address for c in cells.values() if c.is_source] == [str(part)]
    share = cells["exhibit6:3:2"]
    assert {driver.place for driver in share.drivers} <= {"exhibit6:3:1", "exhibit6:6:1"}
    assert sum(driver.effect for driver in share.drivers) == share.difference == 10


def test_rows_are_told_above_their_total(draft: Statement) -> None:
    cells = [
        c.address
        for c in compare(draft, changed(draft, {Address.parse("exhibit3:0200001:3"): 7})).cells
    ]
    assert cells.index("exhibit3:0200001:3") < cells.index("exhibit3:0299999:3")


def test_a_total_changed_by_hand_is_told_as_its_own_driver(draft: Statement) -> None:
    total = Address.parse("liabilities:17:1")
    by_hand = draft.with_figures({total: draft[total].figure + 5})
    comparison = compare(draft, by_hand)
    assert [cell.address for cell in comparison.sources] == ["liabilities:17:1"]
    appeared = [(finding.id, finding.difference) for finding in comparison.appeared]
    assert ("liabilities.17", 5) in appeared
    assert [(f.id, f.difference) for f in compare(by_hand, draft).went] == appeared


def test_a_blank_and_a_zero_differ(draft: Statement) -> None:
    blank = next(
        a for a in (Address.parse("liabilities:6:1"),) if draft[a].state is CellState.BLANK
    )
    [cell] = [c for c in compare(draft, draft.with_figures({blank: 0})).cells if c.is_source]
    assert (cell.before, cell.after, cell.difference) == ("", "0", 0)


def test_write_ins_are_told_by_name_wherever_they_stand(draft: Statement) -> None:
    base = named(named(draft, "liabilities:1601:", "Accrued interest"), "liabilities:1602:", "Fees")
    moved = named(named(draft, "liabilities:1601:", "FEES"), "liabilities:1602:", "Suspense")
    comparison = compare(base, moved)
    assert [(one.address, one.name) for one in comparison.write_ins_new] == [
        ("liabilities:1602:", "Suspense")
    ]
    assert [one.name for one in comparison.write_ins_gone] == ["Accrued interest"]


def test_a_page_that_went_is_told_as_a_page(draft: Statement) -> None:
    cells = {a: cell for a, cell in draft.cells.items() if a.page != "schedule_b"}
    without = replace(draft, cells=cells, pages=draft.pages - {"schedule_b"})
    comparison = compare(draft, without)
    assert comparison.pages_gone == ("schedule_b",)
    assert "schedule_b" not in {cell.page for cell in comparison.cells}
    assert compare(without, draft).pages_new == ("schedule_b",)


def test_a_stamp_is_a_difference(draft: Statement) -> None:
    stamped = min(draft.none_pages)
    without = replace(draft, none_pages=draft.none_pages - {stamped})
    assert compare(draft, without).stamps_gone == (stamped,)
    assert compare(without, draft).stamps_new == (stamped,)
    assert not compare(draft, without).is_same


def test_a_row_that_went_is_a_driver_of_its_total(draft: Statement) -> None:
    rows = draft.rows["exhibit3", "02"]
    group = draft.blank.group("exhibit3", "02")
    gone = {slot.address for slot in group.slots(rows[-1])}
    fewer = fill(replace(draft, cells={a: c for a, c in draft.cells.items() if a not in gone}))
    total = next(c for c in compare(draft, fewer).cells if c.address == "exhibit3:0299999:3")
    assert [driver.place for driver in total.drivers] == [str(group.address(rows[-1], "3"))]
    assert total.drivers[0].effect == total.difference


# -- over years -----------------------------------------------------------------------------


def of_2013(draft: Statement, invented: Blank) -> Statement:
    """The draft's liabilities page under the numbers of the invented 2013."""
    was = load_blank().pages["liabilities"]
    numbers = {x.name: x.id for x in invented.pages["liabilities"].lines}
    names = {x.id: x.name for x in was.lines}
    cells = {}
    for address, cell in draft.cells.items():
        if address.page == "liabilities" and names[address.line] in numbers:
            moved = replace(address, line=numbers[names[address.line]])
            cells[moved] = replace(cell, address=moved)
    return Statement(
        blank=invented, year=2013, company="", cells=cells, pages=frozenset({"liabilities"})
    )


def test_a_renumbered_line_is_compared_with_itself(draft: Statement, invented: Blank) -> None:
    later = of_2013(draft, invented)
    earlier = replace(draft, pages=frozenset({"liabilities"}))
    assert compare(earlier, later).cells == ()
    total = Address.parse("liabilities:18:3")
    [cell] = compare(earlier, later.with_figures({total: 7})).cells
    assert (cell.address, cell.was_at, cell.after) == ("liabilities:18:3", "liabilities:17:3", "7")
