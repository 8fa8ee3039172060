"""Futures: margin by itself, and Schedule DB Part B."""

from jurat.golden.insurer.answers import Answers, Gain, Row
from jurat.golden.insurer.contract import Contract
from jurat.golden.insurer.days import year_end
from jurat.golden.insurer.exhibits import AccountYear, gained
from jurat.golden.insurer.movements import Movement


def future_year(answers: Answers, contract: Contract, year: int) -> None:
    """Margin is kept by itself: unrealized while the future is open, realized when it ends."""
    start, end = year_end(year - 1), year_end(year)
    was, now = contract.total("margin", 0, start), contract.total("margin", 0, end)
    ended = contract.settled(end)
    if ended:
        page, columns = "schedule_db_part_b_section2", {"16": now, "17": 0}
        move = Movement(realized=now, unrealized=-was)
    else:
        page, columns = (
            "schedule_db_part_b_section1",
            {
                "13": 0,
                "14": 0,
                "15": now,
                "16": now,
                "17": 0,
                "19": contract.exposure,
            },
        )
        move = Movement(unrealized=now - was)
    trade = ended.name if ended else ""
    answers.rows.append(Row(year=year, page=page, lot=contract.name, trade=trade, columns=columns))
    gained(answers, AccountYear(account=contract.account, year=year), "7", move)
    _margin(answers, contract, year, (was, now))
    if ended and now and not contract.account.is_fair:
        answers.gains.append(
            Gain(
                year=year,
                lot=contract.name,
                trade=trade,
                realized=now,
                exchange=0,
                reserve="avr",
                band="",
                reason="future not on interest rates",
            )
        )


def _margin(answers: Answers, contract: Contract, year: int, margin: tuple[int, int]) -> None:
    """The verification of futures: margin comes in cash and is recognized as it comes."""
    was, now = margin
    ended = contract.settled(year_end(year))
    kept = 0 if ended else now
    lines = {
        "3.1": kept - was,
        "3.11": kept,
        "3.12": was,
        "3.2": kept - was,
        "3.23": kept,
        "3.24": was,
        "3.3": 0,
        "4.1": now - kept,
        "4.22": now - kept,
        "4.3": 0,
        "6": 0,
        "8": 0,
    }
    answers.fill(year, "schedule_db_b", lines)
    for line in ("1289999", "9999999"):
        columns = {"15": kept, "16": kept, "19": 0 if ended else contract.exposure}
        for column, amount in columns.items():
            answers.add(year, "schedule_db_part_b_section1", line, column, amount)
    if not ended:
        lines = {"14": contract.exposure, "15": contract.exposure, "16": 0}
        answers.fill(year, "schedule_db_verification", lines)
