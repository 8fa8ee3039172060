"""A statement as data: JSON that is the model itself, and tab-delimited tables, one for each page."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jurat.checks import Finding, Grade
from jurat.money import format_exact
from jurat.statement import Cell, CellState, Statement
from jurat.statement.explain import caption_of, evidence_of
from jurat.words import TOTAL_ROW, Address

FORMAT = "jurat statement 1"
LEAD = ("LINE", "ROW", "CAPTION")
NONE = "NONE"
EXPLAINED = "CHECK\tCELL\tLEFT\tRIGHT\tDIFFERENCE\tEXPLANATION"
"""The head of the explanation file."""


def write_json(statement: Statement) -> str:
    """The statement as JSON: every cell with its kind, state, value, print, cents and reason.

    Units   `value` in whole dollars, ten-thousandths of a factor, tenths of a percent; `exact` in
            dollars and cents as text, where cents are known.
    """
    data = {
        "format": FORMAT,
        "blank": {"kind": statement.blank.kind, "year": statement.blank.year},
        "company": statement.company,
        "year": statement.year,
        "pages": [name for name in statement.blank.pages if name in statement.pages],
        "none_pages": [name for name in statement.blank.pages if name in statement.none_pages],
        "cells": [_cell(statement, cell) for cell in in_print_order(statement)],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def in_print_order(statement: Statement) -> list[Cell]:
    """The cells a statement holds, in the order of the form."""
    order = {slot.address: at for at, slot in enumerate(statement.all_slots())}
    last = len(order)
    return sorted(
        statement.cells.values(),
        key=lambda cell: (order.get(cell.address, last), str(cell.address)),
    )


def _cell(statement: Statement, cell: Cell) -> dict[str, object]:
    told: dict[str, object] = {
        "cell": str(cell.address),
        "kind": str(cell.kind),
        "state": str(cell.state),
        "value": cell.value,
        "shown": cell.shown,
        "because": evidence_of(statement, cell.address),
    }
    if cell.exact is not None:
        told["exact"] = format_exact(cell.exact)
    return told


# -- tables ----------------------------------------------------------------------------------


def plain(cell: Cell) -> str:
    """A cell as the tables hold it: figures without commas, less than zero with a minus sign."""
    if isinstance(cell.value, int) and cell.state is CellState.VALUE:
        text = cell.shown.replace(",", "")
        return f"-{text[1:-1]}" if text.startswith("(") else text
    return " ".join(cell.shown.split())


def write_tables(statement: Statement, codes: Mapping[str, str]) -> str:
    """The statement as tab-delimited text: a header record, then a table for each page.

    `codes` are the fields of the header record behind the company, in their order.
    Source  the layout family of the data submission file (domain.md 7); the tables are our own.
    """
    year = statement.year
    lines = ["[HEADER]", "\t".join(["jurat", statement.company, str(year), *codes.values()])]
    for name, form in statement.blank.pages.items():
        if name not in statement.pages:
            continue
        lines.append(f"[X{year}{name.upper()}]")
        if name in statement.none_pages:
            lines.append(NONE)
            continue
        lines += _Table(statement, name, [slot.address for slot in form.slots]).lines()
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Table:
    """One page as rows of lines, its columns those that any line has."""

    statement: Statement
    page: str
    fixed: list[Address]

    def lines(self) -> Iterator[str]:
        places = [*self.fixed, *self._of_rows()]
        columns = list(dict.fromkeys(_column(address) for address in places))
        yield "\t".join([*LEAD, *(f"C{column}" for column in columns)])
        rows: dict[tuple[str, int], dict[str, Address]] = {}
        for address in places:
            rows.setdefault((address.line, address.row), {})[_column(address)] = address
        for (line, row), cells in rows.items():
            first = next(iter(cells.values()))
            caption = " ".join(caption_of(self.statement, first).split())
            told = [
                plain(self.statement[cells[column]]) if column in cells else ""
                for column in columns
            ]
            yield "\t".join([line, _row(row), caption, *told])

    def _of_rows(self) -> list[Address]:
        """The cells of rows, and the names that write-ins bring."""
        known = set(self.fixed)
        form = self.statement.blank.pages[self.page]
        found = [
            slot.address
            for group in form.groups
            for key in self.statement.rows.get((group.page, group.id), ())
            for slot in group.slots(key)
        ]
        named = [a for a in self.statement.cells if a.page == self.page and a not in known]
        return list(dict.fromkeys([*found, *sorted(named)]))


def _column(address: Address) -> str:
    return f"${address.inset}" if address.inset else address.column


def _row(row: int) -> str:
    return "total" if row == TOTAL_ROW else str(row or "")


def write_explanations(findings: Iterable[Finding]) -> str:
    """The breaks that were accepted, as tab-delimited text: what fails, by how much, and why."""
    lines = [EXPLAINED]
    for finding in findings:
        if finding.grade is Grade.ACCEPTED:
            figures = (finding.left or 0, finding.right or 0, finding.difference)
            told = [finding.id, finding.cells[0], *map(str, figures), finding.detail]
            lines.append("\t".join(" ".join(text.split()) for text in told))
    return "\n".join(lines) + "\n"
