"""What outsiders say, held against the records: custodian, bank, administrator."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from jurat.records.keys import codes
from jurat.records.ledger import Dated, Ledger, Totals, rounded, told
from jurat.records.problems import Problem, dollars, plain
from jurat.records.table import Table, Whole, places
from jurat.words import Severity


def in_year(ledger: Ledger, table: Table) -> Whole:
    """The rows of a control that are of the year, or of its opening."""
    day = table.whole("date")
    return np.flatnonzero((day >= ledger.opening) & (day <= ledger.closing))


def custodian(ledger: Ledger) -> Iterator[Problem]:
    """Quantities that the custodian holds and the lots do not, or the other way round."""
    table = ledger.records["custodian"]
    rows = in_year(ledger, table)
    pair = ledger.pair_of(table)
    for day in np.unique(table.whole("date")[rows]).tolist():
        today = rows[table.whole("date")[rows] == day]
        left = ledger.held(int(day))
        known = np.flatnonzero((ledger.lot_pair >= 0) & (left > 0))
        ours = Totals.of(ledger.lot_pair[known], left[known])
        said = table.whole("quantity")[today]
        off = said - np.where(pair[today] >= 0, ours.at(pair[today]), 0)
        for place in np.flatnonzero(off).tolist():
            row = int(today[place])
            about = str(table.text("security")[row]), str(table.text("account")[row])
            values = int(said[place]), int(said[place] - off[place])
            yield _custodian(ledger, about, values, int(day), table.where(row))
        accounts = set(table.text("account").take(pa.array(today)).to_pylist())
        missing = np.setdiff1d(ours.key, pair[today])
        first = known[np.unique(ledger.lot_pair[known], return_index=True)[1]]
        lots = first[np.searchsorted(ours.key, missing)]
        for key, quantity, lot in zip(
            *(x.tolist() for x in (missing, ours.at(missing), lots)), strict=True
        ):
            account, security = divmod(key, len(ledger.securities))
            name = str(ledger.records["accounts"].text("account")[account])
            if name in accounts:
                number = str(ledger.securities.text("security")[security])
                where = ledger.lots.where(lot)
                yield _custodian(ledger, (number, name), (0, quantity), int(day), where)


def _custodian(
    ledger: Ledger, about: tuple[str, str], values: tuple[int, int], day: int, where: str
) -> Problem:
    """A difference of quantities, weighed at the price of the day, or at par or nothing without one."""
    (security, account), (said, ours) = about, values
    thing = places(pa.array([security]), ledger.securities.text("security"))
    price = ledger.prices.last(thing, day)
    cents = 0
    if thing[0] >= 0:
        value = ledger.prices.value[price] if price[0] >= 0 else np.array([10**10])
        cents = int(ledger.fair_value(thing, np.array([abs(said - ours)]), value)[0])
    return Problem(
        rule="control.custodian",
        severity=Severity.ERROR,
        what=f"on {told(day)} the custodian holds {plain(said, 6)} of {security} in account {account}, "
        f"the lots {plain(ours, 6)}: {plain(said - ours, 6)} apart.",
        where=where,
        cents=cents,
        next="Look for a trade that is missing, or not settled yet.",
    )


def bank(ledger: Ledger) -> Iterator[Problem]:
    """Balances that the bank states otherwise than the records, or that one of them lacks."""
    stated, ours = ledger.records["bank"], ledger.records["cash"]
    names = ("account", "depository", "date")
    both = _stacked(stated, ours, names)
    theirs, mine = both[: len(stated)], both[len(stated) :]
    balances = Totals.of(mine, ours.whole("balance"))
    for row in in_year(ledger, stated).tolist():
        said, own = int(stated.whole("balance")[row]), int(balances.at(theirs[[row]])[0])
        if said != own:
            is_there = bool(np.isin(theirs[row], balances.key))
            known = f"the records {dollars(own)}" if is_there else "the records have none"
            yield _bank(stated, row, f"the bank states {dollars(said)}, {known}", said - own)
    deposited = Totals.of(theirs, np.ones(len(theirs), dtype=np.int64))
    months = set(stated.whole("date").tolist())
    for row in in_year(ledger, ours).tolist():
        is_stated = int(deposited.at(mine[[row]])[0])
        if not is_stated and int(ours.whole("date")[row]) in months:
            own = int(ours.whole("balance")[row])
            yield _bank(ours, row, f"the records have {dollars(own)}, the bank states none", own)


def _bank(table: Table, row: int, what: str, cents: int) -> Problem:
    account, depository = (table.text(name)[row] for name in ("account", "depository"))
    return Problem(
        rule="control.bank",
        severity=Severity.ERROR,
        what=f"{depository}, account {account}, on {told(table.whole('date')[row])}: {what}: "
        f"{dollars(cents)} apart.",
        where=table.where(row),
        cents=abs(cents),
        next="Look for a receipt or payment that only one of them has.",
    )


def _stacked(one: Table, other: Table, names: tuple[str, ...]) -> Whole:
    """Numbers for the keys of two tables, the same where the keys are the same."""
    columns = {
        name: np.concatenate([one.whole(name), other.whole(name)])
        if isinstance(one.columns[name], np.ndarray)
        else pa.concat_arrays([one.text(name), other.text(name)])
        for name in names
    }
    row = np.concatenate([one.row, other.row])
    return codes(Table(declared=one.declared, columns=columns, row=row), names)


def funds(ledger: Ledger) -> Iterator[Problem]:
    """Totals of fair value that the administrator states otherwise than prices and lots make them."""
    table = ledger.records["funds"]
    rows = in_year(ledger, table)
    accounts = ledger.records["accounts"].text("account")
    account = places(table.text("account"), accounts)
    for day in np.unique(table.whole("date")[rows]).tolist():
        of, worth = _fair_values(ledger, int(day), places(ledger.lots.text("account"), accounts))
        totals, counts = Totals.of(of, worth), Totals.of(of, np.ones(len(of), dtype=np.int64))
        for row in rows[table.whole("date")[rows] == day].tolist():
            said, own = int(table.whole("fair_value")[row]), int(totals.at(account[[row]])[0])
            if abs(said - own) > int(
                counts.at(account[[row]])[0]
            ):  # a cent of each lot is rounding
                yield Problem(
                    rule="control.funds",
                    severity=Severity.ERROR,
                    what=f"on {told(day)} account {table.text('account')[row]} is worth "
                    f"{dollars(said)} by its administrator, {dollars(own)} by lots and prices: "
                    f"{dollars(said - own)} apart.",
                    where=table.where(row),
                    cents=abs(said - own),
                    next="Look for a price or a lot that only one of them has.",
                )


def _fair_values(ledger: Ledger, day: int, account: Whole) -> tuple[Whole, Whole]:
    """The accounts of the lots held on a day, and what each is worth in dollars."""
    left = ledger.held(day)
    rows = np.flatnonzero((left > 0) & (ledger.lot_security >= 0) & (account >= 0))
    security = ledger.lot_security[rows]
    price = ledger.prices.last(security, day)
    rows, security, price = rows[price >= 0], security[price >= 0], price[price >= 0]
    worth = ledger.fair_value(security, left[rows], ledger.prices.value[price])
    rate = _rates(ledger, security, day)
    dollars_worth = rounded(worth.astype(object) * rate.astype(object), np.array(10**8))
    return account[rows], dollars_worth


def _rates(ledger: Ledger, security: Whole, day: int) -> Whole:
    """Dollars for one unit of each security's currency, in hundred-millionths."""
    rates = ledger.records["exchange_rates"]
    own = places(rates.text("currency"), rates.text("currency"))
    dated = Dated.ordered(own, rates.whole("date"), rates.whole("rate"))
    thing = places(ledger.securities.text("currency"), rates.text("currency"))[security]
    found = dated.last(thing, day)
    return np.append(dated.value, 10**8)[found]
