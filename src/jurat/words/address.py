"""Where a cell stands: page, line, column, inset, row."""

import re
from dataclasses import dataclass

from jurat.words.errors import UsageError

TOTAL_ROW = -1
"""The row of a table's Totals, whatever the number of rows above it."""

_WORDS = re.compile(
    r"(?P<page>\w+):(?P<line>[^:]+):(?:\$(?P<inset>\d+)|(?P<column>\w*))(?:/(?P<row>\w+))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One cell's place; the same string on the command line, in reports and in findings.

    >>> str(Address("liabilities", "17", "3")), str(Address("nii", "(a)", inset=2))
    ('liabilities:17:3', 'nii:(a):$2')
    """

    page: str
    line: str
    column: str = ""
    inset: int = 0
    row: int = 0

    def __str__(self) -> str:
        """The address in words."""
        place = f"${self.inset}" if self.inset else self.column
        row = "/total" if self.row == TOTAL_ROW else f"/{self.row}" if self.row else ""
        return f"{self.page}:{self.line}:{place}{row}"

    @classmethod
    def parse(cls, words: str) -> "Address":
        """Read an address in words.

        Raises  UsageError when the words have not the form page:line:column.

        >>> Address.parse("general_interrogatories:1:2/3").row
        3
        """
        match = _WORDS.fullmatch(words.strip())
        if match is None or (match["row"] not in (None, "total") and not match["row"].isdigit()):
            raise UsageError(
                f"{words!r} is not an address.",
                next="Write page:line:column: liabilities:17:3, nii:(a):$2, schedule_d:10:",
            )
        row = TOTAL_ROW if match["row"] == "total" else int(match["row"] or 0)
        return cls(
            match["page"], match["line"], match["column"] or "", int(match["inset"] or 0), row
        )
