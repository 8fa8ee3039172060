"""The lines of the balance sheet that investments make, by the basis of their account."""

from dataclasses import replace

import numpy as np

from jurat.records import Records, places
from jurat.records.table import Texts, Whole
from jurat.records.tables import BASES
from jurat.schedules.exhibits import Held
from jurat.schedules.securities import Portfolio
from jurat.schedules.sums import Gathered, Term
from jurat.valuation.holdings import Asset
from jurat.words import Address

_LINES = {
    Asset.BOND: "1",
    Asset.PREFERRED: "2.1",
    Asset.COMMON: "2.2",
    Asset.SHORT_TERM: "7",
    Asset.CASH_EQUIVALENT: "6",
}
_CASH, _EQUIVALENTS = 1, 2
"""The amounts in the caption of line 6."""
_DUE = "13"


class _Sheet:
    """Amounts by line and basis."""

    def __init__(self, records: Records, found: Gathered) -> None:
        self.records, self.found = records, found
        self.basis = records["accounts"].whole("basis")

    def add(self, page: str, line: str, term: Term, account: Whole) -> None:
        """A term in the column of each account's basis: 1 general account, 2 fair value."""
        for number, _ in enumerate(BASES):
            own = np.flatnonzero(self.basis[account] == number)
            part = Term(
                what=term.what,
                among=term.among,
                names=term.names,
                rows=term.rows[own],
                amounts=term.amounts[own],
            )
            self.found.add(Address(page, line, str(number + 1)), part)

    def account_of(self, table: str) -> Whole:
        """The account of each row of a table."""
        return places(self.records[table].text("account"), self.records["accounts"].text("account"))


def add_balance(book: Portfolio, held: Held, found: Gathered, end: int) -> None:
    """Assets, lines 1 to 10 and 13; Liabilities, line 12."""
    records = book.year.records
    sheet = _Sheet(records, found)
    _securities(book, sheet)
    _cash(records, held, sheet)
    rolls = (
        ("3", "mortgages", "loan", held.loans),
        ("4.1", "real_estate", "property", held.real_estate),
        ("9", "other_invested", "holding", held.other_invested),
    )
    for line, table, key, roll in rolls:
        account = sheet.account_of(table)[roll.owner]
        names = records[table].text(key)
        for at, what, amounts in (
            (line, "book value", roll.closing),
            (_DUE, "due and accrued", roll.due_closing),
        ):
            term = Term(what=what, among=table, names=names, rows=roll.owner, amounts=amounts)
            sheet.add("assets", at, term, account)
    _contracts(records, held, sheet)
    _collateral(records, sheet, end)


def _securities(book: Portfolio, sheet: _Sheet) -> None:
    moves, lots = book.moves, book.year.holdings.lots.text("lot")
    account = book.year.holdings.account[moves.portions.lot]

    def of(what: str, rows: Whole, amounts: Whole) -> Term:
        return Term(
            what=what,
            among="lots",
            names=lots,
            rows=moves.portions.lot[rows],
            amounts=amounts[rows],
        )

    for asset, line in _LINES.items():
        rows = np.flatnonzero((book.asset == asset) & ~moves.left)
        term = of("book value", rows, moves.closing)
        sheet.add("assets", line, term, account[rows])
        if asset == Asset.CASH_EQUIVALENT:
            sheet.found.add(Address("assets", line, inset=_EQUIVALENTS), term)
    rows = np.flatnonzero(~moves.left)
    sheet.add("assets", _DUE, of("due and accrued", rows, book.income.due_closing), account[rows])


def _cash(records: Records, held: Held, sheet: _Sheet) -> None:
    cash = held.cash
    names: Texts = records["cash"].text("depository")
    balance = Term(what="balance", among="cash", names=names, rows=cash.row, amounts=cash.balance)
    sheet.add("assets", "6", balance, cash.account)
    sheet.found.add(Address("assets", "6", inset=_CASH), balance)
    for month in range(12):
        term = replace(balance, what="balance at the month's end", amounts=cash.months[:, month])
        sheet.found.add(Address("schedule_e_part1", f"{month + 1}", "6"), term)
    due = Term(
        what="interest accrued", among="cash", names=names, rows=cash.row, amounts=cash.due_closing
    )
    sheet.add("assets", _DUE, due, cash.account)


def _contracts(records: Records, held: Held, sheet: _Sheet) -> None:
    """Each contract by itself: what is an asset on page 2, what is a liability on page 3."""
    moved = held.contracts
    account = sheet.account_of("derivatives")[moved.owner]
    names = records["derivatives"].text("contract")
    for page, line, amounts in (
        ("assets", "8", np.maximum(moved.closing, 0)),
        ("liabilities", "12", np.maximum(-moved.closing, 0)),
    ):
        term = Term(
            what="book value", among="derivatives", names=names, rows=moved.owner, amounts=amounts
        )
        sheet.add(page, line, term, account)


def _collateral(records: Records, sheet: _Sheet, end: int) -> None:
    table = records["collateral"]
    rows = np.flatnonzero((table.whole("date") == end) & (table.filled("off_balance", 0) == 0))
    term = Term(
        what="book value",
        among="collateral",
        names=table.text("security"),
        rows=rows,
        amounts=table.whole("book_value")[rows],
    )
    sheet.add("assets", "10", term, sheet.account_of("collateral")[rows])
