"""Amounts with cents as people write them, and the one place where cents become dollars."""

import re

from jurat.money.figures import round_half_away

EXACT = 1_000_000
"""Exact money counts millionths of a dollar: an amount of cents times a printed factor has no more."""

_AMOUNT = re.compile(r"(\()?(-)?\$?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,2}))?(\))?")
LARGEST = 10**12
"""Dollars. Sums of sums of more would not fit the engine's integers."""


def parse_amount(text: str) -> int:
    """An amount of dollars and cents; parentheses or a minus sign mean less than zero.

    Units   millionths of a dollar (`EXACT` to the dollar).
    Raises  ValueError when the text is not one amount, or beyond a million million dollars.

    >>> parse_amount("(1,234.5)") == -1234_500000
    True
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or bool(match[1]) != bool(match[5]) or (match[1] and match[2]):
        raise ValueError(f"{text!r} is not an amount")
    cents = int(match[3].replace(",", "")) * 100 + int((match[4] or "").ljust(2, "0"))
    if cents > LARGEST * 100:
        raise ValueError(f"{text!r} is beyond a million million dollars")
    return (-cents if match[1] or match[2] else cents) * (EXACT // 100)


def to_dollars(exact: int) -> int:
    """The nearest whole dollar, halves away from zero: the one place where cents are dropped.

    Units   millionths of a dollar in, dollars out.

    >>> to_dollars(1_499999), to_dollars(-2_500000)
    (1, -3)
    """
    return round_half_away(exact, EXACT)


def format_exact(exact: int) -> str:
    """An exact amount in dollars and as many decimals as it has, two at least.

    >>> format_exact(-1234_500000), format_exact(1_230400)
    ('(1,234.50)', '1.2304')
    """
    whole, part = divmod(abs(exact), EXACT)
    decimals = f"{part:06d}".rstrip("0").ljust(2, "0")
    printed = f"{whole:,}.{decimals}"
    return f"({printed})" if exact < 0 else printed
