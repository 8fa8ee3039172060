"""`policies.general_account_imr`: closing tells what of a negative IMR may stand, and changes nothing."""

from pathlib import Path

import pytest

from jurat.close import Closing, close
from jurat.words import Address
from tests.folders import faults_of, put, small_folder

LOSS = "page,line,column,amount\nimr,2,$1,(1000.00)\nimr,2,$2,350.00\n"


def closed(home: Path, policies: str = "") -> Closing:
    """A loss of 1,000 less tax of 350, none of it released."""
    folder = small_folder(home, policies)
    put(folder, "inputs/imr.csv", LOSS + "imr,1,1,0\nimr,3,1,0\nimr_amortization,1,2,0\n")
    return close(folder)


def imr_6(closing: Closing) -> int:
    return closing.statement[Address("imr", "6", "1")].figure


TOLD = {
    "general_account_imr = 1000": "all of it is allowed as a negative liability.",
    'general_account_imr = "200.00"': (
        "(200) is allowed as a negative liability, 450 is disallowed and not admitted. "
        "No figure was changed."
    ),
    "general_account_imr = -5.5": (
        "none of it is allowed, 650 is disallowed and not admitted. No figure was changed."
    ),
    "": "Write under [policies] in company.toml: general_account_imr = 1234.56",
}


@pytest.mark.parametrize("policies", TOLD)
def test_closing_tells_what_may_stand(tmp_path: Path, policies: str) -> None:
    closing = closed(tmp_path, policies)
    (notice,) = closing.notices
    assert notice.startswith("The IMR of the separate accounts is (650) (imr:6)")
    assert notice.endswith(TOLD[policies])
    assert imr_6(closing) == -650


def test_in_its_window_the_admittance_is_named(tmp_path: Path) -> None:
    folder = small_folder(tmp_path, "general_account_imr = 0")
    put(folder, "inputs/imr.csv", LOSS)
    text = (folder / "company.toml").read_text(encoding="utf-8")
    put(folder, "company.toml", text.replace("year = 2012", "year = 2024"))
    (notice,) = [one for one in close(folder).notices if "IMR" in one]
    assert "INT 23-01 lets be admitted: up to 10 % of adjusted capital and surplus" in notice


def test_a_reserve_that_is_not_negative_is_not_told(tmp_path: Path) -> None:
    assert close(small_folder(tmp_path)).notices == ()


def test_an_amount_that_is_none_is_told(tmp_path: Path) -> None:
    (fault,) = faults_of(small_folder(tmp_path, 'general_account_imr = "much"'))
    assert "policies.general_account_imr: 'much' is not an amount." in fault
