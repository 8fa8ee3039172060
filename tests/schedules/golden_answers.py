"""A golden company's answers held against what Jurat makes of its records, to the cent."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from jurat.blanks import blank_for
from jurat.close import Closing
from jurat.records import BLANK, Records, accept_records
from jurat.schedules import CENT, Investments, investments_of
from jurat.schedules.cells import gains_by_band
from jurat.schedules.detail import Detail
from jurat.schedules.gains import Reason
from jurat.valuation import BANDS
from jurat.words import Address

UNANSWERED = ["schedule_db_part_d", "schedule_d_part6_section1"]
"""Pages that no answers are given of."""


@dataclass(frozen=True, slots=True)
class Unlike:
    """A figure that differs: where, what the answer is, what was made."""

    page: str
    row: str
    column: str
    answer: int
    made: int


def answers_of(folder: Path, year: int, name: str) -> list[dict[str, str]]:
    path = folder / "answers" / str(year) / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pages_of(folder: Path, year: int) -> list[str]:
    names = (path.stem for path in (folder / "answers" / str(year)).glob("schedule_*.csv"))
    return sorted(names)


def made_of(folder: Path, year: int) -> tuple[Records, Investments]:
    records = accept_records(folder / "records")
    return records, investments_of(records, blank_for(2012), year)


def unlike_rows(folder: Path, year: int, made: Investments, page: str) -> Iterator[Unlike]:
    """Money columns of a page by row; rows of one lot and trade are one row."""
    answers = answers_of(folder, year, page)
    columns = [name for name in (answers[0] if answers else {}) if name.isdigit()]
    wanted = _by_key(
        ((row["lot"], [int(row[name] or 0) for name in columns]) for row in answers), len(columns)
    )
    detail = made.details.get(page)
    found = _by_key(_rows(detail, columns), len(columns)) if detail is not None else {}
    for key in sorted({*wanted, *found}):
        one, other = wanted.get(key), found.get(key)
        for place, name in enumerate(columns):
            answer = one[place] if one else 0
            figure = other[place] if other else 0
            if answer != figure:
                yield Unlike(page, key, name, answer, figure)


def _rows(detail: Detail, columns: list[str]) -> Iterator[tuple[str, list[int]]]:
    money = [np.where(detail.columns[name] == BLANK, 0, detail.columns[name]) for name in columns]
    for row, lot in enumerate(detail.lot.to_pylist()):
        yield lot, [int(column[row]) for column in money]


def _by_key(rows: Iterator[tuple[str, list[int]]], width: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, figures in rows:
        total = found.setdefault(key, [0] * width)
        for place, figure in enumerate(figures):
            total[place] += figure
    return found


def count(unlike: list[Unlike]) -> Counter[tuple[str, str]]:
    return Counter((one.page, one.column) for one in unlike)


# -- the lines of totals.csv ----------------------------------------------------------------------

LAST = 2012
INVESTED = ("schedule_", "capital_gains", "avr_default")
"""Pages that hold investments alone: all that an earlier year's folder, without its insurance, fills."""

CLOSING_LINE = {
    "schedule_a": "9",
    "schedule_b": "11",
    "schedule_ba": "11",
    "schedule_d": "10",
    "schedule_da": "10",
    "schedule_db_a": "9",
    "schedule_e": "10",
}
"""The line of each verification that next year's first line is carried from."""


def in_year(folder: Path, year: int, target: Path) -> Path:
    """The company's folder as it stood at the end of a year, last year's closing in dollars."""
    target.mkdir()
    (target / "records").symlink_to((folder / "records").resolve())
    company = (folder / "company.toml").read_text(encoding="utf-8")
    company = company.replace("year = 2012", f"year = {year}")
    company = company.replace("[policies]\n", '[policies]\nimr_rate = "4.5 %"\n')
    (target / "company.toml").write_text(company, encoding="utf-8")
    rows = ["page,line,column,inset,row,kind,value", f"cover,year_ended,,,,code,{year - 1}"]
    for one in answers_of(folder, year, "totals"):
        last = CLOSING_LINE.get(one["page"])
        if last and one["line"] == "1":
            dollars = _in_dollars(int(one["cents"]))
            rows.append(f"{one['page']},{last},{one['column']},,,money,{dollars}")
    (target / "opening").mkdir()
    (target / "opening" / f"facts_{year - 1}.csv").write_text("\n".join(rows) + "\n")
    return target


def _in_dollars(cents: int) -> int:
    """The nearest, halves away from nought."""
    dollars = (abs(cents) + 50) // 100
    return dollars if cents >= 0 else -dollars


def line_of(answer: dict[str, str]) -> Address:
    """Where a line of totals.csv stands; `$1` is the first blank of a caption."""
    column = answer["column"]
    if column.startswith("$"):
        return Address(answer["page"], answer["line"], inset=int(column[1:]))
    return Address(answer["page"], answer["line"], column)


def unlike_lines(folder: Path, year: int, closing: Closing) -> Iterator[Unlike]:
    """Lines of totals.csv that the statement has otherwise, to the cent."""
    for answer in answers_of(folder, year, "totals"):
        if year != LAST and not answer["page"].startswith(INVESTED):
            continue
        at, cents = line_of(answer), int(answer["cents"])
        cell = closing.statement.cells.get(at)
        exact = (cell.exact or 0) if cell else 0
        if exact != cents * CENT:
            yield Unlike(at.page, str(at), at.column, cents, exact // CENT)


# -- gains ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gain:
    """A gain with the reserve that it goes to and its group of maturities there."""

    cents: int
    reserve: str
    band: str


def unlike_gains(
    folder: Path, year: int, records: Records, made: Investments
) -> Iterator[tuple[str, str, Gain | None, Gain | None]]:
    """Gains that differ: lot, trade, the answer, what was made. A gain of nought is none."""
    wanted = {
        (one["lot"], one["trade"]): Gain(int(one["realized"]), one["reserve"], one["band"])
        for one in answers_of(folder, year, "gains")
    }
    found = {**gains_made(records, made), **_other_gains(records, made, wanted)}
    for key in sorted({*wanted, *found}):
        one, other = wanted.get(key), found.get(key)
        if one != other and not (other is None and one is not None and one.cents == 0):
            yield (*key, one, other)


def gains_made(records: Records, made: Investments) -> dict[tuple[str, str], Gain]:
    """The gains of accounts with a reserve, by lot and trade."""
    gains, found = made.gains, {}
    trades = made.book.moves.portions.trade[gains.rows]
    for lot, trade, cents, reason, band in zip(
        records["lots"].text("lot").take(pa.array(gains.lot)).to_pylist(),
        records["trades"].text("trade").take(pa.array(trades)).to_pylist(),
        gains.amount.tolist(),
        gains.reason.tolist(),
        gains.band.tolist(),
        strict=True,
    ):
        is_imr = reason == Reason.INTEREST
        if reason != Reason.NONE:
            group = list(BANDS)[band] if is_imr else ""
            found[lot, trade] = Gain(cents, "imr" if is_imr else "avr", group)
    return found


def _other_gains(
    records: Records, made: Investments, wanted: dict[tuple[str, str], Gain]
) -> dict[tuple[str, str], Gain]:
    """What loans, properties, holdings and contracts brought, under the keys of the answers.

    Which reserve they go to is seen in the groups of maturities.
    """
    held, found = made.held, Counter[str]()
    ended = held.contracts.left & held.contracts.is_future
    for table, key, owner, gain in (
        ("mortgages", "loan", held.loans.owner, held.loans.gain),
        ("real_estate", "property", held.real_estate.owner, held.real_estate.gain),
        ("other_invested", "holding", held.other_invested.owner, held.other_invested.gain),
        ("derivatives", "contract", held.contracts.owner, held.contracts.gain),
        ("derivatives", "contract", held.contracts.owner, ended * held.contracts.margin),
    ):
        names = records[table].text(key).take(pa.array(owner)).to_pylist()
        for name, cents in zip(names, gain.tolist(), strict=True):
            found[name] += cents
    return {
        key: Gain(found[key[0]], gain.reserve, gain.band)
        for key, gain in wanted.items()
        if key[0] in found
    }


def unlike_bands(folder: Path, year: int, made: Investments) -> dict[str, tuple[int, int]]:
    """Groups of maturities whose gains differ: the answer, what was made."""
    wanted = {one["band"]: int(one["realized"]) for one in answers_of(folder, year, "imr_bands")}
    found = gains_by_band(made)
    bands = {band: (wanted.get(band, 0), found.get(band, 0)) for band in {*wanted, *found}}
    return {band: pair for band, pair in bands.items() if pair[0] != pair[1]}


# -- all of it ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Score:
    """What was compared, and what differs."""

    rows: int = 0
    cells: int = 0
    lines: int = 0
    gains: int = 0
    portions: int = 0
    do_not_foot: int = 0
    unlike: list[object] = field(default_factory=list)


def score(folder: Path, year: int, closing: Closing) -> Score:
    """Every row, line, gain and group of a golden company's year."""
    made, records = closing.investments, closing.books.records
    assert made is not None
    assert records is not None
    found = Score()
    for page in pages_of(folder, year):
        answers = answers_of(folder, year, page)
        found.rows += len(answers)
        found.cells += len(answers) * sum(name.isdigit() for name in (answers[:1] or [{}])[0])
        found.unlike += unlike_rows(folder, year, made, page)
    found.unlike += [
        page for page in made.details if page not in pages_of(folder, year) + UNANSWERED
    ]
    found.lines = len(answers_of(folder, year, "totals"))
    found.unlike += unlike_lines(folder, year, closing)
    found.gains = len(answers_of(folder, year, "gains"))
    found.unlike += unlike_gains(folder, year, records, made)
    found.unlike += unlike_bands(folder, year, made).items()
    found.portions = len(made.book.moves)
    found.do_not_foot = int(np.count_nonzero(made.book.moves.unexplained))
    return found
