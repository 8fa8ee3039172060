"""Accounts and securities: what a lot is of, and what happens to all lots of it."""

from jurat.records.fields import (
    DATE,
    SECURITY,
    Kind,
    TableKind,
    choice_of,
    field_of,
    id_of,
    letters_of,
    text_of,
    whole_of,
    yes_no_of,
)

BASES = ("general", "fair")
SECURITY_KINDS = ("bond", "preferred", "common")
ISSUERS = (
    "us_government",
    "other_government",
    "state",
    "political",
    "revenue",
    "industrial",
    "hybrid",
    "affiliate",
)
STRUCTURES = ("issuer", "rmbs", "cmbs", "other")
COUPONS = ("fixed", "zero", "step", "floating")
DAY_COUNTS = ("30/360", "30/360 USA", "30E/360", "Act/Act", "Act/360", "Act/365")
"""In the order of `valuation.DayCount`."""
ESTIMATES = ("none", "retrospective", "prospective")

SECURITIES: tuple[TableKind, ...] = (
    TableKind(
        name="accounts",
        means="a separate account",
        key=("account",),
        fields=(
            id_of("account", "its name among the records"),
            text_of("name", "its name in print"),
            choice_of("basis", BASES, "how its assets are carried: book value or fair value"),
            text_of("product", "the product it stands behind"),
            text_of("line_of_business", "the line of business its result belongs to"),
            yes_no_of("imr", "whether it needs an IMR; a book-value account does", "yes"),
        ),
    ),
    TableKind(
        name="securities",
        means="a bond, a preferred or a common stock, by its terms",
        key=("security",),
        fields=(
            id_of("security", "CUSIP, private CUSIP, or the company's own number"),
            text_of("description", "as printed in the schedules"),
            choice_of("kind", SECURITY_KINDS, "what it is"),
            choice_of("issuer", ISSUERS, "who issued it: the class it is printed under"),
            choice_of(
                "structure", STRUCTURES, "issuer obligation or a kind of loan-backed", "issuer"
            ),
            yes_no_of("tax_exempt", "whether its interest is free of U.S. tax"),
            letters_of("country", 2, "two letters", "US"),
            text_of("foreign", "the foreign code of the schedules"),
            text_of("code", "the code of a restriction or pledge"),
            text_of("characteristics", "the BOND CHAR code"),
            letters_of("currency", 3, "three letters; amounts are in it", "USD"),
            yes_no_of("public", "whether publicly placed, for Part 1A", "yes"),
            whole_of("level", (1, 2, 3), "its place in the fair value hierarchy: 1, 2 or 3", "2"),
            choice_of("coupon_type", COUPONS, "how its coupon behaves", "fixed"),
            field_of("coupon", Kind.RATE, "percent a year; of a floater, at issue", default="0"),
            whole_of(
                "frequency",
                (1, 2, 4, 12),
                "coupons a year: 1, 2, 4, 12; of a zero, compounding",
                "2",
            ),
            choice_of("day_count", DAY_COUNTS, "how interest counts days", "30/360"),
            field_of("dated", Kind.DATE, "where interest begins, if the first coupon is odd"),
            field_of("first_coupon", Kind.DATE, "the first coupon's date, if odd"),
            field_of("maturity", Kind.DATE, "stated maturity; blank of stock"),
            yes_no_of("month_end", "whether coupons fall on the month's last day"),
            text_of("when_paid", "as printed: JJ, MN, Mon"),
            yes_no_of("redeemable", "of a preferred: whether it must be redeemed"),
            field_of("par_per_share", Kind.PRICE, "of a preferred"),
            choice_of("estimates", ESTIMATES, "how new prepayment estimates are taken up", "none"),
            text_of("lei", "the issuer's legal entity identifier"),
        ),
    ),
    TableKind(
        name="calls",
        means="a date from which the issuer may call, and at what price",
        key=("security", "date"),
        fields=(
            SECURITY,
            DATE,
            field_of("price", Kind.PRICE, "per hundred of par", needed=True),
            yes_no_of(
                "make_whole",
                "whether the price makes the holder whole; such calls do not count",
            ),
            yes_no_of("any_day", "whether it stays open until the next"),
        ),
    ),
    TableKind(
        name="coupons",
        means="a new coupon rate: a step known at issue, or a reset of a floater",
        key=("security", "date"),
        fields=(
            SECURITY,
            DATE,
            field_of("rate", Kind.RATE, "percent a year from that day", needed=True),
        ),
    ),
    TableKind(
        name="repayments",
        means="par repaid before maturity, by contract or as expected on a day",
        key=("security", "as_of", "date"),
        fields=(
            SECURITY,
            DATE,
            field_of("share", Kind.SHARE, "of the original par", needed=True),
            field_of("as_of", Kind.DATE, "the day of the estimate; blank: at issue"),
        ),
    ),
    TableKind(
        name="designations",
        means="the NAIC designation of a security from a day on",
        key=("security", "date"),
        fields=(
            SECURITY,
            DATE,
            whole_of("designation", (1, 2, 3, 4, 5, 6), "1 to 6"),
            text_of("symbol", "FE, Z, AM ..."),
        ),
    ),
    TableKind(
        name="prices",
        means="the fair value of a security on a day",
        key=("security", "date"),
        fields=(
            SECURITY,
            DATE,
            field_of("price", Kind.PRICE, "per hundred of par, or per share", needed=True),
            text_of("from", "who gave it"),
        ),
    ),
    TableKind(
        name="exchange_rates",
        means="what a currency was worth on a day",
        key=("currency", "date"),
        fields=(
            letters_of("currency", 3, "three letters"),
            DATE,
            field_of("rate", Kind.EXCHANGE, "dollars for one unit", needed=True),
        ),
    ),
)
