"""What is wrong in records, told at once: file, row, column, what, and what to write instead."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from jurat.words import RecordError

LONGEST = 300
"""Characters: what is wrong with a field need not repeat all of it."""
MOST_TOLD = 1_000
"""Rows told one by one of a column of a file; of the rest, how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that cannot stand, and where.

    Units   cents of the row's own amount, where it could be read.
    """

    file: str
    row: int = 0
    """As a spreadsheet counts; nought where it is not about one row."""
    column: str = ""
    what: str
    next: str = ""
    """What to write instead."""
    cents: int = 0
    more: int = 0
    """Rows it stands for that are only counted."""

    @property
    def where(self) -> str:
        """File, row, column.

        >>> Fault(file="lots.csv", row=7, column="cost", what="is no amount.").where
        'lots.csv:7, column cost'
        """
        row = f":{self.row}" if self.row else ""
        return f"{self.file}{row}" + (f", column {self.column}" if self.column else "")

    def __str__(self) -> str:
        """All of it in a line."""
        return f"{self.where}: {self.what}" + (f" {self.next}" if self.next else "")


@dataclass(slots=True)
class Faults:
    """The faults found so far, in the order found."""

    told: list[Fault] = field(default_factory=list)
    _count: Counter[tuple[str, str]] = field(default_factory=Counter)
    _rest: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, fault: Fault) -> None:
        """Keep a fault; beyond the thousandth of a column, only that it is there."""
        if fault.row and not self.room(fault.file, fault.column):
            self.more(fault.file, fault.column, 1)
            return
        self._count[fault.file, fault.column] += bool(fault.row)
        self.told.append(fault)

    def room(self, file: str, column: str) -> int:
        """How many more rows of a column are told one by one."""
        return MOST_TOLD - self._count[file, column]

    def more(self, file: str, column: str, count: int) -> None:
        """Count rows that are not even looked at one by one."""
        self._rest[file, column] += count

    def all(self) -> list[Fault]:
        """Every fault by file and row, and of columns with very many how many more rows are wrong."""
        rest = [
            Fault(
                file=file,
                column=column,
                what=f"and {count:,} more rows are wrong.",
                more=count,
                next="Mend the first; the others are likely alike.",
            )
            for (file, column), count in sorted(self._rest.items())
            if count
        ]
        found = [*self.told, *rest]
        return sorted(found, key=lambda fault: (fault.file, fault.more > 0, fault.row))


def refuse(faults: Iterable[Fault]) -> None:
    """Raise what was found.

    Raises  RecordError naming every fault.
    """
    told = list(faults)
    if told:
        count = len(told)
        raise RecordError(
            "\n".join(
                [f"{count} fault{'s' if count > 1 else ''} in the records:", *map(str, told)]
            ),
            why="A lot that is missing or counted twice would be sworn to.",
            next="Mend them and read again; nothing was taken in.",
        )


def short(text: str) -> str:
    """A text as it is quoted in a fault: in quotation marks, and not all of it if long.

    >>> short("12,34")
    "'12,34'"
    """
    return repr(text if len(text) <= 40 else f"{text[:40]}...")
