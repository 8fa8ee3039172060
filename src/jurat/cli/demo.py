"""The verb demo: the example company closed and proved, then its filing read back and checked."""

import os
import shutil
import sys
import tempfile
import webbrowser
from dataclasses import replace
from pathlib import Path

import click

from jurat.cli.checking import (
    Checked,
    check_file,
    place_for,
    reading_in_a_line,
    save_report,
    show_lines,
)
from jurat.cli.closing import closing_in_a_line, counts_in_a_line, show_certificate
from jurat.cli.show import (
    dump,
    outcome_as_json,
    quoted,
    show_counts,
    show_story,
    stories_of,
)
from jurat.close import Closing, close
from jurat.keeping.company import NAME as COMPANY_FILE
from jurat.prove import Certificate, prove
from jurat.publish import SITE, publish
from jurat.publishing.text import write_text
from jurat.reading import read
from jurat.words import UsageError

COMPANY = "bay_state_2012"
FILED = "bay_state_2012_filed"
REPORT = "jurat-demo.html"


def example_folder(name: str = FILED) -> Path:
    """An example: inside the installed package, or beside the source.

    Raises  UsageError when the installation lacks it.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "_examples" / name, package.parents[1] / "examples" / name):
        if folder.is_dir():
            return folder
    raise UsageError("The example is not in this installation.", next="Install Jurat again.")


def run_demo(report: str | None, *, show: bool, as_json: bool) -> None:
    """Close the example company and prove its outputs; then check its filing, and write a report.

    Raises  UsageError when something of somebody else stands where the example would go.
    """
    page = _place(report)
    folder, filing = page.with_suffix(""), page.with_suffix(".txt")
    text = write_text(read(example_folder() / "facts.csv").statement)
    _keep(filing, text, is_ours=report is None)
    _copy(folder)
    closing = close(folder)
    publish(closing)
    certificate = prove(folder / "out")
    one = check_file(filing, None, (), with_suspects=True)
    if as_json:
        told = {"is_proved": certificate.is_clean, "cells_compared": certificate.cells}
        dump(told | outcome_as_json(one.outcome, one.suspects or [], everything=False))
    else:
        _show_closed(closing, certificate, folder)
        _show(one)
    save_report(replace(one, file=filing), page)
    _say_what_next(one, page, folder)
    if show and _has_screen():
        webbrowser.open((folder / "out" / SITE / "index.html").resolve().as_uri())


def _copy(folder: Path) -> None:
    """The example company in a folder of its own; one that was left by a demo is closed again."""
    if not folder.exists():
        shutil.copytree(example_folder(COMPANY), folder)
        return
    ours = (example_folder(COMPANY) / COMPANY_FILE).read_bytes()
    theirs = folder / COMPANY_FILE
    if not theirs.is_file() or theirs.read_bytes() != ours:
        raise UsageError(
            f"{folder} stands where the example company would go.",
            next="Give the report another name: --report demo.html",
        )


def _show_closed(closing: Closing, certificate: Certificate, folder: Path) -> None:
    """What was closed from what, and that every output shows it."""
    click.echo(f"Closed {quoted(folder)}: the company's books of 2012")
    click.echo(f"  {closing_in_a_line(closing)}")
    click.echo(f"  {counts_in_a_line(closing)}")
    click.echo(f"\nProved {quoted(folder / 'out')}: every output read back, cell by cell")
    for line in show_certificate(certificate):
        click.echo(f"  {line}")
    click.echo("\nThe filing as it was filed, read as text and checked")


def _place(report: str | None) -> Path:
    """Where the report goes: where asked, here, or in a temporary folder when this one is closed."""
    if report is not None:
        place_for(Path(report))
        return Path(report)
    try:
        place_for(Path(REPORT))
    except UsageError:
        return Path(tempfile.mkdtemp(prefix="jurat-demo-")) / REPORT
    return Path(REPORT)


def _keep(filing: Path, text: str, *, is_ours: bool) -> None:
    """Leave the statement's text beside the report; a file of somebody else is not touched."""
    if filing.exists() and not is_ours and filing.read_bytes() != text.encode():
        raise UsageError(
            f"{filing} stands where the example's text would go.",
            next="Give the report another name: --report demo.html",
        )
    filing.write_bytes(text.encode())


def _show(one: Checked) -> None:
    """The counts, the first story in full, and how many others there are."""
    click.echo(reading_in_a_line(one))
    show_lines(one, show_counts(one.outcome))
    first, *others = stories_of(one.outcome)
    show_lines(one, show_story(first))
    breaks = sum(len(members) for members in others)
    click.echo(
        f"\nand {breaks} more breaks in {len(others)} stories, {one.outcome.counts.rounding} "
        f"differences of rounding, and the suspects: jurat check {quoted(one.file)}"
    )


def _say_what_next(one: Checked, page: Path, folder: Path) -> None:
    """What to click, and what to type."""
    told = next(finding for finding in stories_of(one.outcome)[0] if finding.severity == "error")
    cell = told.cells[0]
    click.echo(
        f"\nThe statement: {folder}/out/statement.pdf, statement.xlsx and site/index.html.\n"
        f"Open {page} in a browser and click any figure: its rule, its parts, its checks, its line.\n"
        f"Begin with {told.show(told.left)}, lit red: {page.name}#{cell}\n"
        f"The statement as text is {one.file}. Try: jurat explain {quoted(one.file)} {quoted(cell)}\n"
        f"and down to the row of the books: jurat explain {quoted(folder)} nii:10:2",
        err=True,
    )


def _has_screen() -> bool:
    is_at_hand = os.name == "nt" or sys.platform == "darwin"
    return is_at_hand or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
