"""Mortgage loans: recorded investment by the yield of their level payments, rolled forward by year."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jurat.records import Records, Table
from jurat.valuation.amortization import round_cents
from jurat.valuation.calendar import Bools, Floats, Whole, month_of, thirty_days
from jurat.valuation.holdings import later
from jurat.valuation.proportion import proportion
from jurat.valuation.rolls import EVER, NEVER, Entries, Roll, roll_of
from jurat.valuation.solve import solve_force
from jurat.valuation.streams import Level

_RATE = 12 * 10**9
"""Thousand-millionths a year, as a fraction a month."""
_MONTH = 30


@dataclass(frozen=True, eq=False, kw_only=True)
class Loans:
    """The terms of mortgage loans: level payments each month, the last at maturity."""

    records: Records

    @cached_property
    def entries(self) -> Entries:
        """What was paid on loans, or happened to them."""
        return Entries.of(self.records, "loan_payments", "mortgages", "loan")

    def _column(self, name: str) -> Whole:
        return self.records["mortgages"].whole(name)

    @cached_property
    def months(self) -> Whole:
        """Payments of each loan."""
        whole = month_of(self._column("maturity")) - month_of(self._column("funded"))
        early = later(self._column("funded"), 0) > self._column("maturity")
        short = later_than(self._column("funded"), whole, self._column("maturity"))
        return np.asarray(np.maximum(whole - (short | early), 1))

    @cached_property
    def force(self) -> Floats:
        """The yield at which level payments are worth the cost; the logarithm of a month's growth."""
        level = self._level(np.zeros(len(self.months), dtype=np.int64))
        with np.errstate(all="ignore"):
            paid = self._column("cost") / self._column("principal")
        return solve_force(level, paid, np.log1p(self._column("rate") / _RATE))[0]

    def _level(self, gone: Whole) -> Level:
        """The payments still due after so many, for each unit of the first principal."""
        rate = self._column("rate") / _RATE
        left = np.maximum(self.months - gone, 0).astype(np.float64)
        with np.errstate(all="ignore"):
            payment = np.where(
                rate > 0, rate / -np.expm1(-self.months * np.log1p(rate)), 1 / self.months
            )
        nought = np.zeros(len(left))
        return Level(
            until=nought + 1,
            count=left,
            first=np.where(left > 0, payment, 0.0),
            coupon=np.where(left > 1, payment, 0.0),
            last=nought,
            last_at=left,
            last_interest=nought,
            accrued=nought,
            position=left,
            elapsed=nought,
        )

    def _owed(self, gone: Whole) -> Floats:
        """What is owed by plan after so many payments, for each unit of the first principal."""
        rate = self._column("rate") / _RATE
        with np.errstate(all="ignore"):
            growth = np.log1p(rate)
            paid = np.expm1(gone * growth) / np.expm1(self.months * growth)
        return 1 - np.where(rate > 0, paid, gone / self.months)

    def _at_month(self, gone: Whole) -> Floats:
        owed = self._owed(gone)
        with np.errstate(all="ignore"):
            value = self._level(gone).worth(np.nan_to_num(self.force))[0] / owed
        value = np.where(
            np.isnan(self.force), self._column("cost") / self._column("principal"), value
        )
        return np.where(gone >= self.months, 1.0, value)

    def since(self, day: Whole) -> tuple[Whole, Whole]:
        """Whole months since funding, and the days since then, of thirty to a month."""
        funded = self._column("funded")
        gone = month_of(day) - month_of(funded)
        gone = gone - later_than(funded, gone, day)
        days = thirty_days(later_of(funded, gone), day, 0)
        return np.maximum(gone, 0), np.clip(days, 0, _MONTH)

    def prices(self, day: Whole) -> Floats:
        """Book value for each unit of principal owed, on a day for each loan."""
        gone, days = self.since(day)
        gone = np.minimum(gone, self.months)
        here, there = self._at_month(gone), self._at_month(np.minimum(gone + 1, self.months))
        par = self._column("cost") == self._column("principal")
        return np.where(par, 1.0, here + (there - here) * (days / _MONTH))

    def interest_due(self, owed: Whole, day: Whole) -> Whole:
        """Interest of the month that runs, on what is owed."""
        _, days = self.since(day)
        return proportion(owed * days, self._column("rate"), np.asarray(30 * _RATE))


def later_of(day: Whole, months: Whole) -> Whole:
    """The same day some months later, a number for each."""
    found = np.empty_like(day)
    for each in np.unique(months):
        own = months == each
        found[own] = later(day[own], int(each))
    return found


def later_than(day: Whole, months: Whole, end: Whole) -> Whole:
    """Whether the same day some months later is past an end."""
    return np.asarray(later_of(day, months) > end)


def loans_rolled(records: Records, ends: tuple[int, int]) -> Roll:
    """Mortgage loans in a year: what stays or was sold, and what was paid.

    Units   cents.
    Source  how-a-lot-moves, Other assets; SSAP No. 37.
    """
    year = _LoanYear(loans=Loans(records=records), ends=ends)
    return _both(year.staying(), year.paid_off())


@dataclass(frozen=True, eq=False, kw_only=True)
class _LoanYear:
    """Loans in one year, a column for each thing that is asked of them twice."""

    loans: Loans
    ends: tuple[int, int]

    @cached_property
    def entries(self) -> Entries:
        return self.loans.entries

    @cached_property
    def table(self) -> Table:
        return self.loans.records["mortgages"]

    @cached_property
    def sold_on(self) -> Whole:
        return self.entries.closing_day("sale", NEVER)

    @cached_property
    def until(self) -> Whole:
        """The last day of each loan in the year."""
        return np.minimum(self.sold_on, self.ends[1])

    @cached_property
    def there(self) -> Bools:
        """Whether a loan was held in the year."""
        return np.asarray(
            (self.table.whole("funded") <= self.ends[1]) & (self.sold_on > self.ends[0])
        )

    @cached_property
    def old(self) -> Bools:
        """Whether it was held before."""
        return np.asarray(self.table.whole("funded") <= self.ends[0])

    def in_year(self, *kinds: str) -> Whole:
        """Amounts of the year, by loan."""
        return self.entries.total(*kinds, after=self.ends[0], upto=self.until)

    def before(self, *kinds: str) -> Whole:
        """Amounts of all years before, by loan."""
        return self.entries.total(*kinds, after=EVER, upto=self.ends[0])

    def on(self, day: int) -> Whole:
        """One day for every loan."""
        return np.full(len(self.old), day)

    def owed(self, day: int) -> Whole:
        """Principal owed on a day: what was lent and added, less what was paid."""
        paid = self.entries.total("principal", "prepayment", after=EVER, upto=day)
        added = self.entries.total("additional", "capitalized", after=EVER, upto=day)
        return self.table.whole("principal") + added - paid

    @cached_property
    def paid(self) -> Whole:
        """Principal paid in the year."""
        return self.in_year("principal", "prepayment")

    @cached_property
    def opening(self) -> tuple[Whole, Whole]:
        """Amortized cost a year ago: of what was paid since, and of the rest."""
        price, owed = self.loans.prices(self.on(self.ends[0])), self.owed(self.ends[0])
        whole = round_cents(price * owed)
        rest = round_cents(price * (owed - self.paid))
        return np.where(self.old, whole - rest, 0), np.where(self.old, rest, 0)

    @cached_property
    def cost(self) -> tuple[Whole, Whole]:
        """Cost of loans made this year: of what was paid since, and of the rest."""
        cost = self.table.whole("cost")
        paid = proportion(cost, self.paid, self.table.whole("principal"))
        return np.where(self.old, 0, paid), np.where(self.old, 0, cost - paid)

    @cached_property
    def stays(self) -> Bools:
        """Whether something was left of a loan to stay or to be sold."""
        return np.asarray(self.there & (self._owed_at_end > 0))

    @cached_property
    def _owed_at_end(self) -> Whole:
        owed = np.where(self.old, self.owed(self.ends[0]), self.table.whole("principal"))
        return owed - self.paid + self.in_year("additional", "capitalized")

    @cached_property
    def interest(self) -> Whole:
        """Interest received, that of sales included."""
        rows = self.entries.rows("sale", after=self.ends[0], upto=self.ends[1])
        sold = self.entries.summed(rows, self.entries.table.filled("accrued", 0)[rows])
        return self.entries.total("interest", after=self.ends[0], upto=self.ends[1]) + sold

    def due(self, at: int) -> Whole:
        """Interest due and accrued on a day."""
        held = (self.table.whole("funded") <= at) & (self.sold_on > at)
        return np.where(held, self.loans.interest_due(self.owed(at), self.on(at)), 0)

    def staying(self) -> Roll:
        """What stays of each loan, or was sold."""
        rows = np.flatnonzero(self.stays)
        sold = (self.sold_on <= self.ends[1])[rows]
        fell, fallen = self.in_year("write_down")[rows], self.before("write_down")
        allowed, allowance = self.in_year("allowance")[rows], self.before("allowance")
        added, capitalized = self.in_year("additional")[rows], self.in_year("capitalized")[rows]
        opening = np.where(self.old, self.opening[1] - fallen, 0)[rows]
        cost, received = self.cost[1][rows], self.in_year("sale")[rows]
        book = round_cents(self.loans.prices(self.until) * self._owed_at_end)[rows]
        book = book - fallen[rows] - fell
        return roll_of(
            rows,
            left=sold,
            day=self.until[rows],
            bought=~self.old[rows],
            opening=opening + allowance[rows],
            cost=cost,
            additional=added,
            capitalized=capitalized,
            accretion=book - opening - cost - added - capitalized + fell,
            unrealized=np.where(sold, -allowance[rows], allowed),
            impairment=fell,
            gain=np.where(sold, received - book, 0),
            consideration=received,
            closing=np.where(sold, 0, book + allowance[rows] + allowed),
            income=self.interest[rows],
            due_opening=self.due(self.ends[0])[rows],
            due_closing=self.due(self.ends[1])[rows],
        )

    def paid_off(self) -> Roll:
        """What was paid of each loan: at par, whatever it was carried at."""
        rows = np.flatnonzero(self.there & (self.paid > 0))
        alone = ~self.stays[rows]
        paid, opening, cost = self.paid[rows], self.opening[0][rows], self.cost[0][rows]
        return roll_of(
            rows,
            left=np.ones(len(rows), dtype=np.bool_),
            day=self.until[rows],
            bought=~self.old[rows],
            opening=opening,
            cost=cost,
            accretion=paid - opening - cost,
            consideration=paid,
            income=np.where(alone, self.interest[rows], 0),
            due_opening=np.where(alone, self.due(self.ends[0])[rows], 0),
            due_closing=np.where(alone, self.due(self.ends[1])[rows], 0),
        )


def _both(one: Roll, other: Roll) -> Roll:
    columns = {
        name: np.concatenate([getattr(one, name), getattr(other, name)])
        for name in Roll.__slots__
        if name != "owner"
    }
    return roll_of(np.concatenate([one.owner, other.owner]), **columns)
