"""A folder read whole: every entry of every file, each cell once, every fault told at once."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from jurat.blanks import Blank, Role, RowGroup, blank_for, blanks_known, electing, with_laws
from jurat.keeping.answers import NAME as ANSWERS
from jurat.keeping.answers import answers_of
from jurat.keeping.company import NAME as COMPANY
from jurat.keeping.company import Company, read_company
from jurat.keeping.entries import Asked, Entry, cell_given, cells_of, settled
from jurat.keeping.faults import Faults
from jurat.keeping.figures import HOME as INPUTS
from jurat.keeping.figures import figures_of
from jurat.keeping.gains import NAME as GAINS
from jurat.keeping.gains import TABLE as FACTORS
from jurat.keeping.gains import Gains, read_gains
from jurat.keeping.overrides import NAME as OVERRIDES
from jurat.keeping.overrides import read_overrides
from jurat.keeping.reserves import NAME as RESERVES
from jurat.keeping.reserves import reserves_of
from jurat.keeping.write_ins import NAME as WRITE_INS
from jurat.keeping.write_ins import write_ins_of
from jurat.money import Kind
from jurat.records import HOME as RECORDS
from jurat.records import Records, read_records, table_of
from jurat.statement import Cell, CellState, Given, Overridden
from jurat.words import Address, JuratError, for_year, nearest, read_checks

LAWS = "laws.checks"
BY_FORM = "the form"
"""The source of what the form itself prints in cells."""
ACCEPTED = "accepted.toml"
_FILES = (
    *(COMPANY, LAWS, ACCEPTED, RESERVES, WRITE_INS),
    *(ANSWERS, OVERRIDES, GAINS, FACTORS),
)
_SUFFIXES = (".csv", ".toml", ".checks")
MADE = ("builds", "out", "out.txt")
"""What Jurat writes into a folder, and no closing rests on."""


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
    records: Records | None = None
    """Of investments; nothing where the company keeps none here."""
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
    _strangers(folder, faults)
    company = read_company(folder, faults)
    blank = _blank(folder, company, faults) if company else None
    if company is None or blank is None:
        _look_further(folder, faults)
        faults.stop()
        raise AssertionError  # a fault was told
    asked = Asked(blank, faults)
    entries = settled(_entries(folder, company, asked), faults)
    _rows_unbroken(entries, asked)
    _write_ins_named(entries, asked)
    overrides = read_overrides(folder, asked, faults)
    _overrides_of_rows(overrides, entries, asked)
    gains = read_gains(folder, company, faults)
    records = _records(folder, company, faults)
    faults.stop()
    return Books(
        folder=folder,
        company=company,
        blank=blank,
        entries=entries,
        overrides=overrides,
        gains=gains,
        records=records,
        files=_digests(folder),
    )


def _entries(folder: Path, company: Company, asked: Asked) -> Iterator[Entry]:
    """Every entry of every file; batches of figures last, as they may replace what was said before."""
    faults = asked.faults
    yield from _cover(company, asked)
    yield from write_ins_of(folder, asked, faults)
    yield from reserves_of(folder, asked, faults)
    yield from answers_of(folder, asked, faults)
    yield from figures_of(folder, asked, faults)


def _strangers(folder: Path, faults: Faults) -> None:
    """Files that nothing reads, and whose figures would be missing in silence."""
    for path in sorted(folder.glob("*")):
        if path.suffix.casefold() in _SUFFIXES and path.name not in _FILES:
            named = {Path(name).stem: name for name in _FILES}
            meant = [f"Did you mean {named[stem]}?" for stem in nearest(path.stem, named, 1)]
            table = [f"Tables of records go into {RECORDS}/."] if table_of(path.stem) else []
            advice = (*table, *meant, f"Tables of figures go into {INPUTS}/.")[0]
            faults.add(path.name, "no file of a folder has this name.", advice)
    for path in sorted(path for path in folder.glob("*") if path.is_dir()):
        if path.name not in (INPUTS, RECORDS):
            for name in nearest(path.name, (INPUTS, RECORDS), 1):
                told = "has nearly the name of a folder that is read, and is not read."
                faults.add(f"{path.name}/", told, f"Did you mean {name}/?")
    for path in sorted((folder / INPUTS).glob("*")):
        if path.suffix not in (".csv", ".md") and not path.name.startswith("."):
            told = "Save it as CSV UTF-8, its name ending in .csv, or take it out."
            faults.add(f"{INPUTS}/{path.name}", "is not read.", told)


def _look_further(folder: Path, faults: Faults) -> None:
    """Faults of the tables too, where `company.toml` cannot be used: on the latest form we have."""
    asked = Asked(blank_for(9999), faults)
    settled(
        [
            *write_ins_of(folder, asked, faults),
            *reserves_of(folder, asked, faults),
            *answers_of(folder, asked, faults),
            *figures_of(folder, asked, faults),
        ],
        faults,
    )
    read_overrides(folder, asked, faults)


# -- the blank ----------------------------------------------------------------------------------


def _blank(folder: Path, company: Company, faults: Faults) -> Blank | None:
    """The form of the year, or the nearest earlier one, with the laws of the company."""
    policies, written = company.policies, company.written
    kinds = sorted({kind for kind, _ in blanks_known()})
    if company.kind not in kinds:
        told = f"there is no blank of the kind {company.kind[:40]!r}."
        faults.add(written.at("kind"), told, f"Kinds: {', '.join(kinds)}.")
        return None
    blank = blank_for(company.year, company.kind)
    steps: list[tuple[str, Callable[[Blank], Blank]]] = []
    if (folder / LAWS).exists():
        steps.append((LAWS, lambda blank: _with_own_laws(blank, folder / LAWS, faults)))
    fills = written.at("policies", "fills")
    steps.append((fills, lambda blank: electing(blank, policies.fills)))
    for where, step in steps:
        try:
            blank = step(blank)
        except JuratError as fault:
            faults.add(where if where == fills else fault.where or where, fault.what, fault.next)
        except (OSError, UnicodeDecodeError) as fault:
            faults.add(where, f"cannot be read as UTF-8 text: {fault}.")
    known = {equation.id for equation in blank.equations}
    for law in sorted(set(policies.not_held) - known):
        where = written.at("policies", "not_held", law)
        advice = nearest(law, known, 1) or ["docs/reference/checks.md"]
        faults.add(where, f"policies.not_held names no law: {law[:40]}.", f"See {advice[0]}.")
    return blank


def _with_own_laws(blank: Blank, path: Path, faults: Faults) -> Blank:
    """The blank with the company's laws, each under an id of its own."""
    known = {law.id for law in blank.equations} | {law.id for law in blank.row_laws}
    checks = read_checks(path)
    times = Counter(check.id for check in checks)
    for check in checks:
        if check.id in known:
            told = "The form has it; give yours another."
            faults.add(check.where, f"the id {check.id} is taken.", told)
        elif times[check.id] > 1:
            faults.add(check.where, f"the id {check.id} stands {times[check.id]} times.")
    return with_laws(blank, path)


# -- entries held against each other ----------------------------------------------------------


def _cover(company: Company, asked: Asked) -> Iterator[Entry]:
    year = {"year_ended": str(company.year)}
    for line, text in {**year, **company.cover}.items():
        where = company.written.at("cover", line) if line in company.cover else COMPANY
        told = f"{where}: [cover] {line[:40]}"
        cell = cell_given(asked, Address("cover", line), text, where, told) if text else None
        if cell:
            yield Entry(cell=cell, where=told)


def _rows_unbroken(entries: Mapping[Address, Entry], asked: Asked) -> None:
    """Rows are numbered without gaps, or the print would show an empty one."""
    found: dict[RowGroup, dict[int, Entry]] = {}
    for address, entry in entries.items():
        if (row := asked.row_of(address)) is not None:
            group, key = row
            found.setdefault(group, {}).setdefault(key, entry)
    for group, rows in found.items():
        for key, entry in sorted(rows.items()):
            if key > group.first and key - 1 not in rows:
                before, here = ((group.address(one, "")) for one in (key - 1, key))
                told = f"there is a row {_row(here)}, but no {_row(before)} before it."
                asked.faults.add(entry.where, told, "Give the rows without a gap.")


def _row(address: Address) -> str:
    return f"{address.page}:{address.line}" + (f"/{address.row}" if address.row else "")


def _write_ins_named(entries: Mapping[Address, Entry], asked: Asked) -> None:
    """No amount is written in without saying what it is."""
    for address, entry in entries.items():
        name = Address(address.page, address.line)
        if address == name or name in entries:
            continue
        line = asked.blank.line(address.page, address.line)
        row = asked.row_of(address)
        if (line and line.role is Role.WRITE_IN) or (row and row[0].source):
            told = f"{address} is written in without a name."
            asked.faults.add(entry.where, told, f"Name it in {WRITE_INS}.")


def _overrides_of_rows(
    overrides: Mapping[Address, Cell], entries: Mapping[Address, Entry], asked: Asked
) -> None:
    """A row is overridden only where the books have it."""
    rows = {row for address in entries if (row := asked.row_of(address)) is not None}
    for address, cell in overrides.items():
        row = asked.row_of(address)
        if row is not None and row not in rows and isinstance(cell.because, Overridden):
            told = f"there is no row at {address} to override."
            asked.faults.add(cell.because.source, told, "Give the row first.")


def _records(folder: Path, company: Company, faults: Faults) -> Records | None:
    """The records of investments, if the company keeps any."""
    place = folder / RECORDS
    if not place.is_dir():
        if company.policies.imr_method == "seriatim":
            faults.add(COMPANY, "imr_method is seriatim, and there are no records to tell gains.")
        return None
    if company.policies.tax_rate is None and company.policies.imr_method != "given":
        faults.add(COMPANY, "gains need their tax.", 'Write: policies.tax_rate = "35 %".')
    intake = read_records(place)
    for fault in intake.faults:
        faults.add(f"{RECORDS}/{fault.where}", fault.what, fault.next)
    return intake.records


# -- files --------------------------------------------------------------------------------------


def _digests(folder: Path) -> dict[str, str]:
    """Every file of the folder that a closing rests on."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in name.parts)
        if path.is_file() and name.parts[0] not in MADE and not is_hidden:
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
