"""Totals of the pages that investments fill, and last year's columns beside this year's."""

from jurat.golden.insurer.answers import Answers
from jurat.money import round_half_away

_INVESTED = ("1", "2.1", "2.2", "3", "4.1", "6", "7", "8", "9", "10")
_DEFAULT = {
    "9": range(1, 9),
    "17": range(10, 17),
    "25": range(18, 25),
    "33": range(26, 33),
    "51": range(35, 51),
}
"""Lines of the default component, and what they add."""

_CARRIED = ("assets", "liabilities")


def footed(answers: Answers, year: int) -> None:
    """Invested and all assets; the bases of the default component."""
    cells = answers.cells
    for column in ("1", "2", "3"):
        invested = sum(cells[year, "assets", line, column] for line in _INVESTED)
        other = sum(cells[year, "assets", line, column] for line in ("13", "14"))
        answers.add(year, "assets", "12", column, invested)
        answers.add(year, "assets", "17", column, invested + other)
    for line, parts in _DEFAULT.items():
        total = sum(cells.get((year, "avr_default", str(part), "1"), 0) for part in parts)
        answers.add(year, "avr_default", line, "1", total)
    assets = sum(cells[year, "avr_default", line, "1"] for line in ("9", "17", "25", "33"))
    answers.add(year, "avr_default", "34", "1", assets)
    answers.add(year, "avr_default", "53", "1", cells[year, "avr_default", "51", "1"])
    bases = [key for key in cells if key[:2] == (year, "avr_default")]
    for _, page, line, _ in bases:
        answers.add(year, page, line, "4", cells[year, page, line, "1"])


def carried(answers: Answers, year: int) -> None:
    """Column 4 of the balance sheet: last year as it was filed, in whole dollars."""
    past = [
        (page, line, amount)
        for (when, page, line, column), amount in answers.cells.items()
        if when == year - 1 and page in _CARRIED and column == "3"
    ]
    for page, line, amount in past:
        answers.add(year, page, line, "4", 100 * round_half_away(amount, 100))
