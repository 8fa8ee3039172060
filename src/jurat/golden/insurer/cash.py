"""Cash by depository and month, an overdraft among it; and what lending collateral is invested in.

What is owed to the borrowers is what their collateral is carried at.
"""

from decimal import Decimal

from jurat.golden.insurer.answers import Answers, Row
from jurat.golden.insurer.days import day, moved, year_end
from jurat.golden.insurer.draws import Hand, exactly, money, plain, rounded
from jurat.golden.insurer.draws import Row as Fields
from jurat.golden.insurer.exhibits import AccountYear, earned, owing, owned
from jurat.golden.insurer.identifiers import cusip
from jurat.golden.insurer.markets import ACCOUNTS, iso
from jurat.golden.insurer.records import Account

_PAGE = "schedule_e_part1"
_TOTALS = ("0199999", "0399999", "0599999", "9999999")
_BANKS = ("First National Bank", "State Street Trust")


def draw_cash(hand: Hand) -> tuple[list[tuple[str, Fields]], Answers]:
    """Every account's balances at two banks; one of them overdrawn at the last year's end."""
    rows: list[tuple[str, Fields]] = []
    answers = Answers()
    for account in ACCOUNTS:
        for bank in _BANKS:
            made, found = _depository(hand, account, bank)
            rows += made
            answers.rows += found.rows
            answers.join(found)
    return rows, answers


def _depository(
    hand: Hand, account: Account, bank: str
) -> tuple[list[tuple[str, Fields]], Answers]:
    rows: list[tuple[str, Fields]] = []
    answers = Answers()
    rate = exactly(hand.random.uniform(0, 1.5), 3)
    is_drawn = account is ACCOUNTS[2] and bank == _BANKS[1]
    accrued = 0
    for year in (hand.market.first - 1, *hand.market.years):
        before, received, balance = accrued, 0, 0
        for month in range(1, 13):
            if year < hand.market.first and month < 12:
                continue
            balance = hand.between(10_000, 900_000_000)
            if is_drawn and month % 4 == 0:
                balance = -hand.between(10_000, 90_000_000)
            interest = rounded(max(balance, 0) * rate / Decimal(1200))
            accrued = interest // 3
            received += interest
            row = {
                "account": account.name,
                "depository": bank,
                "date": iso(day(year, month, 31)),
                "balance": money(balance),
            }
            rows.append(("bank", row))
            more = {
                "kind": "overdraft" if balance < 0 else "deposit",
                "rate": plain(rate),
                "received": money(interest),
                "accrued": money(accrued),
            }
            rows.append(("cash", {**row, **more}))
            if year >= hand.market.first:
                answers.add(year, _PAGE, str(month), "6", balance)
        of = AccountYear(account=account, year=year)
        owned(answers, of, "6", balance)
        owned(answers, of, "13", accrued)
        if year >= hand.market.first:
            columns = {"4": received, "5": accrued, "6": balance}
            answers.rows.append(
                Row(
                    year=year,
                    page=_PAGE,
                    lot=f"{account.name} {bank}",
                    columns=columns,
                )
            )
            for line in _TOTALS:
                answers.fill(year, _PAGE, {line: received}, "4")
                answers.fill(year, _PAGE, {line: accrued}, "5")
                answers.fill(year, _PAGE, {line: balance}, "6")
            answers.add(year, "assets", "6", "$1", balance)
            earned(answers, of, "6", received, accrued - before)
    return rows, answers


def draw_collateral(hand: Hand) -> tuple[list[tuple[str, Fields]], Answers]:
    """What an account's lending collateral is invested in at the years' ends."""
    rows: list[tuple[str, Fields]] = []
    answers = Answers()
    account = hand.random.choice(ACCOUNTS)
    name = cusip(2 * hand.number, hand.random)
    for year in hand.market.years:
        at = year_end(year)
        book = 100_000 * hand.between(10, 9000)
        fair = book + hand.between(-book // 50, book // 50)
        is_off = hand.chance(0.25)
        rows.append(
            (
                "collateral",
                {
                    "account": account.name,
                    "security": name,
                    "date": iso(at),
                    "description": f"Commercial paper {hand.number}",
                    "designation": "1",
                    "fair_value": money(fair),
                    "book_value": money(book),
                    "maturity": iso(moved(at, hand.between(1, 8))),
                    "off_balance": "yes" if is_off else "no",
                },
            )
        )
        page = "schedule_dl_part2" if is_off else "schedule_dl_part1"
        answers.rows.append(Row(year=year, page=page, lot=name, columns={"5": fair, "6": book}))
        answers.add(year, "general_interrogatories", "6.71", "", fair)
        answers.add(year, "general_interrogatories", "6.72", "", book)
        if not is_off:
            of = AccountYear(account=account, year=year)
            owned(answers, of, "10", book)
            owing(answers, of, "14", book)
    return rows, answers
