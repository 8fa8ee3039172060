"""The verbs records check and records show: a company's investments as rows, and what is wrong with them."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from jurat.records import Fault, Intake, Problem, TableKind

_SHOWN = 100
"""Faults, and problems, told without --all."""


@click.group("records")
def records_group() -> None:
    """Look at a company's records of investments: lots, trades, prices and the rest."""


# -- check ----------------------------------------------------------------------------------------


@records_group.command("check")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--year", type=int, help="The year of the statement; a company folder says it.")
@click.option("--all", "everything", is_flag=True, help="Every problem, however many.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def check_verb(folder: Path, year: int | None, everything: bool, as_json: bool) -> None:
    """Check records: what cannot be taken in, and what looks wrong, by dollars.

    FOLDER holds the tables, or is a company folder, whose records/ is checked.
    """
    from jurat.cli.show import dump
    from jurat.records import examine_records, read_records

    home, known_year = _home(folder, year)
    intake = read_records(home)
    problems = examine_records(intake.records, known_year)
    if as_json:
        dump(_as_json(intake, problems, known_year))
    else:
        for line in _show(intake, problems, known_year, None if everything else _SHOWN):
            click.echo(line)
    is_broken = bool(intake.faults) or any(one.severity == "error" for one in problems)
    sys.exit(int(is_broken))


def _home(folder: Path, year: int | None) -> tuple[Path, int]:
    """Where the records are, and for which year they are asked.

    Raises  UsageError where neither the folder nor the command says it.
    """
    from jurat.cli.sources import is_company
    from jurat.keeping import Faults
    from jurat.keeping.company import read_company
    from jurat.records import HOME
    from jurat.words import UsageError

    company = folder if is_company(folder) else folder.parent
    home = folder / HOME if company == folder else folder
    if not home.is_dir():
        raise UsageError(
            f"{folder} holds no records.", next=f"Put lots.csv and the other tables into {home}/."
        )
    if year is None and is_company(company) and home.name == HOME:
        faults = Faults()
        found = read_company(company, faults)
        faults.stop()
        year = found.year if found else None
    if year is None:
        raise UsageError("The records of which year?", next="Give it: --year 2012")
    if year not in range(1900, 2201):
        raise UsageError(f"{year} is no year of a statement.", next="Give it: --year 2012")
    return home, year


def _as_json(intake: "Intake", problems: "Sequence[Problem]", year: int) -> dict[str, Any]:
    return {
        "year": year,
        "files": [
            {
                "file": one.file,
                "table": one.table,
                "rows": one.rows,
                "kept": one.kept,
                "rejected": one.rejected.tolist(),
                "repeated": one.repeated,
                "superseded": one.superseded,
            }
            for one in intake.files
        ],
        "faults": [asdict(fault) for fault in _ranked(intake.faults)],
        "problems": [asdict(problem) for problem in problems],
        "history": [asdict(correction) for correction in intake.history],
    }


def _ranked(faults: "Sequence[Fault]") -> "list[Fault]":
    """What is wrong with a whole file first, then rows by their amount, then what is only counted."""
    return sorted(
        faults,
        key=lambda one: (one.more > 0, one.row > 0, -abs(one.cents), one.file, one.row),
    )


def _show(
    intake: "Intake", problems: "Sequence[Problem]", year: int, most: int | None
) -> Iterator[str]:
    yield f"{intake.folder}, for {year}"
    yield from _show_files(intake)
    yield from _show_faults(_ranked(intake.faults), most)
    yield from _show_problems(problems, most)
    if intake.history:
        yield f"\ncorrected {len(intake.history):,}"
        for fix in intake.history[:most]:
            yield f"  {fix.table} {fix.key}: {fix.before} is replaced by {fix.after}"
        yield from _rest(len(intake.history), most)


def _show_files(intake: "Intake") -> Iterator[str]:
    width = max([len(one.file) for one in intake.files] + [20])
    heads = ("rows", "kept", "rejected", "repeated", "superseded")
    yield f"{'file':<{width}}" + "".join(f" {head:>10}" for head in heads)
    total = [0] * len(heads)
    for one in intake.files:
        counts = (one.rows, one.kept, len(one.rejected), one.repeated, one.superseded)
        total = [a + b for a, b in zip(total, counts, strict=True)]
        yield f"{one.file:<{width}}" + "".join(f" {count:>10,}" for count in counts)
    yield f"{'all':<{width}}" + "".join(f" {count:>10,}" for count in total)


def _show_faults(faults: "Sequence[Fault]", most: int | None) -> Iterator[str]:
    if not faults:
        yield "\nno faults: every row can be taken in"
        return
    yield f"\nfaults {len(faults):,}: nothing is taken in before they are mended"
    for fault in faults[:most]:
        yield f"{_amount(fault.cents)}  {fault.where}: {fault.what}"
        yield from _next(fault.next)
    yield from _rest(len(faults), most)


def _show_problems(problems: "Sequence[Problem]", most: int | None) -> Iterator[str]:
    if not problems:
        yield "\nnothing looks wrong"
        return
    errors = sum(one.severity == "error" for one in problems)
    yield (
        f"\nlooks wrong {len(problems):,}, {errors:,} of them errors, by the dollars of the statement "
        "they may change"
    )
    for one in problems[:most]:
        yield f"{_amount(one.cents)}  {one.severity} {one.rule} at {one.where}"
        yield f"{'':>20}{one.what}"
        yield from _next(one.next)
    yield from _rest(len(problems), most)


def _amount(cents: int) -> str:
    from jurat.records.problems import dollars

    return f"{dollars(abs(cents)) if cents else '':>18}"


def _next(advice: str) -> Iterator[str]:
    if advice:
        yield f"{'':>20}Next: {advice}"


def _rest(count: int, most: int | None) -> Iterator[str]:
    if most is not None and count > most:
        yield f"{'':>20}and {count - most:,} more: --all, or --json"


# -- show -----------------------------------------------------------------------------------------


@records_group.command("show")
@click.argument("table", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show_verb(table: str | None, as_json: bool) -> None:
    """The tables of records; with a TABLE, its columns and how each is written."""
    from jurat.cli.show import dump
    from jurat.records import TABLES
    from jurat.words import UsageError, nearest

    if table is not None and table not in TABLES:
        meant = " or ".join(nearest(table, TABLES))
        lead = f"Perhaps {meant}. " if meant else ""
        raise UsageError(
            f"There is no table {table[:40]}.", next=f"{lead}All tables: jurat records show"
        )
    shown = [TABLES[table]] if table else list(TABLES.values())
    if as_json:
        dump([asdict(one) for one in shown])
        return
    for line in _show_table(shown[0]) if table else _show_tables(shown):
        click.echo(line)


def _show_tables(tables: "Sequence[TableKind]") -> Iterator[str]:
    for one in tables:
        outside = " (from outside, held against the others)" if one.is_control else ""
        yield f"{one.name:<24} {one.means}{outside}"
    yield "\nColumns of a table: jurat records show lots"


def _show_table(one: "TableKind") -> Iterator[str]:
    from jurat.records.written import how_written, whether_needed

    yield f"{one.name}: {one.means}"
    yield f"key: {', '.join(one.key)}\n"
    for field in one.fields:
        needed = whether_needed(field)
        names = f" (a row of {field.names})" if field.names else ""
        yield f"  {field.name:<16} {needed:<16} {field.means}{names}"
        yield f"  {'':<16} {'':<16} {how_written(field)}"
