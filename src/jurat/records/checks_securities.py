"""Prices, designations, exchange rates and terms of what is held at the year's end."""

import re
from collections.abc import Iterator

import numpy as np

from jurat.records.columns import Mask
from jurat.records.ledger import Dated, Ledger, Totals, told
from jurat.records.problems import Problem, counted, dollars, plain
from jurat.records.table import Whole, places
from jurat.records.tables import BLANK
from jurat.words import Severity

STALE_DAYS = 30
"""A price or rate older than this at the year's end is stale."""
_NEAR_DAYS = 31
_CALLABLE = re.compile(r"\bcall(?:able|ed)?\b", re.IGNORECASE)


class Holdings:
    """What is held at the year's end by security: its lots, quantity, cost, and whether at fair value."""

    def __init__(self, ledger: Ledger) -> None:
        """Add up the lots that are held."""
        self.ledger = ledger
        lots, held = ledger.lots, ledger.closing_held
        rows = np.flatnonzero((held > 0) & (ledger.lot_security >= 0))
        security = ledger.lot_security[rows]
        costs = Totals.of(security, ledger.cost_of(rows, held[rows]))
        self.security: Whole = costs.key
        self.cost: Whole = costs.total
        self.quantity: Whole = Totals.of(security, held[rows]).total
        self.count: Whole = Totals.of(security, np.ones(len(rows), dtype=np.int64)).total
        accounts = ledger.records["accounts"]
        account = places(lots.text("account"), accounts.text("account"))[rows]
        is_fair = np.append(accounts.is_choice("basis", "fair"), False)[account]
        at_fair = Totals.of(security, is_fair.astype(np.int64)).total > 0
        stock = ledger.securities.is_choice("kind", "common")[self.security]
        self.at_fair: Mask = at_fair | stock
        first = np.full(len(ledger.securities) + 1, len(lots), dtype=np.int64)
        np.minimum.at(first, security, rows)
        self.first: Whole = first[self.security]
        """Of each security, its first lot that is held."""

    def problem(self, place: int, rule: str, what: str, advice: str, weight: int = 1) -> Problem:
        """A problem of one security that is held, weighing what the lots cost."""
        return Problem(
            rule=rule,
            severity=Severity.ERROR if weight else Severity.WARNING,
            what=f"{self.name(place)} {what}",
            where=self.ledger.securities.where(int(self.security[place])),
            cents=int(self.cost[place]),
            next=advice,
        )

    def name(self, place: int) -> str:
        """A security by its number and how much of it is held."""
        number = self.ledger.securities.text("security")[int(self.security[place])]
        quantity = plain(int(self.quantity[place]), 6)
        return f"{number} ({quantity} in {counted(int(self.count[place]), 'lot')})"


def prices(holdings: Holdings) -> Iterator[Problem]:
    """Securities without a price, or whose last price is stale."""
    dated, closing = holdings.ledger.prices, holdings.ledger.closing
    found = dated.last(holdings.security, closing)
    for place in np.flatnonzero(found < 0).tolist():
        advice = f"Give a price for {told(closing)}."
        at_fair = int(holdings.at_fair[place])
        yield holdings.problem(place, "price.missing", "has no price.", advice, at_fair)
    for place in np.flatnonzero(found >= 0).tolist():
        day = int(dated.day[found[place]])
        if closing - day > STALE_DAYS:
            what = f"was last priced on {told(day)}, {closing - day} days before the year's end."
            advice = f"Give a price for {told(closing)}."
            at_fair = int(holdings.at_fair[place])
            yield holdings.problem(place, "price.stale", what, advice, at_fair)


def price_jumps(holdings: Holdings) -> Iterator[Problem]:
    """Prices about ten or a hundred times the one before, or that part of it."""
    ledger, dated = holdings.ledger, holdings.ledger.prices
    now, was = dated.value[1:], dated.value[:-1]
    is_same = (dated.thing[1:] == dated.thing[:-1]) & (now > 0) & (was > 0)
    in_year = (dated.day[1:] > ledger.opening) & (dated.day[1:] <= ledger.closing)
    up, down = _is_factor(now, was), _is_factor(was, now)
    where = np.flatnonzero(is_same & in_year & (up | down))
    held = np.zeros(len(ledger.securities), dtype=np.int64)
    held[holdings.security] = holdings.quantity
    security = dated.thing[1:][where]
    off = np.abs(now[where] - was[where])
    worth = ledger.fair_value(security, held[security], off)
    for place, cents in zip(where.tolist(), worth.tolist(), strict=True):
        name = ledger.securities.text("security")[int(dated.thing[place])]
        yield Problem(
            rule="price.jump",
            severity=Severity.ERROR if cents else Severity.WARNING,
            what=f"{name} goes from {plain(int(was[place]), 8)} on {told(dated.day[place])} to "
            f"{plain(int(now[place]), 8)} on {told(dated.day[place + 1])}: a point in the wrong place?",
            where=ledger.records["prices"].where(int(dated.row[place + 1])),
            cents=int(cents),
            next="Mend the price, or leave it if the security did that.",
        )


def _is_factor(large: Whole, small: Whole) -> Mask:
    """Whether one number is about ten or a hundred times another; in whole numbers of any size."""
    ten = (large // 8 >= small) & (large // 25 <= small // 2)
    hundred = (large // 80 >= small) & (large // 125 <= small)
    return np.asarray(ten | hundred)


def designations(holdings: Holdings) -> Iterator[Problem]:
    """Bonds and preferred stock without an NAIC designation, or with two that do not go together."""
    ledger, dated = holdings.ledger, holdings.ledger.designations
    rated = ledger.securities.is_choice("kind", "bond", "preferred")[holdings.security]
    found = dated.last(holdings.security, ledger.closing)
    for place in np.flatnonzero(rated & (found < 0)).tolist():
        advice = "Give its designation, and the day from which it holds."
        yield holdings.problem(place, "designation.missing", "has no NAIC designation.", advice)
    for place in np.flatnonzero(rated & (found >= 1)).tolist():
        now = int(found[place])
        told_at = _conflict(dated, now)
        if told_at:
            advice = "Keep the one that holds, and take the other out."
            yield holdings.problem(place, "designation.conflict", told_at, advice, 0)


def _conflict(dated: Dated, now: int) -> str:
    """What is odd about the last designation and the one before; empty where nothing is."""
    was = now - 1
    is_same = dated.thing[was] == dated.thing[now]
    step = abs(int(dated.value[now]) - int(dated.value[was]))
    if not is_same or step < 2 or dated.day[now] - dated.day[was] > _NEAR_DAYS:
        return ""
    return (
        f"is NAIC {dated.value[was]} on {told(dated.day[was])} and NAIC {dated.value[now]} on "
        f"{told(dated.day[now])}."
    )


def currencies(holdings: Holdings) -> Iterator[Problem]:
    """Securities in a currency without a rate on the days that need one."""
    ledger = holdings.ledger
    rates = ledger.records["exchange_rates"]
    currency = ledger.securities.text("currency")
    codes = places(currency, rates.text("currency"))
    own = places(rates.text("currency"), rates.text("currency"))
    dated = Dated.ordered(own, rates.whole("date"), rates.whole("rate"))
    foreign = np.array([word not in ("USD", "") for word in currency.to_pylist()], dtype=bool)
    mine = np.flatnonzero(foreign[holdings.security])
    bought = ledger.lots.whole("traded")[holdings.first[mine]]
    thing = codes[holdings.security[mine]]
    at_end, at_first = dated.last(thing, ledger.closing), dated.last(thing, bought)
    for place, last, first in zip(mine.tolist(), at_end.tolist(), at_first.tolist(), strict=True):
        word = currency[int(holdings.security[place])]
        advice = f"Give the dollars for one {word} on {told(ledger.closing)}."
        if last < 0:
            what = f"is in {word}, which has no rate."
            yield holdings.problem(place, "currency.rate", what, advice)
        elif ledger.closing - int(dated.day[last]) > STALE_DAYS:
            what = f"is in {word}, whose last rate is of {told(dated.day[last])}."
            yield holdings.problem(place, "currency.rate", what, advice)
        elif first < 0:
            day = told(ledger.lots.whole("traded")[holdings.first[place]])
            what = f"was bought in {word} on {day}, before its first rate."
            yield holdings.problem(place, "currency.rate", what, f"Give the rate of {day}.")


def terms(holdings: Holdings) -> Iterator[Problem]:
    """Bonds without a coupon or maturity that should have one; callable ones without calls."""
    ledger, mine = holdings.ledger, holdings.security
    securities = ledger.securities
    is_bond = ledger.is_bond[mine]
    pays = is_bond & ~securities.is_choice("coupon_type", "zero")[mine]
    told_later = places(
        securities.text("security"), ledger.records["coupons"].text("security")
    )[mine] >= 0  # fmt: skip
    rules: tuple[tuple[Mask, str, str, str, int], ...] = (
        (
            pays & (securities.whole("coupon")[mine] == 0) & ~told_later,
            "security.coupon",
            "has no coupon, and is not said to be a zero.",
            "Give the coupon, or coupon_type zero.",
            0,
        ),
        (
            is_bond & (securities.whole("maturity")[mine] == BLANK),
            "security.maturity",
            "is a bond without a maturity.",
            "Give the stated maturity.",
            1,
        ),
        (
            is_bond & _should_have_calls(ledger)[mine],
            "security.calls",
            "is callable, and calls has no row for it.",
            "Give the dates and prices of its calls: they decide its yield to worst.",
            0,
        ),
    )
    for which, rule, what, advice, weight in rules:
        for place in np.flatnonzero(which).tolist():
            yield holdings.problem(place, rule, what, advice, weight)


def _should_have_calls(ledger: Ledger) -> Mask:
    """Securities that are described as callable, or were called, and have no calls."""
    securities = ledger.securities

    should = np.array(
        [bool(_CALLABLE.search(w)) for w in securities.text("description").to_pylist()], dtype=bool
    )
    called = ledger.security_of(ledger.trades)[ledger.trades.is_choice("kind", "call")]
    should[called[called >= 0]] = True
    has = places(securities.text("security"), ledger.records["calls"].text("security")) >= 0
    return np.asarray(should & ~has)


def collateral(ledger: Ledger) -> Iterator[Problem]:
    """Lending collateral whose designation is not that of the same security elsewhere."""
    table = ledger.records["collateral"]
    security = ledger.security_of(table)
    found = ledger.designations.last(security, table.whole("date"))
    for row in np.flatnonzero((security >= 0) & (found >= 0)).tolist():
        said = str(table.text("designation")[row])
        value = int(ledger.designations.value[found[row]])
        if said[:1].isdigit() and int(said[:1]) != value:
            yield Problem(
                rule="designation.conflict",
                severity=Severity.WARNING,
                what=f"{table.text('security')[row]} is NAIC {said} as collateral of "
                f"{dollars(int(table.whole('book_value')[row]))}, and NAIC {value} in designations.",
                where=table.where(row),
                cents=abs(int(table.whole("book_value")[row])),
                next="Keep the one that holds, and mend the other.",
            )
