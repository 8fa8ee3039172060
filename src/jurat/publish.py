"""The corridor goes on: a closing becomes a build, every output from the one model."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jurat.close import Closing
from jurat.keeping import Builds
from jurat.publishing.data import plain, write_explanations, write_json, write_tables
from jurat.publishing.details import Schedule, front_of, schedules_of
from jurat.publishing.details.book import write_details_workbook
from jurat.publishing.details.files import table_records, text_records, write_rows
from jurat.publishing.details.paper import write_details_pdf
from jurat.publishing.details.web import write_rows_pages
from jurat.publishing.layout import Look
from jurat.publishing.parquet import write_parquet
from jurat.publishing.pdf import write_pdf
from jurat.publishing.site import write_site
from jurat.publishing.text import write_text
from jurat.publishing.workbook import write_workbook
from jurat.statement import Cell, Overridden, Statement
from jurat.words import UsageError

MODEL = "statement.json"
PDF = "statement.pdf"
WORKBOOK = "statement.xlsx"
SITE = "site"
TABS = "statement.txt"
SPACES = "statement_aligned.txt"
TABLES = "data.tsv"
PARQUET = "cells.parquet"
EXPLANATIONS = "explanations.tsv"
MANIFEST = "manifest.json"
DETAILS_PDF = "schedules.pdf"
DETAILS_WORKBOOK = "schedules.xlsx"
DETAILS_TEXT = "schedules.txt"
DETAILS_TABLES = "schedules.tsv"
DETAILS = "rows"
"""The rows of the detail schedules as Parquet, one file a page: their model."""
SIGNED = "statement_signed.pdf"
"""Beside the outputs once `jurat sign` wrote it; no output of a close."""

CODES = ("naic_company_code", "naic_group_code_current", "employer_id")


def publish(closing: Closing, *, is_final: bool = False) -> Path:
    """Write every output of a closing as one build, and lead `out` to it.

    The rows of the detail schedules are published beside the statement, whose cells hold their
    subtotals.

    A draft carries its watermark, with the count of overrides; the figures are the same.
    The same folder gives the same bytes.

    Raises  UsageError when something that is not ours stands in the way of `out`, or the disk does
            not take the build; `out` then leads where it led before.
    """
    builds = Builds(closing.books.folder)
    try:
        with builds.making() as place:
            draft = "" if is_final else draft_of(closing)
            schedules = schedules_of(closing.statement, closing.details)
            _write(closing, place, draft=draft, has_rows=bool(schedules))
            if schedules:
                write_details(closing.statement, schedules, place, draft=draft)
            manifest = _manifest(closing, place, is_final=is_final)
            text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
            (place / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
            return builds.keep(place, sha256(text.encode()).hexdigest()[:20])
    except OSError as fault:
        raise UsageError(
            f"The build could not be written: {fault.strerror or fault}.",
            where=str(fault.filename or builds.folder),
            why=f"{builds.out.name} leads where it led before; nothing of it was touched.",
            next="Make room on the disk, or see who may write there, and close again.",
        ) from fault


def write_details(
    statement: Statement, schedules: Sequence[Schedule], place: Path, *, draft: str = ""
) -> None:
    """Write the rows of detail schedules in every output, beside those of the statement."""
    for name, records in ((DETAILS_TEXT, text_records), (DETAILS_TABLES, table_records)):
        with (place / name).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(line for _, _, line in records(schedules))
    (place / DETAILS_PDF).write_bytes(write_details_pdf(statement, schedules, draft=draft))
    write_details_workbook(schedules, place / DETAILS_WORKBOOK)
    write_rows_pages(schedules, place / SITE)
    (place / DETAILS).mkdir()
    for schedule in schedules:
        write_rows(schedule, place / DETAILS / f"{schedule.name}.parquet")


def _write(closing: Closing, place: Path, *, draft: str, has_rows: bool) -> None:
    statement, outcome = closing.statement, closing.outcome
    front = front_of(statement)
    texts = {
        MODEL: write_json(statement),
        TABS: write_text(front, Look.TABS),
        SPACES: write_text(front, Look.SPACES),
        TABLES: write_tables(statement, _codes(closing)),
        EXPLANATIONS: write_explanations(outcome.findings),
    }
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8", newline="\n")
    (place / PDF).write_bytes(write_pdf(front, draft=draft))
    (place / WORKBOOK).write_bytes(write_workbook(statement, outcome))
    (place / SITE).mkdir()
    write_site(statement, outcome, place / SITE, has_rows=has_rows)
    (place / PARQUET).write_bytes(write_parquet(statement))


def draft_of(closing: Closing) -> str:
    """The words of a draft's watermark: how many figures are set by hand."""
    return draft_words(len(closing.overrides))


def draft_words(count: int) -> str:
    """The words of a watermark that counts overrides.

    >>> draft_words(1)
    'DRAFT - 1 override'
    """
    return f"DRAFT - {count} override{'' if count == 1 else 's'}"


def _codes(closing: Closing) -> dict[str, str]:
    cover = closing.books.company.cover
    return {line: cover.get(line, "") for line in CODES}


def _manifest(closing: Closing, place: Path, *, is_final: bool) -> dict[str, object]:
    """What the build is made of and from: versions, policies, digests, overrides, moved dollars."""
    policies = closing.books.company.policies
    return {
        "jurat": version("jurat"),
        "company": closing.statement.company,
        "year": closing.statement.year,
        "blank": {"kind": closing.statement.blank.kind, "year": closing.statement.blank.year},
        "is_final": is_final,
        "policies": asdict(policies) | {"not_held": policies.dropped},
        "opening": closing.opening.source if closing.opening else None,
        "counts": asdict(closing.outcome.counts),
        "overrides": [_override(cell) for cell in closing.overrides],
        "rounding_ledger": [
            {"cell": str(moved.address), "dollars": moved.dollars} for moved in closing.ledger
        ],
        "inputs": dict(closing.books.files),
        "outputs": {
            path.relative_to(place).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in sorted(place.rglob("*"))
            if path.is_file()
        },
    }


def _override(cell: Cell) -> dict[str, object]:
    because = cell.because
    if not isinstance(because, Overridden):
        return {}
    was = plain(because.was) if because.was else ""
    return {
        "cell": str(cell.address),
        "figure": plain(cell),
        "instead_of": was,
        "reason": because.reason,
        "who": because.who,
        "expires": because.expires,
    }
