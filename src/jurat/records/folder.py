"""The files of a folder of records: which table each is of, and in which order they correct each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jurat.records.faults import Fault, Faults, short
from jurat.records.tables import TABLES
from jurat.words import nearest

HOME = "records"
"""The folder of a company folder that holds its records."""
SUFFIXES = (".csv", ".parquet", ".xlsx")
_NOTES = (".md",)
_NO_TABLES = ("notes", "readme")
"""Sheets of a workbook that hold no records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of records."""

    path: Path
    table: str = ""
    """Empty for a workbook, whose sheets say it."""

    @property
    def file(self) -> str:
        """What a fault calls it."""
        return self.path.name


def table_of(name: str) -> str:
    """The table that a file or sheet of some name holds; empty for none.

    >>> table_of("lots_2012-01"), table_of("real_estate_activity"), table_of("lot")
    ('lots', 'real_estate_activity', '')
    """
    found = [
        table for table in TABLES if name == table or name.startswith((f"{table}_", f"{table}-"))
    ]
    return max(found, key=len, default="")


def sources_of(folder: Path, faults: Faults) -> list[Source]:
    """The files of a folder in the order in which they correct each other: that of their names."""
    found = list(_sources(folder, faults))
    stems: dict[str, str] = {}
    for source in found:
        if source.table and source.path.stem in stems:
            what = (
                f"has the name of {stems[source.path.stem]}; which of them is later cannot be told."
            )
            told = f"Name the later one {source.path.stem}_2{source.path.suffix}, or take one out."
            faults.add(Fault(file=source.file, what=what, next=told))
        stems.setdefault(source.path.stem, source.file)
    return found


def _sources(folder: Path, faults: Faults) -> Iterator[Source]:
    for path in sorted(folder.iterdir(), key=lambda path: (path.stem, path.suffix)):
        suffix = path.suffix.casefold()
        if path.name.startswith((".", "~$")) or suffix in _NOTES:
            continue
        if path.is_dir():
            told = f"Put its files into {folder.name}/ itself."
            faults.add(Fault(file=f"{path.name}/", what="is a folder, and is not read.", next=told))
        elif path.suffix not in SUFFIXES:
            kinds = "CSV UTF-8, Parquet or .xlsx"
            told = (
                f"Save it as {kinds}, its name ending in .csv, .parquet or .xlsx; or take it out."
            )
            faults.add(Fault(file=path.name, what="is not read.", next=told))
        elif suffix == ".xlsx":
            yield Source(path=path)
        elif table := table_of(path.stem):
            yield Source(path=path, table=table)
        else:
            faults.add(
                Fault(file=path.name, what="no table has this name.", next=_meant(path.stem))
            )


def sheets_of(file: str, sheets: list[str], faults: Faults) -> list[tuple[str, str]]:
    """The sheets of a workbook that hold tables, by name, each with its table."""
    found = []
    for sheet in sorted(sheets):
        if table := table_of(sheet):
            found.append((sheet, table))
        elif sheet.casefold() not in _NO_TABLES:
            what = f"no table has the name of the sheet {short(sheet)}."
            faults.add(Fault(file=file, what=what, next=_meant(sheet)))
    return found


def _meant(name: str) -> str:
    meant = nearest(name.replace("-", "_"), TABLES, 1)
    return f"Did you mean {meant[0]}?" if meant else f"Tables: {', '.join(TABLES)}."
