"""Drawing a bond's story: who bought how much of it, and what became of that."""

from dataclasses import dataclass
from decimal import Decimal

from jurat.golden.insurer.bonds import Bond
from jurat.golden.insurer.days import day, moved, year_end, year_of
from jurat.golden.insurer.draw_income import coupons
from jurat.golden.insurer.draw_terms import clean, draw_bond
from jurat.golden.insurer.draws import Hand, exactly, rounded
from jurat.golden.insurer.markets import ACCOUNTS, LAST
from jurat.golden.insurer.records import Account, Lot, Security, Trade
from jurat.golden.insurer.terms_tables import Wanted

FACE = 1_000_000
"""Cents of par that lots are bought in: ten thousand dollars."""

_EARLIEST = {"backed": 2008, "sinking": 2006, "floater": 2008}


def draw_bond_story(hand: Hand, kind: str, count: int) -> None:
    """A bond bought in some lots, one of them now and then by a transfer or an exchange."""
    moves = hand.chance(0.12) and count > 1 and kind in ("plain", "callable", "zero", "foreign")
    days = _purchases(hand, kind, count - moves)
    wanted = Wanted(
        kind=kind,
        bought=days[0][1],
        last=days[-1][1],
        number=2 * hand.number,
        maturity=_maturity(hand, kind, days),
    )
    move_day = 0
    if moves:
        low = max(days[-1][1] + 5, hand.market.opens + 1)
        move_day = hand.between(low, min(hand.market.closes, wanted.maturity - 40))
        moves = low <= move_day
        wanted = Wanted(
            kind=kind,
            bought=wanted.bought,
            last=max(wanted.last, move_day),
            number=wanted.number,
            maturity=wanted.maturity,
            priced=(move_day,),
        )
    security = draw_bond(hand, wanted)
    hand.drawn.securities.append(security)
    accounts = [hand.random.choice(ACCOUNTS)]
    if hand.chance(0.25):
        accounts.append(hand.random.choice(ACCOUNTS))
    story = _Story(hand, security, kind)
    for traded, settled in days:
        story.bought(hand.random.choice(accounts), traded, settled)
    if moves:
        story.plan.append((move_day, "move"))
    story.live()
    coupons(hand, security)
    for extra in hand.drawn.securities[1:]:
        coupons(hand, extra)


def _purchases(hand: Hand, kind: str, count: int) -> list[tuple[int, int]]:
    """Days of trade and of settlement, rising."""
    days = []
    first = hand.market.first
    if kind in ("short", "equivalent"):
        start = hand.between(year_end(first - 1) - 200, hand.market.closes - 9)
        if hand.chance(0.6):  # held when a year ends
            lead = 60 if kind == "equivalent" else 200
            start = year_end(hand.between(first - 1, LAST)) - hand.between(9, lead)
        traded = sorted(start + hand.between(0, 6) for _ in range(count))
    else:
        years = [
            hand.between(_EARLIEST.get(kind, 2003), first - 1)
            if hand.chance(0.6)
            else hand.between(first, LAST)
            for _ in range(count)
        ]
        traded = sorted(hand.between(day(year, 1, 2), day(year, 12, 20)) for year in years)
    for each in traded:
        settled = each + hand.random.choice((0, 1, 3, 3))
        days.append((each, settled if year_of(settled) == year_of(each) else each))
    return days


def _maturity(hand: Hand, kind: str, days: list[tuple[int, int]]) -> int:
    last = days[-1][1]
    match kind:
        case "equivalent":
            at = last + hand.between(10, 75)
        case "short":
            at = last + hand.between(110, 340)
        case "backed":
            at = moved(last, hand.between(24, 72))
        case "sinking":
            at = moved(last, hand.between(30, 140))
        case _:
            at = moved(last, hand.between(26, 300))
            soon = hand.between(max(last + 30, hand.market.opens + 20), hand.market.closes)
            if hand.chance(0.2) and soon > last + 20 and kind != "step":
                at = soon
    if kind in ("short", "equivalent"):
        return at
    start = year_of(at), (at - day(year_of(at), 1, 1)) // 31 % 12 + 1
    return day(*start, hand.random.choice((1, 15, 15, 15, 31, 31, hand.between(2, 30))))


@dataclass(frozen=True, slots=True)
class _Deal:
    """How something leaves: at which price of each unit of par, and whether its lot is named."""

    kind: str
    at: int
    price: Decimal
    named: bool = True
    accrued: bool = True


class _Story:
    """What happens to a bond's lots, day by day."""

    def __init__(self, hand: Hand, security: Security, kind: str) -> None:
        self.hand, self.security, self.kind = hand, security, kind
        self.plan: list[tuple[int, str]] = []
        self.whole = FACE if kind in ("backed", "sinking") else 100_000
        if security.bond is None:
            raise ValueError("A bond's story is of a bond.")
        self.bond: Bond = security.bond
        self.promise = self.bond.pays(hand.market.closes)
        self.known = self.promise.repayments

    def bought(self, account: Account, traded: int, settled: int) -> None:
        """A purchase at a price of the day."""
        hand = self.hand
        face = self.whole * hand.between(5, 400 if self.whole == FACE else 4000)
        if self.kind in ("plain", "zero") and hand.chance(0.1):
            face += hand.between(1, 99_999)
        par = rounded(face * self.owed(settled))
        places = hand.random.choice((3, 4, 5, 6))
        if self.kind == "floater" and hand.chance(0.4):
            price = Decimal(100)
        else:
            price = exactly(100 * clean(hand, self.bond, settled), places)
        if self.bond.coupon and self.kind in ("plain", "callable") and hand.chance(0.12):
            price = Decimal(100)
        hand.buy(
            Lot(
                name=hand.lot_name(),
                account=account,
                security=self.security,
                traded=traded,
                settled=settled,
                quantity=par,
                cost=rounded(price * par / 100),
                accrued=rounded(self.bond.accrued(settled) * par),
            )
        )

    def owed(self, at: int) -> Decimal:
        """The share of the original par that is owed."""
        return self.promise.owed(at)

    # -- the plan ---------------------------------------------------------------------------------

    def live(self) -> None:
        """Everything in its order, until the last day or the bond's end."""
        hand = self.hand
        last = min(hand.market.closes, self.bond.schedule.maturity - 1)
        bought = max(lot.settled for lot in hand.drawn.lots)
        self.plan += [(when, "paydown") for when, share in self.known if share and when <= last]
        low = max(bought + 2, hand.market.opens + 1)
        if low < last:
            words = {"part": 5, "all": 5, "account": 4, "down": 2, "exchange": 1}
            for _ in range(hand.random.choice((0, 1, 1, 2, 3))):
                self.plan.append((hand.between(low, last), hand.pick(**words)))
        calls = [call for call in self.bond.calls if low < call.day <= last]
        if calls and hand.chance(0.45):
            call = hand.random.choice(calls)
            late = call.any_day and hand.chance(0.5)
            self.plan.append((min(call.day + hand.between(1, 200) * late, last), "call"))
        if self.bond.schedule.maturity <= hand.market.closes:
            self.plan.append((self.bond.schedule.maturity, "maturity"))
        busy: set[int] = set()
        for at, what in sorted(self.plan):
            if what in ("paydown", "maturity") or (at not in busy and not self.is_payday(at)):
                getattr(self, f"_{what}")(at)
            busy.add(at)

    def is_payday(self, at: int) -> bool:
        """Whether par is repaid by plan on a day, so that nothing else is drawn for it."""
        return any(when == at for when, _ in self.known)

    # -- what can happen --------------------------------------------------------------------------

    def _open(self) -> list[Lot]:
        left, drawn = self.hand.left, self.hand.drawn
        return [lot for lot in drawn.lots if left[lot.name] and lot.security is self.security]

    def _trade(self, deal: _Deal, lot: Lot, quantity: int) -> Trade:
        """So much of a lot leaves; of a deal without a name, of whichever lots come first."""
        kind, at = deal.kind, deal.at
        settled = at
        if kind == "sale":
            settled += self.hand.random.choice((0, 1, 3))
            settled = min(settled, self.bond.schedule.maturity)
        interest = rounded(self.bond.accrued(settled) * quantity) if deal.accrued else 0
        trade = Trade(
            name=self.hand.trade_name(),
            kind=kind,
            lot=lot.name if deal.named else "",
            account=lot.account,
            security=self.security,
            traded=at,
            settled=settled,
            quantity=quantity,
            amount=rounded(deal.price * quantity),
            accrued=interest,
            credit=kind == "sale" and self.security.designation(at) > 3 and self.hand.chance(0.5),
        )
        self.hand.sell(trade)
        return trade

    def _price(self, at: int) -> Decimal:
        price = clean(self.hand, self.bond, at)
        if self.security.designation(at) == 6:
            price *= self.hand.random.uniform(0.3, 1)
        return exactly(price, 6)

    def _some(self, lot: Lot, at: int) -> int:
        """Some of a lot: whole thousands of the original par."""
        owed = self.owed(at)
        faces = int(self.hand.left[lot.name] / owed) // self.whole
        return rounded(self.whole * self.hand.between(1, faces - 1) * owed) if faces > 1 else 0

    def _part(self, at: int) -> None:
        """A part of a named lot is sold."""
        if own := self._open():
            lot = self.hand.random.choice(own)
            if quantity := self._some(lot, at):
                self._trade(_Deal("sale", at, self._price(at)), lot, quantity)

    def _all(self, at: int) -> None:
        """A lot is sold."""
        if own := self._open():
            lot = self.hand.random.choice(own)
            self._trade(_Deal("sale", at, self._price(at)), lot, self.hand.left[lot.name])

    def _account(self, at: int) -> None:
        """An account sells, and does not say from which lots."""
        if own := self._open():
            lot = self.hand.random.choice(own)
            held = list(self.hand.own(lot.account, self.security, at))
            total = sum(self.hand.left[each.name] for each in held)
            quantity = total if self.hand.chance(0.2) else 0
            for each in held:
                quantity = min(quantity + self._some(each, at), total)
            if quantity:
                self._trade(_Deal("sale", at, self._price(at), named=False), lot, quantity)

    def _down(self, at: int) -> None:
        """A lot is written down."""
        own = [lot for lot in self._open() if lot.security.currency == "USD"]
        if not own or self.bond.estimates or self.kind in ("short", "equivalent"):
            return
        lot = self.hand.random.choice(own)
        amount = rounded(
            self.hand.left[lot.name] * exactly(self.hand.random.uniform(0.02, 0.25), 4)
        )
        if self.bond.coupon or self.bond.schedule.maturity < moved(at, 60):
            self.hand.drawn.trades.append(
                Trade(
                    name=self.hand.trade_name(),
                    kind="write_down",
                    lot=lot.name,
                    account=lot.account,
                    security=self.security,
                    traded=at,
                    settled=at,
                    quantity=0,
                    amount=amount,
                    credit=True,
                )
            )

    def _call(self, at: int) -> None:
        """The issuer calls all that is held."""
        price = [call.price for call in self.bond.calls if call.day <= at][-1]
        self._redeem("call", at, price, accrued=True)

    def _maturity(self, at: int) -> None:
        self._redeem("maturity", at, Decimal(1), accrued=False)

    def _redeem(self, kind: str, at: int, price: Decimal, *, accrued: bool) -> None:
        named = self.hand.chance(0.5)
        done: set[str] = set()
        for lot in self._open():
            if named:
                self._trade(_Deal(kind, at, price, accrued=accrued), lot, self.hand.left[lot.name])
            elif lot.account.name not in done:
                done.add(lot.account.name)
                own = self.hand.own(lot.account, self.security, at)
                total = sum(self.hand.left[each.name] for each in own)
                self._trade(_Deal(kind, at, price, named=False, accrued=accrued), lot, total)

    def _paydown(self, at: int) -> None:
        """Par is repaid as the latest estimate has it, lot by lot."""
        share = next(share for when, share in self.known if when == at)
        for lot in self._open():
            if lot.settled < at:
                owed = self.owed(at - 1)
                face = rounded(self.hand.left[lot.name] / owed)
                quantity = min(rounded(face * share), self.hand.left[lot.name])
                if quantity:
                    self._trade(_Deal("paydown", at, Decimal(1), accrued=False), lot, quantity)

    def _move(self, at: int) -> None:
        """A lot goes to another account at fair value: a disposal here, a purchase there."""
        own = self._open()
        if not own:
            return
        lot = self.hand.random.choice(own)
        others = [account for account in ACCOUNTS if account != lot.account]
        price = self.security.price(at) / 100
        trade = self._trade(_Deal("transfer", at, price), lot, self.hand.left[lot.name])
        self.hand.buy(
            Lot(
                name=self.hand.lot_name(),
                account=self.hand.random.choice(others),
                security=self.security,
                traded=at,
                settled=at,
                quantity=trade.quantity,
                cost=trade.amount,
                accrued=trade.accrued,
            )
        )

    def _exchange(self, at: int) -> None:
        """A lot is given for a new bond of the same issuer, at fair value."""
        own = self._open()
        if self.kind != "plain" or not own or len(self.hand.drawn.securities) > 1:
            return
        lot = self.hand.random.choice(own)
        number = 2 * self.hand.number + 1
        wanted = Wanted(kind="plain", bought=at, last=at, maturity=moved(at, 96), number=number)
        other = draw_bond(self.hand, wanted)
        self.hand.drawn.securities.append(other)
        trade = self._trade(_Deal("exchange", at, self._price(at)), lot, self.hand.left[lot.name])
        bond = other.bond
        interest = rounded(bond.accrued(at) * trade.quantity) if bond else 0
        self.hand.buy(
            Lot(
                name=self.hand.lot_name(),
                account=lot.account,
                security=other,
                traded=at,
                settled=at,
                quantity=trade.quantity,
                cost=trade.amount,
                accrued=interest,
            )
        )
