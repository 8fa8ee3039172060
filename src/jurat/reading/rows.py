"""Which printed lines are which lines of the blank: labels, captions, wrapped captions, figures beside them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from jurat.blanks import Form, FormLine, Role, RowGroup
from jurat.reading.captions import match_caption
from jurat.reading.document import TextLine
from jurat.reading.pages import Region, folded
from jurat.reading.row import Field, Row

_LABEL = re.compile(r"\s*(?:[-•]\s+)?(?P<id>\([a-z]\)|\d[\d.]*)(?: *[.:])?(?![\d,])")
_GAP = re.compile(r"\t| {2,}|\.{3,} *|(?: \.){3,} *")
_FIGURE_LIKE = re.compile(r"(?:\([a-z]\)|[a-z]\)|XXX|[\d,.()$%*|#~^'\"`•·_\-])+")
_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of a page, the lines that belong to none, and whether it is stamped NONE."""

    rows: list[Row]
    loose: list[TextLine]
    stamped: int
    """The line of a NONE stamp, or zero."""
    heads: list[Row]
    """Heads beside which figures are printed, though a head holds none."""


def split_tail(text: str, start: int = 0) -> int:
    """Where the figures of a printed line begin: everything behind is figures, XXX, marks or blanks.

    Looks from `start` on, where a label or a caption ends.

    >>> split_tail("3. Mortgage loans ....... 27,991,793  31,883,284")
    18
    """
    words_end = start
    for token in re.compile(r"\S+").finditer(text, start):
        if not _FIGURE_LIKE.fullmatch(token[0]):
            leaders = re.search(r"\.{3,}$", token[0])
            words_end = token.end() - len(leaders[0]) if leaders else token.end()
    gap = _GAP.search(text, words_end)
    return gap.start() if gap else len(text)


def is_stamp(text: str) -> bool:
    """Whether a line is the stamp NONE, however spaced."""
    return folded(text) == "NONE"


def find_rows(region: Region, form: Form, year: int) -> PageRows:
    """Align a page's printed lines to the lines of the blank."""
    finder = _Finder(form, year)
    stamped = 0
    for line in region.lines:
        if line.is_blank or line.number in region.furniture or len(line.text) > 5_000:
            continue
        if is_stamp(line.text):
            stamped = line.number
            continue
        finder.take(line)
    return PageRows(finder.rows, finder.loose, stamped, finder.heads)


class _Finder:
    def __init__(self, form: Form, year: int) -> None:
        self.form = form
        self.year = year
        self.rows: list[Row] = []
        self.loose: list[TextLine] = []
        self.heads: list[Row] = []
        self.section = ""
        self.taken: set[str] = set()
        self.by_first_word = _captions_that_tell(form)

    def take(self, line: TextLine) -> None:
        row = self._labelled(line) or self._by_caption(line)
        if row is not None:
            self.rows.append(row)
            self.taken.add(row.id)
        elif not self._continues(line):
            self.section = folded(line.text) if self.form.name == "overflow" else self.section
            self._beside_head(line)
            self.loose.append(line)

    # -- lines that begin a row -----------------------------------------------------------

    def _labelled(self, line: TextLine) -> Row | None:
        starts = [0, *(gap.end() for gap in _GAP.finditer(line.text))][:4]
        for start in starts:
            label = _LABEL.match(line.text, start)
            if label is None:
                continue
            identity = label["id"].rstrip(".")
            if row := self._fixed(line, identity, label.end()) or self._numbered(
                line, identity, label.end()
            ):
                return row
        return None

    def _fixed(self, line: TextLine, identity: str, start: int) -> Row | None:
        form_line = self.form.by_id.get(identity)
        if form_line is None or identity in self.taken:
            return None
        start = self._past_stub(line.text, start, form_line)
        row = self._row(line, identity, form_line, start)
        if form_line.role is Role.WRITE_IN:
            return row
        assert row.match is not None
        exhausted = row.match.share > 0 and not re.search(r"\w", row.text[row.match.end :])
        return row if row.match.share >= _LEAST_SHARE or exhausted else None

    def _past_stub(self, text: str, start: int, form_line: FormLine) -> int:
        stub = re.compile(r"\s*" + re.escape(form_line.stub) + r"(?=\s)").match(text, start)
        return stub.end() if form_line.stub and stub else start

    def _numbered(self, line: TextLine, identity: str, start: int) -> Row | None:
        for group in self.form.groups:
            prefix = group.printed_prefix
            tail = identity[len(prefix) :]
            if (
                group.is_table
                or not identity.startswith(prefix)
                or len(tail) != group.digits
                or not tail.isdigit()
            ):
                continue
            if group.source and not self._in_section(group):
                continue
            row = self._row(line, group.line_id(int(tail)), None, start)
            row.group, row.key = group, int(tail)
            return None if row.id in self.taken else row
        return None

    def _in_section(self, group: RowGroup) -> bool:
        """Whether the overflow page's current heading names the page a write-in belongs to."""
        return group.prefix[0].isdigit() or folded(group.source) in self.section or not self.section

    def _row(self, line: TextLine, identity: str, form_line: FormLine | None, start: int) -> Row:
        tail = split_tail(line.text, start)
        if form_line is not None and form_line.caption:
            whole = match_caption(line.text, form_line, self.year, start)
            tail = split_tail(line.text, whole.end) if whole.is_complete else tail
        row = Row(
            id=identity,
            line=form_line,
            text=line.text[:tail],
            label_end=start,
            number=line.number,
            has_tabs="\t" in line.text,
        )
        row.origins.append((0, line.number, 0))
        row.fields = list(_fields(line, tail))
        if form_line is not None and form_line.role is not Role.WRITE_IN:
            self._rematch(row)
        else:
            _part_from_name(row)
        return row

    def _rematch(self, row: Row) -> None:
        assert row.line is not None
        row.match = match_caption(row.text, row.line, self.year, row.label_end)
        if row.match.is_complete:
            _take_glued(row)

    def _by_caption(self, line: TextLine) -> Row | None:
        """A row whose label is lost, or that has none: its whole caption stands here, and only here."""
        first = re.match(r"\s*[(\"]?([A-Za-z]+)", line.text)
        if first is None:
            return None
        place = self.form.position.get(self.rows[-1].id, -1) if self.rows else -1
        for form_line in self.by_first_word.get(first[1].casefold(), ()):
            if form_line.id in self.taken or self.form.position[form_line.id] <= place:
                continue
            if match_caption(line.text, form_line, self.year).is_complete:
                return self._row(line, form_line.id, form_line, 0)
        return None

    def _beside_head(self, line: TextLine) -> None:
        """Keep a head beside which figures are printed."""
        label = _LABEL.match(line.text)
        start = label.end() if label else 0
        tail = split_tail(line.text, start)
        fields = [field for field in _fields(line, tail) if re.search(r"\d", field.text)]
        caption = folded(line.text[start:tail])
        number = label["id"].rstrip(".") if label else ""
        place = self.form.position.get(self.rows[-1].id, -1) if self.rows else -1
        known = next(
            (
                head
                for head in self.form.lines[place + 1 :]
                if head.role is Role.HEAD
                and head.number == number
                and folded(head.caption) == caption
            ),
            None,
        )
        is_amount = any(re.search(r"\d,\d{3}|\.\d{4}", field.text) for field in fields)
        is_details = caption == "DETAILSOFWRITEINS"
        if fields and (known or is_details or (self.rows and is_amount and caption)):
            row = Row(
                id=known.id if known else "",
                line=known,
                number=line.number,
                has_tabs="\t" in line.text,
            )
            row.fields = list(_fields(line, tail))
            self.heads.append(row)

    # -- lines that go on ---------------------------------------------------------------

    def _continues(self, line: TextLine) -> bool:
        row = self.rows[-1] if self.rows else None
        if row is None:
            return False
        tail = self._tail_of_next(row, line)
        words = line.text[:tail].strip()
        if row.is_open and words and self._goes_on(row, line.text[:tail]):
            self._append(row, line, tail)
            return True
        if self._name_goes_on(row, line):
            return True
        if not words and not _has_figures(row) and not _are_column_numbers(line.text):
            row.fields += _fields(line, 0)
            return True
        return False

    def _name_goes_on(self, row: Row, line: TextLine) -> bool:
        """Whether a filer's own words go on in this line, up to its first gap."""
        indent = len(line.text) - len(line.text.lstrip())
        gap = _GAP.search(line.text, indent)
        tail = gap.start() if gap else len(line.text)
        tail = split_tail(line.text, indent) if row.has_words_apart else tail
        if not line.text[:tail].strip() or self._is_head(line.text):
            return False
        if split_tail(line.text) > indent:
            _take_back(row)
        is_named = (row.line is None or row.line.role is Role.WRITE_IN) and bool(row.name)
        if not is_named or _has_figures(row):
            return False
        self._append(row, line, tail)
        return True

    def _tail_of_next(self, row: Row, line: TextLine) -> int:
        """Where the figures of a line begin that goes on with a row's caption."""
        if row.is_open and row.line is not None:
            whole = match_caption(f"{row.text}\n{line.text}", row.line, self.year, row.label_end)
            if whole.is_complete:
                return split_tail(line.text, max(0, whole.end - len(row.text) - 1))
        return split_tail(line.text)

    def _goes_on(self, row: Row, text: str) -> bool:
        assert row.line is not None
        assert row.match is not None
        joined = match_caption(f"{row.text}\n{text}", row.line, self.year, row.label_end)
        return joined.share > row.match.share

    def _append(self, row: Row, line: TextLine, tail: int) -> None:
        row.origins.append((len(row.text) + 1, line.number, 0))
        row.has_tabs = row.has_tabs or "\t" in line.text
        row.text += "\n" + line.text[:tail]
        row.fields += _fields(line, tail)
        if row.line is not None and row.line.role is not Role.WRITE_IN:
            self._rematch(row)

    def _is_head(self, text: str) -> bool:
        heads = {
            folded(head.caption)
            for head in self.form.lines
            if head.role is Role.HEAD and not head.number
        }
        return folded(text) in heads


def _captions_that_tell(form: Form) -> dict[str, list[FormLine]]:
    """The lines that their caption alone tells apart, by its first word."""
    captions = Counter(line.caption for line in form.lines)
    found: dict[str, list[FormLine]] = {}
    for line in form.lines:
        words = re.findall(r"[A-Za-z]+", line.caption)
        if line.role is not Role.HEAD and len(words) > 1 and captions[line.caption] == 1:
            found.setdefault(words[0].casefold(), []).append(line)
    return found


def _are_column_numbers(text: str) -> bool:
    """Whether a line prints the numbers of columns: each one more than the one before."""
    numbers = [int(token) for token in text.split() if token.isdigit()]
    return len(numbers) == len(text.split()) > 1 and numbers == list(
        range(numbers[0], numbers[0] + len(numbers))
    )


def _has_figures(row: Row) -> bool:
    return any(re.search(r"\d|XXX", field.text) for field in row.fields)


def _take_back(row: Row) -> None:
    """A short number alone where a name begins is the name's first word: the 80 of "80 CSO"."""
    may_be_named = row.line is None or row.line.role is Role.WRITE_IN
    if not may_be_named or row.name or len(row.fields) != 1:
        return
    (field,) = row.fields
    line, label_end = row.place(max(row.label_end - 1, 0))
    if field.line == line and field.start - label_end <= _NAME_NEAR and field.text.isdigit():
        row.text += f" {field.text}"
        row.fields.clear()


_NAME_NEAR = 4
"""How far behind its number a name begins."""


def _fields(line: TextLine, tail: int) -> Iterator[Field]:
    """The stretches of print behind a caption, in their order."""
    text = line.text[tail:]
    if "\t" not in text:
        yield from _spaced(line, tail)
        return
    at, before = tail, line.text.count("\t", 0, tail)
    for slot, piece in enumerate(text.split("\t")):
        lead = len(piece) - len(piece.lstrip(" ."))
        if piece.strip(" ."):
            yield Field(
                piece.strip(" ."), line.number, at + lead, slot - 1 if slot else None, before + slot
            )
        elif slot:
            yield Field("", line.number, at, slot - 1, before + slot)
        at += len(piece) + 1


def _spaced(line: TextLine, tail: int) -> Iterator[Field]:
    for found in re.finditer(r"\S+(?: \S+)*", line.text[tail:]):
        piece = found[0].lstrip(" .")
        if piece.strip(" ."):
            yield Field(piece.strip(" "), line.number, tail + found.end() - len(piece))


_GLUED_TO_NAME = re.compile(
    r"(?P<name>.*[A-Za-z)])(?P<figures>\(?\d{1,3}(?:,\d{3})+.*|\(\d{1,3}\).*|(?<=[a-z])\d{1,3})\s*",
    re.DOTALL,
)


def _part_from_name(row: Row) -> None:
    """Figures printed straight behind a filer's own words are its first field."""
    glued = _GLUED_TO_NAME.fullmatch(row.text, row.label_end)
    if glued is None or not all(
        _FIGURE_LIKE.fullmatch(token) for token in glued["figures"].split()
    ):
        return
    line, column = row.place(glued.start("figures"))
    row.fields.insert(0, Field(glued["figures"].strip(), line, column))
    row.text = row.text[: glued.start("figures")]


def _take_glued(row: Row) -> None:
    """Figures printed straight behind the caption, without a gap, are its first field."""
    assert row.match is not None
    rest = row.text[row.match.end :]
    if not re.search(r"\d|XXX|\([a-z]\)", rest) or "\n" in rest.rstrip():
        return
    tokens = rest.split()
    if all(_FIGURE_LIKE.fullmatch(token) for token in tokens):
        line, column = row.place(row.match.end)
        lead = len(rest) - len(rest.lstrip(" ."))
        row.fields.insert(0, Field(rest.strip(" "), line, column + lead))
        row.text = row.text[: row.match.end]
