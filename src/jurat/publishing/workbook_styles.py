"""How a workbook looks: colours that say who may change a cell, and numbers as the form prints them."""

from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from jurat.money import Kind
from jurat.publishing.workbook_plan import Part
from jurat.statement import Standing

FONT = "Arial Narrow"
LINE_HEIGHT = 12
"""The height of a line of its nine points."""
INK, FAINT, RULED = "#1F2430", "#8A8F99", "#B9BEC8"
SHADES = {
    Standing.INPUT: "#FFF9DB",
    Standing.STATED: "#FBD9C5",
    Standing.CARRIED: "#E7EEF7",
    Standing.WORKED: "#E4F2E7",
    Standing.FORM: "#F1F2F4",
}
MEANINGS = {
    Standing.INPUT: "an input: the company's to supply. Open to edit.",
    Standing.RULE: "filled by its rule: a live formula. Protected.",
    Standing.UNPRINTED: "filled by its rule, a zero left blank: a live formula. Protected.",
    Standing.STATED: "stated: another figure than its rule gives; its comment says by how much. Open to edit.",
    Standing.CARRIED: "carried from last year's statement. Protected.",
    Standing.WORKED: "computed while closing, by no rule of these pages. Protected.",
    Standing.FORM: "printed by the form. Protected.",
}
OPEN = (Standing.INPUT, Standing.STATED)
"""Cells one may type in while the sheet is protected."""

_PARTS: dict[Part, dict[str, Any]] = {
    Part.RUNNING: {"font_color": FAINT, "font_size": 8},
    Part.TITLE: {"bold": True, "font_size": 11},
    Part.OVER: {"bold": True, "align": "center", "bottom": 1, "text_wrap": True},
    Part.HEAD: {"align": "center", "valign": "bottom", "text_wrap": True, "bottom": 1},
    Part.COLUMN_NUMBER: {"align": "center", "font_color": FAINT},
    Part.NUMBER: {"align": "right", "valign": "bottom"},
    Part.STUB: {"align": "center", "valign": "bottom"},
    Part.CAPTION: {"text_wrap": True, "valign": "bottom"},
    Part.LINE_HEAD: {"text_wrap": True, "italic": True, "valign": "bottom"},
    Part.SECTION: {"text_wrap": True, "bold": True},
    Part.STAMP: {"bold": True, "font_size": 16, "align": "center"},
    Part.NO_CELL: {"bg_color": "#FAFAFB"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What decides how a cell of the statement looks."""

    kind: Kind
    standing: Standing
    before: str = ""
    after: str = ""
    is_marked: bool = False
    """Whether the cell holds words where a figure belongs: unread, unknown, XXX."""


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Begin with none."""
        self.book = book
        self.made: dict[object, Format] = {}

    def plain(self, **properties: object) -> Format:
        """A format of the house's face with some properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            base = {"font_name": FONT, "font_size": 9, "font_color": INK}
            self.made[key] = self.book.add_format({**base, **properties})
        return self.made[key]

    def part(self, part: Part) -> Format:
        """The form's own words."""
        return self.plain(**_PARTS[part])

    def cell(self, look: Look) -> Format:
        """A cell of the statement."""
        if look not in self.made:
            self.made[look] = self.plain(**_of(look))
        return self.made[look]

    def figure(self, kind: Kind, **properties: object) -> Format:
        """A figure beside the statement: on the checks sheet."""
        return self.plain(num_format=number_format(kind), align="right", valign="top", **properties)


def _of(look: Look) -> dict[str, Any]:
    made: dict[str, Any] = {"valign": "bottom", "locked": look.standing not in OPEN}
    if look.standing in SHADES:
        made["bg_color"] = SHADES[look.standing]
    made["bottom"], made["bottom_color"] = 4, RULED
    if look.is_marked:
        return {**made, "align": "center", "font_color": FAINT}
    if look.kind.is_figure:
        mark = number_format(look.kind, look.before, look.after)
        return {**made, "num_format": mark, "align": "right"}
    if look.kind.is_box:
        return {**made, "align": "center"}
    return {**made, "text_wrap": True, "align": "left", "num_format": "@"}


def number_format(kind: Kind, before: str = "", after: str = "") -> str:
    """The number format of a kind: commas and parentheses, factors to four decimals, percents to one.

    >>> number_format(Kind.MONEY)
    '#,##0_);(#,##0);0_)'
    >>> number_format(Kind.FACTOR, after="(a)")
    '0.0000" (a)"'
    """
    lead = f'"{before}"* ' if before else ""
    if kind is Kind.MONEY:
        return f"{lead}#,##0_);{lead}(#,##0);{lead}0_)"
    tail = f'"{after}"' if after == "%" else f'" {after}"' if after else ""
    return f"{lead}0.{'0' * kind.decimals}{tail}"
