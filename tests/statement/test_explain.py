"""Why a cell is what it is: parts re-add, nothing is left out, and the way back up."""

import jurat
from jurat.blanks import Blank, PriorCell
from jurat.money import Kind
from jurat.statement import Cell, CellState, Statement, fill
from jurat.statement.explain import (
    Reason,
    caption_of,
    dependents,
    explain,
    print_reason,
)
from jurat.words import Address
from tests.conftest import MakeBlank

IMR = {"imr:1:1": 500, "imr:2:$1": 92, "imr:2:$2": -32, "imr:2:1": 60, "imr:4:1": 560,
       "imr:5:1": 120, "imr:6:1": 440, "imr_amortization:1:1": 100, "imr_amortization:1:2": 20,
       "imr_amortization:1:4": 120}  # fmt: skip


def statement_of(blank: Blank, figures: dict[str, int]) -> Statement:
    """A statement that holds these money figures, and the pages they are on."""
    cells = {}
    for words, figure in figures.items():
        address = Address.parse(words)
        cells[address] = Cell(address=address, kind=Kind.MONEY, state=CellState.VALUE, value=figure)
    pages = frozenset(address.page for address in cells)
    return Statement(blank=blank, year=2012, cells=cells, pages=pages)


def places(reason: Reason) -> list[str]:
    """The cells of a tree, deepest last."""
    return [reason.place, *(place for part in reason.parts for place in places(part))]


def test_the_tree_of_the_reserve() -> None:
    reason = explain(statement_of(jurat.load_blank(), IMR), "imr:6:1")
    assert (reason.shown, reason.rule, reason.residual) == ("440", "Line 4 minus Line 5", 0)
    assert [(part.place, part.sign, part.shown) for part in reason.parts] == [
        ("imr:4:1", 1, "560"),
        ("imr:5:1", -1, "120"),
    ]
    balance, amortized = reason.parts
    assert [part.shown for part in balance.parts] == ["500", "60"]
    assert [part.place for part in amortized.parts] == ["imr_amortization:1:4"]
    assert amortized.caption.startswith("Current year's amortization released")


def test_the_printed_tree() -> None:
    lines = print_reason(explain(statement_of(jurat.load_blank(), IMR), "imr:6:1"), width=6)
    assert lines[0].startswith("   440  Reserve as of December 31, current year")
    assert lines[0].endswith("[imr:6:1]  = Line 4 minus Line 5")
    assert any(line.startswith("   120    less Current year's amortization") for line in lines)


def test_a_residual_is_told() -> None:
    broken = statement_of(jurat.load_blank(), IMR | {"imr:6:1": 443})
    reason = explain(broken, "imr:6:1")
    assert reason.residual == 3
    assert any("not explained by the parts" in line for line in print_reason(reason))


def test_parts_re_add_to_every_filled_figure(golden: Statement) -> None:
    """Golden figures tie: what a rule of sums reads comes to the cell, to the dollar."""
    system, pages = golden.system, golden.pages
    checked = 0
    for column, row in system.filled_by.items():
        address, equation = system.cells[column], system.equations[row]
        figure = golden.vectors[0][column]
        if equation.scale != 1 or not equation.right or not figure:
            continue
        if isinstance(address, PriorCell) or not system.pages_of[row] <= pages:
            continue
        reason = explain(golden, str(address), depth=1)
        total = sum(part.sign * golden[part.place].figure for part in reason.parts)
        assert (total, reason.residual) == (figure, 0), address
        checked += 1
    assert checked > 250


def test_every_residual_of_the_filing_is_the_check_s_difference(example: Statement) -> None:
    findings = {(f.id, f.cells[0]): f for f in jurat.examine(example).everything if f.cells}
    told = 0
    for row, equation in enumerate(example.system.equations):
        finding = findings[equation.id, str(equation.left)]
        if equation.fills and finding.difference and finding.left is not None:
            reason = explain(example, str(equation.left), depth=1)
            assert reason.residual == finding.difference, (row, equation.id)
            told += 1
    assert told >= 10


def test_nothing_goes_round_in_circles(example: Statement) -> None:
    for address in example.blank.fill_order:
        if address.page in example.pages:
            assert explain(example, address).place == str(address)


def test_dependents_are_the_way_back() -> None:
    statement = statement_of(jurat.load_blank(), IMR)
    found = {d.place: d.depth for d in dependents(statement, "imr_amortization:1:2")}
    assert found["imr_amortization:1:4"] == 1
    assert found["imr:5:1"] == 2
    assert found["imr:6:1"] == 3
    assert found["liabilities:3:3"] == 4


def test_a_dependent_tells_its_figure_its_rule_and_whether_it_is_blank() -> None:
    statement = statement_of(jurat.load_blank(), IMR)
    found = {d.place: d for d in dependents(statement, "imr:5:1")}
    assert (found["imr:6:1"].shown, found["imr:6:1"].rule) == ("440", "Line 4 minus Line 5")
    assert found["imr:6:1"].rule_id == "imr.6"
    assert found["liabilities:3:3"].shown == "(blank)"


def test_a_dependent_names_the_nearer_cell_it_reads() -> None:
    statement = statement_of(jurat.load_blank(), IMR)
    found = {d.place: d.reads for d in dependents(statement, "imr_amortization:1:2")}
    assert found["imr_amortization:1:4"] == "imr_amortization:1:2"
    assert found["imr:6:1"] == "imr:5:1"


def test_a_page_that_is_not_there_leaves_nothing_over(example: Statement) -> None:
    reason = explain(example, "schedule_d:2:")
    (part,) = reason.parts
    assert (reason.shown, reason.residual) == ("2,821,228,005", 0)
    assert part.evidence == "its page is not in the document"


def test_what_a_tree_reads_depends_back_on_it(example: Statement) -> None:
    for top in ("assets:17:3", "exhibit5:32:1", "nii:17:2"):
        for below in dict.fromkeys(places(explain(example, top, depth=3))[1:]):
            if below.startswith("prior "):
                continue  # last year's statement is not at hand
            assert top in {d.place for d in dependents(example, below)}, (top, below)


def test_a_cell_without_a_rule_explains_itself() -> None:
    reason = explain(statement_of(jurat.load_blank(), IMR), "imr_amortization:7:3")
    assert (reason.shown, reason.evidence, reason.parts) == ("(blank)", "left blank", ())
    assert (reason.residual, reason.sign) == (0, 1)


def test_last_year_s_statement_is_told_when_it_is_not_at_hand() -> None:
    statement = statement_of(jurat.load_blank(), IMR)
    (part,) = explain(statement, "imr:1:1").parts
    assert part.evidence == "last year's statement is not at hand"
    assert explain(statement, "imr:1:1").residual == 0


def test_a_product_explains_its_rounding(make_blank: MakeBlank) -> None:
    sheet = """\
page 1   sheet   SHEET
col  1   amount  Amount
col  2   factor  Factor                 factor
col  3   times   Product (Cols. 1 x 2)
line 1   a       A                      .0063
"""
    blank = make_blank(sheet=sheet)
    # 1,000 x 0.0063 = 6.3; shown as 6 the parts are 0.3 off, which rounds to nothing.
    assert (
        explain(statement_of(blank, {"sheet:1:1": 1000, "sheet:1:3": 6}), "sheet:1:3").residual == 0
    )
    assert (
        explain(statement_of(blank, {"sheet:1:1": 1000, "sheet:1:3": 8}), "sheet:1:3").residual == 2
    )


def test_a_percentage_is_its_part_of_the_whole(example: Statement) -> None:
    reason = explain(example, "exhibit6:4:2")
    assert (reason.shown, reason.residual) == ("24.9", 0)
    assert reason.rule == "exhibit6:4:1 as a percentage of exhibit6:6:1"
    assert [part.shown for part in reason.parts] == ["1,022,636,082", "4,110,990,671"]
    assert [part.sign for part in reason.parts] == [1, 1]
    wrong = example.with_figures({Address("exhibit6", "4", "2"): 252})
    assert explain(wrong, "exhibit6:4:2").residual == 3


def test_percentages_depend_on_their_whole(example: Statement) -> None:
    shares = {d.place for d in dependents(example, "exhibit6:6:1") if d.depth == 1}
    assert {"exhibit6:1.1:2", "exhibit6:3:2", "exhibit6:4:2"} <= shares


def test_a_percentage_is_its_part_and_its_whole() -> None:
    figures = {"exhibit6:1.1:1": 300, "exhibit6:5:1": 1700}
    statement = statement_of(jurat.load_blank(), figures)
    reason = explain(fill(statement), "exhibit6:1.1:2")
    assert (reason.shown, reason.residual) == ("15.0", 0)
    assert [part.shown for part in reason.parts] == ["300", "2,000"]


def test_a_caption_has_its_year(example: Statement) -> None:
    address = Address("general_interrogatories", "2.401", "2")
    assert "2012" in caption_of(example, address)
