"""The summary of Schedule D by country, and the total of Part 1A."""

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.records import Security

PAGE = "schedule_d_summary"

_ABROAD = {"US": 0, "CA": 1}
"""How far below the first line of its class a country stands; all others two."""

_ALONE = {"state": "5", "political": "6", "revenue": "7", "affiliate": "12"}


def summary_lines(security: Security) -> tuple[str, ...]:
    """The line a security belongs to, and the totals above it.

    A government's bonds stand by its country, as do those of industry with hybrids.
    """
    place = _ABROAD.get(security.country, 2)
    is_affiliate = security.issuer == "affiliate"
    if security.kind != "bond":
        first = 14 if security.kind == "preferred" else 20
        own = (str(first + 4),) if is_affiliate else (str(first + place), str(first + 3))
        return *own, str(first + 5), "26", "27"
    if security.issuer in _ALONE:
        return _ALONE[security.issuer], "13", "27"
    if security.issuer.endswith("government"):
        return str(1 + place), "4", "13", "27"
    return str(8 + place), "11", "13", "27"


def summarized(answers: Answers, year: int, security: Security, amounts: tuple[int, ...]) -> None:
    """Book value, fair value, cost and par of a bond or stock owned; a stock has no par."""
    for line in summary_lines(security):
        for number, amount in enumerate(amounts, 1):
            if number < 4 or int(line) <= 13:
                answers.add(year, PAGE, line, str(number), amount)


def distributed(answers: Answers, year: int, amount: int) -> None:
    """A bond of any term in the total of quality and maturity."""
    answers.add(year, "schedule_d_part1a_section1", "9.7", "6", amount)
