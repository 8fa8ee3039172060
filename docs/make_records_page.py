"""Writes docs/reference/records.md from the tables of records: every column, and every check.

Run it after a change of a table:  .venv/bin/python docs/make_records_page.py
"""

from collections.abc import Iterator
from pathlib import Path

from jurat.records import RULES, TABLES, TableKind
from jurat.records.written import how_written, whether_needed

PAGE = Path(__file__).parent / "reference" / "records.md"

HEAD = """\
# Records of investments

<!-- Written by docs/make_records_page.py from the tables. Do not mend it by hand. -->

What a company keeps of its investments: {count} tables, in the folder `records/` of its
[company folder](company-folder.md). How they become figures: [how a lot
moves](../explanation/how-a-lot-moves.md). `jurat records check FOLDER` tells everything that is wrong
with them, `jurat records show lots` the columns of a table.

## Files

* A table comes as `lots.csv`, as `lots.parquet`, or as a sheet `lots` of any `.xlsx` workbook. Further
  files of a table carry a name behind it: `lots_2012-01.csv`, `lots-broker.parquet`, a sheet `lots_2`.
  A table the company does not need is left out. `.md` files and sheets called `notes` or `readme` are
  not read; any other file is a fault.
* **CSV** is UTF-8 with commas and a header; a field with a comma stands in double quotes, and a quote
  inside it is written twice. Every field is text until we give it the kind of its column, so that
  nothing is guessed: no zero in front is lost, and no `E` in a CUSIP.
* **Parquet** may hold the same texts, or types of its own: decimals and whole numbers for numbers,
  dates, dictionaries. Floating point is refused, as it holds no cents exactly.
* **Workbooks**: names and numbers such as CUSIPs are cells of text; amounts may be numbers up to 15
  digits; dates may be dates. Formulas are refused, and cells shown as a percent.
* Columns may stand in any order. A column that is not needed may be left out. A row is counted as a
  spreadsheet counts it, the header being row 1; of a Parquet file too the first row is row 2.
* Money is written `1234.56`, `1,234.56`, or `(1,234.56)` for less than nought. Dates are `2012-12-31`.

## Corrections

Files correct each other in the order of their names without the ending, sheets in the order of theirs.
A row with the key of a row of an earlier file takes its place, where that stood; what it replaced is
kept, and told. The same row again changes nothing. Within one file a key stands once. A row cannot be
taken back by another file: take it out of its own.

## Numbers of the world

A security of nine signs that begins with three digits is taken for a CUSIP, one of two letters and ten
more for an ISIN, and its check digit must be right; so must an LEI's. A private CUSIP, with `#`, `@` or
`*`, has nine signs and any last digit. Anything else is the company's own number.
"""

CHECKS = """\
## Checks

`jurat records check` reads the tables, tells every fault with file, row and column, and then looks for
what can be read and is hardly true: ranked by the dollars of the statement it may change. A name that
no table has is told as `table.column`.

| Id | What holds of sound records |
|-|-|
"""


def make_page() -> str:
    """The whole reference page."""
    parts = [HEAD.format(count=len(TABLES)), CHECKS]
    parts += [f"| `{rule}` | {words} |\n" for rule, words in RULES.items()]
    parts.append("\n## Tables\n")
    parts += [line for table in TABLES.values() for line in _table(table)]
    return "\n".join("".join(parts).splitlines()) + "\n"


def _table(table: TableKind) -> Iterator[str]:
    yield f"\n### `{table.name}`\n\n"
    outside = " It comes from outside, and is held against the others." if table.is_control else ""
    yield f"A row is {table.means}.{outside} Key: {', '.join(f'`{name}`' for name in table.key)}.\n\n"
    yield "| Column | Blank | What it is | How it is written |\n|-|-|-|-|\n"
    for field in table.fields:
        names = f"; a row of `{field.names}`" if field.names else ""
        blank = whether_needed(field).removeprefix("blank: ") or "is a blank"
        written = how_written(field).replace(" | ", ", ")
        yield f"| `{field.name}` | {blank} | {field.means}{names} | {written} |\n"


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
