"""Detail schedules as web pages: rows a hundred at a time, loaded from disk in parts; search by CUSIP."""

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import islice
from pathlib import Path
from string import Template

from jurat.money import Kind
from jurat.publishing.details.schedule import Entry, EntryKind, Schedule
from jurat.publishing.report_markup import Html, joined, tag
from jurat.words.page import Column

FOLDER = "rows"
PART = 1_000
"""Printed rows in a part."""
FOUND_BY = ("cusip", "loan", "depository", "ticker", "counterparty", "description", "name")
"""The columns rows are found by, the first that a page has."""


def write_rows_pages(schedules: Sequence[Schedule], site: Path) -> None:
    """The rows of the schedules as pages of the site, in its folder `rows`.

    Browsers read no file from disk but scripts: the rows are scripts of a thousand rows each, loaded
    when they come into sight. The same rows give the same bytes.
    """
    home = site / FOLDER
    home.mkdir()
    (home / "rows.js").write_text(_asset("rows.js"), encoding="utf-8", newline="\n")
    listed = []
    for schedule in schedules:
        count, finder = 0, []
        for part, entries in enumerate(_parts(schedule)):
            rows = [entry_data(entry) for entry in entries]
            _write(home / f"{schedule.name}.{part}.js", f"jurat_rows({part}, {_json(rows)});\n")
            finder += [
                [count + at, _found_by(schedule, row)]
                for at, row in enumerate(rows)
                if row[0] == "r"
            ]
            count += len(rows)
        _write(home / f"{schedule.name}.find.js", f"jurat_find({_json(finder)});\n")
        _write(home / f"{schedule.name}.html", _page(schedule, count))
        listed.append(_listed(schedule))
    _write(
        home / "index.html",
        _filled("Rows of the detail schedules", tag("ol", joined(listed), class_="pages")),
    )


def entry_data(entry: Entry) -> list[str]:
    """A printed row as its part holds it: what it is, its number, then its words."""
    if entry.kind is EntryKind.HEADING:
        return ["h", "", entry.caption]
    if entry.kind is EntryKind.SUBTOTAL:
        return ["t", entry.key, entry.caption, *entry.cells]
    return ["r", entry.key, *entry.cells]


def _parts(schedule: Schedule) -> Iterator[list[Entry]]:
    entries = schedule.entries()
    while part := list(islice(entries, PART)):
        yield part


def _found_by(schedule: Schedule, row: Sequence[str]) -> str:
    names = [column.name for column in schedule.columns]
    at = next((names.index(name) for name in FOUND_BY if name in names), 0)
    return row[2 + at]


def _listed(schedule: Schedule) -> Html:
    told = f"{len(schedule.detail):,} rows"
    link = tag("a", schedule.form.title, href=f"{schedule.name}.html")
    return tag("li", joined([link, tag("small", f" {told}")]))


def _page(schedule: Schedule, count: int) -> str:
    page = schedule.form.declared
    numbers = [
        tag("th", "Line", scope="col"),
        *(tag("th", c.number, scope="col") for c in schedule.columns),
    ]
    captions = [
        tag("th", ""),
        *(tag("th", c.caption, class_=_side(c)) for c in schedule.columns),
    ]
    table = tag(
        "table",
        joined(
            [
                tag("thead", joined([tag("tr", joined(captions)), tag("tr", joined(numbers))])),
                tag("tbody", "", id="rows"),
            ]
        ),
        class_="rows",
    )
    kinds = {
        "kinds": [str(column.kind) for column in schedule.columns],
        "count": count,
        "part": PART,
    }
    data = tag("div", "", id="told", data_page=schedule.name, data_told=_json(kinds))
    below = joined(tag("p", text, class_="below") for text in page.below)
    return _filled(
        page.title, joined([below, data, tag("div", table, class_="wide")]), schedule.name
    )


def _side(column: Column) -> str:
    return "" if column.kind in (Kind.TEXT, Kind.CODE, Kind.DATE) else "num"


def _filled(title: str, body: Html, page: str = "") -> str:
    return Template(_asset("rows.html")).substitute(
        title=tag("title", title), head=tag("h1", title), body=body, page=page
    )


def _asset(name: str) -> str:
    return (files("jurat.publishing") / "site_assets" / name).read_text(encoding="utf-8")


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
