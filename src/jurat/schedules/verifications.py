"""What verifications and summaries ask beside the totals that their captions cite."""

import numpy as np

from jurat.blanks import Blank
from jurat.records import places
from jurat.records.table import Texts, Whole
from jurat.records.tables import ISSUERS, STRUCTURES
from jurat.schedules.exhibits import Held
from jurat.schedules.securities import Portfolio
from jurat.schedules.sums import Gathered, Term, by_class
from jurat.valuation.calendar import Bools
from jurat.valuation.derivatives import Contracts
from jurat.valuation.holdings import Asset, later
from jurat.valuation.rolls import Roll
from jurat.words import Address

_AFFILIATE = ISSUERS.index("affiliate")
_LONG = (Asset.BOND, Asset.PREFERRED, Asset.COMMON)
_YEARS = (1, 5, 10, 20)
"""Bounds of the maturities of Part 1A."""


def _lots(book: Portfolio, what: str, rows: Whole, amounts: Whole) -> Term:
    lots = book.year.holdings.lots.text("lot")
    return Term(
        what=what,
        among="lots",
        names=lots,
        rows=book.moves.portions.lot[rows],
        amounts=amounts[rows],
    )


# -- accrual and amortization ---------------------------------------------------------------------


def add_verifications(book: Portfolio, held: Held, found: Gathered) -> None:
    """Accrual and amortization, split by the sign of each row [K]; DA and E in every line."""
    moves = book.moves
    up, down = np.maximum(moves.accretion, 0), np.maximum(-moves.accretion, 0)
    rows = np.flatnonzero(np.isin(book.asset, _LONG))
    found.add(Address("schedule_d", "3"), _lots(book, "accretion", rows, up))
    found.add(Address("schedule_d", "7"), _lots(book, "amortization", rows, down))
    _rolled(
        "schedule_b", "mortgages", book.year.records["mortgages"].text("loan"), held.loans, found
    )
    others = book.year.records["other_invested"].text("holding")
    _rolled("schedule_ba", "other_invested", others, held.other_invested, found)
    _whole(book, "schedule_da", Asset.SHORT_TERM, found)
    _whole(book, "schedule_e", Asset.CASH_EQUIVALENT, found)
    _margins(book.year.records["derivatives"].text("contract"), held.contracts, found)


def _rolled(page: str, among: str, names: Texts, roll: Roll, found: Gathered) -> None:
    for line, what, amounts in (
        ("4", "accretion", np.maximum(roll.accretion, 0)),
        ("8", "amortization", np.maximum(-roll.accretion, 0)),
    ):
        term = Term(what=what, among=among, names=names, rows=roll.owner, amounts=amounts)
        found.add(Address(page, line), term)


def _whole(book: Portfolio, page: str, asset: Asset, found: Gathered) -> None:
    """Lines 2 to 9 of a verification that cites no schedule: bonds, those of affiliates too [K]."""
    moves = book.moves
    lines = {
        "2": ("cost", moves.cost),
        "3": ("accretion", np.maximum(moves.accretion, 0)),
        "4": ("unrealized", moves.unrealized),
        "5": ("gain", moves.gain),
        "6": ("consideration", moves.consideration),
        "7": ("amortization", np.maximum(-moves.accretion, 0)),
        "8": ("exchange", moves.exchange),
        "9": ("impairment", moves.impairment),
    }
    rows = np.flatnonzero(book.asset == asset)
    for line, (what, amounts) in lines.items():
        found.add(Address(page, line, "2"), _lots(book, what, rows, amounts))


def _margins(names: Texts, moved: Contracts, found: Gathered) -> None:
    """Schedule DB Part B: variation margin of futures, open and ended."""
    open_ = np.flatnonzero(moved.is_future & ~moved.left)
    old = np.flatnonzero(moved.is_future)
    for line, rows, amounts in (
        ("3.11", open_, moved.margin),
        ("3.12", old, moved.margin_before),
        ("3.23", open_, moved.margin),
        ("3.24", old, moved.margin_before),
    ):
        term = Term(
            what="variation margin",
            among="derivatives",
            names=names,
            rows=moved.owner[rows],
            amounts=amounts[rows],
        )
        found.add(Address("schedule_db_b", line), term)


# -- summary by country ---------------------------------------------------------------------------


def add_summary(book: Portfolio, blank: Blank, found: Gathered) -> None:
    """Schedule D, Summary by Country: what is owned, by issuer and country."""
    moves = book.moves
    names = [line.name for line in blank.pages["schedule_d_summary"].lines]
    ids = {line.name: line.id for line in blank.pages["schedule_d_summary"].lines}
    rows = np.flatnonzero(np.isin(book.asset, _LONG) & ~moves.left)
    place = _summary_line(book, names)[rows]
    par = (moves.portions.before - moves.portions.after) // 10_000
    par = book.year.holdings.in_dollars(moves.portions.lot, par, moves.portions.day)
    columns = {
        "1": ("book value", moves.closing),
        "2": ("fair value", moves.fair_value),
        "3": ("cost", moves.original_cost),
        "4": ("par", np.where(book.asset == Asset.BOND, par, 0)),
    }
    for column, (what, amounts) in columns.items():
        for name, own in by_class(names, place, _lots(book, what, rows, amounts)):
            found.add(Address("schedule_d_summary", ids[name], column), own)


def _summary_line(book: Portfolio, names: list[str]) -> Whole:
    """Which line of the summary each portion belongs to."""
    where = _country(book)
    lines = {name: place for place, name in enumerate(names)}
    by_country = {
        stem: np.choose(where, [lines[f"{stem}_{one}"] for one in ("us", "canada", "other")])
        for stem in ("governments", "industrial", "preferred", "common")
    }
    of_bond = {
        "us_government": np.full_like(where, lines["governments_us"]),
        "other_government": by_country["governments"],
        "state": np.full_like(where, lines["states_total"]),
        "political": np.full_like(where, lines["political_total"]),
        "revenue": np.full_like(where, lines["revenue_total"]),
        "industrial": by_country["industrial"],
        "hybrid": by_country["industrial"],
        "affiliate": np.full_like(where, lines["affiliates_total"]),
    }
    affiliated = book.issuer == _AFFILIATE
    bond = np.choose(book.issuer, [of_bond[issuer] for issuer in ISSUERS])
    preferred = np.where(affiliated, lines["preferred_affiliates_total"], by_country["preferred"])
    common = np.where(affiliated, lines["common_affiliates_total"], by_country["common"])
    stock = np.where(book.asset == Asset.PREFERRED, preferred, common)
    return np.asarray(np.where(book.asset <= Asset.CASH_EQUIVALENT, bond, stock))


def _country(book: Portfolio) -> Whole:
    """United States, Canada, other."""
    text = book.year.holdings.securities.text("country")
    known = text.unique()
    code = {"US": 0, "": 0, "CA": 1}
    kind = np.array([code.get(word, 2) for word in known.to_pylist()], dtype=np.int64)
    return kind[places(text, known)][book.security] if len(kind) else book.security


# -- Part 1A --------------------------------------------------------------------------------------


def add_maturities(book: Portfolio, blank: Blank, found: Gathered) -> None:
    """Schedule D Part 1A: all bonds by quality or kind, and by when they mature."""
    year = book.year
    rows = np.flatnonzero((book.asset <= Asset.CASH_EQUIVALENT) & ~book.moves.left)
    security = book.security[rows]
    quality = year.holdings.designation(security, np.full(len(rows), year.end))
    structure = year.holdings.securities.filled("structure", 0)[security]
    public = year.holdings.securities.filled("public", 1)[security] == 1
    band = _band(year.holdings.securities.whole("maturity")[security], year.end)
    issuer = book.issuer[rows]
    book_value = _lots(book, "book value", rows, book.moves.closing)
    by_quality = [f"{one}_naic_{number}" for one in ISSUERS for number in range(1, 7)]
    by_kind = [f"{one}_{kind}" for one in ISSUERS for kind in STRUCTURES]
    sections = (
        ("schedule_d_part1a_section1", by_quality, 6, np.clip(quality, 1, 6) - 1, "naic_{}"),
        ("schedule_d_part1a_section2", by_kind, len(STRUCTURES), structure, "{}"),
    )
    for page, names, width, kind, tail in sections:
        ids = {line.name: line.id for line in blank.pages[page].lines}
        ends = [tail.format(number) for number in range(1, 7)] if width == 6 else list(STRUCTURES)
        placed = _Placed(page=page, ids=ids, found=found, band=band, public=public)
        placed.add(names, issuer * width + kind, book_value, split=True)
        for one, own in (("public", public), ("private", ~public)):
            chosen = np.where(own, kind, -1)
            placed.add([f"{one}_{end}" for end in ends], chosen, book_value, split=False)


class _Placed:
    """Book values put on the lines of one section of Part 1A."""

    def __init__(
        self, *, page: str, ids: dict[str, str], found: Gathered, band: Whole, public: Bools
    ) -> None:
        """Where they go."""
        self.page, self.ids, self.found = page, ids, found
        self.band, self.public = band, public

    def add(self, names: list[str], place: Whole, term: Term, *, split: bool) -> None:
        """By maturity; and whether public, in columns 10 and 11."""
        for column in range(len(_YEARS) + 1):
            self._column(names, np.where(self.band == column, place, -1), term, f"{column + 1}")
        if split:
            self._column(names, np.where(self.public, place, -1), term, "10")
            self._column(names, np.where(self.public, -1, place), term, "11")
        else:
            own = "10" if names[0].startswith("public") else "11"
            self._column(names, place, term, own)

    def _column(self, names: list[str], place: Whole, term: Term, column: str) -> None:
        for name, own in by_class(names, place, term):
            self.found.add(Address(self.page, self.ids[name], column), own)


def _band(maturity: Whole, end: int) -> Whole:
    """Maturities by years from the statement's day: to 1, 5, 10, 20, and over."""
    bounds = np.concatenate([later(np.array([end]), 12 * years) for years in _YEARS])
    return np.searchsorted(bounds, maturity)
