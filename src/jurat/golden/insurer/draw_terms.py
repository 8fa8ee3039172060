"""Drawing a bond's terms: coupons, calls, sinking funds, estimates, designations and prices."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from jurat.golden.insurer.bonds import Bond, Call, Dated
from jurat.golden.insurer.days import Schedule, day, moved, schedule, year_end
from jurat.golden.insurer.draws import Hand, exactly
from jurat.golden.insurer.identifiers import cusip
from jurat.golden.insurer.markets import LAST
from jurat.golden.insurer.records import Security
from jurat.golden.insurer.terms_tables import Wanted, write_terms

ISSUERS = {
    "us_government": 14,
    "other_government": 4,
    "state": 6,
    "political": 6,
    "revenue": 10,
    "industrial": 48,
    "hybrid": 6,
    "affiliate": 3,
}
_OFTEN = {
    "floater": (4, 4, 12, 2),
    "backed": (12, 12, 12, 4),
    "sinking": (2, 1, 4),
    "step": (2, 1, 4),
}
_RULES = ("30/360",) * 9 + ("30/360 USA", "30E/360", "Act/Act", "Act/Act", "Act/360", "Act/365")
_COUNTRIES = {"EUR": "DE", "GBP": "GB", "CAD": "CA", "JPY": "JP"}


def clean(hand: Hand, bond: Bond, at: int, *, wide: float = 0.02) -> float:
    """A price that a bond might have on a day, drawn."""
    years = max((bond.schedule.maturity - at) / 365.25, 0.003)
    often, coupon = bond.schedule.frequency, float(bond.rate(at))
    if not coupon:
        market = hand.random.uniform(0.008, 0.07)
        return float((1 + market / often) ** (-often * years))
    market = max(coupon + hand.random.uniform(-wide, wide), 0.004)
    years = years / 2 if bond.repayments else years
    if bond.resets:
        years = min(years, 2.0)
    price = 1 + (coupon - market) * (1 - (1 + market) ** -years) / market
    return float(min(price, 1.13) if bond.calls else price)


def draw_bond(hand: Hand, wanted: Wanted) -> Security:
    """A bond with its terms written to the tables."""
    kind = wanted.kind
    currency = hand.random.choice(tuple(_COUNTRIES)) if kind == "foreign" else "USD"
    issuer = hand.pick(**ISSUERS)
    if kind == "foreign":
        issuer = hand.pick(other_government=3, industrial=7)
    bond, opening = _bond(hand, wanted, issuer)
    designations = _designations(hand, issuer, wanted.bought)
    security = Security(
        name=cusip(wanted.number, hand.random),
        kind="bond",
        issuer=issuer,
        exempt=issuer in ("state", "political", "revenue") and hand.chance(0.8),
        currency=currency,
        country=_country(hand, issuer, currency),
        bond=bond,
        designations=designations,
        prices=_prices(hand, bond, designations, wanted),
    )
    write_terms(hand, security, wanted, opening)
    return security


# -- terms ----------------------------------------------------------------------------------------


def _country(hand: Hand, issuer: str, currency: str) -> str:
    """Where the issuer is: at home unless it is another government, or now and then industry."""
    if currency != "USD":
        return _COUNTRIES[currency]
    if issuer == "other_government" or (issuer == "industrial" and hand.chance(0.12)):
        return hand.random.choice(("CA", "CA", "MX", "GB", "AU"))
    return "US"


def _bond(hand: Hand, wanted: Wanted, issuer: str) -> tuple[Bond, tuple[int, int, bool]]:
    """A bond's terms, with what the table says besides: an odd beginning, and month ends."""
    kind = wanted.kind
    plan, opening = _calendar(hand, wanted, issuer)
    is_zero = kind == "zero" or (kind in ("short", "equivalent") and hand.chance(0.6))
    bond = Bond(schedule=plan, coupon=Decimal(0) if is_zero else _coupon(hand))
    match kind:
        case "callable":
            bond = replace(bond, calls=_calls(hand, plan, wanted))
        case "step":
            bond = replace(bond, steps=_steps(hand, plan, wanted, bond.coupon))
        case "floater":
            bond = replace(bond, resets=_resets(hand, plan, wanted, bond.coupon))
        case "sinking":
            bond = replace(bond, repayments=_sinking(hand, plan, wanted))
        case "backed":
            bond = _backed(hand, bond, wanted)
    return bond, opening


def _calendar(hand: Hand, wanted: Wanted, issuer: str) -> tuple[Schedule, tuple[int, int, bool]]:
    """How often it pays, by which count of days, and where it begins."""
    kind = wanted.kind
    often = _OFTEN.get(kind, (2, 2, 2, 2, 2, 1, 4, 12))
    rule = hand.random.choice(_RULES)
    if issuer == "us_government":
        rule = "Act/Act"
    if kind == "floater":
        rule = hand.random.choice(("Act/360", "Act/360", "Act/365", "30/360"))
    frequency = hand.random.choice(often)
    at = date.fromordinal(wanted.maturity)
    ends = wanted.maturity == day(at.year, at.month, 31)
    month_end = ends and hand.chance(0.8)
    plan = schedule(wanted.maturity, frequency, rule, month_end=month_end)
    dated = first = 0
    if kind in ("plain", "callable", "foreign", "step") and hand.chance(0.25):
        dated, first = _opening(hand, plan, wanted)
        plan = schedule(
            wanted.maturity, frequency, rule, month_end=month_end, opening=(dated, first)
        )
    return plan, (dated, first, month_end)


def _coupon(hand: Hand) -> Decimal:
    if hand.chance(0.5):
        return Decimal(hand.between(10, 72)) / 800  # eighths of a percent
    return exactly(hand.random.uniform(1.0, 9.0), 3) / 100


def _opening(hand: Hand, plan: Schedule, wanted: Wanted) -> tuple[int, int]:
    """Where interest begins and the first coupon falls: short, long, or left to the cycle."""
    dated = wanted.bought - hand.between(0, 60)
    number = plan.number(dated)
    if number < 3:
        return 0, 0
    first = plan.date(number - 1)
    match hand.pick(short=2, long=2, cycle=1):
        case "short":
            return dated, first
        case "long":
            return dated, plan.date(number - 2)
        case _:
            return dated, 0


def _dates(plan: Schedule, after: int) -> list[int]:
    """The coupon dates after a day and before the maturity."""
    return [plan.date(number) for number in range(plan.number(after) - 1, 0, -1)]


def _calls(hand: Hand, plan: Schedule, wanted: Wanted) -> tuple[Call, ...]:
    dates = _dates(plan, wanted.bought)
    if not dates:
        return ()
    count = min(hand.between(1, 5), len(dates))
    days = sorted(hand.random.sample(dates, count))
    if hand.chance(0.15):
        days[0] += hand.between(1, 20)
        days = sorted({each for each in days if each < wanted.maturity})
    any_day = hand.chance(0.3)
    if any_day and hand.chance(0.3):  # open when it is bought
        days = sorted({moved(wanted.bought, -hand.between(1, 24)), *days})
    price, calls = Decimal(100 + hand.between(0, 5)), []
    for each in days:
        calls.append(Call(day=each, price=price / 100, any_day=any_day))
        price = max(price - exactly(hand.random.uniform(0, 2), 2), Decimal(100))
    if hand.chance(0.3):
        early = wanted.bought + hand.between(5, 300)
        if early not in days:
            calls.append(Call(day=early, price=Decimal("1.1"), make_whole=True))
    return tuple(sorted(calls, key=lambda call: call.day))


def _steps(hand: Hand, plan: Schedule, wanted: Wanted, coupon: Decimal) -> Dated:
    dates = _dates(plan, wanted.bought)
    days = sorted(hand.random.sample(dates, min(hand.between(1, 3), len(dates))))
    rows = []
    for each in days:
        coupon += Decimal(hand.between(1, 8)) / 800
        rows.append((each, coupon))
    return tuple(rows)


def _resets(hand: Hand, plan: Schedule, wanted: Wanted, coupon: Decimal) -> Dated:
    rows = []
    for each in _dates(plan, moved(wanted.bought, -12)):
        if each <= hand.market.closes and hand.chance(0.5):
            coupon = max(
                coupon + exactly(hand.random.uniform(-0.6, 0.6), 4) / 100, Decimal("0.002")
            )
            rows.append((each, coupon))
    return tuple(rows)


def _sinking(hand: Hand, plan: Schedule, wanted: Wanted) -> Dated:
    dates = _dates(plan, wanted.bought - hand.between(0, 500))[:: hand.between(1, 3)][:12]
    return tuple((each, Decimal(hand.between(2, 8)) / 100) for each in dates)


def _backed(hand: Hand, bond: Bond, wanted: Wanted) -> Bond:
    """Repayments expected at issue, and estimated anew once or twice."""
    plan = bond.schedule
    first = moved(wanted.bought, -hand.between(0, 18))
    shares = known = _repaid(hand, _dates(plan, first), Decimal(1))
    low = max(wanted.last + 20, hand.market.opens - 200)
    days = {
        hand.random.choice(
            (year_end(LAST - 1), year_end(LAST), hand.between(low, hand.market.closes))
        )
        for _ in range(hand.between(1, 2))
    }
    estimates: list[tuple[int, Dated]] = []
    for at in sorted(each for each in days if wanted.last + 10 < each < wanted.maturity - 40):
        owed = 1 - sum((share for when, share in known if when <= at), Decimal(0))
        ahead = _repaid(hand, _dates(plan, at), owed)
        known = (*(row for row in known if row[0] <= at), *ahead)
        estimates.append((at, ahead))
    return replace(
        bond,
        repayments=shares,
        estimates=tuple(estimates),
        is_backed=True,
        retrospective=hand.chance(0.5),
    )


def _repaid(hand: Hand, dates: list[int], owed: Decimal) -> Dated:
    """Shares of the original par repaid on dates, at a speed drawn once."""
    speed = hand.random.uniform(0.006, 0.04)
    rows = []
    for each in dates:
        share = exactly(float(owed) * speed * hand.random.uniform(0.7, 1.3), 6)
        owed -= share
        rows.append((each, share))
    return tuple(rows)


# -- what the world says of it --------------------------------------------------------------------


def _designations(hand: Hand, issuer: str, bought: int) -> tuple[tuple[int, int], ...]:
    now = (
        1
        if issuer == "us_government"
        else int(hand.pick(**{"1": 50, "2": 33, "3": 7, "4": 5, "5": 3, "6": 2}))
    )
    rows = [(moved(bought, -3), now)]
    if issuer != "us_government" and hand.chance(0.3):
        for at in sorted(
            {hand.between(hand.market.opens - 300, hand.market.closes) for _ in range(2)}
        ):
            if at > rows[-1][0] and hand.chance(0.7):
                now = min(max(now + hand.random.choice((-1, 1, 1, 1, 2, 2, 3, 4)), 1), 6)
                rows.append((at, now))
    return tuple(rows)


def _prices(
    hand: Hand, bond: Bond, designations: tuple[tuple[int, int], ...], wanted: Wanted
) -> tuple[tuple[int, Decimal], ...]:
    days = set(wanted.priced)
    for year in (hand.market.first - 1, *hand.market.years):
        end = year_end(year)
        if end >= wanted.bought - 10 and end < wanted.maturity:
            days.add(end - hand.random.choice((0, 0, 0, 1, 2)))
    rows = []
    for at in sorted(days):
        grade = [number for when, number in designations if when <= at] or [1]
        price = clean(hand, bond, at)
        if grade[-1] == 6:
            price *= hand.random.uniform(0.3, 1.05)
        rows.append((at, exactly(100 * price, hand.random.choice((3, 4, 6)))))
    return tuple(rows)
