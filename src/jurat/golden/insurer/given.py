"""What a golden company's folder gives beside its records: figures, reserves, what is written in."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.asked import GI, interrogatories
from jurat.golden.insurer.draws import money
from jurat.golden.insurer.funds import Fund
from jurat.golden.insurer.insurance import PLACES, bases
from jurat.golden.insurer.markets import LAST
from jurat.golden.insurer.reconciled import BETWEEN, IN, IN_CASH, NOT_CASH

_LOB = ("1.1", "3", "6.1", "6.3", "6.6", "7", "8", "9.1", "9.2", "11")
_LAST_COLUMN = ("2", "3", "8", "10", "11", "12", "13")
"""Lines of the reserves that the form's ties fill in every column but group annuities."""

_COLUMNS = ("2", "3", "5", "6")

FIGURES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("assets", ("14",), ("1", "2")),
    ("liabilities", ("1", "3", "4", "5", "11", "14", "18", "20"), ("1", "2")),
    ("liabilities", ("10",), ("1", "2", "$1")),
    ("operations", ("20",), ("1",)),
    ("operations_by_lob", _LOB, _COLUMNS),
    ("reserves", _LAST_COLUMN, ("6",)),
    ("nii", ("(g)",), ("$1",)),
    ("exhibit1", ("17", "19", "24"), ("1",)),
    ("exhibit5", ("8", "9.1", "9.8", "10.1", "16", "26", "29"), ("1",)),
    ("exhibit5", ("18",), ("$1",)),
    ("exhibit6", ("1.1", "1.2"), ("1",)),
    (GI, ("2.2", "6.611", "6.621", "6.622", "6.6311", "6.632"), ("",)),
    (GI, ("2.401", "5.51"), ("2",)),
)
"""Figures that no page and no record gives, by page, lines and columns."""

_ONE = ("1",)

WRITTEN_IN: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("nii", "9", ("Miscellaneous income", "Amortization of IMR"), ("1", "2")),
    (
        "reserves",
        "14",
        ("Change in policy loans", "Other transfers", "Change in expense allowances"),
        ("6",),
    ),
    ("exhibit5", "6", IN, _ONE),
    (
        "exhibit5",
        "10.2",
        ("Change in remittances not allocated", "Transfers due or accrued", "Other transfers"),
        (),
    ),
    ("exhibit5", "17", NOT_CASH, _ONE),
    ("exhibit5", "21", IN_CASH, _ONE),
    ("exhibit5", "31", BETWEEN, _ONE),
)
"""Lines written in: page, the line they add to, their names, the columns that are given."""

_HEAD = ("page", "line", "column", "amount")
_HEAD_IN = ("page", "line", "name", "column", "amount")
_HEAD_RESERVES = ("section", "basis", "ordinary", "group")


def write_given(folder: Path, answers: Answers, funds: dict[str, Fund]) -> None:
    """The tables and answers that a folder holds beside its records."""
    (folder / "inputs").mkdir()
    texts = {
        "inputs/figures.csv": _table(_HEAD, _figures(answers)),
        "write_ins.csv": _table(_HEAD_IN, _written_in(answers)),
        "reserves.csv": _table(_HEAD_RESERVES, _reserves(funds)),
        "interrogatories.toml": interrogatories(answers, LAST),
        "laws.checks": _laws(),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\n")
    written.writerow(head)
    written.writerows(rows)
    return text.getvalue()


def _figures(answers: Answers) -> Iterable[tuple[str, ...]]:
    for page, lines, columns in FIGURES:
        for line in lines:
            for column in columns:
                if amount := answers.cells.get((LAST, page, line, column), 0):
                    yield page, line, column, money(amount)


def _written_in(answers: Answers) -> Iterable[tuple[str, ...]]:
    for page, line, names, columns in WRITTEN_IN:
        for number, name in enumerate(names, 1):
            key = written_line(line, number)
            given = [
                (column, answers.cells.get((LAST, page, key, column), 0)) for column in columns
            ]
            given = [(column, amount) for column, amount in given if amount]
            for column, amount in given:
                yield page, line, name, column, money(amount)
            if not given:
                yield page, line, name, "1", ""


def written_line(line: str, number: int) -> str:
    """The line of a write-in on its page.

    >>> written_line("9", 2), written_line("10.2", 1), written_line("31", 3)
    ('0902', '10.201', '3103')
    """
    return f"{line}{number:02}" if "." in line else f"{int(line):02}{number:02}"


def _reserves(funds: dict[str, Fund]) -> Iterable[tuple[str, ...]]:
    for fund in funds.values():
        _, section, column = PLACES[fund.account.line]
        for basis, amount in bases(fund):
            shown = money(amount)
            ordinary, group = (shown, "") if column == "3" else ("", shown)
            yield section, basis, ordinary, group


def _laws() -> str:
    """The usual laws that fill, in the words of the format."""
    parts = [
        "# Laws that this company's books follow beside the form's; `fills` gives the left cell its figure.",
        "",
    ]
    for column, section, valued in PLACES.values():
        parts += [
            f"C12.{column}   warning  Operations by LOB, Line 12, Col. {column} = Exhibit 3, "
            f"Line {section}99999, Col. {valued} - Reserves, Line 1, Col. {column}     rounding    fills",
            "        premise  No change in valuation basis bypasses the increase in reserves.",
            "        The charge is what the actuary values now less what the year opened with.",
            "",
        ]
    parts += [
        "CX6.5   warning  Exhibit 6, Line 5, Col. 1 = Liabilities, Line 17, Col. 3 - "
        "Exhibit 6, Line 4, Col. 1     rounding    fills",
        "        premise  Exhibit 6 is balanced to the liabilities of page 3.",
        "        What is not associated with guarantees is the rest of the liabilities.",
        "",
        "C-IMR30  warning  Amortization, Line 30, Col. 1 = Prior Year, Amortization, Line 31, Col. 4    fills",
        "        premise  Nothing of last year's schedule runs past its last year.",
        "        What is left for the last year moves up one line with the others.",
        "",
    ]
    return "\n".join(parts)
