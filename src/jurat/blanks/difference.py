"""What one year's blank has that another's has not: pages, lines, columns and rules."""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from jurat.blanks.equations import Equation, Place, PriorCell, RowSum
from jurat.blanks.form import OVERFLOW, Form
from jurat.blanks.load import Blank
from jurat.words import Address
from jurat.words.page import Column, Line, Rows, Table, WriteIns


class What(StrEnum):
    """What happened to a page, line, column or rule."""

    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One difference of two blanks; for a rule, its cell and its words."""

    what: What
    noun: str
    """page, line, head, note, table, rows, write-ins, column, rule or law."""
    page: str
    name: str
    """The stable name, which survives renumbering; of a rule, its id."""
    older: str = ""
    newer: str = ""
    cells: tuple[str, ...] = ()
    """Of a rule, every cell it is stated of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankDiff:
    """All differences of two years' blanks, in page order."""

    older: int
    newer: int
    changes: tuple[Changed, ...]

    def of(self, what: What) -> list[Changed]:
        """The differences of one kind."""
        return [change for change in self.changes if change.what is what]


def blank_diff(older: Blank, newer: Blank) -> BlankDiff:
    """What a year changed: pages, lines and columns by their stable names, then rules.

    A rule that only follows a renumbered line is not changed; one that counts an added line is. What
    comes and goes with its own page, line or column is not told again.

    >>> from jurat.blanks import load_blank
    >>> blank_diff(load_blank(), load_blank()).changes
    ()
    """
    changes = list(_compared(_pages(older), _pages(newer), ""))
    for name in (name for name in newer.pages if name in older.pages):
        changes += _compared(_parts(older.pages[name]), _parts(newer.pages[name]), name)
    changes += _rules(older, newer)
    place = {name: at for at, name in enumerate(newer.pages)}
    changes.sort(key=lambda change: place.get(change.page, -1))
    return BlankDiff(older=older.year, newer=newer.year, changes=tuple(changes))


# -- pages, lines, columns ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """What a page declares under a name: how it is numbered, what it says, what else it asks."""

    noun: str
    name: str
    number: str
    caption: str
    asked: tuple[tuple[str, str], ...] = ()


def _pages(blank: Blank) -> dict[Hashable, _Part]:
    return {
        name: _Part("page", name, form.declared.number, form.title)
        for name, form in blank.pages.items()
    }


def _parts(form: Form) -> dict[Hashable, _Part]:
    page = form.declared
    parts = [_column(column) for column in page.columns]
    names = {part.id: part.name for part in page.parts if isinstance(part, Line)}
    for part in page.parts:
        match part:
            case Line():
                parts.append(_line(part))
            case Table():
                parts.append(_Part("table", part.name, part.number, part.caption))
                parts += [_column(column, f"{part.name}.") for column in part.columns]
                parts += map(_line, part.lines)
            case Rows():
                parts.append(_Part("rows", part.name, part.section, part.caption))
            case WriteIns():
                parts += [_Part("write-ins", names[n], "", "") for n in part.lines]
    return {(part.noun, part.name): part for part in parts}


_ASKED_OF_LINES = ("kind", "only", "xxx", "marks", "place", "stub", "factors")


def _line(line: Line) -> _Part:
    noun = "head" if line.is_head else "note" if line.is_note else "line"
    asked = tuple((name, str(getattr(line, name))) for name in _ASKED_OF_LINES)
    return _Part(noun, line.name, line.number, line.caption, asked)


def _column(column: Column, table: str = "") -> _Part:
    asked = (("kind", str(column.kind)), ("over", column.over))
    return _Part("column", f"{table}{column.name}", column.number, column.caption, asked)


def _compared(
    was: Mapping[Hashable, _Part], now: Mapping[Hashable, _Part], page: str
) -> Iterator[Changed]:
    """The differences of two lists of parts: what went, then what the newer has, in its order."""
    for key, part in was.items():
        if key not in now:
            yield _change(What.DROPPED, part, page, _told(part), "")
    moved = _moved([key for key in was if key in now], [key for key in now if key in was])
    for key, part in now.items():
        if key not in was:
            yield _change(What.ADDED, part, page, "", _told(part))
            continue
        if key in moved:
            yield _change(What.MOVED, part, page, _behind(was, key), _behind(now, key))
        for what, older, newer in _differences(was[key], part):
            yield _change(what, part, page, older, newer)


def _differences(was: _Part, now: _Part) -> Iterator[tuple[What, str, str]]:
    """How one part differs from what it was."""
    if was.number != now.number:
        yield What.RENUMBERED, was.number, now.number
    if was.caption != now.caption:
        yield What.REWORDED, was.caption, now.caption
    for (name, old), (_, new) in zip(was.asked, now.asked, strict=True):
        if old != new:
            yield What.CHANGED, f"{name} {old}", f"{name} {new}"


def _change(what: What, part: _Part, page: str, older: str, newer: str) -> Changed:
    where = page or part.name
    return Changed(what=what, noun=part.noun, page=where, name=part.name, older=older, newer=newer)


def _told(part: _Part) -> str:
    return f"{part.number}  {part.caption}".strip()


def _behind(parts: Mapping[Hashable, _Part], key: Hashable) -> str:
    """What a part stands behind."""
    keys = list(parts)
    place = keys.index(key)
    return f"behind {parts[keys[place - 1]].name}" if place else "first"


def _moved(was: Sequence[Hashable], now: Sequence[Hashable]) -> set[Hashable]:
    """The fewest that changed places: those outside the longest run that kept its order."""
    place = {key: at for at, key in enumerate(was)}
    ends: list[int] = []
    runs: list[list[Hashable]] = []
    for key in now:
        at = bisect_left(ends, place[key])
        run = [*(runs[at - 1] if at else []), key]
        ends[at : at + 1], runs[at : at + 1] = [place[key]], [run]
    return set(now) - set(runs[-1] if runs else [])


# -- rules --------------------------------------------------------------------------------


def _rules(older: Blank, newer: Blank) -> list[Changed]:
    """Rules by what they say of which lines, whatever the numbers; one for all its columns."""
    told: dict[tuple[What, str, str, str, str], list[str]] = {}
    names = _Names(older), _Names(newer)
    for what, old, new in _paired(_stated(older), _stated(newer)):
        one = new or old
        is_told = one is not None and not (
            (new is None and names[0].is_gone(one, names[1]))
            or (old is None and names[1].has_come(one, names[0]))
        )
        if one is not None and is_told:
            key = (what, one.left.page, one.id, old.words if old else "", new.words if new else "")
            told.setdefault(key, []).append(str(one.left))
    return [
        Changed(
            what=what,
            noun="law" if _is_law(name) else "rule",
            page=page,
            name=name,
            older=was,
            newer=now,
            cells=tuple(cells),
        )
        for (what, page, name, was, now), cells in told.items()
    ]


Stated = dict[Hashable, dict[Hashable, Equation]]


def _paired(was: Stated, now: Stated) -> Iterator[tuple[What, Equation | None, Equation | None]]:
    """The rules of a cell that went beside those that came: changed, dropped or added."""
    for key in [*(key for key in was if key not in now), *now]:
        gone = [e for says, e in was.get(key, {}).items() if says not in now.get(key, {})]
        come = [e for says, e in now.get(key, {}).items() if says not in was.get(key, {})]
        yield from ((What.CHANGED, old, new) for old, new in zip(gone, come, strict=False))
        yield from ((What.DROPPED, old, None) for old in gone[len(come) :])
        yield from ((What.ADDED, None, new) for new in come[len(gone) :])


def _is_law(equation_id: str) -> bool:
    """Whether a law between pages has this id; a rule's begins with its page."""
    return "." not in equation_id or equation_id[0].isupper()


def _stated(blank: Blank) -> Stated:
    """The equations by the cell they speak of; each by what it says, in stable names."""
    named = _Names(blank)
    found: Stated = {}
    for equation in blank.equations:
        key = (equation.id if _is_law(equation.id) else "", named(equation.left), equation.fills)
        terms = frozenset((named(p), sign) for p, sign in (*equation.left_rest, *equation.right))
        says = (terms, equation.scale, equation.constant, equation.tolerance, equation.severity)
        found.setdefault(key, {})[says] = equation
    return found


class _Names:
    """Places by the names that survive renumbering."""

    def __init__(self, blank: Blank) -> None:
        self.blank = blank
        self.rows = {
            (form.name, part.section or "all"): part.name
            for form in blank.pages.values()
            for part in form.declared.parts
            if isinstance(part, Rows)
        }
        overflow = blank.pages.get(OVERFLOW)
        for line in overflow.lines if overflow else ():
            self.rows[OVERFLOW, line.group] = line.name

    def is_gone(self, equation: Equation, now: "_Names") -> bool:
        """Whether a rule went with its page, line or column, or is the overflow page's own."""
        page, line, column = self._whereabouts(equation)
        is_there = page in now.lines and line in now.lines[page] and column in now.lines[page][line]
        return not _is_law(equation.id) and (page == OVERFLOW or not is_there)

    def has_come(self, equation: Equation, was: "_Names") -> bool:
        """Whether a rule came with its page, is the old column's on a new line, or the old line's in a new column."""
        page, line, column = self._whereabouts(equation)
        if _is_law(equation.id):
            return False
        if page == OVERFLOW or page not in was.lines:
            return True
        is_columns = equation.id == f"{page}.column{equation.left.column}"
        old_line = was.lines[page].get(line)
        old_columns = {name for columns in was.lines[page].values() for name in columns}
        return is_columns if old_line is None else column not in old_columns and not is_columns

    @cached_property
    def lines(self) -> dict[str, dict[str, set[str]]]:
        """The columns of each line of each page, by stable names."""
        return {
            form.name: {line.name: {c.name for c in line.columns} | {""} for line in form.lines}
            for form in self.blank.pages.values()
        }

    def _whereabouts(self, equation: Equation) -> tuple[str, str, str]:
        """Page, line and column of the cell a rule speaks of."""
        left = equation.left
        line = self.blank.line(left.page, left.line)
        column = "" if left.inset else self._column(left.page, left.line, left.column)
        return left.page, line.name if line else "", column

    def __call__(self, place: Place) -> Hashable:
        """The place in stable names."""
        match place:
            case PriorCell():
                return ("prior", self(place.address))
            case RowSum():
                rows = self.rows.get((place.page, place.group), place.group)
                return (place.page, rows, self._column(place.page, "", place.column))
            case Address():
                line = self.blank.line(place.page, place.line)
                name = line.name if line else place.line
                column = self._column(place.page, place.line, place.column)
                return (place.page, name, column, place.inset, place.row)

    def _column(self, page: str, line: str, number: str) -> str:
        of_line = self.blank.line(page, line)
        columns = of_line.columns if of_line else self.blank.pages[page].declared.columns
        return next((c.name for c in columns if c.number == number), number)
