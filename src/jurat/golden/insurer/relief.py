"""Which lots a trade or a receipt concerns, and by how much."""

from collections.abc import Callable, Iterable

from jurat.golden.insurer.records import Event, Income, Lot, Receipt, Trade
from jurat.golden.insurer.rounding import shared
from jurat.words import require

Events = dict[str, list[Event]]


def relieved(lots: Iterable[Lot], trades: Iterable[Trade]) -> Events:
    """The events of every lot, in order of date and then of the table of trades.

    A trade without a lot takes from the lots of its account and security that have par left: first
    in, first out, by trade date and then by the order of the table of lots.
    """
    lots = list(lots)
    left = {lot.name: lot.quantity for lot in lots}
    events: Events = {lot.name: [] for lot in lots}
    for trade in sorted(trades, key=lambda trade: trade.traded):
        taken, total = 0, trade.quantity
        part: tuple[int, int]
        for lot in _candidates(lots, trade):
            before = left[lot.name]
            if trade.kind == "write_down":
                span, part = (before, before), (trade.amount, 0)
            else:
                quantity = min(before, total - taken)
                if not quantity:
                    continue
                span, rest = (before, before - quantity), (total - taken, total - taken - quantity)
                taken += quantity
                part = shared(trade.amount, rest, total), shared(trade.accrued, rest, total)
            left[lot.name] = span[1]
            events[lot.name].append(
                Event(
                    trade=trade.name,
                    kind=trade.kind,
                    day=trade.traded,
                    span=span,
                    amount=part[0],
                    accrued=part[1],
                    credit=trade.credit,
                )
            )
        require(taken == total, "A trade sells more than is held.")
    return events


def _candidates(lots: list[Lot], trade: Trade) -> list[Lot]:
    if trade.lot:
        return [lot for lot in lots if lot.name == trade.lot]
    own = [
        lot
        for lot in lots
        if (lot.account, lot.security.name) == (trade.account, trade.security.name)
        and lot.traded <= trade.traded
    ]
    return sorted(own, key=lambda lot: lot.traded)


def left_on(lot: Lot, events: list[Event], at: int) -> int:
    """What is left of a lot when a day is over."""
    if lot.traded > at:
        return 0
    return min((event.span[1] for event in events if event.day <= at), default=lot.quantity)


def received(
    lots: Iterable[Lot],
    events: Events,
    receipts: Iterable[Receipt],
    dollars: Callable[[int, str, int], int],
) -> dict[str, list[Income]]:
    """The receipts of every lot: those of an account shared by what its lots had the day before."""
    lots = list(lots)
    found: dict[str, list[Income]] = {lot.name: [] for lot in lots}
    for receipt in receipts:
        before = (receipt.day or receipt.declared) - 1
        own = [
            lot
            for lot in lots
            if receipt.lot == lot.name
            or (
                not receipt.lot
                and lot.account == receipt.account
                and lot.security.name == receipt.security.name
            )
        ]
        held = [(lot, left_on(lot, events[lot.name], before)) for lot in own]
        total = rest = sum(quantity for _, quantity in held)
        require(total > 0, "Income of nothing held.")
        amount = dollars(receipt.amount, receipt.security.currency, receipt.day or receipt.declared)
        for lot, quantity in held:
            part = shared(amount, (rest, rest - quantity), total)
            rest -= quantity
            found[lot.name].append(
                Income(day=receipt.day, declared=receipt.declared, dollars=part, quantity=quantity)
            )
    return found
