"""A column as written becomes a column of whole numbers or text: all rows at once, nothing guessed.

Good rows are never looked at one by one. Numbers go from text to whole numbers through decimals,
never through floats.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jurat.records.table import Column, Texts, Whole
from jurat.records.tables import BLANK, SCALE, Field, Kind
from jurat.records.written import CONTROL, LARGEST, LEAST, LONGEST_ID, LONGEST_TEXT, YEARS

Mask = npt.NDArray[np.bool_]
Typed = tuple[Column, Mask]
"""The column, and of each row whether it is good; a row that is not holds nothing of meaning."""

_WORDS = (Kind.ID, Kind.TEXT)
_DIGITS = 13
"""Before the point of a number: a million million has as many."""
_GENERAL = (
    r"^(?:\([^()]*\)|[^()]*)$",
    r"^[(-]?\$?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?\)?$",
)
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def typed(field: Field, column: Texts) -> Typed:
    """A column of a file, as text or as the file's own type, in the unit of the field.

    The kinds of types a file may have are `refused`'s to say.
    """
    if pa.types.is_dictionary(column.type):
        return _of_places(field, column)
    if pa.types.is_string(column.type):
        return _of_text(field, _trimmed(column))
    return _of_values(field, column)


def _of_places(field: Field, column: Texts) -> Typed:
    """A column that holds each value once, with the rows that have it: each value is looked at once."""
    values, good = typed(
        field, pa.concat_arrays([column.dictionary, pa.nulls(1, column.dictionary.type)])
    )
    if not isinstance(values, np.ndarray) and not good.all():
        # A long text that cannot stand is not repeated a million times.
        values = pc.if_else(pa.array(good), values, "")
    blank = len(column.dictionary)
    places = pc.fill_null(pc.cast(column.indices, pa.int64()), blank)
    chosen = np.asarray(places)
    return values[chosen] if isinstance(values, np.ndarray) else values.take(places), good[chosen]


def as_text(column: Texts) -> Texts:
    """A column as text, for a fault to quote it: as much of each as shows that it is too long."""
    if pa.types.is_dictionary(column.type):
        words = as_text(column.dictionary)
        return pc.fill_null(words.take(column.indices), "")
    return pc.utf8_slice_codeunits(
        _trimmed(pc.cast(column, pa.string(), safe=False)), 0, LONGEST_TEXT + 1
    )


def refused(field: Field, kind: Any) -> str:  # noqa: ANN401 - pyarrow has no types
    """Why a column of some type cannot be taken for a field; empty where it can."""
    types = pa.types
    if types.is_dictionary(kind):
        kind = kind.value_type
    is_whole = types.is_integer(kind)
    is_day = types.is_date(kind) or (types.is_timestamp(kind) and kind.tz is None)
    if (
        is_text(kind)
        or types.is_null(kind)
        or (field.kind in SCALE and (is_whole or types.is_decimal(kind)))
        or (field.kind is Kind.DATE and is_day)
        or (field.kind is Kind.YES_NO and types.is_boolean(kind))
    ):
        return ""
    if types.is_floating(kind):
        return "is kept as floating point, which holds no cents exactly."
    if field.kind in _WORDS and is_whole:
        return "is kept as a number, which loses the zeros in front."
    return f"is kept as {str(kind)[:40]}."


def blank_of(field: Field, count: int) -> Typed:
    """A column that a file does not have."""
    if field.kind in _WORDS:
        column: Column = pa.repeat(pa.scalar(field.default), count)
    else:
        column = np.full(count, _default(field), dtype=np.int64)
    return column, np.full(count, not field.needed)


def plain(column: Texts) -> Texts:
    """A column of a file in few types: text of one kind, and whole arrays."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    kind = column.type
    if pa.types.is_dictionary(kind):
        return pa.DictionaryArray.from_arrays(column.indices, plain(column.dictionary))
    if is_text(kind) or pa.types.is_null(kind):
        return pc.cast(column, pa.string())
    return column


def is_text(kind: Any) -> bool:  # noqa: ANN401 - pyarrow has no types
    """Whether a type is one of Arrow's for text."""
    types = pa.types
    return any((types.is_string(kind), types.is_large_string(kind), types.is_string_view(kind)))


# -- from text --------------------------------------------------------------------------------


def _trimmed(column: Texts) -> Texts:
    return pc.utf8_trim_whitespace(pc.fill_null(column, ""))


def _of_text(field: Field, column: Texts) -> Typed:
    if field.kind in _WORDS:
        return _words(field, column)
    is_blank = np.asarray(pc.equal(column, ""))
    if field.kind in (Kind.CHOICE, Kind.YES_NO):
        values, good = _choices(field, column)
    elif field.kind is Kind.DATE:
        values, good = _dates(column)
    else:
        values, good = _numbers(field, column)
    values[is_blank] = _default(field)
    return values, np.where(is_blank, not field.needed, good)


def _default(field: Field) -> int:
    """What a blank stands for, as the number it becomes."""
    if not field.default:
        return BLANK
    if field.choices:
        return field.choices.index(field.default)
    return int(field.default) * int(10 ** SCALE[field.kind])


def _words(field: Field, column: Texts) -> Typed:
    if field.default:
        column = pc.if_else(pc.equal(column, ""), field.default, column)
    longest = LONGEST_ID if field.kind is Kind.ID else LONGEST_TEXT
    good = np.asarray(pc.less_equal(pc.utf8_length(column), longest))
    good &= ~np.asarray(pc.match_substring_regex(column, f"[{CONTROL}]"))
    if field.letters:
        allowed = (
            f"^(?:[A-Z]{{{field.letters}}})$"
            if field.needed
            else f"^(?:[A-Z]{{{field.letters}}})?$"
        )
        good &= np.asarray(pc.match_substring_regex(column, allowed))
    elif field.needed:
        good &= ~np.asarray(pc.equal(column, ""))
    return column, good


def _choices(field: Field, column: Texts) -> Typed:
    found = pc.index_in(column, value_set=pa.array(field.choices))
    values = np.array(pc.fill_null(found, -1), dtype=np.int64)
    return values, values >= 0


def _dates(column: Texts) -> Typed:
    good = np.array(pc.match_substring_regex(column, _DATE))
    values = np.full(len(column), BLANK, dtype=np.int64)
    days, real = _days(column.filter(pa.array(good)))
    values[good] = days
    good[good] = real
    return values, good


def _days(written: Texts) -> tuple[Whole, Mask]:
    """Days since 1970 of texts like 2012-12-31, and whether there is such a day."""
    signs = _signs(written, 10).astype(np.int64) - ord("0")
    year = signs[:, :4] @ np.array([1000, 100, 10, 1])
    month, day = signs[:, 5:7] @ np.array([10, 1]), signs[:, 8:] @ np.array([10, 1])
    months = (year - 1970) * 12 + month - 1
    begin, after = (
        (months + more).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        for more in (0, 1)
    )
    is_day = (month >= 1) & (month <= 12) & (day >= 1) & (day <= after - begin)
    return begin + day - 1, is_day & (year >= YEARS.start) & (year < YEARS.stop)


def _signs(written: Texts, width: int) -> npt.NDArray[np.uint8]:
    """The signs of texts of one width, a row each."""
    if not len(written):
        return np.zeros((0, width), dtype=np.uint8)
    _, ends, data = written.buffers()
    first, last = np.frombuffer(ends, dtype=np.int32)[
        [written.offset, written.offset + len(written)]
    ]
    return np.frombuffer(data, dtype=np.uint8)[first:last].reshape(-1, width)


def _numbers(field: Field, column: Texts) -> Typed:
    scale = SCALE[field.kind]
    decimals = rf"(?:\.[0-9]{{1,{scale}}})?" if scale else ""
    simple = rf"^-?[0-9]{{1,{_DIGITS}}}{decimals}$"
    good = np.array(pc.match_substring_regex(column, simple))
    if not good.all():
        column = _simplified(field, column, good)
        good = np.array(pc.match_substring_regex(column, simple))
    words = column if good.all() else pc.if_else(pa.array(good), column, "0")
    values = _unscaled(pc.cast(words, pa.decimal128(38, scale)))[0].copy()
    return values, good & _in_range(field, values)


def _simplified(field: Field, column: Texts, simple: Mask) -> Texts:
    """Numbers with commas, parentheses, dollar signs or needless zeros, written without them."""
    rest = column.filter(pa.array(~simple))
    fits = np.ones(len(rest), dtype=bool)
    for pattern in _GENERAL:
        fits &= np.asarray(pc.match_substring_regex(rest, pattern))
    if field.kind is not Kind.MONEY:
        fits &= ~np.asarray(pc.match_substring(rest, "$"))
    made = rest
    for pattern, by in (
        (r"[,$]", ""),
        (r"^\((.*)\)$", r"-\1"),
        (r"(\.[0-9]*?)0+$", r"\1"),
        (r"\.$", ""),
        (r"^(-?)0+([0-9])", r"\1\2"),
    ):
        made = pc.replace_substring_regex(made, pattern=pattern, replacement=by)
    kept = pc.if_else(pa.array(fits), made, rest)
    return pc.replace_with_mask(column, pa.array(~simple), kept)


def _in_range(field: Field, values: Whole) -> Mask:
    if field.among:
        return np.isin(values, field.among)
    largest = LARGEST[field.kind] * 10 ** SCALE[field.kind]
    good: Mask = values <= largest
    good &= values >= LEAST.get(field.kind, -largest)
    return good & (values != 0) if field.kind is Kind.EXCHANGE else good


# -- from a file's own types ------------------------------------------------------------------


def _of_values(field: Field, column: Texts) -> Typed:
    is_blank = np.asarray(pc.is_null(column))
    if pa.types.is_boolean(column.type):
        values = np.array(pc.fill_null(column, value=False), dtype=np.int64)
        good = np.ones(len(values), dtype=bool)
    elif field.kind is Kind.DATE:
        values, good = _own_dates(column)
    else:
        values, good = _own_numbers(field, column)
    values[is_blank] = _default(field)
    return values, np.where(is_blank, not field.needed, good)


def _own_dates(column: Texts) -> Typed:
    """Dates kept as dates, or as moments at midnight."""
    if pa.types.is_timestamp(column.type):
        per_day = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[column.type.unit] * 86_400
    else:
        per_day = 1 if pa.types.is_date32(column.type) else 86_400_000
    kind = pa.int32() if pa.types.is_date32(column.type) else pa.int64()
    since = np.array(pc.fill_null(column.view(kind), 0), dtype=np.int64)
    days = since // per_day
    first, last = (
        np.datetime64(f"{year}-01-01", "D").astype(np.int64) for year in (YEARS.start, YEARS.stop)
    )
    return days, (since % per_day == 0) & (days >= first) & (days < last)


def _own_numbers(field: Field, column: Texts) -> Typed:
    """Whole numbers and decimals, brought to the decimals of the field."""
    scale, own = SCALE[field.kind], 0
    if pa.types.is_decimal(column.type):
        own = column.type.scale
        values, fits = _unscaled(column)
    else:
        if pa.types.is_unsigned_integer(column.type):
            column = pc.if_else(pc.less_equal(column, 2**62), column, None)
        fits = ~np.asarray(pc.is_null(column))
        values = np.array(pc.fill_null(pc.cast(column, pa.int64()), 0), dtype=np.int64)
    if own > scale:
        part = 10 ** min(own - scale, 18)
        fits, values = fits & (values % part == 0), values // part
        fits &= (values == 0) | (own - scale <= 18)
    elif own < scale:
        bound = LARGEST[field.kind] * 10**own if own >= 0 else LARGEST[field.kind] // 10**-own
        fits &= (values <= bound) & (values >= -bound)
        values = np.where(fits, values, 0) * (10 ** (scale - own) if bound else 0)
    return values, fits & _in_range(field, values)


def _unscaled(column: Texts) -> tuple[Whole, Mask]:
    """The whole numbers that decimals are kept as; good where they fit and are not blank."""
    if not pa.types.is_decimal128(column.type):
        column = pc.cast(column, pa.decimal128(38, column.type.scale))
    if column.null_count:
        is_there = ~np.asarray(pc.is_null(column))
        column = pc.fill_null(column, pa.scalar(0).cast(column.type))
    else:
        is_there = np.ones(len(column), dtype=bool)
    if not len(column):
        return np.zeros(0, dtype=np.int64), is_there
    words = np.frombuffer(column.buffers()[1], dtype=np.int64).reshape(-1, 2)
    words = words[column.offset : column.offset + len(column)]
    return words[:, 0], is_there & (words[:, 1] == words[:, 0] >> 63)
