"""An officer's digital signature on a PDF, by pyHanko (`pip install 'jurat[sign]'`)."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from jurat.words import UsageError

FIELD = "Jurat"
_NEEDED = "pip install 'jurat[sign]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a signed PDF says of its signature."""

    signer: str
    """The name on the certificate. Whether the certificate is to be trusted, the reader judges."""
    reason: str = ""
    fault: str = ""
    """Why it does not hold; empty when every byte is as it was signed."""


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


def signature_on(pdf: bytes) -> Signature:
    """Whether the one signature on a PDF holds: over the whole file, every byte as it was signed.

    Raises  UsageError when pyHanko is not installed.
    """
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 (an extra)
        from pyhanko.sign.validation import (  # noqa: PLC0415
            SignatureCoverageLevel,
            validate_pdf_signature,
        )
        from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415
    except ImportError as fault:
        raise UsageError(
            "A signature is checked by pyHanko, which is not installed.", next=_NEEDED
        ) from fault
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if len(found) != 1:
            return Signature(signer="", fault=f"the file carries {len(found)} signatures, not one")
        signed = found[0]
        # Whom to trust is the reader's to judge: the chain is not asked, and nothing fetched.
        own = ValidationContext(trust_roots=[signed.signer_cert], allow_fetching=False)
        status = validate_pdf_signature(signed, own)
        is_whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    except Exception as fault:  # noqa: BLE001 (a broken file may fail anywhere in the library)
        return Signature(signer="", fault=f"it cannot be checked: {type(fault).__name__}: {fault}")
    why = "" if is_whole else "something was added after it"
    if not (status.intact and status.valid):
        why = "the file is not what was signed"
    return Signature(
        signer=str(signed.signer_cert.subject.native.get("common_name", "")),
        reason=str(signed.sig_object.get("/Reason", "")),
        fault=why,
    )


def _pyhanko() -> tuple[Any, Any]:
    try:
        from pyhanko.pdf_utils import incremental_writer  # noqa: PLC0415 (an extra)
        from pyhanko.sign import signers  # noqa: PLC0415
    except ImportError as fault:
        raise UsageError("Signing needs pyHanko, which is not installed.", next=_NEEDED) from fault
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
