"""The verbs init, accept, import-workbook and demo: a company's folder made, and what comes into it."""

import shlex
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from jurat.keeping.edits import Edit, Edited
    from jurat.reading.changes import Change
    from jurat.reading.workbook import Evaluated
    from jurat.statement import Statement

_WIDTH = 100
_COUNTED = {"figure": "figures", "words": "texts", "answer": "answers", "override": "overrides"}


# -- init -----------------------------------------------------------------------------------------


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--year", type=int, help="The year of the statement, for an empty folder.")
@click.option("--from", "filing", type=click.Path(path_type=Path), help="A filed statement.")
@click.option("--same-year", is_flag=True, help="Rebuild that filing, instead of the year after.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def init_verb(
    folder: Path, year: int | None, filing: Path | None, same_year: bool, as_json: bool
) -> None:
    """Make a company's folder: empty, or from a filed statement for the year after it."""
    from jurat.cli.show import dump
    from jurat.keeping.scaffold import scaffold, scaffold_from
    from jurat.reading import read
    from jurat.words import UsageError

    if filing is None:
        if year is None or same_year:
            raise UsageError(
                "A folder is for a year, or from a filing.",
                next="jurat init FOLDER --year 2013, or: jurat init FOLDER --from filing.txt",
            )
        scaffold(folder, year)
        origin, told = "empty", year
    else:
        filed = read(filing).statement
        told = filed.year if same_year else filed.year + 1
        if year not in (None, told):
            raise UsageError(
                f"{filing} is of {filed.year}; from it comes a folder for {told}, not {year}.",
                next="Leave out --year, or add --same-year.",
            )
        scaffold_from(folder, filed, opening=None if same_year else filing)
        origin = f"from {filing.name}, the statement of {filed.year}"
    if as_json:
        files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))
        dump({"folder": str(folder), "year": told, "files": files})
        return
    for line in _show_folder(folder, told, origin, is_filled=same_year):
        click.echo(line)


def _show_folder(folder: Path, year: int, origin: str, *, is_filled: bool) -> Iterator[str]:
    """What was made, and what to do next."""
    from jurat.blanks import blank_for
    from jurat.keeping import answers, company, overrides, reserves, write_ins
    from jurat.keeping.books import LAWS
    from jurat.keeping.figures import HOME

    blank = blank_for(year)
    yield f"{folder}, for {year}, {origin}"
    if blank.year != year:
        yield (
            f"notice: there is no blank of {year} here; the folder stands on the form of "
            f"{blank.year}, the nearest year known."
        )
    yield "\nFilled as it was filed:" if is_filled else "\nFill, in this order:"
    yield _file(company.NAME, "facts of page 1, policies")
    yield _file(f"{HOME}/figures.csv", _rows_told(folder / HOME / "figures.csv", "figure"))
    yield from _pages_told(folder / HOME / "figures.csv")
    yield _file(reserves.NAME, _rows_told(folder / reserves.NAME, "valuation basis"))
    yield _file(write_ins.NAME, _rows_told(folder / write_ins.NAME, "write-in"))
    yield _file(answers.NAME, _answers_told(folder / answers.NAME))
    yield "\nThere as well:"
    yield _file(overrides.NAME, _rows_told(folder / overrides.NAME, "override"))
    yield _file(LAWS, "laws these books follow beside the form's; yours to change")
    kept = sorted(path.name for path in (folder / "opening").iterdir())
    yield _file("opening/", ", ".join(kept) or f"put the statement of {year - 1} here")
    yield f"\nNext: jurat close {shlex.quote(str(folder))}"


def _file(name: str, told: str) -> str:
    return f"  {name:<22} {told}"


def _table(path: Path) -> list[dict[str, str]]:
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rows_told(path: Path, noun: str) -> str:
    """How many rows a table has, and how many of them wait for an amount."""
    rows = _table(path)
    plural = f"{noun[:-2]}es" if noun.endswith("is") else f"{noun}s"
    told = f"{len(rows):,} {noun if len(rows) == 1 else plural}"
    amounts = [name for name in ("amount", "ordinary", "group") if rows and name in rows[0]]
    is_open = rows and not any(row[name] for row in rows for name in amounts)
    return f"{told}, amounts left open" if is_open else told


def _pages_told(path: Path) -> Iterator[str]:
    """The pages of the figures, in the order of the form."""
    count = Counter(row["page"] for row in _table(path))
    line = ""
    for page, rows in count.items():
        told = f"{page} {rows}"
        if line and len(line) + len(told) + 29 > _WIDTH:
            yield f"{'':<27}{line},"
            line = ""
        line = f"{line}, {told}" if line else told
    if line:
        yield f"{'':<27}{line}"


def _answers_told(path: Path) -> str:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if " = " in line]
    waiting = sum(line.endswith('= ""') for line in lines)
    return f"{len(lines):,} answers and texts, {waiting:,} left open"


# -- accept ---------------------------------------------------------------------------------------


@click.command("accept")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def accept_verb(folder: Path, file: Path, as_json: bool) -> None:
    """Accept a table of figures into a company's folder: whole and for good, or not at all."""
    from dataclasses import asdict

    from jurat.cli.show import dump
    from jurat.close import close
    from jurat.keeping.batches import accept

    batch = accept(folder, file, close)
    if as_json:
        dump(asdict(batch))
        return
    if not batch.is_new:
        click.echo(f"{batch.name} holds the same; nothing was changed.")
        return
    rows = "row" if batch.rows == 1 else "rows"
    click.echo(f"{file} is accepted as {batch.name}: {batch.rows:,} {rows}.")
    click.echo(f"\nNext: jurat close {shlex.quote(str(folder))}")


# -- import-workbook ------------------------------------------------------------------------------


@click.command("import-workbook")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--apply", "is_applied", is_flag=True, help="Take the changes over into the folder.")
@click.option("--who", default="", help="Who answers for the changes.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def import_workbook_verb(
    folder: Path, workbook: Path, is_applied: bool, who: str, as_json: bool
) -> None:
    """What somebody edited in a workbook of the statement; with --apply it becomes the record."""
    from dataclasses import asdict

    from jurat.cli.show import dump
    from jurat.close import close
    from jurat.keeping.edits import Edited
    from jurat.reading.changes import changes
    from jurat.reading.workbook import evaluate
    from jurat.words import UsageError

    if is_applied and not who.strip():
        raise UsageError("Somebody answers for a change.", next="Add --who NAME.")
    closed = close(folder).statement
    opened = evaluate(workbook)
    found = changes(opened, closed)
    today = datetime.now().astimezone().date()
    by = Edited(source=workbook.name, who=who.strip(), today=today)
    shown = list(_show_changes(closed, found))
    written = apply_changes(folder, opened, found, by) if found and is_applied else []
    if as_json:
        told = [asdict(one) | {"address": str(one.address)} for one in found]
        dump({"changes": told, "written": written})
        return
    for line in shown:
        click.echo(line)
    if written:
        click.echo("\nWritten: " + ", ".join(written))
        click.echo(f"Next: jurat close {shlex.quote(str(folder))}")
    elif found:
        click.echo("\nNothing was written. To take them over: --apply --who NAME")


def apply_changes(
    folder: Path, workbook: "Path | Evaluated", found: list["Change"], by: "Edited"
) -> list[str]:
    """Take a workbook's changes over into the folder; the names of the files written.

    Tried first on a copy: its closing must say what the workbook says, cell by cell.

    Raises  RecordError naming every change that cannot be taken over; then nothing is written.
    """
    from jurat.close import close
    from jurat.keeping.edits import files_changed
    from jurat.keeping.staging import put, staged
    from jurat.reading.changes import changes
    from jurat.words import RecordError

    closing = close(folder)
    made = files_changed(closing.books, closing.statement, [_edit(one) for one in found], by)
    with staged(folder, made) as copy:
        tried = replace(close(copy).statement, company=closing.statement.company)
        left = [one for one in changes(workbook, tried) if _is_left(one, closing.statement, found)]
        if left:
            raise RecordError(
                "\n".join(["The folder would still differ from the workbook:", *map(str, left)]),
                why="A change taken over half would be a third version.",
                next="Make these by hand, close, and import again; nothing was written.",
            )
    for name, content in made.items():
        put(folder, name, content)
    return list(made)


def _is_left(change: "Change", closed: "Statement", edited: list["Change"]) -> bool:
    """Whether the folder lacks an edit; a figure that nobody edited, and no formula gives, is none."""
    is_edited = change.address in {one.address for one in edited}
    return change.now != change.was and (is_edited or change.now != closed[change.address].value)


def _edit(change: "Change") -> "Edit":
    from jurat.keeping.edits import Edit
    from jurat.reading.changes import ChangeKind

    return Edit(
        address=change.address,
        kind=change.figures,
        now=change.now,
        is_override=change.kind is ChangeKind.OVERRIDE,
        place=change.place,
    )


def _show_changes(statement: "Statement", found: list["Change"]) -> Iterator[str]:
    """A row for each change: cell, caption, was, now, sheet cell, kind."""
    if not found:
        yield "The workbook says what the folder says; nothing was edited."
        return
    count = Counter(_COUNTED[change.kind] for change in found)
    told = ", ".join(f"{kind} {number}" for kind, number in sorted(count.items()))
    yield f"Cells edited: {len(found):,} ({told})"
    yield ""
    places = max(len(str(change.address)) for change in found)
    sheets = max(len(change.place) for change in found)
    yield f"{'cell':<{places}}  {'caption':<22} {'was':>17} {'now':>17}  {'edited in':<{sheets}}  kind"
    for change in found:
        caption = _short(_caption(statement, change), 22)
        was, now = (_value(change, value) for value in (change.was, change.now))
        is_short = max(len(was), len(now)) <= 17
        values = f"{was:>17} {now:>17}" if is_short else f"{'':>35}"
        head = f"{change.address!s:<{places}}  {caption:<22}"
        yield f"{head} {values}  {change.place:<{sheets}}  {change.kind}"
        if not is_short:
            yield f"    - {was}"
            yield f"    + {now}"


def _caption(statement: "Statement", change: "Change") -> str:
    line = statement.blank.line(change.address.page, change.address.line)
    return line.caption if line else statement.slot(change.address).caption


def _value(change: "Change", value: int | str | None) -> str:
    from jurat.money import format_figure

    if value is None:
        return "blank"
    return format_figure(value, change.figures) if isinstance(value, int) else value


def _short(words: str, width: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= width else words[: width - 3].rstrip() + "..."


@click.command("demo")
@click.option(
    "--report",
    type=click.Path(),
    help="Where the HTML page goes. [default: jurat-demo.html, here or in a temporary folder]",
)
@click.option(
    "--open/--no-open", "show", default=True, help="Open the page in a browser, where there is one."
)
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def demo_verb(report: str | None, show: bool, as_json: bool) -> None:
    """Check the example filing that comes with Jurat, and write its report."""
    from jurat.cli.demo import run_demo

    run_demo(report, show=show, as_json=as_json)


VERBS = (init_verb, accept_verb, import_workbook_verb, demo_verb)
