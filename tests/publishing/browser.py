"""A browser for tests: chromium by Playwright, with all a page said and asked for."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = 1280, 390


class Opened:
    """A document in a browser, with everything it said and asked for."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page, self.address = page, address
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda fault: self.said.append(str(fault)))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(address)

    @property
    def panel(self) -> "Locator":
        """The side panel."""
        return self.page.locator("#panel")

    def figure(self, place: str) -> "Locator":
        """A figure of the statement."""
        return self.page.locator(f'[data-a="{place}"]')


def launched() -> Iterator["Browser"]:
    """Chromium, for as long as a module's tests run."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
