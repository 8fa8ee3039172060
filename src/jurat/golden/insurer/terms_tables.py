"""A drawn bond in the tables: its terms, and what the world says of it."""

from calendar import month_abbr
from dataclasses import dataclass
from datetime import date

from jurat.golden.insurer.bonds import Bond
from jurat.golden.insurer.draws import Hand, plain, yes
from jurat.golden.insurer.identifiers import lei
from jurat.golden.insurer.markets import iso
from jurat.golden.insurer.records import Security

_TITLES = {
    "us_government": "U.S. Treasury",
    "other_government": "Government",
    "state": "State",
    "political": "City",
    "revenue": "Water Authority",
    "industrial": "Industries",
    "hybrid": "Capital Trust",
    "affiliate": "Affiliate",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a bond has to be: its kind, first and last purchase, and maturity."""

    kind: str
    bought: int
    """The first settlement."""
    last: int
    maturity: int
    number: int
    """The security's own number, for its CUSIP."""
    priced: tuple[int, ...] = ()
    """Days on which a price is needed besides the years' ends."""


def write_terms(
    hand: Hand, security: Security, wanted: Wanted, opening: tuple[int, int, bool]
) -> None:
    """A bond's row among the securities, and the tables that go with it."""
    bond = security.bond
    if bond is None:
        return
    plan, name = bond.schedule, security.name
    structure = "issuer"
    if wanted.kind == "backed":
        structure = hand.random.choice(("rmbs", "cmbs", "other"))
    types = {"step": "step", "floater": "floating"}
    end = date.fromordinal(plan.maturity)
    estimates = "none"
    if wanted.kind == "backed":
        estimates = "retrospective" if bond.retrospective else "prospective"
    hand.note(
        "securities",
        security=name,
        kind="bond",
        issuer=security.issuer,
        structure=structure,
        description=f"{_TITLES[security.issuer]} {wanted.kind} {wanted.number}",
        tax_exempt=yes(security.exempt),
        country=security.country,
        foreign=foreign_code(security.country),
        code="LS" if hand.chance(0.02) else "",
        characteristics="1" if wanted.kind == "callable" else "",
        currency=security.currency,
        public=yes(hand.chance(0.8)),
        level=hand.random.choice("12223"),
        coupon_type=types.get(wanted.kind, "fixed" if bond.coupon else "zero"),
        coupon=plain(bond.coupon * 100),
        frequency=str(plan.frequency),
        day_count=plan.rule,
        dated=iso(opening[0]),
        first_coupon=iso(opening[1]),
        maturity=iso(plan.maturity),
        month_end=yes(opening[2]),
        when_paid=_when_paid(end.month, plan.frequency),
        redeemable="no",
        par_per_share="",
        estimates=estimates,
        lei=lei(wanted.number) if hand.chance(0.5) else "",
    )
    _write_schedules(hand, name, bond)
    write_world(hand, security)


def _when_paid(month: int, frequency: int) -> str:
    """The months of payment as printed.

    >>> _when_paid(11, 2), _when_paid(11, 4), _when_paid(11, 1), _when_paid(11, 12)
    ('MN', 'FMAN', 'Nov', 'Mon')
    """
    if frequency == 1:
        return month_abbr[month]
    return (
        "Mon"
        if frequency == 12
        else "JFMAMJJASOND"[(month - 1) % (12 // frequency) :: 12 // frequency]
    )


def _write_schedules(hand: Hand, name: str, bond: Bond) -> None:
    """Calls, coupons to come and repayments."""
    for call in bond.calls:
        hand.note(
            "calls",
            security=name,
            date=iso(call.day),
            price=plain(call.price * 100),
            make_whole=yes(call.make_whole),
            any_day=yes(call.any_day),
        )
    for when, rate in bond.steps or bond.resets:
        hand.note("coupons", security=name, date=iso(when), rate=plain(rate * 100))
    for made, rows in ((0, bond.repayments), *bond.estimates):
        for when, share in rows:
            hand.note(
                "repayments", security=name, date=iso(when), share=plain(share), as_of=iso(made)
            )


def write_world(hand: Hand, security: Security) -> None:
    """Designations and prices."""
    symbol = "" if security.issuer == "us_government" else hand.random.choice(("FE", "FE", "Z", ""))
    for when, number in security.designations:
        hand.note(
            "designations",
            security=security.name,
            date=iso(when),
            designation=str(number),
            symbol=symbol,
        )
    for when, price in security.prices:
        hand.note(
            "prices",
            security=security.name,
            date=iso(when),
            price=plain(price),
            **{"from": "Pricing service"},
        )


def foreign_code(country: str) -> str:
    """The code of the schedules: A for Canada, F for the rest of the world [K]."""
    return {"US": "", "CA": "A"}.get(country, "F")
