"""From printed text to figures: marks set aside, glued figures parted every way that is well formed."""

import re
from dataclasses import dataclass
from functools import lru_cache

from jurat.money import Kind, parse_figure

MOST_READINGS = 24


@dataclass(frozen=True, slots=True)
class Token:
    """One figure or XXX as printed, or a note mark that stands where a figure would."""

    text: str
    start: int
    end: int
    value: int | None
    """None for XXX."""
    kind: Kind = Kind.MONEY
    is_half_bracketed: bool = False

    @property
    def is_xxx(self) -> bool:
        """Whether the form or the filer printed XXX."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Run:
    """The readings of one stretch of print: each a row of tokens; the likeliest first."""

    text: str
    readings: tuple[tuple[Token, ...], ...]
    marks: tuple[str, ...] = ()


_MARK = re.compile(r"\([a-z]\)|[$*|#~^'\"`•·_%]|(?<![\d)])\.{1,}(?!\d)|-(?!\d)")
_DECIMAL = {
    Kind.FACTOR: re.compile(r"(?<!\d)\d?\.\d{4}(?!\d)|(?<=\d)\d\.\d{4}(?!\d)"),
    Kind.PERCENT: re.compile(r"\d{1,3}\.\d(?!\d)|\d{1,3}(?![\d,.])"),
}
_PLAIN_NUMBER = re.compile(r"\d+")


def read_run(text: str, kinds: tuple[Kind, ...] = (Kind.MONEY,)) -> Run:
    """Every well-formed way to read a stretch of print as figures of these kinds.

    >>> [token.text for token in read_run("(a)10,834,79510,368,384").readings[0]]
    ['10,834,795', '10,368,384']
    >>> read_run("(3,502,243)").readings[0][0].value
    -3502243
    """
    return _read_run(text, kinds)


@lru_cache(maxsize=65536)
def _read_run(text: str, kinds: tuple[Kind, ...]) -> Run:
    marks = tuple(match[0] for match in _MARK.finditer(text))
    bare = _MARK.sub(lambda match: " " * len(match[0]), text)
    bare = _note_letters(bare)
    if not bare.strip():
        return Run(text, ((),), marks)
    found: list[tuple[Token, ...]] = []
    _part(bare, 0, kinds, (), found)
    whole: list[tuple[Token, ...]] = [reading for reading in found if reading]
    alone: list[tuple[Token, ...]] = [
        reading for reading in whole if len(reading) == 1 and _is_well_formed(reading[0])
    ]
    whole = alone or whole
    whole.sort(
        key=lambda reading: (len(reading), sum(token.is_half_bracketed for token in reading))
    )
    return Run(text, tuple(dict.fromkeys(whole[:MOST_READINGS])), marks)


def _is_well_formed(token: Token) -> bool:
    """Whether a figure is printed as the form prints figures, so that there is no need to part it."""
    return token.is_xxx or token.kind is not Kind.MONEY or not re.search(r"\d{4}", token.text)


def _note_letters(text: str) -> str:
    """Blank out what is left of a broken note mark, such as "a)" in front of a figure."""
    return re.sub(r"(?<![A-Za-z])\(?[a-z]\)", lambda match: " " * len(match[0]), text)


def _part(
    text: str,
    at: int,
    kinds: tuple[Kind, ...],
    before: tuple[Token, ...],
    found: list[tuple[Token, ...]],
) -> None:
    while at < len(text) and text[at] == " ":
        at += 1
    if at == len(text):
        found.append(before)
        return
    if len(found) >= MOST_READINGS:
        return
    if text.startswith("XXX", at):
        _part(text, at + 3, kinds, (*before, Token("XXX", at, at + 3, None)), found)
        return
    for token in _tokens_at(text, at, kinds):
        _part(text, token.end, kinds, (*before, token), found)


def _tokens_at(text: str, at: int, kinds: tuple[Kind, ...]) -> list[Token]:
    """The figures of any of the kinds that can begin here."""
    return [token for kind in kinds for token in _tokens_of_kind(text, at, kind)]


def _tokens_of_kind(text: str, at: int, kind: Kind) -> list[Token]:
    opened = text[at] == "("
    minus = text[at] == "-"
    start = at + 1 if opened or minus else at
    while opened and start < len(text) and text[start] == " ":
        start += 1
    tokens = []
    for end in _ends(text, start, kind):
        closing = end
        while opened and closing < len(text) and text[closing] == " ":
            closing += 1
        closed = closing < len(text) and text[closing] == ")"
        stop = closing + 1 if closed else end
        digits = text[start:end]
        value = parse_figure(digits, kind) if _fits(digits, kind) else None
        if value is None:
            continue
        negative = opened or closed or minus
        half = opened != closed
        tokens.append(Token(text[at:stop], at, stop, -value if negative else value, kind, half))
    return tokens


def _fits(digits: str, kind: Kind) -> bool:
    try:
        parse_figure(digits, kind)
    except ValueError:
        return False
    return True


def _ends(text: str, start: int, kind: Kind) -> list[int]:
    """Where a figure that begins here may end: after each well-formed group of three."""
    if kind is not Kind.MONEY:
        found = _DECIMAL[kind].match(text, start)
        return [found.end()] if found else []
    ends: list[int] = []
    plain = _PLAIN_NUMBER.match(text, start)
    if plain is None:
        return ends
    for length in (1, 2, 3):
        at = start + length
        if at > plain.end():
            break
        ends.append(at)
        while re.match(r",\d{3}", text[at:]):
            at += 4
            ends.append(at)
    if len(plain[0]) > 3 and not text[plain.end() :].startswith(","):
        ends.append(plain.end())  # printed without commas
    return sorted(set(ends), reverse=True)
