"""What happened: the tables of investments as accepted, every row with its file and place.

Owns: the tables and their columns; intake of CSV, Parquet and workbooks; what is wrong in them.
Must not know: how anything is valued, and which page prints it.
"""

from jurat.records.faults import Fault
from jurat.records.intake import FileCount, Intake, accept_records, accept_table, read_records
from jurat.records.standing import Correction
from jurat.records.table import Records, Table, empty, places
from jurat.records.tables import BLANK, SCALE, TABLES, Field, Kind, TableKind

__all__ = [
    "BLANK",
    "SCALE",
    "TABLES",
    "Correction",
    "Fault",
    "Field",
    "FileCount",
    "Intake",
    "Kind",
    "Records",
    "Table",
    "TableKind",
    "accept_records",
    "accept_table",
    "empty",
    "places",
    "read_records",
]
