"""Drawing a stock's story: preferred and common, dividends declared, received and still due."""

from decimal import Decimal

from jurat.golden.insurer.days import day, moved, year_end, year_of
from jurat.golden.insurer.draw_income import dividends
from jurat.golden.insurer.draws import Hand, exactly, plain, rounded, yes
from jurat.golden.insurer.identifiers import cusip, lei
from jurat.golden.insurer.markets import ACCOUNTS, LAST, iso
from jurat.golden.insurer.records import Account, Lot, Security, Trade
from jurat.golden.insurer.terms_tables import foreign_code, write_world

_SHARE = 1_000_000


def draw_stock_story(hand: Hand, kind: str, count: int) -> None:
    """A stock bought in some lots, some of them sold, one written down."""
    years = [hand.between(2003, LAST) for _ in range(count)]
    days = sorted(hand.between(day(year, 1, 2), day(year, 12, 20)) for year in years)
    security = _security(hand, kind, days[0])
    hand.drawn.securities.append(security)
    accounts = [hand.random.choice(ACCOUNTS) for _ in range(1 + hand.chance(0.3))]
    for each in days:
        _buy(hand, security, hand.random.choice(accounts), each)
    low = max(days[-1] + 5, hand.market.opens + 1)
    busy: set[int] = set()
    for _ in range(hand.random.choice((0, 1, 1, 2, 3))):
        at = hand.between(low, hand.market.closes)
        if low < hand.market.closes and at not in busy:
            busy.add(at)
    for at in sorted(busy):
        _happens(hand, security, at)
    dividends(hand, security)


def _security(hand: Hand, kind: str, bought: int) -> Security:
    number = 2 * hand.number
    is_common = kind == "common"
    redeemable = not is_common and hand.chance(0.5)
    issuer = "affiliate" if hand.chance(0.12) else "industrial"
    currency = hand.random.choice(("EUR", "GBP")) if is_common and hand.chance(0.1) else "USD"
    price = hand.random.uniform(8, 160) if is_common else hand.random.choice((25.0, 100.0))
    designations: list[tuple[int, int]] = []
    if not is_common:
        designations = [
            (moved(bought, -3), int(hand.pick(**{"1": 4, "2": 5, "3": 2, "4": 2, "5": 1, "6": 1})))
        ]
        if hand.chance(0.3):
            at = hand.between(max(hand.market.opens, bought), hand.market.closes)
            now = min(max(designations[0][1] + hand.random.choice((-1, 1, 2, 3)), 1), 6)
            designations.append((at, now))
    prices = []
    for year in (hand.market.first - 1, *hand.market.years):
        if (at := year_end(year) - hand.random.choice((0, 0, 1))) >= bought - 2:
            price *= (
                hand.random.uniform(0.75, 1.3) if is_common else hand.random.uniform(0.92, 1.07)
            )
            prices.append((at, exactly(price, hand.random.choice((2, 4)))))
    if not prices or prices[0][0] > bought:
        prices.insert(0, (bought, exactly(price, 2)))
    security = Security(
        name=cusip(number, hand.random),
        kind="common" if is_common else "preferred",
        issuer=issuer,
        exempt=False,
        currency=currency,
        country={"EUR": "FR", "GBP": "GB"}.get(currency, "US"),
        redeemable=redeemable,
        designations=tuple(designations),
        prices=tuple(prices),
    )
    hand.note(
        "securities",
        security=security.name,
        kind=security.kind,
        issuer=issuer,
        structure="issuer",
        description=f"{issuer.title()} {security.kind} {number}",
        country=security.country,
        foreign=foreign_code(security.country),
        currency=currency,
        public="yes",
        level="1" if is_common else "2",
        redeemable=yes(redeemable),
        par_per_share="" if is_common else hand.random.choice(("25", "100")),
        estimates="none",
        lei=lei(number) if hand.chance(0.5) else "",
    )
    write_world(hand, security)
    if issuer == "affiliate":
        _affiliate(hand, security, number)
    return security


def _affiliate(hand: Hand, security: Security, number: int) -> None:
    for year in hand.market.years:
        hand.note(
            "affiliates",
            security=security.name,
            date=iso(year_end(year)),
            name=f"Affiliate {number}",
            naic="",
            method="8bi",
            intangible="no",
            ownership=plain(exactly(hand.random.uniform(0.1, 1), 4)),
        )


def _buy(hand: Hand, security: Security, account: Account, at: int) -> None:
    shares = _SHARE * hand.between(2, 900) * 100
    if security.kind == "common" and hand.chance(0.15):  # a fund sells parts of a share
        shares += hand.between(1, 999) * 1000
    near = [price for when, price in security.prices if when <= at] or [security.prices[0][1]]
    price = exactly(float(near[-1]) * hand.random.uniform(0.9, 1.1), 4)
    settled = at + hand.random.choice((0, 3))
    settled = settled if year_of(settled) == year_of(at) else at
    hand.buy(
        Lot(
            name=hand.lot_name(),
            account=account,
            security=security,
            traded=at,
            settled=settled,
            quantity=shares,
            cost=rounded(price * shares / 10_000),
        )
    )


def _happens(hand: Hand, security: Security, at: int) -> None:
    own = [lot for lot in hand.drawn.lots if hand.left[lot.name]]
    if not own:
        return
    lot = hand.random.choice(own)
    left, name = hand.left[lot.name], ""
    what = hand.pick(part=4, all=4, account=4, down=2)
    price = exactly(float(security.price(at)) * hand.random.uniform(0.9, 1.1), 4)
    if what == "down" and security.currency == "USD":
        amount = rounded(left * Decimal(lot.cost) / lot.quantity * hand.between(5, 40) / 100)
        trade = Trade(
            name=hand.trade_name(),
            kind="write_down",
            lot=lot.name,
            account=lot.account,
            security=security,
            traded=at,
            settled=at,
            quantity=0,
            amount=amount,
            credit=True,
        )
        hand.drawn.trades.append(trade)
        return
    quantity = left
    if what == "part":
        quantity, name = left // _SHARE // 2 * _SHARE or left, lot.name
    elif what == "all":
        name = lot.name
    else:
        held = sum(hand.left[each.name] for each in hand.own(lot.account, security, at))
        quantity = max(held // _SHARE * hand.between(20, 99) // 100 * _SHARE, _SHARE)
    settled = at + hand.random.choice((0, 3))
    hand.sell(
        Trade(
            name=hand.trade_name(),
            kind="sale",
            lot=name,
            account=lot.account,
            security=security,
            traded=at,
            settled=settled,
            quantity=quantity,
            amount=rounded(price * quantity / 10_000),
        )
    )
