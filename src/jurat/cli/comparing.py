"""The verb compare: two drafts, years or companies; flux; the amendment of a filing."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from jurat.checks import Finding
from jurat.cli.show import finding_as_json
from jurat.cli.sources import statement_of
from jurat.comparing import (
    Amendment,
    ChangedCell,
    Comparison,
    Driver,
    FluxLine,
    WriteIn,
)
from jurat.money import Kind, format_figure
from jurat.statement import Statement
from jurat.words import UsageError

WIDTH = 100
_CAPTION = 42
_DRIVERS = 4


def statements_of(earlier: str, later: str) -> tuple[Statement, Statement]:
    """The two statements named on the command line."""
    was, now = (statement_of(Path(file)) for file in (earlier, later))
    return was, now


def parse_percent(words: str) -> int:
    """A percentage as typed, in tenths.

    Raises  UsageError when it is none.

    >>> parse_percent("12.5")
    125
    """
    whole, _, part = words.strip().rstrip("%").partition(".")
    if not whole.isdigit() or not (part or "0").isdigit() or len(part) > 1:
        raise UsageError(f"{words!r} is no percentage.", next="Write it as 10 or 12.5.")
    return int(whole) * 10 + int(part or 0)


# -- comparison ---------------------------------------------------------------------------


def show_comparison(comparison: Comparison) -> Iterator[str]:
    """What changed: first the cells that changed by themselves, then what follows from them."""
    yield from _heading(comparison.was, comparison.now)
    if comparison.is_same:
        yield "Nothing differs."
        return
    follow = [cell for cell in comparison.cells if not cell.is_source]
    yield (
        f"{len(comparison.cells):,} cells differ: {len(comparison.sources):,} by themselves, "
        f"{len(follow):,} by the form's rules from these"
    )
    yield from _pages("only in the later", comparison.pages_new)
    yield from _pages("only in the earlier", comparison.pages_gone)
    yield from _pages("stamped NONE only in the later", comparison.stamps_new)
    yield from _pages("stamped NONE only in the earlier", comparison.stamps_gone)
    yield from _table("\nChanged by themselves", comparison.sources)
    yield from _table("\nTotals that follow", follow)
    yield from _write_ins("New write-ins", comparison.write_ins_new)
    yield from _write_ins("Write-ins gone", comparison.write_ins_gone)
    yield from _findings("Breaks that appeared", comparison.appeared)
    yield from _findings("Breaks that went", comparison.went)


def _heading(was: Statement, now: Statement) -> Iterator[str]:
    """Whose statements they are, and what to know first."""
    yield _told(was, now)
    for name, statement in (("earlier", was), ("later", now)):
        yield from (f"notice, {name}: {notice}" for notice in statement.notices)


def _told(was: Statement, now: Statement) -> str:
    if (was.company, was.year) == (now.company, now.year):
        return f"{now.company or 'Company not named'}, {now.year}: two statements"
    return " against ".join(f"{s.company or 'Company not named'} {s.year}" for s in (was, now))


def _pages(told: str, pages: Iterable[str]) -> Iterator[str]:
    names = ", ".join(pages)
    if names:
        yield from textwrap.wrap(f"pages {told}: {names}", WIDTH, subsequent_indent="  ")


def _table(title: str, cells: Iterable[ChangedCell]) -> Iterator[str]:
    for page, members in groupby(cells, key=lambda cell: cell.page):
        if title:
            yield title
            yield f"{'':2}{'':{_CAPTION}} {'before':>17} {'after':>17} {'difference':>17}"
            title = ""
        yield f"  {page}"
        for cell in members:
            yield from _cell(cell)


def _cell(cell: ChangedCell) -> Iterator[str]:
    place = cell.address.partition(":")[2]
    if cell.difference is None:
        yield f"    {place}  {_short(cell.caption, WIDTH - 8 - len(place))}"
        for sign, words in (("-", cell.before), ("+", cell.after)):
            if words:
                yield from textwrap.wrap(
                    words, WIDTH, initial_indent=f"      {sign} ", subsequent_indent="        "
                )
        return
    name = f"{place}  {cell.caption}"
    yield _row(
        f"    {_short(name, _CAPTION - 2)}", cell.before, cell.after, cell.difference, cell.kind
    )
    if not cell.is_source:
        yield from _drivers(cell.drivers, cell.kind)


def _drivers(drivers: tuple[Driver, ...], kind: Kind) -> Iterator[str]:
    for driver in drivers[:_DRIVERS]:
        room = WIDTH - 18 - 10
        caption = "not explained by its parts:" if driver.is_unexplained else driver.caption
        told = f"{_short(caption, room - len(driver.place) - 3)} [{driver.place}]"
        yield f"        {told:<{WIDTH - 18 - 8}}{_figure(driver.effect, kind):>18}"
    rest = drivers[_DRIVERS:]
    if rest:
        effect = sum(driver.effect for driver in rest)
        yield f"        {f'and {len(rest)} more':<{WIDTH - 18 - 8}}{_figure(effect, kind):>18}"


def _row(name: str, before: str, after: str, difference: int, kind: Kind) -> str:
    shown = _figure(difference, kind)
    return f"{name:<{_CAPTION + 2}} {before:>17} {after:>17} {shown:>17}".rstrip()


def _figure(value: int, kind: Kind = Kind.MONEY) -> str:
    return format_figure(value, kind)


def _short(words: str, width: int) -> str:
    return textwrap.shorten(words, max(width, 8), placeholder=" ...")


def _write_ins(title: str, written: tuple[WriteIn, ...]) -> Iterator[str]:
    if written:
        yield f"\n{title}"
    for one in written:
        yield f"  {one.address:<28} {_short(one.name, 44)}  {'  '.join(one.figures[:3])}".rstrip()


def _findings(title: str, findings: tuple[Finding, ...]) -> Iterator[str]:
    if findings:
        yield f"\n{title}: {len(findings)}"
    for finding in findings:
        cell = finding.cells[0] if finding.cells else ""
        difference = finding.show(finding.difference) if finding.difference else finding.detail
        yield f"  {finding.id:<26} {finding.severity:<8} {cell:<34} {_short(difference, 26)}".rstrip()


def comparison_as_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain data."""
    return {
        "earlier": _of(comparison.was),
        "later": _of(comparison.now),
        "cells": [_cell_as_json(cell) for cell in comparison.cells],
        "write_ins_new": [asdict(one) for one in comparison.write_ins_new],
        "write_ins_gone": [asdict(one) for one in comparison.write_ins_gone],
        "pages_new": list(comparison.pages_new),
        "pages_gone": list(comparison.pages_gone),
        "stamps_new": list(comparison.stamps_new),
        "stamps_gone": list(comparison.stamps_gone),
        "appeared": [finding_as_json(finding) for finding in comparison.appeared],
        "went": [finding_as_json(finding) for finding in comparison.went],
    }


def _of(statement: Statement) -> dict[str, Any]:
    return {
        "company": statement.company,
        "year": statement.year,
        "blank": {"kind": statement.blank.kind, "year": statement.blank.year},
    }


def _cell_as_json(cell: ChangedCell) -> dict[str, Any]:
    return asdict(cell) | {"kind": str(cell.kind), "is_source": cell.is_source}


# -- flux ---------------------------------------------------------------------------------


def show_flux(
    was: Statement, now: Statement, lines: tuple[FluxLine, ...], thresholds: tuple[int, int]
) -> Iterator[str]:
    """Each amount with its change, its percentage and its largest drivers."""
    over, percent = thresholds
    yield from _heading(was, now)
    yield (
        f"{len(lines):,} amounts changed by {over:,} or more and by "
        f"{format_figure(percent, Kind.PERCENT)} % or more"
    )
    for page, members in groupby(lines, key=lambda line: line.page):
        yield f"\n{page:<39}{was.year:>17}{now.year:>17}{'change':>17}{'%':>9}"
        for line in members:
            place = line.address.partition(":")[2]
            name = _short(f"{place}  {line.caption}", 37)
            share = format_figure(line.percent, Kind.PERCENT) if line.percent is not None else "new"
            yield (
                f"  {name:<37}{_figure(line.before):>17}{_figure(line.after):>17}"
                f"{_figure(line.change):>17}{share:>9}"
            )
            if len(line.drivers) > 1:
                yield from _drivers(line.drivers, Kind.MONEY)


def flux_as_json(lines: tuple[FluxLine, ...]) -> list[dict[str, Any]]:
    """The flux as plain data; percentages in tenths."""
    return [asdict(line) for line in lines]


# -- amendment ----------------------------------------------------------------------------


def show_amendment(made: Amendment) -> Iterator[str]:
    """The jurat items, the pages attached, and the explanation list."""
    yield f"{made.statement.company or 'Company not named'}, {made.statement.year}"
    yield "Jurat  a. original filing      No"
    yield f"       b1. amendment number    {made.number}"
    yield f"       b2. date filed          {made.filed_on}"
    yield f"       b3. pages attached      {made.page_count}"
    yield "\nPages attached"
    for page in made.pages:
        cells = f"{page.cells} cell{'' if page.cells == 1 else 's'}" if page.cells else "stamp"
        yield f"  {page.number or '-':>5}  {_short(page.title, 74):<76}{cells:>10}"
    yield "\nExplanations"
    for number, one in enumerate(made.explanations, 1):
        cell = one.cell
        told = f"{number}. {cell.address}  {cell.caption}: {cell.before or '(blank)'} to {cell.after or '(blank)'}"
        yield from textwrap.wrap(told, WIDTH, initial_indent="  ", subsequent_indent="     ")
        if one.reason:
            yield from textwrap.wrap(
                one.reason, WIDTH, initial_indent="     ", subsequent_indent="     "
            )
        if one.follows:
            follows = f"changes with it: {', '.join(one.follows)}"
            yield from textwrap.wrap(
                follows, WIDTH, initial_indent="     ", subsequent_indent="       "
            )
    yield from _findings("Breaks that appear with it", made.appeared)
    yield from _findings("Breaks that go with it", made.went)


def amendment_as_json(made: Amendment) -> dict[str, Any]:
    """The amendment as plain data."""
    return {
        "company": made.statement.company,
        "year": made.statement.year,
        "jurat": {"a": "No", "b1": made.number, "b2": made.filed_on, "b3": made.page_count},
        "pages": [asdict(page) for page in made.pages],
        "explanations": [
            {"cell": _cell_as_json(one.cell), "follows": list(one.follows), "reason": one.reason}
            for one in made.explanations
        ],
        "appeared": [finding_as_json(finding) for finding in made.appeared],
        "went": [finding_as_json(finding) for finding in made.went],
    }
