"""A new company folder: empty, or made from a filed statement for that year or the next."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from jurat.blanks import Blank, Equation, PriorCell, Role, electing, with_laws
from jurat.keeping import answers, books, overrides, write_ins
from jurat.keeping.company import NAME as COMPANY
from jurat.money import Kind, round_half_away
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address, JuratError, Severity, UsageError

FACTS = ("page", "line", "column", "inset", "row", "kind", "value")
_POLICIES = (
    '[policies]\nrounding = "each"          # or "foot": totals are made of whole dollars\n'
    'imr_method = "given"       # or "grouped", with imr_gains.csv\n'
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Rebuilt:
    """A filed statement taken apart: what the company had to supply, and what rules give."""

    statement: Statement
    """The filing on the blank with the elected laws, last year's figures as its prior."""
    elected: tuple[str, ...]
    inputs: tuple[Address, ...]
    """Figures that no rule gives."""
    overridden: dict[Address, int]
    """Figures that differ from their rule, by how much."""


def scaffold(folder: Path, year: int) -> None:
    """An empty folder for a year, ready to be filled.

    Raises  UsageError when something stands there.
    """
    _fresh(folder)
    _write(folder / COMPANY, f'year = {year}\n\n[cover]\ncompany_name = ""\n\n{_POLICIES}')
    _write(folder / books.LAWS, _laws())
    _table(folder / "inputs" / "figures.csv", books.INPUTS, [])
    _table(folder / "reserves.csv", books.RESERVES, [])
    _table(folder / write_ins.NAME, write_ins.COLUMNS, [])
    _table(folder / overrides.NAME, overrides.COLUMNS, [])
    _write(folder / answers.NAME, "[general_interrogatories]\n")
    (folder / "opening").mkdir()


def scaffold_from(folder: Path, filed: Statement, *, next_year: bool) -> Rebuilt:
    """A folder made from a filed statement: to rebuild that filing, or ready for the year after.

    For the year after, figures and answers are left open; names, bases and facts of the company
    stay. The opening is written by the caller for the year after, here for the filing's own year.

    Raises  UsageError when something stands in the folder.
    """
    _fresh(folder)
    (folder / "opening").mkdir(parents=True, exist_ok=True)
    _write(folder / books.LAWS, _laws())
    rebuilt = rebuild(filed, folder / books.LAWS)
    keep = not next_year
    year = filed.year + (1 if next_year else 0)
    _write(folder / COMPANY, "".join(_company(rebuilt, year, keep=keep)))
    _table(folder / "inputs" / "figures.csv", books.INPUTS, _figures(rebuilt, keep=keep))
    _table(folder / "reserves.csv", books.RESERVES, _reserves(filed, keep=keep))
    _table(folder / write_ins.NAME, write_ins.COLUMNS, _written_in(rebuilt, keep=keep))
    _table(folder / overrides.NAME, overrides.COLUMNS, _overrides(rebuilt) if keep else [])
    _write(folder / answers.NAME, "".join(_answers(filed, keep=keep)))
    if keep and rebuilt.statement.prior:
        _table(folder / "opening" / f"facts_{year - 1}.csv", FACTS, _facts(rebuilt.statement.prior))
    return rebuilt


# -- what a rule gives ------------------------------------------------------------------------


def rebuild(filed: Statement, laws: Path) -> Rebuilt:
    """Take a filed statement apart: usual laws that it keeps to the dollar are elected."""
    blank = with_laws(filed.blank, laws)
    statement = replace(filed, blank=blank, prior=_opening(filed))
    elected = _elected(statement)
    statement = replace(statement, blank=electing(blank, elected))
    inputs, overridden = [], {}
    given_by_rule = set()
    for address, difference in _ruled(statement):
        given_by_rule.add(address)
        if difference:
            overridden[address] = difference
    for cell in statement.cells.values():
        if isinstance(cell.value, int) and cell.address not in given_by_rule:
            inputs.append(cell.address)
    order = {slot.address: at for at, slot in enumerate(statement.all_slots())}
    return Rebuilt(
        statement=statement,
        elected=elected,
        inputs=tuple(sorted(inputs, key=order.__getitem__)),
        overridden=overridden,
    )


def _opening(filed: Statement) -> Statement | None:
    """Last year's figures as far as this year's pages carry them; what they do not is unknown."""
    cells: dict[Address, Cell] = {}
    carried: set[Address] = set()
    read: set[Address] = set()
    for equation in filed.blank.equations:
        read |= {place.address for place in equation.places if isinstance(place, PriorCell)}
        carry = _carried(filed, equation)
        if carry is not None:
            carried.add(carry.address)
            if isinstance(carry.value, int):
                cells.setdefault(carry.address, carry)
    if not cells:
        return None
    for address in sorted(read - carried):
        if not filed.blank.pages[address.page].is_detail:
            cells[address] = Cell(address=address, kind=Kind.MONEY, state=CellState.UNKNOWN)
    return Statement(
        blank=filed.blank,
        year=filed.year - 1,
        company=filed.company,
        cells=cells,
        pages=frozenset(address.page for address in cells),
    )


def _carried(filed: Statement, equation: Equation) -> Cell | None:
    """The cell of last year's statement that one equation carries onto this year's page, if any."""
    (place, sign), *others = equation.right or ((None, 0),)
    lefts = [(equation.left, 1), *equation.left_rest]
    if not isinstance(place, PriorCell) or others or sign != 1 or equation.scale != 1:
        return None
    told = [
        filed.cells.get(left) for left, weight in lefts if isinstance(left, Address) and weight == 1
    ]
    if len(told) < len(lefts) or equation.left.page not in filed.pages:
        return None
    figures = [cell for cell in told if cell and isinstance(cell.value, int)]
    value = sum(cell.figure for cell in figures) if figures else None
    kind = figures[0].kind if figures else Kind.MONEY
    return Cell(address=place.address, kind=kind, state=CellState.VALUE, value=value)


def _elected(statement: Statement) -> tuple[str, ...]:
    """The usual laws that could fill cells, and that the filing keeps to the dollar."""
    system, (values, present, _) = statement.system, statement.vectors
    residuals = system.residuals(values)
    filled = set(system.filled_by)
    fit: dict[str, bool] = {}
    for row, equation in enumerate(system.equations):
        left = system.row(row)[0][0]
        if equation.severity is not Severity.WARNING or equation.left_rest or left in filled:
            continue
        says = bool(present[left]) and residuals[row] == 0
        runs = system.pages_of[row] <= statement.pages_known
        fit[equation.id] = fit.get(equation.id, False) or (says and runs)
        if present[left] and residuals[row] != 0:
            fit[equation.id] = False
    elected: list[str] = []
    for law in (law for law, is_fit in fit.items() if is_fit):
        try:
            electing(statement.blank, [*elected, law])
        except JuratError:
            continue  # it would fill in a circle
        elected.append(law)
    return tuple(elected)


def _ruled(statement: Statement) -> Iterator[tuple[Address, int]]:
    """The cells that a rule gives, each with what the filing differs from it by."""
    system, (values, present, _) = statement.system, statement.vectors
    residuals = system.residuals(values)
    for left, row in system.filled_by.items():
        address = system.cells[left]
        terms = system.row(row)[1:]
        speaks = not terms or any(present[cell] for cell, _ in terms)
        runs = system.pages_of[row] <= statement.pages_known
        if isinstance(address, Address) and speaks and runs and address.page in statement.pages:
            is_told = bool(present[left])
            yield address, round_half_away(int(residuals[row]), int(system.scales[row])) * is_told
    for share in system.percentages:
        address = system.cells[share.left]
        if isinstance(address, Address) and present[share.part]:
            yield address, 0


# -- files ------------------------------------------------------------------------------------


def _fresh(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty.", next="Name a new folder.")
    (folder / "inputs").mkdir(parents=True, exist_ok=True)


def _laws() -> str:
    return files("jurat.keeping").joinpath("company_laws.checks").read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _table(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    _write(path, buffer.getvalue())


def _company(rebuilt: Rebuilt, year: int, *, keep: bool) -> Iterator[str]:
    filed = rebuilt.statement
    yield f"# The company and its policies. docs/reference/company-folder.md\nyear = {year}\n\n[cover]\n"
    form = filed.blank.pages["cover"]
    opens = () if keep else ("a", "b1", "b2", "b3")
    for line in form.lines:
        cell = filed.cells.get(Address("cover", line.id))
        if line.id == "year_ended" or not line.slots:
            continue
        text = cell.value if cell and cell.value and line.id not in opens else ""
        if text:
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
        cell = filed.cells[address]
        column = f"${address.inset}" if address.inset else address.column
        amount = _plain(cell) if keep else ""
        yield address.page, address.line, column, amount, "", ""


def _plain(cell: Cell) -> str:
    """A figure as one types it."""
    return cell.shown.replace(",", "") if isinstance(cell.value, int) else str(cell.value or "")


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
        if form.name == "cover" or not _asks(filed, form.name):
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


def _asks(filed: Statement, page: str) -> bool:
    return any(slot.kind.is_box and not slot.is_xxx for slot in filed.blank.pages[page].slots)


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
