"""The pages that every kind of asset feeds: the exhibits of income and gains, the assets; its account."""

from dataclasses import dataclass

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.movements import Movement
from jurat.golden.insurer.records import Account

FUNDS = "funds"
"""No page: what each account has, by name, and what its investments brought."""

BANDS = "imr_bands"
"""No page of the form: gains that go to the IMR, by group of maturity, in all and by account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountYear:
    """An account in a year."""

    account: Account
    year: int

    def put(self, answers: Answers, what: str, amount: int) -> None:
        """An amount more of the account's own, which no page prints by account."""
        answers.add(self.year, FUNDS, self.account.name, what, amount)


def gained(answers: Answers, of: AccountYear, line: str, move: Movement) -> None:
    """A movement in the exhibit of capital gains."""
    columns = {
        "1": move.gain,
        "2": -move.impairment,
        "3": move.gain - move.impairment,
        "4": move.unrealized,
        "5": move.exchange,
    }
    for column, amount in columns.items():
        answers.add(of.year, "capital_gains", line, column, amount)
        answers.add(of.year, "capital_gains", "10", column, amount)
    of.put(answers, "result", move.gain - move.impairment + move.unrealized + move.exchange)


def owned(answers: Answers, of: AccountYear, line: str, amount: int) -> None:
    """An amount in a line of the assets, by the account's basis and in all."""
    for each in (of.account.column, "3"):
        answers.add(of.year, "assets", line, each, amount)
    of.put(answers, "assets", amount)


def owing(answers: Answers, of: AccountYear, line: str, amount: int) -> None:
    """An amount in a line of the liabilities that investments make."""
    for each in (of.account.column, "3"):
        answers.add(of.year, "liabilities", line, each, amount)
    of.put(answers, "owing", amount)


def earned(answers: Answers, of: AccountYear, line: str, collected: int, due: int) -> None:
    """Income in the exhibit: collected, and earned by what became due besides."""
    for each in (line, "10"):
        answers.add(of.year, "nii", each, "1", collected)
        answers.add(of.year, "nii", each, "2", collected + due)
    of.put(answers, "result", collected + due)


def reserved(answers: Answers, of: AccountYear, band: str, realized: int) -> None:
    """A gain that goes to the IMR, by its group."""
    answers.add(of.year, "imr", "2", "$1", realized)
    for column in ("", of.account.name):
        answers.add(of.year, BANDS, band, column, realized)
