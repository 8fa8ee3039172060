"""A document as lines of text, each figure token findable by line and column."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jurat.words import ReadError

LARGEST = 16 * 1024 * 1024
LONGEST_LINE = 20_000
_TOKEN = re.compile(r"\d[\d,.\-/]*\d|\d")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line as printed; `text` has the same length, so that columns stay true."""

    number: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on the line."""
        return not self.text.strip()


@dataclass(frozen=True)
class Document:
    """The text of a filing."""

    name: str
    lines: tuple[TextLine, ...]
    page_begins: tuple[int, ...] = ()
    """The first line of each page of paper, where the document has pages."""

    @cached_property
    def places(self) -> dict[int, tuple[int, int]]:
        """For each printed line of a document with pages: its page, and the how manieth it is there."""
        found = {}
        page = count = 0
        begins = frozenset(self.page_begins)
        for line in self.lines:
            page, count = (page + 1, 0) if line.number in begins else (page, count)
            count += not line.is_blank
            if begins:
                found[line.number] = (page, count)
        return found

    @cached_property
    def tokens(self) -> list[tuple[int, int, str]]:
        """Every number token: line, first column, text; a line too long to be print counts once."""
        found = []
        for line in self.lines:
            if len(line.text) > LONGEST_LINE:
                found.append((line.number, 0, line.text[:20]))
                continue
            found += [
                (line.number, match.start(), match[0]) for match in _TOKEN.finditer(line.text)
            ]
        return found


def open_document(path: Path) -> Document:
    """Read a text file whatever its encoding, refusing what is no text.

    Raises  ReadError naming the file, what is wrong with it, and what to do next.
    """
    try:
        if not path.is_file():
            raise ReadError(
                f"{path} is not a file.", next="Give the path of a filed statement as text."
            )
        size = path.stat().st_size
        if size > LARGEST:
            raise ReadError(
                f"{path} holds {size:,} bytes, more than a statement's text can.",
                why=f"Files above {LARGEST:,} bytes are refused before they are opened.",
                next="Extract the separate accounts statement alone.",
            )
        raw = path.read_bytes()
    except OSError as fault:
        raise ReadError(f"{path} cannot be opened: {fault.strerror}.") from fault
    return document_of(_decode(raw, path), path.name)


def document_of(text: str, name: str = "") -> Document:
    """A document from text at hand."""
    pieces = re.split(r"\r\n|\r|\n", text.replace("\f", " "))
    return Document(
        name, tuple(TextLine(number, plain_line(piece)) for number, piece in enumerate(pieces, 1))
    )


_LOOK_ALIKES = str.maketrans(
    {
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\\": " ",
    }
)
_RULED = re.compile(r"\s*[-•]?\s*\|")


def plain_line(text: str) -> str:
    """The line with look-alikes made plain, column for column; the rules of a ruled table are tabs."""
    if len(text) > LONGEST_LINE:
        return text
    if _RULED.match(text):
        text = text.replace("|", "\t")
    return text.replace("\\$", "$ ").translate(_LOOK_ALIKES)


def _decode(raw: bytes, path: Path) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as fault:
                raise ReadError(
                    f"{path} begins as {encoding} and is not: {fault.reason}."
                ) from fault
    if b"\0" in raw:
        raise ReadError(
            f"{path} is binary, not text.",
            next="Give a PDF under a name that ends in .pdf, or extract its text first.",
        )
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
