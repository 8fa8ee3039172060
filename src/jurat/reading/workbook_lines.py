"""Any filer's workbook as lines of print: a row a line, its cells parted by tabs, each line's place kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from jurat.blanks import Blank
from jurat.reading.document import Document, TextLine, document_of
from jurat.reading.formulas import Value, constant, work
from jurat.reading.pages import folded
from jurat.reading.workbook_file import Entry, Place, WorkbookFile, rows_of

LEAST_TITLE = 12
"""How many rows of a sheet are looked at for the title of a page."""
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
    for sheet, entries in formulas.sheets.items():
        shown = _shown_rows(sheet, entries, values, worked.values)
        if title := _missing_title(sheet, shown, blank):
            texts.append(title)
        insets = _inset_columns(shown)
        columns = _columns(shown, insets)
        for row, cells in shown:
            texts.append(_line(cells, columns, insets))
            rows[len(texts)] = (sheet, row, cells)
        texts.append("")
    document = document_of("\n".join(texts), formulas.name)
    return Lines(document=document, rows=rows)


def _shown_rows(
    sheet: str, entries: dict[tuple[int, int], Entry], values: WorkbookFile, worked: dict[Place, Value]
) -> list[tuple[int, Row]]:
    rows = []
    for row, cells in rows_of(entries):
        printed: Row = {}
        for column, entry in sorted(cells.items()):
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
    pattern = _LITERAL.sub("", number_format.split(";")[0])
    is_percent = pattern.endswith("%")
    number = Fraction(value) * (100 if is_percent else 1)
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    if re.search(r"[0#]", pattern) and pattern != "General":
        places = len(re.search(r"\.([0#]*)", pattern)[1]) if "." in pattern else 0  # type: ignore[index]
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    plain = f"{abs(exact):,f}"
    if "," not in pattern and abs(exact) < 10_000 and exact == exact.to_integral_value():
        plain = plain.replace(",", "")  # the number of a line, a year, a code
    plain += "%" if is_percent else ""
    return f"({plain})" if exact < 0 else plain


# -- a row as a line ------------------------------------------------------------------------------


def _line(cells: Row, columns: list[int], insets: set[int]) -> str:
    """Label and caption together, an amount of the caption behind its dollar sign, the rest by tabs."""
    texts = dict(cells)
    lead: list[str] = []
    for column in sorted(texts):
        is_lead = column not in columns or column in insets
        if is_lead:
            lead.append(texts.pop(column))
    if not columns or (not texts and len(lead) <= 1 and not _is_label(lead)):
        return " ".join(lead)
    return "\t".join([" ".join(lead), *(texts.get(column, "") for column in columns)])


def _is_label(lead: list[str]) -> bool:
    return bool(lead) and _LABEL.match(lead[0]) is not None


def _inset_columns(rows: list[tuple[int, Row]]) -> set[int]:
    """The columns whose every figure stands behind words that end with a dollar sign."""
    behind: dict[int, bool] = {}
    for _, cells in rows:
        for column, text in cells.items():
            if _is_figure(text):
                before = cells.get(max((c for c in cells if c < column), default=-1), "")
                behind[column] = behind.get(column, True) and before.rstrip().endswith("$")
    return {column for column, always in behind.items() if always}


def _columns(rows: list[tuple[int, Row]], insets: set[int]) -> list[int]:
    """The columns of figures: where figures or XXX stand, and what stands right of the first of them."""
    used = {column for _, cells in rows for column in cells}
    figured = {
        column
        for _, cells in rows
        for column, text in cells.items()
        if (_is_amount(text) or text == "XXX") and column not in insets
    }
    first = min(figured, default=0)
    return sorted(column for column in used if first and column >= first and column not in insets)


def _is_figure(text: str) -> bool:
    return re.fullmatch(r"\(?[\d,]+(\.\d+)?%?\)?", text) is not None


def _is_amount(text: str) -> bool:
    """A figure that is not the number of a line or a column."""
    return _is_figure(text) and re.search(r",\d{3}|\.\d|\(|\d{4}", text) is not None


def _missing_title(sheet: str, rows: list[tuple[int, Row]], blank: Blank) -> str:
    """The title of the page a sheet is named after, where the sheet itself does not print one."""
    titles = {folded(form.title) for form in blank.pages.values()}
    heads = {folded(text) for _, cells in rows[:LEAST_TITLE] for text in cells.values()}
    if any(title in heads for title in titles):
        return ""
    name = folded(sheet)
    for form in blank.pages.values():
        if name and name in {folded(called) for called in (*form.declared.called, form.title, form.name)}:
            return form.title
    return ""
