"""The proof: every output read back, by what one sees in it, and held against the model cell by cell."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jurat.publish import (
    EXPLANATIONS,
    MANIFEST,
    MODEL,
    PARQUET,
    PDF,
    SITE,
    SPACES,
    TABLES,
    TABS,
    WORKBOOK,
)
from jurat.publishing.data import plain
from jurat.reading import read
from jurat.reading.changes import changes
from jurat.reading.model import read_parquet, read_tables
from jurat.reading.site import read_site
from jurat.statement import CellState, Statement
from jurat.words import Address, JuratError, UsageError

CERTIFICATE = "certificate.json"

Shown = Mapping[Address, str]
"""What each cell shows, as one line; a cell that is not there shows nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unequal:
    """A cell that one output shows otherwise than the model."""

    output: str
    address: Address | None
    model: str
    shown: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.output}: {self.address or ''} shows {self.shown!r}, the model {self.model!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One output held against the model."""

    output: str
    cells: int
    digest: str
    unequal: tuple[Unequal, ...] = ()
    fault: str = ""
    """Why it could not be read; then nothing of it is proved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What was compared, and what differed."""

    folder: str
    company: str
    year: int
    model: str
    """The digest of the model."""
    compared: tuple[Compared, ...]
    strays: tuple[str, ...]
    """Outputs whose bytes are not those the manifest tells, or that it does not tell."""

    @property
    def is_clean(self) -> bool:
        """Whether every output was read, and shows what the model holds."""
        return not self.strays and not any(c.unequal or c.fault for c in self.compared)

    @property
    def cells(self) -> int:
        """How many cells were compared over all outputs."""
        return sum(one.cells for one in self.compared)


def prove(folder: Path) -> Certificate:
    """Hold every output of a build against its model, and leave the certificate beside them.

    The PDF is read by its visible glyphs, the workbook by working its formulas from its inputs,
    web pages by their visible text, data and text as they stand. Nothing of how they were written
    is asked.

    Raises  UsageError when the folder is no build of ours; ReadError when its model cannot be read.
    """
    manifest = _manifest(folder)
    model = read(folder / MODEL).statement
    certificate = Certificate(
        folder=folder.name,
        company=model.company,
        year=model.year,
        model=_digest(folder / MODEL),
        compared=tuple(_compare(model, folder, name) for name in _PROVED if name in manifest),
        strays=tuple(_strays(folder, manifest)),
    )
    _leave(certificate, folder)
    return certificate


def _manifest(folder: Path) -> dict[str, str]:
    """The outputs a manifest tells, each with its digest; the site is one output."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise UsageError(
            f"{folder} holds no build: {MANIFEST} cannot be read ({fault}).",
            next="Give the folder that jurat close wrote: FOLDER/out",
        ) from fault
    return {**told, SITE: ""}


def _strays(folder: Path, told: Mapping[str, str]) -> Iterator[str]:
    found = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (MANIFEST, CERTIFICATE)
    }
    for name, digest in told.items():
        if digest and name not in found:
            yield f"{name} is missing"
        elif digest and _digest(found[name]) != digest:
            yield f"{name} was changed after the close"
    for name in found:
        if name not in told:
            yield f"{name} is none of the build's outputs"


def _digest(path: Path) -> str:
    """The digest of a file, or of all files of a folder in the order of their names."""
    if path.is_file():
        return sha256(path.read_bytes()).hexdigest()
    files = sorted(inside for inside in path.rglob("*") if inside.is_file())
    return sha256(b"".join(sha256(file.read_bytes()).digest() for file in files)).hexdigest()


# -- one output --------------------------------------------------------------------------------


def _compare(model: Statement, folder: Path, name: str) -> Compared:
    path = folder / name
    try:
        expected, shown = _PROVED[name](model, path)
        unequal = [
            Unequal(
                output=name,
                address=address,
                model=expected.get(address, ""),
                shown=shown.get(address, ""),
            )
            for address in sorted({*expected, *shown})
            if expected.get(address, "") != shown.get(address, "")
        ]
        if name == WORKBOOK:
            unequal += _edited(path, model, {one.address for one in unequal})
    except (JuratError, OSError, ValueError) as fault:
        digest = _digest(path) if path.exists() else ""
        return Compared(output=name, cells=0, digest=digest, fault=str(fault))
    return Compared(output=name, cells=len(expected), digest=_digest(path), unequal=tuple(unequal))


def _edited(path: Path, model: Statement, told: set[Address | None]) -> Iterator[Unequal]:
    """What stands in the workbook against its own rules: a formula replaced by a figure."""
    for change in changes(path, model):
        if change.address not in told:
            yield Unequal(
                output=WORKBOOK,
                address=change.address,
                model=str(change.was),
                shown=str(change.now),
            )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shown(statement: Statement) -> dict[Address, str]:
    """What a statement's cells show; a box that nobody ticked shows nothing."""
    return {
        address: _one_line(cell.shown)
        for address, cell in statement.cells.items()
        if cell.shown and not (cell.state is CellState.UNREAD and cell.kind.is_box)
    }


def _as_read(model: Statement, path: Path) -> tuple[Shown, Shown]:
    """PDF, workbook and text, each by the reader that reads filings."""
    return _shown(model), _shown(read(path, model.blank).statement)


def _as_pages(model: Statement, path: Path) -> tuple[Shown, Shown]:
    """Web pages: what stands in the cells; blanks that no page shows are nothing."""
    shown = read_site(path)
    return _shown(model), {address: _one_line(text) for address, text in shown.items() if text}


def _as_tables(model: Statement, path: Path) -> tuple[Shown, Shown]:
    expected = {a: plain(cell) for a, cell in model.cells.items() if plain(cell)}
    return expected, {address: text for address, text in read_tables(path).items() if text}


def _as_columns(model: Statement, path: Path) -> tuple[Shown, Shown]:
    held = read_parquet(path)
    expected = {a: str(c.value) for a, c in model.cells.items() if c.value is not None}
    if held is None:
        raise UsageError("Parquet cannot be read here.", next="pip install 'jurat[batch]'")
    return expected, {address: str(v) for address, v in held.items() if v is not None}


def _as_explained(model: Statement, path: Path) -> tuple[Shown, Shown]:
    """The explanation file: the figures of each accepted break are those the model gives."""
    expected: dict[Address, str] = {}
    shown: dict[Address, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        _, cell, left, *_ = line.split("\t")
        address = Address.parse(cell)
        expected[address], shown[address] = str(model[address].figure), left
    return expected, shown


_PROVED: dict[str, Callable[[Statement, Path], tuple[Shown, Shown]]] = {
    PDF: _as_read,
    WORKBOOK: _as_read,
    SITE: _as_pages,
    TABS: _as_read,
    SPACES: _as_read,
    TABLES: _as_tables,
    PARQUET: _as_columns,
    EXPLANATIONS: _as_explained,
}
"""How each output is read back."""


def _leave(certificate: Certificate, folder: Path) -> None:
    told = {
        "company": certificate.company,
        "year": certificate.year,
        "model": certificate.model,
        "is_clean": certificate.is_clean,
        "cells_compared": certificate.cells,
        "outputs": [
            {
                "output": one.output,
                "cells": one.cells,
                "digest": one.digest,
                "fault": one.fault,
                "unequal": [
                    {"cell": str(u.address), "model": u.model, "shown": u.shown}
                    for u in one.unequal
                ],
            }
            for one in certificate.compared
        ],
        "strays": list(certificate.strays),
    }
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    (folder / CERTIFICATE).write_text(text, encoding="utf-8", newline="\n")
