"""Other long-term invested assets: called, valued and paid out, and Schedule BA."""

from jurat.golden.insurer.answers import Answers, Row
from jurat.golden.insurer.assets import Asset, Entries, activity, shown, told
from jurat.golden.insurer.days import day, year_end, year_of
from jurat.golden.insurer.draws import Hand, exactly, money, plain, yes
from jurat.golden.insurer.draws import Row as Fields
from jurat.golden.insurer.exhibits import AccountYear, earned, owned
from jurat.golden.insurer.markets import ACCOUNTS, LAST, Market, iso
from jurat.golden.insurer.movements import Movement


def _lived(hand: Hand, acquired: int, cost: int) -> Entries:
    """What happened to a holding, year by year, until it is sold."""
    drawn = Entries(f"O{hand.number:06}")
    sale = hand.between(acquired + 200, acquired + 2500) if hand.chance(0.35) else 0
    sale = sale if hand.market.opens < sale <= hand.market.closes else 0
    for year in range(year_of(acquired), LAST + 1):
        end = min(year_end(year), sale - 1) if sale else year_end(year)
        start = max(day(year, 1, 5), acquired + 1)
        if start + 20 > end:
            continue
        if hand.chance(0.4):
            drawn.add(start + 2, "addition", 1000 * hand.between(500, 30_000))
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
    return drawn


def draw_holding(hand: Hand) -> tuple[list[tuple[str, Fields]], Answers]:
    """A holding of Schedule BA: called, valued, paid out, and perhaps sold."""
    acquired = day(hand.between(2005, LAST), hand.between(1, 11), hand.between(1, 28))
    cost = 100_000 * hand.between(100, 6000)
    drawn = _lived(hand, acquired, cost)
    asset = Asset(
        name=drawn.name,
        account=hand.random.choice(ACCOUNTS),
        acquired=acquired,
        cost=cost,
        commitment=1000 * hand.between(0, 90_000),
        entries=tuple(drawn.made),
    )
    row = {
        "holding": asset.name,
        "account": asset.account.name,
        "name": f"Partnership {hand.number}",
        "city": "New York",
        "state": "NY",
        "vendor": "General partner",
        "strategy": "1",
        "acquired": iso(acquired),
        "cost": money(cost),
        "commitment": money(asset.commitment),
        "ownership": plain(exactly(hand.random.uniform(0.01, 0.4), 4)),
        "affiliated": yes(hand.chance(0.1)),
    }
    rows = [("other_invested", row), *activity("other_invested_activity", "holding", asset)]
    return rows, holding_answers(hand.market, asset)


def holding_answers(market: Market, asset: Asset) -> Answers:
    """Rows, gains and cells of every year."""
    answers = Answers()
    for year in market.years:
        if asset.acquired <= year_end(year) and not asset.sold(year_end(year - 1)):
            _holding_year(answers, asset, year)
    of = AccountYear(account=asset.account, year=market.first - 1)
    owned(answers, of, "9", _carried(asset, market.opens))
    return answers


_SIGNS = {
    "addition": 1,
    "unrealized": 1,
    "amortization": 1,
    "impairment": -1,
    "capitalized": 1,
    "exchange": 1,
}


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
    book = (
        opening
        + cost
        + own["addition"]
        + unrealized
        + own["amortization"]
        - own["impairment"]
        + own["capitalized"]
        + own["exchange"]
    )
    move = Movement(
        opening=opening,
        cost=cost,
        additions=own["addition"],
        unrealized=unrealized,
        accretion=own["amortization"],
        impairment=own["impairment"],
        capitalized=own["capitalized"],
        exchange=own["exchange"],
        consideration=sale.amount if sale else 0,
        realized=sale.amount - book if sale else 0,
        closing=0 if sale else book,
    ).footed()
    page, columns = _sold(own, move) if sale else _kept(asset, year, (own, move))
    shown(answers, asset, year, (page, columns, move))
    if is_new or own["addition"]:
        columns = {"8": cost, "9": own["addition"], "10": 0}
        answers.rows.append(
            Row(year=year, page="schedule_ba_part2", lot=asset.name, columns=columns)
        )
    _verified(answers, year, move, "2" if sale else "1")
    told(answers, asset, year, ("8", move, own["exchange"], unrealized))
    of = AccountYear(account=asset.account, year=year)
    earned(answers, of, "8", own["income"] + own["amortization"], 0)
    if not sale:
        owned(answers, of, "9", book)


def _kept(
    asset: Asset, year: int, made: tuple[dict[str, int], Movement]
) -> tuple[str, dict[str, int]]:
    (own, move), end = made, year_end(year)
    return "schedule_ba_part1", {
        "10": asset.cost + asset.total("addition", 0, end),
        "11": asset.last("valuation", end, asset.cost),
        "12": move.closing,
        "13": move.unrealized,
        "14": move.accretion,
        "15": move.impairment,
        "16": move.capitalized,
        "17": move.exchange,
        "18": own["income"],
        "19": asset.commitment,
    }


def _sold(own: dict[str, int], move: Movement) -> tuple[str, dict[str, int]]:
    return "schedule_ba_part3", {
        "8": move.opening,
        "9": move.unrealized,
        "10": move.accretion,
        "11": move.impairment,
        "12": move.capitalized,
        "13": move.change,
        "14": move.exchange,
        "15": move.disposed,
        "16": move.consideration,
        "17": 0,
        "18": move.realized,
        "19": move.gain,
        "20": own["income"],
    }


def _verified(answers: Answers, year: int, move: Movement, part: str) -> None:
    lines = {
        "1": move.opening,
        "2.1": move.cost,
        "2.2": move.additions,
        f"3.{part}": move.capitalized,
        "4": max(move.accretion, 0),
        f"5.{part}": move.unrealized,
        "6": move.gain,
        "7": move.consideration,
        "8": max(-move.accretion, 0),
        f"9.{part}": move.exchange,
        f"10.{part}": move.impairment,
        "11": move.closing,
        "12": 0,
        "13": move.closing,
    }
    answers.fill(year, "schedule_ba", lines)
