"""Which gains the interest maintenance reserve takes, and the bases of the asset valuation reserve."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jurat.records import BLANK, Records, places
from jurat.records.table import Whole
from jurat.records.tables import BASES, ISSUERS
from jurat.schedules.assets import LOANS_BY, standing_of
from jurat.schedules.exhibits import Exhibits, Held
from jurat.schedules.securities import Portfolio
from jurat.schedules.sums import Term, by_class
from jurat.valuation import BANDS
from jurat.valuation.calendar import Bools, Floats, days_of, month_of
from jurat.valuation.dated import Dated
from jurat.valuation.holdings import Asset
from jurat.valuation.imr import band_of
from jurat.valuation.portfolio import solve_yields
from jurat.valuation.worst import carried_to
from jurat.words import Address

AVR = "avr_default"
_UNDATED = 30
"""Years to the expected maturity of what has none."""
_CENT = 10_000


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
        """Gains before tax, in cents."""
        return self.book.moves.gain[self.rows]

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
        """Whether the account needs the reserve: at book value, and not excused."""
        accounts = self.book.year.records["accounts"]
        account = self.book.year.holdings.account[self.lot]
        general = accounts.whole("basis") == BASES.index("general")
        return np.asarray((general & (accounts.filled("imr", 1) == 1))[account])

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
        """The day each is expected to mature: worst date, half repaid, or thirty years on."""
        end = self.book.moves.carried_to[self.rows]
        half = _half_repaid(self.book)[self.book.security[self.rows]]
        end = np.where((half != BLANK) & (end != BLANK), np.minimum(half, end), end)
        undated = self.sold + round(_UNDATED * 365.25)
        return np.where(end == BLANK, undated, end)

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
        moves, issues = self.book.moves, self.book.year.issues
        security = self.book.security[self.rows]
        terms = issues.terms.take(issues.held(security, self.sold))
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


def _half_repaid(book: Portfolio) -> Whole:
    """Of securities repaid before maturity, the day half of the par is repaid; blank of others."""
    table, count = book.year.records["repayments"], len(book.year.holdings.securities)
    found = np.full(count, BLANK)
    owner = places(table.text("security"), book.year.holdings.securities.text("security"))
    rows = np.flatnonzero((owner >= 0) & (table.whole("as_of") == BLANK))
    if not len(rows):
        return found
    rows = rows[np.lexsort((table.whole("date")[rows], owner[rows]))]
    owner, share = owner[rows], table.whole("share")[rows]
    run = np.cumsum(share)
    first = np.searchsorted(owner, owner)
    paid = run - (run - share)[first]
    over = np.flatnonzero(paid * 2 >= 10**12)
    found[owner[over][::-1]] = table.whole("date")[rows][over][::-1]  # the first written last
    return found


# -- asset valuation reserve ----------------------------------------------------------------------


def add_avr(book: Portfolio, held: Held, exhibits: Exhibits) -> None:
    """Column 1 of the default component: general-account-basis book values by designation."""
    for line, term in (*_of_lots(book), *_of_loans(book, held), *_of_contracts(book, held)):
        exhibits.found.add(Address(AVR, exhibits.line(AVR, line), "1"), term)


def _general(records: Records, account: Whole) -> Bools:
    return np.asarray(records["accounts"].whole("basis")[account] == BASES.index("general"))


def _of_lots(book: Portfolio) -> Iterator[tuple[str, Term]]:
    held, moves = book.year.holdings, book.moves
    lots = moves.portions.lot
    general = _general(book.year.records, held.account[lots])
    number = np.clip(held.designation(book.security, np.full(len(lots), book.year.end)), 1, 6)
    exempt = book.issuer == ISSUERS.index("us_government")
    for stem, asset, has_exempt in (
        ("bonds", Asset.BOND, True),
        ("short_term", Asset.SHORT_TERM, True),
        ("preferred", Asset.PREFERRED, False),
    ):
        rows = np.flatnonzero((book.asset == asset) & ~moves.left & general)
        place = np.where(exempt & has_exempt, 0, number)[rows]
        names = [f"{stem}_exempt", *(f"{stem}_{one}" for one in range(1, 7))]
        term = Term(
            what="book value",
            among="lots",
            names=held.lots.text("lot"),
            rows=lots[rows],
            amounts=moves.closing[rows],
        )
        yield from by_class(names, place, term)


def _of_loans(book: Portfolio, held: Held) -> Iterator[tuple[str, Term]]:
    records, roll = book.year.records, held.loans
    table = records["mortgages"]
    account = places(table.text("account"), records["accounts"].text("account"))
    rows = np.flatnonzero(~roll.left & _general(records, account[roll.owner]))
    owner = roll.owner[rows]
    section = standing_of(records, book.year.end) * 6 + table.whole("property")
    term = Term(
        what="book value",
        among="mortgages",
        names=table.text("loan"),
        rows=owner,
        amounts=roll.closing[rows],
    )
    names = [_avr_line(name) for name in LOANS_BY]
    for name, own in by_class([f"{place}" for place in range(len(names))], section[owner], term):
        yield names[int(name)], own


def _avr_line(section: str) -> str:
    """The line of a section of Schedule B; mezzanine loans are commercial, all other. [K]."""
    standing, _, property_ = section.partition("_")
    kind = "commercial_other" if property_ == "mezzanine" else property_
    named = {"good": f"standing_{kind}", "restructured": "standing_restructured"}
    return named.get(standing, f"{standing}_{kind}")


def _of_contracts(book: Portfolio, held: Held) -> Iterator[tuple[str, Term]]:
    records, moved = book.year.records, held.contracts
    table = records["derivatives"]
    account = places(table.text("account"), records["accounts"].text("account"))
    open_ = ~moved.left & (moved.closing > 0)
    rows = np.flatnonzero(open_ & _general(records, account[moved.owner]))
    owner = moved.owner[rows]
    traded = table.filled("exchange_traded", 0)[owner] == 1
    place = np.where(traded, 0, np.clip(table.filled("quality", 1)[owner], 1, 6))
    names = ["derivatives_exchange", *(f"derivatives_{number}" for number in range(1, 7))]
    term = Term(
        what="book value",
        among="derivatives",
        names=table.text("contract"),
        rows=owner,
        amounts=moved.closing[rows],
    )
    yield from by_class(names, place, term)


# -- mortgage loans and hedges --------------------------------------------------------------------


def loan_gains_by_band(records: Records, held: Held, year: int) -> dict[str, int]:
    """Gains on loans sold that the interest maintenance reserve takes, by group of maturity.

    A loan that was overdue, in foreclosure or restructured goes to the other reserve. Residential
    loans use bands of their own, which are not yet told apart. [K]
    """
    roll, table = held.loans, records["mortgages"]
    end = int(days_of(f"{year:04}-12-31"))
    account = places(table.text("account"), records["accounts"].text("account"))
    good = standing_of(records, end)[roll.owner] == 0
    own = np.flatnonzero(
        roll.left & (roll.gain != 0) & good & _general(records, account[roll.owner])
    )
    band = band_of(_year(table.whole("maturity")[roll.owner[own]]) - _year(roll.day[own]))
    found = np.zeros(len(BANDS), dtype=np.int64)
    np.add.at(found, band, roll.gain[own])
    return {name: int(total) for name, total in zip(BANDS, found, strict=True) if total}
