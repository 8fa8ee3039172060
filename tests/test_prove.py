"""The proof: whatever was changed in an output is caught and named to its cell, digests or not."""

import json
import random
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from jurat.cli import main
from jurat.prove import CERTIFICATE, PROVED, Compared, compare_output, prove
from jurat.publish import MANIFEST, MODEL, PARQUET, PDF, SIGNED, SITE, TABS, WORKBOOK
from jurat.reading import read
from jurat.words import JuratError
from tests.plants import PLANTS, Build, lying, plant, typed_at
from tests.reading.test_pdf import differences

SLOW, QUICK = 4, 8
"""How often each output has its turn, those that take a second to read and the others: 84 changes."""
SEEDS = [
    turn * len(PLANTS) + place
    for place, name in enumerate(PLANTS)
    for turn in range(SLOW if name.startswith((PDF, WORKBOOK)) else QUICK)
]
FILES = [name for name in PROVED if name not in (SITE, SIGNED, MANIFEST)]


@pytest.fixture(scope="module")
def build(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The example's build, far from its company folder."""
    place = tmp_path_factory.mktemp("elsewhere")
    for name in ("clean", "changed"):
        shutil.copytree(company / "out", place / name)
    model = read(place / "clean" / MODEL).statement
    return Build(folder=place / "changed", model=model, clean=place / "clean")


def named(compared: Compared) -> set[str]:
    """The cells and pages that differ."""
    return {unequal.cell for unequal in compared.unequal}


# -- what is equal -----------------------------------------------------------------------------


def test_the_outputs_alone_prove_the_example(build: Build) -> None:
    certificate = prove(build.clean)
    assert certificate.is_clean
    assert {one.output: one.cells for one in certificate.compared} == {
        "statement.json": 1098, "statement.pdf": 1098, "statement.xlsx": 1098, "site": 1098,
        "statement.txt": 1098, "statement_aligned.txt": 1098, "data.tsv": 1098,
        "cells.parquet": 1098, "explanations.tsv": 10, "manifest.json": 18,
    }  # fmt: skip
    assert not list(build.clean.glob("certificate*"))


def test_the_verb_leaves_the_certificate_beside_the_outputs(build: Build, tmp_path: Path) -> None:
    out = tmp_path / "copy"
    shutil.copytree(build.clean, out)
    first = CliRunner().invoke(main, ["prove", str(out)])
    told = json.loads((out / CERTIFICATE).read_text(encoding="utf-8"))
    assert (first.exit_code, told["is_clean"], told["cells_compared"]) == (0, True, 8812)
    assert "8,812 cells compared, 0 differ: one model, every output equal to it" in first.output
    assert "company" not in (out / CERTIFICATE).read_text(encoding="utf-8").replace('"company"', "")


# -- what is changed ---------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_one_changed_cell_is_caught_and_named(build: Build, seed: int) -> None:
    planted = plant(build, seed)
    output = planted.output.partition(",")[0]
    asked = "data.tsv" if output == MODEL else output
    model = None if output == MODEL else build.model
    try:
        assert planted.cell in named(compare_output(build.folder, asked, model))
    finally:
        build.restore(output)


def test_one_changed_cell_names_that_cell_alone(build: Build) -> None:
    for seed in range(4, 4 + 5 * len(PLANTS), len(PLANTS)):  # statement.txt: amounts, boxes, words
        planted = plant(build, seed)
        found = named(compare_output(build.folder, "statement.txt", build.model))
        build.restore("statement.txt")
        assert found == {planted.cell}


def test_a_changed_model_is_told_as_such(build: Build) -> None:
    path = build.folder / MODEL
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"value": 3743043,', '"value": 3743044,', 1), encoding="utf-8")
    build.adopt()
    told = CliRunner().invoke(main, ["prove", str(build.folder)])
    certificate = json.loads((build.folder / CERTIFICATE).read_text(encoding="utf-8"))
    (build.folder / CERTIFICATE).unlink()
    build.restore(MODEL)
    assert told.exit_code == 1
    (cell,) = certificate["changed_in_model"]
    assert f"The model itself was changed: every output shows otherwise at {cell}." in told.output
    own = [one["cell"] for one in certificate["outputs"][0]["unequal"]]
    assert own == [cell], "its own print differs from its value"


def test_a_font_that_draws_one_figure_and_names_another_is_not_believed(build: Build) -> None:
    path = build.folder / PDF
    path.write_bytes(lying((build.clean / PDF).read_bytes()))
    reading = read(path, build.model.blank)
    compared = compare_output(build.folder, PDF, build.model)
    build.restore(PDF)
    assert differences(build.model, reading.statement) == []
    cells = {str(a) for a, c in build.model.cells.items() if re.search("[17]", c.shown)}
    assert cells <= named(compared)
    assert compared.unequal[0].note == "picture of page 1"


def test_what_a_program_saved_beside_a_formula_does_not_matter(build: Build) -> None:
    chance = random.Random(5)
    typed_at(build, chance, "cached")
    compared = compare_output(build.folder, WORKBOOK, build.model)
    cell = typed_at(build, chance, "formula")
    replaced = compare_output(build.folder, WORKBOOK, build.model)
    build.restore(WORKBOOK)
    assert compared.is_equal
    assert cell in named(replaced)


def test_a_workbook_tells_what_was_typed_before_what_follows(build: Build) -> None:
    cell = typed_at(build, random.Random(1), "money")
    compared = compare_output(build.folder, WORKBOOK, build.model)
    build.restore(WORKBOOK)
    assert compared.unequal[0].cell == cell
    assert compared.unequal[0].note.startswith("typed at ")
    assert {one.note for one in compared.unequal[1:]} <= {"follows by its formula"}


def test_a_cell_that_is_hidden_shows_nothing(build: Build) -> None:
    path = build.folder / SITE / "liabilities.html"
    text = path.read_text(encoding="utf-8")
    for hiding in ('hidden=""', 'style="display:none"'):
        path.write_text(text.replace("<table>", f"<table {hiding}>", 1), encoding="utf-8")
        found = named(compare_output(build.folder, SITE, build.model))
        assert "liabilities:3:3" in found
    path.write_text(text, encoding="utf-8")


def test_what_the_manifest_does_not_tell_is_told(build: Build, tmp_path: Path) -> None:
    """A file too many, one too few, one that holds no cell changed; Parquet may be missing."""
    out = tmp_path / "out"
    shutil.copytree(build.clean, out)
    (out / "note.txt").write_text("no output")
    (out / "site" / "style.css").write_text(".fig { visibility: hidden }")
    (out / "data.tsv").unlink()
    (out / PARQUET).unlink()
    told = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    del told["outputs"][PARQUET]
    (out / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    certificate = prove(out)
    assert sorted(certificate.strays) == [
        "data.tsv is missing",
        "note.txt is none of the build's outputs",
        "site/style.css was changed after the close",
    ]
    assert [one.output for one in certificate.compared if one.fault] == ["data.tsv"]


# -- what is no build --------------------------------------------------------------------------


@pytest.mark.parametrize("harm", ["cut", "empty", "folder", "noise", "gone"])
@pytest.mark.parametrize("output", FILES)
def test_a_broken_output_is_a_named_fault(
    build: Build, output: str, harm: str, tmp_path: Path
) -> None:
    path = tmp_path / output
    for name in (MANIFEST, MODEL):
        shutil.copy(build.clean / name, tmp_path / name)
    raw = (build.clean / output).read_bytes()
    path.unlink(missing_ok=True)
    if harm == "folder":
        path.mkdir()
    elif harm != "gone":
        noise = random.Random(output).randbytes(4_000)
        path.write_bytes({"cut": raw[: len(raw) // 2], "empty": b"", "noise": noise}[harm])
    compared = compare_output(tmp_path, output, build.model)
    assert not compared.is_equal
    assert str(tmp_path) not in compared.fault
    if harm in ("gone", "folder"):
        assert compared.fault


@pytest.mark.parametrize("output", [TABS, WORKBOOK])
def test_an_output_of_another_kind_is_a_fault(build: Build, output: str) -> None:
    shutil.copy(build.clean / PDF, build.folder / output)
    compared = compare_output(build.folder, output, build.model)
    build.restore(output)
    assert "is no" in compared.fault


@pytest.mark.parametrize("harm", ["cut", "empty", "folder", "gone"])
def test_without_its_model_nothing_is_proved(build: Build, harm: str, tmp_path: Path) -> None:
    shutil.copy(build.clean / MANIFEST, tmp_path / MANIFEST)
    if harm == "folder":
        (tmp_path / MODEL).mkdir()
    elif harm != "gone":
        raw = (build.clean / MODEL).read_bytes()
        (tmp_path / MODEL).write_bytes(raw[:9_000] if harm == "cut" else b"")
    with pytest.raises(JuratError, match=re.escape(MODEL)):
        prove(tmp_path)


@pytest.mark.parametrize(
    "manifest",
    [
        "", "[]", "{}", "null", '{"outputs": []}', '{"outputs": {}}', "\x00\x01",
        '{"outputs": {"a": 1}, "is_final": false, "overrides": 3, "jurat": "0.1.0"}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_manifest_that_is_not_ours_is_told(manifest: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(manifest)
    done = CliRunner().invoke(main, ["prove", str(tmp_path)])
    assert done.exit_code == 2
    assert "holds no build of ours: manifest.json: " in done.output
    assert "Next: Give the folder that jurat close wrote" in done.output


def test_nothing_a_file_and_an_empty_folder_are_no_builds(build: Build, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing", build.clean / PDF, tmp_path):
        done = CliRunner().invoke(main, ["prove", str(path)])
        assert done.exit_code == 2, done.output
        assert "holds no build of ours" in done.output


def test_a_build_of_another_version_is_read_but_not_laid_over(build: Build, tmp_path: Path) -> None:
    for name in (MODEL, PDF):
        shutil.copy(build.clean / name, tmp_path / name)
    told = json.loads((build.clean / MANIFEST).read_text(encoding="utf-8"))
    (tmp_path / MANIFEST).write_text(json.dumps(told | {"jurat": "0.0.9"}), encoding="utf-8")
    compared = compare_output(tmp_path, PDF, build.model)
    assert compared.is_equal
    assert compared.note == "read, not laid over its picture: drawn by Jurat 0.0.9"
