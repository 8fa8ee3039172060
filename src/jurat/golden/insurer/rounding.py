"""Whole cents, and the amounts that no one should be asked to round.

Which way an amount goes that lies within a thousandth of a cent of a half cent is decided by the last
digit of whatever arithmetic was used, not by accounting. So whoever meets one draws the lot again,
and no answer of a golden company is so near a half.
"""

from decimal import ROUND_HALF_UP, Context, Decimal

EXACT = Context(prec=40)
"""Digits enough that no sum of payments loses what a cent could show."""

_NEAR = Decimal("0.499")
"""Farther from its whole than this, an amount is too near a half."""


class DrawAgain(Exception):  # noqa: N818 - no error: the lot is drawn again
    """An answer lies too near a half cent, or two dates give the same yield."""


def cents(amount: Decimal) -> int:
    """The nearest whole cents.

    Raises  DrawAgain within a thousandth of a half cent.

    >>> cents(Decimal("98350180.555"))
    98350181
    """
    whole = amount.to_integral_value(ROUND_HALF_UP)
    if abs(amount - whole) > _NEAR:
        raise DrawAgain
    return int(whole)


def part(amount: int, of: int, whole: int) -> int:
    """An amount's part for some of a quantity.

    Raises  DrawAgain within a thousandth of a half cent.

    >>> part(10000, 1, 3)
    3333
    """
    return amount if of == whole else cents(Decimal(amount * of) / whole)


def shared(amount: int, span: tuple[int, int], whole: int) -> int:
    """A portion's part of an amount: by differences, so that portions add to it.

    >>> [shared(10000, (3, 2), 3), shared(10000, (2, 1), 3), shared(10000, (1, 0), 3)]
    [3333, 3334, 3333]
    """
    before, after = span
    return part(amount, before, whole) - part(amount, after, whole)
