"""The verb demo: the example filing, laid out as text, read back, checked and reported."""

import os
import sys
import tempfile
import webbrowser
from dataclasses import replace
from pathlib import Path

import click

from jurat.blanks import load_blank
from jurat.cli.checking import (
    Checked,
    check_file,
    place_for,
    reading_in_a_line,
    save_report,
    show_lines,
)
from jurat.cli.show import (
    dump,
    outcome_as_json,
    quoted,
    show_counts,
    show_story,
    stories_of,
)
from jurat.publishing.text import write_text
from jurat.reading import read
from jurat.words import UsageError

FILED = "bay_state_2012_filed"
REPORT = "jurat-demo.html"


def example_folder() -> Path:
    """The example: inside the installed package, or beside the source.

    Raises  UsageError when the installation lacks it.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "_examples" / FILED, package.parents[1] / "examples" / FILED):
        if (folder / "facts.csv").exists():
            return folder
    raise UsageError("The example is not in this installation.", next="Install Jurat again.")


def run_demo(report: str | None, *, show: bool, as_json: bool) -> None:
    """Check the example, tell its first story, and write its report.

    Raises  UsageError when the report cannot be written where it was asked for.
    """
    page = _place(report)
    text = write_text(read(example_folder() / "facts.csv", load_blank()).statement)
    filing = page.with_suffix(".txt")
    _keep(filing, text, is_ours=report is None)
    one = check_file(filing, None, (), with_suspects=True)
    if as_json:
        dump(outcome_as_json(one.outcome, one.suspects or [], everything=False))
    else:
        _show(one)
    save_report(replace(one, file=filing), page)
    _say_what_next(one, page)
    if show and _has_screen():
        webbrowser.open(page.resolve().as_uri())


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


def _say_what_next(one: Checked, page: Path) -> None:
    """What to click, and what to type."""
    told = next(finding for finding in stories_of(one.outcome)[0] if finding.severity == "error")
    cell = told.cells[0]
    click.echo(
        f"\nOpen {page} in a browser and click any figure: its rule, its parts, its checks, its line.\n"
        f"Begin with {told.show(told.left)}, lit red: {page.name}#{cell}\n"
        f"The statement as text is {one.file}. Try: jurat explain {quoted(one.file)} {quoted(cell)}",
        err=True,
    )


def _has_screen() -> bool:
    is_at_hand = os.name == "nt" or sys.platform == "darwin"
    return is_at_hand or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
