"""Texts kept for review: a change of the blank shows as a change of a file a person reads."""

import os
from pathlib import Path

HERE = Path(__file__).parent


def hold(name: str, text: str) -> None:
    """Compare with the kept text; with JURAT_RENEW=1 in the environment keep the new one."""
    path = HERE / name
    if os.environ.get("JURAT_RENEW"):
        path.write_text(text, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    assert text == kept, f"{path} tells another story; JURAT_RENEW=1 keeps the new one for review"
