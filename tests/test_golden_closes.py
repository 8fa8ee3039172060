"""Golden companies closed: no check fails, and every line is the golden answer, to the cent.

The books and the answers are golden's, the closing is Jurat's; they share no code of valuation.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from jurat.checks import Finding, Grade, examine
from jurat.close import Closing, close
from jurat.golden.insurer import golden_company
from jurat.keeping.figures import place_of
from jurat.money import EXACT
from jurat.reading import read
from jurat.words import Address, Severity

SEEDS = (1, 2, 3)
CENT = EXACT // 100


@pytest.fixture(scope="module", params=SEEDS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("golden") / "company"
    golden_company(made, lots=120, seed=request.param)
    return made


@pytest.fixture(scope="module")
def closing(folder: Path) -> Closing:
    return close(folder)


def answers(folder: Path) -> Iterator[tuple[Address, int]]:
    with (folder / "answers" / "2012" / "totals.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield place_of(row["page"], row["line"], row["column"]), int(row["cents"])


def unlike(folder: Path, closing: Closing) -> list[str]:
    """The lines whose exact amount is another than the answer, to a millionth of a dollar."""
    found = []
    for address, cents in answers(folder):
        cell = closing.statement.cells.get(address)
        exact = (cell.exact if cell and cell.exact is not None else 0) or 0
        if exact != cents * CENT:
            found.append(f"{address}: answer {cents / 100:,.2f}, closed {exact / EXACT:,.6f}")
    return found


def told(findings: list[Finding]) -> list[str]:
    return [f"{one.id} {one.cells[:2]} {one.difference}" for one in findings]


def test_no_check_fails_and_none_is_accepted_or_overridden(closing: Closing) -> None:
    findings = closing.outcome.findings
    assert told([one for one in findings if one.grade is Grade.FAIL]) == []
    assert told([one for one in findings if one.is_break]) == []
    assert [one for one in findings if one.grade is Grade.ACCEPTED] == []
    assert closing.overrides == []


def test_every_check_runs(closing: Closing) -> None:
    waiting = [one for one in closing.outcome.findings if one.grade is Grade.NOT_RUN]
    assert told(waiting) == []


def test_every_line_is_the_answer_to_the_cent(folder: Path, closing: Closing) -> None:
    assert unlike(folder, closing) == []
    pages = {address.page for address, _ in answers(folder)}
    assert pages >= {
        *("assets", "liabilities", "operations", "operations_by_lob", "reserves"),
        *("nii", "capital_gains", "exhibit1", "exhibit3", "exhibit5", "exhibit6"),
        *("imr", "imr_amortization", "avr_default", "general_interrogatories"),
        *("schedule_a", "schedule_b", "schedule_ba", "schedule_d", "schedule_da"),
        *("schedule_db_a", "schedule_db_b", "schedule_db_verification", "schedule_e"),
    }


def test_last_years_statement_checks_clean_by_itself(folder: Path) -> None:
    statement = read(folder / "opening" / "facts_2011.csv").statement
    findings = examine(statement).findings
    failed = [one for one in findings if one.grade is Grade.FAIL]
    assert told([one for one in failed if one.severity is Severity.ERROR]) == []
    assert {one.id for one in failed} <= {"X53.2"}  # its premise does not hold of hedges
    assert statement["assets:17:3"].figure == statement["liabilities:22:3"].figure > 0


def test_last_years_dollars_are_those_of_the_records(closing: Closing) -> None:
    assert closing.opening is not None
    assert closing.opening.differences == ()


def test_a_cent_of_one_lots_cost_is_seen(tmp_path: Path) -> None:
    """Planted: what this file asserts can fail."""
    folder = tmp_path / "company"
    golden_company(folder, lots=120, seed=1)
    path = folder / "records" / "lots.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    changed = next(row for row in rows if row["traded"] >= "2012")
    whole, cents = changed["cost"].split(".")
    changed["cost"] = f"{whole}.{(int(cents) + 1) % 100:02}"
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        written.writeheader()
        written.writerows(rows)
    found = unlike(folder, close(folder))
    assert any(line.startswith("schedule_d:2:") for line in found), found[:5]
