"""What a command is given: a filed statement, or a company folder."""

from pathlib import Path
from typing import TYPE_CHECKING

from jurat.statement import Statement

if TYPE_CHECKING:
    from jurat.close import Closing


def is_company(path: Path) -> bool:
    """Whether a path is a company folder; the room that knows is loaded for folders only."""
    if not path.is_dir():
        return False
    from jurat.keeping.company import NAME

    return (path / NAME).is_file()


def closing_of(path: Path) -> "Closing | None":
    """What a company folder closes to; nothing for a file.

    Raises  RecordError when the folder cannot stand.
    """
    if not path.is_dir():
        return None
    from jurat.close import close

    return close(path)


def statement_of(path: Path) -> Statement:
    """The statement in a file, or the one that a company folder closes to.

    Raises  ReadError when the file cannot be read; RecordError when the folder cannot stand.
    """
    closing = closing_of(path)
    if closing is not None:
        return closing.statement
    from jurat.reading import read

    return read(path).statement
