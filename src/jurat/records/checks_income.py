"""Coupons that came due and were not received, and dividends declared long ago."""

from collections.abc import Iterator

import numpy as np

from jurat.records.columns import Mask
from jurat.records.ledger import Dated, Ledger, Totals, told
from jurat.records.problems import Problem, counted, dollars
from jurat.records.table import Whole
from jurat.records.tables import BLANK
from jurat.words import Severity

AGED_DAYS = 90
"""Interest due for longer is not admitted."""
_EARLY_DAYS, _LATE_DAYS = 10, 60
"""How long before and after its date a coupon may be received."""


def coupon_on_or_before(ledger: Ledger, security: Whole, day: Whole | int) -> Whole:
    """The last coupon date of bonds at or before a day, counted back from maturity; BLANK for none."""
    terms = ledger.securities
    maturity = terms.whole("maturity")[security]
    is_known = maturity != BLANK
    maturity = np.where(is_known, maturity, 0)
    step = 12 // np.maximum(terms.whole("frequency")[security], 1)
    end = _months(maturity)
    day = np.broadcast_to(np.asarray(day, dtype=np.int64), maturity.shape)
    back = (end - _months(day) + step - 1) // step  # as many coupons before the end
    found = _coupon(ledger, security, end - back * step, maturity)
    late = found > day
    found = np.where(late, _coupon(ledger, security, end - (back + 1) * step, maturity), found)
    found = np.minimum(found, np.where(is_known, maturity, found))
    first = terms.whole("first_coupon")[security]
    dated = terms.whole("dated")[security]
    is_there = is_known & (found >= first) & (found > dated)
    return np.where(is_there, found, BLANK)


def _months(day: Whole) -> Whole:
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _coupon(ledger: Ledger, security: Whole, month: Whole, maturity: Whole) -> Whole:
    """The day of a month on which a bond pays: that of its maturity, or the month's last."""
    begin, after = (
        (month + more).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        for more in (0, 1)
    )
    own = maturity - _months(maturity).astype("datetime64[M]").astype("datetime64[D]").astype(
        np.int64
    )
    own = np.where(ledger.securities.whole("month_end")[security] == 1, 31, own)
    return np.asarray(np.minimum(begin + own, after - 1))


class Payers:
    """The accounts' holdings of bonds that pay coupons, by account and security."""

    def __init__(self, ledger: Ledger) -> None:
        """Gather what is held at the year's end, and what was received."""
        self.ledger = ledger
        income = ledger.records["income"]
        is_interest = income.is_choice("kind", "interest") & (income.whole("date") != BLANK)
        pair = np.where(is_interest, ledger.pair_of(income), -1)
        self.receipts = Dated.ordered(pair, income.filled("date", 0), income.whole("amount"))
        terms = ledger.securities
        pays = ledger.is_bond & ~terms.is_choice("coupon_type", "zero")
        self.pays: Mask = np.append(pays & (terms.whole("coupon") > 0), False)

    def held_over(self, days: Whole) -> Totals:
        """By account and security, the par held at the year's end that was there before its coupon."""
        ledger = self.ledger
        settled = ledger.lots.filled("settled", ledger.lots.whole("traded"))
        held = ledger.closing_held
        rows = np.flatnonzero((held > 0) & (ledger.lot_pair >= 0) & (settled < days))
        return Totals.of(ledger.lot_pair[rows], held[rows])

    def problem(self, pair: int, par: int, rule: str, what: str) -> Problem:
        """A coupon that is missing: of which account and security, and how much."""
        ledger = self.ledger
        security = pair % len(ledger.securities)
        account = ledger.records["accounts"].text("account")[pair // len(ledger.securities)]
        terms = ledger.securities
        rate, often = int(terms.whole("coupon")[security]), int(terms.whole("frequency")[security])
        cents = (2 * par * rate // often + 10**13) // (2 * 10**13)
        return Problem(
            rule=rule,
            severity=Severity.WARNING,
            what=f"{terms.text('security')[security]} in account {account}: the coupon {what} "
            f"About {dollars(cents)}.",
            where=terms.where(security),
            cents=cents,
            next="Give the receipt, or look whether it is in default.",
        )


def aged(payers: Payers) -> Iterator[Problem]:
    """Coupons due more than 90 days before the year's end, with nothing received since."""
    ledger = payers.ledger
    last = coupon_on_or_before(ledger, _all(ledger), ledger.closing - AGED_DAYS - 1)
    days = np.append(np.where(payers.pays[:-1], last, BLANK), BLANK)
    due = payers.held_over(days[ledger.lot_security])
    found = payers.receipts.last(due.key, ledger.closing)
    coupon = days[due.key % max(1, len(ledger.securities))]
    day = np.append(payers.receipts.day, BLANK)[found]
    for place in np.flatnonzero(day < coupon - _EARLY_DAYS).tolist():
        what = f"of {told(coupon[place])} was never received, nor any since."
        yield payers.problem(int(due.key[place]), int(due.total[place]), "income.aged", what)


def missing(payers: Payers) -> Iterator[Problem]:
    """Coupons of the year that were not received near their day, where later ones were."""
    ledger = payers.ledger
    often = np.append(ledger.securities.whole("frequency"), 1)
    until = ledger.closing - _LATE_DAYS
    days = coupon_on_or_before(ledger, _all(ledger), until)
    for _ in range(int(often.max(initial=1))):
        coupon = np.append(np.where(payers.pays[:-1] & (days > ledger.opening), days, BLANK), BLANK)
        due = payers.held_over(coupon[ledger.lot_security])
        when = coupon[due.key % max(1, len(ledger.securities))]
        near = payers.receipts.last(due.key, when + _LATE_DAYS)
        ever = payers.receipts.last(due.key, ledger.closing)
        received = np.append(payers.receipts.day, BLANK)
        absent = (received[near] < when - _EARLY_DAYS) & (received[ever] >= when - _EARLY_DAYS)
        for place in np.flatnonzero(absent).tolist():
            what = f"of {told(when[place])} was not received near its day."
            yield payers.problem(int(due.key[place]), int(due.total[place]), "income.missing", what)
        days = coupon_on_or_before(ledger, _all(ledger), np.where(days == BLANK, 0, days - 1))


def declared(ledger: Ledger) -> Iterator[Problem]:
    """Dividends declared more than 90 days before the year's end and not received."""
    income = ledger.records["income"]
    since = income.whole("declared")
    open_ = (income.whole("date") == BLANK) | (income.whole("date") > ledger.closing)
    late = open_ & (since != BLANK) & (since < ledger.closing - AGED_DAYS)
    for row in np.flatnonzero(late).tolist():
        days = ledger.closing - int(since[row])
        yield Problem(
            rule="income.aged",
            severity=Severity.WARNING,
            what=f"{income.text('receipt')[row]} of {income.text('security')[row]} is due since "
            f"{told(since[row])}, {counted(days, 'day')} before the year's end.",
            where=income.where(row),
            cents=abs(int(income.whole("amount")[row])),
            next="Give the day it was received, or write it off.",
        )


def _all(ledger: Ledger) -> Whole:
    return np.arange(len(ledger.securities))
