"""Damaged texts read back: of the damaged cells, how many are right, and how many wrong ones are told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path

from jurat import load_blank
from jurat.golden.ties import tying_statement
from jurat.publishing.damage import damage
from jurat.publishing.layout import Look
from jurat.publishing.text import lay_out
from jurat.reading import Reading
from jurat.reading.document import document_of
from jurat.reading.facts import read_facts
from jurat.reading.text import read_text
from jurat.statement import CellState, Statement
from jurat.words import Address

EXAMPLE = Path(__file__).parents[2] / "examples" / "bay_state_2012_filed" / "facts.csv"


@dataclass
class Score:
    """Damaged cells by kind of damage and outcome; undamaged cells that came out wrong."""

    ruled: Counter[tuple[str, str]] = field(default_factory=Counter)
    free: Counter[tuple[str, str]] = field(default_factory=Counter)
    texts: int = 0
    collateral: int = 0
    silent: list[str] = field(default_factory=list)
    spread: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Add the outcomes of another score."""
        self.ruled += other.ruled
        self.free += other.free
        self.texts += other.texts
        self.collateral += other.collateral
        self.silent += other.silent
        self.spread += other.spread

    def total(self, outcome: str, *, ruled: bool = True) -> int:
        """How many cells had an outcome: right, flagged or silent."""
        return sum(
            count
            for (_, what), count in (self.ruled if ruled else self.free).items()
            if what == outcome
        )

    @property
    def share_right(self) -> float:
        """The share of damaged cells in a rule that were read right."""
        return self.total("right") / max(1, sum(self.ruled.values()))


def score_text(seed: int) -> Score:
    """Lay out, damage and read one statement; odd seeds in tabs, even ones in spaces."""
    blank = load_blank()
    example = read_facts(EXAMPLE, blank)
    statement = example if seed % 10 == 0 else tying_statement(example, seed)
    layout = lay_out(statement, Look.TABS if seed % 2 else Look.SPACES)
    damaged = damage(layout, seed)
    reading = read_text(document_of(damaged.text), blank)
    score = Score(texts=1)
    touched: set[Address] = set()
    for done in damaged.done:
        for address in done.addresses:
            touched.add(address)
            outcome = _outcome(statement, reading, address)
            (score.ruled if _is_ruled(statement, address) else score.free)[
                str(done.kind), outcome
            ] += 1
            if outcome == "silent" and _is_ruled(statement, address):
                score.silent.append(f"seed {seed}: {done}")
    others = [a for a in statement.cells if a not in touched]
    wrong = [a for a in others if _outcome(statement, reading, a) == "silent"]
    score.collateral = len(wrong)
    score.spread += [
        f"seed {seed}: {a} {statement[a].shown!r} read {reading.statement[a].shown!r}"
        for a in wrong
    ]
    return score


def _outcome(statement: Statement, reading: Reading, address: Address) -> str:
    truth, known = statement[address], reading.statement
    read = known[address] if address in known.cells or not address.row else known.cells.get(address)
    if read is not None and (read.value, read.state) == (truth.value, truth.state):
        return "right"
    told = any(doubt.address == address for doubt in reading.doubts)
    return "flagged" if told or (read is not None and read.state is CellState.UNREAD) else "silent"


def _is_ruled(statement: Statement, address: Address) -> bool:
    system = statement.system
    cell = system.index.get(address)
    rows = system.by_cell.get(cell, ()) if cell is not None else ()
    return any(system.pages_of[row] <= statement.pages_known for row in rows)


def score_texts(seeds: Iterator[int] | range, processes: int = 2) -> Score:
    """Score many texts."""
    total = Score()
    with Pool(processes) as pool:
        for score in pool.imap_unordered(score_text, seeds, chunksize=4):
            total.add(score)
    return total


def report(score: Score) -> str:
    """The figures as a table: by kind of damage, cells right, flagged and wrong in silence."""
    kinds = sorted({kind for kind, _ in (*score.ruled, *score.free)})
    lines = [
        f"{score.texts} texts; {sum(score.ruled.values())} damaged cells in a rule, "
        f"{100 * score.share_right:.2f} % right, {score.total('flagged')} flagged, "
        f"{score.total('silent')} wrong in silence; undamaged cells wrong in silence: {score.collateral}",
        f"{'damage':<20}{'in a rule: right':>18}{'flagged':>9}{'silent':>8}{'no rule: right':>17}{'flagged':>9}{'silent':>8}",
    ]
    for kind in kinds:
        row = [
            side[kind, what]
            for side in (score.ruled, score.free)
            for what in ("right", "flagged", "silent")
        ]
        lines.append(
            f"{kind:<20}{row[0]:>18}{row[1]:>9}{row[2]:>8}{row[3]:>17}{row[4]:>9}{row[5]:>8}"
        )
    return "\n".join([*lines, *(text[:200] for text in (*score.silent, *score.spread))])
