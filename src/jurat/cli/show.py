"""How readings and findings look on a terminal."""

import json
import os
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from jurat.checks import Finding, Grade, Outcome, Suspect
from jurat.reading import Reading
from jurat.statement import Read, Statement
from jurat.statement.explain import Dependent, caption_of, in_print
from jurat.words import Address

_SHOWN = 12


def dump(data: Any) -> None:  # noqa: ANN401
    """Print data as JSON."""
    click.echo(json.dumps(data, indent=1, ensure_ascii=False))


# -- readings -----------------------------------------------------------------------------


def show_reading(reading: Reading) -> Iterator[str]:
    """A reading in a screenful: what it is, what it covers, what was repaired, what is in doubt."""
    statement, coverage = reading.statement, reading.coverage
    yield f"{statement.company or 'Company not named'}, {statement.year} ({statement.blank.kind.replace('_', ' ')})"
    yield from (f"notice: {notice}" for notice in reading.notices)
    yield (
        f"pages {len(statement.pages)} of {len(statement.blank.pages)}, of these NONE {len(statement.none_pages)}; "
        f"cells filled {len(statement.cells):,}"
    )
    placed = ", ".join(
        f"{count:,} {what}" for what, count in sorted(coverage.placed.items(), key=lambda p: -p[1])
    )
    yield f"coverage {100 * coverage.share:.2f} % of {coverage.tokens:,} number tokens: {placed or 'none'}"
    for line, column, token in coverage.unplaced[:_SHOWN]:
        yield f"  unplaced: {token} at line {line}, column {column}"
    yield from _show_repairs(reading)
    yield from _show_doubts(reading)


def _show_repairs(reading: Reading) -> Iterator[str]:
    repairs = reading.repairs
    yield f"\nrepaired {len(repairs)} cells" if repairs else "\nnothing had to be repaired"
    told: set[tuple[int, str]] = set()
    for cell in repairs:
        read = cell.because
        if (
            not isinstance(read, Read)
            or read.repair is None
            or (read.line, read.repair.chosen) in told
        ):
            continue
        told.add((read.line, read.repair.chosen))
        yield f"  {read.where}: {cell.address.page} {cell.address.line}"
        yield f"    saw    {read.repair.seen}"
        yield f"    chose  {read.repair.chosen}"
        yield f"    proof  {read.repair.proof}"


def _show_doubts(reading: Reading) -> Iterator[str]:
    weak = sum(doubt.is_weak for doubt in reading.doubts)
    others = [doubt for doubt in reading.doubts if not doubt.is_weak]
    yield f"\nin doubt {len(others)}" if others else "\nnothing is in doubt"
    yield from (f"  {doubt}" for doubt in others)
    if weak:
        yield (
            f"  and {weak} cells that read cleanly, in a print that is damaged elsewhere: no check proves their line, "
            "or one fails (jurat read --json lists them)"
        )


# -- commands to copy -----------------------------------------------------------------------


def quoted(argument: str | Path) -> str:
    """A file or an address as it is typed on this system's command line."""
    text = str(argument)
    if os.name != "nt":
        return shlex.quote(text)
    return f'"{text}"' if any(sign in text for sign in " &()[]{}^=;!'+,`~") else text


def with_file(line: str, file: str | Path) -> str:
    """A line with the file in the place of FILE, so that its command can be copied."""
    lead, is_there, address = line.partition(" FILE ")
    return f"{lead} {quoted(file)} {quoted(address)}" if is_there else line


# -- findings -----------------------------------------------------------------------------


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain data."""
    data = asdict(finding)
    data["grade"], data["severity"], data["kind"] = (
        str(finding.grade),
        str(finding.severity),
        str(finding.kind),
    )
    return data


def outcome_as_json(
    outcome: Outcome, suspects: Iterable[Suspect], *, everything: bool
) -> dict[str, Any]:
    """All findings of a statement as plain data; passes too when asked."""
    findings = outcome.everything if everything else outcome.findings
    return {
        "company": outcome.statement.company,
        "year": outcome.statement.year,
        "notices": list(outcome.statement.notices),
        "findings": [finding_as_json(finding) for finding in findings],
        "counts": asdict(outcome.counts),
        "suspects": [asdict(suspect) | {"cells": suspect.cells} for suspect in suspects],
    }


def show_counts(outcome: Outcome) -> Iterator[str]:
    """One line of counts by grade, one of what was looked at."""
    counts = outcome.counts
    yield (
        f"{counts.passed:,} pass, {counts.rounding} rounding, {counts.accepted} accepted, "
        f"{counts.failed} fail, {counts.not_run:,} not run (they wait for pages, or last year's statement)"
    )
    yield (
        f"with figures: {counts.footings} on one page, {counts.cross_page} between pages, "
        f"{counts.factors} printed factors; {counts.empty} held with every cell blank"
    )


def stories_of(outcome: Outcome) -> list[list[Finding]]:
    """The breaks grouped by root, in the order of the findings."""
    breaks = [f for f in outcome.findings if f.grade in (Grade.FAIL, Grade.NOT_RUN)]
    grouped = groupby(breaks, key=lambda finding: finding.root or finding.id)
    return [list(members) for _, members in grouped]


def show_story(members: list[Finding]) -> Iterator[str]:
    """Breaks of one root under one head."""
    yield ""
    if members[0].story:
        yield f"== {members[0].story}"
    if members[0].left is None:
        yield from _show_condition(members)
        return
    for member in members:
        yield from show_finding(member)


def show_outcome(outcome: Outcome, *, everything: bool = False) -> Iterator[str]:
    """Findings as a person reads them: stories first, then warnings, then rounding in a table."""
    yield from show_counts(outcome)
    stories = stories_of(outcome)
    for members in stories:
        yield from show_story(members)
    if not stories:
        yield "\nNo break: everything that could be checked holds."
    yield from _table("accepted", [f for f in outcome.findings if f.grade is Grade.ACCEPTED])
    yield from _table("rounding", [f for f in outcome.findings if f.grade is Grade.ROUNDING])
    if everything:
        yield from _table("pass", [f for f in outcome.everything if f.grade is Grade.PASS])
        yield from _table("not run", [f for f in outcome.everything if f.grade is Grade.NOT_RUN])


def show_finding(finding: Finding) -> Iterator[str]:
    """One break with both sides, why it matters, its largest parts and what to do next."""
    yield f"{finding.id}  {finding.severity}  {in_print(finding.law)}"
    if finding.left is not None:
        yield (
            f"  {finding.cells[0]} {finding.show(finding.left)}   against {finding.show(finding.right)}   "
            f"difference {finding.show(finding.difference)}   allowed {finding.allowed}"
        )
    if finding.detail:
        yield f"  {finding.detail}"
    yield f"  {finding.why}"
    if finding.premise:
        yield f"  Holds when: {finding.premise}"
    if len(finding.parts) > 1:
        parts = ", ".join(
            f"{'less ' if p.sign < 0 else ''}{p.shown} {p.place}" for p in finding.parts[:3]
        )
        yield f"  Largest parts: {parts}"
    if finding.hint:
        yield f"  Hint: {finding.hint}"
    if finding.next:
        yield f"  Next: {finding.next}"
    if finding.next and len(finding.parts) == 1 and ":" in finding.parts[0].place:
        yield f"    or: jurat explain FILE {finding.parts[0].place}"


def _show_condition(members: list[Finding]) -> Iterator[str]:
    """A condition once, with every place where it does not hold."""
    first = members[0]
    yield f"{first.id}  {first.severity}  {first.law}"
    yield f"  {first.why}"
    for member in members:
        yield f"  {member.cells[0]:<34} {member.detail}"


def _table(title: str, findings: list[Finding]) -> Iterator[str]:
    if findings:
        yield f"\n{title}: {len(findings)}"
    for finding in findings:
        sides = (
            f"{finding.show(finding.left):>16} {finding.show(finding.right):>16} "
            if finding.left is not None
            else ""
        )
        difference = finding.show(finding.difference) if finding.difference else ""
        yield f"  {finding.id:<28} {finding.cells[0] if finding.cells else '':<30} {sides}{difference:>8}"
        if finding.grade is Grade.ACCEPTED:
            yield f"      {finding.detail}"


def show_suspects(suspects: list[Suspect], limit: int = 3) -> Iterator[str]:
    """The likeliest suspects of each story: the fewest cells whose change makes everything tie."""
    if suspects:
        yield "\nSuspects: the fewest changes that would make each story tie, from what stands to what ties"
    for mends, group in groupby(suspects, key=lambda suspect: suspect.mends):
        members = list(group)
        yield f"  {', '.join(mend.split(' at ')[0] for mend in mends)}"
        few = [suspect for suspect in members if len(suspect.changes) <= limit] or members[:1]
        for number, suspect in enumerate(few[:limit], 1):
            for place, change in enumerate(suspect.changes):
                others = f"   (or {', '.join(change.cells[1:4])})" if len(change.cells) > 1 else ""
                mark = f"{number}." if place == 0 else "  "
                stands, ties = change.shown
                yield f"    {mark} {change.cells[0]:<30} {stands:>16} to {ties:>16}{others}"


def show_checks_of(outcome: Outcome, address: Address) -> Iterator[str]:
    """The checks a cell takes part in, the broken ones first."""
    cell = str(address)
    found = [f for f in outcome.everything if cell in f.cells and not f.is_empty]
    if found:
        yield "\nChecks it takes part in"
    for finding in found:
        difference = f"difference {finding.show(finding.difference)}" if finding.difference else ""
        yield f"  {finding.grade!s:<9} {finding.id:<24} {in_print(finding.law)}  {difference}".rstrip()


def show_dependents(
    statement: Statement, address: Address, found: list[Dependent]
) -> Iterator[str]:
    """What depends on a cell, each under the cell it reads."""
    shown = statement[address].shown or "(blank)"
    yield f"{shown:>16}  {caption_of(statement, address)}  [{address}]"
    if not found:
        yield "  No rule reads this cell."
    reading: dict[str, list[Dependent]] = {}
    for one in found:
        reading.setdefault(one.reads, []).append(one)
    yield from _show_readers(str(statement[address].address), reading)


def _show_readers(place: str, reading: Mapping[str, list[Dependent]]) -> Iterator[str]:
    for one in reading.get(place, ()):
        yield f"{one.shown:>16}  {'  ' * one.depth}{one.caption}  [{one.place}]  by {one.rule_id}: {in_print(one.rule)}"
        yield from _show_readers(one.place, reading)
