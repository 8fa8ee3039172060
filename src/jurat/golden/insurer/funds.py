"""The contracts of each account: what is owed to them, and what a year pays in and out.

An account's assets are its liabilities and its surplus. All liabilities but one are drawn; the
reserve is the rest, as the contract holder owns the result. It is valued in whole dollars, and the
cents beside it are owed to the general account. Premiums or surrenders, whichever it takes, are what
brings the reserve there (domain.md 3.1):

    reserve = last year's + premiums + investment result - benefits - charges - gain left in surplus
"""

from dataclasses import dataclass
from random import Random

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.exhibits import BANDS, FUNDS
from jurat.golden.insurer.interest_reserve import Reserve, Reserves
from jurat.golden.insurer.markets import ACCOUNTS, Market
from jurat.golden.insurer.records import Account

_DOLLAR = 100

_NO_RESERVE = Reserve(opening=(0,), net=0, transferred=(0,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What an account owes at a year's end. Units: cents, whole dollars where drawn."""

    assets: int
    owing: int
    """Derivatives and lending, which investments make."""
    imr: int
    charges: int
    expenses: int
    allowances: int
    """Expense allowances recognized in reserves, less than nought: due from the general account."""
    others: int
    """Other transfers due to the general account."""
    unallocated: int
    contributed: int
    unassigned: int

    @property
    def surplus(self) -> int:
        """What is the company's own."""
        return self.contributed + self.unassigned

    @property
    def transfers(self) -> int:
        """Other transfers to the general account due, net."""
        return self.allowances + self.others

    @property
    def reserve(self) -> int:
        """What is left to the contracts."""
        owed = self.owing + self.imr + self.charges + self.expenses + self.unallocated
        return self.assets - owed - self.transfers - self.surplus


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """What a year paid into an account and out of it. Units: cents."""

    premiums: int
    result: int
    """Investment income and gains, less what the IMR takes."""
    death: int
    annuity: int
    surrenders: int
    loans: int
    moved: int
    """Net transfer of reserves."""
    tax: int
    fees: int
    gain: int
    expenses: int
    """Of banks, in the result already."""

    @property
    def income(self) -> int:
        """What came in."""
        return self.premiums + self.result


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """An account's year; there are no flows of the first, which has nothing to open with."""

    account: Account
    balance: Balance
    before: Balance | None
    flows: Flows | None


def funds(
    market: Market, answers: Answers, reserved: dict[int, Reserves]
) -> dict[int, dict[str, Fund]]:
    """Every account, year by year, from the year before the first, of which balances alone are known."""
    found: dict[int, dict[str, Fund]] = {}
    for year in (market.first - 1, *market.years):
        found[year] = {}
        for account in ACCOUNTS:
            own = _Drawing(market, answers, account, year)
            imr = reserved[year].get(account.name, _NO_RESERVE)
            past = found[year - 1][account.name] if year in market.years else None
            found[year][account.name] = own.fund(imr, past)
    return found


class _Drawing:
    """An account's year as it is drawn."""

    def __init__(self, market: Market, answers: Answers, account: Account, year: int) -> None:
        self.random = Random(f"{market.seed}:fund:{account.name}:{year}")
        self.account, self.year, self.answers = account, year, answers

    def fund(self, imr: Reserve, past: Fund | None) -> Fund:
        """Balance first, then what leads to it."""
        before = past.balance if past else None
        gain = self._between(5, 900) if before else 0
        balance = self._balance(imr.closing, before, gain)
        flows = self._flows(imr, before, balance, gain) if before else None
        return Fund(account=self.account, balance=balance, before=before, flows=flows)

    def _own(self, what: str) -> int:
        return self.answers.cells.get((self.year, FUNDS, self.account.name, what), 0)

    def _between(self, low: int, high: int) -> int:
        """Whole dollars."""
        return self.random.randint(low, high) * _DOLLAR

    def _part(self, amount: int, low: int, high: int) -> int:
        """Some hundredths of a percent of an amount, in whole dollars."""
        share = self.random.randint(low, high)
        return max(amount, 0) * share // (10_000 * _DOLLAR) * _DOLLAR

    def _balance(self, imr: int, before: Balance | None, gain: int) -> Balance:
        assets, owing = self._own("assets"), self._own("owing")
        charges, expenses = self._part(assets, 2, 8), self._between(200, 4000)
        allowances = -self._part(assets, 50, 300) if self.account.is_fair else 0
        unallocated = self._between(-3000, 9000) if self.account.is_fair else 0
        others = self._between(1000, 90_000)
        seed = self._between(100, 2500) if self.account.is_fair else 0
        contributed = (before.contributed if before else 0) + seed
        unassigned = (before.unassigned if before else self._between(100, 900)) + gain
        rest = assets - owing - imr
        return Balance(
            assets=assets,
            owing=owing,
            imr=imr,
            charges=charges,
            expenses=expenses,
            allowances=allowances,
            others=others + rest % _DOLLAR,
            unallocated=unallocated,
            contributed=contributed,
            unassigned=unassigned,
        )

    def _flows(self, imr: Reserve, before: Balance, balance: Balance, gain: int) -> Flows:
        is_fair, line = self.account.is_fair, self.account.line
        is_life = line.endswith("life")
        spent = self._between(300, 5000)
        pretax = sum(
            amount
            for (year, page, _, name), amount in self.answers.cells.items()
            if (year, page, name) == (self.year, BANDS, self.account.name)
        )
        result = self._own("result") - spent - imr.net + imr.release
        tax = pretax - imr.net
        kept = before.reserve
        death = self._part(kept, 50, 250) if is_life else 0
        annuity = 0 if is_life else self._part(kept, 80, 400)
        loans = self._part(kept, 10, 60) if is_fair and is_life else 0
        moved = self._part(kept, 10, 80) if is_fair else 0
        fees = self._part(kept, 40, 120)
        premiums, surrenders = self._part(kept, 300, 900), self._part(kept, 200, 600)
        allowed = balance.allowances - before.allowances
        out = death + annuity + loans + moved + tax + allowed + fees + gain + surrenders
        lacking = balance.reserve - before.reserve - premiums - result + out
        return Flows(
            premiums=premiums + max(lacking, 0),
            result=result,
            death=death,
            annuity=annuity,
            surrenders=surrenders + max(-lacking, 0),
            loans=loans,
            moved=moved,
            tax=tax,
            fees=fees,
            gain=gain,
            expenses=spent,
        )
