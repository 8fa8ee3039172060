"""How each output is read back: what it shows of every cell, beside what the model says it should."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.sax.saxutils import unescape as _unescape
from zipfile import ZipFile

from jurat.checks import examine
from jurat.publish import CODES, MANIFEST
from jurat.publishing.blocks import one_line
from jurat.publishing.data import EXPLAINED, plain
from jurat.publishing.details import front_of
from jurat.reading import Reading, read
from jurat.reading.changes import changes
from jurat.reading.model import read_parquet, read_tables
from jurat.reading.paged import is_pdf
from jurat.reading.site import read_charts, read_panel, read_site, read_stamps
from jurat.reading.workbook import Evaluated, evaluate, read_ours
from jurat.statement import Cell, CellState, Read, Statement
from jurat.words import Address, ReadError, UsageError

Shown = Mapping[str, str]
"""What each place shows, as one line; a place that is not there shows nothing."""
Line = tuple[str, str, str, str]
"""A cell, what the model says, what is shown, and where or how."""
_FORMAT = re.compile(r'formatCode="([^"]*)"')
_MARK = r'(?:"[^"\d]*"\* )?'
_PLAIN = re.compile(
    rf'{_MARK}#,##0_\);{_MARK}\(#,##0\);{_MARK}0_\)|0\.0+(?:"[^"\d]*")?|@'  # words hold no digit
)
"""Number formats that show a figure as it is."""
FILLED, STAMPED = "filled", "NONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a part of an output shows, place by place, beside what the model says."""

    expected: Shown
    shown: Shown
    part: str = ""
    unsettled: tuple[Line, ...] = ()
    """What could not simply be read: repaired, doubted, or in no cell."""
    typed: Mapping[str, Line] = field(default_factory=dict)
    """What was typed against the output's own rules, cell by cell."""

    @property
    def unequal(self) -> Iterator[Line]:
        """Every place at which the two differ, then what is unsettled elsewhere."""
        told = set()
        for place in sorted({*self.expected, *self.shown}):
            model, seen = self.expected.get(place, ""), self.shown.get(place, "")
            if model != seen:
                told.add(place)
                yield place, model, seen, self.part
        for line in self.unsettled:
            if line[0] not in told:
                told.add(line[0])
                yield line


def unescape(text: str) -> str:
    """A text as its attribute in a file of markup means it."""
    return _unescape(text, {"&quot;": '"', "&apos;": "'"})


def _shown(statement: Statement) -> dict[str, str]:
    """What a statement's cells show; a box that nobody ticked shows nothing."""
    return {
        str(address): one_line(cell.shown)
        for address, cell in statement.cells.items()
        if cell.shown and not _is_open_box(cell)
    }


def _is_open_box(cell: Cell) -> bool:
    return cell.kind.is_box and cell.state in (CellState.UNREAD, CellState.UNKNOWN)


def _pages(statement: Statement) -> dict[str, str]:
    """The pages, each filled or stamped."""
    return {name: STAMPED if name in statement.none_pages else FILLED for name in statement.pages}


def as_read(model: Statement, path: Path) -> list[Sight]:
    """PDF, workbook and text, each by the reader that reads filings; what it mended is a difference."""
    if is_pdf(path) is not (path.suffix == ".pdf"):
        raise ReadError(
            f"{path.name} is no {path.suffix[1:]} file.", next="Close the folder again."
        )
    return [_sight_of(front_of(model), read(path, model.blank))]


def _sight_of(model: Statement, reading: Reading) -> Sight:
    expected, now = _shown(model), reading.statement
    heads = {"company": (model.company, now.company), "year": (str(model.year), str(now.year))}
    return Sight(
        expected=expected | _pages(model) | {name: one for name, (one, _) in heads.items()},
        shown=_shown(now) | _pages(now) | {name: other for name, (_, other) in heads.items()},
        unsettled=tuple(_unsettled(reading, expected)),
    )


def _unsettled(reading: Reading, expected: Shown) -> Iterator[Line]:
    for cell in reading.repairs:
        if isinstance(cell.because, Read) and cell.because.repair:
            place = str(cell.address)
            yield place, expected.get(place, ""), cell.because.repair.seen, "mended by the reader"
    for doubt in reading.doubts:
        place = str(doubt.address or doubt.where)
        yield place, expected.get(place, ""), doubt.seen, f"in doubt: {doubt.why}"
    for line, _, token in reading.coverage.unplaced:
        yield reading.place_of(line), "", str(token), "a figure in no cell"


def as_worked(model: Statement, path: Path) -> list[Sight]:
    """The workbook: its formulas worked from its inputs, and no number format that shows other figures."""
    with ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").decode()
    formats = {unescape(code) for code in _FORMAT.findall(styles)}
    lies = {f"number format {code}": code for code in formats if not _PLAIN.fullmatch(code)}
    evaluated = evaluate(path)
    sight = _sight_of(model, read_ours(evaluated, model.blank))
    return [
        replace(sight, typed=_typed(model, evaluated)),
        Sight(expected={}, shown=lies, part="shows other figures"),
    ]


def _typed(model: Statement, evaluated: Evaluated) -> dict[str, Line]:
    """What was typed into a workbook, cell by cell; what only follows by formulas is not among it."""
    return {
        str(change.address): (
            str(change.address),
            "" if change.was is None else str(change.was),
            "" if change.now is None else str(change.now),
            f"typed at {change.place}",
        )
        for change in changes(evaluated, model)
    }


def as_pages(model: Statement, path: Path) -> list[Sight]:
    """Web pages: what stands in the cells, the stamps, what the panel and search tell, the charts."""
    cells = {str(address): text for address, text in read_site(path).items()}
    cells = {place: text for place, text in cells.items() if text and not _says_open(model, place)}
    stamps = read_stamps(path)
    there = {file.stem for file in path.glob("*.html")} & set(model.blank.pages)
    pages = {name: STAMPED if name in stamps else FILLED for name in there}
    expected = _shown(model)
    panel = {
        place: one_line(text)
        for place, text in read_panel(path).items()
        if text not in ("", "(blank)") and _is_ours(model, place) and not _says_open(model, place)
    }
    return [
        Sight(expected=expected | _pages(model), shown=cells | pages, part="page"),
        Sight(expected=expected, shown=panel, part="data.js"),
        *(
            Sight(expected={place: expected.get(place, "")}, shown={place: text}, part="chart")
            for place, text in read_charts(path)
        ),
    ]


def _is_ours(model: Statement, place: str) -> bool:
    """Whether a place is a cell of this year; the panel tells of last year's too."""
    return place.partition(":")[0] in model.blank.pages


def _says_open(model: Statement, place: str) -> bool:
    """Whether a place is a box that the model leaves open too."""
    try:
        cell = model[place]
    except UsageError:
        return False
    return _is_open_box(cell)


def as_tables(model: Statement, path: Path) -> list[Sight]:
    """The tab-delimited tables, and their header record."""
    tables = read_tables(path)
    expected = {str(a): plain(cell) for a, cell in model.cells.items() if plain(cell)}
    cover = model.blank.pages.get("cover")
    named = {slot.address.line: slot.address for slot in cover.slots} if cover else {}
    codes = [plain(model[named[code]]) if code in named else "" for code in CODES]
    return [
        Sight(
            expected=expected | _pages(model),
            shown={str(a): text for a, text in tables.cells.items() if text}
            | {name: STAMPED if name in tables.none_pages else FILLED for name in tables.pages},
        ),
        Sight(
            expected={"header": " ".join([model.company, str(model.year), *codes])},
            shown={"header": " ".join(tables.header[1:])},
        ),
    ]


def as_columns(model: Statement, path: Path) -> list[Sight]:
    """The Parquet table: kind, state and value of every cell that is not blank."""
    held = read_parquet(path)
    expected = {
        str(address): _held(str(cell.kind), str(cell.state), cell.value)
        for address, cell in model.cells.items()
    }
    shown = {str(address): _held(*told) for address, told in held.items()}
    return [Sight(expected=expected, shown=shown)]


def _held(kind: str, state: str, value: int | str | None) -> str:
    """A cell as the table holds it; the usual state is not told."""
    told = "" if value is None else repr(value)
    return f"{kind} {told if state == CellState.VALUE else f'{state} {told}'.strip()}"


def as_explained(model: Statement, path: Path) -> list[Sight]:
    """The explanation file: its figures are those the model gives, and its differences foot."""
    found = {(f.id, f.cells[0]): f for f in examine(model).findings if f.cells}
    cells: dict[str, str] = {}
    shown: dict[str, str] = {}
    sums: list[Sight] = []
    lines = path.read_text(encoding="utf-8").split("\n")
    told = json.loads((path.parent / MANIFEST).read_text(encoding="utf-8"))["counts"]["accepted"]
    if lines[0] != EXPLAINED or lines[-1] or len(lines) - 2 != told:
        raise ReadError(
            f"{path.name} is not whole: the manifest counts {told} accepted breaks, it explains {len(lines) - 2}.",
            next="Close the folder again.",
        )
    for line in lines[1:-1]:
        check, cell, left, right, difference, _ = line.split("\t")
        cells[cell], shown[cell] = str(model[Address.parse(cell)].figure), left
        finding = found.get((check, cell))
        given = finding.right if finding and finding.right is not None else int(right)
        sums.append(
            Sight(
                expected={cell: f"{given}, {int(left) - given}"},
                shown={cell: f"{right}, {difference}"},
                part=f"right side and difference of {check}",
            )
        )
    return [Sight(expected=cells, shown=shown), *sums]


def as_told(_: Statement, path: Path) -> list[Sight]:
    """The model itself: what it says that a cell shows is what the cell holds."""
    model = read(path).statement
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        Sight(
            expected={str(a): cell.shown for a, cell in model.cells.items()},
            shown={told["cell"]: told["shown"] for told in cells},
            part="in print against its value",
        )
    ]


def as_listed(model: Statement, path: Path) -> list[Sight]:
    """The manifest: the overrides it lists are the model's figures."""
    overrides = json.loads(path.read_text(encoding="utf-8"))["overrides"]
    return [
        Sight(
            expected={one["cell"]: plain(model[str(one["cell"])]) for one in overrides},
            shown={one["cell"]: one["figure"] for one in overrides},
            part="list of overrides",
        )
    ]


ReadBack = Callable[[Statement, Path], list[Sight]]
