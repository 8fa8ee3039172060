"""Charts as tables: caption, figure, and a bar drawn to one scale in the last column."""

from collections.abc import Callable

from jurat.money import format_figure
from jurat.publishing.charts import Bar, Chart
from jurat.publishing.report_markup import Html, joined, tag

_WIDTH = 10_000
"""How many parts a bar's full width has: positions are whole numbers, the same everywhere."""


def chart_html(chart: Chart, href: Callable[[str], str]) -> Html:
    """A chart anyone can read: a table to a screen reader, bars to the eye."""
    low, high = _scale(chart)
    rows = [_row(bar, low, max(high - low, 1), href) for bar in chart.bars]
    names = (("Line", "row"), ("Amount", "num"), ("Bar", "bar"))
    head = tag("tr", *(tag("th", name, scope="col", class_=kind) for name, kind in names))
    table = tag("table", tag("thead", head), tag("tbody", *rows), class_="chart")
    told = f"{chart.told} The scale begins at {format_figure(low)}." if low > 0 else chart.told
    caption = tag("figcaption", tag("h3", chart.title), tag("p", told))
    return tag("figure", caption, table, id=f"chart-{chart.name}")


def _scale(chart: Chart) -> tuple[int, int]:
    """From where to where the bars reach: from nought, but where steps would vanish beside totals."""
    edges = [edge for bar in chart.bars for edge in (bar.start, bar.end)]
    steps = [edge for bar in chart.bars if not bar.is_total for edge in (bar.start, bar.end)]
    low, high = min(steps, default=0), max(edges)
    if any(bar.is_total for bar in chart.bars) and 0 < high - low < low:
        unit = 10 ** max(len(str(high - low)) - 2, 0)
        return max(low - (high - low) // 4, 0) // unit * unit, high
    return min(0, *edges), max(0, *edges)


def _row(bar: Bar, low: int, span: int, href: Callable[[str], str]) -> Html:
    figure = tag("a", bar.shown, href=href(bar.place)) if bar.place else Html(bar.shown)
    kind = "total" if bar.is_total else "less" if bar.end < bar.start else "more"
    return tag(
        "tr",
        tag("th", bar.caption, scope="row"),
        tag("td", figure, class_="num"),
        tag("td", _drawn(bar, low, span, kind), class_="bar"),
        class_=kind,
    )


def _drawn(bar: Bar, low: int, span: int, kind: str) -> Html:
    """The bar as a drawing, with a line where nought is."""
    left, right = (
        (_WIDTH * max(edge - low, 0) + span // 2) // span for edge in sorted((bar.start, bar.end))
    )
    nought = (_WIDTH * -low + span // 2) // span
    wide = max(right - left, 20)
    left = min(left, _WIDTH - wide)
    rule = f'<path d="M{nought} 0V10"></path>' if 0 < nought < _WIDTH else ""
    rect = f'<rect class="{kind}" x="{left}" y="1" width="{wide}" height="8"></rect>'
    return joined(
        [
            Html(
                f'<svg viewBox="0 0 {_WIDTH} 10" preserveAspectRatio="none" aria-hidden="true" '
                f'focusable="false">{rule}{rect}</svg>'
            )
        ]
    )
