"""The report as a file: what it says, that it is safe, small and the same each time."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import jurat
from jurat.blanks import Blank
from jurat.checks import Accepted, Outcome, Suspect, examine, suspects
from jurat.money import Kind
from jurat.publishing.report import write_report
from jurat.publishing.report_pages import forms_of
from jurat.statement import Cell, CellState, Read, Repair, Statement
from jurat.words import Address

LIMIT = 1_500_000


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A doubt as any reader may have it."""

    address: Address | None
    seen: str = "7"
    chosen: str = "1"
    why: str = "two readings hold"
    where: str = "line 3"
    rejected: tuple[str, ...] = ("4",)
    is_weak: bool = False


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """A coverage as any reader may have it."""

    tokens: int = 4
    share: float = 0.75
    placed: dict[str, int] = field(default_factory=dict)
    unplaced: tuple[tuple[int, int, str], ...] = ((9, 5, "123"),)


class Parsed(HTMLParser):
    """What a page is made of, and whether every element that opens closes."""

    void = frozenset({"meta", "hr", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def of(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [told[name] for _, told in self.attributes if name in told]


def page_of(folder: Path, statement: Statement, **more: Any) -> str:  # noqa: ANN401
    """The report of a statement as text."""
    path = folder / "report.html"
    write_report(statement, examine(statement), path, **more)
    return path.read_text(encoding="utf-8")


def data_of(page: str) -> dict[str, Any]:
    """What the page tells its panel."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


@pytest.fixture(scope="module")
def outcome(example: Statement) -> Outcome:
    return examine(example)


@pytest.fixture(scope="module")
def found(outcome: Outcome) -> list[Suspect]:
    return suspects(outcome)


@pytest.fixture(scope="module")
def page(
    example: Statement,
    outcome: Outcome,
    found: list[Suspect],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(example, outcome, path, suspects=found, source="filings/bay_state.txt")
    return path.read_text(encoding="utf-8")


def test_every_element_closes_and_no_id_stands_twice(page: str) -> None:
    parsed = Parsed(page)
    ids = parsed.of("id")
    assert not parsed.open
    assert len(ids) == len(set(ids))


def test_every_figure_of_the_statement_stands_on_a_page(page: str, example: Statement) -> None:
    shown = set(Parsed(page).of("data-a"))
    filled = {
        str(address)
        for address, cell in example.cells.items()
        if cell.shown and cell.state is not CellState.NOT_APPLICABLE
    }
    assert filled <= shown
    assert filled <= set(data_of(page)["cells"])


def test_only_the_pages_of_the_document_are_there(page: str, example: Statement) -> None:
    sections = {told.removeprefix("page-") for told in Parsed(page).of("id") if "page-" in told}
    assert sections == {form.name for form in forms_of(example)}
    assert "schedule_d_part1" not in sections


def test_every_link_leads_somewhere(page: str) -> None:
    parsed, data = Parsed(page), data_of(page)
    ids = set(parsed.of("id"))
    links = [href.removeprefix("#") for href in parsed.of("href")]
    assert not [link for link in links if link not in ids and link not in data["cells"]]


def test_nothing_is_asked_of_the_network(page: str) -> None:
    parsed = Parsed(page)
    assert not parsed.of("src")
    assert all(href.startswith("#") for href in parsed.of("href"))
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert "@import" not in page


def test_it_is_small_and_the_same_each_time(
    page: str, example: Statement, found: list[Suspect], tmp_path: Path
) -> None:
    again = page_of(tmp_path, example, suspects=found, source="filings/bay_state.txt")
    assert again == page
    assert len(page.encode()) < LIMIT


def test_each_break_is_told_with_both_sides(page: str, outcome: Outcome) -> None:
    breaks = [f for f in outcome.findings if f.is_break and f.left is not None]
    assert breaks
    for finding in breaks:
        assert f"<code>{finding.id}</code>" in page
        assert f'<td class="num">{finding.show(finding.left)}</td>' in page
        assert f'<td class="num">{finding.show(finding.right)}</td>' in page


def test_a_break_lights_its_cell_and_tells_its_reason(page: str) -> None:
    cell = data_of(page)["cells"]["liabilities:3:3"]
    lit = re.search(r'<a [^>]*data-a="liabilities:3:3" data-g="(\w+)"', page)
    assert lit
    assert lit[1] == "fail"
    assert cell["rule"] == "Cols. 1 + 2"
    assert [1, "liabilities:3:1"] in cell["parts"]


def test_a_warning_has_a_light_of_its_own(page: str) -> None:
    light = dict(re.findall(r'<a [^>]*data-a="([^"]+)" data-g="([^"]+)"', page))
    assert light["avr_default:9:1"] == "warn"
    assert light["nii:0902:2"] == "warn"
    assert light["imr:1:1"] == "fail"
    assert light["exhibit5:8:1"] == "fail part"
    assert light["nii:10:1"] == "rounding"
    assert '<b title="1 figure under a warning" class="warn">1</b>' in page


def test_names_of_blanks_are_not_shown_as_the_page_files_write_them(page: str) -> None:
    assert "${" not in page
    assert "NII, Note (a), $… accrual" in page


def test_parts_of_a_reason_and_checks_are_at_hand(page: str) -> None:
    data = data_of(page)
    for cell in data["cells"].values():
        assert all(part in data["cells"] for _, part in cell.get("parts", []))
        assert all(at < len(data["checks"]) for at in cell.get("checks", []))


def test_counts_of_every_grade_are_told(page: str, outcome: Outcome) -> None:
    counts = outcome.counts
    numbers = (counts.failed, counts.rounding, counts.accepted, counts.passed, counts.not_run)
    assert all(f"<b>{number:,}</b>" in page for number in numbers)


def test_a_statement_that_ties_says_so(golden: Statement, tmp_path: Path) -> None:
    page = page_of(tmp_path, golden)
    for words in (
        "No break: everything that could be checked holds",
        "No error: every law that ran holds.",
        "Nothing is broken: no figure is suspected.",
        "No break was accepted.",
        "Nothing is in doubt.",
    ):
        assert words in page
    assert 'data-g="fail"' not in page.partition('<p class="legend">')[2].partition("</p>")[2]


def test_suspects_nobody_looked_for_are_not_said_to_be_none(
    example: Statement, tmp_path: Path
) -> None:
    assert "They were not looked for." in page_of(tmp_path, example)
    assert "No change of a few figures was found" in page_of(tmp_path, example, suspects=[])


def test_an_empty_statement_makes_a_report(tmp_path: Path) -> None:
    bare = Statement(blank=jurat.load_blank(), year=2012, cells={}, pages=frozenset())
    page = page_of(tmp_path, bare)
    assert "Company not named" in page
    assert not Parsed(page).open


def test_what_a_filer_writes_is_text(small: Statement, tmp_path: Path) -> None:
    evil = "</script><img src=x onerror=alert(1)>&amp;"
    named = replace(small, company=evil)
    page = page_of(tmp_path, named, doubts=[Doubt(address=None, seen=evil)], source="<b>.txt")
    assert "<img" not in page
    assert "&lt;b&gt;.txt" in page
    assert data_of(page)["source"] == "<b>.txt"


def test_doubts_of_a_damaged_print_stand_in_one_line(small: Statement, tmp_path: Path) -> None:
    place = Address("assets", "1", "1")
    damaged = [Doubt(address=place, why="damaged", rejected=(), is_weak=True)] * 3
    page = page_of(tmp_path, small, doubts=[Doubt(address=place), *damaged], coverage=Coverage())
    assert "3 cells of which no check proves the line" in page
    assert "two readings hold" in page
    assert 'data-a="assets:1:1" data-r="doubt" title="in doubt"' in page
    assert "75.00 % of 4 numbers; 1 number found no place" in page
    assert "line 9, column 5: 123" in page
    assert len(data_of(page)["cells"]["assets:1:1"]["doubts"]) == 4


def test_a_repair_is_shown_with_what_it_turned_down(small: Statement, tmp_path: Path) -> None:
    place = Address("assets", "1", "1")
    repair = Repair(seen="1,00O", chosen="1,000", proof="the total holds", rejected=("1,008",))
    read = Read(raw="1,00O", line=12, repair=repair)
    cell = Cell(address=place, kind=Kind.MONEY, state=CellState.VALUE, value=1000, because=read)
    page = page_of(tmp_path, small.replaced([cell]))
    told = data_of(page)["cells"]["assets:1:1"]
    assert told["repair"] == ["1,00O", "1,000", "the total holds", ["1,008"]]
    assert told["line"] == 12
    assert "<td>the total holds</td>" in page
    assert 'data-a="assets:1:1" data-r="repaired" title="repaired as it was read"' in page


def test_a_repaired_row_is_told_a_column_a_line(small: Statement, tmp_path: Path) -> None:
    repair = Repair(seen="40300", chosen="1=(40) 2=300", proof="the totals hold")
    read = Read(raw="40300", line=3, repair=repair)
    place = Address("assets", "1", "1")
    cell = Cell(address=place, kind=Kind.MONEY, state=CellState.VALUE, value=-40, because=read)
    page = page_of(tmp_path, small.replaced([cell]))
    assert "<div><i>Col. 1</i> (40)</div><div><i>Col. 2</i> 300</div>" in page


def test_a_page_of_none_keeps_its_stamp_and_folds_its_lines(
    small: Statement, tmp_path: Path
) -> None:
    page = page_of(tmp_path, small)
    section = page.partition('id="page-schedule_x"')[2].partition("</section>")[0]
    assert '<p class="stamp">NONE</p>' in section
    assert "The form's lines, all blank" in section


def test_an_accepted_break_stands_in_its_table(example: Statement, tmp_path: Path) -> None:
    known = Accepted(
        id="liabilities.3.tie",
        cell="liabilities:3:3",
        difference=-6,
        why="the form rounds each year apart",
        owner="A. Clerk",
        expires=date(9999, 12, 31),
    )
    path = tmp_path / "report.html"
    write_report(example, examine(example, [known]), path)
    page = path.read_text(encoding="utf-8")
    table = page.partition('id="accepted"')[2].partition("</section>")[0]
    assert "the form rounds each year apart (A. Clerk, until 9999-12-31)" in table
    assert 'data-a="liabilities:3:3" data-g="accepted"' in page


def test_a_blank_cell_that_breaks_is_lit(small: Statement, tmp_path: Path) -> None:
    blank: Blank = small.blank
    total = Address("assets", "4", "1")
    assert blank.line("assets", "4")
    page = page_of(tmp_path, small.with_figures({total: None}))
    assert re.search(r'data-a="assets:4:1" data-g="fail"[^>]*>\(blank\)', page)
