"""The verbs close and prove: a company folder becomes outputs, and every output is held against the model."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from jurat.checks import Grade
from jurat.cli.show import dump, outcome_as_json, quoted, show_outcome, with_file
from jurat.close import Closing, close
from jurat.keeping.builds import build_at
from jurat.money import Kind, format_figure
from jurat.prove import CERTIFICATE, Certificate, Compared, leave, prove
from jurat.publish import publish
from jurat.statement import Cell, Overridden
from jurat.statement.explain import caption_of
from jurat.words import Severity

CLEAN, BREAKS = 0, 1
_SHOWN = 20


def close_folder(folder: Path, *, is_final: bool, as_json: bool, everything: bool) -> int:
    """Close a folder, write its outputs, and tell what was found; the exit code."""
    closing = close(folder)
    build = publish(closing, is_final=is_final)
    if as_json:
        dump(closing_as_json(closing, build, everything=everything))
    else:
        for line in show_closing(closing, everything=everything):
            click.echo(with_file(line, folder))
        click.echo(f"\nout: {folder / 'out'} leads to {build}", err=True)
        click.echo(f"Next: jurat prove {quoted(folder / 'out')}", err=True)
    return CLEAN if is_clean(closing) else BREAKS


def is_clean(closing: Closing) -> bool:
    """Whether nothing of error grade was found, last year's statement and expiries included."""
    broken = any(f.is_break and f.severity is Severity.ERROR for f in closing.outcome.findings)
    differs = closing.opening is not None and bool(closing.opening.differences)
    wrong = any(problem.severity is Severity.ERROR for problem in closing.problems)
    return not (broken or differs or closing.expired or wrong)


def show_closing(closing: Closing, *, everything: bool = False) -> Iterator[str]:
    """What was closed, from what, and everything found."""
    yield closing_in_a_line(closing)
    yield from (f"notice: {notice}" for notice in closing.notices)
    yield from _show_opening(closing)
    yield from _show_problems(closing)
    yield from _show_overrides(closing)
    yield from _show_ledger(closing)
    yield from show_outcome(closing.outcome, everything=everything)


def closing_in_a_line(closing: Closing) -> str:
    """Whose statement, how many figures were given, and how many rules gave."""
    statement, entries = closing.statement, closing.books.entries.values()
    figures = sum(isinstance(entry.cell.value, int) for entry in entries)
    filled = sum(isinstance(cell.value, int) for cell in statement.cells.values())
    return (
        f"{statement.company or 'Company not named'}, {statement.year}: {filled:,} figures, "
        f"{figures:,} of them given, {len(closing.overrides)} overridden"
    )


def _show_opening(closing: Closing) -> Iterator[str]:
    opening = closing.opening
    if opening is None:
        yield "no opening: what is carried from last year stays open. Put last year's statement in opening/"
        return
    yield f"opening: {opening.source}, {len(opening.statement.cells):,} cells"
    if opening.differences:
        yield f"\n== {len(opening.differences)} cells of last year differ between its sources"
    for one in opening.differences[:_SHOWN]:
        yield f"  {one.address!s:<34} {one.kept.shown:>16}   {one.source} says {one.filed.shown or 'blank'}"


def _show_problems(closing: Closing) -> Iterator[str]:
    """How much looks wrong in the records, and the one of most dollars."""
    problems = closing.problems
    if not problems:
        return
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    first = problems[0]
    yield (
        f"records: {len(problems):,} rows look wrong, {errors:,} of them errors; "
        f"the most dollars: {first.rule} at {first.where}"
    )
    yield "  Next: jurat records check FILE"


def _show_overrides(closing: Closing) -> Iterator[str]:
    for cell in closing.expired:
        if isinstance(cell.because, Overridden):
            yield f"  expired: {cell.address} is overridden until {cell.because.expires} ({cell.because.who})"


def _show_ledger(closing: Closing) -> Iterator[str]:
    if closing.ledger:
        yield f"\nrounding ledger: {len(closing.ledger)} cells moved so that every foot holds"
    for moved in closing.ledger[:_SHOWN]:
        name = caption_of(closing.statement, moved.address)
        yield f"  {moved.address!s:<34} {format_figure(moved.dollars, Kind.MONEY):>4}   {name}"


def closing_as_json(closing: Closing, build: Path, *, everything: bool) -> dict[str, Any]:
    """A closing as plain data."""
    opening = closing.opening
    return {
        "build": str(build),
        "opening": None
        if opening is None
        else {
            "source": opening.source,
            "differences": [
                {"cell": str(d.address), "kept": d.kept.shown, "filed": d.filed.shown}
                for d in opening.differences
            ],
        },
        "records_problems": len(closing.problems),
        "overrides": [_override_as_json(cell) for cell in closing.overrides],
        "rounding_ledger": [
            {"cell": str(moved.address), "dollars": moved.dollars} for moved in closing.ledger
        ],
        **outcome_as_json(closing.outcome, [], everything=everything),
        "notices": list(closing.notices),
    }


def _override_as_json(cell: Cell) -> dict[str, Any]:
    because = cell.because
    told = {"cell": str(cell.address), "shown": cell.shown}
    if isinstance(because, Overridden):
        was = because.was.shown if because.was else ""
        told |= {
            "was": was,
            "reason": because.reason,
            "who": because.who,
            "expires": because.expires,
        }
    return told


# -- prove -----------------------------------------------------------------------------------


def prove_folder(folder: Path, *, as_json: bool) -> int:
    """Prove a build, tell it, and leave the certificate beside the outputs; the exit code."""
    certificate = prove(folder)
    if as_json:
        dump(asdict(certificate) | {"is_clean": certificate.is_clean})
    else:
        for line in show_certificate(certificate):
            click.echo(line)
    left = leave(certificate, build_at(folder))
    if not as_json:
        click.echo(f"certificate: {left}", err=True)
    return CLEAN if certificate.is_clean else BREAKS


def show_certificate(certificate: Certificate) -> Iterator[str]:
    """Each output with how many cells were compared, and every cell that differs."""
    yield f"{certificate.company}, {certificate.year}: the model is {certificate.model[:16]}"
    yield f"{'output':<22} {'cells':>7} {'differ':>7}  sha256"
    for one in certificate.compared:
        yield from _show_compared(one)
    yield from (f"  {stray}" for stray in certificate.strays)
    changed = certificate.changed_in_model
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        yield f"The model itself was changed: every output shows otherwise at {changed[0]}{more}."
    differ = sum(len(one.unequal) for one in certificate.compared)
    unread = sum(bool(one.fault) for one in certificate.compared)
    verdict = "one model, every output equal to it" if certificate.is_clean else "NOT PROVED"
    told = f", {unread} outputs could not be proved" if unread else ""
    yield f"{certificate.cells:,} cells compared, {differ} differ{told}: {verdict}"


def _show_compared(one: Compared) -> Iterator[str]:
    note = f"  {one.note}" if one.note else ""
    yield f"{one.output:<22} {one.cells:>7,} {len(one.unequal):>7}  {one.digest[:16]}{note}"
    yield from (f"    {line}" for line in one.fault.splitlines()[:_SHOWN])
    yield from (f"    {unequal}" for unequal in one.unequal[:_SHOWN])
    if len(one.unequal) > _SHOWN:
        yield f"    and {len(one.unequal) - _SHOWN} more: {CERTIFICATE}"


def counts_in_a_line(closing: Closing) -> str:
    """How a closing's checks came out, in a line."""
    counts = closing.outcome.counts
    open_breaks = sum(f.is_break for f in closing.outcome.findings if f.severity is Severity.ERROR)
    accepted = sum(f.grade is Grade.ACCEPTED for f in closing.outcome.findings)
    return (
        f"{counts.passed:,} checks pass, {counts.rounding} differ by rounding, {accepted} breaks are "
        f"accepted, {open_breaks} errors stay open"
    )
