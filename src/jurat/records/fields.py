"""How a column of a table is written, and what it becomes: kinds of fields, and their short forms."""

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


# -- short forms ----------------------------------------------------------------------


def id_of(name: str, means: str, names: str = "", *, needed: bool = True) -> Field:
    """A name of ours or of the world, or the key of another table."""
    return Field(name=name, kind=Kind.ID, means=means, needed=needed, names=names)


def text_of(name: str, means: str) -> Field:
    """Words."""
    return Field(name=name, kind=Kind.TEXT, means=means)


def choice_of(name: str, choices: tuple[str, ...], means: str, default: str = "") -> Field:
    """One of a few words; needed where there is no default."""
    return Field(
        name=name,
        kind=Kind.CHOICE,
        means=means,
        needed=not default,
        choices=choices,
        default=default,
    )


def yes_no_of(name: str, means: str, default: str = "no") -> Field:
    """Yes or no."""
    return Field(name=name, kind=Kind.YES_NO, means=means, choices=("no", "yes"), default=default)


def field_of(
    name: str, kind: Kind, means: str, *, needed: bool = False, default: str = ""
) -> Field:
    """A field of a kind."""
    return Field(name=name, kind=kind, means=means, needed=needed, default=default)


def letters_of(name: str, count: int, means: str, default: str = "") -> Field:
    """So many capital letters."""
    return Field(
        name=name,
        kind=Kind.TEXT,
        means=means,
        needed=not default,
        default=default,
        letters=count,
    )


def whole_of(name: str, among: tuple[int, ...], means: str, default: str = "") -> Field:
    """One of a few whole numbers."""
    return Field(
        name=name,
        kind=Kind.WHOLE,
        means=means,
        needed=not default,
        default=default,
        among=among,
    )


DATE = field_of("date", Kind.DATE, "the day it holds from, or happened", needed=True)
AMOUNT = field_of("amount", Kind.MONEY, "the amount", needed=True)
ACCOUNT = id_of("account", "the separate account", "accounts")
SECURITY = id_of("security", "the security", "securities")
