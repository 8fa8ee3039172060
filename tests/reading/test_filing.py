"""A real filing read: every cell right, every repair proved, nothing lost, nothing repaired away."""

from pathlib import Path

import pytest

import jurat
from jurat.money import Kind
from jurat.reading import Reading
from jurat.reading.facts import read_facts
from jurat.statement import CellState, Read
from jurat.words import Address

ROOT = Path(__file__).parents[2]
FILING = ROOT.parent / "shared" / "filings" / "mml_bay_state_separate_accounts_2012.txt"
FACTS = ROOT / "examples" / "bay_state_2012_filed" / "facts.csv"

pytestmark = pytest.mark.skipif(
    not FILING.exists(), reason="needs ../shared/filings, which is not here"
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return jurat.read(FILING)


def test_every_cell_of_the_transcription_is_read(reading: Reading) -> None:
    facts = read_facts(FACTS, jurat.load_blank())
    wrong = [
        (str(address), cell.value, reading.statement[address].value)
        for address, cell in facts.cells.items()
        if (reading.statement[address].value, reading.statement[address].state)
        != (cell.value, cell.state)
    ]
    assert wrong == []
    assert reading.statement.none_pages == facts.none_pages
    assert reading.statement.pages >= facts.pages


def test_the_filing_has_734_amounts_132_factors_and_8_percents(reading: Reading) -> None:
    kinds = [
        cell.kind for cell in reading.statement.cells.values() if cell.state is CellState.VALUE
    ]
    assert [kinds.count(kind) for kind in (Kind.MONEY, Kind.FACTOR, Kind.PERCENT)] == [734, 132, 8]


def test_every_number_token_is_accounted_for(reading: Reading) -> None:
    assert reading.coverage.unplaced == ()
    assert sum(reading.coverage.placed.values()) == reading.coverage.tokens > 2_400


GLUED = {
    "nii:1": (10_834_795, 10_368_384),
    "nii:1.2": (90_205_240, 89_933_102),
    "nii:2.2": (16_682_098, 16_682_097),
    "nii:3": (1_768_174, 1_749_501),
    "nii:6": (476_572, 507_568),
    "nii:7": (7_200_159, 7_196_753),
    "nii:9": (-1_340_591, -1_340_591),
}


@pytest.mark.parametrize(("line", "figures"), GLUED.items())
def test_seven_glued_rows_are_parted_with_proof(
    reading: Reading, line: str, figures: tuple[int, int]
) -> None:
    cells = [reading.statement[f"{line}:{column}"] for column in "12"]
    assert tuple(cell.value for cell in cells) == figures
    for cell in cells:
        assert isinstance(cell.because, Read)
        assert cell.because.repair is not None
        assert "nii." in cell.because.repair.proof


def test_collapsed_rows_of_the_gains_exhibit_find_their_columns(reading: Reading) -> None:
    shown = {
        line: [reading.statement[f"capital_gains:{line}:{column}"].value for column in "12345"]
        for line in ("1", "1.2", "6", "10")
    }
    assert shown["1"] == [4_084_585, None, 4_084_585, -3_502_243, None]
    assert shown["1.2"] == [20_606_878, -145_564, 20_461_314, -20_602_355, None]
    assert shown["6"] == [44, None, 44, None, None]
    assert shown["10"] == [51_991_278, -145_564, 51_845_714, 44_278_085, None]


def test_three_amounts_printed_one_line_too_high_come_down(reading: Reading) -> None:
    amounts = [reading.statement[f"exhibit5:{line}:1"].value for line in ("2", "3", "4", "5")]
    assert amounts == [None, 125_826_446, 36_409_636, 2_677_822_149]
    because = reading.statement["exhibit5:4:1"].because
    assert isinstance(because, Read)
    assert because.repair is not None
    assert {"X22.2", "X31", "X32"} <= set(because.repair.proof.replace(",", "").split())
    assert because.repair.rejected == ("as printed, 36,409,636 at exhibit5:3:1",)


def test_unticked_boxes_stay_unanswered(reading: Reading) -> None:
    for line in ("2.1", "2.3", "2.5", "3.1", "3.2"):
        cell = reading.statement[f"general_interrogatories:{line}:"]
        assert (cell.state, cell.value) == (CellState.UNREAD, None)


def test_the_filers_own_breaks_are_not_repaired_away(reading: Reading) -> None:
    kept = {
        "imr:1:1": 5_035_857,
        "liabilities:3:4": 5_036_033,
        "schedule_d:12:": 3_541_950_508,
        "avr_default:9:1": 906_940_946,
        "exhibit5:25:1": 2_932_615_173,
        "exhibit5:18:$1": 211_429_838,
    }
    for address, value in kept.items():
        cell = reading.statement[address]
        assert cell.value == value
        assert isinstance(cell.because, Read)
        assert cell.because.repair is None


def test_json_holds_the_addresses_in_words(reading: Reading) -> None:
    cells = {
        (c["page"], c["line"], c["column"], c["inset"], c["row"]): c
        for c in reading.as_json()["cells"]
    }
    assert cells["schedule_d", "10", "", None, None]["value"] == 3_541_950_505
    assert cells["nii", "(a)", "", 2, None]["value"] == 5_891_908
    assert cells["general_interrogatories", "1", "2", None, 3]["value"] == 614_626_766
    assert cells["general_interrogatories", "1", "2", None, 6]["value"] == 4_110_991_095
    assert cells["avr_default", "35", "5", None, None]["value"] == 0.0063
    assert cells["exhibit6", "4", "2", None, None]["value"] == 24.9
    assert cells["general_interrogatories", "2.1", "", None, None]["state"] == "unread"
    assert (
        reading.statement[Address("general_interrogatories", "1", "2", row=6)].value
        == 4_110_991_095
    )
