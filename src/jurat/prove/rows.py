"""The rows of detail schedules read back from each output, and held against their model as they stream by."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path

import pypdfium2 as pdfium
from openpyxl import load_workbook

from jurat.prove.certificate import Unequal
from jurat.publish import (
    DETAILS,
    DETAILS_PDF,
    DETAILS_TABLES,
    DETAILS_TEXT,
    DETAILS_WORKBOOK,
    SITE,
)
from jurat.publishing.details import EntryKind, Schedule, schedules_of
from jurat.publishing.details.book import HEAD_ROWS, Row, Sheet, sheets_of
from jurat.publishing.details.files import Record, read_rows, table_records, text_records
from jurat.publishing.details.paper import Printed, leaves_of
from jurat.publishing.details.spelling import CENTS
from jurat.publishing.details.web import FOLDER, PART, entry_data
from jurat.schedules.detail import Detail
from jurat.statement import Statement
from jurat.words import ReadError
from jurat.words.page import Column

MOST = 500
"""So many differences of an output are told; a file that is another would tell millions."""
Line = tuple[str, str, str, str]
"""A cell, what the model says, what is shown, and where."""


def schedules_in(model: Statement, folder: Path) -> list[Schedule]:
    """The rows of a build, by its model of rows.

    Raises  ReadError when a file of them cannot be read.
    """
    details: dict[str, Detail] = {}
    for path in sorted((folder / DETAILS).glob("*.parquet")):
        try:
            details[path.stem] = read_rows(path, path.stem)
        except (OSError, ValueError, KeyError, AttributeError) as fault:
            raise ReadError(f"{DETAILS}/{path.name} cannot be read: {fault}.") from fault
    return schedules_of(model, details)


def differing(
    schedules: Sequence[Schedule], path: Path, output: str, *, draft: str = ""
) -> tuple[Unequal, ...]:
    """Every cell that an output shows otherwise than the model of the rows, up to `MOST`.

    `draft` are the words that stand pale across each leaf of a draft.
    """
    reader = partial(_as_read, draft=draft) if output == DETAILS_PDF else ROWS[output]
    found = islice(reader(schedules, path), MOST)
    return tuple(
        Unequal(output=output, cell=cell, model=model, shown=shown, note=note)
        for cell, model, shown, note in found
    )


def unfooted(schedules: Sequence[Schedule]) -> tuple[Unequal, ...]:
    """The subtotals of a statement that the rows below them do not add to.

    A dollar more or less is what the rounding of the close may have moved.
    """
    found = []
    for sheet in sheets_of(schedules):
        schedule = sheet.schedule
        for line in schedule.spans:
            for column in _summed(schedule, line):
                cell = schedule.statement[schedule.address(line, column.number)]
                cents = sheet.cents(line, column.number)
                if abs(cell.figure * CENTS - cents) > CENTS + CENTS // 2:
                    shown = f"{cents / CENTS:,.2f}"
                    place = str(cell.address)
                    found.append(
                        Unequal(
                            output=DETAILS,
                            cell=place,
                            model=cell.shown,
                            shown=shown,
                            note="what its rows add to",
                        )
                    )
    return tuple(found)


def _summed(schedule: Schedule, line: str) -> list[Column]:
    """The columns in which a subtotal adds its rows."""
    slots = {slot.address.column: slot for slot in schedule.form.by_id[line].slots}
    return [
        column
        for column in schedule.columns
        if column.kind.is_figure and column.number in slots and not slots[column.number].is_xxx
    ]


def counted(schedules: Sequence[Schedule]) -> int:
    """How many cells the rows have."""
    return sum(len(schedule.detail) * len(schedule.columns) for schedule in schedules)


# -- text ------------------------------------------------------------------------------------


def _as_text(
    records: Callable[[Sequence[Schedule]], Iterator[Record]], lead: int
) -> Callable[[Sequence[Schedule], Path], Iterator[Line]]:
    def read(schedules: Sequence[Schedule], path: Path) -> Iterator[Line]:
        columns = {s.name: [c.number for c in s.columns] for s in schedules}
        with path.open(encoding="utf-8", newline="") as file:
            pairs = zip_longest(records(schedules), file)
            for number, (record, line) in enumerate(pairs, 1):
                ours = record[2] if record else ""
                if ours != (line or ""):
                    name, entry, _ = record or ("", None, "")
                    key = entry.key if entry else ""
                    spots = [""] * lead + [f"{name}:{key}:{at}" for at in columns.get(name, ())]
                    yield from _fields(spots if key else [], ours, line or "", f"line {number:,}")

    return read


def _fields(spots: Sequence[str], ours: str, shown: str, where: str) -> Iterator[Line]:
    """The fields in which two lines differ; the whole lines where they are not those of one row."""
    model, seen = (line.rstrip("\n").split("\t") for line in (ours, shown))
    if len(model) != len(seen) or len(model) != len(spots):
        yield where, ours.strip()[:200], shown.strip()[:200], where
        return
    for spot, one, other in zip(spots, model, seen, strict=True):
        if one != other:
            yield spot or where, one, other, where


# -- web pages -------------------------------------------------------------------------------


def _as_pages(schedules: Sequence[Schedule], path: Path) -> Iterator[Line]:
    """The parts that pages load: each row word by word."""
    for schedule in schedules:
        columns = [column.number for column in schedule.columns]
        entries = iter(schedule.entries())
        home, part = path / FOLDER, 0
        while ours := [entry_data(entry) for entry in islice(entries, PART)]:
            file = home / f"{schedule.name}.{part}.js"
            seen = _part_of(file, part)
            for model, shown in zip_longest(ours, seen):
                if model != shown:
                    yield from _words(schedule.name, columns, model, shown, file.name)
            part += 1


def _part_of(file: Path, part: int) -> list[list[str]]:
    """The rows of a part.

    Raises  ReadError when it is none.
    """
    lead = f"jurat_rows({part}, "
    try:
        text = file.read_text(encoding="utf-8")
        held = text.removeprefix(lead).removesuffix(");\n")
        rows: list[list[str]] = json.loads(held)
    except (OSError, ValueError) as fault:
        raise ReadError(f"{FOLDER}/{file.name} cannot be read: {fault}.") from fault
    return rows


def _words(
    name: str, columns: Sequence[str], model: list[str] | None, shown: list[str] | None, where: str
) -> Iterator[Line]:
    ours, seen = model or [], shown or []
    lead = 3 if ours[:1] == ["t"] else 2
    for at, (one, other) in enumerate(zip_longest(ours, seen, fillvalue="")):
        if one != other:
            key = ours[1] if len(ours) > 1 else ""
            column = columns[at - lead] if lead <= at < lead + len(columns) else ""
            yield f"{name}:{key}:{column}", one, other, where


# -- workbook --------------------------------------------------------------------------------


def _as_worked(schedules: Sequence[Schedule], path: Path) -> Iterator[Line]:
    """Numbers, dates and words of every row; of subtotals the formula, and what it last came to."""
    books = [load_workbook(path, read_only=True, data_only=kept) for kept in (False, True)]
    try:
        for sheet in sheets_of(schedules):
            for book, is_kept in zip(books, (False, True), strict=True):
                if sheet.name not in book.sheetnames:
                    raise ReadError(f"{path.name} has no sheet {sheet.name}.")
                on = book[sheet.name]
                yield from _on_sheet(
                    sheet, on.iter_rows(min_row=HEAD_ROWS + 1, values_only=True), is_kept=is_kept
                )
    finally:
        for book in books:
            book.close()


def _on_sheet(sheet: Sheet, seen: Iterable[tuple[object, ...]], *, is_kept: bool) -> Iterator[Line]:
    columns = [column.number for column in sheet.schedule.columns]
    first = next((at for at, c in enumerate(sheet.schedule.columns) if c.kind.is_figure), 1)
    for row, shown in zip_longest(sheet.rows(), seen, fillvalue=None):
        if row is None or row.kind is EntryKind.HEADING:
            ours: list[object] = ["", row.caption if row else ""]
        else:
            ours = [row.key, *_values(sheet, row, first, is_kept=is_kept)]
        held = [*(shown or ())]
        for at, (one, other) in enumerate(zip_longest(ours, held)):
            if not _is_same(one, other):
                column = columns[at - 1] if 1 <= at <= len(columns) else ""
                place = f"{sheet.schedule.name}:{row.key if row else ''}:{column}"
                yield place, _told(one), _told(other), f"row {row.at + 1:,}" if row else ""


def _values(sheet: Sheet, row: Row, first: int, *, is_kept: bool) -> Iterator[object]:
    """What the cells of a row hold; of a formula what it came to, where that is asked."""
    for at, value in enumerate(row.values):
        if row.kind is EntryKind.SUBTOTAL and at < first:
            yield row.caption if at == 0 else None
        elif is_kept and isinstance(value, str) and value.startswith("="):
            yield sheet.cents(row.key, sheet.schedule.columns[at].number) / CENTS
        else:
            yield value


def _is_same(one: object, other: object) -> bool:
    if isinstance(other, datetime) and isinstance(one, date):
        return other.date() == one
    if isinstance(one, float) and isinstance(other, int | float):
        return one == float(other)
    return (one or None) == (other or None)


def _told(value: object) -> str:
    return "" if value is None else f"{value:,.2f}" if isinstance(value, float) else str(value)


# -- PDF -------------------------------------------------------------------------------------


def _as_read(schedules: Sequence[Schedule], path: Path, *, draft: str = "") -> Iterator[Line]:
    """Every leaf read sign by sign, beside the leaf as it is laid out from the model."""
    document = pdfium.PdfDocument(path)
    pale = "".join(draft.split())
    try:
        place = 0
        for schedule in schedules:
            for printed in leaves_of(schedule):
                if place >= len(document):
                    raise ReadError(f"{path.name} ends after {place:,} leaves.")
                page = document[place]
                text = page.get_textpage()
                seen = "".join(text.get_text_range().split())
                yield from _on_leaf(schedule.name, printed, seen.removeprefix(pale))
                text.close()
                page.close()
                place += 1
        if place != len(document):
            raise ReadError(f"{path.name} has {len(document):,} leaves; its rows fill {place:,}.")
    finally:
        document.close()


def _on_leaf(name: str, printed: Printed, seen: str) -> Iterator[Line]:
    """The cells in which the signs of a leaf differ; spaces are how a reader parts them."""
    words = ["".join(one.words.split()) for one in printed.leaf.texts]
    ours = "".join(words) + printed.leaf.number
    if ours == seen:
        return
    where = f"leaf {printed.leaf.number}"
    begin = _alike(ours, seen)
    end = max(begin + 1, len(ours) - _alike(ours[::-1], seen[::-1]))
    at = 0
    for word, (key, column) in zip(words, printed.tags, strict=True):
        is_in = at < end and at + len(word) > begin
        if is_in and (len(ours) != len(seen) or seen[at : at + len(word)] != word):
            place = f"{name}:{key}:{column}" if key else where
            yield place, word, seen[at : at + len(word)], where
        at += len(word)
    if begin >= at:
        yield where, printed.leaf.number, seen[at:], where


def _alike(one: str, other: str) -> int:
    """How far two texts are the same from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


ROWS: dict[str, Callable[[Sequence[Schedule], Path], Iterator[Line]]] = {
    DETAILS_PDF: _as_read,
    DETAILS_WORKBOOK: _as_worked,
    f"{SITE}/{FOLDER}": lambda schedules, path: _as_pages(schedules, path.parent),
    DETAILS_TEXT: _as_text(text_records, 1),
    DETAILS_TABLES: _as_text(table_records, 1),
}
"""How the rows of each output are read back."""
