"""A later file corrects an earlier one, row by row, and what was replaced is kept."""

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jurat.records import Intake, read_records
from jurat.records.folder import table_of
from tests.records.small import small, write


def lots_of(intake: Intake) -> dict[str, int]:
    lots = intake.records["lots"]
    return dict(zip(lots.text("lot").to_pylist(), lots.whole("cost").tolist(), strict=True))


def test_a_row_of_a_later_file_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    tables = small()
    write(tmp_path, tables)
    write(tmp_path, {"lots": [tables["lots"][0] | {"cost": "991000"}]}, "_2013-02")
    intake = read_records(tmp_path)
    assert intake.faults == ()
    assert lots_of(intake) == {"L1": 991_000_00, "L2": 9_600_00}
    assert intake.records["lots"].where(0) == "lots_2013-02.csv:2"
    (fix,) = intake.history
    assert (fix.table, fix.key, fix.before, fix.after) == (
        "lots", "L1", "lots.csv:2", "lots_2013-02.csv:2",
    )  # fmt: skip
    assert intake.superseded["lots"].whole("cost").tolist() == [990_000_00]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    once = read_records(write(tmp_path, small()))
    for path in list(tmp_path.glob("*.csv")):
        path.with_stem(f"{path.stem}_again").write_bytes(path.read_bytes())
    twice = read_records(tmp_path)
    assert (twice.history, twice.faults) == ((), ())
    for name, table in once.records.tables.items():
        for column in table.columns:
            assert np.array_equal(
                np.asarray(table.columns[column]), np.asarray(twice.records[name].columns[column])
            )
    again = [count for count in twice.files if "_again" in count.file]
    assert [count.repeated for count in again] == [count.rows for count in again]


def test_there_and_back_is_two_corrections(tmp_path: Path) -> None:
    tables = small()
    write(tmp_path, tables)
    write(tmp_path, {"lots": [tables["lots"][0] | {"cost": "1"}]}, "_a")
    write(tmp_path, {"lots": [tables["lots"][0] | {"cost": "1"}]}, "_b")
    write(tmp_path, {"lots": [tables["lots"][0]]}, "_c")
    intake = read_records(tmp_path)
    assert lots_of(intake)["L1"] == 990_000_00
    assert [(fix.before, fix.after) for fix in intake.history] == [
        ("lots.csv:2", "lots_a.csv:2"),
        ("lots_a.csv:2", "lots_c.csv:2"),
    ]


def test_a_blank_in_a_key_is_a_value_of_it(tmp_path: Path) -> None:
    tables = small()
    row = {"security": "00206R102", "date": "2015-06-30", "share": "0.5", "as_of": ""}
    tables["repayments"] = [row, row | {"as_of": "2012-06-30"}, row]
    (fault,) = read_records(write(tmp_path, tables)).faults
    assert (fault.row, fault.column) == (4, "security")
    assert "'00206R102, blank, 2015-06-30' stands already in row 2" in fault.what


def test_files_and_sheets_are_of_the_longest_name_that_fits() -> None:
    names = [
        "lots",
        "lots_2012",
        "lots-2012",
        "real_estate_activity_1",
        "lots2012",
        "loan_payments",
    ]
    assert [table_of(name) for name in names] == [
        "lots", "lots", "lots", "real_estate_activity", "", "loan_payments",
    ]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=5), max_size=4))
def test_any_order_of_files_ends_as_a_ledger_kept_by_hand(
    tmp_path_factory: object, files: list[list[tuple[int, int]]]
) -> None:
    folder = tmp_path_factory.mktemp("records")  # type: ignore[attr-defined]
    write(
        folder, {name: rows for name, rows in small().items() if name in ("accounts", "securities")}
    )
    lot = small()["lots"][0]
    kept: dict[str, int] = {}
    replaced = repeated = doubled = 0
    for number, rows in enumerate(files):
        named = [lot | {"lot": f"L{key}", "cost": str(cost)} for key, cost in rows]
        write(folder, {"lots": named}, f"_{number}")
        seen: set[int] = set()
        for key, cost in rows:
            if key in seen:
                doubled += 1
                continue
            seen.add(key)
            replaced += kept.get(f"L{key}", cost) != cost
            repeated += kept.get(f"L{key}") == cost
            kept[f"L{key}"] = cost
    intake = read_records(folder)
    assert {key: cents // 100 for key, cents in lots_of(intake).items()} == kept
    assert list(lots_of(intake)) == list(kept)
    counts = [count for count in intake.files if count.table == "lots"]
    assert sum(len(count.rejected) for count in counts) == len(intake.faults) == doubled
    assert sum(count.repeated for count in counts) == repeated
    assert sum(count.superseded for count in counts) == len(intake.history) == replaced
    assert sum(count.rows for count in counts) == sum(map(len, files))
