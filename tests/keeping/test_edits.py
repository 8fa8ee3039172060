"""A workbook edited and brought home: the folder closes to what the workbook says, or nothing is written."""

import csv
import tomllib
from datetime import date
from pathlib import Path

import pytest

from jurat.cli.folders import apply_changes
from jurat.close import close
from jurat.keeping.edits import Edited
from jurat.reading.changes import changes
from jurat.reading.workbook import read_workbook
from jurat.statement import Overridden, Statement
from jurat.words import Address, JuratError, RecordError
from tests.folders import EXAMPLE, example_copy, put, small_folder
from tests.workbooks import typed, written

BY = Edited(source="edited.xlsx", who="A. Accountant", today=date(2013, 2, 1))


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """The workbook of the example's closing."""
    return written(close(EXAMPLE).statement)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return example_copy(tmp_path)


def brought_home(folder: Path, raw: bytes) -> list[str]:
    """Apply what was edited; the names of the files written."""
    path = folder.parent / "edited.xlsx"
    path.write_bytes(raw)
    found = changes(path, close(folder).statement)
    assert found
    return apply_changes(folder, path, found, BY)


def says_the_same(folder: Path, raw: bytes) -> Statement:
    """The folder's closing, which the workbook evaluates to, cell by cell."""
    path = folder.parent / "edited.xlsx"
    path.write_bytes(raw)
    closed = close(folder).statement
    evaluated = read_workbook(path, closed.blank).statement
    for cell in evaluated.cells.values():
        assert closed[cell.address].shown == cell.shown, cell.address
    return closed


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()))


def test_figures_become_a_batch_that_says_what_it_replaces(folder: Path, workbook: bytes) -> None:
    raw = typed(workbook, assets__1__1=906_970_200, liabilities__3__1=None)
    (name,) = brought_home(folder, raw)
    assert name.startswith("inputs/0001-edited-")
    first, second = rows(folder, name)
    assert (first["page"], first["line"], first["column"]) == ("assets", "1", "1")
    assert (first["amount"], first["was"]) == ("906970200", "906970121.00")
    assert first["source"].startswith("edited.xlsx, ")
    assert first["note"] == "A. Accountant"
    assert (second["amount"], second["was"]) == ("", "3743043.00")
    closed = says_the_same(folder, raw)
    assert closed["assets:1:3"].value == 906_970_200 + 1_840_368_959
    assert closed["liabilities:3:1"].value is None


def test_a_changed_amount_of_cents_is_replaced_to_the_cent(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    put(folder, "inputs/tb.csv", "page,line,column,amount\nassets,1,1,100.49\nassets,2.1,1,50.49\n")
    raw = typed(written(close(folder).statement), assets__1__1=200)
    (name,) = brought_home(folder, raw)
    assert rows(folder, name)[0]["was"] == "100.49"
    assert close(folder).statement["assets:1:1"].exact == 200_000_000


def test_an_amount_in_a_cell_left_open_replaces_nothing(folder: Path, workbook: bytes) -> None:
    raw = typed(workbook, assets__2_dot_1__1=500)
    (name,) = brought_home(folder, raw)
    assert rows(folder, name)[0]["was"] == ""
    says_the_same(folder, raw)


def test_answers_and_texts_change_where_they_stand(folder: Path, workbook: bytes) -> None:
    raw = typed_at(
        workbook,
        {
            "exhibit3_interrogatories:2.2:": "Participating",
            "cover:state:": 'Connecticut "CT"',
            "cover:oath:": "Signed",
        },
    )
    before = (folder / "company.toml").read_text()
    assert sorted(brought_home(folder, raw)) == ["company.toml", "interrogatories.toml"]
    after = (folder / "company.toml").read_text()
    cover = tomllib.loads(after)["cover"]
    assert cover["state"] == 'Connecticut "CT"'
    assert cover["oath"] == "Signed"
    assert '# or "foot": totals are made of whole dollars' in after  # comments stay
    assert len(set(after.splitlines()) - set(before.splitlines())) == 2
    says_the_same(folder, raw)


def typed_at(raw: bytes, values: dict[str, object]) -> bytes:
    """The workbook with other values in some cells, named by address."""
    return typed(
        raw, **{at.replace(":", "__").replace(".", "_dot_"): v for at, v in values.items()}
    )


def test_a_write_in_is_renamed_in_all_its_rows(folder: Path, workbook: bytes) -> None:
    raw = typed_at(workbook, {"liabilities:1601:": "Accrued interest on swaps"})
    assert brought_home(folder, raw) == ["write_ins.csv"]
    named = [
        row for row in rows(folder, "write_ins.csv") if row["name"] == "Accrued interest on swaps"
    ]
    assert [(row["line"], row["column"], row["amount"]) for row in named] == [
        ("16", "1", "24617"), ("16", "2", "2706"),
    ]  # fmt: skip
    says_the_same(folder, raw)


def test_a_new_write_in_gets_its_name_and_its_amount(folder: Path, workbook: bytes) -> None:
    raw = typed_at(workbook, {"liabilities:1603:": "Suspense", "liabilities:1603:1": 77})
    names = sorted(brought_home(folder, raw))
    assert [name.partition("/")[0] for name in names] == ["inputs", "write_ins.csv"]
    closed = says_the_same(folder, raw)
    assert closed["liabilities:1603:"].value == "Suspense"
    assert closed["liabilities:1699:1"].value == 24617 + 77


def test_a_basis_changes_in_its_row_of_the_reserves(folder: Path, workbook: bytes) -> None:
    raw = typed_at(workbook, {"exhibit3:0200001:1": "Deferred Annuity 4.75% CARVM"})
    assert brought_home(folder, raw) == ["reserves.csv"]
    assert rows(folder, "reserves.csv")[4]["basis"] == "Deferred Annuity 4.75% CARVM"
    says_the_same(folder, raw)


def test_a_figure_over_a_rule_becomes_an_override_for_a_year(folder: Path, workbook: bytes) -> None:
    raw = typed_at(workbook, {"assets:17:3": 4_200_000_000})
    assert brought_home(folder, raw) == ["overrides.csv"]
    row = rows(folder, "overrides.csv")[-1]
    assert row == {
        "cell": "assets:17:3",
        "amount": "4200000000",
        "reason": "changed in the workbook",
        "who": "A. Accountant",
        "expires": "2014-02-01",
    }
    because = says_the_same(folder, raw)["assets:17:3"].because
    assert isinstance(because, Overridden)
    assert because.was is not None
    assert because.was.figure == 4_110_991_095


def test_an_override_changed_again_stays_one_row(folder: Path, workbook: bytes) -> None:
    raw = typed_at(workbook, {"schedule_d:12:": 3_541_950_509})
    brought_home(folder, raw)
    told = [row for row in rows(folder, "overrides.csv") if row["cell"] == "schedule_d:12:"]
    assert [row["amount"] for row in told] == ["3541950509"]
    says_the_same(folder, raw)


def test_many_edits_at_once_come_home_together(folder: Path, workbook: bytes) -> None:
    raw = typed_at(
        workbook,
        {
            "assets:1:1": 1,
            "imr:2:$1": 9_000_000,
            "exhibit3:0100001:3": 7_858_126,
            "general_interrogatories:5.51:2": 984_961_797,
            "cover:county:": "Hartford",
            "nii:10:1": 125_826_447,
        },
    )
    names = brought_home(folder, raw)
    assert len(names) == 3
    says_the_same(folder, raw)
    left = changes(folder.parent / "edited.xlsx", close(folder).statement)
    assert [change for change in left if change.now != change.was] == []


BY_HAND = {
    "a rule's cell blanked": {"assets:17:3": None},
    "a write-in without its name": {"liabilities:1601:": None},
    "a basis taken out": {"exhibit3:0200001:1": None},
    "a write-in that leaves a gap": {"nii:0903:1": 5},
}


@pytest.mark.parametrize("why", BY_HAND)
def test_where_one_edit_has_to_be_made_by_hand_nothing_is_written(
    folder: Path, workbook: bytes, why: str
) -> None:
    before = close(folder).books.files
    with pytest.raises(JuratError):
        brought_home(folder, typed_at(workbook, {"assets:1:1": 5, **BY_HAND[why]}))
    assert close(folder).books.files == before


def test_an_edit_by_hand_names_its_file_and_row(folder: Path, workbook: bytes) -> None:
    with pytest.raises(RecordError) as caught:
        brought_home(folder, typed_at(workbook, {"liabilities:1601:": None}))
    assert "take it out of write_ins.csv:2" in caught.value.what


def test_the_place_of_a_new_figure_is_the_workbook_s_cell(folder: Path, workbook: bytes) -> None:
    brought_home(folder, typed_at(workbook, {"assets:1:1": 5}))
    entry = close(folder).books.entries[Address("assets", "1", "1")]
    assert "edited.xlsx, " in str(entry.cell.because)
