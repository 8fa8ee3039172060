"""The engine against plain Python: residuals, tolerances, pages and rows."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jurat
from jurat.blanks import PriorCell, RowSum
from jurat.blanks.equations import Place
from jurat.statement import PRIOR, Statement, System, layout_of, system_for
from jurat.words import Address, Tolerance

ROWS = {
    ("exhibit3", "01"): [1, 2],
    ("exhibit3", "02"): [1],
    ("overflow", "liabilities.16"): [4, 5],
    ("general_interrogatories", "1"): [1, 2, 3],
}


@cache
def system() -> System:
    """The blank's matrix for a filer with a few rows."""
    groups = {(g.page, g.id) for g in jurat.load_blank().groups()}
    assert set(ROWS) <= groups
    return system_for(jurat.load_blank(), layout_of(ROWS))


def plainly(values: Mapping[Place, int], row: int) -> int:
    """Left less right of one equation, said once more in plain Python."""
    equation = system().equations[row]

    def worth(place: Place) -> int:
        if not isinstance(place, RowSum):
            return values[place]
        group = jurat.load_blank().group(place.page, place.group)
        keys = ROWS.get((place.page, place.group), [])
        return sum(values[group.address(key, place.column)] for key in keys)

    left = values[equation.left] + sum(sign * worth(p) for p, sign in equation.left_rest)
    right = sum(sign * worth(p) for p, sign in equation.right) + equation.constant
    return left * equation.scale - right


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32 - 1), st.sampled_from([10, 10**4, 10**11]))
def test_residuals_are_left_less_right(seed: int, size: int) -> None:
    engine = system()
    drawn = np.random.default_rng(seed).integers(-size, size, len(engine.cells))
    values = dict(zip(engine.cells, drawn.tolist(), strict=True))
    expected = [plainly(values, row) for row in range(len(engine.equations))]
    assert engine.residuals(drawn).tolist() == expected


def test_many_statements_at_once_are_each_alone() -> None:
    engine = system()
    many = np.random.default_rng(1).integers(-(10**6), 10**6, (len(engine.cells), 5))
    together = engine.residuals(many)
    for number in range(5):
        assert (together[:, number] == engine.residuals(many[:, number])).all()


@pytest.mark.parametrize(
    ("terms", "dollars"),
    [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (16, 8)],
)
def test_a_sum_of_n_rounded_terms_may_be_out_by_half_of_them(terms: int, dollars: int) -> None:
    engine = system()
    allowed = engine.allowed(np.full(len(engine.equations), terms, np.int64))
    for row, kind in enumerate(engine.classes):
        wanted = {Tolerance.EXACT: 0, Tolerance.ROUNDING: dollars}.get(kind, 1)
        assert int(allowed[row]) // int(engine.scales[row]) == wanted, engine.equations[row].id
        if kind is not Tolerance.PRODUCT:
            assert int(allowed[row]) % int(engine.scales[row]) == 0


def test_a_product_is_a_dollar_from_its_rounded_figure_at_most() -> None:
    engine = system()
    allowed = engine.allowed(np.ones(len(engine.equations), np.int64))
    products = [row for row, kind in enumerate(engine.classes) if kind is Tolerance.PRODUCT]
    assert {(int(engine.scales[row]), int(allowed[row])) for row in products} == {(10_000, 14_999)}


def test_terms_are_counted_where_they_are_not_blank() -> None:
    engine = system()
    assert not engine.terms_present(np.zeros(len(engine.cells), bool)).any()
    everything = engine.terms_present(np.ones(len(engine.cells), bool))
    assert [int(n) for n in everything] == [
        len(engine.row(row)) - 1 for row in range(len(engine.equations))
    ]


def test_an_equation_needs_its_pages_and_last_year_s_statement() -> None:
    engine = system()
    for row, equation in enumerate(engine.equations):
        needs_prior = any(isinstance(place, PriorCell) for place in equation.places)
        assert (PRIOR in engine.pages_of[row]) == needs_prior
        pages = {p.page for p in equation.places if isinstance(p, Address)}
        assert pages <= engine.pages_of[row]


def test_the_same_rows_share_one_matrix(example: Statement) -> None:
    one, other = (example.with_figures({Address("imr", "3", "1"): figure}) for figure in (5, 6))
    assert one.system is other.system


def test_numbers_fit_the_engine() -> None:
    """A trillion dollars in every cell, times a factor of 10,000: far from the end of 64 bits."""
    engine = system()
    size = 10**12
    most = max(
        sum(abs(weight) * size for _, weight in engine.row(row))
        for row in range(len(engine.equations))
    )
    assert most < 2**63
