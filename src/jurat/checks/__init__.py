"""Findings about a statement: every check run, graded, grouped by root, and explained.

Owns: grades, tolerances at work, conditions, accepted breaks, hints, roots, suspects.
Must not know: where a statement came from, or how a finding is shown.
"""

from jurat.checks.accepted import Accepted, accept, read_accepted
from jurat.checks.conditions import CONDITIONS, Condition
from jurat.checks.findings import ABSENT, NO_PRIOR, Counts, Finding, Grade, Part
from jurat.checks.run import Outcome, check, examine
from jurat.checks.suspects import Change, Suspect, suspects

__all__ = [
    "ABSENT",
    "CONDITIONS",
    "NO_PRIOR",
    "Accepted",
    "Change",
    "Condition",
    "Counts",
    "Finding",
    "Grade",
    "Outcome",
    "Part",
    "Suspect",
    "accept",
    "check",
    "examine",
    "read_accepted",
    "suspects",
]
