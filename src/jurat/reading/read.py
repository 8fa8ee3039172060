"""The reader's door: a file, whatever it is, as a reading."""

from dataclasses import replace
from pathlib import Path

from jurat.blanks import Blank, load_blank
from jurat.reading.document import open_document
from jurat.reading.facts import read_facts
from jurat.reading.paged import is_pdf, open_pdf
from jurat.reading.reading import Coverage, Reading
from jurat.reading.text import read_text


def read(path: Path | str, blank: Blank | None = None) -> Reading:
    """Read a filed statement: a PDF, statement text in either look, or a table of facts (`.csv`).

    Raises  ReadError when the file cannot be opened or is no text.
    """
    path = Path(path)
    blank = blank or load_blank()
    if path.suffix == ".csv":
        statement = read_facts(path, blank)
        return Reading(
            source=str(path), statement=statement, coverage=Coverage(tokens=len(statement.cells))
        )
    document = open_pdf(path) if is_pdf(path) else open_document(path)
    return replace(read_text(document, blank), source=str(path))
