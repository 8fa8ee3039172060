"""Real estate and other invested assets: carried by what is entered, so their answers are sums."""

from dataclasses import dataclass

from jurat.golden.insurer.answers import Answers, Gain, Moved, Row
from jurat.golden.insurer.days import day, year_end, year_of
from jurat.golden.insurer.draws import Hand, Row as Fields, exactly, money, plain, yes
from jurat.golden.insurer.markets import ACCOUNTS, LAST, iso
from jurat.golden.insurer.movements import Movement
from jurat.golden.insurer.records import Account
from jurat.golden.insurer.security_answers import earned, gained, owned


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


class _Entries:
    """Entries as they are drawn."""

    def __init__(self, name: str) -> None:
        self.name, self.made = name, list[Entry]()

    def add(self, at: int, kind: str, amount: int) -> None:
        """Another."""
        name = f"{self.name}-{len(self.made) + 1}"
        self.made.append(Entry(name=name, day=at, kind=kind, amount=amount))


def draw_property(hand: Hand) -> tuple[list[tuple[str, Fields]], Answers]:
    """A property owned, depreciated, improved, and perhaps sold."""
    acquired = day(hand.between(2005, LAST), hand.between(1, 11), hand.between(1, 28))
    cost = 100_000 * hand.between(1000, 90_000)
    owing = cost // 5 if hand.chance(0.4) else 0
    drawn = _Entries(f"R{hand.number:06}")
    sale = hand.between(acquired + 200, acquired + 2500) if hand.chance(0.4) else 0
    sale = sale if hand.market.opens < sale <= hand.market.closes else 0
    for year in range(year_of(acquired), LAST + 1):
        end = min(year_end(year), sale - 1) if sale else year_end(year)
        start = max(day(year, 1, 5), acquired + 1)
        if start + 20 > end:
            continue
        drawn.add(start + 2, "appraisal", cost * hand.between(80, 140) // 100)
        if hand.chance(0.3):
            drawn.add(start + 4, "addition", 1000 * hand.between(500, 90_000))
        if owing and hand.chance(0.5):
            drawn.add(start + 6, "encumbrance", -owing // 20)
        if hand.chance(0.1) and year > year_of(acquired):
            drawn.add(start + 8, "impairment", cost // 25)
        if hand.chance(0.07):
            drawn.add(start + 9, "exchange", hand.between(-900_000, 900_000))
        drawn.add(end, "income", cost // hand.between(9, 15))
        drawn.add(end, "expense", cost // hand.between(30, 60))
        drawn.add(end, "depreciation", cost // 40)
    if sale:
        drawn.add(sale, "sale", cost * hand.between(60, 120) // 100 - owing)
    asset = Asset(name=drawn.name, account=hand.random.choice(ACCOUNTS), acquired=acquired, cost=cost,
                  encumbrances=owing, entries=tuple(drawn.made))  # fmt: skip
    row = {"property": asset.name, "account": asset.account.name, "city": "Columbus", "state": "OH",
           "description": f"Office {hand.number}", "acquired": iso(acquired), "vendor": "Builder",
           "cost": money(cost), "encumbrances": money(owing) if owing else ""}  # fmt: skip
    rows = [("real_estate", row), *_activity("real_estate_activity", "property", asset)]
    return rows, _property_answers(hand, asset)


def _activity(table: str, key: str, asset: Asset) -> list[tuple[str, Fields]]:
    return [
        (table, {"entry": e.name, key: asset.name, "date": iso(e.day), "kind": e.kind,
                 "amount": money(e.amount), "party": "Buyer" if e.kind == "sale" else ""})
        for e in asset.entries
    ]  # fmt: skip


def _net(asset: Asset, at: int) -> int:
    """What a property is carried at, less encumbrances."""
    if asset.acquired > at or asset.sold(at):
        return 0
    total = asset.cost - asset.encumbrances
    signs = {"addition": 1, "depreciation": -1, "impairment": -1, "encumbrance": -1, "exchange": 1}
    return total + sum(sign * asset.total(kind, 0, at) for kind, sign in signs.items())


def _property_answers(hand: Hand, asset: Asset) -> Answers:
    answers = Answers()
    for year in hand.market.years:
        start, end = year_end(year - 1), year_end(year)
        if asset.acquired > end or asset.sold(start):
            continue
        _property_year(answers, asset, year)
    return answers


def _property_year(answers: Answers, asset: Asset, year: int) -> None:
    start, end = year_end(year - 1), year_end(year)
    is_new, sale = asset.acquired > start, asset.sold(end)
    own = {kind: asset.total(kind, start, end)
           for kind in ("addition", "depreciation", "impairment", "exchange", "income", "expense")}  # fmt: skip
    owing = -asset.total("encumbrance", start, end) - (asset.encumbrances if is_new else 0)
    cost = asset.cost if is_new else 0
    opening = _net(asset, start)
    book = (opening + cost + own["addition"] + owing - own["depreciation"] - own["impairment"]
            + own["exchange"])  # fmt: skip
    # Depreciation lowers the carrying value like amortization, a change of encumbrances like
    # unrealized; the schedule's own columns hold them apart.
    move = Movement(opening=opening, cost=cost, additions=own["addition"], unrealized=owing,
                    accretion=-own["depreciation"], impairment=own["impairment"],
                    exchange=own["exchange"], consideration=sale.amount if sale else 0,
                    realized=sale.amount - book if sale else 0,
                    closing=0 if sale else book).footed()  # fmt: skip
    change = owing - own["depreciation"] - own["impairment"]
    debts = asset.encumbrances + asset.total("encumbrance", 0, end)
    value = asset.last("appraisal", end, asset.cost)
    spent = asset.total("addition", 0, end)
    if sale:
        page, columns = "schedule_a_part3", {
            "6": asset.cost, "7": spent, "8": opening, "9": own["depreciation"],
            "10": own["impairment"], "11": owing, "12": change, "13": own["exchange"], "14": book,
            "15": sale.amount, "16": 0, "17": move.realized, "18": move.gain, "19": own["income"],
            "20": own["expense"],
        }  # fmt: skip
    else:
        page, columns = "schedule_a_part1", {
            "7": asset.cost + spent, "8": debts, "9": book, "10": value - debts,
            "11": own["depreciation"], "12": own["impairment"], "13": owing, "14": change,
            "15": own["exchange"], "16": own["income"], "17": own["expense"],
        }  # fmt: skip
    _rows(answers, asset, year, (page, columns, move))
    if is_new or own["addition"]:
        columns = {"6": cost, "7": asset.encumbrances if is_new else 0, "8": 0 if sale else book,
                   "9": own["addition"]}  # fmt: skip
        answers.rows.append(Row(year=year, page="schedule_a_part2", lot=asset.name, columns=columns))
    part = "2" if sale else "1"
    answers.fill(year, "schedule_a", {
        "1": opening, "2.1": cost, "2.2": own["addition"], f"3.{part}": owing, "4": move.gain,
        "5": move.consideration, f"6.{part}": own["exchange"], f"7.{part}": own["impairment"],
        f"8.{part}": own["depreciation"], "9": move.closing, "10": 0, "11": move.closing,
    })  # fmt: skip
    _gains(answers, asset, year, ("4", move, own["exchange"], 0))
    earned(answers, year, "4", own["income"], 0)
    answers.add(year, "nii", "14", "2", own["depreciation"])
    answers.add(year, "nii", "(i)", "$1", own["depreciation"])
    if not sale:
        owned(answers, year, "4.1", asset.account.column, book)


def _rows(
    answers: Answers, asset: Asset, year: int, made: tuple[str, dict[str, int], Movement]
) -> None:
    page, columns, move = made
    sale = asset.sold(year_end(year))
    trade = sale.name if sale else ""
    answers.rows.append(Row(year=year, page=page, lot=asset.name, trade=trade, opening=move.opening,
                            columns=columns))  # fmt: skip
    answers.moved.append(Moved(year=year, lot=asset.name, trade=trade, page=page, movement=move))


def _gains(answers: Answers, asset: Asset, year: int, made: tuple[str, Movement, int, int]) -> None:
    line, move, exchange, unrealized = made
    shown = Movement(realized=move.gain, impairment=move.impairment, exchange=exchange,
                     unrealized=unrealized)  # fmt: skip
    gained(answers, year, line, shown)
    sale = asset.sold(year_end(year))
    if sale and move.gain and not asset.account.is_fair:
        kind = "real estate" if line == "4" else "other invested asset"
        answers.gains.append(Gain(year=year, lot=asset.name, trade=sale.name, realized=move.realized,
                                  exchange=0, reserve="avr", band="", reason=kind))  # fmt: skip


# -- other invested assets ------------------------------------------------------------------------


def draw_holding(hand: Hand) -> tuple[list[tuple[str, Fields]], Answers]:
    """A holding of Schedule BA: called, valued, paid out, and perhaps sold."""
    acquired = day(hand.between(2005, LAST), hand.between(1, 11), hand.between(1, 28))
    cost = 100_000 * hand.between(100, 30_000)
    drawn = _Entries(f"O{hand.number:06}")
    sale = hand.between(acquired + 200, acquired + 2500) if hand.chance(0.35) else 0
    sale = sale if hand.market.opens < sale <= hand.market.closes else 0
    for year in range(year_of(acquired), LAST + 1):
        end = min(year_end(year), sale - 1) if sale else year_end(year)
        start = max(day(year, 1, 5), acquired + 1)
        if start + 20 > end:
            continue
        if hand.chance(0.4):
            drawn.add(start + 2, "addition", 1000 * hand.between(500, 90_000))
        if hand.chance(0.15):
            drawn.add(start + 3, "capitalized", 1000 * hand.between(50, 900))
        if hand.chance(0.3):
            drawn.add(start + 4, "amortization", hand.between(-300_000, 300_000))
        if hand.chance(0.08) and year > year_of(acquired):
            drawn.add(start + 5, "impairment", cost // 20)
        if hand.chance(0.08):
            drawn.add(start + 6, "exchange", hand.between(-900_000, 900_000))
        drawn.add(end, "unrealized", hand.between(-cost // 12, cost // 8))
        drawn.add(end, "income", hand.between(0, cost // 10))
        drawn.add(end, "valuation", cost * hand.between(80, 150) // 100)
    if sale:
        drawn.add(sale, "sale", cost * hand.between(60, 140) // 100)
    asset = Asset(name=drawn.name, account=hand.random.choice(ACCOUNTS), acquired=acquired, cost=cost,
                  commitment=1000 * hand.between(0, 90_000), entries=tuple(drawn.made))  # fmt: skip
    row = {"holding": asset.name, "account": asset.account.name, "name": f"Partnership {hand.number}",
           "city": "New York", "state": "NY", "vendor": "General partner", "strategy": "1",
           "acquired": iso(acquired), "cost": money(cost), "commitment": money(asset.commitment),
           "ownership": plain(exactly(hand.random.uniform(0.01, 0.4), 4)),
           "affiliated": yes(hand.chance(0.1))}  # fmt: skip
    rows = [("other_invested", row), *_activity("other_invested_activity", "holding", asset)]
    answers = Answers()
    for year in hand.market.years:
        if asset.acquired <= year_end(year) and not asset.sold(year_end(year - 1)):
            _holding_year(answers, asset, year)
    return rows, answers


_SIGNS = {"addition": 1, "unrealized": 1, "amortization": 1, "impairment": -1, "capitalized": 1,
          "exchange": 1}  # fmt: skip


def _carried(asset: Asset, at: int) -> int:
    """What a holding is carried at."""
    if asset.acquired > at or asset.sold(at):
        return 0
    return asset.cost + sum(sign * asset.total(kind, 0, at) for kind, sign in _SIGNS.items())


def _holding_year(answers: Answers, asset: Asset, year: int) -> None:
    start, end = year_end(year - 1), year_end(year)
    is_new, sale = asset.acquired > start, asset.sold(end)
    own = {kind: asset.total(kind, start, end) for kind in (*_SIGNS, "income")}
    unrealized = -asset.total("unrealized", 0, start) if sale else own["unrealized"]
    cost, opening = asset.cost if is_new else 0, _carried(asset, start)
    book = (opening + cost + own["addition"] + unrealized + own["amortization"] - own["impairment"]
            + own["capitalized"] + own["exchange"])  # fmt: skip
    move = Movement(opening=opening, cost=cost, additions=own["addition"], unrealized=unrealized,
                    accretion=own["amortization"], impairment=own["impairment"],
                    capitalized=own["capitalized"], exchange=own["exchange"],
                    consideration=sale.amount if sale else 0,
                    realized=sale.amount - book if sale else 0,
                    closing=0 if sale else book).footed()  # fmt: skip
    if sale:
        page, columns = "schedule_ba_part3", {
            "8": opening, "9": unrealized, "10": own["amortization"], "11": own["impairment"],
            "12": own["capitalized"], "13": move.change, "14": own["exchange"], "15": book,
            "16": sale.amount, "17": 0, "18": move.realized, "19": move.gain, "20": own["income"],
        }  # fmt: skip
    else:
        page, columns = "schedule_ba_part1", {
            "10": asset.cost + asset.total("addition", 0, end),
            "11": asset.last("valuation", end, asset.cost), "12": book, "13": unrealized,
            "14": own["amortization"], "15": own["impairment"], "16": own["capitalized"],
            "17": own["exchange"], "18": own["income"], "19": asset.commitment,
        }  # fmt: skip
    _rows(answers, asset, year, (page, columns, move))
    if is_new or own["addition"]:
        columns = {"8": cost, "9": own["addition"], "10": 0}
        answers.rows.append(Row(year=year, page="schedule_ba_part2", lot=asset.name, columns=columns))
    part = "2" if sale else "1"
    answers.fill(year, "schedule_ba", {
        "1": opening, "2.1": cost, "2.2": own["addition"], f"3.{part}": own["capitalized"],
        "4": max(own["amortization"], 0), f"5.{part}": unrealized, "6": move.gain,
        "7": move.consideration, "8": max(-own["amortization"], 0), f"9.{part}": own["exchange"],
        f"10.{part}": own["impairment"], "11": move.closing, "12": 0, "13": move.closing,
    })  # fmt: skip
    _gains(answers, asset, year, ("8", move, own["exchange"], unrealized))
    earned(answers, year, "8", own["income"] + own["amortization"], 0)
    if not sale:
        owned(answers, year, "9", asset.account.column, book)
