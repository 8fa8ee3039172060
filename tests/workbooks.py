"""What tests of workbooks of both rooms share: editing one as a person would, and LibreOffice."""

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook

from jurat.checks import examine
from jurat.publishing.workbook import write_workbook
from jurat.reading.workbook import evaluate
from jurat.statement import Statement
from jurat.words import Address

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def written(statement: Statement) -> bytes:
    """The workbook of a statement."""
    return write_workbook(statement, examine(statement))


At = Callable[[str], Cell]
"""Finds the worksheet cell of an address."""


def edited(raw: bytes, edit: Callable[[Workbook, At], object]) -> bytes:
    """The workbook after an edit; its saved results are gone, as openpyxl keeps formulas only."""
    places = evaluate(raw).places
    book = openpyxl.load_workbook(BytesIO(raw))

    def at(address: str) -> Cell:
        place = places[Address.parse(address)]
        found: Cell = book[place.sheet].cell(place.row, place.column)
        return found

    edit(book, at)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def typed(raw: bytes, **values: object) -> bytes:
    """The workbook with other values typed in some cells, named by address with underscores for colons."""

    def edit(_: Workbook, at: At) -> None:
        for name, value in values.items():
            at(name.replace("__", ":").replace("_dot_", ".")).value = value

    return edited(raw, edit)


def recalculated(raw: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it after computing every formula anew."""
    assert SOFFICE is not None
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    source = folder / "statement.xlsx"
    source.write_bytes(raw)
    command = [
        SOFFICE, "--headless", f"-env:UserInstallation={profile.parent.as_uri()}",
        "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "out" / "statement.xlsx").read_bytes()
