"""The rows of a detail schedule as columns, in the order of print."""

from collections.abc import Mapping
from dataclasses import dataclass

from jurat.records.table import Column, Texts, Whole


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Detail:
    """A detail schedule: a row for each portion of a lot, section by section as printed.

    Units   by the kind of the page's column: money in cents, dates in days since 1970, rates, prices
            and quantities as `records` keeps them (BLANK for none), words as Arrow text.
    Shape   every column has an element for each row; rows of a section stand together, sections in
            the order of the page.
    """

    page: str
    sections: tuple[str, ...]
    """The subtotal lines that rows stand under: 0199999, 0299999 ..."""
    section: Whole
    """Of each row, which of the sections; never falling."""
    columns: Mapping[str, Column]
    """By the number of the page's column."""
    lot: Texts
    """Of each row, the lot, loan, property, holding or contract it is of."""

    def __len__(self) -> int:
        """How many rows."""
        return len(self.section)

    def keys(self) -> list[str]:
        """The printed key of each row: section 01's are 0100001, 0100002 ...

        A section's rows are numbered within it, in seven digits like its subtotal.
        """
        counts = [0] * len(self.sections)
        keys = []
        for place in self.section.tolist():
            counts[place] += 1
            keys.append(key_in(self.page, self.sections[place], counts[place]))
        return keys


_LONG_KEYS = ("schedule_db_part_a", "schedule_db_part_b")
"""Pages whose sections are told apart by three digits."""


def key_in(page: str, section: str, number: int) -> str:
    """The printed key of a section's row, rows counted from 1.

    >>> key_in("schedule_d_part1", "0199999", 7), key_in("schedule_db_part_a_section1", "0859999", 7)
    ('0100007', '0850007')
    """
    digits = 3 if page.startswith(_LONG_KEYS) else 2
    return f"{section[:digits]}{number:0{7 - digits}d}"
