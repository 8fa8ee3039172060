"""The verb check: one statement, several, or folders of them."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click

from jurat.blanks import Blank, load_blank, with_laws
from jurat.checks import Accepted, Grade, Outcome, Suspect, examine, read_accepted, suspects
from jurat.cli.show import dump, outcome_as_json, quoted, show_outcome, show_suspects, with_file
from jurat.cli.sources import is_company
from jurat.reading import Reading, blank_of, read
from jurat.words import JuratError, Severity, UsageError

CLEAN, BREAKS, MISUSE, FAULT = 0, 1, 2, 3
READABLE = (".txt", ".csv", ".text", ".pdf", ".xlsx")
_WIDTH = 40
_WIDEST = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file with everything found on it."""

    file: Path
    reading: Reading
    outcome: Outcome
    suspects: list[Suspect] | None
    """None where they were not looked for."""

    @property
    def code(self) -> int:
        """The exit code of this file."""
        broken = any(f.is_break and f.severity is Severity.ERROR for f in self.outcome.findings)
        return BREAKS if broken else CLEAN


def check_file(
    file: Path, laws: Path | None, accepted: Sequence[Accepted], *, with_suspects: bool
) -> Checked:
    """Read and check one file.

    Raises  ReadError when it is no statement at all.
    """
    reading = read(file, _with_laws(blank_of(file), laws) if laws else None)
    outcome = examine(reading.statement, accepted)
    found = suspects(outcome) if with_suspects else None
    return Checked(file=file, reading=reading, outcome=outcome, suspects=found)


@cache
def _with_laws(blank: Blank, laws: Path) -> Blank:
    """The blank with one filer's laws, made once: statements of it share one matrix."""
    return with_laws(blank, laws)


def check_files(
    files: Sequence[str],
    *,
    as_json: bool,
    everything: bool,
    accepted: str | None,
    laws: str | None,
    report: str | None,
    with_suspects: bool,
) -> int:
    """Check what was named on the command line; the exit code is that of the worst file."""
    own = Path(laws) if laws else None
    if own:
        _with_laws(load_blank(), own)  # what is wrong with it is told before any file is read
    known = read_accepted(Path(accepted)) if accepted else []
    found = _files(files)
    if len(found) > 1:
        if report:
            raise UsageError("--report takes one file.", next="Run it once for each file.")
        return _batch(found, own, known, as_json=as_json, everything=everything)
    if report:
        place_for(Path(report))
    one = check_file(found[0], own, known, with_suspects=with_suspects)
    if as_json:
        dump(outcome_as_json(one.outcome, one.suspects or [], everything=everything))
    else:
        show_checked(one, everything=everything)
    _tell_unused(known, one.outcome)
    if report:
        save_report(one, Path(report))
    return one.code


def show_checked(one: Checked, *, everything: bool = False) -> None:
    """Print one file's findings."""
    click.echo(reading_in_a_line(one))
    for notice in one.reading.notices:
        click.echo(f"notice: {notice}")
    show_lines(one, show_outcome(one.outcome, everything=everything))
    show_lines(one, show_suspects(one.suspects or []))


def reading_in_a_line(one: Checked) -> str:
    """Whose statement it is, and how well it was read."""
    reading = one.reading
    return (
        f"{reading.statement.company or one.file.name}, {reading.statement.year}: coverage "
        f"{100 * reading.coverage.share:.2f} %, {len(reading.repairs)} cells repaired, "
        f"{sum(not doubt.is_weak for doubt in reading.doubts)} in doubt"
    )


def show_lines(one: Checked, lines: Iterable[str]) -> None:
    """Print lines, their commands ready to be copied."""
    for line in lines:
        click.echo(with_file(line, one.file))


def save_report(one: Checked, path: Path) -> None:
    """Write the HTML report of one file.

    Raises  UsageError when it cannot be written there.
    """
    from jurat.publishing.report import write_report

    try:
        write_report(
            one.reading.statement,
            one.outcome,
            path,
            suspects=one.suspects,
            doubts=one.reading.doubts,
            coverage=one.reading.coverage,
            source=str(one.file),
        )
    except OSError as fault:
        raise UsageError(f"The report was not written: {fault}.", next=_ELSEWHERE) from fault
    click.echo(f"report: {path}", err=True)


def place_for(path: Path) -> None:
    """See that a file can be written, before the work is done.

    Raises  UsageError when its folder is missing or closed, or when it is a folder.
    """
    folder = path.parent
    if path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        why = "is a folder" if path.is_dir() else f"cannot be written: there is no open {folder}"
        raise UsageError(f"{path} {why}.", next=_ELSEWHERE)


_ELSEWHERE = "Name a file in a folder of yours: --report report.html"


def _tell_unused(known: Sequence[Accepted], outcome: Outcome) -> None:
    """Accepted breaks that nothing answers to any more are told, so that the file stays true."""
    graded = (Grade.ACCEPTED, Grade.FAIL)
    broken = {(f.id, f.cells[0]) for f in outcome.findings if f.grade in graded and f.cells}
    for one in known:
        if (one.id, one.cell) not in broken:
            click.echo(
                f"accepted, but nothing breaks there now: {one.id} at {one.cell} ({one.owner})",
                err=True,
            )


def _files(named: Sequence[str]) -> list[Path]:
    """The files named, and those of the folders named; every one that is missing is told at once."""
    found: list[Path] = []
    missing: list[str] = []
    for name in named:
        path = Path(name)
        if is_company(path):
            raise UsageError(
                f"{name} is a company folder, not a folder of filings.",
                next=f"Close it, which checks it too: jurat close {quoted(name)}",
            )
        if path.is_dir():
            inside = sorted(
                p for p in path.rglob("*") if p.suffix.lower() in READABLE and p.is_file()
            )
            found += inside
            if not inside:
                missing.append(f"{name} holds no statement ({', '.join(READABLE)})")
        elif path.is_file():
            found.append(path)
        else:
            missing.append(f"{name} does not exist")
    if missing:
        raise UsageError(
            "; ".join(missing) + ".",
            next="Give the path of a filed statement, or a folder of them.",
        )
    return found


def _batch(
    files: list[Path],
    laws: Path | None,
    accepted: Sequence[Accepted],
    *,
    as_json: bool,
    everything: bool,
) -> int:
    worst = CLEAN
    rows: list[tuple[str, Checked | str]] = []
    with click.progressbar(files, label="checking", file=sys.stderr) as bar:
        for file in bar:
            try:
                checked = check_file(file, laws, accepted, with_suspects=False)
            except JuratError as fault:
                rows.append((str(file), fault.what.removeprefix(f"{file}: ")))
                worst = max(worst, MISUSE)
                continue
            except Exception as fault:  # one file of many: the others go on
                if os.environ.get("JURAT_DEBUG"):
                    raise
                rows.append((str(file), f"our fault: {type(fault).__name__}: {fault}"))
                worst = FAULT
                continue
            rows.append((str(file), checked))
            worst = max(worst, checked.code)
    if as_json:
        dump(
            [
                {"file": name, "error": one}
                if isinstance(one, str)
                else {"file": name, **outcome_as_json(one.outcome, [], everything=everything)}
                for name, one in rows
            ]
        )
        return worst
    width = max(_WIDTH, min(_WIDEST, max(len(name) for name, _ in rows)))
    click.echo(f"{'file':<{width}} {'coverage':>9} {'fail':>5} {'rounding':>9}  largest break")
    for name, one in rows:
        click.echo(_batch_line(name, one, width))
    return worst


def _batch_line(name: str, one: Checked | str, width: int) -> str:
    if isinstance(one, str):
        return f"{name:<{width}} not read: {one}"
    counts, breaks = one.outcome.counts, [f for f in one.outcome.findings if f.is_break]
    worst = max(breaks, key=lambda finding: abs(finding.difference), default=None)
    largest = f"{worst.id} {worst.show(worst.difference)}" if worst else "none"
    statement = one.reading.statement
    form = (
        f"  ({statement.year}, on the form of {statement.blank.year})" if statement.notices else ""
    )
    return (
        f"{name:<{width}} {100 * one.reading.coverage.share:>8.2f}% {counts.failed:>5} "
        f"{counts.rounding:>9}  {largest}{form}"
    )
