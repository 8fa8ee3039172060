"""Real estate: cost and additions less depreciation and encumbrances, and Schedule A."""

from dataclasses import dataclass

from jurat.golden.insurer.answers import Answers, Row
from jurat.golden.insurer.assets import Asset, Entries, Entry, activity, shown, told
from jurat.golden.insurer.days import day, year_end, year_of
from jurat.golden.insurer.draws import Hand, money
from jurat.golden.insurer.draws import Row as Fields
from jurat.golden.insurer.exhibits import AccountYear, earned, owned
from jurat.golden.insurer.markets import ACCOUNTS, LAST, Market, iso
from jurat.golden.insurer.movements import Movement


def draw_property(hand: Hand) -> tuple[list[tuple[str, Fields]], Answers]:
    """A property owned, depreciated, improved, and perhaps sold."""
    acquired = day(hand.between(2005, LAST), hand.between(1, 11), hand.between(1, 28))
    cost = 100_000 * hand.between(300, 9000)
    owing = cost // 5 if hand.chance(0.4) else 0
    drawn = Entries(f"R{hand.number:06}")
    sale = hand.between(acquired + 200, acquired + 2500) if hand.chance(0.4) else 0
    sale = sale if hand.market.opens < sale <= hand.market.closes else 0
    for year in range(year_of(acquired), LAST + 1):
        end = min(year_end(year), sale - 1) if sale else year_end(year)
        start = max(day(year, 1, 5), acquired + 1)
        if start + 20 > end:
            continue
        drawn.add(start + 2, "appraisal", cost * hand.between(80, 140) // 100)
        if hand.chance(0.3):
            drawn.add(start + 4, "addition", 1000 * hand.between(500, 30_000))
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
    asset = Asset(
        name=drawn.name,
        account=hand.random.choice(ACCOUNTS),
        acquired=acquired,
        cost=cost,
        encumbrances=owing,
        entries=tuple(drawn.made),
    )
    row = {
        "property": asset.name,
        "account": asset.account.name,
        "city": "Columbus",
        "state": "OH",
        "description": f"Office {hand.number}",
        "acquired": iso(acquired),
        "vendor": "Builder",
        "cost": money(cost),
        "encumbrances": money(owing) if owing else "",
    }
    rows = [("real_estate", row), *activity("real_estate_activity", "property", asset)]
    return rows, property_answers(hand.market, asset)


def _net(asset: Asset, at: int) -> int:
    """What a property is carried at, less encumbrances."""
    if asset.acquired > at or asset.sold(at):
        return 0
    total = asset.cost - asset.encumbrances
    signs = {"addition": 1, "depreciation": -1, "impairment": -1, "encumbrance": -1, "exchange": 1}
    return total + sum(sign * asset.total(kind, 0, at) for kind, sign in signs.items())


def property_answers(market: Market, asset: Asset) -> Answers:
    """Rows, gains and cells of every year."""
    answers = Answers()
    for year in market.years:
        if asset.acquired <= year_end(year) and not asset.sold(year_end(year - 1)):
            _property_year(answers, asset, year)
    of = AccountYear(account=asset.account, year=market.first - 1)
    owned(answers, of, "4.1", _net(asset, market.opens))
    return answers


@dataclass(frozen=True, slots=True, kw_only=True)
class _Year:
    """A property's year: what was entered, and what it moves."""

    asset: Asset
    year: int
    opening: int
    cost: int
    addition: int
    owing: int
    """What a change of encumbrances does to the carrying value."""
    depreciation: int
    impairment: int
    exchange: int
    income: int
    expense: int
    sale: Entry | None

    @property
    def change(self) -> int:
        """Total change of the carrying value, foreign exchange apart."""
        return self.owing - self.depreciation - self.impairment

    @property
    def book(self) -> int:
        """What it is carried at in the end, or was when it was sold."""
        return self.opening + self.cost + self.addition + self.change + self.exchange

    def movement(self) -> Movement:
        """Its movement: depreciation as amortization, a change of encumbrances as unrealized."""
        received = self.sale.amount if self.sale else 0
        return Movement(
            opening=self.opening,
            cost=self.cost,
            additions=self.addition,
            unrealized=self.owing,
            accretion=-self.depreciation,
            impairment=self.impairment,
            exchange=self.exchange,
            consideration=received,
            realized=received - self.book if self.sale else 0,
            closing=0 if self.sale else self.book,
        ).footed()


def _year(asset: Asset, year: int) -> _Year:
    start, end = year_end(year - 1), year_end(year)
    is_new = asset.acquired > start
    taken_over = asset.encumbrances if is_new else 0
    return _Year(
        asset=asset,
        year=year,
        opening=_net(asset, start),
        cost=asset.cost if is_new else 0,
        addition=asset.total("addition", start, end),
        owing=-asset.total("encumbrance", start, end) - taken_over,
        depreciation=asset.total("depreciation", start, end),
        impairment=asset.total("impairment", start, end),
        exchange=asset.total("exchange", start, end),
        income=asset.total("income", start, end),
        expense=asset.total("expense", start, end),
        sale=asset.sold(end),
    )


def _property_year(answers: Answers, asset: Asset, year: int) -> None:
    own = _year(asset, year)
    move = own.movement()
    page, columns = _sold(own, move) if own.sale else _kept(own)
    shown(answers, asset, year, (page, columns, move))
    if own.cost or own.addition:
        columns = {
            "6": own.cost,
            "7": asset.encumbrances if own.cost else 0,
            "8": move.closing,
            "9": own.addition,
        }
        row = Row(year=year, page="schedule_a_part2", lot=asset.name, columns=columns)
        answers.rows.append(row)
    _verified(answers, own, move)
    told(answers, asset, year, ("4", move, own.exchange, 0))
    of = AccountYear(account=asset.account, year=year)
    earned(answers, of, "4", own.income, 0)
    answers.add(year, "exhibit1", "19", "1", own.expense)
    answers.add(year, "nii", "14", "2", own.depreciation)
    of.put(answers, "result", -own.expense - own.depreciation)
    answers.add(year, "nii", "(i)", "$1", own.depreciation)
    if not own.sale:
        owned(answers, of, "4.1", own.book)


def _kept(own: _Year) -> tuple[str, dict[str, int]]:
    asset, end = own.asset, year_end(own.year)
    debts = asset.encumbrances + asset.total("encumbrance", 0, end)
    return "schedule_a_part1", {
        "7": asset.cost + asset.total("addition", 0, end),
        "8": debts,
        "9": own.book,
        "10": asset.last("appraisal", end, asset.cost) - debts,
        "11": own.depreciation,
        "12": own.impairment,
        "13": own.owing,
        "14": own.change,
        "15": own.exchange,
        "16": own.income,
        "17": own.expense,
    }


def _sold(own: _Year, move: Movement) -> tuple[str, dict[str, int]]:
    return "schedule_a_part3", {
        "6": own.asset.cost,
        "7": own.asset.total("addition", 0, year_end(own.year)),
        "8": own.opening,
        "9": own.depreciation,
        "10": own.impairment,
        "11": own.owing,
        "12": own.change,
        "13": own.exchange,
        "14": own.book,
        "15": move.consideration,
        "16": 0,
        "17": move.realized,
        "18": move.gain,
        "19": own.income,
        "20": own.expense,
    }


def _verified(answers: Answers, own: _Year, move: Movement) -> None:
    part = "2" if own.sale else "1"
    lines = {
        "1": own.opening,
        "2.1": own.cost,
        "2.2": own.addition,
        f"3.{part}": own.owing,
        "4": move.gain,
        "5": move.consideration,
        f"6.{part}": own.exchange,
        f"7.{part}": own.impairment,
        f"8.{part}": own.depreciation,
        "9": move.closing,
        "10": 0,
        "11": move.closing,
    }
    answers.fill(own.year, "schedule_a", lines)
