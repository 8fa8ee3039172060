"""Derivatives: premiums, valuations and settlements drawn, and what Schedule DB must say of them."""

from jurat.golden.insurer.answers import Answers, Gain, Moved, Row
from jurat.golden.insurer.assets import Entry
from jurat.golden.insurer.contract import Contract
from jurat.golden.insurer.days import day, year_end, year_of
from jurat.golden.insurer.draws import Hand, money, yes
from jurat.golden.insurer.draws import Row as Fields
from jurat.golden.insurer.exhibits import AccountYear, earned, gained, owing, owned, reserved
from jurat.golden.insurer.futures import future_year
from jurat.golden.insurer.markets import ACCOUNTS, LAST, Market, iso
from jurat.golden.insurer.movements import Movement
from jurat.golden.insurer.reserves import band_of

_DESCRIPTIONS = {
    "option": "S&P 500 call",
    "cap": "LIBOR cap",
    "floor": "LIBOR floor",
    "collar": "LIBOR collar",
    "swap": "Pay fixed, receive LIBOR",
    "forward": "Currency forward",
    "future": "S&P 500 future",
}
_RATE = ("cap", "floor", "collar", "swap")
"""Contracts on interest rates: their gains are interest's."""


def draw_contract(hand: Hand) -> tuple[list[tuple[str, Fields]], Answers]:
    """A contract opened, valued and often settled."""
    kind = hand.pick(option=5, cap=1, floor=1, collar=1, swap=5, forward=2, future=4)
    traded = day(hand.between(2008, LAST), hand.between(1, 12), hand.between(1, 28))
    term = hand.between(100, 1500)
    ends = hand.chance(0.7)
    matures = traded + term
    end = min(matures, traded + hand.between(60, term)) if ends else matures
    is_hedge = kind in _RATE and kind != "swap" and hand.chance(0.5)
    notional = 1_000_000 * hand.between(100, 2000)
    premium = (
        notional // hand.between(15, 60) if kind in ("option", "cap", "floor", "collar") else 0
    )
    premium = -premium if kind == "floor" and hand.chance(0.4) else premium
    entries: list[Entry] = []

    def add(at: int, what: str, amount: int) -> None:
        name = f"X{hand.number:06}-{len(entries) + 1}"
        entries.append(Entry(name=name, day=at, kind=what, amount=amount))

    if premium:
        add(traded, "premium", premium)
    stops = end if end <= hand.market.closes else hand.market.closes + 1
    for year in range(year_of(traded), LAST + 1):
        at = year_end(year)
        if not traded < at < stops:
            continue
        if kind == "future":
            add(at, "margin", hand.between(-notional // 30, notional // 30))
            continue
        add(at, "valuation", premium + hand.between(-notional // 40, notional // 30))
        if kind == "swap":
            add(at, "income", hand.between(-notional // 90, notional // 90))
        if is_hedge:
            add(at, "amortization", premium // 12)
    if stops == end:
        received = (
            0
            if kind == "future"
            else hand.between(-notional // 60 * (premium == 0), notional // 20)
        )
        if kind == "future":
            add(end, "margin", hand.between(-notional // 30, notional // 30))
        add(end, "settlement", received)
    contract = Contract(
        name=f"X{hand.number:06}",
        account=hand.random.choice(ACCOUNTS),
        type=kind,
        traded=traded,
        matures=matures,
        is_hedge=is_hedge,
        exchange_traded=kind == "future" or (kind == "option" and hand.chance(0.5)),
        quality=hand.random.choice((1, 1, 1, 2)),
        exposure=notional // 200,
        entries=tuple(entries),
    )
    return _rows(hand, contract, notional), contract_answers(hand.market, contract)


def _rows(hand: Hand, contract: Contract, notional: int) -> list[tuple[str, Fields]]:
    risk = "Interest rate" if contract.type in _RATE else "Equity/Index"
    row = {
        "contract": contract.name,
        "account": contract.account.name,
        "type": contract.type,
        "description": _DESCRIPTIONS[contract.type],
        "hedged": "Guarantees",
        "exhibit": "Exhibit 3",
        "risk": "Currency" if contract.type == "forward" else risk,
        "counterparty": "CME" if contract.exchange_traded else f"Bank {hand.between(1, 6)}",
        "master": yes(not contract.exchange_traded),
        "support": yes(not contract.exchange_traded),
        "exchange_traded": yes(contract.exchange_traded),
        "quality": str(contract.quality),
        "traded": iso(contract.traded),
        "matures": iso(contract.matures),
        "contracts": "1",
        "notional": money(notional),
        "strike": "1250" if contract.type == "option" else "",
        "accounting": "hedge" if contract.is_hedge else "fair",
        "exposure": money(contract.exposure),
    }
    return [
        ("derivatives", row),
        *(
            (
                "derivative_activity",
                {
                    "entry": e.name,
                    "contract": contract.name,
                    "date": iso(e.day),
                    "kind": e.kind,
                    "amount": money(e.amount),
                },
            )
            for e in contract.entries
        ),
    ]


def contract_answers(market: Market, contract: Contract) -> Answers:
    """Rows, gains and cells of every year."""
    answers = Answers()
    for year in market.years:
        if contract.traded > year_end(year) or contract.settled(year_end(year - 1)):
            continue
        if contract.type == "future":
            future_year(answers, contract, year)
        else:
            _year(answers, contract, year)
    if contract.type != "future":
        of = AccountYear(account=contract.account, year=market.first - 1)
        _carried(answers, of, contract.book(market.opens))
    return answers


def _carried(answers: Answers, of: AccountYear, book: int) -> None:
    """A contract on the balance sheet: an asset, or a liability."""
    if book > 0:
        owned(answers, of, "8", book)
    elif book < 0:
        owing(answers, of, "12", -book)


def _year(answers: Answers, contract: Contract, year: int) -> None:
    start, end = year_end(year - 1), year_end(year)
    is_new, ended = contract.traded > start, contract.settled(end)
    opening, was = contract.book(start), contract.total("premium", 0, start)
    premium = contract.total("premium", start, end)
    amortized = contract.total("amortization", start, end)
    income = contract.total("income", start, end)
    closing = contract.book(end)
    if ended:
        passed = contract.total("amortization", 0, start)
        unrealized = -(opening - (was - passed)) if not is_new else 0
        received = ended.amount
    else:
        unrealized, received = closing - opening - premium + amortized, 0
    book = opening + premium + unrealized - amortized
    move = Movement(
        opening=opening,
        cost=premium,
        accretion=-amortized,
        unrealized=unrealized,
        consideration=received,
        realized=received - book if ended else 0,
        closing=closing,
    ).footed()
    page, columns = _over(contract, year, move) if ended else _open(contract, year, move)
    _printed(answers, contract, year, (page, columns, move))
    _verified(answers, year, move, "2" if ended else "1")
    of = AccountYear(account=contract.account, year=year)
    earned(answers, of, "7", income - amortized, 0)
    answers.fill(year, "nii", {"(f)": max(-amortized, 0)}, "$1")
    answers.fill(year, "nii", {"(f)": max(amortized, 0)}, "$2")
    gained(answers, of, "7", move)
    _carried(answers, of, closing)
    if not ended:
        _checked(answers, contract, year)
    if not contract.account.is_fair and closing > 0:
        line = "26" if contract.exchange_traded else str(26 + contract.quality)
        answers.add(year, "avr_default", line, "1", closing)
    if ended and move.gain and not contract.account.is_fair:
        _reserved(answers, contract, year, (ended, move))


def _checked(answers: Answers, contract: Contract, year: int) -> None:
    """An open contract in the verification of book value, fair value and exposure."""
    end = year_end(year)
    book, fair = contract.book(end), contract.fair(end)
    lines = {"1": book, "3": book, "4" if book > 0 else "5": book, "6": 0}
    lines |= {"7": fair, "9": fair, "10" if fair > 0 else "11": fair, "12": 0}
    lines |= {"13": contract.exposure, "15": contract.exposure, "16": 0}
    answers.fill(year, "schedule_db_verification", lines)


def _over(contract: Contract, year: int, move: Movement) -> tuple[str, dict[str, int]]:
    start, end = year_end(year - 1), year_end(year)
    return "schedule_db_part_a_section2", {
        "13": contract.total("premium", 0, start),
        "14": move.cost,
        "15": move.consideration,
        "16": contract.total("income", start, end),
        "17": move.disposed,
        "19": move.unrealized,
        "20": 0,
        "21": move.accretion,
        "22": move.gain,
        "23": 0,
        "24": 0,
    }


def _open(contract: Contract, year: int, move: Movement) -> tuple[str, dict[str, int]]:
    start, end = year_end(year - 1), year_end(year)
    return "schedule_db_part_a_section1", {
        "11": contract.total("premium", 0, start),
        "12": move.cost,
        "13": contract.total("income", start, end),
        "14": move.closing,
        "16": contract.fair(end),
        "17": move.unrealized,
        "18": 0,
        "19": move.accretion,
        "20": 0,
        "21": contract.exposure,
    }


def _verified(answers: Answers, year: int, move: Movement, part: str) -> None:
    lines = {
        "1": move.opening,
        f"2.{part}": move.cost,
        f"3.{part}": move.unrealized,
        "4": move.gain,
        "5": move.consideration,
        f"6.{part}": move.accretion,
        f"7.{part}": 0,
        f"8.{part}": 0,
        "9": move.closing,
        "10": 0,
        "11": move.closing,
    }
    answers.fill(year, "schedule_db_a", lines)


def _printed(
    answers: Answers, contract: Contract, year: int, made: tuple[str, dict[str, int], Movement]
) -> None:
    page, columns, move = made
    ended = contract.settled(year_end(year))
    trade = ended.name if ended else ""
    answers.rows.append(
        Row(
            year=year,
            page=page,
            lot=contract.name,
            trade=trade,
            opening=move.opening,
            columns=columns,
        )
    )
    answers.moved.append(Moved(year=year, lot=contract.name, trade=trade, page=page, movement=move))


def _reserved(
    answers: Answers, contract: Contract, year: int, made: tuple[Entry, Movement]
) -> None:
    """A gain on interest rates goes with interest, by the years the contract had left [K]."""
    ended, move = made
    reserve, band, reason = "avr", "", f"{contract.type} not on interest rates"
    if contract.type in _RATE:
        band = band_of(max(year_of(contract.matures) - year_of(ended.day), 0))
        reserve, reason = "imr", f"{contract.type} on interest rates"
        of = AccountYear(account=contract.account, year=year)
        reserved(answers, of, band, move.realized)
    answers.gains.append(
        Gain(
            year=year,
            lot=contract.name,
            trade=ended.name,
            realized=move.realized,
            exchange=0,
            reserve=reserve,
            band=band,
            reason=reason,
        )
    )
