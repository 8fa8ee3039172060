"""Schedules A, B and BA: real estate, mortgage loans and other invested assets, part by part."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from jurat.blanks import Blank
from jurat.records import BLANK, Records, Table, places
from jurat.records.table import Column, Texts, Whole
from jurat.records.tables import PROPERTIES, STANDINGS
from jurat.schedules.detail import Detail
from jurat.schedules.layout import laid, taken
from jurat.valuation.calendar import Bools
from jurat.valuation.dated import Dated
from jurat.valuation.rolls import EVER, NEVER, Entries, Roll

LOANS_BY = tuple(f"{standing}_{property_}" for standing in STANDINGS for property_ in PROPERTIES)
_CLOSED = ("repaid", "partial", "sold", "transferred")
_OTHER = ("any_other_unaffiliated", "any_other_affiliated")


@dataclass(frozen=True, eq=False, kw_only=True)
class _Rows:
    """Some rows of a roll with the table of their assets."""

    table: Table
    roll: Roll

    def of(self, name: str) -> Column:
        """A column of the assets' table."""
        return taken(self.table.columns[name], self.roll.owner)

    def under(self, *names: str) -> dict[str, Column]:
        """Columns of the assets' table that the page calls the same."""
        return {name: self.of(name) for name in names}

    def moved(self, *names: str) -> dict[str, Column]:
        """Columns of the roll that the page calls the same."""
        return {name: getattr(self.roll, name) for name in names}

    @cached_property
    def nought(self) -> Whole:
        """No section but the first."""
        return np.zeros(len(self.roll), dtype=np.int64)


# -- Schedule A -----------------------------------------------------------------------------------


def real_estate_details(blank: Blank, records: Records, roll: Roll, end: int) -> Iterator[Detail]:
    """Schedule A: owned, acquired, disposed."""
    table = records["real_estate"]
    entries = Entries.of(records, "real_estate_activity", "real_estate", "property")
    taken_over = table.filled("encumbrances", 0)
    owing = entries.total("encumbrance", after=EVER, upto=end) + taken_over
    added = entries.total("addition", after=EVER, upto=end)
    own = _Rows(table=table, roll=roll.take(np.flatnonzero(~roll.left)))
    yield laid(
        blank.pages["schedule_a_part1"],
        ("income_properties",),
        own.nought,
        own.under("description", "code", "city", "state", "acquired")
        | own.moved("depreciation", "impairment", "exchange", "income")
        | {
            "cost": _paid(entries, own),
            "fair_value": own.roll.fair_value - owing[own.roll.owner],
            "appraised": _last_day(entries, "appraisal", end)[own.roll.owner],
            "encumbered": owing[own.roll.owner],
            "book_value": own.roll.closing,
            "encumbrances": own.roll.encumbrance,
            "change": own.roll.encumbrance - own.roll.depreciation - own.roll.impairment,
            "expenses": own.roll.expense,
        },
        _names(own, "property"),
    )
    grown = roll.take(np.flatnonzero(roll.bought | (roll.additional != 0)))
    own = _Rows(table=table, roll=grown)
    yield laid(
        blank.pages["schedule_a_part2"],
        ("purchased",),
        own.nought,
        own.under("description", "city", "state", "acquired", "vendor")
        | {
            "cost": grown.cost,
            "encumbered": np.where(grown.bought, taken_over[grown.owner], 0),
            "book_value": grown.closing,
            "additional": grown.additional,
        },
        _names(own, "property"),
    )
    gone = roll.take(np.flatnonzero(roll.left))
    own = _Rows(table=table, roll=gone)
    yield laid(
        blank.pages["schedule_a_part3"],
        ("sold",),
        own.nought,
        own.under("description", "city", "state")
        | own.moved("depreciation", "impairment", "exchange", "income")
        | _disposal(gone)
        | {
            "purchaser": _party(entries, gone),
            "cost": own.of("cost"),
            "additions": added[gone.owner],
            "encumbrances": gone.encumbrance,
            "change": gone.encumbrance - gone.depreciation - gone.impairment,
            "expenses": gone.expense,
        },
        _names(own, "property"),
    )


def _disposal(gone: Roll) -> dict[str, Column]:
    """What every Part 3 says of what left."""
    return {
        "disposed": gone.day,
        "prior_book_value": gone.opening,
        "disposal_value": gone.book_at_disposal,
        "received": gone.consideration,
        "exchange_gain": np.zeros_like(gone.gain),
        "realized_gain": gone.gain,
        "gain": gone.gain,
    }


def _names(own: _Rows, key: str) -> Texts:
    return own.of(key)


def _last_day(entries: Entries, kind: str, end: int) -> Whole:
    """The day of each asset's last entry of a kind, to a day."""
    rows = entries.rows(kind, after=EVER, upto=end)
    found = np.full(entries.count, BLANK)
    np.maximum.at(found, entries.owner[rows], entries.table.whole("date")[rows])
    return found


def _party(entries: Entries, gone: Roll) -> Column:
    """To whom each asset was sold."""
    rows = entries.rows("sale", after=EVER, upto=NEVER)
    found = np.full(entries.count, -1)
    found[entries.owner[rows]] = rows
    return taken(entries.table.columns["party"], found[gone.owner])


# -- Schedule B -----------------------------------------------------------------------------------


def standing_of(records: Records, day: int | Whole) -> Whole:
    """How each loan stands on a day, or on a day of its own; in good standing until something is said."""
    table = records["loan_standing"]
    loans = records["mortgages"]
    owner = places(table.text("loan"), loans.text("loan"))
    days = np.broadcast_to(day, (len(loans),))
    row = Dated.of(owner, table.whole("date")).latest(np.arange(len(loans)), days)
    said = table.whole("standing")
    return np.where(row >= 0, said[row], 0) if len(said) else np.zeros_like(row)


def loan_sections(records: Records, day: int) -> Whole:
    """Under which section each loan is printed."""
    property_ = records["mortgages"].whole("property")
    return standing_of(records, day) * len(PROPERTIES) + property_


def loan_details(blank: Blank, records: Records, roll: Roll, end: int) -> Iterator[Detail]:
    """Schedule B: owned, acquired, disposed."""
    table = records["mortgages"]
    section = loan_sections(records, end)
    said = ("loan", "city", "state", "loan_type")
    own = _Rows(table=table, roll=roll.take(np.flatnonzero(~roll.left)))
    yield laid(
        blank.pages["schedule_b_part1"],
        LOANS_BY,
        section[own.roll.owner],
        own.under(*said, "code", "rate", "land", "appraised")
        | own.moved("unrealized", "impairment", "capitalized", "exchange")
        | {
            "acquired": own.of("funded"),
            "book_value": own.roll.closing,
            "amortization": own.roll.accretion,
        },
        _names(own, "loan"),
    )
    grown = _once(roll.take(np.flatnonzero((roll.cost != 0) | (roll.additional != 0))))
    own = _Rows(table=table, roll=grown)
    yield laid(
        blank.pages["schedule_b_part2"],
        LOANS_BY,
        section[grown.owner],
        own.under(*said, "rate", "land")
        | {"acquired": own.of("funded"), "cost": grown.cost, "additional": grown.additional},
        _names(own, "loan"),
    )
    gone = roll.take(np.flatnonzero(roll.left))
    own = _Rows(table=table, roll=gone)
    yield laid(
        blank.pages["schedule_b_part3"],
        _CLOSED,
        _how_closed(records, roll, gone, end),
        own.under(*said)
        | own.moved("unrealized", "impairment", "capitalized", "exchange")
        | _disposal(gone)
        | {
            "acquired": own.of("funded"),
            "amortization": gone.accretion,
            "change": gone.unrealized + gone.accretion - gone.impairment + gone.capitalized,
        },
        _names(own, "loan"),
    )


def _once(roll: Roll) -> Roll:
    """A row for each loan: what stays of it and what was paid have one cost."""
    rows, place = (
        np.unique(roll.owner, return_index=True)[1],
        np.unique(roll.owner, return_inverse=True)[1],
    )
    cost, added = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    np.add.at(cost, place, roll.cost)
    np.add.at(added, place, roll.additional)
    return replace(roll.take(rows), cost=cost, additional=added)


def _how_closed(records: Records, roll: Roll, gone: Roll, end: int) -> Whole:
    """Closed by repayment, paid in part, or sold."""
    entries = Entries.of(records, "loan_payments", "mortgages", "loan")
    sold = entries.closing_day("sale", NEVER) <= end
    stays = np.zeros(len(records["mortgages"]), dtype=np.bool_)
    stays[roll.owner[~roll.left]] = True
    by_sale = sold[gone.owner] & (gone.day < NEVER) & _is_sale(gone)
    paid_in_part = stays[gone.owner] | (sold[gone.owner] & ~_is_sale(gone))
    return np.where(by_sale, 2, np.where(paid_in_part, 1, 0))


def _is_sale(gone: Roll) -> Bools:
    """Of two rows of one loan the first, which the roll puts before what was paid, is the sale."""
    first = np.zeros(len(gone), dtype=np.bool_)
    first[np.unique(gone.owner, return_index=True)[1]] = True
    return first


# -- Schedule BA ----------------------------------------------------------------------------------


def other_invested_details(blank: Blank, records: Records, roll: Roll) -> Iterator[Detail]:
    """Schedule BA: owned, acquired, disposed."""
    table = records["other_invested"]
    entries = Entries.of(records, "other_invested_activity", "other_invested", "holding")
    affiliated = (table.filled("affiliated", 0) == 1).astype(np.int64)
    said = ("cusip", "name", "city", "state")
    moved = ("unrealized", "impairment", "capitalized", "exchange", "income")
    own = _Rows(table=table, roll=roll.take(np.flatnonzero(~roll.left)))
    yield laid(
        blank.pages["schedule_ba_part1"],
        _OTHER,
        affiliated[own.roll.owner],
        own.under(*said, "code", "vendor", "designation", "acquired", "strategy", "commitment")
        | own.moved(*moved, "fair_value")
        | {
            "cost": _paid(entries, own),
            "book_value": own.roll.closing,
            "amortization": own.roll.accretion,
            "ownership": _share(own),
        },
        _names(own, "holding"),
    )
    grown = roll.take(np.flatnonzero(roll.bought | (roll.additional != 0)))
    own = _Rows(table=table, roll=grown)
    yield laid(
        blank.pages["schedule_ba_part2"],
        _OTHER,
        affiliated[grown.owner],
        own.under(*said, "vendor", "acquired", "strategy")
        | {
            "cost": grown.cost,
            "additional": grown.additional,
            "encumbered": own.of("encumbrances"),
            "ownership": _share(own),
        },
        _names(own, "holding"),
    )
    gone = roll.take(np.flatnonzero(roll.left))
    own = _Rows(table=table, roll=gone)
    yield laid(
        blank.pages["schedule_ba_part3"],
        _OTHER,
        affiliated[gone.owner],
        own.under(*said, "acquired")
        | own.moved(*moved)
        | _disposal(gone)
        | {
            "purchaser": _party(entries, gone),
            "amortization": gone.accretion,
            "change": gone.unrealized + gone.accretion - gone.impairment + gone.capitalized,
        },
        _names(own, "holding"),
    )


def _paid(entries: Entries, own: _Rows) -> Whole:
    """What a holding has cost with all that was added."""
    added = entries.total("addition", after=EVER, upto=own.roll.day.max(initial=0))
    cost = own.of("cost")
    return np.asarray(cost) + added[own.roll.owner]


def _share(own: _Rows) -> Whole:
    """The share owned as a rate: 12.5 % of the whole is 0.125."""
    return np.asarray(own.of("ownership")) // 1000
