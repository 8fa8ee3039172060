"""A portion of a lot in a year, and the rows of the schedules that print it."""

from dataclasses import dataclass

from jurat.golden.insurer.answers import Answers, Moved, Row
from jurat.golden.insurer.days import year_end
from jurat.golden.insurer.exhibits import AccountYear
from jurat.golden.insurer.movements import Held, Movement, Portion, dollars
from jurat.golden.insurer.records import Lot


@dataclass(frozen=True, slots=True, kw_only=True)
class LotYear:
    """A portion's year with all that its rows print."""

    held: Held
    portion: Portion
    movement: Movement
    year: int
    cost: int
    received: int
    paid: int

    @property
    def of(self) -> AccountYear:
        """Its account in the year."""
        return AccountYear(account=self.lot.account, year=self.year)

    @property
    def is_new(self) -> bool:
        """Whether it was bought in the year."""
        return self.held.lot.traded > year_end(self.year - 1)

    @property
    def lot(self) -> Lot:
        """Its lot."""
        return self.held.lot

    @property
    def trade(self) -> str:
        """What ended it, if anything did."""
        return self.portion.event.trade if self.portion.event else ""

    @property
    def par(self) -> int:
        """Par in dollars at the rate of its end; of stock nothing."""
        held, (before, after) = self.held, self.portion.span
        if held.security.bond is None:
            return 0
        currency, end = held.security.currency, self.portion.end
        return dollars(held.rates, before, currency, end) - dollars(
            held.rates, after, currency, end
        )


def printed(answers: Answers, each: LotYear) -> None:
    """Where a portion is printed."""
    held, term = each.held, each.held.term
    pages = {"short": _short, "equivalent": _equivalent}
    page = ""
    if term != "long":
        if each.portion.event is None:
            page, columns = pages[term](each)
            _row(answers, each, page, columns)
    elif each.portion.event is None:
        kinds = {"bond": _bond, "preferred": _preferred, "common": _common}
        page, columns = kinds[held.security.kind](each)
        _row(answers, each, page, columns)
        if each.is_new:
            bought = {"7": each.cost, "9": each.paid}
            if held.security.bond:
                bought["8"] = each.par
            _row(answers, each, "schedule_d_part3", bought)
    else:
        page, columns = _gone(each)
        _row(answers, each, page, columns)
    answers.moved.append(
        Moved(
            year=each.year, lot=each.lot.name, trade=each.trade, page=page, movement=each.movement
        )
    )


def _row(answers: Answers, each: LotYear, page: str, columns: dict[str, int]) -> None:
    answers.rows.append(
        Row(
            year=each.year,
            page=page,
            lot=each.lot.name,
            trade=each.trade,
            opening=each.movement.opening,
            columns=columns,
        )
    )


def _bond(each: LotYear) -> tuple[str, dict[str, int]]:
    held, end, move = each.held, each.portion.end, each.movement
    quantity = each.portion.span[0]
    return "schedule_d_part1", {
        "7": each.cost,
        "9": held.fair(end, quantity),
        "10": each.par,
        "11": move.closing,
        "12": move.unrealized,
        "13": move.accretion,
        "14": move.impairment,
        "15": move.exchange,
        "19": held.accrued(end, quantity),
        "20": each.received,
    }


def _preferred(each: LotYear) -> tuple[str, dict[str, int]]:
    held, end, move = each.held, each.portion.end, each.movement
    return "schedule_d_part2_section1", {
        "8": move.closing,
        "10": held.fair(end, each.portion.span[0]),
        "11": each.cost,
        "12": held.declared(end),
        "13": each.received,
        "14": 0,
        "15": move.unrealized,
        "16": move.accretion,
        "17": move.impairment,
        "18": move.change,
        "19": move.exchange,
    }


def _common(each: LotYear) -> tuple[str, dict[str, int]]:
    held, end, move = each.held, each.portion.end, each.movement
    return "schedule_d_part2_section2", {
        "6": move.closing,
        "8": held.fair(end, each.portion.span[0]),
        "9": each.cost,
        "10": held.declared(end),
        "11": each.received,
        "12": 0,
        "13": move.unrealized,
        "14": move.impairment,
        "15": move.change,
        "16": move.exchange,
    }


def _short(each: LotYear) -> tuple[str, dict[str, int]]:
    held, end, move = each.held, each.portion.end, each.movement
    return "schedule_da_part1", {
        "7": move.closing,
        "8": move.unrealized,
        "9": move.accretion,
        "10": move.impairment,
        "11": move.exchange,
        "12": each.par,
        "13": each.cost,
        "14": held.accrued(end, each.portion.span[0]),
        "15": 0,
        "19": each.received,
        "20": each.paid if each.is_new else 0,
    }


def _equivalent(each: LotYear) -> tuple[str, dict[str, int]]:
    accrued = each.held.accrued(each.portion.end, each.portion.span[0])
    return "schedule_e_part2", {"6": each.movement.closing, "7": accrued, "8": each.received}


_HUNDREDTH = 10_000
"""Of a share, in the units that quantities are kept in: Part 5 has shares among its amounts."""


def _gone(each: LotYear) -> tuple[str, dict[str, int]]:
    move, is_bond = each.movement, each.held.security.bond is not None
    par = {"8": each.par} if is_bond else {}
    if each.is_new:
        before, after = each.portion.span
        return "schedule_d_part5", {
            "8": each.par if is_bond else (before - after) // _HUNDREDTH,
            "9": each.cost,
            "10": move.consideration,
            "11": move.disposed,
            "12": move.unrealized,
            "13": move.accretion,
            "14": move.impairment,
            "15": move.change,
            "16": move.exchange,
            "17": move.exchange_gain,
            "18": move.realized,
            "19": move.gain,
            "20": each.received,
            "21": each.paid,
        }
    return "schedule_d_part4", {
        "7": move.consideration,
        **par,
        "9": each.cost,
        "10": move.opening,
        "11": move.unrealized,
        "12": move.accretion,
        "13": move.impairment,
        "14": move.change,
        "15": move.exchange,
        "16": move.disposed,
        "17": move.exchange_gain,
        "18": move.realized,
        "19": move.gain,
        "20": each.received,
    }
