"""The AVR's factors against the form and a filing, its adjustments and its roll worked by hand."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jurat
from jurat.blanks.form import FormLine
from jurat.statement import Statement
from jurat.valuation.avr import (
    WHOLE,
    Reserve,
    avr_class,
    avr_factors,
    avr_reserves,
    experience_adjustment,
    in_all,
    printed_factors,
    restructured_maximum,
)
from jurat.valuation.avr_roll import (
    AvrRolled,
    AvrYear,
    over_both_maxima,
    rolled_component,
    sister_transfers,
)
from jurat.words import Address, UsageError

MARKS = {"(a)": "eaf", "(b)": "restructured", "": ""}


def lines_with_factors() -> Iterator[tuple[FormLine, list[int], set[str]]]:
    """The lines of the page of 2012 with what it prints in columns 5, 7 and 9."""
    for line in jurat.load_blank().pages["avr_default"].lines:
        found = [slot.factor for slot in line.slots if slot.factor is not None]
        values = [factor.value for factor in found if factor.value is not None]
        if len(values) == 3:
            yield line, values, {factor.mark for factor in found}


# -- the form and a filing ------------------------------------------------------------------------


def test_the_factors_of_2012_are_those_the_form_prints() -> None:
    table = printed_factors(2012)
    seen = set()
    for line, values, marks in lines_with_factors():
        mine = table[avr_class(line.name)]
        assert [mine.basic, mine.objective, mine.maximum] == values, line.name
        assert marks == {mark for mark, times in MARKS.items() if times == mine.times}, line.name
        assert mine.known == "S"
        seen.add(avr_class(line.name))
    assert len(list(lines_with_factors())) == 44
    assert {*table} - seen == {"common_public"}
    assert table["common_public"].known == "K"


@pytest.fixture(scope="module")
def filing() -> Statement:
    return jurat.read("examples/bay_state_2012_filed/facts.csv").statement


def test_the_filings_bases_give_its_amounts_to_the_dollar(filing: Statement) -> None:
    def cell(line: FormLine, column: str) -> int:
        found = filing.cells.get(Address("avr_default", line.number, column))
        return found.figure if found else 0

    lines = {line.name: line for line, _, _ in lines_with_factors()}
    bases = {name: cell(line, "4") for name, line in lines.items()}
    made = avr_reserves(bases, avr_factors(2012))
    for name, line in lines.items():
        filed = Reserve(basic=cell(line, "6"), objective=cell(line, "8"), maximum=cell(line, "10"))
        assert made[name] == filed, name
    # its totals are of cents: the first says 474,941 + 8,398, a dollar more than its lines
    assert in_all(made.values()) == Reserve(
        basic=474_940 + 8_398, objective=2_007_999 + 16_795, maximum=2_792_144 + 27_992
    )


# -- factors by year ------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2019, 2020, 2025])
def test_since_2019_other_factors_hold_all_from_knowledge(year: int) -> None:
    table = printed_factors(year)
    assert [table[f"naic_{number}"].basic for number in range(1, 7)] == [5, 21, 99, 245, 630, 0]
    assert [table[f"naic_{number}"].maximum for number in (1, 5, 6)] == [33, 1880, 2370]
    assert {factors.known for factors in table.values()} == {"K"}


@pytest.mark.parametrize("year", [2011, 2013, 2018])
def test_a_year_whose_factors_are_not_known_is_refused(year: int) -> None:
    with pytest.raises(UsageError, match=f"of {year} are not known"):
        avr_factors(year)


def test_loans_of_a_class_that_is_not_known_are_refused_all_at_once() -> None:
    with pytest.raises(UsageError, match="standing_cm2, standing_cm3"):
        avr_reserves({"standing_cm3": 1, "standing_cm2": 1, "bonds_1": 1}, avr_factors(2024))


def test_every_table_rises_from_basic_to_maximum() -> None:
    for year in (2012, 2019):
        for name, one in printed_factors(year).items():
            assert 0 <= one.basic <= one.objective <= one.maximum <= WHOLE, name


# -- adjustments ----------------------------------------------------------------------------------


def test_half_the_industrys_experience_halves_the_factors_to_four_decimals() -> None:
    farm = avr_factors(2012, eaf=5_000)["standing_farm"]
    # .00315 is .0032, a half up; .0060; .0095
    assert (farm.basic, farm.objective, farm.maximum) == (32, 60, 95)
    insured = avr_factors(2012, eaf=5_000)["standing_residential_insured"]
    assert (insured.basic, insured.objective, insured.maximum) == (3, 6, 10)


@pytest.mark.parametrize(
    ("eaf", "factors"),
    [
        (10_000, (179, 397, 640)),  # .0190 + .0150 is under .0640: .0179(2), .0396(8)
        (25_000, (179, 397, 640)),  # .0475 + .0150 = .0625
        (25_790, (179, 397, 640)),  # .0490 + .0150 = .0640
        (35_000, (228, 505, 815)),  # .0665 + .0150 = .0815: .0228(2), .0505(3)
    ],
)
def test_restructured_loans_go_by_note_b(eaf: int, factors: tuple[int, int, int]) -> None:
    made = avr_factors(2012, eaf=eaf)["standing_restructured"]
    assert (made.basic, made.objective, made.maximum) == factors
    assert restructured_maximum(490) == 640
    assert restructured_maximum(491) == 641


def test_the_adjustment_is_the_ratio_of_experiences_within_its_bounds() -> None:
    assert experience_adjustment(9, 9) == WHOLE
    assert [experience_adjustment(one, 20) for one in (0, 9, 10, 70, 71)] == [
        *(5_000, 5_000, 5_000, 35_000, 35_000),
    ]
    with pytest.raises(UsageError, match="no experience of mortgage loans"):
        experience_adjustment(5, 0)


def test_common_stock_goes_by_its_beta() -> None:
    assert avr_factors(2012, beta=12_500)["common_public"].maximum == 1_625


def test_a_balance_below_nought_is_rounded_away_from_nought() -> None:
    factors = avr_factors(2012)["naic_1"]
    assert factors.of(1_250).basic == 1  # .5
    assert factors.of(-1_250).basic == -1


# -- the roll -------------------------------------------------------------------------------------


def year(before: int, *, maximum: int = 10**9, **more: int) -> AvrYear:
    """A year whose line 12 is so much: at its objective nothing is stepped."""
    return AvrYear(opening=before, objective=before, maximum=maximum, **more)


def test_a_year_of_bonds_line_by_line() -> None:
    bonds = AvrYear(
        opening=1_000_000,
        realized_general=-60_000,
        realized_separate=-15_000,
        unrealized_general=8_000,
        unrealized_separate=2_000,
        credited=5_000,
        basic=40_000,
        maximum=1_200_000,
        objective=1_000_003,
    )
    # 1,000,000 - 75,000 + 10,000 - 5,000 + 40,000 = 970,000
    assert bonds.accumulated == 970_000
    # a fifth of 30,003 is 6,000.6
    assert bonds.step == 6_001
    assert bonds.before_transfers == 976_001
    one, _ = rolled_component(bonds, year(0))
    assert (one.transferred, one.adjustment, one.closing) == (0, 0, 976_001)


def test_what_is_over_the_objective_is_stepped_down_by_a_fifth() -> None:
    above = AvrYear(opening=500, objective=400, maximum=900)
    assert (above.step, above.before_transfers) == (-20, 480)


def test_what_is_over_the_maximum_goes_to_the_sister_and_the_rest_is_adjusted_down() -> None:
    first, second = rolled_component(year(130, maximum=100), year(60, maximum=80))
    assert [first.transferred, first.adjustment, first.closing] == [-20, -10, 100]
    assert [second.transferred, second.adjustment, second.closing] == [20, 0, 80]


def test_a_negative_balance_is_covered_by_half_of_the_sister_and_adjusted_up() -> None:
    first, second = rolled_component(year(100), year(-70))
    assert [first.transferred, first.closing] == [-50, 50]
    assert [second.transferred, second.adjustment, second.closing] == [50, 20, 0]


def test_either_sister_covers_and_fills_the_other() -> None:
    assert sister_transfers((-70, 100), (500, 500)) == (50, -50)
    assert sister_transfers((60, 130), (80, 100)) == (20, -20)


def test_a_company_may_leave_a_negative_balance_uncovered() -> None:
    first, second = rolled_component(year(100), year(-70), covering=False)
    assert [first.closing, second.adjustment, second.closing] == [100, 70, 0]


def test_what_is_over_both_maxima_is_for_the_other_component() -> None:
    full = year(130, maximum=100), year(70, maximum=80)
    assert over_both_maxima(*full) == 20
    given_away = rolled_component(*full, received=(-20, 0))
    assert [one.adjustment for one in given_away] == [0, 0]
    assert [one.closing for one in given_away] == [100, 80]


def test_a_voluntary_contribution_counts_to_the_maximum() -> None:
    one = AvrRolled(year=year(90, maximum=100, voluntary=25), transferred=0)
    assert (one.adjustment, one.closing) == (-15, 100)


AMOUNTS = st.integers(-(10**9), 10**9)
MAXIMA = st.integers(0, 10**9)


@given(one=AMOUNTS, other=AMOUNTS, most=MAXIMA, most_other=MAXIMA, covering=st.booleans())
def test_sisters_lose_nothing_between_them_and_end_within_their_bounds(
    *, one: int, other: int, most: int, most_other: int, covering: bool
) -> None:
    moved = sister_transfers((one, other), (most, most_other), covering=covering)
    assert sum(moved) == 0
    made = rolled_component(
        year(one, maximum=most), year(other, maximum=most_other), covering=covering
    )
    assert all(0 <= rolled.closing <= rolled.year.maximum for rolled in made)
    for rolled, limit in zip(made, (most, most_other), strict=True):
        if rolled.transferred > 0:  # nobody receives more than it may hold
            assert rolled.year.before_transfers + rolled.transferred <= limit
