"""The verb demo: the example filing, laid out as text, read back, checked and reported."""

import os
import tempfile
import webbrowser
from pathlib import Path

import click

from jurat.blanks import load_blank
from jurat.cli.checking import check_file, save_report, show_checked
from jurat.cli.show import dump, outcome_as_json
from jurat.publishing.text import write_text
from jurat.reading import read
from jurat.words import UsageError

EXAMPLE = "bay_state_2012"


def example_folder() -> Path:
    """The example: inside the installed package, or beside the source.

    Raises  UsageError when the installation lacks it.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "_examples" / EXAMPLE, package.parents[1] / "examples" / EXAMPLE):
        if (folder / "facts.csv").exists():
            return folder
    raise UsageError("The example is not in this installation.", next="Install Jurat again.")


def run_demo(report: str, *, show: bool, as_json: bool) -> None:
    """Check the example and write its report."""
    blank = load_blank()
    facts = read(example_folder() / "facts.csv", blank).statement
    with tempfile.TemporaryDirectory() as folder:
        filing = Path(folder) / "bay_state_2012.txt"
        filing.write_text(write_text(facts), encoding="utf-8")
        one = check_file(filing, blank, (), with_suspects=True)
        kept = Path(report).with_suffix(".txt")
        kept.write_text(filing.read_text(encoding="utf-8"), encoding="utf-8")
    one = type(one)(file=kept, reading=one.reading, outcome=one.outcome, suspects=one.suspects)
    if as_json:
        dump(outcome_as_json(one.outcome, one.suspects, everything=False))
    else:
        show_checked(one)
    save_report(one, Path(report))
    click.echo(
        f"\nThe statement as text: {kept}\nTry: jurat explain {kept} liabilities:3:3\n"
        f"Open {report} and click any figure.",
        err=True,
    )
    has_screen = os.name == "nt" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if show and has_screen:
        webbrowser.open(Path(report).resolve().as_uri())
