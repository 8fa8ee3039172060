"""The tables a company keeps of its investments: every column, what it holds, whether it is needed.

Declared once: intake, checks, documents and the golden companies all read these. A table may come as
CSV, Parquet or a sheet of a workbook; nothing is guessed, whatever the kind of file.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

BLANK = -(2**63)
"""A number or date that was left blank; as a date, NumPy's own not-a-time."""


class Kind(StrEnum):
    """How a field is written, and what it becomes: text, or whole numbers of a unit."""

    ID = "id"
    """A name of ours or the world's, kept to the letter: `00206R102`, `88160E100`, `L-17`."""
    TEXT = "text"
    CHOICE = "choice"
    """One of a few words; kept as the place of the word among them."""
    YES_NO = "yes no"
    DATE = "date"
    """2012-12-31; kept as days since 1 January 1970."""
    MONEY = "money"
    """1234.56 or (1,234.56); kept in cents."""
    QUANTITY = "quantity"
    """Par in dollars or a number of shares, to six decimals; kept in millionths."""
    RATE = "rate"
    """Percent a year: 5.25; kept in thousand-millionths, so that 5.25 is 52,500,000."""
    PRICE = "price"
    """Per hundred of par, or per share, to eight decimals; kept in hundred-millionths."""
    SHARE = "share"
    """A fraction from 0 to 1, to twelve decimals; kept in million-millionths."""
    EXCHANGE = "exchange"
    """Dollars for one unit of a currency, to eight decimals; kept in hundred-millionths."""
    WHOLE = "whole"


SCALE = {
    Kind.MONEY: 2,
    Kind.QUANTITY: 6,
    Kind.RATE: 7,
    Kind.PRICE: 8,
    Kind.SHARE: 12,
    Kind.EXCHANGE: 8,
    Kind.WHOLE: 0,
}
"""Decimals that a written number may have; the whole number kept is that many places larger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a table."""

    name: str
    kind: Kind
    means: str
    needed: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    """What a blank stands for; empty where a blank is a blank."""
    names: str = ""
    """The table whose key it is."""

    def written(self, value: Any) -> str:  # noqa: ANN401  -- a whole number, or a word of Arrow
        """A value as a table writes it; nothing for a blank.

        >>> Field(name="cost", kind=Kind.MONEY, means="paid").written(-123450)
        '-1234.50'
        """
        if self.kind in {Kind.ID, Kind.TEXT}:
            return str(value)
        number = int(value)
        if number == BLANK:
            return ""
        if self.choices:
            return self.choices[number]
        if self.kind is Kind.DATE:
            return (date(1970, 1, 1) + timedelta(days=number)).isoformat()
        places = SCALE[self.kind]
        text = f"{Decimal(number).scaleb(-places):f}"
        if self.kind is Kind.MONEY or "." not in text:
            return text
        return text.rstrip("0").rstrip(".")

    among: tuple[int, ...] = ()
    """Of a whole number: the only ones that can stand."""
    letters: int = 0
    """Of a text: as many capital letters and no more, as in a country or currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKind:
    """A table of records: what a row is, its key, its columns."""

    name: str
    means: str
    key: tuple[str, ...]
    """Columns that tell rows apart; a second row of the same key corrects the first, or is a fault."""
    fields: tuple[Field, ...]
    is_control: bool = False
    """Whether it comes from outside, to be held against the others."""

    def field(self, name: str) -> Field:
        """A column by its name."""
        return next(field for field in self.fields if field.name == name)

    @property
    def amount(self) -> str:
        """The column by which a row weighs: the first amount that every row has; empty without one."""
        amounts = (field.name for field in self.fields if field.kind is Kind.MONEY and field.needed)
        return next(amounts, "")


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
TRADE_KINDS = (
    "sale",
    "maturity",
    "call",
    "paydown",
    "exchange",
    "transfer",
    "write_down",
)
RECEIPTS = ("interest", "dividend")
PROPERTIES = (
    "farm",
    "residential_insured",
    "residential_other",
    "commercial_insured",
    "commercial_other",
    "mezzanine",
)
STANDINGS = ("good", "restructured", "overdue", "foreclosure")
PAYMENTS = (
    "principal",
    "prepayment",
    "interest",
    "additional",
    "capitalized",
    "allowance",
    "write_down",
    "sale",
)
REAL_ESTATE_KINDS = (
    "addition",
    "depreciation",
    "impairment",
    "encumbrance",
    "exchange",
    "income",
    "expense",
    "appraisal",
    "sale",
)
OTHER_KINDS = (
    "addition",
    "unrealized",
    "amortization",
    "impairment",
    "capitalized",
    "exchange",
    "income",
    "valuation",
    "sale",
)
CONTRACTS = ("option", "cap", "floor", "collar", "swap", "forward", "future")
ACCOUNTINGS = ("fair", "hedge")
CONTRACT_KINDS = (
    "premium",
    "income",
    "valuation",
    "amortization",
    "adjustment",
    "margin",
    "settlement",
)
CASH_KINDS = ("deposit", "overdraft")
DEPOSIT_SIDES = ("all policyholders", "other")


def _id(name: str, means: str, names: str = "", *, needed: bool = True) -> Field:
    return Field(name=name, kind=Kind.ID, means=means, needed=needed, names=names)


def _text(name: str, means: str) -> Field:
    return Field(name=name, kind=Kind.TEXT, means=means)


def _one(name: str, choices: tuple[str, ...], means: str, default: str = "") -> Field:
    return Field(
        name=name,
        kind=Kind.CHOICE,
        means=means,
        needed=not default,
        choices=choices,
        default=default,
    )


def _yes(name: str, means: str, default: str = "no") -> Field:
    return Field(name=name, kind=Kind.YES_NO, means=means, choices=("no", "yes"), default=default)


def _of(name: str, kind: Kind, means: str, *, needed: bool = False, default: str = "") -> Field:
    return Field(name=name, kind=kind, means=means, needed=needed, default=default)


def _letters(name: str, count: int, means: str, default: str = "") -> Field:
    return Field(
        name=name,
        kind=Kind.TEXT,
        means=means,
        needed=not default,
        default=default,
        letters=count,
    )


def _among(name: str, among: tuple[int, ...], means: str, default: str = "") -> Field:
    return Field(
        name=name,
        kind=Kind.WHOLE,
        means=means,
        needed=not default,
        default=default,
        among=among,
    )


_DATE = _of("date", Kind.DATE, "the day it holds from, or happened", needed=True)
_AMOUNT = _of("amount", Kind.MONEY, "the amount", needed=True)
_ACCOUNT = _id("account", "the separate account", "accounts")
_SECURITY = _id("security", "the security", "securities")

TABLES: dict[str, TableKind] = {
    table.name: table
    for table in (
        TableKind(
            name="accounts",
            means="a separate account",
            key=("account",),
            fields=(
                _id("account", "its name among the records"),
                _text("name", "its name in print"),
                _one("basis", BASES, "how its assets are carried: book value or fair value"),
                _text("product", "the product it stands behind"),
                _text("line_of_business", "the line of business its result belongs to"),
                _yes("imr", "whether it needs an IMR; a book-value account does", "yes"),
            ),
        ),
        TableKind(
            name="securities",
            means="a bond, a preferred or a common stock, by its terms",
            key=("security",),
            fields=(
                _id("security", "CUSIP, private CUSIP, or the company's own number"),
                _text("description", "as printed in the schedules"),
                _one("kind", SECURITY_KINDS, "what it is"),
                _one("issuer", ISSUERS, "who issued it: the class it is printed under"),
                _one(
                    "structure", STRUCTURES, "issuer obligation or a kind of loan-backed", "issuer"
                ),
                _yes("tax_exempt", "whether its interest is free of U.S. tax"),
                _letters("country", 2, "two letters", "US"),
                _text("foreign", "the foreign code of the schedules"),
                _text("code", "the code of a restriction or pledge"),
                _text("characteristics", "the BOND CHAR code"),
                _letters("currency", 3, "three letters; amounts are in it", "USD"),
                _yes("public", "whether publicly placed, for Part 1A", "yes"),
                _among("level", (1, 2, 3), "its place in the fair value hierarchy: 1, 2 or 3", "2"),
                _one("coupon_type", COUPONS, "how its coupon behaves", "fixed"),
                _of("coupon", Kind.RATE, "percent a year; of a floater, at issue", default="0"),
                _among(
                    "frequency",
                    (1, 2, 4, 12),
                    "coupons a year: 1, 2, 4, 12; of a zero, compounding",
                    "2",
                ),
                _one("day_count", DAY_COUNTS, "how interest counts days", "30/360"),
                _of("dated", Kind.DATE, "where interest begins, if the first coupon is odd"),
                _of("first_coupon", Kind.DATE, "the first coupon's date, if odd"),
                _of("maturity", Kind.DATE, "stated maturity; blank of stock"),
                _yes("month_end", "whether coupons fall on the month's last day"),
                _text("when_paid", "as printed: JJ, MN, Mon"),
                _yes("redeemable", "of a preferred: whether it must be redeemed"),
                _of("par_per_share", Kind.PRICE, "of a preferred"),
                _one("estimates", ESTIMATES, "how new prepayment estimates are taken up", "none"),
                _text("lei", "the issuer's legal entity identifier"),
            ),
        ),
        TableKind(
            name="calls",
            means="a date from which the issuer may call, and at what price",
            key=("security", "date"),
            fields=(
                _SECURITY,
                _DATE,
                _of("price", Kind.PRICE, "per hundred of par", needed=True),
                _yes(
                    "make_whole",
                    "whether the price makes the holder whole; such calls do not count",
                ),
                _yes("any_day", "whether it stays open until the next"),
            ),
        ),
        TableKind(
            name="coupons",
            means="a new coupon rate: a step known at issue, or a reset of a floater",
            key=("security", "date"),
            fields=(
                _SECURITY,
                _DATE,
                _of("rate", Kind.RATE, "percent a year from that day", needed=True),
            ),
        ),
        TableKind(
            name="repayments",
            means="par repaid before maturity, by contract or as expected on a day",
            key=("security", "as_of", "date"),
            fields=(
                _SECURITY,
                _DATE,
                _of("share", Kind.SHARE, "of the original par", needed=True),
                _of("as_of", Kind.DATE, "the day of the estimate; blank: at issue"),
            ),
        ),
        TableKind(
            name="designations",
            means="the NAIC designation of a security from a day on",
            key=("security", "date"),
            fields=(
                _SECURITY,
                _DATE,
                _among("designation", (1, 2, 3, 4, 5, 6), "1 to 6"),
                _text("symbol", "FE, Z, AM ..."),
            ),
        ),
        TableKind(
            name="prices",
            means="the fair value of a security on a day",
            key=("security", "date"),
            fields=(
                _SECURITY,
                _DATE,
                _of("price", Kind.PRICE, "per hundred of par, or per share", needed=True),
                _text("from", "who gave it"),
            ),
        ),
        TableKind(
            name="exchange_rates",
            means="what a currency was worth on a day",
            key=("currency", "date"),
            fields=(
                _letters("currency", 3, "three letters"),
                _DATE,
                _of("rate", Kind.EXCHANGE, "dollars for one unit", needed=True),
            ),
        ),
        TableKind(
            name="lots",
            means="a purchase",
            key=("lot",),
            fields=(
                _id("lot", "its name, never used again"),
                _ACCOUNT,
                _SECURITY,
                _of("traded", Kind.DATE, "the day it was bought", needed=True),
                _of("settled", Kind.DATE, "the day it was paid; blank: the day it was bought"),
                _text("vendor", "from whom"),
                _of("quantity", Kind.QUANTITY, "par still owed, or shares", needed=True),
                _of(
                    "cost",
                    Kind.MONEY,
                    "without accrued interest, in the security's currency",
                    needed=True,
                ),
                _of("accrued", Kind.MONEY, "interest or dividends paid for", default="0"),
            ),
        ),
        TableKind(
            name="trades",
            means="what happened to a lot: how it left, whole or in part, or was written down",
            key=("trade",),
            fields=(
                _id("trade", "its name"),
                _one("kind", TRADE_KINDS, "what happened"),
                _id(
                    "lot", "the lot; blank: relieved by the company's policy", "lots", needed=False
                ),
                _ACCOUNT,
                _SECURITY,
                _of("traded", Kind.DATE, "the day", needed=True),
                _of("settled", Kind.DATE, "the day of payment; blank: the same"),
                _of("quantity", Kind.QUANTITY, "par or shares that leave; blank of a write-down"),
                _of(
                    "amount",
                    Kind.MONEY,
                    "consideration without accrued interest; or the write-down",
                    needed=True,
                ),
                _of("accrued", Kind.MONEY, "interest received with it", default="0"),
                _text("purchaser", "to whom"),
                _yes("credit", "whether a credit event predominates in the gain"),
            ),
        ),
        TableKind(
            name="income",
            means="interest or a dividend received, or declared and still due",
            key=("receipt",),
            fields=(
                _id("receipt", "its name"),
                _one("kind", RECEIPTS, "what it is"),
                _ACCOUNT,
                _SECURITY,
                _id(
                    "lot",
                    "the lot; blank: shared over the account's lots by quantity",
                    "lots",
                    needed=False,
                ),
                _of("declared", Kind.DATE, "of a dividend: from when it is due"),
                _of("date", Kind.DATE, "the day it was received; blank: not yet"),
                _AMOUNT,
            ),
        ),
        TableKind(
            name="mortgages",
            means="a mortgage loan",
            key=("loan",),
            fields=(
                _id("loan", "the loan's number"),
                _ACCOUNT,
                _text("code", "the code of the schedules"),
                _text("city", "of the property"),
                _text("state", "of the property"),
                _text("loan_type", "of a loan to a subsidiary, affiliate, officer or director"),
                _one("property", PROPERTIES, "its class"),
                _of("funded", Kind.DATE, "the day it was made or bought", needed=True),
                _of("rate", Kind.RATE, "percent a year, paid monthly", needed=True),
                _of("maturity", Kind.DATE, "the last payment", needed=True),
                _of("principal", Kind.MONEY, "owed when it was made or bought", needed=True),
                _of("cost", Kind.MONEY, "paid for it", needed=True),
                _of("accrued", Kind.MONEY, "interest paid for", default="0"),
                _of("land", Kind.MONEY, "value of land and buildings"),
                _of("appraised", Kind.DATE, "the last appraisal"),
            ),
        ),
        TableKind(
            name="loan_standing",
            means="how a loan stands from a day on; good until the first row",
            key=("loan", "date"),
            fields=(
                _id("loan", "the loan", "mortgages"),
                _DATE,
                _one("standing", STANDINGS, "how it stands"),
            ),
        ),
        TableKind(
            name="loan_payments",
            means="what was paid on a loan or happened to it",
            key=("payment",),
            fields=(
                _id("payment", "its name"),
                _id("loan", "the loan", "mortgages"),
                _DATE,
                _one("kind", PAYMENTS, "what it is; a sale closes the loan"),
                _AMOUNT,
                _of("accrued", Kind.MONEY, "interest received with a sale", default="0"),
            ),
        ),
        TableKind(
            name="real_estate",
            means="a property owned",
            key=("property",),
            fields=(
                _id("property", "its name"),
                _ACCOUNT,
                _text("description", "as printed"),
                _text("code", "the code of the schedules"),
                _text("city", "where it is"),
                _text("state", "where it is"),
                _of("acquired", Kind.DATE, "the day", needed=True),
                _text("vendor", "from whom"),
                _of("cost", Kind.MONEY, "paid for it", needed=True),
                _of("encumbrances", Kind.MONEY, "taken over with it", default="0"),
            ),
        ),
        TableKind(
            name="real_estate_activity",
            means="what happened to a property",
            key=("entry",),
            fields=(
                _id("entry", "its name"),
                _id("property", "the property", "real_estate"),
                _DATE,
                _one("kind", REAL_ESTATE_KINDS, "what it is; an appraisal gives the fair value"),
                _AMOUNT,
                _text("party", "the purchaser, of a sale"),
            ),
        ),
        TableKind(
            name="other_invested",
            means="a holding of Schedule BA",
            key=("holding",),
            fields=(
                _id("holding", "its name"),
                _ACCOUNT,
                _text("cusip", "its CUSIP, if any"),
                _text("name", "as printed"),
                _text("code", "the code of the schedules"),
                _text("city", "where it is"),
                _text("state", "where it is"),
                _text("vendor", "the general partner"),
                _text("designation", "of a debt instrument"),
                _text("strategy", "type and strategy"),
                _of("acquired", Kind.DATE, "the day", needed=True),
                _of("cost", Kind.MONEY, "paid for it", needed=True),
                _of("encumbrances", Kind.MONEY, "taken over with it", default="0"),
                _of("commitment", Kind.MONEY, "still to be paid", default="0"),
                _of("ownership", Kind.SHARE, "the share owned", default="0"),
                _yes("affiliated", "whether of an affiliate"),
            ),
        ),
        TableKind(
            name="other_invested_activity",
            means="what happened to a holding",
            key=("entry",),
            fields=(
                _id("entry", "its name"),
                _id("holding", "the holding", "other_invested"),
                _DATE,
                _one(
                    "kind",
                    OTHER_KINDS,
                    "what it is; a valuation gives the fair value, a sale closes it",
                ),
                _AMOUNT,
                _text("party", "the purchaser, of a sale"),
            ),
        ),
        TableKind(
            name="derivatives",
            means="a contract",
            key=("contract",),
            fields=(
                _id("contract", "its name"),
                _ACCOUNT,
                _one("type", CONTRACTS, "what it is"),
                _text("description", "as printed"),
                _text("hedged", "what it hedges"),
                _text("exhibit", "the schedule or exhibit of the hedged item"),
                _text("risk", "the type of risk"),
                _text("counterparty", "or the exchange"),
                _yes("master", "whether under a master agreement"),
                _yes("support", "whether under a credit support annex"),
                _of("collateral", Kind.MONEY, "fair value of acceptable collateral", default="0"),
                _yes("exchange_traded", "whether traded on an exchange"),
                _among("quality", (1, 2, 3, 4, 5, 6), "NAIC designation of the counterparty", "1"),
                _of("traded", Kind.DATE, "the day", needed=True),
                _of("matures", Kind.DATE, "maturity or expiration"),
                _of("contracts", Kind.QUANTITY, "how many", default="1"),
                _of("notional", Kind.MONEY, "notional amount", default="0"),
                _text("strike", "strike price, rate or index"),
                _one("accounting", ACCOUNTINGS, "at fair value, or like what it hedges", "fair"),
                _of("exposure", Kind.MONEY, "potential exposure", default="0"),
            ),
        ),
        TableKind(
            name="derivative_activity",
            means="what happened to a contract",
            key=("entry",),
            fields=(
                _id("entry", "its name"),
                _id("contract", "the contract", "derivatives"),
                _DATE,
                _one(
                    "kind",
                    CONTRACT_KINDS,
                    "what it is; premium paid is more than nought, a valuation gives the fair value, "
                    "a settlement what was received when it ended",
                ),
                _AMOUNT,
            ),
        ),
        TableKind(
            name="cash",
            means="a depository's balance at a month's end",
            key=("account", "depository", "date"),
            fields=(
                _ACCOUNT,
                _id("depository", "the bank"),
                _DATE,
                _one("kind", CASH_KINDS, "a deposit, or a bank's advance", "deposit"),
                _text("code", "the code of the schedules"),
                _of("rate", Kind.RATE, "percent a year", default="0"),
                _of("balance", Kind.MONEY, "an overdraft is less than nought", needed=True),
                _of("received", Kind.MONEY, "interest received in the month", default="0"),
                _of("accrued", Kind.MONEY, "interest due at the month's end", default="0"),
            ),
        ),
        TableKind(
            name="collateral",
            means="an asset that lending collateral is invested in, at the year's end",
            key=("account", "security", "date"),
            fields=(
                _ACCOUNT,
                _id("security", "CUSIP or number"),
                _DATE,
                _text("description", "as printed"),
                _text("code", "the code of the schedules"),
                _text("designation", "and symbol"),
                _of("fair_value", Kind.MONEY, "its fair value", needed=True),
                _of("book_value", Kind.MONEY, "its carrying value", needed=True),
                _of("maturity", Kind.DATE, "its maturity"),
                _yes("off_balance", "whether it stands off the balance sheet: Part 2"),
            ),
        ),
        TableKind(
            name="deposits",
            means="a security deposited with a state, at the year's end",
            key=("state", "security", "date"),
            fields=(
                _letters("state", 2, "two letters"),
                _id("security", "what is deposited"),
                _DATE,
                _text("type", "B for bonds, C for cash ..."),
                _text("purpose", "of the deposit"),
                _one("side", DEPOSIT_SIDES, "for whom", "all policyholders"),
                _of("book_value", Kind.MONEY, "its carrying value", needed=True),
                _of("fair_value", Kind.MONEY, "its fair value", needed=True),
            ),
        ),
        TableKind(
            name="affiliates",
            means="the valuation of shares of a subsidiary or affiliate, at the year's end",
            key=("security", "date"),
            fields=(
                _SECURITY,
                _DATE,
                _text("name", "of the company"),
                _text("naic", "its company code"),
                _text("method", "the valuation method's code"),
                _yes("intangible", "whether its carrying value holds intangible assets"),
                _of("intangibles", Kind.MONEY, "their amount", default="0"),
                _of("nonadmitted", Kind.MONEY, "the amount not admitted", default="0"),
                _of("ownership", Kind.SHARE, "of outstanding shares", default="0"),
            ),
        ),
        TableKind(
            name="custodian",
            means="what the custodian holds for an account",
            key=("account", "security", "date"),
            is_control=True,
            fields=(
                _ACCOUNT,
                _SECURITY,
                _DATE,
                _of("quantity", Kind.QUANTITY, "par or shares", needed=True),
            ),
        ),
        TableKind(
            name="bank",
            means="what a bank says it holds",
            key=("account", "depository", "date"),
            is_control=True,
            fields=(
                _ACCOUNT,
                _id("depository", "the bank"),
                _DATE,
                _of("balance", Kind.MONEY, "its balance", needed=True),
            ),
        ),
        TableKind(
            name="funds",
            means="the total fair value of an account's securities, by its administrator",
            key=("account", "date"),
            is_control=True,
            fields=(_ACCOUNT, _DATE, _of("fair_value", Kind.MONEY, "in dollars", needed=True)),
        ),
    )
}
"""Every table by name, in the order of the documents."""
