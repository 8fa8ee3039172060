"""Accepted breaks: a stored explanation of one difference, which ends when that changes."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from jurat.checks.findings import Finding, Grade
from jurat.words import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One break that somebody explained: which check and cell, how much, why, who, until when."""

    id: str
    cell: str
    difference: int
    why: str
    owner: str
    expires: date


def read_accepted(path: Path) -> list[Accepted]:
    """Read a TOML file of `[[accepted]]` tables.

    Raises  UsageError naming every table that lacks a field or has one of the wrong kind.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("accepted", [])
    except (OSError, ValueError, RecursionError) as fault:
        raise UsageError(f"{path} is not a file of accepted breaks: {fault}") from fault
    found, faults = [], []
    kinds = {"id": str, "cell": str, "difference": int, "why": str, "owner": str, "expires": date}
    if not isinstance(tables, list):
        raise UsageError(
            f"{path}: accepted is no list of tables", next="Write [[accepted]] above each."
        )
    for number, table in enumerate(tables, 1):
        told = table if isinstance(table, dict) else {}
        # the very type: true is no number, a moment is no day
        wrong = [key for key, kind in kinds.items() if type(told.get(key)) is not kind]
        if wrong:
            faults.append(f"table {number} lacks or mistypes {', '.join(wrong)}")
        else:
            found.append(Accepted(**{key: table[key] for key in kinds}))
    if faults:
        raise UsageError(
            f"{path}: " + "; ".join(faults), next="Each needs " + ", ".join(kinds) + "."
        )
    return found


def accept(
    findings: Sequence[Finding], accepted: Sequence[Accepted], today: date | None = None
) -> list[Finding]:
    """Grade as accepted each break that is explained; a changed amount or a date passed fails."""
    today = today or datetime.now().astimezone().date()
    known = {(a.id, a.cell): a for a in accepted}
    graded = []
    for finding in findings:
        match = known.get((finding.id, finding.cells[0])) if finding.cells else None
        if match is None or finding.grade is not Grade.FAIL:
            graded.append(finding)
        elif match.difference != finding.difference:
            told = (
                f"accepted at {match.difference:,} by {match.owner}, but the difference has changed"
            )
            graded.append(replace(finding, detail=told))
        elif match.expires < today:
            graded.append(
                replace(finding, detail=f"accepted by {match.owner}, expired {match.expires}")
            )
        else:
            told = f"{match.why} ({match.owner}, until {match.expires})"
            graded.append(replace(finding, grade=Grade.ACCEPTED, detail=told))
    return graded
