"""Differences with a known shape: what a difference of that size usually turns out to be."""

from collections.abc import Iterator

from jurat.money import format_figure
from jurat.statement import Statement


def hint_for(statement: Statement, row: int, difference: int) -> str:
    """The likeliest shape of a difference, or nothing when it has no known one.

    Looked for, in this order: sign flipped, amount missing or counted twice, digits transposed,
    thousand-fold, shifted line or column.
    """
    system, values = statement.system, statement.vectors[0]
    terms = [(cell, weight) for cell, weight in system.row(row) if values[cell]]
    scale = int(system.scales[row])
    for shape in (_flipped, _once_too_often, _transposed, _thousandfold):
        for cell, weight in terms:
            effect = weight // scale if weight % scale == 0 else 0
            if effect and (said := shape(int(values[cell]), effect, difference)):
                return f"{system.cells[cell]} {said}"
    return next(_shifted(statement, row, difference), "")


def _flipped(value: int, effect: int, difference: int) -> str:
    if 2 * value * effect == difference:
        return f"may have the wrong sign: {format_figure(-value)} would tie"
    return ""


def _once_too_often(value: int, effect: int, difference: int) -> str:
    if value * effect == difference:
        return "may be counted once too often: without it the sides tie"
    if value * effect == -difference:
        return "may be missing once: counted again the sides tie"
    return ""


def _transposed(value: int, effect: int, difference: int) -> str:
    if difference % 9 or not difference:
        return ""
    wanted = value - difference * effect
    return (
        f"may have two digits transposed: {format_figure(wanted)} would tie"
        if transposed(value, wanted)
        else ""
    )


def _thousandfold(value: int, effect: int, difference: int) -> str:
    for other in (value * 1000, value // 1000 if value % 1000 == 0 else 0):
        if other and (value - other) * effect == difference:
            return f"may be a thousand-fold off: {format_figure(other)} would tie"
    return ""


def transposed(one: int, other: int) -> bool:
    """Whether two figures differ by two neighbouring digits changed about.

    >>> transposed(906_970_121, 906_790_121), transposed(12, 12)
    (True, False)
    """
    if one == other or (one < 0) != (other < 0):
        return False
    a, b = str(abs(one)), str(abs(other))
    apart = [place for place in range(len(a)) if len(a) == len(b) and a[place] != b[place]]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and a[apart[0]] == b[apart[1]]
        and a[apart[1]] == b[apart[0]]
    )


def _shifted(statement: Statement, row: int, difference: int) -> Iterator[str]:
    """A neighbouring cell holds just what this one should: line above or below, column beside."""
    system, values = statement.system, statement.vectors[0]
    for cell, weight in system.row(row):
        wanted = int(values[cell]) - difference * (1 if weight > 0 else -1)
        if not wanted:
            continue
        for step, said in ((-1, "before"), (1, "after")):
            beside = cell + step
            if (
                0 <= beside < len(values)
                and values[beside] == wanted
                and _same_page(statement, cell, beside)
            ):
                yield (
                    f"{system.cells[cell]} may be shifted: the cell {said} it, "
                    f"{system.cells[beside]}, holds the {format_figure(wanted)} that would tie"
                )


def _same_page(statement: Statement, one: int, other: int) -> bool:
    pages = [str(statement.system.cells[cell]).split(":")[0] for cell in (one, other)]
    return pages[0] == pages[1]
