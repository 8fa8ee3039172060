"""The reader's door: a file, whatever it is, as a reading."""

from dataclasses import replace
from pathlib import Path

from jurat.blanks import Blank, blank_for
from jurat.reading.document import open_document
from jurat.reading.facts import read_facts, year_of_facts
from jurat.reading.reading import Coverage, Reading
from jurat.reading.text import read_text, year_of


def read(path: Path | str, blank: Blank | None = None) -> Reading:
    """Read a filed statement: statement text in either look, or a table of facts (`.csv`).

    Without a blank it is read on that of its year, else on the nearest earlier one; the reading's
    notices tell which.

    Raises  ReadError when the file cannot be opened or is no text.
    """
    path = Path(path)
    if path.suffix == ".csv":
        statement = read_facts(path, blank or _blank_for(year_of_facts(path)))
        return Reading(
            source=str(path), statement=statement, coverage=Coverage(tokens=len(statement.cells))
        )
    document = open_document(path)
    reading = read_text(document, blank or _blank_for(year_of(document)))
    return replace(reading, source=str(path))


def blank_of(path: Path | str) -> Blank:
    """The blank a file is read on: that of the year it says, else the nearest earlier one.

    Raises  ReadError when the file cannot be opened or is no text.
    """
    path = Path(path)
    is_table = path.suffix == ".csv"
    return _blank_for(year_of_facts(path) if is_table else year_of(open_document(path)))


def _blank_for(year: int | None) -> Blank:
    """The blank of a year; the latest where a document says none."""
    return blank_for(year or 9999)
