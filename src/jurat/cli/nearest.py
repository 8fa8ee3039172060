"""A cell that is not there: the places that were likely meant."""

from jurat.blanks import Blank
from jurat.statement import Statement
from jurat.statement.explain import caption_of
from jurat.words import Address, UsageError, nearest

_NAMED = 3


def cell_at(statement: Statement, words: str) -> Address:
    """The address of a cell the blank asks for.

    Raises  UsageError naming the nearest cells, each with its caption, when there is none.
    """
    try:
        return statement[words].address
    except UsageError as fault:
        raise UsageError(fault.what, next=_advice(statement, words) or fault.next) from fault


def page_advice(blank: Blank, page: str) -> str:
    """What to do about a page that is not there."""
    meant = " or ".join(nearest(page, blank.pages))
    return f"{f'Perhaps {meant}. ' if meant else ''}All pages: jurat blank list"


def _advice(statement: Statement, words: str) -> str:
    page, *rest = words.strip().split(":")
    meant = (
        page
        if page in statement.blank.pages
        else next(iter(nearest(page, statement.blank.pages)), "")
    )
    if not meant:
        return "Write page:line:column, as liabilities:17:3. All pages: jurat blank list"
    if not rest:
        return (
            f"Give line and column too. The page: jurat blank show {statement.blank.year} {meant}"
        )
    cells = [str(slot.address) for slot in statement.all_slots() if slot.address.page == meant]
    found = _alike(":".join([meant, *rest]), cells)
    told = [f"{cell}  {_told(statement, Address.parse(cell))}".rstrip() for cell in found]
    lead = "Perhaps" if told else f"See jurat blank show {statement.blank.year} {meant}"
    return "\n    ".join([lead, *told])


def _told(statement: Statement, address: Address) -> str:
    """A cell's caption and column, as the page prints them."""
    line = statement.blank.line(address.page, address.line)
    column = line.column(address.column) if line and not address.inset else None
    told = [f"{column.over}: {column.caption}" if column.over else column.caption] if column else []
    return ", ".join(words for words in (caption_of(statement, address), *told) if words)


def _alike(words: str, cells: list[str]) -> list[str]:
    """Cells of the line that was named, else those whose address is most alike."""
    line = words.rpartition(":")[0] if words.count(":") > 1 else words
    same = [cell for cell in cells if _plain(cell).startswith(f"{_plain(line)}:")]
    return same[: _NAMED + 1] or nearest(words, cells)


def _plain(words: str) -> str:
    """An address without the parentheses of a note, in small letters."""
    return words.lower().replace("(", "").replace(")", "")
