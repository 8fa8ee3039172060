"""The site in a browser, from disk: reasons over pages, search by amount and words, no network."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jurat.checks import examine
from jurat.publishing.site import write_site
from jurat.statement import Statement
from tests.publishing.browser import NARROW, WIDE, Opened, launched, needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    yield from launched()


@pytest.fixture(scope="module")
def site(bay_state: Statement, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(bay_state, examine(bay_state), folder)
    return folder


class Site:
    """Pages of the site, opened one after another in one window."""

    def __init__(self, browser: "Browser", folder: Path) -> None:
        self.page = browser.new_page(viewport={"width": WIDE, "height": 900})
        self.folder = folder
        self.opened: list[Opened] = []

    def at(self, name: str) -> Opened:
        """One page, with an anchor perhaps."""
        file, _, anchor = name.partition("#")
        address = (self.folder / file).as_uri() + (f"#{anchor}" if anchor else "")
        self.opened.append(Opened(self.page, address))
        return self.opened[-1]


@pytest.fixture
def pages(browser: "Browser", site: Path) -> Iterator[Site]:
    made = Site(browser, site)
    yield made
    for one in made.opened:
        assert one.said == []
        assert all(url.startswith("file:") for url in one.asked)
    made.page.close()


def search(opened: Opened, words: str) -> list[str]:
    """What a search finds, a line each."""
    opened.page.fill("#search", words)
    return [link.replace("\n", " ") for link in opened.page.locator("#found a").all_inner_texts()]


def test_a_click_tells_the_reason_and_leads_to_another_page(pages: Site) -> None:
    opened = pages.at("liabilities.html")
    opened.figure("liabilities:3:3").click()
    assert "3,743,049" in opened.panel.inner_text()
    opened.panel.locator('a.ref[href="imr.html#imr:6:1"]').first.click()
    opened.page.wait_for_url("**/imr.html#imr:6:1")
    assert opened.panel.locator("code").first.inner_text() == "imr:6:1"
    assert opened.figure("imr:6:1").evaluate("figure => figure.classList.contains('open')")


def test_a_blank_cell_tells_its_rule(pages: Site) -> None:
    opened = pages.at("liabilities.html")
    opened.figure("liabilities:2:3").click()
    told = opened.panel.inner_text()
    assert "(blank)" in told
    assert "= Cols. 1 + 2" in told


def test_who_shows_an_amount_whatever_its_sign(pages: Site) -> None:
    opened = pages.at("assets.html")
    found = search(opened, "5,975,417")
    assert [line.split(" ")[0] for line in found] == [
        "5,975,417", "(5,975,417)", "5,975,417", "(5,975,417)",
    ]  # fmt: skip
    assert len(search(opened, "(5975417)")) == 2
    assert search(opened, "5,975,417,000") == []
    assert "No cell shows this amount." in opened.page.locator("#found").inner_text()
    near = search(opened, "5,975,419")
    assert len(near) == 4
    assert "within 3" in opened.page.locator("#found p").first.inner_text()


def test_words_and_addresses_are_found_and_opened(pages: Site) -> None:
    opened = pages.at("index.html")
    assert any("Amortization of IMR" in line for line in search(opened, "amortization imr"))
    assert "3,743,049" in search(opened, "imr:6:1")[0]
    opened.page.press("#search", "Enter")
    opened.page.wait_for_url("**/imr.html#imr:6:1")
    assert search(opened, "no such words at all") == []
    assert "No cell has these words." in opened.page.locator("#found").inner_text()
    opened.page.keyboard.press("Escape")
    assert not opened.page.locator("#found").is_visible()


def test_search_is_worked_by_keys_alone(pages: Site) -> None:
    opened = pages.at("assets.html")
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("5,975,417")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_url("**/imr.html#imr:3:1")


def test_the_overview_shows_charts_that_lead_to_their_cells(pages: Site) -> None:
    opened = pages.at("index.html")
    assert opened.page.locator("figure").count() == 6
    for box in opened.page.locator("figure svg").evaluate_all(
        "drawn => drawn.map(one => one.getBoundingClientRect().width)"
    ):
        assert box > 100
    opened.page.locator("#chart-assets a").first.click()
    opened.page.wait_for_url("**/assets.html#assets:1:3")


def test_a_story_of_the_overview_leads_to_its_findings(pages: Site) -> None:
    opened = pages.at("index.html")
    opened.page.locator("#stories a").first.click()
    opened.page.wait_for_url("**/findings.html#story-*")
    anchor = opened.page.url.partition("#")[2]
    assert opened.page.locator(f'[id="{anchor}"]').is_visible()


def test_without_scripts_every_page_can_be_read(browser: "Browser", site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "liabilities.html").as_uri())
    assert "3,743,043" in page.locator("main").inner_text()
    assert not page.locator(".search").is_visible()
    assert not page.locator("#panel").is_visible()
    page.locator("nav.index a", has_text="Interest Maintenance Reserve").first.click()
    assert page.url.endswith("imr.html")
    context.close()


def test_no_page_is_wider_than_a_narrow_screen(pages: Site) -> None:
    pages.page.set_viewport_size({"width": NARROW, "height": 844})
    for name in ("index", "findings", "liabilities", "avr_default", "cover", "operations_by_lob"):
        opened = pages.at(f"{name}.html")
        wide = opened.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW, name


def test_print_leaves_the_screen_furniture_out(pages: Site) -> None:
    opened = pages.at("liabilities.html#liabilities:3:3")
    opened.page.emulate_media(media="print")
    for furniture in ("nav.index", ".search", ".turns", "#panel", ".legend"):
        assert not opened.page.locator(furniture).is_visible()
    assert opened.figure("liabilities:3:3").is_visible()


def test_what_is_printed_has_contrast_enough(pages: Site) -> None:
    """At least 4.5 to 1 for words and figures of a page, on what they stand on."""
    for name in ("liabilities", "avr_default", "index", "findings", "general_interrogatories"):
        assert pages.at(f"{name}.html").page.evaluate(CONTRAST) == [], name


CONTRAST = """() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((one) => {
      const part = one / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (; one; one = one.parentElement) {
      const rgb = parse(getComputedStyle(one).backgroundColor);
      if (rgb.length === 3 || rgb[3] > 0.5) return rgb;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const one of document.querySelectorAll("main *, .top *, nav.index *")) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !one.checkVisibility()) continue;
    const [ink, paper] = [light(parse(getComputedStyle(one).color)), light(ground(one))];
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) poor.push(one.outerHTML.slice(0, 80) + " " + ratio.toFixed(2));
  }
  return poor;
}"""
