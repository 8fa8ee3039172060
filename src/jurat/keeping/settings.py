"""TOML files of a folder: read with their faults, the line of every value known, edited in place."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jurat.keeping.faults import Faults

Path_ = tuple[str | int, ...]
"""Where a value stands: its tables and key, rows of a table by number from 1."""

_PART = r"(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|[A-Za-z0-9_-]+)"
_KEY = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_KEY})\s*\]\]?\s*(?:#.*)?")
_LINE = re.compile(rf"(?P<head>\s*(?P<key>{_KEY})\s*=\s*)(?P<value>.*)")
_PLAIN = re.compile(r"(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s\"'#\[{][^\s#]*)(?=\s*(?:#.*)?$)")
"""A value that ends on its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A TOML file as written."""

    name: str
    table: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[Path_, int] = field(default_factory=dict)

    def at(self, *path: str | int) -> str:
        """The place of a value: its file and line, or that of the nearest table above it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.lines:
                return f"{self.name}:{self.lines[path[:end]]}"
        return self.name


def read_settings(folder: Path, name: str, faults: Faults) -> Settings | None:
    """A TOML file of a folder; nothing, and a fault, where it cannot be used.

    Raises  FileNotFoundError where there is no such file.
    """
    try:
        text = (folder / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        table = tomllib.loads(text)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, RecursionError) as fault:
        faults.add(name, f"is not TOML in UTF-8: {fault}.", "See docs/reference/company-folder.md.")
        return None
    return Settings(name=name, table=table, lines=dict(_lines_of(text)))


def text_of(value: object) -> str:
    """A value as the form prints it: a date as month, day, year; true and false as Yes and No.

    Raises  ValueError for a value that is no text, answer or date.

    >>> text_of(True), text_of(date(1935, 4, 1))
    ('Yes', '04/01/1935')
    """
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value.month:02}/{value.day:02}/{value.year:04}"
    raise ValueError(f"{_shortened(value)} is no text; put what is meant in double quotes")


def edited(text: str, path: Path_, value: str) -> str:
    r"""A TOML text with one value changed or added; comments and all else stay as they are.

    Raises  ValueError where the value does not end on its line, or its row of a table is not there.

    >>> edited('[cover]\nstate = "Ohio"  # home', ("cover", "state"), "Iowa")
    '[cover]\nstate = "Iowa"  # home'
    """
    rows, lines = text.split("\n"), dict(_lines_of(text))
    quoted = json.dumps(value, ensure_ascii=False)
    if path in lines:
        line = _LINE.match(rows[lines[path] - 1])
        plain = _PLAIN.match(line["value"]) if line else None
        if line is None or plain is None:
            raise ValueError("it goes on over several lines")
        rows[lines[path] - 1] = line["head"] + quoted + line["value"][plain.end() :]
    else:
        *above, key = path
        beside = [at for one, at in lines.items() if one[:-1] == (*above,) or one == (*above,)]
        if not beside and len(above) > 1:
            raise ValueError("there is no such table or row")
        rows[max(beside, default=len(rows)) :] = [
            *([] if beside else ["", f"[{above[0]}]"]),
            f"{_written(str(key))} = {quoted}",
            *rows[max(beside, default=len(rows)) :],
        ]
    made = "\n".join(rows)
    _prove_only(text, made, path, value)
    return made


def _prove_only(text: str, made: str, path: Path_, value: str) -> None:
    """One value has changed, and nothing else."""
    was, now = tomllib.loads(text), tomllib.loads(made)
    *above, key = path
    table: Any = was
    for part in above:
        table = table[part - 1] if isinstance(part, int) else table.setdefault(part, {})
    table[key] = value
    if was != now:
        raise ValueError("it is written in a way of its own")


def _written(key: str) -> str:
    """A key, in quotes where TOML wants them."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def _lines_of(text: str) -> Iterator[tuple[Path_, int]]:
    """The line each table and value begins on."""
    inside: Path_ = ()
    rows: dict[Path_, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.fullmatch(line):
            inside = _parts(header[2])
            if header[1] == "[[":
                rows[inside] = rows.get(inside, 0) + 1
                inside = (*inside, rows[inside])
            yield inside, number
        elif found := _LINE.match(line):
            parts = _parts(found["key"])
            for end in range(1, len(parts)):
                yield (*inside, *parts[:end]), number  # of a dotted key, the tables it makes
            yield (*inside, *parts), number


def _parts(key: str) -> Path_:
    """The parts of a dotted key, quotes taken off."""
    try:
        table: object = tomllib.loads(f"{key} = 0")
    except (ValueError, RecursionError):
        return (key,)
    parts: list[str | int] = []
    while isinstance(table, dict):
        (part, table), *_ = table.items()
        parts.append(part)
    return tuple(parts)


def _shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}..."
