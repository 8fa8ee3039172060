"""The verb sign: an officer's signature on the PDF of a build, after that PDF is proved."""

import json
from collections.abc import Iterator
from pathlib import Path

from jurat.keeping.builds import build_at
from jurat.prove import compare_output
from jurat.publish import MANIFEST, PDF, SIGNED
from jurat.publishing.pdf import sign_pdf, signature_on
from jurat.words import UsageError


def sign_build(
    folder: Path, key: Path, certificate: Path, *, reason: str, passphrase: str
) -> Iterator[str]:
    """Sign the PDF of a build, and tell what was signed by whom.

    The signed copy stands beside the outputs. It begins with the PDF that was proved, byte for byte.

    Raises  UsageError when the folder is no build of ours, its PDF is not equal to its model, key and
            certificate make no signer, or pyHanko is not installed.
    """
    build = build_at(folder)
    compared = compare_output(build, PDF)
    if not compared.is_equal:
        told = compared.fault or "\n".join(map(str, compared.unequal[:5]))
        raise UsageError(
            f"{PDF} is not what the model says, and is not signed:\n{told}",
            where=str(folder),
            next="Close the folder again, and prove it.",
        )
    signed = sign_pdf(
        (build / PDF).read_bytes(), key, certificate, passphrase=passphrase, reason=reason
    )
    signature = signature_on(signed)
    if signature.fault:
        raise UsageError(f"The signature does not hold: {signature.fault}.")
    _write(build / SIGNED, signed)
    if not json.loads((build / MANIFEST).read_text(encoding="utf-8"))["is_final"]:
        yield "This is a draft, with its watermark: jurat close --final makes the statement to be sworn."
    yield f"{folder / SIGNED}: {compared.cells:,} cells, signed by {signature.signer}"


def _write(path: Path, raw: bytes) -> None:
    part = path.with_suffix(".part")
    try:
        part.write_bytes(raw)
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise UsageError(f"{path} cannot be written: {fault.strerror}.") from fault
