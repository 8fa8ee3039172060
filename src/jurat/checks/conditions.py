"""Checks that no signed sum can say: questions answered, answers and amounts, lists that agree.

All are warnings: they ask a person to look. Each condition comes with a planted break that proves
it can fail.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from jurat.blanks import Role, Slot
from jurat.checks.findings import ABSENT, Finding, Grade
from jurat.money import Kind
from jurat.statement import Cell, CellState, Statement
from jurat.words import TOTAL_ROW, Address, Severity

GI = "general_interrogatories"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One such check: its law in words, why it matters, how to look, and how to break it."""

    id: str
    law: str
    why: str
    pages: tuple[str, ...]
    look: Callable[[Statement], Iterator[tuple[tuple[str, ...], str]]]
    plant: Callable[[Statement], Statement]

    def run(self, statement: Statement) -> list[Finding]:
        """The places where this condition does not hold; none when it does."""
        return [finding for finding in self.everything(statement) if finding.grade is Grade.FAIL]

    def everything(self, statement: Statement) -> list[Finding]:
        """A finding for each place where it does not hold, or one that it holds or did not run."""
        if not set(self.pages) <= statement.pages:
            return [self._finding(Grade.NOT_RUN, (), ABSENT)]
        broken = [
            self._finding(Grade.FAIL, cells, detail) for cells, detail in self.look(statement)
        ]
        return broken or [self._finding(Grade.PASS, (), "")]

    def _finding(self, grade: Grade, cells: tuple[str, ...], detail: str) -> Finding:
        return Finding(
            id=self.id,
            grade=grade,
            severity=Severity.WARNING,
            law=self.law,
            why=self.why,
            cells=cells,
            detail=detail,
            next=f"jurat explain FILE {cells[0]}" if cells else "",
        )


def _answer(statement: Statement, line: str) -> str:
    cell = statement[Address(GI, line)]
    return cell.value if isinstance(cell.value, str) else ""


def _filled(statement: Statement, *lines: str) -> list[Cell]:
    """The cells of some interrogatories, tables and rows included, with an amount or a name."""
    return [
        cell
        for address, cell in statement.cells.items()
        if address.page == GI
        and address.line in lines
        and not cell.kind.is_box
        and address.row != TOTAL_ROW
        and cell.state is CellState.VALUE
        and cell.value not in ("", 0)
        and not _is_year(address)
    ]


def _is_year(address: Address) -> bool:
    return address.line.startswith(("2.4", "2.7")) and address.column == "1"


def _boxes(statement: Statement) -> Iterator[Slot]:
    for page in (GI, "exhibit3_interrogatories"):
        if page in statement.pages:
            for line in statement.blank.pages[page].lines:
                yield from (
                    slot for slot in line.slots if slot.kind.is_box and line.role is Role.LINE
                )


def _unanswered(statement: Statement) -> Iterator[tuple[tuple[str, ...], str]]:
    for slot in _boxes(statement):
        if statement[slot.address].state in (CellState.BLANK, CellState.UNREAD):
            line = statement.blank.line(slot.address.page, slot.address.line)
            yield (str(slot.address),), f"{line.caption if line else ''} has no box ticked"


def _unanswer(statement: Statement) -> Statement:
    slot = next(s for s in _boxes(statement) if statement[s.address].value)
    return statement.replaced([Cell(address=slot.address, kind=slot.kind, state=CellState.UNREAD)])


_UNDER = (
    ("2.1", "No", ("2.2",)),
    ("2.3", "No", ("2.401", "2.402", "2.403", "2.404", "2.405")),
    ("2.5", "No", ("2.6", "2.701", "2.702", "2.703", "2.704", "2.705")),
    ("3.1", "No", ("3.3",)),
    ("4.1", "No", ("4.2",)),
    ("5.1", "Yes", ("5.42", "5.43", "5.51", "5.52")),
    ("5.21", "No", ("5.42", "5.51")),
    ("5.22", "No", ("5.3", "5.43", "5.52")),
    (
        "6.1",
        "No",
        (
            "6.611",
            "6.612",
            "6.621",
            "6.622",
            "6.6311",
            "6.6312",
            "6.6313",
            "6.6314",
            "6.6315",
            "6.6316",
            "6.632",
            "6.634",
            "6.71",
            "6.72",
            "6.73",
        ),
    ),
    ("7.1", "No", ("7.2", "7.3", "7.4")),
)
"""Answers under which these interrogatories should be empty. Source: their own words."""


def _amounts_under_no(statement: Statement) -> Iterator[tuple[tuple[str, ...], str]]:
    for question, answer, lines in _UNDER:
        if _answer(statement, question) == answer:
            for cell in _filled(statement, *lines):
                yield (
                    (f"{GI}:{question}:", str(cell.address)),
                    f"{question} is answered {answer}, yet {cell.address} holds {cell.shown}",
                )


def _plant_amount_under_no(statement: Statement) -> Statement:
    question = Address(GI, "7.1")
    reserve = Address(GI, "7.4")
    return statement.replaced(
        [
            Cell(address=question, kind=Kind.YES_NO, state=CellState.VALUE, value="No"),
            Cell(address=reserve, kind=Kind.TEXT, state=CellState.VALUE, value="Lines of credit"),
        ]
    )


def _yes_without_amounts(statement: Statement) -> Iterator[tuple[tuple[str, ...], str]]:
    wanted = (
        ("2.1", ("2.2",)),
        ("2.3", ("2.401", "2.402", "2.403", "2.404", "2.405")),
        ("2.5", ("2.6",)),
        ("4.1", ("4.2",)),
        ("5.21", ("5.42",)),
        ("5.22", ("5.43",)),
        ("6.1", ("6.611",)),
        ("7.1", ("7.3",)),
    )
    for question, lines in wanted:
        if _answer(statement, question) == "Yes" and not _filled(statement, *lines):
            yield (
                (f"{GI}:{question}:",),
                f"{question} is answered Yes, yet {' '.join(lines)} holds nothing",
            )


def _plant_yes_without_amounts(statement: Statement) -> Statement:
    return statement.replaced(
        [Cell(address=Address(GI, "7.1"), kind=Kind.YES_NO, state=CellState.VALUE, value="Yes")]
    )


def _products(statement: Statement, line: str) -> list[Cell]:
    return [
        cell
        for address, cell in sorted(statement.cells.items())
        if address.page == GI
        and address.line == line
        and address.column == "1"
        and address.row > 0
        and cell.value
    ]


def _products_agree(statement: Statement) -> Iterator[tuple[tuple[str, ...], str]]:
    first, last = _products(statement, "1"), _products(statement, "8.3")
    names, others = (
        {str(c.value).casefold() for c in first},
        {str(c.value).casefold() for c in last},
    )
    for cells, missing, line in ((first, names - others, "8.3"), (last, others - names, "1")):
        for cell in cells:
            if str(cell.value).casefold() in missing:
                yield (
                    (str(cell.address),),
                    f"{cell.value!r} is not among the products of interrogatory {line}",
                )


def _plant_other_product(statement: Statement) -> Statement:
    row = len(_products(statement, "8.3")) + 1
    return statement.replaced(
        [
            Cell(
                address=Address(GI, "8.3", "1", row=row),
                kind=Kind.TEXT,
                state=CellState.VALUE,
                value="Another product",
            )
        ]
    )


def _footnote_g(statement: Statement) -> Iterator[tuple[tuple[str, ...], str]]:
    expenses = statement["nii:11:2"].figure or statement["nii:12:2"].figure
    insets = [statement[Address("nii", "(g)", inset=number)] for number in (1, 2)]
    if expenses and not any(isinstance(cell.value, int) for cell in insets):
        yield (
            ("nii:(g):$1", "nii:11:2"),
            "line 11 or 12 holds an amount, and footnote (g) does not say how it parts",
        )


def _plant_footnote_g(statement: Statement) -> Statement:
    blank = {Address("nii", "(g)", inset=number): None for number in (1, 2)}
    return statement.with_figures({**blank, Address("nii", "11", "2"): 16_100})


def _one_box(statement: Statement) -> Iterator[tuple[tuple[str, ...], str]]:
    ticked = [
        name
        for name in ("insulated", "non_insulated")
        if statement[f"cover:{name}:"].value == "Yes"
    ]
    if len(ticked) != 1:
        said = "both boxes are" if ticked else "no box is"
        yield (
            ("cover:insulated:", "cover:non_insulated:"),
            f"{said} ticked for the type of separate accounts",
        )


def _plant_two_boxes(statement: Statement) -> Statement:
    return statement.replaced(
        [
            Cell(
                address=Address("cover", name), kind=Kind.YES_NO, state=CellState.VALUE, value="Yes"
            )
            for name in ("insulated", "non_insulated")
        ]
    )


def read_date(text: str) -> date | None:
    """A date as the cover prints it, or nothing.

    >>> read_date("04/01/1935"), read_date("02/30/2012")
    (datetime.date(1935, 4, 1), None)
    """
    try:
        month, day, year = (int(part) for part in text.split("/"))
        return date(year, month, day)
    except ValueError:
        return None


def _dates(statement: Statement) -> Iterator[tuple[tuple[str, ...], str]]:
    end = date(statement.year, 12, 31)
    for slot in statement.blank.pages["cover"].slots:
        cell = statement[slot.address]
        if slot.kind is not Kind.DATE or not isinstance(cell.value, str) or not cell.value:
            continue
        found = read_date(cell.value)
        is_filing = slot.address.line.startswith(("b2", "date_filed"))
        if found is None:
            yield (str(slot.address),), f"{cell.value!r} is not a date of the calendar"
        elif (found > end) != is_filing:
            yield (
                (str(slot.address),),
                f"{cell.value} does not stand where the year end {end:%m/%d/%Y} puts it",
            )


def _plant_date(statement: Statement) -> Statement:
    slot = next(s for s in statement.blank.pages["cover"].slots if s.kind is Kind.DATE)
    return statement.replaced(
        [Cell(address=slot.address, kind=Kind.DATE, state=CellState.VALUE, value="02/30/1935")]
    )


def _amendment(statement: Statement) -> Iterator[tuple[tuple[str, ...], str]]:
    original = statement["cover:a:"].value
    told = [str(a) for line in ("b1", "b2", "b3") if statement[a := Address("cover", line)].value]
    if original == "No" and len(told) < 3:
        yield ("cover:a:",), "an amendment must state its number, its date and its pages"
    if original == "Yes" and told:
        yield ("cover:a:", *told), "an original filing has no amendment number, date or pages"


def _plant_amendment(statement: Statement) -> Statement:
    return statement.replaced(
        [Cell(address=Address("cover", "a"), kind=Kind.YES_NO, state=CellState.VALUE, value="No")]
    )


CONDITIONS: tuple[Condition, ...] = (
    Condition(
        id="Q1",
        law="Every question has a box ticked",
        pages=(GI,),
        look=_unanswered,
        plant=_unanswer,
        why="An unticked question is no answer, whatever the amounts below it suggest.",
    ),
    Condition(
        id="Q2",
        law="No amounts stand under an answer that excludes them",
        pages=(GI,),
        look=_amounts_under_no,
        plant=_plant_amount_under_no,
        why="An answer and the amounts under it must tell one story.",
    ),
    Condition(
        id="Q3",
        law="An answer that asks for detail has it",
        pages=(GI,),
        look=_yes_without_amounts,
        plant=_plant_yes_without_amounts,
        why="A Yes without its detail leaves the reader asking.",
    ),
    Condition(
        id="Q4",
        law="The products of interrogatory 8.3 are those of interrogatory 1",
        pages=(GI,),
        look=_products_agree,
        plant=_plant_other_product,
        why="Each product is disclosed once by its assets and once by its GAAP place.",
    ),
    Condition(
        id="Q5",
        law="NII footnote (g) parts what lines 11 and 12 hold",
        pages=("nii",),
        look=_footnote_g,
        plant=_plant_footnote_g,
        why="The footnote says what part of the expenses is the separate accounts'.",
    ),
    Condition(
        id="Q6",
        law="Exactly one type of separate accounts is ticked",
        pages=("cover",),
        look=_one_box,
        plant=_plant_two_boxes,
        why="Insulated and non-insulated accounts are filed as two statements.",
    ),
    Condition(
        id="Q7",
        law="Dates are dates, and stand where the year end puts them",
        pages=("cover",),
        look=_dates,
        plant=_plant_date,
        why="A date that cannot be is a slip somebody swore to.",
    ),
    Condition(
        id="Q8",
        law="An amendment states its number, date and pages; an original none",
        pages=("cover",),
        look=_amendment,
        plant=_plant_amendment,
        why="The cover must say which filing this is.",
    ),
)
