"""A statement as the sheets of paper it is printed on."""

from collections.abc import Iterable, Iterator

from jurat.blanks import Form, FormLine
from jurat.blanks.form import OVERFLOW
from jurat.publishing.blocks import Block, Gap, Grid, Head, Row, Sheet, Title, plain
from jurat.publishing.cover import COVER, cover_blocks
from jurat.publishing.pages import NewSheet, PageBlocks, head_of
from jurat.publishing.questions import QuestionBlocks
from jurat.statement import Statement
from jurat.words.page import Line, Table


def sheets_of(statement: Statement) -> list[Sheet]:
    """Every page the statement has, in the order of the print; a page's number parts sheets."""
    sheets: list[list[Block]] = []
    numbers: list[str] = []
    last, schedules = "", 0
    for form in forms_of(statement):
        number = form.declared.number
        if number in ("", "-") or number != last:
            schedules += number in ("", "-")
            sheets.append([])
            numbers.append(number if number not in ("", "-") else f"SI{schedules:02d}")
        else:
            sheets[-1].append(Gap())
        last = number
        for part in _sheet_parts(blocks_of(statement, form)):
            if part.index:
                sheets.append([])
                numbers.append(f"{number}.{part.index}")
            sheets[-1] += part.blocks
    return [
        Sheet(number=number, blocks=tuple(blocks), has_running_head=number != "1")
        for number, blocks in zip(numbers, sheets, strict=True)
    ]


class _Part:
    """The blocks of a page on one sheet."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.blocks: list[Block] = []


def _sheet_parts(blocks: Iterable[Block | NewSheet]) -> list[_Part]:
    parts = [_Part(0)]
    for block in blocks:
        if isinstance(block, NewSheet):
            parts.append(_Part(len(parts)))
        else:
            parts[-1].blocks.append(block)
    return parts


def forms_of(statement: Statement) -> Iterator[Form]:
    """The pages the statement has, in the order of the print."""
    present = statement.pages | statement.none_pages | {a.page for a in statement.cells}
    return (form for name, form in statement.blank.pages.items() if name in present)


def blocks_of(statement: Statement, form: Form) -> Iterable[Block | NewSheet]:
    """One page from its title to its notes, whatever kind of page it is."""
    if form.name == COVER:
        return [Title(text=form.title, is_main=True), Gap(), *cover_blocks(statement, form)]
    if form.name == OVERFLOW:
        return _overflow(statement, form)
    is_asked = any(
        isinstance(part, Table) or (isinstance(part, Line) and part.kind and part.kind.is_box)
        for part in form.declared.parts
    )
    return (QuestionBlocks if is_asked else PageBlocks)(statement, form).blocks()


def _overflow(statement: Statement, form: Form) -> Iterator[Block]:
    """The write-ins that found no room on their page, under that page's name."""
    pages = PageBlocks(statement, form)
    yield from pages.title()
    for group in form.groups:
        keys = statement.rows.get((group.page, group.id), [])
        total = next(line for line in form.lines if line.group == group.id)
        if not keys and not any(pages.shown(slot) for slot in total.slots):
            continue
        source = statement.blank.pages[group.source]
        line = next(line for line in source.lines if line.id == f"{total.number[:-2]}98")
        yield Title(text=f"Additional Write-ins for {_name(source)} Line {line.group}")
        yield Gap()
        rows = [pages.numbered_row(group, key, f"{total.number[:-2]}{key:02d}.") for key in keys]
        yield Grid(
            page=OVERFLOW,
            heads=tuple(head_of(column) for column in total.columns),
            rows=(*rows, _overflow_total(pages, total)),
            leads=(Head(),),
        )
        yield Gap()


def _overflow_total(pages: PageBlocks, total: FormLine) -> Row:
    fields = pages.fields(total.columns, total.slots)
    return Row(number=f"{total.number}.", caption=plain(total.caption), fields=fields)


def _name(form: Form) -> str:
    """What other pages call a page, at its fullest."""
    names = [name for name in form.declared.called if not name.startswith("Page ")]
    return max(names, key=len) if names else form.title
