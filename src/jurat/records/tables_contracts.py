"""Derivatives, cash, collateral, deposits and affiliates."""

from jurat.records.fields import (
    ACCOUNT,
    AMOUNT,
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

CONTRACTS_AND_CASH: tuple[TableKind, ...] = (
    TableKind(
        name="derivatives",
        means="a contract",
        key=("contract",),
        fields=(
            id_of("contract", "its name"),
            ACCOUNT,
            choice_of("type", CONTRACTS, "what it is"),
            text_of("description", "as printed"),
            text_of("hedged", "what it hedges"),
            text_of("exhibit", "the schedule or exhibit of the hedged item"),
            text_of("risk", "the type of risk"),
            text_of("counterparty", "or the exchange"),
            yes_no_of("master", "whether under a master agreement"),
            yes_no_of("support", "whether under a credit support annex"),
            field_of("collateral", Kind.MONEY, "fair value of acceptable collateral", default="0"),
            yes_no_of("exchange_traded", "whether traded on an exchange"),
            whole_of("quality", (1, 2, 3, 4, 5, 6), "NAIC designation of the counterparty", "1"),
            field_of("traded", Kind.DATE, "the day", needed=True),
            field_of("matures", Kind.DATE, "maturity or expiration"),
            field_of("contracts", Kind.QUANTITY, "how many", default="1"),
            field_of("notional", Kind.MONEY, "notional amount", default="0"),
            text_of("strike", "strike price, rate or index"),
            choice_of("accounting", ACCOUNTINGS, "at fair value, or like what it hedges", "fair"),
            field_of("exposure", Kind.MONEY, "potential exposure", default="0"),
        ),
    ),
    TableKind(
        name="derivative_activity",
        means="what happened to a contract",
        key=("entry",),
        fields=(
            id_of("entry", "its name"),
            id_of("contract", "the contract", "derivatives"),
            DATE,
            choice_of(
                "kind",
                CONTRACT_KINDS,
                "what it is; premium paid is more than nought, a valuation gives the fair value, "
                "a settlement what was received when it ended",
            ),
            AMOUNT,
        ),
    ),
    TableKind(
        name="cash",
        means="a depository's balance at a month's end",
        key=("account", "depository", "date"),
        fields=(
            ACCOUNT,
            id_of("depository", "the bank"),
            DATE,
            choice_of("kind", CASH_KINDS, "a deposit, or a bank's advance", "deposit"),
            text_of("code", "the code of the schedules"),
            field_of("rate", Kind.RATE, "percent a year", default="0"),
            field_of("balance", Kind.MONEY, "an overdraft is less than nought", needed=True),
            field_of("received", Kind.MONEY, "interest received in the month", default="0"),
            field_of("accrued", Kind.MONEY, "interest due at the month's end", default="0"),
        ),
    ),
    TableKind(
        name="collateral",
        means="an asset that lending collateral is invested in, at the year's end",
        key=("account", "security", "date"),
        fields=(
            ACCOUNT,
            id_of("security", "CUSIP or number"),
            DATE,
            text_of("description", "as printed"),
            text_of("code", "the code of the schedules"),
            text_of("designation", "and symbol"),
            field_of("fair_value", Kind.MONEY, "its fair value", needed=True),
            field_of("book_value", Kind.MONEY, "its carrying value", needed=True),
            field_of("maturity", Kind.DATE, "its maturity"),
            yes_no_of("off_balance", "whether it stands off the balance sheet: Part 2"),
        ),
    ),
    TableKind(
        name="deposits",
        means="a security deposited with a state, at the year's end",
        key=("state", "security", "date"),
        fields=(
            letters_of("state", 2, "two letters"),
            id_of("security", "what is deposited"),
            DATE,
            text_of("type", "B for bonds, C for cash ..."),
            text_of("purpose", "of the deposit"),
            choice_of("side", DEPOSIT_SIDES, "for whom", "all policyholders"),
            field_of("book_value", Kind.MONEY, "its carrying value", needed=True),
            field_of("fair_value", Kind.MONEY, "its fair value", needed=True),
        ),
    ),
    TableKind(
        name="affiliates",
        means="the valuation of shares of a subsidiary or affiliate, at the year's end",
        key=("security", "date"),
        fields=(
            SECURITY,
            DATE,
            text_of("name", "of the company"),
            text_of("naic", "its company code"),
            text_of("method", "the valuation method's code"),
            yes_no_of("intangible", "whether its carrying value holds intangible assets"),
            field_of("intangibles", Kind.MONEY, "their amount", default="0"),
            field_of("nonadmitted", Kind.MONEY, "the amount not admitted", default="0"),
            field_of("ownership", Kind.SHARE, "of outstanding shares", default="0"),
        ),
    ),
)
