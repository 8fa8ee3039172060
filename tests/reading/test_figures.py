"""Printed figures: marks, glued figures, brackets."""

import pytest

from jurat.money import Kind
from jurat.reading.figures import read_run


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("906,970,121", [906970121]),
        ("(3,502,243)", [-3502243]),
        ("( 3,502,243 )", [-3502243]),
        ("-15", [-15]),
        ("0", [0]),
        ("$ 17,685,254", [17685254]),
        ("(a)10,834,79510,368,384", [10834795, 10368384]),
        ("16,682,09816,682,097", [16682098, 16682097]),
        ("(1,340,591)(1,340,591)", [-1340591, -1340591]),
        ("(g)16,100", [16100]),
        ("| 1,234", [1234]),
        ("* 1,234", [1234]),
    ],
)
def test_the_likeliest_reading(printed: str, values: list[int]) -> None:
    assert [token.value for token in read_run(printed).readings[0]] == values


def test_a_note_mark_alone_is_no_figure() -> None:
    assert read_run("(a)").readings == ((),)


def test_figures_run_together_without_commas_are_read_every_way() -> None:
    readings = {tuple(token.value for token in reading) for reading in read_run("4444").readings}
    assert {(4444,), (44, 44), (4, 444), (444, 4)} <= readings


def test_half_a_bracket_is_still_less_than_zero_and_told() -> None:
    token = read_run("(2,929").readings[0][0]
    assert (token.value, token.is_half_bracketed) == (-2929, True)


def test_factors_and_amounts_in_one_row() -> None:
    kinds = (Kind.MONEY, Kind.FACTOR)
    assert read_run("0.0063 (a)", kinds).readings[0][0].value == 63
    assert read_run("207,511", kinds).readings[0][0].value == 207511


def test_words_are_no_figures() -> None:
    assert read_run("12 months").readings == ()
