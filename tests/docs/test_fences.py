"""Every example in the documents runs, and says what the document says it does."""

import doctest
import importlib.util
import re
import shlex
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from jurat.cli import main
from jurat.cli.demo import example_folder
from jurat.publishing.text import write_text
from jurat.reading import read

HOME = Path(__file__).parents[2]
PAGES = sorted(
    {HOME / "README.md", *HOME.glob("docs/**/*.md"), HOME / "STYLE.md", HOME / "GLOSSARY.md"}
)
_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
NAMES = ("jurat-demo.txt", "filing.txt", "filings/first.txt", "filings/second.txt")
"""What the examples call a filing: the demo's text under each of these names."""
FILED = HOME.parent / "shared" / "filings" / "mml_bay_state_separate_accounts_2012.txt"
"""The real filing, which the README shows; it is not in the repository."""


def fences(kind: str) -> Iterator[tuple[Path, str]]:
    """Every fence of a kind, with its page."""
    for page in PAGES:
        for found in _FENCE.finditer(page.read_text(encoding="utf-8")) if page.exists() else ():
            if found[1] == kind:
                yield page, found[2]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example filing as text, and the files that the how-to pages write."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "filings").mkdir()
    text = write_text(read(example_folder() / "facts.csv").statement)
    for name in NAMES:
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "examples").symlink_to(HOME / "examples")
    made = shutil.ignore_patterns("out", "builds")
    for place in (folder / "books", folder / "bay_state_2012", folder / "filed" / "books"):
        shutil.copytree(example_folder("bay_state_2012"), place, ignore=made)
    for kind in ("toml", "text"):
        for _, code in fences(kind):
            if named := re.match(r"# (\w+\.(?:toml|checks))\n", code):
                (folder / named[1]).write_text(code, encoding="utf-8")
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_python_fence_runs(page: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fences of a page run one after another, as its reader would type them."""
    monkeypatch.chdir(desk)
    space: dict[str, object] = {}
    for place, (_, code) in enumerate(f for f in fences("python") if f[0] == page):
        if ">>> " in code:
            test = doctest.DocTestParser().get_doctest(code, space, f"{page.name} {place}", None, 0)
            outcome = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(
                test, clear_globs=False
            )
            assert outcome.failed == 0, f"{page.name}: see the output above"
            space.update(test.globs)
        else:
            exec(compile(code, f"{page.name} fence {place}", "exec"), space)  # noqa: S102


@cache
def _said(command: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, shlex.split(command)[1:])
    return result.exit_code, result.output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_says_what_the_page_shows(
    page: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line shown below `$ jurat ...` is in the real output; a line of `...` stands for any."""
    if page.name == "README.md" and page.parent == HOME:
        if not FILED.exists():
            pytest.skip("the filing that the README shows is not at hand")
        desk = desk / "filed"
        (desk / "filing.txt").write_bytes(FILED.read_bytes())
    _said.cache_clear()
    monkeypatch.chdir(desk)
    has_report = importlib.util.find_spec("jurat.publishing.report") is not None
    for _, shown in (f for f in fences("console") if f[0] == page):
        for part in re.split(r"^\$ ", shown, flags=re.MULTILINE)[1:]:
            command, _, lines = part.partition("\n")
            is_ours = command.startswith("jurat ") and not re.search(r"[|>]", command)
            if not is_ours or (not has_report and re.search(r"--report| demo", command)):
                continue
            code, said = _said(command)
            assert code in (0, 1), f"{page.name}: {command} ends with {code}\n{said}"
            real = {line.strip() for line in said.splitlines()}
            wanted = [line.strip() for line in lines.splitlines() if line.strip(" .")]
            missing = [line for line in wanted if line not in real]
            assert missing == [], f"{page.name}: {command} does not say: {missing}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8")) if page.exists() else ""
    links = [link for link in _LINK.findall(text) if not re.match(r"https?:|mailto:", link)]
    assert [link for link in links if not (page.parent / link).exists()] == []
