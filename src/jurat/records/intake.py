"""A folder of records read whole: what stands, what was corrected, what is wrong, every row counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from jurat.records.faults import Fault, Faults, refuse
from jurat.records.folder import Source, sources_of
from jurat.records.gathered import Counted, Gathered
from jurat.records.standing import Correction, standing
from jurat.records.table import Records, Table, Whole, empty
from jurat.records.tables import Kind
from jurat.words import UsageError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FileCount:
    """What became of the rows of a file: rows = kept + rejected."""

    file: str
    table: str
    rows: int
    rejected: Whole
    """The numbers of the rows that were rejected."""
    repeated: int = 0
    """Rows kept that say again what an earlier file says."""
    superseded: int = 0
    """Rows kept that a later file corrects."""

    @property
    def kept(self) -> int:
        """Rows that were taken in."""
        return self.rows - len(self.rejected)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Intake:
    """A folder of records, read."""

    folder: Path
    records: Records
    """The rows that stand, without those that are rejected: not to be used while there are faults."""
    faults: tuple[Fault, ...]
    files: tuple[FileCount, ...]
    """Every file, or sheet of a workbook, in the order of reading."""
    superseded: Mapping[str, Table] = field(default_factory=dict)
    """The rows that were replaced, by table, in the order of `history`."""
    history: tuple[Correction, ...] = ()

    def accepted(self) -> Records:
        """The records, if nothing is wrong with any of them.

        Raises  RecordError naming every fault by file, row and column.
        """
        refuse(self.faults)
        return self.records


def accept_records(folder: Path) -> Records:
    """The records of a folder, or none of them.

    Raises  RecordError naming every fault by file, row and column; UsageError without a folder.
    """
    return read_records(folder).accepted()


def accept_table(path: Path, name: str) -> Table:
    """One table in a file of its own: trades that are not booked, say.

    Raises  RecordError naming every fault by row and column; UsageError without a file.
    """
    if not path.is_file():
        raise UsageError(f"{path} is no file.", next="Name a CSV or Parquet file.")
    faults = Faults()
    gathered = Gathered(faults)
    gathered.add(Source(path=path, table=name))
    found = [table for table, _ in gathered.tables()]
    refuse(faults.all())
    return found[0] if found else empty(name)


def read_records(folder: Path) -> Intake:
    """Read every table of a folder: `lots.csv`, `lots_2012-01.parquet`, a sheet `lots` of a workbook.

    A row with the key of an earlier row, in a file whose name comes later, takes its place.

    Raises  UsageError where there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder.", next="Name a folder with tables of records.")
    faults = Faults()
    gathered = Gathered(faults)
    for source in sources_of(folder, faults):
        gathered.add(source)
    tables = list(gathered.tables())
    known = {
        table.declared.name: table.text(table.declared.key[0])
        for table, _ in tables
        if table.declared.field(table.declared.key[0]).kind is Kind.ID
    }
    stood = {table.declared.name: standing(table, good, known, gathered) for table, good in tables}
    return Intake(
        folder=folder,
        records=Records(tables={name: one.table for name, one in stood.items()}),
        faults=tuple(faults.all()),
        files=tuple(map(_count, gathered.files.values())),
        superseded={name: one.replaced for name, one in stood.items() if len(one.replaced)},
        history=tuple(fix for one in stood.values() for fix in one.history),
    )


def _count(counted: Counted) -> FileCount:
    nothing = np.zeros(0, dtype=np.int64)
    return FileCount(
        file=counted.file,
        table=counted.table,
        rows=counted.rows,
        rejected=np.sort(np.concatenate([nothing, *counted.rejected])),
        repeated=counted.repeated,
        superseded=counted.superseded,
    )
