"""Exhibit 1, investment income with its expenses, and the reconciliation of cash, Exhibit 5.

Cash follows from what was truly paid and received. Three things stand in the income collected that
are no cash: accrual less amortization, what the IMR releases, and interest capitalized; each is taken
out by name (domain.md 2.6). Nothing is forced; the only balancing line holds the cents that a
statement in whole dollars leaves out of last year's assets.
"""

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.funds import Fund
from jurat.golden.insurer.interest_reserve import Reserve
from jurat.words import require

Funds = dict[str, Fund]

IN = ("Derivatives: received on termination less premiums paid", "Variation margin of futures")
NOT_CASH = (
    "Accrual of discount less amortization, in income collected",
    "Release of the interest maintenance reserve, in income collected",
    "Interest capitalized; encumbrances repaid less assumed",
)
IN_CASH = (
    "Short-term investments: unrealized and exchange gains, in line 4",
    "Cash equivalents: gains and losses, in cash",
    "Cents of last year's receivables and liabilities, filed in dollars",
)
BETWEEN = (
    "Derivatives and lending collateral",
    "Interest capitalized, encumbrances, amortization of other invested assets",
    "Cash equivalents, in the increase in cash; cents of last year's assets",
)
"""Names of the lines written in: 6, 17, 21 and 31."""

_FEW_DOLLARS = 500


def spent(answers: Answers, year: int, funds: Funds, reserve: Reserve) -> None:
    """Investment expenses, and what income is in all."""
    incurred = sum(fund.flows.expenses for fund in funds.values() if fund.flows)
    unpaid = sum(fund.balance.expenses for fund in funds.values())
    before = sum(fund.before.expenses for fund in funds.values() if fund.before)
    estate = answers.cells[year, "exhibit1", "19", "1"]
    lines = {"17": incurred, "22": incurred + estate, "23": before, "24": unpaid}
    answers.fill(year, "exhibit1", lines, "1")
    answers.add(year, "exhibit1", "25", "1", incurred + estate + before - unpaid)
    for column in ("1", "2"):
        release = dict.fromkeys(("0902", "0999", "9", "10"), reserve.release)
        answers.fill(year, "nii", release, column)
    answers.add(year, "nii", "11", "2", incurred + estate)
    answers.add(year, "nii", "(g)", "$1", incurred + estate)
    deducted = incurred + estate + answers.cells[year, "nii", "14", "2"]
    answers.add(year, "nii", "16", "2", deducted)
    answers.add(year, "nii", "17", "2", answers.cells[year, "nii", "10", "2"] - deducted)


class _Year:
    """A year's cells, as the reconciliation reads them."""

    def __init__(self, answers: Answers, year: int) -> None:
        self.cells, self.year = answers.cells, year

    def of(self, page: str, lines: str, column: str = "") -> int:
        """Lines together, those after a dash taken away."""
        added, _, taken = lines.partition(" - ")
        return self._sum(page, added, column) - self._sum(page, taken, column)

    def change(self, page: str, line: str) -> int:
        """Column 3 less last year's as it was filed."""
        return self._sum(page, line, "3") - self._sum(page, line, "4")

    def true_change(self, page: str, line: str) -> int:
        """Column 3 less last year's, to the cent."""
        past = self.cells.get((self.year - 1, page, line, "3"), 0)
        return self._sum(page, line, "3") - past

    def _sum(self, page: str, lines: str, column: str) -> int:
        return sum(self.cells.get((self.year, page, line, column), 0) for line in lines.split())


def reconciled(answers: Answers, year: int, funds: Funds) -> None:
    """Exhibit 5, from last year's assets as they were filed; columns 4 are filled before."""
    own = _Year(answers, year)
    lines = _operations(own, funds)
    lines["7"] = sum(lines[line] for line in ("1.1", "3", "4", "5", "6"))
    out = ("8", "9.1", "9.3", "9.6", "9.7", "9.8", "10.1", "10.2", "12", "12.1")
    lines["14"] = sum(lines[line] for line in out)
    lines["15"] = lines["7"] - lines["14"]
    lines["18"] = lines["15"] + lines["16"] + lines["17"]
    lines["22"] = own.true_change("assets", "6")
    lines["2101"] = own.of("schedule_da", "4 8 - 9", "1")
    lines["2102"] = own.of("schedule_e", "4 5 8 - 9", "1")
    lines["21"] = lines["2199"] = lines["22"] - lines["18"] - lines["19"]
    lines["2103"] = _only_cents(lines["21"] - lines["2101"] - lines["2102"])
    lines |= _between(own, lines)
    answers.fill(year, "exhibit5", lines, "1")
    transfers = lines["1.1"] - sum(
        lines[line] for line in ("9.1", "9.3", "9.6", "9.7", "9.8", "10.1", "12.1")
    )
    answers.add(year, "exhibit5", "18", "$1", transfers)


def _operations(own: _Year, funds: Funds) -> dict[str, int]:
    """Development of the increase in cash."""
    others = sum(f.balance.others - f.before.others for f in funds.values() if f.before)
    terminated = own.of("schedule_db_a", "5 - 2.1 2.2")
    margin = own.of("schedule_db_b", "4.22 3.23 - 3.24")
    accrued = own.of("nii", "(a) (b) (c) (f)", "$1") - own.of("nii", "(a) (b) (c) (f)", "$2")
    accrued += own.of("schedule_ba", "4 - 8")
    capitalized = own.of("schedule_b", "3.1 3.2") + own.of("schedule_ba", "3.1 3.2")
    capitalized += own.of("schedule_a", "3.1 3.2")
    release = own.of("imr", "5", "1")
    long = (("schedule_d", "2"), ("schedule_b", "2.1 2.2"))
    other = (("schedule_a", "2.1 2.2"), ("schedule_ba", "2.1 2.2"))
    received = (("schedule_d", "6"), ("schedule_b", "7"), ("schedule_a", "5"), ("schedule_ba", "7"))
    return {
        "1.1": own.of("operations", "1.1", "1"),
        "3": own.of("nii", "10", "1"),
        "4": own.of("schedule_da", "1 5 - 10", "1"),
        "5": sum(own.of(page, line) for page, line in received),
        "0601": terminated,
        "0602": margin,
        "0699": terminated + margin,
        "6": terminated + margin,
        "8": sum(own.of(page, line) for page, line in (*long, *other)),
        "9.1": own.of("operations", "6.1", "1") - others,
        "9.3": own.of("operations", "6.3", "1"),
        "9.6": own.of("operations", "6.6", "1"),
        "9.7": own.of("operations", "7", "1"),
        "9.8": own.of("operations", "8", "1"),
        "10.1": own.of("operations", "9.1", "1"),
        "10.201": -own.change("liabilities", "11"),
        "10.299": -own.change("liabilities", "11"),
        "10.2": -own.change("liabilities", "11"),
        "12": own.of("exhibit1", "25", "1"),
        "12.1": own.of("operations", "11", "1") - own.change("liabilities", "4"),
        "16": own.of("operations", "20", "1"),
        "1701": -accrued,
        "1702": -release,
        "1703": -capitalized,
        "1799": -accrued - release - capitalized,
        "17": -accrued - release - capitalized,
        "19": own.change("liabilities", "13") - own.change("assets", "14"),
    }


def _between(own: _Year, lines: dict[str, int]) -> dict[str, int]:
    """Reconciliation between years."""
    acquired = lines["8"] + own.of("schedule_da", "2", "1")
    kept = own.of("schedule_d", "2 5 - 6 9.1 9.2 9.3 9.4")
    kept += own.of("schedule_b", "2.1 2.2 6 - 7 10.1 10.2")
    kept += own.of("schedule_da", "2 5 - 6 9", "1")
    kept += own.of("schedule_a", "2.1 2.2 4 - 5 7.1 7.2")
    kept += own.of("schedule_ba", "2.1 2.2 6 - 7 10.1 10.2")
    kept += own.change("liabilities", "12") - own.of("schedule_e", "3", "1")
    notes = "(a) (b) (c) (e) (f)"
    futures = own.of("schedule_db_b", "3.23 - 3.24")
    derivatives = own.of("schedule_db_a", "2.1 2.2 4 - 5") - futures
    capitalized = own.of("schedule_b", "3.1 3.2") + own.of("schedule_a", "3.1 3.2")
    capitalized += own.of("schedule_ba", "3.1 3.2 4 - 8")
    found = {
        "23": own.of("assets", "12", "4"),
        "24": lines["22"],
        "25": acquired,
        "26": acquired - kept,
        "28": own.of("nii", notes, "$1") - own.of("nii", notes, "$2"),
        "29": own.of("schedule_a", "8.1 8.2"),
        "30": own.of("capital_gains", "10", "4") + own.of("capital_gains", "10", "5"),
        "3101": derivatives + own.change("assets", "10"),
        "3102": capitalized,
        "32": own.of("assets", "12", "3"),
    }
    so_far = found["23"] + found["24"] + kept + found["28"] - found["29"] + found["30"]
    equivalents = own.of("schedule_e", "7 - 4 8", "1")
    found["31"] = found["3199"] = found["32"] - so_far
    found["3103"] = found["31"] - found["3101"] - found["3102"]
    _only_cents(found["3103"] - equivalents)
    return found


def _only_cents(amount: int) -> int:
    """What dollars leave out: some lines, less than a dollar each.

    Raises  AssertionError for more, which no rounding explains.
    """
    require(
        abs(amount) < _FEW_DOLLARS, "Exhibit 5 does not follow from what was paid and received."
    )
    return amount
