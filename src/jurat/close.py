"""The corridor: a year's books become a checked statement, in one straight flow."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jurat.blanks import Blank, without
from jurat.checks import Accepted, Outcome, examine, read_accepted
from jurat.keeping import Books, Faults, read_books
from jurat.keeping.books import ACCEPTED, BY_FORM, printed_by_form
from jurat.keeping.company import NAME as COMPANY
from jurat.keeping.gains import NAME as GAINS
from jurat.keeping.gains import RECORDS, Gains
from jurat.keeping.overrides import expired
from jurat.money import LARGEST, Kind, round_half_away, to_dollars
from jurat.reading import Reading, read
from jurat.schedules import (
    Investments,
    cells_of,
    gains_by_band,
    investments_of,
    one_by_one,
    openings,
)
from jurat.statement import Cell, CellState, Computed, Given, Overridden, Statement
from jurat.statement.carry import on_form
from jurat.statement.rounding import Moved, fill_rounded, in_exact_money
from jurat.valuation import grouped_amortization
from jurat.words import Address, JuratError, UsageError

PRETAX = Address("imr", "2", inset=1)
TAX = Address("imr", "2", inset=2)
RELEASE = "imr_amortization"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell of last year's statement that two sources of it tell differently."""

    address: Address
    kept: Cell
    filed: Cell
    source: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Opening:
    """Last year's statement, and where its sources disagree."""

    statement: Statement
    source: str
    differences: tuple[Difference, ...] = ()


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
    investments = _investments(books)
    if opening and investments:
        opening = _to_the_cent(opening, investments)
    given = _given(books, opening, investments, faults)
    faults.stop()
    statement, ledger = fill_rounded(given, books.overrides, books.company.policies.rounding)
    _no_contradiction(books, statement, faults)
    accepted = _accepted(folder, faults)
    faults.stop()
    statement = _stamped(statement, books)
    return Closing(
        books=books,
        opening=opening,
        statement=statement,
        ledger=tuple(ledger),
        outcome=examine(statement, accepted),
        investments=investments,
    )


def _investments(books: Books) -> Investments | None:
    """What the records of investments come to, if there are any."""
    if books.records is None:
        return None
    return investments_of(books.records, books.blank, books.company.year)


# -- last year -------------------------------------------------------------------------------


def read_opening(folder: Path, books: Books, faults: Faults) -> Opening | None:
    """Last year's statement from `opening/`; every further document is held against the first."""
    place = folder / "opening"
    files = sorted(p for p in place.glob("*") if p.is_file() and not p.name.startswith("."))
    files.sort(key=lambda path: path.suffix != ".json")  # our own closing before what was filed
    if not files:
        return None
    readings = {
        path.name: reading for path in files if (reading := _of_last_year(path, books, faults))
    }
    if not readings:
        return None
    first, *others = readings
    differences = [
        difference
        for name in others
        for difference in _differences(readings[first], readings[name], name)
    ]
    return Opening(
        statement=readings[first].statement,
        source=f"opening/{first}",
        differences=tuple(differences),
    )


def _of_last_year(path: Path, books: Books, faults: Faults) -> Reading | None:
    """One document of last year; nothing, and a fault, where it is none or cannot be read."""
    name, before = f"opening/{path.name}", books.company.year - 1
    try:
        filed = read(path)
        reading = replace(filed, statement=on_form(filed.statement, books.blank))
    except JuratError as fault:
        for told in fault.what.replace(f"{path}", path.name).splitlines():
            row = re.match(rf"{re.escape(path.name)}:(\d+): ", told)
            faults.add(f"{name}:{row[1]}" if row else name, told[row.end() if row else 0 :])
        return None
    statement = reading.statement
    if statement.year != before:
        faults.add(name, f"is of {statement.year}; the statement of {before} belongs there.")
    for cell in statement.cells.values():
        if cell.kind is Kind.MONEY and abs(cell.figure) > LARGEST:
            told = f"{cell.address} holds {cell.shown}, beyond a million million dollars."
            faults.add(name, told, "Mend the document, or put a table of facts there.")
    return reading


def _differences(kept: Reading, filed: Reading, name: str) -> Iterator[Difference]:
    ours, theirs = kept.statement, filed.statement
    for address in sorted({*ours.cells, *theirs.cells}):
        one, other = ours.cells.get(address), theirs.cells.get(address)
        figures = [cell.figure if cell else 0 for cell in (one, other)]
        texts = [
            cell.value if cell and isinstance(cell.value, str) else "" for cell in (one, other)
        ]
        if figures[0] != figures[1] or texts[0] != texts[1]:
            yield Difference(
                address=address, kept=ours[address], filed=theirs[address], source=f"opening/{name}"
            )


def _to_the_cent(opening: Opening, investments: Investments) -> Opening:
    """Last year's closing lines with the cents that the records have of them.

    Where the records round to other dollars the statement stands, and the difference is told.
    """
    statement, cells, differences = opening.statement, [], list(opening.differences)
    for address, exact in openings(investments).items():
        if address.page not in statement.pages:
            continue
        kept = statement[address]
        if to_dollars(exact) == kept.figure:
            cells.append(replace(kept, exact=exact, value=kept.figure, state=CellState.VALUE))
        else:
            because = Given(source="the records")
            filed = replace(kept, value=to_dollars(exact), state=CellState.VALUE, because=because)
            differences.append(Difference(address=address, kept=kept, filed=filed, source=RECORDS))
    return replace(opening, statement=statement.replaced(cells), differences=tuple(differences))


# -- this year -------------------------------------------------------------------------------


def _given(
    books: Books, opening: Opening | None, investments: Investments | None, faults: Faults
) -> Statement:
    """What was supplied, as a statement in exact money that waits to be filled."""
    blank, year = _bound(books), books.company.year
    cells = [*printed_by_form(blank, year), *books.cells]
    cells += _recorded(books, investments, {cell.address for cell in cells}, faults)
    cells += _measured(books, investments, {cell.address: cell for cell in cells}, faults)
    details = {cell.address.page for cell in cells}
    pages = {name for name, form in blank.pages.items() if not form.is_detail or name in details}
    return Statement(
        blank=blank,
        year=year,
        company=books.company.cover.get("company_name", ""),
        cells={cell.address: cell for cell in cells},
        pages=frozenset(pages),
        prior=in_exact_money(opening.statement) if opening else None,
    )


def _bound(books: Books) -> Blank:
    """The blank without the laws whose premise does not hold for the company."""
    dropped = books.company.policies.dropped
    return without(books.blank, dropped) if dropped else books.blank


def _recorded(
    books: Books, investments: Investments | None, given: set[Address], faults: Faults
) -> list[Cell]:
    """What the records give; a figure that is given beside them would be lost, and is told."""
    if investments is None:
        return []
    found = cells_of(investments)
    for address in sorted({cell.address for cell in found} & given):
        faults.add(
            books.entries[address].where,
            f"{address} is given, and the records give it.",
            "Take it out; a figure against the records belongs in overrides.csv.",
        )
    return found


def _measured(
    books: Books,
    investments: Investments | None,
    given: Mapping[Address, Cell],
    faults: Faults,
) -> list[Cell]:
    """What policies compute of gains: the columns of the amortization page, and their tax."""
    rate = books.company.policies.tax_rate
    made: list[Cell] = []
    taken: list[Address] = []
    if investments and books.company.policies.imr_method == "seriatim":
        made += _one_by_one(investments, rate or 0)
        taken += [at for at in given if at.page == RELEASE and at.column == "2"]
    elif books.gains:
        made += _grouped(_told_gains(books.gains, investments, rate))
        taken += [at for at in given if at.page == RELEASE and at.column == "2"]
    elif rate is not None and PRETAX in given:
        tax = -round_half_away(given[PRETAX].figure * rate, 1000)
        words = f"{rate / 10:g} % of the gains, less than zero"
        made.append(_computed(TAX, tax, "tax_rate", words, (str(PRETAX),)))
    taken += [cell.address for cell in made]
    for address in sorted({*taken} & {*given}):
        faults.add(
            books.entries[address].where,
            f"{address} is given, and a policy of {COMPANY} computes it.",
            "Take it out, or change the policy.",
        )
    return made


def _told_gains(gains: Gains, investments: Investments | None, rate: int | None) -> Gains:
    """Gains as the folder gives them, else as the records tell them."""
    if investments is None or gains.pretax:
        return gains
    return gains.of(gains_by_band(investments), rate or 0)


def _one_by_one(investments: Investments, rate: int) -> Iterator[Cell]:
    pretax, tax, released = one_by_one(investments, rate)
    yield _computed(PRETAX, pretax, "imr.seriatim", "gains of the lots sold", ())
    yield _computed(TAX, tax, "imr.seriatim", "tax of the lots sold", ())
    for year, amount in enumerate(released):
        if amount:
            address = Address(RELEASE, str(year + 1), "2")
            yield _computed(address, amount, "imr.seriatim", "lot by lot at the market yield", ())


def _grouped(gains: Gains) -> Iterator[Cell]:
    yield _computed(PRETAX, sum(gains.pretax.values()), "imr.gains", f"gains of {GAINS}", ())
    yield _computed(TAX, sum(gains.tax.values()), "imr.gains", f"tax of {GAINS}", ())
    words = f"grouped amortization of {GAINS} at {100 * gains.table.rate:.2f} %"
    for year, amount in enumerate(grouped_amortization(gains.net, gains.table)):
        if amount:
            address = Address(RELEASE, str(year + 1), "2")
            yield _computed(address, amount, "imr.grouped", words, ())


def _computed(address: Address, value: int, rule: str, words: str, inputs: tuple[str, ...]) -> Cell:
    because = Computed(equation=rule, words=words, inputs=inputs)
    return Cell(
        address=address, kind=Kind.MONEY, state=CellState.VALUE, value=value, because=because
    )


def _no_contradiction(books: Books, statement: Statement, faults: Faults) -> None:
    """An input that a rule gives would be lost in silence; it is told instead."""
    for address, entry in books.entries.items():
        because = statement.cells[address].because
        if isinstance(because, Overridden) and because.was is not None:
            because = because.was.because
        if isinstance(because, Computed):
            faults.add(
                entry.where,
                f"{address} is given, and a rule gives it: {because.words}.",
                "Take it out; a figure against its rule belongs in overrides.csv.",
            )


def _stamped(statement: Statement, books: Books) -> Statement:
    """The statement with NONE stamped on the pages that nothing was said of."""
    said = {address.page for address in (*books.entries, *books.overrides)}
    said |= {c.address.page for c in statement.cells.values() if _says(c)}
    said |= {name for name, form in statement.blank.pages.items() if form.asks}
    none = statement.pages - said
    cells = {a: cell for a, cell in statement.cells.items() if a.page not in none}
    stamped = replace(statement, cells=cells, none_pages=none)
    return stamped.replaced(_crossed(stamped))


def _crossed(statement: Statement) -> Iterator[Cell]:
    """The cells in which the form prints XXX, on the pages that are filled."""
    for slot in statement.all_slots():
        page = slot.address.page
        if slot.is_xxx and page in statement.pages and page not in statement.none_pages:
            yield replace(statement[slot.address], because=Given(source=BY_FORM))


def _says(cell: Cell) -> bool:
    """Whether a cell is more than the form's own print."""
    if cell.state is not CellState.VALUE or cell.kind is Kind.FACTOR:
        return False
    return not (isinstance(cell.because, Given) and cell.because.source == BY_FORM)


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
