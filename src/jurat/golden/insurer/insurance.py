"""The pages of the contracts: liabilities, operations, the increase in reserves, Exhibits 3 and 6."""

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.funds import Fund
from jurat.money import round_half_away

PLACES = {
    "Ordinary life": ("2", "01", "3"),
    "Ordinary annuities": ("3", "02", "3"),
    "Group life": ("5", "01", "4"),
    "Group annuities": ("6", "02", "4"),
}
"""Of a line of business: its column on pages 5 and 6, its section and its column in Exhibit 3."""

_DOLLAR = 100

Lines = dict[str, int]
Funds = dict[str, Fund]


def filled(answers: Answers, year: int, funds: Funds) -> None:
    """Every page of a year that the contracts fill; of the first year, which has no flows, the balances."""
    for fund in funds.values():
        _owed(answers, year, fund)
        _valued(answers, year, fund)
        if fund.flows:
            _operated(answers, year, fund)
    _owed_in_all(answers, year)
    _guaranteed(answers, year)
    if all(fund.flows for fund in funds.values()):
        _surplus(answers, year, funds)


# -- page 3 ---------------------------------------------------------------------------------------


def _owed(answers: Answers, year: int, fund: Fund) -> None:
    balance = fund.balance
    lines = {
        "1": balance.reserve,
        "3": balance.imr,
        "4": balance.charges,
        "5": balance.expenses,
        "10": balance.transfers,
        "11": balance.unallocated,
        "18": balance.contributed,
        "20": balance.unassigned,
        "21": balance.surplus,
    }
    for column in (fund.account.column, "3"):
        answers.fill(year, "liabilities", lines, column)
    answers.add(year, "liabilities", "10", "$1", balance.allowances)


def _owed_in_all(answers: Answers, year: int) -> None:
    cells = answers.cells
    for column in ("1", "2", "3"):
        total = sum(cells[year, "liabilities", str(line), column] for line in range(1, 17))
        answers.add(year, "liabilities", "17", column, total)
        surplus = cells[year, "liabilities", "21", column]
        answers.add(year, "liabilities", "22", column, total + surplus)
    due = sum(cells[year, "liabilities", line, "3"] for line in ("4", "7", "10"))
    answers.add(year, "liabilities", "17", "$1", due)


# -- Exhibits 3 and 6 -----------------------------------------------------------------------------


def bases(fund: Fund) -> tuple[tuple[str, int], tuple[str, int]]:
    """An account's reserve by valuation basis, in cents of whole dollars."""
    named = {
        "Ordinary life": ("80 CSO 5.00% CRVM", "2001 CSO 4.00% CRVM"),
        "Ordinary annuities": ("Deferred Annuity 5.25% CARVM", "Annuity Reserve 4.00% VA"),
        "Group life": ("80 CSO Account Value", "2001 CSO Account Value"),
        "Group annuities": ("83 GAM 6.00% Immediate", "94 GAR 5.00% Immediate"),
    }
    older, newer = named[fund.account.line]
    whole = fund.balance.reserve
    first = whole * 3 // (5 * _DOLLAR) * _DOLLAR
    return (older, first), (newer, whole - first)


def _valued(answers: Answers, year: int, fund: Fund) -> None:
    _, section, column = PLACES[fund.account.line]
    reserve = fund.balance.reserve
    for line in (f"{section}99999", "9999999"):
        for each in (column, "2"):
            answers.add(year, "exhibit3", line, each, reserve)


def _guaranteed(answers: Answers, year: int) -> None:
    """What is guaranteed is what the general account's basis is used for."""
    cells = answers.cells
    life, annuities = (cells[year, "exhibit3", f"{one}99999", "4"] for one in ("01", "02"))
    other = sum(cells[year, "liabilities", line, "1"] for line in ("4", "10", "13", "14"))
    whole = cells[year, "liabilities", "17", "3"]
    lines = {
        "1.1": life,
        "1.2": annuities,
        "1.6": life + annuities,
        "3": other,
        "4": life + annuities + other,
        "5": whole - life - annuities - other,
        "6": whole,
    }
    answers.fill(year, "exhibit6", lines, "1")


# -- pages 4, 5 and 6 -----------------------------------------------------------------------------


def _operated(answers: Answers, year: int, fund: Fund) -> None:
    column, _, _ = PLACES[fund.account.line]
    lines = _operations(fund)
    for each in (column, "1"):
        answers.fill(year, "operations_by_lob", lines, each)
        answers.fill(year, "reserves", _increase(fund, lines), each)
    answers.fill(year, "operations", lines, "1")


def _operations(fund: Fund) -> Lines:
    flows, balance, before = fund.flows, fund.balance, fund.before
    if flows is None or before is None:
        return {}
    lines = {
        "6.1": flows.death,
        "6.3": flows.annuity,
        "6.6": flows.surrenders,
        "7": flows.loans,
        "8": flows.moved,
        "9.1": flows.tax,
        "9.2": balance.allowances - before.allowances,
    }
    out, grown = sum(lines.values()), balance.reserve - before.reserve
    return {
        "1.1": flows.premiums,
        "1.4": flows.premiums,
        "3": flows.result,
        "5": flows.income,
        **lines,
        "10": out,
        "11": flows.fees,
        "12": grown,
        "16": out + flows.fees + grown,
        "17": flows.income - out - flows.fees - grown,
    }


def _increase(fund: Fund, operated: Lines) -> Lines:
    before, closing = fund.before, fund.balance.reserve
    if before is None:
        return {}
    result = operated["3"] - operated["9.1"] - operated["17"]
    rises = before.reserve + operated["1.1"] + result
    other = operated["7"] + operated["9.2"]
    falls = sum(operated[line] for line in ("8", "6.1", "6.6", "6.3", "11")) + other
    return {
        "1": before.reserve,
        "2": operated["1.1"],
        "3": result,
        "7": rises,
        "8": operated["8"],
        "10": operated["6.1"],
        "11": operated["6.6"],
        "12": operated["6.3"],
        "13": operated["11"],
        "1401": operated["7"],
        "1403": operated["9.2"],
        "1499": other,
        "14": other,
        "15": falls,
        "16": closing,
    }


def _surplus(answers: Answers, year: int, funds: Funds) -> None:
    before = sum(fund.before.surplus for fund in funds.values() if fund.before)
    closing = sum(fund.balance.surplus for fund in funds.values())
    gain = sum(fund.flows.gain for fund in funds.values() if fund.flows)
    lines = {"18": before, "19": gain, "20": closing - before - gain, "24": closing}
    answers.fill(year, "operations", lines, "1")
    past = [answers.cells.get((year - 1, "operations", line, "1"), 0) for line in _EVERY]
    filed = (_DOLLAR * round_half_away(amount, _DOLLAR) for amount in past)
    answers.fill(year, "operations", dict(zip(_EVERY, filed, strict=True)), "2")
    if not past[-1]:
        answers.fill(year, "operations", {"18": before, "24": before}, "2")


_EVERY = (
    *("1.1", "1.4", "3", "5", "6.1", "6.3", "6.6", "7", "8", "9.1", "9.2", "10"),
    *("11", "12", "16", "17", "18", "19", "20", "24"),
)
