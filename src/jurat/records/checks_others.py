"""Accounts and mortgage loans: what they lack, and what was paid beyond what was owed."""

from collections.abc import Iterator

import numpy as np

from jurat.records.ledger import Ledger, Totals, told
from jurat.records.problems import Problem, dollars
from jurat.records.table import places
from jurat.records.tables import BLANK
from jurat.words import Severity


def accounts(ledger: Ledger) -> Iterator[Problem]:
    """Accounts that do not say how they are carried, and book-value accounts without an IMR."""
    table, lots = ledger.records["accounts"], ledger.lots
    of = places(lots.text("account"), table.text("account"))
    held = np.flatnonzero((of >= 0) & (ledger.closing_held > 0))
    worth = Totals.of(of[held], ledger.cost_of(held, ledger.closing_held[held]))
    cents = worth.at(np.arange(len(table)))
    basis = table.whole("basis")
    for row in np.flatnonzero(basis == BLANK).tolist():
        yield Problem(
            rule="account.basis",
            severity=Severity.ERROR,
            what=f"account {table.text('account')[row]} does not say its basis.",
            where=table.where(row),
            cents=int(cents[row]),
            next="Write general for book value, or fair.",
        )
    for row in np.flatnonzero(
        table.is_choice("basis", "general") & (table.whole("imr") == 0)
    ).tolist():
        yield Problem(
            rule="account.imr",
            severity=Severity.WARNING,
            what=f"account {table.text('account')[row]} is carried at book value without an IMR.",
            where=table.where(row),
            cents=int(cents[row]),
            next="Write imr yes, unless its contracts are exempt.",
        )


def loans(ledger: Ledger) -> Iterator[Problem]:
    """Loans on which more was paid than was owed, before they were made, or that are past their end."""
    table, paid = ledger.records["mortgages"], ledger.records["loan_payments"]
    of = places(paid.text("loan"), table.text("loan"))
    done = (of >= 0) & (paid.whole("date") <= ledger.closing)
    reduces = done & paid.is_choice("kind", "principal", "prepayment")
    adds = done & paid.is_choice("kind", "additional", "capitalized")
    amount, every = paid.whole("amount"), np.arange(len(table))
    owed = table.whole("principal") + Totals.of(of[adds], amount[adds]).at(every)
    owed -= Totals.of(of[reduces], amount[reduces]).at(every)
    last = np.zeros(len(table), dtype=np.int64)
    last[of[reduces]] = np.flatnonzero(reduces)
    for row in np.flatnonzero(owed < 0).tolist():
        yield Problem(
            rule="loan.overpaid",
            severity=Severity.ERROR,
            what=f"{dollars(-int(owed[row]))} more was paid on loan {table.text('loan')[row]} than "
            "was owed.",
            where=paid.where(int(last[row])),
            cents=-int(owed[row]),
            next="Mend a payment, or give what was added to the loan.",
        )
    funded = np.append(table.whole("funded"), BLANK)[of]  # BLANK is before any day
    for row in np.flatnonzero(paid.whole("date") < funded).tolist():
        yield Problem(
            rule="loan.early",
            severity=Severity.ERROR,
            what=f"{paid.text('payment')[row]} is of {told(paid.whole('date')[row])}, before loan "
            f"{paid.text('loan')[row]} was made.",
            where=paid.where(row),
            cents=abs(int(amount[row])),
            next="Mend one of the dates.",
        )
    is_sold = np.isin(every, of[done & paid.is_choice("kind", "sale")])
    over = (owed > 0) & (table.whole("maturity") <= ledger.closing) & ~is_sold
    for row in np.flatnonzero(over).tolist():
        yield Problem(
            rule="loan.matured",
            severity=Severity.WARNING,
            what=f"loan {table.text('loan')[row]} ended on {told(table.whole('maturity')[row])}, and "
            f"{dollars(int(owed[row]))} is still owed.",
            where=table.where(row),
            cents=int(owed[row]),
            next="Give the last payment, or the standing of the loan.",
        )
