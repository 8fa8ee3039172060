"""The cells of rows as printed: columns of whole numbers and Arrow text become words, slice by slice."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from jurat.money import Kind
from jurat.records.table import BLANK, Column, Whole
from jurat.records.tables import SCALE
from jurat.records.tables import Kind as Kept

CENTS = 100
_KEPT = {Kind.RATE: Kept.RATE, Kind.PRICE: Kept.PRICE, Kind.QUANTITY: Kept.QUANTITY}


def dollars_of(cents: Whole) -> Whole:
    """The nearest whole dollars, halves away from zero: each amount is rounded once.

    >>> dollars_of(np.array([149, 150, -150])).tolist()
    [1, 2, -2]
    """
    return shortened(cents, CENTS)


def shortened(values: Whole, divisor: int) -> Whole:
    """Values in a unit so many times larger, to the nearest, halves away from zero."""
    halves: Whole = (2 * np.abs(values) + divisor) // (2 * divisor)
    return np.where(values < 0, -halves, halves)


def spelled(column: Column, kind: Kind) -> list[str]:
    """A slice of a column as it is printed; a blank is nothing.

    Units   money in cents is printed in dollars; rates with three decimals, prices with four,
            quantities with up to three; dates as month, day and year.
    """
    if kind.is_figure or kind in _KEPT or kind is Kind.DATE:
        return _known(column, _SPELLINGS[kind])
    return [" ".join((text or "").split()) for text in column.to_pylist()]


def _known(values: Whole, spell: Callable[[Whole], list[str]]) -> list[str]:
    """What is not blank spelled; blanks as nothing."""
    blank = values == BLANK
    if not blank.any():
        return spell(values)
    words = spell(np.where(blank, 0, values))
    return ["" if is_blank else word for is_blank, word in zip(blank.tolist(), words, strict=True)]


def _money(cents: Whole) -> list[str]:
    return [f"({-n:,})" if n < 0 else f"{n:,}" for n in dollars_of(cents).tolist()]


def _decimals(kind: Kind) -> Callable[[Whole], list[str]]:
    places = kind.decimals
    divisor, scale = 10 ** (SCALE[_KEPT[kind]] - places), 10**places

    def spell(values: Whole) -> list[str]:
        words = []
        for n in shortened(values, divisor).tolist():
            whole, part = divmod(abs(n), scale)
            word = f"{whole:,}.{part:0{places}d}"
            words.append(f"({word})" if n < 0 else word)
        return words

    return spell


def _quantities(values: Whole) -> list[str]:
    return [
        f"{word[:-1].rstrip('0').rstrip('.')})"
        if word.endswith(")")
        else word.rstrip("0").rstrip(".")
        for word in _decimals(Kind.QUANTITY)(values)
    ]


def _dates(days: Whole) -> list[str]:
    iso: npt.NDArray[np.str_] = np.datetime_as_string(days.astype("datetime64[D]"))
    return [f"{day[-5:-3]}/{day[-2:]}/{day[:-6]}" for day in iso.tolist()]


_SPELLINGS: dict[Kind, Callable[[Whole], list[str]]] = {
    Kind.MONEY: _money,
    Kind.RATE: _decimals(Kind.RATE),
    Kind.PRICE: _decimals(Kind.PRICE),
    Kind.QUANTITY: _quantities,
    Kind.DATE: _dates,
}
