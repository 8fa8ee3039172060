"""The workbook: figures where a person looks, formulas wherever a rule fills, nothing live that was text."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from jurat.checks import examine
from jurat.checks.accepted import Accepted
from jurat.checks.findings import Grade
from jurat.golden import tying_statement
from jurat.publishing.workbook import write_workbook
from jurat.publishing.workbook_checks import FIRST
from jurat.reading.formulas import Value
from jurat.reading.workbook import Evaluated, evaluate, held_in
from jurat.reading.workbook_file import Place, WorkbookFile, open_workbook
from jurat.reading.working import constant
from jurat.statement import (
    Cell,
    CellState,
    Given,
    Standing,
    Statement,
    fill,
    filling_rules,
    standings,
)
from jurat.words import Address, UsageError, address_named, name_of
from tests.workbooks import At, edited, needs_libreoffice, recalculated, typed, written


@pytest.fixture(scope="module")
def raw(example: Statement) -> bytes:
    return written(example)


@pytest.fixture(scope="module")
def tied(example: Statement) -> Statement:
    """A statement in which every rule gives what its cell holds."""
    return fill(tying_statement(example, 3))


@pytest.fixture(scope="module")
def tied_raw(tied: Statement) -> bytes:
    return written(tied)


@pytest.fixture(scope="module")
def book(raw: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(raw))


@pytest.fixture(scope="module")
def evaluated(raw: bytes) -> Evaluated:
    return evaluate(raw)


def differences(evaluated: Evaluated, statement: Statement) -> list[str]:
    """Every cell of a statement that the workbook, computed by ourselves, does not come to."""
    found = []
    for slot in statement.all_slots():
        cell = statement[slot.address]
        if cell.state is CellState.NOT_APPLICABLE:
            continue
        if slot.address in evaluated.places:
            held = figure_at(evaluated, cell)
            if held != cell.value:
                found.append(f"{slot.address} {cell.value!r}, in the workbook {held!r}")
        elif cell.value is not None:
            found.append(f"{slot.address} {cell.value!r}, not in the workbook")
    return found


def figure_at(evaluated: Evaluated, cell: Cell) -> int | str | None:
    value = evaluated.value(cell.address)
    return None if value in (None, "", "(unread)", "(unknown)") else held_in(value, cell.kind)


# -- the figures ------------------------------------------------------------------------------


def test_every_cell_of_the_filing_comes_out_of_the_inputs(
    evaluated: Evaluated, example: Statement
) -> None:
    assert differences(evaluated, example) == []
    assert evaluated.worked.faults == {}
    assert evaluated.value(Address.parse("liabilities:17:3")) == 4_110_990_671


def test_every_cell_of_the_filled_filing_comes_out_of_the_inputs(example: Statement) -> None:
    filled = fill(example)
    assert differences(evaluate(written(filled)), filled) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_every_cell_of_statements_that_tie_comes_out_of_the_inputs(
    example: Statement, seed: int
) -> None:
    filled = fill(tying_statement(example, seed))
    evaluated = evaluate(written(filled))
    assert differences(evaluated, filled) == []
    assert evaluated.worked.faults == {}


def test_what_is_carried_from_last_year_is_a_constant_and_its_checks_are_live(
    example: Statement, tied: Statement
) -> None:
    both = fill(replace(tied, prior=example))
    evaluated = evaluate(written(both))
    assert differences(evaluated, both) == []
    carried = [
        address
        for address, standing in standings(both).items()
        if standing is Standing.CARRIED and address in evaluated.places
    ]
    entries = [evaluated.file.entry(evaluated.places[address]) for address in carried]
    assert len(carried) > 100
    assert not any(entry.is_formula for entry in entries if entry)
    assert graded(evaluated)["assets.column4", "assets:17:4"] == "pass"


def test_the_comparison_sees_one_dollar(evaluated: Evaluated, example: Statement) -> None:
    off = example.with_figures({Address.parse("assets:1:1"): 906_970_122})
    assert differences(evaluated, off) == ["assets:1:1 906970122, in the workbook 906970121"]


def test_one_dollar_in_an_input_moves_every_total_above_it_as_filling_does(
    tied: Statement, tied_raw: bytes
) -> None:
    address = Address.parse("assets:1:2")
    now = tied[address].figure + 1
    evaluated = evaluate(typed(tied_raw, assets__1__2=now))
    assert differences(evaluated, fill(tied.with_figures({address: now}))) == []
    moved = {line.split()[0] for line in differences(evaluated, tied)}
    assert {"assets:1:3", "assets:12:2", "assets:17:3"} <= moved


def test_saved_results_equal_what_the_formulas_come_to(raw: bytes, evaluated: Evaluated) -> None:
    saved = open_workbook(raw, values=True)
    formulas = [place for place, _ in formulas_of(evaluated.file)]
    assert len(formulas) > 7_000
    assert [str(p) for p in formulas if saved_at(saved, p) != evaluated.worked.value(p)] == []


def formulas_of(file: WorkbookFile) -> list[tuple[Place, str]]:
    return [
        (Place(sheet, row, column), str(entry.typed))
        for sheet, cells in file.sheets.items()
        for (row, column), entry in cells.items()
        if entry.is_formula
    ]


def saved_at(file: WorkbookFile, place: Place) -> Value:
    entry = file.entry(place)
    return "" if entry is None else constant(entry)


def test_a_rule_is_a_formula_unless_its_cell_is_stated_against_it(
    evaluated: Evaluated, example: Statement
) -> None:
    held, rules = standings(example), filling_rules(example)
    live = {Standing.RULE: 0, Standing.UNPRINTED: 0}
    for address, place in evaluated.places.items():
        entry = evaluated.file.entry(place)
        is_live = entry is not None and entry.is_formula
        if held[address] in live:
            reads = any(place in evaluated.places for place, _ in rules[address].terms)
            assert is_live == reads, address
            live[held[address]] += is_live
        else:
            assert not is_live, address
    assert live[Standing.RULE] > 700


def test_formulas_read_as_the_captions_do(evaluated: Evaluated) -> None:
    def formula(address: str) -> str:
        entry = evaluated.file.entry(evaluated.places[Address.parse(address)])
        return str(entry.typed) if entry else ""

    assert formula("assets:1:3") == '=IF(COUNT(D7:E7)=0,"",SUM(D7:E7))'
    assert re.fullmatch(
        r'=IF\(COUNT\(D7:D\d+\)=0,"",SUM\(D7:D\d+\)\)', formula("assets:12:1")
    )  # Lines 1 to 11, one range
    assert re.fullmatch(
        r'=IF\(COUNT\(G11\)=0,"",ROUND\(SUM\(G11\)\*H11,0\)\)', formula("avr_default:2:6")
    )


def test_a_stated_figure_stands_open_with_its_difference_told(
    book: Workbook, evaluated: Evaluated
) -> None:
    place = evaluated.places[Address.parse("schedule_d:12:")]
    cell = book[place.sheet].cell(place.row, place.column)
    assert cell.value == 3_541_950_508
    assert not cell.protection.locked
    told = cell.comment.text
    assert "Stated 3,541,950,508; its rule gives 3,541,950,505; difference 3." in told


def test_blank_zero_and_unread_stay_three_things(example: Statement) -> None:
    zero, unread = Address.parse("assets:5:1"), Address.parse("assets:9:2")
    changed = example.replaced(
        [
            Cell(address=zero, kind=example[zero].kind, state=CellState.VALUE, value=0),
            Cell(address=unread, kind=example[unread].kind, state=CellState.UNREAD),
        ]
    )
    evaluated = evaluate(written(changed))
    assert evaluated.value(zero) == 0
    assert evaluated.value(unread) == "(unread)"
    assert evaluated.value(Address.parse("assets:10:1")) is None
    assert evaluated.value(Address.parse("schedule_d_summary:1:1")) is not None


# -- what a person sees -----------------------------------------------------------------------


def test_inputs_are_open_and_rules_are_locked(book: Workbook, evaluated: Evaluated) -> None:
    def is_locked(address: str) -> bool:
        place = evaluated.places[Address.parse(address)]
        return bool(book[place.sheet].cell(place.row, place.column).protection.locked)

    assert not is_locked("assets:1:1")
    assert is_locked("assets:12:1")
    assert is_locked("avr_default:2:5")
    assert all(book[sheet].protection.sheet for sheet in book.sheetnames)


def test_pages_stand_in_the_order_of_the_print(book: Workbook) -> None:
    assert book.sheetnames[:4] == ["Contents", "Cover", "Assets", "Liabilities"]
    assert book.sheetnames[-1] == "Checks"
    assert "NONE" in {cell.value for row in book["Exhibit 2"].iter_rows() for cell in row}


def test_numbers_are_shown_as_the_form_prints_them(book: Workbook, evaluated: Evaluated) -> None:
    def style(address: str) -> tuple[object, str]:
        place = evaluated.places[Address.parse(address)]
        cell = book[place.sheet].cell(place.row, place.column)
        return cell.value, cell.number_format

    assert style("assets:6:$1") == (-1_964_949, "#,##0_);(#,##0);0_)")
    value, shown = style("avr_default:35:5")
    assert (value, shown) == (0.0063, '0.0000" (a)"')
    assert style("avr_default:1:2")[0] == "XXX"


def test_every_figure_has_its_reason_and_a_blank_has_none(
    book: Workbook, evaluated: Evaluated, example: Statement
) -> None:
    for address, place in evaluated.places.items():
        cell = example[address]
        comment = book[place.sheet].cell(place.row, place.column).comment
        if isinstance(cell.value, int):
            assert comment is not None, address
            assert f"[{address}]" in comment.text
        elif cell.state is CellState.BLANK:
            assert comment is None, address


# -- names ------------------------------------------------------------------------------------


def test_every_cell_has_a_name_that_excel_allows_and_that_turns_back(example: Statement) -> None:
    addresses = [slot.address for slot in example.all_slots()]
    names = [name_of(address) for address in addresses]
    assert [address_named(name) for name in names] == addresses
    assert len({name.casefold() for name in names}) == len(names)
    allowed = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,254}")
    like_a_cell = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")
    assert [n for n in names if not allowed.fullmatch(n) or like_a_cell.fullmatch(n)] == []


# -- the checks sheet ---------------------------------------------------------------------------


def test_the_checks_sheet_lists_every_instance_with_a_live_grade(
    evaluated: Evaluated, example: Statement
) -> None:
    everything = examine(example).everything
    rows = evaluated.file.rows["Checks"]
    grades = [evaluated.worked.value(Place("Checks", row, 9)) for row in rows if row > FIRST]
    assert len(grades) == len(everything)
    for grade in Grade:
        assert grades.count(str(grade)) == sum(f.grade is grade for f in everything), grade


def test_a_planted_dollar_turns_a_grade(tied: Statement, tied_raw: bytes) -> None:
    now = tied["liabilities:3:1"].figure + 1
    planted = typed(tied_raw, liabilities__3__1=now)
    before, after = (graded(evaluate(made)) for made in (tied_raw, planted))
    turned = {check for check in before if before[check] != after[check]}
    assert ("liabilities.3.tie", "liabilities:3:3") in turned
    assert after["liabilities.3.tie", "liabilities:3:3"] == "fail"


def graded(evaluated: Evaluated) -> dict[tuple[Value, Value], Value]:
    def at(row: int, column: int) -> Value:
        return evaluated.worked.values.get(Place("Checks", row, column))

    rows = evaluated.file.rows["Checks"]
    return {(at(row, 1), at(row, 4)): at(row, 9) for row in rows if row > FIRST}


def test_an_accepted_break_is_accepted_at_its_amount_only(example: Statement) -> None:
    accepted = Accepted(
        id="liabilities.3.tie", cell="liabilities:3:3", difference=-6, why="x", owner="y",
        expires=date(2999, 1, 1),
    )  # fmt: skip
    raw = write_workbook(example, examine(example, [accepted]))
    key = ("liabilities.3.tie", "liabilities:3:3")
    assert graded(evaluate(raw))[key] == "accepted"
    assert graded(evaluate(typed(raw, liabilities__3__1=3_743_044)))[key] == "fail"


# -- what may not happen ------------------------------------------------------------------------

PAYLOADS = [
    '=HYPERLINK("http://example.com","x")', "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "http://example.com",
    "mailto:a@b.c", "{=1}", "=cmd|' /C calc'!A0", "1234", "_x0041_", "x" * 32_767, " two  spaces ", "line\nline", "<b>&amp;",
]  # fmt: skip


def test_text_is_never_a_formula_nor_a_link(example: Statement) -> None:
    names = [slot.address for slot in example.all_slots() if str(slot.kind) == "text"]
    names = [address for address in names if address.page not in ("cover", *example.none_pages)]
    payload = dict(zip(names, PAYLOADS, strict=False))
    assert len(payload) == len(PAYLOADS)
    changed = example.replaced(
        Cell(address=a, kind=example[a].kind, state=CellState.VALUE, value=text, because=Given())
        for a, text in payload.items()
    )
    raw = written(changed)
    book, places = openpyxl.load_workbook(BytesIO(raw)), evaluate(raw).places
    for address, text in payload.items():
        cell = book[places[address].sheet].cell(places[address].row, places[address].column)
        assert cell.data_type == "s", address
        assert cell.hyperlink is None
        assert cell.value == text
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        links = b"".join(archive.read(n) for n in archive.namelist() if n.endswith(".rels"))
    assert b"example.com" not in links
    assert b"mailto" not in links


def test_what_a_workbook_cannot_hold_is_refused(example: Statement) -> None:
    name = Address.parse("cover:secretary:")
    long = example.replaced(
        [Cell(address=name, kind=example[name].kind, state=CellState.VALUE, value="x" * 32_768)]
    )
    with pytest.raises(UsageError, match=r"cover:secretary: holds 32,768 characters"):
        written(long)
    bell = example.replaced([replace(example[name], value="a\x07bell")])
    with pytest.raises(UsageError, match=r"cover:secretary: holds the control sign '\\x07'"):
        written(bell)
    far = example.with_figures({Address.parse("assets:1:1"): 10**15})
    with pytest.raises(UsageError, match=r"assets:1:1 holds 1,000,000,000,000,000"):
        written(far)


def test_the_same_statement_gives_the_same_bytes(raw: bytes, example: Statement) -> None:
    assert written(example) == raw


def test_the_workbook_is_small(raw: bytes) -> None:
    assert len(raw) < 500_000


# -- LibreOffice --------------------------------------------------------------------------------


@needs_libreoffice
def test_libreoffice_recalculates_every_formula_to_the_same(
    tied: Statement, tied_raw: bytes, tmp_path: Path
) -> None:
    now = tied["assets:1:2"].figure + 1
    source = typed(tied_raw, assets__1__2=now)  # saves no results: all are LibreOffice's
    theirs = open_workbook(recalculated(source, tmp_path), values=True)
    ours = evaluate(source)
    formulas = formulas_of(ours.file)
    wrong = [str(p) for p, _ in formulas if saved_at(theirs, p) != ours.worked.value(p)]
    assert wrong == []
    assert len(formulas) > 7_000
    assert differences(ours, fill(tied.with_figures({Address.parse("assets:1:2"): now}))) == []


def test_rows_of_a_table_are_summed_live(raw: bytes) -> None:
    total = Address.parse("general_interrogatories:1:2/total")
    before = evaluate(raw).value(total)

    def edit(_: Workbook, at: At) -> None:
        at("general_interrogatories:1:2/1").value += 5

    after = evaluate(edited(raw, edit)).value(total)
    assert isinstance(before, int)
    assert after == before + 5
