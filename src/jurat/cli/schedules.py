"""The verb schedules: what a company's records come to, at a glance."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from jurat.cli.lots import in_cents
from jurat.cli.show import dump
from jurat.close import Closing, close
from jurat.schedules import Investments
from jurat.schedules.hierarchy import gains_by_reason, hierarchy_of
from jurat.valuation import BANDS
from jurat.words import Address, UsageError

_FIGURES = ("book_value", "fair_value", "cost", "received", "realized_gain")


def tell_schedules(folder: Path, *, as_json: bool) -> None:
    """Tell every schedule with its rows and totals, the hierarchy, the gains."""
    closing = close(folder)
    if closing.investments is None:
        raise UsageError(
            f"{folder} keeps no records of investments.", next="Put tables into records/."
        )
    told = schedules_told(closing, closing.investments)
    if as_json:
        dump(told)
        return
    for line in show_schedules(told):
        click.echo(line)


def schedules_told(closing: Closing, made: Investments) -> dict[str, Any]:
    """The same as plain data, in cents."""
    return {
        "schedules": [_schedule(closing, made, page) for page in made.details],
        "hierarchy": [
            {"class": one.name, "at_fair_value": one.at_fair_value, "levels": list(one.cents)}
            for one in hierarchy_of(made)
        ],
        "gains": [
            {"reason": one.reason, "imr": one.is_imr, "count": one.count, "cents": one.cents}
            for one in gains_by_reason(made)
        ],
        "gains_by_band": {band: made.gains.interest_by_band().get(band, 0) for band in BANDS},
    }


def _schedule(closing: Closing, made: Investments, page: str) -> dict[str, Any]:
    """A schedule's title, rows, and the totals of its best-known columns."""
    form, detail = closing.statement.blank.pages[page], made.details[page]
    numbers = {column.name: column.number for column in form.declared.columns}
    totals = {
        name: sum(
            found.cents
            for line in detail.sections
            if (found := made.sums.get(Address(page, line, numbers[name])))
        )
        for name in _FIGURES
        if name in numbers
    }
    return {"page": page, "title": form.title, "rows": len(detail), "totals": totals}


def show_schedules(told: dict[str, Any]) -> Iterator[str]:
    """Three tables."""
    yield f"{'schedule':<30} {'rows':>9} " + "".join(f"{_word(name):>20}" for name in _FIGURES)
    for one in told["schedules"]:
        cells = [
            in_cents(one["totals"][name]) if name in one["totals"] else "" for name in _FIGURES
        ]
        yield f"{one['page']:<30} {one['rows']:>9,} " + "".join(f"{cell:>20}" for cell in cells)
    yield ""
    yield f"{'fair value':<44}" + "".join(f"{f'level {one}':>20}" for one in (1, 2, 3))
    for one in told["hierarchy"]:
        how = "carried at fair value" if one["at_fair_value"] else "carried at cost"
        name = f"{_word(one['class'])}, {how}"
        yield f"{name:<44}" + "".join(f"{in_cents(cents):>20}" for cents in one["levels"])
    yield ""
    yield f"{'gains':<56} {'portions':>9} {'':>4} {'before tax':>18}"
    for one in told["gains"]:
        reserve = "IMR" if one["imr"] else ""
        yield f"{one['reason']:<56} {one['count']:>9,} {reserve:>4} {in_cents(one['cents']):>18}"
    bands = [f"{band}: {in_cents(cents)}" for band, cents in told["gains_by_band"].items() if cents]
    if bands:
        yield f"IMR by years to maturity  {'  '.join(bands)}"


def _word(name: str) -> str:
    return name.replace("_", " ")
