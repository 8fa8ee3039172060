"""The money cells no rule of the blank covers: listed for review, so that none goes unnoticed."""

from collections import Counter

import jurat
from jurat.money import Kind
from jurat.statement import system_for

from .snapshots import hold


def test_the_uncovered_money_cells_are_those_reviewed() -> None:
    blank = jurat.load_blank()
    system = system_for(blank)
    covered = {cell for cell in system.by_cell if system.by_cell[cell]}
    covered |= {cell for p in system.percentages for cell in (p.left, p.part, p.whole)}
    money = [s.address for s in blank.slots() if s.kind is Kind.MONEY and not s.is_xxx]
    bare = [address for address in money if system.index[address] not in covered]
    pages = Counter(address.page for address in bare)
    head = f"# {len(bare)} of {len(money)} fixed money cells take part in no rule\n"
    by_page = "".join(f"# {page}: {count}\n" for page, count in sorted(pages.items()))
    hold("uncovered.txt", head + by_page + "".join(f"{address}\n" for address in bare))
