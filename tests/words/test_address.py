"""Addresses: the same words on the command line, in reports and in findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jurat
from jurat.words import TOTAL_ROW, Address, UsageError


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("liabilities:17:3", Address("liabilities", "17", "3")),
        ("schedule_d:10:", Address("schedule_d", "10")),
        ("nii:(a):$1", Address("nii", "(a)", inset=1)),
        ("general_interrogatories:1:2/3", Address("general_interrogatories", "1", "2", row=3)),
        ("general_interrogatories:1:2/total", Address("general_interrogatories", "1", "2", 0, -1)),
    ],
)
def test_words_and_address_are_one(words: str, address: Address) -> None:
    assert Address.parse(words) == address
    assert str(address) == words


@pytest.mark.parametrize(
    "words", ["", "liabilities", "liabilities:17", ":17:3", "liabilities:17:3/x", "a:1:1/-1"]
)
def test_what_is_no_address_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="is not an address"):
        Address.parse(words)


@given(
    st.from_regex(r"[a-z_]\w{0,8}", fullmatch=True),
    st.from_regex(r"[0-9]{1,3}(\.[0-9])?|\([a-i]\)", fullmatch=True),
    st.from_regex(r"[0-9]{0,2}", fullmatch=True),
    st.integers(1, 10**7) | st.sampled_from([0, TOTAL_ROW]),
)
def test_any_address_reads_back(page: str, line: str, column: str, row: int) -> None:
    address = Address(page, line, column, row=row)
    assert Address.parse(str(address)) == address


def test_every_cell_of_the_blank_reads_back() -> None:
    addresses = [slot.address for slot in jurat.load_blank().slots()]
    assert len(addresses) > 2500
    assert [Address.parse(str(a)) for a in addresses] == addresses
    assert len(set(addresses)) == len(addresses)
