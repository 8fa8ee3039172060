"""What portions of lots earned in a year: received, due at its ends, paid for with purchases."""

from dataclasses import dataclass

import numpy as np

from jurat.records import BLANK, Table, places
from jurat.valuation.amortization import round_cents
from jurat.valuation.bonds import place_of
from jurat.valuation.calendar import Floats, Whole
from jurat.valuation.dated import Dated
from jurat.valuation.holdings import Asset
from jurat.valuation.issues import Issues
from jurat.valuation.matching import spread
from jurat.valuation.proportion import proportion
from jurat.valuation.years import Year

_CENT = 10_000
_BLOCK = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Income:
    """Income of each portion.

    Units   cents of a dollar.
    Shape   a row for each portion; `loose` for each lot that has none this year.
    """

    received: Whole
    """Interest and dividends, accrued interest sold, prepayment income."""
    paid: Whole
    """For accrued interest, if bought this year."""
    due_opening: Whole
    due_closing: Whole
    loose_lot: Whole
    """Lots that were gone before the year and were still paid for in it."""
    loose: Whole
    """Received for them, less what was due."""


def income_of(year: Year) -> Income:
    """Interest and dividends of a year, portion by portion.

    Source  domain.md 3.4; SSAP No. 34.
    """
    portions, held = year.movements.portions, year.holdings
    lots = held.lots
    received = _sold(year) + year.movements.prepayment
    whole = lots.whole("quantity")[portions.lot]
    bought = lots.filled("accrued", 0)[portions.lot]
    bought = held.in_dollars(portions.lot, bought, lots.whole("traded")[portions.lot])
    paid = proportion(bought, portions.before, whole) - proportion(bought, portions.after, whole)
    table = year.records["income"]
    claims = _claims(year, table)
    day = table.whole("date")[claims.row]
    by_now, by_then = (
        (day != BLANK) & (day > year.begin) & (day <= year.end),
        (day == BLANK) | (day > year.end),
    )
    declared = table.whole("declared")[claims.row]
    dividends = _shared(year, claims.take(np.flatnonzero(by_now)))
    waits = [
        _shared(year, claims.take(np.flatnonzero(known)))
        for known in (
            (declared != BLANK) & (declared <= year.begin) & (by_now | by_then),
            (declared != BLANK) & (declared <= year.end) & by_then,
        )
    ]
    accrued = [_accrued(year, at) for at in (year.begin, year.end)]
    loose_lot = np.concatenate([dividends[1], waits[0][1]])
    loose = np.concatenate([dividends[2], -waits[0][2]])
    return Income(
        received=received + dividends[0],
        paid=np.where(year.bought, paid, 0),
        due_opening=accrued[0] + waits[0][0],
        due_closing=accrued[1] + waits[1][0],
        loose_lot=loose_lot,
        loose=loose,
    )


def _sold(year: Year) -> Whole:
    """Accrued interest received with trades, shared over the lots of each, in dollars."""
    portions, trades = year.movements.portions, year.records["trades"]
    sold = portions.of_trade(trades.filled("accrued", 0), trades.filled("quantity", 0))
    return year.holdings.in_dollars(portions.lot, sold, portions.day)


# -- accrued by the day count ---------------------------------------------------------------------


def _accrued(year: Year, at: int) -> Whole:
    """Interest accrued on a day of each portion that was held then."""
    portions, held = year.movements.portions, year.holdings
    traded = held.lots.whole("traded")[portions.lot]
    there = (traded <= at) & ((at == year.begin) | (portions.trade < 0))
    rows = np.flatnonzero(there & (held.asset[portions.lot] <= Asset.CASH_EQUIVALENT))
    found = np.zeros(len(portions.lot), dtype=np.int64)
    for begin in range(0, len(rows), _BLOCK):
        own = rows[begin : begin + _BLOCK]
        share = _interest(year, portions.lot[own], at)
        day = np.full(len(own), at)
        before, after = (
            held.in_dollars(portions.lot[own], round_cents(share * (owed[own] // _CENT)), day)
            for owed in (portions.before, portions.after)
        )
        found[own] = before - after
    return found


def _interest(year: Year, lot: Whole, at: int) -> Floats:
    """Interest accrued for each unit of par owed."""
    return interest_of(year.issues, year.holdings.security[lot], np.full(len(lot), at))


def interest_of(issues: Issues, security: Whole, day: Whole) -> Floats:
    """Interest accrued by securities on days, for each unit of par owed.

    Source  SSAP No. 34, by each bond's day count.
    """
    terms = issues.terms.take(issues.held(security, day))
    place = place_of(terms.cycle, day)
    rate = terms.rate(np.arange(len(day)), place.since)
    running = terms.cycle.sound & (day < terms.cycle.end)
    return np.where(running, rate * place.years, 0.0)


# -- receipts -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Claims:
    """What receipts bring to lots: those that name none are shared over the account's lots."""

    row: Whole
    lot: Whole
    amount: Whole
    """In dollars, at the rate of the day it was received, or declared."""
    day: Whole
    """The day whose holders are entitled."""

    def take(self, rows: Whole) -> "_Claims":
        return _Claims(
            row=self.row[rows], lot=self.lot[rows], amount=self.amount[rows], day=self.day[rows]
        )


def _claims(year: Year, table: Table) -> _Claims:
    lots = year.holdings.lots
    named = places(table.text("lot"), lots.text("lot"))
    declared, date = table.whole("declared"), table.whole("date")
    day = np.where(declared != BLANK, declared, np.where(date == BLANK, year.end, date))
    paid_on = np.where(date != BLANK, date, day)
    own = np.flatnonzero(named >= 0)
    in_dollars = year.holdings.in_dollars
    dollars = in_dollars(named[own], table.whole("amount")[own], paid_on[own])
    rows, lot, amount = [own], [named[own]], [dollars]
    others = np.flatnonzero(named < 0)
    if len(others):
        shared = _over_lots(year, table, others, (day, paid_on))
        for parts, part in zip((rows, lot, amount), shared, strict=True):
            parts.append(part)
    row = np.concatenate(rows)
    return _Claims(row=row, lot=np.concatenate(lot), amount=np.concatenate(amount), day=day[row])


def _over_lots(
    year: Year, table: Table, rows: Whole, days: tuple[Whole, Whole]
) -> tuple[Whole, Whole, Whole]:
    """A receipt of an account's holding, shared over its lots by what was owed the day before."""
    held = year.holdings
    account = places(table.text("account"), year.records["accounts"].text("account"))[rows]
    security = places(table.text("security"), held.securities.text("security"))[rows]
    holder = (held.account << 32) + held.security
    order = np.argsort(holder, kind="stable")
    wanted = (account << 32) + security
    begin = np.searchsorted(holder[order], wanted)
    many = np.searchsorted(holder[order], wanted, side="right") - begin
    claim, place = spread(begin, many)
    lot = order[place]
    owed = _owed(year, lot, days[0][rows][claim] - 1)
    upto = np.cumsum(owed)
    first = np.searchsorted(claim, claim)
    upto = upto - (upto - owed)[first]
    total = np.zeros(len(rows), dtype=np.int64)
    np.add.at(total, claim, owed)
    amount = held.in_dollars(lot, table.whole("amount")[rows][claim], days[1][rows][claim])
    rest = total[claim] - upto
    share = proportion(amount, rest + owed, total[claim]) - proportion(amount, rest, total[claim])
    keep = owed > 0
    return rows[claim][keep], lot[keep], share[keep]


def _owed(year: Year, lot: Whole, day: Whole) -> Whole:
    """What was owed of lots at the end of a day."""
    lots, events = year.holdings.lots, year.events
    row = Dated.of(events.lot, events.day).latest(lot, day)
    bought = lots.whole("quantity")[lot]
    owed = np.where(row >= 0, events.after[row], bought) if len(events.lot) else bought
    return np.where(lots.whole("traded")[lot] <= day, owed, 0)


def _shared(year: Year, claims: _Claims) -> tuple[Whole, Whole, Whole]:
    """Claims on the portions that were there; those of lots without a portion, by lot.

    A claim is shared over the portions of its lot that left on its day or later; where all had left
    it is the last one's.
    """
    portions, amount = year.movements.portions, claims.amount
    count = len(portions.lot)
    found = np.zeros(count, dtype=np.int64)
    begin = np.searchsorted(portions.lot, claims.lot)
    many = np.searchsorted(portions.lot, claims.lot, side="right") - begin
    has = many > 0
    claim, portion = spread(begin, many)
    is_last = portion == (begin + many - 1)[claim]
    there = (portions.day[portion] >= claims.day[claim]) | is_last
    claim, portion = claim[there], portion[there]
    first = portion[np.searchsorted(claim, claim)]
    whole = portions.before[first]
    share = proportion(amount[claim], portions.before[portion], whole) - proportion(
        amount[claim], portions.after[portion], whole
    )
    alone = np.bincount(claim, minlength=len(many))[claim] == 1
    np.add.at(found, portion, np.where(alone, amount[claim], share))
    return found, claims.lot[~has], amount[~has]
