"""Lots: what was bought, what befell it, what it brought."""

from jurat.records.fields import (
    ACCOUNT,
    AMOUNT,
    SECURITY,
    Kind,
    TableKind,
    choice_of,
    field_of,
    id_of,
    text_of,
    yes_no_of,
)

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

LOTS: tuple[TableKind, ...] = (
    TableKind(
        name="lots",
        means="a purchase",
        key=("lot",),
        fields=(
            id_of("lot", "its name, never used again"),
            ACCOUNT,
            SECURITY,
            field_of("traded", Kind.DATE, "the day it was bought", needed=True),
            field_of("settled", Kind.DATE, "the day it was paid; blank: the day it was bought"),
            text_of("vendor", "from whom"),
            field_of("quantity", Kind.QUANTITY, "par still owed, or shares", needed=True),
            field_of(
                "cost",
                Kind.MONEY,
                "without accrued interest, in the security's currency",
                needed=True,
            ),
            field_of("accrued", Kind.MONEY, "interest or dividends paid for", default="0"),
        ),
    ),
    TableKind(
        name="trades",
        means="what happened to a lot: how it left, whole or in part, or was written down",
        key=("trade",),
        fields=(
            id_of("trade", "its name"),
            choice_of("kind", TRADE_KINDS, "what happened"),
            id_of("lot", "the lot; blank: relieved by the company's policy", "lots", needed=False),
            ACCOUNT,
            SECURITY,
            field_of("traded", Kind.DATE, "the day", needed=True),
            field_of("settled", Kind.DATE, "the day of payment; blank: the same"),
            field_of("quantity", Kind.QUANTITY, "par or shares that leave; blank of a write-down"),
            field_of(
                "amount",
                Kind.MONEY,
                "consideration without accrued interest; or the write-down",
                needed=True,
            ),
            field_of("accrued", Kind.MONEY, "interest received with it", default="0"),
            text_of("purchaser", "to whom"),
            yes_no_of("credit", "whether a credit event predominates in the gain"),
        ),
    ),
    TableKind(
        name="income",
        means="interest or a dividend received, or declared and still due",
        key=("receipt",),
        fields=(
            id_of("receipt", "its name"),
            choice_of("kind", RECEIPTS, "what it is"),
            ACCOUNT,
            SECURITY,
            id_of(
                "lot",
                "the lot; blank: shared over the account's lots by quantity",
                "lots",
                needed=False,
            ),
            field_of("declared", Kind.DATE, "of a dividend: from when it is due"),
            field_of("date", Kind.DATE, "the day it was received; blank: not yet"),
            AMOUNT,
        ),
    ),
)
