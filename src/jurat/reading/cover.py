"""The cover: facts found by the labels printed beside, above or below them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jurat.blanks import Form, FormLine, Role
from jurat.money import Kind
from jurat.reading.pages import Region
from jurat.statement import Cell, CellState, Read
from jurat.words import Address

MOST_LINES = 400
LONGEST_LINE = 4_000
LISTS = ("other_officers", "directors")
"""Cells of names, one a line."""
SET_IN = 3
"""Columns from which a line is set in."""

_SMALL_PRINT = re.compile(
    r"\((?:Street|City|Area|Name|Telephone|E-mail|FAX|Current|Prior)[^)]*\)", re.IGNORECASE
)
_TELEPHONE = re.compile(r"\(?\d{3}\)?[-. ]\d{3}-\d{4}")
_MAIL = re.compile(r"\S+@\S+\.\w+")
_BOX = re.compile(r"\s*\[\s*([Xx]?)\s*\]")
_YEAR = re.compile(r"(?:DECEMBER 31,|FOR THE YEAR)\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Label:
    line: FormLine
    start: int
    end: int


def find_year(text: str) -> int | None:
    """The year a statement says it is for.

    >>> find_year("FOR THE YEAR ENDED DECEMBER 31, 2012")
    2012
    """
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def read_cover(region: Region, form: Form) -> Iterator[Cell]:
    """The cells of the cover, each with the line it stands on."""
    text = "\n".join(
        "" if line.number in region.furniture else line.text[:LONGEST_LINE]
        for line in region.lines[:MOST_LINES]
    )
    first = region.lines[0].number if region.lines else 1
    labels = _find_labels(text, form)
    for place, label in enumerate(labels):
        stop = labels[place + 1].start if place + 1 < len(labels) else len(text)
        if label.line.caption.startswith("("):
            before = labels[place - 1].end if place else 0
            raw = _small(text[before : label.start], label.line)
        else:
            raw = _value(text[label.end : stop], label.line)
        yield from _cells(label, raw, text, first, stop)
    yield from _prior_group(text, labels, form, first)


def _find_labels(text: str, form: Form) -> list[_Label]:
    """Where each label stands, in the order of the form."""
    found, at = [], 0
    for line in form.lines:
        if line.role is Role.HEAD and not line.caption:
            continue
        words = [re.escape(word) for word in line.caption.split()]
        match = re.compile(r"(?<![\w-])" + r"\s+".join(words)).search(text, at)
        if match:
            found.append(_Label(line, match.start(), match.end()))
            at = match.end()
    return found


def _value(text: str, line: FormLine) -> str:
    """What follows a label: the rest of its line, or the next lines up to the next label."""
    kind = line.slots[0].kind if line.slots else Kind.TEXT
    bare = _SMALL_PRINT.sub("\n", text)
    if kind in (Kind.CODE, Kind.DATE):
        bare = bare.split("\n")[0]
    if line.name == "oath":
        bare = bare.split("\n\n")[0]
    if "___" in bare.split("\n")[0]:
        return ""
    if line.name in LISTS:
        bare = _unwrapped(bare)
    pieces = [re.sub(r"\s*\bSS:?$", "", piece.strip(" \t.,_:")) for piece in bare.split("\n")]
    pieces = [piece for piece in pieces if piece and not piece.startswith("(")]
    if kind in (Kind.CODE, Kind.DATE):
        return pieces[0].split()[0] if pieces else ""
    if line.name in ("main_office", "records", "mail_address", "home_office"):
        pieces = [piece for piece in pieces if not _TELEPHONE.fullmatch(piece)]
        return ", ".join(pieces)
    if line.name in ("oath", *LISTS):
        return "; ".join(pieces) if line.name != "oath" else " ".join(pieces)
    return (
        pieces[0].split(",")[0]
        if pieces and line.name == "contact"
        else (pieces[0] if pieces else "")
    )


def _unwrapped(text: str) -> str:
    """A list with the lines that are set in joined to those they go on with."""
    lines = [line for line in text.split("\n") if line.strip()]
    left = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    joined = ""
    for line in lines:
        is_set_in = len(line) - len(line.lstrip()) > left + SET_IN
        joined += f" {line.strip()}" if joined and is_set_in else f"\n{line.strip()}"
    return joined


def _small(text: str, line: FormLine) -> str:
    """What stands above a label in small print."""
    if "E-mail" in line.caption:
        found = _MAIL.findall(text)
        return str(found[-1]).strip(",") if found else ""
    found = _TELEPHONE.findall(text)
    return str(found[-1]) if found else ""


def _cells(label: _Label, raw: str, text: str, first: int, stop: int) -> Iterator[Cell]:
    slot = label.line.slots[0] if label.line.slots else None
    if slot is None:
        return
    number = first + text.count("\n", 0, label.start)
    if slot.kind.is_box:
        yield _box(slot.address, text, label.end, stop, number)
    elif raw:
        yield Cell(
            address=slot.address,
            kind=slot.kind,
            state=CellState.VALUE,
            value=raw,
            because=Read(raw=raw, line=number),
        )


def _box(address: Address, text: str, end: int, stop: int, number: int) -> Cell:
    line_end = text.find("\n", end)
    line = text[text.rfind("\n", 0, end) + 1 : line_end if line_end >= 0 else len(text)]
    own = _BOX.match(text, end)
    ticked = bool(own and own[1])
    answers = dict(re.findall(r"\b(Yes|No)\s*\[\s*([Xx]?)\s*\]", text[end : max(stop, end)]))
    if answers:
        chosen = [name for name, tick in answers.items() if tick]
        value = chosen[0] if len(chosen) == 1 else None
    else:
        value = "Yes" if ticked else "No" if re.search(r"\[\s*[Xx]\s*\]", line) else None
    return Cell(
        address=address,
        kind=Kind.YES_NO,
        state=CellState.VALUE if value else CellState.UNREAD,
        value=value,
        because=Read(raw=line.strip()[:80], line=number),
    )


def _prior_group(text: str, labels: list[_Label], form: Form, first: int) -> Iterator[Cell]:
    """The prior group code is printed behind the current one, under one label."""
    current = next(
        (label for label in labels if label.line.name == "naic_group_code_current"), None
    )
    prior = form.by_id.get("naic_group_code_prior")
    if current is None or prior is None:
        return
    codes = re.match(r"\s*(\S+)\s+(\d+)", text[current.end :])
    if codes:
        yield Cell(
            address=prior.slots[0].address,
            kind=Kind.CODE,
            state=CellState.VALUE,
            value=codes[2],
            because=Read(raw=codes[2], line=first + text.count("\n", 0, current.start)),
        )
