"""A page as changes to the year before: the overlay notation, parsed statement by statement."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from jurat.words.errors import BlankError
from jurat.words.page import Column, Page, Part, WriteIns
from jurat.words.page_reader import read_part

_LIKE = re.compile(r"page (\w+) like (\d{4})")
_NOUNS = ("col", "page", "write-ins")
_ADDED = ("line", "head", "note", "col", "rows", "table", "write-ins")
_PLACE = re.compile(r"(after|before) (\S+)")


class Verb(StrEnum):
    """What an overlay does to a line or column of the year before."""

    ADD = "add"
    DROP = "drop"
    MOVE = "move"
    RENUMBER = "renumber"
    REWORD = "reword"
    RESTATE = "restate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One statement of an overlay; numbers are those of the year before."""

    verb: Verb
    noun: str = "line"
    """`col`, `page`, `write-ins`, or `line`: heads, notes, rows and tables are numbered with lines."""
    number: str = ""
    """The number or name of what is changed."""
    to: str = ""
    """The new number."""
    anchor: str = ""
    """The number or name beside which it stands."""
    is_before: bool = False
    part: Part | Column | Page | None = None
    """What is added, or stands in the place of the old caption or laws."""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What a year changed on one page."""

    page: str
    year: int
    """The year whose page it changes."""
    changes: tuple[Change, ...]


def is_overlay(path: Path) -> bool:
    """Whether a `.page` file holds changes to another year's page."""
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    return bool(_LIKE.match(first))


def read_overlay(path: Path, older: Page) -> Overlay:
    """Parse one `.page` file of changes to the page of the year before.

    Raises  BlankError naming file and line of the first statement that is not in the notation.
    """
    file = f"{path.parent.name}/{path.name}"
    statements: list[list[tuple[str, str]]] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if raw.strip() and not raw.startswith("#"):
            where = f"{file}:{number}"
            if raw[0].isspace() and len(statements) > 1:
                statements[-1].append((where, raw))
            else:
                statements.append([(where, raw)])
    (where, first), *_ = statements[0]
    like = _LIKE.fullmatch(first.strip())
    if like is None or like[1] != older.name:
        raise BlankError(
            f"{first!r} does not open the changes of a page.",
            where=where,
            next=f"Write: page {older.name} like YEAR",
        )
    reader = _Statement(older)
    return Overlay(
        page=like[1], year=int(like[2]), changes=tuple(reader.change(s) for s in statements[1:])
    )


class _Statement:
    """Reads one statement of an overlay with what is indented below it."""

    def __init__(self, older: Page) -> None:
        self.older = older

    def change(self, lines: Sequence[tuple[str, str]]) -> Change:
        where, raw = lines[0]
        verb = raw.split(maxsplit=1)[0]
        if verb not in {*Verb}:
            raise BlankError(
                f"{verb!r} is no verb of an overlay.",
                where=where,
                next=f"Write one of: {', '.join(Verb)}; indent what is below a line.",
            )
        below = lines[1:]
        match Verb(verb):
            case Verb.ADD:
                return self._added(where, raw, below)
            case Verb.REWORD | Verb.RESTATE as worded:
                return self._worded(worded, where, raw, below)
            case plain:
                if below:
                    raise BlankError(f"Nothing stands below {verb!r}.", where=below[0][0])
                return self._plain(plain, where, raw)

    def _plain(self, verb: Verb, where: str, raw: str) -> Change:
        words = raw.split()[1:]
        noun = words.pop(0) if words[:1] and words[0] in _NOUNS else "line"
        told = Change(verb=verb, noun=noun, where=where)
        match verb, words:
            case Verb.DROP, [number]:
                return replace(told, number=number)
            case Verb.RENUMBER, ["to", to] if noun == "page":
                return replace(told, number=self.older.number, to=to)
            case Verb.RENUMBER, [number, "to", to]:
                return replace(told, number=number, to=to)
            case Verb.MOVE, [number, "after" | "before" as side, anchor]:
                return replace(told, number=number, anchor=anchor, is_before=side == "before")
        shape = {Verb.DROP: "drop 13", Verb.RENUMBER: "renumber 9 to 10"}
        raise BlankError(
            f"{raw.strip()!r} says not what to {verb}.",
            where=where,
            next=f"Write as in: {shape.get(verb, 'move 9 after 12')}",
        )

    def _added(self, where: str, raw: str, below: Sequence[tuple[str, str]]) -> Change:
        statement = raw.strip().removeprefix(Verb.ADD).strip()
        fields = re.split(r"\s{2,}", statement)
        noun = next(iter(fields[0].split()), "nothing")
        if noun not in _ADDED:
            raise BlankError(
                f"{noun!r} cannot be added.", where=where, next=f"Add one of: {', '.join(_ADDED)}."
            )
        place = _PLACE.fullmatch(fields[-1])
        if place:
            statement = statement[: -len(fields[-1])].rstrip()
        part = read_part([(where, statement), *below], self.older)
        if place is None and not isinstance(part, WriteIns):
            raise BlankError(
                "The statement says not where it is added.",
                where=where,
                next="End it with two spaces and: after 12, or before 1.",
            )
        return Change(
            verb=Verb.ADD,
            noun=noun if noun in _NOUNS else "line",
            anchor=place[2] if place else "",
            is_before=bool(place and place[1] == "before"),
            part=part,
            where=where,
        )

    def _worded(self, verb: Verb, where: str, raw: str, below: Sequence[tuple[str, str]]) -> Change:
        head, *fields = re.split(r"\s{2,}", raw.strip().removeprefix(verb).strip())
        words = head.split()
        noun = words.pop(0) if words and words[0] in _NOUNS else "line"
        if not words and noun != "page":
            words = fields[:1]
            fields = fields[1:]
        is_complete = len(words) == (noun != "page") and bool(fields) is (verb is Verb.REWORD)
        if not is_complete:
            raise BlankError(
                f"{raw.strip()!r} is not in the notation.",
                where=where,
                next="reword 9   the caption as printed; restate 9, with its rules indented below.",
            )
        number = words[0] if words else ""
        if noun == "page":
            title, *called = fields
            made = f"page {self.older.number or '-'}   {self.older.name}   " + "   ".join(
                [title, *called]
            )
        else:
            stub = ["-"] if self.older.stub and noun == "line" and number[0] != "(" else []
            made = "   ".join([f"{noun} {number}", "name", *stub, *(fields or ["-"])])
        part = read_part([(where, made), *below], self.older)
        return Change(verb=verb, noun=noun, number=number, part=part, where=where)
