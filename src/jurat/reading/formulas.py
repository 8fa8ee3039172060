"""The formulas of a workbook, computed exactly from its inputs: integers and fractions, never floats."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from itertools import count
from operator import add, eq, ge, gt, le, lt, mul, ne, sub

from lark import Lark, Token, Tree
from lark.exceptions import LarkError
from openpyxl.utils.cell import column_index_from_string

from jurat.money import round_half_away
from jurat.reading.workbook_file import Entry, Place, WorkbookFile

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
NUMBER: /(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?/
TEXT: /"([^"]|"")*"/
%ignore /[ \n]+/
"""
_REFERENCE = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")"""
    r"""|(?:(?P<sheet>'(?:[^']|'')+'|[A-Za-z_][\w.]*)!)?"""
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
        return Node("constant", leaf=_plain(Fraction(str(tree.children[0]))))
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
    last = Place(sheet, int(found["to"]), column_index_from_string(found["last"]))
    if (last.row - first.row + 1) * (last.column - first.column + 1) > MOST_IN_RANGE:
        raise FormulaError(f"{found[0]} is a range larger than any page")
    return Range(first, last)


# -- working ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What every cell of a workbook comes to, and which could not be worked."""

    values: dict[Place, Value] = field(repr=False)
    faults: dict[Place, str]
    """Why a cell could not be worked: a cycle, named; a function we do not know; a fault in what it reads."""

    def value(self, place: Place) -> Value:
        """What a cell comes to.

        Raises  FormulaError when it could not be worked.
        """
        if place in self.faults:
            raise FormulaError(self.faults[place])
        return self.values.get(place)


def work(file: WorkbookFile) -> Worked:
    """Every formula of a workbook worked from what is typed in it; no cached result is looked at."""
    values: dict[Place, Value] = {}
    formulas: dict[Place, Formula] = {}
    faults: dict[Place, str] = {}
    for sheet, cells in file.sheets.items():
        for (row, column), entry in cells.items():
            place = Place(sheet, row, column)
            if not entry.is_formula:
                values[place] = constant(entry)
                continue
            try:
                formulas[place] = read_formula(str(entry.typed), sheet)
            except FormulaError as fault:
                faults[place] = str(fault)
    order, blocked = _order(formulas)
    faults.update(blocked)
    for place in order:
        try:
            values[place] = _Working(formulas[place], values, faults).worked()
        except (FormulaError, RecursionError) as fault:
            faults[place] = str(fault)
    return Worked(values=values, faults=faults)


def _order(formulas: Mapping[Place, Formula]) -> tuple[list[Place], dict[Place, str]]:
    """The formulas, each behind what it reads; those a cycle blocks, with the cycle's name."""
    sorter: TopologicalSorter[Place] = TopologicalSorter()
    for place, formula in formulas.items():
        sorter.add(place, *(p for r in formula.ranges for p in r.places if p in formulas))
    cycle: list[Place] = []
    try:
        sorter.prepare()
    except CycleError as fault:
        cycle = list(reversed(fault.args[1]))
    order: list[Place] = []
    while ready := sorter.get_ready():
        order += ready
        sorter.done(*ready)
    named = " reads ".join(map(str, cycle))
    return order, {place: f"a cycle: {named}" for place in formulas.keys() - set(order)}


def constant(entry: Entry) -> Value:
    """What is typed in a cell; a decimal exactly as it is written.

    >>> constant(Entry(0.0063)), constant(Entry(12.0))
    (Fraction(63, 10000), 12)
    """
    typed = entry.typed
    return _plain(Fraction(repr(typed))) if isinstance(typed, float) else typed


def _plain(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


@dataclass(frozen=True, slots=True)
class _Working:
    """One formula being worked."""

    formula: Formula
    values: Mapping[Place, Value]
    faults: Mapping[Place, str]

    def worked(self) -> Value:
        """Its value; an empty cell carried alone is a zero, as spreadsheets have it."""
        value = self.one(self.formula.shape)
        return 0 if value is None else value

    def one(self, node: Node) -> Value:
        """The value of a part."""
        if node.done == "constant":
            return node.leaf
        if node.done == "reference":
            found = self.formula.ranges[int(node.leaf)]
            if found.first != found.last:
                raise FormulaError("a range stands where one cell is wanted")
            return self.at(found.first)
        if node.done == "call":
            return self.call(str(node.leaf), node.parts)
        return _operated(node.done, [self.one(part) for part in node.parts])

    def at(self, place: Place) -> Value:
        """The value of another cell."""
        if place in self.faults:
            raise FormulaError(f"it reads {place}, which could not be worked")
        return self.values.get(place)

    def call(self, name: str, parts: tuple[Node, ...]) -> Value:
        """A function."""
        if name == "IF":
            return self.chosen(parts)
        if name in _OVER_CELLS:
            return _OVER_CELLS[name]([number for part in parts for number in self.numbers(part)])
        if name == "COUNTIF" and len(parts) == 2 and parts[0].done == "reference":
            sought = self.one(parts[1])
            return sum(_same(value, sought) for value in self.cells(parts[0]))
        if name == "ROUND" and len(parts) == 2:
            number, digits = (_number(self.one(part)) for part in parts)
            return _rounded(number, digits)
        if name in _OF_ONE and len(parts) == 1:
            return _OF_ONE[name](_number(self.one(parts[0])))
        raise FormulaError(f"the function {name} is not one we work")

    def chosen(self, parts: tuple[Node, ...]) -> Value:
        """Only the side that holds is worked."""
        if not 2 <= len(parts) <= 3:
            raise FormulaError("IF has two or three parts")
        condition = self.one(parts[0])
        if isinstance(condition, str):
            raise FormulaError(f"{condition!r} is no condition")
        if condition:
            return self.one(parts[1])
        return self.one(parts[2]) if len(parts) == 3 else False

    def cells(self, reference: Node) -> Iterator[Value]:
        """The values of the cells of a range."""
        return (self.at(place) for place in self.formula.ranges[int(reference.leaf)].places)

    def numbers(self, part: Node) -> Iterator[int | Fraction]:
        """The numbers of an argument; text and empty cells of a range count as nothing."""
        if part.done != "reference":
            yield _number(self.one(part))
            return
        for value in self.cells(part):
            if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
                yield value


def _number(value: Value) -> int | Fraction:
    if value is None:
        return 0
    if isinstance(value, str):
        raise FormulaError(f"{value[:40]!r} stands where a number is wanted")
    return value


def _operated(done: str, values: list[Value]) -> Value:
    if done == "join":
        return "".join(map(_text, values))
    if done in _COMPARED:
        return _compared(done, *values)
    numbers = [_number(value) for value in values]
    match done, numbers:
        case "negative", [one]:
            return -one
        case "percent", [one]:
            return _plain(Fraction(one) / 100)
        case "div", [_, 0]:
            raise FormulaError("a division by zero")
        case "div", [one, other]:
            return _plain(Fraction(one) / other)
        case ("add" | "sub" | "mul"), [one, other]:
            worked = _ARITHMETIC[done](one, other)
            return _plain(worked) if isinstance(worked, Fraction) else worked
        case _, [one]:
            return one
    raise FormulaError(f"{done} is not one we work")


def _compared(done: str, one: Value, other: Value) -> bool:
    """Numbers with numbers, words with words whatever their case; words are more than numbers."""
    if done in ("eq", "ne"):
        return _same(one, other) is (done == "eq")
    keys = [(1, value.casefold()) if isinstance(value, str) else (0, value or 0) for value in (one, other)]
    return bool(_COMPARED[done](*keys))


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    if one is None or other is None:
        return (one or other) in (None, 0, "")
    return isinstance(one, str) is isinstance(other, str) and one == other


def _text(value: Value) -> str:
    if isinstance(value, Fraction):
        return str(Decimal(value.numerator) / Decimal(value.denominator))
    return "" if value is None else str(value)


def _rounded(number: int | Fraction, digits: int | Fraction) -> int | Fraction:
    """To so many decimals, halves away from zero."""
    scale = Fraction(10) ** int(digits)
    scaled = Fraction(number) * scale
    return _plain(Fraction(round_half_away(scaled.numerator, scaled.denominator)) / scale)


_COMPARED: dict[str, Callable[..., bool]] = {"eq": eq, "ne": ne, "le": le, "ge": ge, "lt": lt, "gt": gt}
_ARITHMETIC: dict[str, Callable[..., int | Fraction]] = {"add": add, "sub": sub, "mul": mul}
_OVER_CELLS: dict[str, Callable[[list[int | Fraction]], int | Fraction]] = {
    "SUM": sum,
    "COUNT": len,
    "MAX": lambda numbers: max(numbers, default=0),
    "MIN": lambda numbers: min(numbers, default=0),
}
_OF_ONE: dict[str, Callable[[int | Fraction], int | Fraction]] = {"ABS": abs, "INT": math.floor, }
