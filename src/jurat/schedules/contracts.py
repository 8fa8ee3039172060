"""Schedule DB: open and ended contracts, futures, and what counterparties owe."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from jurat.blanks import Blank
from jurat.records import Records, places
from jurat.records.table import Column, Whole
from jurat.records.tables import ACCOUNTINGS
from jurat.schedules.detail import Detail
from jurat.schedules.layout import laid, taken, words
from jurat.valuation.derivatives import Contracts

_TYPES = ("option", "cap", "floor", "collar", "swap", "forward", "future")
_QUALITY = ("exchange_traded", *(f"naic_{number}" for number in range(1, 7)))


def contract_details(blank: Blank, records: Records, moved: Contracts) -> Iterator[Detail]:
    """Schedule DB Parts A, B and D."""
    yield _part_a(blank, records, moved, left=False)
    yield _part_a(blank, records, moved, left=True)
    yield _part_b(blank, records, moved, left=False)
    yield _part_b(blank, records, moved, left=True)
    yield _part_d(blank, records, moved)


def _part_a(blank: Blank, records: Records, moved: Contracts, *, left: bool) -> Detail:
    table = records["derivatives"]
    rows = np.flatnonzero(~moved.is_future & (moved.left == left))
    owner = moved.owner[rows]

    def of(name: str) -> Column:
        return taken(table.columns[name], owner)

    columns: dict[str, Column] = {
        name: of(name)
        for name in (
            *("description", "exhibit", "risk", "counterparty", "traded", "matures"),
            *("contracts", "notional", "strike"),
        )
    } | {
        "hedged_item": of("hedged"),
        "prior_premium": moved.premium_before[rows],
        "premium": moved.premium[rows],
        "income": moved.income[rows],
        "unrealized": moved.unrealized[rows],
        "exchange": np.zeros(len(rows), dtype=np.int64),
        "amortization": moved.amortization[rows],
    }
    if left:
        columns |= {
            "terminated": moved.day[rows],
            "ending": words("Terminated", len(rows)),
            "received": moved.received[rows],
            "book_value": (moved.received - moved.gain)[rows],
            "gain": moved.gain[rows],
            "hedged": moved.adjustment[rows],
            "deferred": np.zeros(len(rows), dtype=np.int64),
        }
    else:
        columns |= {
            "book_value": moved.closing[rows],
            "fair_value": moved.fair_value[rows],
            "hedged": moved.adjustment[rows],
            "exposure": of("exposure"),
        }
    page = blank.pages[f"schedule_db_part_a_section{2 if left else 1}"]
    names = [line.name for line in page.lines]
    section = _section_of(records, moved, rows, names)
    used = sorted(set(section))
    placed = np.array([used.index(name) for name in section], dtype=np.int64)
    return laid(page, used, placed, columns, of("contract"))


def _section_of(records: Records, moved: Contracts, rows: Whole, known: list[str]) -> list[str]:
    """The section of each contract: bought or written by the sign of its premium [K]."""
    table = records["derivatives"]
    types = table.whole("type")[moved.owner[rows]]
    hedge = table.whole("accounting")[moved.owner[rows]] == ACCOUNTINGS.index("hedge")
    written = (moved.premium_before + moved.premium)[rows] < 0
    plural = {"option": "call", "cap": "caps", "floor": "floors", "collar": "collars"}
    found = []
    for kind, own, is_hedge in zip(types.tolist(), written.tolist(), hedge.tolist(), strict=True):
        name, purpose = _TYPES[kind], "effective" if is_hedge else "hedging"
        side = "written" if own else "purchased"
        wanted = [f"{side}_{purpose}_{plural.get(name, 'others')}"]
        if name in {"swap", "forward"}:
            wanted = [f"{name}s_{purpose}_others", f"{name}s_{purpose}", f"{name}_{purpose}"]
        found.append(next((one for one in wanted if one in known), wanted[-1]))
    return found


def _part_b(blank: Blank, records: Records, moved: Contracts, *, left: bool) -> Detail:
    table = records["derivatives"]
    rows = np.flatnonzero(moved.is_future & (moved.left == left))
    owner = moved.owner[rows]

    def of(name: str) -> Column:
        return taken(table.columns[name], owner)

    hedge = table.whole("accounting")[owner] == ACCOUNTINGS.index("hedge")
    margin = moved.margin[rows]
    columns: dict[str, Column] = {
        name: of(name)
        for name in ("description", "exhibit", "risk", "traded", "matures", "contracts", "notional")
    } | {
        "ticker": of("contract"),
        "hedged_item": of("hedged"),
        "exchange": of("counterparty"),
        "margin": margin,
        "recognized": np.where(hedge, 0, margin),
        "basis": np.where(hedge, margin, 0),
        "deferred": np.zeros(len(rows), dtype=np.int64),
    }
    if left:
        columns["terminated"] = moved.day[rows]
    else:
        columns |= {
            "fair_value": moved.fair_value[rows],
            "book_value": moved.closing[rows],
            "exposure": of("exposure"),
        }
    page = blank.pages[f"schedule_db_part_b_section{2 if left else 1}"]
    sections = ("long_hedging", "long_effective", "short_hedging", "short_effective")
    short = table.whole("contracts")[owner] < 0
    return laid(page, sections, 2 * short + hedge, columns, of("contract"))


def _part_d(blank: Blank, records: Records, moved: Contracts) -> Detail:
    """A row for each counterparty with open contracts. Offsetting stays for the user to elect."""
    table = records["derivatives"]
    rows = np.flatnonzero(~moved.left)
    owner = moved.owner[rows]
    names = table.text("counterparty")
    known = names.unique()
    party = places(names, known)[owner]
    own, place = np.unique(party, return_inverse=True)
    first = owner[np.unique(place, return_index=True)[1]] if len(own) else owner

    def total(amount: Whole) -> Whole:
        found = np.zeros(len(own), dtype=np.int64)
        np.add.at(found, place, amount)
        return found

    book, fair = moved.closing[rows], moved.fair_value[rows]
    assets, liabilities = total(np.maximum(book, 0)), total(np.minimum(book, 0))
    fair_assets, fair_liabilities = total(np.maximum(fair, 0)), total(np.minimum(fair, 0))
    collateral = total(table.filled("collateral", 0)[owner])
    exposure = total(table.filled("exposure", 0)[owner])
    at_book = np.maximum(assets + liabilities - collateral, 0)
    at_fair = np.maximum(fair_assets + fair_liabilities - collateral, 0)
    said = pa.array(["N", "Y"])
    columns: dict[str, Column] = {
        "counterparty": taken(known, own),
        "master": taken(said, table.filled("master", 0)[first]),
        "support": taken(said, table.filled("support", 0)[first]),
        "collateral": collateral,
        "book_assets": assets,
        "book_liabilities": liabilities,
        "book_exposure": at_book,
        "fair_assets": fair_assets,
        "fair_liabilities": fair_liabilities,
        "fair_exposure": at_fair,
        "exposure": exposure,
        "off_balance": np.maximum(np.minimum(at_book + exposure, exposure), 0),
    }
    traded = table.filled("exchange_traded", 0)[first] == 1
    section = np.where(traded, 0, np.clip(table.filled("quality", 1)[first], 1, 6))
    page = blank.pages["schedule_db_part_d"]
    return laid(page, _QUALITY, section, columns, taken(known, own))
