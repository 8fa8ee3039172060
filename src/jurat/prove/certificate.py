"""The certificate: what was compared in each output, its digest, and every cell that differs."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from jurat.words import UsageError

CERTIFICATE = "certificate.json"
PART = CERTIFICATE + ".part"
"""The certificate while it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unequal:
    """A cell that one output shows otherwise than the model."""

    output: str
    cell: str
    """Its address; a page by its name, where the stamp NONE differs; else a place in the output."""
    model: str
    shown: str
    note: str = ""
    """Where in the output, or how it came to differ."""

    def __str__(self) -> str:
        """One line."""
        told = f" ({self.note})" if self.note else ""
        return f"{self.output}: {self.cell} shows {self.shown!r}, the model {self.model!r}{told}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One output held against the model."""

    output: str
    cells: int
    digest: str
    unequal: tuple[Unequal, ...] = ()
    fault: str = ""
    """Why it could not be read, or not wholly; then it is not proved."""
    note: str = ""
    """What was asked besides, or could not be asked."""

    @property
    def is_equal(self) -> bool:
        """Whether it was read, and shows what the model holds."""
        return not (self.unequal or self.fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What was compared, and what differed."""

    company: str
    year: int
    model: str
    """The digest of the model."""
    compared: tuple[Compared, ...]
    strays: tuple[str, ...]
    """Files whose bytes are not those the manifest tells, or that it does not tell."""
    changed_in_model: tuple[str, ...] = ()
    """Cells in which every output agrees against the model: it is the model that was changed."""

    @property
    def is_clean(self) -> bool:
        """Whether every output was read, and shows what the model holds."""
        return not self.strays and all(one.is_equal for one in self.compared)

    @property
    def cells(self) -> int:
        """How many cells were compared over all outputs."""
        return sum(one.cells for one in self.compared)


def leave(certificate: Certificate, folder: Path) -> Path:
    """Write the certificate beside the outputs; the file's path.

    Raises  UsageError when it cannot be written there.
    """
    told = {
        "company": certificate.company,
        "year": certificate.year,
        "model": certificate.model,
        "is_clean": certificate.is_clean,
        "cells_compared": certificate.cells,
        "changed_in_model": list(certificate.changed_in_model),
        "outputs": [asdict(one) for one in certificate.compared],
        "strays": list(certificate.strays),
    }
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    part, path = folder / PART, folder / CERTIFICATE
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as fault:
        raise UsageError(
            f"The certificate cannot be written: {fault.strerror}.",
            where=str(path),
            next="Copy the outputs to a folder of your own, and prove that. What was found stands above.",
        ) from fault
    return path
