"""The site as files: every page and cell, stable addresses, escaped text, the same bytes each time."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from jurat.checks import examine
from jurat.money import Kind
from jurat.publishing.report_pages import forms_of
from jurat.publishing.site import write_site
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address

VOID = frozenset({"meta", "hr", "br", "link", "input"})


class Parsed(HTMLParser):
    """The ids and links of a page; every element that opens closes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.ids += [told["id"] or ""] if "id" in told else []
        self.links += [told[key] or "" for key in ("href", "src") if key in told]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def site(bay_state: Statement, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(bay_state, examine(bay_state), folder)
    return folder


@pytest.fixture(scope="module")
def parsed(site: Path) -> dict[str, Parsed]:
    return {path.name: Parsed(path.read_text(encoding="utf-8")) for path in site.glob("*.html")}


def test_every_page_of_the_statement_has_a_file(site: Path, bay_state: Statement) -> None:
    names = {form.name for form in forms_of(bay_state)}
    assert {path.stem for path in site.glob("*.html")} == names | {"index", "findings"}
    assert {path.name for path in site.iterdir() if path.suffix != ".html"} == {
        "data.js", "site.js", "style.css",
    }  # fmt: skip


def test_every_cell_and_row_has_a_stable_address(
    parsed: dict[str, Parsed], bay_state: Statement
) -> None:
    for address, cell in bay_state.cells.items():
        if cell.shown:
            assert str(address) in parsed[f"{address.page}.html"].ids
    for row in ("liabilities:3", "nii:1.1", "exhibit3:0200001", "schedule_d:10"):
        assert row in parsed[f"{row.partition(':')[0]}.html"].ids
    assert "general_interrogatories:1/2" in parsed["general_interrogatories.html"].ids


def test_no_address_stands_twice_on_a_page(parsed: dict[str, Parsed]) -> None:
    for name, page in parsed.items():
        assert len(page.ids) == len(set(page.ids)), name


def test_every_link_leads_somewhere_in_the_folder(parsed: dict[str, Parsed], site: Path) -> None:
    for name, page in parsed.items():
        for link in page.links:
            file, _, anchor = link.partition("#")
            file = file or name
            assert (site / file).is_file(), (name, link)
            if anchor and file.endswith(".html"):
                assert anchor in parsed[file].ids, (name, link)


def test_the_same_statement_gives_the_same_bytes(
    site: Path, bay_state: Statement, tmp_path: Path
) -> None:
    write_site(bay_state, examine(bay_state), tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in site.iterdir()
    }


def test_text_of_a_filing_is_never_markup(bay_state: Statement, tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
    name = Address("liabilities", "1602")
    cell = Cell(address=name, kind=Kind.TEXT, state=CellState.VALUE, value=evil)
    poisoned = replace(bay_state.replaced([cell]), company=evil)
    write_site(poisoned, examine(poisoned), tmp_path, source=f"{evil}.txt")
    for path in tmp_path.iterdir():
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".css":
            continue
        assert "<img" not in text
        assert "alert(1)</script>" not in text
        if path.suffix == ".html":
            assert text.count("<script") == 2
            Parsed(text)
    data = (tmp_path / "data.js").read_text(encoding="utf-8")
    assert json.loads(data.removeprefix("window.jurat = ").removesuffix(";\n"))["cells"][str(name)]


def test_nothing_is_asked_of_the_network(site: Path) -> None:
    for path in site.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|\bfetch\(|XMLHttpRequest|import\(", text), path.name
        if path.suffix == ".html":
            assert "default-src 'none'" in text


def test_a_statement_of_another_year_says_on_which_form_it_stands(
    small: Statement, tmp_path: Path
) -> None:
    later = replace(small, year=2014)
    write_site(later, examine(later), tmp_path)
    for path in tmp_path.glob("*.html"):
        assert "it stands on the form of 2012" in path.read_text(encoding="utf-8")


def test_a_statement_of_two_pages_is_a_small_site(small: Statement, tmp_path: Path) -> None:
    write_site(small, examine(small), tmp_path)
    names = sorted(path.stem for path in tmp_path.glob("*.html"))
    assert names == ["assets", "findings", "index", "schedule_x"]
    assert "No break" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "NONE" in (tmp_path / "schedule_x.html").read_text(encoding="utf-8")
