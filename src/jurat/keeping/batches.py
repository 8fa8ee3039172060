"""Accepting a table of figures: proved against the whole folder, then kept under its content's name."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jurat.keeping.faults import Faults
from jurat.keeping.figures import DIGITS, HOME, OPTIONAL, REQUIRED, input_files
from jurat.keeping.staging import Prove, put, staged
from jurat.keeping.tables import rows_of
from jurat.words import RecordError, UsageError

_LONGEST_STEM = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A table of figures that a folder has accepted."""

    name: str
    rows: int
    is_new: bool
    """Whether it was accepted now; the same content is accepted once."""


def accept(folder: Path, file: Path, prove: Prove) -> Batch:
    """Keep a table of figures as the folder's next batch; nothing is written unless all of it stands.

    Raises  UsageError when folder or file is not there or holds no row; RecordError naming every fault of
            it, and of the folder with it.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", next=f"Begin with: jurat init {folder}")
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise UsageError(
            f"{file} cannot be read: {fault.strerror}.", next="Name a table of figures."
        ) from fault
    faults = Faults()
    rows = len(list(rows_of(file, file.name, REQUIRED, OPTIONAL, faults)))
    faults.stop()
    if not rows:
        raise UsageError(f"{file} holds no row.", next="Nothing was written.")
    if kept := _same_content(folder, content):
        return Batch(name=kept, rows=rows, is_new=False)
    name = batch_name(folder, file.stem, content)
    try:
        with staged(folder, {name: content}) as copy:
            prove(copy)
    except RecordError as fault:
        told = fault.what.replace(name, file.name)
        raise RecordError(told, why=fault.why, next=fault.next) from fault
    put(folder, name, content)
    return Batch(name=name, rows=rows, is_new=True)


def batch_name(folder: Path, stem: str, content: bytes) -> str:
    """What the folder will call its next batch."""
    number = max((file.number for file in input_files(folder)), default=0) + 1
    stem = re.sub(r"[^A-Za-z0-9_]+", "-", stem).strip("-")[:_LONGEST_STEM] or "figures"
    return f"{HOME}/{number:04}-{stem}-{sha256(content).hexdigest()[:DIGITS]}.csv"


def _same_content(folder: Path, content: bytes) -> str:
    """The table of the folder that holds the same, byte for byte."""
    same = (file.name for file in input_files(folder) if file.path.read_bytes() == content)
    return next(same, "")
