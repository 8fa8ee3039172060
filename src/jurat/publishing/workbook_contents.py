"""The first sheet of a workbook: whose statement it is, how it stands, and the way to every page."""

from collections import Counter
from collections.abc import Mapping, Sequence

from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from jurat.checks import Outcome
from jurat.publishing.workbook_checks import CHECKS
from jurat.publishing.workbook_plan import SheetPlan
from jurat.publishing.workbook_styles import FAINT, MEANINGS, SHADES, Styles
from jurat.statement import Standing
from jurat.words import Address

CONTENTS = "Contents"


def write_contents(
    sheet: Worksheet,
    styles: Styles,
    outcome: Outcome,
    plans: Sequence[SheetPlan],
    standing: Mapping[Address, Standing],
) -> None:
    """Company and year, what the colours mean, and a link to every page."""
    statement = outcome.statement
    plain, bold, faint = styles.plain(), styles.plain(bold=True), styles.plain(font_color=FAINT)
    sheet.write_string(
        0, 0, "Separate accounts annual statement", styles.plain(bold=True, font_size=14)
    )
    facts = {
        "Company": statement.company,
        "Year": str(statement.year),
        "Blank": f"{statement.blank.kind} {statement.blank.year}",
    }
    for row, (name, text) in enumerate(facts.items(), 1):
        sheet.write_string(row, 0, name, faint)
        sheet.write_string(row, 1, text, bold)
    top = _colours(sheet, styles, standing, 5)
    for column, head in enumerate(("Page", "Title", "Figures", "Breaks")):
        sheet.write_string(top, column, head, styles.plain(bold=True, bottom=1))
    figures, breaks = _figures(outcome), _breaks(outcome)
    link = styles.plain(font_color="#1F4E9E", underline=1)
    for row, plan in enumerate(plans, top + 1):
        form = statement.blank.pages[plan.page]
        sheet.write_string(row, 0, form.declared.number.strip("-"), plain)
        sheet.write_url(
            row, 1, f"internal:{quote_sheetname(plan.name)}!A1", link, f"{plan.name}: {form.title}"
        )
        if plan.page in statement.none_pages:
            sheet.write_string(row, 2, "NONE", styles.plain(align="right"))
        else:
            sheet.write_number(row, 2, figures[plan.page], plain)
        if breaks[plan.page]:
            sheet.write_number(row, 3, breaks[plan.page], styles.plain(font_color="#B3261E"))
    sheet.write_url(
        top + len(plans) + 2, 1, f"internal:{quote_sheetname(CHECKS)}!A1", link, "Checks"
    )
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 92)
    sheet.set_column(2, 3, 10)
    sheet.hide_gridlines(2)
    sheet.set_paper(5)
    sheet.fit_to_pages(1, 0)
    sheet.protect("")


def _colours(
    sheet: Worksheet, styles: Styles, standing: Mapping[Address, Standing], row: int
) -> int:
    """What the colours mean, each with how many cells have it; returns the row below."""
    counted = Counter(standing.values())
    for kind, meaning in MEANINGS.items():
        if counted[kind]:
            shade = {"bg_color": SHADES[kind]} if kind in SHADES else {}
            sheet.write_string(row, 0, str(kind), styles.plain(border=4, **shade))
            sheet.write_string(row, 1, f"{counted[kind]:,} cells {meaning}", styles.plain())
            row += 1
    return row + 1


def _figures(outcome: Outcome) -> Counter[str]:
    cells = outcome.statement.cells.values()
    return Counter(cell.address.page for cell in cells if isinstance(cell.value, int))


def _breaks(outcome: Outcome) -> Counter[str]:
    return Counter(
        finding.cells[0].split(":")[0]
        for finding in outcome.findings
        if finding.is_break and finding.cells
    )
