"""What a command is given: a filed statement, or a company folder."""

from pathlib import Path

from jurat.statement import Statement


def is_company(path: Path) -> bool:
    """Whether a path is a company folder; the room that knows is loaded for folders only."""
    if not path.is_dir():
        return False
    from jurat.keeping.company import NAME

    return (path / NAME).is_file()


def statement_of(path: Path) -> Statement:
    """The statement in a file, or the one that a company folder closes to.

    Raises  ReadError when the file cannot be read; RecordError when the folder cannot stand.
    """
    if path.is_dir():
        from jurat.close import close

        return close(path).statement
    from jurat.reading import read

    return read(path).statement
