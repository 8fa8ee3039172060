"""What a caption says besides its name: rules, ties and blanks to fill in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jurat.money import Kind
from jurat.words.rules import Rule, parse_rule


class Sense(StrEnum):
    """What a parenthesis of a caption means."""

    RULE = "rule"
    TIE = "tie"
    INSET = "inset"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Inset:
    """A blank inside a caption."""

    number: int
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of a caption that states how a figure relates to others."""

    text: str
    rule: Rule
    sense: Sense


_INSET = re.compile(r"(\$)?\{(?!year\b)(\w+)(?::(\w+))?\}")
_YEAR = re.compile(r"\{year([+-]\d+)?\}")
_PARENTHESIS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_OPEN_REFERENCE = re.compile(
    r"(?:^|Totals?, |, |\s)((?:Part [0-9A-F]|Section \d)\b.*?Columns? \d+)"
    r"(?:, current year(?: to date)?)?(?: minus)?(, prior year)?\)?$"
)
_LOOKS_LIKE_RULE = re.compile(
    r"\b(Lines?|Cols?\.?|Columns?|Exhibit|Page|Schedule|Part|Section|Amortization)\b.*\d",
    re.IGNORECASE,
)


def insets_of(caption: str) -> tuple[Inset, ...]:
    """The blanks of a caption, in their order.

    >>> [inset.name for inset in insets_of("Cash (${cash}) and equivalents (${equivalents})")]
    ['cash', 'equivalents']
    """
    found = _INSET.finditer(caption)
    return tuple(
        Inset(
            number, match[2], Kind(match[3]) if match[3] else Kind.MONEY if match[1] else Kind.TEXT
        )
        for number, match in enumerate(found, 1)
    )


def for_year(caption: str, year: int) -> str:
    """The caption with the statement's year in it.

    >>> for_year("As of December 31, {year-1}", 2012)
    'As of December 31, 2011'
    """
    return _YEAR.sub(lambda match: str(year + int(match[1] or 0)), caption)


def split_at_insets(caption: str) -> list[str]:
    """The printed words before, between and after the blanks.

    >>> split_at_insets("(less ${encumbrances} encumbrances)")
    ['(less ', ' encumbrances)']
    """
    parts, end = [], 0
    for match in _INSET.finditer(caption):
        parts.append(caption[end : match.start()])
        end = match.end()
    return [*parts, caption[end:]]


def parentheses(caption: str) -> list[str]:
    """Every outermost parenthesis of a caption, without its brackets."""
    return [match[1] for match in _PARENTHESIS.finditer(caption)]


def claims_of(caption: str, pages: Iterable[str], words: Iterable[str] = ()) -> list[Claim]:
    """The rules and ties a caption prints, in their order.

    `words` are parentheses that the page marks as mere words.

    Raises  BlankError when a parenthesis looks like a rule and cannot be read as one.

    >>> [str(claim.rule) for claim in claims_of("Funds (Line 7 minus Line 14)", [])]
    ['Line 7 minus Line 14']
    """
    pages = tuple(pages)
    spared = {word.strip().strip("()") for word in words}
    stated = [text for text in parentheses(caption) if text not in spared and _is_stated(text)]
    outside = _PARENTHESIS.sub("", caption).strip()
    if match := _OPEN_REFERENCE.search(outside):
        stated.append(match[1] + (match[2] or ""))
    rules = [(text, parse_rule(text, pages)) for text in stated]
    return [
        Claim(text, rule, Sense.TIE if rule.forward else Sense.RULE)
        for text, rule in rules
        if not rule.is_pointer
    ]


def sense_of(parenthesis: str, pages: Iterable[str], words: Iterable[str] = ()) -> Sense:
    """What one parenthesis means: rule, tie, inset or words.

    Raises  BlankError when it looks like a rule and is none: nothing stays unclassified.
    """
    if _INSET.search(parenthesis):
        return Sense.INSET
    if parenthesis in {word.strip().strip("()") for word in words} or not _is_stated(parenthesis):
        return Sense.WORDS
    rule = parse_rule(parenthesis, tuple(pages))
    if rule.is_pointer:
        return Sense.WORDS
    other_page = any(term.reference.page for term in rule.terms)
    return Sense.TIE if rule.forward or other_page else Sense.RULE


def _is_stated(parenthesis: str) -> bool:
    if _INSET.search(parenthesis) or not _LOOKS_LIKE_RULE.search(parenthesis):
        return False
    return not re.match(
        r"(Schedule|Exhibit|Included in Exhibit|included in Exhibit) \w+( - Part \d)?$", parenthesis
    )
