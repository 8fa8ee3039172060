"""Schedule D with its parts, Schedule DA and Schedule E Part 2: a row for each portion of a lot."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jurat.blanks import Blank
from jurat.records import BLANK
from jurat.records.table import Column, Texts, Whole
from jurat.records.tables import ISSUERS, STRUCTURES, TRADE_KINDS
from jurat.schedules.detail import Detail
from jurat.schedules.layout import joined, laid, taken
from jurat.valuation.holdings import Asset
from jurat.valuation.income import Income
from jurat.valuation.movements import Movements
from jurat.valuation.years import Year

_AFFILIATE = ISSUERS.index("affiliate")
_CENT = 10_000
_BY_STRUCTURE = tuple(f"{issuer}_{structure}" for issuer in ISSUERS for structure in STRUCTURES)
_BY_CLASS = (
    *ISSUERS,
    "preferred_industrial",
    "preferred_affiliate",
    "common_industrial",
    "common_affiliate",
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Portfolio:
    """A year's portions with what they earned, ready to be laid out."""

    blank: Blank
    year: Year
    income: Income

    @cached_property
    def asset(self) -> Whole:
        """What each portion is of."""
        return self.year.holdings.asset[self.moves.portions.lot]

    @property
    def moves(self) -> Movements:
        """How portions moved."""
        return self.year.movements

    @cached_property
    def security(self) -> Whole:
        """The security of each portion."""
        return self.year.holdings.security[self.moves.portions.lot]

    @cached_property
    def issuer(self) -> Whole:
        """The class of issuer of each portion."""
        return self.year.holdings.securities.whole("issuer")[self.security]

    def rows(self, *assets: Asset, left: bool, bought: bool | None = None) -> Whole:
        """The portions of some kinds that left or stay, bought this year or not or either."""
        mine = np.isin(self.asset, assets) & (self.moves.left == left)
        if bought is not None:
            mine &= self.year.bought == bought
        return np.flatnonzero(mine)


def details_of(book: Portfolio) -> Iterator[Detail]:
    """The detail schedules of bonds and stocks, each with all its columns."""
    yield _part_1(book)
    yield _preferred(book)
    yield _common(book)
    yield _acquired(book)
    yield _disposed(book)
    yield _come_and_gone(book)
    yield _short_term(book)
    yield _equivalents(book)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Rows:
    """Some portions, and what the columns of schedules say of them."""

    book: Portfolio
    rows: Whole

    @cached_property
    def moves(self) -> Movements:
        return self.book.moves.take(self.rows)

    @cached_property
    def lot(self) -> Whole:
        return self.moves.portions.lot

    @cached_property
    def security(self) -> Whole:
        return self.book.security[self.rows]

    @cached_property
    def gone(self) -> Whole:
        """Par or shares of the portion, in millionths."""
        return self.moves.portions.before - self.moves.portions.after

    def of_security(self, name: str) -> Column:
        return taken(self.book.year.holdings.securities.columns[name], self.security)

    def of_lot(self, name: str) -> Column:
        return taken(self.book.year.holdings.lots.columns[name], self.lot)

    def of_trade(self, name: str) -> Column:
        return taken(self.book.year.records["trades"].columns[name], self.moves.portions.trade)

    @property
    def purchaser(self) -> Texts:
        """To whom each portion went; where nobody is named, how it went."""
        named = self.of_trade("purchaser")
        if not len(self.rows):
            return named
        kind = self.book.year.records["trades"].whole("kind")[self.moves.portions.trade]
        how = pa.array(["" if word == "sale" else word.upper() for word in TRADE_KINDS])
        return pc.if_else(pc.equal(named, ""), taken(how, kind), named)

    @cached_property
    def names(self) -> Texts:
        return self.of_lot("lot")

    @cached_property
    def is_stock(self) -> Any:  # noqa: ANN401  -- an array of yes and no
        return self.book.asset[self.rows] >= Asset.PREFERRED

    @property
    def par(self) -> Whole:
        """Par in cents of a dollar, at the rate of the portion's end; blank of stock. [K]."""
        portions, held = self.moves.portions, self.book.year.holdings
        before, after = (
            held.in_dollars(self.lot, owed // _CENT, portions.day)
            for owed in (portions.before, portions.after)
        )
        return np.where(self.is_stock, BLANK, before - after)

    @property
    def shares(self) -> Whole:
        return np.where(self.is_stock, self.gone, BLANK)

    @property
    def designation(self) -> Texts:
        """Designation and symbol at the end, as one code: 1FE."""
        held, table = self.book.year.holdings, self.book.year.records["designations"]
        row = held.designation_row(self.security, self.moves.portions.day)
        number = pc.cast(pa.array(table.whole("designation")), pa.string())
        return taken(joined(number, table.text("symbol")), row)

    @property
    def effective_rate(self) -> Whole:
        """The yield in thousand-millionths, as rates are kept."""
        rate = self.moves.rate
        known = np.nan_to_num(rate)
        return np.where(np.isnan(rate), BLANK, np.rint(known * 1e9).astype(np.int64))

    @property
    def by_structure(self) -> Whole:
        structure = self.book.year.holdings.securities.filled("structure", 0)[self.security]
        return self.book.issuer[self.rows] * len(STRUCTURES) + structure

    @property
    def by_class(self) -> Whole:
        """The section of Parts 3, 4 and 5."""
        issuer, asset = self.book.issuer[self.rows], self.book.asset[self.rows]
        affiliated = issuer == _AFFILIATE
        preferred, common = len(ISSUERS) + affiliated, len(ISSUERS) + 2 + affiliated
        return np.where(
            asset == Asset.PREFERRED, preferred, np.where(asset == Asset.COMMON, common, issuer)
        )

    def income(self, name: str) -> Whole:
        return np.asarray(getattr(self.book.income, name)[self.rows])

    def identity(self) -> dict[str, Column]:
        """The columns that say what a row is."""
        return {
            "cusip": self.of_security("security"),
            "description": self.of_security("description"),
            "foreign": self.of_security("foreign"),
        }

    @property
    def affiliated(self) -> Whole:
        return np.asarray(self.book.issuer[self.rows] == _AFFILIATE, dtype=np.int64)


def _part_1(book: Portfolio) -> Detail:
    own = _Rows(book=book, rows=book.rows(Asset.BOND, left=False))
    moves = own.moves
    columns = own.identity() | {
        "code": own.of_security("code"),
        "characteristics": own.of_security("characteristics"),
        "designation": own.designation,
        "cost": moves.original_cost,
        "price": moves.price,
        "fair_value": moves.fair_value,
        "par": own.par,
        "book_value": moves.closing,
        "unrealized": moves.unrealized,
        "amortization": moves.accretion,
        "impairment": moves.impairment,
        "exchange": moves.exchange,
        "rate": own.of_security("coupon"),
        "effective_rate": own.effective_rate,
        "when_paid": own.of_security("when_paid"),
        "accrued": own.income("due_closing"),
        "received": own.income("received"),
        "acquired": own.of_lot("traded"),
        "maturity": own.of_security("maturity"),
    }
    form = book.blank.pages["schedule_d_part1"]
    return laid(form, _BY_STRUCTURE, own.by_structure, columns, own.names)


def _preferred(book: Portfolio) -> Detail:
    own = _Rows(book=book, rows=book.rows(Asset.PREFERRED, left=False))
    moves = own.moves
    columns = own.identity() | {
        "code": own.of_security("code"),
        "shares": own.shares,
        "par_per_share": own.of_security("par_per_share"),
        "rate_per_share": moves.price,
        "book_value": moves.closing,
        "price": moves.price,
        "fair_value": moves.fair_value,
        "cost": moves.original_cost,
        "declared": own.income("due_closing"),
        "received": own.income("received"),
        "nonadmitted": np.zeros_like(moves.cost),
        "unrealized": moves.unrealized,
        "amortization": moves.accretion,
        "impairment": moves.impairment,
        "change": moves.unrealized + moves.accretion - moves.impairment,
        "exchange": moves.exchange,
        "designation": own.designation,
        "acquired": own.of_lot("traded"),
    }
    form = book.blank.pages["schedule_d_part2_section1"]
    return laid(form, ("industrial", "affiliate"), own.affiliated, columns, own.names)


def _common(book: Portfolio) -> Detail:
    own = _Rows(book=book, rows=book.rows(Asset.COMMON, left=False))
    moves = own.moves
    columns = own.identity() | {
        "code": own.of_security("code"),
        "shares": own.shares,
        "book_value": moves.closing,
        "price": moves.price,
        "fair_value": moves.fair_value,
        "cost": moves.original_cost,
        "declared": own.income("due_closing"),
        "received": own.income("received"),
        "nonadmitted": np.zeros_like(moves.cost),
        "unrealized": moves.unrealized,
        "impairment": moves.impairment,
        "change": moves.unrealized - moves.impairment,
        "exchange": moves.exchange,
        "market": own.designation,
        "acquired": own.of_lot("traded"),
    }
    form = book.blank.pages["schedule_d_part2_section2"]
    sections = ("common_industrial", "common_affiliate")
    return laid(form, sections, own.affiliated, columns, own.names)


_LONG = (Asset.BOND, Asset.PREFERRED, Asset.COMMON)


def _acquired(book: Portfolio) -> Detail:
    own = _Rows(book=book, rows=book.rows(*_LONG, left=False, bought=True))
    columns = own.identity() | {
        "acquired": own.of_lot("traded"),
        "vendor": own.of_lot("vendor"),
        "shares": own.shares,
        "cost": own.moves.cost,
        "par": own.par,
        "accrued": own.income("paid"),
    }
    form = book.blank.pages["schedule_d_part3"]
    return laid(form, _BY_CLASS, own.by_class, columns, own.names)


def _gone_columns(own: _Rows) -> dict[str, Column]:
    """The columns that Parts 4 and 5 share."""
    moves = own.moves
    return own.identity() | {
        "disposed": moves.portions.day,
        "purchaser": own.purchaser,
        "received": moves.consideration,
        "cost": moves.original_cost,
        "unrealized": moves.unrealized,
        "amortization": moves.accretion,
        "impairment": moves.impairment,
        "change": moves.unrealized + moves.accretion - moves.impairment,
        "exchange": moves.exchange,
        "disposal_value": moves.book_at_disposal,
        "exchange_gain": moves.exchange_gain,
        "realized_gain": moves.gain - moves.exchange_gain,
        "gain": moves.gain,
        "income": own.income("received"),
    }


def _disposed(book: Portfolio) -> Detail:
    own = _Rows(book=book, rows=book.rows(*_LONG, left=True, bought=False))
    columns = _gone_columns(own) | {
        "shares": own.shares,
        "par": own.par,
        "prior_book_value": own.moves.opening,
        "maturity": own.of_security("maturity"),
    }
    form = book.blank.pages["schedule_d_part4"]
    return laid(form, _BY_CLASS, own.by_class, columns, own.names)


def _come_and_gone(book: Portfolio) -> Detail:
    own = _Rows(book=book, rows=book.rows(*_LONG, left=True, bought=True))
    columns = _gone_columns(own) | {
        "acquired": own.of_lot("traded"),
        "vendor": own.of_lot("vendor"),
        "par": np.where(own.is_stock, own.gone // _CENT, own.par),
        "accrued": own.income("paid"),
    }
    form = book.blank.pages["schedule_d_part5"]
    return laid(form, _BY_CLASS, own.by_class, columns, own.names)


def _short_term(book: Portfolio) -> Detail:
    own = _Rows(book=book, rows=book.rows(Asset.SHORT_TERM, left=False))
    moves = own.moves
    columns = {
        "description": own.of_security("description"),
        "code": own.of_security("code"),
        "foreign": own.of_security("foreign"),
        "acquired": own.of_lot("traded"),
        "vendor": own.of_lot("vendor"),
        "maturity": own.of_security("maturity"),
        "book_value": moves.closing,
        "unrealized": moves.unrealized,
        "amortization": moves.accretion,
        "impairment": moves.impairment,
        "exchange": moves.exchange,
        "par": own.par,
        "cost": moves.original_cost,
        "accrued": own.income("due_closing"),
        "nonadmitted": np.zeros_like(moves.cost),
        "rate": own.of_security("coupon"),
        "effective_rate": own.effective_rate,
        "when_paid": own.of_security("when_paid"),
        "received": own.income("received"),
        "paid": own.income("paid"),
    }
    form = book.blank.pages["schedule_da_part1"]
    return laid(form, _BY_STRUCTURE, own.by_structure, columns, own.names)


def _equivalents(book: Portfolio) -> Detail:
    own = _Rows(book=book, rows=book.rows(Asset.CASH_EQUIVALENT, left=False))
    columns = {
        "description": own.of_security("description"),
        "code": own.of_security("code"),
        "acquired": own.of_lot("traded"),
        "rate": own.of_security("coupon"),
        "maturity": own.of_security("maturity"),
        "book_value": own.moves.closing,
        "accrued": own.income("due_closing"),
        "received": own.income("received"),
    }
    form = book.blank.pages["schedule_e_part2"]
    return laid(form, _BY_STRUCTURE, own.by_structure, columns, own.names)
