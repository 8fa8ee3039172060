"""The command line: it parses, calls and prints, and does no arithmetic.

Owns: verbs, options, exit codes, what is printed where.
Must not know: how anything is read, checked or explained.
"""

from jurat.cli.main import main

__all__ = ["main"]
