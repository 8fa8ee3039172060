"""A page of the blank as written: parsed line by line into declarations."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from jurat.money import Kind
from jurat.words.captions import Inset, insets_of
from jurat.words.errors import BlankError


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A rule written below a line: where it holds, how, and how near."""

    text: str
    column: str = ""
    inset: str = ""
    fills: bool
    rounding: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a page or of a table."""

    number: str
    name: str
    caption: str
    kind: Kind = Kind.MONEY
    over: str = ""
    laws: tuple[Law, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A factor the form prints, in ten-thousandths, with its note mark; no value: a mark alone."""

    value: int | None
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line, head or footnote of a page."""

    number: str
    name: str
    caption: str
    is_head: bool = False
    is_note: bool = False
    kind: Kind | None = None
    only: tuple[str, ...] = ()
    xxx: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    place: str = ""
    stub: str = ""
    factors: tuple[Factor, ...] = ()
    laws: tuple[Law, ...] = ()
    words: tuple[str, ...] = ()
    where: str = ""

    @property
    def insets(self) -> tuple[Inset, ...]:
        """The blanks of the caption."""
        return insets_of(self.caption)

    @property
    def id(self) -> str:
        """The number as printed, or the name where none is printed."""
        return self.number or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """As many numbered rows as the filer has, with their total line."""

    section: str
    name: str
    total: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table under an interrogatory."""

    number: str
    name: str
    caption: str
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    has_rows: bool = False
    total: str = ""
    total_xxx: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteIns:
    """The details of write-ins of some lines."""

    lines: tuple[str, ...]


Part = Line | Rows | Table | WriteIns


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, exhibit or schedule as its file declares it."""

    number: str
    name: str
    title: str
    called: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    is_unknown: bool = False
    stub: str = ""
    columns: tuple[Column, ...] = ()
    parts: tuple[Part, ...] = ()
    path: str = field(default="", compare=False)


_KINDS = {str(kind): kind for kind in Kind}
_FACTOR = re.compile(r"(\d?\.\d{4})?(?:\s*(\(\w\)))?")
_PLACE = re.compile(r"^(.*?)\s+in Col\. (\w+)$")


def read_page(path: Path) -> Page:
    """Parse one `.page` file.

    Raises  BlankError naming file and line of the first thing that is not in the notation.
    """
    return _Reader(path.name).read(path.read_text(encoding="utf-8"))


class _Reader:
    """Reads statements in order; keeps the page, the table and the head it is in."""

    def __init__(self, name: str) -> None:
        self.file = name
        self.page: Page | None = None
        self.columns: list[Column] = []
        self.parts: list[Part] = []
        self.over = ""
        self.head_xxx: tuple[str, ...] = ()
        self.table: Table | None = None
        self.last = ""

    def read(self, text: str) -> Page:
        for number, raw in enumerate(text.splitlines(), 1):
            self.where = f"{self.file}:{number}"
            if raw.strip() and not raw.startswith("#"):
                self._statement(raw)
        self._close_table()
        if self.page is None:
            raise BlankError("The file declares no page.", where=self.file)
        return replace(self.page, columns=tuple(self.columns), parts=tuple(self.parts))

    def _statement(self, raw: str) -> None:
        fields = re.split(r"\s{2,}", raw.strip())
        noun, _, rest = fields[0].partition(" ")
        fields = [rest, *fields[1:]] if rest else fields[1:]
        indented = raw[0].isspace()
        if indented and (noun in (":=", "~", "words") or noun.startswith("${")):
            return self._below(raw.strip(), noun)
        if indented and self.table and noun in ("col", "line", "rows"):
            return self._in_table(noun, fields)
        if indented and noun in ("above", "below", "unknown") and self.page:
            return self._of_page(noun, " ".join(fields).strip())
        if indented or not hasattr(self, f"_{noun.replace('-', '_')}"):
            raise BlankError(f"{noun!r} is no noun of the notation.", where=self.where)
        if noun not in ("over", "stub"):
            self._close_table()
        getattr(self, f"_{noun.replace('-', '_')}")(fields)
        return None

    # -- statements in the first column -------------------------------------------------

    def _page(self, fields: list[str]) -> None:
        number, name, title, *rest = fields
        called = tuple(rest[0].removeprefix("called ").split("; ")) if rest else ()
        self.page = Page(
            number=_blank(number), name=name, title=title, called=called, path=self.file
        )

    def _over(self, fields: list[str]) -> None:
        self.over = _blank(fields[0])

    def _stub(self, fields: list[str]) -> None:
        assert self.page is not None
        self.page = replace(self.page, stub=fields[1])

    def _col(self, fields: list[str]) -> None:
        self.columns.append(self._column(fields, self.over))
        self.last = "column"

    def _head(self, fields: list[str]) -> None:
        head = self._line_of(fields, is_head=True)
        self.head_xxx = head.xxx
        self.parts.append(head)

    def _line(self, fields: list[str]) -> None:
        line = self._line_of(fields)
        self.parts.append(replace(line, xxx=line.xxx or self.head_xxx))

    def _note(self, fields: list[str]) -> None:
        self.parts.append(replace(self._line_of(fields), is_note=True))

    def _rows(self, fields: list[str]) -> None:
        section, name, total, caption = [*fields, "", "", "", ""][:4]
        self.parts.append(Rows(section=section, name=name or "rows", total=total, caption=caption))

    def _table(self, fields: list[str]) -> None:
        number, name, caption = fields
        self.table = Table(number=_blank(number), name=name, caption=caption)

    def _write_ins(self, fields: list[str]) -> None:
        self.parts.append(WriteIns(lines=tuple(fields)))

    # -- statements below another -------------------------------------------------------

    def _of_page(self, noun: str, text: str) -> None:
        assert self.page is not None
        if noun == "unknown":
            self.page = replace(self.page, is_unknown=True)
        elif noun == "above":
            self.page = replace(self.page, above=(*self.page.above, text))
        else:
            self.page = replace(self.page, below=(*self.page.below, text))

    def _in_table(self, noun: str, fields: list[str]) -> None:
        assert self.table is not None
        if noun == "col":
            column = self._column(fields, "")
            self.table = replace(self.table, columns=(*self.table.columns, column))
            self.last = "table column"
        elif noun == "line":
            self.table = replace(self.table, lines=(*self.table.lines, self._line_of(fields)))
            self.last = "table line"
        else:
            total = [text for text in fields if text.startswith("total ")]
            xxx = [text for text in fields if text.startswith("xxx ")]
            self.table = replace(
                self.table,
                has_rows=True,
                total=total[0].removeprefix("total ") if total else "",
                total_xxx=tuple(xxx[0].split()[1:]) if xxx else (),
            )

    def _close_table(self) -> None:
        if self.table is not None:
            self.parts.append(self.table)
            self.table = None

    def _below(self, text: str, noun: str) -> None:
        if noun == "words":
            self._amend(lambda line: replace(line, words=(*line.words, text[5:].strip())))
            return
        law = self._law(text)
        if self.last == "column":
            self.columns[-1] = replace(self.columns[-1], laws=(*self.columns[-1].laws, law))
        else:
            self._amend(lambda line: replace(line, laws=(*line.laws, law)))

    def _amend(self, change) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        if self.table is not None and self.table.lines:
            lines = self.table.lines
            self.table = replace(self.table, lines=(*lines[:-1], change(lines[-1])))
        elif self.parts and isinstance(self.parts[-1], Line):
            self.parts[-1] = change(self.parts[-1])
        else:
            raise BlankError("This rule stands below no line.", where=self.where)

    # -- fields -------------------------------------------------------------------------

    def _law(self, text: str) -> Law:
        inset = ""
        if match := re.match(r"\$\{(\w+)\}\s*(?=:=|~)", text):
            inset, text = match[1], text[match.end() :]
        if text[:2] != ":=" and text[:1] != "~":
            raise BlankError(f"{text!r} is neither a rule (:=) nor a tie (~).", where=self.where)
        fills = text.startswith(":=")
        text = text.removeprefix(":=").removeprefix("~").strip()
        rounding = bool(re.search(r"\s{2,}rounding$", text))
        text = re.sub(r"\s{2,}rounding$", "", text)
        column = ""
        if match := _PLACE.match(text):
            text, column = match[1], match[2]
        return Law(
            text=" ".join(text.split()), column=column, inset=inset, fills=fills, rounding=rounding, where=self.where
        )

    def _column(self, fields: list[str], over: str) -> Column:
        number, name, caption, *rest = fields
        laws = tuple(self._law(text) for text in rest if text.startswith((":=", "~")))
        kinds = [_KINDS[text] for text in rest if text in _KINDS]
        unread = [text for text in rest if text not in _KINDS and not text.startswith((":=", "~"))]
        if unread:
            raise BlankError(f"{unread[0]!r} is no field of a column.", where=self.where)
        return Column(
            number=_blank(number), name=name, caption=_blank(caption), over=over, laws=laws,
            kind=kinds[0] if kinds else Kind.MONEY,
        )

    def _line_of(self, fields: list[str], *, is_head: bool = False) -> Line:
        self.last = "line"
        number, name, *rest = fields
        stub = ""
        if self.page and self.page.stub and not is_head and not number.startswith("("):
            stub, *rest = rest
        caption, *rest = rest or [""]
        line = Line(number=_blank(number), name=name, caption=_blank(caption), stub=_blank(stub),
                    is_head=is_head, where=self.where)
        for text in rest:
            line = self._field(line, text)
        return line

    def _field(self, line: Line, text: str) -> Line:
        first, _, others = text.partition(" ")
        if text in _KINDS:
            return replace(line, kind=_KINDS[text])
        if first in ("only", "xxx"):
            return replace(line, **{first: tuple(others.split())})
        if match := re.fullmatch(r"mark (\(\w\)) in (?:Col\. )?(\w+)", text):
            return replace(line, marks=(*line.marks, (match[1], match[2])))
        if match := re.fullmatch(r"in Col\. (\w+)", text):
            return replace(line, place=match[1])
        if text.startswith((":=", "~")):
            return replace(line, laws=(*line.laws, self._law(text)))
        if text and (match := _FACTOR.fullmatch(text)):
            value = round(float(match[1]) * 10_000) if match[1] else None
            return replace(line, factors=(*line.factors, Factor(value=value, mark=match[2] or "")))
        raise BlankError(
            f"{text!r} is no field of a line.",
            where=self.where,
            next="Fields part at two or more spaces; docs/reference/page-notation.md lists them.",
        )


def _blank(text: str) -> str:
    return "" if text == "-" else text
