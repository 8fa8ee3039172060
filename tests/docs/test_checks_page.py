"""The page of all checks is the blank's, today."""

import importlib.util
from pathlib import Path

from jurat.blanks import load_blank
from jurat.checks import CONDITIONS

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_checks_is_current() -> None:
    spec = importlib.util.spec_from_file_location("make_checks_page", DOCS / "make_checks_page.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    written = (DOCS / "reference" / "checks.md").read_text(encoding="utf-8")
    assert written == maker.make_page(load_blank()), "run: python docs/make_checks_page.py"


def test_every_check_has_a_line() -> None:
    blank = load_blank()
    written = (DOCS / "reference" / "checks.md").read_text(encoding="utf-8")
    ids = {equation.id for equation in blank.equations} | {law.id for law in blank.row_laws}
    ids |= {one.id for one in blank.measured} | {condition.id for condition in CONDITIONS}
    assert [id_ for id_ in sorted(ids) if f"\n| `{id_}` | " not in written] == []
