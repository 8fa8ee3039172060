"""Shares of amounts in whole cents, exact for any size that money has.

A float finds the quotient to within one, and the remainder, taken in whole numbers that wrap, says
what is missing: it is small, so that wrapping does not touch it.
"""

import numpy as np

from jurat.valuation.calendar import Whole

_MARKET = 10**14
"""A price has eight decimals and is per hundred of par, a quantity six: over this, cents."""

_SHARES = 10**12
"""The same for a price a share."""


def proportion(amount: Whole, part: Whole, whole: Whole) -> Whole:
    """The share of an amount that a part has of the whole; the nearest, halves away from zero.

    Units   of the amount. Nought where the whole is nought.
    Shape   as the columns, which broadcast.

    A third, and half, of 100.01:

    >>> proportion(np.array([10001, 10001]), np.array([1, 1]), np.array([3, 2])).tolist()
    [3334, 5001]
    """
    base = np.maximum(np.asarray(whole, dtype=np.int64), 1)
    size = np.abs(np.asarray(amount, dtype=np.int64))
    with np.errstate(over="ignore"):  # the products wrap; their difference is true
        near = np.floor(size.astype(np.float64) * part / base).astype(np.int64)
        left = size * part - near * base
    near = near + np.floor_divide(left, base)
    left = left - np.floor_divide(left, base) * base
    near = near + (2 * left >= base)
    return np.asarray(np.sign(amount) * near * (np.asarray(whole) > 0))


def market_value(quantity: Whole, price: Whole, *, is_stock: bool) -> Whole:
    """What a quantity is worth at a price.

    Units   cents; quantity in millionths, price in hundred-millionths, per hundred of par or a share.

    25,000.00 of par at 101.5:

    >>> market_value(np.array([25_000_000_000]), np.array([10_150_000_000]), is_stock=False).tolist()
    [2537500]
    """
    return proportion(price, quantity, np.asarray(_SHARES if is_stock else _MARKET))
