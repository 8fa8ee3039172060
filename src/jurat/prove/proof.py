"""A build proved: each output read back and held against the model, each file against the manifest."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jurat.keeping.builds import build_at
from jurat.prove.certificate import CERTIFICATE, PART, Certificate, Compared, Unequal
from jurat.prove.pictures import not_alike
from jurat.prove.read_back import (
    Line,
    ReadBack,
    as_columns,
    as_explained,
    as_listed,
    as_pages,
    as_read,
    as_tables,
    as_told,
    as_worked,
)
from jurat.prove.rows import ROWS, counted, differing, schedules_in, unfooted
from jurat.publish import (
    DETAILS,
    EXPLANATIONS,
    MANIFEST,
    MODEL,
    PARQUET,
    PDF,
    SIGNED,
    SITE,
    SPACES,
    TABLES,
    TABS,
    WORKBOOK,
    draft_words,
)
from jurat.publishing.details import Schedule, front_of
from jurat.publishing.pdf import signature_on
from jurat.reading import read
from jurat.statement import Statement
from jurat.words import JuratError, ReadError, UsageError

PROVED: dict[str, ReadBack] = {
    MODEL: as_told,
    PDF: as_read,
    SIGNED: as_read,
    WORKBOOK: as_worked,
    SITE: as_pages,
    TABS: as_read,
    SPACES: as_read,
    TABLES: as_tables,
    PARQUET: as_columns,
    EXPLANATIONS: as_explained,
    MANIFEST: as_listed,
}
"""How each output is read back."""
OPTIONAL = frozenset({SIGNED, PARQUET})
"""Outputs that a build may be without, when its manifest does not tell them."""
WHOLE = frozenset({PDF, WORKBOOK, SITE, TABS, SPACES, TABLES, PARQUET})
"""Outputs that show every cell."""
_NEXT = "Give the folder that jurat close wrote: FOLDER/out"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Manifest:
    """What a manifest tells, as far as the proof asks it."""

    outputs: Mapping[str, str]
    jurat: str
    draft: str
    """The words of the watermark; empty on a final statement."""


def prove(folder: Path) -> Certificate:
    """Hold every output of a build against its model, given nothing but the outputs.

    The PDF is read by its visible glyphs and laid over its model's picture, the workbook by working
    its formulas from its inputs, web pages by their visible text, data and text as they stand.

    Raises  UsageError when the folder is no build of ours; ReadError when its model cannot be read.
    """
    folder = build_at(folder)
    manifest = _manifest(folder)
    model = _model(folder)
    found = [
        _compare(model, folder, name, manifest)
        for name in PROVED
        if name not in OPTIONAL or name in manifest.outputs or (folder / name).exists()
    ]
    found += _rows(model, folder, manifest)
    return Certificate(
        company=model.company,
        year=model.year,
        model=_digest(folder / MODEL),
        compared=tuple(found),
        strays=tuple(_strays(folder, manifest.outputs)),
        changed_in_model=_agreed([one for one in found if one.output in WHOLE]),
    )


def compare_output(folder: Path, output: str, model: Statement | None = None) -> Compared:
    """Hold one output of a build against the model; that of the build, where none is given.

    Raises  UsageError when the folder is no build of ours, or has no output of this name.
    """
    folder = build_at(folder)
    if output not in PROVED:
        raise UsageError(f"No output is named {output!r}.", next=f"Outputs: {', '.join(PROVED)}")
    manifest = _manifest(folder)
    return _compare(model or _model(folder), folder, output, manifest)


def _model(folder: Path) -> Statement:
    path = folder / MODEL
    if not path.is_file():
        raise ReadError(
            f"{path} is not there: without the model nothing can be proved.", next=_NEXT
        )
    return read(path).statement


def _manifest(folder: Path) -> _Manifest:
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        outputs = {str(name): str(digest) for name, digest in told["outputs"].items()}
        draft = "" if told["is_final"] else draft_words(len(told["overrides"]))
        return _Manifest(outputs=outputs, jurat=str(told["jurat"]), draft=draft)
    except KeyError as fault:
        reason = f"it does not say {fault}"
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
    raise UsageError(f"{folder} holds no build of ours: {MANIFEST}: {reason}.", next=_NEXT)


def _strays(folder: Path, told: Mapping[str, str]) -> Iterator[str]:
    """What the files of a build are not, by the digests of its manifest."""
    ours = {MANIFEST, CERTIFICATE, PART, SIGNED}
    found = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).as_posix() not in ours
    }
    for name, digest in told.items():
        if name not in found:
            yield f"{name} is missing"
        elif _digest(found[name]) != digest:
            yield f"{name} was changed after the close"
    for name in found:
        if name not in told:
            yield f"{name} is none of the build's outputs"


def _digest(path: Path) -> str:
    """The digest of a file, or of all files of a folder in the order of their names."""
    try:
        if not path.exists():
            return ""
        if path.is_file():
            return sha256(path.read_bytes()).hexdigest()
        files = sorted(inside for inside in path.rglob("*") if inside.is_file())
        return sha256(b"".join(sha256(file.read_bytes()).digest() for file in files)).hexdigest()
    except OSError:
        return ""


def _agreed(compared: list[Compared]) -> tuple[str, ...]:
    """The cells in which all outputs stand against the model."""
    differing = [{unequal.cell for unequal in one.unequal} for one in compared if not one.fault]
    return tuple(sorted(set.intersection(*differing))) if len(differing) > 1 else ()


# -- rows of detail schedules ------------------------------------------------------------------


def _rows(model: Statement, folder: Path, manifest: _Manifest) -> Iterator[Compared]:
    """Each output of the rows held against their model, and the model against the statement's subtotals."""
    if not (folder / DETAILS).is_dir():
        return
    schedules, fault = _schedules(model, folder)
    unequal = unfooted(schedules)
    yield Compared(
        output=DETAILS,
        cells=counted(schedules),
        digest=_digest(folder / DETAILS),
        unequal=unequal,
        fault=fault,
    )
    for name in ROWS:
        yield _compare_rows(schedules, folder, name, manifest.draft)


def _schedules(model: Statement, folder: Path) -> tuple[list[Schedule], str]:
    try:
        return schedules_in(model, folder), ""
    except JuratError as told:
        return [], str(told).replace(f"{folder}{os.sep}", "")


def _compare_rows(schedules: list[Schedule], folder: Path, name: str, draft: str) -> Compared:
    path, fault = folder / name, ""
    unequal: tuple[Unequal, ...] = ()
    try:
        unequal = differing(schedules, _there(path), name, draft=draft)
    except JuratError as told:
        fault = str(told)
    except Exception as told:  # noqa: BLE001 (a broken file may fail anywhere in a library)
        fault = f"{name} cannot be read: {type(told).__name__}: {told}"
    fault = fault.replace(f"{folder}{os.sep}", "")
    return Compared(
        output=name,
        cells=counted(schedules),
        digest=_digest(path),
        unequal=unequal,
        fault=fault,
    )


# -- one output --------------------------------------------------------------------------------


def _compare(model: Statement, folder: Path, name: str, manifest: _Manifest) -> Compared:
    path = folder / name
    digest = _digest(path)
    lines: list[Line] = []
    cells, fault, note = 0, "", ""
    try:
        sights = PROVED[name](model, _there(path))
        cells = sum(":" in place for place in sights[0].expected)
        lines = [line for sight in sights for line in sight.unequal]
        lines = _told_apart(lines, sights[0].typed)
        if name in (PDF, SIGNED):
            note = _looked_at(model, path, manifest, lines)
        if name == SIGNED:
            note = _signed(folder)
    except JuratError as told:
        fault = str(told)
    except Exception as told:  # noqa: BLE001 (a broken file may fail anywhere in a library)
        fault = f"{name} cannot be read: {type(told).__name__}: {told}"
    return Compared(
        output=name,
        cells=cells,
        digest=digest,
        unequal=tuple(
            Unequal(output=name, cell=cell, model=ours, shown=shown, note=where)
            for cell, ours, shown, where in lines
        ),
        fault=fault.replace(f"{folder}{os.sep}", ""),  # a certificate knows no place
        note=note,
    )


def _there(path: Path) -> Path:
    """The path, if anything stands there.

    Raises  ReadError when nothing does.
    """
    if path.exists():
        return path
    raise ReadError(f"{path.name} is not there.", next="Close the folder again.")


def _told_apart(lines: list[Line], typed: Mapping[str, Line]) -> list[Line]:
    """A workbook's differences: what was typed first, then what follows from it by formulas."""
    shown = {line[0]: line for line in lines}
    first = [(*shown.get(cell, line)[:3], line[3]) for cell, line in typed.items()]
    note = "follows by its formula" if typed else ""
    return first + [(*line[:3], line[3] or note) for line in lines if line[0] not in typed]


def _looked_at(model: Statement, path: Path, manifest: _Manifest, lines: list[Line]) -> str:
    """Lay a PDF over its model's picture, as far as the drawing is this version's; what to note."""
    if manifest.jurat != version("jurat"):
        return f"read, not laid over its picture: drawn by Jurat {manifest.jurat}"
    told = {line[0] for line in lines}
    lines += [
        (cell, "as drawn from the model", "otherwise", where)
        for cell, where in not_alike(front_of(model), path, manifest.draft)
        if cell not in told
    ]
    return ""


def _signed(folder: Path) -> str:
    """What a signed PDF says of its signature.

    Raises  ReadError when it does not hold, or is not over this build's PDF.
    """
    raw = (folder / SIGNED).read_bytes()
    if not raw.startswith((folder / PDF).read_bytes()):
        raise ReadError(
            f"{SIGNED} does not begin with {PDF}, byte for byte: another file was signed.",
            next="Sign again: jurat sign",
        )
    signature = signature_on(raw)
    if signature.fault:
        raise ReadError(f"The signature on {SIGNED} does not hold: {signature.fault}.")
    return f"the signature of {signature.signer} holds"
