"""A page of the blank as written: parsed line by line into declarations."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from jurat.money import Kind, parse_figure
from jurat.words.captions import insets_of
from jurat.words.errors import BlankError
from jurat.words.page import Column, Factor, Law, Line, Page, Part, Rows, Table, WriteIns

_KINDS = {str(kind): kind for kind in Kind}
_FACTOR = re.compile(r"(\d?\.\d{4})?(?:\s*(\(\w\)))?")
_PLACE = re.compile(r"^(.*?)\s+in Cols?\. (\w+(?: \w+)*)$")


def read_page(path: Path, *, folder: str = "") -> Page:
    """Parse one `.page` file; `folder` is told in front of its name wherever a place is told.

    Raises  BlankError naming file and line of the first thing that is not in the notation.
    """
    return _Reader(f"{folder}/{path.name}" if folder else path.name).read(
        path.read_text(encoding="utf-8")
    )


def read_part(statements: Sequence[tuple[str, str]], page: Page) -> Part | Column | Page:
    """Parse what one statement declares, with what is indented below it, for a page at hand.

    Each statement comes with where it stands. Raises  BlankError as `read_page` does.
    """
    return _Reader("").part(statements, page)


class _Reader:
    """Reads statements in order; keeps the page, the table and the head it is in."""

    def __init__(self, name: str) -> None:
        self.file, self.where = name, name
        self.page = Page(number="", name="", title="")
        self.columns: list[Column] = []
        self.parts: list[Part] = []
        self.over = ""
        self.head_xxx: tuple[str, ...] = ()
        self.table: Table | None = None
        self.last = ""
        self.nouns: dict[str, Callable[[list[str]], None]] = {
            "page": self._page,
            "over": self._over,
            "stub": self._stub,
            "col": self._col,
            "head": self._head,
            "line": self._line,
            "note": self._note,
            "rows": self._rows,
            "table": self._table,
            "write-ins": self._write_ins,
        }

    def read(self, text: str) -> Page:
        """The page a file declares."""
        for number, raw in enumerate(text.splitlines(), 1):
            self.where = f"{self.file}:{number}"
            if raw.strip() and not raw.startswith("#"):
                self._statement(raw)
        self._close_table()
        if not self.page.name:
            raise BlankError("The file declares no page.", where=f"{self.file}:1")
        return replace(self.page, columns=tuple(self.columns), parts=tuple(self.parts))

    def part(self, statements: Sequence[tuple[str, str]], page: Page) -> Part | Column | Page:
        """The one line, column, table or page that some statements declare."""
        self.page = page
        for self.where, raw in statements:
            self._statement(raw)
        self._close_table()
        declared = [*self.columns, *self.parts]
        return declared[0] if declared else self.page

    def _statement(self, raw: str) -> None:
        fields = re.split(r"\s{2,}", raw.strip())
        noun, _, rest = fields[0].partition(" ")
        fields = [rest, *fields[1:]] if rest else fields[1:]
        is_indented = raw[0].isspace()
        if not self.page.name and noun != "page":
            raise BlankError("A file begins with its page.", where=self.where)
        if not is_indented and noun in self.nouns:
            if noun not in ("over", "stub"):
                self._close_table()
            self.nouns[noun](fields)
        elif is_indented and (noun in (":=", "~", "words") or noun.startswith("${")):
            self._below(raw.strip(), noun)
        elif is_indented and self.table and noun in ("col", "line", "rows"):
            self._in_table(self.table, noun, fields)
        elif is_indented and noun in ("above", "below", "unknown", "detail"):
            self._of_page(noun, " ".join(fields).strip())
        else:
            raise BlankError(
                f"{noun!r} is no noun of the notation.",
                where=self.where,
                next="docs/reference/page-notation.md lists them; indent what is below a line.",
            )

    def _take(self, fields: list[str], *names: str) -> list[str]:
        """At least the fields a noun needs.

        Raises  BlankError naming the one that is not there, or a number one space from its name.
        """
        if len(fields) < len(names):
            raise BlankError(
                f"The statement lacks its {names[len(fields)]}.",
                where=self.where,
                next="Part the fields by two or more spaces.",
            )
        if names[0] == "number" and " " in fields[0]:
            raise BlankError(
                f"{fields[0]!r} is no number.",
                where=self.where,
                next="Part the number from the name by two or more spaces.",
            )
        return fields

    # -- statements in the first column -------------------------------------------------

    def _page(self, fields: list[str]) -> None:
        number, name, title, *rest = self._take(fields, "number", "name", "title")
        called = tuple(rest[0].removeprefix("called ").split("; ")) if rest else ()
        self.page = Page(
            number=_blank(number), name=name, title=title, called=called, path=self.file
        )

    def _over(self, fields: list[str]) -> None:
        self.over = _blank(self._take(fields, "caption")[0])

    def _stub(self, fields: list[str]) -> None:
        self.page = replace(self.page, stub=self._take(fields, "name", "caption")[1])

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
        rows = Rows(
            section=section, name=name or "rows", total=total, caption=caption, where=self.where
        )
        self.parts.append(rows)

    def _table(self, fields: list[str]) -> None:
        number, name, caption, *_ = self._take(fields, "number", "name", "caption")
        self.table = Table(number=_blank(number), name=name, caption=caption, where=self.where)

    def _write_ins(self, fields: list[str]) -> None:
        self._take(fields, "line")
        self.parts.append(WriteIns(lines=tuple(fields), where=self.where))

    # -- statements below another -------------------------------------------------------

    def _of_page(self, noun: str, text: str) -> None:
        if noun == "unknown":
            self.page = replace(self.page, is_unknown=True)
        elif noun == "detail":
            self.page = replace(self.page, is_detail=True)
        elif noun == "above":
            self.page = replace(self.page, above=(*self.page.above, text))
        else:
            self.page = replace(self.page, below=(*self.page.below, text))

    def _in_table(self, table: Table, noun: str, fields: list[str]) -> None:
        if noun == "col":
            column = self._column(fields, "")
            self.table = replace(table, columns=(*table.columns, column))
            self.last = "table column"
        elif noun == "line":
            self.table = replace(table, lines=(*table.lines, self._line_of(fields)))
            self.last = "table line"
        else:
            total = [text for text in fields if text.startswith("total ")]
            xxx = [text for text in fields if text.startswith("xxx ")]
            self.table = replace(
                table,
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
            spared = text.removeprefix("words").strip()
            self._amend(lambda line: replace(line, words=(*line.words, spared)))
            return
        law = self._law(text)
        if self.last == "column":
            self.columns[-1] = replace(self.columns[-1], laws=(*self.columns[-1].laws, law))
        else:
            self._amend(lambda line: replace(line, laws=(*line.laws, law)))

    def _amend(self, change: Callable[[Line], Line]) -> None:
        last = self.parts[-1] if self.parts else None
        if self.table is not None and self.table.lines:
            lines = self.table.lines
            self.table = replace(self.table, lines=(*lines[:-1], change(lines[-1])))
        elif isinstance(last, Line):
            self.parts[-1] = change(last)
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
        columns: tuple[str, ...] = ()
        if match := _PLACE.match(text):
            text, columns = match[1], tuple(match[2].split())
        return Law(
            text=" ".join(text.split()),
            columns=columns,
            inset=inset,
            fills=fills,
            rounding=rounding,
            where=self.where,
        )

    def _column(self, fields: list[str], over: str) -> Column:
        number, name, caption, *rest = self._take(fields, "number", "name", "caption")
        laws = tuple(self._law(text) for text in rest if text.startswith((":=", "~")))
        kinds = [_KINDS[text] for text in rest if text in _KINDS]
        unread = [text for text in rest if text not in _KINDS and not text.startswith((":=", "~"))]
        if unread:
            raise BlankError(f"{unread[0]!r} is no field of a column.", where=self.where)
        return Column(
            number=_blank(number),
            name=name,
            caption=_blank(caption),
            over=over,
            laws=laws,
            kind=kinds[0] if kinds else Kind.MONEY,
            where=self.where,
        )

    def _line_of(self, fields: list[str], *, is_head: bool = False) -> Line:
        self.last = "line"
        has_stub = bool(self.page.stub) and not is_head and not "".join(fields[:1]).startswith("(")
        needed = ("number", "name", "stub") if has_stub else ("number", "name")
        number, name, *rest = self._take(fields, *needed)
        stub = rest.pop(0) if has_stub else ""
        caption, *rest = rest or [""]
        self._prove_insets(caption)
        line = Line(
            number=_blank(number),
            name=name,
            caption=_blank(caption),
            stub=_blank(stub),
            is_head=is_head,
            where=self.where,
        )
        for text in rest:
            line = self._field(line, text)
        return line

    def _prove_insets(self, caption: str) -> None:
        try:
            insets_of(caption)
        except ValueError as fault:
            raise BlankError(f"{fault}, so no inset can be one.", where=self.where) from fault

    def _field(self, line: Line, text: str) -> Line:
        first, _, others = text.partition(" ")
        if text in _KINDS:
            return replace(line, kind=_KINDS[text])
        if first in ("only", "xxx"):
            columns = tuple(others.split())
            return replace(line, only=columns) if first == "only" else replace(line, xxx=columns)
        if match := re.fullmatch(r"mark (\(\w\)) in (?:Col\. )?(\w+)", text):
            return replace(line, marks=(*line.marks, (match[1], match[2])))
        if match := re.fullmatch(r"in Col\. (\w+)", text):
            return replace(line, place=match[1])
        if text.startswith((":=", "~")):
            return replace(line, laws=(*line.laws, self._law(text)))
        return replace(line, factors=(*line.factors, self._factor(text)))

    def _factor(self, text: str) -> Factor:
        if text and (match := _FACTOR.fullmatch(text)):
            value = parse_figure(match[1], Kind.FACTOR) if match[1] else None
            return Factor(value=value, mark=match[2] or "")
        raise BlankError(
            f"{text!r} is no field of a line.",
            where=self.where,
            next="Fields part at two or more spaces; docs/reference/page-notation.md lists them.",
        )


def _blank(text: str) -> str:
    return "" if text == "-" else text
