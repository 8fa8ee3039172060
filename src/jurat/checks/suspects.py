"""Which cells would have to be wrong: the fewest changes that make every check hold.

The principle is Fellegi and Holt's for editing records in official statistics: a record that fails
its edits is put right by changing as few fields as possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from jurat.checks.hints import transposed
from jurat.checks.limits import Limits, Repair, Story, joined
from jurat.checks.repairs import single_repairs, smallest_program
from jurat.checks.run import Outcome, examine
from jurat.money import format_figure
from jurat.statement import Statement

_NAMED = 3
"""How many like cells or mended checks a sentence names before it counts the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure to change: cells that no check tells apart, as they stand and as they would tie.

    To change any one of them is enough; the likeliest stands first.

    Units   the cell's own, as in `Cell.value`; a blank stands as 0.
    """

    cells: tuple[str, ...]
    stands: tuple[int, ...]
    ties: tuple[int, ...]
    shown: tuple[str, str]
    """The first cell as it stands and as it would tie, in print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """Changes that together mend failing checks and make no other worse.

    `mends` names each check with its first cell, as in "imr.6 at imr:6:1".
    """

    changes: tuple[Change, ...]
    mends: tuple[str, ...]
    why: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell named, those that no check tells apart included."""
        return tuple(cell for change in self.changes for cell in change.cells)


def suspects(subject: Outcome | Statement, limit: int = 10) -> list[Suspect]:
    """The cells most likely wrong where checks fail: the fewest changes that make all of them hold.

    Breaks that hang together are one story; each story gives at most `limit` suspects, all with the
    same, smallest number of changes, the most plausible first. Stories stand in the order of their
    number of failing checks. Breaks that somebody accepted are let alone, and so are cells of last
    year's statement and of pages stamped NONE.

    >>> from jurat.blanks import load_blank
    >>> from jurat.words import Address
    >>> figures = {"1": 500, "3": 60, "4": 506, "5": 120, "6": 440}
    >>> bare = Statement(blank=load_blank(), year=2012, cells={}, pages=frozenset({"imr"}))
    >>> imr = {Address("imr", line, "1"): figure for line, figure in figures.items()}
    >>> for suspect in suspects(bare.with_figures(imr)):
    ...     print(suspect.why)
    imr:4:1 from 506 to 560 (two digits transposed) would mend imr.4 and imr.6.
    """
    limits = Limits(subject if isinstance(subject, Outcome) else examine(subject))
    return [suspect for story in limits.stories for suspect in _of_story(limits, story, limit)]


def _of_story(limits: Limits, story: Story, limit: int) -> list[Suspect]:
    """Single cells if any will do; otherwise the smallest sets, a story for each part of them."""
    if singles := single_repairs(limits, story):
        return _ranked(limits, singles, story)[:limit]
    program = smallest_program(limits, story)
    parts = joined(program.fewest, limits.meetings(program.fewest))
    stories = [part_of for part in parts if (part_of := story & limits.touched(part))]
    if len(stories) > 1:
        return [suspect for part in stories for suspect in _of_story(limits, part, limit)]
    if repairs := list(islice(program.repairs(), limit)):
        return _ranked(limits, repairs, story)
    if first := program.in_part():
        rest = limits.after(first)
        left = story & frozenset(rest.broken)
        return _ranked(limits, [first], story) + (_of_story(rest, left, limit) if left else [])
    return []


# -- ranking ------------------------------------------------------------------------------


def _ranked(limits: Limits, repairs: Iterable[Repair], story: Story) -> list[Suspect]:
    """Suspects from repairs: those no check tells apart as one, the most plausible first.

    First those that mend most, then those that leave least difference, then the least odd figures.
    """
    found: dict[object, tuple[tuple[int, ...], Suspect]] = {}
    for repair in repairs:
        likes = frozenset(limits.column(cell) for cell in repair)
        if likes not in found:
            changes = tuple(_change(limits, cell, by) for cell, by in sorted(repair.items()))
            mends = limits.checks(limits.mended(repair))
            odd = sum(_oddness(change.stands[0], change.ties[0]) for change in changes)
            rank = (-len(mends), _left_over(limits, repair, story), odd, min(repair))
            suspect = Suspect(changes=changes, mends=mends, why=_why(changes, mends))
            found[likes] = (rank, suspect)
    return [suspect for _, suspect in sorted(found.values(), key=lambda pair: pair[0])]


def _left_over(limits: Limits, repair: Repair, story: Story) -> int:
    """How many checks would hold only within their tolerance, or be moved though they held."""
    touched = [limits.all[at] for at in limits.touched(repair) | story]
    return sum(limit.is_two_sided and limit.moved(repair) != limit.goal for limit in touched)


def _change(limits: Limits, cell: int, by: int) -> Change:
    """The change of a cell, and of every cell that would do in its stead."""
    column, (limit, mine) = limits.column(cell), limits.touching[cell][0]
    told = []
    for other, weight in limits.all[limit].terms:
        if limits.may_change(other) and limits.column(other) == column:
            stands, change = int(limits.values[other]), by * mine // weight
            told.append((_oddness(stands, stands + change), other, stands, stands + change))
    told.sort()
    _, cells, stand, tie = zip(*told, strict=True)
    kind = limits.system.kinds[cells[0]]
    return Change(
        cells=tuple(str(limits.system.cells[other]) for other in cells),
        stands=stand,
        ties=tie,
        shown=(format_figure(stand[0], kind), format_figure(tie[0], kind)),
    )


def _oddness(stands: int, ties: int) -> int:
    """How unlikely a change of figure is: a known slip, a near figure, a missing one, the rest."""
    if slip_of(stands, ties):
        return 0
    if not stands:
        return 2
    if not ties or (stands < 0) != (ties < 0):
        return 4
    return 1 if max(abs(stands), abs(ties)) <= 10 * min(abs(stands), abs(ties)) else 3


def slip_of(stands: int, ties: int) -> str:
    """The slip that would turn the right figure into the one that stands, if there is one.

    >>> slip_of(-600, 600), slip_of(12_345, 12_435), slip_of(120, 1_200), slip_of(5, 6)
    ('the sign turned', 'two digits transposed', 'a digit lost', '')
    """
    slips = {
        "the sign turned": stands == -ties,
        "two digits transposed": transposed(stands, ties),
        "a digit lost": ties == 10 * stands,
        "a digit too many": stands == 10 * ties,
        "a thousand-fold off": ties == 1000 * stands or stands == 1000 * ties,
    }
    return next((slip for slip, fits in slips.items() if fits and stands and ties), "")


# -- words --------------------------------------------------------------------------------


def _why(changes: tuple[Change, ...], mends: tuple[str, ...]) -> str:
    """One sentence: what to change into what, what that mends, what cannot be told from it."""
    told = []
    for change in changes:
        slip = slip_of(change.stands[0], change.ties[0])
        stands = change.shown[0] if change.stands[0] else "nothing"
        move = f"{change.cells[0]} from {stands} to {change.shown[1]}"
        told.append(move + (f" ({slip})" if slip else ""))
    together = " together" if len(changes) > 1 else ""
    ids = list(dict.fromkeys(check.split(" at ")[0] for check in mends))
    alike = [
        f" No check tells {change.cells[0]} from {_listed(list(change.cells[1:]))}."
        for change in changes
        if len(change.cells) > 1
    ]
    return f"{_listed(told, all_of=True)}{together} would mend {_listed(ids)}." + "".join(alike)


def _listed(names: list[str], *, all_of: bool = False) -> str:
    """Names as a sentence lists them; beyond a few the rest is counted.

    >>> _listed(["a", "b"]), _listed(["a", "b", "c", "d", "e"])
    ('a and b', 'a, b, c and 2 more')
    """
    if len(names) > _NAMED + 1 and not all_of:
        names = [*names[:_NAMED], f"{len(names) - _NAMED} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
