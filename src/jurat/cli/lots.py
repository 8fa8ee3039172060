"""The verb lot, and the lots behind a cell: down to the row of the records."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jurat.cli.show import dump
from jurat.close import Closing
from jurat.money import Kind, format_figure
from jurat.records import Records, accept_records
from jurat.schedules import Share
from jurat.statement.explain import Reason
from jurat.valuation.life import Life, life_of
from jurat.valuation.relief import Relief
from jurat.words import Address, UsageError

if TYPE_CHECKING:
    from jurat.keeping import Company

RECORDS = "records"
_LARGEST = 10


# -- the life of a lot ----------------------------------------------------------------------------


def tell_lot(folder: Path, lot: str, year: int | None, *, as_json: bool) -> None:
    """Print a lot's whole life."""
    records, company = records_in(folder), _company_of(folder)
    relief = company.policies.relief if company else Relief.FIFO
    life = life_of(records, lot, year or _year_of(folder, company), relief)
    if as_json:
        dump(asdict(life))
        return
    for line in show_life(life):
        click.echo(line)


def records_in(folder: Path) -> Records:
    """The records of a company folder, or of a folder of records.

    Raises  UsageError without any; RecordError for what is wrong in them.
    """
    own = folder / RECORDS
    return accept_records(own if own.is_dir() else folder)


def _company_of(folder: Path) -> "Company | None":
    """The company of a folder; a folder of nothing but records has none.

    Raises  RecordError for a `company.toml` that cannot be used: its policies would be lost.
    """
    from jurat.keeping.company import NAME, read_company
    from jurat.keeping.faults import Faults

    faults = Faults()
    company = read_company(folder, faults) if (folder / NAME).is_file() else None
    faults.stop()
    return company


def _year_of(folder: Path, company: "Company | None") -> int:
    """The statement year of a company folder."""
    if company is None:
        raise UsageError(f"{folder} tells no year.", next="Say it: --year 2012")
    return company.year


def show_life(life: Life) -> Iterator[str]:
    """Facts with their rows, spells, points of time, years that foot."""
    yield f"Lot {life.lot}"
    yield ""
    for fact in life.facts:
        yield f"  {fact.name:<24} {fact.text:<40} {fact.where}"
    if life.spells:
        yield ""
        yield "Amortized"
    for spell in life.spells:
        to = f"to {100 * spell.redemption:.4g} on {spell.end}"
        yield f"  from {spell.begins} at {100 * spell.rate:.6f} % a year, {to}"
    if life.points:
        yield ""
        yield (
            f"  {'date':<10} {'':<12} {'par owed':>16} {'price':>11} {'book value':>16} "
            f"{'accretion':>13} {'interest':>13}"
        )
    for point in life.points:
        yield (
            f"  {point.date:<10} {point.what:<12} {in_cents(point.par):>16} {100 * point.price:>11.6f} "
            f"{in_cents(point.book):>16} {in_cents(point.accretion):>13} {in_cents(point.interest):>13}"
        )
    yield ""
    names = list(life.years[0].moved) if life.years else []
    yield "  " + f"{'year':<6}" + "".join(f"{name:>15}" for name in names)
    for one in life.years:
        yield (
            f"  {one.year:<6}" + "".join(f"{in_cents(cents):>15}" for cents in one.moved.values())
        )
    yield "  opening + cost + accretion + unrealized - impairment + exchange + gain - consideration = closing"


def in_cents(cents: int) -> str:
    """Cents as dollars with their cents; less than nought in parentheses.

    >>> in_cents(-123456), in_cents(5), in_cents(0)
    ('(1,234.56)', '0.05', '-')
    """
    if not cents:
        return "-"
    text = f"{format_figure(abs(cents) // 100, Kind.MONEY)}.{abs(cents) % 100:02}"
    return f"({text})" if cents < 0 else text


# -- the lots of a cell ---------------------------------------------------------------------------


def lots_behind(closing: Closing, reason: Reason, count: int = _LARGEST) -> dict[str, Any]:
    """The largest lots, loans and contracts in a cell, with what they bring and where they stand."""
    if closing.investments is None:
        return {}
    sums = closing.investments.sums
    found: list[tuple[int, Share]] = []
    rows = 0
    for place, sign in _leaves(reason, 1):
        if place in sums:
            rows += sums[place].count
            found += [(sign * share.cents, share) for share in sums[place].largest(count)]
    found.sort(key=lambda one: (-abs(one[0]), one[1].name))
    told = [
        {
            "cents": cents,
            "what": share.what,
            "of": share.among,
            "name": share.name,
            "where": _where(closing.investments.book.year.records, share),
        }
        for cents, share in found[:count]
    ]
    return {"rows": rows, "largest": told}


def _leaves(reason: Reason, sign: int) -> Iterator[tuple[Address, int]]:
    if not reason.parts:
        try:
            yield Address.parse(reason.place), sign * reason.sign
        except (UsageError, ValueError):
            return
    for part in reason.parts:
        yield from _leaves(part, sign * reason.sign)


def _where(records: Records, share: Share) -> str:
    """The file and row of what a share is of."""
    table = records[share.among] if share.among in records.tables else records["lots"]
    names = table.text(table.declared.key[0])
    row = names.index(share.name).as_py()
    return f"records/{table.where(row)}" if row >= 0 else ""


def show_lots(told: dict[str, Any]) -> Iterator[str]:
    """The largest lots in a cell as a table."""
    if not told or not told["rows"]:
        return
    largest = told["largest"]
    yield ""
    yield f"From {told['rows']:,} rows of the records; the largest {len(largest)}:"
    for one in largest:
        yield f"{in_cents(one['cents']):>18}  {one['name']:<16} {one['what']:<44} {one['where']}"
