"""The reader's door: a file, whatever it is, as a reading."""

from dataclasses import replace
from pathlib import Path

from jurat.blanks import Blank, load_blank
from jurat.reading.document import open_document
from jurat.reading.facts import read_facts
from jurat.reading.reading import Coverage, Reading
from jurat.reading.text import read_text

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""What a workbook's name may end in; all but the first are refused by name."""


def read(path: Path | str, blank: Blank | None = None) -> Reading:
    """Read a filed statement: statement text in either look, a table of facts, or a workbook.

    A table of facts ends in `.csv`; a workbook in `.xlsx`, and may be ours or another filer's.

    Raises  ReadError when the file cannot be opened or is none of these.
    """
    path = Path(path)
    blank = blank or load_blank()
    if path.suffix == ".csv":
        statement = read_facts(path, blank)
        return Reading(
            source=str(path), statement=statement, coverage=Coverage(tokens=len(statement.cells))
        )
    if path.suffix.casefold() in WORKBOOKS:
        from jurat.reading.workbook import read_workbook  # its libraries load when one is read

        return replace(read_workbook(path, blank), source=str(path))
    return replace(read_text(open_document(path), blank), source=str(path))
