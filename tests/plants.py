"""One change planted in one output of a build, as a slip or a forger would: tests and soak of the proof share it."""

import base64
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from html import escape
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.utils import get_column_letter

from jurat.money import Kind
from jurat.publish import CODES, MANIFEST, draft_words
from jurat.publishing.data import write_json, write_tables
from jurat.publishing.layout import Look
from jurat.publishing.pdf import write_pdf
from jurat.publishing.text import write_text
from jurat.reading.workbook import evaluate
from jurat.reading.workbook_file import Place
from jurat.statement import Cell, CellState, Read, Statement
from jurat.words import Address


@dataclass(frozen=True, kw_only=True)
class Planted:
    """What was changed where."""

    output: str
    kind: str
    cell: str
    """The cell, or the page, that the proof has to name."""


@dataclass(frozen=True, kw_only=True)
class Build:
    """A build to plant in: a copy whose outputs may be overwritten, its model, and the untouched one."""

    folder: Path
    model: Statement
    clean: Path

    def restore(self, output: str) -> None:
        """The output as it was written; the manifest too."""
        for name in (output, MANIFEST):
            source = self.clean / name
            if source.is_dir():
                for file in source.iterdir():
                    _copy(file, self.folder / name / file.name)
            else:
                _copy(source, self.folder / name)

    def adopt(self) -> None:
        """Tell the digests of the outputs anew, so that no digest gives a change away."""
        path = self.folder / MANIFEST
        told = json.loads(path.read_text(encoding="utf-8"))
        told["outputs"] = {
            name: sha256((self.folder / name).read_bytes()).hexdigest() for name in told["outputs"]
        }
        path.write_text(json.dumps(told), encoding="utf-8")


def _copy(source: Path, to: Path) -> None:
    if not to.exists() or source.read_bytes() != to.read_bytes():
        to.write_bytes(source.read_bytes())


# -- a statement with one cell changed -----------------------------------------------------------


def changed(model: Statement, chance: random.Random, kind: str) -> tuple[Statement, str]:
    """The statement with one cell, or one stamp, changed; and what was."""
    if kind == "stamp":
        page = chance.choice(sorted(model.none_pages))
        return replace(model, none_pages=model.none_pages - {page}), page
    if kind == "filled":
        return _filled(model, chance)
    cell = chance.choice(cells_of(model, kind))
    if kind == "blanked":
        left = {a: c for a, c in model.cells.items() if a != cell.address}
        return replace(model, cells=left), str(cell.address)
    return model.replaced([slipped(cell, chance)]), str(cell.address)


KINDS: dict[str, tuple[Kind, ...]] = {
    "money": (Kind.MONEY,),
    "factor": (Kind.FACTOR,),
    "percent": (Kind.PERCENT,),
    "box": (Kind.YES_NO, Kind.YES_NO_NA),
    "words": (Kind.TEXT, Kind.CODE, Kind.DATE),
}


def cells_of(model: Statement, kind: str) -> list[Cell]:
    """The cells a change of a kind may stand in; amounts, unless the kind is one of cells."""
    if kind == "XXX":
        crossed = [c for c in model.cells.values() if c.state is CellState.NOT_APPLICABLE]
        return [cell for cell in crossed if cell.kind is Kind.MONEY]
    asked = KINDS.get(kind, KINDS["money"])
    held = [cell for cell in model.cells.values() if cell.state is CellState.VALUE]
    return [cell for cell in held if cell.kind in asked and cell.shown]


def slipped(cell: Cell, chance: random.Random) -> Cell:
    """A cell as a slip leaves it: a dollar more, another answer, a letter wrong, a figure for XXX."""
    if cell.state is CellState.NOT_APPLICABLE:
        return replace(cell, state=CellState.VALUE, value=chance.randrange(1, 10_000))
    if isinstance(cell.value, int):
        return replace(cell, value=cell.value + chance.choice([-1, 1]))
    words = str(cell.value)
    if cell.kind.is_box:
        return replace(cell, value=chance.choice([w for w in ("Yes", "No") if w != words]))
    at = chance.choice([place for place, sign in enumerate(words) if sign.isalnum()])
    other = "7" if words[at] != "7" else "1"
    if words[at].isalpha():
        other = "b" if words[at] != "b" else "c"
    return replace(cell, value=words[:at] + other + words[at + 1 :])


def _filled(model: Statement, chance: random.Random) -> tuple[Statement, str]:
    blank = [
        slot
        for name in sorted(model.pages - model.none_pages - {"overflow"})  # no line without a name
        for slot in model.blank.pages[name].slots
        if slot.kind is Kind.MONEY
        and not slot.is_xxx
        and not slot.address.inset
        and slot.address not in model.cells
    ]
    slot = chance.choice(blank)
    cell = Cell(
        address=slot.address,
        kind=slot.kind,
        state=CellState.VALUE,
        value=chance.randrange(1, 10_000),
    )
    return model.replaced([cell]), str(slot.address)


CELLS = ("money", "factor", "percent", "box", "words", "XXX", "filled", "blanked", "stamp")


# -- written anew from a statement that differs ---------------------------------------------------


def _pdf(build: Build, chance: random.Random, kind: str) -> str:
    statement, cell = changed(build.model, chance, kind)
    manifest = json.loads((build.clean / MANIFEST).read_text(encoding="utf-8"))
    draft = draft_words(len(manifest["overrides"]))
    (build.folder / "statement.pdf").write_bytes(write_pdf(statement, draft=draft))
    return cell


def _text(name: str, look: Look) -> Callable[[Build, random.Random, str], str]:
    def plant(build: Build, chance: random.Random, kind: str) -> str:
        statement, cell = changed(build.model, chance, kind)
        _write(build.folder / name, write_text(statement, look))
        return cell

    return plant


def _tables(build: Build, chance: random.Random, kind: str) -> str:
    statement, cell = changed(build.model, chance, kind)
    cover = {line: build.model[Address("cover", line)].shown for line in CODES}
    text = write_tables(statement, cover)
    if kind == "header":
        text = text.replace("\t70416\t", "\t70417\t", 1)
        cell = "header"
    _write(build.folder / "data.tsv", text)
    return cell


def _model(build: Build, chance: random.Random, kind: str) -> str:
    statement, cell = changed(build.model, chance, kind)
    _write(build.folder / "statement.json", write_json(statement))
    return cell


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


# -- changed in the file itself --------------------------------------------------------------------


def _typed_over(name: str) -> Callable[[Build, random.Random, str], str]:
    """A figure of a text typed over on its line."""

    def plant(build: Build, chance: random.Random, _: str) -> str:
        from jurat.reading import read  # noqa: PLC0415

        path = build.folder / name
        lines = path.read_text(encoding="utf-8").split("\n")
        cells = list(read(path, build.model.blank).statement.cells.values())
        chance.shuffle(cells)
        for cell in cells:
            because = cell.because
            if not isinstance(because, Read) or not isinstance(cell.value, int):
                continue
            line = lines[because.line - 1]
            raw = cell.shown
            if cell.kind is Kind.MONEY and len(raw) > 4 and line.count(raw) == 1:
                lines[because.line - 1] = line.replace(raw, _digit(raw, chance))
                _write(path, "\n".join(lines))
                return str(cell.address)
        raise AssertionError("no line holds a figure once")

    return plant


def _digit(text: str, chance: random.Random) -> str:
    """A figure with one digit, not the first, as another."""
    at = chance.choice([i for i, sign in enumerate(text) if sign.isdigit()][1:])
    return text[:at] + str((int(text[at]) + chance.randrange(1, 10)) % 10) + text[at + 1 :]


def lying(pdf: bytes) -> bytes:
    """A PDF whose fonts draw a 1 where they name a 7, and the other way round, throughout."""
    swap = bytes.maketrans(b"17", b"71")
    strings = re.compile(rb"\((?:\\.|[^\\()])*\) Tj", re.DOTALL)
    escaped = re.compile(rb"(\\[0-7]{3})")

    def drawn(found: re.Match[bytes]) -> bytes:
        parts = escaped.split(found[0])
        return b"".join(p if i % 2 else p.translate(swap) for i, p in enumerate(parts))

    def named(found: re.Match[bytes]) -> bytes:
        try:
            told = zlib.decompress(found[2])
        except zlib.error:
            return found[0]
        told = re.sub(rb"<(31|37)> <00..>", lambda m: b"<%s> <00%s>" % (
            m[1], b"37" if m[1] == b"31" else b"31"), told)  # fmt: skip
        return found[1] + zlib.compress(told) + b"endstream"

    maps = re.compile(
        rb"(<<\n/Filter \[ /FlateDecode \] /Length \d+\n>>\nstream\n)(.*?)endstream", re.DOTALL
    )
    return maps.sub(named, streams_edited(pdf, lambda drawing: strings.sub(drawn, drawing)))


STREAM = re.compile(
    rb"<<\n/Filter \[ /ASCII85Decode /FlateDecode \] /Length \d+\n>>\nstream\n(.*?)endstream",
    re.DOTALL,
)


def _unpacked(stream: re.Match[bytes]) -> bytes:
    return zlib.decompress(base64.a85decode(b"<~" + stream[1].strip(), adobe=True))


def streams_edited(pdf: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """A PDF with the drawing of its pages edited; the table of places is left to its reader to mend."""

    def one(found: re.Match[bytes]) -> bytes:
        drawing = _unpacked(found)
        now = edit(drawing)
        if now == drawing:
            return found[0]
        packed = base64.a85encode(zlib.compress(now), adobe=True)[2:]
        head = b"<<\n/Filter [ /ASCII85Decode /FlateDecode ] /Length %d\n>>\nstream\n"
        return head % len(packed) + packed + b"endstream"

    return STREAM.sub(one, pdf)


def _once(build: Build, chance: random.Random) -> tuple[Cell, bytes]:
    """An amount that the PDF shows in one place alone, and its print in the page's drawing."""
    raw = (build.clean / "statement.pdf").read_bytes()
    whole = b"".join(map(_unpacked, STREAM.finditer(raw)))
    cells = [c for c in cells_of(build.model, "money") if len(c.shown) > 5]
    chance.shuffle(cells)
    for cell in cells:
        words = cell.shown.replace("(", r"\(").replace(")", r"\)")
        show = f"({words}) Tj".encode()
        if whole.count(show) == 1:
            return cell, show
    raise AssertionError("no amount stands once")


def _glyph(build: Build, chance: random.Random, kind: str) -> str:
    """One glyph of a page's drawing as another; then with the right figure beside it, unseen.

    In `white` and `hidden` a figure is printed wrong, and the right one stands there in white or in no
    ink; in `outlined` the right one is white on a shape that no text is.
    """
    cell, show = _once(build, chance)
    wrong = b"(" + _digit(show[1:-4].decode(), chance).encode() + b") Tj"

    def edit(drawing: bytes) -> bytes:
        place = re.search(rb"1 0 0 1 (\S+) (\S+) Tm " + re.escape(show), drawing)
        if place is None:
            return drawing
        back = place[0][: -len(show)]
        now = {
            "glyph": back + wrong,
            "white": back + wrong + b" " + back + b"1 g " + show + b" 0 g",
            "hidden": back + wrong + b" " + back + b"3 Tr " + show + b" 0 Tr",
            "outlined": b"ET %s %s 9 5 re f BT " % place.groups() + back + b"1 g " + show + b" 0 g",
        }[kind]
        return drawing.replace(place[0], now, 1)

    path = build.folder / "statement.pdf"
    path.write_bytes(streams_edited((build.clean / "statement.pdf").read_bytes(), edit))
    return str(cell.address)


def typed_at(build: Build, chance: random.Random, kind: str) -> str:
    """A worksheet cell typed over: an input, a formula by a figure, words, a box."""
    raw = (build.clean / "statement.xlsx").read_bytes()
    held = evaluate(raw)
    entries = {a: held.file.entry(place) for a, place in held.places.items()}
    cells = [
        c
        for c in cells_of(build.model, kind if kind in ("box", "words") else "money")
        if c.address in entries
        and (entry := entries[c.address]) is not None
        and entry.is_formula is (kind in ("formula", "cached"))
    ]
    cell = chance.choice(cells)
    now = slipped(cell, chance)
    sheet = list(held.file.sheets).index(held.places[cell.address].sheet) + 1
    value = cell.value if kind == "formula" and chance.random() < 0.5 else now.value
    path = build.folder / "statement.xlsx"
    path.write_bytes(_typed(raw, sheet, held.places[cell.address], value, keeps=kind == "cached"))
    return str(cell.address)


def _typed(raw: bytes, sheet: int, place: Place, value: object, *, keeps: bool) -> bytes:
    """The workbook with another value in a cell, behind its formula where that is kept."""
    ref = f"{get_column_letter(place.column)}{place.row}"
    text = escape(str(value))

    def cell(found: re.Match[str]) -> str:
        style = re.search(r's="\d+"', found[1])
        shape = f'<c r="{ref}" {style[0] if style else ""}'
        if keeps:
            return re.sub(r"<v>[^<]*</v>", f"<v>{text}</v>", found[0])
        if isinstance(value, int):
            return f"{shape}><v>{text}</v></c>"
        return f'{shape} t="inlineStr"><is><t>{text}</t></is></c>'

    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == f"xl/worksheets/sheet{sheet}.xml":
                pattern = rf'<c r="{ref}"([^>]*)>.*?</c>'
                text_now, count = re.subn(pattern, cell, data.decode(), count=1, flags=re.DOTALL)
                assert count == 1, f"{ref} is not on sheet {sheet}"
                data = text_now.encode()
            new.writestr(part, data)
    return out.getvalue()


def _site(build: Build, chance: random.Random, kind: str) -> str:
    """A page of the site with other words in a cell, a stamp gone, or other data behind the panel."""
    if kind in ("panel", "chart"):
        return _behind(build, chance, kind)
    if kind == "stamp":
        page = chance.choice(sorted(build.model.none_pages))
        path = build.folder / "site" / f"{page}.html"
        stamp = r'<p class="stamp">[^<]*</p>'
        _write(path, re.sub(stamp, "", path.read_text(encoding="utf-8"), count=1))
        return page
    found = None
    while found is None:  # the site does not print the totals of sections that are empty
        statement, cell = changed(build.model, chance, kind)
        address = Address.parse(cell)
        path = build.folder / "site" / f"{address.page}.html"
        text = path.read_text(encoding="utf-8")
        found = re.search(rf'data-a="{re.escape(cell)}"[^>]*>([^<]*)<', text)
    now = statement.cells[address].shown if address in statement.cells else ""
    words = now
    if "☒" in found[1] or "☐" in found[1]:
        words = found[1].translate(str.maketrans("☒☐", "☐☒"))
    _write(path, text[: found.start(1)] + escape(words, quote=False) + text[found.end(1) :])
    return cell


def _behind(build: Build, chance: random.Random, kind: str) -> str:
    name, pattern = {
        "panel": ("data.js", r'"(\w+:[^"]+)":\{"shown":"([\d,]{4,})"'),
        "chart": ("index.html", r'<td class="num"><a href="\w+\.html#([^"]+)">([\d,]{4,})<'),
    }[kind]
    path = build.folder / "site" / name
    text = path.read_text(encoding="utf-8")
    found = chance.choice(
        [m for m in re.finditer(pattern, text) if m[1].partition(":")[0] in build.model.blank.pages]
    )
    _write(path, text[: found.start(2)] + _digit(found[2], chance) + text[found.end(2) :])
    return found[1]


def _parquet(build: Build, chance: random.Random, kind: str) -> str:
    """A row of the table with another figure, text or state, or left out."""
    path = build.folder / "cells.parquet"
    table = pq.read_table(build.clean / "cells.parquet")
    rows = table.to_pylist()
    cell = chance.choice(cells_of(build.model, kind))
    at = next(i for i, row in enumerate(rows) if row["cell"] == str(cell.address))
    if kind == "blanked":
        del rows[at]
    else:
        now = slipped(cell, chance)
        told = "figure" if isinstance(now.value, int) else "text"
        rows[at] |= {told: now.value, "state": str(now.state)}
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    return str(cell.address)


def _explained(build: Build, chance: random.Random, kind: str) -> str:
    """A figure of the explanation file a dollar off."""
    column = {"left": 2, "right": 3, "difference": 4}[kind]
    lines = (build.clean / "explanations.tsv").read_text(encoding="utf-8").splitlines()
    at = chance.randrange(1, len(lines))
    fields = lines[at].split("\t")
    fields[column] = str(int(fields[column]) + chance.choice([-1, 1]))
    lines[at] = "\t".join(fields)
    _write(build.folder / "explanations.tsv", "\n".join(lines) + "\n")
    return fields[1]


PLANTS: dict[str, tuple[tuple[str, ...], Callable[[Build, random.Random, str], str]]] = {
    "statement.pdf": (CELLS, _pdf),
    "statement.pdf, its drawing": (("glyph", "white", "hidden", "outlined"), _glyph),
    "statement.xlsx": (("money", "formula", "words", "box"), typed_at),
    "site": ((*CELLS, "panel", "chart"), _site),
    "statement.txt": (CELLS, _text("statement.txt", Look.TABS)),
    "statement.txt, typed over": (("money",), _typed_over("statement.txt")),
    "statement_aligned.txt": (CELLS, _text("statement_aligned.txt", Look.SPACES)),
    "statement_aligned.txt, typed over": (("money",), _typed_over("statement_aligned.txt")),
    "data.tsv": ((*CELLS, "header"), _tables),
    "cells.parquet": (
        ("money", "factor", "percent", "box", "words", "XXX", "blanked"),
        _parquet,
    ),
    "explanations.tsv": (("left", "right", "difference"), _explained),
    "statement.json": (CELLS, _model),
}
"""For each output what is planted in it, and by whom."""


def plant(build: Build, seed: int) -> Planted:
    """One change, seeded: all outputs come in turn, and in each all kinds."""
    names = list(PLANTS)
    name, turn = names[seed % len(names)], seed // len(names)
    kinds, planting = PLANTS[name]
    kind = kinds[turn % len(kinds)]
    output = name.partition(",")[0]
    build.restore(output)
    cell = planting(build, random.Random(f"{name} {kind} {seed}"), kind)
    build.adopt()
    return Planted(output=name, kind=kind, cell=cell)
