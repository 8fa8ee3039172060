"""What-if: trades that are not booked, and the statement there would be with them."""

from dataclasses import dataclass

from jurat.close.closing import Closing, filled, told_by
from jurat.close.given import RELEASE
from jurat.keeping import Faults
from jurat.records import Table
from jurat.schedules.gains import Reason
from jurat.schedules.whatif import Effect, effect_of
from jurat.statement import Statement
from jurat.valuation import BANDS
from jurat.words import Address, UsageError

YEARS = 10
"""Years of released gains that are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """What one lot would bring."""

    lot: str
    book_value: int
    consideration: int
    gain: int
    reserve: str
    reason: str
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A cell of the statement that would change."""

    address: Address
    before: int
    after: int


@dataclass(frozen=True, eq=False, kw_only=True)
class WhatIf:
    """What trades would do.

    Units   cents, of sales; dollars as the statement shows them, of cells and releases.
    """

    effect: Effect
    sales: tuple[Sale, ...]
    released: tuple[tuple[int, int, int], ...]
    """Year, released now, released then."""
    statement: Statement
    changed: tuple[Changed, ...]


def what_if(closing: Closing, trades: Table) -> WhatIf:
    """The statement there would be if trades were booked, and what makes the difference.

    Raises  UsageError for a company without records; RecordError for trades that cannot be.
    """
    books, made = closing.books, closing.investments
    if made is None or books.records is None:
        raise UsageError(
            "This company keeps no records of investments here.",
            next="What-if works on lots: put tables into records/ (jurat records show).",
        )
    company = books.company
    effect = effect_of(books.records, trades, books.blank, company.year, company.policies.relief)
    before, after = (told_by(books, part) for part in (effect.before, effect.after))
    told = told_by(books, made).instead(before, after)
    statement, _ = filled(books, closing.opening, told, Faults())
    return WhatIf(
        effect=effect,
        sales=tuple(_sales(effect)),
        released=tuple(_released(closing.statement, statement)),
        statement=statement,
        changed=tuple(_changed(closing.statement, statement)),
    )


def _released(before: Statement, after: Statement) -> list[tuple[int, int, int]]:
    """What the reserve releases by year, all gains together: year, now, then."""
    found = []
    for number in range(YEARS):
        at = Address(RELEASE, str(number + 1), "4")
        found.append((before.year + number, before[at].figure, after[at].figure))
    return found


def _sales(effect: Effect) -> list[Sale]:
    """The portions that the trades take, each with its gain and where that goes."""
    made = effect.after
    moves, gains = made.book.moves, made.gains
    first = len(made.book.year.records["trades"]) - len(effect.trades)
    names = made.book.year.holdings.lots.text("lot")
    told = {
        int(row): (Reason.ALL[why], why == Reason.INTEREST, band)
        for row, why, band in zip(gains.rows, gains.reason, gains.band, strict=True)
    }
    found = []
    for row in (moves.portions.trade >= first).nonzero()[0].tolist():
        why, is_imr, band = told.get(row, ("no gain", False, 0))
        found.append(
            Sale(
                lot=names[int(moves.portions.lot[row])].as_py(),
                book_value=int(moves.book_at_disposal[row]),
                consideration=int(moves.consideration[row]),
                gain=int(moves.gain[row]),
                reserve="IMR" if is_imr else "AVR" if why != Reason.ALL[Reason.NONE] else "-",
                reason=why,
                band=list(BANDS)[int(band)],
            )
        )
    return found


def _changed(before: Statement, after: Statement) -> list[Changed]:
    found = []
    for address in sorted({*before.cells, *after.cells}):
        old, new = before.cells.get(address), after.cells.get(address)
        one, other = (cell.figure if cell else 0 for cell in (old, new))
        if one != other:
            found.append(Changed(address=address, before=one, after=other))
    return found
