"""Any filer's workbook as lines of print: a row a line, its cells parted by tabs, each line's place kept."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from jurat.blanks import Blank, Form
from jurat.reading.document import Document, document_of
from jurat.reading.formulas import Value, decimal_of
from jurat.reading.pages import folded
from jurat.reading.workbook_file import Entry, Place, WorkbookFile
from jurat.reading.working import constant, work

LEAST_TITLE = 12
"""How many rows of a sheet are looked at for the title of a page."""
ANSWERS = ("Yes", "No", "N/A")
_FIGURE = re.compile(r"\(?[\d,]+(\.\d+)?%?\)?")
_AMOUNT = re.compile(r"\(?\d{1,3}(,\d{3})+\)?|XXX")
_LABEL = re.compile(r"\(?[0-9a-z]{1,2}\)|\d[\d.]*")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')

Row = dict[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A workbook's sheets one below the other, and where on them each line stands."""

    document: Document
    rows: dict[int, tuple[str, int, Row]] = field(repr=False)
    """For each line its sheet, its row and the print of its cells."""

    def place(self, line: int, raw: str) -> str:
        """The worksheet cell on a line that prints something, else the row."""
        if line not in self.rows:
            return ""
        sheet, row, cells = self.rows[line]
        wanted = folded(raw)
        exact = [column for column, text in cells.items() if folded(text) == wanted]
        within = [column for column, text in cells.items() if wanted and wanted in folded(text)]
        return str(Place(sheet, row, [*exact, *within, *cells][0]))


def lines_of(formulas: WorkbookFile, values: WorkbookFile, blank: Blank) -> Lines:
    """The print of a workbook: what its cells were last shown as, worked by us where nothing was saved."""
    worked = work(formulas)
    texts: list[str] = []
    rows: dict[int, tuple[str, int, Row]] = {}
    for sheet, entries in formulas.rows.items():
        shown = _shown_rows(sheet, entries, values, worked.values)
        title, form = _page_of(sheet, shown, blank)
        texts += [title] if title else []
        printer = _Printer(shown, form)
        last = 0
        for row, cells in shown:
            texts += [""] if row > last + 1 else []
            last = row
            for text in printer.lines(cells):
                texts.append(text)
                rows[len(texts)] = (sheet, row, cells)
        texts.append("")
    document = document_of("\n".join(texts), formulas.name)
    return Lines(document=document, rows=rows)


def _shown_rows(
    sheet: str,
    entries: dict[int, dict[int, Entry]],
    values: WorkbookFile,
    worked: dict[Place, Value],
) -> list[tuple[int, Row]]:
    rows = []
    for row, cells in entries.items():
        printed: Row = {}
        for column, entry in cells.items():
            place = Place(sheet, row, column)
            saved = values.entry(place)
            value = constant(saved) if saved else worked.get(place) if entry.is_formula else None
            text = shown(value, entry.number_format)
            if text:
                printed[column] = text
        if printed:
            rows.append((row, printed))
    return rows


def shown(value: Value, number_format: str = "General") -> str:
    """A value as the worksheet shows it: rounded to the decimals of its format, negatives in parentheses.

    >>> shown(-1234567, "#,##0"), shown(Fraction(63, 10000), "0.0000"), shown(Fraction(1, 4), "0.0%")
    ('(1,234,567)', '0.0063', '25.0%')
    """
    if value is None or isinstance(value, (str, bool)):
        text = "" if value is None else str(value)
        return re.sub(r"\s+", " ", text).strip()
    pattern = _LITERAL.sub("", number_format.partition(";")[0])
    is_percent = pattern.endswith("%")
    number = Fraction(value) * (100 if is_percent else 1)
    exact = decimal_of(number)
    if re.search(r"[0#]", pattern) and pattern != "General":
        places = len(re.search(r"\.([0#]*)", pattern)[1]) if "." in pattern else 0  # type: ignore[index]
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    plain = f"{abs(exact):,f}"
    if "," not in pattern and abs(exact) < 10_000 and exact == exact.to_integral_value():
        plain = plain.replace(",", "")  # the number of a line, a year, a code
    plain += "%" if is_percent else ""
    return f"({plain})" if exact < 0 else plain


# -- a row as a line ------------------------------------------------------------------------------


class _Printer:
    """Prints the rows of one sheet: label and caption together, the rest parted by tabs."""

    def __init__(self, rows: list[tuple[int, Row]], form: Form | None) -> None:
        self.insets = _inset_columns(rows)
        self.caption = _caption_column(rows)
        used = {column for _, cells in rows for column in cells}
        self.columns = sorted(used - self.insets - set(range(self.caption + 1)))
        self.asks = form is not None and form.asks
        self.boxes = {
            folded(slot.caption) for slot in (form.slots if form else ()) if slot.kind.is_box
        }

    def lines(self, cells: Row) -> Iterator[str]:
        """A row as a line; the words that answer a question stand on a line of their own."""
        lead = [cells[column] for column in sorted(cells) if column not in self.columns]
        beside = {column: cells[column] for column in sorted(cells) if column in self.columns}
        is_label = bool(lead) and _LABEL.match(lead[0]) is not None
        if len(beside) == 1 and (is_label or self._is_box(lead)):
            (answer,) = beside.values()
            if answer in ANSWERS:
                yield f"{' '.join(lead)} {answer} [X]"
                return
            if self.asks and answer != "XXX" and not any(letter.isdigit() for letter in answer):
                yield " ".join(lead)
                yield answer
                return
        if not beside and not is_label:
            yield " ".join(lead)
            return
        yield "\t".join([" ".join(lead), *(beside.get(column, "") for column in self.columns)])

    def _is_box(self, lead: list[str]) -> bool:
        """Whether words end in those beside which the form prints boxes."""
        words = folded(" ".join(lead))
        return any(words.endswith(box) for box in self.boxes if box)


def _caption_column(rows: list[tuple[int, Row]]) -> int:
    """The column of captions: the one with the most letters, and left of every amount."""
    letters: Counter[int] = Counter()
    amounts = set()
    insets = _inset_columns(rows)
    for _, cells in rows:
        if len(cells) > 1:
            for column, text in cells.items():
                letters[column] += sum(letter.isalpha() for letter in text)
                if _AMOUNT.fullmatch(text) and column not in insets:
                    amounts.add(column)
    wordy = max(letters, key=lambda column: (letters[column], -column), default=1)
    return min([wordy, *(column - 1 for column in amounts)])


def _inset_columns(rows: list[tuple[int, Row]]) -> set[int]:
    """The columns whose every figure stands behind words that end with a dollar sign."""
    behind: dict[int, bool] = {}
    for _, cells in rows:
        for column, text in cells.items():
            if _FIGURE.fullmatch(text):
                before = cells.get(max((c for c in cells if c < column), default=-1), "")
                behind[column] = behind.get(column, True) and before.rstrip().endswith("$")
    return {column for column, always in behind.items() if always}


def _page_of(sheet: str, rows: list[tuple[int, Row]], blank: Blank) -> tuple[str, Form | None]:
    """The page a sheet prints, and the title to print above it where the sheet itself does not."""
    heads = {folded(text) for _, cells in rows[:LEAST_TITLE] for text in cells.values()}
    for form in blank.pages.values():
        if folded(form.title) in heads:
            return "", form
    name = folded(sheet)
    for form in blank.pages.values():
        if name and name in {
            folded(called) for called in (*form.declared.called, form.title, form.name)
        }:
            return form.title, form
    return "", None
