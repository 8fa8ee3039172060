"""The formulas of a workbook worked exactly from its inputs: integers and fractions, never floats."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from operator import add, ge, gt, le, lt, mul, sub

from jurat.money import round_half_away
from jurat.reading.formulas import (
    Formula,
    FormulaError,
    Node,
    Value,
    decimal_of,
    plain,
    read_formula,
)
from jurat.reading.workbook_file import Entry, Place, WorkbookFile

MOST_BITS, MOST_DECIMALS, LONGEST_TEXT = 2_048, 300, 32_767
MOST_READ = 4_000_000
"""How many cells all formulas together may read; a statement's read some fifty thousand."""


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
    read = 0
    for sheet, cells in file.sheets.items():
        for (row, column), entry in cells.items():
            place = Place(sheet, row, column)
            if not entry.is_formula:
                values[place] = constant(entry)
                continue
            try:
                formula = read_formula(str(entry.typed), sheet)
            except FormulaError as fault:
                faults[place] = str(fault)
                continue
            read += sum(found.size for found in formula.ranges)
            if read > MOST_READ:
                faults[place] = "the formulas read more cells than any statement has"
            else:
                formulas[place] = formula
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
    return order, dict.fromkeys(formulas.keys() - set(order), f"a cycle: {named}")


def constant(entry: Entry) -> Value:
    """What is typed in a cell; a decimal exactly as it is written.

    >>> constant(Entry(0.0063)), constant(Entry(12.0))
    (Fraction(63, 10000), 12)
    """
    typed = entry.typed
    return plain(Fraction(repr(typed))) if isinstance(typed, float) else typed


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
        match name, parts:
            case "IF", _:
                return self.chosen(parts)
            case (("SUM" | "COUNT" | "MAX" | "MIN"), _):
                numbers = [number for part in parts for number in self.numbers(part)]
                return _OVER_CELLS[name](numbers)
            case "COUNTIF", [Node(done="reference"), sought]:
                wanted = self.one(sought)
                return sum(_same(value, wanted) for value in self.cells(parts[0]))
            case "ROUND", [number, digits]:
                return _rounded(_number(self.one(number)), _number(self.one(digits)))
            case (("ABS" | "INT"), [number]):
                return _OF_ONE[name](_number(self.one(number)))
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
        return "".join(map(_text, values))[:LONGEST_TEXT]
    if done in ("eq", "ne"):
        return _same(*values) is (done == "eq")
    if done in _COMPARED:
        return _compared(done, *values)
    return _calculated(done, [_number(value) for value in values])


def _calculated(done: str, numbers: list[int | Fraction]) -> int | Fraction:
    match done, numbers:
        case "negative", [one]:
            return -one
        case "percent", [one]:
            return plain(Fraction(one) / 100)
        case "div", [one, other] if other:
            return _bounded(plain(Fraction(one) / other))
        case (("add" | "sub" | "mul"), [one, other]):
            return _bounded(plain(Fraction(_ARITHMETIC[done](one, other))))
    raise FormulaError("a division by zero")


def _bounded(number: int | Fraction) -> int | Fraction:
    """The number, where it is not larger than any spreadsheet could hold."""
    if max(number.numerator.bit_length(), number.denominator.bit_length()) > MOST_BITS:
        raise FormulaError("a number larger than any spreadsheet holds")
    return number


def _absolute(number: int | Fraction) -> int | Fraction:
    return number if number >= 0 else -number


def _compared(done: str, one: Value, other: Value) -> bool:
    """Numbers with numbers, words with words whatever their case; words are more than numbers."""
    keys = [
        (1, value.casefold()) if isinstance(value, str) else (0, value or 0)
        for value in (one, other)
    ]
    return bool(_COMPARED[done](*keys))


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    if one is None or other is None:
        return (one or other) in (None, 0, "")
    return isinstance(one, str) is isinstance(other, str) and one == other


def _text(value: Value) -> str:
    if isinstance(value, Fraction):
        return str(decimal_of(value))
    return "" if value is None else str(value)


def _rounded(number: int | Fraction, digits: int | Fraction) -> int | Fraction:
    """To so many decimals, halves away from zero."""
    if _absolute(digits) > MOST_DECIMALS:
        raise FormulaError(f"a rounding to {digits} decimals")
    scale = Fraction(10) ** int(digits)
    scaled = Fraction(number) * scale
    return plain(Fraction(round_half_away(scaled.numerator, scaled.denominator)) / scale)


_COMPARED: dict[str, Callable[..., bool]] = {
    "le": le,
    "ge": ge,
    "lt": lt,
    "gt": gt,
}
_ARITHMETIC: dict[str, Callable[..., int | Fraction]] = {"add": add, "sub": sub, "mul": mul}
_OVER_CELLS: dict[str, Callable[[list[int | Fraction]], int | Fraction]] = {
    "SUM": sum,
    "COUNT": len,
    "MAX": lambda numbers: max(numbers, default=0),
    "MIN": lambda numbers: min(numbers, default=0),
}
_OF_ONE: dict[str, Callable[[int | Fraction], int | Fraction]] = {
    "ABS": _absolute,
    "INT": math.floor,
}
