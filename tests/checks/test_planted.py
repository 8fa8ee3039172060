"""Planted breaks: every check can fail, and no figure that a check reads moves unseen.

Silence is the worst a check can do, so these are complete: every equation of the blank, every
condition, every money cell that a rule covers.
"""

import pytest

import jurat
from jurat.blanks import PriorCell
from jurat.checks import Grade, Outcome
from jurat.money import Kind
from jurat.statement import Statement
from jurat.words import Address

from .planted import everywhere, moved, room, runnable


@pytest.fixture(scope="module")
def whole() -> Outcome:
    """Every page of the blank, and last year's statement, so that every equation runs."""
    return jurat.examine(everywhere())


@pytest.fixture(scope="module")
def tied(golden: Statement) -> Outcome:
    """A statement like the filing that ties to the dollar."""
    return jurat.examine(golden)


def _page(place: object) -> str:
    assert isinstance(place, Address)
    return place.page


def unseen(outcome: Outcome) -> list[str]:
    """Equations that stay quiet when their left cell moves by more than twice the tolerance."""
    system, quiet = outcome.statement.system, []
    for row in runnable(outcome):
        left = system.row(row)[0][0]
        by = (2 * room(outcome, row, left) + 1) * (-1) ** row  # up and down by turns
        if row not in moved(outcome.statement, left, by).failing:
            quiet.append(f"{system.equations[row].id} {system.cells[left]} by {by}")
    return quiet


def test_a_statement_that_ties_has_no_finding(golden: Statement) -> None:
    assert jurat.check(golden) == ()


def test_every_equation_that_runs_on_the_filing_s_pages_can_fail(tied: Outcome) -> None:
    assert tied.failing == []
    assert len(runnable(tied)) > 1300
    assert unseen(tied) == []


def test_every_equation_of_the_blank_can_fail(whole: Outcome) -> None:
    """Those of absent pages too: the detail schedules, the other statements, last year."""
    system = whole.statement.system
    assert len(runnable(whole)) == len(system.equations)
    assert whole.failing == []
    assert {e.id for e in whole.statement.blank.equations} <= {
        system.equations[row].id for row in runnable(whole)
    }
    firsts = [system.cells[system.row(row)[0][0]] for row in runnable(whole)]
    assert all(isinstance(place, Address) for place in firsts)  # each begins with a cell we have
    assert unseen(whole) == []


def test_a_moved_right_hand_side_fails_too(whole: Outcome) -> None:
    """Each cell a sum reads, not only its total: moved by more than twice the tolerance."""
    system, quiet = whole.statement.system, []
    seen: set[tuple[int, int]] = set()
    for row in runnable(whole):
        terms = [(c, w) for c, w in system.row(row)[1:] if isinstance(system.cells[c], Address)]
        for cell, weight in terms[-1:]:
            by = 2 * room(whole, row, cell) + 1 if weight else 0
            if weight and (cell, by) not in seen:
                if row not in moved(whole.statement, cell, by).failing:
                    quiet.append(f"{system.equations[row].id} {system.cells[cell]} by {by}")
                seen.add((cell, by))
    assert quiet == []


def test_every_percentage_can_fail(tied: Outcome, whole: Outcome) -> None:
    for outcome in (tied, whole):
        statement, system = outcome.statement, outcome.statement.system
        own = [
            (share.id, place)
            for share in system.percentages
            if isinstance(place := system.cells[share.left], Address)
            and place.page in statement.pages
        ]
        assert own
        for by in (3, -3):  # all at once: no percentage is the part or the whole of another
            broken = statement.with_figures({at: statement[at].figure + by for _, at in own})
            findings = jurat.check(broken)
            failed = {(f.id, f.cells[0]) for f in findings if f.grade is Grade.FAIL}
            assert [(name, at) for name, at in own if (name, str(at)) not in failed] == []


def test_a_break_is_told_with_both_sides(golden: Statement) -> None:
    """One planted break in words: the figure, what it should be, and how far it is off."""
    figure = golden["imr:6:1"].figure
    broken = golden.with_figures({Address("imr", "6", "1"): figure + 1000})
    (finding,) = [f for f in jurat.check(broken) if f.id == "imr.6"]
    assert (finding.left, finding.right, finding.difference) == (figure + 1000, figure, 1000)
    assert finding.allowed == 1
    assert finding.law.endswith("= Line 4 minus Line 5")
    assert [part.place for part in finding.parts] != []
    assert finding.next == "jurat explain FILE imr:6:1"


@pytest.mark.parametrize("share", range(4))
def test_no_covered_amount_moves_unseen(tied: Outcome, share: int) -> None:
    """Any money cell a rule reads, moved by twice the tolerance of its tightest rule and one."""
    statement, system, quiet = tied.statement, tied.statement.system, []
    cells = covered(tied)
    assert len(cells) > 1100
    for cell in cells[share::4]:
        by = 2 * min(room(tied, row, cell) for row in reading(tied, cell)) + 1
        quiet += [
            f"{system.cells[cell]} by {amount}"
            for amount in (by, -by)
            if not moved(statement, cell, amount).failing
        ]
    assert quiet == []


def test_any_move_at_all_moves_a_stated_difference(tied: Outcome) -> None:
    """A single dollar in any covered cell is told: a check that is not a pass, with its amount."""
    system, quiet = tied.statement.system, []
    for cell in covered(tied):
        after = moved(tied.statement, cell, 1)
        rows = reading(after, cell)
        if not any(2 * abs(int(after.residuals[row])) > int(system.scales[row]) for row in rows):
            quiet.append(str(system.cells[cell]))
    assert quiet == []


def reading(outcome: Outcome, cell: int) -> list[int]:
    """The equations that can run and read a cell; a factor of zero reads nothing."""
    system = outcome.statement.system
    return [
        row for row in system.by_cell.get(cell, ())
        if outcome.runs[row] and dict(system.row(row))[cell]
    ]  # fmt: skip


def covered(outcome: Outcome) -> list[int]:
    """The money cells of this year that take part in a rule that can run."""
    system = outcome.statement.system
    return [
        cell for cell, place in enumerate(system.cells)
        if system.kinds[cell] is Kind.MONEY
        and not isinstance(place, PriorCell)
        and reading(outcome, cell)
    ]  # fmt: skip
