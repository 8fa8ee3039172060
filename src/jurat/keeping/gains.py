"""`imr_gains.csv`: a year's realized gains by group of maturity, for the grouped method."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jurat.keeping.company import NAME as COMPANY
from jurat.keeping.company import Company
from jurat.keeping.entries import value_in
from jurat.keeping.faults import Faults
from jurat.keeping.tables import Row, rows_of
from jurat.money import EXACT, Kind, round_half_away
from jurat.records import HOME as RECORDS
from jurat.valuation import BANDS, GroupedTable, known_rates

NAME = "imr_gains.csv"
TABLE = "imr_table.csv"
CENT = EXACT // 100
WHOLE = 1000
"""Thousandths: a gain released in full."""
_ANY_RATE = 0.05
"""Stands in where the rate is not known, which is a fault, so that the rest is still looked at."""
_FACTOR = re.compile(r"(?P<whole>[01])?(?:\.(?P<part>[0-9]{1,3}))?(?<!^)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gains:
    """Gains before tax and their tax, by group, with the table that releases them.

    Units   millionths of a dollar; the tax of a gain is negative.
    """

    pretax: Mapping[str, int]
    tax: Mapping[str, int]
    table: GroupedTable

    def of(self, pretax: Mapping[str, int], tax_rate: int) -> "Gains":
        """The same table for gains that the records tell, taxed at the company's rate."""
        tax = {band: _tax(gain, tax_rate) for band, gain in pretax.items()}
        return Gains(pretax=pretax, tax=tax, table=self.table)

    @property
    def net(self) -> dict[str, int]:
        """Gains net of tax, by group."""
        return {band: gain + self.tax[band] for band, gain in self.pretax.items()}


def read_gains(folder: Path, company: Company, faults: Faults) -> Gains | None:
    """The gains of a folder that elects the grouped method; nothing for others."""
    path = folder / NAME
    if company.policies.imr_method != "grouped":
        for name in (NAME, TABLE):
            if (folder / name).exists():
                told = f'Write imr_method = "grouped" in {COMPANY}, or take it out.'
                faults.add(name, "is not used.", told)
        return None
    if not path.exists() and (folder / RECORDS).is_dir():
        return Gains(pretax={}, tax={}, table=_table(folder, company, faults))
    if not path.exists():
        faults.add(
            NAME, "is not there, and the grouped method needs it.", "Columns: band, pretax, tax."
        )
        return None
    pretax: dict[str, int] = {}
    tax: dict[str, int] = {}
    for row in rows_of(path, NAME, ("band", "pretax"), ("tax", "source", "note"), faults):
        band = row["band"]
        if band not in BANDS:
            faults.add(
                row.at("band"), f"{band[:40]!r} is no group.", f"Groups: {', '.join(BANDS)}."
            )
        elif band in pretax:
            faults.add(row.at("band"), f"the group {band} stands twice.", "Add the two.")
        else:
            pretax[band] = _amount(row, "pretax", faults)
            tax[band] = _owed(row, pretax[band], company, faults)
    return Gains(pretax=pretax, tax=tax, table=_table(folder, company, faults))


def _owed(row: Row, gain: int, company: Company, faults: Faults) -> int:
    """The tax of a group's gain, less than zero: as given, else at the company's rate."""
    rate = company.policies.tax_rate
    if row["tax"]:
        return _amount(row, "tax", faults)
    if rate is None:
        told = f"Write it, or policies.tax_rate in {COMPANY}."
        faults.add(row.at("tax"), "a gain needs its tax.", told)
    return _tax(gain, rate or 0)


def _tax(gain: int, rate: int) -> int:
    """The tax of a gain at a rate in tenths of a percent, less than zero: a ledger posts whole cents."""
    return -round_half_away(gain * rate, 1000 * CENT) * CENT


def _amount(row: Row, column: str, faults: Faults) -> int:
    try:
        return int(value_in(row[column], Kind.MONEY))
    except ValueError as fault:
        faults.add(row.at(column), f"{fault}.", "Write 1234.56, 1,234 or (1,234).")
        return 0


def _table(folder: Path, company: Company, faults: Faults) -> GroupedTable:
    """The year's factors: the rate known or elected, with the company's own factors over them."""
    rate = company.policies.imr_rate or known_rates().get(company.year)
    if rate is None:
        faults.add(
            COMPANY,
            f"the rate of the {company.year} amortization sheet is not known here.",
            'Write policies.imr_rate = "4.5 %".',
        )
    path = folder / TABLE
    own = _own_factors(path, faults) if path.exists() else {}
    table = GroupedTable(rate=rate or _ANY_RATE, overrides=own)
    for band in sorted({band for band, _ in own}):
        if (whole := sum(table.factors(band))) != WHOLE:
            faults.add(
                TABLE,
                f"the factors of {band} add to {whole / WHOLE:.3f}, the sheet's own included.",
                "They release a gain whole, no more and no less: 1.000.",
            )
    return table


def _own_factors(path: Path, faults: Faults) -> dict[tuple[str, int], int]:
    """The company's own factors, in thousandths, by group and year after the sale."""
    own: dict[tuple[str, int], int] = {}
    for row in rows_of(path, TABLE, ("band", "year", "factor"), (), faults):
        band, year, factor = row["band"], row["year"], _FACTOR.fullmatch(row["factor"])
        if band not in BANDS:
            faults.add(
                row.at("band"), f"{band[:40]!r} is no group.", f"Groups: {', '.join(BANDS)}."
            )
            continue
        last = BANDS[band][1]
        if year not in {str(number) for number in range(last + 1)}:
            faults.add(
                row.at("year"), f"{year[:40]!r} is no year of {band}.", f"Years: 0 to {last}."
            )
        elif factor is None:
            faults.add(row.at("factor"), f"{row['factor'][:40]!r} is no factor.", "Write 0.132.")
        elif (band, int(year)) in own:
            faults.add(row.where, f"year {year} of {band} stands twice.", "Take one out.")
        else:
            thousandths = int((factor["part"] or "").ljust(3, "0"))
            own[band, int(year)] = int(factor["whole"] or 0) * WHOLE + thousandths
    return own
