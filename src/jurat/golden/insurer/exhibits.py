"""The pages that every kind of asset feeds: the exhibits of income and gains, the assets."""

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.movements import Movement


def gained(answers: Answers, year: int, line: str, move: Movement) -> None:
    """A movement in the exhibit of capital gains."""
    columns = {
        "1": move.gain,
        "2": -move.impairment,
        "3": move.gain - move.impairment,
        "4": move.unrealized,
        "5": move.exchange,
    }
    for column, amount in columns.items():
        answers.add(year, "capital_gains", line, column, amount)
        answers.add(year, "capital_gains", "10", column, amount)


def owned(answers: Answers, year: int, line: str, column: str, amount: int) -> None:
    """An amount in a line of the assets, by the account's basis and in all."""
    for each in (column, "3"):
        answers.add(year, "assets", line, each, amount)


def earned(answers: Answers, year: int, line: str, collected: int, due: int) -> None:
    """Income in the exhibit: collected, and earned by what became due besides."""
    for each in (line, "10"):
        answers.add(year, "nii", each, "1", collected)
        answers.add(year, "nii", each, "2", collected + due)
