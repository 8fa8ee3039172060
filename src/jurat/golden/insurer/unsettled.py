"""Sales of a year that are paid for in the next."""

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.days import year_end, year_of
from jurat.golden.insurer.draws import Drawn
from jurat.golden.insurer.exhibits import AccountYear, owned
from jurat.golden.insurer.markets import Market
from jurat.golden.insurer.movements import dollars


def receivable(market: Market, drawn: Drawn) -> Answers:
    """What is to be received at the years' ends for what was sold before.

    Purchases are not drawn so; nothing is payable.
    """
    answers = Answers()
    for trade in drawn.trades:
        year = year_of(trade.traded)
        if trade.settled > year_end(year) and year >= market.first - 1:
            of = AccountYear(account=trade.account, year=year)
            for amount in (trade.amount, trade.accrued):
                worth = dollars(market.rates, amount, trade.security.currency, trade.traded)
                owned(answers, of, "14", worth)
    return answers
