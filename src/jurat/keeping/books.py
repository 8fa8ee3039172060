"""A folder read whole: every entry of every file, each cell once, every fault told at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from jurat.blanks import Blank, Role, electing, load_blank, with_laws
from jurat.keeping.answers import answers_of
from jurat.keeping.company import Company, read_company
from jurat.keeping.entries import Asked, Entry, cell_given, cells_of, settled
from jurat.keeping.faults import Faults
from jurat.keeping.gains import Gains, read_gains
from jurat.keeping.overrides import read_overrides
from jurat.keeping.tables import Row, rows_of
from jurat.keeping.write_ins import write_ins_of
from jurat.money import Kind
from jurat.statement import Cell, CellState, Given
from jurat.words import Address, JuratError, for_year

INPUTS = ("page", "line", "column", "amount", "source", "note")
RESERVES = ("section", "basis", "ordinary", "group", "source", "note")
LAWS = "laws.checks"
BY_FORM = "the form"
"""The source of what the form itself prints in cells."""
ACCEPTED = "accepted.toml"
_MADE = (
    "builds",
    "out",
    "out.txt",
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Books:
    """What a company supplied for a year, on the blank it files; money in millionths of a dollar."""

    folder: Path
    company: Company
    blank: Blank
    """With the laws of the company, and those it elects."""
    entries: Mapping[Address, Entry]
    overrides: Mapping[Address, Cell]
    gains: Gains | None
    files: Mapping[str, str] = field(default_factory=dict)
    """The digest of every file that was read, by name."""

    @property
    def cells(self) -> list[Cell]:
        """The cells given."""
        return cells_of(self.entries)


def read_books(folder: Path) -> Books:
    """The books in a folder.

    Raises  RecordError naming every wrong, missing, doubled or contradictory entry with its file
            and row; nothing is used before all is right.
    """
    faults = Faults()
    company = read_company(folder, faults)
    blank = _blank(folder, company, faults) if company else None
    if company is None or blank is None:
        faults.stop()
        raise AssertionError  # a fault was told
    asked = Asked(blank, faults)
    entries = settled(
        [
            *_cover(company, asked),
            *write_ins_of(folder, asked, faults),
            *_reserves(folder, asked, faults),
            *answers_of(folder, asked, faults),
            *_inputs(folder, asked, faults),
        ],
        faults,
    )
    overrides = read_overrides(folder, asked, faults)
    gains = read_gains(folder, company, faults)
    faults.stop()
    return Books(
        folder=folder,
        company=company,
        blank=blank,
        entries=entries,
        overrides=overrides,
        gains=gains,
        files=_digests(folder),
    )


def _blank(folder: Path, company: Company, faults: Faults) -> Blank | None:
    policies = company.policies
    steps: list[tuple[str, Callable[[Blank], Blank]]] = []
    if (folder / LAWS).exists():
        steps.append((LAWS, lambda blank: with_laws(blank, folder / LAWS)))
    steps.append(("company.toml: policies.fills", lambda blank: electing(blank, policies.fills)))
    try:
        blank = load_blank(company.kind, company.year)
    except JuratError as fault:
        faults.add("company.toml", fault.what, fault.next)
        return None
    for where, step in steps:
        try:
            blank = step(blank)
        except JuratError as fault:
            faults.add(fault.where or where, fault.what, fault.next)
    known = {equation.id for equation in blank.equations}
    for law in sorted(set(policies.not_held) - known):
        faults.add("company.toml", f"policies.not_held names no law: {law}.")
    return blank


def _cover(company: Company, asked: Asked) -> Iterator[Entry]:
    where = "company.toml: [cover]"
    year = {"year_ended": str(company.year)}
    for line, text in {**year, **company.cover}.items():
        if not text:
            continue
        cell = cell_given(asked, Address("cover", line), text, "company.toml", where)
        if cell:
            yield Entry(cell=cell, where=f"{where} {line}")


# -- figures ---------------------------------------------------------------------------------


def _inputs(folder: Path, asked: Asked, faults: Faults) -> Iterator[Entry]:
    """The figures that no page computes, batch by batch in the order of their names."""
    for path in sorted((folder / "inputs").glob("*.csv")):
        name = f"inputs/{path.name}"
        for row in rows_of(path, name, INPUTS, ("row", "was"), faults):
            yield from _input(row, asked, faults)


def _input(row: Row, asked: Asked, faults: Faults) -> Iterator[Entry]:
    column, number = row["column"], row["row"]
    inset = column.removeprefix("$")
    if column.startswith("$") and not inset.isdigit():
        faults.add(row.at("column"), f"{column!r} is no blank of a caption.", "Write $1, $2 ...")
        return
    if number and not number.isdigit():
        faults.add(row.at("row"), f"{number!r} is no row.", "Write 1, 2 ...")
        return
    address = Address(
        row["page"],
        row["line"],
        "" if column.startswith("$") else column,
        int(inset) if column.startswith("$") else 0,
        int(number or 0),
    )
    if row["amount"] == "":
        return  # left open
    where = row.at("amount") if asked.kind(address) else row.where
    cell = cell_given(asked, address, row["amount"], _source(row), where)
    if cell:
        yield Entry(cell=cell, where=row.where, was=row["was"])


def _source(row: Row) -> str:
    told = "; ".join(text for text in (row["source"], row["note"]) if text)
    return f"{row.where} ({told})" if told else row.where


def _reserves(folder: Path, asked: Asked, faults: Faults) -> Iterator[Entry]:
    """Exhibit 3 by valuation basis, numbered within each section in the order of the rows."""
    path = folder / "reserves.csv"
    if not path.exists():
        return
    groups = {group.id: group for group in asked.groups.get("exhibit3", [])}
    lines = asked.blank.pages["exhibit3"].lines
    names = {line.name: line.group for line in lines if line.role is Role.TOTAL and line.group}
    count: dict[str, int] = {}
    for row in rows_of(path, "reserves.csv", RESERVES, (), faults):
        section = names.get(row["section"], row["section"])
        if section not in groups:
            told = ", ".join(sorted({*groups, *names}))
            faults.add(
                row.at("section"), f"{row['section']!r} is no section.", f"Sections: {told}."
            )
            continue
        count[section] = count.get(section, 0) + 1
        group = groups[section]
        fields = {"basis": row["basis"], "ordinary": row["ordinary"], "group": row["group"]}
        numbers = {column.name: column.number for column in group.columns}
        for name, text in fields.items():
            if not text:
                continue
            address = group.address(count[section], numbers[name])
            cell = cell_given(asked, address, text, _source(row), row.at(name))
            if cell:
                yield Entry(cell=cell, where=row.where)


def _digests(folder: Path) -> dict[str, str]:
    """Every file of the folder that a closing rests on."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in name.parts)
        if path.is_file() and name.parts[0] not in _MADE and not is_hidden:
            found[name.as_posix()] = sha256(path.read_bytes()).hexdigest()
    return found


def printed_by_form(blank: Blank, year: int) -> list[Cell]:
    """Texts that the form itself prints in cells: the years of a table's lines."""
    return [
        Cell(
            address=slot.address,
            kind=slot.kind,
            state=CellState.VALUE,
            value=for_year(line.caption, year),
            because=Given(source=BY_FORM),
        )
        for form in blank.pages.values()
        for line in form.lines
        if "{year" in line.caption
        for slot in line.slots[:1]
        if slot.kind is Kind.TEXT and slot.address.column
    ]
