"""The pages of a statement as HTML, laid out as the print lays them out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from jurat.blanks import Form, Slot
from jurat.blanks.form import OVERFLOW
from jurat.money import Kind
from jurat.publishing.blocks import (
    Block,
    Boxes,
    Field,
    Gap,
    Grid,
    Head,
    Paragraph,
    Question,
    Row,
    Stamp,
    Style,
    Title,
    Word,
    Words,
    one_line,
    spelled,
)
from jurat.publishing.cover import COVER, cover_blocks
from jurat.publishing.pages import NewSheet, PageBlocks
from jurat.publishing.questions import QuestionBlocks
from jurat.publishing.report_data import FAILS, LIGHTS, WARNS, named
from jurat.publishing.report_markup import Html, counted, fold, joined, tag
from jurat.publishing.sheets import sheets_of
from jurat.statement import Read, Statement
from jurat.words import Address, for_year, insets_of
from jurat.words.captions import split_at_insets
from jurat.words.page import Line, Table

TICKED, EMPTY = "☒", "☐"
_WIDE = 5
"""More columns than this are printed across the paper."""


class _Pages(PageBlocks):
    """Pages whose blank cells keep their address, so that a blank can be lit."""

    def field(self, slot: Slot, *, dollar: bool = False, percent_sign: bool = False) -> Field:
        """A cell with what the form prints around it."""
        made = super().field(slot, dollar=dollar, percent_sign=percent_sign)
        return replace(made, address=slot.address)

    def caption(self, line: str, caption: str, *, is_note: bool = False) -> Words:  # noqa: ARG002
        """A caption with a place for every blank in it, filled or not."""
        first, *others = split_at_insets(for_year(caption, self.statement.year))
        words = [Word(text=first)]
        for inset, rest in zip(insets_of(caption), others, strict=True):
            address = Address(self.form.name, line, inset=inset.number)
            cell = self.statement.cells.get(address)
            sign = [Word(text="$")] if inset.kind is Kind.MONEY else []
            text = one_line(cell.shown) if cell else ""
            words += [*sign, Word(text=text, address=address), Word(text=rest)]
        return tuple(words)


class _Questions(_Pages, QuestionBlocks):
    """Interrogatories likewise."""


def forms_of(statement: Statement) -> list[Form]:
    """The pages the document has, in the order of the blank."""
    present = statement.pages | statement.none_pages | {a.page for a in statement.cells}
    return [form for name, form in statement.blank.pages.items() if name in present]


def _blocks(statement: Statement, form: Form) -> Iterable[Block | NewSheet]:
    if form.name == COVER:
        return [Title(text=form.title), Gap(), *cover_blocks(statement, form)]
    if form.name == OVERFLOW:
        cells = {a: cell for a, cell in statement.cells.items() if a.page == OVERFLOW}
        alone = replace(statement, cells=cells, pages=frozenset({OVERFLOW}), none_pages=frozenset())
        return [block for sheet in sheets_of(alone) for block in sheet.blocks]
    is_asked = any(
        isinstance(part, Table) or (isinstance(part, Line) and part.kind and part.kind.is_box)
        for part in form.declared.parts
    )
    return (_Questions if is_asked else _Pages)(statement, form).blocks()


class PagesHtml:
    """Prints every page, each figure a link that is lit by its grade."""

    def __init__(
        self, statement: Statement, lights: Mapping[str, str], doubtful: Iterable[str] = ()
    ) -> None:
        """Print a statement; `lights` is the light of each cell that has one."""
        self.statement, self.lights = statement, lights
        self.doubtful = frozenset(doubtful)
        self.printed: set[str] = set()
        self.broken = Counter((place.partition(":")[0], light) for place, light in lights.items())

    def index(self) -> Html:
        """The list of pages, with the number of broken figures on each."""
        return joined(self.entry(form, f"#page-{form.name}") for form in forms_of(self.statement))

    def entry(self, form: Form, href: str) -> Html:
        """A page of the list: its number, its title, what is broken on it."""
        number = "" if form.declared.number == "-" else form.declared.number
        mark = joined(self._badge(form.name, light) for light in (FAILS, WARNS))
        if form.name in self.statement.none_pages:
            mark = tag("i", "NONE")
        title = tag("span", "Cover" if form.name == COVER else named(form.title))
        link = tag("a", tag("small", number), title, mark, href=href)
        return tag("li", link)

    def _badge(self, page: str, light: str) -> Html:
        number = self.broken[page, light]
        noun = "figure that fails" if light == FAILS else "figure under a warning"
        many = noun.replace("figure", "figures").replace("fails", "fail")
        told = counted(number, noun, many)
        return tag("b", f"{number}", title=told, class_=light) if number else Html("")

    def pages(self) -> Html:
        """Every page the document has."""
        return joined(self.page(form) for form in forms_of(self.statement))

    def page(self, form: Form) -> Html:
        """One page as the print lays it out."""
        blocks = list(_blocks(self.statement, form))
        titles = [block for block in blocks if isinstance(block, Title)]
        lead = next((t for t in titles if t.text == form.title), titles[0] if titles else None)
        is_empty = form.name in self.statement.none_pages and not any(
            address.page == form.name for address in self.statement.cells
        )
        body: list[Html] = []
        spared: list[Html] = []
        for block in blocks:
            made = self._block(block, is_lead=block is lead)
            keeps = not is_empty or isinstance(block, Title | Stamp)
            (body if keeps else spared).append(made)
        if any(spared):
            body.append(fold("The form's lines, all blank", *spared, class_="spared"))
        where = f"Page {form.declared.number}" if form.declared.number not in ("", "-") else ""
        head = tag("p", where, class_="folio")
        is_wide = any(isinstance(b, Grid) and len(b.heads) > _WIDE for b in blocks)
        kind = "page cover" if form.name == COVER else "page wide" if is_wide else "page"
        return tag("section", head, *body, class_=kind, id=f"page-{form.name}")

    def _block(self, block: Block | NewSheet, *, is_lead: bool) -> Html:
        match block:
            case Title(text=text):
                return tag("h3" if is_lead else "p", text, class_="title")
            case Grid():
                return self._grid(block)
            case Question():
                return self._question(block)
            case Paragraph(words=words):
                return tag("p", self._words(words), class_="note")
            case Stamp(text=text):
                return tag("p", text, class_="stamp")
            case Gap() | NewSheet():
                return Html('<hr class="sheet">' if isinstance(block, NewSheet) else "")

    # -- tables ----------------------------------------------------------------------------

    def _grid(self, grid: Grid) -> Html:
        has_stub = any(row.stub for row in grid.rows)
        leads = 2 + has_stub - (grid.style is Style.INLINE)
        rows = [html for row in grid.rows for html in self._row(row, grid, leads)]
        if not rows:
            empty = "no row is filled"
            rows = [tag("tr", tag("td", empty, colspan=f"{leads + len(grid.heads)}", class_="nil"))]
        table = tag("table", _heads(grid, leads), tag("tbody", *rows))
        return tag("div", table, class_="scroll", tabindex="-1")

    def _row(self, row: Row, grid: Grid, leads: int) -> Iterator[Html]:
        if row.section:
            span = f"{leads + len(grid.heads)}"
            yield tag("tr", tag("th", row.section, colspan=span, scope="rowgroup"), class_="head")
        number = tag("td", row.number, class_="no")
        stub = [tag("td", row.stub, class_="stub")] if any(r.stub for r in grid.rows) else []
        words = self._words(row.caption)
        caption = [] if grid.style is Style.INLINE else [tag("th", words, scope="row")]
        kind = "head" if row.is_head else "sub" if row.is_sub else ""
        fields = [self._field(field) for field in row.fields]
        yield tag("tr", number, *stub, *caption, *fields, class_=kind, id=self.row_id(row.fields))

    def row_id(self, fields: Iterable[Field]) -> str:  # noqa: ARG002  what a site names
        """The anchor of a row; in one file of everything only figures have one."""
        return ""

    def _field(self, field: Field) -> Html:
        before = tag("i", field.before) if field.before else Html("")
        after = tag("i", field.after) if field.after else Html("")
        figure = self.figure(field.address, field.text, field.boxes)
        return tag("td", before, figure, after, class_="" if field.kind.is_figure else "words")

    # -- questions and words ---------------------------------------------------------------

    def _question(self, question: Question) -> Html:
        answer = question.answer
        number = tag("span", question.number, class_="no")
        words = tag("span", self._words(question.caption), class_="asked")
        if answer is None:
            return tag("div", number, words, class_="question")
        anchor = self.row_id([answer])
        before = tag("i", answer.before) if answer.before else Html("")
        after = tag("i", answer.after) if answer.after else Html("")
        figure = self.figure(answer.address, answer.text, answer.boxes)
        given = tag("span", before, figure, after, class_="answer")
        return tag("div", number, words, given, class_="question", id=anchor)

    def _words(self, words: Words) -> Html:
        return joined(
            word.text
            if word.address is None and word.boxes is Boxes.NONE
            else self.figure(word.address, word.text, word.boxes, is_inset=len(words) > 1)
            for word in words
        )

    def figure(
        self, address: Address | None, text: str, boxes: Boxes, *, is_inset: bool = False
    ) -> Html:
        """A figure as a link to itself; a blank is one only when it is lit."""
        place = str(address) if address else ""
        light = self.lights.get(place, "")
        printed = spelled(text, boxes, TICKED, EMPTY)
        if not place or not (text or (light and not light.endswith(" part"))):
            if is_inset and not printed:
                return tag("span", "", class_="gap")
            return tag("span", printed, class_="form") if printed else Html("")
        if text == "XXX" and not light:
            return tag("span", text, class_="xxx")
        kind = "fig" if not is_inset else "fig inset"
        known = "" if place in self.printed else place
        self.printed.add(place)
        return tag(
            "a",
            printed or "(blank)",
            class_=f"{kind} nought" if not printed else kind,
            id=known,
            href=f"#{place}",
            data_a=place,
            data_g=light,
            data_r=self.reading_of(address),
            title=self.hint(address, light),
        )

    def reading_of(self, address: Address | None) -> str:
        """Whether a figure is not simply as printed, or is in doubt."""
        if str(address) in self.doubtful:
            return "doubt"
        cell = self.statement.cells.get(address) if address else None
        is_mended = cell and isinstance(cell.because, Read) and cell.because.repair
        return "repaired" if is_mended else ""

    def hint(self, address: Address | None, light: str) -> str:
        """What the colours of a figure say, in words."""
        name, _, part = light.partition(" ")
        told = [LIGHTS[name] + (", of which this is one part" if part else "")] if light else []
        read = {"doubt": "in doubt", "repaired": "repaired as it was read"}
        return "; ".join(
            [*told, *(word for word in [read.get(self.reading_of(address), "")] if word)]
        )


def _heads(grid: Grid, leads: int) -> Html:
    """Spanning heads, numbers and captions of the columns, as the print stacks them."""
    heads = grid.heads
    corners = _corners(grid.leads, leads)
    rows: list[list[Html]] = []
    if any(head.over for head in heads):
        rows.append(
            [
                tag("th", over, colspan=f"{len(list(same))}", class_="over" if over else "")
                for over, same in groupby(heads, key=lambda head: head.over)
            ]
        )
    if any(head.number for head in heads):
        rows.append([tag("th", head.number, class_="number") for head in heads])
    if any(head.caption for head in heads) or any(corners):
        rows.append([_head(head) for head in heads])
    if not rows:
        return Html("")
    span = f"{leads - len(corners) + 1}"
    first = [
        tag("th", words, colspan=span, rowspan=f"{len(rows)}", class_="corner") for words in corners
    ]
    made = [tag("tr", *(() if at else first), *row) for at, row in enumerate(rows)]
    return tag("thead", *made)


def _corners(heads: tuple[Head, ...], columns: int) -> list[Html]:
    """What stands above number and caption: a head for each of them, or one for all."""
    told = [
        joined([head.number, Html("<br>") if head.number else "", head.caption]) for head in heads
    ]
    if len(told) == columns:
        return told
    return [joined(told)]


def _head(head: Head) -> Html:
    return tag("th", head.caption, scope="col", class_="" if head.kind.is_figure else "words")
