"""What a statement is filled from: entries, records, and what policies compute of gains."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from jurat.blanks import Blank, without
from jurat.blanks.form import OVERFLOW
from jurat.close.opening import Opening
from jurat.keeping import Books, Faults
from jurat.keeping.books import BY_FORM, printed_by_form
from jurat.keeping.company import NAME as COMPANY
from jurat.keeping.gains import NAME as GAINS
from jurat.keeping.gains import Gains
from jurat.money import Kind, format_exact, round_half_away
from jurat.schedules import CENT, Told, cells_of
from jurat.statement import Cell, CellState, Computed, Given, Overridden, Statement
from jurat.statement.rounding import in_exact_money
from jurat.valuation import grouped_amortization
from jurat.words import Address

PRETAX = Address("imr", "2", inset=1)
TAX = Address("imr", "2", inset=2)
RELEASE = "imr_amortization"


def given_of(books: Books, opening: Opening | None, told: Told | None, faults: Faults) -> Statement:
    """What was supplied, as a statement in exact money that waits to be filled."""
    blank, year = _bound(books), books.company.year
    cells = [*printed_by_form(blank, year), *books.cells]
    cells += _recorded(books, told, {cell.address for cell in cells}, faults)
    cells += _measured(books, told, {cell.address: cell for cell in cells}, faults)
    # a schedule without rows is known to be empty where records are kept, so that rules can read it
    details = blank.pages if told else {cell.address.page for cell in cells}
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


def _recorded(books: Books, told: Told | None, given: set[Address], faults: Faults) -> list[Cell]:
    """What the records give; a figure that is given beside them would be lost, and is told."""
    if told is None:
        return []
    found = cells_of(told)
    for address in sorted({cell.address for cell in found} & given):
        faults.add(
            books.entries[address].where,
            f"{address} is given, and the records give it.",
            "Take it out; a figure against the records belongs in overrides.csv.",
        )
    return found


def _measured(
    books: Books,
    told: Told | None,
    given: Mapping[Address, Cell],
    faults: Faults,
) -> list[Cell]:
    """What policies compute of gains: the columns of the amortization page, and their tax."""
    rate = books.company.policies.tax_rate
    made: list[Cell] = []
    taken: list[Address] = []
    if told and books.company.policies.imr_method == "seriatim":
        made += _one_by_one(told)
        taken += [at for at in given if at.page == RELEASE and at.column == "2"]
    elif books.gains:
        made += _grouped(gains_told(books.gains, told, rate))
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


def gains_told(gains: Gains, told: Told | None, rate: int | None) -> Gains:
    """Gains as the folder gives them, else as the records tell them."""
    if told is None or gains.pretax:
        return gains
    pretax = {band: cents * CENT for band, cents in told.gains.items() if cents}
    return gains.of(pretax, rate or 0)


def _one_by_one(told: Told) -> Iterator[Cell]:
    yield _computed(PRETAX, told.pretax * CENT, "imr.seriatim", "gains of the lots sold", ())
    yield _computed(TAX, told.tax * CENT, "imr.seriatim", "tax of the lots sold", ())
    for year, amount in enumerate(told.released):
        if amount:
            address = Address(RELEASE, str(year + 1), "2")
            words = "lot by lot at the market yield"
            yield _computed(address, int(amount) * CENT, "imr.seriatim", words, ())


def _grouped(gains: Gains) -> Iterator[Cell]:
    yield _computed(PRETAX, sum(gains.pretax.values()), "imr.gains", f"gains of {GAINS}", ())
    yield _computed(TAX, sum(gains.tax.values()), "imr.gains", f"tax of {GAINS}", ())
    words = f"grouped amortization of {GAINS} at {100 * gains.table.rate:.2f} %"
    unit = CENT if all(gain % CENT == 0 for gain in gains.net.values()) else 1
    net = {band: gain // unit for band, gain in gains.net.items()}
    for year, amount in enumerate(grouped_amortization(net, gains.table)):
        if amount:
            address = Address(RELEASE, str(year + 1), "2")
            yield _computed(address, amount * unit, "imr.grouped", words, ())


def _computed(address: Address, value: int, rule: str, words: str, inputs: tuple[str, ...]) -> Cell:
    because = Computed(equation=rule, words=words, inputs=inputs)
    return Cell(
        address=address, kind=Kind.MONEY, state=CellState.VALUE, value=value, because=because
    )


def no_contradiction(books: Books, statement: Statement, faults: Faults) -> None:
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


def overruled(statement: Statement, told: Told) -> Iterator[str]:
    """Cells in which a rule or law gives another figure than the records, in words."""
    for address, found in told.sums.items():
        cell = statement.cells.get(address)
        if cell is None or not isinstance(cell.because, Computed):
            continue
        exact = found.cents * CENT
        if cell.exact is not None and cell.exact != exact:
            yield (
                f"{address}: the records give {format_exact(exact)}, and a rule puts "
                f"{format_exact(cell.exact)} there: {cell.because.words}."
            )


def stamped(statement: Statement, books: Books, told: Told | None) -> Statement:
    """The statement with NONE stamped on the pages that nothing was said of."""
    said = {address.page for address in (*books.entries, *books.overrides)}
    said |= told.pages if told else frozenset()
    said |= {c.address.page for c in statement.cells.values() if _says(c)}
    said |= {name for name, form in statement.blank.pages.items() if form.asks}
    said.add(OVERFLOW)  # it is there where a page has more write-ins, and never stamped
    forms = statement.blank.pages
    empty = {name for name in statement.pages - said if told and forms[name].is_detail}
    statement = replace(statement, pages=statement.pages - empty)
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
