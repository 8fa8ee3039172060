"""An officer's digital signature on a PDF, by pyHanko (`pip install 'jurat[sign]'`)."""

from io import BytesIO
from pathlib import Path
from typing import Any

from jurat.words import UsageError

FIELD = "Jurat"


def sign_pdf(
    pdf: bytes, key: Path, certificate: Path, *, passphrase: str = "", reason: str = ""
) -> bytes:
    """The PDF with a signature over every byte of it; any later change shows.

    `key` and `certificate` are PEM files. The signature holds the time of signing, so that signing
    twice gives different bytes; what is signed stays the same, byte for byte, in front of it.

    Raises  UsageError when pyHanko is not installed, or key and certificate do not make a signer.
    """
    signers, writer = _pyhanko()
    signer = _signer(signers, key, certificate, passphrase)
    told = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", reason=reason or None
    )
    out = BytesIO()
    signers.sign_pdf(writer.IncrementalPdfFileWriter(BytesIO(pdf)), told, signer=signer, output=out)
    return out.getvalue()


def _pyhanko() -> tuple[Any, Any]:
    try:
        from pyhanko.pdf_utils import incremental_writer  # noqa: PLC0415 (an extra)
        from pyhanko.sign import signers  # noqa: PLC0415
    except ImportError as fault:
        raise UsageError(
            "Signing needs pyHanko, which is not installed.", next="pip install 'jurat[sign]'"
        ) from fault
    return signers, incremental_writer


def _signer(signers: Any, key: Path, certificate: Path, passphrase: str) -> Any:  # noqa: ANN401
    """Key and certificate as one signer."""
    for path in (key, certificate):
        if not path.is_file():
            raise UsageError(
                f"{path} is not a file.", next="Give key and certificate as PEM files."
            )
    secret = passphrase.encode() or None
    try:
        signer = signers.SimpleSigner.load(str(key), str(certificate), key_passphrase=secret)
    except (ValueError, TypeError, OSError) as fault:
        raise UsageError(f"{key} and {certificate} make no signer: {fault}") from fault
    if signer is None:
        raise UsageError(
            f"{key} and {certificate} make no signer.",
            why="The key could not be read with this passphrase, or one of them is no PEM file.",
            next="Check them with `openssl pkey -in KEY -check` and `openssl x509 -in CERTIFICATE`.",
        )
    return signer
