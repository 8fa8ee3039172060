"""Printed figures as integers: dollars, ten-thousandths of a factor, tenths of a percent."""

import re
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds."""

    MONEY = "money"
    FACTOR = "factor"
    PERCENT = "percent"
    YES_NO = "yes no"
    YES_NO_NA = "yes no n/a"
    RATE = "rate"
    PRICE = "price"
    QUANTITY = "quantity"
    TEXT = "text"
    DATE = "date"
    CODE = "code"

    @property
    def is_figure(self) -> bool:
        """Whether the cell holds a number that rules can add."""
        return self in _FIGURES

    @property
    def is_box(self) -> bool:
        """Whether the cell is a row of boxes to tick."""
        return self in (Kind.YES_NO, Kind.YES_NO_NA)

    @property
    def decimals(self) -> int:
        """How many decimals the form prints."""
        return _DECIMALS.get(self, 0)


_FIGURES = frozenset({Kind.MONEY, Kind.FACTOR, Kind.PERCENT})
_DECIMALS = {Kind.FACTOR: 4, Kind.PERCENT: 1, Kind.RATE: 3, Kind.PRICE: 4, Kind.QUANTITY: 3}
_FIGURE = re.compile(r"(\()?\s*(-)?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(\.[0-9]+)?\s*(\))?(%)?")


def parse_figure(text: str, kind: Kind = Kind.MONEY) -> int:
    """The integer behind a printed figure; parentheses or a minus sign mean less than zero.

    Units   dollars for money, ten-thousandths for a factor, tenths for a percent.
    Raises  ValueError when the text is not one well-formed figure of that kind.

    >>> parse_figure("(1,964,949)"), parse_figure("0.0063", Kind.FACTOR)
    (-1964949, 63)
    """
    match = _FIGURE.fullmatch(text.strip())
    if match is None or not (match[3] or match[4]) or bool(match[1]) != bool(match[5]):
        raise ValueError(f"not a figure: {text!r}")
    if match[6] and kind is not Kind.PERCENT:
        raise ValueError(f"{text!r} is a percentage, not a figure of {kind}")
    decimals = (match[4] or ".")[1:]
    if len(decimals) > kind.decimals:
        raise ValueError(f"{text!r} has more decimals than a {kind} prints")
    whole = (match[3] or "0").replace(",", "") + decimals.ljust(kind.decimals, "0")
    return -int(whole) if match[1] or match[2] else int(whole)


def format_figure(value: int, kind: Kind = Kind.MONEY) -> str:
    """The figure as the form prints it: commas, parentheses for less than zero.

    >>> format_figure(-1964949), format_figure(63, Kind.FACTOR), format_figure(246, Kind.PERCENT)
    ('(1,964,949)', '0.0063', '24.6')
    """
    scale = 10**kind.decimals
    whole, part = divmod(abs(value), scale)
    printed = f"{whole:,}" + (f".{part:0{kind.decimals}d}" if kind.decimals else "")
    return f"({printed})" if value < 0 else printed


def round_half_away(numerator: int, denominator: int) -> int:
    """The nearest whole number to a fraction, halves away from zero.

    >>> round_half_away(5, 2), round_half_away(-5, 2), round_half_away(7, 3)
    (3, -3, 2)
    """
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    numerator, denominator = abs(numerator), abs(denominator)
    return sign * ((2 * numerator + denominator) // (2 * denominator))


def ratio_in_tenths(part: int, whole: int) -> int:
    """A part of a whole in tenths of a percent; zero where the whole is zero.

    >>> ratio_in_tenths(1013080587, 4110990671)
    246
    """
    return round_half_away(1000 * part, whole) if whole else 0
