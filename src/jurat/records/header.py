"""The columns of a file, by its header: which are known, which are missing, which stand twice."""

from collections.abc import Sequence

from jurat.records.faults import Fault, Faults, short
from jurat.records.tables import TableKind
from jurat.words import nearest

MOST_COLUMNS = 500


def fits(declared: TableKind, file: str, header: Sequence[str], faults: Faults) -> bool:
    """Whether the rows under a header can be read; tells everything wrong with it.

    An unknown or missing column is told, and the rows are looked at for what else is wrong; a
    header of which no column is known, or one stands twice, gives its rows no meaning.
    """
    known = [each.name for each in declared.fields]
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        told = f"Part them by commas: {','.join(known[:4])} ..."
        faults.add(Fault(file=file, row=1, what="the columns are not parted by commas.", next=told))
        return False
    there = set(header) & set(known)
    for name in dict.fromkeys(header[:MOST_COLUMNS]):
        if name not in known:
            meant = nearest(name, known, 1)
            advice = f"Did you mean {meant[0]}?" if meant else f"Columns: {', '.join(known)}."
            what = f"there is no column {short(name)} in {declared.name}."
            faults.add(Fault(file=file, row=1, column=_printable(name), what=what, next=advice))
    for each in declared.fields:
        if each.needed and each.name not in there:
            told = f"Add it: {each.means}."
            what = "the header lacks this column, and every row needs it."
            faults.add(Fault(file=file, row=1, column=each.name, what=what, next=told))
    twice = sorted({name for name in there if header.count(name) > 1})
    for name in twice:
        what = "stands twice in the header."
        faults.add(Fault(file=file, row=1, column=name, what=what, next="Take one of them out."))
    return bool(there) and not twice


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name[:40])
