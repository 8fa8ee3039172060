"""Two statements compared: cells, write-ins, pages, findings."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from jurat.checks import Finding, Outcome, examine
from jurat.comparing.changes import ChangedCell, changed_cells
from jurat.comparing.places import WRITE_IN, Places
from jurat.statement import CellState, Statement
from jurat.words import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteIn:
    """A line the filer named, with its figures."""

    page: str
    address: str
    name: str
    figures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What a later statement has that an earlier one has not."""

    was: Statement
    now: Statement
    cells: tuple[ChangedCell, ...]
    write_ins_new: tuple[WriteIn, ...]
    write_ins_gone: tuple[WriteIn, ...]
    pages_new: tuple[str, ...]
    pages_gone: tuple[str, ...]
    stamps_new: tuple[str, ...]
    """Pages that say NONE in the later statement alone."""
    stamps_gone: tuple[str, ...]
    appeared: tuple[Finding, ...]
    """Breaks of the later statement that the earlier has not."""
    went: tuple[Finding, ...]
    """Breaks of the earlier statement that the later has no more."""

    @cached_property
    def sources(self) -> tuple[ChangedCell, ...]:
        """The cells that changed by themselves: from these all others follow."""
        return tuple(cell for cell in self.cells if cell.is_source)

    @cached_property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        stamps = self.stamps_new or self.stamps_gone
        return not (self.cells or self.pages_new or self.pages_gone or stamps)


def compare(was: Statement | Outcome, now: Statement | Outcome) -> Comparison:
    """An earlier and a later statement side by side: two drafts, years or companies.

    Cells are the same by their stable names, so that a renumbered line is compared with itself. Each
    changed total names the changed cells below it, whose shares sum to its change.

    >>> from jurat.blanks import load_blank
    >>> pages = frozenset({"imr"})
    >>> empty = Statement(blank=load_blank(), year=2012, cells={}, pages=pages)
    >>> one = empty.with_figures({Address("imr", "1", "1"): 5})
    >>> [(cell.address, cell.difference) for cell in compare(empty, one).cells]
    [('imr:1:1', 5)]
    """
    before, after = (one if isinstance(one, Outcome) else examine(one) for one in (was, now))
    old, new = before.statement, after.statement
    written = _write_ins(old), _write_ins(new)
    breaks = _breaks(before), _breaks(after)
    return Comparison(
        was=old,
        now=new,
        cells=changed_cells(old, new),
        write_ins_new=tuple(one for key, one in written[1].items() if key not in written[0]),
        write_ins_gone=tuple(one for key, one in written[0].items() if key not in written[1]),
        pages_new=_in_order(new, new.pages - old.pages),
        pages_gone=_in_order(old, old.pages - new.pages),
        stamps_new=_in_order(new, new.none_pages - old.none_pages),
        stamps_gone=_in_order(old, old.none_pages - new.none_pages),
        appeared=tuple(f for key, f in breaks[1].items() if key not in breaks[0]),
        went=tuple(f for key, f in breaks[0].items() if key not in breaks[1]),
    )


def _in_order(statement: Statement, pages: frozenset[str]) -> tuple[str, ...]:
    """Some pages in the order of the form."""
    return tuple(name for name in statement.blank.pages if name in pages)


def _write_ins(statement: Statement) -> dict[Hashable, WriteIn]:
    """The write-ins by page, line and name, wherever among the details they stand."""
    found: dict[Hashable, list[Address]] = {}
    for place, address in Places(statement, by_name=True).address_of.items():
        if WRITE_IN in place[2:3]:
            twin = place[-1] if place[-1].startswith("#") else ""
            found.setdefault((*place[:4], twin), []).append(address)
    made: dict[Hashable, WriteIn] = {}
    for key, addresses in found.items():
        name, *figures = (statement[address] for address in addresses)
        made[key] = WriteIn(
            page=name.address.page,
            address=f"{name.address.page}:{name.address.line}:",
            name=name.shown,
            figures=tuple(c.shown for c in figures if c.state is CellState.VALUE),
        )
    return made


def _breaks(outcome: Outcome) -> dict[Hashable, Finding]:
    """The breaks by what they speak of, in stable names."""
    place_of = Places(outcome.statement).place_of
    found: dict[Hashable, Finding] = {}
    for finding in (f for f in outcome.findings if f.is_break):
        cells = [place_of.get(Address.parse(cell), (cell,)) for cell in finding.cells[:1]]
        own = "" if finding.id.partition(".")[0] in outcome.statement.blank.pages else finding.id
        key = (own, finding.id.endswith(".tie"), *cells)
        found.setdefault(key if own else (*key, finding.law.partition("=")[2]), finding)
    return found
