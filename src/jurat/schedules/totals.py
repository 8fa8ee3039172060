"""The subtotals of detail schedules: each section of rows added up, column by column."""

from collections.abc import Iterable

import numpy as np

from jurat.blanks import Blank, Form
from jurat.money import Kind
from jurat.records import BLANK
from jurat.schedules.detail import Detail
from jurat.schedules.sums import Gathered, Term
from jurat.words import Address

_TABLES = {
    "a": "real_estate",
    "b": "mortgages",
    "ba": "other_invested",
    "db": "derivatives",
    "dl": "collateral",
}


def add_totals(blank: Blank, details: Iterable[Detail], found: Gathered) -> None:
    """Give every subtotal that stands under rows its figures; what a rule of the page gives is left."""
    for detail in details:
        form = blank.pages[detail.page]
        money = [column for column in form.declared.columns if column.kind is Kind.MONEY]
        bounds = np.searchsorted(detail.section, np.arange(len(detail.sections) + 1))
        for place, line in enumerate(detail.sections):
            rows = np.arange(bounds[place], bounds[place + 1])
            for column in money:
                if _is_asked(form, line, column.number):
                    amounts = detail.columns[column.number][rows]
                    term = Term(
                        what=column.caption,
                        among=_among(detail.page),
                        names=detail.lot,
                        rows=rows,
                        amounts=np.where(amounts == BLANK, 0, amounts),
                    )
                    found.add(Address(detail.page, line, column.number), term)


def _among(page: str) -> str:
    """Of which table of records the rows of a schedule are."""
    letters = page.removeprefix("schedule_").partition("_")[0]
    if page == "schedule_e_part1":
        return "cash"
    return _TABLES.get(letters, "lots")


def _is_asked(form: Form, line: str, column: str) -> bool:
    """Whether the line asks the column, and no rule of the page fills it."""
    own = form.by_id[line]
    slot = own.slot(column)
    if slot is None or slot.is_xxx:
        return False
    declared = own.column(column)
    return declared is None or not any(law.fills for law in declared.laws)
