"""A workbook edited and brought home: the folder closes to what the workbook says, or nothing is written."""

import csv
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from jurat.cli.folders import apply_changes
from jurat.close import Closing, close
from jurat.keeping.edits import Edited
from jurat.reading.changes import changes
from jurat.reading.workbook import read_workbook
from jurat.statement import Overridden
from jurat.words import Address, JuratError, RecordError
from tests.folders import EXAMPLE, example_copy, put, small_folder
from tests.workbooks import typed, written

BY = Edited(source="edited.xlsx", who="A. Accountant", today=date(2013, 2, 1))

EDITS: dict[str, object] = {
    "assets:1:1": 906_970_200,
    "assets:2.1:1": 500,  # left open until now
    "liabilities:3:1": None,
    "imr:2:$1": 9_192_950,
    "exhibit3:0100001:3": 7_858_126,
    "general_interrogatories:5.51:2": 984_961_797,
    "exhibit3_interrogatories:2.2:": "Participating",
    "general_interrogatories:5.22:": "Yes",
    "cover:state:": 'Connecticut "CT"',
    "cover:oath:": "Signed",  # not in the file until now
    "liabilities:1601:": "Accrued interest on swaps",
    "liabilities:1603:": "Suspense",  # a new write-in
    "liabilities:1603:1": 77,
    "exhibit3:0200001:1": "Deferred Annuity 4.75% CARVM",
    "assets:17:3": 4_200_000_000,  # over its rule
    "schedule_d:12:": 3_541_950_509,  # over an override
}


def typed_at(raw: bytes, values: Mapping[str, object]) -> bytes:
    """The workbook with other values in some cells, named by address."""
    return typed(
        raw, **{at.replace(":", "__").replace(".", "_dot_"): v for at, v in values.items()}
    )


def brought_home(folder: Path, raw: bytes) -> list[str]:
    """Apply what was edited; the names of the files written."""
    path = folder.parent / "edited.xlsx"
    path.write_bytes(raw)
    found = changes(path, close(folder).statement)
    assert found
    return apply_changes(folder, path, found, BY)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """The workbook of the example's closing."""
    return written(close(EXAMPLE).statement)


@pytest.fixture(scope="module")
def edited(workbook: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's folder after all edits came home."""
    folder = example_copy(tmp_path_factory.mktemp("home"))
    brought_home(folder, typed_at(workbook, EDITS))
    return folder


@pytest.fixture(scope="module")
def closing(edited: Path) -> Closing:
    return close(edited)


@pytest.fixture(scope="module")
def batch(edited: Path) -> str:
    (path,) = (edited / "inputs").glob("0001-edited-*.csv")
    return f"inputs/{path.name}"


def test_the_folder_closes_to_what_the_workbook_evaluates_to(
    edited: Path, closing: Closing
) -> None:
    closed = closing.statement
    evaluated = read_workbook(edited.parent / "edited.xlsx", closed.blank).statement
    assert len(evaluated.cells) > 900
    for cell in evaluated.cells.values():
        assert closed[cell.address].shown == cell.shown, cell.address
    for address, value in EDITS.items():
        assert closed[address].value == value, address


def test_figures_become_a_batch_that_says_what_it_replaces(edited: Path, batch: str) -> None:
    told = {(row["page"], row["line"], row["column"]): row for row in rows(edited, batch)}
    first = told["assets", "1", "1"]
    assert (first["amount"], first["was"]) == ("906970200", "906970121.00")
    assert first["source"].startswith("edited.xlsx, Assets!")
    assert first["note"] == "A. Accountant"
    assert told["assets", "2.1", "1"]["was"] == ""
    assert (told["liabilities", "3", "1"]["amount"], told["liabilities", "3", "1"]["was"]) == (
        "", "3743043.00",
    )  # fmt: skip
    assert told["imr", "2", "$1"]["was"] == "9192949.00"
    assert told["exhibit3", "0100001", "3"]["was"] == "7858125.00"
    assert told["liabilities", "1603", "1"]["amount"] == "77"
    assert len(told) == 7


def test_the_place_of_a_new_figure_is_the_workbook_s_cell(closing: Closing) -> None:
    entry = closing.books.entries[Address("assets", "1", "1")]
    assert "edited.xlsx, Assets!" in str(entry.cell.because)


def test_answers_and_texts_change_where_they_stand(edited: Path) -> None:
    after = (edited / "company.toml").read_text()
    before = (EXAMPLE / "company.toml").read_text()
    cover = tomllib.loads(after)["cover"]
    assert (cover["state"], cover["oath"]) == ('Connecticut "CT"', "Signed")
    assert '# or "foot": totals are made of whole dollars' in after  # comments stay
    assert len(set(after.splitlines()) - set(before.splitlines())) == 2
    answers = tomllib.loads((edited / "interrogatories.toml").read_text())
    assert answers["exhibit3_interrogatories"]["2.2"] == "Participating"
    assert answers["general_interrogatories"]["5.22"] == "Yes"


def test_a_write_in_is_renamed_in_all_its_rows_and_a_new_one_is_added(edited: Path) -> None:
    told = [(row["name"], row["column"], row["amount"]) for row in rows(edited, "write_ins.csv")]
    assert told[:2] == [
        ("Accrued interest on swaps", "1", "24617"),
        ("Accrued interest on swaps", "2", "2706"),
    ]
    assert told[-1] == ("Suspense", "", "")
    assert len(told) == len(rows(EXAMPLE, "write_ins.csv")) + 1


def test_a_basis_changes_in_its_row_of_the_reserves(edited: Path) -> None:
    changed = [row["basis"] for row in rows(edited, "reserves.csv")]
    kept = [row["basis"] for row in rows(EXAMPLE, "reserves.csv")]
    assert [name for name in changed if name not in kept] == ["Deferred Annuity 4.75% CARVM"]


def test_a_figure_over_a_rule_becomes_an_override_for_a_year(
    edited: Path, closing: Closing
) -> None:
    told = {row["cell"]: row for row in rows(edited, "overrides.csv")}
    assert told["assets:17:3"] == {
        "cell": "assets:17:3",
        "amount": "4200000000",
        "reason": "changed in the workbook",
        "who": "A. Accountant",
        "expires": "2014-02-01",
    }
    because = closing.statement["assets:17:3"].because
    assert isinstance(because, Overridden)
    assert because.was is not None
    assert because.was.figure == 4_110_991_095 + 79 + 500  # as its rule gives it now


def test_an_override_changed_again_stays_one_row(edited: Path) -> None:
    told = [row for row in rows(edited, "overrides.csv") if row["cell"] == "schedule_d:12:"]
    assert [row["amount"] for row in told] == ["3541950509"]
    assert told[0]["reason"].startswith(
        "changed in the workbook, before it 3541950508: The filer forced the ending"
    )
    assert len(rows(edited, "overrides.csv")) == 18 + 1


def test_an_amount_of_cents_is_replaced_to_the_cent(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    put(folder, "inputs/tb.csv", "page,line,column,amount\nassets,1,1,100.49\nassets,2.1,1,50.49\n")
    (name,) = brought_home(folder, typed_at(written(close(folder).statement), {"assets:1:1": 200}))
    assert rows(folder, name)[0]["was"] == "100.49"
    closed = close(folder).statement
    assert closed["assets:1:1"].exact == 200_000_000
    assert closed["assets:12:1"].value == 250  # 250.49; the workbook kept 151, which was stated


# -- what has to be made by hand ------------------------------------------------------------------


def test_where_one_edit_has_to_be_made_by_hand_nothing_is_written(
    tmp_path: Path, workbook: bytes
) -> None:
    folder = example_copy(tmp_path)
    before = close(folder).books.files
    blanked = ("assets:17:3", "liabilities:1601:", "exhibit3:0200001:1")
    with pytest.raises(RecordError) as caught:
        brought_home(folder, typed_at(workbook, {"assets:1:1": 5, **dict.fromkeys(blanked)}))
    told = caught.value.what.splitlines()[1:]
    assert [line.partition(" (")[0] for line in told] == list(blanked)
    assert "Take its inputs out, or its row of overrides.csv." in told[0]
    assert told[1].endswith("take it out of write_ins.csv:2.")
    assert told[2].endswith("edit reserves.csv:6.")
    assert close(folder).books.files == before


def test_an_edit_that_the_folder_cannot_hold_is_refused(tmp_path: Path, workbook: bytes) -> None:
    folder = example_copy(tmp_path)
    before = close(folder).books.files
    with pytest.raises(JuratError, match="written in without a name"):
        brought_home(folder, typed_at(workbook, {"assets:1:1": 5, "nii:0903:1": 5}))
    assert close(folder).books.files == before
