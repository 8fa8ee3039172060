"""Whatever stands in a folder of records: every fault has its place, every row is counted, no traceback."""

from pathlib import Path

import pytest

from jurat.records import read_records
from tests.records.small import full, write
from tests.soak.records import read_broken

SAMPLE = 160


def test_the_records_that_are_broken_are_sound(tmp_path: Path) -> None:
    assert read_records(write(tmp_path, full())).faults == ()


@pytest.mark.parametrize("begin", range(0, SAMPLE, 20))
def test_broken_files_are_told_and_never_a_traceback(begin: int) -> None:
    ends = [read_broken(seed)[1] for seed in range(begin, begin + 20)]
    assert [end for end in ends if end not in ("faults told", "read")] == []
