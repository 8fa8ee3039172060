"""QuantLib's second opinion, sampled; `python -m tests.soak bonds` asks about 10,000."""

import pytest

from jurat.valuation import book_values
from tests.soak import bonds as soak

pytest.importorskip("QuantLib", reason="a second opinion: pip install --group quantlib")


def test_quantlib_agrees_on_bonds_of_every_convention_or_the_difference_is_explained() -> None:
    found = soak.ask(range(200))
    assert found.unexplained == []
    assert len(found.kinds) == 6
    assert found.kinds.total() - found.reasons.total() > 180
    assert found.widest_yield < soak.YIELD_TOLERANCE


def test_a_planted_cent_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cents of a million added to our book values: no counting of QuantLib's explains them."""
    true = book_values
    monkeypatch.setattr(soak, "book_values", lambda *given: true(*given) + 2)
    found = soak.ask(range(40))
    assert len(found.unexplained) == 40
