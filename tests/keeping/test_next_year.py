"""The folder of the year after a filing: its opening, its prior columns, its IMR, all else open."""

import csv
import json
import tomllib
from pathlib import Path

import pytest

from jurat.blanks import PriorCell
from jurat.close import Closing, close
from jurat.keeping.scaffold import scaffold, scaffold_from
from jurat.publishing.text import write_text
from jurat.reading import read
from jurat.statement import Computed, Statement
from jurat.words import Address, UsageError

FILED = (
    Path(__file__).parents[3] / "shared" / "filings" / "mml_bay_state_separate_accounts_2012.txt"
)
"""The real filing; it is not in the repository."""


@pytest.fixture(scope="module", params=["printed", "filed"])
def filing(
    request: pytest.FixtureRequest, example: Statement, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The filing of 2012 as text: as we print it, and as it was filed."""
    if request.param == "filed":
        if not FILED.exists():
            pytest.skip("the real filing is not on this machine")
        return FILED
    path = tmp_path_factory.mktemp("filed") / "filing.txt"
    path.write_text(write_text(example), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def filed(filing: Path) -> Statement:
    return read(filing).statement


@pytest.fixture(scope="module")
def made(filing: Path, filed: Statement, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("next") / "company"
    scaffold_from(folder, filed, opening=filing)
    return folder


@pytest.fixture(scope="module")
def closing(made: Path) -> Closing:
    """The folder closes as it is, no figure given yet."""
    return close(made)


def test_the_opening_is_the_filed_closing_in_every_cell(closing: Closing, filed: Statement) -> None:
    assert closing.opening is not None
    opening = closing.opening.statement
    assert len(opening.cells) > 900
    both = {*opening.cells, *filed.cells}
    assert [
        a for a in both if (opening[a].state, opening[a].value) != (filed[a].state, filed[a].value)
    ] == []
    assert closing.opening.differences == ()


def test_the_opening_is_the_document_itself(made: Path, filing: Path) -> None:
    assert (made / "opening" / filing.name).read_bytes() == filing.read_bytes()


def test_the_imr_has_moved_on_by_one_year(closing: Closing, filed: Statement) -> None:
    now = closing.statement
    for year in range(1, 31):
        before = filed[Address("imr_amortization", str(year + 1), "4")]
        assert now[Address("imr_amortization", str(year), "1")].figure == before.figure
    assert now["imr_amortization:1:1"].figure == 817_504
    assert now["imr:1:1"].figure == filed["imr:6:1"].figure == 3_743_049


def test_every_prior_year_column_is_last_year_s_figure(closing: Closing, filed: Statement) -> None:
    now, carried = closing.statement, 0
    for equation in now.blank.equations:
        place, sign = equation.right[0] if len(equation.right) == 1 else (None, 0)
        if equation.fills and isinstance(place, PriorCell) and sign == equation.scale == 1:
            carried += filed[place.address].figure != 0
            assert now[equation.left].figure == filed[place.address].figure, equation.left
    assert carried > 60
    assert now["assets:17:4"].figure == filed["assets:17:3"].figure


def test_nothing_of_this_year_is_filled_but_what_last_year_gives(closing: Closing) -> None:
    assert not [one for one in closing.books.entries.values() if one.cell.kind.is_figure]
    cells = closing.statement.cells.values()
    assert all(isinstance(c.because, Computed) for c in cells if isinstance(c.value, int))
    assert closing.overrides == []


def test_names_bases_and_products_stay_and_answers_are_open(made: Path, filed: Statement) -> None:
    cover = tomllib.loads((made / "company.toml").read_text())
    assert cover["year"] == 2013
    assert cover["cover"]["company_name"] == filed.company
    assert cover["cover"]["a"] == ""  # whether it is an original filing is this year's to say
    bases = list(csv.DictReader((made / "reserves.csv").read_text().splitlines()))
    assert [row["basis"] for row in bases][-1] == "Annuity Reserve 4.00% VA Valuation 82"
    assert {row["ordinary"] + row["group"] for row in bases} == {""}
    names = list(csv.DictReader((made / "write_ins.csv").read_text().splitlines()))
    assert "Miscellaneous income" in {row["name"] for row in names}
    asked = tomllib.loads((made / "interrogatories.toml").read_text())["general_interrogatories"]
    assert asked["4.1"] == ""


def test_the_form_of_another_year_is_told(closing: Closing) -> None:
    (notice,) = closing.statement.notices
    assert "2013" in notice
    assert "form of 2012" in notice


def test_an_empty_folder_asks_what_the_form_asks_and_closes(tmp_path: Path) -> None:
    scaffold(tmp_path / "new", 2012)
    rows = list(
        csv.DictReader((tmp_path / "new" / "inputs" / "figures.csv").read_text().splitlines())
    )
    asked = {f"{row['page']}:{row['line']}:{row['column']}" for row in rows}
    assert "assets:1:1" in asked
    assert "assets:1:3" not in asked  # columns 1 and 2 give it
    assert "assets:1:4" not in asked  # last year gives it
    closing = close(tmp_path / "new")
    assert not [c for c in closing.statement.cells.values() if c.value and isinstance(c.because, Computed)
                and c.kind != "factor"]  # fmt: skip


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, example: Statement) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for make in (
        lambda: scaffold(tmp_path, 2013),
        lambda: scaffold_from(tmp_path, example, opening=None),
    ):
        with pytest.raises(UsageError, match="not empty"):
            make()
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_the_files_read_as_what_they_say(made: Path) -> None:
    """TOML texts keep every mark of the filing."""
    cover = tomllib.loads((made / "company.toml").read_text())["cover"]
    assert all(json.loads(json.dumps(text)) == text for text in cover.values())
