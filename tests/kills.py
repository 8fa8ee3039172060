"""A close that dies at any moment, by the hand of kill -9: tests and soak share it."""

import json
import os
import signal
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from jurat.keeping.builds import build_at
from jurat.publish import MANIFEST


def die_within(work: Callable[[], object], seconds: float) -> bool:
    """Do something in a process of its own, and kill it after a while; whether it died of that."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    end = time.perf_counter() + seconds
    done, status = 0, 0
    while not done and time.perf_counter() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.002)
    if not done:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def digest_of_whole(out: Path) -> str:
    """The name of the build that `out` leads to, after every digest of its manifest is found to hold."""
    build = build_at(out).resolve()
    raw = (build / MANIFEST).read_bytes()
    assert sha256(raw).hexdigest()[:20] == build.name, "the manifest is not the one it was named by"
    outputs = json.loads(raw)["outputs"]
    for name, digest in outputs.items():
        assert sha256((build / name).read_bytes()).hexdigest() == digest, f"{name} is not whole"
    there = {path.relative_to(build).as_posix() for path in build.rglob("*") if path.is_file()}
    assert there == {*outputs, MANIFEST}
    return build.name


def left_behind(folder: Path) -> list[str]:
    """What unfinished closes left in a company folder."""
    return sorted(
        str(path.relative_to(folder))
        for pattern in ("builds/.making-*", ".out-*")
        for path in folder.glob(pattern)
    )
