"""`records/` is a part of a company folder: its files count, and what stands beside it is told."""

from pathlib import Path

from jurat.keeping.books import read_books
from tests.folders import faults_of, put, small_folder
from tests.records.small import small, write


def test_a_closing_rests_on_every_file_of_records(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    write(folder / "records", small())
    before = read_books(folder).files
    assert "records/lots.csv" in before
    lots = (folder / "records" / "lots.csv").read_text(encoding="utf-8")
    put(folder, "records/lots.csv", lots + "\n")
    after = read_books(folder).files
    assert {name for name in before if before[name] != after[name]} == {"records/lots.csv"}


def test_a_table_of_records_beside_its_folder_is_told(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    put(folder, "lots_2012.csv", "lot\n")
    (fault,) = faults_of(folder)
    assert (
        fault
        == "lots_2012.csv: no file of a folder has this name. Tables of records go into records/."
    )


def test_a_folder_of_nearly_the_name_is_told(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    write(folder / "record", small())
    (fault,) = faults_of(folder)
    assert fault.startswith("record/: ")
    assert fault.endswith("Did you mean records/?")
