"""Schedules that list what the records say: cash, lending collateral, affiliates."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from jurat.blanks import Blank
from jurat.records import Records, Table, places
from jurat.records.table import Column, Whole
from jurat.records.tables import CASH_KINDS, SECURITY_KINDS
from jurat.schedules.detail import Detail
from jurat.schedules.layout import joined, laid, taken, words
from jurat.schedules.securities import Portfolio
from jurat.schedules.sums import Gathered, Term
from jurat.valuation.cash import Depositories
from jurat.words import Address

_SHARE_OF_RATE = 1000
"""A share has twelve decimals, a rate nine."""


def list_details(
    blank: Blank, records: Records, cash: Depositories, book: Portfolio
) -> Iterator[Detail]:
    """Schedules E Part 1, DL and D Part 6."""
    yield _cash(blank, records, cash)
    for part, off in ((1, 0), (2, 1)):
        yield _collateral(blank, records["collateral"], part, off, book.year.end)
    yield _affiliates(blank, records, book)


def _cash(blank: Blank, records: Records, cash: Depositories) -> Detail:
    table = records["cash"]
    columns: dict[str, Column] = {
        "depository": taken(table.text("depository"), cash.row),
        "code": taken(table.text("code"), cash.row),
        "rate": table.whole("rate")[cash.row],
        "received": cash.received,
        "accrued": cash.due_closing,
        "balance": cash.balance,
        "mark": words("", len(cash.row)),
    }
    names = joined(
        taken(records["accounts"].text("account"), cash.account),
        words(" ", len(cash.row)),
        taken(table.text("depository"), cash.row),
    )
    nought = np.zeros(len(cash.row), dtype=np.int64)
    return laid(blank.pages["schedule_e_part1"], ("open",), nought, columns, names)


def overdrawn(records: Records, cash: Depositories) -> Whole:
    """Balances of overdrafts, which are cash less than nought all the same."""
    kind = records["cash"].filled("kind", 0)[cash.row]
    return np.where(kind == CASH_KINDS.index("overdraft"), cash.balance, 0)


def _collateral(blank: Blank, table: Table, part: int, off: int, end: int) -> Detail:
    mine = (table.filled("off_balance", 0) == off) & (table.whole("date") == end)
    rows = np.flatnonzero(mine)
    columns: dict[str, Column] = {
        "cusip": taken(table.text("security"), rows),
        **{
            name: taken(table.columns[name], rows)
            for name in (
                *("description", "code", "designation"),
                *("fair_value", "book_value", "maturity"),
            )
        },
    }
    nought = np.zeros(len(rows), dtype=np.int64)
    page = blank.pages[f"schedule_dl_part{part}"]
    return laid(page, ("other",), nought, columns, columns["cusip"])


def _affiliates(blank: Blank, records: Records, book: Portfolio) -> Detail:
    """Shares of affiliates, with what is carried of each security."""
    table, securities = records["affiliates"], records["securities"]
    rows = np.flatnonzero(table.whole("date") == book.year.end)
    security = places(table.text("security"), securities.text("security"))[rows]
    columns: dict[str, Column] = {
        "cusip": taken(table.text("security"), rows),
        "name": taken(table.text("name"), rows),
        "foreign": taken(securities.text("foreign"), security),
        "company": taken(table.text("naic"), rows),
        "method": taken(table.text("method"), rows),
        "intangible": taken(pa.array(["NO", "YES"]), table.filled("intangible", 0)[rows]),
        "intangibles": table.whole("intangibles")[rows],
        "book_value": _held(book, book.moves.closing)[security],
        "nonadmitted": table.whole("nonadmitted")[rows],
        "shares": _held(book, book.moves.portions.before)[security],
        "ownership": table.whole("ownership")[rows] // _SHARE_OF_RATE,
    }
    kind = securities.whole("kind")
    common = kind[security] == SECURITY_KINDS.index("common") if len(kind) else security > 0
    page = blank.pages["schedule_d_part6_section1"]
    names = ("preferred_other", "common_other")
    return laid(page, names, common.astype(np.int64), columns, columns["cusip"])


def _held(book: Portfolio, amounts: Whole) -> Whole:
    """What is held of each security at the year's end, lots together."""
    stays = np.flatnonzero(~book.moves.left)
    found = np.zeros(len(book.year.holdings.securities), dtype=np.int64)
    np.add.at(found, book.security[stays], amounts[stays])
    return found


# -- special deposits ------------------------------------------------------------------------------

_DEPOSITS = "schedule_e_part3"


def add_deposits(records: Records, blank: Blank, end: int, found: Gathered) -> None:
    """Schedule E Part 3: what is deposited with each state, for all policyholders and for others."""
    table = records["deposits"]
    lines = {_state(line.name): line.id for line in blank.pages[_DEPOSITS].lines}
    states = table.text("state").to_pylist()
    names = table.text("security")
    here = table.whole("date") == end
    other = table.filled("side", 0) == 1
    for state in sorted(set(states) & set(lines)):
        mine = np.array([one == state for one in states], dtype=np.bool_) & here
        for is_other, columns in ((False, ("3", "4")), (True, ("5", "6"))):
            rows = np.flatnonzero(mine & (other == is_other))
            for column, what in zip(columns, ("book_value", "fair_value"), strict=True):
                term = Term(
                    what=what.replace("_", " "),
                    among="deposits",
                    names=names,
                    rows=rows,
                    amounts=table.whole(what)[rows],
                )
                found.add(Address(_DEPOSITS, lines[state], column), term)


def deposit_words(records: Records, blank: Blank, end: int) -> dict[Address, str]:
    """The type and purpose of each state's deposits, as the first row of each says."""
    table = records["deposits"]
    lines = {_state(line.name): line.id for line in blank.pages[_DEPOSITS].lines}
    found: dict[Address, str] = {}
    rows = np.flatnonzero(table.whole("date") == end)
    for row in rows.tolist():
        state = table.text("state")[row].as_py()
        for column, name in (("1", "type"), ("2", "purpose")):
            text = table.text(name)[row].as_py()
            if text and state in lines:
                found.setdefault(Address(_DEPOSITS, lines[state], column), text)
    return found


def _state(name: str) -> str:
    """A state by the name of its line: `or` is a word that no line may have."""
    return "OR" if name == "oregon" else name.upper()
