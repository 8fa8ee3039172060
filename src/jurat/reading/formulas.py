"""The grammar of a workbook's formulas: sums, products, roundings, comparisons over cells of its sheets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import count

from lark import Lark, Token, Tree
from lark.exceptions import LarkError
from openpyxl.utils.cell import column_index_from_string

from jurat.reading.workbook_file import Place

Value = int | Fraction | str | bool | None
"""What a worksheet cell comes to; None is an empty cell."""

_GRAMMAR = r"""
?start: comparison
?comparison: joined
    | joined "=" joined -> eq
    | joined "<>" joined -> ne
    | joined "<=" joined -> le
    | joined ">=" joined -> ge
    | joined "<" joined -> lt
    | joined ">" joined -> gt
?joined: sum
    | joined "&" sum -> join
?sum: product
    | sum "+" product -> add
    | sum "-" product -> sub
?product: sign
    | product "*" sign -> mul
    | product "/" sign -> div
?sign: percent
    | "-" sign -> negative
    | "+" sign
?percent: atom
    | percent "%" -> percent
?atom: NUMBER -> number
    | TEXT -> text
    | REFERENCE -> reference
    | "TRUE"i -> true
    | "FALSE"i -> false
    | NAME "(" [_arguments] ")" -> call
    | "(" comparison ")"
_arguments: comparison ("," comparison)*
REFERENCE: "\x01"
NAME: /[A-Z][A-Z0-9.]*/i
NUMBER: /(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?/
TEXT: /"([^"]|"")*"/
%ignore /[ \n]+/
"""
_REFERENCE = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")"""
    r"""|(?<![\w.])(?:(?P<sheet>'(?:[^']|'')+'|[A-Za-z_][\w.]*)!)?"""
    r"""\$?(?P<first>[A-Z]{1,3})\$?(?P<row>\d{1,7})(?::\$?(?P<last>[A-Z]{1,3})\$?(?P<to>\d{1,7}))?(?![\w(.])"""
)
_BLANKED = "\x01"
MOST_IN_RANGE = 20_000


class FormulaError(Exception):
    """A formula that cannot be worked, as its cell tells it."""


@dataclass(frozen=True, slots=True)
class Range:
    """The cells from one corner to the other; a single cell where both are the same."""

    first: Place
    last: Place

    @property
    def size(self) -> int:
        """How many cells it has."""
        rows = self.last.row - self.first.row + 1
        return rows * (self.last.column - self.first.column + 1)

    @property
    def places(self) -> Iterator[Place]:
        """Every cell of it."""
        sheet = self.first.sheet
        for row in range(self.first.row, self.last.row + 1):
            for column in range(self.first.column, self.last.column + 1):
                yield Place(sheet, row, column)


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula: what is done, to which parts; of a leaf, the number, text or reference."""

    done: str
    parts: tuple["Node", ...] = ()
    leaf: int | Fraction | str = 0
    """Of a reference, which of the formula's ranges it is; of a call, the function's name."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula read: its shape, and the ranges it refers to in their order."""

    shape: Node
    ranges: tuple[Range, ...]


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", maybe_placeholders=False)


@lru_cache(maxsize=4096)
def _shape(text: str) -> Node:
    """The shape of a formula whose references are blanked out; many sums share one."""
    return _node(_parser().parse(text), count())


def _node(tree: Tree[Token], numbers: Iterator[int]) -> Node:
    done = str(tree.data)
    if done == "reference":
        return Node(done, leaf=next(numbers))
    if done == "number":
        return Node("constant", leaf=plain(Fraction(str(tree.children[0]))))
    if done == "text":
        return Node("constant", leaf=str(tree.children[0])[1:-1].replace('""', '"'))
    if done in ("true", "false"):
        return Node("constant", leaf=done == "true")
    leaf = str(tree.children[0]).upper() if done == "call" else 0
    parts = tuple(_node(part, numbers) for part in tree.children if isinstance(part, Tree))
    return Node(done, parts, leaf)


def read_formula(text: str, sheet: str) -> Formula:
    """Read a formula of a sheet.

    Raises  FormulaError when it is not in the grammar of sums, products, roundings and comparisons.
    """
    ranges: list[Range] = []

    def blank_out(found: re.Match[str]) -> str:
        if found["text"] is not None:
            return found[0]
        ranges.append(_range(found, sheet))
        return _BLANKED

    blanked = _REFERENCE.sub(blank_out, text.removeprefix("="))
    try:
        return Formula(_shape(blanked), tuple(ranges))
    except (LarkError, RecursionError) as fault:
        raise FormulaError(f"the formula {text[:80]} is not one we can work") from fault


def _range(found: re.Match[str], sheet: str) -> Range:
    if found["sheet"]:
        sheet = found["sheet"].strip("'").replace("''", "'")
    first = Place(sheet, int(found["row"]), column_index_from_string(found["first"]))
    if not found["last"]:
        return Range(first, first)
    made = Range(first, Place(sheet, int(found["to"]), column_index_from_string(found["last"])))
    if made.size > MOST_IN_RANGE:
        raise FormulaError(f"{found[0]} is a range larger than any page")
    return made


def plain(number: Fraction) -> int | Fraction:
    """A whole number as an integer."""
    return number.numerator if number.denominator == 1 else number


def decimal_of(number: int | Fraction) -> Decimal:
    """A number as a decimal, to 28 digits where it never ends."""
    return Decimal(number.numerator) / Decimal(number.denominator)
