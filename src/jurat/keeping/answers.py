"""`interrogatories.toml`: answers, texts and tables of the pages that ask questions."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jurat.blanks import RowGroup
from jurat.keeping.entries import Asked, Entry, cell_given
from jurat.keeping.faults import Faults
from jurat.words import Address, nearest

NAME = "interrogatories.toml"


def answers_of(folder: Path, asked: Asked, faults: Faults) -> list[Entry]:
    """The entries of `interrogatories.toml`; none where there is no such file."""
    path = folder / NAME
    if not path.exists():
        return []
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        faults.add(NAME, f"is not TOML: {fault}.")
        return []
    return [entry for page, lines in table.items() for entry in _page(page, lines, asked, faults)]


def _page(page: str, lines: object, asked: Asked, faults: Faults) -> Iterator[Entry]:
    if page not in asked.blank.pages or not isinstance(lines, dict):
        meant = nearest(page, asked.blank.pages, 1)
        faults.add(
            NAME, f"there is no page [{page}].", f"Did you mean {meant[0]}?" if meant else ""
        )
        return
    for line, answer in lines.items():
        answering = _Answering(asked, page, line, faults)
        if isinstance(answer, list):
            yield from answering.rows(answer)
        elif isinstance(answer, dict):
            yield from answering.columns(answer)
        else:
            yield from answering.cell("", answer)


@dataclass(frozen=True, slots=True)
class _Answering:
    """One line of a page being answered."""

    asked: Asked
    page: str
    line: str
    faults: Faults

    @property
    def where(self) -> str:
        return f'{NAME}: [{self.page}] "{self.line}"'

    def cell(self, column: str, answer: object, row: int = 0) -> Iterator[Entry]:
        """One answer; a blank text stays unanswered."""
        if answer == "":
            return
        address = Address(self.page, self.line, column, row=row)
        text = ("Yes" if answer else "No") if isinstance(answer, bool) else str(answer)
        where = f"{self.where}{f' row {row}' if row else ''}{f' {column}' if column else ''}"
        made = cell_given(self.asked, address, text, where, where)
        if made:
            yield Entry(cell=made, where=where)

    def columns(self, answers: Mapping[str, Any]) -> Iterator[Entry]:
        """A line with columns of its own."""
        for column, answer in answers.items():
            yield from self.cell(column, answer)

    def rows(self, table: Sequence[Any]) -> Iterator[Entry]:
        """The rows of a table, their columns by number or name."""
        group = self._group()
        if group is None:
            self.faults.add(self.where, "is no table of the page.")
            return
        named = {column.name: column.number for column in group.columns}
        for number, row in enumerate(table, 1):
            for column, answer in row.items() if isinstance(row, dict) else ():
                if column not in {*named, *named.values()}:
                    meant = " or ".join(nearest(column, named, 2)) or ", ".join(named)
                    self.faults.add(
                        f"{self.where} row {number}",
                        f"there is no column {column!r}.",
                        f"Try {meant}.",
                    )
                    continue
                yield from self.cell(str(named.get(column, column)), answer, number)

    def _group(self) -> RowGroup | None:
        groups = self.asked.groups.get(self.page, [])
        return next((group for group in groups if group.id == self.line and group.is_table), None)
