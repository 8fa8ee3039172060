"""Charts: bars add to the totals they are drawn from, steps run from opening to closing."""

from jurat.golden import tying_statement
from jurat.publishing.charts import Chart, charts_of
from jurat.publishing.charts_html import chart_html
from jurat.publishing.site import href_of
from jurat.statement import Statement
from jurat.words import Address


def chart(statement: Statement, name: str) -> Chart:
    return next(one for one in charts_of(statement) if one.name == name)


def test_the_classes_of_assets_add_to_all_assets(golden: Statement) -> None:
    bars = chart(golden, "assets").bars
    assert sum(bar.end for bar in bars) == golden["assets:17:3"].figure
    assert [abs(bar.end) for bar in bars] == sorted((abs(bar.end) for bar in bars), reverse=True)


def test_the_steps_run_from_last_year_to_this(golden: Statement) -> None:
    for name, closing in (
        ("reserves_roll", "reserves:16:1"),
        ("schedule_d_roll", "schedule_d:12:"),
        ("imr_roll", "imr:6:1"),
    ):
        opening, *steps, last = chart(golden, name).bars
        assert (opening.start, opening.is_total, last.is_total) == (0, True, True)
        assert last.place == closing
        at = opening.end
        for step in steps:
            assert step.start == at
            at = step.end
        assert at == last.end == golden[closing].figure
        assert "Not explained by the steps" not in [step.caption for step in steps]


def test_what_the_steps_leave_over_is_a_bar_of_its_own(golden: Statement) -> None:
    closing = Address.parse("imr:6:1")
    broken = golden.with_figures({closing: golden[closing].figure + 7})
    rest = chart(broken, "imr_roll").bars[-2]
    assert (rest.caption, rest.shown, rest.place) == ("Not explained by the steps", "7", "")


def test_reserves_by_line_of_business_add_to_the_reserve(golden: Statement) -> None:
    bars = chart(golden, "reserves_by_line").bars
    assert sum(bar.end for bar in bars) == golden["reserves:16:1"].figure


def test_the_run_off_has_a_bar_for_each_year(example: Statement) -> None:
    bars = chart(example, "imr_amortization").bars
    assert [bar.caption for bar in bars[:2]] == ["2012", "2013"]
    assert bars[0].end == example["imr_amortization:1:4"].figure
    assert bars[-1].end != 0


def test_a_statement_without_the_pages_has_no_chart(example: Statement) -> None:
    bare = Statement(blank=example.blank, year=2012, cells={}, pages=frozenset({"cover"}))
    assert charts_of(bare) == ()


def test_every_bar_is_drawn_inside_its_chart_and_links_to_its_cell(example: Statement) -> None:
    for statement in (example, tying_statement(example, 5)):
        for one in charts_of(statement):
            html = str(chart_html(one, href_of))
            for bar in one.bars:
                assert f'href="{href_of(bar.place)}"' in html or not bar.place
            for rect in html.split("<rect ")[1:]:
                told = dict(
                    part.split("=") for part in rect.split(">")[0].split(" ") if "=" in part
                )
                left, wide = (int(told[key].strip('"')) for key in ("x", "width"))
                assert left >= 0
                assert left + wide <= 10_000


def test_a_scale_that_does_not_begin_at_nought_says_so(example: Statement) -> None:
    html = str(chart_html(chart(example, "reserves_roll"), href_of))
    assert "The scale begins at 4,000,000,000." in html
    assert "The scale" not in str(chart_html(chart(example, "assets"), href_of))
