"""Answers are worked in forty digits."""

from collections.abc import Iterator
from decimal import localcontext

import pytest

from jurat.golden.insurer.rounding import EXACT


@pytest.fixture(autouse=True)
def exact() -> Iterator[None]:
    with localcontext(EXACT):
        yield
