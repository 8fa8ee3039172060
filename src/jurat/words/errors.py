"""What goes wrong, said so that the reader can mend it.

JuratError
├── BlankError    a page of the blank cannot stand as written
├── ReadError     a file cannot be read as a statement
├── RecordError   what a company's folder holds cannot stand
└── UsageError    a command or call asks for what cannot be
"""


class JuratError(Exception):
    """What, where, why it matters, what to do next."""

    def __init__(self, what: str, *, where: str = "", why: str = "", next: str = "") -> None:  # noqa: A002
        """Keep the four parts; any but the first may be empty."""
        super().__init__(what)
        self.what, self.where, self.why, self.next = what, where, why, next

    def __str__(self) -> str:
        """All four parts, a line each."""
        lines = [f"{self.where}: {self.what}" if self.where else self.what]
        lines += [f"  Why it matters: {self.why}"] if self.why else []
        lines += [f"  Next: {self.next}"] if self.next else []
        return "\n".join(lines)


class BlankError(JuratError):
    """A page of the blank cannot stand as written."""


class ReadError(JuratError):
    """A file cannot be read as a statement."""


class RecordError(JuratError):
    """What a company's folder holds cannot stand: every fault at once, each with its place."""


class UsageError(JuratError):
    """A command or call asks for what cannot be."""


def require(condition: bool, message: str) -> None:  # noqa: FBT001
    """Stop when one of our own promises is broken; not for facts about data."""
    if not condition:
        raise AssertionError(message)
