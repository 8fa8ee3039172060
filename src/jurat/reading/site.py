"""A statement's web pages read back: what each cell shows, from the page's visible text alone."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from jurat.words import Address, JuratError, ReadError

_TICKED, _BOX = "☒", re.compile(r"([☒☐])")
_ANSWER = re.compile(r"(Yes|No|N/A) ☒")
_LINK = re.compile(r"\w+\.html#(.+)")
_DATA = re.compile(r"window\.jurat = (\{.*\});\n", re.DOTALL)
DATA = "data.js"
_UNREAD = "(unread)"
_UNSEEN = frozenset({"script", "style", "title", "noscript", "template"})
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "col"})
"""Elements that hold nothing and do not end."""
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


def read_panel(folder: Path | str) -> dict[str, str]:
    """What the panel and the search of a site tell that each place shows, from its `data.js`.

    Raises  ReadError when the script is anything but data.
    """
    path = Path(folder) / DATA
    try:
        text = path.read_text(encoding="utf-8")
        found = _DATA.fullmatch(text)
        if found is None:
            raise ReadError(f"{path} is more, or less, than data.", next="Close the folder again.")
        return {
            str(place): str(cell["shown"]) for place, cell in json.loads(found[1])["cells"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise ReadError(
            f"{path} cannot be read: {fault}", next="Close the folder again."
        ) from fault


def read_charts(folder: Path | str) -> list[tuple[str, str]]:
    """The figures of the charts: the place that each is linked to, and what it shows.

    Raises  ReadError when the overview cannot be read.
    """
    return _read(Path(folder) / "index.html").charted


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
        self.charted: list[tuple[str, str]] = []
        self.is_stamped = False
        self.unseen: list[str] = []
        """Elements that are open and not seen, and those inside them."""
        self.open: list[tuple[str, str, list[tuple[str, str]] | None]] = []
        """Elements that are open inside a cell or stamp, the outermost with what it is and belongs to."""
        self.text: list[str] = []
        self.in_chart = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A cell begins, or something inside one."""
        told = dict(attrs)
        if tag in VOID:
            return
        if self.unseen or tag in _UNSEEN or "hidden" in told or "style" in told:
            self.unseen.append(tag)
            return
        if tag == "table":
            self.in_chart = told.get("class") == "chart"
        link = _LINK.fullmatch(told.get("href") or "") if self.in_chart else None
        if self.open:
            self.open.append((tag, "", None))
        elif told.get("data-a"):
            self.open.append((tag, told["data-a"] or "", self.cells))
        elif link:
            self.open.append((tag, link[1], self.charted))
        elif told.get("class") == "stamp":
            self.open.append((tag, "stamp", None))

    def handle_endtag(self, tag: str) -> None:
        """A cell ends with the element it began with."""
        if self.unseen:
            if tag in self.unseen:
                while self.unseen.pop() != tag:
                    pass
            return
        if not self.open or self.open[-1][0] != tag:
            return
        _, place, kept = self.open.pop()
        if self.open:
            return
        text = " ".join("".join(self.text).split())
        self.text.clear()
        if kept is None:
            self.is_stamped = self.is_stamped or bool(_STAMP.fullmatch(text))
        else:
            kept.append((place, _answer(text)))

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
