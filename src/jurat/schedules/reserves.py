"""The bases of the asset valuation reserve: book values by designation, class and standing."""

from collections.abc import Iterator

import numpy as np

from jurat.records import Records, places
from jurat.records.table import Whole
from jurat.records.tables import BASES, ISSUERS
from jurat.schedules.assets import LOANS_BY, standing_of
from jurat.schedules.exhibits import Exhibits, Held
from jurat.schedules.securities import Portfolio
from jurat.schedules.sums import Term, by_class
from jurat.valuation.calendar import Bools
from jurat.valuation.holdings import Asset
from jurat.words import Address

AVR = "avr_default"


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
