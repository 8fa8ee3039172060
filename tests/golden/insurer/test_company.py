"""A whole golden company: its files agree with each other, and come out the same every time."""

import csv
import subprocess
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jurat.golden.insurer import golden_company
from jurat.golden.insurer.identifiers import check_digit
from jurat.golden.insurer.pages import COLUMNS
from jurat.golden.insurer.rounding import DrawAgain, cents
from jurat.reading import read
from jurat.records.tables import SCALE, TABLES, Kind
from jurat.words import UsageError

Rows = list[dict[str, str]]
YEARS = (2010, 2011, 2012)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("golden") / "company"
    golden_company(made, lots=300, seed=7)
    return made


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(folder: Path, name: str) -> Rows:
    return rows(folder / "records" / f"{name}.csv")


def page(folder: Path, year: int, name: str) -> Rows:
    path = folder / "answers" / str(year) / f"{name}.csv"
    return rows(path) if path.exists() else []


def total(folder: Path, year: int, name: str, *columns: str) -> int:
    return sum(int(row[each]) for row in page(folder, year, name) for each in columns if row[each])


def cells(folder: Path, year: int) -> dict[tuple[str, str, str], int]:
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in page(folder, year, "totals"):
        found[row["page"], row["line"], row["column"]] = int(row["cents"])
    return found


def digests(folder: Path) -> dict[str, str]:
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    return {str(f.relative_to(folder)): sha256(f.read_bytes()).hexdigest() for f in files}


# -- the same, every time -------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    folder: Path, tmp_path: Path
) -> None:
    golden_company(tmp_path / "again", lots=300, seed=7)
    assert digests(tmp_path / "again") == digests(folder)
    golden_company(tmp_path / "other", lots=300, seed=8)
    assert digests(tmp_path / "other")["records/lots.csv"] != digests(folder)["records/lots.csv"]


def test_parquet_holds_the_text_that_csv_holds(folder: Path, tmp_path: Path) -> None:
    golden_company(tmp_path / "p", lots=300, seed=7, parquet=True)
    for path in sorted((folder / "records").iterdir()):
        found = pq.read_table(tmp_path / "p" / "records" / f"{path.stem}.parquet").to_pylist()
        assert found == rows(path)
    assert digests(tmp_path / "p" / "answers") == digests(folder / "answers")


def test_fewer_years_are_answered_when_fewer_are_asked_for(tmp_path: Path) -> None:
    golden_company(tmp_path / "c", lots=20, seed=3, years=1)
    assert [path.name for path in (tmp_path / "c" / "answers").iterdir()] == ["2012"]


def test_a_folder_that_is_not_empty_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="not empty"):
        golden_company(folder, lots=1, seed=1)


def test_golden_loads_nothing_that_it_is_to_test() -> None:
    told = "import sys, jurat.golden.insurer; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "jurat.golden.insurer.bonds" in loaded
    assert not [name for name in loaded if name.startswith(("jurat.valuation", "jurat.schedules"))]


# -- records --------------------------------------------------------------------------------------


def test_every_record_is_as_its_table_declares(folder: Path) -> None:
    for path in sorted((folder / "records").iterdir()):
        declared = TABLES[path.stem]
        found = rows(path)
        keys = Counter(tuple(row[name] for name in declared.key) for row in found)
        assert keys.most_common(1)[0][1] == 1, path
        for field in declared.fields:
            for text in {row[field.name] for row in found}:
                assert text or not field.needed, (path, field.name)
                if text and field.choices:
                    assert text in field.choices, (path, field.name)
                if text and field.kind in SCALE:
                    exponent = Decimal(text).as_tuple().exponent
                    assert isinstance(exponent, int)
                    assert -exponent <= SCALE[field.kind], (path, field.name, text)


def test_every_name_a_record_gives_is_a_record(folder: Path) -> None:
    known = {name: {row[each.key[0]] for row in table(folder, name)} for name, each in TABLES.items()
             if len(each.key) == 1 and (folder / "records" / f"{name}.csv").exists()}  # fmt: skip
    for path in sorted((folder / "records").iterdir()):
        for field in TABLES[path.stem].fields:
            if field.kind is Kind.ID and field.names:
                named = {row[field.name] for row in rows(path)} - {""}
                assert named <= known[field.names], (path, field.name)


def test_nearly_every_table_word_and_kind_occurs(folder: Path) -> None:
    assert {path.stem for path in (folder / "records").iterdir()} == set(TABLES)
    for name, column in (("trades", "kind"), ("securities", "coupon_type"), ("securities", "issuer"),
                         ("securities", "structure"), ("securities", "estimates"),
                         ("securities", "day_count"), ("derivatives", "type"), ("cash", "kind"),
                         ("mortgages", "property"), ("loan_payments", "kind")):  # fmt: skip
        choices = TABLES[name].field(column).choices
        found = {row[column] for row in table(folder, name)} - {""}
        assert found == set(choices), (name, column)


def test_every_cusip_has_its_check_digit_and_some_tempt_a_spreadsheet(folder: Path) -> None:
    names = [row["security"] for row in table(folder, "securities")]
    assert all(check_digit(name[:8]) == name[8] for name in names)
    assert any(name.startswith("00") for name in names)
    assert any(name[:5].isdigit() and name[5] == "E" and name[6:].isdigit() for name in names)
    assert {"*", "@", "#"} <= {letter for name in names for letter in name}


# -- answers --------------------------------------------------------------------------------------

IDENTITIES = {
    "schedule_a_part1": ["14 = 13 - 11 - 12"],
    "schedule_a_part3": ["12 = 11 - 9 - 10", "18 = 16 + 17", "18 = 15 - 14"],
    "schedule_b_part3": ["12 = 8 + 9 - 10 + 11", "18 = 15 - 14", "18 = 16 + 17"],
    "schedule_ba_part3": ["13 = 9 + 10 - 11 + 12", "19 = 16 - 15"],
    "schedule_d_part2_section1": ["18 = 15 + 16 - 17"],
    "schedule_d_part2_section2": ["15 = 13 - 14"],
    "schedule_d_part4": ["14 = 11 + 12 - 13", "16 = 10 + 14 + 15", "19 = 17 + 18", "19 = 7 - 16"],
    "schedule_d_part5": ["15 = 12 + 13 - 14", "11 = 9 + 15 + 16", "19 = 10 - 11", "19 = 17 + 18"],
}


def difference(row: dict[str, str], identity: str) -> int:
    left, right = identity.split(" = ")
    words = ["+", *right.split()]
    signed = zip(words[::2], words[1::2], strict=True)
    return int(row[left]) - sum(int(row[n]) * (1 if sign == "+" else -1) for sign, n in signed)


@pytest.mark.parametrize("name", IDENTITIES)
def test_every_row_of_a_page_keeps_its_identities(folder: Path, name: str) -> None:
    found = [row for year in YEARS for row in page(folder, year, name)]
    assert found
    for row in found:
        assert [difference(row, each) for each in IDENTITIES[name]] == [0] * len(
            IDENTITIES[name]
        ), row


def test_a_cent_taken_out_of_a_row_breaks_its_identity(folder: Path) -> None:
    row = page(folder, 2012, "schedule_d_part4")[0]
    broken = {**row, "7": str(int(row["7"]) - 1)}
    assert difference(row, "19 = 7 - 16") == 0
    assert difference(broken, "19 = 7 - 16") == 1


def test_every_movement_foots_and_begins_where_last_year_ended(folder: Path) -> None:
    for year in YEARS:
        opening, closing = Counter[str](), Counter[str]()
        for row in page(folder, year, "movements"):
            n = {
                name: int(text)
                for name, text in row.items()
                if name not in ("lot", "trade", "page")
            }
            gain = n["exchange_gain"] + n["realized"]
            assert (n["opening"] + n["cost"] + n["additions"] + n["capitalized"] + n["accretion"]
                    + n["unrealized"] - n["impairment"] + n["exchange"] + gain
                    - n["consideration"] == n["closing"])  # fmt: skip
            opening[row["lot"]] += n["opening"]
        for row in page(folder, year - 1, "movements"):
            closing[row["lot"]] += int(row["closing"])
        if year > YEARS[0]:
            assert +opening == +closing
            assert -opening == -closing


VERIFICATIONS = {
    ("schedule_a", ""): "1 2.1 2.2 3.1 3.2 4 -5 6.1 6.2 -7.1 -7.2 -8.1 -8.2 = 9",
    ("schedule_b", ""): "1 2.1 2.2 3.1 3.2 4 5.1 5.2 6 -7 -8 -10.1 -10.2 = 11",
    ("schedule_ba", ""): "1 2.1 2.2 3.1 3.2 4 5.1 5.2 6 -7 -8 9.1 9.2 -10.1 -10.2 = 11",
    ("schedule_d", ""): "1 2 3 4.1 4.2 4.3 4.4 5 -6 -7 8.1 8.2 8.3 8.4 -9.1 -9.2 -9.3 -9.4 = 10",
    ("schedule_da", "1"): "1 2 3 4 5 -6 -7 8 -9 = 10",
    ("schedule_e", "2"): "1 2 3 4 5 -6 -7 8 -9 = 10",
    ("schedule_db_a", ""): "1 2.1 2.2 3.1 3.2 4 -5 6.1 6.2 7.1 7.2 8.1 8.2 = 9",
}


@pytest.mark.parametrize("verification", VERIFICATIONS)
def test_every_verification_foots_and_opens_with_last_years_closing(
    folder: Path, verification: tuple[str, str]
) -> None:
    name, column = verification
    terms, closing = VERIFICATIONS[verification].split(" = ")
    before = None
    for year in YEARS:
        found = cells(folder, year)
        left = sum(
            found[name, term.lstrip("-"), column] * (-1 if term[0] == "-" else 1)
            for term in terms.split()
        )
        assert left == found[name, closing, column]
        assert before in (None, found[name, "1", column])
        before = found[name, closing, column]


TIES = {
    "schedule_a": "2.1=2.6 2.2=2.9 3.1=1.13 3.2=3.11 4=3.18 5=3.15 6.1=1.15 6.2=3.13 7.1=1.12 "
    "7.2=3.10 8.1=1.11 8.2=3.9 9=1.9",
    "schedule_b": "2.1=2.7 2.2=2.8 3.1=1.12 3.2=3.11 5.1=1.9 5.2=3.8 6=3.18 7=3.15 10.1=1.11 "
    "10.2=3.10 11=1.8",
    "schedule_ba": "2.1=2.8 2.2=2.9 3.1=1.16 3.2=3.12 5.1=1.13 5.2=3.9 6=3.19 7=3.16 9.1=1.17 "
    "9.2=3.14 10.1=1.15 10.2=3.11 11=1.12",
}


@pytest.mark.parametrize("name", TIES)
def test_the_lines_of_a_verification_are_the_columns_of_its_parts(folder: Path, name: str) -> None:
    for year in YEARS:
        found = cells(folder, year)
        for tie in TIES[name].split():
            line, (part, column) = tie.split("=")[0], tie.split("=")[1].split(".")
            assert found[name, line, ""] == total(folder, year, f"{name}_part{part}", column), tie


def test_schedule_d_ties_to_its_parts_with_part_5_summed_in_parts_3_and_4(folder: Path) -> None:
    part = "schedule_d_part"
    for year in YEARS:
        found = cells(folder, year)

        def line(number: str) -> int:
            return found["schedule_d", number, ""]  # noqa: B023 - used within its turn

        def of(name: str, column: str) -> int:
            return total(folder, year, part + name, column)  # noqa: B023 - used within its turn

        assert line("2") == of("3", "7") + of("5", "9")
        assert line("6") == of("4", "7") + of("5", "10")
        assert line("5") == of("4", "19") + of("5", "19")
        assert line("4.4") == of("4", "11") + of("5", "12")
        assert line("8.4") == of("4", "15") + of("5", "16")
        assert line("9.4") == of("4", "13") + of("5", "14")
        assert line("4.1") == of("1", "12")
        assert line("4.3") == of("2_section2", "13")
        assert line("3") - line("7") == (of("1", "13") + of("2_section1", "16") + of("4", "12")
                                         + of("5", "13"))  # fmt: skip
        assert line("10") == of("1", "11") + of("2_section1", "8") + of("2_section2", "6")


def test_the_summary_by_country_adds_up_to_the_schedules(folder: Path) -> None:
    for year in YEARS:
        found = cells(folder, year)
        for line, name, columns in (
            ("13", "schedule_d_part1", ("11", "9", "7", "10")),
            ("19", "schedule_d_part2_section1", ("8", "10", "11")),
            ("25", "schedule_d_part2_section2", ("6", "8", "9")),
        ):
            for number, column in enumerate(columns, 1):
                summed = found["schedule_d_summary", line, str(number)]
                assert summed == total(folder, year, name, column)
        for terms in ("1 2 3 = 4", "4 5 6 7 11 12 = 13", "8 9 10 = 11", "19 25 = 26"):
            parts, whole = terms.split(" = ")
            added = sum(found["schedule_d_summary", part, "1"] for part in parts.split())
            assert added == found["schedule_d_summary", whole, "1"]
        bonds = total(folder, year, "schedule_d_part1", "11")
        bonds += found["schedule_da", "10", "2"] + found["schedule_e", "10", "2"]
        assert found["schedule_d_part1a_section1", "9.7", "6"] == bonds


def test_the_balance_sheet_and_the_exhibits_are_what_the_schedules_hold(folder: Path) -> None:
    for year in YEARS:
        found = cells(folder, year)
        assert found["assets", "1", "3"] == total(folder, year, "schedule_d_part1", "11")
        assert found["assets", "7", "3"] == total(folder, year, "schedule_da_part1", "7")
        assert found["assets", "6", "$1"] == total(folder, year, "schedule_e_part1", "6")
        assert found["assets", "6", "$2"] == total(folder, year, "schedule_e_part2", "6")
        assert found["assets", "10", "3"] == total(folder, year, "schedule_dl_part1", "6")
        for line in {line for name, line, _ in found if name == "assets"}:
            one, two, both = (found["assets", line, column] for column in "123")
            assert one + two == both
        for name, columns in (("nii", "12"), ("capital_gains", "12345")):
            for column in columns:
                not_added = {"0902", "0999", "10", "11", "14", "16", "17"}
                lines = {line for each, line, _ in found if each == name} - not_added
                assert found[name, "10", column] == sum(found[name, line, column] for line in lines)
        gains = sum(found["schedule_d", line, ""] for line in ("5",))
        gains += found["schedule_da", "5", "1"] + found["schedule_e", "5", "1"]
        own = ("1", "1.1", "1.2", "1.3", "2.1", "2.11", "2.2", "2.21", "6")
        assert gains == sum(found["capital_gains", line, "1"] for line in own)


def test_the_interest_reserve_is_its_gains_by_group(folder: Path) -> None:
    for year in YEARS:
        gains = [row for row in page(folder, year, "gains") if row["reserve"] == "imr"]
        bands = Counter[str]()
        for row in gains:
            bands[row["band"]] += int(row["realized"])
        assert bands == {
            row["band"]: int(row["realized"]) for row in page(folder, year, "imr_bands")
        }
        assert cells(folder, year)["imr", "2", "$1"] == sum(bands.values())
        accounts = {row["lot"]: row["account"] for row in table(folder, "lots")}
        held = {accounts.get(row["lot"], "GA") for row in page(folder, year, "gains")}
        assert all(account.startswith("GA") for account in held)


def test_custodians_banks_and_administrators_agree_with_the_records(folder: Path) -> None:
    bonds = {row["security"] for row in table(folder, "securities") if row["kind"] == "bond"}
    held = Counter[tuple[str, str]]()
    for row in table(folder, "custodian"):
        if row["date"] == "2012-12-31" and row["security"] in bonds:
            held["bonds", ""] += int(Decimal(row["quantity"]) * 100)
    par = sum(Decimal(row["quantity"]) for row in table(folder, "lots") if row["security"] in bonds)
    gone = sum(Decimal(row["quantity"] or 0) for row in table(folder, "trades")
               if row["security"] in bonds)  # fmt: skip
    assert held["bonds", ""] == (par - gone) * 100
    key = ("account", "depository", "date", "balance")
    assert [[row[k] for k in key] for row in table(folder, "cash")] == [
        [row[k] for k in key] for row in table(folder, "bank")
    ]
    fair = sum(
        Decimal(row["fair_value"]) for row in table(folder, "funds") if row["date"] == "2012-12-31"
    )
    owned = sum(total(folder, 2012, name, column) for name, column in
                (("schedule_d_part1", "9"), ("schedule_d_part2_section1", "10"),
                 ("schedule_d_part2_section2", "8")))  # fmt: skip
    short = [row["lot"] for name in ("schedule_da_part1", "schedule_e_part2")
             for row in page(folder, 2012, name)]  # fmt: skip
    assert (fair * 100 > owned) == bool(short)


def test_the_opening_is_last_years_closing_in_whole_dollars(folder: Path) -> None:
    opening = read(folder / "opening" / "facts_2011.csv").statement
    closing = cells(folder, 2011)["schedule_d", "10", ""]
    assert opening.year == 2011
    assert abs((opening["schedule_d:10:"].figure or 0) * 100 - closing) <= 50


def test_every_page_that_is_answered_has_its_columns_declared(folder: Path) -> None:
    found = {path.stem for year in YEARS for path in (folder / "answers" / str(year)).iterdir()}
    assert found == {*COLUMNS, "gains", "imr_bands", "movements", "totals"}


def test_an_amount_near_a_half_cent_is_never_rounded() -> None:
    assert cents(Decimal("1.4989")) == 1
    for amount in ("1.5", "1.4991", "-1.5009"):
        with pytest.raises(DrawAgain):
            cents(Decimal(amount))


def test_what_is_transferred_or_exchanged_is_bought_again_at_its_price(folder: Path) -> None:
    bought = {(row["traded"], row["cost"]): row for row in table(folder, "lots")}
    moved = [row for row in table(folder, "trades") if row["kind"] in ("transfer", "exchange")]
    assert {row["kind"] for row in moved} == {"transfer", "exchange"}
    for row in moved:
        lot = bought[row["traded"], row["amount"]]
        is_transfer = row["kind"] == "transfer"
        assert (lot["account"] != row["account"]) == is_transfer
        assert (lot["security"] == row["security"]) == is_transfer
