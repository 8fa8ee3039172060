"""The page's grammar: addresses, rules, pages and cross-checks as text.

Owns: parsing the `.page` and `.checks` notations and printing rules back.
Must not know: which pages a blank has, or what any cell holds.
"""

from jurat.words.address import TOTAL_ROW, Address
from jurat.words.captions import (
    Claim,
    Inset,
    Sense,
    claims_of,
    for_year,
    insets_of,
    parentheses,
    sense_of,
)
from jurat.words.errors import BlankError, JuratError, ReadError, RecordError, UsageError, require
from jurat.words.laws import (
    CheckOverlay,
    CrossCheck,
    Severity,
    Tolerance,
    read_check_overlay,
    read_checks,
)
from jurat.words.names import address_named, name_of
from jurat.words.nearest import nearest
from jurat.words.overlay import Change, Overlay, Verb, is_overlay, read_overlay
from jurat.words.page import Page
from jurat.words.page_reader import read_page
from jurat.words.rules import Reference, Rule, parse_rule

__all__ = [
    "TOTAL_ROW",
    "Address",
    "BlankError",
    "Change",
    "CheckOverlay",
    "Claim",
    "CrossCheck",
    "Inset",
    "JuratError",
    "Overlay",
    "Page",
    "ReadError",
    "RecordError",
    "Reference",
    "Rule",
    "Sense",
    "Severity",
    "Tolerance",
    "UsageError",
    "Verb",
    "address_named",
    "claims_of",
    "for_year",
    "insets_of",
    "is_overlay",
    "name_of",
    "nearest",
    "parentheses",
    "parse_rule",
    "read_check_overlay",
    "read_checks",
    "read_overlay",
    "read_page",
    "require",
    "sense_of",
]
