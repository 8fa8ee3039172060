"""The factors of the asset valuation reserve by year, and what they make of its bases.

Factors are data, `avr_factors.csv` beside this file: those of 2012 as the form prints them, those of
2019 and after from knowledge. Years between are not known, nor loans CM2 to CM4 of later ones: they
are refused, not guessed.

Known K   every row so marked; the bounds of the experience adjustment, and that an adjusted factor
          is rounded to four decimals as it is printed.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

from jurat.money import round_half_away
from jurat.words import UsageError

WHOLE = 10_000
"""Ten-thousandths: a factor of one, an adjustment of one."""
EAF_BOUNDS = (5_000, 35_000)
"""The least and the greatest experience adjustment, a half and three and a half [K]."""
RESTRUCTURED_LEAST = 640
"""6.4 %: the least maximum factor of a restructured loan. Source: note (b) of the form."""
RESTRUCTURED_MORE = 150
"""150 basis points over the maximum factor of a loan in good standing. Source: note (b)."""

_FACTORS = Path(__file__).parent / "avr_factors.csv"
_BY_DESIGNATION = ("bonds", "preferred", "short_term", "derivatives")


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """The three factors of a class.

    Units   ten-thousandths.
    """

    basic: int
    objective: int
    maximum: int
    times: str = ""
    """What they are multiplied with: `eaf`, `beta`; `restructured`: the first two are of the third."""
    known: str = "K"
    """S: as printed; K: from knowledge."""

    def multiplied(self, by: int) -> Self:
        """The same times an adjustment, in ten-thousandths, to four decimals again."""
        basic, objective, maximum = (
            round_half_away(factor * by, WHOLE)
            for factor in (self.basic, self.objective, self.maximum)
        )
        return replace(self, basic=basic, objective=objective, maximum=maximum)

    def of(self, balance: int) -> "Reserve":
        """What they make of a balance; each amount rounded once, halves away from zero.

        Units   of the balance.

        >>> Factors(basic=4, objective=23, maximum=30).of(1_000_000)
        Reserve(basic=400, objective=2300, maximum=3000)
        """
        return Reserve(
            basic=round_half_away(balance * self.basic, WHOLE),
            objective=round_half_away(balance * self.objective, WHOLE),
            maximum=round_half_away(balance * self.maximum, WHOLE),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Basic contribution, reserve objective and maximum reserve."""

    basic: int = 0
    objective: int = 0
    maximum: int = 0


def printed_factors(year: int) -> dict[str, Factors]:
    """The factors of a year by class, as the form prints them.

    Units   ten-thousandths.
    Source  the AVR pages of 2012; domain.md 5 for 2019 and after [K].
    Raises  UsageError for a year whose factors are not known.

    >>> printed_factors(2012)["naic_2"].maximum, printed_factors(2024)["naic_2"].maximum
    (90, 106)
    """
    found = {name: factors for first, last, name, factors in _rows() if first <= year <= last}
    if not found:
        raise UsageError(
            f"The factors of the AVR of {year} are not known.",
            why="They changed over the years; those of another year would give a wrong reserve.",
            next="Known: 2012, and 2019 and after.",
        )
    return found


def avr_factors(year: int, *, eaf: int = WHOLE, beta: int = WHOLE) -> dict[str, Factors]:
    """The factors of a year by class, as this company applies them.

    Loans in good standing go by its experience adjustment, restructured ones by note (b), common
    stock by its beta.

    Units   ten-thousandths, the two adjustments too.
    Source  notes (a) and (b) of the form.
    Raises  UsageError as `printed_factors`.

    Twice the experience of the industry: .0190 is .0380, and .0380 + .0150 is less than .0640.

    >>> made = avr_factors(2012, eaf=20_000)
    >>> made["standing_farm"].maximum, made["standing_restructured"].maximum
    (380, 640)
    """
    printed = printed_factors(year)
    by = {"": WHOLE, "eaf": eaf, "beta": beta, "restructured": WHOLE}
    made = {name: factors.multiplied(by[factors.times]) for name, factors in printed.items()}
    for name, factors in printed.items():
        if factors.times == "restructured":
            most = restructured_maximum(made["standing_commercial_other"].maximum)
            made[name] = factors.multiplied(most)
    return made


def restructured_maximum(standing: int) -> int:
    """The maximum factor of a restructured loan, by that of loans in good standing, adjusted.

    The basic and the objective factor are 28 % and 62 % of it.

    Units   ten-thousandths.
    Source  note (b) of the form.

    >>> restructured_maximum(190), restructured_maximum(600)
    (640, 750)
    """
    return max(RESTRUCTURED_LEAST, standing + RESTRUCTURED_MORE)


def experience_adjustment(company: int, industry: int) -> int:
    """The experience adjustment factor of mortgage loans: the company's experience over the industry's.

    Units   any, both the same (thousandths of a percent, say); ten-thousandths out.
    Source  note (a) of the form; that it is a ratio, and its bounds, K.
    Raises  UsageError where the industry has no experience to measure by.

    0.012 % over the industry's 0.009 % of 2012; ten times it is bounded.

    >>> experience_adjustment(12, 9), experience_adjustment(90, 9), experience_adjustment(0, 9)
    (13333, 35000, 5000)
    """
    if industry <= 0 or company < 0:
        raise UsageError(
            f"{company} over {industry} is no experience of mortgage loans.",
            next="Give the averages of the same eight quarters, the industry's above nought.",
        )
    least, most = EAF_BOUNDS
    return min(max(round_half_away(company * WHOLE, industry), least), most)


def avr_class(line: str) -> str:
    """The class of factors of a line of the page, by the line's name.

    >>> avr_class("short_term_3"), avr_class("derivatives_exchange"), avr_class("overdue_farm")
    ('naic_3', 'naic_1', 'overdue_farm')
    """
    stem, _, last = line.rpartition("_")
    if stem not in _BY_DESIGNATION:
        return line
    return {"exempt": "exempt", "exchange": "naic_1", "affiliated": "affiliated"}.get(
        last, f"naic_{last}"
    )


def avr_reserves(bases: Mapping[str, int], factors: Mapping[str, Factors]) -> dict[str, Reserve]:
    """Basic contribution, objective and maximum of each line's balance; `in_all` adds them.

    Units   of the balances: whole units by the name of the line or of its class.
    Source  columns 4 to 10 of the page.
    Raises  UsageError naming every line whose factors are not known.

    >>> made = avr_reserves({"bonds_1": 2_000_000, "standing_farm": 500_000}, avr_factors(2012))
    >>> in_all(made.values())
    Reserve(basic=3950, objective=10600, maximum=15500)
    """
    missing = sorted(line for line in bases if avr_class(line) not in factors)
    if missing:
        raise UsageError(
            f"No factors are known for {', '.join(missing)}.",
            next=f"Classes: {', '.join(factors)}.",
        )
    return {line: factors[avr_class(line)].of(balance) for line, balance in bases.items()}


def in_all(reserves: Iterable[Reserve]) -> Reserve:
    """The sum of some lines.

    >>> in_all([Reserve(basic=1), Reserve(basic=2, maximum=5)])
    Reserve(basic=3, objective=0, maximum=5)
    """
    lines = list(reserves)
    return Reserve(
        basic=sum(one.basic for one in lines),
        objective=sum(one.objective for one in lines),
        maximum=sum(one.maximum for one in lines),
    )


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[int, int, str, Factors], ...]:
    with _FACTORS.open(encoding="utf-8", newline="") as file:
        return tuple(
            (
                int(row["from"]),
                int(row["to"] or 9999),
                row["class"],
                Factors(
                    basic=int(row["basic"]),
                    objective=int(row["objective"]),
                    maximum=int(row["maximum"]),
                    times=row["times"],
                    known=row["known"],
                ),
            )
            for row in csv.DictReader(file)
        )
