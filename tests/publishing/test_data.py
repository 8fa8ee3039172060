"""A statement as data: the model in JSON, tables by page, Parquet; each read back whole."""

import json
from datetime import date
from pathlib import Path

import pytest

from jurat.blanks import Blank
from jurat.checks import Accepted, examine
from jurat.publishing.data import plain, write_explanations, write_json, write_tables
from jurat.publishing.parquet import write_parquet
from jurat.reading.model import read_model, read_parquet, read_tables
from jurat.statement import CellState, Statement
from jurat.words import Address, ReadError


def test_the_model_is_read_back_cell_by_cell(tmp_path: Path, example: Statement) -> None:
    path = tmp_path / "statement.json"
    path.write_text(write_json(example), encoding="utf-8")
    back = read_model(path, example.blank)
    told = {a: (c.kind, c.state, c.value) for a, c in example.cells.items()}
    assert {a: (c.kind, c.state, c.value) for a, c in back.cells.items()} == told
    assert (back.pages, back.none_pages) == (example.pages, example.none_pages)
    assert (back.company, back.year) == (example.company, 2012)


def test_tables_begin_with_a_header_and_name_each_page(example: Statement) -> None:
    lines = write_tables(example, {"naic_company_code": "70416"}).splitlines()
    assert lines[:2] == ["[HEADER]", "jurat\tMML Bay State Life Insurance Company\t2012\t70416"]
    at = lines.index("[X2012IMR]")
    assert lines[at + 1].split("\t") == ["LINE", "ROW", "CAPTION", "C1", "C$1", "C$2"]
    second = lines[at + 3].split("\t")
    assert (second[0], second[3:]) == ("2", ["5975417", "9192949", "-3217532"])
    assert lines[lines.index("[X2012EXHIBIT4]") + 1] == "NONE"


def test_tables_are_read_back_cell_by_cell(tmp_path: Path, example: Statement) -> None:
    path = tmp_path / "data.tsv"
    path.write_text(write_tables(example, {}), encoding="utf-8")
    held = {address: text for address, text in read_tables(path).cells.items() if text}
    assert held == {a: plain(c) for a, c in example.cells.items() if plain(c)}


def test_a_figure_in_a_table_has_no_commas(example: Statement) -> None:
    told = [plain(example[words]) for words in ("assets:6:$1", "avr_default:36:5", "exhibit6:4:2")]
    assert told == ["-1964949", "0.0003", "24.9"]
    assert plain(example["avr_default:1:2"]) == "XXX"


def test_parquet_is_read_back_cell_by_cell(tmp_path: Path, example: Statement) -> None:
    table = write_parquet(example)
    path = tmp_path / "cells.parquet"
    path.write_bytes(table)
    assert read_parquet(path) == {
        a: (str(c.kind), str(c.state), c.value) for a, c in example.cells.items()
    }


def test_an_accepted_break_goes_out_with_its_explanation(example: Statement) -> None:
    known = Accepted(
        id="X33", cell="exhibit5:25:1", difference=-8, why="a\tplug", owner="A", expires=date.max
    )
    lines = write_explanations(examine(example, [known]).findings).splitlines()
    assert lines[1:] == [
        "X33\texhibit5:25:1\t2932615173\t2932615181\t-8\ta plug (A, until 9999-12-31)"
    ]


def test_the_same_statement_gives_the_same_bytes(example: Statement) -> None:
    shuffled = Statement(
        blank=example.blank,
        year=example.year,
        company=example.company,
        cells=dict(reversed(list(example.cells.items()))),
        pages=example.pages,
        none_pages=example.none_pages,
    )
    assert write_json(shuffled) == write_json(example)
    assert write_tables(shuffled, {}) == write_tables(example, {})
    assert write_parquet(shuffled) == write_parquet(example)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "another"}, "is not a statement of ours"),
        ({"year": "2012"}, "lacks its year or its cells"),
        ({"cells": [{"cell": "imr:1:1"}]}, "cell 1: 'kind'"),
        ({"cells": [{"cell": "imr", "kind": "money", "state": "value", "value": 1}]}, "no address|not an address"),
        ({"cells": [{"cell": "imr:1:1", "kind": "money", "state": "value", "value": 1.5}]}, "holds 1.5, no money"),
        ({"cells": [{"cell": "imr:1:1", "kind": "money", "state": "value", "value": True}]}, "holds True"),
        ({"cells": [{"cell": "imr:77:1", "kind": "money", "state": "value", "value": 1}]}, "has no cell imr:77:1"),
        ({"cells": [7]}, "cell 1:"),
    ],
)  # fmt: skip
def test_what_is_not_ours_is_refused(
    tmp_path: Path, blank: Blank, change: dict[str, object], said: str
) -> None:
    data = {"format": "jurat statement 1", "year": 2012, "pages": ["imr"], "cells": []} | change
    path = tmp_path / "statement.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ReadError, match=said):
        read_model(path, blank)


def test_unknown_and_unread_cells_are_told_as_such(example: Statement) -> None:
    place = Address("imr", "1", "1")
    cells = [
        c
        for state in (CellState.UNREAD, CellState.UNKNOWN)
        for c in [type(example[place])(address=place, kind=example[place].kind, state=state)]
    ]
    assert [plain(c) for c in cells] == ["(unread)", "(unknown)"]


@pytest.fixture
def blank(example: Statement) -> Blank:
    """The blank of 2012."""
    return example.blank
