"""Golden companies at size: what was compared with the answers, and what differed."""

from pathlib import Path
from tempfile import TemporaryDirectory

from jurat.close import close
from jurat.golden.insurer import golden_company
from tests.schedules.golden_answers import Score, in_year, score

YEARS = (2010, 2011, 2012)


def compare(lots: int, seed: int = 1, years: tuple[int, ...] = YEARS) -> dict[int, Score]:
    """Make a golden company, close each of its years, and hold all of it against the answers."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "books"
        golden_company(folder, lots=lots, seed=seed, parquet=True)
        found = {}
        for year in years:
            books = folder if year == YEARS[-1] else in_year(folder, year, Path(place) / f"{year}")
            found[year] = score(folder, year, close(books))
        return found


def report(found: dict[int, Score]) -> str:
    """The counts of each year."""
    lines = []
    for year, one in found.items():
        lines.append(
            f"{year}: {one.rows:,} rows of schedules and {one.cells:,} cells in them, {one.lines:,} lines "
            f"of pages, {one.gains:,} gains: {len(one.unlike):,} differ; {one.portions:,} portions of "
            f"lots that do not foot: {one.do_not_foot:,}"
        )
        lines += [f"   {unlike}" for unlike in one.unlike[:20]]
    return "\n".join(lines)
