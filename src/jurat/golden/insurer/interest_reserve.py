"""The interest maintenance reserve: a schedule drawn to begin with, then gains in and releases out.

The reserve of last year is filed in whole dollars, so years before the last keep it so: their tax
is what makes the gains of each group whole dollars. The last year is kept in cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from jurat.golden.insurer.answers import Answers
from jurat.golden.insurer.exhibits import BANDS
from jurat.golden.insurer.markets import ACCOUNTS, LAST, Market
from jurat.golden.insurer.release import GROUPS, YEARS, released
from jurat.money import round_half_away

TAX = 350
"""Of gains that go to the reserve, in tenths of a percent."""

_NEEDED = tuple(account for account in ACCOUNTS if not account.is_fair)
_IN_ALL = ""

Gains = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """A year of the reserve, of an account or of all. Units: cents."""

    opening: tuple[int, ...]
    """What last year's schedule left, by year to come."""
    net: int
    """Gains of the year, net of tax."""
    transferred: tuple[int, ...]
    """The same by year of release."""

    @property
    def balance(self) -> tuple[int, ...]:
        """What there is to release, by year."""
        return tuple(a + b for a, b in zip(self.opening, self.transferred, strict=True))

    @property
    def release(self) -> int:
        """What the year takes up in income."""
        return self.balance[0]

    @property
    def closing(self) -> int:
        """The reserve at the year's end."""
        return sum(self.balance[1:])

    @property
    def ahead(self) -> tuple[int, ...]:
        """The schedule moved on by a year; what was left for the last line moves up with the others."""
        return (*self.balance[1:], 0)

    def less(self, other: "Reserve") -> "Reserve":
        """What is left of all when one account's is taken out."""
        return Reserve(
            opening=_less(self.opening, other.opening),
            net=self.net - other.net,
            transferred=_less(self.transferred, other.transferred),
        )


Reserves = dict[str, Reserve]
"""By account; of all under no name."""


def _less(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def reserves(market: Market, answers: Answers) -> dict[int, Reserves]:
    """The reserve of every year and of the one before, by account and in all."""
    ahead = _drawn(market, answers)
    found: dict[int, Reserves] = {market.first - 1: {n: _left(one) for n, one in ahead.items()}}
    for year in market.years:
        one, last = _NEEDED
        own = _year(year, _gains(answers, year, one.name), ahead[one.name])
        whole = _year(year, _gains(answers, year, _IN_ALL), ahead[_IN_ALL])
        found[year] = {one.name: own, last.name: whole.less(own), _IN_ALL: whole}
        ahead = {name: reserve.ahead for name, reserve in found[year].items()}
        _filled(answers, year, whole)
    return found


def _left(ahead: tuple[int, ...]) -> Reserve:
    """The reserve of a year of which only what it left is known."""
    return Reserve(opening=(0, *ahead[:-1]), net=0, transferred=(0,) * YEARS)


def _gains(answers: Answers, year: int, account: str) -> dict[str, int]:
    return {band: answers.cells.get((year, BANDS, band, account), 0) for band in GROUPS}


def _year(year: int, gains: Gains, opening: tuple[int, ...]) -> Reserve:
    unit = 1 if year == LAST else 100
    net = {band: _net(gain, unit) for band, gain in gains.items()}
    lines = [unit * amount for amount in released(net)]
    return Reserve(opening=opening, net=unit * sum(net.values()), transferred=tuple(lines))


def _net(gain: int, unit: int) -> int:
    """A gain less its tax, in cents or in dollars."""
    return round_half_away((gain - round_half_away(gain * TAX, 1000)), unit)


def _drawn(market: Market, answers: Answers) -> dict[str, tuple[int, ...]]:
    """The schedules of the first year: whole dollars, and so much that losses never use them up."""
    ahead: dict[str, tuple[int, ...]] = {_IN_ALL: (0,) * YEARS}
    for account in _NEEDED:
        random = Random(f"{market.seed}:imr:{account.name}")
        losses = sum(
            abs(amount)
            for (_, page, _, column), amount in answers.cells.items()
            if page == BANDS and column == account.name
        )
        whole = losses // 100 + random.randint(20_000, 90_000)
        weights = [random.randint(80, 120) * (YEARS + 1 - line) for line in range(1, YEARS)]
        lines = (*(100 * (whole * 2 * each // sum(weights)) for each in weights), 0)
        ahead[account.name] = lines
        ahead[_IN_ALL] = tuple(a + b for a, b in zip(ahead[_IN_ALL], lines, strict=True))
    return ahead


def _filled(answers: Answers, year: int, whole: Reserve) -> None:
    """The form and its schedule."""
    pretax = answers.cells.get((year, "imr", "2", "$1"), 0)
    opening = sum(whole.opening)
    form = {
        "1": opening,
        "2": whole.net,
        "3": 0,
        "4": opening + whole.net,
        "5": whole.release,
        "6": whole.closing,
    }
    answers.fill(year, "imr", form, "1")
    answers.add(year, "imr", "2", "$2", whole.net - pretax)
    columns = {"1": whole.opening, "2": whole.transferred, "3": (0,) * YEARS, "4": whole.balance}
    for column, lines in columns.items():
        for line, amount in enumerate((*lines, sum(lines)), 1):
            answers.add(year, "imr_amortization", str(line), column, amount)
