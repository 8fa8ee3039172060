"""`interrogatories.toml`: answers, texts and tables of the pages that ask questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jurat.blanks import RowGroup
from jurat.keeping.entries import Asked, Entry, cell_given
from jurat.keeping.faults import Faults
from jurat.keeping.figures import place_of
from jurat.keeping.settings import Settings, read_settings, text_of
from jurat.words import nearest

NAME = "interrogatories.toml"


def answers_of(folder: Path, asked: Asked, faults: Faults) -> list[Entry]:
    """The entries of `interrogatories.toml`; none where there is no such file."""
    try:
        written = read_settings(folder, NAME, faults)
    except FileNotFoundError:
        return []
    if written is None:
        return []
    return [
        entry
        for page, lines in written.table.items()
        for entry in _page(page, lines, written, asked)
    ]


def _page(page: str, lines: object, written: Settings, asked: Asked) -> Iterator[Entry]:
    faults, where = asked.faults, written.at(page)
    if page not in asked.blank.pages:
        meant = nearest(page, asked.blank.pages, 1)
        advice = f"Did you mean [{meant[0]}]?" if meant else "Pages: jurat blank list."
        faults.add(where, f"there is no page [{page[:40]}].", advice)
        return
    if not isinstance(lines, dict):
        faults.add(where, f"{page} is no table.", f"Write [{page}], and its answers below it.")
        return
    for line, answer in lines.items():
        answering = _Answering(asked, page, line, written)
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
    written: Settings

    def where(self, *path: str | int) -> str:
        """The place of an answer: file and line, then its table and keys."""
        told = " ".join(str(part)[:40] for part in path)
        place = self.written.at(self.page, self.line, *path)
        return f'{place}: [{self.page}] "{self.line[:40]}"{f" {told}" if told else ""}'

    def cell(
        self, column: str, answer: object, path: tuple[str | int, ...] = ()
    ) -> Iterator[Entry]:
        """One answer; a blank text stays unanswered."""
        where = self.where(*path)
        row = path[0] if path and isinstance(path[0], int) else 0
        try:
            text = str(answer) if _is_number(answer) else text_of(answer)
            address = place_of(self.page, self.line, column, str(row or ""))
            kind = self.asked.kind(address)
            if kind and not kind.is_figure and _is_number(answer):
                text_of(answer)  # a code that lost its quotes lost its zeros too
        except ValueError as fault:
            self.asked.faults.add(where, f"{fault}.", 'Write "Yes", "text" or a date.')
            return
        made = cell_given(self.asked, address, text, where, where) if text else None
        if made:
            yield Entry(cell=made, where=where)

    def columns(self, answers: Mapping[str, Any]) -> Iterator[Entry]:
        """A line with columns of its own."""
        if self.line not in self.asked.blank.pages[self.page].by_id:
            self.asked.faults.add(
                self.where(),
                f"there is no line {self.line[:40]!r}.",
                f'A number with a point stands in quotes: "{self.line[:40]}.1" = ...',
            )
            return
        for column, answer in answers.items():
            yield from self.cell(column, answer, (column,))

    def rows(self, table: Sequence[Any]) -> Iterator[Entry]:
        """The rows of a table, their columns by number or name."""
        group, faults = self._group(), self.asked.faults
        if group is None:
            tables = [one.id for one in self.asked.groups.get(self.page, []) if one.is_table]
            faults.add(
                self.where(), "is no table of the page.", f"Tables: {', '.join(tables) or 'none'}."
            )
            return
        named = {column.name: column.number for column in group.columns}
        for number, row in enumerate(table, 1):
            if not isinstance(row, dict):
                told = f'Write [[{self.page}."{self.line}"]] above each row.'
                faults.add(self.where(number), "is no row with columns.", told)
                continue
            for column, answer in row.items():
                if column not in {*named, *named.values()}:
                    meant = " or ".join(nearest(column, named, 2)) or ", ".join(named)
                    told = f"there is no column {column[:40]!r}."
                    faults.add(self.where(number, column), told, f"Try {meant}.")
                    continue
                yield from self.cell(named.get(column) or column, answer, (number, column))

    def _group(self) -> RowGroup | None:
        groups = self.asked.groups.get(self.page, [])
        return next((group for group in groups if group.id == self.line and group.is_table), None)


def _is_number(answer: object) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool)
