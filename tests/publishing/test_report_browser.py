"""The report in a browser: a click tells why, Escape closes, nothing leaves the machine."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jurat.checks import examine
from jurat.publishing.report import write_report
from jurat.statement import Statement
from tests.publishing.browser import NARROW, WIDE, Opened, launched, needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    yield from launched()


@pytest.fixture(scope="module")
def address(example: Statement, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("browser") / "report.html"
    write_report(example, examine(example), path, source="bay_state.txt")
    return path.as_uri()


@pytest.fixture
def opened(browser: "Browser", address: str) -> Iterator[Opened]:
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    report = Opened(page, address)
    yield report
    assert report.said == []
    assert [url.partition("#")[0] for url in set(report.asked)] == [address]
    page.close()


def test_a_click_on_a_lit_figure_tells_both_sides_and_its_reason(opened: Opened) -> None:
    lit = opened.figure("liabilities:3:3")
    assert lit.get_attribute("data-g") == "fail"
    assert not opened.panel.is_visible()
    lit.click()
    told = opened.panel.inner_text()
    for words in (
        "3,743,043",
        "3,743,049",
        "(6)",
        "= Cols. 1 + 2",
        "liabilities.3.tie",
        "Evidence",
    ):
        assert words in told
    assert opened.page.url.endswith("#liabilities:3:3")


def test_a_warning_is_told_as_one(opened: Opened) -> None:
    opened.figure("avr_default:9:1").click()
    chip = opened.panel.locator(".check .chip").first
    assert (chip.inner_text(), chip.get_attribute("class")) == ("warning", "chip warn")


def test_escape_closes_and_gives_the_focus_back(opened: Opened) -> None:
    opened.figure("imr:6:1").focus()
    opened.page.keyboard.press("Enter")
    assert opened.panel.is_visible()
    opened.page.keyboard.press("Escape")
    assert not opened.panel.is_visible()
    assert opened.page.evaluate("document.activeElement.dataset.a") == "imr:6:1"
    assert "#" not in opened.page.url


def test_parts_of_a_reason_unfold_and_open(opened: Opened) -> None:
    opened.figure("imr:6:1").click()
    opened.panel.locator("details summary").first.click()
    inner = opened.panel.locator(".tree .tree .line")
    inner.first.wait_for()
    assert inner.count() > 1
    opened.panel.locator(".tree a.ref").first.click()
    place = opened.panel.locator("code").first.inner_text()
    assert place != "imr:6:1"
    opened.page.go_back()
    assert opened.panel.locator("code").first.inner_text() == "imr:6:1"


def test_an_address_in_the_link_opens_its_figure(browser: "Browser", address: str) -> None:
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    report = Opened(page, f"{address}#liabilities:3:3")
    assert "3,743,049" in report.panel.inner_text()
    top = report.figure("liabilities:3:3").bounding_box()
    assert top
    assert 0 < top["y"] < 900
    page.close()


def test_arrows_go_from_figure_to_figure(opened: Opened) -> None:
    opened.figure("liabilities:3:1").focus()
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.evaluate("document.activeElement.dataset.a") == "liabilities:3:3"
    opened.page.keyboard.press("ArrowUp")
    assert opened.page.evaluate("document.activeElement.dataset.a") == "liabilities:1:3"


def test_a_narrow_screen_scrolls_no_page_sideways(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": NARROW, "height": 844})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= NARROW
    opened.figure("liabilities:3:3").click()
    opened.page.wait_for_timeout(100)
    figure, panel = opened.figure("liabilities:3:3").bounding_box(), opened.panel.bounding_box()
    assert figure
    assert panel
    assert figure["y"] + figure["height"] <= panel["y"]
    assert figure["x"] + figure["width"] <= NARROW


def test_print_leaves_the_screen_furniture_out(opened: Opened) -> None:
    opened.figure("liabilities:3:3").click()
    opened.page.emulate_media(media="print")
    assert not opened.panel.is_visible()
    assert not opened.page.locator("nav.index").is_visible()
    assert opened.figure("liabilities:3:3").is_visible()


def test_wide_pages_are_printed_across_the_paper(opened: Opened) -> None:
    wide = opened.page.locator("section.wide").evaluate_all("pages => pages.map(page => page.id)")
    assert "page-avr_default" in wide
    assert "page-liabilities" not in wide
    opened.page.emulate_media(media="print")
    opened.page.set_viewport_size({"width": 960, "height": 720})
    reach = opened.page.locator("#page-avr_default table").first.evaluate("t => t.scrollWidth")
    assert reach <= 960
