"""Reading workbooks: ours computed from their inputs, other filers' as print, and what somebody edited."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName

import jurat
from jurat.money import round_half_away
from jurat.reading import workbook_file
from jurat.reading.changes import Change, ChangeKind, changes
from jurat.reading.formulas import FormulaError, Value
from jurat.reading.workbook import evaluate
from jurat.reading.workbook_file import Entry, Place, WorkbookFile
from jurat.reading.working import Worked, work
from jurat.statement import Read, Statement
from jurat.words import Address, ReadError
from tests.workbooks import At, edited, needs_libreoffice, recalculated, typed, written


@pytest.fixture(scope="module")
def raw(example: Statement) -> bytes:
    return written(example)


def wrong_cells(read: Statement, wanted: Statement) -> list[str]:
    """The cells of a statement that were read otherwise, and those that are not in it."""
    found = []
    for address in {**wanted.cells, **read.cells}:
        one, other = wanted[address], read[address]
        if (one.value, one.state) != (other.value, other.state):
            found.append(f"{address}: {other.shown!r}, not {one.shown!r}")
    return found


def saved(raw: bytes, folder: Path, name: str = "statement.xlsx") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


# -- our own ------------------------------------------------------------------------------------


def test_our_workbook_reads_back_in_every_cell(
    raw: bytes, example: Statement, tmp_path: Path
) -> None:
    reading = jurat.read(saved(raw, tmp_path))
    assert wrong_cells(reading.statement, example) == []
    assert reading.doubts == ()
    assert reading.coverage.share == 1
    assert (reading.statement.company, reading.statement.year) == (example.company, 2012)
    assert reading.statement.pages == example.pages
    assert reading.statement.none_pages == example.none_pages


def test_the_evidence_is_sheet_and_cell(raw: bytes, tmp_path: Path) -> None:
    statement = jurat.read(saved(raw, tmp_path)).statement
    because = statement["avr_default:9:4"].because
    assert isinstance(because, Read)
    assert because.where == "AVR!G18"
    assert because.raw == statement["avr_default:9:4"].shown


def test_cached_results_are_never_looked_at(raw: bytes, example: Statement) -> None:
    lying = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as source, zipfile.ZipFile(lying, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(rb"(</f><v>)\d+(</v>)", rb"\g<1>7\2", text)
            target.writestr(name, text)
    address = Address.parse("liabilities:17:3")
    assert evaluate(lying.getvalue()).value(address) == example[address].value


def test_a_cell_that_cannot_stand_is_unread_and_told(raw: bytes, tmp_path: Path) -> None:
    path = saved(typed(raw, assets__1__1=1.5, assets__3__1="n/a"), tmp_path)
    reading = jurat.read(path)
    told = {str(doubt.address): doubt.why for doubt in reading.doubts}
    assert told["assets:1:1"] == "1.5 is not in whole dollars"
    assert "not a figure: 'n/a'" in told["assets:3:1"]
    assert reading.statement["assets:1:1"].shown == "(unread)"
    assert any("assets:1:1 Assets!D7: saw '1.5'" in str(doubt) for doubt in reading.doubts)


def test_numbers_typed_beside_the_cells_are_not_covered(raw: bytes, tmp_path: Path) -> None:
    def scribble(book: Workbook, _: At) -> None:
        book["Assets"]["J3"] = 123

    reading = jurat.read(saved(edited(raw, scribble), tmp_path))
    assert [token for _, _, token in reading.coverage.unplaced] == ["Assets!J3 123"]


# -- other filers' --------------------------------------------------------------------------------


def nameless(raw: bytes) -> bytes:
    """The workbook as another filer's program would make it: no names, no addresses, no formulas of ours."""

    def strip(book: Workbook, _: At) -> None:
        del book["Contents"], book["Checks"]
        for name in list(book.defined_names):
            del book.defined_names[name]
        for sheet in book.worksheets:
            for (cell,) in sheet.iter_rows(min_col=sheet.max_column, max_col=sheet.max_column):
                if re.fullmatch(r"\w+:.*", str(cell.value)):
                    cell.value = None

    return edited(raw, strip)


def test_a_workbook_without_our_names_reads_as_print(
    raw: bytes, example: Statement, tmp_path: Path
) -> None:
    reading = jurat.read(saved(nameless(raw), tmp_path))
    wrong = wrong_cells(reading.statement, example)
    assert [cell for cell in wrong if "'(unread)', not ''" not in cell] == []
    assert len(wrong) == 5  # a question whose box nobody ticked is unread, not blank, in any print
    assert reading.doubts == ()
    assert reading.coverage.share == 1
    because = reading.statement["liabilities:17:3"].because
    assert isinstance(because, Read)
    assert (because.where, because.raw) == ("Liabilities!F25", "4,110,990,671")


def test_another_layout_reads_too(tmp_path: Path) -> None:
    """Numbers as numbers, a spacer column, no title but the sheet's name, dollars kept with cents."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Page 2"
    rows: list[list[object]] = [
        ["Ann. Stmt.", None, None, None, None, None, None],
        [None, None, None, "General Account Basis", "Fair Value Basis", "Total (Cols. 1 + 2)", "Total"],
        [1, "Bonds (Schedule D)", None, 900, 1500.4, "=D3+E3", 2000],
        [2, "Stocks (Schedule D):", None, None, None, None, None],
        [2.1, "Preferred stocks", None, None, None, None, None],
        [2.2, "Common stocks", None, None, -700, "=D6+E6", 650],
        [17, "Total (Lines 12 to 16)", None, 900, 800, 1700, 2650],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    for line in sheet.iter_rows(min_row=3, min_col=4):
        for cell in line:
            cell.number_format = "#,##0"
    book.save(tmp_path / "other.xlsx")
    statement = jurat.read(tmp_path / "other.xlsx").statement
    assert {str(a): c.value for a, c in statement.cells.items()} == {
        "assets:1:1": 900, "assets:1:2": 1500, "assets:1:3": 2400, "assets:1:4": 2000,
        "assets:2.2:2": -700, "assets:2.2:3": -700, "assets:2.2:4": 650,
        "assets:17:1": 900, "assets:17:2": 800, "assets:17:3": 1700, "assets:17:4": 2650,
    }  # fmt: skip


# -- files that are refused -------------------------------------------------------------------------


def with_part(raw: bytes, name: str, content: bytes = b"") -> bytes:
    file = BytesIO(raw)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def only_parts(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return file.getvalue()


REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "encrypted or old": (lambda _: b"\xd0\xcf\x11\xe0" + bytes(600), "encrypted workbook, or one of the old"),
    "text": (lambda _: b"1. Bonds", r"is no \.xlsx workbook"),
    "empty": (lambda _: b"", r"is no \.xlsx workbook"),
    "cut off": (lambda raw: raw[: len(raw) // 2], "broken workbook"),
    "a part broken": (lambda raw: raw[:40_000] + bytes(2_000) + raw[42_000:], "broken workbook"),
    "macros": (lambda raw: with_part(raw, "xl/vbaProject.bin"), "holds macros"),
    "a bomb": (lambda raw: with_part(raw, "xl/media/a", bytes(97 * 1024 * 1024)), "unpacks to"),
    "another archive": (lambda _: only_parts("a.txt"), "an archive, and no"),
    "hollow": (lambda _: only_parts("[Content_Types].xml", "xl/workbook.xml"), "broken workbook"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_no_safe_workbook_is_refused_by_name(
    kind: str, raw: bytes, tmp_path: Path
) -> None:
    make, why = REFUSED[kind]
    with pytest.raises(ReadError, match=why) as refused:
        jurat.read(saved(make(raw), tmp_path))
    assert "statement.xlsx" in str(refused.value)


def test_a_cell_in_the_far_corner_is_refused_at_once(raw: bytes, tmp_path: Path) -> None:
    def corner(book: Workbook, _: At) -> None:
        book["Assets"].cell(1_048_576, 16_384).value = 1

    with pytest.raises(ReadError, match="sheet Assets: a cell stands beyond row"):
        jurat.read(saved(edited(raw, corner), tmp_path))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is not a file"):
        jurat.read(tmp_path / "none.xlsx")


# -- formulas -----------------------------------------------------------------------------------


def worked(**cells: workbook_file.Typed) -> Worked:
    """A sheet of a few cells, worked; names such as `A1`, or `S2_A1` for another sheet."""
    sheets: dict[str, dict[tuple[int, int], Entry]] = {"S": {}, "S2": {}}
    for name, value in cells.items():
        sheet, _, reference = name.rpartition("_")
        sheets[sheet or "S"][int(reference[1:]), ord(reference[0]) - 64] = Entry(value)
    return work(WorkbookFile(name="sheet.xlsx", sheets=sheets, names={}))


def result(formula: str, **cells: workbook_file.Typed) -> Value:
    return worked(**cells, Z1=formula).value(Place("S", 1, 26))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3-4/2", 5),
        ("=-(2-5)*10%", Fraction(3, 10)),
        ("=SUM(A1:A3,B1,5)", 115),
        ("=SUM(S2!A1,'S2'!$A$1)", 14),
        ("=COUNT(A1:B3)", 3),
        ('=IF(COUNT(C1:C3)=0,"",SUM(C1:C3))', ""),
        ('=IF(A1>=10,"ten","less")', "ten"),
        ("=ROUND(2.5,0)", 3),
        ("=ROUND(-2.5,0)", -3),
        ("=ROUND(2.675,2)", Fraction(267 + 1, 100)),
        ("=ROUND(A1*0.0023,0)", 0),
        ("=ROUND(1250,-2)", 1300),
        ("=MAX(INT((COUNT(A1:A3)+1)/2),1)", 1),
        ("=ABS(A2-A1)", 90),
        ('=COUNTIF(D1:D3,"pass")', 2),
        ('="a"&A1&"b"', "a10b"),
        ("=C1", 0),
        ("=A1<>A2", True),
    ],
)
def test_formulas_come_to_what_a_spreadsheet_says(formula: str, value: Value) -> None:
    cells: dict[str, workbook_file.Typed] = {
        "A1": 10, "A2": 100, "A3": "words", "B1": 0.0, "D1": "pass", "D2": "fail", "D3": "PASS", "S2_A1": 7,
    }  # fmt: skip
    assert result(formula, **cells) == value


def test_products_of_printed_factors_are_exact_at_the_half() -> None:
    for amount in range(1, 400_000, 977):
        for factor in (4, 23, 63, 213, 1250):
            found = result(f"=ROUND({amount}*{factor / 10_000},0)")
            assert found == round_half_away(amount * factor, 10_000)


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("=1/0", "a division by zero"),
        ('="a"+1', "'a' stands where a number is wanted"),
        ("=VLOOKUP(A1,A1:B2,2)", "the function VLOOKUP is not one we work"),
        ("=1+", "is not one we can work"),
        ("=" + "(" * 5_000 + "1", "is not one we can work"),
        ("=A1:A2+1", "a range stands where one cell is wanted"),
        ("=SUM(A1:Z1048576)", "a range larger than any page"),
        ("=1E999*1E999*1E999", "a number larger"),
        ("=ROUND(1,999)", "a rounding to 999 decimals"),
        ("=[1]Book!A1", "is not one we can work"),
    ],
)
def test_a_formula_that_cannot_be_worked_says_why(formula: str, why: str) -> None:
    with pytest.raises(FormulaError, match=re.escape(why)):
        result(formula)


def test_a_cycle_is_named_and_what_reads_it_is_not_worked() -> None:
    found = worked(A1="=B1+1", B1="=S2!A1", S2_A1="=S!A1", C1="=A1", D1="=1+1")
    assert found.value(Place("S", 1, 4)) == 2
    for column in (1, 2, 3):
        with pytest.raises(FormulaError, match="a cycle: ") as fault:
            found.value(Place("S", 1, column))
        assert {"S!A1", "S!B1", "S2!A1"} <= set(str(fault.value).split())


# -- what somebody edited ---------------------------------------------------------------------------


def by_address(found: list[Change]) -> dict[str, Change]:
    return {str(change.address): change for change in found}


def test_nothing_edited_is_no_change(raw: bytes, example: Statement) -> None:
    assert changes(raw, example) == []
    assert changes(edited(raw, lambda _book, _at: None), example) == []


def test_the_end_of_a_line_is_no_change(example: Statement) -> None:
    name = Address.parse("cover:secretary:")
    lines = example.replaced([replace(example[name], value="Jane\r\nRoe")])
    assert changes(written(lines), lines) == []


def test_edits_are_told_by_kind_and_what_follows_them_is_none(
    raw: bytes, example: Statement
) -> None:
    made = typed(
        raw,
        assets__1__1=906_970_122,
        assets__3__1="=27991793+7",
        assets__5__1=" (1,234) ",
        assets__2_dot_2__2=None,
        cover__secretary__="Jane Roe",
        general_interrogatories__4_dot_1__="yes",
    )
    found = by_address(changes(made, example))
    assert {a: (c.kind, c.was, c.now) for a, c in found.items()} == {
        "cover:secretary:": (ChangeKind.WORDS, "Christine Carole Peaslee", "Jane Roe"),
        "assets:1:1": (ChangeKind.FIGURE, 906_970_121, 906_970_122),
        "assets:2.2:2": (ChangeKind.FIGURE, 794_611_428, None),
        "assets:3:1": (ChangeKind.FIGURE, 27_991_793, 27_991_800),
        "assets:5:1": (ChangeKind.FIGURE, None, -1_234),
        "general_interrogatories:4.1:": (ChangeKind.ANSWER, "No", "Yes"),
    }
    assert str(found["assets:5:1"]) == "assets:5:1: figure, was blank, is (1,234) (Assets!D17)"


def test_a_rule_overwritten_is_an_override(raw: bytes, example: Statement) -> None:
    same = example["assets:12:1"].value
    made = typed(
        raw,
        assets__12__1=same,
        liabilities__17__3="=SUM(D25:E25)+1",
        avr_default__2__5=0.0005,
        schedule_d__12__=3_541_950_505,
    )
    found = by_address(changes(made, example))
    assert {change.kind for change in found.values()} == {ChangeKind.OVERRIDE}
    assert set(found) == {"assets:12:1", "liabilities:17:3", "avr_default:2:5", "schedule_d:12:"}
    assert found["assets:12:1"].now == same  # a figure typed over a formula follows no more
    assert found["liabilities:17:3"].now == example["liabilities:17:3"].figure + 1
    assert (found["avr_default:2:5"].was, found["avr_default:2:5"].now) == (4, 5)


def test_a_formula_rewritten_to_the_same_sum_is_no_change(raw: bytes, example: Statement) -> None:
    assert changes(typed(raw, assets__1__3="=D7+E7"), example) == []


def test_every_fault_is_told_at_once(raw: bytes, example: Statement) -> None:
    def break_it(book: Workbook, at: At) -> None:
        at("assets:1:1").value = 1.5
        at("assets:3:1").value = "12O"
        at("general_interrogatories:2.1:").value = "Maybe"
        at("cover:secretary:").value = "=1+"
        at("avr_default:1:2").value = 5
        book["Liabilities"].delete_rows(10)
        book.defined_names["MyTotal"] = DefinedName("MyTotal", attr_text="Assets!$A$3")
        book.defined_names["assets_99_1"] = DefinedName("assets_99_1", attr_text="Assets!$A$4")
        book.defined_names["assets_10_1"].attr_text = "#REF!"
        del book.defined_names["assets_7_1"]

    with pytest.raises(ReadError) as refused:
        changes(edited(raw, break_it), example)
    told = str(refused.value)
    for fault in (
        "Assets!D7: assets:1:1 holds '1.5': 1.5 is not in whole dollars.",
        "Assets!D11: assets:3:1 holds '12O': not a figure: '12O'.",
        "'Maybe' is no answer; answers are Yes, No",
        "cover:secretary: holds '=1+'",
        "AVR!E10: the form asks nothing at avr_default:1:2; it prints XXX.",
        "Liabilities!D10 is named liabilities_4_1 and 3 more, but row 10 of Liabilities is marked as liabilities:5",
        "MyTotal, at Assets!A3: the name is none of a cell of the statement.",
        "assets_99_1, at Assets!A4: the blank has no cell assets:99:1.",
        "assets_10_1: its cell was deleted from the workbook.",
        "assets_7_1: the workbook has no cell of this name.",
    ):
        assert fault in told
    assert "Traceback" not in told


def test_a_workbook_of_another_company_is_refused(raw: bytes, golden: Statement) -> None:
    other = typed(raw)
    with pytest.raises(ReadError, match="The workbook's company is 'MML Bay State"):
        changes(
            other,
            Statement(
                blank=golden.blank,
                year=2012,
                company="Other",
                cells=golden.cells,
                pages=golden.pages,
            ),
        )


def test_a_workbook_that_is_not_ours_has_no_changes_to_tell(raw: bytes, example: Statement) -> None:
    with pytest.raises(ReadError, match="no workbook that Jurat wrote"):
        changes(nameless(raw), example)


def test_broken_bytes_are_read_or_refused_and_never_fall_through(
    raw: bytes, tmp_path: Path
) -> None:
    random = Random(35)
    outcomes = set()
    for _ in range(12):
        broken = bytearray(raw)
        for _ in range(3):
            broken[random.randrange(len(broken))] = random.randrange(256)
        try:
            jurat.read(saved(bytes(broken), tmp_path))
            outcomes.add("read")
        except ReadError as refused:
            assert "statement.xlsx" in str(refused)  # noqa: PT017 - both ways are right
            outcomes.add("refused")
    assert "refused" in outcomes


@needs_libreoffice
def test_what_libreoffice_saves_reads_back_with_the_edit_and_nothing_else(
    raw: bytes, example: Statement, tmp_path: Path
) -> None:
    made = recalculated(typed(raw, assets__1__2=1_840_368_960), tmp_path)
    (change,) = changes(made, example)
    assert (str(change.address), change.was, change.now) == (
        "assets:1:2",
        1_840_368_959,
        1_840_368_960,
    )


def test_the_door_opens_bytes_and_paths_alike(raw: bytes, tmp_path: Path) -> None:
    path = saved(raw, tmp_path)
    address = Address.parse("assets:17:3")
    assert evaluate(path).value(address) == evaluate(raw).value(address) == 4_110_991_095
    assert openpyxl.load_workbook(path, read_only=True).sheetnames[0] == "Contents"
