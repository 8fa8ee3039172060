"""The page of a year: the page of the year before with the changes of its overlay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import UnionType
from typing import TypeVar

from jurat.words import BlankError, Change, Overlay, Verb
from jurat.words.page import Column, Line, Page, Part, Rows, Table, WriteIns

Declaration = Part | Column


def page_of_the_year(older: Page, overlay: Overlay) -> Page:
    """The page with all changes made at once: every number is that of the year before.

    Rules still stand as the year before wrote them; `follow` brings their numbers along.

    Raises  BlankError naming the statement that changes a line the page does not have, changes it
            twice, or stands beside a line that is not there.
    """
    edits = _Edits(older, overlay.changes)
    page = edits.page_itself()
    return replace(
        page, columns=tuple(edits.columns(older.columns)), parts=tuple(edits.parts(older.parts))
    )


def keys_of(declared: Declaration) -> tuple[str, str]:
    """The number and the name by which an overlay finds what a page declares."""
    match declared:
        case Rows():
            return declared.section, declared.name
        case WriteIns():
            return "", ""
        case Line():
            return declared.id, declared.name
        case _:
            return declared.number, declared.name


@dataclass(frozen=True)
class _Edits:
    """The changes of one page, made all at once."""

    page: Page
    changes: Sequence[Change]

    def page_itself(self) -> Page:
        """The page's own number, title and names."""
        page = self.page
        for change in (c for c in self.changes if c.noun == "page"):
            if change.verb is Verb.RENUMBER:
                called = tuple(
                    f"Page {change.to}" if name == f"Page {page.number}" else name
                    for name in page.called
                )
                page = replace(page, number=change.to, called=called)
            elif change.verb is Verb.REWORD and isinstance(change.part, Page):
                called = change.part.called or page.called
                page = replace(page, title=change.part.title, called=called)
            else:
                raise BlankError(
                    f"A page cannot be changed by {change.verb!s}.",
                    where=change.where,
                    next="Write: renumber page to 4, or reword page   THE NEW TITLE",
                )
        return page

    def columns(self, columns: Sequence[Column]) -> list[Column]:
        """The columns of the page."""
        changes = [c for c in self.changes if c.noun == "col"]
        return _edited(columns, self._found(changes, columns), Column)

    def parts(self, parts: Sequence[Part]) -> list[Part]:
        """The lines, tables, rows and write-ins of the page."""
        every = [
            *parts,
            *(line for part in parts if isinstance(part, Table) for line in part.lines),
        ]
        changes = self._found([c for c in self.changes if c.noun == "line"], every)
        asked = [self._in_columns(part) if isinstance(part, Line) else part for part in parts]
        made = [
            replace(part, lines=tuple(_edited(part.lines, changes, Line)))
            if isinstance(part, Table)
            else part
            for part in _edited(asked, changes, Line | Rows | Table | WriteIns)
        ]
        return self._write_ins(made, every)

    def _in_columns(self, line: Line) -> Line:
        """What a line asks column by column, under the numbers the columns have now."""
        changes = [c for c in self.changes if c.noun == "col"]
        gone = {c.number: c for c in changes if c.verb is Verb.DROP}
        now = {c.number: c.to for c in changes if c.verb is Verb.RENUMBER}
        left = [number for number in line.only if number not in gone]
        if line.place in gone or (line.only and not left):
            raise BlankError(
                f"Line {line.id} is asked in no column but one that is dropped.",
                where=gone[line.place or line.only[0]].where,
                next=f"Write too: drop {line.id}",
            )
        return replace(
            line,
            only=tuple(now.get(number, number) for number in left),
            xxx=tuple(now.get(number, number) for number in line.xxx if number not in gone),
            marks=tuple((mark, now.get(n, n)) for mark, n in line.marks if n not in gone),
            place=now.get(line.place, line.place),
        )

    def _write_ins(self, parts: list[Part], older: Sequence[Declaration]) -> list[Part]:
        """The write-ins under the numbers their lines have now; those of dropped lines go along."""
        changes = [c for c in self.changes if c.noun == "write-ins"]
        gone = {c.number: c.where for c in changes if c.verb is Verb.DROP}
        added = [c.part for c in changes if c.verb is Verb.ADD]
        if strange := [c for c in changes if c.verb not in (Verb.DROP, Verb.ADD)]:
            raise BlankError(
                f"Write-ins cannot be changed by {strange[0].verb!s}.",
                where=strange[0].where,
                next="They follow their line; write: add write-ins 14, or drop write-ins 16",
            )
        now = {part.name: part.id for part in parts if isinstance(part, Line)}
        names = {p.id: p.name for p in older if isinstance(p, Line) and not p.is_head}
        known = {number for p in parts if isinstance(p, WriteIns) for number in p.lines}
        for number, where in gone.items():
            if number not in known:
                raise BlankError(f"Line {number} has no write-ins to drop.", where=where)
        made: list[Part] = []
        for part in parts:
            if isinstance(part, WriteIns):
                kept = [number for number in part.lines if number not in gone]
                numbers = [now[names[n]] for n in kept if names.get(n) in now]
                part = replace(part, lines=tuple(numbers))
            made.append(part)
        behind = max((i for i, p in enumerate(made) if isinstance(p, WriteIns)), default=len(made))
        made[behind + 1 : behind + 1] = [part for part in added if isinstance(part, WriteIns)]
        return [p for p in made if not isinstance(p, WriteIns) or p.lines]

    def _found(
        self, changes: Sequence[Change], declared: Sequence[Declaration]
    ) -> dict[str, list[Change]]:
        """The changes by the name of what they change or stand beside."""
        by_name: dict[str, list[Change]] = {}
        seen: set[tuple[Verb, str]] = set()
        for change in changes:
            target = change.anchor if change.verb is Verb.ADD else change.number
            name = self._name(target, change, declared)
            if change.verb is not Verb.ADD and (change.verb, name) in seen:
                raise BlankError(
                    f"{target} is changed twice by {change.verb!s}.", where=change.where
                )
            seen.add((change.verb, name))
            by_name.setdefault(name, []).append(change)
            if change.verb is Verb.MOVE:
                beside = self._name(change.anchor, change, declared)
                by_name.setdefault(beside, []).append(replace(change, number=name, anchor="-"))
        return by_name

    def _name(self, target: str, change: Change, declared: Sequence[Declaration]) -> str:
        numbered = [d for d in declared if keys_of(d)[0] == target]
        lines = [d for d in numbered if not (isinstance(d, Line) and d.is_head)]
        named = [d for d in declared if keys_of(d)[1] == target]
        found = lines or numbered or named
        if len(found) == 1:
            return keys_of(found[0])[1]
        noun = "column" if change.noun == "col" else "line"
        fault = "names more than one" if found else "is not on the page"
        known = ", ".join(dict.fromkeys(keys_of(d)[0] or keys_of(d)[1] for d in declared))
        raise BlankError(
            f"The {noun} {target} {fault} of the year before: {self.page.title}.",
            where=change.where,
            next=f"Use a number of the year before, or a line's name. There are: {known}",
        )


T = TypeVar("T", bound=Declaration)


def _edited(
    declared: Sequence[T], changes: dict[str, list[Change]], kind: type[T] | UnionType
) -> list[T]:
    """What stands after the changes, in its new order; all of it of one kind."""
    by_name = {keys_of(one)[1]: one for one in declared if keys_of(one)[1]}
    made: list[T] = []

    def stand(change: Change) -> T:
        part: Declaration | Page | None = change.part
        if change.verb is Verb.MOVE and change.number in by_name:
            own = [c for c in changes[change.number] if c.anchor != "-"]
            part = _changed(by_name[change.number], own)
        if not isinstance(part, kind):
            raise BlankError(
                "It cannot stand there: a table holds lines alone, and a line stays in its table.",
                where=change.where,
            )
        return part

    for one in declared:
        mine = changes.get(keys_of(one)[1], [])
        beside = [c for c in mine if c.verb is Verb.ADD or c.anchor == "-"]
        own = [c for c in mine if c not in beside]
        made += [stand(change) for change in beside if change.is_before]
        if not {change.verb for change in own} & {Verb.DROP, Verb.MOVE}:
            made.append(_changed(one, own))
        made += [stand(change) for change in beside if not change.is_before]
    return made


def _changed(one: T, changes: Iterable[Change]) -> T:
    """One line or column with its new number, words and laws."""
    for change in changes:
        new = change.part
        match change.verb:
            case Verb.DROP | Verb.MOVE:
                continue
            case Verb.RENUMBER:
                one = _numbered(one, change.to)
            case Verb.REWORD if isinstance(one, Table | Rows) and isinstance(new, Line):
                one = replace(one, caption=new.caption, where=change.where)
            case Verb.REWORD if isinstance(one, Line) and isinstance(new, Line):
                one = replace(
                    one,
                    caption=new.caption,
                    place=new.place or one.place,
                    words=new.words or one.words,
                    laws=new.laws or one.laws,
                    where=change.where,
                )
            case Verb.REWORD if isinstance(one, Column) and isinstance(new, Column):
                laws = new.laws or one.laws
                one = replace(one, caption=new.caption, laws=laws, where=change.where)
            case Verb.RESTATE if isinstance(one, Line) and isinstance(new, Line):
                one = replace(one, laws=new.laws)
            case Verb.RESTATE if isinstance(one, Column) and isinstance(new, Column):
                one = replace(one, laws=new.laws)
            case _:
                raise BlankError(
                    f"{keys_of(one)[1]} cannot be changed by {change.verb!s}.",
                    where=change.where,
                    next="Drop it, and add it again under its name.",
                )
    return one


def _numbered(one: T, number: str) -> T:
    if isinstance(one, Rows):
        total = number + one.total[len(one.section) :] if one.total else ""
        return replace(one, section=number, total=total)
    if isinstance(one, WriteIns):
        return one
    return replace(one, number=number)
