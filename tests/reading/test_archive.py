"""What is written to an archive is what is read, and what is checked."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jurat.blanks import load_blank
from jurat.checks import examine
from jurat.checks.batch import BatchOutcome, check_statements
from jurat.golden import tying_statement
from jurat.reading import archive
from jurat.reading.archive import Archive, check_archive, write_archive
from jurat.reading.facts import read_facts
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address, ReadError, UsageError

EXAMPLE = Path(__file__).parents[2] / "examples" / "bay_state_2012_filed" / "facts.csv"


@lru_cache(maxsize=1)
def example() -> Statement:
    return read_facts(EXAMPLE, load_blank())


def disturbed(statement: Statement, random: Random) -> Statement:
    """Some cells changed, one of them unread; now and then a page or a row is not there."""
    numbers = [a for a, cell in statement.cells.items() if isinstance(cell.value, int)]
    for address in random.sample(numbers, 3):
        step = random.choice([-1, 1, 500])
        statement = statement.with_figures({address: statement[address].figure + step})
    if random.random() < 0.4:
        address = random.choice(numbers)
        cell = Cell(address=address, kind=statement[address].kind, state=CellState.UNREAD)
        statement = statement.replaced([cell])
    if random.random() < 0.5:
        kept = {a: c for a, c in statement.cells.items() if a.line != "0100004"}
        statement = replace(statement, cells=kept)
    if random.random() < 0.3:
        kept = {a: c for a, c in statement.cells.items() if a.page != "imr"}
        statement = replace(statement, cells=kept, pages=statement.pages - {"imr"})
    return statement


@lru_cache(maxsize=1)
def several() -> dict[str, Statement]:
    random = Random(11)
    made = {f"s{n:02d}": disturbed(tying_statement(example(), n), random) for n in range(30)}
    last_year = replace(tying_statement(example(), 77), year=2011)
    less = {a: c for a, c in example().cells.items() if a.page != "imr" and a.line != "0100004"}
    fewer = replace(example(), cells=less, pages=example().pages - {"imr"}, prior=last_year)
    return {
        **made,
        "filing": example(),
        "with prior": replace(example(), prior=last_year),
        "with more last year": fewer,
    }


def bare(statement: Statement) -> object:
    """All that an archive keeps of a statement."""
    cells = {a: replace(cell, because=None) for a, cell in statement.cells.items()}
    prior = bare(statement.prior) if statement.prior else None
    head = (statement.year, statement.company, statement.pages, statement.none_pages)
    return (*head, cells, prior)


def told(outcome: BatchOutcome) -> list[object]:
    """A batch's counts and differences, however its checks are numbered."""
    found: list[object] = []
    for number, name in enumerate(outcome.names):
        own = outcome.differences.where(outcome.differences.statement == number)
        columns = (own.check.tolist(), own.difference.tolist(), own.is_break.tolist())
        named = sorted(
            (outcome.checks[at].id, outcome.checks[at].cell, outcome.checks[at].law, amount, broken)
            for at, amount, broken in zip(*columns, strict=True)
        )
        counts = [
            int(count[number])
            for count in (
                outcome.passed, outcome.rounding, outcome.failed, outcome.not_run, outcome.unread,
            )
        ]  # fmt: skip
        found.append((name, counts, named))
    return found


@pytest.fixture(params=[512, 7])
def file(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(archive, "GROUP", request.param)
    assert write_archive(tmp_path / "many.parquet", several().items()) == len(several())
    return tmp_path / "many.parquet"


def test_statements_come_back_as_they_went(file: Path) -> None:
    kept = Archive(file, load_blank())
    for name, statement in several().items():
        assert bare(kept.statement(name)) == bare(statement), name
    with pytest.raises(UsageError, match="no statement 'nobody'"):
        kept.statement("nobody")


def test_an_archive_is_checked_as_its_statements_are(file: Path) -> None:
    outcome = check_archive(file, load_blank())
    whole = check_statements(list(several().values()), list(several()))
    assert told(outcome) == told(whole)
    assert outcome.facts == whole.facts
    assert outcome.unread.any()
    assert outcome.rounding.any()
    assert outcome.failed.any()


def test_findings_of_one_statement_are_the_single_paths(file: Path) -> None:
    outcome = check_archive(file, load_blank())
    for name in ("s03", "filing", "with prior"):
        number = outcome.names.index(name)
        assert outcome.statement(number).findings == examine(several()[name]).findings


@pytest.mark.parametrize("rows", [1_000, 1_100, 5_000])
def test_a_statement_may_go_over_the_edge_of_row_groups(file: Path, rows: int) -> None:
    expected = told(check_archive(file, load_blank()))
    other = file.with_name("other.parquet")
    pq.write_table(pq.read_table(file), other, row_group_size=rows)
    assert told(check_archive(other, load_blank())) == expected


def test_words_may_be_plain_and_nothing_may_be_null(file: Path) -> None:
    """As another program writes them: strings without codes, nulls where we write nothing."""
    table = pq.read_table(file)
    for at, name in enumerate(table.schema.names):
        column = table.column(name)
        if pa.types.is_dictionary(column.type):
            words = [word or None for word in column.to_pylist()]
            table = table.set_column(at, name, pa.array(words, pa.string()))
        elif name in ("inset", "row"):
            column = pa.array([number or None for number in column.to_pylist()], pa.int64())
            table = table.set_column(at, name, column)
    other = file.with_name("other.parquet")
    pq.write_table(table, other, use_dictionary=False)
    assert told(check_archive(other, load_blank())) == told(check_archive(file, load_blank()))


def changed(file: Path, name: str, values: dict[int, object], kind: pa.DataType) -> Path:
    """The archive with some values of one column changed."""
    table = pq.read_table(file)
    column = table.column(name).to_pylist()
    for at, value in values.items():
        column[at] = value
    other = file.with_name("changed.parquet")
    at = table.schema.get_field_index(name)
    pq.write_table(table.set_column(at, name, pa.array(column, kind)), other)
    return other


def test_what_cannot_stand_is_refused(file: Path) -> None:
    blank, words = load_blank(), pa.string()
    rows = pq.read_table(file).to_pylist()
    figure = next(at for at, row in enumerate(rows) if row["value"] is not None)
    with pytest.raises(ReadError, match="no cell"):
        check_archive(changed(file, "line", {figure: "9999"}, words), blank)
    with pytest.raises(ReadError, match="no cell"):
        check_archive(changed(file, "page", {0: "nowhere"}, words), blank)
    with pytest.raises(ReadError, match="no state"):
        check_archive(changed(file, "state", {figure: "lost"}, words), blank)
    with pytest.raises(ReadError, match="not stand together"):
        check_archive(changed(file, "statement", {len(rows) - 1: "s00"}, words), blank)
    with pytest.raises(ReadError, match="value is double, not int64"):
        check_archive(changed(file, "value", {}, pa.float64()), blank)
    with pytest.raises(ReadError, match="row is string, not int32"):
        check_archive(_row_as_text(file), blank)
    doubled = pa.concat_tables([t := pq.read_table(file), t.slice(len(rows) - 1)])
    pq.write_table(doubled, other := file.with_name("doubled.parquet"))
    with pytest.raises(ReadError, match="stands twice"):
        check_archive(other, blank)


def _row_as_text(file: Path) -> Path:
    table = pq.read_table(file)
    at = table.schema.get_field_index("row")
    words = pa.array([str(row) for row in table.column("row").to_pylist()])
    other = file.with_name("text.parquet")
    pq.write_table(table.set_column(at, "row", words), other)
    return other


def test_what_is_no_archive_is_said_so(tmp_path: Path) -> None:
    text = tmp_path / "a.parquet"
    text.write_text("not at all")
    with pytest.raises(ReadError, match="is not an archive"):
        check_archive(text, load_blank())
    with pytest.raises(ReadError, match="is not an archive"):
        check_archive(tmp_path / "absent.parquet", load_blank())
    pq.write_table(pa.table({"statement": ["a"]}), text)
    with pytest.raises(ReadError, match="has no column"):
        check_archive(text, load_blank())
    write_archive(text, [])
    with pytest.raises(ReadError, match="holds no statement"):
        check_archive(text, load_blank())


def test_what_would_be_lost_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with pytest.raises(UsageError, match="two statements called 'a'"):
        write_archive(path, [("a", example()), ("a", example())])
    with pytest.raises(UsageError, match="pages it lacks: imr"):
        write_archive(path, [("a", replace(example(), pages=example().pages - {"imr"}))])
    with pytest.raises(UsageError, match="not of an earlier year"):
        write_archive(path, [("a", replace(example(), prior=example()))])


def test_a_figure_too_large_to_add_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    huge = example().with_figures({Address("assets", "17", "3"): 2**62})
    write_archive(path, [("small", example()), ("huge", huge)])
    with pytest.raises(UsageError, match=r"Statement huge holds .* at assets:17:3"):
        check_archive(path, load_blank())
