"""A signature over the whole PDF, that other programs find valid, and a changed byte breaks."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest

from jurat.publishing.pdf import sign_pdf, write_pdf
from jurat.statement import Statement
from jurat.words import UsageError

pytest.importorskip("pyhanko", reason="pyHanko, an extra, is not installed")

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A key and its own certificate, made for the test."""
    folder = tmp_path_factory.mktemp("signer")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An Officer")])
    begun = dt.datetime(2012, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begun)
        .not_valid_after(begun + dt.timedelta(days=36_500))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(pem, *plain))
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    return folder / "key.pem", folder / "certificate.pem"


def test_what_is_signed_stays_as_it_was(
    small: Statement, signer: tuple[Path, Path], tmp_path: Path
) -> None:
    pdf = write_pdf(small)
    signed = sign_pdf(pdf, *signer, reason="Annual statement 2012")
    assert signed.startswith(pdf)
    assert len(signed) > len(pdf)
    (tmp_path / "signed.pdf").write_bytes(signed)


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig is not installed")
def test_pdfsig_finds_it_valid_and_a_changed_byte_breaks_it(
    small: Statement, signer: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "signed.pdf"
    signed = sign_pdf(write_pdf(small), *signer)
    path.write_bytes(signed)
    said = _pdfsig(path)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    place = signed.index(b"/Producer") + 12
    path.write_bytes(signed[:place] + b"X" + signed[place + 1 :])
    assert "Signature is Valid" not in _pdfsig(path)


def _pdfsig(path: Path) -> str:
    done = subprocess.run(
        ["pdfsig", "-nocert", path], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_error_in_a_signed_pdf(
    small: Statement, signer: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(sign_pdf(write_pdf(small), *signer))
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_key_that_is_none_is_refused(small: Statement, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    with pytest.raises(UsageError, match="is not a file"):
        sign_pdf(write_pdf(small), key, key)
    key.write_text("no key")
    with pytest.raises(UsageError, match="make no signer"):
        sign_pdf(write_pdf(small), key, key)
