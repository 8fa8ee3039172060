"""How gains of a year are released by groups of maturity, in closed form.

A sale falls anywhere in its year, a maturity anywhere in the years of its group. At the time t after
the year's beginning is given up, of all sold by then, what is not yet due:

    w(t) = min(t, 1) / d * (exp(-d (max(t, a) - t)) - exp(-d (b + 1 - t)))

for the group from a to b and the force of interest d of the year's sheet. A factor is what a year has
of the whole; factors are cumulative to a thousandth.

Source  domain.md 4.4 [K].
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from jurat.money import round_half_away

GROUPS = {
    "0": (0, 0),
    "1": (1, 1),
    "2-5": (2, 5),
    "6-10": (6, 10),
    "11-15": (11, 15),
    "16-20": (16, 20),
    "21-25": (21, 25),
    "over 25": (26, 30),
}
"""First and last year of each group."""

YEARS = 31
"""The lines of the amortization: the year of sale and thirty after it."""

SHEET = Decimal("0.05")
"""The rate of the sheet of 2012, taken for the years before too."""


@cache
def reached(group: str) -> tuple[int, ...]:
    """Thousandths of a gain released by the end of each year, the year of sale first.

    >>> reached("1"), reached("2-5")
    ((494, 1000), (133, 411, 664, 848, 961, 1000))
    """
    first, last = GROUPS[group]
    if not last:
        return (1000,)
    force = 2 * (1 + SHEET / 2).ln()
    spread = (-force * first).exp() - (-force * (last + 1)).exp()
    years = []
    for year in range(last + 1):
        if year == 0:
            given_up = spread * (force.exp() * (force - 1) + 1) / force**2
        elif year < first:
            given_up = spread * ((force * (year + 1)).exp() - (force * year).exp()) / force
        else:
            fading = (-force * (last - year)).exp() - (-force * (last + 1 - year)).exp()
            given_up = 1 - fading / force
        years.append(given_up)
    whole, so_far, found = sum(years), Decimal(0), []
    for given_up in years:
        so_far += given_up
        found.append(int((1000 * so_far / whole).to_integral_value()))
    return tuple(found)


def released(gains: Mapping[str, int]) -> list[int]:
    """What each year releases of gains by group, the year of sale first; nothing is lost.

    Units   those of the gains, whole; each cumulative amount is rounded once.

    >>> released({"1": 1000, "0": 500})[:3]
    [994, 506, 0]
    """
    lines = [0] * YEARS
    for group, gain in gains.items():
        before = 0
        for year, thousandths in enumerate(reached(group)):
            now = round_half_away(gain * thousandths, 1000)
            lines[year] += now - before
            before = now
    return lines
