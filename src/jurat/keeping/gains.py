"""`imr_gains.csv`: a year's realized gains by group of maturity, for the grouped method."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jurat.keeping.company import NAME as COMPANY
from jurat.keeping.company import Company
from jurat.keeping.faults import Faults
from jurat.keeping.tables import Row, rows_of
from jurat.money import parse_amount, round_half_away
from jurat.valuation import BANDS, GroupedTable, known_rates

NAME = "imr_gains.csv"
TABLE = "imr_table.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gains:
    """Gains before tax and their tax, by group, with the table that releases them.

    Units   millionths of a dollar; the tax of a gain is negative.
    """

    pretax: Mapping[str, int]
    tax: Mapping[str, int]
    table: GroupedTable

    @property
    def net(self) -> dict[str, int]:
        """Gains net of tax, by group."""
        return {band: gain + self.tax[band] for band, gain in self.pretax.items()}


def read_gains(folder: Path, company: Company, faults: Faults) -> Gains | None:
    """The gains of a folder that elects the grouped method; nothing for others."""
    path = folder / NAME
    if company.policies.imr_method != "grouped":
        if path.exists():
            faults.add(
                NAME,
                "is not used.",
                'Write imr_method = "grouped" in company.toml, or take it out.',
            )
        return None
    if not path.exists():
        faults.add(
            NAME, "is not there, and the grouped method needs it.", "Columns: band, pretax, tax."
        )
        return None
    pretax: dict[str, int] = {}
    tax: dict[str, int] = {}
    for row in rows_of(path, NAME, ("band", "pretax"), ("tax", "source", "note"), faults):
        if row["band"] not in BANDS:
            faults.add(
                row.at("band"), f"{row['band']!r} is no group.", f"Groups: {', '.join(BANDS)}."
            )
            continue
        gain = _amount(row, "pretax", faults)
        rate = company.policies.tax_rate
        if not row["tax"] and rate is None:
            faults.add(row.at("tax"), "is empty, and no tax_rate stands in company.toml.")
        owed = (
            _amount(row, "tax", faults)
            if row["tax"]
            else -round_half_away(gain * (rate or 0), 1000)
        )
        pretax[row["band"]] = pretax.get(row["band"], 0) + gain
        tax[row["band"]] = tax.get(row["band"], 0) + owed
    return Gains(pretax=pretax, tax=tax, table=_table(folder, company, faults))


def _amount(row: Row, column: str, faults: Faults) -> int:
    try:
        return parse_amount(row[column])
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
    overrides: dict[tuple[str, int], int] = {}
    path = folder / TABLE
    if path.exists():
        for row in rows_of(path, TABLE, ("band", "year", "factor"), (), faults):
            factor = row["factor"].removeprefix("0")
            is_right = factor.startswith(".") and factor[1:].isdigit() and len(factor) <= 4
            if row["band"] not in BANDS or not row["year"].isdigit() or not is_right:
                faults.add(row.where, "is no factor of a group and year.", "Write 2-5,0,0.132")
                continue
            overrides[row["band"], int(row["year"])] = int(factor[1:].ljust(3, "0"))
    return GroupedTable(rate=rate or 0.05, overrides=overrides)
