"""Flux: what a year did to each line, above the thresholds an analyst sets."""

from collections.abc import Iterator
from dataclasses import dataclass

from jurat.comparing.drivers import Driver, Drivers
from jurat.comparing.places import Places
from jurat.money import Kind, round_half_away
from jurat.statement import CellState, Statement
from jurat.statement.explain import caption_of
from jurat.words import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class FluxLine:
    """One amount in two years.

    Units   dollars; the percentage in tenths.
    """

    address: str
    page: str
    caption: str
    before: int
    after: int
    change: int
    percent: int | None
    """The change in tenths of a percent of the earlier amount; None where that is zero."""
    drivers: tuple[Driver, ...] = ()


def flux(
    was: Statement, now: Statement, *, over: int = 0, percent: int = 0
) -> tuple[FluxLine, ...]:
    """The amounts that changed by at least `over` dollars and `percent` tenths of a percent.

    Lines are matched by their stable names, write-ins by what the filer calls them. An amount that was
    zero has no percentage and counts by its dollars. Prior year columns are left out: they are the
    earlier statement's own. In page order.
    """
    places = Places(was, by_name=True), Places(now, by_name=True)
    drivers = Drivers(was, now, (Places(was), Places(now)))
    return tuple(
        line
        for line in _lines(was, now, places, drivers)
        if abs(line.change) >= over and (line.percent is None or abs(line.percent) >= percent)
    )


def _lines(
    was: Statement, now: Statement, places: tuple[Places, Places], drivers: Drivers
) -> Iterator[FluxLine]:
    before, after = (place.address_of for place in places)
    for place in [*after, *(place for place in before if place not in after)]:
        old, new = before.get(place), after.get(place)
        amounts = _amount(was, old), _amount(now, new)
        address = new or old
        if address is None or amounts[0] == amounts[1] or _is_prior(now if new else was, address):
            continue
        statement = now if new else was
        yield FluxLine(
            address=str(address),
            page=address.page,
            caption=caption_of(statement, address),
            before=amounts[0],
            after=amounts[1],
            change=amounts[1] - amounts[0],
            percent=_percent(*amounts),
            drivers=drivers.of(new) if new and _is_itself(drivers, new, old) else (),
        )


def _is_itself(drivers: Drivers, new: Address, old: Address | None) -> bool:
    """Whether the cell is the same by place too: only then are its drivers those of its change."""
    return drivers.before(new) == old


def _amount(statement: Statement, address: Address | None) -> int:
    if address is None or address.page not in statement.pages:
        return 0
    cell = statement[address]
    return cell.figure if cell.kind is Kind.MONEY and cell.state is CellState.VALUE else 0


def _percent(before: int, after: int) -> int | None:
    return round_half_away(1000 * (after - before), abs(before)) if before else None


def _is_prior(statement: Statement, address: Address) -> bool:
    """Whether the cell stands in a column of last year's figures."""
    line = statement.blank.line(address.page, address.line)
    column = line.column(address.column) if line and not address.inset else None
    return bool(column) and any(law.text.startswith("Prior Year") for law in column.laws)  # type: ignore[union-attr]
