"""Write-ins: any number of them; the first three stand on the page, the rest on the overflow page."""

from collections.abc import Iterator
from pathlib import Path

from jurat.blanks import Blank, FormLine, Role, RowGroup
from jurat.keeping.entries import LAST_OVERFLOW, Asked, Entry, cell_given
from jurat.keeping.faults import Faults
from jurat.keeping.tables import Row, rows_of
from jurat.words import Address, nearest

NAME = "write_ins.csv"
REQUIRED = ("page", "line", "name", "column", "amount")
OPTIONAL = ("source", "note")
COLUMNS = (*REQUIRED, *OPTIONAL)
ON_PAGE = 3


def write_ins_of(folder: Path, asked: Asked, faults: Faults) -> Iterator[Entry]:
    """The entries of `write_ins.csv`: a row for each amount, named and numbered as they come."""
    path = folder / NAME
    if not path.exists():
        return
    named: dict[tuple[str, str], list[str]] = {}
    for row in rows_of(path, NAME, REQUIRED, OPTIONAL, faults):
        page, line, name = row["page"], row["line"], row["name"]
        if not _may_write_in(asked.blank, row, faults):
            continue
        names = named.setdefault((page, line), [])
        if name not in names:
            names.append(name)
            yield from _named(row, asked, len(names))
        at = _line(asked.blank, page, line, names.index(name) + 1)
        if at is None:
            most = _most(asked.blank, page, line)
            faults.add(
                row.at("name"), f"{page}, line {line}, has room for {most} write-ins.", "Join some."
            )
        elif row["amount"]:
            address = Address(*at, row["column"])
            where = row.at("amount" if asked.kind(address) else "column")
            cell = cell_given(asked, address, row["amount"], row.told, where)
            if cell:
                yield Entry(cell=cell, where=row.where)


def _may_write_in(blank: Blank, row: Row, faults: Faults) -> bool:
    page, line = row["page"], row["line"]
    if page not in blank.pages:
        meant = nearest(page, blank.pages, 1)
        faults.add(
            row.at("page"),
            f"there is no page {page[:40]!r}.",
            f"Did you mean {meant[0]}?" if meant else "",
        )
        return False
    lines = sorted({one.group for one in blank.pages[page].lines if one.role is Role.WRITE_IN})
    if line not in lines:
        told = ", ".join(lines) or "none"
        faults.add(
            row.at("line"), f"nothing is written in for line {line[:40]!r}.", f"Lines: {told}."
        )
        return False
    if not row["name"]:
        faults.add(row.at("name"), "a write-in needs a name.")
    return bool(row["name"])


def _named(row: Row, asked: Asked, number: int) -> Iterator[Entry]:
    """The name of a write-in, once."""
    at = _line(asked.blank, row["page"], row["line"], number)
    if at is not None:
        cell = cell_given(asked, Address(*at), row["name"], row.where, row.at("name"))
        if cell:
            yield Entry(cell=cell, where=row.where)


def _line(blank: Blank, page: str, line: str, number: int) -> tuple[str, str] | None:
    """Where the nth write-in of a line stands: its page and its line."""
    if number <= ON_PAGE:
        details = [one for one in blank.pages[page].lines if _is_detail(one, line)]
        return (page, details[number - 1].id) if number <= len(details) else None
    group = _overflow(blank, page, line)
    if group is None or number > LAST_OVERFLOW:
        return None
    return group.page, group.line_id(number)


def _most(blank: Blank, page: str, line: str) -> int:
    """How many write-ins a line has room for."""
    details = [one for one in blank.pages[page].lines if _is_detail(one, line)]
    return LAST_OVERFLOW if _overflow(blank, page, line) else min(len(details), ON_PAGE)


def _overflow(blank: Blank, page: str, line: str) -> RowGroup | None:
    """The rows of the overflow page that carry a line's further write-ins."""
    first = next((one for one in blank.pages[page].lines if _is_detail(one, line)), None)
    if first is None:
        return None
    prefix = first.id[: -len("01")]
    for group in blank.groups():
        if group.source == page and group.printed_prefix == prefix:
            return group
    return None


def _is_detail(line: FormLine, of: str) -> bool:
    return line.role is Role.WRITE_IN and line.group == of
