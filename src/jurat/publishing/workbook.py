"""A statement as an Excel workbook: the pages of the blank with live formulas, a contents and a checks sheet."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from jurat.checks import Outcome
from jurat.money import Kind, format_figure
from jurat.publishing.sheets import forms_of
from jurat.publishing.workbook_checks import CHECKS, write_checks
from jurat.publishing.workbook_contents import CONTENTS, write_contents
from jurat.publishing.workbook_formulas import Formulas, Spot
from jurat.publishing.workbook_plan import Part, Placed, SheetPlan, plan_sheets
from jurat.publishing.workbook_styles import FAINT, LINE_HEIGHT, Look, Styles
from jurat.statement import (
    STATE_WORDS,
    Cell,
    CellState,
    FillingRule,
    Standing,
    Statement,
    filling_rules,
    reads_unread,
    standings,
    stated_figure,
)
from jurat.statement.explain import explain, in_print
from jurat.words import UsageError, name_of, require

LONGEST_TEXT = 32_767
"""Excel's limit for the text of a cell."""
LONGEST_REASON = 2_000
MOST_DIGITS = 15
"""So many digits a number in a workbook keeps."""
LEGAL = 5
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(statement: Statement, outcome: Outcome) -> bytes:
    """The statement as a workbook an accountant recognises, recalculates and sends back.

    One sheet a page. A cell that its rule gives is a formula; a figure its rule does not give stands as
    stated, in a colour of its own, with the difference in its comment and on the checks sheet. Every
    cell has a name made of its address. The same statement gives the same bytes.

    Units   whole dollars; factors and percents as the decimals the form prints.
    Raises  UsageError when a text or a figure is longer than a workbook can hold.
    """
    _refuse_what_does_not_fit(statement)
    file = BytesIO()
    book = Workbook(file, _OPTIONS)
    _Writing(book, statement, outcome).write()
    book.close()
    return file.getvalue()


def _refuse_what_does_not_fit(statement: Statement) -> None:
    faults = []
    for address, cell in statement.cells.items():
        if isinstance(cell.value, str) and len(cell.value) > LONGEST_TEXT:
            faults.append(
                f"{address} holds {len(cell.value):,} characters; a workbook's cell {LONGEST_TEXT:,}."
            )
        elif isinstance(cell.value, str) and (found := _CONTROL.search(cell.value)):
            faults.append(f"{address} holds the control sign {found[0]!r}.")
        elif isinstance(cell.value, int) and len(str(abs(cell.value))) > MOST_DIGITS:
            faults.append(f"{address} holds {cell.shown}; a workbook keeps {MOST_DIGITS} digits.")
    if faults:
        raise UsageError("\n".join(faults), why="The workbook would silently hold something else.")


class _Writing:
    """One workbook in the making."""

    def __init__(self, book: Workbook, statement: Statement, outcome: Outcome) -> None:
        self.book, self.statement, self.outcome = book, statement, outcome
        self.styles = Styles(book)
        self.plans = plan_sheets(statement, list(forms_of(statement)))
        self.spots = {
            placed.slot.address: Spot(plan.name, placed.row, placed.column)
            for plan in self.plans
            for placed in plan.placed
        }
        lost = [
            str(a) for a, cell in statement.cells.items() if _is_told(cell) and a not in self.spots
        ]
        require(not lost, f"not in the workbook: {', '.join(lost)}")
        self.formulas = Formulas(statement, self.spots)
        self.rules = filling_rules(statement)
        self.standings = standings(statement)

    def write(self) -> None:
        """All sheets, then the names."""
        statement = self.statement
        self.book.set_properties(
            {
                "title": f"Separate accounts annual statement {statement.year}",
                "company": _plain(statement.company),
                "created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None),
            }
        )
        self.book.set_calc_mode("auto")
        contents = self.book.add_worksheet(CONTENTS)
        for plan in self.plans:
            self._sheet(plan)
        checks = self.book.add_worksheet(CHECKS)
        write_contents(contents, self.styles, self.outcome, self.plans, self.standings)
        write_checks(checks, self.styles, self.outcome, self.formulas, self.standings)
        self._names()

    def _names(self) -> None:
        for address, spot in self.spots.items():
            self._name(name_of(address), spot)
        for plan in self.plans:
            self._name(f"page.{plan.page}", Spot(plan.name, 0, 0))
            if plan.stamp:
                self._name(f"stamp.{plan.page}", Spot(plan.name, *plan.stamp))
        self._name("statement.year", Spot(CONTENTS, 2, 1))
        self._name("statement.company", Spot(CONTENTS, 1, 1))
        self._name("statement.blank", Spot(CONTENTS, 3, 1))

    def _name(self, name: str, spot: Spot) -> None:
        place = f"${xl_col_to_name(spot.column)}${spot.row + 1}"
        self.book.define_name(name, f"={quote_sheetname(spot.sheet)}!{place}")

    # -- one page -----------------------------------------------------------------------------

    def _sheet(self, plan: SheetPlan) -> None:
        sheet = self.book.add_worksheet(plan.name)
        self._set_up(sheet, plan)
        for printed in plan.printed:
            style = self.styles.part(printed.part)
            if printed.part is Part.NO_CELL:
                sheet.write_blank(printed.row, printed.column, None, style)
            elif printed.width > 1:
                last = printed.column + printed.width - 1
                sheet.merge_range(printed.row, printed.column, printed.row, last, "", style)
                sheet.write_string(printed.row, printed.column, printed.text, style)
            else:
                sheet.write_string(printed.row, printed.column, printed.text, style)
        for placed in plan.placed:
            self._cell(sheet, plan, placed)
        faint = self.styles.plain(font_color=FAINT, font_size=7)
        for row, line in plan.lines.items():
            sheet.write_string(row, plan.columns, line, faint)

    def _set_up(self, sheet: Worksheet, plan: SheetPlan) -> None:
        for column, width in plan.widths.items():
            sheet.set_column(column, column, width)
        for row, lines in plan.heights(self.statement).items():
            sheet.set_row(row, LINE_HEIGHT * lines)
        sheet.set_column(plan.columns, plan.columns, 18)
        if any(plan.frozen):
            sheet.freeze_panes(*plan.frozen)
        sheet.hide_gridlines(2)
        sheet.set_paper(LEGAL)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, max(plan.rows - 1, 0), plan.columns - 1)
        sheet.set_footer("&C&8&A, page &P of &N")
        sheet.set_h_pagebreaks(plan.breaks)
        if plan.frozen[0] and not plan.breaks:
            sheet.repeat_rows(0, plan.frozen[0] - 1)
        if plan.is_wide:
            sheet.set_landscape()
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _cell(self, sheet: Worksheet, plan: SheetPlan, placed: Placed) -> None:
        address = placed.slot.address
        cell = self.statement[address]
        standing = self.standings[address]
        text = _marked(cell)
        if text == "XXX" and plan.page in self.statement.none_pages:
            text = ""
        look = Look(
            kind=placed.slot.kind,
            standing=standing,
            before=placed.before,
            after=placed.after,
            is_marked=bool(text),
        )
        style, at = self.styles.cell(look), (placed.row, placed.column)
        formula = ""
        if standing in (Standing.RULE, Standing.UNPRINTED):
            prints_zero = standing is Standing.RULE
            rule = self.rules[address]
            formula = self.formulas.of_rule(rule, plan.name, prints_zero=prints_zero)
        if formula:
            sheet.write_formula(
                *at, formula, style, _number(cell) if cell.value is not None else ""
            )
        elif text:
            sheet.write_string(*at, text, style)
        elif isinstance(cell.value, int):
            sheet.write_number(*at, _number(cell), style)
        elif cell.value:
            sheet.write_string(*at, _lines(cell.value), style)
        else:
            sheet.write_blank(*at, None, style)
        if cell.kind.is_box:
            answers = ["Yes", "No", "N/A"] if cell.kind is Kind.YES_NO_NA else ["Yes", "No"]
            sheet.data_validation(*at, *at, {"validate": "list", "source": answers})
        if comment := self._comment(cell, standing):
            size = {
                "width": 320,
                "height": 30 + 15 * (1 + len(comment) // 48 + comment.count("\n")),
            }
            sheet.write_comment(*at, comment, {**size, "author": "Jurat"})

    def _comment(self, cell: Cell, standing: Standing) -> str:
        """Why a cell holds what it holds; nothing for a blank that says nothing."""
        rule = self.rules.get(cell.address)
        lines = []
        if standing is Standing.STATED and rule is not None:
            lines.append(self._stated(cell, rule))
        is_told = isinstance(cell.value, int) or cell.state in (CellState.UNREAD, CellState.UNKNOWN)
        if not is_told and not any(lines):
            return ""
        if rule is not None:
            lines.append(f"Rule: {in_print(rule.words)}")
        lines.append(explain(self.statement, cell.address, depth=0).evidence)
        lines.append(f"[{cell.address}]")
        return "\n".join(_plain(line)[:LONGEST_REASON] for line in lines if line)

    def _stated(self, cell: Cell, rule: FillingRule) -> str:
        if reads_unread(self.statement, rule):
            return "Its rule reads a cell that could not be read."
        given = rule.gives(lambda place: stated_figure(self.statement, place))
        difference = cell.figure - (given or 0)
        shown = cell.shown or "blank"
        gives = "a blank" if given is None else format_figure(given, cell.kind)
        return f"Stated {shown}; its rule gives {gives}; difference {format_figure(difference, cell.kind)}."


def _lines(text: object) -> str:
    """A text with the one sign for the end of a line that a workbook knows."""
    return re.sub(r"\r\n?", "\n", str(text))


def _plain(text: str) -> str:
    """A text without the control signs that a comment or a property cannot hold."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _is_told(cell: Cell) -> bool:
    """Whether a cell holds something that a page must show."""
    return cell.state is not CellState.BLANK and bool(
        cell.value or cell.state is not CellState.VALUE
    )


def _marked(cell: Cell) -> str:
    """What stands where a figure belongs and none is."""
    return STATE_WORDS.get(cell.state, "")


def _number(cell: Cell) -> Decimal:
    """A figure as the decimal the form prints."""
    return Decimal(cell.figure).scaleb(-cell.kind.decimals)
