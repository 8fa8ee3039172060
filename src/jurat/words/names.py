"""The name of a cell in a workbook: its address in the letters that Excel allows in a name."""

import re

from jurat.words.address import Address
from jurat.words.errors import UsageError

_NOTE, _INSET, _ROW = "note.", "inset.", "row."
_SEPARATOR = re.compile(r"(?<!_)_(?!_)|(?<=__)_(?!_)")


def name_of(address: Address) -> str:
    """The defined name of a cell; one rule, which `address_named` turns round.

    The colons of the address are underscores, and an underscore inside a part is doubled. A footnote
    (a) is `note.a`, a blank in a caption $1 is `inset.1`, the row /3 of a table is `row.3`.

    >>> name_of(Address("liabilities", "17", "3")), name_of(Address("nii", "(a)", inset=2))
    ('liabilities_17_3', 'nii_note.a_inset.2')
    >>> name_of(Address("general_interrogatories", "1", "2", row=3))
    'general__interrogatories_1_2_row.3'
    """
    page, line, place = str(address).split(":")
    place, _, row = place.partition("/")
    line = f"{_NOTE}{line[1:-1]}" if line.startswith("(") else line
    place = f"{_INSET}{place[1:]}" if place.startswith("$") else place
    parts = [page, line, place, *([f"{_ROW}{row}"] if row else [])]
    return "_".join(part.replace("_", "__") for part in parts)


def address_named(name: str) -> Address:
    """The address a defined name stands for.

    Raises  UsageError when the name is not made of an address.

    >>> str(address_named("schedule__d_10_")), str(address_named("nii_note.a_inset.2"))
    ('schedule_d:10:', 'nii:(a):$2')
    """
    parts = [part.replace("__", "_") for part in _parted(name)]
    if not 3 <= len(parts) <= 4 or (len(parts) == 4 and not parts[3].startswith(_ROW)):
        raise UsageError(
            f"{name!r} is not the name of a cell.",
            next="Names are made of addresses: liabilities_17_3.",
        )
    page, line, place, *row = parts
    line = f"({line[len(_NOTE) :]})" if line.startswith(_NOTE) else line
    place = f"${place[len(_INSET) :]}" if place.startswith(_INSET) else place
    tail = f"/{row[0][len(_ROW) :]}" if row else ""
    return Address.parse(f"{page}:{line}:{place}{tail}")


def _parted(name: str) -> list[str]:
    """The parts between single underscores; the first of three underscores is a doubled one."""
    return _SEPARATOR.sub("\0", name).split("\0")
