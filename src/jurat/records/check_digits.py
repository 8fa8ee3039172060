"""Numbers the world gives: CUSIP, ISIN, LEI. Their check digits; a company's own number has none."""

import re

from stdnum import cusip, isin, lei

from jurat.records.faults import short

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
    return f"{short(text)} is no LEI: one {told}.", "Look it up again, or leave it blank."


def _why_no_security(text: str) -> tuple[str, str] | None:
    own = "If it is your own number, write it with a letter in front."
    if _PRIVATE.fullmatch(text):
        what = "" if len(text) == 9 else "looks like a private CUSIP, which has nine signs."
    elif _CUSIP.fullmatch(text):
        digit = cusip.calc_check_digit(text[:8])
        is_right = text[8] == digit
        what = "" if is_right else f"looks like a CUSIP, but its check digit would be {digit}."
    elif _ISIN.fullmatch(text):
        what = "" if isin.is_valid(text) else "looks like an ISIN, but its check digit is wrong."
    elif _LOOSE.fullmatch(text):
        what, own = "looks like a CUSIP written loosely.", f"Write {_plain(text)}."
    else:
        what = ""
    return (f"{short(text)} {what}", own) if what else None


def _plain(text: str) -> str:
    return re.sub("[ -]", "", text).upper()
