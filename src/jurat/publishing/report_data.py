"""What the report's side panel tells of each figure: its reason, its checks, its evidence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from jurat.checks import Finding, Grade, Outcome
from jurat.money import format_figure
from jurat.statement import CellState, Computed, Given, Read, Statement, Summed
from jurat.statement.explain import Reason, caption_of, explain, in_print
from jurat.words import TOTAL_ROW, Address, Severity, UsageError

_SMALL = frozenset({"OF", "AND", "THE", "FOR", "BY", "IN", "TO", "ON", "BETWEEN", "DURING"})
_SHORT = 3
PRIOR = "prior "


class Doubt(Protocol):
    """Something a reader could not settle."""

    @property
    def address(self) -> Address | None:
        """The cell it is about."""

    @property
    def is_weak(self) -> bool:
        """Whether it reads cleanly, in a print that is damaged elsewhere."""

    @property
    def seen(self) -> str:
        """What was printed."""

    @property
    def chosen(self) -> str:
        """What was kept."""

    @property
    def why(self) -> str:
        """Why it is not sure."""

    @property
    def where(self) -> str:
        """Where in the document it stands: a line, or a sheet and its cell."""

    @property
    def rejected(self) -> Sequence[str]:
        """What else it could be."""


class Coverage(Protocol):
    """Where every number token of a document went."""

    @property
    def tokens(self) -> int:
        """How many there are."""

    @property
    def share(self) -> float:
        """The share accounted for."""

    @property
    def placed(self) -> Mapping[str, int]:
        """How many stand in a cell, are a label, and so on."""

    @property
    def unplaced(self) -> Sequence[tuple[int, int, str]]:
        """Those that found no place: line, column, token."""


# -- where a cell stands, in words ---------------------------------------------------------


def named(title: str) -> str:
    """A title in capitals as running text prints it.

    >>> named("EXHIBIT OF NET INVESTMENT INCOME"), named("SCHEDULE DB - PART A")
    ('Exhibit of Net Investment Income', 'Schedule DB - Part A')
    """
    if not title.isupper():
        return title
    words = title.split(" ")
    return " ".join(_named_word(word, is_first=not at) for at, word in enumerate(words))


def _named_word(word: str, *, is_first: bool) -> str:
    if word in _SMALL and not is_first:
        return word.lower()
    if word.startswith("("):
        return f"({_named_word(word[1:], is_first=True)}"
    is_label = len(word) < _SHORT or any(sign.isdigit() for sign in word)
    return word if is_label else word.capitalize()


def whereabouts(statement: Statement, place: str) -> str:
    """Page, line and column of a cell in words.

    The prior year's cells are of last year's statement.
    """
    if place.startswith(PRIOR):
        return f"last year's {whereabouts(statement, place.removeprefix(PRIOR))}"
    address = Address.parse(place)
    form = statement.blank.pages.get(address.page)
    told = [named(form.title) if form else address.page]
    if address.line[:1].isdigit():
        told.append(f"Line {address.line}")
    elif address.line.startswith("("):
        told.append(f"Note {address.line}")
    if address.row:
        told.append("Totals" if address.row == TOTAL_ROW else f"Row {address.row}")
    if address.inset:
        told.append(f"blank {address.inset} of the caption")
    elif address.column:
        told.append(f"Col. {address.column}{_column_caption(statement, address)}")
    return ", ".join(told)


def _column_caption(statement: Statement, address: Address) -> str:
    line = statement.blank.line(address.page, address.line)
    column = line.column(address.column) if line else None
    return f", {column.caption}" if column and column.caption else ""


# -- lights --------------------------------------------------------------------------------

FAILS, WARNS = "fail", "warn"
_STRENGTH = (FAILS, WARNS, str(Grade.ACCEPTED), str(Grade.ROUNDING))
LIGHTS = {
    FAILS: "a check fails",
    WARNS: "a warning",
    str(Grade.ACCEPTED): "an accepted break",
    str(Grade.ROUNDING): "rounding",
}
"""What each light means, the strongest first."""


def light_of(finding: Finding) -> str:
    """The light of a finding: its grade, a failing warning apart; nothing for what holds."""
    if finding.grade is Grade.FAIL:
        return FAILS if finding.severity is Severity.ERROR else WARNS
    return str(finding.grade) if str(finding.grade) in _STRENGTH else ""


def lights_of(findings: Iterable[Finding]) -> dict[str, str]:
    """The light of each cell: the worst of its checks, faint where it is one part of a sum.

    The left side of a check, and both sides of a tie between two cells, stand in full light.
    """
    ranked: dict[str, tuple[int, bool]] = {}
    for finding in findings:
        light = light_of(finding)
        if not light:
            continue
        for at, cell in enumerate(finding.cells):
            rank = (_STRENGTH.index(light), at > 0 and len(finding.cells) > 2)
            ranked[cell] = min(rank, ranked.get(cell, rank))
    return {
        cell: f"{_STRENGTH[light]}{' part' if is_part else ''}"
        for cell, (light, is_part) in ranked.items()
    }


# -- the panel's data ----------------------------------------------------------------------


class PanelData:
    """Collects, for every cell the report can open, what the panel tells of it."""

    def __init__(self, statement: Statement, outcome: Outcome, doubts: Iterable[Doubt]) -> None:
        """Look at everything that was checked; checks of blanks alone are left out."""
        self.statement = statement
        self.checks = [f for f in outcome.everything if f.cells and not f.is_empty]
        self.checks_of: dict[str, list[int]] = defaultdict(list)
        for at, finding in enumerate(self.checks):
            for cell in dict.fromkeys(finding.cells):
                self.checks_of[cell].append(at)
        self.doubts_of: dict[str, list[str]] = defaultdict(list)
        for doubt in doubts:
            against = f"; it could be {', '.join(doubt.rejected)}" if doubt.rejected else ""
            told = f"kept {doubt.chosen!r} of {doubt.seen!r}: {doubt.why}{against}"
            self.doubts_of[str(doubt.address)].append(told)

    def all(self, blanks: Iterable[str] = ()) -> dict[str, Any]:
        """Every filled cell, every cell of a check that is told, and what their reasons name.

        `blanks` are cells that can be asked for though nothing stands in them.
        """
        waiting = [*blanks]
        waiting += [str(a) for a, cell in self.statement.cells.items() if cell.shown]
        waiting += [c for f in self.checks if f.grade is not Grade.NOT_RUN for c in f.cells]
        cells: dict[str, dict[str, Any]] = {}
        while waiting:
            place = waiting.pop()
            if place in cells:
                continue
            reason = self._reason(place)
            cells[place] = self._cell(place, reason)
            waiting += [part.place for part in reason.parts]
        return {"cells": cells, "checks": [_check(finding) for finding in self.checks]}

    def _reason(self, place: str) -> Reason:
        """A cell's rule with its parts alone: the panel puts the tree together."""
        try:
            if not place.startswith(PRIOR):
                return explain(self.statement, place, depth=1)
        except UsageError:  # a check may name a line that this filer does not have
            return Reason(place=place, shown="(blank)", caption="")
        prior, address = self.statement.prior, Address.parse(place.removeprefix(PRIOR))
        shown = prior[address].shown if prior else "(not at hand)"
        caption = caption_of(prior or self.statement, address)
        told = "" if prior else "last year's statement is not at hand"
        return Reason(place=place, shown=shown, caption=caption, evidence=told)

    def _cell(self, place: str, reason: Reason) -> dict[str, Any]:
        is_prior = place.startswith(PRIOR)
        told = {
            "shown": reason.shown or "(blank)",
            "caption": reason.caption,
            "where": whereabouts(self.statement, place),
            "rule": in_print(reason.rule),
            "ruleId": reason.rule_id,
            "rest": self._residual(reason) if reason.residual else "",
            "parts": [[part.sign, part.place] for part in reason.parts],
            "checks": self.checks_of.get(place, []),
            "doubts": self.doubts_of.get(place, []),
            **({"told": reason.evidence} if is_prior else self._evidence(place, reason)),
        }
        return {key: value for key, value in told.items() if value}

    def _residual(self, reason: Reason) -> str:
        return format_figure(reason.residual, self.statement[reason.place].kind)

    def _evidence(self, place: str, reason: Reason) -> dict[str, Any]:
        cell = self.statement.cells.get(Address.parse(place))
        match cell.because if cell else None:
            case Read(raw=raw, line=line, repair=None):
                return {"line": line, "raw": raw}
            case Read(raw=raw, line=line, repair=repair) if repair is not None:
                mended = [repair.seen, repair.chosen, repair.proof, list(repair.rejected)]
                return {"line": line, "raw": raw, "repair": mended}
            case Computed(words=words):
                return {"told": f"computed by the form's rule: {words}"}
            case Given(source=source):
                return {"told": f"given by {source}" if source else "given by the maker"}
            case Summed(words=words, among=among, count=count):
                return {"told": f"{words} of {count:,} rows of {among}"}
        is_xxx = cell is not None and cell.state is CellState.NOT_APPLICABLE
        return {"told": "the form prints XXX here" if is_xxx else reason.evidence or "left blank"}


def _check(finding: Finding) -> dict[str, Any]:
    told = {
        "id": finding.id,
        "grade": str(finding.grade),
        "severity": str(finding.severity),
        "law": in_print(finding.law),
        "left": finding.show(finding.left),
        "right": finding.show(finding.right),
        "off": finding.show(finding.difference) if finding.difference else "",
        "allowed": format_figure(finding.allowed, finding.kind),
        "cell": finding.cells[0],
        "other": finding.cells[1] if len(finding.cells) == 2 else "",
        "detail": finding.detail,
    }
    if finding.grade is not Grade.PASS:
        told |= {"why": finding.why, "hint": finding.hint, "premise": finding.premise}
    return {key: value for key, value in told.items() if value}
