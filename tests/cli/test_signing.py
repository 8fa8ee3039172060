"""An officer signs the PDF that is proved; the proof then reads the signed copy too."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jurat.cli import main
from jurat.prove import Compared, compare_output
from jurat.publish import MANIFEST, PDF, SIGNED

pytest.importorskip("pyhanko", reason="pyHanko, an extra, is not installed")

from tests.publishing.test_signature import signer

__all__ = ["signer"]


@pytest.fixture(scope="module")
def out(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of the example, without a company folder."""
    place = tmp_path_factory.mktemp("outputs") / "out"
    shutil.copytree(company / "out", place)
    return place


def sign(out: Path, signer: tuple[Path, Path], *more: str) -> Result:
    """Sign by the verb."""
    key, certificate = map(str, signer)
    return CliRunner().invoke(
        main, ["sign", str(out), "--key", key, "--certificate", certificate, *more]
    )


@pytest.fixture(scope="module")
def copy(out: Path, signer: tuple[Path, Path]) -> bytes:
    """A signed copy as it was written."""
    done = sign(out, signer, "--reason", "Annual statement 2012")
    assert done.exit_code == 0, done.output
    assert "1,098 cells, signed by An Officer" in done.output
    assert "This is a draft, with its watermark: jurat close --final" in done.output
    return (out / SIGNED).read_bytes()


@pytest.fixture
def signed(out: Path, copy: bytes) -> Path:
    """The outputs with a signed copy."""
    (out / SIGNED).write_bytes(copy)
    return out


def proved(out: Path) -> Compared:
    """The signed copy, held against the model."""
    return compare_output(out, SIGNED)


def test_the_signed_copy_begins_with_the_pdf_and_is_proved(signed: Path) -> None:
    assert (signed / SIGNED).read_bytes().startswith((signed / PDF).read_bytes())
    compared = proved(signed)
    assert compared.is_equal
    assert compared.cells == 1098
    assert compared.note == "the signature of An Officer holds"


def test_signing_leaves_the_outputs_as_they_are(signed: Path, company: Path) -> None:
    for name in (PDF, MANIFEST):
        assert (signed / name).read_bytes() == (company / "out" / name).read_bytes()


def test_a_byte_changed_after_signing_breaks_the_signature(signed: Path) -> None:
    raw = (signed / SIGNED).read_bytes()
    place = len((signed / PDF).read_bytes()) + raw[len((signed / PDF).read_bytes()) :].index(
        b"/Jurat"[1:]
    )
    (signed / SIGNED).write_bytes(raw[:place] + b"X" + raw[place + 1 :])
    assert "does not hold: the file is not what was signed" in proved(signed).fault


def test_what_is_added_after_the_signature_is_told(signed: Path) -> None:
    with (signed / SIGNED).open("ab") as file:
        file.write(b"\n% added")
    assert "does not hold" in proved(signed).fault


def test_another_file_signed_is_told(signed: Path) -> None:
    raw = (signed / SIGNED).read_bytes()
    (signed / SIGNED).write_bytes(raw.replace(b"/Producer", b"/producer", 1))
    assert "does not begin with statement.pdf" in proved(signed).fault


def test_a_pdf_that_was_not_signed_is_told(out: Path) -> None:
    shutil.copy(out / PDF, out / SIGNED)
    assert "carries 0 signatures" in proved(out).fault


def test_a_pdf_unlike_its_model_is_not_signed(
    company: Path, signer: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(company / "out", out)
    (out / PDF).write_bytes((out / PDF).read_bytes()[:9_000])
    done = sign(out, signer)
    assert done.exit_code == 2
    assert "statement.pdf is not what the model says, and is not signed" in done.output
    assert not (out / SIGNED).exists()


def test_without_the_extra_a_clear_error_says_what_to_install(
    out: Path, signer: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("pyhanko")]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    done = sign(out, signer)
    assert done.exit_code == 2
    assert "pip install 'jurat[sign]'" in done.output


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig is not installed")
def test_pdfsig_finds_the_signed_copy_valid(signed: Path) -> None:
    done = subprocess.run(
        ["pdfsig", "-nocert", signed / SIGNED], capture_output=True, text=True, check=False
    )
    assert "Signature is Valid" in done.stdout
    assert "Total document signed" in done.stdout


def test_a_final_statement_is_no_draft(
    out: Path, signer: tuple[Path, Path], tmp_path: Path
) -> None:
    place = tmp_path / "out"
    shutil.copytree(out, place)
    path = place / MANIFEST
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(told | {"is_final": True}), encoding="utf-8")
    done = sign(place, signer)
    assert done.exit_code == 2, "the watermark is on a PDF that is said to be final"
