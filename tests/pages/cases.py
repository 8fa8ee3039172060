"""Cases an accountant can review: what is given, what a page must come to.

    given  [prior] ADDRESS  FIGURE  [a remark]
    expect ADDRESS  FIGURE  [because RULE]  [a remark]

`case NAME` opens a case. Fields part at two or more spaces; `prior` gives a cell of last year's
statement. The statement has the pages the case speaks of, and no others.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import jurat
from jurat.money import Kind, format_figure, parse_figure
from jurat.statement import Cell, CellState, Computed, Statement, fill
from jurat.words import Address

HERE = Path(__file__).parent


@dataclass
class Case:
    """One example worked by hand."""

    name: str
    given: dict[Address, str] = field(default_factory=dict)
    prior: dict[Address, str] = field(default_factory=dict)
    expect: list[tuple[Address, str, str]] = field(default_factory=list)


def read_cases(path: Path) -> list[Case]:
    """The cases of a file."""
    cases: list[Case] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        verb, _, rest = raw.partition(" ")
        if not raw.strip() or raw.startswith("#"):
            continue
        if verb == "case":
            cases.append(Case(f"{path.stem}:{number} {rest.strip()}"))
            continue
        place, figure, *remarks = re.split(r"\s{2,}", rest.strip())
        address = Address.parse(place.removeprefix("prior "))
        if verb == "expect":
            rule = next((r for r in remarks if r.startswith("because ")), "")
            cases[-1].expect.append((address, figure, rule.removeprefix("because ")))
        elif verb == "given":
            kept = cases[-1].prior if place.startswith("prior ") else cases[-1].given
            kept[address] = figure
        else:
            raise ValueError(f"{path.name}:{number}: {verb!r} is neither given nor expect")
    return cases


@cache
def kinds() -> dict[Address, Kind]:
    """What each fixed cell of the blank holds."""
    return {slot.address: slot.kind for slot in jurat.load_blank().slots()}


def statement_of(case: Case) -> Statement:
    """The statement a case gives, with last year's if it gives one."""
    pages = frozenset(a.page for a in (*case.given, *(address for address, *_ in case.expect)))
    prior = made(case.prior, pages) if case.prior else None
    return made(case.given, pages, prior)


def made(
    figures: dict[Address, str], pages: frozenset[str], prior: Statement | None = None
) -> Statement:
    """A statement that holds these printed figures."""
    cells = {}
    for address, printed in figures.items():
        kind = kinds().get(address, Kind.MONEY)
        value = parse_figure(printed, kind)
        cells[address] = Cell(address=address, kind=kind, state=CellState.VALUE, value=value)
    blank = jurat.load_blank()
    return Statement(blank=blank, year=2012, cells=cells, pages=pages, prior=prior)


def told(case: Case) -> list[str]:
    """What the filled statement says otherwise than the case expects."""
    filled, wrong = fill(statement_of(case)), []
    for address, printed, rule in case.expect:
        cell = filled[address]
        if not isinstance(cell.value, int) or cell.value != parse_figure(printed, cell.kind):
            wrong.append(f"{address} is {cell.shown or 'blank'}, expected {printed}")
        elif rule and not (isinstance(cell.because, Computed) and cell.because.words == rule):
            wrong.append(f"{address} is {format_figure(cell.value)} for another reason than {rule}")
    return wrong
