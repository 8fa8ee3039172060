"""Edits of a workbook brought home: each becomes a row or a value of the file that is its record."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jurat.blanks import Role
from jurat.keeping import answers, figures, overrides, reserves, write_ins
from jurat.keeping.batches import batch_name
from jurat.keeping.books import Books
from jurat.keeping.company import NAME as COMPANY
from jurat.keeping.entries import XXX, Entry
from jurat.keeping.settings import Path_, edited
from jurat.keeping.tables import table_text
from jurat.money import Kind, format_exact, format_figure
from jurat.statement import CellState, Computed, Statement
from jurat.words import TOTAL_ROW, Address, RecordError

BATCH = (*figures.REQUIRED, *figures.OPTIONAL)
REASON = "changed in the workbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A cell that somebody changed.

    Units   whole dollars, ten-thousandths of a factor, tenths of a percent; None is a blank.
    """

    address: Address
    kind: Kind
    now: int | str | None
    is_override: bool
    place: str
    """The sheet and cell it was edited in."""

    @property
    def typed(self) -> str:
        """The new value as one types it."""
        if isinstance(self.now, int):
            return format_figure(self.now, self.kind).replace(",", "")
        return self.now or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """Who brought a workbook home, and when."""

    source: str
    """The workbook's name."""
    who: str
    today: date

    @property
    def expires(self) -> str:
        """A year on."""
        day = min(self.today.day, 28) if self.today.month == 2 else self.today.day
        return self.today.replace(year=self.today.year + 1, day=day).isoformat()


def files_changed(
    books: Books, closed: Statement, edits: Iterable[Edit], by: Edited
) -> dict[str, bytes]:
    """The files that would say what was edited, by name; nothing is written.

    Figures become a new batch with what they replace, overrides rows of `overrides.csv`; texts and
    answers change where they stand.

    Raises  RecordError naming every edit that has to be made by hand, with its file and row.
    """
    taking = _Taking(books, closed, by)
    for edit in edits:
        try:
            taking.take(edit)
        except ValueError as fault:
            taking.by_hand.append(f"{edit.address} ({edit.place}): {fault}")
    if taking.by_hand:
        raise RecordError(
            "\n".join(["Edits to be made by hand:", *taking.by_hand]),
            why="A change taken over half would be a third version.",
            next="Make them in the folder, close, and import again; nothing was written.",
        )
    return taking.files()


@dataclass(slots=True)
class _Taking:
    """Edits being taken over, file by file."""

    books: Books
    closed: Statement
    by: Edited
    by_hand: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    batch: list[list[str]] = field(default_factory=list)

    def take(self, edit: Edit) -> None:
        """One edit.

        Raises  ValueError saying what to do by hand.
        """
        because = self.closed[edit.address].because
        is_computed = isinstance(because, Computed)
        if edit.is_override or is_computed or edit.address in self.books.overrides:
            self._override(edit)
            return
        entry = self.books.entries.get(edit.address)
        home = self._home(edit, entry)
        if home == COMPANY:
            self._setting(edit, COMPANY, ("cover", edit.address.line))
        elif home == answers.NAME:
            self._setting(edit, answers.NAME, self._answer(edit.address))
        elif home == write_ins.NAME:
            self._write_in(edit, entry)
        elif home == reserves.NAME:
            self._basis(edit, entry)
        else:
            self._figure(edit, entry)

    def files(self) -> dict[str, bytes]:
        """The files as they would be."""
        made = {name: text.encode() for name, text in self.texts.items()}
        if self.batch:
            content = table_text(BATCH, self.batch).encode()
            made[batch_name(self.books.folder, Path(self.by.source).stem, content)] = content
        return made

    def _home(self, edit: Edit, entry: Entry | None) -> str:
        """The file that is the record of a text; figures go into a batch wherever they stood."""
        if edit.kind.is_figure:
            return figures.HOME
        if entry:
            return entry.where.partition(":")[0]
        page, line = edit.address.page, edit.address.line
        form_line = self.books.blank.line(page, line)
        if page == "cover":
            return COMPANY
        if form_line and form_line.role is Role.WRITE_IN:
            return write_ins.NAME
        return answers.NAME if self.books.blank.pages[page].asks else figures.HOME

    # -- figures ----------------------------------------------------------------------------------

    def _figure(self, edit: Edit, entry: Entry | None) -> None:
        address = edit.address
        if address.row == TOTAL_ROW:
            raise ValueError("totals of a table are no input; override them in overrides.csv.")
        column = f"${address.inset}" if address.inset else address.column
        was = _was(entry) if entry else ""
        place = f"{self.by.source}, {edit.place}"
        told = [address.page, address.line, column, edit.typed]
        self.batch.append([*told, place, self.by.who, str(address.row or ""), was])

    def _override(self, edit: Edit) -> None:
        if edit.now is None:
            raise ValueError(
                f"its rule gives it, and a blank is no override. Take its inputs out, or its row of "
                f"{overrides.NAME}."
            )
        header, *rows = self._table(overrides.NAME, overrides.COLUMNS)
        values = {
            "cell": str(edit.address),
            "amount": edit.typed,
            "reason": REASON,
            "who": self.by.who,
            "expires": self.by.expires,
        }
        for number, row in enumerate(rows):
            before = dict(zip(header, row, strict=True))
            if before["cell"] == values["cell"]:
                values["reason"] += f", before it {before['amount']}: {before['reason']}"
                rows[number] = [values[column] for column in header]
                break
        else:
            rows.append([values[column] for column in header])
        self.texts[overrides.NAME] = table_text(header, rows)

    # -- texts and answers ------------------------------------------------------------------------

    def _setting(self, edit: Edit, name: str, path: Path_) -> None:
        try:
            self.texts[name] = edited(self._text(name), path, edit.typed)
        except ValueError as fault:
            told = " ".join(str(part) for part in path)
            raise ValueError(f"write {edit.typed!r} in {name}, {told}: {fault}.") from fault

    def _answer(self, address: Address) -> Path_:
        """Where an answer stands in the file: columns of a table by the name it is written under."""
        path: Path_ = (address.page, address.line)
        if address.row:
            group = self.books.blank.group(address.page, address.line)
            names = {column.number: column.name for column in group.columns}
            return (*path, address.row, names.get(address.column) or address.column)
        return (*path, address.column) if address.column else path

    def _write_in(self, edit: Edit, entry: Entry | None) -> None:
        """The name of a write-in, in all its rows; a new one below the others."""
        page, line = edit.address.page, edit.address.line
        form_line = self.books.blank.line(page, line)
        if not edit.typed:
            where = entry.where if entry else write_ins.NAME
            raise ValueError(f"a write-in without a name; take it out of {where}.")
        header, *rows = self._table(write_ins.NAME, write_ins.COLUMNS)
        at = header.index("name")
        if entry is None:
            values = {
                "page": page,
                "line": form_line.group if form_line else "",
                "name": edit.typed,
            }
            rows.append([values.get(column, "") for column in header])
        else:
            of = [header.index("page"), header.index("line"), at]
            named = self._row(rows, write_ins.NAME, entry)
            told = [named[column] for column in of]
            for row in rows:
                if [row[column] for column in of] == told:
                    row[at] = edit.typed
        self.texts[write_ins.NAME] = table_text(header, rows)

    def _basis(self, edit: Edit, entry: Entry | None) -> None:
        where = entry.where if entry else reserves.NAME
        if entry is None or not edit.typed:
            raise ValueError(f"a reserve is added and taken out by its row; edit {where}.")
        header, *rows = self._table(reserves.NAME, reserves.COLUMNS)
        self._row(rows, reserves.NAME, entry)[header.index("basis")] = edit.typed
        self.texts[reserves.NAME] = table_text(header, rows)

    # -- files as they stand ----------------------------------------------------------------------

    def _text(self, name: str) -> str:
        """A file with the edits taken so far."""
        if name not in self.texts:
            path = self.books.folder / name
            self.texts[name] = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        return self.texts[name]

    def _table(self, name: str, columns: tuple[str, ...]) -> list[list[str]]:
        """A table's header and its rows, each as long as the header."""
        parsed = csv.reader(io.StringIO(self._text(name), newline=""))
        rows = [fields for row in parsed if any(fields := [one.strip() for one in row])]
        if not rows:
            return [list(columns)]
        return [rows[0], *([*row, *[""] * len(rows[0])][: len(rows[0])] for row in rows[1:])]

    def _row(self, rows: list[list[str]], name: str, entry: Entry) -> list[str]:
        """The row of a table that an entry was read from."""
        reader = csv.reader(io.StringIO((self.books.folder / name).read_text("utf-8-sig"), ""))
        lines = [reader.line_num for row in reader if any(one.strip() for one in row)]
        number = int(entry.where.split(":")[1])
        return rows[lines.index(number) - 1]


def _was(entry: Entry) -> str:
    """What an entry gave, to the cent."""
    cell = entry.cell
    if cell.state is CellState.NOT_APPLICABLE:
        return XXX
    if not isinstance(cell.value, int):
        return cell.value or ""
    if cell.kind is not Kind.MONEY:
        return cell.shown.replace(",", "")
    return format_exact(cell.value).replace(",", "")
