"""The grouped tables against the sheet of 2007 and the figures of a filing of 2012."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurat.valuation import BANDS, GroupedTable, grouped_amortization, grouped_factors, known_rates
from jurat.valuation.imr import YEARS

SHEET_2007 = {
    "over 25": (7, 15, 16, 16, 18, 19, 20),
    "21-25": (10, 22, 23, 25, 26, 27, 30),
    "16-20": (16, 33, 35, 38, 39, 42, 45),
    "11-15": (26, 55, 58, 61, 65, 69, 74),
    "6-10": (50, 105, 111, 118, 125, 133, 124),
    "2-5": (132, 276, 253, 185, 115, 39),
    "1": (493, 507),
    "0": (1000,),
}
"""Years 0 to 6 of the sheet of 2007, printed at 6 %, in thousandths."""

VECTORS_2012 = {
    "over 25": (8, 18, 18, 19, 21, 21, 22, 24, 24, 26, 27, 29, 30, 31, 34, 34, 37, 38, 41, 42, 45,
                47, 49, 51, 55, 57, 53, 42, 31, 20, 6),
    "21-25": (12, 24, 26, 28, 28, 30, 32, 33, 35, 36, 39, 40, 42, 45, 47, 49, 52, 54, 57, 60, 63,
              59, 47, 34, 21, 7),
    "16-20": (17, 37, 38, 40, 42, 45, 46, 49, 52, 54, 56, 60, 63, 65, 70, 72, 68, 54, 39, 25, 8),
    "11-15": (28, 58, 61, 64, 67, 70, 75, 78, 81, 86, 91, 84, 67, 50, 30, 10),
    "6-10": (52, 108, 113, 119, 126, 131, 123, 98, 71, 44, 15),
    "2-5": (133, 278, 253, 184, 113, 39),
    "1": (494, 506),
}  # fmt: skip
"""The whole columns at 5 %, in thousandths."""

LAST_TEN_2012 = (55_351, 43_863, 32_375, 20_887, 6_266)
"""The filing's last five years, 2038 to 2042."""


@pytest.mark.parametrize("band", SHEET_2007)
def test_the_sheet_of_2007(band: str) -> None:
    assert grouped_factors(known_rates()[2007], band)[:7] == SHEET_2007[band]


@pytest.mark.parametrize("band", VECTORS_2012)
def test_the_columns_of_2012(band: str) -> None:
    assert grouped_factors(known_rates()[2012], band) == VECTORS_2012[band]


def test_the_last_years_of_the_filing() -> None:
    """1,044,357 over 25 years: × .053 .042 .031 .020 .006 = 55,351 43,863 32,375 20,887 6,266."""
    released = grouped_amortization({"over 25": 1_044_357}, GroupedTable(rate=0.05))
    assert all(abs(a - b) <= 1 for a, b in zip(released[26:], LAST_TEN_2012, strict=True))


@given(st.sampled_from(list(BANDS)), st.floats(0.01, 0.12))
def test_a_band_releases_all_of_it_and_never_takes_back(band: str, rate: float) -> None:
    factors = grouped_factors(rate, band)
    assert sum(factors) == 1000
    assert min(factors) >= 0


@given(st.dictionaries(st.sampled_from(list(BANDS)), st.integers(-(10**12), 10**12)))
def test_nothing_of_a_gain_is_lost(gains: dict[str, int]) -> None:
    released = grouped_amortization(gains, GroupedTable(rate=0.05))
    assert (len(released), sum(released)) == (YEARS, sum(gains.values()))


def test_a_company_overrides_a_factor_by_its_own_table() -> None:
    table = GroupedTable(rate=0.05, overrides={("1", 0): 500, ("1", 1): 500})
    assert grouped_amortization({"1": 1001}, table)[:2] == (501, 500)
