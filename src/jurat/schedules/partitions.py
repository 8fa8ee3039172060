"""Records too large to be worked whole: holdings in parts that share nothing, their figures added.

A part is a range of securities, because nothing of a holding hangs on another: relief, yields and
income are of one account's holding of one security. Sums are whole cents, so that any parting gives the
same figures; rows of schedules are handed on part by part and not kept.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jurat.blanks import Blank
from jurat.records import Records, empty, places
from jurat.records.table import Whole
from jurat.schedules.detail import Detail
from jurat.schedules.investments import investments_of
from jurat.words import Address

_LOTS = 500_000
"""Lots worked at once."""
_BY_SECURITY = (
    *("securities", "lots", "trades", "income", "calls", "coupons", "repayments"),
    *("designations", "prices", "affiliates"),
)
_EVERYWHERE = ("accounts", "exchange_rates")


def parts_of(records: Records, lots: int = _LOTS) -> Iterator[Records]:
    """Records in parts of about so many lots; what is no security is in the first part.

    Shape   securities in the order of their names, so that rows of all parts stand in order.
    """
    names = records["securities"].text("security")
    count = max(-(-len(records["lots"]) // lots), 1)
    if count == 1:
        yield records
        return
    part = _ranked(names) * count // max(len(names), 1)
    own = {name: _part_of(records, name, names, part) for name in _BY_SECURITY}
    for number in range(count):
        tables = {name: records[name] for name in _EVERYWHERE}
        for name in records.tables:
            if name in own:
                tables[name] = records[name].take(np.flatnonzero(own[name] == number))
            elif name not in _EVERYWHERE:
                tables[name] = records[name] if number == 0 else empty(name)
        yield Records(tables=tables)


def _ranked(names: pa.StringArray) -> Whole:
    """The rank of each security by name."""
    order = pc.sort_indices(names).to_numpy()
    rank = np.empty(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    return rank


def _part_of(records: Records, name: str, names: pa.StringArray, part: Whole) -> Whole:
    """The part that each row of a table belongs to."""
    security = places(records[name].text("security"), names)
    return np.where(security >= 0, part[security], 0)


def totals_in_parts(
    records: Records,
    blank: Blank,
    year: int,
    rows: Callable[[Detail], None],
    lots: int = _LOTS,
) -> dict[Address, int]:
    """What the records give to cells, worked part by part; rows of schedules are handed on.

    Units   cents.
    """
    found: dict[Address, int] = {}
    for part in parts_of(records, lots):
        made = investments_of(part, blank, year)
        for address, total in made.sums.items():
            found[address] = found.get(address, 0) + total.cents
        for detail in made.details.values():
            rows(detail)
    return found
