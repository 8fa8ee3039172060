"""Matching printed text to a caption of the blank, word by word, blanks filled or not."""

import re
from dataclasses import dataclass
from functools import lru_cache

from jurat.blanks import FormLine
from jurat.words import for_year, insets_of
from jurat.words.captions import split_at_insets

_WORD = re.compile(r"[A-Za-z0-9]+")
_SKIP = re.compile(r"[^A-Za-z0-9]*")
_CLOSING = re.compile(r"[^A-Za-z0-9]*$")
_AMOUNT = re.compile(r"(?:\s*\n\s*| {0,2})(\$? {0,2})((?:\( {0,2})?\d[\d,]*(?: {0,2}\))?)?")


@dataclass(frozen=True, slots=True)
class Match:
    """How much of a caption a text holds, where it ends, and what fills its blanks."""

    share: float
    end: int
    insets: tuple[tuple[int, int], ...]
    is_complete: bool


def _closing_signs(text: str) -> str:
    """The signs a stretch of caption ends in."""
    found = _CLOSING.search(text)
    return found[0] if found else ""


@lru_cache(maxsize=4096)
def _words(caption: str, year: int) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The caption's words and closing signs, in the stretches between its blanks."""
    parts = split_at_insets(for_year(caption, year))
    return tuple((tuple(_WORD.findall(part.casefold())), _closing_signs(part)) for part in parts)


def match_caption(text: str, line: FormLine, year: int, start: int = 0) -> Match:
    """Follow a caption along a text from `start`."""
    stretches = _words(line.caption, year)
    kinds = [inset.kind for inset in insets_of(line.caption)]
    at, matched, insets = start, 0, []
    total = sum(len(words) for words, _ in stretches)
    for number, (words, closing) in enumerate(stretches):
        if number:
            following = next((later[0] for later, _ in stretches[number:] if later), "")
            span = _inset(text, at, following, is_figure=kinds[number - 1].is_figure)
            insets.append(span)
            is_cut = not following and kinds[number - 1].is_figure and span == (at, at)
            at = span[1]
            if is_cut and not text[at:].strip():
                return Match(matched / (total + 1), at, tuple(insets), False)
        for word in words:
            found = _next_word(text, at, word)
            if found is None:
                return Match(matched / total if total else 0.0, at, tuple(insets), False)
            at, matched = found, matched + 1
        if number < len(kinds):
            at = _past_signs(text, at, closing)
    return Match(1.0, _past_punctuation(text, at, line.caption), tuple(insets), True)


def _next_word(text: str, at: int, word: str) -> int | None:
    """Where a word ends that stands next in the text, or nothing."""
    start = _SKIP.match(text, at).end()  # type: ignore[union-attr]
    if text[start : start + len(word)].casefold() == word:
        return start + len(word)
    found = _WORD.match(text, start)
    if found and len(word) >= 5 and _alike(found[0].casefold(), word):
        return found.end()
    return None


def _alike(one: str, other: str) -> bool:
    """Whether two words differ by one letter, as a scanner misreads."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _inset(text: str, at: int, following: str, *, is_figure: bool) -> tuple[int, int]:
    """The stretch that fills a blank of the caption."""
    if is_figure:
        found = _AMOUNT.match(text, at)
        if found is None or not (found[1].strip() or found[2]):
            return (at, at)
        return (found.start(2), found.end(2)) if found[2] else (found.end(1), found.end(1))
    end = text.casefold().find(following, at) if following else len(text)
    return (at, end if end >= 0 else at)


def _past_signs(text: str, at: int, signs: str) -> int:
    """Behind the given signs, each if it stands next."""
    for sign in signs:
        skipped = at
        while skipped < len(text) and text[skipped] in " \n":
            skipped += 1
        if sign.strip() and skipped < len(text) and text[skipped] == sign:
            at = skipped + 1
    return at


def _past_punctuation(text: str, at: int, caption: str) -> int:
    """The end of a caption with the signs the caption itself ends in, and dot leaders."""
    closing = re.search(r"[^A-Za-z0-9}]*$", caption)
    at = _past_signs(text, at, closing[0] if closing else "")
    leaders = re.compile(r"[ ]?[.:_ ]{2,}|[.:]").match(text, at)
    return leaders.end() if leaders and "\t" not in leaders[0] else at
