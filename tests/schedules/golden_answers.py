"""A golden company's answers held against what Jurat makes of its records, to the cent."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from jurat.blanks import blank_for
from jurat.records import BLANK, Records, accept_records
from jurat.schedules import Investments, investments_of
from jurat.schedules.detail import Detail

PAGES = 1_000_000
SUMMED = ("schedule_b_part3",)
"""Pages of which the answers have a row for each payment, and Jurat one for each loan."""


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
