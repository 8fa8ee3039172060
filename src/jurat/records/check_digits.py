"""Numbers the world gives: CUSIP, ISIN, LEI. Their check digits; a company's own number has none."""

import re

from stdnum import cusip, isin, lei

CHECKED = {
    ("securities", "security"): "security",
    ("securities", "lei"): "lei",
    ("collateral", "security"): "security",
    ("other_invested", "cusip"): "security",
}
"""The columns that hold such numbers, and which."""

_CUSIP = re.compile(r"[0-9]{3}[0-9A-Z]{5}[0-9]")
"""An issuer's number begins with three digits; others of nine signs may be a company's own."""
_PRIVATE = re.compile(r"[0-9A-Z*@#]*[*@#][0-9A-Z*@#]*")
_ISIN = re.compile(r"[A-Z]{2}[0-9A-Z]{9}[0-9]")
_LOOSE = re.compile(r"[0-9]{3}[0-9A-Za-z]{3}[ -]?[0-9A-Za-z]{2}[ -]?[0-9]")


def why_no_number(table: str, column: str, text: str) -> tuple[str, str] | None:
    """What is wrong with a number of the world, and what to do; nothing where it can stand.

    A private CUSIP, one with `#`, `@` or `*`, has nine signs and its last is not checked: insurers
    give such numbers themselves.

    Source  check digits by python-stdnum.

    >>> why_no_number("securities", "security", "00206R102")
    >>> why_no_number("securities", "security", "00206R103")[0]
    "'00206R103' looks like a CUSIP, but its check digit would be 2."
    >>> why_no_number("securities", "security", "46523*AA5")
    """
    kind = CHECKED.get((table, column), "")
    if not kind or not text:
        return None
    return _why_no_lei(text) if kind == "lei" else _why_no_security(text)


def _why_no_lei(text: str) -> tuple[str, str] | None:
    if lei.is_valid(text) and len(text) == 20 and text == text.upper():
        return None
    told = "has 20 signs" if len(text) != 20 else "has other check digits"
    return f"{text[:40]!r} is no LEI: one {told}.", "Look it up again, or leave it blank."


def _why_no_security(text: str) -> tuple[str, str] | None:
    own = "If it is your own number, write it with a letter in front."
    if _PRIVATE.fullmatch(text):
        if len(text) == 9:
            return None
        return f"{text[:40]!r} looks like a private CUSIP, which has nine signs.", own
    if _CUSIP.fullmatch(text):
        digit = cusip.calc_check_digit(text[:8])
        if text[8] == digit:
            return None
        return f"{text!r} looks like a CUSIP, but its check digit would be {digit}.", own
    if _ISIN.fullmatch(text):
        if isin.is_valid(text):
            return None
        return f"{text!r} looks like an ISIN, but its check digit is wrong.", own
    if _LOOSE.fullmatch(text):
        plain = re.sub("[ -]", "", text).upper()
        return f"{text!r} looks like a CUSIP written loosely.", f"Write {plain}."
    return None
