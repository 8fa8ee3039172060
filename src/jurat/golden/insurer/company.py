"""A whole insurer: everything drawn, written as records, and answered beside them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import localcontext
from pathlib import Path

from jurat.golden.insurer.answers import Answers, Line
from jurat.golden.insurer.days import year_end
from jurat.golden.insurer.draws import Row, money, quantity, rows_of
from jurat.golden.insurer.exhibits import BANDS, FUNDS
from jurat.golden.insurer.given import write_given
from jurat.golden.insurer.markets import ACCOUNTS, LAST, Market, iso, market
from jurat.golden.insurer.movements import Held, Movement
from jurat.golden.insurer.opening import facts
from jurat.golden.insurer.others import other_units
from jurat.golden.insurer.pages import COLUMNS
from jurat.golden.insurer.rounding import EXACT, DrawAgain
from jurat.golden.insurer.security_answers import held_lots, security_answers
from jurat.golden.insurer.settings import company
from jurat.golden.insurer.units import Unit, drawn, units
from jurat.golden.insurer.unsettled import receivable
from jurat.golden.insurer.whole import completed
from jurat.golden.insurer.writing import Sheets, Tables
from jurat.words import UsageError

_DRAWS = 2000
"""How often a unit is drawn again before it is our fault; one in some hundred needs ten."""

_MOVEMENT = tuple(each.name for each in fields(Movement))
_GAINS = ("lot", "trade", "realized", "exchange", "reserve", "band", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a golden company holds."""

    folder: Path
    years: tuple[int, ...]
    rows: dict[str, int]
    """Of each table."""
    answers: int
    """Rows of detail schedules, over all years."""


Part = tuple[list[tuple[str, Row]], Answers]
"""Rows of tables, and what follows from them."""


def golden_company(
    folder: Path, *, lots: int, seed: int, years: int = 3, parquet: bool = False
) -> Made:
    """A synthetic insurer of the year 2012 with so many lots, its answers known.

    The same arguments give the same bytes. A security one of whose answers lies within a thousandth
    of a half cent is drawn again, with all its lots: which way it goes is decided by the noise of rounding,
    not by accounting.

    Raises  UsageError for a folder that is not empty, or numbers that cannot be.
    """
    if lots < 1 or not 1 <= years <= 3:
        raise UsageError(
            "A golden company has lots, and one to three years.", next="--lots 200 --years 3"
        )
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty.", next="Give a new folder.")
    with localcontext(EXACT):
        return _made(folder, market(seed, years), lots, parquet=parquet)


def _made(folder: Path, world: Market, lots: int, *, parquet: bool) -> Made:
    total, funds, count = Answers(), Counter[tuple[str, int]](), 0
    with (
        Tables(folder / "records", parquet=parquet) as tables,
        Sheets(folder / "answers") as sheets,
    ):
        for rows, answers in _parts(world, lots, funds):
            for table, row in rows:
                tables.write(table, row)
            count += _write(sheets, answers)
            total.join(answers)
        for (account, year), amount in sorted(funds.items()):
            day = iso(year_end(year))
            tables.write("funds", {"account": account, "date": day, "fair_value": money(amount)})
        accounts = completed(world, total)
        _totals(sheets, total.cells, world.first)
        _bands(sheets, world, total)
    _text(folder / "company.toml", company())
    write_given(folder, total, accounts[LAST])
    if LAST - 1 in world.years:
        (folder / "opening").mkdir()
        _text(folder / "opening" / f"facts_{LAST - 1}.csv", facts(total, accounts[LAST - 1]))
    return Made(folder=folder, years=tuple(world.years), rows=tables.counts, answers=count)


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _parts(world: Market, lots: int, funds: Counter[tuple[str, int]]) -> Iterator[Part]:
    yield _shared(world), Answers()
    for unit in units(world, lots):
        yield _security(world, unit, funds)
    yield from other_units(world, lots)


def _shared(world: Market) -> list[tuple[str, Row]]:
    """The accounts and the exchange rates."""
    rows: list[tuple[str, Row]] = []
    for account in ACCOUNTS:
        basis, imr = ("fair", "no") if account.is_fair else ("general", "yes")
        row = {
            "account": account.name,
            "name": account.title,
            "basis": basis,
            "imr": imr,
            "product": account.product,
            "line_of_business": account.line,
        }
        rows.append(("accounts", row))
    for currency, values in world.rates.items():
        for at, rate in values:
            rows.append(
                ("exchange_rates", {"currency": currency, "date": iso(at), "rate": f"{rate:f}"})
            )
    return rows


def _security(world: Market, unit: Unit, funds: Counter[tuple[str, int]]) -> Part:
    """A security, drawn until none of its answers lies near a half cent."""
    for attempt in range(_DRAWS):
        try:
            records = drawn(world, unit, attempt)
            helds = held_lots(world, records)
            answers = security_answers(world, helds)
            answers.join(receivable(world, records))
            controls = list(_controls(world, helds))
        except DrawAgain:
            continue
        rows = list(rows_of(records))
        for name, year, security, held, fair in controls:
            funds[name, year] += fair
            rows.append(
                (
                    "custodian",
                    {
                        "account": name,
                        "security": security,
                        "date": iso(year_end(year)),
                        "quantity": held,
                    },
                )
            )
        return rows + _deposited(world, unit, helds, answers), answers
    raise AssertionError(f"Unit {unit.number} of kind {unit.kind} is never drawn well.")


def _controls(world: Market, helds: list[Held]) -> Iterator[tuple[str, int, str, str, int]]:
    """What custodians and administrators say of each account, year by year."""
    for year in (world.first - 1, *world.years):
        end = year_end(year)
        found: dict[tuple[str, str], list[Held]] = {}
        for held in helds:
            if held.left(end):
                found.setdefault((held.lot.account.name, held.security.name), []).append(held)
        for (account, name), own in found.items():
            total = sum(held.left(end) for held in own)
            fair = sum(held.fair(end, held.left(end)) for held in own)
            yield account, year, name, quantity(own[0].security, total), fair


def _deposited(
    world: Market, unit: Unit, helds: list[Held], answers: Answers
) -> list[tuple[str, Row]]:
    """Now and then a bond is deposited with a state."""
    if unit.number % 40 or unit.kind != "plain":
        return []
    rows: list[tuple[str, Row]] = []
    for year in world.years:
        own = [
            row
            for row in answers.rows
            if row.year == year and row.page == "schedule_d_part1" and row.lot == helds[0].lot.name
        ]
        for row in own:
            rows.append(
                (
                    "deposits",
                    {
                        "state": "OH",
                        "security": helds[0].security.name,
                        "date": iso(year_end(year)),
                        "type": "B",
                        "purpose": "Policyholders' protection",
                        "side": "all policyholders",
                        "book_value": money(row.columns["11"]),
                        "fair_value": money(row.columns["9"]),
                    },
                )
            )
    return rows


# -- the answers ----------------------------------------------------------------------------------


def _write(sheets: Sheets, answers: Answers) -> int:
    for row in answers.rows:
        columns = COLUMNS[row.page]
        values = [row.columns.get(number, "") for number in columns]
        head = ("lot", "trade", "opening", *columns)
        sheets.write(row.year, row.page, head, [row.lot, row.trade, row.opening, *values])
    for moved in answers.moved:
        values = [getattr(moved.movement, name) for name in _MOVEMENT]
        head = ("lot", "trade", "page", *_MOVEMENT)
        sheets.write(moved.year, "movements", head, [moved.lot, moved.trade, moved.page, *values])
    for gain in answers.gains:
        sheets.write(gain.year, "gains", _GAINS, [getattr(gain, name) for name in _GAINS])
    return len(answers.rows)


def _totals(sheets: Sheets, cells: dict[Line, int], first: int) -> None:
    for (year, page, line, column), amount in sorted(cells.items(), key=_place):
        if year >= first and page not in (BANDS, FUNDS):
            sheets.write(
                year, "totals", ("page", "line", "column", "cents"), (page, line, column, amount)
            )


def _place(item: tuple[Line, int]) -> tuple[int, str, list[tuple[int, str]], str]:
    year, page, line, column = item[0]
    parts = [(int(part) if part.isdigit() else -1, part) for part in line.split(".")]
    return year, page, parts, column.zfill(3)


def _bands(sheets: Sheets, world: Market, total: Answers) -> None:
    """The gains of the reserve by group of maturity."""
    for year in world.years:
        for (when, page, line, column), amount in sorted(total.cells.items()):
            if (when, page, column) == (year, BANDS, ""):
                sheets.write(year, "imr_bands", ("band", "realized"), (line, amount))
