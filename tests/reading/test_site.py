"""Web pages read back: every cell as the model has it, and one changed digit is found."""

from pathlib import Path

import pytest

from jurat.checks import examine
from jurat.golden import tying_statement
from jurat.money import Kind
from jurat.publishing.site import write_site
from jurat.reading.site import read_site, read_stamps
from jurat.statement import Cell, CellState, Statement
from jurat.words import Address, ReadError


def written(statement: Statement, folder: Path) -> Path:
    write_site(statement, examine(statement), folder)
    return folder


def differing(statement: Statement, folder: Path) -> dict[str, tuple[str, str]]:
    """The cells whose page shows something else than the statement holds."""
    shown = read_site(folder)
    asked = {*statement.cells, *shown}
    both = {
        str(a): (
            " ".join(statement[a].shown.split()),
            shown.get(a, "XXX" * statement.slot(a).is_xxx),
        )
        for a in asked
    }
    return {
        place: pair
        for place, pair in both.items()
        if pair[0] != pair[1]
        and not (place.split(":")[0] in statement.none_pages and pair == ("XXX", ""))
    }


@pytest.fixture(scope="module")
def folder(example: Statement, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(example, tmp_path_factory.mktemp("site"))


def test_every_cell_is_read_as_it_stands(example: Statement, folder: Path) -> None:
    assert differing(example, folder) == {}
    assert len(read_site(folder)) > 2_000
    assert read_stamps(folder) == example.none_pages


@pytest.mark.parametrize("seed", [1, 2])
def test_other_statements_are_read_as_they_stand(
    example: Statement, seed: int, tmp_path: Path
) -> None:
    statement = tying_statement(example, seed)
    assert differing(statement, written(statement, tmp_path)) == {}


@pytest.mark.parametrize("address", ["liabilities:17:3", "nii:(a):$1", "avr_default:2:5"])
def test_one_changed_digit_is_found_at_its_cell(
    example: Statement, address: str, tmp_path: Path
) -> None:
    written(example, tmp_path)
    place = Address.parse(address)
    path = tmp_path / f"{place.page}.html"
    text = path.read_text(encoding="utf-8")
    shown = example[place].shown
    at = text.index(f">{shown}<", text.index(f'data-a="{address}"')) + 1
    digit = next(i for i, sign in enumerate(shown) if sign in "123456789")
    path.write_text(text[: at + digit] + "0" + text[at + digit + 1 :], encoding="utf-8")
    assert list(differing(example, tmp_path)) == [address]


def test_attributes_and_scripts_are_not_what_a_cell_shows(tmp_path: Path) -> None:
    (tmp_path / "imr.html").write_text(
        '<p title="9" data-a="imr:1:1">1<script>2</script><b>,</b>234<style>5</style></p>'
        '<i data-a="imr:2:1"></i><i data-a="imr:3:1">&lt;7&gt;</i>'
    )
    shown = {str(address): text for address, text in read_site(tmp_path).items()}
    assert shown == {"imr:1:1": "1,234", "imr:2:1": "", "imr:3:1": "<7>"}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes ☒ No ☐", "Yes"), ("Yes ☐ No ☒ N/A ☐", "No"), ("Yes ☐ No ☐ N/A ☒", "N/A"),
        ("Yes ☐ No ☐", ""), ("☒", "Yes"), ("☐", "No"), ("Yes ☒ No ☒", ""),
        ("Yes ☐ No ☐ (unread)", "(unread)"),
    ],
)  # fmt: skip
def test_boxes_are_read_as_their_answer(text: str, answer: str, tmp_path: Path) -> None:
    (tmp_path / "cover.html").write_text(f'<a data-a="cover:a:">{text}</a>', encoding="utf-8")
    assert list(read_site(tmp_path).values()) == [answer]


def test_an_unread_answer_is_not_a_blank_one(example: Statement, tmp_path: Path) -> None:
    line = example.blank.line("general_interrogatories", "2.1")
    assert line is not None
    place, kind = line.slots[-1].address, line.slots[-1].kind
    assert kind is Kind.YES_NO
    statement = example.replaced([Cell(address=place, kind=kind, state=CellState.UNREAD)])
    assert read_site(written(statement, tmp_path))[place] == "(unread)"


def test_two_places_that_differ_and_no_pages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="holds no web pages"):
        read_site(tmp_path)
    (tmp_path / "imr.html").write_text('<a data-a="imr:1:1">1</a><a data-a="imr:1:1">2</a>')
    with pytest.raises(ReadError, match="imr:1:1 shows '1' and '2'"):
        read_site(tmp_path)
    (tmp_path / "imr.html").write_text('<a data-a="imr">1</a>')
    with pytest.raises(ReadError, match=r"imr\.html: 'imr' is not an address"):
        read_site(tmp_path)
