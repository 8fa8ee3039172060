"""The answers of bonds and stocks: Schedule D, short-term investments and cash equivalents."""

from collections.abc import Iterator

from jurat.golden.insurer.answers import Answers, Gain
from jurat.golden.insurer.days import year_end
from jurat.golden.insurer.draws import Drawn
from jurat.golden.insurer.exhibits import AccountYear, earned, gained, owned, reserved
from jurat.golden.insurer.markets import Market
from jurat.golden.insurer.movements import Held, dollars
from jurat.golden.insurer.relief import received, relieved
from jurat.golden.insurer.reserves import default_line, gain_of
from jurat.golden.insurer.security_rows import LotYear, printed
from jurat.golden.insurer.summary import distributed, summarized


def held_lots(market: Market, drawn: Drawn) -> list[Held]:
    """Every lot of a unit, ready to be valued."""

    def rated(amount: int, currency: str, at: int) -> int:
        return dollars(market.rates, amount, currency, at)

    events = relieved(drawn.lots, drawn.trades)
    income = received(drawn.lots, events, drawn.receipts, rated)
    return [Held(lot, events[lot.name], income[lot.name], market.rates) for lot in drawn.lots]


def security_answers(market: Market, helds: list[Held]) -> Answers:
    """Rows, gains and cells of every year.

    Raises  DrawAgain where one of them lies too near a half cent.
    """
    answers = Answers()
    for held in helds:
        for year in market.years:
            for each in _years(held, year):
                printed(answers, each)
                _verified(answers, each)
                _reserved(answers, each)
            _income(answers, held, year)
        _opened(answers, held, market.first)
    return answers


def _years(held: Held, year: int) -> Iterator[LotYear]:
    for portion in held.portions(year):
        yield LotYear(
            held=held,
            portion=portion,
            movement=held.movement(portion),
            year=year,
            cost=held.cost(portion.span),
            received=held.received(portion),
            paid=held.paid_accrued(portion.span),
        )


# -- the verifications, the exhibit of gains, the balance sheet -----------------------------------


def _verified(answers: Answers, each: LotYear) -> None:
    move, term, kind = each.movement, each.held.term, each.held.security.kind
    if term == "long":
        where = "disposed" if each.portion.event else kind
        part = {"bond": "1", "preferred": "2", "common": "3", "disposed": "4"}[where]
        answers.fill(
            each.year,
            "schedule_d",
            {
                "1": move.opening,
                "2": move.cost,
                "3": max(move.accretion, 0),
                f"4.{part}": move.unrealized,
                "5": move.gain,
                "6": move.consideration,
                "7": max(-move.accretion, 0),
                f"8.{part}": move.exchange,
                f"9.{part}": move.impairment,
                "10": move.closing,
                "11": 0,
                "12": move.closing,
            },
        )
    else:
        page = "schedule_da" if term == "short" else "schedule_e"
        for column in ("1", "2"):
            answers.fill(
                each.year,
                page,
                {
                    "1": move.opening,
                    "2": move.cost,
                    "3": max(move.accretion, 0),
                    "4": move.unrealized,
                    "5": move.gain,
                    "6": move.consideration,
                    "7": max(-move.accretion, 0),
                    "8": move.exchange,
                    "9": move.impairment,
                    "10": move.closing,
                    "11": 0,
                    "12": move.closing,
                },
                column,
            )
    gained(answers, each.of, gains_line(each.held), move)
    _owned(answers, each)


def gains_line(held: Held) -> str:
    """The line of the exhibits that a lot belongs to."""
    security = held.security
    if held.term != "long":
        return "6"
    is_affiliate = security.issuer == "affiliate"
    if security.kind != "bond":
        line = "2.1" if security.kind == "preferred" else "2.2"
        return line + "1" * is_affiliate
    if security.issuer == "us_government":
        return "1"
    if security.exempt:
        return "1.1"
    return "1.3" if is_affiliate else "1.2"


def _asset_line(held: Held) -> str:
    lines = {"short": "7", "equivalent": "6"}
    kinds = {"bond": "1", "preferred": "2.1", "common": "2.2"}
    return lines.get(held.term, kinds[held.security.kind])


def _opened(answers: Answers, held: Held, first: int) -> None:
    """What a lot is on the balance sheet from which the first year opens."""
    at = year_end(first - 1)
    if held.left(at):
        of = AccountYear(account=held.lot.account, year=first - 1)
        opening = sum(each.movement.opening for each in _years(held, first))
        owned(answers, of, _asset_line(held), opening)
        owned(answers, of, "13", held.accrued(at, held.left(at)) + held.declared(at))


def _owned(answers: Answers, each: LotYear) -> None:
    """The lines of the balance sheet and of the default component's base."""
    if each.portion.event:
        return
    held, amount = each.held, each.movement.closing
    kind = held.security.kind
    owned(answers, each.of, _asset_line(held), amount)
    if held.term == "equivalent":
        answers.add(each.year, "assets", "6", "$2", amount)
    if held.term == "long":
        fair = held.fair(each.portion.end, each.portion.span[0])
        summarized(answers, each.year, held.security, (amount, fair, each.cost, each.par))
        if kind == "bond" and not held.lot.account.is_fair:
            answers.add(each.year, "general_interrogatories", "5.51", "2", fair)
    if kind == "bond":
        distributed(answers, each.year, amount)
    end = each.portion.end
    due = held.accrued(end, each.portion.span[0]) + held.declared(end)
    owned(answers, each.of, "13", due)
    if not held.lot.account.is_fair and (line := default_line(held, end)):
        answers.add(each.year, "avr_default", line, "1", amount)


# -- income ---------------------------------------------------------------------------------------


def _income(answers: Answers, held: Held, year: int) -> None:
    """What a lot earned: its exhibit's line, and the footnote that parts it."""
    start, end = year_end(year - 1), year_end(year)
    if held.lot.traded > end:
        return
    received = accretion = paid = 0
    for each in _years(held, year):
        received += each.received
        accretion += each.movement.accretion
        paid += each.paid if each.is_new else 0
        note = {"1": max(each.movement.accretion, 0), "2": max(-each.movement.accretion, 0)}
        _noted(answers, held, year, {**note, "3": each.paid if each.is_new else 0})
    due = {at: held.accrued(at, held.left(at)) + held.declared(at) for at in (start, end)}
    of = AccountYear(account=held.lot.account, year=year)
    earned(answers, of, gains_line(held), received + accretion - paid, due[end] - due[start])


def _noted(answers: Answers, held: Held, year: int, insets: dict[str, int]) -> None:
    kind = {"bond": "(a)", "preferred": "(b)"}.get(held.security.kind, "")
    note = "(e)" if held.term != "long" else kind
    if note:
        for number, amount in insets.items():
            answers.add(year, "nii", note, f"${number}", amount)


# -- reserves -------------------------------------------------------------------------------------


def _reserved(answers: Answers, each: LotYear) -> None:
    """The reserve that a gain goes to, of accounts that need one."""
    move, event = each.movement, each.portion.event
    if event is None or not move.gain or each.lot.account.is_fair:
        return
    reserve, band, reason = gain_of(each.held, each.portion)
    answers.gains.append(
        Gain(
            year=each.year,
            lot=each.lot.name,
            trade=each.trade,
            realized=move.realized,
            exchange=move.exchange_gain,
            reserve=reserve,
            band=band,
            reason=reason,
        )
    )
    if reserve == "imr":
        reserved(answers, each.of, band, move.realized)
