"""Everything wrong in a folder, told at once: file, row, column, what, and what to write instead."""

from dataclasses import dataclass, field

from jurat.words import RecordError

LONGEST = 300
"""Characters: what is wrong with a field need not repeat all of it."""


@dataclass(slots=True)
class Faults:
    """The faults found so far; nothing is used until all are looked for."""

    told: list[str] = field(default_factory=list)

    def add(self, where: str, what: str, next: str = "") -> None:  # noqa: A002
        """Keep one fault with its place and what to do about it."""
        short = what if len(what) <= LONGEST else f"{what[:LONGEST]}..."
        self.told.append(f"{where}: {short}" + (f" {next}" if next else ""))

    def stop(self) -> None:
        """Raise what was found.

        Raises  RecordError naming every fault, in the order of files and rows.
        """
        if self.told:
            count = len(self.told)
            raise RecordError(
                "\n".join([f"{count} fault{'s' if count > 1 else ''} in the folder:", *self.told]),
                why="A figure that is misplaced or counted twice would be sworn to.",
                next="Mend them and close again; nothing was written.",
            )
