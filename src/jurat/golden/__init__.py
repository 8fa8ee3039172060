"""Statements that tie by construction: answers known before any check is run.

Owns: drawing figures that satisfy every equation of a blank, and answers that fit the figures.
Must not know: how a check is graded; what a check says of a statement made here is the test of it.
"""

from jurat.golden.answers import answered
from jurat.golden.ties import tying_statement

__all__ = ["answered", "tying_statement"]
