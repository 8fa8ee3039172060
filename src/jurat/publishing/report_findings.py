"""What was found, as HTML: stories as cards, rounding as a table, suspects, doubts, repairs."""

import re
import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from jurat.checks import Finding, Grade, Part, Suspect
from jurat.checks.suspects import slip_of
from jurat.money import format_figure
from jurat.publishing.report_data import PRIOR, Doubt, whereabouts
from jurat.publishing.report_markup import Html, counted, fold, joined, tag
from jurat.statement import Read, Statement
from jurat.statement.explain import caption_of, in_print
from jurat.words import Address, Severity

_PARTS = 3
_SUSPECTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Findings that break for one reason."""

    findings: tuple[Finding, ...]

    @property
    def root(self) -> str:
        """What names the story."""
        return self.findings[0].root or self.findings[0].id

    @property
    def is_warning(self) -> bool:
        """Whether none of them is an error."""
        return all(finding.severity is Severity.WARNING for finding in self.findings)


def stories_of(findings: Iterable[Finding]) -> list[Story]:
    """The breaks grouped by root, in the order of the findings."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.grade in (Grade.FAIL, Grade.NOT_RUN):
            grouped.setdefault(finding.root or finding.id, []).append(finding)
    return [Story(findings=tuple(members)) for members in grouped.values()]


class FindingsHtml:
    """Prints findings with links to the figures they speak of."""

    def __init__(
        self, statement: Statement, source: str, href: Callable[[str], str] = "#{}".format
    ) -> None:
        """Print the findings of a statement that was read from `source`; a cell is found at `href`."""
        self.statement, self.source, self.href = statement, source, href

    # -- places ----------------------------------------------------------------------------

    def place(self, place: str) -> Html:
        """A cell's address as a link to it."""
        if place.startswith(PRIOR):
            return tag("span", place, class_="ref")
        title = whereabouts(self.statement, place)
        return tag("a", place, class_="ref", href=self.href(place), title=title)

    def _caption(self, place: str) -> str:
        if place.startswith(PRIOR):
            return "last year's statement"
        return caption_of(self.statement, Address.parse(place))

    # -- breaks ----------------------------------------------------------------------------

    def stories(self, stories: Sequence[Story], empty: str) -> Html:
        """Each story as one card; what to say when there is none."""
        if not stories:
            return tag("p", empty, class_="empty")
        return joined(self._story(story) for story in stories)

    def _story(self, story: Story) -> Html:
        lead = story.findings[0].story
        head = tag("h3", f"{lead}.", class_="story") if lead else Html("")
        groups = groupby(story.findings, key=lambda f: f.id if f.left is None else (f.id, f.cells))
        told = [self._told(list(members)) for _, members in groups]
        kind = "card warning" if story.is_warning else "card"
        return tag("article", head, *told, class_=kind, id=f"story-{story.root}")

    def _told(self, members: list[Finding]) -> Html:
        first = members[0]
        state = "could not run" if first.grade is Grade.NOT_RUN else str(first.severity)
        badge = tag("span", state, class_=f"badge {first.severity}")
        head = tag("h4", badge, tag("span", in_print(first.law)), tag("code", first.id))
        body = self._sides(first) if first.left is not None else self._places(members)
        return tag("div", head, tag("p", first.why, class_="why"), body, *self._more(first))

    def _sides(self, finding: Finding) -> Html:
        """Both sides, what lies between them, and what rounding may leave."""
        (left, *others), (law, _, rule) = finding.cells, in_print(finding.law).partition(" = ")
        is_sum = " + " in law or " - " in law
        told = {
            "left": tag("td", law) if is_sum else self._side(left),
            "right": self._side(others[0]) if len(others) == 1 else tag("td", rule or "the rule"),
            "off": tag("td", "Difference"),
            "allowed": tag("td", "Allowed"),
        }
        shown = {
            "left": finding.show(finding.left),
            "right": finding.show(finding.right),
            "off": finding.show(finding.difference),
            "allowed": format_figure(finding.allowed, finding.kind),
        }
        rows = [tag("tr", told[side], _number(shown[side]), class_=side) for side in told]
        return joined([tag("table", *rows, class_="sides"), self._parts(finding.parts)])

    def _side(self, place: str) -> Html:
        return tag("td", tag("span", self._caption(place)), " ", self.place(place))

    def _parts(self, parts: Sequence[Part]) -> Html:
        if len(parts) < 2:
            return Html("")
        rows = [self._part(part) for part in parts]
        more = rows[_PARTS:]
        shown = tag("table", *rows[:_PARTS], class_="sides parts")
        rest = fold(
            f"and {counted(len(more), 'smaller part')}", tag("table", *more, class_="sides parts")
        )
        return joined(
            [tag("p", "Largest parts", class_="label"), shown, rest if more else Html("")]
        )

    def _part(self, part: Part) -> Html:
        sign = tag("i", "less ") if part.sign < 0 else Html("")
        told = tag("td", sign, tag("span", part.caption), " ", self.place(part.place))
        return tag("tr", told, _number(part.shown or f"{part.value:,}"))

    def _places(self, members: Sequence[Finding]) -> Html:
        """A condition once, with every place where it does not hold."""
        told = []
        for member in members:
            cells = [piece for cell in member.cells for piece in (self.place(cell), Html(" "))]
            told.append(tag("li", *cells, member.detail))
        return tag("ul", *told, class_="places")

    def _more(self, finding: Finding) -> list[Html]:
        next_step = finding.next.replace(" FILE ", f" {shlex.quote(self.source or 'FILE')} ")
        detail = finding.detail if finding.left is not None else ""
        told = {"Note": detail, "Hint": finding.hint, "Holds when": finding.premise}
        made = [
            tag("p", tag("b", label), " ", text, class_="more")
            for label, text in told.items()
            if text
        ]
        if next_step:
            made.append(tag("p", tag("b", "Next"), " ", tag("code", next_step), class_="more"))
        return made

    # -- tables ----------------------------------------------------------------------------

    def table(self, findings: Sequence[Finding], empty: str) -> Html:
        """Findings a line each: rounding and accepted breaks."""
        if not findings:
            return tag("p", empty, class_="empty")
        names = ("Check", "Law", "Left", "Right", "Difference", "Allowed")
        head = tag("tr", *(tag("th", name, scope="col") for name in names))
        rows = [self._line(finding) for finding in findings]
        table = tag("table", tag("thead", head), tag("tbody", *rows), class_="list")
        return tag("div", table, class_="scroll", tabindex="-1")

    def _line(self, finding: Finding) -> Html:
        place = self.place(finding.cells[0]) if finding.cells else Html("")
        law = [tag("span", in_print(finding.law)), Html(" "), place]
        if finding.grade is Grade.ACCEPTED:
            law.append(tag("em", finding.detail))
        sides = (finding.show(finding.left), finding.show(finding.right))
        allowed = format_figure(finding.allowed, finding.kind)
        figures = [*sides, finding.show(finding.difference), allowed]
        return tag(
            "tr",
            tag("td", tag("code", finding.id)),
            tag("td", *law, title=finding.why),
            *(_number(figure) for figure in figures),
        )

    # -- suspects --------------------------------------------------------------------------

    def suspects(self, suspects: Sequence[Suspect] | None, *, has_breaks: bool) -> Html:
        """The likeliest changes of each story, the fewest first."""
        if not suspects:
            none_found = "No change of a few figures was found that would mend the breaks."
            if suspects is None:
                none_found = "They were not looked for."
            empty = none_found if has_breaks else "Nothing is broken: no figure is suspected."
            return tag("p", empty, class_="empty")
        made = []
        for mends, group in groupby(suspects, key=lambda suspect: suspect.mends):
            members = list(group)
            ids = ", ".join(dict.fromkeys(check.split(" at ")[0] for check in mends))
            told = [self._suspect(suspect) for suspect in members]
            rest = told[_SUSPECTS:]
            more = [fold(f"and {counted(len(rest), 'other way')}", *rest)] if rest else []
            title = tag("h4", tag("span", f"To mend {ids}"))
            made.append(tag("article", title, *told[:_SUSPECTS], *more, class_="card suspect"))
        return joined(made)

    def _suspect(self, suspect: Suspect) -> Html:
        rows = []
        for change in suspect.changes:
            cell = change.cells[0]
            stands = change.shown[0] if change.stands[0] else "(blank)"
            alike = [piece for other in change.cells[1:] for piece in (" or ", self.place(other))]
            found = slip_of(change.stands[0], change.ties[0])
            slip = tag("em", f" {found}") if found else Html("")
            told = tag("td", tag("span", self._caption(cell)), " ", self.place(cell), *alike, slip)
            rows.append(tag("tr", told, _number(stands), _number(f"→ {change.shown[1]}")))
        return tag("table", *rows, class_="sides")

    # -- the reading -----------------------------------------------------------------------

    def doubts(self, doubts: Sequence[Doubt]) -> Html:
        """What could not be settled; a damaged print's cells fold to one line."""
        if not doubts:
            return tag("p", "Nothing is in doubt.", class_="empty")
        grouped: dict[str, list[Doubt]] = {}
        for doubt in doubts:
            if not doubt.is_weak:
                grouped.setdefault(doubt.why, []).append(doubt)
        weak = [doubt for doubt in doubts if doubt.is_weak]
        made = [
            tag("article", tag("h4", tag("span", why)), self._doubts(members), class_="card doubt")
            for why, members in grouped.items()
        ]
        if not made:
            made.append(tag("p", "No figure is in doubt.", class_="empty"))
        if weak:
            told = (
                f"{counted(len(weak), 'cell')} of which no check proves the line: "
                "this print is damaged elsewhere, so a figure may stand one line off."
            )
            made.append(fold(told, self._doubts(weak), class_="lines"))
        return joined(made)

    def _doubts(self, doubts: Sequence[Doubt]) -> Html:
        return tag("ul", *(self._doubt(doubt) for doubt in doubts), class_="places")

    def _doubt(self, doubt: Doubt) -> Html:
        place = self.place(str(doubt.address)) if doubt.address else Html("")
        against = f"; could be {', '.join(doubt.rejected)}" if doubt.rejected else ""
        told = f" {doubt.where}: saw {doubt.seen!r}, kept {doubt.chosen!r}{against}"
        return tag("li", place, told)

    def repairs(self) -> Html:
        """What was not simply as printed, a line of the document at a time."""
        grouped: dict[tuple[int, str, str, str], list[str]] = {}
        for address, cell in self.statement.cells.items():
            if isinstance(cell.because, Read) and (repair := cell.because.repair):
                key = (cell.because.line, repair.seen, repair.chosen, repair.proof)
                grouped.setdefault(key, []).append(str(address))
        if not grouped:
            return tag("p", "Nothing had to be repaired.", class_="empty")
        rows = []
        for (line, seen, chosen, proof), cells in sorted(grouped.items()):
            places = [piece for cell in cells for piece in (self.place(cell), Html(" "))]
            texts = (tag("td", seen), _chosen(chosen), tag("td", proof))
            rows.append(tag("tr", _number(f"{line}"), *texts, tag("td", *places)))
        names = ("Line", "Saw", "Chose", "Because", "Cells")
        head = tag("tr", *(tag("th", name, scope="col") for name in names))
        table = tag("table", tag("thead", head), tag("tbody", *rows), class_="list repairs")
        return tag("div", table, class_="scroll", tabindex="-1")


def _chosen(chosen: str) -> Html:
    """What was chosen, a column a line: "1=10,834,795 2=10,368,384" as columns 1 and 2."""
    parts = _COLUMN.findall(chosen)
    if "".join(f"{column}={figure}" for column, figure in parts) != chosen.replace(" ", ""):
        return tag("td", chosen)
    rows = [tag("div", tag("i", f"Col. {column}"), " ", figure) for column, figure in parts]
    return tag("td", *rows, class_="chosen")


_COLUMN = re.compile(r"(\w+)=(\S+)")


def _number(text: str) -> Html:
    return tag("td", text, class_="num")
