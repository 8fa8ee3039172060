"""A statement as a folder of web pages that opens from disk: one for each page of the blank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from string import Template

from jurat.blanks import Form
from jurat.checks import Outcome, Suspect
from jurat.publishing.charts import charts_of
from jurat.publishing.charts_html import chart_html
from jurat.publishing.report_data import Coverage, Doubt, PanelData, lights_of, named
from jurat.publishing.report_findings import Story, stories_of
from jurat.publishing.report_markup import Html, as_data, counted, joined, tag
from jurat.publishing.report_pages import forms_of
from jurat.publishing.report_parts import ReportParts
from jurat.publishing.site_pages import SitePages
from jurat.statement import Statement
from jurat.statement.explain import in_print
from jurat.words import require

INDEX, FINDINGS, ROWS = "index", "findings", "rows/index"


def write_site(  # noqa: PLR0913  what a reading holds comes as plain values
    statement: Statement,
    outcome: Outcome,
    folder: Path | str,
    *,
    suspects: Sequence[Suspect] | None = None,
    doubts: Sequence[Doubt] = (),
    coverage: Coverage | None = None,
    source: str = "",
    has_rows: bool = False,
) -> None:
    """Write a statement as web pages into a folder: begin at its `index.html`.

    The pages work from disk and ask nothing of the network; without scripts they can still be read.
    Every cell has a stable address, `liabilities.html#liabilities:3:1`, and every row,
    `liabilities.html#liabilities:3`. The same statement gives the same bytes. The other values are
    those of `write_report`.
    """
    parts = ReportParts(
        statement=statement,
        outcome=outcome,
        suspects=suspects,
        doubts=doubts,
        coverage=coverage,
        source=Path(source).name,
        href=href_of,
    )
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    for name, text in _Site(parts=parts, has_rows=has_rows).files():
        (home / name).write_text(text, encoding="utf-8", newline="\n")


def href_of(place: str) -> str:
    """The link to a cell from any page of the site.

    >>> href_of("liabilities:3:1")
    'liabilities.html#liabilities:3:1'
    """
    return f"{place.partition(':')[0]}.html#{place}"


@dataclass(frozen=True, kw_only=True)
class _Site:
    parts: ReportParts
    has_rows: bool = False
    """Whether the rows of detail schedules stand beside, in the folder `rows`."""

    @property
    def statement(self) -> Statement:
        """The statement that is shown."""
        return self.parts.statement

    @cached_property
    def forms(self) -> list[Form]:
        """The pages it has."""
        forms = forms_of(self.statement)
        require(
            not {form.name for form in forms} & {INDEX, FINDINGS},
            "no page of a blank is called as a page of the site",
        )
        return forms

    @cached_property
    def pages(self) -> SitePages:
        """What prints them."""
        lights = lights_of(self.parts.outcome.findings)
        return SitePages(self.statement, lights, self.parts.doubtful)

    def files(self) -> Iterator[tuple[str, str]]:
        """Every file of the folder with its text."""
        yield "style.css", _asset("report_assets", "report.css") + _asset("site_assets", "site.css")
        yield "site.js", _asset("report_assets", "report.js") + _asset("site_assets", "search.js")
        yield f"{INDEX}.html", self._html(INDEX, "Overview", self._index())
        yield f"{FINDINGS}.html", self._html(FINDINGS, "Findings", self.parts.findings())
        for at, form in enumerate(self.forms):
            body = joined([self.parts.legend(), self.pages.page(form), self._turns(at)])
            yield f"{form.name}.html", self._html(form.name, named(form.title), body)
        yield "data.js", self._data()

    def _data(self) -> str:
        """What every page's panel and search tell, as a script: browsers read no other file from disk."""
        panel = PanelData(self.statement, self.parts.outcome, self.parts.doubts)
        blanks = [place for place in sorted(self.pages.printed) if place.count(":") > 1]
        data = {
            "source": self.parts.source,
            "pages": {form.name: named(form.title) for form in self.forms},
            **panel.all(blanks),
        }
        return f"window.jurat = {as_data(data)};\n"

    # -- one page -------------------------------------------------------------------------

    def _html(self, name: str, title: str, body: Html) -> str:
        parts = self.parts
        company = f"{parts.company} {self.statement.year}"
        return Template(_asset("site_assets", "page.html")).substitute(
            page=name,
            title=tag("title", f"{title}: {company}"),
            header=parts.header() if name == INDEX else self._running_head(),
            own=joined(self._own(name)),
            index=joined(self._entry(form, name) for form in self.forms),
            body=body,
        )

    def _running_head(self) -> Html:
        told = f"{self.parts.company}, {self.statement.year}"
        notices = [tag("p", notice, class_="notice") for notice in self.statement.notices]
        return joined([tag("p", tag("a", told, href=f"{INDEX}.html"), class_="running"), *notices])

    def _own(self, here: str) -> Iterator[Html]:
        """The site's own pages in its contents."""
        rows = ((ROWS, "Rows of schedules"),) if self.has_rows else ()
        for name, title in ((INDEX, "Overview"), (FINDINGS, "Findings"), *rows):
            current = "page" if name == here else ""
            yield tag("li", tag("a", title, href=f"{name}.html", aria_current=current))

    def _entry(self, form: Form, here: str) -> Html:
        entry = self.pages.entry(form, f"{form.name}.html")
        return (
            Html(entry.replace("<a ", '<a aria-current="page" ', 1)) if form.name == here else entry
        )

    def _turns(self, at: int) -> Html:
        """The pages before and behind, as one leafs through a statement."""
        told = []
        for step, word in ((-1, "Before"), (1, "Next")):
            if 0 <= at + step < len(self.forms):
                form = self.forms[at + step]
                link = tag("a", named(form.title), href=f"{form.name}.html")
                told.append(tag("p", tag("small", word), " ", link, class_=word.lower()))
        return tag("nav", *told, class_="turns", aria_label="Pages before and behind")

    # -- the overview -----------------------------------------------------------------------

    def _index(self) -> Html:
        charts = [chart_html(chart, href_of) for chart in charts_of(self.statement)]
        stories = stories_of(self.parts.outcome.findings)
        made = [tag("section", self.parts.summary(), class_="part summary")]
        if stories:
            made.append(_section("stories", "What breaks", tag("ol", *map(_story, stories))))
        if charts:
            made.append(
                _section("charts", "The year in bars", tag("div", *charts, class_="charts"))
            )
        made.append(_section("pages", "Pages", self._table()))
        return joined(made)

    def _table(self) -> Html:
        """Every page of the blank with what is on it; those the document lacks without a link."""
        filled: dict[str, int] = {}
        for address, cell in self.statement.cells.items():
            filled[address.page] = filled.get(address.page, 0) + bool(cell.shown)
        there = {form.name for form in self.forms}
        rows = []
        for name, form in self.statement.blank.pages.items():
            title = named(form.title)
            is_none = name in self.statement.none_pages
            state = "NONE" if is_none else counted(filled.get(name, 0), "cell")
            rows.append(
                tag(
                    "tr",
                    tag("td", form.declared.number.replace("-", ""), class_="num"),
                    tag(
                        "th",
                        tag("a", title, href=f"{name}.html") if name in there else title,
                        scope="row",
                    ),
                    tag("td", state if name in there else "not in the document"),
                    class_="" if name in there else "absent",
                )
            )
        names = (("Page", "num"), ("Title", ""), ("Holds", ""))
        head = tag("tr", *(tag("th", name, scope="col", class_=kind) for name, kind in names))
        return tag("table", tag("thead", head), tag("tbody", *rows), class_="contents")


def _story(story: Story) -> Html:
    first = story.findings[0]
    link = tag("a", in_print(first.law), href=f"{FINDINGS}.html#story-{story.root}")
    size = first.show(first.difference) if first.left is not None else ""
    more = len(story.findings) - 1
    told = [tag("span", f"and {counted(more, 'other break')} with it")] if more else []
    kind = "warn" if story.is_warning else "fail"
    return tag("li", tag("b", size, class_="num"), " ", link, " ", *told, class_=kind)


def _section(name: str, title: str, body: Html) -> Html:
    return tag("section", tag("h2", title), body, class_="part", id=name)


def _asset(folder: str, name: str) -> str:
    return files("jurat.publishing").joinpath(folder, name).read_text(encoding="utf-8")
