"""Which gains the interest maintenance reserve takes, by group of maturity, and why."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jurat.records import BLANK, Records, places
from jurat.records.table import Whole
from jurat.records.tables import BASES
from jurat.schedules.assets import standing_of
from jurat.schedules.exhibits import Held
from jurat.schedules.securities import Portfolio
from jurat.valuation import BANDS
from jurat.valuation.calendar import Bools, Floats, month_of
from jurat.valuation.dated import Dated
from jurat.valuation.holdings import Asset
from jurat.valuation.imr import band_of
from jurat.valuation.listing import Terms
from jurat.valuation.portfolio import solve_yields
from jurat.valuation.rolls import NEVER
from jurat.valuation.worst import carried_to

_UNDATED = 30
"""Years to the expected maturity of what has none."""
_CENT = 10_000
_NEAR = 1e-9


class Reason:
    """Why a gain goes to one reserve or the other. Source: SSAP No. 7; domain.md 4.2."""

    ALL = (
        "no reserve is required of the account",
        "equity: common or perpetual preferred stock",
        "was NAIC 6 while it was held",
        "moved by more than one designation while it was held",
        "a credit event predominates",
        "interest-related",
    )
    NONE, EQUITY, NAIC_6, STEPS, CREDIT, INTEREST = range(6)


@dataclass(frozen=True, eq=False, kw_only=True)
class Gains:
    """The gains of portions that left in the year, each with its reserve and group."""

    book: Portfolio

    @cached_property
    def rows(self) -> Whole:
        """The portions that left with a gain or loss."""
        moves = self.book.moves
        return np.flatnonzero(moves.left & (moves.gain != 0))

    @cached_property
    def amount(self) -> Whole:
        """Realized gains before tax, in cents; what exchange made stands by itself [K]."""
        moves = self.book.moves
        return np.asarray((moves.gain - moves.exchange_gain)[self.rows])

    @cached_property
    def lot(self) -> Whole:
        """The lot of each."""
        return self.book.moves.portions.lot[self.rows]

    @cached_property
    def sold(self) -> Whole:
        """The day of each."""
        return self.book.moves.portions.day[self.rows]

    @cached_property
    def reason(self) -> Whole:
        """Why each goes where it goes, by its place in `Reason.ALL`."""
        held, security = self.book.year.holdings, self.book.security[self.rows]
        trades = self.book.year.records["trades"]
        asset = self.book.asset[self.rows]
        redeemable = held.securities.filled("redeemable", 0)[security] == 1
        equity = (asset == Asset.COMMON) | ((asset == Asset.PREFERRED) & ~redeemable)
        credit = trades.filled("credit", 0)[self.book.moves.portions.trade[self.rows]] == 1
        bought = held.lots.whole("traded")[self.lot]
        before, after = (held.designation(security, day) for day in (bought, self.sold))
        steps = np.abs(after - before) > 1
        return np.select(
            [~self._required, equity, self._ever_6(security, bought), steps, credit],
            [Reason.NONE, Reason.EQUITY, Reason.NAIC_6, Reason.STEPS, Reason.CREDIT],
            Reason.INTEREST,
        )

    @cached_property
    def _required(self) -> Bools:
        """Whether the account needs the reserve."""
        year = self.book.year
        return required(year.records, year.holdings.account[self.lot])

    def _ever_6(self, security: Whole, bought: Whole) -> Bools:
        """Whether a security was NAIC 6 at any time from purchase to sale."""
        held, table = self.book.year.holdings, self.book.year.records["designations"]
        owner = places(table.text("security"), held.securities.text("security"))
        six = np.flatnonzero(table.whole("designation") == 6)
        at_start = np.asarray(held.designation(security, bought) == 6)
        if not len(six):
            return at_start
        following = Dated.of(owner[six], table.whole("date")[six]).following(security, bought)
        day = table.whole("date")[six[following]]
        return np.asarray(at_start) | np.asarray((following >= 0) & (day <= self.sold))

    # -- expected maturity ------------------------------------------------------------------------

    @cached_property
    def expected(self) -> Whole:
        """The day each is expected to mature: worst date, as repaid, or thirty years on."""
        end = self.book.moves.carried_to[self.rows]
        undated = self.sold + round(_UNDATED * 365.25)
        expected = np.where(end == BLANK, undated, end)
        terms = self._terms
        if terms.sinking is None:
            return expected
        rows = np.flatnonzero((np.diff(terms.sinking.starts) > 0) & (end != BLANK))
        ahead = _Ahead.of(terms, rows, self.sold[rows], expected[rows])
        monthly = self._by_average[rows]
        expected[rows] = np.where(monthly, ahead.average, ahead.half)
        return expected

    @cached_property
    def _terms(self) -> Terms:
        """The terms in force when each was sold."""
        issues = self.book.year.issues
        return issues.terms.take(issues.held(self.book.security[self.rows], self.sold))

    @property
    def _by_average(self) -> Bools:
        """Whether repayments are taken on average: loan-backed, or repaid monthly [K]."""
        securities = self.book.year.holdings.securities
        security = self.book.security[self.rows]
        estimated = securities.filled("estimates", 0)[security] > 0
        return np.asarray(estimated | (securities.filled("frequency", 2)[security] == 12))

    @cached_property
    def band(self) -> Whole:
        """The group of each gain, by its place among `BANDS`."""
        return band_of(_year(self.expected) - _year(self.sold))

    def interest_by_band(self) -> dict[str, int]:
        """Gains before tax that the interest maintenance reserve takes, by group, in cents."""
        mine = self.reason == Reason.INTEREST
        found = np.zeros(len(BANDS), dtype=np.int64)
        np.add.at(found, self.band[mine], self.amount[mine])
        return {band: int(total) for band, total in zip(BANDS, found, strict=True) if total}

    # -- one by one -------------------------------------------------------------------------------

    def market_rates(self) -> Floats:
        """The yield at the price each was sold for, to its expected maturity."""
        moves, terms = self.book.moves, self._terms
        gone = (moves.portions.before - moves.portions.after)[self.rows] / _CENT
        with np.errstate(all="ignore"):
            price = moves.consideration[self.rows] / gone
        end = np.where(self.expected > self.sold, self.expected, terms.cycle.end)
        end = np.minimum(end, terms.cycle.end)
        owed = terms.outstanding(np.arange(len(end)), self.sold)
        to = carried_to(terms, end, terms.cycle.price)
        found = solve_yields(to, price * owed, self.sold)
        yearly = np.expm1(terms.cycle.frequency * found.force)
        return np.nan_to_num(yearly)

    @property
    def terms(self) -> tuple[Floats, Floats]:
        """The part of the year of sale that was left, and years to the expected maturity."""
        left = (self.book.year.end - self.sold) / 365.25
        return left, np.maximum(self.expected - self.sold, 0) / 365.25


def _year(days: Whole) -> Whole:
    return month_of(days) // 12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Ahead:
    """When what is still owed will be repaid: on average, and by half."""

    average: Whole
    half: Whole

    @classmethod
    def of(cls, terms: Terms, rows: Whole, sold: Whole, end: Whole) -> "_Ahead":
        """Repayments after each sale, with the rest at the end."""
        plan = terms.take(rows).sinking
        if plan is None or not len(rows):
            return cls(average=end, half=end)
        own = np.repeat(np.arange(len(rows)), np.diff(plan.starts))
        later = (plan.days > sold[own]) & (plan.days <= end[own])
        own, days, share = own[later], plan.days[later], plan.values[later]
        owed = terms.take(rows).outstanding(np.arange(len(rows)), sold)
        rest = owed - np.bincount(own, share, len(rows))
        weighted = np.bincount(own, (days - sold[own]) * share, len(rows)) + (end - sold) * rest
        paid = np.cumsum(share)
        first = np.searchsorted(own, own)
        run = paid - (paid - share)[first]
        half = end.copy()
        over = np.flatnonzero(run * 2 >= owed[own] - _NEAR)
        half[own[over][::-1]] = days[over][::-1]  # the first day is written last
        return cls(average=sold + np.floor(weighted / owed + _NEAR).astype(np.int64), half=half)


# -- loans and contracts --------------------------------------------------------------------------


def other_gains_by_band(records: Records, held: Held) -> dict[str, int]:
    """Gains on loans sold and on contracts on interest rates that the IMR takes, by group, in cents."""
    found = np.zeros(len(BANDS), dtype=np.int64)
    for band, gain in (_of_loans(records, held), _of_contracts(records, held)):
        np.add.at(found, band, gain)
    return {name: int(total) for name, total in zip(BANDS, found, strict=True) if total}


def _of_loans(records: Records, held: Held) -> tuple[Whole, Whole]:
    """Loans in good standing when they were sold; residential ones go by longer bands. [K]."""
    roll, table = held.loans, records["mortgages"]
    sold_on = np.full(len(table), NEVER)
    sold_on[roll.owner[roll.left]] = roll.day[roll.left]
    good = standing_of(records, sold_on)[roll.owner] == 0
    general = required(records, places(table.text("account"), records["accounts"].text("account")))
    own = np.flatnonzero(roll.left & (roll.gain != 0) & good & general[roll.owner])
    owner = roll.owner[own]
    years = np.maximum(_year(table.whole("maturity")[owner]) - _year(roll.day[own]), 0)
    residential = table.is_choice("property", "residential_insured", "residential_other")[owner]
    by_home = np.searchsorted(_HOMES, years)
    return np.where(residential, by_home, band_of(years)), roll.gain[own]


def _of_contracts(records: Records, held: Held) -> tuple[Whole, Whole]:
    """Contracts on interest rates, by the years they had left. [K]."""
    moved, table = held.contracts, records["derivatives"]
    needed = required(records, places(table.text("account"), records["accounts"].text("account")))
    on_rates = table.is_choice("type", "swap", "cap", "floor", "collar")
    own = np.flatnonzero(moved.left & (needed & on_rates)[moved.owner] & (moved.gain != 0))
    owner = moved.owner[own]
    matures = np.where(
        table.whole("matures")[owner] == BLANK, moved.day[own], table.whole("matures")[owner]
    )
    return band_of(_year(matures) - _year(moved.day[own])), moved.gain[own]


_HOMES = np.array([0, 2, 10, 20])
"""The last years of the groups of residential loans; beyond, 11-15."""


def required(records: Records, account: Whole) -> Bools:
    """Whether accounts need the reserve: those at book value that are not excused."""
    accounts = records["accounts"]
    general = accounts.whole("basis") == BASES.index("general")
    return np.asarray((general & (accounts.filled("imr", 1) == 1))[account])
