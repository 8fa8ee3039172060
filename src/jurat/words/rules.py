"""Rules in the statement's own words: parsed to signed references, and printed back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput

from jurat.words.errors import BlankError


@dataclass(frozen=True, slots=True)
class Span:
    """One number, or a range of numbers, with its sign."""

    sign: int
    first: str
    last: str = ""

    def __str__(self) -> str:
        """The numbers as a page prints them."""
        return f"{self.first} through {self.last}" if self.last else self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a rule points at; empty parts mean the same page, line or column."""

    page: str = ""
    lines: tuple[Span, ...] = ()
    columns: tuple[Span, ...] = ()
    product: bool = False
    inset: str = ""
    rows: str = ""
    total: bool = False
    prior: bool = False
    change: bool = False
    measured: str = ""

    def __str__(self) -> str:
        """The reference in words that parse to the same reference."""
        if self.measured:
            return f"measured {self.measured}"
        parts = [
            "Prior Year" if self.prior else "",
            self.page,
            f"rows {self.rows}" if self.rows else "",
            _print_spans("Note" if self.is_note else "Line", self.lines),
            "Total" if self.total else "",
            _print_spans("Column", self.columns, times=self.product),
            f"${{{self.inset}}}" if self.inset else "",
        ]
        return ("change in " if self.change else "") + ", ".join(part for part in parts if part)

    @property
    def is_note(self) -> bool:
        """Whether it points at a footnote."""
        return bool(self.lines) and self.lines[0].first.startswith("(")

    @property
    def is_pointer(self) -> bool:
        """Whether it names a page only, and no cell of it."""
        return not (self.lines or self.columns or self.inset or self.rows or self.measured)


@dataclass(frozen=True, slots=True)
class Term:
    """A reference with its sign."""

    sign: int
    reference: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Signed references, perhaps on two sides of an equals sign."""

    terms: tuple[Term, ...]
    equals: tuple[Term, ...] = ()
    forward: bool = False
    """The words begin with "to" or end with "above": the other cell takes this one."""

    def __str__(self) -> str:
        """The rule in words; `parse_rule(str(rule)) == rule`."""
        text = _print_side(self.terms)
        if self.forward:
            text = f"to {text}"
        return f"{text} = {_print_side(self.equals)}" if self.equals else text

    @property
    def is_pointer(self) -> bool:
        """Whether every reference names a page only."""
        return all(term.reference.is_pointer for term in self.terms + self.equals)


def _print_spans(noun: str, spans: tuple[Span, ...], *, times: bool = False) -> str:
    if not spans:
        return ""
    joints = {1: " + ", -1: " - "}
    text = f"{noun}s " if len(spans) > 1 or spans[0].last else f"{noun} "
    text += ("- " if spans[0].sign < 0 else "") + str(spans[0])
    return text + "".join((" x " if times else joints[span.sign]) + str(span) for span in spans[1:])


def _print_side(terms: tuple[Term, ...]) -> str:
    text = ("- " if terms[0].sign < 0 else "") + str(terms[0].reference)
    for term in terms[1:]:
        text += (" plus " if term.sign > 0 else " minus ") + str(term.reference)
    return text


# One number and what joins it to the number before is one token, so that "Lines 1 + 2" and
# "Line 1 + Line 2" part without looking further ahead.
_GRAMMAR = r"""
start: [TO] side ["=" side]
side: [_PLUS | minus] term ((_PLUS | minus) term)*
minus: _MINUS
term: _SUM? [CHANGE] part ("," part)* [ABOVE]
?part: PAGE -> page | PARTS -> parts | PRIOR -> prior | TOTAL -> total
     | ROWS -> rows | MEASURED -> measured | INSET -> inset | NOTE -> note
     | _LINE numbers -> lines | _COLUMN numbers -> columns
numbers: [NEGATIVE] NUMBER (PLUS_NUMBER | MINUS_NUMBER | TIMES_NUMBER | TO_NUMBER)*

PAGE.6: /@PAGES@/i
PARTS.5: /Parts? [0-9A-F]+( and [0-9A-F]+)?(, Section \d+)?|Section \d+/i
_LINE.5: /Lines?\b/i
_COLUMN.5: /Cols?\.|Columns?\b|Cols?\b/i
_SUM.5: /Sum of /i
PRIOR.5: /prior year/i
TOTAL.5: /Totals?\b/i
ROWS.5: /rows [\w.]+/i
MEASURED.5: /measured \w+/
INSET.5: /\$?\{\w+\}/
NOTE.5: /Note \(\w\)/i
CHANGE.5: /change in /i
TO.5: /to (?=\D)/i
ABOVE.5: /,? ?above/i
NEGATIVE.4: /-\s*(?=\d)/
PLUS_NUMBER.7: /\s*(\+|plus|&|and|,)\s*\d[\d.]*/i
MINUS_NUMBER.7: /\s*(-|minus)\s*\d[\d.]*/i
TIMES_NUMBER.7: /\s*x\s*\d[\d.]*/
TO_NUMBER.7: /\s*(to|thru|through)\s*\d[\d.]*/i
_PLUS.3: /\+|plus\b/i
_MINUS.3: /-|minus\b/i
NUMBER.2: /([a-z]\w*\.)?\d[\d.]*/
%ignore /\s+/
"""


def _number(token: str) -> str:
    return re.sub(r"^\D*", "", token).rstrip(".")


@v_args(inline=True)
class _Build(Transformer[Token, Rule]):
    """The parse tree as our own types."""

    def numbers(
        self, negative: Token | None, first: Token, *rest: Token
    ) -> tuple[list[Span], bool]:
        spans = [Span(-1 if negative else 1, first.rstrip("."))]
        for token in rest:
            if token.type == "TO_NUMBER":
                spans[-1] = Span(spans[-1].sign, spans[-1].first, _number(token))
            else:
                spans.append(Span(-1 if token.type == "MINUS_NUMBER" else 1, _number(token)))
        return spans, any(token.type == "TIMES_NUMBER" for token in rest)

    def page(self, token: Token) -> dict[str, object]:
        return {"page": " ".join(token.split())}

    def parts(self, token: Token) -> dict[str, object]:
        return {"page": " ".join(token.split())}

    def prior(self, _token: Token) -> dict[str, object]:
        return {"prior": True}

    def total(self, _token: Token) -> dict[str, object]:
        return {"total": True}

    def rows(self, token: Token) -> dict[str, object]:
        return {"rows": token.split()[1]}

    def measured(self, token: Token) -> dict[str, object]:
        return {"measured": token.split()[1]}

    def inset(self, token: Token) -> dict[str, object]:
        return {"inset": token.strip("${}")}

    def note(self, token: Token) -> dict[str, object]:
        return {"lines": (Span(1, token.split()[1]),)}

    def lines(self, numbers: tuple[list[Span], bool]) -> dict[str, object]:
        return {"lines": tuple(numbers[0])}

    def columns(self, numbers: tuple[list[Span], bool]) -> dict[str, object]:
        return {"columns": tuple(numbers[0]), "product": numbers[1]}

    def term(
        self, change: Token | None, *parts: dict[str, object] | Token | None
    ) -> tuple[Reference, bool]:
        found: dict[str, object] = {"change": bool(change)}
        for part in parts:
            if isinstance(part, dict):
                page = found.get("page")
                found.update(part)
                if page and "page" in part:
                    found["page"] = f"{page}, {part['page']}"
        return Reference(**found), isinstance(parts[-1], Token)  # type: ignore[arg-type]

    def minus(self) -> int:
        return -1

    def side(self, *parts: object) -> tuple[tuple[Term, ...], bool]:
        terms, sign, above = [], 1, False
        for part in parts:
            if part == -1:
                sign = -1
            elif isinstance(part, tuple):
                terms.append(Term(sign, part[0]))
                sign, above = 1, above or part[1]
        return tuple(terms), above

    def start(
        self, to: Token | None, left: tuple[tuple[Term, ...], bool], right: object = None
    ) -> Rule:
        equals = right[0] if isinstance(right, tuple) else ()
        return Rule(terms=left[0], equals=equals, forward=bool(to) or left[1])


@lru_cache(maxsize=8)
def _parser(pages: tuple[str, ...]) -> Lark:
    longest_first = sorted(pages, key=lambda name: (-len(name), name)) or ["(?!)"]
    names = "|".join(
        re.escape(name).replace(r"\ ", r"\s").replace("/", r"\/") + r"(?!\w)"
        for name in longest_first
    )
    grammar = _GRAMMAR.replace("@PAGES@", names)
    return Lark(grammar, parser="lalr", transformer=_Build(), maybe_placeholders=True)


def parse_rule(text: str, pages: Iterable[str] = ()) -> Rule:
    """Read a rule; `pages` are the names by which other pages may be called.

    Raises  BlankError with the column where the words stop making sense.

    >>> str(parse_rule("Lines 22 + 23 - 24"))
    'Lines 22 + 23 - 24'
    >>> str(parse_rule("Sum of Lines 1 thru 8"))
    'Lines 1 through 8'
    """
    try:
        return _parser(tuple(pages)).parse(text)  # type: ignore[return-value]
    except UnexpectedInput as fault:
        at_end = getattr(fault, "token", None) == Token("$END", "")
        place = len(text) + 1 if at_end or fault.column <= 0 else fault.column
        raise BlankError(
            f"{text!r} is not a rule from its column {place} on.",
            why="A rule that cannot be read would silently not be applied.",
            next="Use the words of docs/reference/page-notation.md, or mark a parenthesis `words`.",
        ) from fault
