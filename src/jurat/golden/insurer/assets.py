"""Assets that are carried by what is entered: a property, a holding; their answers are sums."""

from dataclasses import dataclass

from jurat.golden.insurer.answers import Answers, Gain, Moved, Row
from jurat.golden.insurer.days import year_end
from jurat.golden.insurer.draws import Row as Fields
from jurat.golden.insurer.draws import money
from jurat.golden.insurer.exhibits import AccountYear, gained
from jurat.golden.insurer.markets import iso
from jurat.golden.insurer.movements import Movement
from jurat.golden.insurer.records import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happened to an asset."""

    name: str
    day: int
    kind: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A property or a holding, with what happened to it."""

    name: str
    account: Account
    acquired: int
    cost: int
    encumbrances: int = 0
    commitment: int = 0
    entries: tuple[Entry, ...]

    def total(self, kind: str, after: int, upto: int) -> int:
        """What was entered of a kind after one day and up to another."""
        return sum(e.amount for e in self.entries if e.kind == kind and after < e.day <= upto)

    def sold(self, upto: int) -> Entry | None:
        """The sale, if there was one by a day."""
        return next((e for e in self.entries if e.kind == "sale" and e.day <= upto), None)

    def last(self, kind: str, upto: int, first: int) -> int:
        """The last amount of a kind by a day, or the first there was."""
        found = [e.amount for e in self.entries if e.kind == kind and e.day <= upto]
        return found[-1] if found else first


class Entries:
    """Entries as they are drawn."""

    def __init__(self, name: str) -> None:
        self.name, self.made = name, list[Entry]()

    def add(self, at: int, kind: str, amount: int) -> None:
        """Another."""
        name = f"{self.name}-{len(self.made) + 1}"
        self.made.append(Entry(name=name, day=at, kind=kind, amount=amount))


def activity(table: str, key: str, asset: Asset) -> list[tuple[str, Fields]]:
    """The rows of a table that say what happened to an asset."""
    return [
        (
            table,
            {
                "entry": e.name,
                key: asset.name,
                "date": iso(e.day),
                "kind": e.kind,
                "amount": money(e.amount),
                "party": "Buyer" if e.kind == "sale" else "",
            },
        )
        for e in asset.entries
    ]


def shown(
    answers: Answers, asset: Asset, year: int, made: tuple[str, dict[str, int], Movement]
) -> None:
    """An asset's row on a page, and its movement."""
    page, columns, move = made
    sale = asset.sold(year_end(year))
    trade = sale.name if sale else ""
    answers.rows.append(
        Row(
            year=year, page=page, lot=asset.name, trade=trade, opening=move.opening, columns=columns
        )
    )
    answers.moved.append(Moved(year=year, lot=asset.name, trade=trade, page=page, movement=move))


def told(answers: Answers, asset: Asset, year: int, made: tuple[str, Movement, int, int]) -> None:
    """An asset in the exhibit of gains; a gain on a sale is no interest's."""
    line, move, exchange, unrealized = made
    moved = Movement(
        realized=move.gain, impairment=move.impairment, exchange=exchange, unrealized=unrealized
    )
    gained(answers, AccountYear(account=asset.account, year=year), line, moved)
    sale = asset.sold(year_end(year))
    if sale and move.gain and not asset.account.is_fair:
        kind = "real estate" if line == "4" else "other invested asset"
        answers.gains.append(
            Gain(
                year=year,
                lot=asset.name,
                trade=sale.name,
                realized=move.realized,
                exchange=0,
                reserve="avr",
                band="",
                reason=kind,
            )
        )
