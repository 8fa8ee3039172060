"""The amendment: one changed dollar names its pages, fills the jurat, and is explained."""

from dataclasses import replace

import pytest

from jurat.comparing import amendment
from jurat.statement import Statement, fill
from jurat.words import Address, UsageError

LINE = Address.parse("exhibit1:17:1")


@pytest.fixture(scope="session")
def filed(example: Statement) -> Statement:
    return fill(example)


@pytest.fixture(scope="session")
def corrected(filed: Statement) -> Statement:
    """One dollar more of bank charges, and all that follows."""
    return fill(filed.with_figures({LINE: filed[LINE].figure + 1}))


def test_one_changed_dollar_names_its_pages(filed: Statement, corrected: Statement) -> None:
    made = amendment(filed, corrected, number=1, filed_on="2013-04-02")
    changed = {a.page for a, c in corrected.cells.items() if filed[a].value != c.value}
    assert {page.name for page in made.pages} == changed
    assert "exhibit1" in changed
    assert made.page_count == len({corrected.blank.pages[p].declared.number for p in changed})


def test_the_jurat_items_are_filled(filed: Statement, corrected: Statement) -> None:
    made = amendment(filed, corrected, number=2, filed_on="4/2/2013")
    items = [made.statement[f"cover:{line}:"].value for line in ("a", "b1", "b2", "b3")]
    assert items == ["No", "2", "04/02/2013", str(made.page_count)]


def test_the_explanation_names_the_cell_and_what_follows(
    filed: Statement, corrected: Statement
) -> None:
    made = amendment(
        filed, corrected, number=1, filed_on="2013-04-02",
        reasons={"exhibit1:17:1": "A charge of December was booked in January."},
    )  # fmt: skip
    [one] = made.explanations
    assert (one.cell.address, one.cell.difference) == ("exhibit1:17:1", 1)
    assert one.reason.startswith("A charge")
    assert "exhibit1:22:1" in one.follows


def test_pages_that_share_a_number_are_one_sheet(filed: Statement) -> None:
    both = filed.with_figures(
        {Address.parse("imr:3:1"): 5, Address.parse("imr_amortization:2:3"): 5}
    )
    made = amendment(filed, both, number=1, filed_on="2013-04-02")
    assert ([page.number for page in made.pages], made.page_count) == (["14", "14"], 1)


def test_a_stamp_that_went_is_a_page(filed: Statement) -> None:
    stamped = min(filed.none_pages)
    made = amendment(
        filed,
        replace(filed, none_pages=filed.none_pages - {stamped}),
        number=1,
        filed_on="2013-04-02",
    )
    assert [(page.name, page.cells) for page in made.pages] == [(stamped, 0)]


@pytest.mark.parametrize(
    ("number", "filed_on", "said"),
    [
        (0, "2013-04-02", "no number 0"),
        (1, "02.04.2013", "is no date"),
        (1, "13/45/2013", "is no date"),
    ],
)
def test_what_cannot_stand_is_refused(
    filed: Statement, corrected: Statement, number: int, filed_on: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        amendment(filed, corrected, number=number, filed_on=filed_on)


def test_an_amendment_of_nothing_or_of_another_company_is_refused(
    filed: Statement, corrected: Statement
) -> None:
    with pytest.raises(UsageError, match="nothing is to be amended"):
        amendment(filed, filed, number=1, filed_on="2013-04-02")
    with pytest.raises(UsageError, match="The company of the filed statement"):
        amendment(filed, replace(corrected, company="Other Life"), number=1, filed_on="2013-04-02")
    with pytest.raises(UsageError, match="No cell was changed at imr:1:1"):
        amendment(filed, corrected, number=1, filed_on="2013-04-02", reasons={"imr:1:1": "why"})
