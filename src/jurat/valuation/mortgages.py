"""Mortgage loans: recorded investment by the yield of their level payments, rolled forward by year.

A loan is a bond of twelve payments a year by 30/360 that repays by plan, and is carried as one.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jurat.records import Records, Table
from jurat.valuation.amortization import round_cents
from jurat.valuation.bonds import Bonds, Schedule, place_of
from jurat.valuation.calendar import Bools, Floats, Whole, dates_of, month_of
from jurat.valuation.dated import Dated
from jurat.valuation.holdings import later
from jurat.valuation.issues import Issues
from jurat.valuation.portfolio import terms_of
from jurat.valuation.proportion import proportion
from jurat.valuation.rolls import EVER, NEVER, Entries, Roll, roll_of
from jurat.valuation.spells import Purchases, Spells, WriteDowns, spells_of
from jurat.valuation.worst import Calls

_RATE = 10**9
"""Thousand-millionths a year."""
_PAID = ("principal", "prepayment")


@dataclass(frozen=True, eq=False, kw_only=True)
class Loans:
    """The terms of mortgage loans: level payments each month, the last at maturity."""

    records: Records

    @cached_property
    def entries(self) -> Entries:
        """What was paid on loans, or happened to them."""
        return Entries.of(self.records, "loan_payments", "mortgages", "loan")

    def column(self, name: str) -> Whole:
        """A column of the table of loans."""
        return self.records["mortgages"].whole(name)

    @cached_property
    def months(self) -> Whole:
        """Payments of each loan: the whole months from funding to maturity."""
        funded, maturity = self.column("funded"), self.column("maturity")
        whole = month_of(maturity) - month_of(funded)
        short = np.zeros(len(whole), dtype=np.int64)
        for months in np.unique(whole):
            own = whole == months
            short[own] = later(funded[own], int(months)) > maturity[own]
        return np.asarray(np.maximum(whole - short, 1))

    @cached_property
    def issues(self) -> Issues:
        """Loans as bonds that repay by plan."""
        count = len(self.months)
        bonds = Bonds(
            maturity=dates_of(self.column("maturity")),
            coupon=self.column("rate") / _RATE,
            frequency=np.full(count, 12),
            sinking=self._plan(),
        )
        nobody = np.zeros(0, dtype=np.int64)
        never = Schedule(
            starts=np.zeros(count + 1, dtype=np.int64), days=nobody, values=np.zeros(0)
        )
        no = np.zeros(count, dtype=np.bool_)
        return Issues(
            terms=terms_of(bonds),
            security=np.arange(count),
            is_estimate=no,
            is_retrospective=no,
            later=Dated.of(nobody, nobody),
            days=np.full(count, EVER),
            calls=Calls(schedule=never, any_day=no),
            has_calls=no,
        )

    def _plan(self) -> Schedule:
        """Principal by plan with each payment but the last, as shares of the first principal."""
        many = self.months - 1
        loan = np.repeat(np.arange(len(many)), many)
        number = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + 1
        owed = self._owed(loan, number - 1) - self._owed(loan, number)
        days = np.empty(len(loan), dtype=np.int64)
        before = (self.months[loan] - number).astype(np.int64)
        for months in np.unique(before):
            own = before == months
            days[own] = later(self.column("maturity")[loan[own]], -int(months))
        starts = np.concatenate([[0], np.cumsum(many)]).astype(np.int64)
        return Schedule(starts=starts, days=days, values=owed)

    def _owed(self, loan: Whole, paid: Whole) -> Floats:
        """What is owed by plan after so many payments, for each unit of the first principal."""
        force = np.log1p(self.column("rate") / (12 * _RATE))[loan]
        months = self.months[loan]
        with np.errstate(all="ignore"):
            gone = np.expm1(paid * force) / np.expm1(months * force)
        return 1 - np.where(force > 0, gone, paid / months)

    @cached_property
    def spells(self) -> Spells:
        """The yields of loans: from funding, and again from each write-down."""
        cost, principal = self.column("cost"), self.column("principal")
        count = len(cost)
        bought = Purchases(
            security=np.arange(count), settled=self.column("funded"), price=cost / principal
        )
        entries = self.entries
        rows = entries.rows("write_down", after=EVER, upto=NEVER)
        rows = rows[np.lexsort((entries.table.whole("date")[rows], entries.owner[rows]))]
        lot, day = entries.owner[rows], entries.table.whole("date")[rows]
        moved = entries.balance(lot, day - 1, ("additional", "capitalized"), _PAID)
        owed = principal[lot] + moved
        downs = WriteDowns(lot=lot, day=day, amount=entries.table.whole("amount")[rows], par=owed)
        return spells_of(self.issues, bought, downs, NEVER)

    def owed(self, day: int) -> Whole:
        """Principal owed on a day: what was lent and added, less what was paid."""
        paid = self.entries.total("principal", "prepayment", after=EVER, upto=day)
        added = self.entries.total("additional", "capitalized", after=EVER, upto=day)
        return self.column("principal") + added - paid

    def prices(self, day: Whole) -> Floats:
        """Book value for each unit of principal owed, on a day for each loan."""
        first = self.column("cost") / self.column("principal")
        on = np.maximum(day, self.column("funded"))
        price = self.spells.prices(np.arange(len(on)), on)
        return np.where(np.isnan(price) | (day <= self.column("funded")), first, price)

    def interest_due(self, owed: Whole, day: int) -> Whole:
        """Interest of the month that runs, on what is owed."""
        cycle = self.issues.terms.cycle
        place = place_of(cycle, np.full(len(owed), day))
        thirtieths = np.rint(place.years * 360).astype(np.int64)
        return proportion(owed * thirtieths, self.column("rate"), np.asarray(360 * _RATE))


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

    def on(self, day: int) -> Whole:
        """One day for every loan."""
        return np.full(len(self.old), day)

    @cached_property
    def paid(self) -> Whole:
        """Principal paid in the year."""
        return self.in_year("principal", "prepayment")

    @cached_property
    def opening(self) -> tuple[Whole, Whole]:
        """Amortized cost a year ago: of what was paid since, and of the rest."""
        price, owed = self.loans.prices(self.on(self.ends[0])), self.loans.owed(self.ends[0])
        whole = round_cents(price * owed)
        rest = round_cents(price * (owed - self.paid))
        return np.where(self.old, whole - rest, 0), np.where(self.old, rest, 0)

    @cached_property
    def cost(self) -> tuple[Whole, Whole]:
        """Cost of loans made this year: of what was paid since, and of the rest."""
        cost, principal = self.table.whole("cost"), self.table.whole("principal")
        rest = proportion(cost, principal - self.paid, principal)
        return np.where(self.old, 0, cost - rest), np.where(self.old, 0, rest)

    @cached_property
    def stays(self) -> Bools:
        """Whether something was left of a loan to stay or to be sold."""
        return np.asarray(self.there & (self._owed_at_end > 0))

    @cached_property
    def _owed_at_end(self) -> Whole:
        owed = np.where(self.old, self.loans.owed(self.ends[0]), self.table.whole("principal"))
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
        return np.where(held, self.loans.interest_due(self.loans.owed(at), at), 0)

    def staying(self) -> Roll:
        """What stays of each loan, or was sold."""
        rows = np.flatnonzero(self.stays)
        sold = (self.sold_on <= self.ends[1])[rows]
        fell, allowed = self.in_year("write_down")[rows], self.in_year("allowance")[rows]
        allowance = self.entries.total("allowance", after=EVER, upto=self.ends[0])[rows]
        added, capitalized = self.in_year("additional")[rows], self.in_year("capitalized")[rows]
        opening, cost = self.opening[1][rows], self.cost[1][rows]
        received = self.in_year("sale")[rows]
        book = round_cents(self.loans.prices(self.until) * self._owed_at_end)[rows]
        return roll_of(
            rows,
            left=sold,
            day=self.until[rows],
            bought=~self.old[rows],
            opening=opening + allowance,
            cost=cost,
            additional=added,
            capitalized=capitalized,
            accretion=book - opening - cost - added - capitalized + fell,
            unrealized=np.where(sold, -allowance, allowed),
            impairment=fell,
            gain=np.where(sold, received - book, 0),
            consideration=received,
            closing=np.where(sold, 0, book + allowance + allowed),
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
