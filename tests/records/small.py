"""A small company's records as rows, to be spoiled by a test; every amount is easy to see through."""

import csv
from pathlib import Path

from jurat.records import TABLES, Field, Kind

Row = dict[str, str]
Tables = dict[str, list[Row]]


def small() -> Tables:
    """Two accounts, a bond, a stock and their trades at the end of 2012: nothing is wrong with them."""
    return {
        "accounts": [
            {"account": "SA1", "name": "Book account", "basis": "general"},
            {"account": "SA2", "name": "Fair account", "basis": "fair"},
        ],
        "securities": [
            {
                "security": "00206R102",
                "description": "AT&T 5 %",
                "kind": "bond",
                "issuer": "industrial",
                "coupon": "5",
                "frequency": "2",
                "maturity": "2020-06-30",
            },
            {
                "security": "STOCK-1",
                "description": "A stock",
                "kind": "common",
                "issuer": "industrial",
            },
        ],
        "calls": [],
        "designations": [
            {"security": "00206R102", "date": "2010-01-01", "designation": "1", "symbol": "FE"},
        ],
        "prices": [
            {"security": "00206R102", "date": "2012-12-31", "price": "101"},
            {"security": "STOCK-1", "date": "2012-12-31", "price": "25"},
        ],
        "lots": [
            {
                "lot": "L1",
                "account": "SA1",
                "security": "00206R102",
                "traded": "2010-07-01",
                "quantity": "1000000",
                "cost": "990000",
            },
            {
                "lot": "L2",
                "account": "SA2",
                "security": "STOCK-1",
                "traded": "2011-03-01",
                "quantity": "400",
                "cost": "9600",
            },
        ],
        "trades": [
            {
                "trade": "T1",
                "kind": "sale",
                "lot": "L1",
                "account": "SA1",
                "security": "00206R102",
                "traded": "2012-03-01",
                "quantity": "200000",
                "amount": "201000",
            },
        ],
        "income": [
            {
                "receipt": f"I{year}-{month}",
                "kind": "interest",
                "account": "SA1",
                "security": "00206R102",
                "lot": "L1",
                "date": f"{year}-{month}-{day}",
                "amount": "25000" if f"{year}-{month}" != "2012-06" else "20000",
            }
            for year in (2010, 2011, 2012)
            for month, day in (("06", "30"), ("12", "31"))
            if (year, month) != (2010, "06")
        ],
    }


def write(folder: Path, tables: Tables, suffix: str = "") -> Path:
    """Write tables as CSV files, `lots.csv`, or with a suffix `lots_2.csv`; columns as the rows have."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        if not rows:
            continue
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}{suffix}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


_GENERIC = {
    Kind.DATE: "2012-12-31",
    Kind.MONEY: "1,234.56",
    Kind.QUANTITY: "12.5",
    Kind.RATE: "5.25",
    Kind.PRICE: "101.125",
    Kind.SHARE: "0.25",
    Kind.EXCHANGE: "1.3194",
    Kind.WHOLE: "2",
    Kind.TEXT: "Some text",
}


def full() -> Tables:
    """A row of every table there is, every column filled, beside the small company's own."""
    tables = {name: list(rows) for name, rows in small().items()}
    for name, table in TABLES.items():
        tables[name] = tables.get(name) or [
            {field.name: _value(name, field) for field in table.fields}
        ]
    return tables


def _value(table: str, field: Field) -> str:
    own = {"accounts": "SA1", "securities": "00206R102", "lots": "L1"}
    if field.names:
        return own.get(field.names, f"{field.names}-1")
    if field.name == TABLES[table].key[0] and field.kind is Kind.ID:
        return f"{table}-1"
    if field.choices:
        return field.choices[0]
    if (table, field.name) == ("other_invested", "cusip"):
        return ""
    return "EUR"[: field.letters] or _GENERIC.get(field.kind, "Some-name")
