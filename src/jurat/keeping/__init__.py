"""The company folder: the book of record one can read, diff and keep in git.

Owns: `company.toml`, inputs, reserves, write-ins, interrogatories, overrides, gains; intake of
batches; builds that are switched whole.
Must not know: how a statement is filled, printed or read from print.
"""

from jurat.keeping.books import Books, read_books
from jurat.keeping.builds import Builds
from jurat.keeping.company import Company, Policies
from jurat.keeping.faults import Faults

__all__ = ["Books", "Builds", "Company", "Faults", "Policies", "read_books"]
