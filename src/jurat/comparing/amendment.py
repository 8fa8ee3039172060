"""From a filed and a corrected statement the amendment: what is attached, and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jurat.checks import Finding
from jurat.comparing.changes import ChangedCell
from jurat.comparing.comparison import Comparison, compare
from jurat.statement import Cell, CellState, Given, Statement
from jurat.words import Address, UsageError

COVER = "cover"
_ITEMS = ("a", "b1", "b2", "b3")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPage:
    """A page to be attached."""

    number: str
    name: str
    title: str
    cells: int
    """How many of its cells changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One correction: the cell that was changed, and every total that follows from it."""

    cell: ChangedCell
    follows: tuple[str, ...]
    reason: str = ""
    """The company's own words."""


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """What goes out with an amended statement."""

    number: int
    filed_on: str
    pages: tuple[ChangedPage, ...]
    page_count: int
    """Sheets of paper attached, the jurat page itself not counted."""
    statement: Statement
    """The corrected statement with the jurat items a, b1, b2 and b3 filled."""
    explanations: tuple[Explanation, ...]
    appeared: tuple[Finding, ...]
    went: tuple[Finding, ...]


def amendment(
    filed: Statement,
    corrected: Statement,
    *,
    number: int,
    filed_on: str,
    reasons: Mapping[str, str] | None = None,
) -> Amendment:
    """The amendment that turns a filed statement into the corrected one.

    `filed_on` is its date, as 03/15/2013 or 2013-03-15; `reasons` are the company's words by address.

    Raises  UsageError when the two are of different companies, years or forms, when nothing changed,
            when the number or date cannot stand, and when a reason speaks of a cell that did not change.
    """
    _prove_mates(filed, corrected)
    if number < 1:
        raise UsageError(f"An amendment has no number {number}.", next="The first is number 1.")
    day = _date(filed_on)
    comparison = compare(filed, corrected)
    pages = _pages(comparison)
    if not pages:
        raise UsageError(
            "The corrected statement is the filed one: nothing is to be amended.",
            next="Correct the inputs first, or compare the right two files.",
        )
    explanations = _explanations(comparison, reasons or {})
    count = len({page.number if _is_shared(page) else page.name for page in pages} - {"1"})
    items = {"a": "No", "b1": str(number), "b2": day, "b3": str(count)}
    return Amendment(
        number=number,
        filed_on=day,
        pages=pages,
        page_count=count,
        statement=corrected.replaced(_item(corrected, line, text) for line, text in items.items()),
        explanations=explanations,
        appeared=comparison.appeared,
        went=comparison.went,
    )


def _prove_mates(filed: Statement, corrected: Statement) -> None:
    for what, one, other in (
        ("form", filed.blank.year, corrected.blank.year),
        ("year", filed.year, corrected.year),
        ("company", filed.company, corrected.company),
    ):
        if one != other:
            raise UsageError(
                f"The {what} of the filed statement is {one}, of the corrected one {other}.",
                next="An amendment corrects one filing. For years or companies: jurat compare A B",
            )


def _date(words: str) -> str:
    """A date as the jurat prints it."""
    parts = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", words.strip())
    try:
        day = (
            date(int(parts[3]), int(parts[1]), int(parts[2]))
            if parts
            else date.fromisoformat(words.strip())
        )
    except ValueError as fault:
        raise UsageError(
            f"{words!r} is no date.", next="Write it as 03/15/2013 or 2013-03-15."
        ) from fault
    return f"{day:%m/%d/%Y}"


def _pages(comparison: Comparison) -> tuple[ChangedPage, ...]:
    """The pages that differ, in page order: by a cell, by a stamp, or by being there at all."""
    was, now = comparison.was, comparison.now
    changed: dict[str, int] = {}
    for cell in comparison.cells:
        if not _is_jurat(cell.address):
            changed[cell.page] = changed.get(cell.page, 0) + 1
    stamped = (was.none_pages ^ now.none_pages) | (was.pages ^ now.pages)
    return tuple(
        ChangedPage(
            number=form.declared.number, name=name, title=form.title, cells=changed.get(name, 0)
        )
        for name, form in now.blank.pages.items()
        if name in changed or name in stamped
    )


def _is_shared(page: ChangedPage) -> bool:
    """Whether the page has a number, under which others may stand on one sheet."""
    return page.number not in ("", "-")


def _is_jurat(address: str) -> bool:
    parsed = Address.parse(address)
    return parsed.page == COVER and parsed.line in _ITEMS


def _explanations(comparison: Comparison, reasons: Mapping[str, str]) -> tuple[Explanation, ...]:
    sources = [cell for cell in comparison.sources if not _is_jurat(cell.address)]
    strangers = set(reasons) - {cell.address for cell in sources}
    if strangers:
        raise UsageError(
            f"No cell was changed at {', '.join(sorted(strangers))}.",
            next=f"Changed: {', '.join(cell.address for cell in sources)}",
        )
    return tuple(
        Explanation(
            cell=source,
            follows=tuple(
                cell.address
                for cell in comparison.cells
                if cell.address != source.address
                and any(driver.place == source.address for driver in cell.drivers)
            ),
            reason=reasons.get(source.address, ""),
        )
        for source in sources
    )


def _item(statement: Statement, line: str, text: str) -> Cell:
    slot = statement.blank.pages[COVER].by_id[line].slots[-1]
    return Cell(
        address=slot.address,
        kind=slot.kind,
        state=CellState.VALUE,
        value=text,
        because=Given(source="amendment"),
    )
