"""Which reserve a gain goes to, by which group of maturities, and why; the base of the other.

Source  domain.md 4.2, 4.3 and 5; known K where it says so.
"""

from decimal import Decimal

from jurat.golden.insurer.days import year_of
from jurat.golden.insurer.movements import Held, Portion

BANDS = ((0, "0"), (1, "1"), (5, "2-5"), (10, "6-10"), (15, "11-15"), (20, "16-20"), (25, "21-25"))
"""The last year of each group; beyond is `over 25`."""

_UNDATED = 30
"""Years that a security without a maturity is taken to have."""


def band_of(years: int) -> str:
    """The group of a number of calendar years from the sale to the expected maturity.

    >>> band_of(0), band_of(7), band_of(26)
    ('0', '6-10', 'over 25')
    """
    return next((name for last, name in BANDS if years <= last), "over 25")


def gain_of(held: Held, portion: Portion) -> tuple[str, str, str]:
    """The reserve, the group and the reason of a gain of an account that needs an IMR."""
    security, lot, event = held.security, held.lot, portion.event
    at = portion.end
    if security.kind == "common":
        return "avr", "", "common stock"
    if security.kind == "preferred" and not security.redeemable:
        return "avr", "", "perpetual preferred"
    if security.lowest(lot.traded, at) == 6:
        return "avr", "", "NAIC 6 while held"
    if abs(security.designation(at) - security.designation(lot.traded)) > 1:
        return "avr", "", "moved by more than one designation"
    if event and event.credit:
        return "avr", "", "credit event"
    years = _UNDATED if security.bond is None else expected_year(held, at) - year_of(at)
    return "imr", band_of(max(years, 0)), "interest"


def expected_year(held: Held, at: int) -> int:
    """The year in which a bond is expected to end, seen from a sale.

    Callable: its worst date. Sinking fund: when half of what is owed is repaid. Loan-backed: the
    day that repayments, each by its part, come to on average [K].
    """
    bond = held.security.bond
    if bond is None:
        return year_of(at) + _UNDATED
    spell = held.spells(at)[-1]
    ahead = [(when, share) for when, share in spell.promise.repayments if when > at]
    if not ahead:
        return year_of(spell.end)
    owed = spell.promise.owed(at)
    rows = [*ahead, (spell.end, owed - sum((share for _, share in ahead), Decimal(0)))]
    if bond.is_backed or bond.schedule.frequency == 12:
        average = sum(((when - at) * share for when, share in rows), Decimal(0)) / owed
        return year_of(at + int(average))
    repaid = Decimal(0)
    for when, share in rows:
        repaid += share
        if repaid * 2 >= owed:
            return year_of(when)
    return year_of(spell.end)


def default_line(held: Held, at: int) -> str:
    """The line of the default component whose base a holding belongs to; none of common stock or cash."""
    security = held.security
    if security.kind == "common" or held.term == "equivalent":
        return ""
    designation = security.designation(at)
    if security.kind == "preferred":
        return str(9 + designation)
    first = 1 if held.term == "long" else 18
    return str(first if security.issuer == "us_government" else first + designation)


_RESIDENTIAL = ((0, "0"), (2, "1"), (10, "2-5"), (20, "6-10"))
"""The groups of residential mortgages: longer years, the same columns; beyond, `11-15` [K]."""


def loan_reserve(standing: str, years: int, *, is_residential: bool) -> tuple[str, str, str]:
    """The reserve, the group and the reason of a gain on a mortgage loan.

    >>> loan_reserve("overdue", 5, is_residential=False)
    ('avr', '', 'loan overdue')
    """
    if standing != "good":
        return "avr", "", f"loan {standing}"
    if is_residential:
        band = next((name for last, name in _RESIDENTIAL if years <= last), "11-15")
        return "imr", band, "interest"
    return "imr", band_of(max(years, 0)), "interest"
