"""Cross-checks as written: the `.checks` notation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jurat.words.errors import BlankError


class Severity(StrEnum):
    """How much a broken law weighs."""

    ERROR = "error"
    WARNING = "warning"


class Tolerance(StrEnum):
    """How near two sides must be; domain rule 2.7."""

    EXACT = "exact"
    ROUNDING = "rounding"
    PERCENT = "percent"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossCheck:
    """A tie between pages that no page prints."""

    id: str
    severity: Severity
    text: str
    why: str
    premise: str = ""
    known: str = ""
    tolerance: Tolerance = Tolerance.EXACT
    each_column: bool = False
    each_line: bool = False
    fills: bool = False
    """Whether it fills its left cell where no rule of a page does."""
    columns: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOverlay:
    """What a year changed among its laws: those it drops, those it adds or states anew."""

    drops: tuple[tuple[str, str], ...]
    """The law's id, and where it is dropped."""
    checks: tuple[CrossCheck, ...]


def read_checks(path: Path, *, folder: str = "") -> list[CrossCheck]:
    """Parse one `.checks` file; `folder` is told in front of its name wherever a place is told.

    Raises  BlankError naming file and line of the first paragraph that is not in the notation.
    """
    file = f"{folder}/{path.name}" if folder else path.name
    return [_check(file, paragraph) for paragraph in _paragraphs(path)]


def read_check_overlay(path: Path) -> CheckOverlay:
    """Parse one `.checks` file of changes to the laws of the year before.

    It opens with `like YEAR`, drops laws by `drop ID`, and states others as any `.checks` file does.

    Raises  BlankError naming file and line of the first paragraph that is not in the notation.
    """
    file = f"{path.parent.name}/{path.name}"
    drops: list[tuple[str, str]] = []
    checks: list[CrossCheck] = []
    for paragraph in _paragraphs(path):
        while paragraph and re.match(r"(like \d{4}|drop \S+)$", paragraph[0][1]):
            number, text = paragraph.pop(0)
            if text.startswith("drop "):
                drops.append((text.split()[1], f"{file}:{number}"))
        if paragraph:
            checks.append(_check(file, paragraph))
    return CheckOverlay(drops=tuple(drops), checks=tuple(checks))


def _paragraphs(path: Path) -> Iterator[list[tuple[int, str]]]:
    """The lines of a file that stand together, each with its number."""
    paragraph: list[tuple[int, str]] = []
    lines = [*path.read_text(encoding="utf-8").splitlines(), ""]
    for number, raw in enumerate(lines, 1):
        if raw.startswith("#"):
            continue
        if raw.strip():
            paragraph.append((number, raw.strip()))
        elif paragraph:
            yield paragraph
            paragraph = []


def _check(file: str, paragraph: list[tuple[int, str]]) -> CrossCheck:
    number, first = paragraph[0]
    where = f"{file}:{number}"
    head = re.split(r"\s{2,}", first)
    if len(head) < 3 or head[1] not in {*Severity}:
        raise BlankError(
            f"{first!r} is not an id, a severity and a law.",
            where=where,
            next="Part the fields by two or more spaces; see docs/reference/check-notation.md.",
        )
    below = [text for _, text in paragraph[1:]]
    premise = " ".join(text[7:].strip() for text in below if text.startswith("premise "))
    known = " ".join(text[5:].strip() for text in below if text.startswith("known "))
    why = " ".join(text for text in below if not text.startswith(("premise ", "known ")))
    severity = Severity(head[1])
    if not why or (severity is Severity.WARNING and not (premise or known)):
        raise BlankError(f"{head[0]} lacks its why, or a warning its premise.", where=where)
    fields = head[3:]
    columns = [field for field in fields if field.startswith("Cols. ")]
    tolerance = [Tolerance(field) for field in fields if field in {*Tolerance}]
    unread = [
        f
        for f in fields
        if f not in {*Tolerance, "each column", "each line", "fills"} and f not in columns
    ]
    if unread:
        raise BlankError(f"{unread[0]!r} is no field of a law.", where=where)
    return CrossCheck(
        id=head[0],
        severity=severity,
        text=head[2],
        why=why,
        premise=premise,
        known=known,
        tolerance=tolerance[0] if tolerance else Tolerance.EXACT,
        each_column="each column" in fields,
        each_line="each line" in fields,
        fills="fills" in fields,
        columns=tuple(columns[0].removeprefix("Cols. ").split()) if columns else (),
        where=where,
    )
