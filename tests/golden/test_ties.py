"""Statements that tie by construction: not one check has anything to say."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import jurat
from jurat.checks import Grade
from jurat.golden import answered, tying_statement
from jurat.reading.facts import read_facts
from jurat.statement import CellState, Statement
from jurat.words import Address

EXAMPLE = Path(__file__).parents[2] / "examples" / "bay_state_2012_filed" / "facts.csv"


@cache
def example() -> Statement:
    """The filing whose amounts the drawn statements look like."""
    return read_facts(EXAMPLE, jurat.load_blank())


def said(statement: Statement) -> list[str]:
    """What the checks that could run say."""
    return [finding.id for finding in jurat.check(statement) if not finding.waits]


@pytest.mark.parametrize("seed", range(40))
def test_no_check_has_anything_to_say(seed: int) -> None:
    assert jurat.check(tying_statement(example(), seed)) == ()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(40, 240))
def test_no_check_has_anything_to_say_of_two_hundred_more(seed: int) -> None:
    assert jurat.check(tying_statement(example(), seed)) == ()


def test_checks_do_run_on_it() -> None:
    every = jurat.examine(tying_statement(example(), 1)).everything
    passed = [f for f in every if f.grade is Grade.PASS and not f.is_empty]
    assert len(passed) > 400
    assert {finding.grade for finding in every} <= {Grade.PASS, Grade.NOT_RUN}


def test_the_same_seed_gives_the_same_figures() -> None:
    one, again, other = (tying_statement(example(), seed).vectors[0] for seed in (7, 7, 8))
    assert (one == again).all()
    assert (one != other).any()


def test_the_figures_are_not_the_example_s() -> None:
    before, after = example().vectors[0], tying_statement(example(), 1).vectors[0]
    filled = before != 0
    assert (before[filled] != after[filled]).mean() > 0.6


def test_pages_stamped_none_stay_empty() -> None:
    made = tying_statement(example(), 3)
    assert not [
        str(address) for address, cell in made.cells.items()
        if address.page in made.none_pages and cell.figure and cell.kind == "money"
    ]  # fmt: skip


def test_two_pages_alone_tie_between_themselves() -> None:
    cells = {a: c for a, c in example().cells.items() if a.page in ("imr", "imr_amortization")}
    small = Statement(
        blank=jurat.load_blank(), year=2012, cells=cells,
        pages=frozenset({"imr", "imr_amortization"}),
    )  # fmt: skip
    made = tying_statement(small, 5)
    assert said(made) == []
    closing = made["imr:4:1"].figure - made["imr:5:1"].figure
    assert made["imr:6:1"].figure == closing != 0


def test_answers_fit_the_amounts() -> None:
    # The filing lost its check marks at 2.1 to 3.2; 2.2 and 2.401 hold amounts, 2.7 and 3.3 none.
    made = answered(example())
    questions = ("2.1", "2.3", "2.5", "3.1", "3.2", "5.1", "5.21")
    answers = [made[f"general_interrogatories:{line}:"].shown for line in questions]
    assert answers == ["Yes", "Yes", "No", "No", "N/A", "No", "Yes"]


def test_answering_leaves_no_condition_to_fire() -> None:
    assert [f for f in jurat.check(answered(example())) if f.id.startswith("Q")] == []


def test_an_amount_under_a_no_is_taken_out() -> None:
    text = example()["general_interrogatories:7.2:"]
    told = example().replaced([replace(text, value="Credit", state=CellState.VALUE)])
    assert answered(told)["general_interrogatories:7.2:"].value is None


def test_footnote_g_says_what_the_lines_hold() -> None:
    assert example()["nii:(g):$1"].value is None
    assert answered(example())["nii:(g):$1"].figure == example()["nii:11:2"].figure != 0


def test_every_page_alone_ties() -> None:
    for page in sorted(example().pages):
        cells = {a: c for a, c in example().cells.items() if a.page == page}
        alone = Statement(
            blank=jurat.load_blank(), year=2012, cells=cells, pages=frozenset({page}),
            none_pages=example().none_pages & {page},
        )  # fmt: skip
        assert said(tying_statement(alone, 2)) == [], page


def test_an_address_of_the_example_keeps_its_kind() -> None:
    made = tying_statement(example(), 1)
    assert {a: c.kind for a, c in example().cells.items() if c.kind.is_figure}.items() <= {
        a: c.kind for a, c in made.cells.items()
    }.items()
    assert made.company == example().company
    assert Address("assets", "17", "3") in made.cells
