"""What is proved of each page by itself: numbers and names once, and no column that is not there."""

from collections import Counter
from collections.abc import Iterable, Iterator

from jurat.money import Kind
from jurat.words import BlankError
from jurat.words.page import Column, Line, Page, Rows, Table


def prove_page(page: Page) -> None:
    """Refuse a page that would silently lose something it declares.

    Raises  BlankError naming the file and line of a number or name that stands twice, of a column
            that the page does not have, of a law on a blank that the caption does not have.
    """
    prove_numbers(page)
    for columns, lines in _sheets(page):
        for line in lines:
            _prove_line(line, columns)


def prove_numbers(page: Page) -> None:
    """Refuse a page on which a number or name stands twice.

    Raises  BlankError naming the file and line of the second.
    """
    for columns, _ in _sheets(page):
        _once("column", [(column.number, column.where) for column in columns])
    every = [line for _, lines in _sheets(page) for line in lines]
    _once("line", [(line.id, line.where) for line in every if not line.is_head])
    tables = [(part.name, part.where) for part in page.parts if isinstance(part, Table)]
    _once("name", [*((line.name, line.where) for line in every), *tables])
    _once("rows", [(part.section, part.where) for part in page.parts if isinstance(part, Rows)])


def _sheets(page: Page) -> Iterator[tuple[tuple[Column, ...], list[Line]]]:
    """The page's columns with its own lines, then those of each table."""
    yield page.columns, [part for part in page.parts if isinstance(part, Line)]
    for part in page.parts:
        if isinstance(part, Table):
            yield part.columns, list(part.lines)


def _once(noun: str, told: Iterable[tuple[str, str]]) -> None:
    told = list(told)
    times = Counter(name for name, _ in told)
    for name, where in reversed(told):
        if times[name] > 1:
            raise BlankError(
                f"The {noun} {name or '-'} stands twice.",
                where=where,
                why="The second would hide the first.",
            )


def _prove_line(line: Line, columns: tuple[Column, ...]) -> None:
    known = {column.number for column in columns}
    marked = {column for _, column in line.marks}
    for number in (*line.only, *line.xxx, *sorted(marked), *([line.place] if line.place else ())):
        if number not in known:
            raise BlankError(f"There is no column {number}.", where=line.where)
    asked = known & set(line.only) if line.only else known
    names = {inset.name for inset in line.insets}
    for law in line.laws:
        for number in law.columns:
            if number not in asked:
                raise BlankError(f"The line asks nothing in column {number}.", where=law.where)
        if law.inset and law.inset not in names:
            raise BlankError(
                f"The caption has no blank ${{{law.inset}}}.",
                where=law.where,
                next=f"Blanks of the line: {', '.join(sorted(names)) or 'none'}.",
            )
    if len(line.factors) > sum(column.kind is Kind.FACTOR for column in columns):
        raise BlankError("There are more factors than columns for them.", where=line.where)
