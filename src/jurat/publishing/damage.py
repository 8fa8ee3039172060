"""A printed statement as a scanner leaves it: seeded, and with a list of what was done."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from jurat.publishing.kinds import DamageKind, Edit, edits_of
from jurat.publishing.layout import Layout
from jurat.words import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One damage done: to which cells, on which line, and the lines before and after."""

    kind: DamageKind
    addresses: tuple[Address, ...]
    line: int
    """The first line it touches, counted from 0 on the layout it was done to."""
    before: str
    after: str

    def __str__(self) -> str:
        """What was done, in a few words."""
        cells = ", ".join(map(str, self.addresses)) or "no cell"
        return f"{self.kind} at line {self.line + 1}, {cells}: {self.before!r} -> {self.after!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """A damaged text and what was done to it."""

    text: str
    done: tuple[Damage, ...]


def damage(
    layout: Layout, seed: int, count: int = 20, kinds: Iterable[DamageKind] = tuple(DamageKind)
) -> Damaged:
    """Damage a layout as a scanner does; the same seed does the same.

    The kinds come by turns, and every page that a kind can befall is as likely as the next. No row
    is damaged twice, and no digit is changed. Fewer than `count` damages are done where the layout
    has no more places for them.
    """
    chance = random.Random(seed)
    turns = list(kinds)
    chance.shuffle(turns)
    lines: dict[int, str] = {}
    taken: set[int] = set()
    done: list[Damage] = []
    while turns and len(done) < count:
        kind = turns.pop(0)
        free = [edit for edit in edits_of(layout, kind) if taken.isdisjoint(edit.rows)]
        if not free:
            continue
        turns.append(kind)
        pages = sorted({_page_of(layout, edit) for edit in free})
        page = chance.choice(pages)
        edit = chance.choice([edit for edit in free if _page_of(layout, edit) == page])
        taken |= edit.rows
        lines.update(edit.lines)
        done.append(_damage_of(layout, edit))
    printed = (lines.get(number, line) for number, line in enumerate(layout.lines))
    return Damaged(text="\n".join(printed) + "\n", done=tuple(done))


def _page_of(layout: Layout, edit: Edit) -> str:
    return layout.rows[min(edit.rows)].page


def _damage_of(layout: Layout, edit: Edit) -> Damage:
    return Damage(
        kind=edit.kind,
        addresses=edit.addresses,
        line=min(number for number, _ in edit.lines),
        before="\n".join(layout.lines[number] for number, _ in edit.lines),
        after="\n".join(text for _, text in edit.lines),
    )
