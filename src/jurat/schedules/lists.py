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
from jurat.valuation.cash import Depositories

_SHARE_OF_RATE = 1000
"""A share has twelve decimals, a rate nine."""


def list_details(blank: Blank, records: Records, cash: Depositories, end: int) -> Iterator[Detail]:
    """Schedules E Part 1, DL and D Part 6."""
    yield _cash(blank, records, cash)
    for part, off in ((1, 0), (2, 1)):
        yield _collateral(blank, records["collateral"], part, off, end)
    yield _affiliates(blank, records, end)


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


def _affiliates(blank: Blank, records: Records, end: int) -> Detail:
    table, securities = records["affiliates"], records["securities"]
    rows = np.flatnonzero(table.whole("date") == end)
    security = places(table.text("security"), securities.text("security"))[rows]
    columns: dict[str, Column] = {
        "cusip": taken(table.text("security"), rows),
        "name": taken(table.text("name"), rows),
        "foreign": taken(securities.text("foreign"), security),
        "company": taken(table.text("naic"), rows),
        "method": taken(table.text("method"), rows),
        "intangible": taken(pa.array(["NO", "YES"]), table.filled("intangible", 0)[rows]),
        "intangibles": table.whole("intangibles")[rows],
        "nonadmitted": table.whole("nonadmitted")[rows],
        "ownership": table.whole("ownership")[rows] // _SHARE_OF_RATE,
    }
    kind = securities.whole("kind")
    common = kind[security] == SECURITY_KINDS.index("common") if len(kind) else security > 0
    page = blank.pages["schedule_d_part6_section1"]
    names = ("preferred_other", "common_other")
    return laid(page, names, common.astype(np.int64), columns, columns["cusip"])
