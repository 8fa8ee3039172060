"""Verbs: read, check, explain, close, prove, sign, compare, blank, records, demo. Data to stdout, talk to stderr.

Exit codes: 0 clean, 1 findings of error grade, 2 misuse, 3 our fault.
"""

import os
import sys
from pathlib import Path

import click

from jurat.cli.folders import VERBS
from jurat.cli.golden_folder import golden_verb
from jurat.cli.recording import records_group

CLEAN, BREAKS, MISUSE, FAULT = 0, 1, 2, 3

# Before numpy is loaded: its threads are of no use on matrices this small, and wait for one another
# on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class _Guarded(click.Group):
    """Turns what goes wrong into one message and the right exit code, never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb; click's own errors and exits pass."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as fault:  # noqa: BLE001 - the last door: nothing may leave as a traceback
            ctx.exit(_told(fault))


def _told(fault: Exception) -> int:
    from jurat.words import JuratError

    if isinstance(fault, JuratError):
        click.echo(f"jurat: {fault}", err=True)
        return MISUSE
    if isinstance(fault, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    if os.environ.get("JURAT_DEBUG"):
        raise fault
    click.echo(
        f"jurat: our fault, not yours: {type(fault).__name__}: {fault}\n"
        "  Next: run again with JURAT_DEBUG=1 and send us what it prints.",
        err=True,
    )
    return FAULT


@click.group(
    cls=_Guarded, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="jurat", message="jurat %(version)s")
def main() -> None:
    """Read, check and explain the separate accounts annual statement of a life insurer.

    First run: jurat demo. On a filing of your own: jurat check FILING.txt --report report.html
    """


@main.command("read")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Every cell with its evidence, as JSON.")
def read_verb(file: str, as_json: bool) -> None:
    """Read a filed statement: coverage, repairs and doubts."""
    from jurat.cli.show import dump, show_reading
    from jurat.reading import read

    reading = read(file)
    if as_json:
        dump(reading.as_json())
        return
    for line in show_reading(reading):
        click.echo(line)


@main.command("check")
@click.argument("files", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Findings and counts as JSON.")
@click.option(
    "--all", "everything", is_flag=True, help="Passes too, and the checks that did not run."
)
@click.option("--accepted", type=click.Path(), help="A TOML file of accepted breaks.")
@click.option("--laws", type=click.Path(), help="A .checks file with one filer's own laws.")
@click.option("--report", type=click.Path(), help="Write one self-contained HTML page.")
@click.option("--suspects/--no-suspects", default=True, help="Which cells would have to be wrong.")
def check_verb(
    files: tuple[str, ...],
    as_json: bool,
    everything: bool,
    accepted: str | None,
    laws: str | None,
    report: str | None,
    suspects: bool,
) -> None:
    """Check filed statements: several files, or folders of them."""
    from jurat.cli.checking import check_files

    sys.exit(
        check_files(
            files,
            as_json=as_json,
            everything=everything,
            accepted=accepted,
            laws=laws,
            report=report,
            with_suspects=suspects,
        )
    )


@main.command("close")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--final", "is_final", is_flag=True, help="No draft watermark; figures are the same.")
@click.option("--all", "everything", is_flag=True, help="Passes too, and checks that did not run.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def close_verb(folder: Path, is_final: bool, everything: bool, as_json: bool) -> None:
    """Close a company folder: fill every page, check it, write every output.

    FOLDER/out leads to the PDF, the workbook, the web pages, the data and the text.
    """
    from jurat.cli.closing import close_folder

    sys.exit(close_folder(folder, is_final=is_final, as_json=as_json, everything=everything))


@main.command("prove")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def prove_verb(folder: Path, as_json: bool) -> None:
    """Read every output of a build back and hold it against the model, cell by cell."""
    from jurat.cli.closing import prove_folder

    sys.exit(prove_folder(folder, as_json=as_json))


@main.command("sign")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), required=True, help="The key, a PEM file.")
@click.option(
    "--certificate", type=click.Path(path_type=Path), required=True, help="Its certificate, PEM."
)
@click.option("--reason", default="", help="Why it is signed; stands in the signature.")
@click.option("--passphrase", "is_locked", is_flag=True, help="Ask for the key's passphrase.")
def sign_verb(folder: Path, key: Path, certificate: Path, reason: str, is_locked: bool) -> None:
    """Sign the PDF of a build that is proved; its outputs stay as they are.

    Writes FOLDER/statement_signed.pdf, which jurat prove reads and checks too.
    """
    from jurat.cli.signing import sign_build

    asked = click.prompt("Passphrase", hide_input=True, err=True) if is_locked else ""
    for line in sign_build(folder, key, certificate, reason=reason, passphrase=asked):
        click.echo(line)


@main.command("explain")
@click.argument("file")
@click.argument("address")
@click.option("--up", is_flag=True, help="What depends on the cell, instead of what it comes from.")
@click.option("--json", "as_json", is_flag=True, help="The tree as JSON.")
def explain_verb(file: str, address: str, up: bool, as_json: bool) -> None:
    """Why a cell is what it is: its rule, its parts, down to the line it was read on.

    An address is page:line:column, such as liabilities:3:3, nii:(a):$2 or schedule_d:10:
    FILE is a filed statement, or a company folder: then down to the row of the folder.
    """
    from dataclasses import asdict

    from jurat.checks import examine
    from jurat.cli.nearest import cell_at
    from jurat.cli.show import dump, show_checks_of, show_dependents
    from jurat.cli.sources import closing_of, statement_of
    from jurat.statement.explain import dependents, explain, print_reason

    closing = closing_of(Path(file))
    statement = closing.statement if closing else statement_of(Path(file))
    cell = cell_at(statement, address)
    if up:
        found = list(dependents(statement, cell))
        if as_json:
            dump([asdict(one) for one in found])
            return
        for line in show_dependents(statement, cell, found):
            click.echo(line)
        return
    reason = explain(statement, cell)
    from jurat.cli.lots import lots_behind, show_lots

    lots = lots_behind(closing, reason) if closing else {}
    if as_json:
        dump(asdict(reason) | ({"lots": lots} if lots else {}))
        return
    for line in print_reason(reason):
        click.echo(line)
    for line in show_lots(lots):
        click.echo(line)
    for line in show_checks_of(examine(statement), cell):
        click.echo(line)


@main.command("lot")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("lot")
@click.option("--year", type=int, help="To the end of this year; else the company's.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def lot_verb(folder: Path, lot: str, year: int | None, as_json: bool) -> None:
    """A lot's whole life: what the records say, its yields, every period, years that foot.

    FOLDER is a company folder, or a folder of records.
    """
    from jurat.cli.lots import tell_lot

    tell_lot(folder, lot, year, as_json=as_json)


@main.command("schedules")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def schedules_verb(folder: Path, as_json: bool) -> None:
    """What a company's records come to: schedules, the fair value hierarchy, gains by reserve."""
    from jurat.cli.schedules import tell_schedules

    tell_schedules(folder, as_json=as_json)


@main.group("whatif")
def whatif_group() -> None:
    """What trades would do, before they are booked."""


@whatif_group.command("sell")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("lots", nargs=-1)
@click.option("--on", "day", default="", help="The day of the sale; else the last of the year.")
@click.option("--price", default="", help="Per hundred of par, or a share; else the day's price.")
@click.option(
    "--trades", type=click.Path(path_type=Path), help="A table of trades instead of lots."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def whatif_sell(
    folder: Path,
    lots: tuple[str, ...],
    day: str,
    price: str,
    trades: Path | None,
    as_json: bool,
) -> None:
    """Sell lots on paper: gains and their reserve, IMR for ten years, every cell that changes."""
    from jurat.cli.whatif import tell_sale

    tell_sale(folder, lots, day, price, trades, as_json=as_json)


@main.command("compare")
@click.argument("earlier")
@click.argument("later")
@click.option("--flux", "as_flux", is_flag=True, help="Amounts above the thresholds, year on year.")
@click.option("--over", type=int, default=0, show_default=True, help="Flux: dollars at least.")
@click.option("--percent", default="10", show_default=True, help="Flux: percent at least.")
@click.option("--amendment", "number", type=int, help="The amendment of this number, from A to B.")
@click.option("--filed-on", help="The date of the amendment, as 03/15/2013.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def compare_verb(
    earlier: str,
    later: str,
    as_flux: bool,
    over: int,
    percent: str,
    number: int | None,
    filed_on: str | None,
    as_json: bool,
) -> None:
    """What changed between two statements: drafts, years, companies, a filing and its correction."""
    from typing import Any

    from jurat.cli import comparing
    from jurat.cli.show import dump
    from jurat.comparing import amendment, compare, flux
    from jurat.words import UsageError

    if number is not None and (as_flux or not filed_on):
        raise UsageError(
            "An amendment needs its date, and is no flux.", next="--filed-on 03/15/2013"
        )
    was, now = comparing.statements_of(earlier, later)
    data: Any
    if number is not None:
        made = amendment(was, now, number=number, filed_on=filed_on or "")
        told, data = comparing.show_amendment(made), comparing.amendment_as_json(made)
    elif as_flux:
        limits = over, comparing.parse_percent(percent)
        lines = flux(was, now, over=limits[0], percent=limits[1])
        told, data = comparing.show_flux(was, now, lines, limits), comparing.flux_as_json(lines)
    else:
        comparison = compare(was, now)
        told = comparing.show_comparison(comparison)
        data = comparing.comparison_as_json(comparison)
    if as_json:
        dump(data)
        return
    for line in told:
        click.echo(line)


@main.group("blank")
def blank_group() -> None:
    """Look at the form itself: its pages and its rules."""


@blank_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def blank_list(as_json: bool) -> None:
    """The blanks and pages that come with Jurat."""
    from jurat.cli.blank_pages import list_blanks
    from jurat.cli.show import dump

    rows = list_blanks()
    if as_json:
        dump(rows)
        return
    for row in rows:
        click.echo(f"{row['year']}  {row['number'] or '-':>5}  {row['name']:<32} {row['title']}")


@blank_group.command("show")
@click.argument("year", type=int)
@click.argument("page")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def blank_show(year: int, page: str, as_json: bool) -> None:
    """A page as the form prints it."""
    from jurat.cli.blank_pages import page_as_json, show_page
    from jurat.cli.show import dump

    if as_json:
        dump(page_as_json(year, page))
        return
    for line in show_page(year, page):
        click.echo(line)


@blank_group.command("rules")
@click.argument("year", type=int)
@click.argument("page", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def blank_rules(year: int, page: str | None, as_json: bool) -> None:
    """Every cell's rule, and whether the page prints it."""
    from jurat.cli.blank_pages import rules_of
    from jurat.cli.show import dump

    rules = rules_of(year, page)
    if as_json:
        dump(rules)
        return
    for rule in rules:
        click.echo(f"{rule['cell']:<32} {rule['role']:<6} {rule['source']:<10} {rule['words']}")


@blank_group.command("diff")
@click.argument("older", type=int)
@click.argument("newer", type=int)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def blank_diff_verb(older: int, newer: int, as_json: bool) -> None:
    """What a year's form changed: pages, lines and columns, then rules."""
    from dataclasses import asdict

    from jurat.cli.blank_pages import diff_of, show_diff
    from jurat.cli.show import dump

    diff = diff_of(older, newer)
    if as_json:
        dump(asdict(diff))
        return
    for line in show_diff(diff):
        click.echo(line)


for verb in (*VERBS, records_group, golden_verb):
    main.add_command(verb)
