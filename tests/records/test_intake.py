"""A folder of records is read whole: nothing guessed, nothing lost, every row counted."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jurat.records import BLANK, Intake, accept_records, read_records, workbook_file
from jurat.words import RecordError, UsageError
from tests.records.small import Row, small, write

LOTS = "lot,account,security,traded,quantity,cost\n"


def faults(intake: Intake) -> list[str]:
    return [str(fault) for fault in intake.faults]


def with_lots(folder: Path, text: str, name: str = "lots.csv") -> Intake:
    write(folder, small())
    (folder / name).write_text(text, encoding="utf-8")
    return read_records(folder)


# -- what is right ------------------------------------------------------------------------------


def test_a_sound_folder_is_accepted_to_the_cent(tmp_path: Path) -> None:
    records = accept_records(write(tmp_path, small()))
    assert records["lots"].text("lot").to_pylist() == ["L1", "L2"]
    assert records["lots"].whole("cost").tolist() == [990_000_00, 9_600_00]
    assert records["lots"].whole("quantity").tolist() == [1_000_000 * 10**6, 400 * 10**6]
    assert records["securities"].whole("coupon").tolist() == [50_000_000, 0]
    assert records["prices"].whole("price").tolist() == [101 * 10**8, 25 * 10**8]
    assert records["lots"].whole("settled").tolist() == [BLANK, BLANK]
    assert len(records["mortgages"]) == 0


def test_defaults_stand_for_blanks_and_for_columns_that_are_not_there(tmp_path: Path) -> None:
    securities = accept_records(write(tmp_path, small()))["securities"]
    assert securities.text("currency").to_pylist() == ["USD", "USD"]
    assert securities.whole("frequency").tolist() == [2, 2]
    assert securities.is_choice("day_count", "30/360").all()
    assert securities.whole("public").tolist() == [1, 1]


def test_zeros_in_front_and_an_e_in_a_cusip_are_kept(tmp_path: Path) -> None:
    tables = small()
    for number in ("000375204", "88160E100", "46523*AA5"):
        tables["securities"].append(tables["securities"][0] | {"security": number})
    found = accept_records(write(tmp_path, tables))["securities"].text("security").to_pylist()
    assert found[2:] == ["000375204", "88160E100", "46523*AA5"]


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("1234.5", 123450),
        ("1,234.56", 123456),
        ('"(1,234.56)"', -123456),
        ("-0.01", -1),
        ("$12", 1200),
        ("12.3400", 1234),
        ("0012.", 1200),
        ("999999999999.99", 99999999999999),
    ],
)
def test_money_is_taken_as_people_write_it(tmp_path: Path, written: str, cents: int) -> None:
    quoted = written if written.startswith('"') else f'"{written}"'
    intake = with_lots(tmp_path, f"{LOTS}L1,SA1,00206R102,2012-01-01,5,{quoted}\n")
    assert intake.records["lots"].whole("cost").tolist() == [cents]


def test_a_file_with_a_mark_of_utf8_empty_rows_and_empty_columns_is_read(tmp_path: Path) -> None:
    header = "\ufefflot,account,security,traded,quantity,cost,,\n"
    text = (
        f"{header}\n L1 ,SA1,00206R102,2012-01-01,5,1,,\n,,,,,,,\nL2,SA1,STOCK-1,2012-01-02,5,2,,\n"
    )
    intake = with_lots(tmp_path, text)
    assert intake.records["lots"].row.tolist() == [3, 5]
    assert intake.records["lots"].where(1) == "lots.csv:5"


def test_a_row_keeps_its_number_behind_a_text_of_two_lines(tmp_path: Path) -> None:
    text = (
        'lot,account,security,traded,quantity,cost,vendor\nL1,SA1,00206R102,2012-01-01,5,1,"a\nb"\n'
    )
    intake = with_lots(tmp_path, f"{text}L2,SA1,00206R102,2012-01-01,5,x,c\n")
    mine = [(fault.row, fault.column) for fault in intake.faults if fault.file == "lots.csv"]
    assert mine == [(2, "vendor"), (3, "cost")]


# -- Parquet and workbooks ----------------------------------------------------------------------


def parquet(folder: Path, **columns: pa.Array) -> Intake:
    write(folder, small())
    (folder / "lots.csv").unlink()
    (folder / "trades.csv").unlink()
    (folder / "income.csv").unlink()
    whole = {
        "lot": pa.array(["L1", "L2"]),
        "account": pa.array(["SA1", "SA1"]).dictionary_encode(),
        "security": pa.array(["00206R102", "00206R102"]),
        "traded": pa.array(["2012-01-01", "2012-02-29"]),
        "quantity": pa.array(["5", "6"]),
        "cost": pa.array(["1.25", "2"]),
    }
    pq.write_table(pa.table(whole | columns), folder / "lots.parquet")
    return read_records(folder)


def test_parquet_of_text_and_parquet_of_types_come_to_the_same(tmp_path: Path) -> None:
    of_text = parquet(tmp_path / "a")
    of_types = parquet(
        tmp_path / "b",
        lot=pa.array(["L1", "L2"], pa.large_string()),
        traded=pa.array([15340, 15399], pa.date32()),
        quantity=pa.array([5, 6], pa.uint16()),
        cost=pa.array([Decimal("1.25"), Decimal(2)], pa.decimal128(20, 4)),
    )
    assert faults(of_text) == faults(of_types) == []
    for name in ("lot", "traded", "quantity", "cost"):
        one, other = (intake.records["lots"].columns[name] for intake in (of_text, of_types))
        assert one.tolist() == other.tolist() if name != "lot" else one.equals(other)


def test_floats_are_no_money_and_numbers_no_names(tmp_path: Path) -> None:
    intake = parquet(tmp_path, cost=pa.array([1.25, 2.0]), lot=pa.array([1, 2]))
    assert faults(intake) == [
        "lots.parquet:1, column lot: is kept as a number, which loses the zeros in front. Write it as text.",
        "lots.parquet:1, column cost: is kept as floating point, which holds no cents exactly. "
        "Write it as decimal128 with up to 2 decimals, or as text.",
    ]
    assert len(intake.records["lots"]) == 0
    assert next(f for f in intake.files if f.table == "lots").rejected.tolist() == [2, 3]


def test_a_decimal_with_a_tenth_of_a_cent_is_told_by_its_row(tmp_path: Path) -> None:
    cost = pa.array([Decimal("1.250"), Decimal("1.255")], pa.decimal128(10, 3))
    assert faults(parquet(tmp_path, cost=cost)) == [
        "lots.parquet:3, column cost: '1.255' has 3 decimals. Write at most 2."
    ]


def test_a_moment_at_midnight_is_a_day_and_noon_is_none(tmp_path: Path) -> None:
    traded = pa.array([15340 * 86_400, 15340 * 86_400 + 43_200], pa.timestamp("s"))
    intake = parquet(tmp_path, traded=traded)
    assert intake.records["lots"].whole("traded").tolist() == [15340]
    assert [(fault.row, fault.column) for fault in intake.faults] == [(3, "traded")]


def book(folder: Path, rows: list[list[object]], formats: dict[str, str] | None = None) -> Intake:
    write(
        folder, {name: rows for name, rows in small().items() if name in ("accounts", "securities")}
    )
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "lots"
    for row in rows:
        sheet.append(row)
    for cell, shown in (formats or {}).items():
        sheet[cell].number_format = shown
    made.save(folder / "holdings.xlsx")
    return read_records(folder)


HEADER: list[object] = ["lot", "account", "security", "traded", "quantity", "cost"]


def test_a_sheet_is_read_as_what_was_typed(tmp_path: Path) -> None:
    row: list[object] = ["L1", "SA1", "00206R102", date(2012, 2, 29), 1000, 0.1 + 0.2]
    intake = book(tmp_path, [HEADER, [], row])
    assert faults(intake) == []
    lots = intake.records["lots"]
    assert (lots.whole("cost").tolist(), lots.whole("traded").tolist()) == ([30], [15399])
    assert lots.where(0) == "holdings.xlsx, sheet lots:3"


def test_cells_that_are_not_sure_are_told(tmp_path: Path) -> None:
    intake = book(
        tmp_path,
        [
            HEADER,
            ["L1", "SA1", 206102, "2012-01-01", "=1+1", 1e15],
            [7, "SA1", "00206R102", "2012-01-01", 5, 0.5],
        ],
        {"F3": "0.00%"},
    )
    assert [(fault.row, fault.column) for fault in intake.faults] == [
        (2, "security"),
        (2, "quantity"),
        (2, "cost"),
        (3, "lot"),
        (3, "cost"),
    ]
    assert "loses the zeros in front" in intake.faults[0].what
    assert "formula" in intake.faults[1].what
    assert "percent" in intake.faults[4].what


# -- what is wrong ------------------------------------------------------------------------------


WRONG: list[tuple[str, Row, str]] = [
    ("lots", {"cost": ""}, "lots.csv:2, column cost: is blank, and it is needed."),
    ("lots", {"cost": "12.345"}, "lots.csv:2, column cost: '12.345' has 3 decimals. Write at most 2."),
    ("lots", {"cost": "1,23"}, "lots.csv:2, column cost: '1,23' is no number"),
    ("lots", {"cost": "1.5E+05"}, "lots.csv:2, column cost: '1.5E+05' is rounded by a spreadsheet."),
    ("lots", {"cost": "1000000000000.01"}, "lots.csv:2, column cost: '1000000000000.01' is beyond"),
    ("lots", {"traded": "2012-02-30"}, "lots.csv:2, column traded: '2012-02-30' is no date."),
    ("lots", {"traded": "2/29/2012"}, "lots.csv:2, column traded: '2/29/2012' is no date as written "
     "here. Write 2012-02-29."),
    ("lots", {"traded": "0012-01-01"}, "is not in a year of these records."),
    ("lots", {"security": "NOT-THERE"}, "lots.csv:2, column security: 'NOT-THERE' is not among securities."),
    ("accounts", {"basis": "generall"}, "'generall' is none of its words. Did you mean general?"),
    ("accounts", {"imr": "Y"}, "column imr: 'Y' is none of its words. Words: no, yes."),
    ("securities", {"coupon": "5 %"}, "has a sign of percent."),
    ("securities", {"frequency": "3"}, "'3' is not among its numbers. Write one of: 1, 2, 4, 12."),
    ("securities", {"currency": "usd"}, "'usd' cannot stand. Write 3 capital letters."),
    ("securities", {"lei": "HWUPKR0MPOU8FGXBT395"}, "is no LEI"),
    ("securities", {"description": "a\tb"}, "holds a sign that is no letter."),
    ("prices", {"price": "-1"}, "'-1' is less than nought."),
    ("designations", {"designation": "7"}, "'7' is not among its numbers."),
]  # fmt: skip


@pytest.mark.parametrize(("table", "change", "told"), WRONG)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, table: str, change: Row, told: str
) -> None:
    tables = small()
    tables[table][0] |= change
    intake = read_records(write(tmp_path, tables))
    assert told in "\n".join(faults(intake))
    assert {fault.row for fault in intake.faults} == {2}
    with pytest.raises(RecordError, match="fault"):
        intake.accepted()


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("00206R103", "its check digit would be 2"),
        ("12345#AA", "which has nine signs"),
        ("US0378331006", "its check digit is wrong"),
        ("00206r 10 2", "Write 00206R102."),
    ],
)
def test_numbers_of_the_world_are_checked(tmp_path: Path, number: str, told: str) -> None:
    tables = small()
    tables["securities"].append(tables["securities"][0] | {"security": number})
    intake = read_records(write(tmp_path, tables))
    assert told in str(intake.faults[0])
    assert len(intake.faults) == 1


@pytest.mark.parametrize("number", ["BOND0001", "B00000017", "GIC/7", "US0378331005", "12345*AA1"])
def test_a_companys_own_number_is_legal(tmp_path: Path, number: str) -> None:
    tables = small()
    tables["securities"].append(tables["securities"][0] | {"security": number})
    assert faults(read_records(write(tmp_path, tables))) == []


def test_one_bad_row_does_not_hide_the_others(tmp_path: Path) -> None:
    text = (
        f"{LOTS}L1,SA1\nL2,SA9,NO,2012-13-01,x,\nL3,SA1,00206R102,2012-01-01,5,7\n"
        'L4,"SA1"x,00206R102,2012-01-01,5,7\nL3,SA1,00206R102,2012-01-01,5,8\n'
    )
    intake = with_lots(tmp_path, text)
    places = [(fault.row, fault.column) for fault in intake.faults if fault.file == "lots.csv"]
    assert places == [
        (2, ""), (3, "traded"), (3, "quantity"), (3, "cost"), (3, "account"), (3, "security"),
        (5, ""), (6, "lot"),
    ]  # fmt: skip
    (lots,) = (count for count in intake.files if count.table == "lots")
    assert (lots.rows, lots.kept, lots.rejected.tolist()) == (5, 1, [2, 3, 5, 6])
    assert intake.records["lots"].text("lot").to_pylist() == ["L3"]


def test_what_names_a_rejected_row_is_not_wrong_as_well(tmp_path: Path) -> None:
    tables = small()
    tables["securities"][0]["maturity"] = "never"
    assert [fault.file for fault in read_records(write(tmp_path, tables)).faults] == [
        "securities.csv"
    ]


def test_a_fault_carries_the_amount_of_its_row(tmp_path: Path) -> None:
    tables = small()
    tables["lots"][0]["security"] = "NO"
    tables["trades"], tables["income"] = [], []
    (fault,) = read_records(write(tmp_path, tables)).faults
    assert fault.cents == 990_000_00


def test_columns_are_told_by_name(tmp_path: Path) -> None:
    intake = with_lots(tmp_path, "lot,acount,security,traded,quantity,cost\nL1,a,b,c,d,e\n")
    told = [fault for fault in faults(intake) if fault.startswith("lots.csv:1")]
    assert told == [
        "lots.csv:1, column acount: there is no column 'acount' in lots. Did you mean account?",
        "lots.csv:1, column account: the header lacks this column, and every row needs it. "
        "Add it: the separate account.",
    ]
    (lots,) = (count for count in intake.files if count.table == "lots")
    assert (lots.rows, lots.kept) == (1, 0)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("lotts.csv", "no table has this name. Did you mean lots?"),
        ("lots.tsv", "is not read."),
        ("lots.parquet", "is broken as Parquet"),
        ("lots.xlsx", "is no .xlsx workbook."),
    ],
)
def test_a_file_that_is_none_is_told(tmp_path: Path, name: str, told: str) -> None:
    write(tmp_path, small())
    (tmp_path / name).write_text("x\n", encoding="utf-8")
    assert told in "\n".join(faults(read_records(tmp_path)))


def test_an_empty_file_and_a_file_of_another_code_are_told(tmp_path: Path) -> None:
    assert "is empty." in faults(with_lots(tmp_path, ""))[0]
    bad = f"{LOTS}L1,Société,00206R102,2012-01-01,5,1\n".encode("latin-1")
    (tmp_path / "lots.csv").write_bytes(bad)
    assert (
        "lots.csv:2, column account: holds bytes that are not UTF-8"
        in faults(read_records(tmp_path))[0]
    )
    (tmp_path / "lots.csv").write_bytes(LOTS.encode("utf-16"))
    assert "not UTF-8" in faults(read_records(tmp_path))[0]
    (tmp_path / "lots.csv").write_text("lot;account\n", encoding="utf-8")
    assert "not parted by commas" in faults(read_records(tmp_path))[0]


def test_two_files_of_one_name_have_no_order(tmp_path: Path) -> None:
    intake = parquet(tmp_path)
    (tmp_path / "lots.csv").write_text(LOTS, encoding="utf-8")
    assert "cannot be told" in faults(read_records(tmp_path))[0]
    assert faults(intake) == []


def test_a_thousand_rows_are_told_one_by_one_and_the_rest_counted(tmp_path: Path) -> None:
    rows = "".join(f"M{n},SA1,00206R102,2012-01-01,5,x\n" for n in range(3_000))
    intake = with_lots(tmp_path, LOTS + rows)
    mine = [fault for fault in intake.faults if fault.column == "cost"]
    assert len(mine) == 1_001
    assert (mine[-1].what, mine[-1].more) == ("and 2,000 more rows are wrong.", 2_000)
    assert len(next(count for count in intake.files if count.table == "lots").rejected) == 3_000


def test_no_folder_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_records(tmp_path / "none")


# -- bombs --------------------------------------------------------------------------------------


def test_a_parquet_file_that_declares_too_much_is_not_unpacked(tmp_path: Path) -> None:
    write(tmp_path, {"accounts": small()["accounts"]})
    index = pa.array(np.zeros(3_000_000, dtype=np.int32))
    text = pa.DictionaryArray.from_arrays(index, pa.array(["x"]))
    columns = dict.fromkeys(("security", "date", "price"), text)
    pq.write_table(pa.table(columns), tmp_path / "prices.parquet")
    (fault,) = read_records(tmp_path).faults
    assert str(fault).startswith("prices.parquet: declares 3,000,000 rows of ")
    assert "it is not unpacked" in fault.what


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_every_kind_of_text_is_text(tmp_path: Path, kind: pa.DataType) -> None:
    intake = parquet(
        tmp_path, lot=pa.array(["L1", "L2"]).cast(kind), cost=pa.array(["1", None]).cast(kind)
    )
    assert intake.records["lots"].text("lot").to_pylist() == ["L1"]
    assert [str(fault) for fault in intake.faults] == [
        "lots.parquet:3, column cost: is blank, and it is needed. "
        "Write 1234.56, or (1,234.56) for less than nought."
    ]


def test_a_long_text_kept_once_is_not_repeated_in_memory(tmp_path: Path) -> None:
    write(tmp_path, {"accounts": small()["accounts"]})
    count, length = 200_000, 1_000_000  # 200 gigabytes, if anybody wrote them out
    index = pa.array(np.zeros(count, dtype=np.int32))
    text = pa.DictionaryArray.from_arrays(index, pa.array(["x" * length]))
    written = pa.table({"account": text, "basis": text})
    pq.write_table(written, tmp_path / "accounts_2.parquet", store_schema=False)
    before = pa.total_allocated_bytes()
    intake = read_records(tmp_path)
    assert len(intake.records["accounts"]) == 2
    assert "is longer than 80 characters" in intake.faults[0].what
    assert pa.total_allocated_bytes() - before < 50 * 2**20


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(tmp_path: Path) -> None:
    book(tmp_path, [HEADER])
    path = tmp_path / "holdings.xlsx"
    raw = bytearray(path.read_bytes())
    at = raw.find(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (2**31).to_bytes(
        4, "little"
    )  # what the archive says of its first part
    path.write_bytes(raw)
    (fault,) = read_records(tmp_path).faults
    assert "unpacks to 2,147," in fault.what
    assert "it is not opened" in fault.what


def test_a_sheet_of_cells_far_to_the_right_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_file, "MOST_IN_ALL", 50_000)
    far: list[object] = [None] * 16_000 + ["x"]
    intake = book(tmp_path, [HEADER, *[far] * 9])
    mine = [fault for fault in intake.faults if fault.file.startswith("holdings")]
    assert [fault.row for fault in mine] == [2, 3, 4, 5]
    assert "beyond what a sheet of records may hold" in mine[-1].what
