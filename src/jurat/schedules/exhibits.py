"""The exhibits of net investment income and of capital gains, class by class, with their notes."""

from dataclasses import dataclass

import numpy as np

from jurat.blanks import Blank
from jurat.records.table import Texts, Whole
from jurat.records.tables import ISSUERS
from jurat.schedules.securities import Portfolio
from jurat.schedules.sums import Gathered, Term, by_class
from jurat.valuation.cash import Depositories
from jurat.valuation.derivatives import Contracts
from jurat.valuation.holdings import Asset
from jurat.valuation.rolls import Roll
from jurat.words import Address

NII, GAINS = "nii", "capital_gains"
CLASSES = [
    *("government_bonds", "exempt_bonds", "other_bonds", "affiliated_bonds"),
    *("preferred", "affiliated_preferred", "common", "affiliated_common", "cash"),
]
_NOTES = {"bonds_note": range(4), "preferred_note": (4, 5), "cash_note": (8,)}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """Everything that is not a security, as it moved."""

    loans: Roll
    real_estate: Roll
    other_invested: Roll
    contracts: Contracts
    cash: Depositories


def class_of(book: Portfolio) -> Whole:
    """Which line of the exhibits each portion belongs to."""
    securities = book.year.holdings.securities
    exempt = securities.filled("tax_exempt", 0)[book.security] == 1
    issuer = book.issuer
    affiliated = issuer == ISSUERS.index("affiliate")
    government = issuer == ISSUERS.index("us_government")
    bond = np.where(affiliated, 3, np.where(government, 0, np.where(exempt, 1, 2)))
    of_asset = {
        Asset.BOND: bond,
        Asset.SHORT_TERM: np.full_like(bond, 8),
        Asset.CASH_EQUIVALENT: np.full_like(bond, 8),
        Asset.PREFERRED: 4 + affiliated,
        Asset.COMMON: 6 + affiliated,
    }
    return np.asarray(np.choose(book.asset, [of_asset[each] for each in Asset]))


@dataclass(frozen=True, eq=False, kw_only=True)
class Exhibits:
    """Puts what moved into the lines of both exhibits."""

    blank: Blank
    found: Gathered

    def line(self, page: str, name: str) -> str:
        """The number of a line by its name."""
        return next(line.id for line in self.blank.pages[page].lines if line.name == name)

    def add(self, page: str, name: str, column: str, term: Term) -> None:
        """A term of a line's column."""
        self.found.add(Address(page, self.line(page, name), column), term)

    def note(self, name: str, inset: int, term: Term) -> None:
        """A term of an amount in a note."""
        self.found.add(Address(NII, self.line(NII, name), inset=inset), term)

    # -- securities -------------------------------------------------------------------------------

    def securities(self, book: Portfolio) -> None:
        """Lots: income, gains, notes (a), (b) and (e)."""
        moves, income = book.moves, book.income
        of, lots = class_of(book), book.year.holdings.lots.text("lot")
        lot = moves.portions.lot

        def term(what: str, amounts: Whole) -> Term:
            return Term(what=what, among="lots", names=lots, rows=lot, amounts=amounts)

        collected = (
            term("interest and dividends received", income.received),
            term("accretion less amortization", moves.accretion),
            term("accrued interest paid for", -income.paid),
        )
        earned = (
            *collected,
            term("due and accrued at the year's end", income.due_closing),
            term("less due and accrued a year before", -income.due_opening),
        )
        gains = {
            "1": term("gain on disposal", moves.gain),
            "2": term("impairment", -moves.impairment),
            "4": term("unrealized", moves.unrealized),
            "5": term("exchange", moves.exchange),
        }
        for column, terms in (("1", collected), ("2", earned)):
            for each in terms:
                for name, own in by_class(CLASSES, of, each):
                    self.add(NII, name, column, own)
        for column, each in gains.items():
            for name, own in by_class(CLASSES, of, each):
                self.add(GAINS, name, column, own)
        self._loose(book, lots)
        for note, classes in _NOTES.items():
            rows = np.flatnonzero(np.isin(of, list(classes)))
            self._note(note, lots, lot[rows], moves.accretion[rows], income.paid[rows])

    def _loose(self, book: Portfolio, lots: Texts) -> None:
        """What came in for lots that were gone before the year."""
        income = book.income
        if not len(income.loose_lot):
            return
        held = book.year.holdings
        asset, security = held.asset[income.loose_lot], held.security[income.loose_lot]
        affiliated = held.securities.whole("issuer")[security] == ISSUERS.index("affiliate")
        place = np.where(asset == Asset.PREFERRED, 4 + affiliated, 6 + affiliated)
        place = np.where(asset == Asset.BOND, 2, place)
        place = np.where(np.isin(asset, (Asset.SHORT_TERM, Asset.CASH_EQUIVALENT)), 8, place)
        term = Term(
            what="received for what was gone before the year",
            among="lots",
            names=lots,
            rows=income.loose_lot,
            amounts=income.loose,
        )
        for name, own in by_class(CLASSES, place, term):
            self.add(NII, name, "1", own)
            self.add(NII, name, "2", own)

    def _note(self, note: str, names: Texts, rows: Whole, accretion: Whole, paid: Whole) -> None:
        """Accrual of discount, amortization of premium, accrued interest paid for."""
        for inset, what, amounts in (
            (1, "accrual of discount", np.maximum(accretion, 0)),
            (2, "amortization of premium", np.maximum(-accretion, 0)),
            (3, "accrued interest paid for", paid),
        ):
            among = "lots" if note != "mortgage_note" else "mortgages"
            term = Term(what=what, among=among, names=names, rows=rows, amounts=amounts)
            self.note(note, inset, term)

    # -- other assets -----------------------------------------------------------------------------

    def rolled(self, name: str, among: str, names: Texts, roll: Roll, paid: Whole) -> None:
        """A class of assets that are rolled forward."""

        def term(what: str, amounts: Whole) -> Term:
            return Term(what=what, among=among, names=names, rows=roll.owner, amounts=amounts)

        collected = (
            term("income received", roll.income),
            term("accretion less amortization", roll.accretion),
            term("accrued interest paid for", -paid),
        )
        due = (
            term("due and accrued at the year's end", roll.due_closing),
            term("less due and accrued a year before", -roll.due_opening),
        )
        for each in collected:
            self.add(NII, name, "1", each)
        for each in (*collected, *due):
            self.add(NII, name, "2", each)
        self.add(GAINS, name, "1", term("gain on disposal", roll.gain))
        self.add(GAINS, name, "2", term("impairment", -roll.impairment))
        self.add(GAINS, name, "4", term("unrealized", roll.unrealized))
        self.add(GAINS, name, "5", term("exchange", roll.exchange))
        self.add(NII, "depreciation", "2", term("depreciation", roll.depreciation))
        if name == "mortgage_loans":
            self._note("mortgage_note", names, roll.owner, roll.accretion, paid)
        elif name == "real_estate":
            self.note("depreciation_note", 1, term("depreciation", roll.depreciation))

    def contracts(self, names: Texts, moved: Contracts) -> None:
        """Derivatives, futures by what was recognized of their margin."""

        def term(what: str, amounts: Whole) -> Term:
            return Term(
                what=what, among="derivatives", names=names, rows=moved.owner, amounts=amounts
            )

        for column in ("1", "2"):
            self.add(NII, "derivatives", column, term("income", moved.income))
            self.add(NII, "derivatives", column, term("amortization", moved.amortization))
        ended = moved.is_future & moved.left
        realized = np.where(ended, moved.margin, 0)
        waiting = np.where(moved.is_future & ~ended, moved.margin, 0)
        waiting = waiting - np.where(moved.is_future, moved.margin_before, 0)
        self.add(GAINS, "derivatives", "1", term("gain on termination", moved.gain))
        self.add(GAINS, "derivatives", "1", term("variation margin of ended futures", realized))
        self.add(GAINS, "derivatives", "4", term("unrealized", moved.unrealized))
        self.add(GAINS, "derivatives", "4", term("variation margin of open futures", waiting))
        for inset, what, sign in ((1, "accrual", 1), (2, "amortization", -1)):
            amounts = np.maximum(sign * moved.amortization, 0)
            self.note("derivatives_note", inset, term(what, amounts))

    def cash(self, names: Texts, cash: Depositories) -> None:
        """Interest of depositories."""

        def term(what: str, amounts: Whole) -> Term:
            return Term(what=what, among="cash", names=names, rows=cash.row, amounts=amounts)

        received = term("interest received", cash.received)
        self.add(NII, "cash", "1", received)
        self.add(NII, "cash", "2", received)
        self.add(NII, "cash", "2", term("accrued at the year's end", cash.due_closing))
        self.add(NII, "cash", "2", term("less accrued a year before", -cash.due_opening))
