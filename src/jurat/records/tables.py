"""The tables a company keeps of its investments: every column, what it holds, whether it is needed.

Declared once: intake, checks, documents and the golden companies all read these. A table may come as
CSV, Parquet or a sheet of a workbook; nothing is guessed, whatever the kind of file.
"""

from jurat.records.fields import BLANK, SCALE, Field, Kind, TableKind
from jurat.records.tables_assets import (
    ASSETS,
    OTHER_KINDS,
    PAYMENTS,
    PROPERTIES,
    REAL_ESTATE_KINDS,
    STANDINGS,
)
from jurat.records.tables_contracts import (
    ACCOUNTINGS,
    CASH_KINDS,
    CONTRACT_KINDS,
    CONTRACTS,
    CONTRACTS_AND_CASH,
    DEPOSIT_SIDES,
)
from jurat.records.tables_controls import CONTROLS
from jurat.records.tables_lots import LOTS, RECEIPTS, TRADE_KINDS
from jurat.records.tables_securities import (
    BASES,
    COUPONS,
    DAY_COUNTS,
    ESTIMATES,
    ISSUERS,
    SECURITIES,
    SECURITY_KINDS,
    STRUCTURES,
)

__all__ = [
    "ACCOUNTINGS",
    "BASES",
    "BLANK",
    "CASH_KINDS",
    "CONTRACTS",
    "CONTRACT_KINDS",
    "COUPONS",
    "DAY_COUNTS",
    "DEPOSIT_SIDES",
    "ESTIMATES",
    "ISSUERS",
    "OTHER_KINDS",
    "PAYMENTS",
    "PROPERTIES",
    "REAL_ESTATE_KINDS",
    "RECEIPTS",
    "SCALE",
    "SECURITY_KINDS",
    "STANDINGS",
    "STRUCTURES",
    "TABLES",
    "TRADE_KINDS",
    "Field",
    "Kind",
    "TableKind",
]

TABLES: dict[str, TableKind] = {
    table.name: table for table in (*SECURITIES, *LOTS, *ASSETS, *CONTRACTS_AND_CASH, *CONTROLS)
}
"""Every table by name, in the order of the documents."""
