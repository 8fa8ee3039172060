"""The checks sheet: every instance of every check with both sides, difference and grade as live formulas."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import cast

from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from jurat.blanks import PriorCell
from jurat.blanks.equations import Place
from jurat.checks import Outcome
from jurat.checks.findings import Finding, Grade
from jurat.money import Kind
from jurat.publishing.workbook_formulas import Formulas
from jurat.publishing.workbook_plan import SIGNS_PER_WIDTH
from jurat.publishing.workbook_styles import LINE_HEIGHT, Styles
from jurat.statement import FillingRule, Standing, stated_figure
from jurat.statement.explain import in_print
from jurat.words import Address, Tolerance, require

CHECKS = "Checks"
HEADS = {
    "Check": 22,
    "Severity": 9,
    "Law": 52,
    "Cell": 26,
    "Left": 17,
    "Right": 17,
    "Difference": 14,
    "Allowed": 9,
    "Grade": 10,
    "Cell is": 9,
    "Why": 52,
    "More": 52,
}
FIRST = 8
"""The row of the first check; above it stand the counts of the grades, and the heads."""
_ORDER = (Grade.FAIL, Grade.ACCEPTED, Grade.ROUNDING, Grade.PASS, Grade.NOT_RUN)
_COLOURS = {Grade.FAIL: "#F6C9C4", Grade.ROUNDING: "#FFF3C4", Grade.ACCEPTED: "#DCE7F5"}


def write_checks(
    sheet: Worksheet,
    styles: Styles,
    outcome: Outcome,
    formulas: Formulas,
    standing: Mapping[Address, Standing],
) -> None:
    """Breaks first. A check that did not run, and a condition on answers, has no live grade."""
    everything = sorted(outcome.everything, key=lambda finding: _ORDER.index(finding.grade))
    head = styles.plain(bold=True, bottom=1)
    figures = styles.plain(bold=True, bottom=1, align="right")
    for column, (name, width) in enumerate(HEADS.items()):
        sheet.write_string(FIRST - 1, column, name, figures if 4 <= column <= 7 else head)
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "Checks", styles.plain(bold=True, font_size=14))
    last = FIRST + len(everything)
    for row, grade in enumerate(Grade, 1):
        count = sum(finding.grade is grade for finding in everything)
        sheet.write_string(row, 0, str(grade), styles.plain())
        counted = f'=COUNTIF(I{FIRST + 1}:I{last},"{grade}")'
        sheet.write_formula(row, 1, counted, styles.plain(), count)
    lines = _Lines(sheet, styles, outcome, formulas, standing)
    for row, finding in enumerate(everything, FIRST):
        lines.write(row, finding)
    for grade, colour in _COLOURS.items():
        shade = styles.plain(bg_color=colour)
        sheet.conditional_format(
            FIRST,
            8,
            last,
            8,
            {"type": "cell", "criteria": "==", "value": f'"{grade}"', "format": shade},
        )
    sheet.autofilter(FIRST - 1, 0, last - 1, len(HEADS) - 1)
    sheet.freeze_panes(FIRST, 1)
    sheet.hide_gridlines(2)
    sheet.set_paper(5)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST - 1)
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True})


class _Lines:
    """Writes one instance of a check a row."""

    def __init__(
        self,
        sheet: Worksheet,
        styles: Styles,
        outcome: Outcome,
        formulas: Formulas,
        standing: Mapping[Address, Standing],
    ) -> None:
        self.sheet, self.styles, self.outcome, self.formulas = sheet, styles, outcome, formulas
        self.standing = {str(address): str(kind) for address, kind in standing.items()}
        self.laws = dict(_laws(outcome))
        self.spots = {str(address): spot for address, spot in formulas.spots.items()}

    def write(self, row: int, finding: Finding) -> None:
        """Words as text, figures as formulas over the cells of the statement."""
        words = self.styles.plain(text_wrap=True, valign="top")
        more = "; ".join(text for text in (finding.premise, finding.hint, finding.detail) if text)
        place = finding.cells[0] if finding.cells else ""
        texts = {
            0: finding.id, 1: str(finding.severity), 2: in_print(finding.law), 3: place,
            9: self.standing.get(place, ""), 10: finding.why, 11: more,
        }  # fmt: skip
        widths = tuple(HEADS.values())
        lines = max(
            -(-len(text) // int(widths[at] * SIGNS_PER_WIDTH)) for at, text in texts.items()
        )
        if lines > 1:
            self.sheet.set_row(row, LINE_HEIGHT * lines)
        for column, text in texts.items():
            if text:
                self.sheet.write_string(row, column, text, words)
        if place in self.spots:
            spot = self.spots[place]
            link = self.styles.plain(font_color="#1F4E9E", valign="top")
            url = f"internal:{quote_sheetname(spot.sheet)}!{spot.reference}"
            self.sheet.write_url(row, 3, url, link, place)
        law = self.laws.get((finding.id, finding.cells))
        if law is not None and finding.grade is not Grade.NOT_RUN:
            self._live(row, finding, law)
        else:
            self.sheet.write_string(
                row, 8, str(finding.grade), self.styles.plain(valign="top", align="center")
            )

    def _live(self, row: int, finding: Finding, law: "_Law") -> None:
        write, kind, number = self.sheet.write_formula, finding.kind, row + 1
        style = self.styles.figure(kind)
        shown = partial(_decimal, kind=kind)
        left, right = self.formulas.sum_of(law.left, CHECKS), self._right(law.right)
        write(row, 4, f"={left}", style, shown(finding.left or 0))
        write(row, 5, f"={right}", style, shown(finding.right or 0))
        difference = f"E{number}-F{number}"
        difference = f"=ROUND({difference},{kind.decimals})" if kind.decimals else f"={difference}"
        write(row, 6, difference, style, shown(finding.difference))
        write(row, 7, f"={self._allowed(law)}", style, shown(finding.allowed))
        grade = self._grade(law, left, number)
        if finding.grade is Grade.ACCEPTED:
            grade = f'IF(G{number}={shown(finding.difference)},"{Grade.ACCEPTED}",{grade})'
        write(
            row, 8, f"={grade}", self.styles.plain(valign="top", align="center"), str(finding.grade)
        )

    def _right(self, rule: FillingRule) -> str:
        if rule.is_share:
            return self.formulas.share_of(rule, CHECKS)
        if not rule.terms:
            return str(_decimal(rule.constant, kind=rule.kind))
        return self.formulas.sum_of(rule, CHECKS)

    def _allowed(self, law: "_Law") -> str:
        """The difference that rounding may leave: half the terms that are not blank, one at least."""
        decimals = law.right.kind.decimals
        unit = f"/{10**decimals}" if decimals else ""
        if law.tolerance is Tolerance.EXACT:
            return "0"
        if law.tolerance is not Tolerance.ROUNDING:
            return f"1{unit}"
        terms = (*law.left.terms[1:], *law.right.terms)
        places = [place for place, _ in terms]
        counted = self.formulas.references(places, CHECKS)
        prior = sum(isinstance(place, PriorCell) for place in places if self._is_filled(place))
        if not counted:
            return f"{max((prior + 1) // 2, 1)}{unit}"
        return f"MAX(INT((COUNT({counted})+{prior + 1})/2),1){unit}"

    def _is_filled(self, place: Place) -> bool:
        return stated_figure(self.outcome.statement, place) is not None

    def _grade(self, law: "_Law", left: str, number: int) -> str:
        if law.tolerance is Tolerance.PRODUCT:
            off = f"ABS({left}-({self.formulas.exact(law.right, CHECKS)}))"
            return f'IF({off}<=0.5,"pass",IF({off}<1.5,"rounding","fail"))'
        within = f'IF(ABS(G{number})<=H{number},"rounding","fail")'
        return f'IF(G{number}=0,"pass",{within})'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Law:
    """Both sides of a check, each as a rule."""

    left: FillingRule
    right: FillingRule
    tolerance: Tolerance


def _laws(outcome: Outcome) -> Iterator[tuple[tuple[str, tuple[str, ...]], _Law]]:
    """Every check that is a sum or a share, by its id and cells."""
    system = outcome.statement.system
    for row, equation in enumerate(system.equations):
        entries = [(system.cells[cell], weight) for cell, weight in system.row(row)]
        rest = 1 + len(equation.left_rest)
        side = partial(
            FillingRule,
            left=equation.left,
            id=equation.id,
            words="",
            kind=system.kinds[system.row(row)[0][0]],
        )
        left = side(
            terms=tuple((place, weight // equation.scale) for place, weight in entries[:rest])
        )
        right = side(
            terms=tuple((place, -weight) for place, weight in entries[rest:]),
            constant=equation.constant,
            scale=equation.scale,
        )
        law = _Law(left=left, right=right, tolerance=equation.tolerance)
        yield (equation.id, tuple(str(place) for place, _ in entries)), law
    for share in system.percentages:
        places = tuple(system.cells[at] for at in (share.left, share.part, share.whole))
        side = partial(FillingRule, left=_cell(places[0]), id=share.id, words="", kind=Kind.PERCENT)
        left = side(terms=((places[0], 1),))
        right = side(terms=tuple((place, 1) for place in places[1:]), is_share=True)
        law = _Law(left=left, right=right, tolerance=Tolerance.PERCENT)
        yield (share.id, tuple(map(str, places))), law


def _cell(place: Place) -> Address:
    require(isinstance(place, Address), f"{place} is not a cell of this statement")
    return cast("Address", place)


def _decimal(value: int, kind: Kind) -> Decimal:
    return Decimal(value).scaleb(-kind.decimals)
