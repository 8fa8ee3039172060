"""The grouped method from a folder: gains by group, their tax, the year's table, the page of the IMR."""

from pathlib import Path

import pytest

from jurat.close import close
from jurat.statement import Computed, Statement
from jurat.statement.explain import explain, print_reason
from jurat.words import Address
from tests.folders import faults_of, put, small_folder

GROUPED = 'imr_method = "grouped"\nimr_rate = "6 %"\ntax_rate = "35 %"'
GAINS = "band,pretax,tax\n0,100.00,(35.00)\n2-5,1000.00,\n"
"""The first with its own tax, the second at the company's rate: 1,000 less 350 is 650."""

BY_YEAR = {1: 15080, 2: 17940, 3: 16445, 4: 12025, 5: 7475, 6: 2535}
"""Cents, worked by hand: 65.00 at once, and 650.00 at .132 .276 .253 .185 .115 .039 of the sheet of 6 %."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = small_folder(tmp_path, GROUPED)
    put(made, "imr_gains.csv", GAINS)
    return made


def released(statement: Statement) -> dict[int, int]:
    """Column 2 of the amortization page, in cents, by line."""
    cells = statement.cells.values()
    page = [c for c in cells if c.address.page == "imr_amortization" and c.address.column == "2"]
    return {int(c.address.line): (c.exact or 0) // 10_000 for c in page if c.address.line != "32"}


def test_gains_are_released_as_worked_by_hand(folder: Path) -> None:
    closed = close(folder).statement
    assert sum(BY_YEAR.values()) == 71500
    assert released(closed) == BY_YEAR
    assert [closed[f"imr_amortization:{line}:2"].value for line in (1, 2, 3)] == [151, 179, 164]
    assert closed["imr_amortization:32:2"].value == 715


def test_line_2_of_the_imr_shows_gains_and_their_tax(folder: Path) -> None:
    closed = close(folder).statement
    assert closed["imr:2:$1"].value == 1100
    assert closed["imr:2:$2"].value == -385
    assert closed["imr:2:1"].value == 715
    assert closed["imr:5:1"].value == 151
    assert closed["imr:6:1"].value == 564


def test_the_company_s_own_factors_stand_over_the_sheet_s(folder: Path) -> None:
    """One hundredth of 650.00 more at once, and less the year after."""
    put(folder, "imr_table.csv", "band,year,factor\n2-5,0,0.142\n2-5,1,0.266\n")
    closed = close(folder).statement
    assert released(closed) == {**BY_YEAR, 1: 15730, 2: 17290}


def test_a_released_amount_says_what_it_is_from(folder: Path) -> None:
    closed = close(folder).statement
    cell = closed["imr_amortization:3:2"]
    assert isinstance(cell.because, Computed)
    assert cell.because.words == "grouped amortization of imr_gains.csv at 6.00 %"
    told = "\n".join(print_reason(explain(closed, Address("imr", "6", "1"))))
    assert "gains of imr_gains.csv" in told


def test_without_gains_by_group_the_tax_follows_the_rate(tmp_path: Path) -> None:
    folder = small_folder(tmp_path, 'tax_rate = "21 %"')
    put(folder, "inputs/tb.csv", "page,line,column,amount\nimr,2,$1,1000.50\n")
    closed = close(folder).statement
    assert closed["imr:2:$2"].value == -210
    assert closed["imr:2:$2"].exact == -210_105_000
    assert closed["imr:2:1"].value == 790  # 1,000.50 less 210.105


GAINS_FAULTS = {
    "3-5,100,0": "imr_gains.csv:2, column band: '3-5' is no group. Groups: 0, 1, 2-5",
    "1,1e5,0": "imr_gains.csv:2, column pretax: '1e5' is not an amount.",
    "1,100,x": "imr_gains.csv:2, column tax: 'x' is not an amount.",
    "1,100,0\n1,200,0": "imr_gains.csv:3, column band: the group 1 stands twice.",
}


@pytest.mark.parametrize("row", GAINS_FAULTS)
def test_wrong_gains_are_told(folder: Path, row: str) -> None:
    put(folder, "imr_gains.csv", f"band,pretax,tax\n{row}\n")
    (fault,) = faults_of(folder)
    assert fault.startswith(GAINS_FAULTS[row])


TABLE_FAULTS = {
    "2-5,0,0.142": "imr_table.csv: the factors of 2-5 add to 1.010, the sheet's own included.",
    "2-6,0,0.142": "imr_table.csv:2, column band: '2-6' is no group.",
    "2-5,6,0.142": "imr_table.csv:2, column year: '6' is no year of 2-5. Years: 0 to 5.",
    "2-5,²,0.142": "imr_table.csv:2, column year:",
    "2-5,0,14.2%": "imr_table.csv:2, column factor: '14.2%' is no factor. Write 0.132.",
    "2-5,0,0.132\n2-5,0,0.132": "imr_table.csv:3: year 0 of 2-5 stands twice.",
}


@pytest.mark.parametrize("row", TABLE_FAULTS)
def test_a_wrong_table_of_factors_is_told(folder: Path, row: str) -> None:
    put(folder, "imr_table.csv", f"band,year,factor\n{row}\n")
    (fault,) = faults_of(folder)
    assert fault.startswith(TABLE_FAULTS[row])


def test_what_a_policy_computes_may_not_be_given_too(folder: Path) -> None:
    rows = "imr,2,$1,1\nimr,2,$2,1\nimr_amortization,1,2,1\nimr_amortization,31,2,1\n"
    put(folder, "inputs/tb.csv", f"page,line,column,amount\n{rows}")
    told = faults_of(folder)
    assert len(told) == 4
    assert all("a policy of company.toml computes it. Take it out" in fault for fault in told)


def test_gains_that_no_policy_uses_are_told(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    put(folder, "imr_gains.csv", GAINS)
    put(folder, "imr_table.csv", "band,year,factor\n0,0,1.000\n")
    assert [fault.partition(":")[0] for fault in faults_of(folder)] == [
        "imr_gains.csv", "imr_table.csv",
    ]  # fmt: skip


def test_a_tax_that_is_neither_given_nor_at_a_rate_is_told(tmp_path: Path) -> None:
    folder = small_folder(tmp_path, 'imr_method = "grouped"\nimr_rate = "6 %"')
    put(folder, "imr_gains.csv", "band,pretax\n1,100\n")
    (fault,) = faults_of(folder)
    assert fault.startswith("imr_gains.csv:2, column tax: a gain needs its tax.")


def test_a_year_whose_rate_nobody_knows_asks_for_it(tmp_path: Path) -> None:
    folder = small_folder(tmp_path, 'imr_method = "grouped"\ntax_rate = 0.35')
    put(folder, "company.toml", (folder / "company.toml").read_text().replace("2012", "2150"))
    put(folder, "imr_gains.csv", GAINS)
    (fault,) = faults_of(folder)
    assert fault.endswith('Write policies.imr_rate = "4.5 %".')
