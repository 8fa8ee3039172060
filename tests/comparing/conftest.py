"""What comparing needs of other rooms' tests: the invented year."""

from tests.blanks.conftest import invented, years

__all__ = ["invented", "years"]
