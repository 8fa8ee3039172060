"""What looks wrong in records, ranked by the dollars of the statement it may change."""

from collections.abc import Callable, Iterator

from jurat.records import checks_controls as controls
from jurat.records import checks_income as income
from jurat.records import checks_lots as lots
from jurat.records import checks_others as others
from jurat.records import checks_securities as securities
from jurat.records import checks_trades as trades
from jurat.records.ledger import Ledger
from jurat.records.problems import Problem, ranked
from jurat.records.table import Records

RULES: dict[str, str] = {
    "account.basis": "An account says how it is carried.",
    "account.imr": "A book-value account has an IMR.",
    "control.bank": "Balances are as the bank states them.",
    "control.custodian": "Lots are what the custodian holds.",
    "control.funds": "Accounts are worth what their administrator says, a cent for each lot apart.",
    "currency.rate": "A currency has a rate at purchase, and one of the last 30 days of the year.",
    "designation.conflict": "A designation does not move two steps within a month.",
    "designation.missing": "A bond or preferred stock that is held has a designation.",
    "income.aged": "No interest or dividend is due for more than 90 days.",
    "income.missing": "A coupon is received from 10 days before to 60 days after its date.",
    "loan.early": "Nothing is paid on a loan before it is made.",
    "loan.matured": "Nothing is owed on a loan after its end.",
    "loan.overpaid": "No more is paid on a loan than is owed.",
    "lot.cost": "A lot costs something, within 25 percent of the price of those days.",
    "lot.late": "A bond is bought before it matures.",
    "lot.matured": "Nothing is held of a bond that has matured.",
    "lot.quantity": "A lot is of more than no par or shares.",
    "price.jump": "A price is not ten or a hundred times the one before, or that part of it.",
    "price.missing": "A security that is held has a price.",
    "price.stale": "Its last price is of the last 30 days of the year.",
    "sale.wash": "What is sold at a loss, NAIC 3 or weaker, is not bought within 30 days of it.",
    "security.calls": "A callable bond has calls.",
    "security.coupon": "A bond that is no zero has a coupon.",
    "security.maturity": "A bond has a maturity.",
    "trade.amount": "A sale brings an amount within 25 percent of the price of those days.",
    "trade.early": "A lot is bought before anything leaves it.",
    "trade.other": "A trade is of the account and security of its lot.",
    "trade.oversold": "No more leaves than was bought.",
    "trade.par": "A maturity or paydown brings its par.",
    "trade.quantity": "A trade takes more than no par or shares.",
    "trade.transfer": "What is transferred from an account is bought by another on that day.",
    "trade.write_down": "A lot is not written down by more than it cost.",
}
"""What holds of sound records, by the rule that looks for a break of it; names that are not there
are told as table.column."""

_OF_LEDGER: tuple[Callable[[Ledger], Iterator[Problem]], ...] = (
    lots.unnamed,
    lots.negative_par,
    lots.oversold,
    lots.out_of_order,
    lots.past_maturity,
    lots.far_cost,
    lots.washed,
    trades.far_amount,
    trades.not_par,
    trades.written_off,
    trades.transferred,
    securities.collateral,
    income.declared,
    others.accounts,
    others.loans,
    controls.custodian,
    controls.bank,
    controls.funds,
)
_OF_HOLDINGS: tuple[Callable[[securities.Holdings], Iterator[Problem]], ...] = (
    securities.prices,
    securities.price_jumps,
    securities.designations,
    securities.currencies,
    securities.terms,
)
_OF_PAYERS: tuple[Callable[[income.Payers], Iterator[Problem]], ...] = (income.aged, income.missing)


def examine_records(records: Records, year: int) -> list[Problem]:
    """Everything that looks wrong in records for the statement of a year, the heaviest first.

    Records with faults are examined as far as they stand.
    """
    ledger = Ledger(records, year)
    holdings, payers = securities.Holdings(ledger), income.Payers(ledger)
    return ranked(
        [
            *(problem for rule in _OF_LEDGER for problem in rule(ledger)),
            *(problem for rule in _OF_HOLDINGS for problem in rule(holdings)),
            *(problem for rule in _OF_PAYERS for problem in rule(payers)),
        ]
    )
