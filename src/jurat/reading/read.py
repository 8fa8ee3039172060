"""The reader's door: a file, whatever it is, as a reading."""

from dataclasses import replace
from pathlib import Path

from jurat.blanks import Blank, blank_for
from jurat.reading.document import Document, open_document
from jurat.reading.facts import read_facts, year_of_facts
from jurat.reading.model import read_model, year_of_model
from jurat.reading.paged import is_pdf, open_pdf
from jurat.reading.reading import Coverage, Reading
from jurat.reading.text import read_text, year_of

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""What a workbook's name may end in; all but the first are refused by name."""


def read(path: Path | str, blank: Blank | None = None) -> Reading:
    """Read a filed statement: a PDF, text in either look, a workbook, a table of facts, our JSON.

    A table of facts ends in `.csv`; a workbook in `.xlsx`, and may be ours or another filer's; what
    we closed in `.json`.
    Without a blank it is read on that of its year, else on the nearest earlier one; the reading's
    notices tell which.

    Raises  ReadError when the file cannot be opened or is none of these.
    """
    path = Path(path)
    if path.suffix in (".csv", ".json"):
        reader = read_facts if path.suffix == ".csv" else read_model
        statement = reader(path, blank or blank_of(path))
        return Reading(
            source=str(path), statement=statement, coverage=Coverage(tokens=len(statement.cells))
        )
    if path.suffix.casefold() in WORKBOOKS:
        from jurat.reading.workbook import read_workbook  # its libraries load when one is read

        return replace(read_workbook(path, blank or _blank_for(None)), source=str(path))
    document = _opened(path)
    reading = read_text(document, blank or _blank_for(year_of(document)))
    return replace(reading, source=str(path))


def blank_of(path: Path | str) -> Blank:
    """The blank a file is read on: that of the year it says, else the nearest earlier one.

    Raises  ReadError when the file cannot be opened or is none of what `read` reads.
    """
    path = Path(path)
    if path.suffix == ".csv":
        return _blank_for(year_of_facts(path))
    if path.suffix == ".json":
        return _blank_for(year_of_model(path))
    if path.suffix.casefold() in WORKBOOKS:
        return _blank_for(None)
    return _blank_for(year_of(_opened(path)))


def _opened(path: Path) -> Document:
    return open_pdf(path) if is_pdf(path) else open_document(path)


def _blank_for(year: int | None) -> Blank:
    """The blank of a year; the latest where a document says none."""
    return blank_for(year or 9999)
