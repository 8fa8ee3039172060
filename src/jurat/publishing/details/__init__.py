"""Detail schedules in print: the rows of `schedules.Detail` under the subtotals of a statement.

Owns: in what order headings, rows and subtotals stand, and how each output prints them, streamed.
Must not know: how rows were computed. Every money cell is rounded once, from cents.
"""

from jurat.publishing.details.schedule import (
    Entry,
    EntryKind,
    Schedule,
    front_of,
    schedules_of,
)

__all__ = ["Entry", "EntryKind", "Schedule", "front_of", "schedules_of"]
