"""A new company folder: empty, or made from a filed statement for that year or the next."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jurat.blanks import Blank, Role, blank_for, with_laws
from jurat.keeping import answers, books, figures, overrides, reserves, write_ins
from jurat.keeping.company import NAME as COMPANY
from jurat.keeping.company import YEARS
from jurat.keeping.rebuilt import Rebuilt, rebuild
from jurat.keeping.tables import table_text
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address, UsageError

FACTS = ("page", "line", "column", "inset", "row", "kind", "value")
_POLICIES = (
    '[policies]\nrounding = "each"          # or "foot": totals are made of whole dollars\n'
    'imr_method = "given"       # or "grouped", with imr_gains.csv\n'
)
_HEAD = "# The company and its policies. docs/reference/company-folder.md\n"

_LAWS = Path(__file__).parent / "company_laws.checks"

Texts = dict[str, str]
"""The files of a folder, by name."""


def scaffold(folder: Path, year: int) -> None:
    """A folder for a year with all that its form asks and no rule gives, left open.

    Raises  UsageError when something stands there, or the year is none.
    """
    _fresh(folder)
    if year not in YEARS:
        raise UsageError(f"{year} is no year of a statement.", next="Write: --year 2013")
    blank = with_laws(blank_for(year), _LAWS)
    bare = Statement(blank=blank, year=year, cells={}, pages=frozenset(blank.pages))
    given = {*bare.system.filled_by, *(share.left for share in bare.system.percentages)}
    ruled = {bare.system.cells[cell] for cell in given}
    asked = tuple(
        slot.address
        for form in blank.pages.values()
        if not form.is_detail
        for slot in form.slots
        if slot.kind.is_figure and not slot.is_xxx and slot.address not in ruled
    )
    _write(folder, _texts(Rebuilt(statement=bare, inputs=asked), year, keep=False), None)


def scaffold_from(folder: Path, filed: Statement, *, opening: Path | None) -> Rebuilt:
    """A folder made from a filed statement: ready for the year after, or to rebuild that filing.

    With the filed document as `opening` it is for the year after: the document is kept as it is in
    `opening/`, figures and answers are left open, names, bases and facts of the company stay.
    Without it is for the filing's own year, last year's figures as far as its pages carry them.

    Raises  UsageError when something stands in the folder.
    """
    _fresh(folder)
    rebuilt = rebuild(filed, _LAWS)
    keep = opening is None
    made = _texts(rebuilt, filed.year + (0 if keep else 1), keep=keep)
    if keep and rebuilt.statement.prior:
        facts = table_text(FACTS, _facts(rebuilt.statement.prior))
        made[f"opening/facts_{filed.year - 1}.csv"] = facts
    _write(folder, made, opening)
    return rebuilt


def _texts(rebuilt: Rebuilt, year: int, *, keep: bool) -> Texts:
    """The files of a folder; `keep` says whether the figures are this year's."""
    filed = rebuilt.statement
    return {
        COMPANY: "".join(_company(rebuilt, year, keep=keep)),
        books.LAWS: _LAWS.read_text(encoding="utf-8"),
        f"{figures.HOME}/figures.csv": table_text(figures.COLUMNS, _figures(rebuilt, keep=keep)),
        reserves.NAME: table_text(reserves.COLUMNS, _reserves(filed, keep=keep)),
        write_ins.NAME: table_text(write_ins.COLUMNS, _written_in(rebuilt, keep=keep)),
        overrides.NAME: table_text(overrides.COLUMNS, _overrides(rebuilt) if keep else []),
        answers.NAME: "".join(_answers(filed, keep=keep)),
    }


# -- files ------------------------------------------------------------------------------------


def _fresh(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", next="Name a new folder.")
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty.", next="Name a new folder.")


def _write(folder: Path, made: Texts, opening: Path | None) -> None:
    """The folder whole or not at all: written beside, then given its name."""
    _fresh(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name in (figures.HOME, "opening"):
            (place / name).mkdir()
        for name, text in made.items():
            (place / name).write_text(text, encoding="utf-8", newline="\n")
        if opening:
            shutil.copyfile(opening, place / "opening" / opening.name)
        place.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        place.rename(folder)
    finally:
        shutil.rmtree(place, ignore_errors=True)


# -- what the files say -----------------------------------------------------------------------


def _company(rebuilt: Rebuilt, year: int, *, keep: bool) -> Iterator[str]:
    filed = rebuilt.statement
    yield f"{_HEAD}year = {year}\n\n[cover]\n"
    form = filed.blank.pages["cover"]
    opens = () if keep else ("a", "b1", "b2", "b3")
    for line in form.lines:
        cell = filed.cells.get(Address("cover", line.id))
        if line.id == "year_ended" or not line.slots:
            continue
        text = cell.value if cell and cell.value and line.id not in opens else ""
        yield f"{_key(line.id)} = {json.dumps(str(text), ensure_ascii=False)}\n"
    yield f"\n{_POLICIES}"
    yield "# Laws that are usual, not the form's, and that these books follow.\nfills = [\n"
    yield from (f'    "{law}",\n' for law in rebuilt.elected)
    yield "]\n"


def _key(line: str) -> str:
    return line if line.replace("_", "").isalnum() else json.dumps(line)


def _is_write_in(blank: Blank, address: Address) -> bool:
    line = blank.line(address.page, address.line)
    return bool(line and line.role is Role.WRITE_IN)


def _figures(rebuilt: Rebuilt, *, keep: bool) -> Iterator[tuple[object, ...]]:
    """A row for each figure that no rule gives; for the year after its amount is left open."""
    filed = rebuilt.statement
    for address in rebuilt.inputs:
        elsewhere = address.page in ("exhibit3", "overflow") or _is_write_in(filed.blank, address)
        if elsewhere or address.row:
            continue
        cell = filed[address]
        column = f"${address.inset}" if address.inset else address.column
        amount = _plain(cell) if keep else ""
        yield address.page, address.line, column, amount, "", ""


def _plain(cell: Cell) -> str:
    """A figure as one types it."""
    return cell.shown.replace(",", "") if isinstance(cell.value, int) else cell.shown


def _reserves(filed: Statement, *, keep: bool) -> Iterator[tuple[object, ...]]:
    for group in filed.blank.pages["exhibit3"].groups:
        numbers = {column.name: column.number for column in group.columns}
        for key in filed.rows.get(("exhibit3", group.id), ()):
            basis, *amounts = (
                filed[group.address(key, numbers[name])] for name in ("basis", "ordinary", "group")
            )
            told = [_plain(cell) if keep else "" for cell in amounts]
            yield group.id, basis.value or "", *told, "", ""


def _written_in(rebuilt: Rebuilt, *, keep: bool) -> Iterator[tuple[object, ...]]:
    """Write-ins with their names, a row for each amount; those of the overflow page behind."""
    filed = rebuilt.statement
    for form in filed.blank.pages.values():
        for line in form.lines:
            if line.role is Role.WRITE_IN:
                yield from _write_in(
                    rebuilt, (form.name, line.group), (form.name, line.id), keep=keep
                )
        for group in filed.blank.groups():
            if group.source != form.name:
                continue
            parent = next(
                one.group
                for one in form.lines
                if one.role is Role.WRITE_IN and one.id.startswith(group.printed_prefix)
            )
            for key in filed.rows.get((group.page, group.id), ()):
                at = (group.page, group.line_id(key))
                yield from _write_in(rebuilt, (form.name, parent), at, keep=keep)


def _write_in(
    rebuilt: Rebuilt, of: tuple[str, str], at: tuple[str, str], *, keep: bool
) -> Iterator[tuple[object, ...]]:
    filed, inputs = rebuilt.statement, set(rebuilt.inputs)
    name = filed.cells.get(Address(*at))
    figures = [
        cell
        for address, cell in filed.cells.items()
        if (address.page, address.line) == at and isinstance(cell.value, int)
    ]
    if name is None and not figures:
        return
    told = name.value if name and name.value else "(not named)"
    given = [cell for cell in figures if cell.address in inputs]
    for cell in given:
        yield *of, told, cell.address.column, _plain(cell) if keep else "", "", ""
    if not given:
        yield *of, told, "", "", "", ""


def _overrides(rebuilt: Rebuilt) -> Iterator[tuple[object, ...]]:
    filed = rebuilt.statement
    for address, difference in rebuilt.overridden.items():
        reason = (
            f"As filed; its rule gives {abs(difference):,} {'less' if difference > 0 else 'more'}."
        )
        yield str(address), _plain(filed[address]), reason, "jurat init", f"{filed.year + 1}-12-31"


def _answers(filed: Statement, *, keep: bool) -> Iterator[str]:
    """The questions of each page that asks any, with its tables; for the year after left open."""
    for form in filed.blank.pages.values():
        if not form.asks:
            continue
        yield f"[{form.name}]\n"
        for line in form.lines:
            slot = line.slots[0] if line.slots else None
            if slot and not slot.address.column and not slot.kind.is_figure:
                cell = filed[slot.address]
                answer = str(cell.value or "") if keep else ""
                yield f"{json.dumps(line.id)} = {json.dumps(answer, ensure_ascii=False)}\n"
        for group in form.groups:
            if group.is_table:
                yield from _answered_table(filed, form.name, group.id, keep=keep)
        yield "\n"


def _answered_table(filed: Statement, page: str, table: str, *, keep: bool) -> Iterator[str]:
    group = filed.blank.group(page, table)
    for key in filed.rows.get((page, table), ()):
        yield f"\n[[{page}.{json.dumps(table)}]]\n"
        for column in group.columns:
            cell = filed[group.address(key, column.number)]
            is_ruled = any(law.fills for law in column.laws)
            stays = keep or column is group.columns[0]
            text = _plain(cell) if stays and cell.state is CellState.VALUE else ""
            if not is_ruled:
                yield f"{column.name} = {json.dumps(text, ensure_ascii=False)}\n"


def _facts(statement: Statement) -> Iterator[tuple[object, ...]]:
    yield "cover", "year_ended", "", "", "", "code", statement.year
    if statement.company:
        yield "cover", "company_name", "", "", "", "text", statement.company
    for cell in statement.cells.values():
        address = cell.address
        is_known = cell.state is CellState.VALUE
        kind, value = (cell.kind, _plain(cell)) if is_known else ("unknown", "")
        yield (
            *(address.page, address.line, address.column),
            *(address.inset or "", address.row or "", kind, value),
        )
