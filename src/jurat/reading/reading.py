"""What a reading is: a statement, the evidence for it, and what stays in doubt."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jurat.money import Kind
from jurat.statement import Cell, CellState, Read, Statement
from jurat.words import TOTAL_ROW, Address

_FEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something a reader could not settle: what was seen, what was chosen, what else it could be."""

    address: Address | None
    seen: str
    chosen: str
    why: str
    line: int
    rejected: tuple[str, ...] = ()
    place: str = ""
    """Where it stands, when a line number alone does not tell: a sheet and its cell."""
    is_weak: bool = False
    """It reads cleanly; only, the print is damaged elsewhere, and no check proves it or one speaks against it."""

    @property
    def where(self) -> str:
        """The place in words."""
        return self.place or f"line {self.line}"

    def __str__(self) -> str:
        """One sentence, with its place in the file."""
        place = f"{self.address} " if self.address else ""
        against = f"; it could be {', '.join(self.rejected)}" if self.rejected else ""
        return f"{place}{self.where}: saw {self.seen!r}, kept {self.chosen!r}: {self.why}{against}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Where every number token of a document went."""

    tokens: int
    placed: dict[str, int] = field(default_factory=dict)
    """How many tokens are in a cell, or are a label, a reference, a line number or furniture."""
    unplaced: tuple[tuple[int, int, str], ...] = ()
    """The tokens that found no place: line, column, token."""

    @property
    def share(self) -> float:
        """The share of tokens accounted for; one when the document holds no number."""
        return 1 - len(self.unplaced) / self.tokens if self.tokens else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document read against a blank."""

    source: str
    statement: Statement
    doubts: tuple[Doubt, ...] = ()
    coverage: Coverage
    places: dict[int, tuple[int, int]] = field(default_factory=dict, repr=False)
    """For a document with pages: the page of each line, and the how manieth printed line it is there."""

    def place_of(self, line: int) -> str:
        """Where a line stands, in words: its page and line there, or its line alone."""
        if line not in self.places:
            return f"line {line}"
        page, count = self.places[line]
        return f"page {page}, line {count}"

    @property
    def notices(self) -> tuple[str, ...]:
        """What to know before the figures: the form is another year's, pages of it are not there."""
        return (*self.statement.notices, *self._missing_pages())

    def _missing_pages(self) -> Iterator[str]:
        """The pages of the form that the document lacks; of those behind its last, that it may be cut off."""
        statement = self.statement
        form = [name for name, page in statement.blank.pages.items() if not page.is_detail]
        there = [place for place, name in enumerate(form) if name in statement.pages]
        lacks = [name for name in form[: there[-1]] if name not in statement.pages] if there else []
        behind = form[there[-1] + 1 :] if there else []
        if behind:
            yield (
                f"The document ends with {form[there[-1]]}; {_named(behind)} of the form "
                "would follow. It may be cut off."
            )
        if lacks:
            yield f"The document lacks {_named(lacks)} of the form; checks that need them did not run."

    @property
    def repairs(self) -> list[Cell]:
        """The cells that are not simply as printed, in page order."""
        return [
            cell
            for cell in self.statement.cells.values()
            if isinstance(cell.because, Read) and cell.because.repair
        ]

    def as_json(self) -> dict[str, Any]:
        """The reading as plain data, for `jurat read --json`."""
        statement = self.statement
        order = {name: place for place, name in enumerate(statement.blank.pages)}
        cells = sorted(statement.cells.values(), key=lambda cell: order[cell.address.page])
        return {
            "source": self.source,
            "company": statement.company,
            "year": statement.year,
            "blank": {"kind": statement.blank.kind, "year": statement.blank.year},
            "notices": list(self.notices),
            "pages": [name for name in statement.blank.pages if name in statement.pages],
            "none_pages": [name for name in statement.blank.pages if name in statement.none_pages],
            "cells": [self._placed(cell_as_json(statement, cell)) for cell in cells],
            "doubts": [
                self._placed(
                    {
                        "address": str(doubt.address) if doubt.address else None,
                        "seen": doubt.seen,
                        "chosen": doubt.chosen,
                        "why": doubt.why,
                        "source_line": doubt.line,
                        "rejected": list(doubt.rejected),
                        "is_weak": doubt.is_weak,
                    }
                )
                for doubt in self.doubts
            ],
            "coverage": {
                "tokens": self.coverage.tokens,
                "share": round(self.coverage.share, 6),
                "placed": dict(sorted(self.coverage.placed.items())),
                "unplaced": [list(token) for token in self.coverage.unplaced],
            },
        }

    def _placed(self, entry: dict[str, Any]) -> dict[str, Any]:
        """An entry with page and line on it beside its line, where the document has pages."""
        if entry["source_line"] in self.places:
            page, count = self.places[entry["source_line"]]
            entry |= {"source_page": page, "source_page_line": count}
        return entry


def _named(pages: list[str]) -> str:
    """Pages by name, the first few of many."""
    few = ", ".join(pages[:_FEW])
    return few if len(pages) <= _FEW else f"{few} and {len(pages) - _FEW} more"


def cell_as_json(statement: Statement, cell: Cell) -> dict[str, Any]:
    """One cell as plain data: whole dollars as integers, factors and percents as numbers."""
    address = cell.address
    row: int | None = address.row or None
    if address.row == TOTAL_ROW:
        row = len(statement.rows.get((address.page, address.line), ())) + 1
    value: int | float | str | None = cell.value
    if isinstance(value, int) and cell.kind in (Kind.FACTOR, Kind.PERCENT):
        value = round(value / 10**cell.kind.decimals, cell.kind.decimals)
    if cell.state is CellState.NOT_APPLICABLE:
        value = "XXX"
    because = cell.because if isinstance(cell.because, Read) else None
    repair = because.repair if because else None
    return {
        "page": address.page,
        "line": address.line,
        "column": address.column,
        "inset": address.inset or None,
        "row": row,
        "kind": str(cell.kind),
        "value": value,
        "state": str(cell.state),
        "raw": because.raw if because else None,
        "source_line": because.line if because else None,
        "repair": None
        if repair is None
        else {
            "seen": repair.seen,
            "chosen": repair.chosen,
            "proof": repair.proof,
            "rejected": list(repair.rejected),
        },
    }
