"""The whole statement of a company: what its contracts add to what its investments answered."""

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.asked import told
from jurat.golden.insurer.footing import carried, footed
from jurat.golden.insurer.funds import Fund, funds
from jurat.golden.insurer.insurance import filled
from jurat.golden.insurer.interest_reserve import reserves
from jurat.golden.insurer.markets import Market
from jurat.golden.insurer.reconciled import reconciled, spent


def completed(market: Market, answers: Answers) -> dict[int, dict[str, Fund]]:
    """Every page of every year, added to the answers; the accounts, year by year.

    The year before the first has balances alone.
    """
    years = (market.first - 1, *market.years)
    for year in years:
        footed(answers, year)
    reserved = reserves(market, answers)
    accounts = funds(market, answers, reserved)
    for year in years:
        filled(answers, year, accounts[year])
    for year in market.years:
        carried(answers, year)
        spent(answers, year, accounts[year], reserved[year][""])
        reconciled(answers, year, accounts[year])
        told(answers, market, year)
    return accounts
