"""The verb blank: pages as the form prints them, and every cell's rule."""

import re
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from jurat.blanks import (
    Blank,
    BlankDiff,
    Changed,
    Form,
    FormLine,
    Role,
    What,
    blank_diff,
    blanks_known,
    load_blank,
)
from jurat.cli.nearest import page_advice
from jurat.money import format_figure
from jurat.words import UsageError, for_year

_CAPTION = 64
_NUMBER, _CELL, _NAME = 8, 8, 40


def list_blanks() -> list[dict[str, Any]]:
    """Every page of every blank."""
    rows = []
    for kind, year in blanks_known():
        for form in load_blank(kind, year).pages.values():
            rows.append(
                {
                    "kind": kind,
                    "year": year,
                    "number": form.declared.number,
                    "name": form.name,
                    "title": form.title,
                }
            )
    return rows


def _form(year: int, page: str) -> tuple[Blank, Form]:
    blank = load_blank(year=year)
    if page not in blank.pages:
        raise UsageError(f"There is no page {page!r}.", next=page_advice(blank, page))
    return blank, blank.pages[page]


def show_page(year: int, page: str) -> Iterator[str]:
    """A page with its columns, captions, blanks to fill, XXX and printed factors."""
    _, form = _form(year, page)
    declared = form.declared
    yield from (
        text.center(_CAPTION + 20) for text in (*declared.above, declared.title, *declared.below)
    )
    if declared.is_unknown:
        yield "Known only in part: lines and columns that other pages cite."
    if any(column.number or column.caption for column in declared.columns):
        yield ""
        yield from _heads([(c.over, c.number, c.caption) for c in declared.columns])
    yield ""
    numbers = [column.number for column in declared.columns]
    widths = _widths(form, numbers)
    if any(numbers):
        over = " ".join(f"{number:^{widths[number]}}" for number in numbers)
        yield f"{'':{_NUMBER + _CAPTION + 2}}{over}".rstrip()
    details = _details_of(form)
    for line in form.lines:
        if line.id in details:
            yield f"{'':{_NUMBER}}DETAILS OF WRITE-INS"
        yield from _print_line(line, year, widths)
    for group in form.groups:
        what = (
            f"rows numbered {group.printed_prefix}"
            if not group.is_table
            else f"rows of table {group.id}"
        )
        yield f"        ... {what}, as many as the filer has: " + ", ".join(
            f"{c.number} {c.caption}".strip() for c in group.columns
        )


def _details_of(form: Form) -> set[str]:
    """The first detail of the page's write-in lines; below it stand the others."""
    first = [line.id for line in form.lines if line.role is Role.WRITE_IN]
    return set(first[:1])


def _widths(form: Form, numbers: list[str]) -> dict[str, int]:
    """How wide each column of the page is: as its widest cell."""
    return {
        number: max([_CELL, *(len(_print_cell(line, number)) for line in form.lines)])
        for number in numbers
    }


def _heads(columns: list[tuple[str, str, str]]) -> Iterator[str]:
    for over, number, caption in columns:
        above = f"{over}: " if over else ""
        yield f"{'':8}column {number or '(none printed)'}  {above}{caption}".rstrip()


def _print_line(line: FormLine, year: int, widths: dict[str, int]) -> Iterator[str]:
    caption = re.sub(r"\$\{(\w+)(?::\w+)?\}", "$______", for_year(line.caption, year))
    caption = re.sub(r"\{(?!year)(\w+)(?::\w+)?\}", "______", caption)
    number = f"{line.number}." if line.number and not line.number.startswith("(") else line.number
    stub = f"[{line.stub}] " if line.stub else ""
    blank = "." * _NAME if _has_name_to_write(line) else ""
    wrapped = textwrap.wrap(f"{stub}{caption}", _CAPTION) or [blank]
    for text in wrapped[:-1]:
        yield f"{number:<{_NUMBER}}{text}"
        number = ""
    cells = "" if line.role is Role.HEAD else _print_cells(line, widths)
    yield f"{number:<{_NUMBER}}{wrapped[-1]:<{_CAPTION}}  {cells}".rstrip()


def _has_name_to_write(line: FormLine) -> bool:
    """Whether the filer writes the caption: a write-in."""
    return line.role is Role.WRITE_IN and not line.caption and line.slot("") is not None


def _print_cells(line: FormLine, widths: dict[str, int]) -> str:
    """A line's cells under the page's columns; a line with columns of its own prints them as they come."""
    columns = [slot.address.column for slot in line.slots if not slot.address.inset]
    if _has_name_to_write(line):
        columns.remove("")
    named = [column for column in columns if column in widths]
    others = " ".join(_print_cell(line, column) for column in columns if column not in widths)
    if not named:
        return others
    cells = " ".join(f"{_print_cell(line, column):>{width}}" for column, width in widths.items())
    return f"{cells}   {others}".rstrip()


def _print_cell(line: FormLine, column: str) -> str:
    slot = line.slot(column)
    if slot is None or slot.is_xxx:
        return "XXX" if slot else ""
    if slot.factor:
        printed = (
            format_figure(slot.factor.value, slot.kind) if slot.factor.value is not None else ""
        )
        return f"{printed} {slot.factor.mark}".strip()
    if slot.kind.is_box:
        return "[ ] Yes [ ] No" + (" [ ] N/A" if "n/a" in slot.kind else "")
    return f"{slot.mark}________" if slot.kind.is_figure else "........"


def page_as_json(year: int, page: str) -> dict[str, Any]:
    """A page as plain data."""
    _, form = _form(year, page)
    return {
        "name": form.name,
        "number": form.declared.number,
        "title": form.title,
        "called": form.declared.called,
        "columns": [
            {
                "number": c.number,
                "name": c.name,
                "caption": c.caption,
                "over": c.over,
                "kind": str(c.kind),
            }
            for c in form.declared.columns
        ],
        "lines": [
            {
                "id": line.id,
                "name": line.name,
                "caption": line.caption,
                "role": str(line.role),
                "cells": [str(slot.address) for slot in line.slots],
            }
            for line in form.lines
        ],
    }


def rules_of(year: int, page: str | None = None) -> list[dict[str, str]]:
    """Every equation, by its left cell: its words, whether it fills the cell or checks it, and where it stands."""
    blank = load_blank(year=year)
    if page is not None:
        _form(year, page)
    rows = []
    for equation in blank.equations:
        if page in (None, equation.left.page):
            rows.append(
                {
                    "cell": str(equation.left),
                    "id": equation.id,
                    "words": equation.words,
                    "role": "fills" if equation.fills else "checks",
                    "source": "printed"
                    if equation.is_printed
                    else "law"
                    if "." not in equation.id or equation.id[0].isupper()
                    else "written",
                    "known": equation.known,
                }
            )
    for measured in blank.measured:
        if page in (None, measured.left.page):
            rows.append(
                {
                    "cell": str(measured.left),
                    "id": measured.id,
                    "words": f"measured {measured.name}",
                    "role": "fills",
                    "source": "measured",
                    "known": "",
                }
            )
    return rows


# -- two years ----------------------------------------------------------------------------


def diff_of(older: int, newer: int) -> BlankDiff:
    """What one year's form changed against another's."""
    return blank_diff(load_blank(year=older), load_blank(year=newer))


def show_diff(diff: BlankDiff) -> Iterator[str]:
    """The changes page by page: lines as the print numbers them, then the rules."""
    if not diff.changes:
        yield f"The forms of {diff.older} and {diff.newer} are the same."
        return
    counts = [(what, len(diff.of(what))) for what in What]
    yield f"{diff.older} to {diff.newer}: " + ", ".join(f"{n} {what}" for what, n in counts if n)
    for page, changes in groupby(diff.changes, key=lambda change: change.page):
        yield f"\n{page}"
        for change in changes:
            yield from _show_change(change)


def _show_change(change: Changed) -> Iterator[str]:
    head = f"  {change.what:<10} {change.noun:<9} {change.name}"
    few = change.what in (What.RENUMBERED, What.MOVED)
    if few:
        yield f"{head}  {change.older} to {change.newer}"
        return
    yield head + (f"  {len(change.cells)} cells" if len(change.cells) > 1 else "")
    for sign, words in (("-", change.older), ("+", change.newer)):
        if words:
            yield from textwrap.wrap(
                words, 92, initial_indent=f"    {sign} ", subsequent_indent="      "
            )
