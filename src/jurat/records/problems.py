"""What looks wrong in records that can be read: a rule's finding, with its weight in dollars."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from jurat.records.table import Table, Whole
from jurat.words import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What one rule found in one place.

    Units   cents of the statement that it may change.
    """

    rule: str
    severity: Severity
    what: str
    where: str
    """File and row; the first of several."""
    cents: int = 0
    next: str = ""


def ranked(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by the dollars they may change, the largest first; then by rule and place."""
    return sorted(problems, key=lambda one: (-abs(one.cents), one.rule, one.where, one.what))


def grouped(of: Whole) -> Iterator[Whole]:
    """The places of each group of equal numbers, groups in the order of their first place."""
    if not len(of):
        return
    order = np.argsort(of, kind="stable")
    cuts = np.flatnonzero(of[order][1:] != of[order][:-1]) + 1
    yield from sorted(np.split(order, cuts), key=lambda places: int(places[0]))


def place_of(table: Table, rows: Whole) -> str:
    """Where the first of some rows stands."""
    return table.where(int(rows[0]))


def counted(count: int, noun: str) -> str:
    """A number of things.

    >>> counted(1, "lot"), counted(1200, "lot")
    ('1 lot', '1,200 lots')
    """
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def dollars(cents: int) -> str:
    """Cents as they are told: dollars and cents, less than nought in parentheses.

    >>> dollars(-123456)
    '(1,234.56)'
    """
    text = f"{abs(cents) // 100:,}.{abs(cents) % 100:02}"
    return f"({text})" if cents < 0 else text


def plain(value: int, scale: int) -> str:
    """A scaled number without needless zeros.

    >>> plain(101_250_000_00, 8), plain(-5_000_000, 6)
    ('101.25', '-5')
    """
    whole, part = divmod(abs(value), 10**scale)
    decimals = f"{part:0{scale}}".rstrip("0")
    return f"{'-' if value < 0 else ''}{whole:,}" + (f".{decimals}" if decimals else "")
