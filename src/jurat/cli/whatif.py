"""The verb what-if: what selling lots would do, before anybody sells."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import click

from jurat.cli.lots import in_cents
from jurat.cli.show import dump
from jurat.close import close
from jurat.close.whatif import WhatIf, what_if
from jurat.money import Kind, format_figure
from jurat.records import SCALE, Table, accept_table
from jurat.records import Kind as Written
from jurat.schedules.whatif import sales_of
from jurat.statement.explain import caption_of
from jurat.valuation.calendar import days_of
from jurat.words import UsageError

_SHOWN = 25
_PAGES = ("imr", "avr_default", "nii", "capital_gains", "operations", "assets", "liabilities")
"""Pages whose cells are told; the schedules change in every row that is sold."""


def tell_sale(
    folder: Path, lots: tuple[str, ...], day: str, price: str, file: Path | None, *, as_json: bool
) -> None:
    """Sell lots on paper and tell what it does."""
    closing = close(folder)
    books = closing.books
    if books.records is None:
        raise UsageError(
            f"{folder} keeps no records of investments.", next="Put tables into records/."
        )
    if file is not None:
        trades = accept_table(file, "trades")
    elif lots:
        on = day or f"{books.company.year}-12-31"
        relief = books.company.policies.relief
        trades = sales_of(books.records, list(lots), _day(on), _price(price), relief)
    else:
        raise UsageError("No lot is named.", next="jurat whatif sell FOLDER LOT, or --trades FILE")
    found = what_if(closing, trades)
    if as_json:
        dump(
            {
                "sales": [asdict(one) for one in found.sales],
                "released": [list(row) for row in found.released],
                "changed": [
                    {"cell": str(one.address), "before": one.before, "after": one.after}
                    for one in found.changed
                ],
            }
        )
        return
    for line in show_what_if(found, trades):
        click.echo(line)


def _day(text: str) -> int:
    try:
        return int(days_of(text).item())
    except ValueError:
        raise UsageError(f"{text!r} is no day.", next="Write 2012-11-30.") from None


def _price(text: str) -> int | None:
    if not text:
        return None
    try:
        return int(Decimal(text).scaleb(SCALE[Written.PRICE]))
    except (ArithmeticError, ValueError):
        raise UsageError(f"{text!r} is no price.", next="Write 101.25.") from None


def show_what_if(found: WhatIf, trades: Table) -> Iterator[str]:
    """Sales with their reserves, releases by year, cells of the statement before and after."""
    sales = sorted(found.sales, key=lambda one: -abs(one.gain))
    book, paid = (
        sum(getattr(one, name) for one in sales) for name in ("book_value", "consideration")
    )
    yield f"If these {len(trades):,} trades were booked: sold {in_cents(paid)}, carried at {in_cents(book)}"
    yield ""
    yield f"{'lot':<16} {'book value':>18} {'consideration':>18} {'gain':>16}  reserve"
    for one in sales[:_SHOWN]:
        where = f"{one.reserve}, band {one.band}" if one.reserve == "IMR" else one.reserve
        yield (
            f"{one.lot:<16} {in_cents(one.book_value):>18} {in_cents(one.consideration):>18} "
            f"{in_cents(one.gain):>16}  {where}: {one.reason}"
        )
    if len(sales) > _SHOWN:
        yield f"... and {len(sales) - _SHOWN:,} more"
    total = sum(one.gain for one in sales)
    yield f"{'together':<16} {in_cents(book):>18} {in_cents(paid):>18} {in_cents(total):>16}"
    yield ""
    yield "The reserve releases, all gains together"
    yield f"  {'year':<6} {'now':>14} {'then':>14} {'change':>14}"
    for year, now, then in found.released:
        yield f"  {year:<6} {_dollars(now):>14} {_dollars(then):>14} {_dollars(then - now):>14}"
    yield ""
    yield f"{len(found.changed):,} cells of the statement would change; of its pages"
    yield f"  {'cell':<26} {'now':>16} {'then':>16} {'change':>16}"
    for cell in [one for one in found.changed if one.address.page in _PAGES]:
        yield (
            f"  {cell.address!s:<26} {_dollars(cell.before):>16} {_dollars(cell.after):>16} "
            f"{_dollars(cell.after - cell.before):>16}  {caption_of(found.statement, cell.address)[:56]}"
        )
    yield "Nothing was booked."


def _dollars(figure: int) -> str:
    return format_figure(figure, Kind.MONEY)
