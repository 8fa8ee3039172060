"""The house in order: imports downward, no circles, one word for a thing, every name explained."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
SOURCE = HOME / "src" / "jurat"
MODULES = sorted(SOURCE.rglob("*.py"))
ROOMS = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))
BANNED = {"entity": "company", "item": "line", "util": "", "manager": "", "helper": ""}
"""Words that are not the trade's, and the trade's word for them."""

LONG_MODULES = {"reading/rows.py", "reading/text.py"}
"""Over 400 lines: to be read in one piece, they are as long as their one subject."""
MOST_LINES, MOST_LINES_ALLOWED, MOST_IN_FUNCTION = 400, 440, 60

Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    """A module's path inside the package, as people say it."""
    return path.relative_to(SOURCE).as_posix()


def public(path: Path) -> Iterator[tuple[str, Named]]:
    """The classes and functions of a module that others may use, methods included."""

    def inside(body: list[ast.stmt], above: str) -> Iterator[tuple[str, Named]]:
        for node in body:
            if isinstance(node, Named) and not node.name.startswith("_"):
                yield f"{above}{node.name}", node
                if isinstance(node, ast.ClassDef):
                    yield from inside(node.body, f"{above}{node.name}.")

    yield from inside(tree_of(path).body, f"{name_of(path)}: ")


# -- imports ------------------------------------------------------------------------------


def test_the_import_contract_is_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 kept, 0 broken" in done.stdout


def test_no_module_imports_itself_in_a_circle() -> None:
    imports = {module(path): set(imported(path)) - {module(path)} for path in MODULES}
    TopologicalSorter(imports).prepare()  # raises CycleError naming the circle


def module(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """The modules of ours that a module needs at once: not those that a function asks for."""
    known = {module(other) for other in MODULES}
    inner = {n for f in ast.walk(tree_of(path)) if isinstance(f, Named) for n in ast.walk(f)}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node not in inner:
            for alias in node.names:
                longest = f"{node.module}.{alias.name}"
                if (found := longest if longest in known else node.module) in known:
                    yield found


def test_every_room_of_the_contract_is_there() -> None:
    told = re.search(r"layers = \[(.*?)\]", (HOME / "pyproject.toml").read_text(), re.DOTALL)
    assert told is not None
    layers = set(re.findall(r"\w+", told[1]))
    corridors = {path.stem for path in SOURCE.glob("*.py")} - {"__init__"}
    assert layers == {room.name for room in ROOMS} | corridors


# -- names and docstrings -----------------------------------------------------------------


def test_no_name_uses_a_banned_word() -> None:
    found = [
        f"{name}: say {BANNED[word] or 'what it does'}, not {word}"
        for path in MODULES
        for name, node in (*public(path), (name_of(path), None))
        for word in re.split(r"[_\W]+", snake(node.name if node else path.stem))
        if word.removesuffix("s") in BANNED
    ]
    assert found == []


def snake(name: str) -> str:
    """The words of a name: ReadError is read_error."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def test_every_public_name_says_what_it_is() -> None:
    bare = [name for path in MODULES for name, node in public(path) if not ast.get_docstring(node)]
    assert bare == []


def test_every_module_says_what_it_is() -> None:
    assert [name_of(path) for path in MODULES if not ast.get_docstring(tree_of(path))] == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_what_it_owns_and_must_not_know(room: Path) -> None:
    said = ast.get_docstring(tree_of(room / "__init__.py")) or ""
    assert "Owns:" in said
    assert "Must not know:" in said
    assert len(said.splitlines()) <= 30


def test_no_code_knows_a_filer() -> None:
    names = re.compile(r"mml|massmutual|\b70416\b|c\.?m\. life", re.IGNORECASE)
    known = [
        name_of(path)
        for path in SOURCE.rglob("*")
        if path.suffix in (".py", ".page", ".checks")
        and names.search(path.read_text(encoding="utf-8"))
    ]
    assert known == []


# -- the glossary -------------------------------------------------------------------------


def rows_of_glossary() -> list[tuple[str, str]]:
    """The words of the glossary, each with what it means."""
    text = (HOME / "GLOSSARY.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\*\*.+?) \| (.+) \|$", text, re.MULTILINE)
    bold = re.compile(r"\*\*(.+?)\*\*")
    return [(word, meaning) for words, meaning in rows for word in bold.findall(words)]


def test_the_glossary_has_each_word_once() -> None:
    words = [word for word, _ in rows_of_glossary()]
    assert len(words) > 60
    assert sorted(words) == sorted(set(words))


def test_the_glossary_has_the_words_of_our_types() -> None:
    types = """
        statement blank page line head column caption inset note rows table slot cell address kind
        rule equation law condition tolerance measure finding grade severity accepted root hint
        suspect reading repair doubt coverage figure layout factor
    """
    assert set(types.split()) <= {word for word, _ in rows_of_glossary()}


# -- a taste, not a fence -----------------------------------------------------------------


def test_modules_can_be_read_in_one_sitting() -> None:
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    long = {name for name, count in lines.items() if count > MOST_LINES}
    assert long <= LONG_MODULES
    assert max(lines.values()) <= MOST_LINES_ALLOWED


def test_functions_can_be_seen_at_once() -> None:
    long = [
        f"{name_of(path)}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= MOST_IN_FUNCTION
    ]
    assert long == []


# -- what the README promises ---------------------------------------------------------------


def test_the_readme_s_make_commands_exist() -> None:
    readme = (HOME / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (HOME / "Makefile").read_text(), re.MULTILINE))
    commands = set(re.findall(r"^\$ make (\w+)", readme, re.MULTILINE))
    assert {"demo", "test"} <= commands <= targets


def test_continuous_integration_runs_the_readme_s_command() -> None:
    assert "\nmake test\n" in (HOME / ".ci" / "run").read_text(encoding="utf-8")
