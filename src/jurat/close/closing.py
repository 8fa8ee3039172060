"""A year's books become a checked statement, in one straight flow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jurat.checks import Accepted, Outcome, examine, read_accepted
from jurat.close.given import given_of, no_contradiction, overruled, stamped
from jurat.close.negative_imr import imr_notices
from jurat.close.opening import Opening, read_opening, to_the_cent
from jurat.keeping import Books, Faults, read_books
from jurat.keeping.books import ACCEPTED
from jurat.keeping.overrides import expired
from jurat.records import Problem, examine_records
from jurat.schedules import Detail, Investments, Told, investments_of, openings
from jurat.statement import Cell, Overridden, Statement
from jurat.statement.rounding import Moved, fill_rounded
from jurat.words import UsageError


@dataclass(frozen=True, eq=False, kw_only=True)
class Closing:
    """A statement closed: filled, rounded, checked."""

    books: Books
    opening: Opening | None
    statement: Statement
    ledger: tuple[Moved, ...]
    """The dollars that the rounding policy moved."""
    outcome: Outcome
    investments: Investments | None = None
    """What the records of investments came to; nothing where the folder holds none."""
    details: Mapping[str, Detail] = field(default_factory=dict)
    """The rows of the detail schedules, by page."""
    problems: tuple[Problem, ...] = ()
    """What looks wrong in the records, by dollars of statement effect."""
    overruled: tuple[str, ...] = ()
    """Cells in which a rule puts another figure than the records give."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What to know before the figures."""
        told = imr_notices(self.statement, self.books.company.policies)
        return (*self.statement.notices, *told, *self.overruled)

    @property
    def overrides(self) -> list[Cell]:
        """The cells set by hand."""
        return [c for c in self.statement.cells.values() if isinstance(c.because, Overridden)]

    @property
    def expired(self) -> list[Cell]:
        """The overrides whose day has passed; the statement is not to be sworn with them."""
        return expired(dict(self.books.overrides), self.outcome.today)


def close(folder: Path) -> Closing:
    """Turn what a company's folder holds into a checked statement.

    Raises  RecordError naming everything in the folder that cannot stand, at once.
    """
    books = read_books(folder)
    faults = Faults()
    opening = read_opening(folder, books, faults)
    faults.stop()
    investments = None
    if books.records is not None:
        company = books.company
        investments = investments_of(
            books.records, books.blank, company.year, company.policies.relief
        )
        opening = to_the_cent(opening, openings(investments)) if opening else None
    accepted = _accepted(folder, faults)
    told = told_by(books, investments) if investments else None
    statement, ledger = filled(books, opening, told, faults)
    return Closing(
        books=books,
        opening=opening,
        statement=statement,
        ledger=ledger,
        outcome=examine(statement, accepted),
        investments=investments,
        details=investments.details if investments else {},
        problems=_problems(books),
        overruled=tuple(overruled(statement, told)) if told else (),
    )


def _problems(books: Books) -> tuple[Problem, ...]:
    if books.records is None:
        return ()
    return tuple(examine_records(books.records, books.company.year))


def told_by(books: Books, investments: Investments) -> Told:
    """What the records tell the statement, by the company's policies."""
    policies = books.company.policies
    return Told.of(
        investments, policies.tax_rate or 0, one_by_one=policies.imr_method == "seriatim"
    )


def filled(
    books: Books, opening: Opening | None, told: Told | None, faults: Faults
) -> tuple[Statement, tuple[Moved, ...]]:
    """The statement that books, opening and records give, and the dollars that were moved.

    Raises  RecordError naming everything that cannot stand.
    """
    given = given_of(books, opening, told, faults)
    faults.stop()
    statement, ledger = fill_rounded(given, books.overrides, books.company.policies.rounding)
    no_contradiction(books, statement, faults)
    faults.stop()
    return stamped(statement, books, told), tuple(ledger)


def _accepted(folder: Path, faults: Faults) -> list[Accepted]:
    path = folder / ACCEPTED
    if not path.exists():
        return []
    try:
        return read_accepted(path)
    except UsageError as fault:
        faults.add(
            ACCEPTED, fault.what.replace(f"{path}: ", "").replace(f"{path} ", ""), fault.next
        )
        return []
