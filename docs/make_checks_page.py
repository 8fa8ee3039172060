"""Writes docs/reference/checks.md from the blank: every check with its law, severity and tolerance.

Run it after a change of a `.page` or `.checks` file:  .venv/bin/python docs/make_checks_page.py
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jurat.blanks import Blank, Equation, PriorCell, RowLaw, load_blank
from jurat.checks import CONDITIONS

PAGE = Path(__file__).parent / "reference" / "checks.md"

HEAD = """\
# Every check of the {year} blank

<!-- Written by docs/make_checks_page.py from the blank. Do not mend it by hand. -->

{ids} checks, {instances:,} instances before the rows a filer adds. The list is made from the blank
itself; to change a check, change its `.page` or `.checks` file (see
[page notation](page-notation.md) and [check notation](check-notation.md)) and run
`python docs/make_checks_page.py`.

How to read it:

* **Id** is what a finding is called. `liabilities.17` is the rule of line 17 of that page,
  `liabilities.column3` the rule of its column 3, `.tie` behind it a figure that must agree with
  another cell, `.$1` the first amount inside the caption. `X…` are ties between pages that no page
  prints, `S-…` ties to the detail schedules, `P-…` ties to last year's
  statement, `Q…` conditions.
* **Law** is in the words of the blank; in parentheses our own short name of the line.
* **In** are the columns, or the number of cells, in which the law holds.
* **Severity**: `error` holds for any filer; `warning` holds under its premise, or is marked K.
* **Tolerance**: `exact` 0; `rounding` half a dollar for each rounded term; `percent` 0.1; `product`
  the nearest dollar. See [tolerance](../explanation/tolerance.md).
* **K**: from knowledge, not seen on a filing. See
  [rules marked K](../explanation/rules-marked-k.md).
* *prior* before a reference: a cell of last year's statement. Such a check does not run until last
  year's statement is at hand.
"""

TOLD = ("cross.checks", "schedules.checks")
OTHERS = {"prior.checks": ("Last year", "What last year's statement says of this year's. ")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One check as the page lists it."""

    id: str
    page: str
    laws: tuple[str, ...]
    places: str
    severity: str
    tolerance: str
    why: str
    premise: str = ""
    known: str = ""
    pages: frozenset[str] = frozenset()
    file: str = ""
    """The file of ties it stands in; empty for what a page states."""
    instances: int = 1


def entries(blank: Blank) -> Iterator[Entry]:
    """Every check of a blank but the conditions, in the order of the blank."""
    equations: dict[str, list[Equation]] = defaultdict(list)
    for equation in blank.equations:
        equations[equation.id].append(equation)
    rows: dict[str, list[RowLaw]] = defaultdict(list)
    for law in blank.row_laws:
        rows[law.id].append(law)
    for id_, found in equations.items():
        yield _of_equations(blank, id_, found, rows.pop(id_, []))
    for id_, laws in rows.items():
        yield Entry(
            id=id_, page=laws[0].page, laws=_column_laws(laws), places=_in_rows(laws),
            severity="error", tolerance=str(laws[0].tolerance), why=laws[0].why,
            pages=frozenset({laws[0].page}), instances=0,
        )  # fmt: skip
    measured: dict[str, list[str]] = defaultdict(list)
    for one in blank.measured:
        measured[one.id].append(one.left.page)
    for id_, pages in measured.items():
        yield Entry(
            id=id_, page=pages[0], laws=(f"measured {id_.split('.')[1]}",),
            places=f"{len(pages)} cells", severity="error", tolerance="percent",
            why="A percentage is its part of the whole, to one decimal.",
            pages=frozenset(pages), instances=len(pages),
        )  # fmt: skip


def _of_equations(
    blank: Blank, id_: str, found: Sequence[Equation], rows: Sequence[RowLaw]
) -> Entry:
    first = found[0]
    pages = {place.page for e in found for place in e.places if not isinstance(place, PriorCell)}
    return Entry(
        id=id_, page=first.left.page, laws=tuple(_once(_law(blank, e) for e in found)),
        places=_places(found) + (f"; {_in_rows(rows)}" if rows else ""),
        severity=str(first.severity), tolerance=", ".join(_once(str(e.tolerance) for e in found)),
        why=first.why, premise=first.premise, known=first.known, pages=frozenset(pages),
        file=_file(first), instances=len(found),
    )  # fmt: skip


def _file(equation: Equation) -> str:
    name = equation.where.partition(":")[0]
    return name if name.endswith(".checks") else ""


def _law(blank: Blank, equation: Equation) -> str:
    """The law with what it is about: a page's rule says only the right-hand side."""
    if _file(equation):
        return equation.words
    if equation.id.endswith(".factors"):
        return "each printed factor = the factor the form prints"
    if ".column" in equation.id:
        return f"Col. {equation.left.column} = {equation.words}"
    line = blank.line(equation.left.page, equation.left.line)
    name = f" ({line.name.replace('_', ' ')})" if line and line.name else ""
    inset = f", amount {equation.left.inset} in the caption" if equation.left.inset else ""
    return f"Line {equation.left.line}{name}{inset} = {equation.words}"


def _places(found: Sequence[Equation]) -> str:
    if len(found) == 1 and _file(found[0]):
        return "one cell"
    lefts = [equation.left for equation in found]
    one_line = len({(left.page, left.line) for left in lefts}) == 1
    columns = _once(left.column for left in lefts if left.column)
    if one_line and columns and not any(left.inset for left in lefts):
        return ("Col. " if len(columns) == 1 else "Cols. ") + " ".join(columns)
    return f"{len(found)} cells" if len(found) > 1 else "one cell"


def _column_laws(laws: Sequence[RowLaw]) -> tuple[str, ...]:
    return tuple(_once(f"Col. {law.column} = {law.words}" for law in laws))


def _in_rows(laws: Sequence[RowLaw]) -> str:
    return "each row the filer adds" if laws else ""


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


# -- the page -----------------------------------------------------------------------------


def make_page(blank: Blank) -> str:
    """The whole reference page."""
    found = list(entries(blank))
    parts = [HEAD.format(
        year=blank.year, ids=len(found) + len(CONDITIONS),
        instances=sum(e.instances for e in found) + len(CONDITIONS),
    )]  # fmt: skip
    on_schedules = [e for e in found if e.page.startswith("schedule_") and not e.file]
    of_pages = [e for e in found if not e.file and e not in on_schedules]
    one_page = [e for e in of_pages if len(e.pages) == 1]
    ties = [e for e in of_pages if len(e.pages) > 1]
    parts.append("## Pages\n\nRules and ties within one page.\n")
    parts += _by_page(blank, one_page)
    parts.append(
        "## Between pages\n\n### Stated on a page\n\n"
        "The caption names the other page, or the page file does (`~`).\n"
    )
    parts.append(_table(ties))
    parts.append("### Printed on no page\n\nFrom `cross.checks`.\n")
    parts.append(_table(_in_file(found, "cross.checks"), with_premise=True))
    parts.append(
        "## Schedules\n\nThe verifications and summaries, and what their captions name in "
        "the detail schedules. A check that needs a detail schedule does not run while the "
        "document lacks it: it is counted, not failed.\n"
    )
    parts += _by_page(blank, on_schedules)
    parts.append(
        "### Ties to the detail schedules that no caption prints\n\nFrom `schedules.checks`.\n"
    )
    parts.append(_table(_in_file(found, "schedules.checks"), with_premise=True))
    for file in dict.fromkeys(e.file for e in found):
        if file and file not in TOLD:
            title, words = OTHERS.get(file, (f"From {file}", ""))
            parts.append(f"## {title}\n\n{words}From `{file}`.\n")
            parts.append(_table(_in_file(found, file), with_premise=True))
    parts.append(
        "## Conditions\n\nWhat no sum can say. All are warnings: they ask a person to look.\n"
    )
    parts.append(_conditions())
    return "\n".join(parts)


def _in_file(found: Sequence[Entry], file: str) -> list[Entry]:
    return [entry for entry in found if entry.file == file]


def _by_page(blank: Blank, found: Sequence[Entry]) -> Iterator[str]:
    for name, form in blank.pages.items():
        if mine := [entry for entry in found if entry.page == name]:
            number = f", page {form.declared.number}" if form.declared.number else ""
            note = "\nKnown only in part: lines and columns that other pages cite.\n"
            yield f"### `{name}`{number}\n" + (note if form.declared.is_unknown else "")
            yield _table(mine)


def _table(found: Sequence[Entry], *, with_premise: bool = False) -> str:
    heads = ["Id", "Law", "In", "Severity", "Tolerance", "Why"]
    heads += ["Premise, or K"] if with_premise else []
    lines = ["| " + " | ".join(heads) + " |", "|" + "-|" * len(heads)]
    for entry in found:
        cells = [f"`{entry.id}`", "<br>".join(map(_safe, entry.laws)), entry.places, entry.severity,
                 entry.tolerance, _safe(entry.why)]  # fmt: skip
        if with_premise:
            cells.append(_safe(" ".join(filter(None, (entry.premise, entry.known)))))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _conditions() -> str:
    lines = ["| Id | Law | Pages | Severity | Why |", "|-|-|-|-|-|"]
    lines += [
        f"| `{c.id}` | {_safe(c.law)} | {', '.join(c.pages)} | warning | {_safe(c.why)} |"
        for c in CONDITIONS
    ]
    return "\n".join(lines) + "\n"


def _safe(words: str) -> str:
    return words.replace("|", "\\|").replace("${", "\\${")


if __name__ == "__main__":
    PAGE.write_text(make_page(load_blank()), encoding="utf-8")
