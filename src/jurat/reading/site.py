"""A statement's web pages read back: what each cell shows, from the page's visible text alone."""

import re
from html.parser import HTMLParser
from pathlib import Path

from jurat.words import Address, JuratError, ReadError

_TICKED, _BOX = "☒", re.compile(r"([☒☐])")
_ANSWER = re.compile(r"(Yes|No|N/A) ☒")
_UNREAD = "(unread)"
_UNSEEN = frozenset({"script", "style", "title", "noscript", "template"})
_STAMP = re.compile(r"N ?O ?N ?E")


def read_site(folder: Path | str) -> dict[Address, str]:
    """What every cell of a site shows, by its address; a blank cell shows nothing.

    A row of boxes shows the answer that is ticked. Spaces are single, as on paper. Cells that the
    pages do not print, such as the blank lines of a cover, are not among them.

    Raises  ReadError naming each file that cannot be read, and each cell that two places show
            differently.
    """
    shown: dict[Address, str] = {}
    faults: list[str] = []
    for path in _pages(Path(folder)):
        for place, text in _read(path).cells:
            try:
                address = Address.parse(place)
            except JuratError as fault:
                faults.append(f"{path.name}: {fault.what}")
                continue
            if shown.setdefault(address, text) != text:
                faults.append(f"{path.name}: {place} shows {shown[address]!r} and {text!r}.")
    if faults:
        raise ReadError(
            "\n".join(faults), next="Write the site again; its pages were changed by hand."
        )
    return shown


def read_stamps(folder: Path | str) -> frozenset[str]:
    """The pages of a site that are stamped NONE.

    Raises  ReadError naming each file that cannot be read.
    """
    return frozenset(path.stem for path in _pages(Path(folder)) if _read(path).is_stamped)


def _pages(folder: Path) -> list[Path]:
    pages = sorted(folder.glob("*.html"))
    if not pages:
        raise ReadError(f"{folder} holds no web pages.", next="Give the folder of an index.html.")
    return pages


def _read(path: Path) -> "_Page":
    page = _Page()
    try:
        page.feed(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise ReadError(f"{path} cannot be read: {fault}") from fault
    page.close()
    return page


class _Page(HTMLParser):
    """Takes the visible text of elements that carry an address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.cells: list[tuple[str, str]] = []
        self.is_stamped = False
        self.unseen = 0
        self.open: list[tuple[str, str]] = []
        """Elements that are open inside a cell or stamp, the outermost with what it is."""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A cell begins, or something inside one."""
        told = dict(attrs)
        self.unseen += tag in _UNSEEN
        if self.open:
            self.open.append((tag, ""))
        elif told.get("data-a") and "hidden" not in told:
            self.open.append((tag, told["data-a"] or ""))
        elif told.get("class") == "stamp":
            self.open.append((tag, "stamp"))

    def handle_endtag(self, tag: str) -> None:
        """A cell ends with the element it began with."""
        self.unseen -= tag in _UNSEEN
        if not self.open or self.open[-1][0] != tag:
            return
        _, place = self.open.pop()
        if self.open:
            return
        text = " ".join("".join(self.text).split())
        self.text.clear()
        if place == "stamp":
            self.is_stamped = self.is_stamped or bool(_STAMP.fullmatch(text))
        else:
            self.cells.append((place, _answer(text)))

    def handle_data(self, data: str) -> None:
        """Text that a person sees."""
        if self.open and not self.unseen:
            self.text.append(data)


def _answer(text: str) -> str:
    """What boxes say: the answer behind which one is ticked, or Yes and No of a box alone."""
    if not _BOX.search(text):
        return text
    if text.endswith(_UNREAD):
        return _UNREAD
    if len(text) == 1:
        return "Yes" if text == _TICKED else "No"
    ticked = _ANSWER.findall(text)
    return ticked[0] if len(ticked) == 1 else ""
