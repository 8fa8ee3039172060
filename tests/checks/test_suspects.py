"""Suspects: cases by hand, planted errors by the hundred, the stories of a real filing."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

import jurat
from jurat.checks import Accepted, Grade, examine
from jurat.checks.suspects import Suspect, suspects
from jurat.golden import tying_statement
from jurat.money import Kind
from jurat.reading.facts import read_facts
from jurat.statement import Statement
from jurat.words import Address, Tolerance

EXAMPLE = Path(__file__).parents[2] / "examples" / "bay_state_2012_filed" / "facts.csv"
KINDS = ("add", "flip", "swap", "tenfold", "drop")


@cache
def example() -> Statement:
    """The filing with its true breaks."""
    return read_facts(EXAMPLE, jurat.load_blank())


def of_pages(**pages: dict[str, int]) -> Statement:
    """A statement of a few pages: cells in words below each page, such as "4:1"."""
    figures = {
        Address.parse(f"{page}:{cell}"): value
        for page, cells in pages.items() for cell, value in cells.items()
    }  # fmt: skip
    bare = Statement(blank=jurat.load_blank(), year=2012, cells={}, pages=frozenset(pages))
    return bare.with_figures(figures)


def mended(statement: Statement, suspect: Suspect) -> Statement:
    """The statement with what a suspect proposes."""
    return statement.with_figures({
        Address.parse(change.cells[0]): change.ties[0] for change in suspect.changes
    })  # fmt: skip


def broken(statement: Statement) -> set[str]:
    """The failing checks of amounts, each with its first cell."""
    return {
        f"{finding.id} at {finding.cells[0]}" for finding in jurat.check(statement)
        if finding.grade is Grade.FAIL and not finding.id.startswith("Q")
    }  # fmt: skip


# 500 + 60 = 560 and 560 - 120 = 440: the form ties.
IMR = {"1:1": 500, "3:1": 60, "4:1": 560, "5:1": 120, "6:1": 440}


def test_a_statement_that_ties_has_no_suspects() -> None:
    assert suspects(of_pages(imr=IMR)) == []


def test_the_one_cell_of_two_broken_sums_is_the_only_suspect() -> None:
    # Line 4 reads 506. Line 4 = 500 + 60 is off by -54, and Line 6 = 506 - 120 = 386 by +54.
    # Only Line 4 stands in both: + 54 gives 560, which is 506 with two digits transposed.
    found = suspects(of_pages(imr={**IMR, "4:1": 506}))
    assert [(s.cells, s.changes[0].ties) for s in found] == [(("imr:4:1",), (560,))]
    assert found[0].mends == ("imr.4 at imr:4:1", "imr.6 at imr:6:1")
    assert "two digits transposed" in found[0].why


def test_cells_no_check_tells_apart_are_one_suspect() -> None:
    # Line 6 reads 404 where 560 - 120 = 440 belongs. Line 6 + 36 mends it, and so does Line 5 + 36
    # (560 - 156 = 404): no check tells the two apart. Line 4 - 36 would break Line 4 = 500 + 60.
    # 404 to 440 is a known slip, so Line 6 stands first.
    found = suspects(of_pages(imr={**IMR, "6:1": 404}))
    assert len(found) == 1
    assert found[0].changes[0].cells == ("imr:6:1", "imr:5:1")
    assert found[0].changes[0].stands == (404, 120)
    assert found[0].changes[0].ties == (440, 156)


def test_two_errors_that_meet_are_found_as_sets_of_two() -> None:
    # Line 4 reads 590, Line 6 reads 460. Line 4 is off by +30; Line 6 = 590 - 120 = 470 by -10.
    # Line 4 alone cannot do both (-30 for the one, -10 for the other), so two cells must change:
    # Line 4 - 30 and Line 6 - 20; or Line 4 - 10 and Line 1 + 20; or Line 1 + 30 and Line 6 + 10.
    # Line 5 is like Line 6, and Line 3 like Line 1.
    statement = of_pages(imr={**IMR, "4:1": 590, "6:1": 460})
    found = suspects(statement)
    assert {len(suspect.changes) for suspect in found} == {2}
    one, four, six = ("1", "3"), ("4",), ("5", "6")
    sets = {
        tuple(tuple(sorted(cell.split(":")[1] for cell in change.cells)) for change in s.changes)
        for s in found
    }  # fmt: skip
    assert sets == {(one, four), (four, six), (one, six)}
    assert all(broken(mended(statement, suspect)) == set() for suspect in found)


def test_two_errors_far_apart_are_two_stories() -> None:
    # Line 4 of the form as above; Exhibit 6, Line 1.6 reads 70 where 50 + 30 = 80 belongs, and
    # Line 4 = 80 + 0 + 0 shows that 1.6 is the culprit.
    exhibit = {"1.1:1": 50, "1.2:1": 30, "1.6:1": 70, "4:1": 80, "6:1": 80}
    shares = {"1.1:2": 625, "1.2:2": 375, "1.6:2": 1000, "4:2": 1000, "6:2": 1000}
    found = suspects(of_pages(imr={**IMR, "4:1": 506}, exhibit6={**exhibit, **shares}))
    assert {suspect.cells for suspect in found} == {("imr:4:1",), ("exhibit6:1.6:1",)}
    # 1.6 stands in its sum, in Line 4 and as 100.0 percent of Line 6: the story with most breaks.
    assert found[0].cells == ("exhibit6:1.6:1",)
    assert (found[0].changes[0].ties, len(found[0].mends)) == ((80,), 3)


def test_a_wrong_percentage_is_its_own_suspect() -> None:
    # 30 of 80 is 37.5 percent; 35.7 is printed, and 62.5 + 35.7 = 98.2 is not 100.0.
    exhibit = {"1.1:1": 50, "1.2:1": 30, "1.6:1": 80, "4:1": 80, "6:1": 80}
    shares = {"1.1:2": 625, "1.2:2": 357, "1.6:2": 1000, "4:2": 1000, "6:2": 1000}
    first = suspects(of_pages(exhibit6={**exhibit, **shares}))[0]
    assert (first.cells[0], first.changes[0].ties[0]) == ("exhibit6:1.2:2", 375)
    assert first.changes[0].shown == ("35.7", "37.5")


def test_a_dropped_amount_is_found_in_its_blank_cell() -> None:
    # Assets: Line 1 is 70 + 30 = 100, and Line 12 totals 1 to 11. Column 2 of Line 1 is left out:
    # Line 1 misses 30 across, Line 12 misses 30 down in column 2. Line 1, Col. 2 stands in both.
    lines = {"1:1": 70, "1:3": 100, "12:1": 70, "12:2": 30, "12:3": 100}
    totals = {"17:1": 70, "17:2": 30, "17:3": 100}
    found = suspects(of_pages(assets={**lines, **totals}))
    assert [(s.cells, s.changes[0].ties) for s in found] == [(("assets:1:2",), (30,))]
    assert found[0].why.startswith("assets:1:2 from nothing to 30 would mend")


def test_accepted_breaks_are_let_alone() -> None:
    statement = of_pages(imr={**IMR, "6:1": 404})
    known = Accepted(
        id="imr.6", cell="imr:6:1", difference=-36, why="ledger", owner="A", expires=date.max
    )
    assert suspects(examine(statement, [known])) == []
    assert suspects(examine(statement, [])) != []


def test_pages_stamped_none_are_not_suspected() -> None:
    named = {address.split(":")[0] for suspect in suspects(example()) for address in suspect.cells}
    assert not named & example().none_pages


# -- planted errors --------------------------------------------------------------------------


def plant(seed: int, kind: str) -> tuple[str, int, Statement]:
    """One figure of a tying statement made wrong: its cell, its true figure, the statement."""
    random = Random(seed)
    golden = tying_statement(example(), seed)
    outcome, values, system = examine(golden), golden.vectors[0], golden.system
    rules = Counter(
        cell for row in range(len(system.equations)) if outcome.runs[row]
        for cell, weight in system.row(row) if weight
    )  # fmt: skip
    cells = [
        cell for cell, count in rules.items()
        if count >= 2 and values[cell] and system.kinds[cell] is Kind.MONEY
    ]  # fmt: skip
    while True:
        cell = random.choice(cells)
        allowed = max(
            int(outcome.allowed[row]) for row in system.by_cell[cell]
            if outcome.runs[row] and system.classes[row] is not Tolerance.PRODUCT
        )  # fmt: skip
        true = int(values[cell])
        wrong = misread(true, kind, allowed, random)
        if abs((wrong or 0) - true) > 4 * allowed:
            address = Address.parse(str(system.cells[cell]))
            return str(address), true, golden.with_figures({address: wrong})


def misread(figure: int, kind: str, allowed: int, random: Random) -> int | None:
    """A figure as a slip would have it."""
    if kind == "add":
        return figure + random.choice((-1, 1)) * int(4 * allowed + 1 + 10 ** random.uniform(0, 7))
    if kind == "swap":
        digits = list(str(abs(figure)))
        at = random.randrange(max(1, len(digits) - 1))
        digits[at : at + 2] = reversed(digits[at : at + 2])
        return int("".join(digits)) * (1 if figure > 0 else -1)
    return {"flip": -figure, "tenfold": 10 * figure, "drop": None}[kind]


def places(plants: range) -> Counter[int]:
    """At which place the culprit stood among the suspects, and how often; -1 for nowhere."""
    found: Counter[int] = Counter()
    for seed in plants:
        culprit, true, statement = plant(seed, KINDS[seed % len(KINDS)])
        at = -1
        for place, suspect in enumerate(suspects(statement)):
            change = suspect.changes[0]
            if len(suspect.changes) == 1 and dict(zip(change.cells, change.ties, strict=True)).get(
                culprit
            ) == true:  # fmt: skip
                at = place
                break
        found[at] += 1
    return found


def rates(found: Counter[int]) -> tuple[float, float]:
    """The share found first, and within three; its true figure named as well."""
    return found[0] / found.total(), (found[0] + found[1] + found[2]) / found.total()


def test_the_culprit_of_a_planted_error_is_suspected_first() -> None:
    first, within_three = rates(places(range(100)))
    assert first >= 0.97
    assert within_three >= 0.99


@pytest.mark.soak
def test_the_culprits_of_three_hundred_planted_errors() -> None:
    first, within_three = rates(places(range(1000, 1300)))
    assert first >= 0.95
    assert within_three >= 0.99


@pytest.mark.parametrize("seed", range(12))
def test_several_planted_errors_are_all_named_and_all_mended(seed: int) -> None:
    statement, culprits = tying_statement(example(), seed), set()
    figures: dict[Address, int | None] = {}
    for number in range(1 + seed % 4):
        culprit, _, _ = plant(1000 * seed + number, "add")
        address = Address.parse(culprit)
        if statement[address].figure:
            culprits.add(culprit)
            figures[address] = statement[address].figure + 7_919 * (number + 1)
    wrong = statement.with_figures(figures)
    found = suspects(wrong)
    assert culprits <= {cell for suspect in found for cell in suspect.cells}
    for check in broken(wrong):
        assert any(check in suspect.mends for suspect in found)


@pytest.mark.parametrize("seed", range(8))
def test_what_a_suspect_proposes_mends_and_breaks_nothing(seed: int) -> None:
    _, _, statement = plant(2000 + seed, KINDS[seed % len(KINDS)])
    before = broken(statement)
    for suspect in suspects(statement):
        after = broken(mended(statement, suspect))
        assert after == before - set(suspect.mends)


# -- the filing ------------------------------------------------------------------------------


def test_every_story_of_the_filing_has_its_suspects() -> None:
    found = suspects(example())
    assert broken(example()) <= {check for suspect in found for check in suspect.mends}


def test_the_interest_maintenance_reserve_is_a_story_of_the_filing() -> None:
    # Liabilities, Line 3 carries 3,743,043; the form arrives at 3,743,049, six dollars more.
    story = [s for s in suspects(example()) if any("liabilities:3:3" in m for m in s.mends)]
    assert story
    assert "imr:6:1" in {cell for suspect in story for cell in suspect.cells}


def test_a_suspect_of_the_filing_mends_its_story() -> None:
    before = broken(example())
    for suspect in suspects(example(), limit=2):
        after = broken(mended(example(), suspect))
        assert after == before - set(suspect.mends)


def test_billions_do_not_hide_the_dollars_of_a_true_break() -> None:
    # Schedule D, Line 10 is three dollars below the summary's 3,541,950,508 already. With the
    # summary's sign turned, floats see one break of billions; the three dollars stay to be told.
    total = Address("schedule_d_summary", "27", "1")
    figure = example()[total].figure
    found = suspects(example().with_figures({total: -figure}))
    turned = [s for s in found if str(total) in s.cells]
    assert turned
    assert abs(turned[0].changes[0].ties[0] - figure) <= 3


def test_the_limit_holds_for_each_story() -> None:
    most = Counter(suspect.mends for suspect in suspects(example(), limit=1))
    assert set(most.values()) == {1}
