"""The page of records is made from the tables, today."""

import importlib.util
from pathlib import Path

from jurat.records import RULES, TABLES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_records_is_current() -> None:
    spec = importlib.util.spec_from_file_location(
        "make_records_page", DOCS / "make_records_page.py"
    )
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    written = (DOCS / "reference" / "records.md").read_text(encoding="utf-8")
    assert written == maker.make_page(), "run: python docs/make_records_page.py"


def test_every_table_column_and_rule_has_its_place() -> None:
    written = (DOCS / "reference" / "records.md").read_text(encoding="utf-8")
    names = [field.name for table in TABLES.values() for field in table.fields]
    assert [name for name in (*names, *RULES) if f"\n| `{name}` | " not in written] == []
    assert [name for name in TABLES if f"\n### `{name}`\n" not in written] == []
