"""Tables of figures accepted: proved against the folder, named by their content, only ever added."""

from hashlib import sha256
from pathlib import Path

import pytest

from jurat.close import close
from jurat.keeping.batches import accept
from jurat.keeping.staging import put as put_whole
from jurat.words import RecordError, UsageError
from tests.folders import change, example_copy, faults_of, put, small_folder

TABLE = "page,line,column,amount,source\nassets,1,1,100.50,TB 1010\n"
CHANGED = "page,line,column,amount,was\nassets,1,1,120,100.50\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_folder(tmp_path)


def table(home: Path, text: str, name: str = "Trial balance.csv") -> Path:
    put(home, name, text)
    return home / name


def test_a_batch_is_named_by_its_number_its_table_and_its_content(
    folder: Path, tmp_path: Path
) -> None:
    batch = accept(folder, table(tmp_path, TABLE), close)
    assert batch.name == f"inputs/0001-Trial-balance-{sha256(TABLE.encode()).hexdigest()[:12]}.csv"
    assert (batch.rows, batch.is_new) == (1, True)
    assert (folder / batch.name).read_bytes() == TABLE.encode()
    assert close(folder).statement["assets:1:1"].value == 101


def test_the_same_content_under_any_name_changes_nothing(folder: Path, tmp_path: Path) -> None:
    first = accept(folder, table(tmp_path, TABLE), close)
    before = close(folder).books.files
    again = accept(folder, table(tmp_path, TABLE, "other.csv"), close)
    assert (again.name, again.is_new) == (first.name, False)
    assert close(folder).books.files == before


def test_a_later_batch_says_what_it_replaces(folder: Path, tmp_path: Path) -> None:
    accept(folder, table(tmp_path, TABLE), close)
    second = accept(folder, table(tmp_path, CHANGED), close)
    assert second.name.startswith("inputs/0002-")
    assert close(folder).statement["assets:1:1"].value == 120


@pytest.mark.parametrize(
    ("was", "told"),
    [
        ("", "is given a second time; first at inputs/0001-"),
        ("99", "replaces 99 at assets:1:1, but inputs/0001-"),
    ],
)
def test_a_batch_that_replaces_unsaid_is_refused_whole(
    folder: Path, tmp_path: Path, was: str, told: str
) -> None:
    accept(folder, table(tmp_path, TABLE), close)
    before = sorted(path.name for path in folder.rglob("*"))
    wrong = f"page,line,column,amount,was\nassets,2.1,1,5,\nassets,1,1,120,{was}\n"
    with pytest.raises(RecordError, match=r"Trial balance.csv:3: ") as caught:
        accept(folder, table(tmp_path, wrong), close)
    assert told in caught.value.what
    assert sorted(path.name for path in folder.rglob("*")) == before


def test_an_empty_amount_takes_out_what_it_says_was_there(folder: Path, tmp_path: Path) -> None:
    accept(folder, table(tmp_path, TABLE), close)
    accept(folder, table(tmp_path, "page,line,column,amount,was\nassets,1,1,,100.50\n"), close)
    assert close(folder).statement["assets:1:1"].value is None
    accept(folder, table(tmp_path, "page,line,column,amount\nassets,1,1,7\n"), close)
    assert close(folder).statement["assets:1:1"].value == 7


def test_a_figure_that_only_closing_finds_wrong_is_refused_too(tmp_path: Path) -> None:
    folder = example_copy(tmp_path)
    with pytest.raises(RecordError, match="a rule gives it"):
        accept(folder, table(tmp_path, "page,line,column,amount\nassets,1,3,5\n"), close)
    assert [path.name for path in (folder / "inputs").iterdir()] == ["figures.csv"]


def test_batches_come_after_what_is_kept_by_hand(tmp_path: Path) -> None:
    folder = example_copy(tmp_path)
    text = "page,line,column,amount,was\nassets,1,1,906970122,906970121\n"
    accept(folder, table(tmp_path, text), close)
    assert close(folder).statement["assets:1:1"].value == 906_970_122


@pytest.mark.parametrize("text", ["page,line,column,amount\n", "page,line\n", "", "\0"])
def test_a_table_with_nothing_in_it_is_refused(folder: Path, tmp_path: Path, text: str) -> None:
    with pytest.raises((UsageError, RecordError)):
        accept(folder, table(tmp_path, text), close)
    assert not (folder / "inputs").exists()


def test_a_table_that_is_not_there_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        accept(folder, tmp_path / "none.csv", close)


# -- only ever added ------------------------------------------------------------------------------


def test_a_batch_changed_afterwards_is_told(folder: Path, tmp_path: Path) -> None:
    batch = accept(folder, table(tmp_path, TABLE), close)
    change(folder, batch.name, "100.50", "100.60")
    (fault,) = faults_of(folder)
    assert fault.startswith(f"{batch.name}: is not what was accepted under this name.")


def test_a_batch_that_is_gone_is_told(folder: Path, tmp_path: Path) -> None:
    first = accept(folder, table(tmp_path, TABLE), close)
    accept(folder, table(tmp_path, "page,line,column,amount\nassets,2.1,1,5\n"), close)
    (folder / first.name).unlink()
    assert faults_of(folder) == ["inputs/0001-: batch 1 is missing. Bring back what was accepted."]


def test_a_file_is_replaced_whole_and_leaves_nothing_behind(folder: Path) -> None:
    put_whole(folder, "inputs/a.csv", b"one")
    put_whole(folder, "inputs/a.csv", b"two")
    assert [(p.name, p.read_bytes()) for p in (folder / "inputs").iterdir()] == [("a.csv", b"two")]


def test_what_a_dead_process_left_is_no_part_of_the_record(folder: Path) -> None:
    before = close(folder).books.files
    put(folder, "inputs/.x.new", "page,line")
    assert close(folder).books.files == before
